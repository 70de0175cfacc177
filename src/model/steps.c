/* SPDX-License-Identifier: MPL-2.0 */

/* What a plan lacks (plan_steps() and plan_fill() in model/plan.h). */
#include "base/lang.h"
#include "model/plan.h"
#include "model/standing.h"

enum { MAX_STEPS = 200 };

struct collect {
	const struct plan *plan;
	struct arena *arena;
	struct steps steps;
};

static void
add(struct collect *c, struct step step)
{
	if (c->steps.n < MAX_STEPS)
		c->steps.list[c->steps.n++] = step;
}

/* The parts of the plan in the guide's order, and what to say when one is
 * empty.  The S-numbers are those of the guide's sentences. */
static const struct {
	enum record_kind kind;
	const char *message;
} parts[] = {
    {KIND_THEME, N_("Write the theme and how you understand the problem.")},
    {KIND_QUESTION, N_("Write what you do not know yet.")}, /* S38 */
    {KIND_PURPOSE, N_("Write why you involve citizens and others.")}, /* S11 */
    {KIND_SCOPE, N_("Write which decision can change.")}, /* S44 */
    {KIND_NEED,
	N_("Write in one sentence what you need citizens for.")}, /* S46 */
    {KIND_PROMISE, N_("Choose what you promise the citizens.")}, /* S11 */
    {KIND_ACTOR, N_("Add the actors and what they can do.")}, /* S8 */
    {KIND_GROUP, N_("Add a target group.")}, /* S30 */
    {KIND_CELL, N_("Fill in who takes part in which phase.")}, /* S15 */
    {KIND_DOCUMENTATION,
	N_("Plan how you write down what people say.")}, /* S53 */
};

struct fill
plan_fill(const struct plan *plan)
{
	struct fill fill = {.parts = (int)COUNT_OF(parts)};
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++)
		fill.filled += plan->of[parts[i].kind].n > 0;
	return fill;
}

static void
add_empty_parts(struct collect *c)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		if (c->plan->of[parts[i].kind].n == 0)
			add(c,
			    (struct step){.message = parts[i].message,
				.page = "plan",
				.kind = parts[i].kind,
				.create = true});
	}
}

static bool
is_past(const struct plan *plan, struct str text)
{
	struct date date;
	return date_parse(text, &date) && date_cmp(date, plan->today) < 0;
}

static void
add_late_tasks(struct collect *c)
{
	const struct records *tasks = &c->plan->of[KIND_TASK];
	for (ptrdiff_t i = 0; i < tasks->n; i++) {
		const struct record *task = &tasks->list[i];
		if (str_eq(record_value(task, "state"), S("open")) &&
		    is_past(c->plan, record_value(task, "due")))
			add(c,
			    (struct step){.message = N_("The task is late: %1"),
				.argument = record_value(task, "title"),
				.page = "opgaver",
				.kind = KIND_TASK,
				.urgent = true});
	}
}

/* The plans for what comes after, when their day is past. */
static void
add_late_plans(struct collect *c)
{
	static const struct {
		enum record_kind kind;
		const char *message, *page;
	} plans[] = {
	    {KIND_EVALUATION, N_("The plan for judging it is late."),
		"evaluering"},
	    {KIND_SPREAD, N_("The plan for spreading it is late."),
		"spredning"},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(plans); i++) {
		const struct record *r = plan_single(c->plan, plans[i].kind);
		if (r != NULL && !str_eq(record_value(r, "state"), S("done")) &&
		    is_past(c->plan, record_value(r, "due")))
			add(c,
			    (struct step){.message = plans[i].message,
				.page = plans[i].page,
				.kind = plans[i].kind,
				.urgent = true});
	}
}

static void
add_late_focus(struct collect *c)
{
	const struct record *focus = plan_single(c->plan, KIND_FOCUS);
	if (focus != NULL && is_past(c->plan, record_value(focus, "revisit")))
		add(c,
		    (struct step){
			.message = N_("Look at the common focus again."),
			.page = "plan",
			.kind = KIND_FOCUS,
			.urgent = true});
}

static void
add_frame(struct collect *c)
{
	const struct record *focus = plan_single(c->plan, KIND_FOCUS);
	if (plan_stay(c->plan) == NULL)
		add(c,
		    (struct step){.message = N_("Note which phase you are in."),
			.page = "faser",
			.kind = KIND_VISIT,
			.create = true});
	if (focus == NULL && c->plan->of[KIND_TENSION].n > 0)
		add(c,
		    (struct step){
			.message = N_("There is a tension between agendas. "
				      "Agree on a common focus."),
			.page = "plan",
			.kind = KIND_FOCUS,
			.create = true}); /* S13 */
}

static bool
is_citizen_cell(const struct plan *plan, const struct record *cell)
{
	const struct record *actor =
	    plan_ref(plan, KIND_ACTOR, record_value(cell, "actor"));
	struct str mode = record_value(cell, "mode");
	bool active = str_eq(mode, S("core")) || str_eq(mode, S("along")) ||
	    str_eq(mode, S("one_off"));
	return active &&
	    (actor == NULL ||
		str_eq(record_value(actor, "kind"), S("citizen")));
}

/* A phase in which no citizen takes part, once the grid has been begun. */
static void
add_phase_gaps(struct collect *c)
{
	const struct records *phases = &c->plan->of[KIND_PHASE];
	const struct records *cells = &c->plan->of[KIND_CELL];
	for (ptrdiff_t p = 0; cells->n > 0 && p < phases->n; p++) {
		struct str id = phases->list[p].id_text;
		bool somebody = false;
		for (ptrdiff_t i = 0; i < cells->n && !somebody; i++)
			somebody =
			    str_eq(
				record_value(&cells->list[i], "phase"), id) &&
			    is_citizen_cell(c->plan, &cells->list[i]);
		if (!somebody)
			add(c,
			    (struct step){
				.message = N_("No citizen takes part in the "
					      "phase %1."),
				.argument =
				    record_value(&phases->list[p], "name"),
				.page = "plan",
				.kind = KIND_CELL,
				.create = true}); /* S17 */
	}
}

static bool
has_state(const struct records *all, const char *one, const char *other)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct str state = record_value(&all->list[i], "state");
		if (str_eq(state, str_c(one)) || str_eq(state, str_c(other)))
			return true;
	}
	return false;
}

/* Groups that nobody decided on, and then nothing done with those chosen. */
static void
add_groups(struct collect *c)
{
	const struct records *groups = &c->plan->of[KIND_GROUP];
	bool chosen = has_state(groups, "chosen", "involved");
	if (groups->n > 0 && !chosen)
		add(c,
		    (struct step){
			.message = N_("Choose which target groups you involve, "
				      "and say why."),
			.page = "maalgrupper",
			.kind = KIND_GROUP}); /* S32 */
	if (chosen && c->plan->of[KIND_ACTIVITY].n == 0)
		add(c,
		    (struct step){
			.message = N_("Plan how you meet the target groups."),
			.page = "aktiviteter",
			.kind = KIND_ACTIVITY,
			.create = true}); /* S37 */
}

/* People were told a day, and it is past. */
static void
add_owed_answers(struct collect *c)
{
	const struct records *all = &c->plan->of[KIND_ACTIVITY];
	const struct str *day = standing_days(c->plan, c->arena);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (standing_owes(&all->list[i]) && is_past(c->plan, day[i]))
			add(c,
			    (struct step){
				.message = N_("An answer is late: %1"),
				.argument =
				    record_value(&all->list[i], "title"),
				.page = "aktiviteter",
				.kind = KIND_ACTIVITY,
				.urgent = true}); /* S10 */
	}
}

static bool
is_open_idea(const struct record *idea)
{
	struct str state = record_value(idea, "state");
	return !str_eq(state, S("dropped")) && !str_eq(state, S("stopped"));
}

/* One idea of each at a time: the rest wait on the board. */
static void
add_ideas(struct collect *c)
{
	const struct records *all = &c->plan->of[KIND_IDEA];
	bool waits = false, asks = false;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *idea = &all->list[i];
		if (!is_open_idea(idea))
			continue;
		if (!waits && str_eq(record_value(idea, "shown"), S("waiting")))
			add(c,
			    (struct step){.message = N_("Ideas wait to be "
							"looked through."),
				.page = "ideer",
				.kind = KIND_IDEA});
		waits =
		    waits || str_eq(record_value(idea, "shown"), S("waiting"));
		if (!asks && record_value(idea, "citizen_part").n == 0 &&
		    record_value(idea, "what").n > 0) {
			add(c,
			    (struct step){
				.message = N_("Ask what the citizen can do in "
					      "the idea: %1"),
				.argument = record_value(idea, "title"),
				.page = "ideer",
				.kind = KIND_IDEA}); /* R18, S8 */
			asks = true;
		}
	}
}

struct steps
plan_steps(const struct plan *plan, struct arena *a)
{
	struct collect c = {.plan = plan,
	    .arena = a,
	    .steps = {.list = arena_new(a, struct step, MAX_STEPS)}};
	add_late_tasks(&c);
	add_owed_answers(&c);
	add_late_focus(&c);
	add_late_plans(&c);
	add_frame(&c);
	add_empty_parts(&c);
	add_groups(&c);
	add_phase_gaps(&c);
	add_ideas(&c);
	return c.steps;
}
