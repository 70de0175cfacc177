/* SPDX-License-Identifier: MPL-2.0 */

/* What anybody may see of a draw, once it was chosen to be shown. */
#include "base/buf.h"
#include "view_draw_public.h"
#include "web/page_draw.h"
#include "web/pages.h"
#include "web/shell.h"

/* POST /netvaerk/N/lodtraekning/ID/offentlig */
enum err
page_draw_publish(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = sortition_publish(
		    rq->db, rq->arena, &rq->who, id, req_form(rq, S("how")));
	return e == ERR_OK ? req_redirect(rq, "%.*s?besked=gemt",
				 STR_ARG(draw_href(rq, id, "")))
			   : e;
}

static void
fill_codes(struct req *rq, const struct sortition *s, const struct drawn *d,
    struct view_draw_public *v)
{
	struct buf panel = buf_new(rq->arena, DRAW_CODES_BYTES);
	buf_add(&panel, s->stays);
	for (ptrdiff_t i = 0; i < d->n_panel; i++)
		draw_add_code(&panel, d->panel[i]);
	v->chances = draw_chance_list(rq, d, false);
	v->panel = buf_str(&panel);
	v->codes = true;
}

/* GET /lodtraekning/ID: anybody. */
enum err
page_draw_public(struct req *rq)
{
	struct id id;
	struct sortition s;
	struct drawn drawn;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = sortition_public(rq->db, rq->arena, &rq->who, id, &s);
	if (e == ERR_OK)
		e = sortition_read(rq->arena, s.result, &drawn);
	if (e != ERR_OK)
		return e;
	struct view_draw_public v = {
	    .head = shell_head(rq, req_tr(rq, "Draw by lot")),
	    .foot = shell_foot(rq),
	    .when = lang_date(rq->arena, rq->lang, date_danish(s.created_us)),
	    .size = s.size,
	    .pool = drawn.n_chances,
	    .seed = s.seed,
	    .low = draw_percent(rq, drawn.min),
	    .high = draw_percent(rq, drawn.max),
	};
	if (str_eq(s.published, S("codes")))
		fill_codes(rq, &s, &drawn, &v);
	tmpl_draw_public(&rq->out, rq->lang, &v);
	return req_html(rq);
}
