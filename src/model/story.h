/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_STORY_H
#define MODEL_STORY_H

#include "model/quote.h"
#include "model/rules.h"

/* story.h - a story that is told on, with people's own words (S54).
 *
 * The record (KIND_STORY) holds what the network says; the words of people are
 * read from their contributions each time it is shown or given out, and only
 * those that may go to its readers at that moment (model/quote.h).  One that
 * may not stops the file and is named (R11); it is taken off, or the person is
 * asked.  What is taken back is gone from the story in the same write.
 * Memory: the caller's arena.  Tests: tests/model/story.c
 */
enum { STORY_VOICES = 30, STORY_LEAD = 600 };

extern const struct choice story_readers[]; /* "1" .. "3": enum scope */

struct story_voice {
	struct id contribution;
	int64_t number; /* from 1 */
	struct str lead;
	const struct quote *quote; /* NULL: held back, or not for `who` */
	bool held; /* it may not go to the readers */
};

struct story {
	struct record record;
	enum scope readers;
	struct story_voice voice[STORY_VOICES]; /* by number */
	ptrdiff_t n;
	ptrdiff_t held_back, unread; /* of them; those are not for `who` */
};

enum scope story_readers_of(const struct record *);
/* It is for everybody, and somebody said that it is done. */
bool story_is_for_page(const struct record *);

enum err story_get(struct db *, struct arena *, const struct actor *, struct id,
    struct story *) MUST_USE;

/* At the end; twice is once, with the new lead.  Needs CAP_EDIT.  ERR_INVALID:
 * the lead is too long or has a CPR number, there are STORY_VOICES already, or
 * the words may not go to its readers. */
enum err story_add(struct db *, struct arena *, const struct actor *,
    const struct story *, const struct story_voice *) MUST_USE;
enum err story_drop(struct db *, struct arena *, const struct actor *,
    const struct story *, struct id contribution) MUST_USE;

/* R11: it has words, and none of them is held back or not for `who`. */
bool story_may_leave(const struct story *);
/* A hit for each that is held back. */
void story_rules(struct rules *, const struct story *);

/* Words that are taken back: for those who empty a contribution. */
enum err story_forget(
    struct db *, const struct actor *, struct id contribution) MUST_USE;

#endif
