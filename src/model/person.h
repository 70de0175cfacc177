/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include "model/record.h"
#include "model/vault.h"

/* person.h - the people a network asks, each known by a number and an alias.
 *
 * A person is one row a network; name, phone and addresses lie in the vault,
 * sealed, under an entry that is the same in every network of the
 * organisation.  Needs and wishes are those that the person told.
 *
 * Reading contact details leaves a row in `access` in the same transaction, so
 * it is done through a write lane: without the row nothing is shown.
 *
 * What a person told is no part of the plan's history: it is changed in place,
 * and erasing a person leaves their number and nothing else.
 * Memory: the caller's arena.  Tests: tests/model/person.c
 */
struct person {
	struct id id, vault, group; /* vault: not set when none is held */
	int64_t rev, created_us, changed_us;
	int64_t number; /* 1000 .. 9999, more digits when those are taken */
	struct str state; /* PERSON_STATES */
	struct str alias, actor_kind, age, channel, lang, reason, source;
	struct str needs, needs_note; /* keys, a space between */
	int64_t needs_asked_us; /* 0: not asked */
	struct str vulnerable; /* no, maybe, yes; "": as their group */
	struct str big_wish; /* their own wish for a large meeting */
	int64_t big_wish_us;
	struct str guardian; /* how a guardian's yes was given */
	int64_t guardian_us;
	bool protected_address; /* here or in another network */
};

/* What may be chosen; each list is ended by {0}. */
extern const struct choice person_ages[]; /* bands, in years */
extern const struct choice person_channels[];
extern const struct choice person_needs[];
extern const struct choice person_vulnerable[];
extern const struct choice person_states[];
extern const struct choice person_languages[];

/* "K-1842" */
struct str person_code(struct arena *, int64_t number);

struct person_page {
	struct person *list; /* by number */
	ptrdiff_t n;
	int64_t total; /* that fit the filter */
};

struct person_filter {
	struct str state; /* "": any but erased */
	struct id group; /* not set: any */
	int64_t after; /* numbers above this one; 0: from the start */
	int max; /* at most so many; 0: all */
};

/* Needs CAP_PEOPLE; two queries. */
enum err person_list(struct db *, struct arena *, const struct actor *,
    const struct person_filter *, struct person_page *) MUST_USE;
enum err person_get(struct db *, struct arena *, const struct actor *,
    struct id, struct person *) MUST_USE;

/* Adds (rev 0; the id names it, so that a repeated save makes it once) or
 * changes a person; number, state, vault and created_us are not read.
 * Needs CAP_ASK.  ERR_INVALID: person_check() finds a fault.  ERR_CONFLICT:
 * changed since that revision. */
enum err person_save(struct db *, struct arena *, const struct actor *,
    const struct person *) MUST_USE;

/* What is wrong with each of them: a msgid or NULL. */
struct person_faults {
	const char *alias, *actor_kind, *group, *age, *channel, *lang, *reason,
	    *needs, *needs_note, *vulnerable, *big_wish, *guardian;
	bool any;
};

/* The checks that person_save() makes.  Needs are those that were told:
 * without a time when they were asked there are none. */
void person_check(struct db *, struct arena *, const struct actor *,
    const struct person *, struct person_faults *);

/* Any of the states but "erased".  ERR_INVALID: that is none, or a child
 * without a guardian (rule R4) would take part.  To who stopped no mail goes that waits.
 * Needs CAP_ASK. */
enum err person_set_state(struct db *, struct arena *, const struct actor *,
    struct id, struct str state) MUST_USE;

/* Mail to them that has not left goes no more; that of the corps is
 * corps_leave()'s. */
enum err person_halt_mail(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

/* Erases what the network holds of a person: words, needs, answers, codes,
 * what was said with them, and the vault's entry unless they are in another
 * network.  Their number, and that they were asked, stays.  Needs CAP_ASK. */
enum err person_erase(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* ---- contact details ---- */

struct person_contact {
	struct str name, mail, phone, address, guardian;
};

struct person_contact_faults {
	const char *name, *mail; /* msgid or NULL */
	bool any;
};

/* A name, and some way to reach it; a mail address that is one. */
struct person_contact_faults person_contact_check(
    const struct person_contact *);

/* Seals them for the person, in the vault entry of whoever has this mail or
 * phone already (one person in several networks), else in a new one.  What is
 * "" is taken out of their own entry; of one that is shared from now on it
 * stays.  Needs CAP_ASK.  ERR_INVALID: person_contact_check(). */
enum err person_contact_put(struct db *, struct arena *, const struct actor *,
    struct id person, const struct person_contact *) MUST_USE;

/* The same from somebody whom nobody has seen, who may be anybody: an entry
 * that is there is shared only when all they say is known, and never changed. */
enum err person_contact_told(struct db *, struct arena *, const struct actor *,
    struct id person, const struct person_contact *) MUST_USE;

/* Opens them and logs that, with the reason.  Needs CAP_VAULT and a reason
 * without a CPR number (ERR_INVALID).  ERR_NOT_FOUND: none are held. */
enum err person_contact_read(struct db *, struct arena *, const struct actor *,
    struct id person, struct str reason, struct person_contact *) MUST_USE;

/* ---- who looked ---- */

struct access_row {
	int64_t at_us, count;
	struct id account, person; /* person: not set for several */
	struct str what, reason;
	int64_t number; /* of the person */
};

struct access_rows {
	struct access_row *list; /* the newest first */
	ptrdiff_t n;
};

/* Of `what` ("contact", "letters", ...) `count` people, or this one. */
enum err access_add(struct db *, const struct actor *, struct str what,
    struct str reason, struct id person, int64_t count) MUST_USE;

/* That all of a network is taken out, with everybody in it ("network"). */
enum err access_network(struct db *, struct arena *, const struct actor *,
    struct str reason) MUST_USE;

/* Needs CAP_ACCESS; at most `max`. */
enum err access_list(struct db *, struct arena *, const struct actor *, int max,
    struct access_rows *) MUST_USE;

/* ---- how much of their time ---- */

/* One row a time they are asked; `minutes` of an activity. */
enum err asked_add(struct db *, struct arena *, const struct actor *,
    struct id person, struct id activity, int64_t minutes) MUST_USE;

struct burden {
	int64_t times_90_days; /* in every network */
	int64_t minutes_asked, minutes_used; /* in this one */
};

enum err person_burden(struct db *, struct arena *, const struct actor *,
    struct id person, struct burden *) MUST_USE;

#endif
