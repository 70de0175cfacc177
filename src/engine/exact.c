/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/exact.h"

#include <assert.h>
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CLASSES = 64 };

/* ---- a growing list of numbers over one denominator ---- */

struct numbers {
	struct arena *arena;
	mpz_t *p;
	ptrdiff_t n, cap;
	mpz_t denominator;
};

static void
numbers_clear(void *arg)
{
	struct numbers *x = arg;
	for (ptrdiff_t i = 0; i < x->n; i++)
		mpz_clear(x->p[i]);
	mpz_clear(x->denominator);
}

static void
numbers_init(struct numbers *x, struct arena *a, int64_t denominator)
{
	*x = (struct numbers){.arena = a};
	mpz_init_set_si(x->denominator, denominator);
	arena_defer(a, numbers_clear, x);
}

/* One more number, 0. */
static ptrdiff_t
numbers_add(struct numbers *x)
{
	if (x->n == x->cap) {
		ptrdiff_t cap = x->cap > 0 ? 2 * x->cap : FIRST_CLASSES;
		mpz_t *p = arena_new(x->arena, mpz_t, cap);
		if (x->n > 0)
			memcpy(p, x->p, (size_t)x->n * sizeof *p);
		x->p = p;
		x->cap = cap;
	}
	mpz_init(x->p[x->n]);
	return x->n++;
}

/* Makes the denominator `factor` times as large; the values stay. */
static void
numbers_refine(struct numbers *x, int64_t factor)
{
	for (ptrdiff_t i = 0; i < x->n; i++)
		mpz_mul_si(x->p[i], x->p[i], factor);
	mpz_mul_si(x->denominator, x->denominator, factor);
}

static bool
numbers_too_large(const struct numbers *x)
{
	size_t each = mpz_size(x->denominator) + 4;
	return each * sizeof(mp_limb_t) * (size_t)x->n > EXACT_BYTES;
}

/* A fraction numerator / (denominator of the list * weight). */
struct price {
	mpz_t numerator;
	int64_t weight;
};

/* Divides both by what they share, and gives what is left of the weight. */
static int64_t
price_reduce(struct price *p)
{
	uint64_t common = mpz_gcd_ui(NULL, p->numerator, (uint64_t)p->weight);
	mpz_divexact_ui(p->numerator, p->numerator, common);
	return p->weight / (int64_t)common;
}

/* ---- equal shares ---- */

/* Voters of one project that have the same money and gave the same points. */
struct group {
	int32_t class, points;
	int64_t n;
	bool spent; /* all they have is less than the price for their points */
};

struct member {
	int32_t class, points, voter;
};

struct exact_shares {
	const struct election *e;
	struct numbers money; /* of each class; class 0 has nothing */
	int64_t *size; /* [n_voters + 2] voters of each class */
	int32_t *class_of; /* [n_voters] */
	struct member *member; /* [n_voters] of the project looked at */
	struct group *group; /* [n_voters] of it */
	ptrdiff_t n_members, n_groups;
	struct price price, other;
	mpz_t paid, left, right;
	bool failed;
};

static void
shares_clear(void *arg)
{
	struct exact_shares *x = arg;
	mpz_clears(x->price.numerator, x->other.numerator, x->paid, x->left,
	    x->right, NULL);
}

struct exact_shares *
exact_shares_new(struct arena *a, const struct election *e, int64_t numerator,
    int64_t denominator)
{
	struct exact_shares *x = arena_new(a, struct exact_shares, 1);
	x->e = e;
	x->size = arena_new(a, int64_t, e->n_voters + 2);
	x->class_of = arena_new(a, int32_t, e->n_voters);
	x->member = arena_new(a, struct member, e->n_voters);
	x->group = arena_new(a, struct group, e->n_voters);
	mpz_inits(x->price.numerator, x->other.numerator, x->paid, x->left,
	    x->right, NULL);
	arena_defer(a, shares_clear, x);
	numbers_init(&x->money, a, denominator);
	numbers_add(&x->money);
	mpz_set_si(x->money.p[numbers_add(&x->money)], numerator);
	for (ptrdiff_t i = 0; i < e->n_voters; i++)
		x->class_of[i] = 1;
	x->size[1] = e->n_voters;
	return x;
}

static int
compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->points != y->points)
		return x->points < y->points ? -1 : 1;
	return (x->voter > y->voter) - (x->voter < y->voter);
}

/* Sorts the voters of a project into its groups. */
static void
gather(struct exact_shares *x, ptrdiff_t c)
{
	const struct election *e = x->e;
	x->n_members = x->n_groups = 0;
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
		int32_t points = e->points == NULL ? 1 : e->points[k];
		x->member[x->n_members++] = (struct member){
		    x->class_of[e->voter[k]], points, e->voter[k]};
	}
	qsort(x->member, (size_t)x->n_members, sizeof *x->member,
	    compare_members);
	for (ptrdiff_t i = 0; i < x->n_members; i++) {
		const struct member *m = &x->member[i];
		if (i == 0 || m->class != m[-1].class ||
		    m->points != m[-1].points)
			x->group[x->n_groups++] =
			    (struct group){m->class, m->points, 0, false};
		x->group[x->n_groups - 1].n++;
	}
}

/* Groups that cannot pay the present price give all they have.  Whether there
 * were any. */
static bool
spend(struct exact_shares *x, struct price *p)
{
	bool any = false;
	for (ptrdiff_t i = 0; i < x->n_groups; i++) {
		struct group *g = &x->group[i];
		if (g->spent)
			continue;
		/* money < numerator / weight * points */
		mpz_mul_si(x->left, x->money.p[g->class], p->weight);
		mpz_mul_si(x->right, p->numerator, g->points);
		if (mpz_cmp(x->left, x->right) >= 0)
			continue;
		g->spent = any = true;
		mpz_mul_si(x->left, x->money.p[g->class], g->n);
		mpz_add(x->paid, x->paid, x->left);
	}
	return any;
}

/* The smallest price of a point at which the voters pay the project.  They
 * can, so somebody always has more than the price asks. */
static void
find_price(struct exact_shares *x, ptrdiff_t c, struct price *p)
{
	gather(x, c);
	mpz_set_ui(x->paid, 0);
	do {
		p->weight = 0;
		for (ptrdiff_t i = 0; i < x->n_groups; i++) {
			const struct group *g = &x->group[i];
			p->weight += g->spent ? 0 : g->n * g->points;
		}
		assert(p->weight > 0);
		mpz_mul_si(p->numerator, x->money.denominator, x->e->cost[c]);
		mpz_sub(p->numerator, p->numerator, x->paid);
	} while (spend(x, p));
}

/* A class with the voters of the group and no others. */
static int32_t
class_of_group(struct exact_shares *x, const struct group *g)
{
	if (x->size[g->class] == g->n)
		return g->class;
	ptrdiff_t new = 0;
	for (ptrdiff_t i = 1; i < x->money.n && new == 0; i++) {
		if (x->size[i] == 0)
			new = i;
	}
	if (new == 0)
		new = numbers_add(&x->money);
	mpz_set(x->money.p[new], x->money.p[g->class]);
	x->size[g->class] -= g->n;
	x->size[new] = g->n;
	return (int32_t) new;
}

static void
charge(struct exact_shares *x, const struct group *g, struct member *m)
{
	int32_t class = 0;
	if (g->spent) {
		x->size[g->class] -= g->n;
		x->size[0] += g->n;
		if (x->size[g->class] == 0)
			mpz_set_ui(x->money.p[g->class], 0);
	} else {
		class = class_of_group(x, g);
		mpz_mul_si(x->left, x->price.numerator, g->points);
		mpz_sub(x->money.p[class], x->money.p[class], x->left);
	}
	for (ptrdiff_t i = 0; i < g->n; i++)
		x->class_of[m[i].voter] = class;
}

void
exact_shares_pay(struct exact_shares *x, ptrdiff_t c)
{
	if (x->failed)
		return;
	find_price(x, c, &x->price);
	numbers_refine(&x->money, price_reduce(&x->price));
	ptrdiff_t at = 0;
	for (ptrdiff_t i = 0; i < x->n_groups; i++) {
		charge(x, &x->group[i], x->member + at);
		at += (ptrdiff_t)x->group[i].n;
	}
	x->failed = numbers_too_large(&x->money);
}

int
exact_shares_affords(struct exact_shares *x, ptrdiff_t c)
{
	if (x->failed)
		return EXACT_UNKNOWN;
	gather(x, c);
	mpz_set_ui(x->paid, 0);
	for (ptrdiff_t i = 0; i < x->n_groups; i++) {
		const struct group *g = &x->group[i];
		mpz_mul_si(x->left, x->money.p[g->class], g->n);
		mpz_add(x->paid, x->paid, x->left);
	}
	mpz_mul_si(x->right, x->money.denominator, x->e->cost[c]);
	int sign = mpz_cmp(x->paid, x->right);
	return (sign > 0) - (sign < 0);
}

int
exact_shares_compare(
    struct exact_shares *x, enum utility utility, ptrdiff_t a, ptrdiff_t b)
{
	if (x->failed)
		return EXACT_UNKNOWN;
	find_price(x, a, &x->price);
	find_price(x, b, &x->other);
	/* worth / price: worth_a w_a / n_a against worth_b w_b / n_b */
	mpz_mul_si(x->left, x->other.numerator, x->price.weight);
	mpz_mul_si(x->right, x->price.numerator, x->other.weight);
	if (utility == UTILITY_COST) {
		mpz_mul_si(x->left, x->left, x->e->cost[a]);
		mpz_mul_si(x->right, x->right, x->e->cost[b]);
	}
	int sign = mpz_cmp(x->left, x->right);
	return (sign > 0) - (sign < 0);
}

/* ---- Phragmén: a voter's load is the time of her last project ---- */

struct exact_loads {
	const struct election *e;
	struct numbers time; /* of each project chosen; the first is 0 */
	int32_t *last; /* [n_voters] place in `time` */
	struct price price, other;
	bool failed;
};

static void
loads_clear(void *arg)
{
	struct exact_loads *x = arg;
	mpz_clears(x->price.numerator, x->other.numerator, NULL);
}

struct exact_loads *
exact_loads_new(struct arena *a, const struct election *e)
{
	struct exact_loads *x = arena_new(a, struct exact_loads, 1);
	x->e = e;
	x->last = arena_new(a, int32_t, e->n_voters);
	mpz_inits(x->price.numerator, x->other.numerator, NULL);
	arena_defer(a, loads_clear, x);
	numbers_init(&x->time, a, 1);
	numbers_add(&x->time);
	return x;
}

/* (price + sum of loads) / voters */
static void
find_time(struct exact_loads *x, ptrdiff_t c, struct price *p)
{
	const struct election *e = x->e;
	p->weight = e->first[c + 1] - e->first[c];
	mpz_mul_si(p->numerator, x->time.denominator, e->cost[c]);
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++)
		mpz_add(p->numerator, p->numerator,
		    x->time.p[x->last[e->voter[k]]]);
}

void
exact_loads_pay(struct exact_loads *x, ptrdiff_t c)
{
	const struct election *e = x->e;
	if (x->failed)
		return;
	find_time(x, c, &x->price);
	numbers_refine(&x->time, price_reduce(&x->price));
	ptrdiff_t new = numbers_add(&x->time);
	mpz_set(x->time.p[new], x->price.numerator);
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++)
		x->last[e->voter[k]] = (int32_t) new;
	x->failed = numbers_too_large(&x->time);
}

int
exact_loads_compare(struct exact_loads *x, ptrdiff_t a, ptrdiff_t b)
{
	if (x->failed)
		return EXACT_UNKNOWN;
	find_time(x, a, &x->price);
	find_time(x, b, &x->other);
	mpz_mul_si(x->price.numerator, x->price.numerator, x->other.weight);
	mpz_mul_si(x->other.numerator, x->other.numerator, x->price.weight);
	int sign = mpz_cmp(x->other.numerator, x->price.numerator);
	return (sign > 0) - (sign < 0);
}
