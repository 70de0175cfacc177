/* SPDX-License-Identifier: MPL-2.0 */

/* What it cost volunteers to help: who is owed what, and who has it back. */
#include "base/buf.h"
#include "model/expense.h"
#include "view_expenses.h"
#include "web/corps_view.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

static struct str
money(struct req *rq, int64_t kroner)
{
	return req_tr1(rq, "%1 kr.", lang_int(rq->arena, rq->lang, kroner));
}

static void
fill_rows(struct req *rq, const struct expenses *all, struct view_expenses *v)
{
	struct view_expenses_rows *rows =
	    arena_new(rq->arena, struct view_expenses_rows, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct expense *x = &all->list[i];
		rows[i] = (struct view_expenses_rows){
		    .person = id_text(rq->arena, x->person),
		    .shift = id_text(rq->arena, x->shift.id),
		    .key = req_new_key(rq),
		    .name = STR_JOIN(rq->arena,
			person_code(rq->arena, x->number), S(" "), x->alias),
		    .href = person_href(rq, x->person, ""),
		    .when = corps_when(rq, &x->shift),
		    .title = x->shift.task_title,
		    .kroner = money(rq, x->kroner),
		    .amount = x->kroner,
		    .paid = x->paid_us > 0,
		    .paid_on = x->paid_us > 0 ? lang_date(rq->arena, rq->lang,
						    date_danish(x->paid_us))
					      : S("")};
	}
	v->rows.p = rows;
	v->rows.n = all->n;
}

static enum err
show(struct req *rq, struct str error, int status)
{
	const struct plan *plan;
	struct expenses all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = expense_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_expenses v = {
	    .head = corps_head(rq, plan, req_tr(rq, "Expenses")),
	    .foot = shell_foot(rq),
	    .back = req_network_path(rq, "/vagter"),
	    .action = req_network_path(rq, "/vagter/udlaeg"),
	    .csrf = req_csrf(rq),
	    .faults = faults_sentence(rq, error),
	    .can = actor_may(&rq->who, CAP_ASK),
	    .owed = money(rq, all.owed),
	    .paid_back = money(rq, all.paid),
	};
	fill_rows(rq, &all, &v);
	tmpl_expenses(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/vagter/udlaeg */
enum err
page_expenses(struct req *rq)
{
	return show(rq, S(""), 200);
}

/* POST /netvaerk/N/vagter/udlaeg: they have it back, or not after all. */
enum err
page_expense_paid(struct req *rq)
{
	struct payment p = {.paid = !str_eq(req_form(rq, S("do")), S("owed"))};
	if (!id_parse(req_form(rq, S("shift")), &p.of.shift) ||
	    !id_parse(req_form(rq, S("person")), &p.of.person) ||
	    !str_int(req_form(rq, S("kroner")), &p.kroner))
		return ERR_INVALID;
	enum err e = expense_pay(rq->db, rq->arena, &rq->who, p);
	if (e == ERR_CONFLICT)
		return show(rq,
		    req_tr(rq,
			"It was changed meanwhile. Look at the amount again."),
		    409);
	struct str path = req_network_path(rq, "/vagter/udlaeg");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(path)) : e;
}
