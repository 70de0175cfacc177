/* SPDX-License-Identifier: MPL-2.0 */

/* R12, in a plan of three phases that the network walks through. */
#include "model/plan.h"
#include "model/rules.h"
#include "tests/model/fixture.h"

struct scene {
	struct world w;
	struct record phase[3], actor, activity;
};

static struct record
saved(struct scene *s, struct record r)
{
	world_save(&s->w, &r);
	return r;
}

static void
stay(struct scene *s, int phase, const char *entered, const char *gone)
{
	struct record r = world_record(&s->w, KIND_VISIT);
	record_set(&r, "phase", s->phase[phase].id_text);
	record_set(&r, "entered", str_c(entered));
	record_set(&r, "gone", str_c(gone));
	world_save(&s->w, &r);
}

static void
core(struct scene *s, int phase, const char *mode)
{
	struct record r = world_record(&s->w, KIND_CELL);
	record_set(&r, "phase", s->phase[phase].id_text);
	record_set(&r, "actor", s->actor.id_text);
	record_set(&r, "target_group", S(""));
	record_set(&r, "mode", str_c(mode));
	world_save(&s->w, &r);
}

static struct rules
look(struct scene *s)
{
	struct plan plan;
	struct rule_limits limits = rule_limits_default();
	CHECK_OK(plan_load(s->w.db, s->w.arena, &s->w.leader, &plan));
	struct rules r = rules_new(s->w.arena, LANG_DA, &limits);
	rule_core_idle(&r, &plan);
	return r;
}

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	world_new(&s->w, a, db);
	for (int i = 0; i < 3; i++)
		s->phase[i] = saved(s, world_record(&s->w, KIND_PHASE));
	s->actor = saved(s, world_record(&s->w, KIND_ACTOR));
	s->activity = world_record(&s->w, KIND_ACTIVITY);
	record_set(&s->activity, "phase", s->phase[1].id_text);
	record_set(&s->activity, "actors", s->actor.id_text);
	record_set(&s->activity, "groups", S(""));
	record_set(&s->activity, "questions", S(""));
}

/* guide:S14: whoever is core is asked, once, when two phases passed them by. */
TEST_DB(core_actor_with_nothing_to_do_is_asked)
{
	struct scene s;
	scene_new(&s, arena, db);
	core(&s, 0, "core");
	core(&s, 1, "core");
	stay(&s, 0, "2025-01-01", "2025-02-01");
	CHECK_INT(look(&s).n, 0); /* one phase only */
	stay(&s, 1, "2025-02-01", "2025-03-01");
	struct rules r = look(&s);
	CHECK_INT(r.n, 1);
	CHECK_INT(r.hit[0].rule, 12);
	CHECK(!rules_stop(&r));
	CHECK_HAS(rule_text(&r, r.hit), record_value(&s.actor, "name"));
}

TEST_DB(core_actor_with_an_activity_is_not_asked)
{
	struct scene s;
	scene_new(&s, arena, db);
	core(&s, 0, "core");
	stay(&s, 0, "2025-01-01", "2025-02-01");
	stay(&s, 1, "2025-02-01", "2025-03-01");
	stay(&s, 2, "2025-03-01", "");
	world_save(&s.w, &s.activity); /* planned and never held */
	CHECK_INT(look(&s).n, 1);
	world_set_state(&s.w, &s.activity, "held");
	CHECK_INT(look(&s).n, 0);
	world_set_state(&s.w, &s.activity, "planned");
	record_set(&s.activity, "phase", s.phase[2].id_text);
	world_save(&s.w, &s.activity); /* in the phase of today: soon */
	CHECK_INT(look(&s).n, 0);
}

TEST_DB(actor_who_is_there_now_and_then_is_not_asked)
{
	struct scene s;
	scene_new(&s, arena, db);
	core(&s, 0, "along");
	stay(&s, 0, "2025-01-01", "2025-02-01");
	stay(&s, 1, "2025-02-01", "2025-03-01");
	CHECK_INT(look(&s).n, 0);
}
