/* SPDX-License-Identifier: MPL-2.0 */
#include "model/reuse.h"

#include "base/buf.h"
#include "base/lang.h"
#include "model/audit.h"

enum { WORDS_BYTES = 256 * 1024 };

/* What goes along; the rest is the other network's own. */
static const char *const text_fields[] = {"text"};
static const char *const promise_fields[] = {"level", "note"};
static const char *const group_fields[] = {"name", "kind", "horizon", "stake",
    "knowledge", "motivation", "absence", "vulnerability"};
static const char *const documentation_fields[] = {
    "what", "form", "consent", "kept", "used"};
static const char *const activity_fields[] = {
    "title", "method", "people", "room", "place_kind", "minutes", "cost"};
static const char *const cell_fields[] = {
    "mode", "coform", "role", "own_role", "purpose", "minutes"};

struct kept {
	enum record_kind kind;
	const char *const *field;
	ptrdiff_t n;
	const char *begins; /* as what it begins: its state, or NULL */
};

static const struct kept kinds[REUSE_KINDS] = {
    {KIND_PURPOSE, text_fields, COUNT_OF(text_fields), NULL},
    {KIND_NEED, text_fields, COUNT_OF(text_fields), NULL},
    {KIND_PROMISE, promise_fields, COUNT_OF(promise_fields), NULL},
    {KIND_QUESTION, text_fields, COUNT_OF(text_fields), "open"},
    {KIND_GROUP, group_fields, COUNT_OF(group_fields), "proposed"},
    {KIND_DOCUMENTATION, documentation_fields, COUNT_OF(documentation_fields),
	NULL},
    {KIND_ACTIVITY, activity_fields, COUNT_OF(activity_fields), NULL},
};
static const struct kept cells = {
    KIND_CELL, cell_fields, COUNT_OF(cell_fields), "draft"};

enum record_kind
reuse_kind(int i)
{
	return kinds[i].kind;
}

/* The words among those fields, a line each, but for the title. */
static void
add_words(struct buf *b, const struct kept *kept, const struct record *r,
    struct str title)
{
	for (ptrdiff_t i = 0; i < kept->n; i++) {
		const struct field_def *field =
		    &record_def(kept->kind)
			 ->fields[record_field(kept->kind, kept->field[i])];
		struct str text = record_value(r, kept->field[i]);
		if (text.n == 0 || str_eq(text, title) ||
		    (field->type != FIELD_LINE && field->type != FIELD_TEXT))
			continue;
		buf_add(b, b->n > 0 ? S("\n") : S(""));
		buf_add(b, text);
	}
}

struct str
reuse_words(struct arena *a, const struct reusable *from,
    const struct record *r, struct str title)
{
	struct buf b = buf_new(a, WORDS_BYTES);
	for (int k = 0; k < REUSE_KINDS; k++) {
		if (kinds[k].kind == r->kind)
			add_words(&b, &kinds[k], r, title);
	}
	for (ptrdiff_t i = 0; r->kind == KIND_GROUP && i < from->cells.n; i++) {
		const struct record *cell = &from->cells.list[i];
		if (str_eq(record_value(cell, "target_group"), r->id_text))
			add_words(&b, &cells, cell, title);
	}
	return buf_str(&b);
}

/* With the rights they have there, and none that they have here. */
static enum err
enter(struct db *db, struct arena *a, const struct actor *who, struct id from,
    struct actor *there)
{
	struct actor outside = *who;
	outside.network = (struct id){0};
	outside.caps &=
	    CAP_ACCOUNTS | CAP_OVERVIEW | CAP_CREATE | CAP_CATALOGUE;
	return id_eq(from, who->network)
	    ? ERR_NOT_FOUND
	    : actor_enter(db, a, &outside, from, there);
}

enum err
reuse_look(struct db *db, struct arena *a, const struct actor *who,
    struct id from, struct reusable *out)
{
	struct actor there;
	enum err e = enter(db, a, who, from, &there);
	if (e == ERR_OK)
		e = record_get(
		    db, a, &there, KIND_NETWORK, from, &out->network);
	for (int i = 0; e == ERR_OK && i < REUSE_KINDS; i++)
		e = record_list(db, a, &there, kinds[i].kind, &out->of[i]);
	if (e == ERR_OK)
		e = record_list(db, a, &there, KIND_CELL, &out->cells);
	return e == ERR_OK
	    ? record_list(db, a, &there, KIND_PHASE, &out->phases)
	    : e;
}

static const struct record *
find(const struct records *all, struct id id)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].id, id))
			return &all->list[i];
	}
	return NULL;
}

/* ---- copying ---- */

struct copying {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
	const struct reusable *from;
	struct records phases; /* here */
	ptrdiff_t n; /* copied so far */
};

static struct record
copy_of(
    const struct copying *c, const struct record *of, const struct kept *kept)
{
	bool single = record_def(kept->kind)->single;
	struct record r = {.kind = kept->kind,
	    .network = c->who->network,
	    .id = single ? c->who->network : id_new(c->who->now_us)};
	for (ptrdiff_t i = 0; i < kept->n; i++)
		record_set(
		    &r, kept->field[i], record_value(of, kept->field[i]));
	if (kept->begins != NULL)
		record_set(&r, "state", str_c(kept->begins));
	if (kept->kind ==
	    KIND_DOCUMENTATION) /* whoever it is, it is not them */
		record_set(&r, "who", tr(c->who->lang, N_("To be agreed")));
	return r;
}

static enum err
save(const struct copying *c, const struct record *r)
{
	struct record_saved saved;
	return record_save(c->db, c->arena, c->who, r, &saved);
}

/* The phase here that is the same as that one there, or NULL. */
static const struct record *
same_phase(const struct copying *c, const struct record *there)
{
	for (ptrdiff_t i = 0; i < c->phases.n; i++) {
		const struct record *here = &c->phases.list[i];
		struct str source = record_value(there, "source");
		if (source.n > 0 ? str_eq(record_value(here, "source"), source)
				 : str_eq(record_value(here, "name"),
				       record_value(there, "name")))
			return here;
	}
	return NULL;
}

static enum err
copy_roles(const struct copying *c, const struct record *of, struct id group)
{
	enum err e = ERR_OK;
	const struct records *all = &c->from->cells;
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++) {
		struct id phase;
		const struct record *cell = &all->list[i], *there, *here;
		if (!str_eq(record_value(cell, "target_group"), of->id_text) ||
		    !id_parse(record_value(cell, "phase"), &phase))
			continue;
		there = find(&c->from->phases, phase);
		here = there == NULL ? NULL : same_phase(c, there);
		if (here == NULL)
			continue;
		struct record r = copy_of(c, cell, &cells);
		record_set(&r, "phase", here->id_text);
		record_set(&r, "target_group", id_text(c->arena, group));
		e = save(c, &r);
	}
	return e;
}

/* What there is one of stays as it is here. */
static bool
is_here(const struct copying *c, const struct kept *kept)
{
	struct record r;
	return record_def(kept->kind)->single &&
	    record_get(c->db, c->arena, c->who, kept->kind, c->who->network,
		&r) == ERR_OK;
}

static enum err
copy(struct copying *c, const struct reuse_pick *pick)
{
	int k = 0;
	while (k < REUSE_KINDS && kinds[k].kind != pick->kind)
		k++;
	if (k == REUSE_KINDS)
		return ERR_INVALID;
	const struct record *of = find(&c->from->of[k], pick->id);
	if (of == NULL)
		return ERR_INVALID;
	if (is_here(c, &kinds[k]))
		return ERR_OK;
	struct record r = copy_of(c, of, &kinds[k]);
	enum err e = save(c, &r);
	c->n++;
	return e == ERR_OK && pick->kind == KIND_GROUP ? copy_roles(c, of, r.id)
						       : e;
}

enum err
reuse_copy(struct db *db, struct arena *a, const struct actor *who,
    const struct reuse *reuse)
{
	struct reusable there;
	struct copying c = {.db = db, .arena = a, .who = who, .from = &there};
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (reuse->n == 0 || reuse->n > REUSE_MOST)
		return ERR_INVALID;
	enum err e = reuse_look(db, a, who, reuse->from, &there);
	if (e == ERR_OK)
		e = record_list(db, a, who, KIND_PHASE, &c.phases);
	for (ptrdiff_t i = 0; e == ERR_OK && i < reuse->n; i++)
		e = copy(&c, &reuse->pick[i]);
	if (e == ERR_OK && c.n == 0)
		return ERR_CONFLICT;
	return e == ERR_OK
	    ? audit_add(db, a, who, S("network.reuse"), reuse->from)
	    : e;
}
