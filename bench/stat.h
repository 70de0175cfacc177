/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BENCH_STAT_H
#define BENCH_STAT_H

#include <stddef.h>

/* stat.h - the numbers that sum up a list of measurements.
 *
 * Both put the list in order.  Of no measurement at all: NAN.
 * Tests: tests/tools/bench_stat.c
 */

/* The smallest of the values that at least the share `q` (0..1) of them do not
 * exceed (nearest rank: always one that was measured). */
double stat_percentile(double *values, ptrdiff_t n, double q);

/* The middle one, or the mean of the two in the middle. */
double stat_median(double *values, ptrdiff_t n);

/* How `ours` stands to `peer`, measured as pairs: the median of the quotients
 * ours[i] / peer[i], and the smallest and largest of them.  `quotient` has
 * room for n and is left in order. */
struct stat_ratio {
	double median, low, high;
};
struct stat_ratio stat_ratio(
    const double *ours, const double *peer, ptrdiff_t n, double *quotient);

#endif
