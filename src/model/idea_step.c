/* SPDX-License-Identifier: MPL-2.0 */

/* How far an idea is, and whether citizens see it (model/idea.h). */
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/idea.h"
#include "model/network.h"

enum { REASON_MAX = 600 };

/* Each legal step. */
static const struct {
	const char *from, *to;
} moves[] = {
    {"new", "matured"},
    {"new", "dropped"},
    {"matured", "prioritised"},
    {"matured", "dropped"},
    {"prioritised", "concrete"},
    {"prioritised", "matured"},
    {"prioritised", "dropped"},
    {"concrete", "test"},
    {"concrete", "dropped"},
    {"test", "running"},
    {"test", "adjust"},
    {"test", "stopped"},
    {"adjust", "test"},
    {"adjust", "stopped"},
    {"running", "adjust"},
    {"running", "stopped"},
    {"dropped", "new"},
    {"stopped", "adjust"},
};

bool
idea_may_move(struct str from, struct str to)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(moves); i++) {
		if (str_eq(str_c(moves[i].from), from) &&
		    str_eq(str_c(moves[i].to), to))
			return true;
	}
	return false;
}

bool
idea_wants_reason(struct str to)
{
	return str_eq(to, S("dropped")) || str_eq(to, S("stopped"));
}

static bool
is_reason(struct str text)
{
	return !utf8_blank(text) && utf8_length(text) <= REASON_MAX &&
	    cpr_find(text).n == 0;
}

/* ---- R14 ---- */

/* The revision in which it first came to trial; 0: it never did. */
static int64_t
first_trial(const struct revisions *history)
{
	for (ptrdiff_t i = history->n - 1; i >= 0; i--) {
		if (str_eq(record_value(&history->list[i].record, "state"),
			S("test")))
			return history->list[i].rev;
	}
	return 0;
}

static const char SQL_LEARNED[] =
    "SELECT COUNT(*) FROM idea_source WHERE org = $1 AND network = $2"
    " AND idea = $3 AND role = 'feedback' AND rev > $4";

enum err
idea_has_learned(struct db *db, struct arena *a, const struct actor *who,
    const struct idea *idea, bool *out)
{
	struct revisions history;
	struct db_row row;
	*out = false;
	enum err e =
	    record_history(db, a, who, KIND_IDEA, idea->record.id, &history);
	if (e != ERR_OK)
		return e;
	int64_t begun = first_trial(&history);
	if (begun == 0)
		return ERR_OK;
	e = db_one(db, a, SQL_LEARNED, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(idea->record.id), DB_INT(begun));
	if (e == ERR_OK)
		*out = db_int(&row, 0) > 0;
	return e;
}

/* ---- the steps ---- */

/* Who looked after it may have left the network since. */
static enum err
drop_owner(
    struct db *db, struct arena *a, const struct actor *who, struct record *r)
{
	struct id owner;
	bool member = true;
	enum err e = ERR_OK;
	if (id_parse(record_value(r, "owner"), &owner))
		e = network_has_member(db, a, who, owner, &member);
	if (e == ERR_OK && !member)
		record_set(r, "owner", S(""));
	return e;
}

/* All that it refers to is there: what is refused now is the database's doing,
 * which the checks of a record do not tell apart. */
static enum err
save(struct db *db, struct arena *a, const struct actor *who, struct record *r,
    int64_t rev)
{
	struct record_saved saved;
	if (r->rev != rev)
		return ERR_CONFLICT;
	enum err e = drop_owner(db, a, who, r);
	if (e == ERR_OK)
		e = record_save_managed(db, a, who, r, &saved);
	return e == ERR_INVALID ? ERR_UNAVAIL : e;
}

enum err
idea_move(struct db *db, struct arena *a, const struct actor *who,
    const struct idea *idea, const struct idea_step *step)
{
	struct record r = idea->record;
	bool learned = true, reasoned = idea_wants_reason(step->state);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (!idea_may_move(record_value(&r, "state"), step->state) ||
	    (reasoned && !is_reason(step->reason)))
		return ERR_INVALID;
	enum err e = ERR_OK;
	if (str_eq(step->state, S("running")))
		e = idea_has_learned(db, a, who, idea, &learned);
	if (e == ERR_OK && !learned)
		return ERR_INVALID;
	record_set(&r, "state", step->state);
	record_set(&r, "reason", reasoned ? str_trim(step->reason) : S(""));
	return e == ERR_OK ? save(db, a, who, &r, step->rev) : e;
}

static const char SQL_LOOKED[] =
    "UPDATE contribution SET state = 'reviewed', rev = rev + 1,"
    " changed_us = $4, changed_by = $5"
    " WHERE org = $1 AND network = $2 AND state = 'received' AND id IN"
    " (SELECT s.contribution FROM idea_source s WHERE s.org = $1"
    "   AND s.network = $2 AND s.idea = $3)";

enum err
idea_show(struct db *db, struct arena *a, const struct actor *who,
    const struct idea *idea, const struct idea_step *step)
{
	struct record r = idea->record;
	bool hides = str_eq(step->state, S("hidden"));
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if ((!hides && !str_eq(step->state, S("yes"))) ||
	    (hides && !is_reason(step->reason)))
		return ERR_INVALID;
	record_set(&r, "shown", step->state);
	record_set(&r, "hidden_why", hides ? str_trim(step->reason) : S(""));
	enum err e = save(db, a, who, &r, step->rev);
	if (e == ERR_OK && !hides)
		e = db_exec(db, SQL_LOOKED, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r.id), DB_INT(who->now_us),
		    DB_ID(who->account));
	return e;
}

/* ---- what made it better ---- */

static const char SQL_FEEDBACK[] =
    "INSERT INTO idea_source (org, network, idea, contribution, role, peers,"
    " rev, at_us, account) VALUES ($1, $2, $3, $4, 'feedback', 0, $5, $6, $7)"
    " ON CONFLICT (org, network, idea, contribution) DO UPDATE SET"
    " rev = $5, at_us = $6, account = $7";

enum err
idea_name_feedback(struct db *db, struct arena *a, const struct actor *who,
    const struct idea *idea, struct id contribution)
{
	struct contribution c;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = contribution_get(db, a, who, contribution, &c);
	if (e == ERR_OK && str_eq(c.state, S("withdrawn")))
		return ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = db_exec(db, SQL_FEEDBACK, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(idea->record.id),
		    DB_ID(contribution), DB_INT(idea->record.rev),
		    DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("idea.feedback"), idea->record.id)
	    : e;
}
