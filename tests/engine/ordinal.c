/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/ordinal.h"

#include "engine/random.h"
#include "tests/test.h"

/* Ballots from words: "ab=c" puts a first and b and c level behind it. */
static struct ordinal
ballots_of(struct arena *a, ptrdiff_t n_items, const char *const *word,
    const int *times, ptrdiff_t n_words)
{
	ptrdiff_t *first = arena_new(a, ptrdiff_t, 1001), n = 0, at = 0;
	int32_t *item = arena_new(a, int32_t, 26000);
	int32_t *level = arena_new(a, int32_t, 26000);
	for (ptrdiff_t w = 0; w < n_words; w++) {
		for (int t = 0; t < times[w]; t++) {
			int32_t place = 0;
			for (const char *p = word[w]; *p != '\0'; p++) {
				if (*p == '=')
					continue;
				place += p == word[w] || p[-1] != '=';
				level[at] = place;
				item[at++] = *p - 'a';
			}
			first[++n] = at;
		}
	}
	return (struct ordinal){n_items, n, first, item, level};
}

TEST(borda_by_hand_with_ties_and_what_is_left_out)
{
	static const char *const words[] = {"abcd", "b=c", "d"};
	static const int times[] = {1, 1, 1};
	static const int64_t want[] = {
	    2 * 3 + 1 + 2, 2 * 2 + 5 + 2, 2 + 5 + 2, 0 + 1 + 6};
	int64_t twice[4], sum = 0;
	struct ordinal o = ballots_of(arena, 4, words, times, 3);
	CHECK_OK(ordinal_borda(arena, &o, twice));
	for (int i = 0; i < 4; i++) {
		CHECK_INT(twice[i], want[i]);
		sum += twice[i];
	}
	CHECK_INT(sum, 3 * 4 * 3);
}

/* Schulze (2011), section 3.1: 45 ballots over five candidates, E > A > C > B >
 * D. */
TEST(schulze_as_published)
{
	static const char *const words[] = {"acbed", "adecb", "bedac", "cabed",
	    "caebd", "cbade", "dceba", "ebadc"};
	static const int times[] = {5, 5, 8, 3, 7, 2, 7, 8};
	static const int64_t want[] = {1, 3, 2, 4, 0};
	int64_t ahead[5];
	struct ordinal o = ballots_of(arena, 5, words, times, 8);
	CHECK_INT(o.n_ballots, 45);
	CHECK_OK(ordinal_schulze(arena, &o, ahead));
	for (int i = 0; i < 5; i++)
		CHECK_INT(ahead[i], want[i]);
}

/* b has most Borda points, but a beats everyone one by one. */
TEST(schulze_finds_who_beats_all_where_borda_does_not)
{
	static const char *const words[] = {"abc", "bca"};
	static const int times[] = {3, 2};
	int64_t twice[3], ahead[3];
	struct ordinal o = ballots_of(arena, 3, words, times, 2);
	CHECK_OK(ordinal_borda(arena, &o, twice));
	CHECK_OK(ordinal_schulze(arena, &o, ahead));
	CHECK(twice[1] > twice[0]);
	CHECK_INT(ahead[0], 0);
	CHECK_INT(ahead[1], 1);
	CHECK_INT(ahead[2], 2);
}

TEST(a_perfect_cycle_is_level)
{
	static const char *const words[] = {"abc", "bca", "cab"};
	static const int times[] = {1, 1, 1};
	int64_t ahead[3];
	struct ordinal o = ballots_of(arena, 3, words, times, 3);
	CHECK_OK(ordinal_schulze(arena, &o, ahead));
	for (int i = 0; i < 3; i++)
		CHECK_INT(ahead[i], 0);
}

/* No level[] is a place each, and doubling everyone doubles Borda and leaves
 * Schulze alone. */
TEST(ballots_twice_keep_the_order)
{
	static const char *const words[] = {"adcb", "bac", "cd", "db"};
	static const int once[] = {3, 4, 2, 5}, twice_times[] = {6, 8, 4, 10};
	int64_t x[4], y[4];
	struct ordinal o = ballots_of(arena, 4, words, once, 4);
	struct ordinal p = ballots_of(arena, 4, words, twice_times, 4);
	o.level = NULL;
	CHECK_OK(ordinal_borda(arena, &o, x));
	CHECK_OK(ordinal_borda(arena, &p, y));
	for (int i = 0; i < 4; i++)
		CHECK_INT(y[i], 2 * x[i]);
	CHECK_OK(ordinal_schulze(arena, &o, x));
	CHECK_OK(ordinal_schulze(arena, &p, y));
	for (int i = 0; i < 4; i++)
		CHECK_INT(y[i], x[i]);
}

TEST(ballots_out_of_range_are_refused)
{
	static const char *const words[] = {"aba"};
	static const int times[] = {1};
	int64_t x[2];
	struct ordinal o = ballots_of(arena, 2, words, times, 1);
	CHECK_INT(ordinal_borda(arena, &o, x), ERR_INVALID);
	static const int32_t item[] = {0, 1, 2}, falling[] = {2, 1, 1};
	o.item = item;
	CHECK_INT(ordinal_schulze(arena, &o, x), ERR_INVALID);
	o.n_items = 3;
	CHECK_OK(ordinal_check(arena, &o));
	o.level = falling;
	CHECK_INT(ordinal_check(arena, &o), ERR_INVALID);
	struct ordinal many = {
	    .n_items = ORDINAL_ITEMS + 1, .first = (const ptrdiff_t[1]){0}};
	CHECK_INT(ordinal_schulze(arena, &many, x), ERR_TOO_LARGE);
}
