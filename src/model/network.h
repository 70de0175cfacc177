/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_NETWORK_H
#define MODEL_NETWORK_H

#include "model/record.h"
#include "model/vault.h"

/* network.h - a network as a whole: starting one, who is in it, whose it is.
 * Its name, type and dates are a record of KIND_NETWORK.
 * Tests: tests/model/network.c, tests/model/people.c */

struct network_form {
	struct str name, type, goal, starts, ends;
	struct id leader; /* not set: whoever starts it */
	struct id codriver, sponsor; /* may be unset */
};

/* Starts a network as a draft with the catalogue's phases, and gives the three
 * their roles.  `id` names it, so that a repeated form makes it once.
 * ERR_INVALID: `faults` are those of its KIND_NETWORK record.  ERR_CONFLICT:
 * somebody else's has this id, or one that was changed since. */
enum err network_create(struct db *, struct arena *, const struct actor *,
    struct id id, const struct network_form *, struct record_faults *) MUST_USE;

/* A network as it stands in a list. */
struct network_line {
	struct id id;
	struct str name, type, state, starts, ends;
	unsigned roles; /* 1 << enum member_role: what one is in it */
};

struct network_lines {
	struct network_line *list;
	ptrdiff_t n;
};

/* Those one is a member of, the newest first; with CAP_OVERVIEW all. */
enum err network_mine(struct db *, struct arena *, const struct actor *,
    struct network_lines *) MUST_USE;

struct member {
	struct id account;
	struct str name;
	enum member_role role;
};

struct members {
	struct member *list; /* by role, then as they came */
	ptrdiff_t n;
};

enum err network_members(struct db *, struct arena *, const struct actor *,
    const struct vault_names *, struct members *) MUST_USE;

enum err network_has_member(struct db *, struct arena *, const struct actor *,
    struct id account, bool *yes) MUST_USE;

/* Gives a role.  A new leader takes the place of the old one, who stays as
 * co-driver.  ERR_NOT_FOUND: no such active account.  Needs CAP_MANAGE. */
enum err network_add_member(struct db *, struct arena *, const struct actor *,
    struct id account, enum member_role) MUST_USE;

/* Takes a role away; the leader's only by giving it to another (ERR_DENIED). */
enum err network_drop_member(struct db *, struct arena *, const struct actor *,
    struct id account, enum member_role) MUST_USE;

/* ---- tasks across networks ---- */

struct task_line {
	struct id network, id;
	struct str network_name, title, due;
	struct id owner;
};

struct task_lines {
	struct task_line *list; /* the most urgent first, undated last */
	ptrdiff_t n;
};

/* One's own open tasks in all networks one is in. */
enum err task_mine(struct db *, struct arena *, const struct actor *,
    struct task_lines *) MUST_USE;

/* Open tasks due on or before `until` whose owner wants reminders and was not
 * reminded for that date.  For the job that sends them; any organisation's
 * program actor. */
enum err task_to_remind(struct db *, struct arena *, const struct actor *,
    struct date until, struct task_lines *) MUST_USE;
enum err task_reminded(
    struct db *, const struct actor *, const struct task_line *) MUST_USE;

#endif
