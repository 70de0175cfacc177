/* SPDX-License-Identifier: MPL-2.0 */

/* What waits for the leader, with the worked example's activity and Karen. */
#include "model/waits.h"

#include "model/contribution.h"
#include "model/demo_citizen.h"
#include "model/ethics.h"
#include "model/person.h"
#include "model/thread.h"
#include "tests/model/fixture.h"

struct scene {
	struct world w;
	struct plan plan;
	struct record activity;
	struct id karen;
};

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct person_page people;
	world_new(&s->w, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(&s->w, kinds[i]);
		world_save(&s->w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &s->w.leader, &token));
	CHECK_OK(plan_load(db, a, &s->w.leader, &s->plan));
	s->activity = s->plan.of[KIND_ACTIVITY].list[0];
	CHECK_OK(person_list(
	    db, a, &s->w.leader, &(struct person_filter){0}, &people));
	s->karen = people.list[0].id;
}

static struct steps
waits(struct scene *s, const struct actor *who)
{
	struct steps steps;
	CHECK_OK(plan_load(s->w.db, s->w.arena, &s->w.leader, &s->plan));
	CHECK_OK(waits_list(s->w.db, s->w.arena, who, &s->plan, &steps));
	return steps;
}

/* guide:S49: an answer is owed to whoever wrote, and is shown until given. */
TEST_DB(waits_are_the_people_who_wrote_and_were_not_answered)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(waits(&s, &s.w.leader).n, 0);
	struct message asked = {.id = id_new(NOW_US),
	    .activity = s.activity.id,
	    .person = s.karen,
	    .text = S("Er der plads til min kørestol?")};
	CHECK_OK(thread_add(db, arena, &s.w.leader, &asked, true));
	struct steps steps = waits(&s, &s.w.leader);
	CHECK_INT(steps.n, 1);
	CHECK(steps.list[0].urgent);
	CHECK_STR(steps.list[0].argument, record_value(&s.activity, "title"));
	CHECK_INT(waits(&s, &s.w.participant).n, 0);
	struct message answer = {.id = id_new(NOW_US + 1),
	    .activity = s.activity.id,
	    .person = s.karen,
	    .answers = asked.id,
	    .text = S("Ja, døren er bred.")};
	CHECK_OK(thread_add(db, arena, &s.w.leader, &answer, false));
	CHECK_INT(waits(&s, &s.w.leader).n, 0);
}

TEST_DB(waits_are_ethics_checks_that_went_stale_before_it_is_held)
{
	struct scene s;
	scene_new(&s, arena, db);
	record_set(&s.activity, "place", S("Rådhuset, sal 2"));
	world_save(&s.w, &s.activity);
	struct steps steps = waits(&s, &s.w.leader);
	CHECK_INT(steps.n, 1);
	CHECK_HAS(str_c(steps.list[0].page), S("/etik"));
	struct ethics check;
	CHECK_OK(
	    ethics_get(db, arena, &s.w.leader, &s.plan, &s.activity, &check));
	CHECK(check.stale);
	s.w.leader.now_us += MINUTE_US;
	CHECK_OK(ethics_sign(
	    db, arena, &s.w.leader, s.activity.id, s.activity.rev, &check));
	CHECK_INT(waits(&s, &s.w.leader).n, 0);
	record_set(&s.activity, "place", S("Skolen"));
	world_save(&s.w, &s.activity);
	world_set_state(&s.w, &s.activity, "held");
	CHECK_INT(waits(&s, &s.w.leader).n, 0); /* too late for it */
}

/* guide:S34: one who speaks for all, once enough people have spoken. */
TEST_DB(waits_tell_of_a_skewed_circle)
{
	struct scene s;
	scene_new(&s, arena, db);
	for (int i = 0; i < 12; i++) {
		struct person p = {.id = id_new(NOW_US + i),
		    .alias = S("En"),
		    .actor_kind = S("citizen"),
		    .channel = S("letter"),
		    .lang = S("da"),
		    .reason = S("Ved noget."),
		    .source = i < 8 ? S("interest") : S("named")};
		CHECK_OK(person_save(db, arena, &s.w.leader, &p));
		struct contribution c = {.id = id_new(NOW_US + i),
		    .kind = S("wish"),
		    .teller = S("staff"),
		    .original = S("Mere lys."),
		    .person = p.id,
		    .basis = S("consent"),
		    .scope = SCOPE_NETWORK,
		    .anonymity = S("none"),
		    .given_by = S("self")};
		if (i == 4) /* four people say too little of who speaks */
			CHECK_INT(waits(&s, &s.w.leader).n, 0);
		CHECK_OK(contribution_add(db, arena, &s.w.leader, &c, S("")));
	}
	struct steps steps = waits(&s, &s.w.leader);
	CHECK_INT(steps.n, 1);
	CHECK_STR(str_c(steps.list[0].page), S("indsigter"));
	CHECK_HAS(steps.list[0].argument, S("67 af 100"));
}
