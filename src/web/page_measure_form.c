/* SPDX-License-Identifier: MPL-2.0 */

/* Answering a measurement: with a code from us (/c/CODE/maaling/ID), or by the
 * open address (/maaling/ID) with a pseudonym. */
#include "base/buf.h"
#include "view_measure_form.h"
#include "web/faults.h"
#include "web/measure_view.h"
#include "web/pages.h"
#include "web/security.h"
#include "web/shell.h"
#include "web/visit.h"

/* A full hall behind one address; what comes faster waits. */
static const struct attempt new_answer = {"measure", 2000, MINUTE_US};

struct sheet {
	struct actor in;
	struct measure m;
	bool by_code;
	struct visit visit; /* by_code */
	struct respondent p; /* by_code */
	struct str path;
	/* What was typed. */
	struct str code, given;
	bool asks_again, thanks;
	const char *fault, *words_fault; /* msgids or NULL */
};

static enum err
enter_by_link(struct req *rq, struct sheet *s)
{
	struct id id, network;
	enum err e = req_param_id(rq, S("id"), &id);
	struct actor program = req_program(rq);
	if (e == ERR_OK)
		e = measure_network(rq->db, rq->arena, &program, id, &network);
	if (e != ERR_OK)
		return e;
	s->in = actor_inside(&program, network);
	s->path = STR_JOIN(rq->arena, S("/maaling/"), id_text(rq->arena, id));
	e = measure_of(rq, &s->in, &s->m);
	return e == ERR_OK && !s->m.by_link ? ERR_NOT_FOUND : e;
}

static enum err
enter_by_code(struct req *rq, struct str code, struct sheet *s)
{
	enum err e = visit_enter(rq, code, &s->visit);
	if (e != ERR_OK)
		return e;
	s->by_code = true;
	s->in = s->visit.citizen.in;
	e = measure_of(rq, &s->in, &s->m);
	if (e != ERR_OK)
		return e;
	s->path = STR_JOIN(
	    rq->arena, s->visit.path, S("/maaling/"), s->m.record.id_text);
	s->p = measure_citizen(rq->arena, &s->m, &s->visit.citizen);
	return ERR_OK;
}

/* ERR_NOT_FOUND also for a draft and for a door that is shut. */
static enum err
enter(struct req *rq, struct sheet *s)
{
	struct str code = req_param(rq, S("token"));
	*s = (struct sheet){0};
	enum err e =
	    code.n > 0 ? enter_by_code(rq, code, s) : enter_by_link(rq, s);
	return e == ERR_OK && !s->m.begun ? ERR_NOT_FOUND : e;
}

static struct str
href(struct req *rq, const struct sheet *s, const char *rest)
{
	return STR_JOIN(rq->arena, s->path, str_c(rest), S("?sprog="),
	    lang_code(rq->lang), s->visit.easy ? S("&vis=let") : S(""));
}

/* The page for a code that is nobody's, else what came of it. */
static enum err
or_code(struct req *rq, enum err e)
{
	bool code = req_param(rq, S("token")).n > 0;
	return e == ERR_NOT_FOUND && code ? visit_code(rq, true, 404) : e;
}

/* Eight letters and digits that are theirs when they choose none. */
static struct str
new_code(struct req *rq)
{
	struct str token = str_lower_ascii(rq->arena, token_new(rq->arena));
	return STR_JOIN(
	    rq->arena, str_sub(token, 0, 4), S("-"), str_sub(token, 4, 8));
}

static struct str
refused(struct req *rq, const struct sheet *s)
{
	if (s->by_code && s->p.refused != NULL)
		return req_tr(rq, s->p.refused);
	return measure_now(&s->m) == NULL
	    ? req_tr(rq, "It is closed now. Thank you if you answered.")
	    : S("");
}

static void
fill_form(struct req *rq, const struct sheet *s, const struct measure_reply *r,
    struct view_measure_form *v)
{
	const struct input code = {.kind = INPUT_LINE,
	    .name = "kode",
	    .label = N_("Your code"),
	    .hint = N_("Words you can remember next time. Not your name."),
	    .optional = true,
	    .value = s->code};
	struct measure_fields f = measure_fields(rq, &s->m, r, s->words_fault);
	v->thens = f.thens.fields;
	v->nows = f.nows.fields;
	v->codes = inputs_view(rq, &code, 1).fields;
	v->by_link = !s->by_code;
	v->given = s->given.n > 0 ? s->given : new_code(rq);
	v->asks_again = s->asks_again;
	v->then = measure_then(rq, &s->m);
}

static enum err
show(struct req *rq, const struct sheet *s, const struct measure_reply *r)
{
	struct str title = record_value(&s->m.record, "title");
	const char *fault = s->fault != NULL ? s->fault : s->words_fault;
	struct view_measure_form v = {
	    .head = shell_head(rq, title),
	    .foot = shell_foot(rq),
	    .title = title,
	    .purpose = record_value(&s->m.record, "purpose"),
	    .action = href(rq, s, ""),
	    .contact = rq->org->contact,
	    .refused = refused(rq, s),
	    .thanks = s->thanks,
	    .gone = req_query(rq, S("vaek")).n > 0,
	};
	v.head.other_href =
	    STR_JOIN(rq->arena, s->path, S("?sprog="), v.head.other_lang);
	if (s->by_code)
		v.back = visit_href(rq, &s->visit, "");
	if (s->by_code && measure_reply_any(r) && fault == NULL)
		v.drop_action = href(rq, s, "/slet");
	if (s->thanks && !s->by_code)
		v.keep = s->code.n > 0 ? s->code : s->given;
	if (fault != NULL)
		v.faults = faults_sentence(rq, req_tr(rq, fault));
	fill_form(rq, s, r, &v);
	tmpl_measure_form(&rq->out, rq->lang, &v);
	return req_html_status(rq, fault != NULL ? 422 : 200);
}

/* GET /maaling/ID, /c/CODE/maaling/ID.  By the open address nobody's answers
 * are shown: a code may be guessed. */
enum err
page_measure_form(struct req *rq)
{
	struct sheet s;
	struct measure_reply kept = {0};
	enum err e = enter(rq, &s);
	if (e != ERR_OK)
		return or_code(rq, e);
	const struct measure_round *now = measure_now(&s.m);
	if (s.by_code && now != NULL)
		e = measure_reply_get(rq->db, rq->arena, &s.in, &s.p, &kept);
	s.thanks = s.by_code && e == ERR_OK && req_query(rq, S("tak")).n > 0;
	return e == ERR_OK || e == ERR_NOT_FOUND ? show(rq, &s, &kept) : e;
}

/* Whoever comes by the open address, by what they typed. */
static enum err
read_code(struct req *rq, struct sheet *s)
{
	struct measure_reply old;
	const struct measure_round *now = measure_now(&s->m);
	s->code = req_form(rq, S("kode"));
	s->given = req_form(rq, S("givet"));
	struct str code = s->code.n > 0 ? s->code : s->given;
	if (!security_may_try(rq, &new_answer, security_peer(rq)))
		return ERR_LIMITED;
	s->fault = measure_code_fault(code);
	s->p = measure_pseudonym(rq->arena, &s->in, &s->m, code);
	if (s->fault != NULL || now == NULL || s->code.n == 0)
		return ERR_OK;
	enum err e = measure_reply_get(rq->db, rq->arena, &s->in, &s->p, &old);
	if (e == ERR_OK && !req_checked(rq, S("igen"))) {
		s->asks_again = true;
		s->fault = N_("There are answers with this code. Is it you? "
			      "Then tick below. Else choose another code.");
	}
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* POST /maaling/ID, /c/CODE/maaling/ID: an empty form is none.  What came when
 * the round had closed is told so. */
enum err
page_measure_answer(struct req *rq)
{
	struct sheet s;
	enum err e = enter(rq, &s);
	if (e != ERR_OK)
		return or_code(rq, e);
	struct measure_reply r = measure_posted(rq, &s.m);
	if (!s.by_code)
		e = read_code(rq, &s);
	if (e != ERR_OK)
		return e;
	s.words_fault = measure_words_fault(r.words);
	if (!measure_reply_any(&r))
		s.fault = N_("Answer one of the questions, or leave the page.");
	if (refused(rq, &s).n > 0 || s.fault != NULL || s.words_fault != NULL)
		return show(rq, &s, &r);
	e = measure_reply_put(rq->db, rq->arena, &s.in, &s.p, &r);
	if (e != ERR_OK)
		return e;
	if (s.by_code) {
		struct str path = href(rq, &s, "");
		return req_redirect(rq, "%.*s&tak=1", STR_ARG(path));
	}
	s.thanks = true;
	return show(rq, &s, &r);
}

/* POST /c/CODE/maaling/ID/slet: in every round. */
enum err
page_measure_take_back(struct req *rq)
{
	struct sheet s;
	enum err e = enter(rq, &s);
	if (e == ERR_OK)
		e = measure_reply_drop(rq->db, rq->arena, &s.in, &s.p);
	if (e != ERR_OK)
		return or_code(rq, e);
	struct str path = href(rq, &s, "");
	return req_redirect(rq, "%.*s&vaek=1", STR_ARG(path));
}
