/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CODEBOOK_H
#define MODEL_CODEBOOK_H

#include "model/actor.h"
#include "model/record.h"

/* codebook.h - a network's codes for what people said: a name and what it
 * means, a letter and a colour (never colour alone), one level of codes below
 * others.  A code that is retired stays by what it was used for and is chosen
 * no more; none is deleted.
 *
 * Reading needs CAP_READ, writing CAP_ASK.  Memory: the caller's arena.
 * Tests: tests/model/codebook.c
 */
enum {
	BOOK_MOST = 200,
	BOOK_NAME = 80, /* code points */
	BOOK_MEANING = 1000,
	BOOK_LETTER = 2
};

struct book_code {
	struct id id, parent;
	int64_t rev, place, retired_us;
	struct str name, letter, colour, meaning;
};

struct codebook {
	struct book_code *list; /* in the order of the page: below its parent */
	ptrdiff_t n;
};

/* Keys with a name, ended by {0}; and what a program calls it, "#rrggbb". */
extern const struct choice book_colours[];
struct str book_colour_hex(struct str key);
/* The nearest one; the first for what is no colour. */
struct str book_colour_near(struct str hex);

enum err codebook_get(struct db *, struct arena *, const struct actor *,
    struct codebook *) MUST_USE;
const struct book_code *codebook_find(const struct codebook *, struct id);

struct book_faults { /* msgids, or NULL */
	const char *name, *letter, *colour, *meaning, *parent;
	bool any;
};
void book_check(
    const struct codebook *, const struct book_code *, struct book_faults *);

/* A new one (rev 0), or another version of it; "" for a letter: the first of
 * the name that is free.  The same new id twice is one.  ERR_INVALID:
 * book_check(), or too many; ERR_CONFLICT: somebody else changed it. */
enum err book_save(struct db *, struct arena *, const struct actor *,
    const struct book_code *) MUST_USE;
/* All codes of a file, or none; one that is here already (its id) stays as it
 * is.  ERR_INVALID: a name that is taken, too many, or what book_check() says. */
enum err codebook_import(struct db *, struct arena *, const struct actor *,
    const struct codebook *) MUST_USE;
/* Out of use, or back again. */
enum err book_retire(struct db *, struct arena *, const struct actor *,
    struct id, bool retired) MUST_USE;

#endif
