/* SPDX-License-Identifier: MPL-2.0 */

/* Rule R4 wherever somebody says that a child takes part: their own page, who
 * rang, the draw; and the age is that of the organisation. */
#include "base/buf.h"
#include "model/guardian.h"
#include "model/setting.h"
#include "model/sortition.h"
#include "tests/web/site.h"

struct child {
	struct web w;
	struct person sofie;
};

static void
set_basis(struct child *c, const char *basis)
{
	struct world *w = &c->w.world;
	struct record notice, there;
	notice = world_record(w, KIND_NOTICE);
	if (record_get(w->db, w->arena, &w->leader, KIND_NOTICE, w->network,
		&there) == ERR_OK)
		notice = there;
	record_set(&notice, "basis", str_c(basis));
	world_save(w, &notice);
}

static void
save(struct child *c)
{
	struct world *w = &c->w.world;
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &c->sofie));
	CHECK_OK(
	    person_get(w->db, w->arena, &w->leader, c->sofie.id, &c->sofie));
}

static void
child_new(struct child *c, struct arena *arena, struct db *db, const char *age)
{
	*c = (struct child){0};
	web_new(&c->w, arena, db);
	web_sign_in(&c->w, c->w.world.mette);
	set_basis(c, "consent");
	c->sofie = (struct person){.id = id_new(NOW_US),
	    .alias = S("Sofie"),
	    .actor_kind = S("citizen"),
	    .age = str_c(age),
	    .channel = S("in_person"),
	    .lang = S("da"),
	    .reason = S("Går i klassen"),
	    .source = S("named")};
	save(c);
}

static struct reply
set_state(struct child *c, const char *state)
{
	struct arena *a = c->w.world.arena;
	struct str path = STR_JOIN(a, web_path(&c->w, "/personer/"),
	    id_text(a, c->sofie.id), S("/tilstand"));
	return web_post(&c->w, path, str_fmt(a, "tilstand=%s", state));
}

static struct str
state_of(struct child *c)
{
	struct person p;
	struct world *w = &c->w.world;
	CHECK_OK(person_get(w->db, w->arena, &w->leader, c->sofie.id, &p));
	return p.state;
}

static ptrdiff_t
pool(struct child *c)
{
	struct plan plan;
	struct pool pool;
	struct world *w = &c->w.world;
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, &plan));
	CHECK_OK(sortition_pool(w->db, w->arena, &w->leader, &plan, &pool));
	return pool.n;
}

TEST_DB(child_takes_part_with_a_guardian_only)
{
	struct child c;
	child_new(&c, arena, db, "0-14");
	static const char *const states[] = {"yes", "active"};
	for (ptrdiff_t i = 0; i < COUNT_OF(states); i++) {
		struct reply r = set_state(&c, states[i]);
		CHECK_INT(r.status, 422);
		CHECK_HAS(r.body, S("En forælder har ikke sagt ja."));
		CHECK_STR(state_of(&c), S("proposed"));
	}
	CHECK_INT(set_state(&c, "no").status, 303); /* as they like */
	/* The twin: with the slip it is taken. */
	c.sofie.guardian = S("På papir, 1. december");
	c.sofie.guardian_us = NOW_US;
	c.sofie.rev++;
	save(&c);
	CHECK_INT(set_state(&c, "yes").status, 303);
	CHECK_STR(state_of(&c), S("yes"));
	CHECK_INT(pool(&c), 1);
	/* The slip is taken back, or the age is told later: not drawn. */
	c.sofie.guardian = S("");
	c.sofie.guardian_us = 0;
	c.sofie.rev++;
	save(&c);
	CHECK_INT(pool(&c), 0);
}

TEST_DB(child_of_a_network_that_asks_for_no_consent_says_yes)
{
	struct child c;
	child_new(&c, arena, db, "0-14");
	set_basis(&c, "public_task");
	CHECK_INT(set_state(&c, "yes").status, 303);
	CHECK_INT(pool(&c), 1);
}

TEST_DB(child_is_who_is_below_the_age_of_the_organisation)
{
	struct child c;
	struct setting s = {S("r4_age"), S("18")};
	child_new(&c, arena, db, "15-17");
	CHECK_INT(set_state(&c, "yes").status, 303);
	CHECK_INT(pool(&c), 1);
	struct actor who = c.w.world.program;
	who.caps |= CAP_CATALOGUE;
	CHECK_OK(setting_save(db, arena, &who, &s));
	CHECK_INT(pool(&c), 0);
	CHECK_INT(set_state(&c, "active").status, 422);
}
