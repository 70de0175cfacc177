/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_PB_PARTS_H
#define CLI_PB_PARTS_H

#include "cli/pb_in.h"
#include "base/names.h"

/* pb_parts.h - for pb_in.c (META, PROJECTS) and pb_votes.c (VOTES) only. */
#define MILLION ((int64_t)1000 * 1000)

enum meta {
	DESCRIPTION,
	COUNTRY,
	UNIT,
	INSTANCE,
	NUM_PROJECTS,
	NUM_VOTES,
	BUDGET,
	VOTE_TYPE,
	RULE,
	DATE_BEGIN,
	DATE_END,
	CURRENCY,
	MIN_LENGTH,
	MAX_LENGTH,
	MIN_SUM_COST,
	MAX_SUM_COST,
	FULLY_FUNDED,
	META_COUNT,
};

struct meta_value {
	struct str text;
	int64_t number; /* COUNT: as it is; AMOUNT: millionths; -1: none */
	int64_t line, column;
};

/* One entry of a ballot: a project, and what it was given in millionths. */
struct entries {
	int32_t *project;
	int64_t *points; /* NULL: the file has none */
	ptrdiff_t n, cap;
};

struct reading {
	struct arena *arena;
	struct csv_reader r;
	struct pb *pb;
	struct pb_fault *fault;
	struct meta_value meta[META_COUNT];
	struct names project, voter, group, other; /* other: keys of META */
	ptrdiff_t width; /* fields of the section's headings */
	ptrdiff_t cap; /* of projects */
	int64_t *cost; /* [projects] millionths */
	struct entries entries;
	ptrdiff_t *first; /* [voters + 1] */
	ptrdiff_t first_cap;
	int32_t *last; /* [projects] the last ballot that has it, from 1 */
};

/* Both give false. */
bool pb_fault_at_field(struct reading *, ptrdiff_t field, const char *expected);
bool pb_fault_at(
    struct reading *, int64_t line, int64_t column, const char *expected);

/* The reader's own fault, or what was to come before the end; gives false. */
bool pb_fault_end(struct reading *, const char *expected);

/* From the headings of VOTES on. */
bool pb_read_votes(struct reading *, struct str by) MUST_USE;

/* Brings prices and points to whole numbers, and the ballots to projects. */
bool pb_make_election(struct reading *) MUST_USE;

#endif
