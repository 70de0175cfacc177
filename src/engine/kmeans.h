/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_KMEANS_H
#define ENGINE_KMEANS_H

#include <stdint.h>

#include "base/arena.h"

/* kmeans.h - points in the plane, gathered around k centres.
 *
 * Points are x and y in turn, xy[2 * i].  Distances are taken from direct
 * differences: |a|^2 + |b|^2 - 2ab loses near-duplicates (false ties).  No
 * chance: who calls brings the start, or lets kmeans_best() choose.
 * Tests: tests/engine/kmeans.c
 */
enum { KMEANS_MOST = 16 };

struct points {
	const double *xy;
	const double *weight; /* NULL: 1 each; >= 0 */
	ptrdiff_t n;
};

/* Lloyd's steps (1982) from the `k` centres in `centre` (in and out).  Stops
 * when the centres, each list sorted by x then y, are nearer than `still` to
 * each other pair by pair, or after `most` steps.  A point between two equally
 * near centres goes to the later one; a centre without points is dropped.
 * group[i] = the place of its centre.  Gives how many centres are left.
 * O(steps * n * k). */
struct lloyd_end {
	double still;
	int most;
};
int lloyd(const struct points *, double *centre, int k, struct lloyd_end,
    int32_t *group);

/* The best of many fixed starts: centres in a line, in a ring, and each as far
 * from the others as can be; then with single centres moved beside another.  The order of points does not matter.  With a `hint` (or
 * NULL) it starts from there and from some lines only; points that have a
 * weight, so are coarse already, get half of the starts.  False, and nothing
 * useful, when the points do not make k groups.  k <= KMEANS_MOST.
 * O(starts * steps * n * k). */
bool kmeans_best(const struct points *, int k, const double *hint,
    double *centre, int32_t *group);

/* The cloud in coarse: the points of one cell of a fixed 32 x 32 grid become
 * one, their middle, with their weight.  `xy` has room for 2 * GRID_CELLS,
 * `weight` for GRID_CELLS.  O(n). */
enum { GRID_SIDE = 32, GRID_CELLS = GRID_SIDE * GRID_SIDE };
struct points grid(const struct points *, double *xy, double *weight);

/* Each point alone: how much nearer its own centre is than the next one, over
 * the latter, averaged.  The silhouette's cheap cousin, O(n * k). */
double centroid_silhouette(const struct points *, const double *centre, int k);

/* The first k points that differ from each other; how many there were. */
int first_distinct(const struct points *, int k, double *centre);

/* Mean silhouette (Rousseeuw 1987), each point alike, a singleton 0; `weight`
 * is not used.  O(n^2). */
double silhouette(const struct points *, const int32_t *group, int k);

#endif
