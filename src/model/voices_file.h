/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_VOICES_FILE_H
#define MODEL_VOICES_FILE_H

#include "base/csvread.h"
#include "model/people_file.h"

/* voices_file.h - what people said out of a CSV file, a row at a time: our own
 * export, Talk to the City, Polis comments, the ideas of Go Vocal, the
 * proposals of Decidim.
 *
 *	voices_reader_open(&f, arena, text);
 *	while (voices_reader_next(&f, scratch, &row))
 *		use(&row);
 *	if (f.n_faults > 0)
 *		refuse(&f);
 *
 * Which column holds what is known by its name in the first line, or said: a
 * letter of VOICES_LETTERS for each column, '-' for one that is passed over.  Of several
 * that could hold the same ("body/da", "body/en") the one that the table names
 * first is taken.  A column that holds nothing of ours is passed over, and
 * listed, so that nothing is lost unseen.  What was taken back over there, and
 * a row without a word, is passed over and counted.
 *
 * Pure and linear; text in UTF-8 (people_text()).  Of a file only its columns
 * and faults are kept, on the first arena; a row lies in the text or on the
 * row's arena, which may be reset between two calls.  A CPR number is looked
 * for in every cell but in columns of times and counts.
 * Tests: tests/model/voices_file.c, tests/fuzz/voices_file.c
 */
enum voices_field {
	VOICES_TEXT,
	VOICES_TITLE, /* stands before the text */
	VOICES_ID,
	VOICES_KIND,
	VOICES_GROUP, /* as it is written, as the two below */
	VOICES_ACTIVITY,
	VOICES_ALIAS,
	VOICES_MONTH, /* 2026-05, or what begins so */
	VOICES_STATE, /* says that it was taken back, or moderated away */
	VOICES_FIELDS,
	VOICES_OTHER = VOICES_FIELDS, /* passed over */
	VOICES_NUMBERS, /* passed over: times, counts, places */
};

enum {
	VOICES_BYTES = 64 * 1024 * 1024,
	VOICES_ROWS = 100000,
	VOICES_FAULTS = 100, /* told at most */
	VOICES_COLUMNS = 512
};

struct voices_column {
	struct str name;
	enum voices_field field;
};

struct voices_row {
	struct str id, words, kind, group; /* kind: a key, or "" */
	struct str activity, alias;
	int64_t at_us; /* the month it was said in; 0: it does not say */
	struct file_place group_at, activity_at;
	int64_t line;
};

struct voices_fault {
	struct file_place at;
	const char *message; /* msgid */
	struct str argument; /* its %1 */
};

struct voices_reader {
	struct voices_column *columns;
	ptrdiff_t n_columns;
	bool ours; /* made by our own export */
	int64_t rows; /* given so far */
	int64_t blank, taken_back; /* passed over */
	struct voices_fault *faults;
	ptrdiff_t n_faults;

	/* inside */
	bool more;
	struct arena *arena;
	struct csv_reader csv;
	ptrdiff_t at[VOICES_FIELDS]; /* the column of each; -1: none */
	struct str *field;
	ptrdiff_t *start, cap;
};

void voices_reader_open(
    struct voices_reader *, struct arena *, struct str text);

/* Of each field the letter, in the order of enum voices_field. */
#define VOICES_LETTERS "txikgapms"
/* Such a text for no more than VOICES_COLUMNS columns, or "". */
bool voices_columns_valid(struct str columns);
/* `columns`: as above; "" by the names. */
void voices_reader_as(struct voices_reader *, struct arena *, struct str text,
    struct str columns);

/* False at the end, or when no more is worth reading. */
bool voices_reader_next(
    struct voices_reader *, struct arena *, struct voices_row *) MUST_USE;

/* Notes a fault; the ones past VOICES_FAULTS are dropped. */
void voices_fault(struct voices_reader *, struct file_place,
    const char *message, struct str argument);

#endif
