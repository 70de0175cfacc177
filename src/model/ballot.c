/* SPDX-License-Identifier: MPL-2.0 */
#include "model/ballot.h"

#include "base/buf.h"
#include "base/lang.h"
#include "model/audit.h"

/* ---- who votes ---- */

struct hash
ballot_key(struct arena *a, const struct actor *who, const struct round *r,
    char kind, struct str id)
{
	return actor_stand_in(
	    a, who, &(struct stand_in){"", r->record.id, kind, id});
}

struct elector
ballot_citizen(struct arena *a, const struct round *r, const struct citizen *c)
{
	struct elector v = {.round = r,
	    .side = SIDE_CITIZENS,
	    .key = ballot_key(a, &c->in, r, 'p', id_text(a, c->person.id))};
	if (r->method == ROUND_VALUE)
		v.refused = N_("This one is for those who work with it.");
	else if (str_eq(c->person.state, S("stopped")))
		v.refused = N_("You have stopped. So we ask you no more.");
	else if (c->needs_guardian)
		v.refused = N_("A parent must say yes first. We will help you "
			       "ask them.");
	return v;
}

static const char SQL_ROLES[] =
    "SELECT role FROM member WHERE org = $1 AND network = $2 AND account = $3";

enum err
ballot_staff(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct elector *out)
{
	struct db_rows rows;
	bool leads = false, works = false;
	enum err e = db_all(db, a, SQL_ROLES, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(who->account));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		enum member_role role;
		if (!role_parse(db_text(&rows.row[i], 0), &role))
			continue;
		leads = leads || role == ROLE_SPONSOR || role == ROLE_DECIDER;
		works = works || role == ROLE_LEADER || role == ROLE_CODRIVER ||
		    role == ROLE_PARTICIPANT || role == ROLE_CONSULTANT;
	}
	*out = (struct elector){
	    .round = r,
	    .side = leads ? SIDE_LEADERSHIP : SIDE_NETWORK,
	    .key = ballot_key(a, who, r, 'a', id_text(a, who->account)),
	    .refused = leads || works
		? NULL
		: N_("Only those who have a role in the network vote here."),
	};
	return e;
}

/* ---- casting ---- */

static const char SQL_GET[] =
    "SELECT choices FROM ballot"
    " WHERE org = $1 AND network = $2 AND round = $3 AND voter = $4";

enum err
ballot_get(struct db *db, struct arena *a, const struct actor *who,
    const struct elector *v, struct ballot *out)
{
	const struct round *r = v->round;
	struct db_row row;
	*out = (struct ballot){0};
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id), DB_HASH(v->key));
	if (e == ERR_OK && !ballot_parse(a, r, db_text(&row, 0), out))
		e = ERR_INTERNAL;
	return e;
}

static const char SQL_CAST[] =
    "INSERT INTO ballot (org, network, round, voter, side, choices)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (org, network, round, voter) DO UPDATE SET choices = $6";

/* The chain tells that a ballot was cast, and not by whom. */
static enum err
note(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r)
{
	struct actor nobody = *who;
	nobody.account = (struct id){0};
	return audit_add(db, a, &nobody, S("ballot.cast"), r->record.id);
}

enum err
ballot_cast(struct db *db, struct arena *a, const struct actor *who,
    const struct elector *v, const struct ballot *b)
{
	const struct round *r = v->round;
	if (v->refused != NULL)
		return ERR_DENIED;
	if (!round_takes(r, who->now_us))
		return ERR_CONFLICT;
	if (ballot_check(r, b).message != NULL)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_CAST, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id), DB_HASH(v->key),
	    DB_TEXT(round_side_key(v->side)), DB_TEXT(ballot_text(a, b)));
	return e == ERR_OK ? note(db, a, who, r) : e;
}

struct str
ballot_receipt(struct arena *a, const struct elector *v, const struct ballot *b)
{
	struct str key = hash_hex(a, v->key);
	struct hash h = hash_of(STR_JOIN(a, key, S("|"), ballot_text(a, b)));
	struct str hex = hash_hex(a, h);
	return STR_JOIN(a, str_sub(hex, 0, 4), S("-"), str_sub(hex, 4, 8),
	    S("-"), str_sub(hex, 8, 12));
}

/* ---- a person who is erased ---- */

static const char SQL_OPEN[] =
    "SELECT id FROM round WHERE org = $1 AND network = $2 AND state = 'open'";

static const char SQL_ERASE[] =
    "DELETE FROM ballot"
    " WHERE org = $1 AND network = $2 AND round = $3 AND voter = $4";

enum err
ballot_erase(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_OPEN, &rows, DB_ID(who->org), DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct round r = {.record.id = db_id(&rows.row[i], 0)};
		struct hash key =
		    ballot_key(a, who, &r, 'p', id_text(a, person));
		e = db_exec(db, SQL_ERASE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r.record.id), DB_HASH(key));
	}
	return e;
}
