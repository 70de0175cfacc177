/* SPDX-License-Identifier: MPL-2.0 */

/* Networks side by side, and who is asked again and again. */
#include "model/compare.h"

#include "model/evidence.h"
#include "tests/model/decided.h"

static struct compared
compared(struct decided *s)
{
	struct compared out;
	struct compare_ask ask = {&s->w.network, 1, 2};
	CHECK_OK(
	    compare_networks(s->w.db, s->w.arena, &s->w.program, &ask, &out));
	return out;
}

TEST_DB(compare_says_nothing_of_an_empty_network)
{
	struct world w;
	struct compared c;
	world_new(&w, arena, db);
	struct compare_ask ask = {&w.network, 1, 5};
	CHECK_OK(compare_networks(db, arena, &w.program, &ask, &c));
	CHECK(c.name.n > 0);
	CHECK_INT(c.coverage.whole, 0);
	CHECK(c.skew < 0);
	CHECK_INT(c.busiest.whole, 0);
	CHECK_INT(c.influence.whole, 0);
	CHECK_INT(c.wait_days, -1);
	CHECK_INT(c.promise, PROMISE_NONE);
	CHECK_INT(c.traced.whole, 0);
	CHECK_INT(compare_networks(db, arena, &w.leader, &ask, &c), ERR_DENIED);
}

/* guide:S10 each number is what the pages of the network show. */
TEST_DB(compare_has_each_networks_own_numbers)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct id dark = decided_insight(&s, "Der er mørkt.");
	struct evidence against = {
	    .insight = dark, .contribution = s.path, .against = true};
	CHECK_OK(evidence_put(db, arena, &s.w.leader, &against));
	(void)decided_say(&s, s.karen, "Og en bænk.");
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_OK(decided_link(&s, TRACE_VOICE, s.light, GRADE_SHAPED, "Tak."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_NOT_FOLLOWED, "For dyr."));
	struct compared c = compared(&s);
	CHECK_INT(c.influence.part, 1);
	CHECK_INT(c.influence.whole, 2);
	CHECK_INT(c.traced.part, 2);
	CHECK_INT(c.traced.whole, 3);
	CHECK_INT(c.contradicted.part, 1);
	CHECK_INT(c.contradicted.whole, 1);
	CHECK_INT(c.busiest.whole, 3); /* two people, which is k here */
	CHECK_INT(c.wait_days, -1); /* nobody is answered */
}

static void
ask_again(struct decided *s, struct id person, int times)
{
	for (int i = 0; i < times; i++) {
		s->w.leader.now_us += 1;
		CHECK_OK(asked_add(s->w.db, s->w.arena, &s->w.leader, person,
		    (struct id){0}, 60));
	}
}

/* R7 across networks, without who it is. */
TEST_DB(asked_often_counts_a_person_over_all_networks)
{
	struct decided s;
	struct asked_oftens all;
	struct person_contact c = {
	    .name = S("Karen Holm"), .phone = S("20304050")};
	decided_new(&s, arena, db);
	CHECK_OK(person_contact_put(db, arena, &s.w.leader, s.karen, &c));
	struct actor who = s.w.program;
	CHECK_OK(asked_often_list(db, arena, &who, &all));
	CHECK_INT(all.n, 0);
	ask_again(&s, s.karen, (int)all.times - 1);
	CHECK_OK(asked_often_list(db, arena, &who, &all));
	CHECK_INT(all.n, 0);
	ask_again(&s, s.karen, 1);
	ask_again(&s, s.ole, (int)all.times); /* has no entry: not known */
	CHECK_OK(asked_often_list(db, arena, &who, &all));
	CHECK_INT(all.n, 1);
	CHECK_INT(all.list[0].times, all.times);
	CHECK_INT(all.list[0].minutes, 60 * all.times);
	CHECK_INT(all.list[0].networks, 1);
	CHECK(all.list[0].where.n > 0);
	CHECK_LACKS(all.list[0].where, S("Karen"));
	who.now_us += (all.days + 1) * DAY_US; /* long ago */
	CHECK_OK(asked_often_list(db, arena, &who, &all));
	CHECK_INT(all.n, 0);
	CHECK_INT(asked_often_list(db, arena, &s.w.leader, &all), ERR_DENIED);
}
