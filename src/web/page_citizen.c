/* SPDX-License-Identifier: MPL-2.0 */

/* The citizen's page: a letter with a code in the hand, no account, no
 * script.  Four pages: the code, the page itself, the person's words
 * (page_citizen_words.c), and deleting. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/citizen.h"
#include "model/corps.h"
#include "model/dialogue.h"
#include "model/experience.h"
#include "model/measure.h"
#include "model/reply.h"
#include "model/round.h"
#include "model/trial.h"
#include "view_citizen.h"
#include "view_citizen_delete.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/seen.h"
#include "web/shell.h"
#include "web/visit.h"

/* GET /c */
enum err
page_code_form(struct req *rq)
{
	return visit_code(rq, false, 200);
}

/* POST /c: to the page it opens. */
enum err
page_code_typed(struct req *rq)
{
	struct visit v = {0};
	enum err e = visit_enter(rq, req_form(rq, S("kode")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 422);
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(v.path)) : e;
}

/* ---- the page ---- */

static const struct choice answers[] = {
    {"yes", N_("Yes, I would like to")},
    {"no", N_("No, thank you")},
    {"other", N_("Yes, but in another way")},
    {0},
};

static const struct choice ways[] = {
    {"phone", N_("Call me")},
    {"visit", N_("Come and see me")},
    {"later", N_("Ask me later")},
    {0},
};

static struct view_inputs
answer_inputs(struct req *rq, const struct visit *v,
    const struct citizen_answer *in, const struct citizen_faults *f)
{
	const struct input fields[] = {
	    {.kind = INPUT_RADIO,
		.name = "answer",
		.label = N_("Would you like to take part?"),
		.value = in->answer,
		.fault = f->answer,
		.choices = answers},
	    {.kind = INPUT_SELECT,
		.name = "way",
		.label = N_("Which other way?"),
		.value = in->way,
		.optional = true,
		.fault = f->way,
		.choices = ways},
	    {.kind = INPUT_BOXES,
		.name = "needs",
		.label = N_("Do you need any of this?"),
		.value = in->needs,
		.optional = true,
		.choices = person_needs},
	    {.kind = INPUT_TEXT,
		.name = "text",
		.label = N_("What would you like to tell us?"),
		.value = in->text,
		.optional = true,
		.fault = f->text}};
	return inputs_view(rq, fields, v->easy ? 2 : COUNT_OF(fields));
}

/* The grounds of erasure.h in a citizen's words. */
static const struct choice grounds[] = {
    {"journal", N_("It is part of a case. Then the law says that we keep it.")},
    {"archive", N_("It may have to be kept in an archive.")},
    {"law", N_("The law says that we keep it.")},
    {"claim", N_("We need it because somebody does not agree.")},
    {0},
};

static struct str
experience_href(
    struct req *rq, const struct visit *v, const struct citizen_ask *ask)
{
	struct str rest = STR_JOIN(
	    rq->arena, S("/oplevelse/"), id_text(rq->arena, ask->activity));
	return visit_href(rq, v, str_cstr(rq->arena, rest));
}

static void
fill_ask(struct req *rq, const struct visit *v, const struct citizen_ask *ask,
    struct view_citizen *view)
{
	const struct record *r = &ask->invitation;
	struct date day;
	view->has_ask = true;
	view->over = ask->over;
	if (experience_asked(&v->citizen, ask->activity))
		view->experience_href = experience_href(rq, v, ask);
	view->title = ask->title;
	view->paused = ask->paused;
	view->about = record_value(r, "about");
	view->why = record_value(r, "why");
	view->how = record_value(r, "how");
	view->use = record_value(r, "use");
	view->contact = record_value(r, "contact");
	view->sending = id_text(rq->arena, ask->sending);
	view->message = id_text(rq->arena, id_new(rq->http->now_us));
	view->promise = catalogue_words(
	    catalogue_find(S("promises"), v->citizen.promise), rq->lang)
			    ->promise;
	if (date_parse(record_value(r, "hears_by"), &day))
		view->hears = req_tr1(rq, "You hear from us by %1.",
		    lang_date(rq->arena, rq->lang, day));
}

static struct str
answer_words(struct req *rq, const struct citizen_ask *ask)
{
	const struct choice *list =
	    str_eq(ask->answer, S("other")) ? ways : answers;
	return choice_label(rq, list, list == ways ? ask->way : ask->answer);
}

static void
fill_history(struct req *rq, const struct visit *visit, struct view_citizen *v)
{
	const struct citizen *c = &visit->citizen;
	struct view_citizen_said *said =
	    arena_new(rq->arena, struct view_citizen_said, c->n_said);
	struct view_citizen_agreed *agreed =
	    arena_new(rq->arena, struct view_citizen_agreed, c->n_asks);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < c->n_said; i++)
		said[i] = (struct view_citizen_said){.text = c->said[i].text,
		    .ours = c->said[i].ours,
		    .when = lang_date(
			rq->arena, rq->lang, date_danish(c->said[i].at_us))};
	for (ptrdiff_t i = 0; i < c->n_asks; i++) {
		if (c->ask[i].answer.n > 0)
			agreed[n++] = (struct view_citizen_agreed){
			    .title = c->ask[i].title,
			    .answer = answer_words(rq, &c->ask[i]),
			    .experience_href =
				experience_was_there(c, c->ask[i].activity)
				? experience_href(rq, visit, &c->ask[i])
				: S("")};
	}
	v->said.p = said;
	v->said.n = c->n_said;
	v->has_said = c->n_said > 0;
	v->agreed.p = agreed;
	v->agreed.n = n;
	v->has_agreed = n > 0;
}

/* The dialogues that can be answered now. */
static enum err
fill_talks(struct req *rq, const struct visit *v, struct view_citizen *view)
{
	struct records all;
	const struct actor *in = &v->citizen.in;
	enum err e = record_list(rq->db, rq->arena, in, KIND_DIALOGUE, &all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_talks *rows =
	    arena_new(rq->arena, struct view_citizen_talks, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct record *r = &all.list[i];
		if (!dialogue_is_open(r, in))
			continue;
		struct str rest = str_cat(rq->arena, S("/dialog/"), r->id_text);
		rows[n++] = (struct view_citizen_talks){
		    .href = visit_href(rq, v, str_cstr(rq->arena, rest)),
		    .question = record_value(r, "question")};
	}
	view->talks.p = rows;
	view->talks.n = n;
	return ERR_OK;
}

/* The measurements that are open to them now. */
static enum err
fill_measures(struct req *rq, const struct visit *v, struct view_citizen *view)
{
	struct records all;
	const struct actor *in = &v->citizen.in;
	enum err e = record_list(rq->db, rq->arena, in, KIND_MEASURE, &all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_measures *rows =
	    arena_new(rq->arena, struct view_citizen_measures, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		struct measure m;
		const struct record *r = &all.list[i];
		e = measure_get(rq->db, rq->arena, in, r->id, &m);
		if (e != ERR_OK || measure_now(&m) == NULL ||
		    measure_citizen(rq->arena, &m, &v->citizen).refused)
			continue;
		struct str rest =
		    str_cat(rq->arena, S("/maaling/"), r->id_text);
		rows[n++] = (struct view_citizen_measures){
		    .href = visit_href(rq, v, str_cstr(rq->arena, rest)),
		    .title = record_value(r, "title")};
	}
	view->measures.p = rows;
	view->measures.n = n;
	return e;
}

/* Whether there is something to vote on, or that was. */
static enum err
fill_votes(struct req *rq, const struct visit *v, struct view_citizen *view)
{
	struct rounds all;
	enum err e = round_list(rq->db, rq->arena, &v->citizen.in, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		if (all.list[i].state != ROUND_DRAFT &&
		    all.list[i].method != ROUND_VALUE)
			view->votes_href = visit_href(rq, v, "/valg");
	}
	return e;
}

/* What they are asked to try, or have tried. */
static enum err
fill_trials(struct req *rq, const struct visit *v, struct view_citizen *view)
{
	struct trials all;
	enum err e = trial_list(rq->db, rq->arena, &v->citizen.in, &all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_trials *rows =
	    arena_new(rq->arena, struct view_citizen_trials, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct record *r = &all.list[i].record;
		if (!trial_is_for(&all.list[i], &v->citizen))
			continue;
		struct str rest = str_cat(rq->arena, S("/proeve/"), r->id_text);
		rows[n++] = (struct view_citizen_trials){
		    .href = visit_href(rq, v, str_cstr(rq->arena, rest)),
		    .title = record_value(r, "title")};
	}
	view->trials.p = rows;
	view->trials.n = n;
	return ERR_OK;
}

/* Whether there is something to help with. */
static enum err
fill_corps(struct req *rq, const struct visit *v, struct view_citizen *view)
{
	struct corps_tasks all;
	enum err e = corps_tasks(rq->db, rq->arena, &v->citizen.in, &all);
	if (e == ERR_OK && all.n > 0)
		view->corps_href = visit_href(rq, v, "/korps");
	return e;
}

/* Also for who stopped: the answer is theirs to find. */
static enum err
fill_replies(struct req *rq, const struct visit *v, struct view_citizen *view)
{
	int64_t n;
	enum err e = reply_count(rq->db, rq->arena, &v->citizen, &n);
	if (e == ERR_OK && n > 0)
		view->replies_href = visit_href(rq, v, "/resultat");
	return e;
}

static enum err
show(struct req *rq, const struct visit *v, const struct citizen_answer *in,
    const struct citizen_faults *faults)
{
	const struct citizen *c = &v->citizen;
	struct view_citizen view = {
	    .head = visit_head(rq, v, req_tr(rq, "Your page")),
	    .foot = shell_foot(rq),
	    .easy = v->easy,
	    .asks_needs = !v->easy,
	    .young = v->young,
	    .thanks = req_query(rq, S("tak")).n > 0,
	    .waits_for_guardian = c->needs_guardian,
	    .stopped = str_eq(c->person.state, S("stopped")),
	    .answer_action = visit_href(rq, v, "/svar"),
	    .stop_action = visit_href(rq, v, "/stop"),
	    .own_words_href = visit_href(rq, v, "/ord"),
	    .ideas_href = visit_href(rq, v, "/ideer"),
	    .delete_href = visit_href(rq, v, "/slet"),
	    .all_href = visit_href(rq, v, "/alt"),
	    .rights_href = visit_href(rq, v, "/ret"),
	    .inputs = answer_inputs(rq, v, in, faults),
	};
	view.words_href = STR_JOIN(rq->arena, v->path, S("?sprog="),
	    lang_code(rq->lang), v->easy ? S("&vis=alt") : S("&vis=let"));
	if (c->n_asks > 0)
		fill_ask(rq, v, &c->ask[0], &view);
	fill_history(rq, v, &view);
	enum err e = fill_replies(rq, v, &view);
	if (e != ERR_OK)
		return e;
	if (!view.stopped) {
		e = fill_talks(rq, v, &view);
		if (e == ERR_OK)
			e = fill_votes(rq, v, &view);
		if (e == ERR_OK)
			e = fill_trials(rq, v, &view);
		if (e == ERR_OK)
			e = fill_corps(rq, v, &view);
		if (e == ERR_OK)
			e = fill_measures(rq, v, &view);
		if (e != ERR_OK)
			return e;
	}
	view.has_facts = c->notice.rev > 0;
	if (view.has_facts)
		view.facts = facts_of_notice(rq, &c->notice);
	tmpl_citizen(&rq->out, rq->lang, &view);
	return req_html_status(rq, faults->any ? 422 : 200);
}

/* GET /c/CODE */
enum err
page_citizen(struct req *rq)
{
	struct visit v = {0};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e != ERR_OK)
		return e;
	seen_code(rq, v.citizen.code);
	struct citizen_answer in = {.needs = v.citizen.person.needs};
	if (v.citizen.n_asks > 0) {
		in.answer = v.citizen.ask[0].answer;
		in.way = v.citizen.ask[0].way;
	}
	return show(rq, &v, &in, &(struct citizen_faults){0});
}

/* POST /c/CODE/svar */
enum err
page_citizen_answer(struct req *rq)
{
	struct visit v = {0};
	struct citizen_faults faults;
	struct citizen_answer in = {.answer = req_form(rq, S("answer")),
	    .way = req_form(rq, S("way")),
	    .needs = req_form_all(rq, S("needs")),
	    .needs_told = req_checked(rq, S("told")),
	    .text = req_form(rq, S("text"))};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("sending")), &in.sending) ||
	    !id_parse(req_form(rq, S("message")), &in.message))
		return ERR_INVALID;
	citizen_check(&in, &faults);
	if (faults.any)
		return show(rq, &v, &in, &faults);
	e = citizen_answers(rq->db, rq->arena, &v.citizen, &in);
	if (e == ERR_CONFLICT) /* it was paused meanwhile: the page says so */
		return show(rq, &v, &in, &(struct citizen_faults){.any = true});
	struct str back = visit_href(rq, &v, "");
	return e == ERR_OK ? req_redirect(rq, "%.*s&tak=1", STR_ARG(back)) : e;
}

/* POST /c/CODE/stop */
enum err
page_citizen_stop(struct req *rq)
{
	struct visit v = {0};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e == ERR_OK)
		e = citizen_stops(rq->db, rq->arena, &v.citizen);
	struct str back = visit_href(rq, &v, "");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(back)) : e;
}

/* What became of their wish, in facts. */
static void
fill_wish(struct req *rq, const struct citizen_wish *w,
    struct view_citizen_delete *view)
{
	const struct erasure *e = &w->said;
	view->looked_at = w->looked_at;
	view->waits = w->waits;
	view->refused = w->refused;
	if (!w->waits && !w->refused)
		return;
	view->asked = lang_date(rq->arena, rq->lang, date_danish(e->asked_us));
	view->due = lang_date(rq->arena, rq->lang, e->due);
	view->longer = e->longer;
	view->ground = choice_label(rq, grounds, e->ground);
	view->note = e->note;
}

static enum err
show_delete(struct req *rq, const struct visit *v,
    const struct citizen_wish *wish, bool done)
{
	struct str title = req_tr(rq, "Delete all about me");
	struct view_citizen_delete view = {
	    .head = done ? shell_head(rq, title) : visit_head(rq, v, title),
	    .foot = shell_foot(rq),
	    .done = done,
	};
	if (!done) {
		view.action = visit_href(rq, v, "/slet");
		view.back = visit_href(rq, v, "");
		view.words_href = visit_href(rq, v, "/ord");
		view.open = !wish->waits && !wish->refused;
	}
	fill_wish(rq, wish, &view);
	tmpl_citizen_delete(&rq->out, rq->lang, &view);
	return req_html(rq);
}

/* GET /c/CODE/slet */
enum err
page_citizen_delete(struct req *rq)
{
	struct visit v = {0};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	struct citizen_wish wish;
	if (e == ERR_OK)
		e = citizen_wish(rq->db, rq->arena, &v.citizen, &wish);
	return e == ERR_OK ? show_delete(rq, &v, &wish, false) : e;
}

/* POST /c/CODE/slet: it is done, or the wish is noted. */
enum err
page_citizen_erase(struct req *rq)
{
	struct visit v = {0};
	struct citizen_wish wish;
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e == ERR_OK)
		e = citizen_wish(rq->db, rq->arena, &v.citizen, &wish);
	if (e == ERR_OK)
		e = citizen_erases(rq->db, rq->arena, &v.citizen);
	if (e != ERR_OK)
		return e;
	if (!wish.looked_at && !wish.waits && !wish.refused)
		return show_delete(rq, &v, &wish, true);
	struct str back = visit_href(rq, &v, "/slet");
	return req_redirect(rq, "%.*s", STR_ARG(back));
}
