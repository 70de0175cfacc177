/* SPDX-License-Identifier: MPL-2.0 */

/* E7 by cases worked out by hand. */
#include "model/effort.h"

#include "model/contribution.h"
#include "model/evidence.h"
#include "model/idea.h"
#include "tests/model/fixture.h"

static struct record
held(struct world *w, const char *people, const char *minutes, const char *cost)
{
	struct record r = world_record(w, KIND_ACTIVITY);
	record_set(&r, "people", str_c(people));
	record_set(&r, "minutes", str_c(minutes));
	record_set(&r, "cost", str_c(cost));
	world_save(w, &r);
	world_set_state(w, &r, "held");
	return r;
}

static struct id
said_at(struct world *w, const struct record *activity)
{
	static int64_t ticks;
	struct contribution c = {.id = id_new(NOW_US + 1000 * ++ticks),
	    .kind = S("idea"),
	    .teller = S("staff"),
	    .original = S("Ring til os om aftenen."),
	    .activity = activity->id,
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	return c.id;
}

static struct efforts
look(struct world *w)
{
	struct plan plan;
	struct efforts all;
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, &plan));
	CHECK_OK(effort_list(w->db, w->arena, &w->leader, &plan, &all));
	return all;
}

/* guide:S45: 8 people 90 minutes each, three voices of which one leads on: a
 * third of 720. */
TEST_DB(effort_is_used_as_far_as_voices_lead_on)
{
	struct world w;
	world_new(&w, arena, db);
	CHECK_INT(look(&w).n, 0);
	struct record talk = held(&w, "8", "90", "1500");
	struct record walk = held(&w, "2", "60", "0");
	struct record planned = world_record(&w, KIND_ACTIVITY);
	world_save(&w, &planned);
	struct efforts all = look(&w);
	CHECK_INT(all.n, 2); /* what is only planned has taken nothing */
	CHECK_INT(all.sum.minutes, 840);
	CHECK_INT(all.sum.used, 0);
	struct id one = said_at(&w, &talk);
	(void)said_at(&w, &talk);
	struct id gone = said_at(&w, &talk);
	struct id other = said_at(&w, &walk);
	CHECK_INT(look(&w).sum.voices, 4);
	CHECK_INT(look(&w).sum.used, 0);
	struct idea_birth birth = {one, false, S("yes")};
	CHECK_OK(idea_from_words(db, arena, &w.leader, &birth));
	all = look(&w);
	CHECK_INT(all.list[0].led_on, 1);
	CHECK_INT(all.list[0].used, 240);
	CHECK_INT(all.list[1].used, 0);
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, gone));
	CHECK_INT(look(&w).list[0].used, 360); /* one of two */
	birth.contribution = other;
	CHECK_OK(idea_from_words(db, arena, &w.leader, &birth));
	all = look(&w);
	CHECK_INT(all.list[1].used, 120);
	CHECK_INT(all.sum.used, 480);
	CHECK_INT(all.sum.cost, 1500);
	CHECK_INT(all.sum.people, 10);
}
