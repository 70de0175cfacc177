/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_OPEN_DATA_H
#define REPORT_OPEN_DATA_H

#include "model/public_page.h"

/* open_data.h - what anybody may have of a network, as tables in a zip with a
 * README of every column (issue: open data; S10, S43).
 *
 * In it is what stands on the page for everybody (model/public_page.h), and the
 * sums of dialogues that anybody could answer and that are over.  Nobody's own
 * votes or answers are: counts of fewer than k, and those from which one could
 * be worked out, are empty cells.  Words are those that may go to everybody at
 * that moment; a citizen's name is in it as far as she let it.  What waits, is
 * hidden, turned down or taken back is not.
 *
 * The zip is written into a file as it is made.  Memory: the texts of one table
 * and a row a statement, whatever the number of votes.
 * Tests: tests/report/open_data.c, bench/room.c
 */
enum { OPEN_DATA_WORK = 256 * 1024 * 1024 }; /* bytes, of an arena for it */

struct open_data_ask {
	const struct record *network;
	const struct public_page *page;
	struct str url; /* of the page for everybody */
	struct str org; /* who it is from */
	int64_t k; /* people under which nothing is shown */
	int fd; /* of the file, open for writing; empty */
};

/* Of the network `who` is in; they may be nobody, so the caller has seen that
 * the page is open and its data are given.  `size`: bytes of the file.
 * ERR_UNAVAIL: it cannot be written. */
enum err open_data_write(struct db *, struct arena *, const struct actor *,
    const struct open_data_ask *, int64_t *size) MUST_USE;

/* What stands in the files, column by column: Danish, then English. */
struct str open_data_readme(
    struct arena *, const struct open_data_ask *, struct date day);

#endif
