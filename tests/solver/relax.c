/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/relax.h"

#include "solver/solver.h"
#include "tests/test.h"

/* Six people, two features; 0 and 1 of the first, 2 and 3 of the second. */
static const int32_t people[] = {0, 2, 0, 2, 0, 3, 1, 3, 1, 3, 1, 3};

struct case_of {
	int32_t lo[4], hi[4], new_lo[4], new_hi[4];
	bool clash_lo[4], clash_hi[4];
	struct quota quota;
	struct quota_pool *pool;
	struct lp_solver solver;
};

static void
open_case(struct case_of *c, struct arena *a)
{
	c->quota = (struct quota){.n_people = 6,
	    .n_features = 2,
	    .n_values = 4,
	    .size = 3,
	    .value = people,
	    .lo = c->lo,
	    .hi = c->hi};
	c->pool = quota_classes(a, &c->quota);
	c->solver = glpk_solver();
}

/* Three of value 2, whom only two people have: the quota on its own. */
TEST(relax_names_the_quota_that_asks_for_too_many)
{
	struct case_of c = {.lo = {1, 1, 3, 0}, .hi = {2, 2, 3, 3}};
	open_case(&c, arena);
	struct relaxed r = {c.new_lo, c.new_hi, NULL, NULL};
	CHECK_OK(relax_least(arena, c.pool, &c.solver, &r));
	CHECK_INT(c.new_lo[2], 2);
	CHECK_INT(c.new_lo[0] + c.new_lo[1], 2);
	CHECK_OK(relax_clash(arena, c.pool, &c.solver, c.clash_lo, c.clash_hi));
	CHECK(c.clash_lo[2]);
	for (int v = 0; v < 4; v++)
		CHECK(!c.clash_hi[v] && c.clash_lo[v] == (v == 2));
}

/* Two of value 1 and two of value 2 are four people; nobody has both. */
TEST(relax_finds_two_quotas_that_clash)
{
	struct case_of c = {.lo = {0, 2, 2, 0}, .hi = {3, 3, 3, 3}};
	open_case(&c, arena);
	struct relaxed r = {c.new_lo, c.new_hi, NULL, NULL};
	CHECK_OK(relax_clash(arena, c.pool, &c.solver, c.clash_lo, c.clash_hi));
	CHECK(c.clash_lo[1] && c.clash_lo[2]);
	CHECK(!c.clash_lo[0] && !c.clash_lo[3]);
	CHECK_OK(relax_least(arena, c.pool, &c.solver, &r));
	CHECK_INT(c.new_lo[1] + c.new_lo[2], 3);
}

/* Within limits that leave no way it says so; with a way it takes that. */
TEST(relax_stays_within_its_limits)
{
	struct case_of c = {.lo = {0, 2, 2, 0}, .hi = {3, 3, 3, 3}};
	int32_t lo[] = {0, 2, 2, 0}, hi[] = {3, 3, 3, 3};
	open_case(&c, arena);
	struct relaxed r = {c.new_lo, c.new_hi, lo, hi};
	CHECK_INT(relax_least(arena, c.pool, &c.solver, &r), ERR_NOT_FOUND);
	lo[1] = 1;
	CHECK_OK(relax_least(arena, c.pool, &c.solver, &r));
	CHECK_INT(c.new_lo[1], 1);
	CHECK_INT(c.new_lo[2], 2);
}

TEST(relax_cannot_make_people)
{
	struct case_of c = {.lo = {0, 0, 0, 0}, .hi = {9, 9, 9, 9}};
	open_case(&c, arena);
	c.quota.size = 7;
	struct relaxed r = {c.new_lo, c.new_hi, NULL, NULL};
	CHECK_INT(relax_least(arena, c.pool, &c.solver, &r), ERR_NOT_FOUND);
}
