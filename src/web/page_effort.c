/* SPDX-License-Identifier: MPL-2.0 */

/* What involving people took, against what came of it. */
#include "base/buf.h"
#include "model/effort.h"
#include "view_effort.h"
#include "web/edit.h"
#include "web/indicator.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

/* "3 t. 20 min." */
static struct str
hours(struct req *rq, int64_t minutes)
{
	struct str rest = lang_int(rq->arena, rq->lang, minutes % 60);
	if (minutes < 60)
		return req_tr1(rq, "%1 min", rest);
	return req_tr2(rq, "%1 h %2 min",
	    lang_int(rq->arena, rq->lang, minutes / 60), rest);
}

static struct view_effort_rows
row_of(struct req *rq, const struct effort *e)
{
	struct date day;
	struct view_effort_rows row = {
	    .people = e->people,
	    .asked = hours(rq, e->minutes),
	    .used = hours(rq, e->used),
	    .cost = e->cost,
	    .voices = e->voices,
	    .led_on = e->led_on,
	};
	if (e->activity == NULL)
		return row;
	row.title = record_value(e->activity, "title");
	row.href = STR_JOIN(rq->arena, req_network_path(rq, "/aktiviteter/"),
	    e->activity->id_text);
	if (date_parse(record_value(e->activity, "day"), &day))
		row.day = lang_date(rq->arena, rq->lang, day);
	return row;
}

/* GET /netvaerk/N/indsats */
enum err
page_effort(struct req *rq)
{
	const struct plan *plan;
	struct efforts all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = effort_list(rq->db, rq->arena, &rq->who, plan, &all);
	if (e != ERR_OK)
		return e;
	struct view_effort v = {
	    .head = shell_network_head(rq, req_tr(rq, "Effort and yield"),
		record_value(&plan->network, "name"), ""),
	    .foot = shell_foot(rq),
	    .spent = indicator_view(rq, S("spent_time"), NULL),
	    .ideas = plan->of[KIND_IDEA].n,
	    .insights = plan->of[KIND_INSIGHT].n,
	};
	struct view_effort_rows *rows =
	    arena_new(rq->arena, struct view_effort_rows, all.n + 1);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = row_of(rq, &all.list[i]);
	rows[all.n] = row_of(rq, &all.sum);
	v.rows.p = rows;
	v.rows.n = all.n > 0 ? all.n + 1 : 0;
	v.sentence = req_tr2(rq,
	    "People gave %1. What they said in %2 of it led on to an insight "
	    "or an idea.",
	    hours(rq, all.sum.minutes), hours(rq, all.sum.used));
	tmpl_effort(&rq->out, rq->lang, &v);
	return req_html(rq);
}
