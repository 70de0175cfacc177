/* SPDX-License-Identifier: MPL-2.0 */
#include "web/visit.h"

#include "base/buf.h"
#include "model/code.h"
#include "view_citizen_code.h"
#include "web/security.h"
#include "web/shell.h"

static const struct attempt wrong_code = {"citizen", 10, MINUTE_US};

/* In the person's own language, and few words for the young (rule R4), unless
 * the address says otherwise. */
static void
choose_words(struct req *rq, struct visit *v)
{
	const struct person *p = &v->citizen.person;
	struct str how = req_query(rq, S("vis"));
	if (req_query(rq, S("sprog")).n == 0)
		rq->lang = lang_parse(p->lang, LANG_DA);
	v->young = str_eq(p->age, S("0-14"));
	v->easy = str_eq(how, S("let")) || (v->young && !str_eq(how, S("alt")));
}

/* Wrong codes count; whoever has a right one comes in all the same, also from
 * an address where somebody guesses. */
enum err
visit_enter(struct req *rq, struct str typed, struct visit *v)
{
	struct code code;
	struct str peer = security_peer(rq);
	struct actor who = req_program(rq);
	enum err e = ERR_NOT_FOUND;
	if (code_parse(rq->arena, typed, &code) &&
	    code_org(&rq->site->orgs, rq->arena, &code) == rq->org)
		e = citizen_enter(
		    rq->db, rq->arena, &who, hash_of(code.token), &v->citizen);
	if (e == ERR_NOT_FOUND)
		return security_may_try(rq, &wrong_code, peer) ? e
							       : ERR_LIMITED;
	if (e != ERR_OK)
		return e;
	v->path = STR_JOIN(rq->arena, S("/c/"),
	    code_text(rq->arena, code.short_code, code.token));
	choose_words(rq, v);
	return ERR_OK;
}

struct str
visit_href(struct req *rq, const struct visit *v, const char *rest)
{
	return STR_JOIN(rq->arena, v->path, str_c(rest), S("?sprog="),
	    lang_code(rq->lang), v->easy ? S("&vis=let") : S(""));
}

/* The other language of this page, also where a form came back. */
struct view_head
visit_head(struct req *rq, const struct visit *v, struct str title)
{
	struct view_head h = shell_head(rq, title);
	h.other_href = STR_JOIN(rq->arena, v->path, S("?sprog="), h.other_lang);
	return h;
}

/* ---- the code ---- */

enum err
visit_code(struct req *rq, bool wrong, int status)
{
	struct view_citizen_code v = {
	    .head = shell_head(rq, req_tr(rq, "Type your code")),
	    .foot = shell_foot(rq),
	    .wrong = wrong,
	    .typed = req_form(rq, S("kode")),
	    .contact = rq->org->contact,
	};
	tmpl_citizen_code(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}
