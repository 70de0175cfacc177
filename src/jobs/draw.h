/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_DRAW_H
#define JOBS_DRAW_H

#include "base/buf.h"
#include "base/csvread.h"
#include "base/secret.h"
#include "engine/chances.h"
#include "engine/lottery.h"

/* draw.h - a fair random selection from two CSV files: what samskab draw and
 * the draw in the browser share.
 *
 *	draw_read_targets(), draw_read_people()   the files
 *	draw_narrow()                             who can be drawn
 *	draw_solve()                              everybody's chance
 *	draw_from_seed()                          the panel
 *	draw_proof(), draw_json(), draw_list()    what is told of it
 *
 * Memory: draw->arena.  Tests: tests/cli/draw.c, tests/jobs/draw.c
 */

/* ---- draw_in.c: people and targets ------------------------------------ */

struct draw_columns { /* of the people file; empty: not asked for */
	struct str id, household, weight;
};

struct draw_in {
	struct quota quota;
	struct str *id; /* [n_people] */
	struct str *feature; /* [n_features] */
	struct str *value; /* [n_values] */
	int32_t *feature_of; /* [n_values] */
	int32_t *lo_flex, *hi_flex; /* [n_values], or NULL */
};

/* Targets in one of three dialects of header:
 *
 *	feature,value,min,max[,min_flex,max_flex]
 *	category,name,min,max[,min_flex,max_flex]
 *	category,feature,min,max
 *
 * Other columns are passed over.  False: csv->expected says what is wrong.
 * Tests: tests/cli/draw.c, tests/jobs/draw.c, tests/fuzz/draw.c */
bool draw_read_targets(struct csv_reader *, struct draw_in *);

/* People: a column a feature (any case), in any order.  Without an id column
 * (--id, or nationbuilder_id, unique_id, id) rows are numbered from 0. */
bool draw_read_people(
    struct csv_reader *, const struct draw_columns *, struct draw_in *);

/* ---- draw_pool.c, draw_solve.c ---------------------------------------- */

enum draw_method {
	DRAW_LEXIMIN,
	DRAW_MAXIMIN,
	DRAW_NASH,
	DRAW_GOLDILOCKS,
	DRAW_LEGACY,
	DRAW_METHODS
};
struct str draw_method_name(enum draw_method);
bool draw_method_parse(struct str, enum draw_method *);

/* What is asked for, and what came of it. */
struct draw;

/* Work that may hang or die.  What it gives comes back on draw->arena. */
typedef enum err draw_work(
    struct draw *, struct arena *, const struct watch *, struct str *out);

struct draw {
	struct arena *arena;
	struct cli *cli; /* of the command that draws; else NULL */
	/* Runs such work within draw->seconds: ERR_UNAVAIL when it did not
	 * end.  The command does so in a child; what is in a sandboxed child
	 * already takes draw_here(). */
	enum err (*apart)(struct draw *, draw_work *, struct str *out);
	struct str fault; /* of what failed, for a terminal */
	struct str people_path, targets_path, seed;
	struct draw_columns columns;
	struct hash people_hash, targets_hash;
	struct draw_in in; /* as the files have it */
	int32_t size;
	enum draw_method asked, method; /* the latter was used */
	int64_t seconds; /* for each method */
	bool panels; /* list them */

	/* Replacements: who stays of an earlier panel, and who left it. */
	struct str *stays, *gone;
	ptrdiff_t n_stays, n_gone;
	/* The quota that is drawn on, and whom each of its people is. */
	struct quota quota;
	int32_t *person; /* [quota.n_people]: a row of `in` */

	struct quota_pool *pool;
	struct chances chances;
	int64_t *weight; /* [chances.n_panels] */
	struct lottery lottery;
	ptrdiff_t drawn; /* which panel */
	int32_t *panel; /* [quota.size]: rows of `in`, rising */
	int32_t *list; /* [LOTTERY_LIST * quota.size], or NULL */
	double list_change;
	struct draw_relaxed *relaxed; /* set when no panel keeps the quotas */
};

struct draw_relaxed {
	bool found, within_flex; /* a change helps */
	int32_t *lo, *hi; /* after it */
	bool *clash_lo, *clash_hi;
};

/* Narrows `in` to those who are not on the panel already, nor gone, nor in the
 * household of one who stays.  False: draw->fault says why not. */
bool draw_narrow(struct draw *) MUST_USE;

/* Where somebody stands in `in`; -1: nowhere. */
ptrdiff_t draw_find(const struct draw_in *, struct str id);

/* The method in its place when the solver does not manage: maximin, then
 * legacy, which needs no solver, then none. */
bool draw_fall_back(enum draw_method *);

/* In this process, given up when the time is over. */
enum err draw_here(struct draw *d, draw_work *work, struct str *out) MUST_USE;

/* Finds chances, falling back where the solver does not manage.
 * ERR_NOT_FOUND: the quotas cannot be kept, and draw->relaxed says more.
 * ERR_UNAVAIL: no panel was found, and not why either. */
enum err draw_solve(struct draw *) MUST_USE;

/* Draws from the seed. */
void draw_from_seed(struct draw *);

/* The chance of row `i` of `in`; -1: it took no part. */
double *draw_chances(const struct draw *);

/* ---- what is told of it ----------------------------------------------- */

struct str draw_json(const struct draw *);
struct str draw_json_relaxed(const struct draw *);
struct str draw_list(const struct draw *);
struct str draw_proof(const struct draw *);
#define DRAW_PROOF_FORM "samskab draw 1"

/* Everybody on the panel: who stays, and who was drawn. */
struct str *draw_whole_panel(const struct draw *, ptrdiff_t *n);

/* The smallest and largest chance as the weights have it: what anybody can
 * work out from a proof. */
void draw_exact_range(const struct draw *, struct str *min, struct str *max);

/* The lowest and highest chance of those who can be drawn. */
void draw_range(const struct draw *, double *low, double *high);

/* How many people of each value are on the whole panel. */
int64_t *draw_reached(const struct draw *);

/* A number that reads back as the same double. */
void draw_number(struct buf *, double);

#endif
