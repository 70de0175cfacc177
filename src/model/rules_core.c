/* SPDX-License-Identifier: MPL-2.0 */

/* R12: who is with the network all the way, and had nothing to do for the last
 * phases.  What they did is read from the activities that name them. */
#include "model/activity.h"
#include "model/rules.h"

enum { PHASES = 9 }; /* the most that r12_phases may be */

struct phases {
	struct str list[PHASES + 1];
	ptrdiff_t n;
};

static bool
has_phase(const struct phases *p, struct str phase)
{
	for (ptrdiff_t i = 0; i < p->n; i++) {
		if (str_eq(p->list[i], phase))
			return true;
	}
	return false;
}

/* The last ones that the network has left, each once. */
static struct phases
left_behind(const struct plan *plan, int64_t most)
{
	struct phases p = {.n = 0};
	const struct records *stays = &plan->of[KIND_VISIT];
	for (ptrdiff_t i = stays->n - 1; i >= 0 && p.n < most; i--) {
		struct str phase = record_value(&stays->list[i], "phase");
		if (record_value(&stays->list[i], "gone").n > 0 &&
		    !has_phase(&p, phase))
			p.list[p.n++] = phase;
	}
	return p;
}

static bool
names(struct str refs, struct id id)
{
	struct id one;
	while (record_next_ref(&refs, &one)) {
		if (id_eq(one, id))
			return true;
	}
	return false;
}

/* It was held in one of them, or is planned for where the network is now. */
static bool
counts(const struct record *activity, const struct phases *past, struct str now)
{
	struct str phase = record_value(activity, "phase");
	return (now.n > 0 && str_eq(phase, now)) ||
	    (has_phase(past, phase) &&
		activity_state(activity) >= ACTIVITY_HELD);
}

static bool
had_something(const struct plan *plan, const struct record *cell, struct id id,
    const struct phases *past)
{
	const struct records *all = &plan->of[KIND_ACTIVITY];
	const struct record *stay = plan_stay(plan);
	const char *field =
	    record_value(cell, "actor").n > 0 ? "actors" : "groups";
	struct str now = stay == NULL ? S("") : record_value(stay, "phase");
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (counts(&all->list[i], past, now) &&
		    names(record_value(&all->list[i], field), id))
			return true;
	}
	return false;
}

static struct str
who_of(const struct record *cell)
{
	struct str actor = record_value(cell, "actor");
	return actor.n > 0 ? actor : record_value(cell, "target_group");
}

static bool
is_core(const struct record *cell)
{
	return str_eq(record_value(cell, "mode"), S("core"));
}

/* They may be core in many phases, and are asked about once. */
static bool
is_first(const struct records *cells, ptrdiff_t at)
{
	for (ptrdiff_t i = 0; i < at; i++) {
		if (is_core(&cells->list[i]) &&
		    str_eq(who_of(&cells->list[i]), who_of(&cells->list[at])))
			return false;
	}
	return true;
}

bool
rule_core_idle(struct rules *r, const struct plan *plan)
{
	const struct records *cells = &plan->of[KIND_CELL];
	int64_t most = r->limits.of[LIMIT_R12_PHASES];
	struct phases past = left_behind(plan, most);
	ptrdiff_t before = r->n;
	for (ptrdiff_t i = 0; past.n == most && i < cells->n; i++) {
		const struct record *cell = &cells->list[i];
		bool actor = record_value(cell, "actor").n > 0;
		const struct record *who = plan_ref(
		    plan, actor ? KIND_ACTOR : KIND_GROUP, who_of(cell));
		if (who == NULL || !is_core(cell) || !is_first(cells, i) ||
		    had_something(plan, cell, who->id, &past))
			continue;
		rules_fire(r,
		    (struct rule_hit){.rule = 12,
			.argument = plan_title(plan, r->arena, who)});
	}
	return r->n > before;
}
