/* SPDX-License-Identifier: MPL-2.0 */

/* The corps of a network: its tasks, one of them, and what newcomers read. */
#include "base/buf.h"
#include "model/plain.h"
#include "view_corps.h"
#include "view_corps_task.h"
#include "web/corps_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/sheet.h"
#include "web/shell.h"
#include "web/site.h"

enum { NEWEST = 10 };

static struct str
tie_words(struct req *rq, const struct plan *plan, const struct corps_task *t)
{
	const struct record *r = NULL;
	struct str kind = choice_label(rq, corps_ties, t->tie);
	if (str_eq(t->tie, S("idea")))
		r = plan_find(plan, KIND_IDEA, t->tie_id);
	else if (str_eq(t->tie, S("activity")))
		r = plan_find(plan, KIND_ACTIVITY, t->tie_id);
	else if (str_eq(t->tie, S("decision")) && id_is_set(t->tie_id))
		r = plan_find(plan, KIND_DECISION, t->tie_id);
	struct str words = t->tie_text;
	if (words.n == 0 && r != NULL)
		words = plan_title(plan, rq->arena, r);
	return words.n > 0 ? STR_JOIN(rq->arena, kind, S(": "), words) : kind;
}

static struct str
tie_href(struct req *rq, const struct corps_task *t)
{
	static const struct {
		const char *tie, *path;
	} paths[] = {{"idea", "/ideer/"}, {"activity", "/aktiviteter/"},
	    {"contribution", "/stemmer/"}, {"decision", "/beslutninger/"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(paths); i++) {
		if (str_eq(str_c(paths[i].tie), t->tie) && id_is_set(t->tie_id))
			return str_cat(rq->arena,
			    req_network_path(rq, paths[i].path),
			    id_text(rq->arena, t->tie_id));
	}
	return S("");
}

static struct str
day_words(struct req *rq, struct str iso)
{
	struct date day = {0};
	(void)!date_parse(iso, &day);
	return lang_date(rq->arena, rq->lang, day);
}

/* ---- all ---- */

static enum err
fill_tasks(struct req *rq, const struct plan *plan, struct view_corps *v)
{
	struct corps_tasks all;
	struct pledges pledges = {0};
	bool people = actor_may(&rq->who, CAP_PEOPLE);
	enum err e = corps_tasks(rq->db, rq->arena, &rq->who, &all);
	if (e == ERR_OK && people)
		e = pledge_list(rq->db, rq->arena, &rq->who,
		    (struct pledge_filter){0}, &pledges);
	if (e != ERR_OK)
		return e;
	struct view_corps_tasks *rows =
	    arena_new(rq->arena, struct view_corps_tasks, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct corps_task *t = &all.list[i];
		rows[i] = (struct view_corps_tasks){
		    .href = str_cat(rq->arena, req_network_path(rq, "/korps/"),
			id_text(rq->arena, t->id)),
		    .title = t->title,
		    .about = t->about,
		    .closed = !t->open,
		    .tie = tie_words(rq, plan, t)};
		for (ptrdiff_t k = 0; k < pledges.n; k++)
			rows[i].pledges += id_eq(pledges.list[k].task, t->id) &&
			    pledge_holds(&pledges.list[k]);
		rows[i].promises = rows[i].pledges > 0;
	}
	v->tasks.p = rows;
	v->tasks.n = all.n;
	return ERR_OK;
}

static enum err
fill_delivered(struct req *rq, struct view_corps *v)
{
	struct deliveries all;
	enum err e =
	    delivery_list(rq->db, rq->arena, &rq->who, (struct id){0}, &all);
	if (e != ERR_OK)
		return e;
	ptrdiff_t n = all.n < NEWEST ? all.n : NEWEST;
	struct view_corps_deliveries *rows =
	    arena_new(rq->arena, struct view_corps_deliveries, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rows[i] = (struct view_corps_deliveries){
		    .day = day_words(rq, all.list[i].day),
		    .what = all.list[i].what};
	v->deliveries.p = rows;
	v->deliveries.n = n;
	return corps_share(rq, &rq->who, (struct id){0}, &v->share);
}

/* Whether it meets newcomers at eye level. */
static struct str
reading_words(struct req *rq, const struct view_catchup *c)
{
	struct plain p = plain_check(
	    rq->arena, catchup_text(rq->arena, c), rq->lang, PLAIN_CITIZEN);
	struct str lix =
	    lang_int(rq->arena, rq->lang, (int64_t)(p.lix.lix + 0.5));
	if (p.finding == PLAIN_EMPTY)
		return req_tr(rq,
		    "Write the purpose in the plan, or write "
		    "this page for newcomers.");
	return p.finding >= PLAIN_HARD
	    ? req_tr1(rq,
		  "LIX %1: it is hard to read. Write it for newcomers in your "
		  "own words, at most 34.",
		  lix)
	    : req_tr1(rq, "LIX %1: easy to read.", lix);
}

/* GET /netvaerk/N/korps */
enum err
page_corps(struct req *rq)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_corps v = {
	    .head = corps_head(rq, plan, req_tr(rq, "Co-implementation")),
	    .foot = shell_foot(rq),
	    .shifts_href = req_network_path(rq, "/vagter"),
	    .pdf_href = req_network_path(rq, "/korps/kom-med.pdf"),
	    .odt_href = req_network_path(rq, "/korps/kom-med.odt"),
	};
	if (actor_may(&rq->who, CAP_EDIT)) {
		v.new_href = req_network_path(rq, "/korps/ny/opgave");
		v.words_href = req_network_path(rq, "/korps/ny/ord");
		if (actor_may(&rq->who, CAP_ASK))
			v.offer_href = req_network_path(rq, "/korps/ny/tilbud");
	}
	e = fill_tasks(rq, plan, &v);
	if (e == ERR_OK)
		e = fill_delivered(rq, &v);
	if (e == ERR_OK)
		e = catchup_view(rq, &rq->who, &v.catchup);
	if (e != ERR_OK)
		return e;
	if (v.tasks.n > 0 && actor_may(&rq->who, CAP_ASK))
		v.pledge_href = req_network_path(rq, "/korps/aftale");
	v.reading = reading_words(rq, &v.catchup);
	tmpl_corps(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- the page for newcomers, on paper ---- */

static enum err
catchup_file(struct req *rq, bool pdf)
{
	const struct plan *plan;
	struct view_catchup v;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = catchup_view(rq, &rq->who, &v);
	if (e != ERR_OK)
		return e;
	struct doc *doc =
	    doc_new(rq->arena, rq->lang, req_tr(rq, "New here? Read this"));
	doc->author = rq->org->name;
	doc->subject = record_value(&plan->network, "name");
	doc->created_us = rq->http->now_us;
	catchup_doc(rq, doc, &v);
	return sheet_answer(rq, doc, "kom-med", pdf);
}

/* GET /netvaerk/N/korps/kom-med.pdf */
enum err
page_catchup_pdf(struct req *rq)
{
	return catchup_file(rq, true);
}

/* GET /netvaerk/N/korps/kom-med.odt */
enum err
page_catchup_odt(struct req *rq)
{
	return catchup_file(rq, false);
}

/* ---- one task ---- */

static enum err
fill_shifts(
    struct req *rq, const struct corps_task *t, struct view_corps_task *v)
{
	struct shifts all;
	struct shift_filter f = {
	    .task = t->id, .first = date_danish(rq->http->now_us)};
	enum err e = shift_list(rq->db, rq->arena, &rq->who, &f, &all);
	if (e != ERR_OK)
		return e;
	struct view_corps_task_shifts *rows =
	    arena_new(rq->arena, struct view_corps_task_shifts, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct shift *s = &all.list[i];
		rows[i] = (struct view_corps_task_shifts){
		    .href = str_cat(rq->arena, req_network_path(rq, "/vagter/"),
			id_text(rq->arena, s->id)),
		    .when = corps_when(rq, s),
		    .place = s->place,
		    .filled = shift_filled(rq, s)};
	}
	v->shifts.p = rows;
	v->shifts.n = all.n;
	return ERR_OK;
}

/* "Agreed 24 November 2026, In progress 27 November 2026" */
static enum err
history_words(struct req *rq, struct id pledge, struct str *out)
{
	struct pledge_events all;
	*out = S("");
	enum err e = pledge_history(rq->db, rq->arena, &rq->who, pledge, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++)
		*out = STR_JOIN(rq->arena, *out, i > 0 ? S(", ") : S(""),
		    choice_label(rq, pledge_states, all.list[i].state), S(" "),
		    lang_date(
			rq->arena, rq->lang, date_danish(all.list[i].at_us)));
	return e;
}

static enum err
fill_pledges(struct req *rq, const struct plan *plan,
    const struct corps_task *t, struct view_corps_task *v)
{
	struct pledges all;
	enum err e = pledge_list(rq->db, rq->arena, &rq->who,
	    (struct pledge_filter){.task = t->id}, &all);
	struct view_corps_task_pledges *rows =
	    arena_new(rq->arena, struct view_corps_task_pledges, all.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		const struct pledge *p = &all.list[i];
		const struct record *actor =
		    plan_find(plan, KIND_ACTOR, p->actor);
		rows[i] = (struct view_corps_task_pledges){.name = actor != NULL
			? record_value(actor, "name")
			: STR_JOIN(rq->arena, person_code(rq->arena, p->number),
			      S(" "), p->alias),
		    .href = id_is_set(p->person)
			? person_href(rq, p->person, "")
			: S(""),
		    .state = choice_label(rq, pledge_states, p->state),
		    .words = corps_pledge(rq, p),
		    .way = choice_label(rq, pledge_ways, p->way),
		    .secrecy = p->secrecy,
		    .holds = pledge_holds(p),
		    .can_end = actor_may(&rq->who, CAP_ASK) &&
			pledge_may_move(p->state, S("stopped")),
		    .action = str_cat(rq->arena,
			req_network_path(rq, "/korps/aftale/"),
			id_text(rq->arena, p->id)),
		    .key = req_new_key(rq)};
		e = history_words(rq, p->id, &rows[i].history);
	}
	v->pledges.p = rows;
	v->pledges.n = all.n;
	return e;
}

static enum err
fill_matches(
    struct req *rq, const struct corps_task *t, struct view_corps_task *v)
{
	struct corps_matches all;
	enum err e = corps_match(rq->db, rq->arena, &rq->who, t, &all);
	if (e != ERR_OK)
		return e;
	ptrdiff_t n = all.n < NEWEST ? all.n : NEWEST;
	struct view_corps_task_matches *rows =
	    arena_new(rq->arena, struct view_corps_task_matches, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct corps_match *m = &all.list[i];
		rows[i] = (struct view_corps_task_matches){.name = m->name,
		    .offers = m->offers,
		    .pledged = m->pledged,
		    .href = id_is_set(m->person)
			? person_href(rq, m->person, "")
			: S("")};
	}
	v->matches.p = rows;
	v->matches.n = n;
	return ERR_OK;
}

static enum err
fill_deliveries(
    struct req *rq, const struct corps_task *t, struct view_corps_task *v)
{
	struct deliveries all;
	enum err e = delivery_list(rq->db, rq->arena, &rq->who, t->id, &all);
	if (e != ERR_OK)
		return e;
	struct view_corps_task_deliveries *rows =
	    arena_new(rq->arena, struct view_corps_task_deliveries, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = (struct view_corps_task_deliveries){
		    .day = day_words(rq, all.list[i].day),
		    .what = all.list[i].what};
	v->deliveries.p = rows;
	v->deliveries.n = all.n;
	return corps_share(rq, &rq->who, t->id, &v->share);
}

static void
fill_ways(struct req *rq, const struct corps_task *t, struct view_corps_task *v)
{
	struct str of =
	    str_cat(rq->arena, S("?opgave="), id_text(rq->arena, t->id));
	struct str new = req_network_path(rq, "/korps/ny/");
	v->csrf = req_csrf(rq);
	v->back = req_network_path(rq, "/korps");
	if (actor_may(&rq->who, CAP_EDIT)) {
		v->shifts_href = STR_JOIN(rq->arena, new, S("vagter"), of);
		v->delivery_href = STR_JOIN(rq->arena, new, S("leveret"), of);
		v->edit_href = STR_JOIN(rq->arena, new, S("opgave"), of);
	}
	if (t->open && actor_may(&rq->who, CAP_ASK))
		v->pledge_href = str_cat(
		    rq->arena, req_network_path(rq, "/korps/aftale"), of);
}

/* GET /netvaerk/N/korps/ID */
enum err
page_corps_task(struct req *rq)
{
	const struct plan *plan;
	struct corps_task t;
	struct id id;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = corps_task_get(rq->db, rq->arena, &rq->who, id, &t);
	if (e != ERR_OK)
		return e;
	struct view_corps_task v = {
	    .head = corps_head(rq, plan, t.title),
	    .foot = shell_foot(rq),
	    .title = t.title,
	    .about = t.about,
	    .needs = t.needs,
	    .secrecy = t.secrecy,
	    .contact = t.contact,
	    .tie = tie_words(rq, plan, &t),
	    .tie_href = tie_href(rq, &t),
	    .people = actor_may(&rq->who, CAP_PEOPLE),
	};
	fill_ways(rq, &t, &v);
	e = fill_shifts(rq, &t, &v);
	if (e == ERR_OK && v.people)
		e = fill_pledges(rq, plan, &t, &v);
	if (e == ERR_OK && v.people)
		e = fill_matches(rq, &t, &v);
	if (e == ERR_OK)
		e = fill_deliveries(rq, &t, &v);
	if (e != ERR_OK)
		return e;
	tmpl_corps_task(&rq->out, rq->lang, &v);
	return req_html(rq);
}
