/* SPDX-License-Identifier: MPL-2.0 */
#include "report/surveyjs.h"

#include <jansson.h>

#include "base/buf.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/catalogue.h"

enum { DEEP = 8, WRITE_BYTES = 256 * 1024 };

static const char CODE_NAME[] = "kode", WORDS_NAME[] = "ord",
		  THEN_NAME[] = "dengang_";

/* ---- writing ---- */

static void
add_text(struct buf *b, struct str da, struct str en)
{
	if (en.n == 0 || str_eq(da, en)) {
		buf_json(b, da);
		return;
	}
	buf_add(b, S("{\"default\":"));
	buf_json(b, en);
	buf_add(b, S(",\"da\":"));
	buf_json(b, da);
	buf_byte(b, '}');
}

static void
add_msg(struct buf *b, const char *msgid)
{
	add_text(b, tr(LANG_DA, msgid), tr(LANG_EN, msgid));
}

/* A member of an object that has one before it. */
static void
add_member(struct buf *b, const char *name, const char *msgid)
{
	buf_fmt(b, ",\"%s\":", name);
	add_msg(b, msgid);
}

static void
add_item(struct buf *b, const struct measure_item *item, const char *before)
{
	static const char *const marks[] = {N_("1 - not at all"),
	    N_("2 - a little"), N_("3 - in between"), N_("4 - a good deal"),
	    N_("5 - completely")};
	struct buf name = buf_new(b->arena, 200);
	buf_add(&name, str_c(before));
	if (item->bank.n > 0)
		buf_add(&name, item->bank);
	else
		buf_int(&name, item->number);
	buf_add(b, S("{\"type\":\"radiogroup\",\"name\":"));
	buf_json(b, buf_str(&name));
	buf_add(b, S(",\"title\":"));
	add_text(b, item->da, item->en);
	buf_add(b, S(",\"choices\":["));
	for (int i = 0; i < MEASURE_HIGHEST; i++) {
		buf_fmt(
		    b, "%s{\"value\":%d,\"text\":", i > 0 ? "," : "", i + 1);
		add_msg(b, marks[i]);
		buf_byte(b, '}');
	}
	buf_add(b, S("],\"showDontKnowItem\":true"));
	add_member(b, "dontKnowText", N_("I do not know"));
	buf_byte(b, '}');
}

static void
add_items(struct buf *b, const struct measure *m, const char *before)
{
	for (ptrdiff_t i = 0; i < m->n_items; i++) {
		if (i > 0)
			buf_byte(b, ',');
		add_item(b, &m->item[i], before);
	}
}

struct str
surveyjs_write(struct arena *a, const struct measure *m)
{
	struct buf b = buf_new(a, WRITE_BYTES);
	buf_add(&b, S("{\"locale\":\"da\",\"title\":"));
	buf_json(&b, record_value(&m->record, "title"));
	buf_add(&b, S(",\"description\":"));
	buf_json(&b, record_value(&m->record, "purpose"));
	buf_add(&b, S(",\"pages\":["));
	if (m->design == MEASURE_RETROSPECTIVE) {
		buf_add(&b, S("{\"name\":\"dengang\""));
		add_member(&b, "title", N_("What was it like then?"));
		buf_add(&b, S(",\"elements\":["));
		add_items(&b, m, THEN_NAME);
		buf_add(&b, S("]},"));
	}
	buf_add(&b, S("{\"name\":\"nu\""));
	add_member(&b, "title", N_("What is it like now?"));
	buf_fmt(
	    &b, ",\"elements\":[{\"type\":\"text\",\"name\":\"%s\"", CODE_NAME);
	add_member(&b, "title", N_("Your code"));
	buf_add(&b, S(",\"isRequired\":true},"));
	add_items(&b, m, "");
	if (m->asks_words) {
		buf_fmt(
		    &b, ",{\"type\":\"comment\",\"name\":\"%s\"", WORDS_NAME);
		add_member(&b, "title",
		    N_("What is the biggest difference, if there is one?"));
		buf_byte(&b, '}');
	}
	buf_add(&b, S("]}]}\n"));
	return buf_str(&b);
}

/* ---- reading ---- */

static struct str
text_of(const json_t *v)
{
	return json_is_string(v) ? str_trim((struct str){json_string_value(v),
				       (ptrdiff_t)json_string_length(v)})
				 : (struct str){0};
}

/* A title, in one language or several. */
static void
titles(const json_t *v, struct measure_item *item)
{
	struct str first = text_of(json_object_get(v, "default"));
	item->da = text_of(v);
	if (!json_is_object(v))
		return;
	item->da = text_of(json_object_get(v, "da"));
	item->en = text_of(json_object_get(v, "en"));
	if (item->da.n == 0)
		item->da = first.n > 0 ? first : item->en;
	else if (item->en.n == 0)
		item->en = first;
	if (str_eq(item->da, item->en))
		item->en = (struct str){0};
}

struct reading {
	struct arena *a;
	struct surveyjs *out;
};

static void
leave(const struct reading *r, struct str name, const char *why)
{
	struct surveyjs *out = r->out;
	if (out->n_left == SURVEYJS_LEFT)
		return;
	out->left[out->n_left++] =
	    (struct surveyjs_left){str_dup(r->a, name), why};
}

static void
take(const struct reading *r, const json_t *title, struct str name)
{
	struct measure_item item = {0};
	struct surveyjs *out = r->out;
	titles(title, &item);
	if (item.da.n == 0)
		item.da = name;
	if (item.da.n == 0) {
		leave(r, S("?"), N_("it has no words"));
		return;
	}
	for (ptrdiff_t i = 0; i < out->n; i++) {
		if (str_eq(out->item[i].da, item.da))
			return; /* how it was then, and how it is now */
	}
	if (utf8_length(item.da) > MEASURE_ITEM ||
	    utf8_length(item.en) > MEASURE_ITEM) {
		leave(r, item.da, N_("it is longer than 200 characters"));
	} else if (str_find(item.da, S("\n")) >= 0 ||
	    str_find(item.en, S("\n")) >= 0) {
		leave(r, item.da, N_("it is more than one line"));
	} else if (!utf8_valid(item.da) || !utf8_valid(item.en)) {
		leave(r, item.da, N_("it holds signs that are no text"));
	} else if (out->n == MEASURE_ITEMS) {
		leave(r, item.da, N_("there are twelve questions already"));
	} else {
		if (str_starts(name, str_c(THEN_NAME)))
			name = str_sub(name, str_c(THEN_NAME).n, name.n);
		const struct catalogue_item *bank =
		    catalogue_find(S("quality"), name);
		bool same = bank != NULL &&
		    str_eq(catalogue_name(bank, LANG_DA), item.da);
		item.bank = same ? bank->key : S("");
		item.da = str_dup(r->a, item.da);
		item.en = str_dup(r->a, item.en);
		item.number = out->n + 1;
		out->item[out->n++] = item;
	}
}

/* 1, "1", or what an item of a list has as its value. */
static int64_t
value_of(const json_t *v)
{
	int64_t n;
	if (json_is_object(v))
		v = json_object_get(v, "value");
	if (json_is_integer(v))
		return json_integer_value(v);
	return str_int(text_of(v), &n) ? n : 0;
}

/* 1 to 5 in that order, and at most one more for "don't know". */
static bool
is_scale(const json_t *list)
{
	size_t n = json_array_size(list);
	if (n != MEASURE_HIGHEST && n != MEASURE_DONT_KNOW)
		return false;
	for (size_t i = 0; i < MEASURE_HIGHEST; i++) {
		if (value_of(json_array_get(list, i)) != (int64_t)i + 1)
			return false;
	}
	return true;
}

/* A whole number that need not be there. */
static bool
is_number(const json_t *element, const char *name, int64_t n)
{
	const json_t *v = json_object_get(element, name);
	return v == NULL || (json_is_integer(v) && json_integer_value(v) == n);
}

static bool
rates_to_five(const json_t *element)
{
	const json_t *values = json_object_get(element, "rateValues");
	if (json_array_size(values) > 0)
		return is_scale(values);
	return is_number(element, "rateMin", 1) &&
	    is_number(element, "rateMax", MEASURE_HIGHEST) &&
	    is_number(element, "rateCount", MEASURE_HIGHEST) &&
	    is_number(element, "rateStep", 1);
}

static void
take_rows(const struct reading *r, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		const json_t *text = json_object_get(row, "text");
		struct str name = text_of(
		    json_is_object(row) ? json_object_get(row, "value") : row);
		take(r, text, name);
	}
}

static struct str
shown_name(const json_t *element)
{
	struct measure_item item = {0};
	titles(json_object_get(element, "title"), &item);
	return item.da.n > 0 ? item.da
			     : text_of(json_object_get(element, "name"));
}

/* NULL: it was taken, or is a part of our own form; else why not. */
static const char *
take_question(const struct reading *r, const json_t *element, struct str type)
{
	static const char scale[] = N_("its scale is not 1 to 5");
	struct str name = text_of(json_object_get(element, "name"));
	bool choice = str_eq(type, S("radiogroup")) ||
	    str_eq(type, S("dropdown")) || str_eq(type, S("buttongroup"));
	if (str_eq(type, S("matrix"))) {
		if (!is_scale(json_object_get(element, "columns")))
			return scale;
		take_rows(r, json_object_get(element, "rows"));
		return NULL;
	}
	if ((str_eq(type, S("text")) && str_eq(name, str_c(CODE_NAME))) ||
	    (str_eq(type, S("comment")) && str_eq(name, str_c(WORDS_NAME))))
		return NULL;
	if (str_eq(type, S("rating"))
		? !rates_to_five(element)
		: choice && !is_scale(json_object_get(element, "choices")))
		return scale;
	if (!choice && !str_eq(type, S("rating")))
		return N_("it is no question on a scale");
	take(r, json_object_get(element, "title"), name);
	return NULL;
}

static void
take_elements(const struct reading *r, const json_t *list, int depth)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		struct str type = text_of(json_object_get(one, "type"));
		if (str_eq(type, S("panel")) && depth < DEEP) {
			take_elements(
			    r, json_object_get(one, "elements"), depth + 1);
			continue;
		}
		const char *why = take_question(r, one, type);
		if (why == NULL && json_object_get(one, "visibleIf") != NULL)
			why = N_("it is asked of everybody here: its "
				 "condition is not taken");
		if (why != NULL)
			leave(r, shown_name(one), why);
	}
}

static void
drop_json(void *root)
{
	json_decref(root);
}

bool
surveyjs_read(struct arena *a, struct str json, struct surveyjs *out)
{
	json_error_t error;
	struct reading r = {a, out};
	*out = (struct surveyjs){.fault = N_("a form of SurveyJS (JSON)")};
	if (json.n == 0 || json.n > SURVEYJS_BYTES)
		return false;
	json_t *root =
	    json_loadb(json.p, (size_t)json.n, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL) {
		out->line = error.line > 0 ? error.line : 0;
		out->column = error.column > 0 ? error.column : 0;
		return false;
	}
	arena_defer(a, drop_json, root);
	const json_t *pages = json_object_get(root, "pages");
	for (size_t i = 0; i < json_array_size(pages); i++)
		take_elements(&r,
		    json_object_get(json_array_get(pages, i), "elements"), 0);
	take_elements(&r, json_object_get(root, "elements"), 0);
	take_elements(&r, json_object_get(root, "questions"), 0);
	if (out->n == 0 && out->n_left == 0)
		return false; /* JSON, and of something else */
	out->fault = NULL;
	return true;
}
