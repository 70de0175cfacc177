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
copy(struct two *t, const struct actor *who, const struct reuse_pick *list,
    ptrdiff_t n)
{
	struct reuse reuse = {.from = t->other, .n = n};
	for (ptrdiff_t i = 0; i < n; i++)
		reuse.pick[i] = list[i];
	return reuse_copy(t->w.db, t->w.arena, who, &reuse);
}

/* guide:S9 how it was done goes along; people, places and days do not. */
TEST_DB(reuse_takes_over_how_and_not_who)
{
	struct two t;
	struct records all;
	two_new(&t, arena, db);
	struct reuse_pick both[] = {
	    {KIND_QUESTION, t.question}, {KIND_ACTIVITY, t.activity}};
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
	struct reuse_pick some[] = {
	    {KIND_QUESTION, t.question}, {KIND_QUESTION, id_new(NOW_US)}};
	struct reuse_pick decision = {KIND_DECISION, t.question};
	CHECK_OK(db_begin(db));
	CHECK_INT(copy(&t, &t.w.leader, some, 2), ERR_INVALID);
	db_rollback(db);
	CHECK_INT(copy(&t, &t.w.leader, some, 0), ERR_INVALID);
	CHECK_INT(copy(&t, &t.w.leader, &decision, 1), ERR_INVALID);
	CHECK_OK(record_list(db, arena, &t.w.leader, KIND_QUESTION, &all));
	CHECK_INT(all.n, 0);
	CHECK_INT(copy(&t, &t.w.participant, some, 1), ERR_DENIED);
	CHECK_INT(reuse_look(db, arena, &t.w.participant, t.other, &there),
	    ERR_NOT_FOUND); /* Ali is not in it */
	CHECK_INT(reuse_look(db, arena, &t.w.leader, t.w.network, &there),
	    ERR_NOT_FOUND); /* it is this one */
	CHECK_OK(reuse_look(db, arena, &t.w.leader, t.other, &there));
	CHECK_INT(there.of[REUSE_KINDS - 1].n, 1); /* activities */
}

static struct record
put(struct two *t, enum record_kind kind, const char *field, const char *text)
{
	struct record_saved saved;
	struct actor there;
	struct actor mette = world_as(&t->w, t->w.mette);
	CHECK_OK(actor_enter(t->w.db, t->w.arena, &mette, t->other, &there));
	struct record r = record_in(&t->w, t->other, kind);
	if (record_def(kind)->single)
		r.id = t->other;
	record_set(&r, field, str_c(text));
	CHECK_OK(record_save(t->w.db, t->w.arena, &there, &r, &saved));
	r.id_text = id_text(t->w.arena, r.id);
	return r;
}

static struct records
here(struct two *t, enum record_kind kind)
{
	struct records all;
	CHECK_OK(record_list(t->w.db, t->w.arena, &t->w.leader, kind, &all));
	return all;
}

/* The phase of the catalogue in the other network, as a reference. */
static struct str
phase_there(struct two *t, const char *source)
{
	struct reusable there;
	CHECK_OK(
	    reuse_look(t->w.db, t->w.arena, &t->w.leader, t->other, &there));
	for (ptrdiff_t i = 0; i < there.phases.n; i++) {
		if (str_eq(record_value(&there.phases.list[i], "source"),
			str_c(source)))
			return there.phases.list[i].id_text;
	}
	return S("");
}

/* guide:S9 a target group comes with its roles in phases that both have, as a
 * draft; where it is found, why it was chosen and by whom it was agreed does
 * not. */
TEST_DB(reuse_takes_over_a_group_with_its_roles)
{
	struct two t;
	two_new(&t, arena, db);
	struct record group = put(&t, KIND_GROUP, "name", "Pårørende");
	record_set(&group, "finding", S("Hos fru Olsen"));
	record_set(&group, "state", S("chosen"));
	record_set(&group, "reason", S("Fru Olsen bad om det"));
	struct record_saved saved;
	struct actor there;
	struct actor mette = world_as(&t.w, t.w.mette);
	CHECK_OK(actor_enter(db, arena, &mette, t.other, &there));
	group.rev = 1;
	CHECK_OK(record_save(db, arena, &there, &group, &saved));
	struct record cell = record_in(&t.w, t.other, KIND_CELL);
	record_set(&cell, "actor", S(""));
	record_set(&cell, "target_group", group.id_text);
	record_set(&cell, "phase", phase_there(&t, "test"));
	record_set(&cell, "role", S("tester"));
	record_set(&cell, "purpose", S("Går turen"));
	record_set(&cell, "state", S("agreed"));
	CHECK_OK(record_save(db, arena, &there, &cell, &saved));
	ptrdiff_t before = here(&t, KIND_CELL).n;
	struct reuse_pick pick = {KIND_GROUP, group.id};
	struct reusable seen;
	CHECK_OK(reuse_look(db, arena, &t.w.leader, t.other, &seen));
	struct str words = reuse_words(arena, &seen, &group, S("Pårørende"));
	CHECK_HAS(words, S("Går turen")); /* all that goes along is read */
	CHECK_LACKS(words, S("Olsen"));
	CHECK_OK(copy(&t, &t.w.leader, &pick, 1));
	struct records groups = here(&t, KIND_GROUP);
	const struct record *made = &groups.list[groups.n - 1];
	CHECK_STR(record_value(made, "name"), S("Pårørende"));
	CHECK_STR(record_value(made, "state"), S("proposed"));
	CHECK_STR(record_value(made, "finding"), S(""));
	CHECK_STR(record_value(made, "reason"), S(""));
	struct records cells = here(&t, KIND_CELL);
	CHECK_INT(cells.n, before + 1);
	const struct record *role = &cells.list[cells.n - 1];
	CHECK_STR(record_value(role, "target_group"), made->id_text);
	CHECK_STR(record_value(role, "role"), S("tester"));
	CHECK_STR(record_value(role, "state"), S("draft"));
	CHECK(!str_eq(record_value(role, "phase"), phase_there(&t, "test")));
}

/* What there is one of a network stays as it is here. */
TEST_DB(reuse_leaves_what_is_written_here)
{
	struct two t;
	two_new(&t, arena, db);
	(void)put(&t, KIND_PURPOSE, "text", "De ved, hvor mørkt der er.");
	(void)put(&t, KIND_NEED, "text", "Vi mangler øjne.");
	struct record own = world_record(&t.w, KIND_PURPOSE);
	record_set(&own, "text", S("Vores eget."));
	world_save(&t.w, &own);
	struct reuse_pick both[] = {
	    {KIND_PURPOSE, t.other}, {KIND_NEED, t.other}};
	CHECK_OK(copy(&t, &t.w.leader, both, 2));
	CHECK_STR(record_value(&here(&t, KIND_PURPOSE).list[0], "text"),
	    S("Vores eget."));
	CHECK_STR(record_value(&here(&t, KIND_NEED).list[0], "text"),
	    S("Vi mangler øjne."));
	CHECK_INT(copy(&t, &t.w.leader, both, 2), ERR_CONFLICT);
}

/* By whom it is written down is for each network to say. */
TEST_DB(reuse_of_documentation_names_nobody)
{
	struct two t;
	two_new(&t, arena, db);
	struct record doc = put(&t, KIND_DOCUMENTATION, "who", "Fru Olsen");
	struct reuse_pick pick = {KIND_DOCUMENTATION, doc.id};
	CHECK_OK(copy(&t, &t.w.leader, &pick, 1));
	struct records all = here(&t, KIND_DOCUMENTATION);
	CHECK_INT(all.n, 1);
	CHECK_STR(record_value(&all.list[0], "who"), S("Skal aftales"));
}
