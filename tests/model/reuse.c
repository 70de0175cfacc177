/* SPDX-License-Identifier: MPL-2.0 */

/* What one network takes over from another, and what it does not. */
#include "model/reuse.h"

#include "model/activity.h"
#include "tests/model/fixture.h"

struct two {
	struct world w;
	struct id other; /* Mette leads both; Ali is in the first alone */
	struct id question, activity; /* of the other */
};

static struct record
record_in(struct world *w, struct id network, enum record_kind kind)
{
	struct record r = world_record(w, kind);
	r.network = network;
	return r;
}

static void
two_new(struct two *t, struct arena *a, struct db *db)
{
	struct record_saved saved;
	struct record_faults faults;
	world_new(&t->w, a, db);
	struct actor mette = world_as(&t->w, t->w.mette), there;
	t->other = id_new(NOW_US + 1);
	struct network_form form = {
	    .name = S("Lys i Havneby"), .type = S("welfare")};
	mette.caps |= CAP_CREATE;
	CHECK_OK(network_create(db, a, &mette, t->other, &form, &faults));
	CHECK_OK(actor_enter(db, a, &mette, t->other, &there));
	struct record q = record_in(&t->w, t->other, KIND_QUESTION);
	record_set(&q, "text", S("Hvornår er stien for mørk?"));
	record_set(&q, "state", S("answered"));
	record_set(&q, "answer", S("Fru Olsen siger klokken fire."));
	CHECK_OK(record_save(db, a, &there, &q, &saved));
	struct record act = record_in(&t->w, t->other, KIND_ACTIVITY);
	record_set(&act, "title", S("Gåtur i mørket"));
	record_set(&act, "place", S("Hos fru Olsen"));
	record_set(&act, "day", S("2026-11-01"));
	record_set(&act, "minutes", S("90"));
	record_set(&act, "care", S("Hun går med stok."));
	record_set(&act, "groups", S(""));
	record_set(&act, "questions", q.id_text);
	CHECK_OK(record_save(db, a, &there, &act, &saved));
	t->question = q.id;
	t->activity = act.id;
}

static enum err
copy(struct two *t, const struct actor *who, struct id *list, ptrdiff_t n)
{
	struct reuse reuse = {t->other, {list, n}};
	return reuse_copy(t->w.db, t->w.arena, who, &reuse);
}

/* guide:S9 how it was done goes along; people, places and days do not. */
TEST_DB(reuse_takes_over_how_and_not_who)
{
	struct two t;
	struct records all;
	two_new(&t, arena, db);
	struct id both[] = {t.question, t.activity};
	CHECK_OK(copy(&t, &t.w.leader, both, 2));
	CHECK_OK(record_list(db, arena, &t.w.leader, KIND_ACTIVITY, &all));
	CHECK_INT(all.n, 1);
	const struct record *r = &all.list[0];
	CHECK_STR(record_value(r, "title"), S("Gåtur i mørket"));
	CHECK_STR(record_value(r, "minutes"), S("90"));
	CHECK_STR(record_value(r, "state"), S("planned"));
	CHECK_STR(record_value(r, "place"), S(""));
	CHECK_STR(record_value(r, "day"), S(""));
	CHECK_STR(record_value(r, "care"), S(""));
	CHECK_STR(record_value(r, "questions"), S(""));
	CHECK_OK(record_list(db, arena, &t.w.leader, KIND_QUESTION, &all));
	CHECK_INT(all.n, 1);
	CHECK_STR(record_value(&all.list[0], "text"),
	    S("Hvornår er stien for mørk?"));
	CHECK_STR(record_value(&all.list[0], "state"), S("open"));
	CHECK_STR(record_value(&all.list[0], "answer"), S(""));
}

/* All of them or none, and only of a network that one may read. */
TEST_DB(reuse_is_refused_whole)
{
	struct two t;
	struct records all;
	struct reusable there;
	two_new(&t, arena, db);
	struct id some[] = {t.question, id_new(NOW_US)};
	CHECK_OK(db_begin(db));
	CHECK_INT(copy(&t, &t.w.leader, some, 2), ERR_INVALID);
	db_rollback(db);
	CHECK_INT(copy(&t, &t.w.leader, some, 0), ERR_INVALID);
	CHECK_OK(record_list(db, arena, &t.w.leader, KIND_QUESTION, &all));
	CHECK_INT(all.n, 0);
	CHECK_INT(copy(&t, &t.w.participant, some, 1), ERR_DENIED);
	CHECK_INT(reuse_look(db, arena, &t.w.participant, t.other, &there),
	    ERR_NOT_FOUND); /* Ali is not in it */
	CHECK_INT(reuse_look(db, arena, &t.w.leader, t.w.network, &there),
	    ERR_NOT_FOUND); /* it is this one */
	CHECK_OK(reuse_look(db, arena, &t.w.leader, t.other, &there));
	CHECK_INT(there.activities.n, 1);
}
