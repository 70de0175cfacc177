/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ROUND_H
#define MODEL_ROUND_H

#include "model/record.h"

/* round.h - a round of priorities: a question, its options, and when one votes.
 *
 *	draft -> open -> closed
 *
 * The question, the method and the options are as they were once it opens.  It
 * takes votes while it is open and the server's day is within its dates; a
 * round that has closed stays so, whatever the clock says later.  Ballots are
 * model/ballot.h's, those on paper model/paper.h's, what came of them
 * model/tally.h's.
 *
 * Closing counts who voted (table `turnout`), gives each ballot a random number
 * for its voter's hash, so that nobody can find a voter any more, and writes a
 * hash of all ballots and options into the audit chain (round_verify()).
 * Memory: the caller's arena.  Tests: tests/model/round.c
 */
enum { ROUND_OPTIONS = 100, ROUND_TITLE = 160, ROUND_ABOUT = 600 };

enum round_method {
	ROUND_APPROVAL, /* as many as one likes, or `most` */
	ROUND_BUDGET, /* the same, of what has a price: Equal Shares */
	ROUND_POINTS,
	ROUND_PAIRWISE, /* two at a time */
	ROUND_STARS, /* 1 to 5 in words, each option */
	ROUND_VALUE, /* value and feasibility: staff alone */
	ROUND_METHODS
};
extern const struct choice round_methods[]; /* their keys, in that order */

enum round_state { ROUND_DRAFT, ROUND_OPEN, ROUND_CLOSED };

/* Never added up. */
enum round_side { SIDE_CITIZENS, SIDE_NETWORK, SIDE_LEADERSHIP, ROUND_SIDES };
struct str round_side_key(enum round_side); /* "citizens" */
const char *round_side_label(enum round_side); /* msgid */
bool round_side_parse(struct str, enum round_side *) MUST_USE;

struct round_option {
	int64_t number; /* from 1 */
	struct str title, about;
	int64_t cost; /* kroner */
	struct id idea; /* not set: it is the round's own */
	bool theirs; /* the title is read from a citizen's idea each time */
};

struct round {
	struct record record;
	enum round_method method;
	enum round_state state;
	int64_t budget, points, most;
	bool shows_leadership; /* also when they are few */
	struct round_option *option; /* [n_options] by number */
	ptrdiff_t n_options;
};

/* Whether the round has prices. */
bool round_has_costs(const struct round *);
/* Whether votes are taken at that time. */
bool round_takes(const struct round *, int64_t now_us);
/* Whether its last day is over. */
bool round_is_over(const struct round *, int64_t now_us);
/* The option of that number, or NULL. */
const struct round_option *round_option(const struct round *, int64_t number);

enum err round_get(struct db *, struct arena *, const struct actor *, struct id,
    struct round *) MUST_USE;

struct rounds {
	struct round *list; /* the newest first, without their options */
	ptrdiff_t n;
};
enum err round_list(struct db *, struct arena *, const struct actor *,
    struct rounds *) MUST_USE;

/* ---- options ---- */

struct round_options {
	struct round_option *list;
	ptrdiff_t n;
};

/* What is wrong with options to be added; row counts from 1. */
struct round_fault {
	const char *message; /* msgid, NULL: nothing */
	int64_t row;
};

/* Reads "title; price; more about it", a line each, into options without
 * numbers.  False: `fault` says why not. */
bool round_options_read(struct arena *, const struct round *, struct str text,
    struct round_options *, struct round_fault *) MUST_USE;

/* Adds options behind those there are.  Needs CAP_EDIT.  A title that is there
 * already is not added again.  ERR_CONFLICT: it is no draft; ERR_TOO_LARGE:
 * more than ROUND_OPTIONS. */
enum err round_options_add(struct db *, struct arena *, const struct actor *,
    const struct round *, const struct round_options *) MUST_USE;
/* The same from titles alone, one a line, e.g. of ideas.  ERR_INVALID: what
 * round_options_read() says of them. */
enum err round_options_titles(struct db *, struct arena *, const struct actor *,
    const struct round *, struct str titles) MUST_USE;
/* Those behind it move up. */
enum err round_option_drop(struct db *, struct arena *, const struct actor *,
    const struct round *, int64_t number) MUST_USE;

/* "12.000" and "12 000 kr" are how people write it; nothing is 0. */
bool round_cost_read(struct arena *, struct str text, int64_t *cost) MUST_USE;

/* ---- options that are ideas (model/round_ideas.c) ----
 *
 * What the network calls an idea is copied, and stays as it was when the round
 * opened.  A citizen's own words are not: such an option is called what its
 * idea is called to citizens now, so that words that are taken back are gone
 * here as well. */

struct ideas; /* model/idea.h */

/* Those that citizens see, that are gone on with and are no option yet. */
enum err round_ideas(struct db *, struct arena *, const struct actor *,
    const struct round *, struct ideas *) MUST_USE;

struct round_pick {
	struct id idea;
	int64_t cost;
};
struct round_picks {
	struct round_pick *list;
	ptrdiff_t n;
};
/* Twice is once.  ERR_INVALID: one that is not in round_ideas() any more; the
 * rest as round_options_add(). */
enum err round_options_ideas(struct db *, struct arena *, const struct actor *,
    const struct round *, const struct round_picks *) MUST_USE;

/* What round_get() fills in. */
enum err round_idea_titles(
    struct db *, struct arena *, const struct actor *, struct round *) MUST_USE;
/* After it: a citizen's words go no further than to whom they were meant for;
 * those that are not for everybody are an idea from a citizen. */
enum err round_titles_for_all(
    struct db *, struct arena *, const struct actor *, struct round *) MUST_USE;

/* ---- its state ---- */

/* NULL: it may be opened; else a msgid that says what is missing. */
const char *round_missing(const struct round *, int64_t now_us);

/* ERR_CONFLICT: round_missing(), or it is no draft.  Needs CAP_EDIT. */
enum err round_begin(
    struct db *, struct arena *, const struct actor *, struct round *) MUST_USE;
/* ERR_CONFLICT: it is not open. */
enum err round_close(
    struct db *, struct arena *, const struct actor *, struct round *) MUST_USE;
/* Closes it when its last day is over. */
enum err round_settle(
    struct db *, struct arena *, const struct actor *, struct round *) MUST_USE;
/* The same for all open rounds of an organisation, by the clock. */
enum err round_sweep(
    struct db *, struct arena *, const struct actor *program) MUST_USE;

/* ---- turnout ---- */

struct turnout {
	enum round_side side;
	/* A target group's id as text, "" of none, "paper", or "other": who is
	 * on no list any more. */
	struct str part;
	int64_t invited, could, voted;
};
struct turnouts {
	struct turnout *list;
	ptrdiff_t n;
};

/* As counted when it closed; of an open one as it stands. */
enum err round_turnout(struct db *, struct arena *, const struct actor *,
    const struct round *, struct turnouts *) MUST_USE;

#endif
