/* SPDX-License-Identifier: MPL-2.0 */
#include "model/actor.h"

#include "base/buf.h"

enum {
	LEADS = CAP_READ | CAP_EDIT | CAP_MANAGE | CAP_AGENDA | CAP_PEOPLE |
	    CAP_ASK | CAP_VAULT | CAP_ACCESS | CAP_DECIDE
};

static const struct {
	struct str key;
	const char *label;
	unsigned caps;
} roles[ROLE_COUNT] = {
    [ROLE_LEADER] = {S_INIT("leader"), N_("Network leader"), LEADS},
    [ROLE_CODRIVER] = {S_INIT("codriver"), N_("Co-driver"), LEADS},
    [ROLE_SPONSOR] = {S_INIT("sponsor"), N_("Reference leader"),
	CAP_READ | CAP_AGENDA | CAP_DECIDE},
    [ROLE_CONSULTANT] = {S_INIT("consultant"), N_("Network consultant"),
	CAP_READ | CAP_EDIT | CAP_AGENDA | CAP_PEOPLE | CAP_ASK},
    [ROLE_PARTICIPANT] = {S_INIT("participant"), N_("Participant"),
	CAP_READ | CAP_AGENDA},
    [ROLE_DECIDER] = {S_INIT("decider"), N_("Decision maker"),
	CAP_READ | CAP_DECIDE},
    [ROLE_DPO] = {S_INIT("dpo"), N_("Data protection officer"),
	CAP_READ | CAP_PEOPLE | CAP_ACCESS},
};

struct str
role_key(enum member_role role)
{
	return roles[role].key;
}

const char *
role_label(enum member_role role)
{
	return roles[role].label;
}

unsigned
role_caps(enum member_role role)
{
	return roles[role].caps;
}

bool
role_parse(struct str key, enum member_role *role)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		if (str_eq(roles[i].key, key)) {
			*role = (enum member_role)i;
			return true;
		}
	}
	return false;
}

bool
actor_may(const struct actor *who, unsigned cap)
{
	return (who->caps & cap) == cap;
}

static const char SQL_ROLES_IN[] =
    "SELECT m.role"
    "  FROM network n"
    "  LEFT JOIN member m ON m.org = $1 AND m.network = n.network"
    "   AND m.account = $3"
    " WHERE n.org = $1 AND n.network = $2 AND n.removed_us IS NULL";

enum err
actor_enter(struct db *db, struct arena *a, const struct actor *who,
    struct id network, struct actor *inside)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_ROLES_IN, &rows, DB_ID(who->org),
	    DB_ID(network), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	unsigned caps = 0;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		enum member_role role;
		if (role_parse(db_text(&rows.row[i], 0), &role))
			caps |= roles[role].caps;
	}
	if (rows.n > 0 && actor_may(who, CAP_OVERVIEW))
		caps |= CAP_READ;
	if ((caps & CAP_READ) == 0)
		return ERR_NOT_FOUND;
	*inside = *who;
	inside->network = network;
	inside->caps |= caps;
	return ERR_OK;
}

struct actor
actor_program(struct id org, const struct keys *keys, int64_t now_us)
{
	return (struct actor){
	    .org = org,
	    .caps = CAP_ACCOUNTS | CAP_OVERVIEW | CAP_CREATE | CAP_CATALOGUE,
	    .keys = keys,
	    .now_us = now_us,
	};
}

struct actor
actor_inside(const struct actor *who, struct id network)
{
	struct actor inside = *who;
	inside.network = network;
	inside.caps |= LEADS;
	return inside;
}

struct hash
actor_stand_in(
    struct arena *a, const struct actor *who, const struct stand_in *s)
{
	struct str text = STR_JOIN(a, str_c(s->purpose), id_text(a, who->org),
	    id_text(a, who->network), id_text(a, s->about),
	    ((struct str){&s->kind, 1}), s->id);
	return hash_keyed(&who->keys->ballot, text);
}
