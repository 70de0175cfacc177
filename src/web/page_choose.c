/* SPDX-License-Identifier: MPL-2.0 */

/* Which method fits: a form by GET, the rules first, then the best fit, and
 * for each of the others why not. */
#include "base/buf.h"
#include "model/activity.h"
#include "model/choose.h"
#include "model/person.h"
#include "view_choose.h"
#include "web/edit.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

enum { SELECTS = 8, MOST_OPTIONS = 300, GENTLEST = 3 };

/* ---- the form ---- */

struct select {
	const char *id, *label, *any; /* msgids */
	const char *list; /* of the catalogue */
	const struct choice *choices;
};

static const struct choice ages[] = {
    {"0-14", N_("Under 15")},
    {"15-24", N_("15 to 24")},
    {"25-79", N_("25 to 79")},
    {"80+", N_("80 and more")},
    {0},
};

static const struct select selects[] = {
    {"fase", N_("Phase"), N_("Any"), "phases", NULL},
    {"rolle", N_("Role"), N_("Any"), "roles", NULL},
    {"giver", N_("What it should give"), N_("Any"), "yields", NULL},
    {"slags", N_("Who they are"), N_("Any"), "target_group_kinds", NULL},
    {"saarbar", N_("May they be vulnerable?"), NULL, NULL, person_vulnerable},
    {"alder", N_("Age"), N_("Not asked"), NULL, ages},
    {"rum", N_("Who else is in the room?"), N_("Any"), NULL, NULL},
    {"sted", N_("Kind of place"), N_("Any"), NULL, NULL},
};

/* The rooms and places of an activity. */
static const struct choice *
choices_of(const struct select *s)
{
	const char *field =
	    s->id[0] == 'r' && s->id[1] == 'u' ? "room" : "place_kind";
	if (s->choices != NULL || s->list != NULL)
		return s->choices;
	return record_def(KIND_ACTIVITY)
	    ->fields[record_field(KIND_ACTIVITY, field)]
	    .choices;
}

static void
fill_select(struct req *rq, const struct select *s, struct str now,
    struct view_choose_selects *view)
{
	struct view_choose_selects_options *list = arena_new(
	    rq->arena, struct view_choose_selects_options, MOST_OPTIONS);
	struct catalogue_items items = {0};
	ptrdiff_t n = 0;
	if (s->list != NULL)
		items = catalogue_list(str_c(s->list));
	for (ptrdiff_t i = 0; i < items.n && n < MOST_OPTIONS; i++, n++)
		list[n] = (struct view_choose_selects_options){
		    .value = items.list[i].key,
		    .label = catalogue_name(&items.list[i], rq->lang)};
	for (const struct choice *c = choices_of(s); c && c->key; c++)
		list[n++] = (struct view_choose_selects_options){
		    .value = str_c(c->key), .label = req_tr(rq, c->label)};
	for (ptrdiff_t i = 0; i < n; i++)
		list[i].chosen = str_eq(list[i].value, now);
	*view = (struct view_choose_selects){.id = str_c(s->id),
	    .label = req_tr(rq, s->label),
	    .any = s->any == NULL ? S("") : req_tr(rq, s->any),
	    .options = {list, n}};
}

/* ---- what is wished ---- */

/* A target group of the plan says who they are: ?maalgruppe=ID. */
static const struct record *
asked_group(struct req *rq, const struct plan *plan)
{
	return plan_ref(plan, KIND_GROUP, req_query(rq, S("maalgruppe")));
}

/* What the address says, else what the group or the present phase says. */
static struct str
asked(struct req *rq, const struct plan *plan, const char *id)
{
	const struct record *group = asked_group(rq, plan);
	const struct record *stay = plan_stay(plan);
	struct str value = req_query(rq, str_c(id));
	bool answered = req_query(rq, S("saarbar")).n > 0;
	if (value.n > 0 || answered)
		return value;
	if (group != NULL && str_eq(str_c(id), S("slags")))
		return record_value(group, "kind");
	if (group != NULL && str_eq(str_c(id), S("saarbar")))
		return record_value(group, "vulnerability");
	if (stay != NULL && str_eq(str_c(id), S("fase"))) {
		const struct record *phase =
		    plan_ref(plan, KIND_PHASE, record_value(stay, "phase"));
		return phase == NULL ? S("") : record_value(phase, "source");
	}
	return S("");
}

static int64_t
asked_number(struct req *rq, struct str name)
{
	int64_t n;
	bool fine = str_int(req_query(rq, name), &n) && n >= 0 && n <= 100000;
	return fine ? n : 0;
}

static struct wish
wish_of(struct req *rq, const struct plan *plan)
{
	return (struct wish){
	    .phase = asked(rq, plan, "fase"),
	    .role = asked(rq, plan, "rolle"),
	    .gives = asked(rq, plan, "giver"),
	    .group = asked(rq, plan, "slags"),
	    .age = asked(rq, plan, "alder"),
	    .vulnerable = vulnerable_parse(asked(rq, plan, "saarbar")),
	    .own_wish = req_query(rq, S("oenske")).n > 0,
	    .whole_network = str_eq(asked(rq, plan, "rum"), S("whole_network")),
	    .town_hall = str_eq(asked(rq, plan, "sted"), S("town_hall")),
	    .people = asked_number(rq, S("antal")),
	    .minutes = asked_number(rq, S("minutter")),
	};
}

/* ---- the answer ---- */

/* An empty activity that begins with what was asked. */
static struct str
start_href(struct req *rq, const struct plan *plan, const struct pick *p,
    const struct wish *w)
{
	struct str path = req_network_path(rq, "/aktiviteter");
	const struct record *group = asked_group(rq, plan);
	struct str groups = group == NULL ? S("") : group->id_text;
	struct str room = asked(rq, plan, "rum");
	struct str place = asked(rq, plan, "sted");
	if (!actor_may(&rq->who, CAP_EDIT))
		return S("");
	return str_fmt(rq->arena,
	    "%.*s?ny=aktivitet&method=%.*s&groups=%.*s&room=%.*s"
	    "&place_kind=%.*s&people=%lld&minutes=%lld#aktivitet-ny",
	    STR_ARG(path), STR_ARG(p->method->key), STR_ARG(groups),
	    STR_ARG(room), STR_ARG(place),
	    (long long)(w->people > 0 ? w->people : p->method->people_min),
	    (long long)p->method->minutes_citizen);
}

static struct view_choose_fitting
fitting_view(struct req *rq, const struct plan *plan, const struct pick *p,
    const struct wish *w)
{
	const struct catalogue_words *words = &p->method->words[rq->lang];
	return (struct view_choose_fitting){
	    .href = str_cat(rq->arena, S("/metoder/"), p->method->key),
	    .name = words->name,
	    .text = words->text,
	    .people = words->people,
	    .time = words->time,
	    .caution = w->vulnerable == VULNERABLE_NO ? S("") : words->caution,
	    .gentle = req_tr1(rq, "Gentle: %1 of 3",
		lang_int(rq->arena, rq->lang, p->method->gentle)),
	    .in_guide = p->method->in_guide,
	    .why = p->why,
	    .ask_care = p->ask_care,
	    .ask_guardian = p->ask_guardian,
	    .start_href = start_href(rq, plan, p, w),
	};
}

static void
fill_picks(struct req *rq, const struct plan *plan, const struct picks *picks,
    const struct wish *w, struct view_choose *v)
{
	struct view_choose_fitting *in =
	    arena_new(rq->arena, struct view_choose_fitting, picks->n);
	struct view_choose_out *out =
	    arena_new(rq->arena, struct view_choose_out, picks->n);
	for (ptrdiff_t i = 0; i < picks->n; i++) {
		const struct pick *p = &picks->list[i];
		if (!p->out)
			in[v->fitting.n++] = fitting_view(rq, plan, p, w);
		else
			out[v->out.n++] = (struct view_choose_out){
			    .href = str_cat(
				rq->arena, S("/metoder/"), p->method->key),
			    .name = catalogue_name(p->method, rq->lang),
			    .why = p->why};
	}
	v->fitting.p = in;
	v->out.p = out;
	v->none = v->fitting.n == 0;
	v->has_out = v->out.n > 0;
}

/* The wish is too big for them whatever the method: say so, and show the three
 * gentlest that would do in a smaller way. */
static struct picks
smaller(struct req *rq, const struct rules *rules,
    struct catalogue_items methods, struct wish *w, struct view_choose *v)
{
	static const struct catalogue_item nothing;
	struct rules judged = *rules;
	struct meeting m = choose_meeting(&nothing, w);
	if (rule_too_big(&judged, &m)) {
		v->warning = rule_text(&judged, judged.hit);
		v->warning_way = rule_way(&judged, judged.hit);
	}
	w->people = 0;
	w->town_hall = w->whole_network = false;
	v->fits_title = req_tr(rq, "The three gentlest that would do");
	struct picks picks = choose(rules, methods, w);
	if (picks.n_in > GENTLEST)
		picks.n = picks.n_in = GENTLEST;
	return picks;
}

static void
fill_form(struct req *rq, const struct plan *plan, const struct wish *w,
    struct view_choose *v)
{
	struct view_choose_selects *list =
	    arena_new(rq->arena, struct view_choose_selects, SELECTS);
	for (int i = 0; i < SELECTS; i++)
		fill_select(
		    rq, &selects[i], asked(rq, plan, selects[i].id), &list[i]);
	v->selects.p = list;
	v->selects.n = SELECTS;
	if (w->people > 0)
		v->people = str_fmt(rq->arena, "%lld", (long long)w->people);
	if (w->minutes > 0)
		v->minutes = str_fmt(rq->arena, "%lld", (long long)w->minutes);
	v->own_wish = w->own_wish;
}

/* GET /netvaerk/N/metoder */
enum err
page_choose(struct req *rq)
{
	const struct plan *plan;
	struct rule_limits limits;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = activity_limits(rq->db, rq->arena, &rq->who, &limits);
	if (e != ERR_OK)
		return e;
	struct view_choose v = {
	    .head = shell_network_head(rq, req_tr(rq, "Choose a method"),
		record_value(&plan->network, "name"), "aktiviteter"),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/metoder"),
	    .fits_title = req_tr(rq, "The best fit first"),
	};
	struct rules rules = rules_new(rq->arena, rq->lang, &limits);
	struct wish wish = wish_of(rq, plan);
	fill_form(rq, plan, &wish, &v);
	struct picks picks = choose(&rules, plan->methods, &wish);
	if (picks.wish_too_big)
		picks = smaller(rq, &rules, plan->methods, &wish, &v);
	fill_picks(rq, plan, &picks, &wish, &v);
	tmpl_choose(&rq->out, rq->lang, &v);
	return req_html(rq);
}
