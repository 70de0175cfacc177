/* SPDX-License-Identifier: MPL-2.0 */

/* How it was to take part: asked on the citizen's page when an activity is
 * held, typed off paper, and shown by activity over time. */
#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/number.h"
#include "model/catalogue.h"
#include "model/experience.h"
#include "view_experience.h"
#include "view_experience_form.h"
#include "web/faults.h"
#include "web/measure_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/visit.h"

/* ---- a citizen ---- */

/* One activity as somebody sees it. */
struct look {
	struct visit visit;
	struct id activity;
	struct experience x; /* what they answered, or typed */
	bool asked, answered;
};

/* Who may not be asked any more still sees what they answered. */
static enum err
enter(struct req *rq, struct look *l)
{
	struct visit *v = &l->visit;
	enum err e = visit_enter(rq, req_param(rq, S("token")), v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e == ERR_OK)
		e = req_param_id(rq, S("id"), &l->activity);
	if (e == ERR_OK)
		e = experience_get(
		    rq->db, rq->arena, &v->citizen, l->activity, &l->x);
	l->answered = e == ERR_OK;
	l->asked = experience_asked(&v->citizen, l->activity);
	return e == ERR_NOT_FOUND &&
		experience_was_there(&v->citizen, l->activity)
	    ? ERR_OK
	    : e;
}

static struct str
href(struct req *rq, const struct look *l)
{
	struct str rest = STR_JOIN(
	    rq->arena, S("/oplevelse/"), id_text(rq->arena, l->activity));
	return visit_href(rq, &l->visit, str_cstr(rq->arena, rest));
}

static const char *
field_name(struct req *rq, int i)
{
	return str_cstr(rq->arena, str_fmt(rq->arena, "e%d", i + 1));
}

static struct view_inputs
fields(struct req *rq, const struct experience *x)
{
	struct catalogue_items list = catalogue_list(S("taking_part"));
	struct input in[EXPERIENCE_ITEMS];
	for (int i = 0; i < EXPERIENCE_ITEMS; i++)
		in[i] = (struct input){.kind = INPUT_RADIO,
		    .name = field_name(rq, i),
		    .words = catalogue_name(&list.list[i], rq->lang),
		    .optional = true,
		    .value = x->mark[i] == 0
			? S("")
			: str_fmt(rq->arena, "%d", x->mark[i]),
		    .choices = measure_marks};
	return inputs_view(rq, in, EXPERIENCE_ITEMS);
}

static enum err
show_form(struct req *rq, const struct look *l, bool empty)
{
	const struct citizen *c = &l->visit.citizen;
	struct view_experience_form view = {
	    .head = visit_head(
		rq, &l->visit, req_tr(rq, "How was it to take part?")),
	    .foot = shell_foot(rq),
	    .thanks = l->answered && req_query(rq, S("tak")).n > 0,
	    .gone = !l->answered && req_query(rq, S("taget")).n > 0,
	    .asked = l->asked,
	    .waits_for_guardian = !l->asked && c->needs_guardian,
	    .answered = l->answered,
	    .action = href(rq, l),
	    .back = visit_href(rq, &l->visit, ""),
	    .nows = fields(rq, &l->x).fields,
	};
	for (ptrdiff_t i = 0; i < c->n_asks; i++) {
		if (id_eq(c->ask[i].activity, l->activity))
			view.title = c->ask[i].title;
	}
	if (empty)
		view.faults = faults_sentence(rq,
		    req_tr(
			rq, "Answer one of the questions, or leave the page."));
	tmpl_experience_form(&rq->out, rq->lang, &view);
	return req_html_status(rq, empty ? 422 : 200);
}

/* GET /c/CODE/oplevelse/ID */
enum err
page_experience_form(struct req *rq)
{
	struct look l = {0};
	enum err e = enter(rq, &l);
	return e != ERR_OK || rq->response.status != 0
	    ? e
	    : show_form(rq, &l, false);
}

/* To the form, or to their page where there is none any more. */
static enum err
take_back(struct req *rq, const struct look *l)
{
	enum err e = experience_take_back(
	    rq->db, rq->arena, &l->visit.citizen, l->activity);
	if (e != ERR_OK)
		return e;
	struct str path = l->asked
	    ? str_cat(rq->arena, href(rq, l), S("&taget=1"))
	    : visit_href(rq, &l->visit, "");
	return req_redirect(rq, "%.*s", STR_ARG(path));
}

/* POST /c/CODE/oplevelse/ID */
enum err
page_experience_answer(struct req *rq)
{
	struct look l = {0};
	enum err e = enter(rq, &l);
	if (e != ERR_OK || rq->response.status != 0)
		return e;
	if (str_eq(req_form(rq, S("do")), S("back")))
		return take_back(rq, &l);
	l.x = (struct experience){0};
	for (int i = 0; i < EXPERIENCE_ITEMS; i++) {
		int64_t n;
		if (str_int(req_form(rq, str_c(field_name(rq, i))), &n) &&
		    n >= 0 && n <= EXPERIENCE_DONT_KNOW)
			l.x.mark[i] = (int8_t)n;
	}
	e = experience_put(
	    rq->db, rq->arena, &l.visit.citizen, l.activity, &l.x);
	if (e == ERR_INVALID)
		return show_form(rq, &l, true);
	if (e != ERR_OK)
		return e;
	struct str path = href(rq, &l);
	return req_redirect(rq, "%.*s&tak=1", STR_ARG(path));
}

/* ---- staff ---- */

static const struct experience_row *
row_of(const struct experience_rows *all, struct id activity)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].activity, activity))
			return &all->list[i];
	}
	return NULL;
}

static struct str
mean(struct req *rq, const struct experience_row *row, int i)
{
	return row == NULL || isnan(row->mean[i])
	    ? req_tr(rq, "hidden")
	    : number_text(rq->arena, rq->lang, row->mean[i], 1);
}

struct dated {
	const struct record *activity;
};

static int
by_day(const void *x, const void *y)
{
	const struct record *a = ((const struct dated *)x)->activity;
	const struct record *b = ((const struct dated *)y)->activity;
	int order = str_cmp(record_value(a, "day"), record_value(b, "day"));
	return order != 0 ? order : str_cmp(a->id_text, b->id_text);
}

static void
fill_rows(struct req *rq, const struct plan *plan,
    const struct experience_rows *all, struct view_experience *v)
{
	const struct records *list = &plan->of[KIND_ACTIVITY];
	struct dated *in_order = arena_new(rq->arena, struct dated, list->n);
	struct view_experience_rows *rows =
	    arena_new(rq->arena, struct view_experience_rows, list->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < list->n; i++)
		in_order[i].activity = &list->list[i];
	qsort(in_order, (size_t)list->n, sizeof *in_order, by_day);
	for (ptrdiff_t i = 0; i < list->n; i++) {
		const struct record *r = in_order[i].activity;
		const struct experience_row *row = row_of(all, r->id);
		struct date day;
		if (row == NULL)
			continue;
		rows[n++] = (struct view_experience_rows){
		    .title = record_value(r, "title"),
		    .when = date_parse(record_value(r, "day"), &day)
			? lang_date(rq->arena, rq->lang, day)
			: S(""),
		    .answered = row->answered,
		    .first = mean(rq, row, 0),
		    .second = mean(rq, row, 1),
		    .third = mean(rq, row, 2),
		    .fourth = mean(rq, row, 3)};
	}
	v->rows.p = rows;
	v->rows.n = n;
}

static struct view_inputs
paper_inputs(struct req *rq, const struct plan *plan)
{
	const struct records *list = &plan->of[KIND_ACTIVITY];
	struct view_input_options *options =
	    arena_new(rq->arena, struct view_input_options, list->n);
	for (ptrdiff_t i = 0; i < list->n; i++)
		options[i] =
		    (struct view_input_options){.value = list->list[i].id_text,
			.label = record_value(&list->list[i], "title")};
	const struct input in[] = {{.kind = INPUT_SELECT,
				       .name = "activity",
				       .label = N_("Activity"),
				       .value = req_form(rq, S("activity")),
				       .options = {options, list->n}},
	    {.kind = INPUT_TEXT,
		.name = "rows",
		.label = N_("One sheet a line: its number; the four answers"),
		.hint = N_("For example: 12; 4 5 x -. x is do not know, - is "
			   "no answer."),
		.value = req_form(rq, S("rows")),
		.rows = 8}};
	return inputs_view(rq, in, COUNT_OF(in));
}

static enum err
show(struct req *rq, struct str fault)
{
	const struct plan *plan;
	struct experience_rows all;
	int64_t k;
	struct catalogue_items items = catalogue_list(S("taking_part"));
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = measure_k(rq, &rq->who, &k);
	if (e == ERR_OK)
		e = experience_list(rq->db, rq->arena, &rq->who, k, &all);
	if (e != ERR_OK)
		return e;
	struct view_experience v = {
	    .head =
		measure_head(rq, plan, req_tr(rq, "How it was to take part")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, fault),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .list_href = req_network_path(rq, "/maalinger"),
	    .action = req_network_path(rq, "/oplevelse"),
	    .can_type = actor_may(&rq->who, CAP_AGENDA) &&
		plan->of[KIND_ACTIVITY].n > 0,
	    .least = k,
	    .first = catalogue_name(&items.list[0], rq->lang),
	    .second = catalogue_name(&items.list[1], rq->lang),
	    .third = catalogue_name(&items.list[2], rq->lang),
	    .fourth = catalogue_name(&items.list[3], rq->lang),
	    .nows = paper_inputs(rq, plan).fields,
	};
	fill_rows(rq, plan, &all, &v);
	tmpl_experience(&rq->out, rq->lang, &v);
	return req_html_status(rq, fault.n > 0 ? 422 : 200);
}

/* GET /netvaerk/N/oplevelse */
enum err
page_experience(struct req *rq)
{
	return show(rq, S(""));
}

/* POST /netvaerk/N/oplevelse: all lines or none. */
enum err
page_experience_paper(struct req *rq)
{
	struct experience_sheets s = {.text = req_form(rq, S("rows"))};
	if (!id_parse(req_form(rq, S("activity")), &s.activity))
		return ERR_INVALID;
	enum err e = experience_paper(rq->db, rq->arena, &rq->who, &s);
	if (e == ERR_INVALID)
		return show(rq,
		    req_tr1(rq,
			"Line %1 is no number with four answers. Nothing was "
			"kept.",
			lang_int(rq->arena, rq->lang, s.wrong)));
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/oplevelse");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}
