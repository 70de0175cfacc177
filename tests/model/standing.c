/* SPDX-License-Identifier: MPL-2.0 */

/* Where networks stand: from one plan and from all at once it is the same.
 * guide:S9 guide:S10 guide:S34 */
#include "model/standing.h"

#include "tests/model/fixture.h"

/* A record of the kind with two fields set. */
static struct record
save(struct world *w, enum record_kind kind, const char *const values[][2])
{
	struct record r = world_record(w, kind);
	for (int i = 0; values[i][0] != NULL; i++)
		record_set(&r, values[i][0], str_c(values[i][1]));
	world_save(w, &r);
	r.id_text = id_text(w->arena, r.id);
	return r;
}

static const char SQL_SET_STATE[] =
    "UPDATE activity SET state = $3 WHERE org = $1 AND id = $2";

/* An activity in a state that only the model sets. */
static void
activity(struct world *w, const char *state, struct str groups, const char *day)
{
	struct record r = world_record(w, KIND_ACTIVITY);
	record_set(&r, "groups", groups);
	record_set(&r, "day", str_c(day));
	world_save(w, &r);
	CHECK_OK(db_exec(w->db, SQL_SET_STATE, NULL, DB_ID(w->org.id),
	    DB_ID(r.id), DB_TEXT(str_c(state))));
	struct record card = world_record(w, KIND_INVITATION);
	record_set(&card, "activity", id_text(w->arena, r.id));
	record_set(&card, "hears_by", S("2026-11-01"));
	world_save(w, &card);
}

static struct standing
of_plan(struct world *w)
{
	struct plan plan;
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, &plan));
	return standing_of(&plan, w->arena);
}

static struct standings
of_all(struct world *w)
{
	struct standings all;
	CHECK_OK(standing_all(w->db, w->arena, &w->program, &all));
	return all;
}

static void
check_same(const struct standing *x, const struct standing *y)
{
	CHECK(id_eq(x->network, y->network));
	CHECK_STR(x->name, y->name);
	CHECK_STR(x->phase, y->phase);
	CHECK_INT(x->phase_at, y->phase_at);
	CHECK_INT(x->phases, y->phases);
	CHECK_INT(x->fill.filled, y->fill.filled);
	CHECK_INT(x->fill.parts, y->fill.parts);
	CHECK_INT(x->coverage.part, y->coverage.part);
	CHECK_INT(x->coverage.whole, y->coverage.whole);
	CHECK_INT(x->sham.risk, y->sham.risk);
	CHECK_INT(x->promises, y->promises);
	CHECK_INT(x->late_promises, y->late_promises);
	CHECK_INT(x->late_tasks, y->late_tasks);
}

TEST_DB(standing_of_an_empty_network_is_all_risk_that_can_be)
{
	struct world w;
	world_new(&w, arena, db);
	struct standing s = of_plan(&w);
	CHECK_INT(s.coverage.whole, 0);
	CHECK_INT(s.phase_at, -1);
	CHECK_INT(s.sham.risk, 25 + 15 + 15);
	struct standings all = of_all(&w);
	CHECK_INT(all.n, 1);
	check_same(&s, &all.list[0]);
}

TEST_DB(standing_is_the_same_from_a_plan_and_from_all)
{
	struct world w;
	struct records phases;
	world_new(&w, arena, db);
	struct record parents = save(&w, KIND_GROUP,
	    (const char *const[][2]){{"state", "chosen"}, {NULL, NULL}});
	save(&w, KIND_GROUP,
	    (const char *const[][2]){{"state", "chosen"}, {NULL, NULL}});
	save(&w, KIND_GROUP,
	    (const char *const[][2]){{"state", "proposed"}, {NULL, NULL}});
	activity(&w, "held", parents.id_text, "2026-10-01");
	activity(&w, "planned", parents.id_text, "2026-12-01");
	activity(&w, "answered", S(""), "2026-10-02");
	save(&w, KIND_TASK,
	    (const char *const[][2]){{"due", "2026-11-01"}, {NULL, NULL}});
	save(&w, KIND_SCOPE,
	    (const char *const[][2]){{"decided", "2026-09-01"}, {NULL, NULL}});
	CHECK_OK(record_list(db, arena, &w.leader, KIND_PHASE, &phases));
	struct str third = id_text(arena, phases.list[2].id);
	struct record visit = world_record(&w, KIND_VISIT);
	record_set(&visit, "phase", third);
	record_set(&visit, "entered", S("2026-11-01"));
	world_save(&w, &visit);

	struct standing s = of_plan(&w);
	CHECK_INT(s.coverage.part, 1);
	CHECK_INT(s.coverage.whole, 2);
	CHECK_INT(s.promises, 1);
	CHECK_INT(s.late_promises, 1);
	CHECK_INT(s.late_tasks, 1);
	CHECK_INT(s.phase_at, 2);
	CHECK(s.sham.is[SHAM_DECIDED]);
	CHECK_INT(s.sham.risk, 30 + 15);
	struct standings all = of_all(&w);
	check_same(&s, &all.list[0]);
}

TEST_DB(standing_of_all_asks_as_often_for_thirty_as_for_one)
{
	struct world w;
	world_new(&w, arena, db);
	int64_t before = db_statements(db);
	CHECK_INT(of_all(&w).n, 1);
	int64_t one = db_statements(db) - before;
	for (int i = 0; i < 29; i++) {
		struct record_faults faults;
		struct network_form form = {
		    .name = S("Skolevejen"), .type = S("learning")};
		CHECK_OK(network_create(db, arena,
		    &(struct actor){.org = w.org.id,
			.account = w.mette,
			.caps = CAP_CREATE,
			.now_us = NOW_US,
			.keys = &w.keys},
		    id_new(NOW_US), &form, &faults));
	}
	before = db_statements(db);
	CHECK_INT(of_all(&w).n, 30);
	CHECK_INT(db_statements(db) - before, one);
	CHECK(one <= 10);
}

TEST_DB(standing_of_all_is_for_the_secretariat)
{
	struct world w;
	struct standings all;
	world_new(&w, arena, db);
	CHECK_INT(standing_all(db, arena, &w.leader, &all), ERR_DENIED);
}

TEST(standing_sorts_by_what_wants_a_look)
{
	struct standing list[] = {
	    {.name = S("Åen"), .sham.risk = 10, .late_tasks = 1},
	    {.name = S("Byen"), .sham.risk = 90, .coverage = {1, 3}},
	    {.name = S("Aftenen"), .sham.risk = 90, .coverage = {2, 3}},
	};
	struct standings all = {list, COUNT_OF(list)};
	standing_sort(arena, &all, STANDING_NAME);
	CHECK_STR(all.list[0].name, S("Aftenen"));
	CHECK_STR(all.list[2].name, S("Åen"));
	standing_sort(arena, &all, STANDING_RISK);
	CHECK_STR(all.list[1].name, S("Byen"));
	CHECK_STR(all.list[2].name, S("Åen"));
	standing_sort(arena, &all, STANDING_TASKS);
	CHECK_STR(all.list[0].name, S("Åen"));
	standing_sort(arena, &all, STANDING_COVERAGE);
	CHECK_STR(all.list[2].name, S("Aftenen"));
}
