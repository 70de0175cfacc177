/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CITIZEN_WORDS_H
#define MODEL_CITIZEN_WORDS_H

#include "model/citizen.h"
#include "model/contribution.h"
#include "model/media.h"

/* citizen_words.h - what a citizen said, in the citizen's own hands: to see
 * it, add to it, put it in other words, say who may read it, take it back.
 *
 * Everything is of the person whose code it is; another one's is not found.
 * Memory: the caller's arena.  Tests: tests/model/citizen_words.c
 */
enum { CITIZEN_WORDS = 50 };

/* The newest first, without those that were taken back. */
enum err citizen_words(struct db *, struct arena *, const struct citizen *,
    struct contribution_page *) MUST_USE;

struct citizen_word {
	struct id id; /* names it: sent twice, it is one */
	struct str text;
	int64_t scope; /* enum scope; < 0: not chosen */
};

struct citizen_word_faults {
	const char *text, *scope; /* msgids, or NULL */
	bool any;
};
void citizen_word_check(
    const struct citizen_word *, struct citizen_word_faults *);

/* Said on their page.  ERR_INVALID: the check, or (R4) somebody under 15 whose
 * guardian has not said yes. */
enum err citizen_says(struct db *, struct arena *, const struct citizen *,
    const struct citizen_word *) MUST_USE;

/* Other words and other readers for one of theirs; the words are approved with
 * that.  The original stays.  ERR_INVALID: the check. */
enum err citizen_changes(struct db *, struct arena *, const struct citizen *,
    const struct citizen_word *) MUST_USE;

/* No reason is asked; it is gone at once (contribution_withdraw()). */
enum err citizen_takes_back(
    struct db *, struct arena *, const struct citizen *, struct id) MUST_USE;

/* ---- their recordings and pictures ---- */

/* Of one of their contributions, as they may hear and see them. */
enum err citizen_media_of(struct db *, struct arena *, const struct citizen *,
    struct id contribution, struct media_list *) MUST_USE;

/* One of theirs.  ERR_NOT_FOUND: another's, not ready yet, or gone. */
enum err citizen_media(struct db *, struct arena *, const struct citizen *,
    struct id, struct media *) MUST_USE;

/* Yes: it may be used as far as the words may; a receipt is kept with the text
 * that stood there.  ERR_INVALID (R4): somebody under 15 whose guardian has
 * not said yes. */
enum err citizen_media_agrees(struct db *, struct arena *,
    const struct citizen *, struct id, struct str told) MUST_USE;

/* No, today or any later day: it is deleted in this write, its key with it.
 * No reason is asked.  `dir`: the data folder. */
struct citizen_stop {
	struct id id;
	struct str dir;
	struct str told; /* for the receipt */
};
enum err citizen_media_stops(struct db *, struct arena *,
    const struct citizen *, const struct citizen_stop *) MUST_USE;

#endif
