/* SPDX-License-Identifier: MPL-2.0 */
#include "solver/solver.h"

#include <math.h>

#include <glpk.h>

struct lp {
	struct arena *arena;
	glp_prob *p;
	int *index; /* GLPK's numbers start at 1; [0] is not used */
	double *value;
	ptrdiff_t cap;
	bool whole, solved;
};

/* Steps of the simplex before it is called a stall: a real basis change count
 * is some times the number of rows. */
enum { STEPS_LEAST = 5000, STEPS_A_ROW = 40 };

static void
forget(void *arg)
{
	glp_delete_prob(arg);
}

static struct lp *
lp_open(void *room, struct arena *a)
{
	(void)room;
	struct lp *lp = arena_new(a, struct lp, 1);
	glp_term_out(GLP_OFF);
	lp->arena = a;
	lp->p = glp_create_prob();
	arena_defer(a, forget, lp->p);
	glp_set_obj_dir(lp->p, GLP_MAX);
	return lp;
}

static int
kind_of_bounds(double lo, double hi)
{
	bool below = !isinf(lo), above = !isinf(hi);
	if (below && above)
		return lo < hi ? GLP_DB : GLP_FX;
	if (below)
		return GLP_LO;
	return above ? GLP_UP : GLP_FR;
}

static void
set_row(struct lp *lp, ptrdiff_t row, double lo, double hi)
{
	glp_set_row_bnds(lp->p, (int)row + 1, kind_of_bounds(lo, hi), lo, hi);
}

static void
add_row(struct lp *lp, double lo, double hi)
{
	set_row(lp, glp_add_rows(lp->p, 1) - 1, lo, hi);
}

static void
make_room(struct lp *lp, ptrdiff_t n)
{
	if (n <= lp->cap)
		return;
	lp->cap = n * 2;
	lp->index = arena_new(lp->arena, int, lp->cap + 1);
	lp->value = arena_new(lp->arena, double, lp->cap + 1);
}

static void
set_column(struct lp *lp, ptrdiff_t column, const struct lp_column *c)
{
	int j = (int)column + 1;
	make_room(lp, c->n);
	for (ptrdiff_t i = 0; i < c->n; i++) {
		lp->index[i + 1] = c->row[i] + 1;
		lp->value[i + 1] = c->value[i];
	}
	glp_set_mat_col(lp->p, j, (int)c->n, lp->index, lp->value);
	glp_set_col_bnds(lp->p, j, kind_of_bounds(c->lo, c->hi), c->lo, c->hi);
	glp_set_obj_coef(lp->p, j, c->cost);
	glp_set_col_kind(lp->p, j, c->whole ? GLP_IV : GLP_CV);
	lp->whole |= c->whole;
}

static void
add_column(struct lp *lp, const struct lp_column *c)
{
	set_column(lp, glp_add_cols(lp->p, 1) - 1, c);
}

static void
set_cost(struct lp *lp, ptrdiff_t column, double cost)
{
	glp_set_obj_coef(lp->p, (int)column + 1, cost);
}

/* ---- solving ---------------------------------------------------------- */

static enum lp_state
state_of(int outcome, int status)
{
	if (outcome == GLP_ENOPFS || status == GLP_NOFEAS)
		return LP_INFEASIBLE;
	return outcome == 0 && status == GLP_OPT ? LP_OPTIMAL : LP_GAVE_UP;
}

static int
simplex(struct lp *lp, bool again)
{
	glp_smcp how;
	glp_init_smcp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.it_lim = STEPS_LEAST + STEPS_A_ROW * glp_get_num_rows(lp->p);
	if (again) {
		glp_std_basis(lp->p);
		how.presolve = GLP_ON;
		how.meth = GLP_DUALP;
		how.it_lim *= 4;
	}
	return glp_simplex(lp->p, &how);
}

static enum lp_state
solve_linear(struct lp *lp)
{
	int outcome = simplex(lp, false);
	enum lp_state state = state_of(outcome, glp_get_status(lp->p));
	if (state == LP_OPTIMAL)
		return state;
	outcome = simplex(lp, true);
	return state_of(outcome, glp_get_status(lp->p));
}

static enum lp_state
solve(struct lp *lp)
{
	enum lp_state state = solve_linear(lp);
	if (!lp->whole || state != LP_OPTIMAL)
		return state;
	glp_iocp how;
	glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.gmi_cuts = GLP_ON;
	how.mir_cuts = GLP_ON;
	how.cov_cuts = GLP_ON;
	how.clq_cuts = GLP_ON;
	int outcome = glp_intopt(lp->p, &how);
	return state_of(outcome, glp_mip_status(lp->p));
}

static double
objective(struct lp *lp)
{
	return lp->whole ? glp_mip_obj_val(lp->p) : glp_get_obj_val(lp->p);
}

static double
value(struct lp *lp, ptrdiff_t column)
{
	int j = (int)column + 1;
	return lp->whole ? glp_mip_col_val(lp->p, j)
			 : glp_get_col_prim(lp->p, j);
}

static double
dual(struct lp *lp, ptrdiff_t row)
{
	return glp_get_row_dual(lp->p, (int)row + 1);
}

static double
reduced(struct lp *lp, ptrdiff_t column)
{
	return glp_get_col_dual(lp->p, (int)column + 1);
}

struct lp_solver
glpk_solver(void)
{
	return (struct lp_solver){.open = lp_open,
	    .add_row = add_row,
	    .set_row = set_row,
	    .add_column = add_column,
	    .set_column = set_column,
	    .set_cost = set_cost,
	    .solve = solve,
	    .objective = objective,
	    .value = value,
	    .dual = dual,
	    .reduced = reduced};
}
