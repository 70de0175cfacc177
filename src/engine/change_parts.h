/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_CHANGE_PARTS_H
#define ENGINE_CHANGE_PARTS_H

#include "engine/change.h"

/* change_parts.h - what the files of change share. */

/* The multiples of 1, 0.1, 0.01 or 0.001 that all of `x` are, on `a`; NULL when
 * they are not, or reach past a million. */
int64_t *whole_numbers(struct arena *a, const double *x, ptrdiff_t n);

#endif
