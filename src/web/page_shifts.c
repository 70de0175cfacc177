/* SPDX-License-Identifier: MPL-2.0 */

/* All shifts of a network by week, who is to be told what of them, the roster
 * on paper, and the calendar of a volunteer. */
#include "base/buf.h"
#include "report/ics.h"
#include "view_shifts.h"
#include "model/shift_news.h"
#include "web/corps_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/sheet.h"
#include "web/shell.h"
#include "web/site.h"

enum { ROSTER_DAYS = 28, WEEK = 7 };

/* Monday of the week, in days. */
static int64_t
monday(const struct shift *s)
{
	return date_days(s->day) - date_weekday(s->day);
}

static void
fill_weeks(struct req *rq, const struct shifts *all, struct view_shifts *v)
{
	struct view_shifts_weeks *weeks =
	    arena_new(rq->arena, struct view_shifts_weeks, all->n);
	struct view_shifts_weeks_shifts *rows =
	    arena_new(rq->arena, struct view_shifts_weeks_shifts, all->n);
	struct str path = req_network_path(rq, "/vagter/");
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct shift *s = &all->list[i];
		if (i == 0 || monday(s) != monday(s - 1)) {
			weeks[v->weeks.n] =
			    (struct view_shifts_weeks){.number = v->weeks.n + 1,
				.label = req_tr1(rq, "The week from %1",
				    lang_date(rq->arena, rq->lang,
					date_from_days(monday(s))))};
			weeks[v->weeks.n++].shifts.p = &rows[i];
		}
		weeks[v->weeks.n - 1].shifts.n++;
		rows[i] = (struct view_shifts_weeks_shifts){
		    .href = str_cat(rq->arena, path, id_text(rq->arena, s->id)),
		    .when = corps_when(rq, s),
		    .title = s->task_title,
		    .place = s->place,
		    .filled = shift_filled(rq, s)};
	}
	v->weeks.p = weeks;
}

/* Those whom no mail tells what changed for them. */
static enum err
fill_news(struct req *rq, struct view_shifts *v)
{
	struct shift_newses all;
	enum err e = shift_news_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_shifts_news *rows =
	    arena_new(rq->arena, struct view_shifts_news, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct shift_news *news = &all.list[i];
		rows[i] = (struct view_shifts_news){
		    .id = id_text(rq->arena, news->shift.id),
		    .seq = news->seq,
		    .key = req_new_key(rq),
		    .name = STR_JOIN(rq->arena,
			person_code(rq->arena, news->number), S(" "),
			news->alias),
		    .href = person_href(rq, news->person, ""),
		    .channel = choice_label(rq, person_channels, news->channel),
		    .words = shift_news_words(rq->arena, rq->lang, news),
		    .when = corps_when(rq, &news->shift),
		    .title = news->shift.task_title,
		    .place = news->shift.place};
	}
	v->news.p = rows;
	v->news.n = all.n;
	v->told_action = req_network_path(rq, "/vagter/sagt");
	v->can_tell = actor_may(&rq->who, CAP_ASK);
	return ERR_OK;
}

/* GET /netvaerk/N/vagter; ?vis=alle has those that were as well. */
enum err
page_shifts(struct req *rq)
{
	const struct plan *plan;
	struct shifts all;
	bool past = str_eq(req_query(rq, S("vis")), S("alle"));
	struct shift_filter f = {.first = date_danish(rq->http->now_us)};
	if (past)
		f.first = (struct date){0};
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = shift_list(rq->db, rq->arena, &rq->who, &f, &all);
	if (e != ERR_OK)
		return e;
	struct view_shifts v = {
	    .head = corps_head(rq, plan, req_tr(rq, "All shifts")),
	    .foot = shell_foot(rq),
	    .back = req_network_path(rq, "/korps"),
	    .pdf_href = req_network_path(rq, "/vagter/plan.pdf"),
	    .odt_href = req_network_path(rq, "/vagter/plan.odt"),
	    .other_href =
		req_network_path(rq, past ? "/vagter" : "/vagter?vis=alle"),
	    .past = past,
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	};
	if (actor_may(&rq->who, CAP_PEOPLE))
		v.expenses_href = req_network_path(rq, "/vagter/udlaeg");
	if (actor_may(&rq->who, CAP_VAULT))
		v.ring_action = req_network_path(rq, "/vagter/ring");
	fill_weeks(rq, &all, &v);
	if (actor_may(&rq->who, CAP_PEOPLE))
		e = fill_news(rq, &v);
	if (e != ERR_OK)
		return e;
	tmpl_shifts(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- the roster ---- */

static struct str
names_on(struct req *rq, const struct shift_places *all)
{
	struct str names = S("");
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct shift_place *p = &all->list[i];
		if (str_eq(p->state, S("in")) && id_is_set(p->person))
			names = STR_JOIN(rq->arena, names,
			    names.n > 0 ? S(", ") : S(""),
			    person_code(rq->arena, p->number), S(" "),
			    p->alias);
	}
	return names;
}

static enum err
roster_rows(struct req *rq, struct doc *doc, const struct shifts *all)
{
	bool people = actor_may(&rq->who, CAP_PEOPLE);
	struct doc_table *t = doc_table(doc, req_tr(rq, "Roster"), 4);
	doc_column(doc, t, 0, req_tr(rq, "When"), 1.3);
	doc_column(doc, t, 1, req_tr(rq, "Task"), 1);
	doc_column(doc, t, 2, req_tr(rq, "Where"), 1);
	doc_column(doc, t, 3, req_tr(rq, "Who is on it"), 1.5);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct shift *s = &all->list[i];
		struct shift_places on = {0};
		enum err e = people
		    ? shift_people(rq->db, rq->arena, &rq->who, s->id, &on)
		    : ERR_OK;
		if (e != ERR_OK)
			return e;
		struct str names = names_on(rq, &on);
		struct doc_text *cell = doc_row(doc, t);
		doc_run(doc, &cell[0], DOC_PLAIN, corps_when(rq, s));
		doc_run(doc, &cell[1], DOC_PLAIN, s->task_title);
		doc_run(doc, &cell[2], DOC_PLAIN, s->place);
		doc_run(doc, &cell[3], DOC_PLAIN,
		    names.n > 0 ? names : shift_filled(rq, s));
	}
	return ERR_OK;
}

/* Four weeks, by code and alias: never with a phone number. */
static enum err
roster(struct req *rq, bool pdf)
{
	const struct plan *plan;
	struct shifts all;
	struct date today = date_danish(rq->http->now_us);
	struct shift_filter f = {.first = today,
	    .last = date_from_days(date_days(today) + ROSTER_DAYS)};
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = shift_list(rq->db, rq->arena, &rq->who, &f, &all);
	if (e != ERR_OK)
		return e;
	struct doc *doc = doc_new(rq->arena, rq->lang, req_tr(rq, "Roster"));
	doc->author = rq->org->name;
	doc->subject = record_value(&plan->network, "name");
	doc->created_us = rq->http->now_us;
	if (all.n > 0)
		e = roster_rows(rq, doc, &all);
	else
		doc_say(doc, req_tr(rq, "No shifts here."));
	return e == ERR_OK ? sheet_answer(rq, doc, "vagtplan", pdf) : e;
}

/* GET /netvaerk/N/vagter/plan.pdf */
enum err
page_roster_pdf(struct req *rq)
{
	return roster(rq, true);
}

/* GET /netvaerk/N/vagter/plan.odt */
enum err
page_roster_odt(struct req *rq)
{
	return roster(rq, false);
}

/* ---- a volunteer's calendar ---- */

/* GET /vagtkalender/TOKEN: the shifts that somebody is on, with no name. */
enum err
page_shift_calendar(struct req *rq)
{
	struct shifts all;
	struct corps_feed feed;
	ptrdiff_t n = 0;
	enum err e = corps_feed_find(
	    rq->db, rq->arena, rq->org->id, req_param(rq, S("token")), &feed);
	if (e != ERR_OK)
		return e;
	struct actor program = req_program(rq);
	struct actor in = actor_inside(&program, feed.network);
	struct shift_filter f = {.person = feed.person};
	e = shift_list(rq->db, rq->arena, &in, &f, &all);
	if (e != ERR_OK)
		return e;
	struct ics_event *events =
	    arena_new(rq->arena, struct ics_event, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct shift *s = &all.list[i];
		if (!str_eq(s->mine, S("in")) || s->cancelled_us > 0)
			continue;
		events[n++] =
		    (struct ics_event){.uid = id_text(rq->arena, s->id),
			.stamp_us = rq->http->now_us,
			.date = s->day,
			.from_us = shift_from_us(s),
			.to_us = shift_to_us(s),
			.summary = s->task_title,
			.description = s->what,
			.place = s->place};
	}
	rq->response.status = 200;
	rq->response.type = S("text/calendar; charset=utf-8");
	return ics_write(rq->arena, req_tr(rq, "Shifts in Samskab"), events, n,
	    &rq->response.body);
}
