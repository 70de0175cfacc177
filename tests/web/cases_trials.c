/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about trials need (tests/web/cases.def): one at its start,
 * being tried, or in its analysis. */
#include "base/buf.h"
#include "model/trial.h"
#include "tests/web/cases.h"

static void
move(struct full *f, const struct actor *who, struct id id, enum trial_stage to)
{
	struct trial t;
	struct world *w = &f->web.world;
	struct trial_step step = {.to = to};
	CHECK_OK(trial_get(w->db, w->arena, who, id, &t));
	CHECK_OK(trial_move(w->db, w->arena, who, &t, &step));
}

/* The idea that shot->id names is tried; shot->id becomes the trial. */
static void
plan_trial(struct full *f, struct shot *shot, enum trial_stage to)
{
	struct trial t;
	struct record_saved saved;
	struct world *w = &f->web.world;
	static const char SQL_CONCRETE[] =
	    "UPDATE idea SET state = 'concrete' WHERE org = $1 AND id = $2";
	struct actor who = actor_inside(&w->program, shot->network);
	struct trial_lines goals = {.text = S("Jeg er tryg.\nJeg sover.")};
	struct record r = {.kind = KIND_TRIAL,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn)};
	who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	record_set(&r, "title", S("Aftenlinjen i fire uger"));
	record_set(&r, "idea", id_text(w->arena, shot->id));
	record_set(&r, "what", S("Ring til os om aftenen."));
	CHECK_OK(db_exec(
	    w->db, SQL_CONCRETE, NULL, DB_ID(w->org.id), DB_ID(shot->id)));
	CHECK_OK(record_save(w->db, w->arena, &who, &r, &saved));
	CHECK_OK(trial_get(w->db, w->arena, &who, r.id, &t));
	CHECK_OK(trial_goals_add(w->db, w->arena, &who, &t, &goals));
	for (int stage = TRIAL_TEST; stage <= (int)to; stage++)
		move(f, &who, r.id, (enum trial_stage)stage);
	shot->id = r.id;
}

static void
at_stage(struct full *f, struct shot *shot, enum trial_stage to)
{
	aim_idea(f, shot);
	if (shot->exists)
		plan_trial(f, shot, to);
}

void
aim_trial(struct full *f, struct shot *shot)
{
	at_stage(f, shot, TRIAL_TEST);
}

void
aim_trial_start(struct full *f, struct shot *shot)
{
	at_stage(f, shot, TRIAL_START);
	shot->form = S("goals=Jeg+er+glad.&number=1&rev=2&stage=test");
}

void
aim_trial_analysis(struct full *f, struct shot *shot)
{
	at_stage(f, shot, TRIAL_ANALYSE);
	shot->form = S("number=1&outcome=hit&why=De+fleste+siger+det.");
}

void
aim_trial_note(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_person(f, shot);
	shot->form = STR_JOIN(a, S("m-1=yes&person="), id_text(a, shot->id));
	at_stage(f, shot, TRIAL_TEST);
}

void
aim_trial_said(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_voice(f, shot);
	shot->form = STR_JOIN(
	    a, S("what=add&way=phone&contribution="), id_text(a, shot->id));
	at_stage(f, shot, TRIAL_TEST);
}

void
aim_code_trial(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct shot home = {.network = f->web.world.network, .exists = true};
	aim_citizen(f, shot);
	at_stage(f, &home, TRIAL_TEST);
	shot->id = home.id;
	shot->form =
	    STR_JOIN(a, S("m-1=yes&id="), id_text(a, id_new(NOW_US + f->turn)));
}
