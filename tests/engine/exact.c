/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/exact.c"

#include "tests/engine/elections.h"

TEST(exact_numbers_tell_what_doubles_cannot)
{
	/* 10 / 3 three times is 10; one more unit is too much */
	static const int64_t cost[] = {10, 11, 10};
	static const int32_t votes[] = {1, 1, 1, 1, 1, 1, 1, 1, 0};
	struct election e = election_of(arena, 10, cost, 3, votes, 3, false);
	struct exact_shares *x = exact_shares_new(arena, &e, 10, 3);
	CHECK_INT(exact_shares_affords(x, 0), 0);
	CHECK_INT(exact_shares_affords(x, 1), -1);
	exact_shares_pay(x, 0);
	CHECK_INT(exact_shares_affords(x, 2), -1);
	struct exact_loads *y = exact_loads_new(arena, &e);
	CHECK_INT(exact_loads_compare(y, 0, 0), 0);
	CHECK_INT(exact_loads_compare(y, 0, 1), 1);
	CHECK_INT(exact_loads_compare(y, 2, 0), -1);
}

/* Every choice lengthens the numbers.  When they are too long it says so,
 * instead of eating the machine. */
TEST(exact_numbers_that_grow_too_long_say_so)
{
	static const int64_t cost[] = {1, 1};
	static const int32_t votes[] = {1, 1, 1, 1};
	struct election e = election_of(arena, 10, cost, 2, votes, 2, false);
	struct exact_loads *x = exact_loads_new(arena, &e);
	exact_loads_pay(x, 0);
	CHECK_INT(exact_loads_compare(x, 0, 1), 0);
	mpz_mul_2exp(
	    x->time.denominator, x->time.denominator, 8L * EXACT_BYTES);
	exact_loads_pay(x, 0);
	CHECK_INT(exact_loads_compare(x, 0, 1), EXACT_UNKNOWN);

	struct exact_shares *y = exact_shares_new(arena, &e, 10, 1);
	CHECK_INT(exact_shares_compare(y, UTILITY_COST, 0, 1), 0);
	mpz_mul_2exp(
	    y->money.denominator, y->money.denominator, 8L * EXACT_BYTES);
	for (int i = 0; i < 2; i++)
		mpz_mul_2exp(y->money.p[i], y->money.p[i], 8L * EXACT_BYTES);
	exact_shares_pay(y, 0);
	CHECK_INT(exact_shares_affords(y, 1), EXACT_UNKNOWN);
	CHECK_INT(exact_shares_compare(y, UTILITY_COST, 0, 1), EXACT_UNKNOWN);
}
