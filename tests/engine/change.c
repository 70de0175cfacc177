/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/change.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/csvread.h"
#include "tests/test.h"

enum { MOST = 600 };

static const struct change_options OPTIONS = {
    .seed = S_INIT("test"), .draws = 20000, .level = 0.95};

static void
near(double got, double want, double absolute, const char *what)
{
	if (!(fabs(got - want) <= absolute))
		fail_msg("%s is %.15g, not %.15g", what, got, want);
}

#define NEAR(got, want, absolute) near((got), (want), (absolute), #got)

struct pairs {
	double before[MOST], after[MOST];
	ptrdiff_t n;
};

static struct paired
analyse(struct arena *a, const struct pairs *p)
{
	return paired_of(a, p->before, p->after, p->n, &OPTIONS);
}

static struct interval
bca(struct arena *a, const struct paired *p)
{
	struct sample s = {.x = p->d, .n = p->n};
	bootstrap_means(a, &s, 1, &OPTIONS);
	return s.bca;
}

/* ---- golden ---- */

/* A file of the golden data, or the end of the test. */
static struct str
golden(struct arena *a, const char *name)
{
	const char *folder = getenv("SAMSKAB_GOLDEN");
	struct str path = str_fmt(a, "%s/change/%s",
	    folder != NULL ? folder : "../shared/golden", name);
	if (access(str_cstr(a, path), R_OK) != 0)
		test_skip("no golden data (SAMSKAB_GOLDEN)");
	return test_file(a, str_cstr(a, path));
}

static void
free_json(void *json)
{
	json_decref(json);
}

static void
read_case(struct arena *a, struct str text, struct str name, struct pairs *p)
{
	struct csv_reader r;
	csv_open(&r, a, text);
	p->n = 0;
	while (csv_next(&r)) {
		if (!str_eq(r.field[0], name))
			continue;
		p->before[p->n] = strtod(str_cstr(a, r.field[1]), NULL);
		p->after[p->n++] = strtod(str_cstr(a, r.field[2]), NULL);
	}
	CHECK(r.expected == NULL && p->n > 0);
}

static double
number(const json_t *j, const char *key)
{
	return json_number_value(json_object_get(j, key));
}

static double
element(const json_t *j, const char *key, size_t i)
{
	return json_number_value(json_array_get(json_object_get(j, key), i));
}

static bool
starts(const json_t *j, const char *key, struct str with)
{
	return str_starts(
	    str_c(json_string_value(json_object_get(j, key))), with);
}

static void
check_tests(const struct paired *p, const json_t *j)
{
	double n = (double)p->n, drawn = number(j, "p_signflip");
	bool exact = starts(j, "wilcoxon_mode", S("exact"));
	NEAR(p->p_sign, number(j, "p_sign"), 1e-9);
	NEAR(p->p_wilcoxon, number(j, "p_wilcoxon"), 1e-9);
	CHECK_INT(p->wilcoxon, exact ? CHANCE_EXACT : CHANCE_NORMAL);
	double all = n * (n + 1) / 2;
	if (exact)
		NEAR(fmin(p->rank_plus, all - p->rank_plus),
		    number(j, "wilcoxon_W"), 0);
	/* Theirs are 100,000 draws above 22 pairs. */
	NEAR(p->p_flip, drawn,
	    starts(j, "signflip_mode", S("exact"))
		? 1e-9
		: 5 * sqrt(drawn / 1e5) + 2e-5);
	CHECK_INT(p->flip, p->n <= 36 ? CHANCE_EXACT : CHANCE_DRAWN);
}

static void
check_golden(struct arena *a, const struct pairs *pairs, const json_t *j)
{
	struct paired p = analyse(a, pairs);
	CHECK_INT(p.n, (int)number(j, "n"));
	NEAR(p.before, number(j, "pre_mean"), 1e-12);
	NEAR(p.after, number(j, "post_mean"), 1e-12);
	NEAR(p.mean, number(j, "mean_change"), 1e-12);
	NEAR(p.sd, number(j, "sd_change"), 1e-12);
	NEAR(p.t, number(j, "t"), 1e-9);
	NEAR(p.p_t, number(j, "p_t"), 1e-9);
	NEAR(p.t_interval.low, element(j, "ci95", 0), 1e-6);
	NEAR(p.t_interval.high, element(j, "ci95", 1), 1e-6);
	NEAR(p.dz, number(j, "cohen_dz"), 1e-9);
	NEAR(p.hedges, number(j, "hedges_gz"), 1e-9);
	CHECK_INT(p.higher, (int)number(j, "up"));
	CHECK_INT(p.lower, (int)number(j, "down"));
	CHECK_INT(p.same, (int)number(j, "same"));
	check_tests(&p, j);
	/* Other draws than theirs: a twentieth of the width. */
	struct interval b = bca(a, &p);
	double low = element(j, "ci95_bca", 0),
	       high = element(j, "ci95_bca", 1);
	NEAR(b.low, low, (high - low) / 20);
	NEAR(b.high, high, (high - low) / 20);
}

TEST(change_meets_the_golden_groups)
{
	struct str csv = golden(arena, "dri_individual_input.csv");
	struct str text = golden(arena, "golden.json");
	json_t *all = json_loadb(text.p, (size_t)text.n, 0, NULL), *one;
	const char *name;
	int groups = 0;
	CHECK(all != NULL);
	arena_defer(arena, free_json, all);
	json_object_foreach(all, name, one)
	{
		struct str label = str_c(name);
		struct pairs *p = arena_new(arena, struct pairs, 1);
		if (!str_starts(label, S("dri:")))
			continue;
		read_case(arena, csv, str_sub(label, 4, label.n), p);
		check_golden(arena, p, one);
		groups++;
	}
	CHECK_INT(groups, 21);
}

/* ---- R 4.2.2 ---- */

/* Student (1908): hours of sleep gained with two drugs, ten people. */
static const struct pairs SLEEP = {
    {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2},
    {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}, 10};

/* Hand and others (1994): weight before and after family therapy. */
static const struct pairs THERAPY = {
    {83.8, 83.3, 86, 82.5, 86.7, 79.6, 76.9, 94.2, 73.4, 80.5, 81.6, 82.1, 77.6,
	83.5, 89.9, 86, 87.3},
    {95.2, 94.3, 91.5, 91.9, 100.3, 76.7, 76.8, 101.6, 94.9, 75.2, 77.8, 95.5,
	90.7, 92.5, 93.8, 91.7, 98},
    17};

TEST(change_meets_the_values_of_r)
{
	struct paired p = analyse(arena, &SLEEP);
	NEAR(p.mean, 1.58, 1e-12);
	NEAR(p.t, 4.0621, 5e-5);
	NEAR(p.p_t, 0.002833, 5e-7);
	NEAR(p.t_interval.low, 0.7001142, 1e-6);
	NEAR(p.t_interval.high, 2.4598858, 1e-6);
	NEAR(p.p_flip, 4.0 / 1024, 1e-15);
	CHECK_INT(p.flip, CHANCE_EXACT);
	NEAR(p.p_sign, 2.0 / 512, 1e-15);
	struct interval b = bca(arena, &p);
	NEAR(b.low, 1.05, 0.03);
	NEAR(b.high, 2.62, 0.04);

	p = analyse(arena, &THERAPY);
	NEAR(p.mean, 7.2647, 5e-5);
	NEAR(p.t, 4.1849, 5e-5);
	NEAR(p.p_t, 0.0007003, 5e-8);
	NEAR(p.t_interval.low, 3.5847, 5e-5);
	NEAR(p.t_interval.high, 10.9447, 5e-5);
	CHECK_INT(p.wilcoxon, CHANCE_EXACT);
	NEAR(p.rank_plus, 142, 0);
	NEAR(p.p_wilcoxon, 0.0008392, 5e-8);
}

/* ---- by hand ---- */

/* Changes 1, 2, -1: of the eight ways to sign 1, 1, 2 the sum is 2 or more
 * apart from 0 in (+4, +2, +2, -2, -2, -4) six, 0 in two. */
TEST(change_of_three_by_hand)
{
	struct pairs p = {{1, 1, 3}, {2, 3, 2}, 3};
	struct paired r = analyse(arena, &p);
	NEAR(r.p_flip, 6.0 / 8, 1e-15);
	CHECK_INT(r.higher, 2);
	CHECK_INT(r.lower, 1);
	NEAR(r.p_sign, 1, 0);
	/* Ranks 1.5, 1.5, 3: what rose has 4.5. */
	NEAR(r.rank_plus, 4.5, 0);
	CHECK_INT(r.wilcoxon, CHANCE_NORMAL);
	NEAR(r.mean, 2.0 / 3, 1e-15);
	NEAR(sign_test(15, 4), 0.019210815429687500, 1e-15);
	NEAR(sign_test(0, 6), 2.0 / 64, 1e-15);
	NEAR(sign_test(0, 0), 1, 0);
	NEAR(sign_test(600, 600), 1, 1e-12);
}

TEST(change_of_none_one_and_all_the_same)
{
	struct pairs none = {.n = 0}, one = {{2}, {4}, 1};
	struct pairs still = {{1, 2, 3}, {1, 2, 3}, 3};
	struct pairs alike = {{1, 2, 3}, {2, 3, 4}, 3};
	struct paired p = analyse(arena, &none);
	CHECK(isnan(p.mean) && isnan(p.p_sign) && isnan(p.p_flip) &&
	    isnan(p.p_wilcoxon) && isnan(p.t_interval.low));
	p = analyse(arena, &one);
	CHECK(p.mean == 2 && isnan(p.t) && isnan(p.t_interval.low));
	CHECK(p.p_flip == 1 && isnan(bca(arena, &p).low));
	p = analyse(arena, &still);
	CHECK(p.mean == 0 && isnan(p.p_t) && p.p_flip == 1 &&
	    p.p_wilcoxon == 1 && p.p_sign == 1);
	CHECK(p.t_interval.low == 0 && p.t_interval.high == 0);
	p = analyse(arena, &alike);
	CHECK(p.t_interval.low == 1 && p.t_interval.high == 1);
	CHECK(bca(arena, &p).low == 1 && isnan(p.dz));
	NEAR(p.p_flip, 2.0 / 8, 1e-15);
}

/* A change of 0.1 that rounding spoils still ties with one that it does not. */
TEST(change_ties_what_rounding_parts)
{
	struct pairs p = {{4.1, 3.1, 1, 0.3, 5}, {4.2, 3.2, 1.3, 0.1, 5}, 5};
	struct paired r = analyse(arena, &p);
	CHECK_INT(r.same, 1);
	NEAR(r.rank_plus, 1.5 + 1.5 + 4, 0);
}

/* ---- the ways to the same chance agree ---- */

/* A value of a scale from the place in a walk; no chance involved. */
static double
scale(int64_t i, int64_t steps)
{
	return (double)(i * 7919 % 104729 % steps);
}

static struct pairs *
made(struct arena *a, ptrdiff_t n, double unit, int64_t steps)
{
	struct pairs *p = arena_new(a, struct pairs, 1);
	p->n = n;
	for (ptrdiff_t i = 0; i < n; i++) {
		p->before[i] = unit * scale(i + 1, steps);
		p->after[i] = unit * scale(3 * i + 2, steps + 1);
	}
	return p;
}

/* Every one of the 2^n ways, one at a time. */
static double
plainly(const double *d, ptrdiff_t n)
{
	double seen = 0, hits = 0;
	for (ptrdiff_t i = 0; i < n; i++)
		seen += d[i];
	for (int64_t signs = 0; signs < (int64_t)1 << n; signs++) {
		double sum = 0;
		for (ptrdiff_t i = 0; i < n; i++)
			sum += signs >> i & 1 ? d[i] : -d[i];
		hits += fabs(sum) >= fabs(seen) - 1e-9;
	}
	return hits / (double)((int64_t)1 << n);
}

TEST(change_sign_flip_counts_what_enumeration_counts)
{
	for (ptrdiff_t n = 1; n <= 14; n++) {
		struct paired whole = analyse(arena, made(arena, n, 1, 6));
		NEAR(whole.p_flip, plainly(whole.d, n), 1e-12);
		/* Thirds are no multiples of anything short. */
		struct paired real = analyse(arena, made(arena, n, 1.0 / 3, 6));
		NEAR(real.p_flip, whole.p_flip, 1e-12);
		CHECK_INT(real.flip, CHANCE_EXACT);
	}
}

/* 523 people: the table is exact, the draws near it, another seed too. */
TEST(change_sign_flip_draws_near_the_exact)
{
	struct paired whole = analyse(arena, made(arena, 523, 1, 11));
	struct pairs *real = made(arena, 523, 1.0 / 3, 11);
	struct paired drawn = analyse(arena, real);
	CHECK_INT(whole.flip, CHANCE_EXACT);
	CHECK_INT(drawn.flip, CHANCE_DRAWN);
	CHECK(whole.p_flip > 0.001 && whole.p_flip < 0.999);
	NEAR(drawn.p_flip, whole.p_flip, 0.02);
	struct change_options other = OPTIONS;
	other.seed = S("another");
	struct paired again =
	    paired_of(arena, real->before, real->after, real->n, &other);
	CHECK(again.p_flip != drawn.p_flip);
	NEAR(again.p_flip, whole.p_flip, 0.02);
}

/* A planted change is found, and without it nothing is. */
TEST(change_finds_a_planted_change)
{
	struct pairs *p = made(arena, 100, 1, 5);
	for (ptrdiff_t i = 0; i < p->n; i++)
		p->after[i] = p->before[i] + (double)(i % 3) - 1;
	struct paired none = analyse(arena, p);
	CHECK(none.p_flip > 0.5 && none.p_sign > 0.5 && none.p_wilcoxon > 0.5);
	for (ptrdiff_t i = 0; i < p->n; i += 2)
		p->after[i] += 1;
	struct paired planted = analyse(arena, p);
	CHECK(planted.p_flip < 1e-4 && planted.p_sign < 1e-3 &&
	    planted.p_wilcoxon < 1e-4 && planted.t_interval.low > 0);
}

/* ---- what must not matter ---- */

static void
turn(struct pairs *to, const struct pairs *p)
{
	to->n = p->n;
	for (ptrdiff_t i = 0; i < p->n; i++) {
		ptrdiff_t from = (i * 37 + 11) % p->n;
		to->before[i] = p->before[from];
		to->after[i] = p->after[from];
	}
}

TEST(change_does_not_depend_on_the_order_of_people)
{
	struct pairs *p = made(arena, 101, 1.0 / 7, 40);
	struct pairs *q = arena_new(arena, struct pairs, 1);
	turn(q, p);
	struct paired a = analyse(arena, p), b = analyse(arena, q);
	CHECK(a.before == b.before && a.mean == b.mean && a.sd == b.sd &&
	    a.p_t == b.p_t && a.p_wilcoxon == b.p_wilcoxon &&
	    a.p_flip == b.p_flip && a.p_sign == b.p_sign);
	struct interval x = bca(arena, &a), y = bca(arena, &b);
	CHECK(x.low == y.low && x.high == y.high);
}

/* Before and after exchanged: the other sign, the same chances. */
TEST(change_turned_around_is_the_opposite)
{
	struct pairs *p = made(arena, 60, 1, 7);
	struct paired a = analyse(arena, p);
	struct paired b = paired_of(arena, p->after, p->before, p->n, &OPTIONS);
	CHECK(a.mean == -b.mean && a.higher == b.lower && a.same == b.same);
	NEAR(a.p_flip, b.p_flip, 1e-12);
	NEAR(a.p_wilcoxon, b.p_wilcoxon, 1e-12);
	NEAR(a.t_interval.low, -b.t_interval.high, 1e-12);
}

/* One of a batch has the bits that it has alone. */
TEST(change_bootstrap_of_one_does_not_depend_on_the_others)
{
	struct paired a = analyse(arena, made(arena, 30, 1.0 / 3, 9));
	struct paired b = analyse(arena, made(arena, 77, 1, 9));
	struct sample both[] = {{.x = b.d, .n = b.n}, {.x = a.d, .n = a.n}};
	bootstrap_means(arena, both, 2, &OPTIONS);
	struct interval alone = bca(arena, &a);
	CHECK(both[1].bca.low == alone.low && both[1].bca.high == alone.high);
	/* Many and even people: near Student's. */
	NEAR(both[0].bca.low, b.t_interval.low, 0.1);
	NEAR(both[0].bca.high, b.t_interval.high, 0.1);
}

static bool
stop(void *arg, double share)
{
	(void)share;
	++*(int *)arg;
	return false;
}

TEST(change_stops_when_told)
{
	int asked = 0;
	struct change_options o = OPTIONS;
	o.progress = stop;
	o.arg = &asked;
	struct pairs *p = made(arena, 101, 1.0 / 7, 40);
	struct paired r = paired_of(arena, p->before, p->after, p->n, &o);
	struct sample s = {.x = r.d, .n = r.n};
	bootstrap_means(arena, &s, 1, &o);
	CHECK(isnan(r.p_flip) && isnan(s.bca.low));
	CHECK_INT(asked, 2);
}

/* ---- different people ---- */

/* By hand: variances 2 and 12/7, so the squared error is 2/7 + 12/56 = 1/2 and
 * the degrees of freedom 12.398; the ranks of x are 1, 2.5, 2.5, 4.5, 6.5, 6.5
 * and 9.5, together 33 where 56 are expected, variance 14/3 (16 - 90/210). */
TEST(change_of_different_people)
{
	static const double x[] = {4, 1, 2, 5, 2, 4, 3};
	static const double y[] = {7, 5, 6, 3, 5, 7, 5, 6};
	struct unpaired u = unpaired_of(
	    arena, (struct values){x, 7}, (struct values){y, 8}, 0.95);
	NEAR(u.mean, 5.5 - 3, 1e-15);
	double reach = t_quantile(0.975, 12.39772) * sqrt(0.5);
	NEAR(u.welch.low, 2.5 - reach, 1e-5);
	NEAR(u.welch.high, 2.5 + reach, 1e-5);
	NEAR(u.p_welch, 2 * t_cdf(-2.5 / sqrt(0.5), 12.39772), 1e-7);
	NEAR(u.p_rank_sum,
	    2 * normal_cdf(-23 / sqrt(14.0 / 3 * (16 - 90.0 / 210))), 1e-12);
	u = unpaired_of(
	    arena, (struct values){x, 7}, (struct values){x, 7}, 0.95);
	NEAR(u.p_rank_sum, 1, 1e-12);
	CHECK(u.mean == 0);
	u = unpaired_of(
	    arena, (struct values){x, 0}, (struct values){y, 8}, 0.95);
	CHECK(isnan(u.p_rank_sum) && isnan(u.mean) && isnan(u.welch.low));
}

/* A page has no time for draws: what cannot be counted is by the normal
 * distribution, and what can is what it was. */
TEST(change_without_draws_says_how_it_was_found)
{
	double before[200], after[200];
	struct change_options none = {.seed = S("x"), .level = 0.95};
	for (int i = 0; i < 200; i++) {
		before[i] = i * 0.1234567;
		after[i] = before[i] * 1.01 + (i % 7) * 0.017 - 0.03;
	}
	struct paired p = paired_of(arena, before, after, 200, &none);
	CHECK_INT(p.flip, CHANCE_NORMAL);
	CHECK(p.p_flip >= 0 && p.p_flip <= 1);
	struct sample s = {.x = p.d, .n = p.n};
	bootstrap_means(arena, &s, 1, &none);
	CHECK(isnan(s.bca.low));
	none.draws = 1000;
	CHECK_INT(
	    paired_of(arena, before, after, 200, &none).flip, CHANCE_DRAWN);
	none.draws = 0;
	for (int i = 0; i < 200; i++)
		before[i] = i % 5, after[i] = (i + i % 3) % 5;
	CHECK_INT(
	    paired_of(arena, before, after, 200, &none).flip, CHANCE_EXACT);
}
