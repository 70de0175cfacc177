/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include "base/envelope.h"
#include "model/contribution.h"

/* field.h - what is noted on a phone where there is no line, and sent when
 * there is one again (doc/decisions/0015).
 *
 * A day has a pair of keys.  The phone gets the point alone and closes each
 * part of what it holds at once, so that nobody reads it there; here it is
 * opened, once it is whole.  What the ordinary form would send back with a
 * fault becomes a draft that only its sender sees, to be put right.
 *
 *	coming -> received
 *	   |  `--> draft -> received
 *	   `------> dropped (taken back, or it does not open)
 *
 * The phone makes the id of an item: the same again is the same item.  An item
 * is its sender's alone; to anybody else it is not there.  All need
 * CAP_AGENDA, sound and photos CAP_ASK.  Memory: the caller's arena.
 * Tests: tests/model/field.c
 */
enum {
	FIELD_HOURS = 72, /* the longest day */
	FIELD_PART = 262144, /* bytes of a part, sealed */
	FIELD_PARTS = 20000, /* of an item */
	FIELD_WORDS = 65536, /* bytes of what a form holds */
	FIELD_DAYS = 20, /* that one may have open */
};
/* So long after its end a day's key is kept for phones that were off. */
#define FIELD_GRACE_US (14 * DAY_US)
/* So long a draft waits for its sender, and it is known what came. */
#define FIELD_KEPT_US (60 * DAY_US)

struct field_day {
	struct id id, account, activity, group;
	int64_t made_us, ends_us, closed_us;
	struct envelope_pair pair; /* secret: "" once it is closed */
};

struct field_days {
	struct field_day *list; /* one's own open ones, the oldest first */
	ptrdiff_t n;
};

/* Makes a day of `hours` (1 .. FIELD_HOURS) with its keys; id, activity, group
 * are read.  The same id again is one.  ERR_INVALID: no such activity or
 * group, or no such length.  ERR_LIMITED: FIELD_DAYS are open. */
enum err field_day_begin(struct db *, struct arena *, const struct actor *,
    const struct field_day *, int64_t hours) MUST_USE;
enum err field_days(struct db *, struct arena *, const struct actor *,
    struct field_days *) MUST_USE;
enum err field_day_get(struct db *, struct arena *, const struct actor *,
    struct id, struct field_day *) MUST_USE;
/* Everything is in: the key is destroyed, and what did not come is lost. */
enum err field_day_end(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

struct field_item {
	struct id id, day, account, voice, person;
	int64_t came_us;
	struct str kind; /* voice, sound, photo */
	struct str state, allows;
	struct str words; /* of a draft */
	int64_t parts; /* as the phone counts them; not stored */
};

/* A part as it comes.  `of`: the voice's item, for sound and photos. */
struct field_part {
	struct id id, day, of;
	struct str kind, box;
	int64_t nr;
};
/* One that is here is no fault, nor is one of an item that has left `coming`.
 * ERR_NOT_FOUND: no such day, or another's item.  ERR_CONFLICT: what it
 * belongs to has not come.  ERR_INVALID, ERR_TOO_LARGE: no such part. */
enum err field_put(struct db *, struct arena *, const struct actor *,
    const struct field_part *) MUST_USE;

/* One's own; ERR_NOT_FOUND. */
enum err field_get(struct db *, struct arena *, const struct actor *, struct id,
    struct field_item *) MUST_USE;

/* What the item->parts of a voice hold.  ERR_CONFLICT: not all are here.
 * ERR_INVALID: it does not open, or the day is closed. */
enum err field_open(struct db *, struct arena *, const struct actor *,
    const struct field_item *, struct str *words) MUST_USE;

/* It left `coming`: item->state, voice, person, allows and words are read.
 * The parts go. */
enum err field_settle(struct db *, struct arena *, const struct actor *,
    const struct field_item *) MUST_USE;

/* Hands sound or a photo on to model/media.h, some megabytes a call.
 * ERR_CONFLICT, ERR_INVALID as field_open(); ERR_DENIED: the person did not
 * say yes to it.  *whole: it is all there, and settled. */
struct field_media {
	struct field_item item;
	struct str dir; /* the data folder */
	struct str name; /* that it gets */
	bool whole;
};
enum err field_hand_on(struct db *, struct arena *, const struct actor *,
    struct field_media *) MUST_USE;

/* ---- drafts ---- */

struct field_drafts {
	struct field_item *list; /* one's own, as they came */
	ptrdiff_t n;
};
enum err field_drafts(struct db *, struct arena *, const struct actor *,
    struct field_drafts *) MUST_USE;
/* One's own, by the contribution it is to be. */
enum err field_draft_of(struct db *, struct arena *, const struct actor *,
    struct id voice, struct field_item *) MUST_USE;

/* ---- by the clock ---- */

/* Keys whose time is over are destroyed, and what lay sealed with them goes;
 * drafts and traces after FIELD_KEPT_US. */
enum err field_sweep(
    struct db *, struct arena *, const struct actor *program) MUST_USE;

/* ---- boxes ---- */

/* As a day's secret and a draft's words lie in the row with this id, and back:
 * "" stays "", ERR_INTERNAL: for another key, or damaged. */
struct str field_box(
    struct arena *, const struct actor *, struct id, struct str plain);
enum err field_unbox(
    struct arena *, const struct actor *, struct id, struct str *) MUST_USE;

#endif
