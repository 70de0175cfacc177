/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ACTOR_H
#define MODEL_ACTOR_H

#include "base/lang.h"
#include "db/db.h"
#include "model/keys.h"

/* actor.h - who is asking, in which network, and what they may do there.
 *
 * Every model function that touches an organisation's data takes one.  The
 * web makes it from a session, a command from its own rights; it is never
 * made from what a request says about itself.
 * doc/roles.md has the table.  Tests: tests/model/actor.c,
 * tests/web/matrix.c
 */

/* The roles of the network model, as stored. */
enum member_role {
	ROLE_LEADER, /* netværksleder; exactly one a network */
	ROLE_CODRIVER, /* co-driver */
	ROLE_SPONSOR, /* referenceleder */
	ROLE_CONSULTANT, /* netværkskonsulent */
	ROLE_PARTICIPANT, /* deltager */
	ROLE_DECIDER, /* beslutningstager */
	ROLE_DPO, /* databeskyttelsesrådgiver */
	ROLE_COUNT
};

struct str role_key(enum member_role); /* "leader" */
bool role_parse(struct str key, enum member_role *) MUST_USE;
const char *role_label(enum member_role); /* msgid */
unsigned role_caps(enum member_role); /* what it gives in its network */

/* Capabilities in one network. */
enum {
	CAP_READ = 1 << 0, /* see the network and its plan */
	CAP_EDIT = 1 << 1, /* change the plan */
	CAP_MANAGE = 1 << 2, /* who is a member, its state and dates */
	CAP_AGENDA = 1 << 3, /* write agendas and tasks */
	CAP_PEOPLE = 1 << 4, /* see who is asked, by code and alias */
	CAP_ASK = 1 << 5, /* add and change them, invite */
	CAP_VAULT = 1 << 6, /* their contact details, with a reason */
	CAP_ACCESS = 1 << 7, /* who looked at what */
	CAP_DECIDE = 1 << 8, /* note what was decided, and why */
};

/* Capabilities in the organisation. */
enum {
	CAP_ACCOUNTS = 1 << 9, /* make accounts, give links, see the outbox */
	CAP_OVERVIEW = 1 << 10, /* read every network */
	CAP_CREATE = 1 << 11, /* start a network */
	CAP_CATALOGUE = 1 << 12, /* methods, thresholds of the rules */
};

struct actor {
	struct id org;
	struct id account; /* not set: the program itself (a command, a job) */
	struct id network; /* set by actor_enter() */
	unsigned caps;
	enum lang lang;
	int64_t now_us;
	const struct keys *keys;
};

bool actor_may(const struct actor *, unsigned cap);

/* The same actor inside a network, with the rights that their roles there
 * give.  ERR_NOT_FOUND when there is no such network for them: one that does
 * not exist and one they may not know of look the same.  One query. */
enum err actor_enter(struct db *, struct arena *, const struct actor *,
    struct id network, struct actor *inside) MUST_USE;

/* The actor of commands and jobs: may everything in `org`, leaves no account
 * in the audit chain. */
struct actor actor_program(struct id org, const struct keys *, int64_t now_us);

/* The same, inside a network. */
struct actor actor_inside(const struct actor *, struct id network);

/* What stands for somebody among the answers to `about`: a hash under a key that
 * lies outside the database, which alone leads from no answer to a person.
 * `kind`: a letter for what `id` is. */
struct stand_in {
	const char *purpose; /* "measure "; each its own */
	struct id about;
	char kind;
	struct str id;
};
struct hash actor_stand_in(
    struct arena *, const struct actor *, const struct stand_in *);

#endif
