/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MEDIA_H
#define MODEL_MEDIA_H

#include "model/actor.h"
#include "model/media_file.h"

/* media.h - pictures, sound, film and papers of a contribution.
 *
 *	coming -> raw -> clean <-> shown
 *	   +-------+--> refused
 *
 * It comes in pieces (media_piece()), each on disk before it is said to be
 * here, so that a weak line goes on where it broke off.  What it is stands in
 * its first bytes, not in its name.  When it is whole a job (jobs/media.h)
 * checks it and makes a picture anew without anything a camera wrote beside
 * it, sound and film likewise; nothing else of them is kept.  Documents stay
 * raw: they are kept, sealed, and given out to nobody, since nothing takes
 * from them yet what they tell beside what is read.
 *
 * It may be shown only with a text alternative or transcript, and once it is
 * settled that nobody who is seen or heard in it minds.
 *
 * Who may: with CAP_PEOPLE all is read, with CAP_ASK all is changed.  Who noted
 * a contribution (CAP_AGENDA) does both with its media; who else may read its
 * words is given what is shown.  Several servers on one database
 * need one data folder for this.  Memory: the caller's arena.
 * Tests: tests/model/media.c
 */
enum {
	MEDIA_BYTES = 500 * 1024 * 1024,
	MEDIA_NAME = 200,
	MEDIA_WORDS = 20000,
	MEDIA_A_CONTRIBUTION = 50,
};
#define MEDIA_COMING_US (24 * HOUR_US) /* half ones are kept so long */

struct media {
	struct id id, contribution, account;
	int64_t created_us, changed_us;
	struct str state, kind, type, fault;
	struct str name, words;
	struct str faces; /* unasked, no, yes */
	int64_t size, got, thumb_size;
	int64_t width, height;
	struct hash hash, file, thumb;
	struct key key;
};

struct media_list {
	struct media *list; /* the oldest first */
	ptrdiff_t n;
};

/* What first bytes are; false: nothing that is taken. */
struct media_sort {
	struct str kind, type;
};
bool media_sort_of(struct str first, struct media_sort *) MUST_USE;

/* Whether `who` may add to and change the media of this contribution.
 * ERR_NOT_FOUND: it is not for them, or was taken back; ERR_DENIED. */
enum err media_may_tend(struct db *, struct arena *, const struct actor *,
    struct id contribution) MUST_USE;

/* Announces one: id, contribution, name and size are read.  ERR_INVALID: a
 * name that is too long or holds a CPR number, or no size.  ERR_TOO_LARGE.
 * ERR_LIMITED: the contribution has MEDIA_A_CONTRIBUTION already.  The same id
 * again is not added. */
enum err media_begin(struct db *, struct arena *, const struct actor *,
    const struct media *) MUST_USE;

/* One piece of MEDIA_PIECE bytes (the last: what is left) from `from` on.  One
 * that is here already is no fault.  ERR_CONFLICT: not the next one;
 * ERR_INVALID: not as long as a piece is.  *out tells in all three how much is
 * here.  The first piece may refuse it: then out->state says so.  The last one
 * asks for the job. */
struct media_piece {
	struct id id;
	struct str dir; /* the data folder */
	int64_t from;
	struct str bytes;
};
enum err media_add(struct db *, struct arena *, const struct actor *,
    const struct media_piece *, struct media *out) MUST_USE;

enum err media_get(struct db *, struct arena *, const struct actor *, struct id,
    struct media *) MUST_USE;
enum err media_of(struct db *, struct arena *, const struct actor *,
    struct id contribution, struct media_list *) MUST_USE;

/* Its bytes, or the small copy's; {0} when they may not be read: it is neither
 * clean nor shown. */
struct media_file media_bytes(
    const struct media *, const struct actor *, struct str dir, bool thumb);
/* The same whatever its state: for the job. */
struct media_file media_kept(
    const struct media *, const struct actor *, struct str dir);

/* ERR_INVALID: too long, a CPR number in it, or no such answer.  What is shown
 * without words or with faces not settled goes back to clean. */
struct media_say {
	struct id id;
	struct str words, faces;
};
enum err media_describe(struct db *, struct arena *, const struct actor *,
    const struct media_say *) MUST_USE;

/* ERR_CONFLICT: it is not clean, or has no words, or faces are not settled. */
enum err media_show(struct db *, struct arena *, const struct actor *,
    struct id, bool shown) MUST_USE;

/* File and row.  The file goes first: what is interrupted is done again. */
enum err media_erase(struct db *, struct arena *, const struct actor *,
    struct id, struct str dir) MUST_USE;
enum err media_erase_of(struct db *, struct arena *, const struct actor *,
    struct id contribution, struct str dir) MUST_USE;

/* ---- for the job and what comes by the clock ---- */

/* What was made anew: kind, type, size, hash, file, thumb, thumb_size, width
 * and height of `made`. */
enum err media_cleaned(struct db *, struct arena *, const struct actor *,
    const struct media *made) MUST_USE;
/* Its bytes are dropped; the row says why: its `fault`. */
enum err media_refuse(struct db *, struct arena *, const struct actor *,
    const struct media *, struct str dir) MUST_USE;

/* The job that looks at one that is whole. */
enum err media_ask(struct db *, const struct actor *, struct id) MUST_USE;

/* Its key, name and words as they lie in its row, and back; `id` and (but for
 * the first two) `key` are read.  False: for another key, or damaged. */
struct str media_key_box(
    struct arena *, const struct actor *, const struct media *);
bool media_key_open(struct arena *, const struct actor *, struct str box,
    struct media *) MUST_USE;
struct str media_words_box(struct arena *, const struct actor *,
    const struct media *, struct str plain);
bool media_words_open(struct arena *, const struct actor *,
    const struct media *, struct str *box) MUST_USE;

/* What lies half uploaded for MEDIA_COMING_US, and files of no row: each call
 * looks at a sixteenth of those, another one each hour. */
enum err media_sweep(struct db *, struct arena *, const struct actor *program,
    struct str dir) MUST_USE;

#endif
