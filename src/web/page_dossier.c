/* SPDX-License-Identifier: MPL-2.0 */

/* Everything about one person: for themselves with their code, and as a file
 * for whoever answers them. */
#include "base/cpr.h"
#include "view_dossier_page.h"
#include "web/dossier_view.h"
#include "web/page_person.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/shell.h"
#include "web/visit.h"

static enum err
give_file(struct req *rq, const struct dossier *d, bool json)
{
	struct str bytes;
	struct dossier_file f = {.lang = rq->lang,
	    .org = rq->org->name,
	    .now_us = rq->who.now_us,
	    .json = json,
	    .of = d,
	    .n = 1};
	enum err e = dossier_file(rq->arena, &f, &bytes);
	if (e != ERR_OK)
		return e;
	return req_file(rq,
	    json ? S("application/json") : S("text/html; charset=utf-8"),
	    str_cat(rq->arena, d->code, json ? S(".json") : S(".html")), bytes);
}

/* POST /netvaerk/N/personer/ID/alt: it is noted who fetched it, and why. */
enum err
page_person_dossier(struct req *rq)
{
	struct id id;
	struct dossier d;
	struct str reason = req_form(rq, S("grund"));
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	struct dossier_wish wish = {
	    .person = id, .lang = rq->lang, .reason = reason};
	e = dossier_read(rq->db, rq->arena, &rq->who, &wish, &d);
	if (e == ERR_INVALID)
		return page_person_again(rq, cpr_find(reason).n > 0);
	return e == ERR_OK
	    ? give_file(rq, &d, str_eq(req_form(rq, S("form")), S("json")))
	    : e;
}

/* Who has a code is not always who it was made for; where an address is
 * protected it is not shown by a code alone. */
static enum err
own(struct req *rq, struct visit *v, struct dossier *d)
{
	enum err e = visit_enter(rq, req_param(rq, S("token")), v);
	if (e != ERR_OK)
		return e;
	struct dossier_wish wish = {.person = v->citizen.person.id,
	    .lang = rq->lang,
	    .contact = !v->citizen.person.protected_address};
	return dossier_get(rq->db, rq->arena, &v->citizen.in, &wish, d);
}

/* GET /c/CODE/alt */
enum err
page_citizen_dossier(struct req *rq)
{
	struct visit v = {0};
	struct dossier d;
	enum err e = own(rq, &v, &d);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e != ERR_OK)
		return e;
	struct view_dossier_page view = {
	    .head = visit_head(rq, &v, req_tr(rq, "All we hold about you")),
	    .foot = shell_foot(rq),
	    .html_href = visit_href(rq, &v, "/alt/side"),
	    .json_href = visit_href(rq, &v, "/alt/json"),
	    .rights_href = visit_href(rq, &v, "/ret"),
	    .back = visit_href(rq, &v, ""),
	    .dossier = dossier_view(rq->arena, rq->lang, &d),
	};
	tmpl_dossier_page(&rq->out, rq->lang, &view);
	return req_html(rq);
}

/* GET /c/CODE/alt/KIND */
enum err
page_citizen_dossier_file(struct req *rq)
{
	struct visit v = {0};
	struct dossier d;
	struct str kind = req_param(rq, S("kind"));
	bool json = str_eq(kind, S("json"));
	if (!json && !str_eq(kind, S("side")))
		return ERR_NOT_FOUND;
	enum err e = own(rq, &v, &d);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	return e == ERR_OK ? give_file(rq, &d, json) : e;
}
