/* SPDX-License-Identifier: MPL-2.0 */
#include "web/after.h"

#include "model/measure.h"
#include "model/story.h"
#include "model/trial.h"
#include "web/decision_view.h"
#include "web/edit.h"
#include "web/handover.h"
#include "web/idea_view.h"
#include "web/measure_view.h"
#include "web/trial_view.h"

struct look {
	struct req *rq;
	const struct plan *plan;
	struct after *out;
};

/* A new part with room for so many rows. */
static struct after_part *
begin(const struct look *l, const char *title, const char *empty, ptrdiff_t max)
{
	struct after_part *part = &l->out->part[l->out->n++];
	*part = (struct after_part){.title = title,
	    .empty = empty,
	    .row = arena_new(l->rq->arena, struct after_row, max)};
	return part;
}

static void
put(struct after_part *part, struct after_row row)
{
	part->row[part->n++] = row;
}

static struct after_row
same_on_paper(struct after_row row)
{
	row.paper.title = row.title;
	row.paper.text = row.text;
	return row;
}

static void
add(struct after_part *part, struct after_row row)
{
	put(part, same_on_paper(row));
}

static struct str
name_of(const struct look *l, const struct record *r)
{
	return plan_title(l->plan, l->rq->arena, r);
}

/* A field as a person reads it. */
static struct str
shown(const struct look *l, const struct record *r, const char *field)
{
	ptrdiff_t i = record_field(r->kind, field);
	return edit_shown(
	    l->rq, l->plan, &record_def(r->kind)->fields[i], r->value[i]);
}

/* The two that are there, parted by a dot. */
static struct str
both(const struct look *l, struct str a, struct str b)
{
	return STR_JOIN(
	    l->rq->arena, a, a.n > 0 && b.n > 0 ? S(" · ") : S(""), b);
}

static bool
is_in_use(const struct record *idea)
{
	struct str state = record_value(idea, "state");
	return handover_has(idea) &&
	    (str_eq(state, S("running")) || str_eq(state, S("test")) ||
		str_eq(state, S("adjust")));
}

/* ---- judging ---- */

static enum err
add_measures(const struct look *l)
{
	struct req *rq = l->rq;
	const struct records *all = &l->plan->of[KIND_MEASURE];
	struct after_part *part = begin(l, N_("Measured before and after"),
	    N_("Nothing is measured. Plan it before the change, or nobody can "
	       "tell afterwards."),
	    all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct measure m;
		enum err e = measure_get(
		    rq->db, rq->arena, &rq->who, all->list[i].id, &m);
		if (e != ERR_OK)
			return e;
		add(part,
		    (struct after_row){
			.href = measure_href(rq, m.record.id, ""),
			.title = record_value(&m.record, "title"),
			.text = both(l, measure_state(rq, &m),
			    req_tr(rq, measure_designs[m.design].label))});
	}
	return ERR_OK;
}

static void
add_trials(const struct look *l)
{
	const struct records *all = &l->plan->of[KIND_TRIAL];
	struct after_part *part = begin(l, N_("Tried on a small scale"),
	    N_("No idea has been tried."), all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		bool judged = record_value(r, "outcome").n > 0;
		add(part,
		    (struct after_row){.href = trial_href(l->rq, r->id, ""),
			.title = name_of(l, r),
			.text = both(l, shown(l, r, "stage"),
			    judged ? shown(l, r, "outcome") : S(""))});
	}
}

static bool
is_phase(const struct look *l, const struct record *cell, const char *source)
{
	const struct record *phase =
	    plan_ref(l->plan, KIND_PHASE, record_value(cell, "phase"));
	return phase != NULL &&
	    str_eq(record_value(phase, "source"), str_c(source));
}

/* On what is handed on a citizen is nobody by name, not even by alias, and has
 * the role of the catalogue alone: what else is written may name them. */
static struct after_row
on_paper(const struct look *l, const struct record *cell, struct after_row row)
{
	const struct record *actor =
	    plan_ref(l->plan, KIND_ACTOR, record_value(cell, "actor"));
	if (actor == NULL || !str_eq(record_value(actor, "kind"), S("citizen")))
		return same_on_paper(row);
	row.paper.title = STR_JOIN(l->rq->arena, shown(l, actor, "kind"),
	    S(", "), shown(l, cell, "phase"));
	row.paper.text = shown(l, cell, "role");
	return row;
}

/* Roles in the plan that the test says yes to. */
static void
add_cells(const struct look *l, struct after_part *part,
    bool (*test)(const struct look *, const struct record *cell))
{
	const struct records *all = &l->plan->of[KIND_CELL];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct str role = shown(l, r, "role");
		if (!test(l, r))
			continue;
		struct after_row row = {
		    .href = req_network_path(l->rq, "/plan#rolle"),
		    .title = name_of(l, r),
		    .text =
			both(l, role.n > 0 ? role : record_value(r, "own_role"),
			    record_value(r, "purpose"))};
		put(part, on_paper(l, r, row));
	}
}

static bool
is_judge(const struct look *l, const struct record *cell)
{
	(void)l;
	return str_eq(record_value(cell, "coform"), S("co_assessment"));
}

static void
add_judges(const struct look *l)
{
	add_cells(l,
	    begin(l, N_("Who judges with us"),
		N_("Nobody has a role in judging it. Give somebody one in the "
		   "plan, with the form co-assessment."),
		l->plan->of[KIND_CELL].n),
	    is_judge);
}

static void
add_results(const struct look *l)
{
	const struct records *all = &l->plan->of[KIND_DECISION];
	struct after_part *part = begin(l, N_("Decided, and what came of it"),
	    N_("No decisions yet."), all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct str result = record_value(r, "result");
		add(part,
		    (struct after_row){.href = decision_href(l->rq, r->id, ""),
			.title = name_of(l, r),
			.text = both(l, shown(l, r, "state"),
			    result.n > 0 ? result : shown(l, r, "owner"))});
	}
}

static bool
is_measured(const struct look *l, const struct record *idea)
{
	const struct records *all = &l->plan->of[KIND_MEASURE];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(record_value(&all->list[i], "idea"), idea->id_text))
			return true;
	}
	return false;
}

static void
add_unmeasured(const struct look *l)
{
	const struct records *all = &l->plan->of[KIND_IDEA];
	struct after_part *part = begin(l, N_("In use, and not measured"),
	    N_("Each idea in use has a measurement, or none is in use."),
	    all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (is_in_use(r) && !is_measured(l, r))
			add(part,
			    (struct after_row){
				.href = idea_href(l->rq, r->id, ""),
				.title = name_of(l, r),
				.text = record_value(r, "value_hypothesis")});
	}
}

enum err
after_judging(struct req *rq, const struct plan *plan, struct after *out)
{
	struct look l = {rq, plan, out};
	enum err e = add_measures(&l);
	if (e != ERR_OK)
		return e;
	add_trials(&l);
	add_judges(&l);
	add_results(&l);
	add_unmeasured(&l);
	return ERR_OK;
}

/* ---- spreading ---- */

static void
add_ideas(const struct look *l)
{
	struct req *rq = l->rq;
	const struct records *all = &l->plan->of[KIND_IDEA];
	struct after_part *part =
	    begin(l, N_("Ideas that others can take over"),
		N_("No idea is in use yet."), all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (!is_in_use(r))
			continue;
		add(part,
		    (struct after_row){.href = idea_href(rq, r->id, ""),
			.title = name_of(l, r),
			.text = both(
			    l, shown(l, r, "state"), shown(l, r, "value_tag")),
			.file = idea_href(rq, r->id, "/leverance.pdf")});
	}
}

static void
add_stories(const struct look *l)
{
	struct req *rq = l->rq;
	const struct records *all = &l->plan->of[KIND_STORY];
	struct after_part *part = begin(l, N_("Stories to tell"),
	    N_("No stories yet that may leave the network."), all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct after_row row = {
		    .href = STR_JOIN(rq->arena,
			req_network_path(rq, "/fortaellinger/"),
			id_text(rq->arena, r->id)),
		    .title = name_of(l, r),
		    .text = shown(l, r, "readers")};
		if (story_readers_of(r) < SCOPE_DECISION)
			continue;
		/* Those elsewhere who take it over are everybody. */
		put(part,
		    story_readers_of(r) == SCOPE_PUBLIC ? same_on_paper(row)
							: row);
	}
}

static void
add_adopted(const struct look *l)
{
	const struct records *all = &l->plan->of[KIND_DECISION];
	struct after_part *part = begin(
	    l, N_("What was decided"), N_("Nothing is adopted yet."), all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct str outcome = record_value(r, "outcome");
		if (str_eq(outcome, S("adopted")) ||
		    str_eq(outcome, S("partly")))
			add(part,
			    (struct after_row){
				.href = decision_href(l->rq, r->id, ""),
				.title = name_of(l, r),
				.text = both(l, shown(l, r, "outcome"),
				    shown(l, r, "taken"))});
	}
}

/* Who tells it on, and whoever else has a role when it is spread. */
static bool
is_teller(const struct look *l, const struct record *cell)
{
	struct str role = record_value(cell, "role");
	return str_eq(role, S("ambassador")) || str_eq(role, S("co_sender")) ||
	    (is_phase(l, cell, "spread") && !is_judge(l, cell));
}

static void
add_tellers(const struct look *l)
{
	add_cells(l,
	    begin(l, N_("Who tells it with us"),
		N_("Nobody has a role in telling it on. Give somebody one in "
		   "the plan, as ambassador."),
		l->plan->of[KIND_CELL].n),
	    is_teller);
}

enum err
after_spreading(struct req *rq, const struct plan *plan, struct after *out)
{
	struct look l = {rq, plan, out};
	add_ideas(&l);
	add_stories(&l);
	add_adopted(&l);
	add_tellers(&l);
	return ERR_OK;
}
