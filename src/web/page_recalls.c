/* SPDX-License-Identifier: MPL-2.0 */

/* Files to call back: they hold words that were taken back since. */
#include "base/buf.h"
#include "model/recall.h"
#include "view_recalls.h"
#include "web/leaving.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

/* GET /netvaerk/N/stemmer/tilbagekald */
enum err
page_recalls(struct req *rq)
{
	const struct plan *plan;
	struct recalls all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = recall_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_recalls_rows *rows =
	    arena_new(rq->arena, struct view_recalls_rows, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct recall *r = &all.list[i];
		rows[i] = (struct view_recalls_rows){
		    .contribution = id_text(rq->arena, r->contribution),
		    .file = id_text(rq->arena, r->export),
		    .made = lang_time(rq->arena, rq->lang, r->made_us),
		    .who = vault_name_of(&plan->names, r->account),
		    .scope = voice_scope(rq, r->scope),
		    .format = leaving_format(rq, r->format),
		    .due =
			lang_date(rq->arena, rq->lang, date_danish(r->due_us)),
		    .late = r->due_us < rq->http->now_us};
	}
	struct view_recalls v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Files to look for")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/stemmer/tilbagekald"),
	    .csrf = req_csrf(rq),
	    .can = actor_may(&rq->who, CAP_ASK),
	    .has_rows = all.n > 0,
	    .rows = {rows, all.n},
	};
	tmpl_recalls(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /netvaerk/N/stemmer/tilbagekald */
enum err
page_recall_done(struct req *rq)
{
	struct id contribution, file;
	if (!id_parse(req_form(rq, S("contribution")), &contribution) ||
	    !id_parse(req_form(rq, S("file")), &file))
		return ERR_INVALID;
	enum err e =
	    recall_done(rq->db, rq->arena, &rq->who, contribution, file);
	struct str path = req_network_path(rq, "/stemmer/tilbagekald");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(path)) : e;
}
