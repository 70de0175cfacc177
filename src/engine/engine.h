/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

/* engine.h - the mathematics of involvement, as a library.
 *
 *	cc program.c -I include/samskab -lsamskab-engine -lsodium -lgmp \
 *	    -lunistring -lm
 *
 * Pure functions over arrays: nothing here opens a file, knows a locale or
 * asks the clock.  Memory comes from the caller's arena (base/arena.h), chance
 * from a seed (engine/random.h), the end of a long search from the caller
 * (engine/watch.h), linear programs from a solver that the caller brings
 * (engine/lp.h).  The same input gives the same bits with every compiler.
 *
 * This is all of the library that is meant to be called; what else stands in
 * src/engine are its parts.  samskab-engine(3) is the way in, doc/engine/ has
 * the formulas, their sources, and what each number cannot say.
 * Tests: tests/engine/, tests/engine/library.sh
 */
#include "engine/lix.h" /* readability of Danish */

#include "engine/opinion.h" /* opinion groups, our method */
#include "engine/polis.h" /* the same, the published method */
#include "engine/routing.h" /* which statement comes next */
#include "engine/suppress.h" /* small numbers are hidden */
#include "engine/votes.h"

#include "engine/chances.h" /* fair random selection: everybody's chance */
#include "engine/legacy.h" /* the greedy draw it is compared with */
#include "engine/lottery.h" /* from chances to one panel */
#include "engine/relax.h" /* quotas that cannot be met */

#include "engine/budget.h" /* participatory budgets: greedy */
#include "engine/equal_shares.h"
#include "engine/phragmen.h"

#include "engine/ordinal.h" /* ballots in order: Borda, Schulze */
#include "engine/pairwise.h" /* one idea rather than another */

#include "engine/change.h" /* before and after */

#include "engine/random.h"
#include "engine/stats.h"

#endif
