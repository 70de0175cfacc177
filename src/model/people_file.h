/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PEOPLE_FILE_H
#define MODEL_PEOPLE_FILE_H

#include "base/str.h"

/* people_file.h - people out of a file that somebody has: CSV or vCard.
 *
 * CSV: comma, semicolon or tab; the first line names the columns, in Danish or
 * English; an unknown column is a fault, so that nothing is lost unseen.
 * vCard 2.1, 3.0 and 4.0: folded lines, quoted-printable; name, mail, phone,
 * address, nickname (the alias) and note (the reason), the first of each; the
 * rest is passed over.  Text is UTF-8, else it is read as Windows-1252, which
 * Excel writes in Denmark.
 *
 * Pure.  Whatever is wrong is a fault with its place; who has one brings in
 * nobody.  Memory: the caller's arena.
 * Tests: tests/model/people_file.c, tests/fuzz/people_file.c
 */
enum people_field {
	PEOPLE_NAME,
	PEOPLE_MAIL,
	PEOPLE_PHONE,
	PEOPLE_ADDRESS,
	PEOPLE_AGE, /* a key of person_ages; a number of years becomes one */
	PEOPLE_GROUP, /* as it is written */
	PEOPLE_CHANNEL, /* a key of person_channels, or "" */
	PEOPLE_ALIAS,
	PEOPLE_REASON,
	PEOPLE_FIELDS
};

enum { PEOPLE_ROWS = 10000, PEOPLE_FAULTS = 100 /* told at most */ };

struct file_place {
	int64_t line, column; /* from 1, in characters; 0: not in the file */
};

struct people_row {
	struct str value[PEOPLE_FIELDS];
	struct file_place at[PEOPLE_FIELDS];
	int64_t line;
};

struct people_fault {
	struct file_place at;
	const char *message; /* msgid */
	struct str argument; /* its %1 */
};

struct people_file {
	struct people_row *rows;
	ptrdiff_t n, cap;
	struct people_fault *faults;
	ptrdiff_t n_faults;
};

void people_file_read(
    struct arena *, struct str bytes, struct people_file *out);

/* Notes a fault; the ones past PEOPLE_FAULTS are dropped. */
void people_fault(struct arena *, struct people_file *, struct file_place,
    const char *message, struct str argument);

/* Valid UTF-8 as it is, anything else read as Windows-1252. */
struct str people_text(struct arena *, struct str bytes);

#endif
