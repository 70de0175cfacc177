/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MEASURE_FILE_H
#define MODEL_MEASURE_FILE_H

#include "model/measure.h"

/* measure_file.h - answers to a measurement out of a table (CSV), in either of
 * two forms:
 *
 *	kode;runde;spørgsmål;svar	a line an answer, as measured_csv() writes
 *	kode;runde;QUESTION;QUESTION	a line a person, a column a question
 *
 * Headings may be English (code, round, question, answer), in any order, with
 * other columns between; what is called something else is said in `columns`.  A
 * question is its wording in either language, its key in the bank or its
 * number; a round is før or efter (before, after), or its number, and the
 * first, or the one that is open, where there is no such column.  An answer is 1
 * to 5, "ved ikke" (don't know) or nothing.  In a retrospective measurement før
 * is how it was then and efter how it is now.
 *
 * A file is taken as a whole or not at all.  Texts lie in the file or on the
 * caller's arena.  Tests: tests/model/measure_file.c, tests/fuzz/measure_file.c
 */
enum {
	MEASURE_FILE_BYTES = 4 * 1024 * 1024,
	MEASURE_FILE_REPLIES = 10000,
	MEASURE_FILE_ROUNDS = 12,
};

struct measure_columns {
	struct str code, round, item, answer; /* "": as above */
};

/* What one person answered in one round. */
struct measure_entry {
	struct str code;
	int64_t round; /* 0: the file says none */
	int64_t line, column; /* where the code stood first */
	struct measure_reply reply;
};

struct measure_file {
	struct measure_entry *list;
	ptrdiff_t n;
	/* Why not: a msgid and where, 0 of the whole; NULL: it is in order. */
	const char *fault;
	int64_t line, column;
};

/* False: `fault` says what should have stood there. */
bool measure_file_read(struct arena *, const struct measure *, struct str text,
    const struct measure_columns *, struct measure_file *) MUST_USE;

/* Into the round that is open; a draft gets its rounds from the file, closed.
 * The same file once more changes nothing.  Needs CAP_EDIT.  ERR_CONFLICT: it
 * has begun and no round is open, or has no questions; ERR_INVALID: `fault`,
 * and nothing was written. */
enum err measure_file_take(struct db *, struct arena *, const struct actor *,
    struct measure *, struct measure_file *) MUST_USE;

#endif
