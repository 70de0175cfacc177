/* SPDX-License-Identifier: MPL-2.0 */

/* Whom to call or write to: what changed for those who have no mail, and who
 * is on a shift soon. */
#include "base/buf.h"
#include "model/shift_news.h"
#include "view_phones.h"
#include "web/corps_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

enum { RING_DAYS = 7 };

/* Opens one entry, which leaves its row with the reason. */
static enum err
add_phone(struct req *rq, const struct shift *s, const struct shift_place *p,
    struct view_phones_people *row)
{
	struct person_contact c = {0};
	enum err e = person_contact_read(rq->db, rq->arena, &rq->who, p->person,
	    req_form(rq, S("reason")), &c);
	*row = (struct view_phones_people){
	    .name = c.name.n > 0 ? c.name : p->alias,
	    .code = person_code(rq->arena, p->number),
	    .phone = c.phone,
	    .what = STR_JOIN(rq->arena, s->task_title, S(" · "),
		corps_when(rq, s), S(" · "), s->place)};
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* By telephone, or (who wants letters) by post; a protected address is on no
 * list. */
static enum err
add_news(
    struct req *rq, const struct shift_news *news, struct view_phones_news *row)
{
	struct person p;
	struct person_contact c = {0};
	bool letter = str_eq(news->channel, S("letter"));
	enum err e = person_get(rq->db, rq->arena, &rq->who, news->person, &p);
	if (e != ERR_OK)
		return e;
	e = person_contact_read(rq->db, rq->arena, &rq->who, news->person,
	    req_form(rq, S("reason")), &c);
	*row = (struct view_phones_news){
	    .name = c.name.n > 0 ? c.name : news->alias,
	    .code = person_code(rq->arena, news->number),
	    .phone = c.phone,
	    .address = letter && !p.protected_address ? c.address : S(""),
	    .words = shift_news_words(rq->arena, rq->lang, news),
	    .title = news->shift.task_title,
	    .when = corps_when(rq, &news->shift),
	    .place = news->shift.place,
	    .contact = shift_news_is_place(news) ? news->contact : S("")};
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
fill_news(struct req *rq, struct view_phones *v)
{
	struct shift_newses all;
	enum err e = shift_news_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_phones_news *rows =
	    arena_new(rq->arena, struct view_phones_news, all.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++)
		e = add_news(rq, &all.list[i], &rows[i]);
	v->news.p = rows;
	v->news.n = all.n;
	return e;
}

static enum err
fill_phones(struct req *rq, const struct shifts *all, struct view_phones *v)
{
	ptrdiff_t most = 0;
	for (ptrdiff_t i = 0; i < all->n; i++)
		most += (ptrdiff_t)all->list[i].in;
	struct view_phones_people *rows =
	    arena_new(rq->arena, struct view_phones_people, most);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct shift_places on;
		const struct shift *s = &all->list[i];
		enum err e =
		    shift_people(rq->db, rq->arena, &rq->who, s->id, &on);
		for (ptrdiff_t k = 0; e == ERR_OK && k < on.n; k++) {
			const struct shift_place *p = &on.list[k];
			if (str_eq(p->state, S("in")) && id_is_set(p->person) &&
			    s->cancelled_us == 0 &&
			    !str_eq(p->channel, S("mail")))
				e = add_phone(rq, s, p, &rows[v->people.n++]);
		}
		if (e != ERR_OK)
			return e;
	}
	v->people.p = rows;
	return ERR_OK;
}

/* POST /netvaerk/N/vagter/ring */
enum err
page_shift_phones(struct req *rq)
{
	const struct plan *plan;
	struct shifts all;
	struct date today = date_danish(rq->http->now_us);
	struct shift_filter f = {.first = today,
	    .last = date_from_days(date_days(today) + RING_DAYS)};
	if (corps_words_fault(req_form(rq, S("reason")), CORPS_LINE, true) !=
	    NULL)
		return ERR_INVALID;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = shift_list(rq->db, rq->arena, &rq->who, &f, &all);
	if (e != ERR_OK)
		return e;
	struct view_phones v = {
	    .head = corps_head(rq, plan, req_tr(rq, "Phone list")),
	    .foot = shell_foot(rq),
	    .lead =
		req_tr(rq, "Those who want no mail. Throw it away afterwards."),
	    .heading = req_tr(rq, "On a shift in the next 7 days"),
	    .back = req_network_path(rq, "/vagter"),
	};
	e = fill_news(rq, &v);
	if (e == ERR_OK)
		e = fill_phones(rq, &all, &v);
	if (e != ERR_OK)
		return e;
	tmpl_phones(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /netvaerk/N/vagter/sagt: a member of staff has told it. */
enum err
page_shift_told(struct req *rq)
{
	struct id shift;
	int64_t seq;
	if (!id_parse(req_form(rq, S("shift")), &shift) ||
	    !str_int(req_form(rq, S("seq")), &seq))
		return ERR_INVALID;
	enum err e = shift_news_said(rq->db, rq->arena, &rq->who, shift, seq);
	struct str path = req_network_path(rq, "/vagter");
	return e == ERR_OK ? req_redirect(rq, "%.*s#fortael", STR_ARG(path))
			   : e;
}
