/* SPDX-License-Identifier: MPL-2.0 */

/* What an insight rests on, and who has spoken. */
#include "model/evidence.h"

#include <math.h>

#include "base/buf.h"
#include "tests/model/fixture.h"

static struct id
say(struct world *w, struct id person, int at)
{
	struct contribution c = {.id = id_new(NOW_US + at),
	    .kind = S("quote"),
	    .teller = S("staff"),
	    .original = str_fmt(w->arena, "Ord nummer %d.", at),
	    .person = person,
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	return c.id;
}

static struct id
person(struct world *w, const char *source)
{
	struct person p = {.id = id_new(NOW_US),
	    .state = S("yes"),
	    .alias = S("En"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Ved noget."),
	    .source = str_c(source)};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	return p.id;
}

static struct strength
strength(struct world *w, struct id insight)
{
	struct strengths all;
	CHECK_OK(evidence_strengths(w->db, w->arena, &w->leader, &all));
	return evidence_strength(&all, insight);
}

/* guide:S5: two words of one person are one voice; what speaks against it
 * stays in sight. */
TEST_DB(insight_counts_people_and_not_words)
{
	struct world w;
	struct evidences list;
	world_new(&w, arena, db);
	struct record insight = world_record(&w, KIND_INSIGHT);
	world_save(&w, &insight);
	struct id karen = person(&w, "named");
	struct evidence e = {.insight = insight.id};
	CHECK_INT(strength(&w, insight.id).people, 0);
	for (int i = 0; i < 2; i++) {
		e.contribution = say(&w, karen, i);
		CHECK_OK(evidence_put(db, arena, &w.leader, &e));
	}
	CHECK_INT(strength(&w, insight.id).people, 1);
	e.contribution = say(&w, (struct id){0}, 2);
	CHECK_OK(evidence_put(db, arena, &w.leader, &e));
	CHECK_INT(strength(&w, insight.id).people, 2);
	e.contribution = say(&w, person(&w, "named"), 3);
	e.against = true;
	CHECK_OK(evidence_put(db, arena, &w.leader, &e));
	CHECK_INT(strength(&w, insight.id).against, 1);
	CHECK_OK(evidence_list(db, arena, &w.leader, &list));
	CHECK_INT(list.n, 4);
	CHECK(list.list[3].against && !list.list[0].against);
	CHECK_OK(evidence_list(db, arena, &w.participant, &list));
	CHECK_INT(list.n, 0); /* nobody has looked at them yet */
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, e.contribution));
	CHECK_INT(strength(&w, insight.id).against, 0);
	CHECK_INT(evidence_put(db, arena, &w.leader, &e), ERR_NOT_FOUND);
	CHECK_INT(evidence_put(db, arena, &w.decider, &e), ERR_DENIED);
}

/* guide:S34, E3. */
TEST_DB(skew_counts_the_busiest_and_those_who_came_by_themselves)
{
	struct world w;
	struct skew skew;
	world_new(&w, arena, db);
	CHECK_OK(skew_get(db, arena, &w.leader, 20, &skew));
	CHECK_INT(skew.contributions, 0);
	struct id busy = person(&w, "interest");
	for (int i = 0; i < 6; i++)
		say(&w, busy, i);
	for (int i = 0; i < 4; i++)
		say(&w, person(&w, "named"), 10 + i);
	CHECK_OK(skew_get(db, arena, &w.participant, 20, &skew));
	CHECK_INT(skew.contributions, 10);
	CHECK_INT(skew.people, 5);
	CHECK_INT(skew.self_selected, 6);
	CHECK_INT(skew.top, 6);
}

/* E2: half the sum of the differences of shares. */
TEST(skew_distance_is_total_variation)
{
	const int64_t wanted[] = {10, 10, 20}, same[] = {1, 1, 2},
		      one[] = {0, 0, 4}, none[] = {0, 0, 0};
	CHECK(fabs(skew_distance(wanted, same, 3)) < 1e-12);
	CHECK(fabs(skew_distance(wanted, one, 3) - 0.5) < 1e-12);
	CHECK(skew_distance(wanted, none, 3) < 0);
	CHECK(skew_distance(none, one, 3) < 0);
}

/* guide:S1 the views of citizens, companies, organisations and others, each
 * by its kind; what was taken back counts no more. */
TEST_DB(spread_counts_what_each_kind_of_actor_has_said)
{
	static const char *const kinds[] = {
	    "citizen", "citizen", "company", "interest_org"};
	struct world w;
	struct spread spread;
	struct id last = {0};
	world_new(&w, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct contribution c = {.id = id_new(NOW_US),
		    .actor_kind = str_c(kinds[i]),
		    .kind = S("wish"),
		    .teller = S("staff"),
		    .original = S("Lys på stien."),
		    .basis = S("public_task"),
		    .scope = SCOPE_NETWORK,
		    .anonymity = S("none"),
		    .given_by = S("self")};
		CHECK_OK(contribution_add(db, arena, &w.leader, &c, S("")));
		last = c.id;
	}
	CHECK_OK(spread_get(db, arena, &w.decider, &spread));
	CHECK_INT(spread.n, 3);
	CHECK_STR(spread.kind[0], S("citizen"));
	CHECK_INT(spread.voices[0], 2);
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, last));
	CHECK_OK(spread_get(db, arena, &w.decider, &spread));
	CHECK_INT(spread.n, 2);
}
