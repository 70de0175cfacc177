/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_BREACH_H
#define MODEL_BREACH_H

#include "model/person.h"

/* breach.h - after a breach: who could reach what in a network in some days,
 * and who did (GDPR art. 33: within 72 hours).
 *
 * Could: the roles of those who are members, with what each opens; and how many
 * people and voices lie there.  Did: what the access log has of people looked
 * at, the files that went out, and what the audit chain has of each account.
 * What a reading left no trace of (a page of the plan) is not told.  Somebody
 * who was a member and is no more is known by what they did alone.
 * Needs CAP_ACCESS.  Tests: tests/model/breach.c
 */
enum { BREACH_ROWS = 1000 };

struct breach_wish {
	struct id account; /* not set: everybody */
	int64_t from_us, to_us; /* from the first to before the second */
};

struct breach_member {
	struct id account;
	enum member_role role;
	int64_t since_us;
	unsigned caps; /* of the role */
};

struct breach_look {
	struct id account;
	int64_t at_us, number, count; /* number: of the person, 0: several */
	struct str what, reason;
};

struct breach_act {
	struct id account;
	struct str action;
	int64_t times, first_us, last_us;
};

struct breach_file {
	struct id account;
	int64_t at_us, rows, scope;
	struct str format;
};

struct breach {
	struct breach_member *member;
	struct breach_look *look;
	struct breach_act *act;
	struct breach_file *file;
	ptrdiff_t n_members, n_looks, n_acts, n_files;
	bool more_looks, more_files; /* there are more than BREACH_ROWS */
	int64_t people, contacts, protected_people, voices; /* as of now */
	int64_t looked_at; /* different people in the rows of `look` */
};

enum err breach_look(struct db *, struct arena *, const struct actor *,
    const struct breach_wish *, struct breach *) MUST_USE;

#endif
