/* SPDX-License-Identifier: MPL-2.0 */

/* Nash welfare over inequalities, by linear programs only: each logarithm is
 * replaced by straight pieces around the present share, the program solved,
 * the pieces centred on its answer; when that no longer gains much, they are
 * made shorter.  The logarithm bends down, so the pieces fill in order, and a
 * piece lies below it, so that no round makes the welfare less. */
#include "engine/shares.h"

#include <assert.h>
#include <math.h>

enum { PIECES = 6 };
#define START 0.5
#define SHORTER 0.4
#define FINE 1e-7 /* the last length */

struct nash {
	const struct outer *outer;
	struct program *program;
	double *share; /* [n_classes] */
	double step; /* length of a piece, of the share */
	double weight; /* of all */
};

/* The ends of the pieces: 0, then around the present share, then the most. */
static void
set_ends(const struct nash *n, ptrdiff_t c, double end[PIECES + 1])
{
	const double at[] = {-2, -1, 0, 1, 2};
	double most = n->outer->pool->class[c].most;
	double share = fmin(n->share[c], most), step = n->step * share;
	end[0] = 0;
	for (int i = 0; i < PIECES - 1; i++) {
		double x = share + at[i] * step;
		end[i + 1] = fmin(most, fmax(x, share * 0.01 * (i + 1)));
	}
	end[PIECES] = most;
}

/* The first piece begins at 0, where the logarithm has no value: its slope is
 * the tangent's at a hundredth of its end, steeper than any other. */
static double
slope(const double *end, int i)
{
	if (i == 0)
		return 100 / end[1];
	double length = end[i + 1] - end[i];
	return length > 1e-15 ? log1p(length / end[i]) / length
			      : 1 / end[i + 1];
}

/* Piece i of class c is column i * classes + c. */
static struct lp_column
piece(const struct nash *n, ptrdiff_t c, int i)
{
	const struct quota_class *class = &n->outer->pool->class[c];
	struct lp_column column = program_column(n->program, c);
	double end[PIECES + 1];
	column.hi = 0;
	if (n->outer->out[c])
		return column;
	set_ends(n, c, end);
	column.hi = fmax(0, end[i + 1] - end[i]);
	column.cost = class->people * class->weight * slope(end, i);
	return column;
}

static void
set_pieces(const struct nash *n, bool first)
{
	const struct lp_solver *s = n->outer->solver;
	ptrdiff_t classes = n->outer->pool->n_classes;
	for (ptrdiff_t j = 0; j < classes * PIECES; j++) {
		int i = (int)(j / classes);
		struct lp_column column = piece(n, j % classes, i);
		if (first && i > 0)
			s->add_column(n->program->lp, &column);
		else
			s->set_column(n->program->lp, j, &column);
	}
}

/* Goes to the answer; the gain in welfare. */
static double
centre(struct nash *n)
{
	const struct quota_pool *pool = n->outer->pool;
	double gain = 0;
	for (ptrdiff_t c = 0; c < pool->n_classes; c++) {
		double x = 0, old = n->share[c];
		if (n->outer->out[c])
			continue;
		for (int i = 0; i < PIECES; i++)
			x += n->outer->solver->value(
			    n->program->lp, pool->n_classes * i + c);
		n->share[c] = fmax(x, old * 1e-3);
		gain += pool->class[c].people * pool->class[c].weight *
		    log(n->share[c] / old);
	}
	return gain;
}

static enum err
rounds(struct nash *n)
{
	bool first = true;
	for (int64_t round = 0; n->step > FINE; round++) {
		set_pieces(n, first);
		first = false;
		if (!watch_tick(n->outer->watch, "round", round, 0) ||
		    n->outer->solver->solve(n->program->lp) != LP_OPTIMAL)
			return ERR_UNAVAIL;
		if (centre(n) < 0.1 * n->step * n->step * n->weight)
			n->step *= SHORTER;
	}
	return ERR_OK;
}

enum err
shares_nash(struct arena *a, const struct outer *o, double *share)
{
	struct shares_ask ask = {INFINITY, PTRDIFF_MAX};
	double low;
	enum err e = shares_leximin(a, o, ask, share, &low);
	if (e != ERR_OK)
		return e;
	struct arena *scratch = arena_scratch(a);
	struct nash n = {.outer = o, .share = share, .step = START};
	n.program =
	    program_open_cut(scratch, o->pool, o->solver, o->cut, o->n_cuts);
	for (ptrdiff_t c = 0; c < o->pool->n_classes; c++)
		n.weight += o->pool->class[c].people * o->pool->class[c].weight;
	e = rounds(&n);
	arena_close(scratch);
	return e;
}
