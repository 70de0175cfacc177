/* SPDX-License-Identifier: MPL-2.0 */
#ifndef SOLVER_SOLVER_H
#define SOLVER_SOLVER_H

#include "engine/lp.h"

/* solver.h - GLPK behind the engine's interface.
 *
 * It can stall, loop or abort: call it in a child with a deadline (child.h).
 * Whole programs are solved with Gomory, rounding, cover and clique cuts, as
 * GLPK's default search can hang without.  A linear program that takes too
 * many steps is begun again from a standard basis, with the presolver and the
 * dual simplex; steps are counted, not timed, so answers repeat.
 * One thread.  Tests: tests/solver/chances.c, tests/solver/child.c
 */
struct lp_solver glpk_solver(void);

#endif
