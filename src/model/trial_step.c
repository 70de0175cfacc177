/* SPDX-License-Identifier: MPL-2.0 */

/* The stages of a trial, and what is decided in them (model/trial.h). */
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/trial.h"

static bool
is_words(struct str text)
{
	return !utf8_blank(text) && utf8_length(text) <= TRIAL_WHY &&
	    cpr_find(text).n == 0;
}

static struct str
today(struct arena *a, const struct actor *who)
{
	return date_iso(a, date_danish(who->now_us));
}

static enum err
save(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r)
{
	struct record_saved saved;
	enum err e = record_save_managed(db, a, who, r, &saved);
	return e == ERR_INVALID ? ERR_UNAVAIL : e;
}

/* ---- the idea that is tried ---- */

static enum err
move_idea(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, const struct idea_step *to)
{
	struct idea idea = {0};
	struct idea_step step = *to;
	enum err e = record_get(db, a, who, KIND_IDEA, t->idea, &idea.record);
	if (e != ERR_OK ||
	    str_eq(record_value(&idea.record, "state"), to->state))
		return e;
	step.rev = idea.record.rev;
	return idea_move(db, a, who, &idea, &step);
}

/* Another trial of the same idea that is under way: which of the two would
 * say what happens to it? */
static enum err
is_tried_already(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, bool *out)
{
	struct trials all;
	enum err e = trial_list(db, a, who, &all);
	*out = false;
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++)
		*out = *out ||
		    (trial_listens(&all.list[i]) &&
			id_eq(all.list[i].idea, t->idea) &&
			!id_eq(all.list[i].record.id, t->record.id));
	return e;
}

/* ---- each step ---- */

static enum err
refuse(struct trial_step *step, const char *fault)
{
	step->fault = fault;
	return ERR_INVALID;
}

static enum err
begin(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct trial_step *step)
{
	bool busy;
	if (t->n_goals == 0)
		return refuse(step,
		    N_("Set a goal first. Without one nobody can say "
		       "whether it worked."));
	enum err e = is_tried_already(db, a, who, t, &busy);
	if (e != ERR_OK)
		return e;
	if (busy)
		return refuse(step,
		    N_("The same idea is in another trial. Finish that one "
		       "first."));
	struct idea_step test = {.state = S("test")};
	e = move_idea(db, a, who, t, &test);
	return e == ERR_INVALID ? refuse(step,
				      N_("The idea is not concrete yet. Take "
					 "it there first."))
				: e;
}

static enum err
check_end(const struct trial *t, struct trial_step *step)
{
	if (choice_find(trial_verdicts, step->verdict) == NULL)
		return refuse(step, N_("Choose what happens now."));
	if (!is_words(step->reason))
		return refuse(step,
		    N_("Write why, in words for those who tried it, and "
		       "without CPR numbers."));
	for (ptrdiff_t i = 0; i < t->n_goals; i++) {
		if (t->goal[i].outcome.n == 0)
			return refuse(step, N_("Judge each goal first."));
	}
	return ERR_OK;
}

/* All goals hit, all missed, or something between. */
static struct str
outcome_of(const struct trial *t)
{
	struct str first = t->goal[0].outcome;
	for (ptrdiff_t i = 1; i < t->n_goals; i++) {
		if (!str_eq(t->goal[i].outcome, first))
			return S("adjust");
	}
	return first;
}

static enum err
finish(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct trial_step *step)
{
	bool stops = str_eq(step->verdict, S("stop"));
	struct idea_step to = {.reason = str_trim(step->reason),
	    .state = str_eq(step->verdict, S("run")) ? S("running")
		: stops				     ? S("stopped")
						     : S("adjust")};
	enum err e = check_end(t, step);
	if (e == ERR_OK)
		e = move_idea(db, a, who, t, &to);
	else
		return e;
	if (e != ERR_INVALID)
		return e;
	return refuse(step,
	    str_eq(to.state, S("running"))
		? N_("It does not run yet (R14). Change the idea, and name "
		     "what people said that the change builds on.")
		: N_("The idea has gone another way meanwhile. Look at it."));
}

enum err
trial_move(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct trial_step *step)
{
	struct record r = t->record;
	enum trial_stage from = t->stage, to = step->to;
	enum err e = ERR_OK;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (from == TRIAL_START && to == TRIAL_TEST)
		e = begin(db, a, who, t, step);
	else if (from == TRIAL_ANALYSE && to == TRIAL_NEXT)
		e = finish(db, a, who, t, step);
	else if (!(from == TRIAL_TEST && to == TRIAL_ANALYSE) &&
	    !(from == TRIAL_ANALYSE && to == TRIAL_TEST))
		return ERR_CONFLICT;
	if (e != ERR_OK)
		return e;
	record_set(&r, "stage", str_c(trial_stages[to].key));
	if (from == TRIAL_START && record_value(&r, "starts").n == 0)
		record_set(&r, "starts", today(a, who));
	if (to == TRIAL_NEXT) {
		record_set(&r, "outcome", outcome_of(t));
		record_set(&r, "verdict", step->verdict);
		record_set(&r, "reason", str_trim(step->reason));
	}
	return save(db, a, who, &r);
}

/* ---- judging a goal ---- */

static const char SQL_JUDGE[] =
    "UPDATE trial_goal SET outcome = $5, why = $6"
    " WHERE org = $1 AND network = $2 AND trial = $3 AND number = $4";

enum err
trial_judge(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, const struct trial_goal *g)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (t->stage != TRIAL_ANALYSE)
		return ERR_CONFLICT;
	if (g->number < 1 || g->number > t->n_goals)
		return ERR_NOT_FOUND;
	if (choice_find(trial_outcomes, g->outcome) == NULL ||
	    !is_words(g->why))
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_JUDGE, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->record.id), DB_INT(g->number),
	    DB_TEXT(g->outcome), DB_TEXT(str_trim(g->why)));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("trial.judge"), t->record.id)
	    : e;
}
