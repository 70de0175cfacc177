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
 * The whole file stands in memory: about 150 bytes a vote.
 * Tests: tests/report/exchange.c
 */
enum polis_kind { POLIS_NOW, POLIS_2024, POLIS_LEGACY, POLIS_KINDS };

enum { EXCHANGE_VOTES_MAX = 600 * 1000 }; /* in a file */

struct exchange_ask {
	const struct record *dialogue;
	enum polis_kind kind;
	struct str url; /* of the dialogue */
	int32_t k; /* people under which nothing is shown */
};

/* ERR_TOO_LARGE: more votes than EXCHANGE_VOTES_MAX. */
enum err exchange_export(struct db *, struct arena *, const struct actor *,
    const struct exchange_ask *, struct str *zip) MUST_USE;

#endif
