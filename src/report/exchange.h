/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_EXCHANGE_H
#define REPORT_EXCHANGE_H

#include "report/room.h"

/* exchange.h - a dialogue as others read it: the five tables of Polis in one
 * of its three generations, and a README of every column, as a zip.
 *
 * Each vote is a row, so: people have numbers that are drawn anew each time,
 * times are whole hours and no author is named, unless all votes came as data
 * that are public already.  The words of statements that wait, are turned down
 * or gone are never in it; what was voted on keeps its number, so that each
 * vote is there.  Groups by statement are hidden under k.
 *
 * The zip is written into a file as it is made.  What stands in memory is the
 * room (report/room.h) and twelve bytes a vote, so a dialogue of 2 million
 * votes takes EXCHANGE_WORK at most.
 * Tests: tests/report/exchange.c
 */
enum polis_kind { POLIS_NOW, POLIS_2024, POLIS_LEGACY, POLIS_KINDS };
extern const struct choice polis_kinds[]; /* their keys, in that order */

enum { EXCHANGE_WORK = 256 * 1024 * 1024 }; /* bytes, of an arena for it */

struct exchange_ask {
	const struct record *dialogue;
	enum polis_kind kind;
	struct str url; /* of the dialogue */
	int32_t k; /* people under which nothing is shown */
	int fd; /* of the file, open for writing; empty */
};

/* In one transaction that reads: what is in the file is of one moment.
 * `size`: bytes of the file.  ERR_UNAVAIL: it cannot be written. */
enum err exchange_export(struct db *, struct arena *, const struct actor *,
    const struct exchange_ask *, int64_t *size) MUST_USE;

#endif
