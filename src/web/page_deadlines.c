/* SPDX-License-Identifier: MPL-2.0 */

/* What all networks owe people, and by when: for the secretariat and whoever
 * looks after data protection. */
#include "model/late.h"
#include "view_deadlines.h"
#include "web/pages.h"
#include "web/shell.h"

/* Where it is answered. */
static struct str
page_of(struct req *rq, const struct late *late)
{
	struct str about = id_text(rq->arena, late->about);
	struct str network = STR_JOIN(
	    rq->arena, S("/netvaerk/"), id_text(rq->arena, late->network));
	if (late->kind == LATE_REASON || late->kind == LATE_ANSWERS)
		return STR_JOIN(rq->arena, network, S("/beslutninger/"), about,
		    late->kind == LATE_ANSWERS ? S("/svar") : S(""));
	return STR_JOIN(rq->arena, network, S("/databeskyttelse"));
}

static struct view_deadlines_rows
row_of(struct req *rq, const struct late *late)
{
	return (struct view_deadlines_rows){.href = page_of(rq, late),
	    .network = late->network_name,
	    .what = req_tr(rq, late_words(late->kind)),
	    .title = late->title,
	    .due = lang_date(rq->arena, rq->lang, late->due),
	    .soon = late->stage == LATE_SOON,
	    .late = late->stage == LATE_NOW,
	    .overdue = late->stage == LATE_LONG};
}

/* GET /sekretariat/frister */
enum err
page_deadlines(struct req *rq)
{
	struct lates all;
	enum err e = late_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_deadlines v = {
	    .head = shell_head(rq, req_tr(rq, "Deadlines")),
	    .foot = shell_foot(rq),
	    .days = LATE_LONG_DAYS};
	struct view_deadlines_rows *rows =
	    arena_new(rq->arena, struct view_deadlines_rows, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		rows[i] = row_of(rq, &all.list[i]);
		v.late += all.list[i].stage > LATE_SOON;
	}
	v.rows.p = rows;
	v.rows.n = all.n;
	tmpl_deadlines(&rq->out, rq->lang, &v);
	return req_html(rq);
}
