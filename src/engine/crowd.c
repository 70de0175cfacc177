/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/crowd.h"

#include <stdlib.h>
#include <string.h>

/* Ballots by voter: project and points, projects rising. */
struct ballots {
	const ptrdiff_t *first; /* [n_voters + 1] */
	const int32_t *project, *points;
};

static struct ballots
by_voter(struct arena *a, const struct election *e)
{
	ptrdiff_t n = e->first[e->n_projects];
	ptrdiff_t *first = arena_new(a, ptrdiff_t, e->n_voters + 2);
	int32_t *project = arena_new(a, int32_t, n);
	int32_t *points = arena_new(a, int32_t, n);
	/* first[v + 1] is where the next entry of v goes, and so, at last,
	 * where those of v + 1 begin. */
	for (ptrdiff_t k = 0; k < n; k++)
		first[e->voter[k] + 2]++;
	for (ptrdiff_t v = 0; v < e->n_voters; v++)
		first[v + 2] += first[v + 1];
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
			ptrdiff_t to = first[e->voter[k] + 1]++;
			project[to] = (int32_t)c;
			points[to] = e->points == NULL ? 1 : e->points[k];
		}
	}
	return (struct ballots){first, project, points};
}

static uint64_t
hash_ballot(const struct ballots *b, ptrdiff_t v)
{
	uint64_t x = 0x9e3779b97f4a7c15ULL;
	for (ptrdiff_t k = b->first[v]; k < b->first[v + 1]; k++) {
		x ^= (uint64_t)(uint32_t)b->project[k] << 32 |
		    (uint32_t)b->points[k];
		x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
		x ^= x >> 27;
	}
	return x;
}

static bool
same_ballot(const struct ballots *b, ptrdiff_t v, ptrdiff_t w)
{
	ptrdiff_t n = b->first[v + 1] - b->first[v];
	if (b->first[w + 1] - b->first[w] != n)
		return false;
	return memcmp(b->project + b->first[v], b->project + b->first[w],
		   (size_t)n * sizeof *b->project) == 0 &&
	    memcmp(b->points + b->first[v], b->points + b->first[w],
		(size_t)n * sizeof *b->points) == 0;
}

/* head[v] is the first voter with v's ballot; people[head] how many have it.
 */
static void
find_heads(struct arena *a, const struct election *e, const struct ballots *b,
    int32_t *head, double *people)
{
	ptrdiff_t slots = 16;
	while (slots < 2 * e->n_voters)
		slots *= 2;
	int32_t *slot = arena_new(a, int32_t, slots); /* voter + 1 */
	for (ptrdiff_t v = 0; v < e->n_voters; v++) {
		ptrdiff_t at =
		    (ptrdiff_t)(hash_ballot(b, v) & (uint64_t)(slots - 1));
		while (slot[at] != 0 && !same_ballot(b, v, slot[at] - 1))
			at = (at + 1) & (slots - 1);
		if (slot[at] == 0)
			slot[at] = (int32_t)v + 1;
		head[v] = slot[at] - 1;
		people[head[v]]++;
	}
}

struct liked {
	int64_t votes;
	int32_t project;
};

static int
compare_liked(const void *a, const void *b)
{
	const struct liked *x = a, *y = b;
	if (x->votes != y->votes)
		return x->votes > y->votes ? -1 : 1;
	return (x->project > y->project) - (x->project < y->project);
}

/* The heads in an order that keeps the voters of a project near each other in
 * memory: those of the one with most votes first.  How many. */
static ptrdiff_t
line_up(struct arena *a, const struct election *e, const int32_t *head,
    int32_t *order)
{
	struct liked *liked = arena_new(a, struct liked, e->n_projects);
	bool *in = arena_new(a, bool, e->n_voters);
	ptrdiff_t n = 0;
	for (ptrdiff_t c = 0; c < e->n_projects; c++)
		liked[c] =
		    (struct liked){e->first[c + 1] - e->first[c], (int32_t)c};
	qsort(liked, (size_t)e->n_projects, sizeof *liked, compare_liked);
	for (ptrdiff_t i = 0; i < e->n_projects; i++) {
		ptrdiff_t c = liked[i].project;
		for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
			int32_t v = e->voter[k];
			if (head[v] != v || in[v])
				continue;
			in[v] = true;
			order[n++] = v;
		}
	}
	return n;
}

/* Ballots of the heads, turned to the projects again. */
static struct crowd
make(struct arena *a, const struct election *e, const struct ballots *b,
    const int32_t *order, ptrdiff_t n)
{
	ptrdiff_t *first = arena_new(a, ptrdiff_t, e->n_projects + 2);
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t v = order[i];
		for (ptrdiff_t k = b->first[v]; k < b->first[v + 1]; k++)
			first[b->project[k] + 2]++;
	}
	for (ptrdiff_t c = 0; c < e->n_projects; c++)
		first[c + 2] += first[c + 1];
	ptrdiff_t all = first[e->n_projects + 1];
	int32_t *kind = arena_new(a, int32_t, all);
	double *points = arena_new(a, double, all);
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t v = order[i];
		for (ptrdiff_t k = b->first[v]; k < b->first[v + 1]; k++) {
			ptrdiff_t to = first[b->project[k] + 1]++;
			kind[to] = (int32_t)i;
			points[to] = b->points[k];
		}
	}
	return (struct crowd){
	    n, first, kind, e->points == NULL ? NULL : points, NULL};
}

struct crowd
crowd_of_same(struct arena *a, const struct election *e)
{
	struct arena *scratch = arena_scratch(a);
	int32_t *head = arena_new(scratch, int32_t, e->n_voters);
	int32_t *order = arena_new(scratch, int32_t, e->n_voters);
	double *count = arena_new(scratch, double, e->n_voters);
	struct ballots b = by_voter(scratch, e);
	find_heads(scratch, e, &b, head, count);
	ptrdiff_t n = line_up(scratch, e, head, order);
	struct crowd crowd = make(a, e, &b, order, n);
	ptrdiff_t all = crowd.first[e->n_projects];
	double *people = arena_new(a, double, all);
	for (ptrdiff_t k = 0; k < all; k++)
		people[k] = count[order[crowd.kind[k]]];
	crowd.people = people;
	arena_close(scratch);
	return crowd;
}

struct crowd
crowd_of_each(struct arena *a, const struct election *e)
{
	ptrdiff_t n = e->first[e->n_projects];
	double *people = arena_new(a, double, n);
	double *points = e->points == NULL ? NULL : arena_new(a, double, n);
	for (ptrdiff_t k = 0; k < n; k++) {
		people[k] = 1;
		if (points != NULL)
			points[k] = e->points[k];
	}
	return (struct crowd){e->n_voters, e->first, e->voter, points, people};
}
