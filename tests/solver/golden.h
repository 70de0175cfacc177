/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_SOLVER_GOLDEN_H
#define TESTS_SOLVER_GOLDEN_H

#include "engine/quota.h"
#include "tests/test.h"

/* golden.h - the published pools, where they are (SAMSKAB_GOLDEN, or
 * ../shared/golden); without them a test ends as skipped. */
struct golden {
	struct quota quota;
	struct str folder;
};

struct golden golden_pool(struct arena *, const char *name, int32_t size);

/* The second column of a file of the pool: [n_people]. */
double *golden_column(struct arena *, const struct golden *, const char *file);

#endif
