/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_GROUPS_H
#define REPORT_GROUPS_H

#include "base/buf.h"
#include "base/lang.h"
#include "model/votes_in.h"
#include "engine/marks.h"
#include "engine/opinion.h"
#include "engine/polis.h"

/* groups.h - one result of `samskab groups`, whatever the method, as the table,
 * the JSON, the picture and the page show it.
 *
 * What is hidden is decided once, in groups_view.c, and nowhere else.
 * Tests: tests/cli/groups.c, tests/cli/groups.c
 */
enum { GROUPS_COLUMNS = 4 }; /* agree, disagree, pass, seen */

struct groups_ask {
	bool polis;
	int32_t k; /* no cell of fewer people is shown; 1: all is */
	const int32_t *last; /* names of the last run, or NULL */
};

struct groups_view {
	struct arena *arena;
	enum lang lang;
	struct groups_ask ask;
	struct votes_table table;
	struct statements_in about;
	ptrdiff_t people, statements, n_votes, n_in;

	int k; /* 0: no clear groups */
	enum opinion_reason reason;
	struct opinion opinion; /* of the default method */
	struct polis polis; /* of the other */
	int name[OPINION_GROUPS];
	int32_t *group; /* [people]: 0 .. k - 1, or below 0 */
	double *place; /* [2 * people]: on the map; who is out: 0, 0 */
	double explained[2];
	bool *left_out; /* [statements] */

	int32_t
	    size[OPINION_GROUPS + 1]; /* of groups; last, of who is between */
	bool size_hidden[OPINION_GROUPS + 1];
	bool in_hidden; /* the number of people who are in */
	struct tally *tally; /* [k * statements] */
	struct tally *all; /* [statements]: everybody's votes */
	/* [statements * (k + 1) * 4]: a group's cells, the last row those of
	 * everybody */
	bool *hidden;
	double *consensus, *consensus_against; /* [statements] */
	struct picks mark[OPINION_GROUPS], shared, shared_against;
};

void groups_compute(struct groups_view *);

/* Whether a cell is hidden; g == k: of everybody; column 0 .. 3. */
bool groups_hidden(
    const struct groups_view *, ptrdiff_t statement, int g, int column);
/* Whether anything of a group's votes on a statement is. */
bool groups_row_hidden(const struct groups_view *, ptrdiff_t statement, int g);

/* "A"; "Statement 12" or its text. */
struct str groups_name(const struct groups_view *, int g);
struct str groups_statement(const struct groups_view *, ptrdiff_t j);
/* Why there are no groups, in words. */
struct str groups_why_none(const struct groups_view *);
/* A share in whole per cent, "62 %"; of a hidden cell "-". */
struct str groups_share(
    const struct groups_view *, ptrdiff_t statement, int g, bool agree);
/* A translated text with %1, %2, %3 filled in. */
struct str groups_fill(const struct groups_view *, const char *msgid,
    struct str, struct str, struct str);
struct str groups_count(const struct groups_view *, int64_t);
/* How many people, votes and statements. */
struct str groups_turnout(const struct groups_view *);
struct str groups_percent(const struct groups_view *, double share);

/* The four forms. */
struct str groups_text(struct groups_view *);
struct str groups_json(struct groups_view *);
struct str groups_svg(struct groups_view *);
struct str groups_page(struct groups_view *);
/* participant,group: for --last; row by row, so not for others' eyes. */
struct str groups_members(struct groups_view *);

#endif
