/* SPDX-License-Identifier: MPL-2.0 */
#include "model/catalogue.h"

#include <assert.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

/* The names of enum lang in the files. */
static const char *const lang_key[LANG_COUNT] = {
    [LANG_DA] = "da", [LANG_EN] = "en"};

enum { VERSION = 1, MAX_FIELDS = 14, LIMIT_BYTES = 8 * 1024 * 1024 };

/* ---- what each file holds ---- */

enum type { END, TEXT, TEXTS, KEY, NEEDS, GUIDE, NUMBER, FLAG };

struct field {
	const char *name;
	enum type type;
	size_t at; /* in struct catalogue_item, or catalogue_words */
	const char *list; /* KEY: each is an item of this file */
	int least, most; /* NUMBER: its range; others: how many there are */
};

/* Rows of the table below; the bounds are of a number or of a list's length. */
#define ROW(in, field, kind, from, lo, hi)                                 \
	{                                                                  \
		.name = #field, .type = (kind), .at = offsetof(in, field), \
		.list = (from), .least = (lo), .most = (hi)                \
	}
#define SAYS(field) ROW(struct catalogue_words, field, TEXT, NULL, 0, 0)
#define SAYS_MANY(field, lo, hi) \
	ROW(struct catalogue_words, field, TEXTS, NULL, lo, hi)
#define HAS(field, kind) ROW(struct catalogue_item, field, kind, NULL, 0, 0)
#define HAS_NUMBER(field, lo, hi) \
	ROW(struct catalogue_item, field, NUMBER, NULL, lo, hi)
#define HAS_MANY(field, kind, lo, hi) \
	ROW(struct catalogue_item, field, kind, NULL, lo, hi)
#define REFERS(field, from, lo, hi) \
	ROW(struct catalogue_item, field, KEY, from, lo, hi)

struct shape {
	struct str file;
	struct field words[MAX_FIELDS]; /* the same in both languages */
	struct field beside[MAX_FIELDS]; /* "key" apart */
};

static const struct shape shapes[] = {
    {S_INIT("phases"), {SAYS(name), SAYS(text), SAYS(ask)},
	{HAS_NUMBER(number, 0, 99)}},
    {S_INIT("coforms"), {SAYS(name), SAYS(text)}, {HAS(offered, FLAG)}},
    {S_INIT("modes"), {SAYS(name), SAYS(text)}, {HAS(initial, FLAG)}},
    {S_INIT("roles"), {SAYS(name), SAYS(text)},
	{REFERS(phases, "phases", 1, 20), HAS_MANY(needs, NEEDS, 1, 3),
	    REFERS(coforms, "coforms", 0, 10), HAS(interest, FLAG)}},
    {S_INIT("promises"), {SAYS(name), SAYS(text), SAYS(promise)},
	{HAS_NUMBER(number, 1, 5)}},
    {S_INIT("actor_kinds"), {SAYS(name), SAYS(text), SAYS(example)},
	{HAS(person, FLAG)}},
    {S_INIT("network_types"), {SAYS(name), SAYS(text), SAYS(length)},
	{HAS_NUMBER(months_min, 0, 60), HAS_NUMBER(months_max, 0, 60)}},
    {S_INIT("target_group_kinds"), {SAYS(name), SAYS(text), SAYS(ask)}, {{0}}},
    {S_INIT("access_ways"), {SAYS(name), SAYS(text)}, {{0}}},
    {S_INIT("glossary"), {SAYS(name), SAYS(text)}, {{0}}},
    {S_INIT("office_words"), {SAYS(name), SAYS(text)}, {{0}}},
    {S_INIT("help"),
	{SAYS(name), SAYS(text), SAYS(good), SAYS(bad),
	    SAYS_MANY(prompts, 2, 3)},
	{HAS_MANY(guide, GUIDE, 1, 20)}},
    {S_INIT("questions"), {SAYS(name), SAYS(text)},
	{HAS_NUMBER(number, 0, 99), HAS(section, TEXT),
	    HAS_MANY(guide, GUIDE, 1, 20)}},
    {S_INIT("quality"), {SAYS(name)}, {HAS_MANY(guide, GUIDE, 1, 20)}},
    {S_INIT("taking_part"), {SAYS(name)}, {HAS_MANY(guide, GUIDE, 1, 20)}},
    {S_INIT("indicators"),
	{SAYS(name), SAYS(text), SAYS(formula), SAYS(inputs), SAYS(cannot)},
	{HAS_MANY(guide, GUIDE, 1, 20)}},
    {S_INIT("methods"),
	{SAYS(name), SAYS(text), SAYS(people), SAYS(time), SAYS(yields),
	    SAYS(caution)},
	{REFERS(access, "access_ways", 1, 4), REFERS(roles, "roles", 1, 40),
	    REFERS(phases, "phases", 1, 20), REFERS(gives, "yields", 1, 10),
	    HAS_NUMBER(gentle, 0, 3), HAS_NUMBER(people_min, 0, 100000),
	    HAS_NUMBER(people_max, 0, 100000),
	    HAS_NUMBER(minutes_citizen, 0, 100000),
	    HAS_NUMBER(minutes_team, 0, 100000), HAS(in_guide, FLAG),
	    HAS(assembly, FLAG)}},
    {S_INIT("ethics"), {SAYS(name), SAYS(text)}, {{0}}},
    {S_INIT("terms"), {SAYS(name), SAYS(text)}, {{0}}},
    {S_INIT("yields"), {SAYS(name), SAYS(text)}, {{0}}},
    {S_INIT("rules"),
	{SAYS(name), SAYS(text), SAYS(why), SAYS(way), SAYS(part)},
	{HAS_NUMBER(number, 1, 99), HAS_MANY(guide, GUIDE, 1, 20),
	    HAS(ready, FLAG)}},
    {S_INIT("limits"), {SAYS(name)},
	{REFERS(rule, "rules", 1, 1), HAS_NUMBER(value, 0, 1000),
	    HAS_NUMBER(least, 0, 1000), HAS_NUMBER(most, 0, 1000)}},
};

struct catalogue {
	struct catalogue_items lists[COUNT_OF(shapes)];
};

/* ---- reading, with the place at hand for a fault ---- */

struct reader {
	struct arena *arena;
	struct str (*source)(struct str name);
	const struct shape *shape;
	struct str key; /* of the item being read; "" before the first */
	struct str fault; /* the first one */
};

static bool
fail(struct reader *r, const char *field, struct str why)
{
	struct buf b = buf_new(r->arena, 1000);
	buf_add(&b, r->shape->file);
	buf_add(&b, S(".json: "));
	if (r->key.n > 0) {
		buf_add(&b, r->key);
		buf_add(&b, S(": "));
	}
	if (field != NULL) {
		buf_add(&b, str_c(field));
		buf_add(&b, S(": "));
	}
	buf_add(&b, why);
	if (r->fault.n == 0)
		r->fault = buf_str(&b);
	return false;
}

/* The place of a field in the struct that holds it. */
static void *
place(void *in, const struct field *f)
{
	return (char *)in + f->at;
}

static bool
read_text(struct reader *r, const struct field *f, const json_t *value,
    struct str *out)
{
	struct str s = str_c(json_string_value(value));
	if (!json_is_string(value))
		return fail(r, f->name, S("must be a text"));
	if (s.n == 0 || !str_eq(str_trim(s), s))
		return fail(r, f->name, S("is empty, or has blanks around it"));
	*out = str_dup(r->arena, s);
	return true;
}

/* "S1" to "S56": a sentence of the guide. */
static bool
is_guide(struct str s)
{
	int64_t number;
	return str_starts(s, S("S")) && str_int(str_sub(s, 1, s.n), &number) &&
	    number >= 1 && number <= 56;
}

static bool
is_need(struct str s)
{
	return str_eq(s, S("knowledge")) || str_eq(s, S("skills")) ||
	    str_eq(s, S("resources"));
}

static bool
has_text(const struct str *list, ptrdiff_t n, struct str s)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		if (str_eq(list[i], s))
			return true;
	}
	return false;
}

static bool
read_texts(struct reader *r, const struct field *f, const json_t *value,
    struct catalogue_texts *out)
{
	ptrdiff_t n = (ptrdiff_t)json_array_size(value);
	if (!json_is_array(value) || n < f->least || n > f->most)
		return fail(
		    r, f->name, S("must be a list, of the right length"));
	struct str *list = arena_new(r->arena, struct str, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		const json_t *text = json_array_get(value, (size_t)i);
		if (!read_text(r, f, text, &list[i]))
			return false;
		if (has_text(list, i, list[i]))
			return fail(r, f->name, S("says something twice"));
		if ((f->type == GUIDE && !is_guide(list[i])) ||
		    (f->type == NEEDS && !is_need(list[i])))
			return fail(r, f->name, S("has an unknown value"));
	}
	*out = (struct catalogue_texts){list, n};
	return true;
}

static bool
read_number(
    struct reader *r, const struct field *f, const json_t *value, int64_t *out)
{
	json_int_t number = json_integer_value(value);
	if (!json_is_integer(value) || number < f->least || number > f->most)
		return fail(r, f->name, S("must be a number in its range"));
	*out = number;
	return true;
}

static bool
read_field(
    struct reader *r, const struct field *f, const json_t *value, void *into)
{
	if (value == NULL)
		return fail(r, f->name, S("is missing"));
	switch (f->type) {
	case TEXT:
		return read_text(r, f, value, place(into, f));
	case NUMBER:
		return read_number(r, f, value, place(into, f));
	case FLAG:
		if (!json_is_boolean(value))
			return fail(r, f->name, S("must be true or false"));
		*(bool *)place(into, f) = json_is_true(value);
		return true;
	case TEXTS:
	case KEY:
	case NEEDS:
	case GUIDE:
		return read_texts(r, f, value, place(into, f));
	case END:
		break;
	}
	return false;
}

/* Exactly these fields; `more` others have been read by the caller. */
static bool
read_fields(struct reader *r, const struct field *fields, const json_t *object,
    size_t more, void *into)
{
	size_t n = 0;
	if (!json_is_object(object))
		return fail(r, NULL, S("must be an object"));
	for (; n < MAX_FIELDS && fields[n].type != END; n++) {
		const json_t *value = json_object_get(object, fields[n].name);
		if (!read_field(r, &fields[n], value, into))
			return false;
	}
	if (json_object_size(object) != n + more)
		return fail(r, NULL, S("has a field that nobody knows"));
	return true;
}

static bool
is_key(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			c == '_'))
			return false;
	}
	return s.n > 0;
}

static const struct catalogue_item *
find(struct catalogue_items items, struct str key)
{
	for (ptrdiff_t i = 0; i < items.n; i++) {
		if (str_eq(items.list[i].key, key))
			return items.list + i;
	}
	return NULL;
}

static bool
read_item(struct reader *r, const json_t *json, struct catalogue_items before,
    struct catalogue_item *item)
{
	struct str key = str_c(json_string_value(json_object_get(json, "key")));
	r->key = item->key = str_dup(r->arena, key);
	if (!is_key(key))
		return fail(r, "key", S("must be of a-z, 0-9 and _"));
	if (find(before, key) != NULL)
		return fail(r, "key", S("is there twice"));
	/* "key" and one object a language stand beside the fields. */
	if (!read_fields(r, r->shape->beside, json, 1 + LANG_COUNT, item))
		return false;
	for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
		const json_t *words = json_object_get(json, lang_key[lang]);
		if (!read_fields(
			r, r->shape->words, words, 0, &item->words[lang]))
			return false;
	}
	return true;
}

static bool
read_items(struct reader *r, const json_t *root, struct catalogue_items *out)
{
	const json_t *items = json_object_get(root, "items");
	const json_t *version = json_object_get(root, "version");
	ptrdiff_t n = (ptrdiff_t)json_array_size(items);
	r->key = (struct str){0};
	if (json_integer_value(version) != VERSION)
		return fail(r, "version", S("must be 1"));
	if (n == 0 || json_object_size(root) != 2)
		return fail(r, "items", S("must be a list, and all there is"));
	struct catalogue_item *list =
	    arena_new(r->arena, struct catalogue_item, n);
	*out = (struct catalogue_items){.list = list};
	for (; out->n < n; out->n++) {
		const json_t *item = json_array_get(items, (size_t)out->n);
		if (!read_item(r, item, *out, &list[out->n]))
			return false;
	}
	return true;
}

static bool
read_file(struct reader *r, struct catalogue_items *out)
{
	struct str text = r->source(r->shape->file);
	json_error_t error;
	json_t *root =
	    json_loadb(text.p, (size_t)text.n, JSON_REJECT_DUPLICATES, &error);
	r->key = (struct str){0};
	if (root == NULL)
		return fail(r, NULL,
		    str_fmt(r->arena, "line %d: %s", error.line, error.text));
	bool ok = read_items(r, root, out);
	json_decref(root);
	return ok;
}

/* ---- references between the files ---- */

static bool
check_refs(struct reader *r, const struct catalogue *c,
    const struct catalogue_item *item, const struct field *f)
{
	const struct catalogue_texts *keys =
	    (const void *)((const char *)item + f->at);
	struct catalogue_items there = catalogue_in(c, str_c(f->list));
	r->key = item->key;
	for (ptrdiff_t i = 0; i < keys->n; i++) {
		if (find(there, keys->list[i]) == NULL)
			return fail(r, f->name,
			    str_cat(r->arena, S("points at nothing: "),
				keys->list[i]));
	}
	return true;
}

static bool
check_file(struct reader *r, const struct catalogue *c,
    const struct catalogue_items *items)
{
	const struct field *fields = r->shape->beside;
	for (int f = 0; f < MAX_FIELDS && fields[f].type != END; f++) {
		if (fields[f].type != KEY)
			continue;
		for (ptrdiff_t i = 0; i < items->n; i++) {
			if (!check_refs(r, c, &items->list[i], &fields[f]))
				return false;
		}
	}
	return true;
}

const struct catalogue *
catalogue_read(
    struct arena *a, struct str (*source)(struct str name), struct str *fault)
{
	struct reader r = {.arena = a, .source = source};
	struct catalogue *c = arena_new(a, struct catalogue, 1);
	bool ok = true;
	for (int i = 0; ok && i < COUNT_OF(shapes); i++) {
		r.shape = &shapes[i];
		ok = read_file(&r, &c->lists[i]);
	}
	for (int i = 0; ok && i < COUNT_OF(shapes); i++) {
		r.shape = &shapes[i];
		ok = check_file(&r, c, &c->lists[i]);
	}
	*fault = r.fault;
	return ok ? c : NULL;
}

struct catalogue_items
catalogue_in(const struct catalogue *c, struct str list)
{
	int i = 0;
	while (i < COUNT_OF(shapes) && !str_eq(shapes[i].file, list))
		i++;
	assert(i < COUNT_OF(shapes)); /* else a misspelt name in the code */
	return c->lists[i];
}

/* ---- the shipped one ---- */

/* Written once, under `once`; the arena lives as long as the process. */
static struct {
	struct arena *arena;
	const struct catalogue *catalogue;
} shipped;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
read_shipped(void)
{
	struct str fault = S("out of memory");
	shipped.arena = arena_open(LIMIT_BYTES);
	if (shipped.arena != NULL)
		shipped.catalogue =
		    catalogue_read(shipped.arena, catalogue_json, &fault);
	if (shipped.catalogue == NULL) {
		fprintf(stderr, "samskab: catalogue/%.*s\n", STR_ARG(fault));
		exit(2);
	}
}

void
catalogue_init(void)
{
	pthread_once(&once, read_shipped);
}

struct catalogue_items
catalogue_list(struct str list)
{
	catalogue_init();
	return catalogue_in(shipped.catalogue, list);
}

const struct catalogue_item *
catalogue_find(struct str list, struct str key)
{
	return find(catalogue_list(list), key);
}

bool
catalogue_has(struct str list, struct str key)
{
	return catalogue_find(list, key) != NULL;
}

const struct catalogue_words *
catalogue_words(const struct catalogue_item *item, enum lang lang)
{
	return item == NULL ? NULL : &item->words[lang];
}

struct str
catalogue_name(const struct catalogue_item *item, enum lang lang)
{
	if (item == NULL)
		return (struct str){0};
	return item->words[lang].name;
}

struct str
catalogue_text(const struct catalogue_item *item, enum lang lang)
{
	if (item == NULL)
		return (struct str){0};
	return item->words[lang].text;
}

const struct catalogue_words *
catalogue_help(struct str part, enum lang lang)
{
	return catalogue_words(catalogue_find(S("help"), part), lang);
}

const struct catalogue_words *
catalogue_term(struct str key, enum lang lang)
{
	return catalogue_words(catalogue_find(S("glossary"), key), lang);
}
