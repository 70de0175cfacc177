/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CORPS_H
#define MODEL_CORPS_H

#include "model/person.h"

/* corps.h - a corps of volunteers: the tasks it carries, what newcomers are
 * told, what people offer, and what was delivered (S8, S22-S25).
 *
 * A task is tied to the idea, activity, contribution or decision it carries
 * out.  Who carries it pledges (model/pledge.h), and takes shifts within the
 * pledge (model/shift.h).
 * Memory: the caller's arena.  Tests: tests/model/corps.c
 */
enum { CORPS_LINE = 120, CORPS_TEXT = 600, CORPS_TASKS = 1000 };

/* NULL: it may stand there; else a msgid.  `needed`: not empty. */
const char *corps_words_fault(struct str, ptrdiff_t max, bool needed);

/* ---- what newcomers are told ---- */

struct corps {
	int64_t rev; /* 0: nothing is written */
	struct str about, contact;
};
struct corps_faults {
	const char *about, *contact; /* msgid or NULL */
	bool any;
};
enum err corps_get(
    struct db *, struct arena *, const struct actor *, struct corps *) MUST_USE;
/* Needs CAP_EDIT.  ERR_INVALID: *faults says why; ERR_CONFLICT: changed since
 * that revision. */
enum err corps_save(struct db *, struct arena *, const struct actor *,
    const struct corps *, struct corps_faults *) MUST_USE;

/* ---- tasks ---- */

extern const struct choice corps_ties[];

struct corps_task {
	struct id id, tie_id; /* tie_id: not set for a decision that
			      * was taken elsewhere */
	int64_t rev; /* 0: new */
	struct str title, about, needs, contact, secrecy;
	struct str tie, tie_text;
	bool open;
};
struct corps_task_faults {
	const char *title, *about, *needs, *contact, *secrecy, *tie, *tie_text;
	bool any;
};
struct corps_tasks {
	struct corps_task *list; /* open ones first, then by title */
	ptrdiff_t n;
};
enum err corps_tasks(struct db *, struct arena *, const struct actor *,
    struct corps_tasks *) MUST_USE;
enum err corps_task_get(struct db *, struct arena *, const struct actor *,
    struct id, struct corps_task *) MUST_USE;
/* New (rev 0; sent twice, it is one) or changed.  Needs CAP_EDIT.
 * ERR_INVALID: *faults; ERR_CONFLICT: changed since; ERR_TOO_LARGE: there are
 * CORPS_TASKS. */
enum err corps_task_save(struct db *, struct arena *, const struct actor *,
    const struct corps_task *, struct corps_task_faults *) MUST_USE;

/* ---- what people offer, and who fits ---- */

struct corps_offer {
	struct id person;
	struct str knowledge, skills, resources;
};
/* ERR_NOT_FOUND: the person has said nothing of it. */
enum err corps_offer_get(struct db *, struct arena *, const struct actor *,
    struct id person, struct corps_offer *) MUST_USE;
/* By the person, or for them with CAP_ASK.  NULL, or in *fault a msgid. */
enum err corps_offer_save(struct db *, struct arena *, const struct actor *,
    const struct corps_offer *, const char **fault) MUST_USE;

/* Who offers something that a task needs, by the stems of the words. */
struct corps_match {
	struct id person, actor; /* one of them */
	struct str name; /* "K-1842", or the actor's */
	struct str offers;
	int64_t words; /* of the task's needs that they offer */
	bool pledged; /* to this task, and it has not ended */
};
struct corps_matches {
	struct corps_match *list; /* the best first */
	ptrdiff_t n;
};
/* Needs CAP_PEOPLE.  Who has stopped is left out. */
enum err corps_match(struct db *, struct arena *, const struct actor *,
    const struct corps_task *, struct corps_matches *) MUST_USE;

/* ---- what was delivered (S25) ---- */

struct delivery {
	struct id id, task;
	struct str day, what;
	int64_t staff_min;
};
struct delivery_faults {
	const char *day, *what, *hours;
	bool any;
};
struct deliveries {
	struct delivery *list; /* the newest first */
	ptrdiff_t n;
};
/* Of a task, or (not set) of all. */
enum err delivery_list(struct db *, struct arena *, const struct actor *,
    struct id task, struct deliveries *) MUST_USE;
enum err delivery_add(struct db *, struct arena *, const struct actor *,
    const struct delivery *, struct delivery_faults *) MUST_USE;

/* Hours by citizens, as noted after shifts, beside hours by staff. */
struct delivery_share {
	int64_t citizen_min, staff_min, kroner;
	int64_t people; /* citizens whom the minutes are of and who are known */
	bool hidden; /* fewer than k: the first two are then 0 */
};
enum err delivery_share(struct db *, struct arena *, const struct actor *,
    struct id task, struct delivery_share *) MUST_USE;

/* ---- the calendar of a person ---- */

/* A new secret for the address; the old one ends. */
enum err corps_feed_new(struct db *, struct arena *, const struct actor *,
    struct id person, struct str *token) MUST_USE;
enum err corps_feed_end(
    struct db *, const struct actor *, struct id person) MUST_USE;
enum err corps_feed_is(struct db *, struct arena *, const struct actor *,
    struct id person, bool *) MUST_USE;
struct corps_feed {
	struct id network, person;
};
/* Whose it is.  ERR_NOT_FOUND: nobody's. */
enum err corps_feed_find(struct db *, struct arena *, struct id org,
    struct str token, struct corps_feed *) MUST_USE;

/* ---- leaving ---- */

/* They stop: no pledge of theirs holds, and they are on no shift from today
 * on; whoever waits moves up. */
enum err corps_leave(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;
/* What marks mail to this person: its `once` begins with it. */
struct str corps_mails(struct arena *, struct id person);
/* They are erased: the same, and what names them goes.  Hours that were noted
 * stay, of nobody. */
enum err corps_forget(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

#endif
