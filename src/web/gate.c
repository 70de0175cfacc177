/* SPDX-License-Identifier: MPL-2.0 */
#include "web/gate.h"

#include "base/buf.h"
#include "web/pages.h"
#include "web/route.h"

static struct view_gate_reasons
reason_view(const struct rules *rules, const struct rule_hit *hit)
{
	return (struct view_gate_reasons){.what = rule_text(rules, hit),
	    .why = rule_why(rules, hit),
	    .way = rule_way(rules, hit),
	    .rule = rule_name(rules, hit)};
}

struct view_gate
gate_notes(struct req *rq, const struct rules *rules)
{
	struct view_gate v = {.title = req_tr(rq, "Look at this")};
	struct view_gate_reasons *list =
	    arena_new(rq->arena, struct view_gate_reasons, rules->n);
	for (ptrdiff_t i = 0; i < rules->n; i++) {
		if (!rules->hit[i].stops)
			list[v.reasons.n++] =
			    reason_view(rules, &rules->hit[i]);
	}
	v.reasons.p = list;
	v.shut = v.reasons.n > 0;
	return v;
}

static void
add_hits(struct req *rq, const struct rules *rules, struct view_gate *v,
    struct view_gate_reasons *list)
{
	for (ptrdiff_t i = 0; i < rules->n; i++) {
		const struct rule_hit *hit = &rules->hit[i];
		if (!hit->stops)
			continue;
		list[v->reasons.n++] = reason_view(rules, hit);
		if (hit->rule == 1 && actor_may(&rq->who, CAP_MANAGE))
			v->pass_action = req_network_path(rq, "/tilsidesaet");
	}
	v->reasons.p = list;
}

/* The form that was posted just now comes back as it was. */
static void
fill_pass(struct req *rq, struct id object, struct view_gate *v)
{
	v->csrf = req_csrf(rq);
	v->key = req_new_key(rq);
	v->object = id_text(rq->arena, object);
	if (rq->route->page != page_pass)
		return;
	v->refused = true;
	v->reason = req_form(rq, S("reason"));
	v->pass_error = req_tr(
	    rq, "Write a reason, in your own words and without CPR numbers.");
}

static void
fill_passed(struct req *rq, const struct plan *plan,
    const struct override *passed, struct view_gate *v)
{
	if (passed == NULL)
		return;
	v->passed = req_tr2(rq, "Let pass by %1, %2. The reason:",
	    vault_name_of(&plan->names, passed->account),
	    lang_date(rq->arena, rq->lang, date_danish(passed->at_us)));
	v->passed_reason = passed->reason;
}

struct view_gate
gate_of_rules(struct req *rq, const struct plan *plan,
    const struct rules *rules, struct id object, const struct override *passed)
{
	struct view_gate v = {.title = req_tr(rq, "This holds it back")};
	add_hits(rq, rules, &v,
	    arena_new(rq->arena, struct view_gate_reasons, rules->n));
	v.shut = v.reasons.n > 0;
	fill_pass(rq, object, &v);
	fill_passed(rq, plan, passed, &v);
	return v;
}

struct view_gate
gate_view(struct req *rq, const struct plan *plan, const struct activity *a,
    const struct gate *gate)
{
	struct view_gate v = {0};
	struct view_gate_reasons *list = arena_new(
	    rq->arena, struct view_gate_reasons, gate->rules.n + gate->n_lacks);
	if (gate->next < ACTIVITY_STATES)
		v.title = req_tr1(rq, "This holds back the step: %1",
		    req_tr(rq, activity_state_label(gate->next)));
	add_hits(rq, &gate->rules, &v, list);
	for (int i = 0; i < gate->n_lacks; i++) {
		const struct lack *lack = &gate->lack[i];
		list[v.reasons.n++] = (struct view_gate_reasons){
		    .what = req_tr1(rq, lack->what, lack->argument),
		    .way = req_tr(rq, lack->way)};
	}
	v.shut = v.reasons.n > 0;
	v.refused = rq->http->method == HTTP_POST;
	fill_pass(rq, a->record.id, &v);
	fill_passed(rq, plan, a->override, &v);
	return v;
}
