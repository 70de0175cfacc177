/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/random.h"

#include "base/secret.h"
#include "tests/test.h"

/* The first numbers are part of what a published draw promises: a change of
 * these lines is a new version of the method. */
TEST(random_is_the_same_everywhere)
{
	struct random r = random_new(S("Fjordby 2026"), S("draw"));
	CHECK(random_u64(&r) == UINT64_C(1940482288806018344));
	CHECK(random_u64(&r) == UINT64_C(16171197405756612393));
	for (int i = 0; i < 998; i++)
		(void)random_u64(&r);
	CHECK(random_u64(&r) == UINT64_C(2332307901728289841));
}

TEST(random_purposes_and_seeds_differ)
{
	struct random a = random_new(S("x"), S("draw"));
	struct random b = random_new(S("x"), S("bootstrap"));
	struct random c = random_new(S("y"), S("draw"));
	struct random d = random_new(S("xdraw"), S(""));
	uint64_t first = random_u64(&a);
	CHECK(first != random_u64(&b));
	CHECK(first != random_u64(&c));
	CHECK(first != random_u64(&d));
}

/* Each of six as often, within four standard deviations. */
TEST(random_below_is_even)
{
	struct random r = random_new(S("dice"), S("test"));
	int count[6] = {0};
	for (int i = 0; i < 60000; i++)
		count[random_below(&r, 6)]++;
	for (int i = 0; i < 6; i++)
		CHECK(count[i] > 10000 - 366 && count[i] < 10000 + 366);
	CHECK_INT(random_below(&r, 1), 0);
	for (int i = 0; i < 100; i++)
		CHECK(random_below(&r, UINT64_MAX) < UINT64_MAX);
}

TEST(random_order_is_an_order)
{
	struct random r = random_new(S("cards"), S("test"));
	int first[5] = {0};
	for (int turn = 0; turn < 5000; turn++) {
		ptrdiff_t order[5];
		unsigned seen = 0;
		random_order(&r, order, 5);
		for (int i = 0; i < 5; i++)
			seen |= 1U << order[i];
		CHECK_INT(seen, 31);
		first[order[0]]++;
	}
	for (int i = 0; i < 5; i++)
		CHECK(first[i] > 1000 - 114 && first[i] < 1000 + 114);
}

TEST(random_unit_is_in_range)
{
	struct random r = random_new(S("unit"), S("test"));
	double sum = 0;
	for (int i = 0; i < 10000; i++) {
		double x = random_unit(&r);
		CHECK(x >= 0 && x < 1);
		sum += x;
	}
	CHECK(sum > 4880 && sum < 5120);
}
