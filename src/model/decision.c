/* SPDX-License-Identifier: MPL-2.0 */
#include "model/decision.h"

#include "base/clock.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/reply.h"
#include "model/trace.h"

bool
decision_words_ok(struct str text)
{
	return !utf8_blank(text) && utf8_length(text) <= DECISION_WORDS &&
	    cpr_find(text).n == 0;
}

struct decision
decision_of(const struct record *r)
{
	const struct choice *state =
	    choice_find(decision_states, record_value(r, "state"));
	return (struct decision){*r,
	    state == NULL ? DECISION_PREPARED
			  : (enum decision_state)(state - decision_states)};
}

enum err
decision_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct decision *out)
{
	struct record r;
	enum err e = record_get(db, a, who, KIND_DECISION, id, &r);
	if (e == ERR_OK)
		*out = decision_of(&r);
	return e;
}

enum err
decision_list(struct db *db, struct arena *a, const struct actor *who,
    struct decisions *out)
{
	struct records all;
	enum err e = record_list(db, a, who, KIND_DECISION, &all);
	if (e != ERR_OK)
		return e;
	*out = (struct decisions){arena_new(a, struct decision, all.n), all.n};
	for (ptrdiff_t i = 0; i < all.n; i++)
		out->list[i] = decision_of(&all.list[all.n - 1 - i]);
	return ERR_OK;
}

/* An owner who has left the network is nobody's any more. */
static enum err
save_as(
    struct db *db, struct arena *a, const struct actor *writer, struct record r)
{
	struct record_saved saved;
	enum err e = record_save_managed(db, a, writer, &r, &saved);
	if (e != ERR_INVALID || record_value(&r, "owner").n == 0)
		return e;
	record_set(&r, "owner", S(""));
	return record_save_managed(db, a, writer, &r, &saved);
}

/* For one who may take this step, whatever else of the plan they may not.
 * Nobody reads another revision than the caller's, so that the second of two
 * who decide at once is told. */
static enum err
save(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r)
{
	struct record now;
	struct actor writer = *who;
	writer.caps |= record_def(KIND_DECISION)->cap;
	enum err e = record_get(db, a, who, KIND_DECISION, r->id, &now);
	if (e == ERR_OK && now.rev != r->rev)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = save_as(db, a, &writer, *r);
	return e == ERR_INVALID ? ERR_UNAVAIL : e;
}

/* ---- taking it ---- */

static const char *
check_words(struct str text)
{
	if (utf8_length(text) > DECISION_WORDS)
		return N_("It is too long. Say it shorter.");
	return cpr_find(text).n > 0 ? N_("It has a CPR number. Take it out.")
				    : NULL;
}

static bool
check_taking(const struct actor *who, struct decision_taking *t)
{
	struct date day;
	if (choice_find(decision_outcomes, t->outcome) == NULL)
		t->fault.outcome = N_("Choose what was decided.");
	if (!date_parse(t->taken, &day))
		t->fault.taken = N_("Write the day it was decided.");
	else if (date_cmp(day, date_danish(who->now_us)) > 0)
		t->fault.taken = N_("The day has not come yet.");
	t->fault.reason = check_words(t->reason);
	t->fault.next = check_words(t->next);
	if (t->reason.n == 0 && t->next.n > 0 && t->fault.reason == NULL)
		t->fault.reason = N_("Say why first.");
	return t->fault.outcome == NULL && t->fault.taken == NULL &&
	    t->fault.reason == NULL && t->fault.next == NULL;
}

enum err
decision_take(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, struct decision_taking *t)
{
	struct record r = d->record;
	bool sent = false;
	t->reason = str_trim(t->reason);
	t->next = str_trim(t->next);
	if (!actor_may(who, CAP_DECIDE))
		return ERR_DENIED;
	if (!check_taking(who, t))
		return ERR_INVALID;
	enum err e = reply_any_sent(db, a, who, r.id, &sent);
	if (e == ERR_OK && (sent || d->state > DECISION_REASONED))
		return ERR_CONFLICT;
	if (e != ERR_OK)
		return e;
	record_set(&r, "state", t->reason.n > 0 ? S("reasoned") : S("taken"));
	record_set(&r, "outcome", t->outcome);
	record_set(&r, "taken", t->taken);
	record_set(&r, "reason", t->reason);
	record_set(&r, "next", t->next);
	return save(db, a, who, &r);
}

/* ---- everybody has an answer ---- */

enum err
decision_gate(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, struct decision_gate *out)
{
	struct trace trace;
	struct replies replies;
	struct rule_limits limits = rule_limits_default();
	enum err e = trace_load(db, a, who, d, &trace);
	if (e == ERR_OK)
		e = reply_list(db, a, who, &trace, &replies);
	if (e != ERR_OK)
		return e;
	*out = (struct decision_gate){.rules = rules_new(a, who->lang, &limits),
	    .open = trace.open,
	    .owed = replies.owed};
	rule_unsettled(&out->rules, trace.open);
	out->ready =
	    d->state == DECISION_REASONED && out->open == 0 && out->owed == 0;
	return ERR_OK;
}

enum err
decision_close(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, struct decision_gate *gate)
{
	struct record r = d->record;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = decision_gate(db, a, who, d, gate);
	if (e != ERR_OK)
		return e;
	if (d->state != DECISION_REASONED)
		return ERR_CONFLICT;
	if (!gate->ready)
		return ERR_INVALID;
	record_set(&r, "state", S("answered"));
	return save(db, a, who, &r);
}

enum err
decision_follow(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, struct str result)
{
	struct record r = d->record;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (!decision_words_ok(result))
		return ERR_INVALID;
	if (d->state < DECISION_ANSWERED)
		return ERR_CONFLICT;
	record_set(&r, "state", S("followed"));
	record_set(&r, "result", str_trim(result));
	return save(db, a, who, &r);
}

/* ---- news ---- */

static const char SQL_NEWS[] =
    "SELECT id, at_us, words FROM decision_news"
    " WHERE org = $1 AND network = $2 AND decision = $3 ORDER BY at_us, id";

enum err
decision_news(struct db *db, struct arena *a, const struct actor *who,
    struct id decision, struct decision_news *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_NEWS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(decision));
	if (e != ERR_OK)
		return e;
	*out = (struct decision_news){
	    arena_new(a, struct decision_told, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = (struct decision_told){db_id(&rows.row[i], 0),
		    db_int(&rows.row[i], 1), db_text(&rows.row[i], 2)};
	return ERR_OK;
}

static const char SQL_TELL[] =
    "INSERT INTO decision_news (org, network, decision, id, at_us, account,"
    " words) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, decision, id) DO NOTHING";

enum err
decision_tell(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, const struct decision_told *told)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (!decision_words_ok(told->words))
		return ERR_INVALID;
	if (d->state < DECISION_REASONED)
		return ERR_CONFLICT;
	enum err e =
	    db_exec(db, SQL_TELL, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(d->record.id), DB_ID(told->id), DB_INT(who->now_us),
		DB_ID(who->account), DB_TEXT(str_trim(told->words)));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("decision.tell"), d->record.id)
	    : e;
}
