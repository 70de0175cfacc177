/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/chances.h"

#include <math.h>
#include <string.h>

#include "engine/legacy.h"
#include "engine/lottery.h"
#include "engine/panels.h"
#include "solver/solver.h"
#include "tests/solver/golden.h"

struct found {
	struct quota_pool *pool;
	struct chances chances;
	enum err outcome;
};

static struct found
find(struct arena *a, const struct quota *q, enum chances_method method)
{
	struct lp_solver solver = glpk_solver();
	struct found f = {.pool = quota_classes(a, q)};
	struct chances_ask ask = {f.pool, method, &solver, NULL};
	f.outcome = chances_find(a, &ask, &f.chances);
	return f;
}

static double
chance_of(const struct found *f, ptrdiff_t person)
{
	return f->chances.chance[f->pool->class_of[person]];
}

/* ---- published answers ------------------------------------------------ */

static void
check_leximin(struct arena *a, const char *name, int32_t size)
{
	struct golden g = golden_pool(a, name, size);
	const double *want = golden_column(a, &g, "leximin_ref.csv");
	struct found f = find(a, &g.quota, CHANCES_LEXIMIN);
	CHECK_OK(f.outcome);
	for (ptrdiff_t i = 0; i < g.quota.n_people; i++)
		CHECK(fabs(chance_of(&f, i) - want[i]) < 1e-6);
}

TEST(chances_leximin_is_the_published_one)
{
	check_leximin(arena, "example_small_20", 20);
	check_leximin(arena, "example_large_200", 200);
	check_leximin(arena, "sf_fixture_22", 22);
	check_leximin(arena, "diversimax_exact_60", 60);
}

/* One of the 219 is in no panel, and is known by name. */
TEST(chances_say_who_is_in_no_panel)
{
	struct golden g = golden_pool(arena, "diversimax_exact_60", 60);
	const double *want = golden_column(arena, &g, "leximin_ref.csv");
	struct found f = find(arena, &g.quota, CHANCES_LEXIMIN);
	for (ptrdiff_t i = 0; i < g.quota.n_people; i++) {
		CHECK(f.chances.out[f.pool->class_of[i]] == (want[i] == 0));
		CHECK(chance_of(&f, i) <= 1); /* to the bit: 32 have 1 */
	}
}

static double
lowest(const struct found *f)
{
	double low = 1;
	for (ptrdiff_t c = 0; c < f->pool->n_classes; c++) {
		if (!f->chances.out[c])
			low = fmin(low, f->chances.chance[c]);
	}
	return low;
}

static double
highest(const struct found *f)
{
	double high = 0;
	for (ptrdiff_t c = 0; c < f->pool->n_classes; c++)
		high = fmax(high, f->chances.chance[c]);
	return high;
}

TEST(chances_maximin_is_the_published_one)
{
	struct golden g = golden_pool(arena, "sf_fixture_22", 22);
	struct found f = find(arena, &g.quota, CHANCES_MAXIMIN);
	CHECK(fabs(lowest(&f) - 1 / 11.0) < 1e-6);
}

/* sum log chance -292.891933, chances .08770 to .23415 */
TEST(chances_nash_is_the_published_one)
{
	struct golden g = golden_pool(arena, "sf_fixture_22", 22);
	struct found f = find(arena, &g.quota, CHANCES_NASH);
	double sum = 0;
	CHECK_OK(f.outcome);
	for (ptrdiff_t i = 0; i < g.quota.n_people; i++)
		sum += log(chance_of(&f, i));
	CHECK(fabs(sum + 292.891933) < 2e-6);
	CHECK(fabs(lowest(&f) - 0.087703) < 1e-5);
	CHECK(fabs(highest(&f) - 0.234145) < 1e-5);
}

/* 150/22 max + 22/150 / min is 2.891742 */
TEST(chances_goldilocks_is_the_published_one)
{
	struct golden g = golden_pool(arena, "sf_fixture_22", 22);
	struct found f = find(arena, &g.quota, CHANCES_GOLDILOCKS);
	CHECK_OK(f.outcome);
	double ratio = 150 / 22.0;
	double price = ratio * highest(&f) + 1 / (ratio * lowest(&f));
	CHECK(fabs(price - 2.891742) < 1e-5);
}

/* 2,000 greedy panels beside the published 10,000: about as far apart as two
 * runs of that length are. */
TEST(legacy_chances_are_the_published_ones)
{
	struct golden g = golden_pool(arena, "diversimax_exact_60", 60);
	const double *want = golden_column(arena, &g, "legacy_freq_10000.csv");
	struct quota_pool *pool = quota_classes(arena, &g.quota);
	struct legacy *l = legacy_new(arena, pool);
	struct random r = random_new(S("legacy"), S("test"));
	int32_t *x = arena_new(arena, int32_t, pool->n_classes);
	double *got = arena_new(arena, double, pool->n_classes);
	double square = 0, expected = 0;
	for (int drawn = 0; drawn < 2000;) {
		if (legacy_draw(l, &r, x) != ERR_OK)
			continue;
		drawn++;
		for (ptrdiff_t c = 0; c < pool->n_classes; c++)
			got[c] += x[c] / 2000.0 / pool->class[c].people;
	}
	for (ptrdiff_t i = 0; i < g.quota.n_people; i++) {
		double off = got[pool->class_of[i]] - want[i];
		square += off * off;
		expected += want[i] * (1 - want[i]) * (1 / 2000.0 + 1e-4);
	}
	CHECK(square < 1.5 * expected);
}

/* ---- against all panels written down ---------------------------------- */

enum { PEOPLE = 11, VALUES = 16 };

struct small {
	struct quota quota;
	int32_t value[PEOPLE * 4], lo[VALUES], hi[VALUES], home[PEOPLE];
	double weight[PEOPLE];
};

static void
make_feature(struct small *s, struct random *r, ptrdiff_t f)
{
	int32_t first = (int32_t)s->quota.n_values;
	int32_t n = 2 + (int32_t)random_below(r, 2);
	bool split = random_below(r, 2) == 0;
	for (int32_t v = first; v < first + n; v++) {
		s->lo[v] = random_below(r, 3) == 0 ? 1 : 0;
		s->hi[v] = s->lo[v] + 1 + (int32_t)random_below(r, 2);
		if (split) {
			s->lo[v] = s->quota.size / n;
			s->hi[v] = (s->quota.size + n - 1) / n;
		}
	}
	for (ptrdiff_t i = 0; i < s->quota.n_people; i++)
		s->value[i * s->quota.n_features + f] =
		    first + (int32_t)random_below(r, (uint64_t)n);
	s->quota.n_values += n;
}

static void
make_small(struct small *s, struct random *r)
{
	memset(s, 0, sizeof *s);
	s->quota = (struct quota){.n_people = 6 + (int)random_below(r, 6),
	    .n_features = 2 + (int)random_below(r, 3),
	    .size = 2 + (int32_t)random_below(r, 4),
	    .value = s->value,
	    .lo = s->lo,
	    .hi = s->hi};
	for (ptrdiff_t f = 0; f < s->quota.n_features; f++)
		make_feature(s, r, f);
	for (ptrdiff_t i = 0; i < s->quota.n_people; i++) {
		s->home[i] =
		    random_below(r, 2) == 0 ? -1 : (int32_t)random_below(r, 4);
		s->weight[i] = 1 + (double)random_below(r, 2);
	}
	if (random_below(r, 2) == 0)
		s->quota.home = s->home;
	if (random_below(r, 3) == 0)
		s->quota.weight = s->weight;
}

/* The people of a set, as a panel of the list when it is one. */
static void
add_set(struct panels *all, unsigned set)
{
	const struct quota *q = all->pool->quota;
	int32_t x[PEOPLE] = {0};
	int count[VALUES] = {0}, homes[4] = {0};
	for (ptrdiff_t i = 0; i < q->n_people; i++) {
		if ((set >> i & 1) == 0)
			continue;
		x[all->pool->class_of[i]]++;
		if (q->home != NULL && q->home[i] >= 0 &&
		    homes[q->home[i]]++ > 0)
			return;
		for (ptrdiff_t f = 0; f < q->n_features; f++)
			count[q->value[i * q->n_features + f]]++;
	}
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		if (count[v] < q->lo[v] || count[v] > q->hi[v])
			return;
	}
	panels_add_counted(all, x);
}

static struct panels *
all_panels(struct arena *a, const struct quota_pool *pool,
    const struct lp_solver *solver)
{
	struct panels *all = panels_new(a, pool, solver, NULL);
	for (unsigned set = 0; set < 1U << pool->quota->n_people; set++) {
		if (__builtin_popcount(set) == pool->quota->size)
			add_set(all, set);
	}
	return all;
}

/* The leximin by its definition: the greatest z for all who are open (who < 0),
 * or the greatest rate of one of them when all have at least z. */
struct brute {
	struct panels *all;
	const struct lp_solver *solver;
	double rate[PEOPLE], z;
	bool fixed[PEOPLE];
};

static double
unit_of(const struct brute *b, ptrdiff_t c)
{
	return b->all->pool->class[c].people * b->all->pool->class[c].weight;
}

static void
add_brute_rows(const struct brute *b, struct lp *lp, ptrdiff_t who)
{
	int32_t row[PEOPLE];
	double value[PEOPLE];
	struct lp_column z = {
	    .hi = 100, .cost = who < 0 ? 1 : 0, .row = row, .value = value};
	for (ptrdiff_t c = 0; c < b->all->pool->n_classes; c++) {
		double least = b->fixed[c] ? b->rate[c] : who < 0 ? 0 : b->z;
		b->solver->add_row(
		    lp, unit_of(b, c) * fmax(0, least - 1e-10), INFINITY);
		if (b->fixed[c] || who >= 0)
			continue;
		row[z.n] = (int32_t)c;
		value[z.n++] = -unit_of(b, c);
	}
	b->solver->add_row(lp, 1, 1);
	b->solver->add_column(lp, &z);
}

static double
solve_brute(struct arena *a, const struct brute *b, ptrdiff_t who)
{
	struct lp *lp = b->solver->open(NULL, a);
	add_brute_rows(b, lp, who);
	for (ptrdiff_t i = 0; i < b->all->n; i++) {
		struct panel p = b->all->panel[i];
		int32_t row[PEOPLE];
		double value[PEOPLE];
		struct lp_column column = {
		    .hi = INFINITY, .row = row, .value = value};
		for (int32_t j = 0; j < p.n; j++) {
			row[j] = p.class[j];
			value[j] = p.count[j];
			if (p.class[j] == who)
				column.cost = p.count[j] / unit_of(b, who);
		}
		row[p.n] = (int32_t)b->all->pool->n_classes;
		value[p.n] = 1;
		column.n = p.n + 1;
		b->solver->add_column(lp, &column);
	}
	CHECK_INT(b->solver->solve(lp), LP_OPTIMAL);
	return b->solver->objective(lp);
}

static void
leximin_by_definition(struct arena *a, struct brute *b)
{
	ptrdiff_t n = b->all->pool->n_classes, open = 0;
	for (ptrdiff_t c = 0; c < n; c++) {
		b->fixed[c] = !b->all->reached[c];
		open += !b->fixed[c];
	}
	while (open > 0) {
		b->z = solve_brute(a, b, -1);
		for (ptrdiff_t c = 0; c < n; c++) {
			if (b->fixed[c] || solve_brute(a, b, c) > b->z + 1e-7)
				continue;
			b->fixed[c] = true;
			b->rate[c] = b->z;
			open--;
		}
	}
}

/* What came of one random quota; counts say that the hard kinds came too. */
struct tally {
	int impossible, cut, out;
};

static void
check_small(struct arena *a, struct random *r, struct tally *t)
{
	struct small s;
	struct lp_solver solver = glpk_solver();
	make_small(&s, r);
	struct found f = find(a, &s.quota, CHANCES_LEXIMIN);
	struct brute b = {all_panels(a, f.pool, &solver), &solver, {0}, 0, {0}};
	if (b.all->n == 0) {
		CHECK_INT(f.outcome, ERR_NOT_FOUND);
		t->impossible++;
		return;
	}
	CHECK_OK(f.outcome);
	leximin_by_definition(a, &b);
	t->cut += f.chances.cuts > 0;
	for (ptrdiff_t c = 0; c < f.pool->n_classes; c++) {
		double want = b.rate[c] * f.pool->class[c].weight;
		CHECK(fabs(f.chances.chance[c] - want) < 1e-6);
		CHECK(f.chances.out[c] == !b.all->reached[c]);
		t->out += f.chances.out[c];
	}
}

TEST(chances_leximin_is_that_of_all_panels)
{
	struct random r = random_new(S("small"), S("test"));
	struct tally t = {0};
	for (int i = 0; i < 600; i++) {
		struct arena *scratch = arena_scratch(arena);
		check_small(scratch, &r, &t);
		arena_close(scratch);
	}
	CHECK(t.impossible > 50);
	CHECK(t.cut > 5); /* quotas alone did not tell */
	CHECK(t.out > 20);
}

/* ---- properties ------------------------------------------------------- */

TEST(chances_do_not_depend_on_the_order_of_people)
{
	struct golden g = golden_pool(arena, "sf_fixture_22", 22);
	struct quota turned = g.quota;
	ptrdiff_t n = g.quota.n_people, f = g.quota.n_features;
	int32_t *value = arena_new(arena, int32_t, n * f);
	for (ptrdiff_t i = 0; i < n; i++)
		memcpy(value + i * f, g.quota.value + (n - 1 - i) * f,
		    (size_t)f * sizeof *value);
	turned.value = value;
	struct found one = find(arena, &g.quota, CHANCES_LEXIMIN);
	struct found two = find(arena, &turned, CHANCES_LEXIMIN);
	for (ptrdiff_t i = 0; i < n; i++)
		CHECK(chance_of(&one, i) == chance_of(&two, n - 1 - i));
}

/* Twice the people, the size and the quotas: the same chances. */
TEST(chances_stay_when_everybody_is_doubled)
{
	struct golden g = golden_pool(arena, "sf_fixture_22", 22);
	struct quota twice = g.quota;
	ptrdiff_t n = g.quota.n_people, f = g.quota.n_features;
	int32_t *value = arena_new(arena, int32_t, 2 * n * f);
	int32_t *lo = arena_new(arena, int32_t, twice.n_values);
	int32_t *hi = arena_new(arena, int32_t, twice.n_values);
	memcpy(value, g.quota.value, (size_t)(n * f) * sizeof *value);
	memcpy(value + n * f, g.quota.value, (size_t)(n * f) * sizeof *value);
	for (ptrdiff_t v = 0; v < twice.n_values; v++) {
		lo[v] = 2 * g.quota.lo[v];
		hi[v] = 2 * g.quota.hi[v];
	}
	twice.value = value;
	twice.lo = lo;
	twice.hi = hi;
	twice.n_people *= 2;
	twice.size *= 2;
	struct found one = find(arena, &g.quota, CHANCES_LEXIMIN);
	struct found two = find(arena, &twice, CHANCES_LEXIMIN);
	for (ptrdiff_t i = 0; i < n; i++)
		CHECK(fabs(chance_of(&one, i) - chance_of(&two, i)) < 1e-7);
}

/* ---- the draw --------------------------------------------------------- */

static struct lottery
lottery_of(struct arena *a, const struct found *f)
{
	int64_t *weight = arena_new(a, int64_t, f->chances.n_panels);
	lottery_weights(
	    a, f->chances.part, f->chances.n_panels, LOTTERY_WHOLE, weight);
	return (struct lottery){
	    f->pool, f->chances.n_panels, f->chances.panel, weight};
}

/* Whether these people are a panel: as many, nobody twice, quotas kept, one of
 * a household. */
static bool
is_panel(struct arena *a, const struct quota *q, const int32_t *who)
{
	int *count = arena_new(a, int, q->n_values);
	bool *on = arena_new(a, bool, q->n_people);
	for (int32_t i = 0; i < q->size; i++) {
		for (int32_t j = 0; q->home != NULL && j < i; j++) {
			if (q->home[who[i]] >= 0 &&
			    q->home[who[i]] == q->home[who[j]])
				return false;
		}
		if (on[who[i]])
			return false;
		on[who[i]] = true;
		for (ptrdiff_t f = 0; f < q->n_features; f++)
			count[q->value[who[i] * q->n_features + f]]++;
	}
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		if (count[v] < q->lo[v] || count[v] > q->hi[v])
			return false;
	}
	return true;
}

/* Each panel of the list is one, and no chance changes by more than
 * size / 1000. */
static void
check_list(struct arena *a, const struct found *f)
{
	const struct quota *q = f->pool->quota;
	int32_t *who = arena_new(a, int32_t, LOTTERY_LIST * (ptrdiff_t)q->size);
	struct random r = random_new(S("list"), S("test"));
	struct lottery l = lottery_of(a, f);
	double change = lottery_list(a, &l, &r, who);
	double *chance = arena_new(a, double, q->n_people);
	CHECK(change <= (double)q->size / LOTTERY_LIST);
	for (ptrdiff_t i = 0; i < LOTTERY_LIST; i++) {
		CHECK(is_panel(a, q, who + i * q->size));
		for (int32_t j = 0; j < q->size; j++)
			chance[who[i * q->size + j]] += 1.0 / LOTTERY_LIST;
	}
	for (ptrdiff_t i = 0; i < q->n_people; i++)
		CHECK(fabs(chance[i] - chance_of(f, i)) < change + 1e-9);
}

TEST(lottery_list_keeps_the_chances)
{
	struct golden g = golden_pool(arena, "sf_fixture_22", 22);
	struct found f = find(arena, &g.quota, CHANCES_LEXIMIN);
	check_list(arena, &f);
}

/* With households and weights, and for the draw by the seed as well. */
TEST(lottery_draws_panels_only)
{
	struct random r = random_new(S("lots"), S("test"));
	int drawn = 0;
	for (int i = 0; i < 60; i++) {
		struct arena *scratch = arena_scratch(arena);
		struct small s;
		int32_t who[PEOPLE];
		make_small(&s, &r);
		struct found f = find(scratch, &s.quota, CHANCES_LEXIMIN);
		if (f.outcome == ERR_OK) {
			struct lottery l = lottery_of(scratch, &f);
			struct panel p = l.panel[lottery_draw(&l, &r)];
			lottery_people(scratch, f.pool, p, &r, who);
			CHECK(is_panel(scratch, &s.quota, who));
			check_list(scratch, &f);
			drawn++;
		}
		arena_close(scratch);
	}
	CHECK(drawn > 15);
}

TEST(lottery_weights_add_up)
{
	const double part[] = {1 / 3.0, 1 / 3.0, 1 / 3.0};
	int64_t weight[3];
	lottery_weights(arena, part, 3, 10, weight);
	CHECK_INT(weight[0], 4);
	CHECK_INT(weight[1], 3);
	CHECK_INT(weight[2], 3);
}
