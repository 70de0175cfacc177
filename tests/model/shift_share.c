/* SPDX-License-Identifier: MPL-2.0 */

/* The rule by which places that many want are shared out, against cases worked
 * by hand. */
#include "model/shift_share.h"

#include "base/buf.h"
#include "base/rand.h"
#include "tests/test.h"

enum { MANY = 8 };

struct table {
	struct share share;
	struct share_person person[MANY];
	int64_t free[MANY];
	struct share_wish wish[MANY * MANY];
};

/* Who has how many before; the lots are in the order of the people. */
static void
set_people(struct table *t, int n, const int *has)
{
	*t = (struct table){0};
	t->share = (struct share){.person = t->person,
	    .n_people = n,
	    .free = t->free,
	    .wish = t->wish};
	for (int i = 0; i < n; i++) {
		t->person[i].has = has[i];
		t->person[i].lot.b[0] = (unsigned char)(i + 1);
	}
}

static void
set_free(struct table *t, int n, const int *free)
{
	t->share.n_shifts = n;
	for (int i = 0; i < n; i++)
		t->free[i] = free[i];
}

static void
wish(struct table *t, ptrdiff_t person, ptrdiff_t shift)
{
	t->wish[t->share.n_wishes++] =
	    (struct share_wish){.person = person, .shift = shift};
}

/* "0a 2b": person 0 got shift a, person 2 shift b. */
static struct str
shared(struct arena *a, struct table *t)
{
	struct str out = S("");
	CHECK_OK(share_out(a, &t->share));
	for (ptrdiff_t i = 0; i < t->share.n_wishes; i++) {
		const struct share_wish *w = &t->wish[i];
		if (w->given)
			out = str_fmt(a, "%.*s%s%d%c", STR_ARG(out),
			    out.n > 0 ? " " : "", (int)w->person,
			    (char)('a' + w->shift));
	}
	return out;
}

/* One place, three who want it: the one with none before has it, whatever the
 * lots say. */
TEST(share_gives_to_who_has_fewest)
{
	struct table t;
	set_people(&t, 3, (int[]){1, 1, 0});
	set_free(&t, 1, (int[]){1});
	for (int i = 0; i < 3; i++)
		wish(&t, i, 0);
	CHECK_STR(shared(arena, &t), S("2a"));
	CHECK_INT(t.person[2].has, 1);
	CHECK_INT(t.free[0], 0);
}

/* As many before: the smaller lot. */
TEST(share_breaks_ties_by_lot)
{
	struct table t;
	set_people(&t, 3, (int[]){2, 2, 2});
	t.person[0].lot.b[0] = 9;
	set_free(&t, 1, (int[]){2});
	for (int i = 0; i < 3; i++)
		wish(&t, i, 0);
	CHECK_STR(shared(arena, &t), S("1a 2a"));
}

/* Two want both shifts of one place: each gets one, not the first both. */
TEST(share_goes_round)
{
	struct table t;
	set_people(&t, 2, (int[]){0, 0});
	set_free(&t, 2, (int[]){1, 1});
	for (int i = 0; i < 2; i++) {
		wish(&t, i, 0);
		wish(&t, i, 1);
	}
	CHECK_STR(shared(arena, &t), S("0a 1b"));
}

/* By hand: has 0,1,0; a has 1 place, b 2, c 1.  Wishes 0: a b c; 1: a b; 2: a.
 * Turn 0 (0 before, lot 1): a.  Turn 2 (0 before): a is full, no wish left.
 * Then 0 and 1 have one each, lot of 0: b.  Then 1: b.  Then 0 (2): c. */
TEST(share_works_a_longer_case)
{
	struct table t;
	set_people(&t, 3, (int[]){0, 1, 0});
	set_free(&t, 3, (int[]){1, 2, 1});
	wish(&t, 0, 0);
	wish(&t, 0, 1);
	wish(&t, 0, 2);
	wish(&t, 1, 0);
	wish(&t, 1, 1);
	wish(&t, 2, 0);
	CHECK_STR(shared(arena, &t), S("0a 0b 0c 1b"));
	CHECK_INT(t.person[0].has, 3);
	CHECK_INT(t.person[1].has, 2);
	CHECK_INT(t.person[2].has, 0);
}

static enum err
not_the_first(void *ctx, ptrdiff_t person, ptrdiff_t shift, bool *yes)
{
	(void)ctx;
	*yes = person != 0 || shift != 0;
	return ERR_OK;
}

/* What does not fit a person goes to the next, and costs nothing. */
TEST(share_passes_over_what_does_not_fit)
{
	struct table t;
	set_people(&t, 2, (int[]){0, 0});
	set_free(&t, 2, (int[]){1, 1});
	t.share.fits = not_the_first;
	wish(&t, 0, 0);
	wish(&t, 0, 1);
	wish(&t, 1, 0);
	CHECK_STR(shared(arena, &t), S("0b 1a"));
}

TEST(share_of_nothing_is_nothing)
{
	struct table t;
	set_people(&t, 0, NULL);
	CHECK_STR(shared(arena, &t), S(""));
}

/* Whatever is wished for: no more than the places, each once, and nobody is two
 * ahead of another whose wish for the same shift was not met. */
TEST(share_is_fair_in_a_thousand_cases)
{
	for (int turn = 0; turn < 1000; turn++) {
		struct table t;
		unsigned char r[MANY * MANY];
		int none[MANY] = {0}, free[MANY];
		int64_t given[MANY] = {0};
		rand_bytes(r, sizeof r);
		for (int i = 0; i < MANY; i++)
			free[i] = r[i] % 4;
		set_people(&t, MANY, none);
		set_free(&t, MANY, free);
		for (int i = 0; i < MANY * MANY; i++) {
			if (r[i] % 3 > 0)
				wish(&t, i / MANY, i % MANY);
		}
		(void)shared(arena, &t);
		for (ptrdiff_t i = 0; i < t.share.n_wishes; i++)
			given[t.wish[i].shift] += t.wish[i].given;
		for (int i = 0; i < MANY; i++)
			CHECK_INT(given[i] + t.free[i], free[i]);
		for (ptrdiff_t i = 0; i < t.share.n_wishes; i++) {
			for (ptrdiff_t k = 0; k < t.share.n_wishes; k++) {
				const struct share_wish *p = &t.wish[i],
							*q = &t.wish[k];
				if (p->shift == q->shift && p->given &&
				    !q->given)
					CHECK(t.person[q->person].has >= 0 &&
					    t.free[p->shift] == 0);
			}
		}
	}
}

/* Anybody can work a lot out again. */
TEST(share_lot_is_the_hash_of_seed_and_code)
{
	struct hash lot = share_lot(arena, S("FRØ"), S("K-1842"));
	CHECK(hash_eq(lot, hash_of(S("FRØ K-1842"))));
	CHECK(!hash_eq(lot, share_lot(arena, S("FRØ"), S("K-1843"))));
}
