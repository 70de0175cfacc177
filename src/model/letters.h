/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_LETTERS_H
#define MODEL_LETTERS_H

#include "model/person.h"

/* letters.h - invitations that go on paper, until they are printed.
 *
 * A code is shown when it is made and never again, but a download that broke
 * off must not cost 40 new codes: so the codes of a batch lie sealed for a day,
 * for the one who made them, and are then wiped (letters_sweep).
 * Memory: the caller's arena.  Tests: tests/model/citizen.c
 */
enum { LETTERS_MOST = 200, POST_MOST = 60 /* of Digital Post */ };

struct letter_code {
	struct id person;
	struct str token;
	struct str channel; /* letter, digital_post, sms */
	int64_t reminds_us; /* of what was sent then; 0: it is the first */
};

struct letter_batch {
	struct id id, invitation;
	struct str format; /* own, letters, large, post, sms */
	struct letter_code code[LETTERS_MOST];
	ptrdiff_t n;
};

/* Needs CAP_VAULT. */
enum err letters_keep(struct db *, struct arena *, const struct actor *,
    const struct letter_batch *) MUST_USE;

/* Only for who made it, for a day; else ERR_NOT_FOUND.  Without those who
 * stopped or were erased since, or whose letter was made again.  Needs
 * CAP_VAULT. */
enum err letters_open(struct db *, struct arena *, const struct actor *,
    struct id, struct letter_batch *) MUST_USE;

/* Wipes those of more than a day ago. */
enum err letters_sweep(struct db *, const struct actor *program) MUST_USE;

#endif
