/* SPDX-License-Identifier: MPL-2.0 */
#include "model/waits.h"

#include "model/activity.h"
#include "model/ethics.h"
#include "model/evidence.h"
#include "model/reply.h"
#include "model/rights.h"

static const char SQL_UNANSWERED[] =
    "SELECT m.activity, COUNT(*) FROM message m"
    " WHERE m.org = $1 AND m.network = $2 AND m.person IS NOT NULL"
    "   AND m.account IS NULL AND NOT EXISTS"
    " (SELECT r.id FROM message r WHERE r.org = $1 AND r.network = $2"
    "   AND r.activity = m.activity AND r.answers = m.id)"
    " GROUP BY m.activity ORDER BY m.activity";

/* "aktiviteter/ID/etik" */
static const char *
page_of(struct arena *a, const struct record *activity, const char *rest)
{
	return str_cstr(
	    a, STR_JOIN(a, S("aktiviteter/"), activity->id_text, str_c(rest)));
}

static enum err
add_unanswered(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct steps *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_OK;
	enum err e = db_all(
	    db, a, SQL_UNANSWERED, &rows, DB_ID(who->org), DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		const struct record *r =
		    plan_find(plan, KIND_ACTIVITY, db_id(&rows.row[i], 0));
		if (r == NULL)
			continue; /* taken out of the plan */
		out->list[out->n++] = (struct step){
		    .message = N_("People wait for an answer from you: %1"),
		    .argument = record_value(r, "title"),
		    .page = page_of(a, r, ""),
		    .kind = KIND_ACTIVITY,
		    .urgent = true};
	}
	return e;
}

/* Of those that are signed and not held yet. */
static enum err
add_stale(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct steps *out)
{
	struct ids stale;
	enum err e = ethics_stale(db, a, who, plan, &stale);
	for (ptrdiff_t i = 0; e == ERR_OK && i < stale.n; i++) {
		const struct record *r =
		    plan_find(plan, KIND_ACTIVITY, stale.list[i]);
		out->list[out->n++] = (struct step){
		    .message = N_("Sign the ethics check again: %1"),
		    .argument = record_value(r, "title"),
		    .page = page_of(a, r, "/etik"),
		    .kind = KIND_ACTIVITY,
		    .urgent = true};
	}
	return e;
}

/* What people ask about their data and have no answer to, with the day it is
 * due. */
static void
add_rights(struct arena *a, const struct actor *who, const struct rights *all,
    struct steps *out)
{
	struct date today = date_danish(who->now_us);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct right *r = &all->list[i];
		struct str text = id_text(a, r->person);
		bool wish = str_eq(r->kind, S("erasure"));
		out->list[out->n++] = (struct step){
		    .message = right_late(r, today)
			? N_("An answer about somebody's data is late: %1")
			: wish
			? N_("Answer a wish to be deleted: %1")
			: N_("Answer what somebody asks about their data: %1"),
		    .argument = STR_JOIN(a, person_code(a, r->number), S(", "),
			lang_date(a, who->lang, r->due)),
		    .page = str_cstr(a,
			STR_JOIN(a, S("personer/"), text,
			    wish ? S("/sletteoenske") : S("/anmodning"))),
		    .kind = KIND_ACTIVITY,
		    .urgent = true};
	}
}

/* ---- decisions ---- */

static const char SQL_REACTED[] =
    "SELECT decision FROM reply WHERE org = $1 AND network = $2"
    " AND reaction IN ('question', 'disagree') AND seen_us IS NULL"
    " GROUP BY decision ORDER BY decision";

static struct step
about_decision(struct arena *a, const struct record *r, const char *rest)
{
	return (struct step){.argument = record_value(r, "title"),
	    .page = str_cstr(
		a, STR_JOIN(a, S("beslutninger/"), r->id_text, str_c(rest))),
	    .kind = KIND_DECISION};
}

/* Those who asked something about an answer, or do not agree. */
static enum err
add_reactions(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct steps *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_OK;
	enum err e = db_all(
	    db, a, SQL_REACTED, &rows, DB_ID(who->org), DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		const struct record *r =
		    plan_find(plan, KIND_DECISION, db_id(&rows.row[i], 0));
		if (r == NULL)
			continue;
		struct step step = about_decision(a, r, "/svar");
		step.message = N_("Somebody asks about our answer: %1");
		step.urgent = true;
		out->list[out->n++] = step;
	}
	return e;
}

/* One that has a reason waits for its answers, one without for the reason. */
static enum err
add_decisions(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct steps *out)
{
	enum err e = ERR_OK;
	const struct records *all = &plan->of[KIND_DECISION];
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++) {
		struct date due;
		struct decision d = decision_of(&all->list[i]);
		if (d.state != DECISION_TAKEN && d.state != DECISION_REASONED)
			continue;
		struct step step = about_decision(a, &d.record, "");
		e = reply_due(db, a, who, &d, &due);
		step.message = d.state == DECISION_TAKEN
		    ? N_("Say why it was decided so: %1")
		    : N_("Answer those who spoke: %1");
		step.argument = STR_JOIN(
		    a, step.argument, S(", "), lang_date(a, who->lang, due));
		step.urgent = date_cmp(due, plan->today) < 0;
		out->list[out->n++] = step;
	}
	return e == ERR_OK ? add_reactions(db, a, who, plan, out) : e;
}

/* R8: whose voices are heard. */
static enum err
add_skew(
    struct db *db, struct arena *a, const struct actor *who, struct steps *out)
{
	struct skew skew;
	struct rule_limits limits;
	enum err e = activity_limits(db, a, who, &limits);
	if (e == ERR_OK)
		e = skew_get(db, a, who, limits.of[LIMIT_R8_TOP], &skew);
	if (e != ERR_OK)
		return e;
	struct rules rules = rules_new(a, who->lang, &limits);
	rule_skewed(&rules, &skew);
	for (ptrdiff_t i = 0; i < rules.n; i++)
		out->list[out->n++] =
		    (struct step){.message = N_("The circle may be skewed: %1"),
			.argument = rules.hit[i].argument,
			.page = "indsigter",
			.kind = KIND_INSIGHT};
	return ERR_OK;
}

enum err
waits_list(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct steps *out)
{
	ptrdiff_t most = 2 * plan->of[KIND_ACTIVITY].n +
	    2 * plan->of[KIND_DECISION].n + RULE_HITS;
	struct rights asked = {0};
	enum err e = ERR_OK;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	if (actor_may(who, CAP_PEOPLE))
		e = rights_open(db, a, who, &asked);
	if (e != ERR_OK)
		return e;
	*out =
	    (struct steps){.list = arena_new(a, struct step, most + asked.n)};
	add_rights(a, who, &asked, out);
	e = add_unanswered(db, a, who, plan, out);
	if (e == ERR_OK)
		e = add_stale(db, a, who, plan, out);
	if (e == ERR_OK)
		e = add_decisions(db, a, who, plan, out);
	return e == ERR_OK ? add_skew(db, a, who, out) : e;
}
