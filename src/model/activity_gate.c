/* SPDX-License-Identifier: MPL-2.0 */

/* What is in the way of an activity's next step, and taking it
 * (model/activity.h). */
#include "model/activity.h"

#include "base/lang.h"

static void
lack(struct gate *g, const char *what, const char *way, struct str argument)
{
	if (g->n_lacks < GATE_LACKS)
		g->lack[g->n_lacks++] = (struct lack){what, way, argument};
}

static const struct str none;

/* ---- before the ethics check, and before inviting ---- */

static void
look_at_form(struct gate *g, const struct activity *a)
{
	rule_no_question(&g->rules, &a->meeting);
	rule_too_big(&g->rules, &a->meeting);
	rule_not_gentle(&g->rules, &a->meeting);
	if (a->method == NULL)
		lack(g, N_("The method is no longer there."),
		    N_("Choose another one."), none);
	if (record_value(&a->record, "groups").n == 0)
		lack(g, N_("No target group is chosen."),
		    N_("Choose whom it is for."), none);
}

static void
look_at_ethics(struct gate *g, const struct activity *a)
{
	if (!a->ethics.signed_off)
		lack(g, N_("The ethics check is not signed."),
		    N_("The leader answers eight questions and signs."), none);
	else if (a->ethics.stale)
		lack(g, N_("The ethics check is out of date."),
		    N_("Method, group, size, place or theme changed since. "
		       "Look "
		       "it through and sign again."),
		    none);
	else if (!a->ethics.complete)
		lack(g, N_("A question of the ethics check has a no."),
		    N_("Change the activity so that the answer becomes a yes, "
		       "and sign again."),
		    none);
}

/* R1 may be let pass, with a reason that the reference leader sees. */
static void
look_at_plan(struct gate *g, const struct plan *plan, const struct activity *a)
{
	if (rule_invites(&g->rules, plan) && a->override != NULL)
		g->rules.hit[g->rules.n - 1].stops = false;
}

static void
look_at_notice(
    struct gate *g, const struct plan *plan, const struct activity *a)
{
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	if (notice == NULL)
		lack(g,
		    N_("Nobody has written what people are told about their "
		       "data."),
		    N_("Write it in the plan. It goes with each invitation."),
		    none);
	bool consent = notice != NULL &&
	    str_eq(record_value(notice, "basis"), S("consent"));
	if (a->young > 0)
		rule_no_guardian(&g->rules, S("0-14"), consent, false);
}

static void
look_at_pause(struct gate *g, const struct activity *a)
{
	if (a->pause.reason.n > 0)
		lack(g, N_("It is paused: %1"),
		    N_("Whoever looks after people's data can resume it."),
		    a->pause.reason);
}

/* ---- later ---- */

static void
look_at_day(struct gate *g, const struct plan *plan, const struct activity *a)
{
	struct date day;
	if (plan->of[KIND_DOCUMENTATION].n == 0)
		lack(g, N_("There is no documentation plan."),
		    N_("Write in the plan what is written down, by whom and "
		       "for "
		       "how long."),
		    none);
	if (!date_parse(record_value(&a->record, "day"), &day))
		lack(g, N_("The day is not written."),
		    N_("Write when it was held."), none);
	else if (date_cmp(day, plan->today) > 0)
		lack(g, N_("The day has not come yet."),
		    N_("Wait, or correct the day."), none);
}

static void
look_at_answers(struct gate *g, const struct activity *a)
{
	struct arena *arena = g->rules.arena;
	if (a->owed > 0)
		lack(g,
		    N_("Those who were with you and wait for an answer: %1."),
		    N_("Write to each of them what it led to, also when "
		       "nothing "
		       "came of it."),
		    lang_int(arena, g->rules.lang, a->owed));
	if (a->said_yes == 0 && a->answers == 0)
		lack(g, N_("Nobody was told what it led to."),
		    N_("Write what you told those who were with you."), none);
}

static void
look_at_waiting(struct gate *g, const struct activity *a)
{
	if (a->waiting > 0)
		lack(g, N_("Messages without an answer: %1."),
		    N_("Answer them in the dialogue below."),
		    lang_int(g->rules.arena, g->rules.lang, a->waiting));
}

/* ---- the gate ---- */

struct gate
activity_gate(struct arena *arena, const struct rule_limits *limits,
    const struct plan *plan, const struct activity *a)
{
	struct gate g = {.next = (enum activity_state)(a->state + 1),
	    .rules = rules_new(arena, plan->lang, limits)};
	look_at_pause(&g, a);
	switch (g.next) {
	case ACTIVITY_INVITED:
		look_at_plan(&g, plan, a);
		look_at_notice(&g, plan, a);
		look_at_form(&g, a);
		look_at_ethics(&g, a);
		break;
	case ACTIVITY_ETHICS_OK:
		look_at_form(&g, a);
		look_at_ethics(&g, a);
		break;
	case ACTIVITY_HELD:
		look_at_day(&g, plan, a);
		look_at_ethics(&g, a);
		break;
	case ACTIVITY_ANSWERED:
		rule_unsettled(&g.rules, a->unsettled);
		look_at_answers(&g, a);
		break;
	case ACTIVITY_CLOSED:
		look_at_waiting(&g, a);
		break;
	default:
		break;
	}
	g.open =
	    g.next < ACTIVITY_STATES && g.n_lacks == 0 && !rules_stop(&g.rules);
	return g;
}

enum err
activity_step(struct db *db, struct arena *arena, const struct actor *who,
    const struct record *seen, struct gate *gate)
{
	struct plan plan;
	struct activity a;
	struct rule_limits limits;
	struct record_saved saved;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = plan_load(db, arena, who, &plan);
	const struct record *r =
	    e == ERR_OK ? plan_find(&plan, KIND_ACTIVITY, seen->id) : NULL;
	if (e != ERR_OK || r == NULL)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	if (r->rev != seen->rev)
		return ERR_CONFLICT;
	e = activity_limits(db, arena, who, &limits);
	if (e == ERR_OK)
		e = activity_load(db, arena, who, &plan, r, &a);
	if (e != ERR_OK)
		return e;
	*gate = activity_gate(arena, &limits, &plan, &a);
	if (!gate->open)
		return ERR_INVALID;
	record_set(&a.record, "state", activity_state_key(gate->next));
	return record_save_managed(db, arena, who, &a.record, &saved);
}
