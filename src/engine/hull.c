/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/hull.h"

#include <math.h>

#define ENOUGH 1e-9 /* below 1 */
#define NOISE 1e-9 /* of the greatest worth */
#define BETTER 1e-9 /* a panel is worth more than the price by this */

/* Rows: classes, then "parts add up to 1".  Columns: t, then panels. */
struct hull {
	struct panels *panels;
	struct lp *lp;
	ptrdiff_t classes, n; /* panels in the program */
	int32_t *row;
	double *value, *worth;
};

static void
open_master(struct hull *h, struct arena *a, const double *share)
{
	const struct lp_solver *s = h->panels->solver;
	h->classes = h->panels->pool->n_classes;
	h->lp = s->open(s->room, a);
	h->row = arena_new(a, int32_t, h->classes + 1);
	h->value = arena_new(a, double, h->classes + 1);
	h->worth = arena_new(a, double, h->classes);
	struct lp_column t = {
	    .hi = 2, .cost = 1, .row = h->row, .value = h->value};
	for (ptrdiff_t c = 0; c < h->classes; c++) {
		s->add_row(h->lp, 0, INFINITY);
		if (share[c] <= 0)
			continue;
		h->row[t.n] = (int32_t)c;
		h->value[t.n++] = -share[c];
	}
	s->add_row(h->lp, 1, 1);
	s->add_column(h->lp, &t);
}

static void
add_panels(struct hull *h)
{
	struct lp_column column = {
	    .hi = INFINITY, .row = h->row, .value = h->value};
	for (; h->n < h->panels->n; h->n++) {
		struct panel p = h->panels->panel[h->n];
		for (int32_t i = 0; i < p.n; i++) {
			h->row[i] = p.class[i];
			h->value[i] = p.count[i];
		}
		h->row[p.n] = (int32_t)h->classes;
		h->value[p.n] = 1;
		column.n = p.n + 1;
		h->panels->solver->add_column(h->lp, &column);
	}
}

static void
read_mix(struct hull *h, struct arena *a, struct mix *out)
{
	double sum = 0;
	out->n = 0;
	out->panel = arena_new(a, ptrdiff_t, h->n);
	out->part = arena_new(a, double, h->n);
	for (ptrdiff_t i = 0; i < h->n; i++) {
		double part = h->panels->solver->value(h->lp, i + 1);
		if (part <= 0)
			continue;
		out->panel[out->n] = i;
		out->part[out->n++] = part;
		sum += part;
	}
	for (ptrdiff_t i = 0; i < out->n; i++)
		out->part[i] /= sum;
}

/* More panels worth more than `price`: by swaps from those in use, and when
 * that finds none, the best there is. */
static enum err
find_panels(struct hull *h, double price, double *best)
{
	double most = 0;
	for (ptrdiff_t i = 0, n = h->n; i < n; i++) {
		if (h->panels->solver->value(h->lp, i + 1) < BETTER)
			continue;
		most = fmax(most, panels_swap(h->panels, h->worth, i));
	}
	*best = most;
	if (most > price + BETTER && h->panels->n > h->n)
		return ERR_OK;
	return panels_best(h->panels, h->worth, best);
}

/* Rounding errors in it would be entries of a program that no solver takes;
 * without them the inequality still holds. */
static void
copy_cut(const struct hull *h, struct arena *a, double most, struct cut *cut)
{
	double *worth = arena_new(a, double, h->classes);
	double greatest = 0;
	for (ptrdiff_t c = 0; c < h->classes; c++)
		greatest = fmax(greatest, h->worth[c]);
	for (ptrdiff_t c = 0; c < h->classes; c++) {
		if (h->worth[c] > NOISE * greatest)
			worth[c] = h->worth[c] / greatest;
	}
	*cut = (struct cut){worth, most / greatest};
}

/* ERR_LIMITED: there is more to find. */
static enum err
once(struct hull *h, struct arena *a, struct hull_answer *out)
{
	const struct lp_solver *s = h->panels->solver;
	double best;
	add_panels(h);
	if (s->solve(h->lp) != LP_OPTIMAL)
		return ERR_UNAVAIL;
	out->part = s->objective(h->lp);
	if (out->part > 1 - ENOUGH) {
		read_mix(h, a, &out->mix);
		return ERR_OK;
	}
	double price = s->dual(h->lp, h->classes);
	for (ptrdiff_t c = 0; c < h->classes; c++)
		h->worth[c] = fmax(0, -s->dual(h->lp, c));
	enum err e = find_panels(h, price, &best);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_UNAVAIL : e;
	if (best > price + BETTER && h->panels->n > h->n)
		return ERR_LIMITED;
	read_mix(h, a, &out->mix);
	copy_cut(h, a, best, &out->cut);
	return ERR_CONFLICT;
}

enum err
hull_mix(struct arena *a, struct panels *panels, const double *share,
    struct hull_answer *out)
{
	struct arena *scratch = arena_scratch(a);
	struct hull h = {.panels = panels};
	enum err e;
	open_master(&h, scratch, share);
	do {
		e = once(&h, a, out);
	} while (e == ERR_LIMITED);
	arena_close(scratch);
	return e;
}
