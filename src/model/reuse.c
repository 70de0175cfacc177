/* SPDX-License-Identifier: MPL-2.0 */
#include "model/reuse.h"

#include "model/audit.h"

/* What goes along; the rest is the other network's own. */
static const char *const question_fields[] = {"text"};
static const char *const activity_fields[] = {
    "title", "method", "people", "room", "place_kind", "minutes", "cost"};

static const struct kept {
	enum record_kind kind;
	const char *const *field;
	ptrdiff_t n;
} kinds[] = {
    {KIND_QUESTION, question_fields, COUNT_OF(question_fields)},
    {KIND_ACTIVITY, activity_fields, COUNT_OF(activity_fields)},
};

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
	if (e == ERR_OK)
		e = record_list(db, a, &there, KIND_QUESTION, &out->questions);
	return e == ERR_OK
	    ? record_list(db, a, &there, KIND_ACTIVITY, &out->activities)
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

static enum err
copy(struct db *db, struct arena *a, const struct actor *who,
    const struct record *of, const struct kept *kept)
{
	struct record_saved saved;
	struct record r = {.kind = kept->kind,
	    .network = who->network,
	    .id = id_new(who->now_us)};
	for (ptrdiff_t i = 0; i < kept->n; i++)
		record_set(
		    &r, kept->field[i], record_value(of, kept->field[i]));
	if (kept->kind == KIND_QUESTION)
		record_set(&r, "state", S("open"));
	return record_save(db, a, who, &r, &saved);
}

enum err
reuse_copy(struct db *db, struct arena *a, const struct actor *who,
    const struct reuse *reuse)
{
	struct reusable there;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (reuse->records.n == 0 || reuse->records.n > REUSE_MOST)
		return ERR_INVALID;
	enum err e = reuse_look(db, a, who, reuse->from, &there);
	for (ptrdiff_t i = 0; e == ERR_OK && i < reuse->records.n; i++) {
		struct id id = reuse->records.list[i];
		const struct record *question = find(&there.questions, id);
		const struct record *activity = find(&there.activities, id);
		if (question != NULL)
			e = copy(db, a, who, question, &kinds[0]);
		else if (activity != NULL)
			e = copy(db, a, who, activity, &kinds[1]);
		else
			e = ERR_INVALID;
	}
	return e == ERR_OK
	    ? audit_add(db, a, who, S("network.reuse"), reuse->from)
	    : e;
}
