/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_INDICATORS_H
#define MODEL_INDICATORS_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"

/* indicators.h - numbers that say where a network stands.
 *
 * Pure: facts in, a number out.  catalogue/indicators.json has what each says,
 * its formula, its inputs and what it cannot say, in the words that stand
 * beside it; the two must say the same.
 * Tests: tests/model/indicators.c, by cases worked out by hand.
 */

/* `part` of `whole`; of 0 there is no share. */
struct share {
	int part, whole;
};

/* ---- E1: coverage ---- */

/* An activity that was held: ids of its target groups with a blank between
 * them, and its phase's id. */
struct held {
	struct str groups, phase;
};

struct coverage {
	const struct str *group; /* ids of those that were chosen */
	ptrdiff_t n_groups;
	const struct held *held;
	ptrdiff_t n_held;
};

/* How many of the chosen groups were in at least one of them; with a `phase`,
 * in one of that phase. */
struct share indicator_coverage(const struct coverage *, struct str phase);

/* ---- E4: influence, E5: the promise ---- */

struct influence {
	struct str promise; /* a key of catalogue/promises.json, or "" */
	int taken; /* decisions */
	int64_t open; /* voices in their scope of which nothing is said */
	int64_t graded, moved; /* of the others: that changed or shaped it */
	const int64_t *wait_us; /* of each answered voice, until the answer */
	ptrdiff_t n_waits;
};

/* Those that changed a decision or helped to shape it. */
struct share indicator_influence(const struct influence *);
/* The middle one of the waits, in whole days; < 0: nobody was answered. */
int64_t indicator_wait(struct arena *, const struct influence *);

enum promise_kept {
	PROMISE_NONE,
	PROMISE_TOO_EARLY,
	PROMISE_KEPT,
	PROMISE_BROKEN
};
/* To inform is kept by any decision; to consult, when something is said of each
 * voice; to involve and above, when some of them moved a decision as well. */
enum promise_kept indicator_promise(const struct influence *);

/* ---- E6: the risk of sham ---- */

enum sham_part {
	SHAM_DECIDED, /* the decision was due before anybody was heard */
	SHAM_NO_ROOM, /* no room for influence is written */
	SHAM_NO_QUESTION, /* there is nothing to answer */
	SHAM_NO_DATE, /* nobody was told when they hear from us */
	SHAM_LATE, /* nobody was heard, and most phases are past */
	SHAM_PARTS
};

int sham_weight(enum sham_part); /* together 100 */
const char *sham_label(enum sham_part); /* msgid */

struct sham_facts {
	struct date today;
	struct str decided; /* YYYY-MM-DD, "" not set */
	struct str first_held; /* day of the first held activity, or "" */
	bool held; /* there was one, with or without a day */
	bool room; /* room for influence is written */
	int questions; /* open and answered ones */
	bool answer_date; /* somebody was told one, or has had their answer */
	int phase, phases; /* the phase it is in, from 0; -1: in none */
};

struct sham {
	bool is[SHAM_PARTS];
	int risk; /* 0..100: the weights of those that are */
};

struct sham indicator_sham(const struct sham_facts *);

#endif
