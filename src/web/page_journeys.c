/* SPDX-License-Identifier: MPL-2.0 */

/* Citizens' journeys: each a picture that reads as a table, before, during and
 * after, with the inside lane beside it. */
#include "view_journeys.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

static const struct section_spec sections[] = {
    {KIND_JOURNEY, N_("Journeys"),
	N_("One course each, as the citizen lived it."), NULL,
	N_("No journeys yet."), false},
    {KIND_STEP, N_("The steps"), N_("Each place where the person met you."),
	NULL, N_("No steps yet."), false},
};

static struct str
shown(struct req *rq, const struct plan *plan, const struct record *r,
    const char *name)
{
	ptrdiff_t i = record_field(r->kind, name);
	return edit_shown(
	    rq, plan, &record_def(r->kind)->fields[i], record_value(r, name));
}

/* Where the mark stands on the scale, 1 (very hard) to 5. */
static int64_t
place_of(struct str mood)
{
	static const char *const order[] = {"m2", "m1", "0", "p1", "p2"};
	for (int i = 0; i < COUNT_OF(order); i++) {
		if (str_eq(str_c(order[i]), mood))
			return i + 1;
	}
	return 3;
}

static void
fill_steps(struct req *rq, const struct plan *plan,
    const struct record *journey, struct view_journeys_journeys *v)
{
	const struct records *all = &plan->of[KIND_STEP];
	struct view_journeys_journeys_steps *rows =
	    arena_new(rq->arena, struct view_journeys_journeys_steps, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct str mood = record_value(r, "mood");
		if (!str_eq(record_value(r, "journey"), journey->id_text))
			continue;
		rows[n++] = (struct view_journeys_journeys_steps){
		    .moment = shown(rq, plan, r, "moment"),
		    .touchpoint = record_value(r, "touchpoint"),
		    .channel = record_value(r, "channel"),
		    .told = record_value(r, "told"),
		    .mood = shown(rq, plan, r, "mood"),
		    .place = place_of(mood),
		    .important = str_eq(record_value(r, "important"), S("yes")),
		    .inside = record_value(r, "inside")};
	}
	v->steps.p = rows;
	v->steps.n = n;
}

static void
fill_journeys(struct req *rq, const struct plan *plan, struct view_journeys *v)
{
	const struct records *all = &plan->of[KIND_JOURNEY];
	struct view_journeys_journeys *rows =
	    arena_new(rq->arena, struct view_journeys_journeys, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		rows[i] = (struct view_journeys_journeys){.id = r->id_text,
		    .title = record_value(r, "title"),
		    .group = shown(rq, plan, r, "target_group"),
		    .note = record_value(r, "note")};
		fill_steps(rq, plan, r, &rows[i]);
	}
	v->journeys.p = rows;
	v->journeys.n = all->n;
}

enum err
journeys_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_journeys v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Journeys")),
	    .foot = shell_foot(rq),
	    .voices_href = req_network_path(rq, "/stemmer"),
	    .begun = section_view(rq, plan, edit, &sections[0]),
	    .made = section_view(rq, plan, edit, &sections[1]),
	};
	fill_journeys(rq, plan, &v);
	tmpl_journeys(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/rejser */
enum err
page_journeys(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "rejser", &edit);
	return e == ERR_OK ? journeys_show(rq, &edit, 200) : e;
}
