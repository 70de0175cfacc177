/* SPDX-License-Identifier: MPL-2.0 */

/* The worked example in a database.  The file by itself is
 * tests/model/catalogue_demo.c. */
#include "model/demo.h"

#include <jansson.h>

#include "model/account.h"
#include "model/audit.h"
#include "model/catalogue.h"
#include "model/measure.h"
#include "model/plan.h"
#include "model/contribution.h"
#include "tests/model/fixture.h"

static const struct key root = {{7}};

struct example {
	struct db *db;
	struct arena *arena;
	struct keys keys;
	struct demo demo;
	struct actor inside; /* may everything in it */
	struct plan plan;
	const json_t *file;
};

static void
free_json(void *json)
{
	json_decref(json);
}

static void
example_new(struct example *x, struct arena *a, struct db *db, int64_t now_us)
{
	struct str text = catalogue_json(S("demo"));
	json_t *file = json_loadb(text.p, (size_t)text.n, 0, NULL);
	CHECK(file != NULL);
	arena_defer(a, free_json, file);
	*x = (struct example){
	    .db = db, .arena = a, .keys = keys_derive(&root), .file = file};
	CHECK_OK(db_begin(db)); /* as the command does: all or nothing */
	CHECK_OK(demo_create(db, a, &x->keys, now_us, &x->demo));
	CHECK_OK(db_commit(db));
	struct actor program = actor_program(x->demo.org.id, &x->keys, now_us);
	x->inside = actor_inside(&program, x->demo.network);
	CHECK_OK(plan_load(db, a, &x->inside, &x->plan));
}

static ptrdiff_t
listed(const struct example *x, const char *list)
{
	return (ptrdiff_t)json_array_size(json_object_get(x->file, list));
}

TEST_DB(demo_has_a_row_for_each_item_of_the_file)
{
	static const struct {
		enum record_kind kind;
		const char *list;
	} lists[] = {{KIND_THEME, "theme"}, {KIND_QUESTION, "questions"},
	    {KIND_GROUP, "target_groups"}, {KIND_ACTOR, "actors"},
	    {KIND_PARTICIPANT, "participants"}, {KIND_AGENDA, "agendas"},
	    {KIND_CELL, "role_grid"}, {KIND_DOCUMENTATION, "documentation"},
	    {KIND_TASK, "tasks"}, {KIND_INSIGHT, "insights"},
	    {KIND_JOURNEY, "journeys"}, {KIND_DIALOGUE, "dialogues"},
	    {KIND_IDEA, "ideas"}, {KIND_ROUND, "rounds"},
	    {KIND_TRIAL, "trials"}, {KIND_MEASURE, "measures"},
	    {KIND_DECISION, "decisions"}};
	struct example x;
	example_new(&x, arena, db, NOW_US);
	for (ptrdiff_t i = 0; i < COUNT_OF(lists); i++) {
		CHECK(listed(&x, lists[i].list) > 0);
		CHECK_INT(
		    x.plan.of[lists[i].kind].n, listed(&x, lists[i].list));
	}
	struct contribution_page voices;
	CHECK_OK(contribution_list(db, arena, &x.inside,
	    &(struct contribution_filter){.max = 50}, &voices));
	CHECK_INT(voices.n, listed(&x, "voices"));
	CHECK(contribution_names(arena, voices.list[0].original).n == 0);
	CHECK(x.plan.of[KIND_TENSION].n > 0);
	CHECK_STR(record_value(&x.plan.network, "state"), S("active"));
	struct fill fill = plan_fill(&x.plan);
	CHECK_INT(fill.filled, fill.parts);
	CHECK(plan_single(&x.plan, KIND_FOCUS) != NULL);
	CHECK_STR(
	    plan_title(&x.plan, arena, plan_stay(&x.plan)), S("Bearbejdning"));
}

/* One person at least for each role, who may sign in. */
TEST_DB(demo_has_somebody_in_each_role)
{
	struct example x;
	example_new(&x, arena, db, NOW_US);
	CHECK_INT(x.demo.n_people, listed(&x, "staff"));
	for (int role = 0; role < ROLE_COUNT; role++) {
		int n = 0;
		for (ptrdiff_t i = 0; i < x.plan.members.n; i++)
			n += (int)x.plan.members.list[i].role == role;
		CHECK(n > 0);
	}
	int admins = 0, secretariats = 0;
	for (ptrdiff_t i = 0; i < x.demo.n_people; i++) {
		struct account found;
		const struct demo_person *p = &x.demo.people[i];
		CHECK_OK(account_get(db, arena, &x.inside, p->account, &found));
		CHECK(found.active);
		CHECK_STR(found.name, p->name);
		CHECK(str_eq(p->role, S("admin")) == found.is_admin);
		CHECK(
		    str_eq(p->role, S("secretariat")) == found.is_secretariat);
		admins += found.is_admin;
		secretariats += found.is_secretariat;
	}
	CHECK(admins > 0 && secretariats > 0);
}

/* Each state was written by the person and on the day that the file says, and
 * all of it stands in the audit chain. */
TEST_DB(demo_has_a_history)
{
	struct example x;
	struct revisions all;
	struct audit_report report;
	example_new(&x, arena, db, NOW_US);
	CHECK_OK(record_history(
	    db, arena, &x.inside, KIND_PURPOSE, x.demo.network, &all));
	CHECK_INT(all.n, 2);
	CHECK(date_cmp(date_danish(all.list[1].at_us),
		  (struct date){2026, 9, 16}) == 0);
	CHECK(date_cmp(date_danish(all.list[0].at_us),
		  (struct date){2026, 11, 19}) == 0);
	CHECK_STR(vault_name_of(&x.plan.names, all.list[1].account),
	    S("Mette Fjordlund"));
	const struct record *theme = &x.plan.of[KIND_THEME].list[0];
	CHECK(date_cmp(date_danish(theme->changed_us),
		  (struct date){2026, 8, 26}) == 0);
	CHECK_OK(audit_verify(db, arena, NULL, 0, &report));
	CHECK_INT(report.n_faults, 0);
	CHECK_INT(report.n_heads, 2);
	CHECK(report.rows > 100);
}

/* ---- time ---- */

static int64_t
days(const struct record *r, const char *field)
{
	struct date date;
	return date_parse(record_value(r, field), &date) ? date_days(date) : 0;
}

static ptrdiff_t
late_tasks(const struct example *x)
{
	struct steps steps = plan_steps(&x->plan, x->arena);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < steps.n; i++)
		n += steps.list[i].urgent;
	return n;
}

/* Whenever it is made it is as far as on the day it was written for, and a
 * meeting on a Tuesday stays one. */
static void
check_moved(struct example *x, int64_t after_days)
{
	struct date first = {2026, 8, 24};
	int64_t moved = days(&x->plan.network, "starts") - date_days(first);
	CHECK_INT(moved, after_days / 7 * 7);
	CHECK_STR(plan_title(&x->plan, x->arena, plan_stay(&x->plan)),
	    S("Bearbejdning"));
	CHECK(late_tasks(x) > 0);
	const struct records *tasks = &x->plan.of[KIND_TASK];
	for (ptrdiff_t i = 0; i < tasks->n; i++)
		CHECK(tasks->list[i].changed_us <= x->inside.now_us);
}

TEST_DB(demo_is_of_the_day_it_is_made)
{
	struct example x;
	example_new(&x, arena, db, NOW_US);
	check_moved(&x, 0);
}

TEST_DB(demo_moves_by_whole_weeks)
{
	struct example x;
	example_new(&x, arena, db, NOW_US + 405 * DAY_US);
	check_moved(&x, 405);
}

TEST_DB(demo_moves_by_no_part_of_a_week)
{
	struct example x;
	example_new(&x, arena, db, NOW_US + 6 * DAY_US);
	check_moved(&x, 6);
}

/* ---- where ---- */

TEST_DB(demo_is_made_where_nothing_is)
{
	struct example x;
	struct demo again;
	struct db_row before, after;
	static const char count[] =
	    "SELECT (SELECT COUNT(*) FROM account WHERE org = $1),"
	    " (SELECT COUNT(*) FROM revision WHERE org = $1),"
	    " (SELECT COUNT(*) FROM audit WHERE org = $1)";
	example_new(&x, arena, db, NOW_US);
	CHECK_OK(db_one(db, arena, count, &before, DB_ID(x.demo.org.id)));
	CHECK_INT(
	    demo_create(db, arena, &x.keys, NOW_US, &again), ERR_CONFLICT);
	CHECK_OK(db_one(db, arena, count, &after, DB_ID(x.demo.org.id)));
	for (ptrdiff_t i = 0; i < 3; i++)
		CHECK_INT(db_int(&after, i), db_int(&before, i));
}

/* guide:S29: one measurement whose result shows, and one of too few. */
TEST_DB(demo_measures_enough_once_and_too_few_once)
{
	enum { SHOWN_FROM = 5 };
	struct example x;
	struct measure m;
	bool shown[2] = {false};
	example_new(&x, arena, db, NOW_US);
	const struct records *all = &x.plan.of[KIND_MEASURE];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		CHECK_OK(
		    measure_get(db, arena, &x.inside, all->list[i].id, &m));
		CHECK(m.n_items > 2 && m.n_rounds > 0);
		for (ptrdiff_t r = 0; r < m.n_rounds; r++) {
			CHECK(!m.round[r].open && m.round[r].answered > 0);
			shown[m.round[r].answered >= SHOWN_FROM] = true;
		}
	}
	CHECK(shown[0] && shown[1]);
}
