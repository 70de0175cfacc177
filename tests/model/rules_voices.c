/* SPDX-License-Identifier: MPL-2.0 */

/* R6, R8 and R11: once where each fires, once where it must not. */
#include "model/evidence.h"
#include "model/rules.h"
#include "tests/test.h"

static struct rules
fresh(struct arena *a)
{
	struct rule_limits limits = rule_limits_default();
	return rules_new(a, LANG_DA, &limits);
}

/* guide:S10: nothing is answered before each was said to be used or not. */
TEST(rule_6_stops_what_nobody_settled)
{
	struct rules r = fresh(arena);
	CHECK(!rule_unsettled(&r, 0));
	CHECK(rule_unsettled(&r, 6));
	CHECK(rules_stop(&r));
	CHECK_HAS(rule_text(&r, r.hit), S("6 bidrag"));
}

/* guide:S34: over half from those who came by themselves, or from the few. */
TEST(rule_8_sees_a_skewed_circle)
{
	struct rules r = fresh(arena);
	struct skew s = {
	    .contributions = 10, .people = 6, .self_selected = 5, .top = 5};
	CHECK(!rule_skewed(&r, &s)); /* half is not over half */
	s.self_selected = 6;
	CHECK(rule_skewed(&r, &s));
	CHECK_INT(r.n, 1);
	CHECK(!rules_stop(&r));
	CHECK_HAS(rule_text(&r, r.hit), S("60 af 100"));
	s.top = 8;
	r = fresh(arena);
	CHECK(rule_skewed(&r, &s));
	CHECK_INT(r.n, 2);
	s.people = 2; /* too few to say */
	r = fresh(arena);
	CHECK(!rule_skewed(&r, &s));
}

/* guide:S55: no further than was agreed, and in no other words. */
TEST(rule_11_refuses_a_quote_without_leave)
{
	struct rules r = fresh(arena);
	struct quoting q = {
	    .scope = 2, .readers = 2, .agreed = true, .what = S("Jeg venter")};
	CHECK(!rule_quoted_beyond(&r, &q));
	q.readers = 3;
	CHECK(rule_quoted_beyond(&r, &q));
	CHECK(rules_stop(&r));
	CHECK_HAS(rule_text(&r, r.hit), S("Jeg venter"));
	q = (struct quoting){.scope = 3, .readers = 0, .what = S("Jeg")};
	r = fresh(arena);
	CHECK(rule_quoted_beyond(&r, &q));
}
