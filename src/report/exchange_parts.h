/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_EXCHANGE_PARTS_H
#define REPORT_EXCHANGE_PARTS_H

#include "report/csv.h"
#include "report/exchange.h"
#include "report/zipper.h"

/* exchange_parts.h - what the two files of exchange.h share. */

/* A vote's place among those that go out: the first of the hour, of the
 * person, as it came. */
struct cast {
	int32_t hour, person, nth;
};

struct out {
	struct arena *arena;
	struct db *db;
	const struct actor *who;
	const struct exchange_ask *ask;
	struct room *room;
	struct zipper *zip;
	bool open; /* its data are public already */
	int32_t *drawn; /* [rows]: the number they have in this file */
	int32_t *row; /* [rows]: who has that number */
	const struct statement **statement; /* [columns], NULL: gone */
	int64_t *wrote; /* [rows]: how many statements */
	ptrdiff_t authors;
};

/* The row of a voter; they are in order.  -1: has none. */
ptrdiff_t exchange_row(const struct out *, int64_t voter);

/* ---- exchange_votes.c ---- */

/* Every vote, in an order that tells no more than it may. */
enum err exchange_votes(struct out *) MUST_USE;

/* ---- exchange_tables.c ---- */

/* Each into a part of the zip. */
enum err exchange_summary(const struct out *) MUST_USE;
enum err exchange_comments(const struct out *) MUST_USE;
enum err exchange_people(const struct out *) MUST_USE;
enum err exchange_groups(const struct out *) MUST_USE;

/* ---- cells ---- */

struct csv exchange_table(const struct out *, const char *name);
void exchange_heads(struct csv *, const char *const *names);
int64_t exchange_time(const struct out *, int64_t at_us);
/* When, in the two ways that Polis writes it. */
void exchange_stamp(const struct out *, struct csv *, int64_t at_us);
void exchange_datetime(const struct out *, struct csv *, int64_t at_us);

#endif
