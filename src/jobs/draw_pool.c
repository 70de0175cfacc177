/* SPDX-License-Identifier: MPL-2.0 */

/* Who can be drawn, and the draw itself. */
#include <stdlib.h>

#include "jobs/draw.h"

static const struct str methods[DRAW_METHODS] = {S_INIT("leximin"),
    S_INIT("maximin"), S_INIT("nash"), S_INIT("goldilocks"), S_INIT("legacy")};

struct str
draw_method_name(enum draw_method m)
{
	return methods[m];
}

bool
draw_method_parse(struct str s, enum draw_method *m)
{
	for (int i = 0; i < DRAW_METHODS; i++) {
		if (!str_eq(s, methods[i]))
			continue;
		*m = (enum draw_method)i;
		return true;
	}
	return false;
}

/* ---- who can be drawn ------------------------------------------------- */

ptrdiff_t
draw_find(const struct draw_in *in, struct str id)
{
	for (ptrdiff_t i = 0; i < in->quota.n_people; i++) {
		if (str_eq(in->id[i], id))
			return i;
	}
	return -1;
}

enum { CAN_BE_DRAWN, STAYS, GONE };

static bool
refuse(struct draw *d, struct str what, const char *why)
{
	d->fault = STR_JOIN(d->arena, what, str_c(why));
	return false;
}

static bool
mark(struct draw *d, const struct str *ids, ptrdiff_t n, char as, char *state)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t at = draw_find(&d->in, ids[i]);
		if (at < 0)
			return refuse(d,
			    STR_JOIN(d->arena, d->people_path,
				S(": nobody has the id "), ids[i]),
			    "");
		state[at] = as;
	}
	return true;
}

/* Those who stay take their places in the quotas, and their households out. */
static void
seat(struct draw *d, char *state, int32_t *lo, int32_t *hi)
{
	const struct quota *q = &d->in.quota;
	for (ptrdiff_t i = 0; i < q->n_people; i++) {
		if (state[i] != STAYS)
			continue;
		for (ptrdiff_t f = 0; f < q->n_features; f++) {
			int32_t v = q->value[i * q->n_features + f];
			lo[v] -= lo[v] > 0;
			hi[v]--;
		}
		for (ptrdiff_t j = 0; q->home != NULL && j < q->n_people; j++) {
			if (q->home[i] >= 0 && q->home[j] == q->home[i] &&
			    state[j] == CAN_BE_DRAWN)
				state[j] = GONE;
		}
	}
}

static void
keep_person(struct draw *d, ptrdiff_t i, ptrdiff_t n)
{
	const struct quota *from = &d->in.quota;
	struct quota *q = &d->quota;
	for (ptrdiff_t f = 0; f < from->n_features; f++)
		((int32_t *)q->value)[n * from->n_features + f] =
		    from->value[i * from->n_features + f];
	if (from->home != NULL)
		((int32_t *)q->home)[n] = from->home[i];
	if (from->weight != NULL)
		((double *)q->weight)[n] = from->weight[i];
	d->person[n] = (int32_t)i;
}

static bool
narrow_people(struct draw *d, const char *state)
{
	struct arena *a = d->arena;
	const struct quota *from = &d->in.quota;
	ptrdiff_t n = from->n_people;
	d->quota.value = arena_new(a, int32_t, n * from->n_features);
	if (from->home != NULL)
		d->quota.home = arena_new(a, int32_t, n);
	if (from->weight != NULL)
		d->quota.weight = arena_new(a, double, n);
	d->person = arena_new(a, int32_t, n);
	d->quota.n_people = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (state[i] == CAN_BE_DRAWN)
			keep_person(d, i, d->quota.n_people++);
	}
	return true;
}

bool
draw_narrow(struct draw *d)
{
	struct arena *a = d->arena;
	const struct quota *from = &d->in.quota;
	char *state = arena_new(a, char, from->n_people);
	int32_t *lo = arena_new(a, int32_t, from->n_values);
	int32_t *hi = arena_new(a, int32_t, from->n_values);
	if (!mark(d, d->stays, d->n_stays, STAYS, state) ||
	    !mark(d, d->gone, d->n_gone, GONE, state))
		return false;
	for (ptrdiff_t v = 0; v < from->n_values; v++) {
		lo[v] = from->lo[v];
		hi[v] = from->hi[v];
	}
	seat(d, state, lo, hi);
	for (ptrdiff_t v = 0; v < from->n_values; v++) {
		if (hi[v] < lo[v])
			return refuse(
			    d, d->in.value[v], ": more stay than its max");
	}
	d->quota = *from;
	d->quota.lo = lo;
	d->quota.hi = hi;
	d->quota.size = d->size - (int32_t)d->n_stays;
	if (d->quota.size < 1)
		return refuse(d, S("the panel has no place to fill"), "");
	return narrow_people(d, state);
}

/* ---- drawing ---------------------------------------------------------- */

static int
cmp_int(const void *x, const void *y)
{
	int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
	return (a > b) - (a < b);
}

void
draw_from_seed(struct draw *d)
{
	struct arena *a = d->arena;
	struct random r = random_new(d->seed, S("draw"));
	d->panel = arena_new(a, int32_t, d->quota.size);
	d->drawn = lottery_draw(&d->lottery, &r);
	lottery_people(a, d->pool, d->chances.panel[d->drawn], &r, d->panel);
	for (int32_t i = 0; i < d->quota.size; i++)
		d->panel[i] = d->person[d->panel[i]];
	qsort(d->panel, (size_t)d->quota.size, sizeof *d->panel, cmp_int);
}

double *
draw_chances(const struct draw *d)
{
	double *chance = arena_new(d->arena, double, d->in.quota.n_people);
	for (ptrdiff_t i = 0; i < d->in.quota.n_people; i++)
		chance[i] = -1;
	for (ptrdiff_t i = 0; i < d->quota.n_people; i++)
		chance[d->person[i]] = d->chances.chance[d->pool->class_of[i]];
	return chance;
}

void
draw_range(const struct draw *d, double *low, double *high)
{
	*low = 1;
	*high = 0;
	for (ptrdiff_t c = 0; c < d->pool->n_classes; c++) {
		double chance = d->chances.chance[c];
		if (d->chances.out[c])
			continue;
		*low = chance < *low ? chance : *low;
		*high = chance > *high ? chance : *high;
	}
}

int64_t *
draw_reached(const struct draw *d)
{
	const struct quota *q = &d->in.quota;
	int64_t *reached = arena_new(d->arena, int64_t, q->n_values);
	for (ptrdiff_t i = 0; i < d->quota.size + d->n_stays; i++) {
		ptrdiff_t who = i < d->quota.size
		    ? d->panel[i]
		    : draw_find(&d->in, d->stays[i - d->quota.size]);
		for (ptrdiff_t f = 0; f < q->n_features; f++)
			reached[q->value[who * q->n_features + f]]++;
	}
	return reached;
}
