/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_RANK_H
#define REPORT_RANK_H

#include "base/buf.h"
#include "base/lang.h"
#include "engine/equal_shares.h"

/* rank.h - a ranking in words: why each project was chosen or not, places of
 * several sides beside each other, numbers for people and for programs.
 *   rank_why.c     the sentence of each project
 *   rank_places.c  who is hidden; places by value
 *   rank_words.c   numbers and columns
 * Memory: the arena each is given.  Tests: tests/cli/rank.c
 */

/* ---- rank_why.c ---- */

/* One run of a rule over an election. */
struct budget_run {
	struct arena *arena;
	enum lang lang;
	const struct election *election;
	const struct str *name; /* [n_projects] what to call each */
	bool points; /* voters gave points, not one vote each */
	int64_t point; /* the election's points that are 1 of the voters' */
	const char *method; /* greedy, equalshares, phragmen */
	enum utility utility;
	enum completion completion;
	struct outcome outcome;
	ptrdiff_t *place; /* [n_projects] in the order of choosing, -1: not */
	int64_t *score; /* [n_projects] */
	bool lot; /* a lot decided something */
};

/* Places and scores of a run that has its outcome. */
void rank_look(struct budget_run *);

/* Why a project was chosen or not, in the language of the reader. */
struct str rank_why(const struct budget_run *, ptrdiff_t project);

/* "720 votes", "31.5 points" */
struct str rank_support(const struct budget_run *, ptrdiff_t project);

/* ---- rank_places.c ---- */

struct side {
	struct str name;
	int64_t people;
	bool hidden;
	ptrdiff_t *first, *last; /* [n_items] places, from 1 */
};

/* Hides groups under k people; when those hidden are fewer than k together,
 * the smallest of the others too, so that no difference shows them. */
void rank_hide(struct side *, ptrdiff_t n, int64_t k);

/* Places by falling value: equal values share all the places they take. */
void rank_places(
    struct arena *, const double *value, ptrdiff_t n, struct side *out);

/* ---- rank_words.c ---- */

/* Adds a cell of `width` code points and two spaces: cut with an ellipsis, to
 * the left, or with a width below 0 to the right. */
void rank_cell(struct buf *, struct str, int width);

/* Adds text of the file and the end of the line, without spaces before it. */
void rank_line(struct buf *, struct str);

/* "3", "3-17" */
struct str rank_place(struct arena *, ptrdiff_t first, ptrdiff_t last);

/* Whole units for people: "12.345,50". */
struct str rank_money(struct arena *, enum lang, int64_t units, int64_t unit);
/* `x` with so many decimals, for people; "-" for NAN. */
struct str rank_decimal(struct arena *, enum lang, double x, int decimals);

/* JSON: exactly `units` / `unit` (a power of ten); the shortest that reads back
 * as `x`, null for NAN; `"name":` with a comma before it but for the first. */
void rank_json_units(struct buf *, int64_t units, int64_t unit);
void rank_json_double(struct buf *, double x);
void rank_json_key(struct buf *, const char *name);
/* The ids of `n` items. */
void rank_json_ids(
    struct buf *, const struct str *id, const ptrdiff_t *item, ptrdiff_t n);

#endif
