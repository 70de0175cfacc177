/* SPDX-License-Identifier: MPL-2.0 */

/* The people a network asks: the list of them, and who has looked at their
 * contact details. */
#include "base/buf.h"
#include "view_access.h"
#include "view_persons.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

enum { PAGE_PEOPLE = 50, LOG_ROWS = 500 };

static void
fill_filter(struct req *rq, const struct plan *plan,
    const struct person_filter *filter, struct view_persons *v)
{
	const struct records *groups = &plan->of[KIND_GROUP];
	struct view_persons_groups *list =
	    arena_new(rq->arena, struct view_persons_groups, groups->n);
	struct view_persons_states *states =
	    arena_new(rq->arena, struct view_persons_states, 10);
	ptrdiff_t n = 0;
	for (const struct choice *c = person_states; c->key != NULL; c++)
		states[n++] =
		    (struct view_persons_states){.value = str_c(c->key),
			.label = req_tr(rq, c->label),
			.chosen = str_eq(str_c(c->key), filter->state)};
	for (ptrdiff_t i = 0; i < groups->n; i++)
		list[i] = (struct view_persons_groups){
		    .value = groups->list[i].id_text,
		    .label = plan_title(plan, rq->arena, &groups->list[i]),
		    .chosen = id_eq(groups->list[i].id, filter->group)};
	v->states.p = states;
	v->states.n = n;
	v->groups.p = list;
	v->groups.n = groups->n;
}

static void
fill_people(struct req *rq, const struct plan *plan,
    const struct person_page *page, struct view_persons *v)
{
	struct view_persons_people *list =
	    arena_new(rq->arena, struct view_persons_people, page->n);
	for (ptrdiff_t i = 0; i < page->n; i++) {
		const struct person *p = &page->list[i];
		list[i] = (struct view_persons_people){
		    .href = person_href(rq, p->id, ""),
		    .code = person_code(rq->arena, p->number),
		    .alias = p->alias,
		    .group = person_group_name(rq, plan, p),
		    .state = person_choice(rq, person_states, p->state),
		    .channel = person_choice(rq, person_channels, p->channel),
		};
	}
	v->people.p = list;
	v->people.n = page->n;
	v->has_people = page->n > 0;
	v->total = page->total;
}

/* The same filter, after the last one shown. */
static struct str
next_href(struct req *rq, const struct person_filter *filter,
    const struct person_page *page)
{
	if (page->n < filter->max)
		return S("");
	struct str group = id_is_set(filter->group)
	    ? id_text(rq->arena, filter->group)
	    : S("");
	struct str path = req_network_path(rq, "/personer");
	return str_fmt(rq->arena, "%.*s?tilstand=%.*s&gruppe=%.*s&efter=%lld",
	    STR_ARG(path), STR_ARG(filter->state), STR_ARG(group),
	    (long long)page->list[page->n - 1].number);
}

static struct person_filter
read_filter(struct req *rq)
{
	struct person_filter filter = {.max = PAGE_PEOPLE};
	struct str state = req_query(rq, S("tilstand"));
	if (choice_find(person_states, state) != NULL)
		filter.state = state;
	if (!id_parse(req_query(rq, S("gruppe")), &filter.group))
		filter.group = (struct id){0};
	if (!str_int(req_query(rq, S("efter")), &filter.after))
		filter.after = 0;
	return filter;
}

/* GET /netvaerk/N/personer */
enum err
page_persons(struct req *rq)
{
	const struct plan *plan;
	struct person_page page;
	struct person_filter filter = read_filter(rq);
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = person_list(rq->db, rq->arena, &rq->who, &filter, &page);
	if (e != ERR_OK)
		return e;
	struct view_persons v = {
	    .head = person_head(rq, plan, req_tr(rq, "People you ask")),
	    .foot = shell_foot(rq),
	    .can_ask = actor_may(&rq->who, CAP_ASK),
	    .new_href = req_network_path(rq, "/personer/ny"),
	    .import_href = req_network_path(rq, "/personer/import"),
	    .draw_href = req_network_path(rq, "/lodtraekning"),
	    .interest_href = req_network_path(rq, "/tilmelding"),
	    .action = req_network_path(rq, "/personer"),
	    .next_href = next_href(rq, &filter, &page),
	};
	if (actor_may(&rq->who, CAP_ACCESS))
		v.log_href = req_network_path(rq, "/adgang");
	fill_filter(rq, plan, &filter, &v);
	fill_people(rq, plan, &page, &v);
	tmpl_persons(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- who has looked ---- */

static struct str
access_what(struct req *rq, const struct access_row *row)
{
	if (row->number > 0)
		return person_code(rq->arena, row->number);
	return req_tr1(
	    rq, "%1 people", lang_int(rq->arena, rq->lang, row->count));
}

/* GET /netvaerk/N/adgang */
enum err
page_access(struct req *rq)
{
	const struct plan *plan;
	struct access_rows log;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = access_list(rq->db, rq->arena, &rq->who, LOG_ROWS, &log);
	if (e != ERR_OK)
		return e;
	struct view_looks_rows *rows =
	    arena_new(rq->arena, struct view_looks_rows, log.n);
	for (ptrdiff_t i = 0; i < log.n; i++) {
		const struct access_row *row = &log.list[i];
		rows[i] = (struct view_looks_rows){
		    .when = lang_time(rq->arena, rq->lang, row->at_us),
		    .who = vault_name_of(&plan->names, row->account),
		    .what = access_what(rq, row),
		    .reason = row->reason};
	}
	struct view_access v = {
	    .head = person_head(rq, plan, req_tr(rq, "Who has looked")),
	    .foot = shell_foot(rq),
	    .has_rows = log.n > 0,
	    .looks = {.caption = req_tr(rq, "Who has looked"),
		.rows = {rows, log.n}},
	};
	tmpl_access(&rq->out, rq->lang, &v);
	return req_html(rq);
}
