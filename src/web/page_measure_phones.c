/* SPDX-License-Identifier: MPL-2.0 */

/* Whom to call while a round is open: those who are asked and want no mail. */
#include "base/buf.h"
#include "model/corps.h"
#include "view_phones.h"
#include "web/measure_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

static struct str
what_of(struct req *rq, const struct measure_due *d)
{
	struct date ends;
	if (!date_parse(d->ends, &ends))
		return d->title;
	return STR_JOIN(rq->arena, d->title, S(" · "),
	    req_tr1(rq, "until %1", lang_date(rq->arena, rq->lang, ends)));
}

static enum err
add_phone(
    struct req *rq, const struct measure_due *d, struct view_phones_people *row)
{
	struct person_contact c = {0};
	enum err e = person_contact_read(rq->db, rq->arena, &rq->who,
	    d->person.id, req_form(rq, S("reason")), &c);
	*row = (struct view_phones_people){
	    .name = c.name.n > 0 ? c.name : d->person.alias,
	    .code = person_code(rq->arena, d->person.number),
	    .phone = c.phone,
	    .what = what_of(rq, d)};
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* POST /netvaerk/N/maalinger/ID/ring: whoever answered is on it too, so that it
 * tells of nobody whether they did. */
enum err
page_measure_phones(struct req *rq)
{
	const struct plan *plan;
	struct measure m;
	struct measure_dues due;
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK &&
	    corps_words_fault(req_form(rq, S("reason")), CORPS_LINE, true) !=
		NULL)
		e = ERR_INVALID;
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = measure_to_ring(rq->db, rq->arena, &rq->who, &m, &due);
	if (e != ERR_OK)
		return e;
	struct view_phones v = {
	    .head = measure_head(rq, plan, req_tr(rq, "Phone list")),
	    .foot = shell_foot(rq),
	    .lead = req_tr(rq,
		"Those who are asked and want no mail. Nobody can see who has "
		"answered, so they may have. Throw it away afterwards."),
	    .back = measure_href(rq, m.record.id, ""),
	};
	struct view_phones_people *rows =
	    arena_new(rq->arena, struct view_phones_people, due.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < due.n; i++)
		e = add_phone(rq, &due.list[i], &rows[i]);
	if (e != ERR_OK)
		return e;
	v.people.p = rows;
	v.people.n = due.n;
	tmpl_phones(&rq->out, rq->lang, &v);
	return req_html(rq);
}
