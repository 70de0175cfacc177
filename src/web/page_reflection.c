/* SPDX-License-Identifier: MPL-2.0 */

/* Reflection: the list, the form with all questions, and what follows. */
#include "web/page_reflection.h"

#include "base/buf.h"
#include "model/vault.h"
#include "view_reflection.h"
#include "view_reflections.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

struct str
reflection_name(struct req *rq, const struct vault_names *names,
    const struct reflection_line *line)
{
	return req_tr2(rq, "%1, %2",
	    lang_date(rq->arena, rq->lang, date_danish(line->begun_us)),
	    vault_name_of(names, line->account));
}

struct str
reflection_number(struct req *rq, const struct catalogue_item *question)
{
	long long number = question->number;
	return number == 0 ? S("") : str_fmt(rq->arena, "%lld. ", number);
}

bool
reflection_begins_section(const struct reflection *r, ptrdiff_t i)
{
	return i == 0 ||
	    !str_eq(r->reply[i].question->section,
		r->reply[i - 1].question->section);
}

/* "/netvaerk/N/refleksion/ID" + rest */
static struct str
path_of(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/refleksion/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
reflection_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "plan");
}

/* ---- the list ---- */

static struct view_reflections_lines
line_view(
    struct req *rq, const struct plan *plan, const struct reflection_line *line)
{
	return (struct view_reflections_lines){
	    .id = id_text(rq->arena, line->id),
	    .href = path_of(rq, line->id, ""),
	    .begun =
		lang_date(rq->arena, rq->lang, date_danish(line->begun_us)),
	    .who = vault_name_of(&plan->names, line->account),
	    .shared = line->shared,
	    .answered = line->answered,
	    .questions = line->questions,
	    .open = line->open,
	    .changed = lang_time(rq->arena, rq->lang, line->changed_us),
	};
}

/* GET /netvaerk/N/refleksion */
enum err
page_reflections(struct req *rq)
{
	const struct plan *plan;
	struct reflection_lines lines;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = reflection_list(rq->db, rq->arena, &rq->who, &lines);
	if (e != ERR_OK)
		return e;
	struct view_reflections_lines *rows =
	    arena_new(rq->arena, struct view_reflections_lines, lines.n);
	for (ptrdiff_t i = 0; i < lines.n; i++)
		rows[i] = line_view(rq, plan, &lines.list[i]);
	struct view_reflections v = {
	    .head = reflection_head(rq, plan, req_tr(rq, "Reflection")),
	    .foot = shell_foot(rq),
	    .has_lines = lines.n > 0,
	    .lines = {rows, lines.n},
	    .may_begin = actor_may(&rq->who, CAP_AGENDA),
	    .action = req_network_path(rq, "/refleksion"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	};
	tmpl_reflections(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /netvaerk/N/refleksion: begins one. */
enum err
page_reflection_begin(struct req *rq)
{
	struct str after = req_form(rq, S("after"));
	struct reflection_form form = {
	    .id = id_is_set(rq->form_key) ? rq->form_key
					  : id_new(rq->http->now_us),
	    .shared = req_checked(rq, S("shared")),
	    .young = req_checked(rq, S("young")),
	};
	if (after.n > 0 && !id_parse(after, &form.after))
		return ERR_INVALID;
	enum err e = reflection_begin(rq->db, rq->arena, &rq->who, &form);
	return e == ERR_OK
	    ? req_redirect(rq, "%.*s", STR_ARG(path_of(rq, form.id, "")))
	    : e;
}

/* ---- one ---- */

static struct view_reflection_sections_questions
question_view(struct req *rq, const struct plan *plan,
    const struct reflection_reply *reply)
{
	struct view_reflection_sections_questions q = {
	    .key = reply->question->key,
	    .number = reflection_number(rq, reply->question),
	    .text = catalogue_text(reply->question, rq->lang),
	    .rev = str_fmt(rq->arena, "%lld", (long long)reply->rev),
	    .answer_name = req_tr(rq, reflection_answer_label(reply->answer)),
	    .written = reply->text,
	};
	struct view_reflection_sections_questions_options *options = arena_new(
	    rq->arena, struct view_reflection_sections_questions_options,
	    ANSWER_COUNT);
	for (int i = 0; i < ANSWER_COUNT; i++)
		options[i] =
		    (struct view_reflection_sections_questions_options){
			.id = str_fmt(rq->arena, "%.*s-%d", STR_ARG(q.key), i),
			.value =
			    reflection_answer_key((enum reflection_answer)i),
			.label = req_tr(rq,
			    reflection_answer_label((enum reflection_answer)i)),
			.chosen = reply->answer == (enum reflection_answer)i};
	q.options.p = options;
	q.options.n = ANSWER_COUNT;
	if (reply->rev > 0)
		q.changed = req_tr2(rq, "%1, %2",
		    vault_name_of(&plan->names, reply->account),
		    lang_time(rq->arena, rq->lang, reply->at_us));
	return q;
}

/* What was typed where it could not be saved: for its fault, or, when that is
 * NULL, for what another wrote, which then stands beside it. */
static void
add_trouble(struct req *rq, const struct reflection_reply *mine,
    const struct reflection_reply *now, const char *fault,
    struct view_reflection_sections_questions *q)
{
	q->written = mine->text;
	for (int i = 0; i < ANSWER_COUNT; i++)
		((struct view_reflection_sections_questions_options *)
			q->options.p)[i]
		    .chosen = mine->answer == (enum reflection_answer)i;
	q->meets = fault == NULL;
	q->theirs = now->text;
	q->their_answer = req_tr(rq, reflection_answer_label(now->answer));
	if (fault == NULL)
		q->error = req_tr(rq,
		    "Somebody else changed this answer while you wrote. Write "
		    "what is to stand and save again.");
	else
		q->error = req_tr1(
		    rq, fault, lang_int(rq->arena, rq->lang, REFLECTION_TEXT));
}

struct trouble {
	const struct reflection *mine; /* as typed; NULL: nothing was */
	const struct reflection_saved *saved;
};

static void
look_for_trouble(struct req *rq, const struct trouble *t,
    const struct reflection_reply *now,
    struct view_reflection_sections_questions *q)
{
	for (ptrdiff_t i = 0; t->mine != NULL && i < t->mine->n; i++) {
		if (t->mine->reply[i].question == now->question &&
		    (t->saved->meets[i] || t->saved->fault[i] != NULL))
			add_trouble(
			    rq, &t->mine->reply[i], now, t->saved->fault[i], q);
	}
}

static void
fill_questions(struct req *rq, const struct plan *plan,
    const struct reflection *r, const struct trouble *t,
    struct view_reflection *v)
{
	struct view_reflection_sections *sections =
	    arena_new(rq->arena, struct view_reflection_sections, r->n);
	struct view_reflection_sections_questions *questions = arena_new(
	    rq->arena, struct view_reflection_sections_questions, r->n);
	struct faults faults = faults_new(rq, r->n);
	for (ptrdiff_t i = 0; i < r->n; i++) {
		struct view_reflection_sections_questions *q = &questions[i];
		const struct catalogue_item *item = r->reply[i].question;
		*q = question_view(rq, plan, &r->reply[i]);
		look_for_trouble(rq, t, &r->reply[i], q);
		faults_add(&faults, str_cat(rq->arena, S("t-"), item->key),
		    q->text, q->error);
		if (reflection_begins_section(r, i))
			sections[v->sections.n++] =
			    (struct view_reflection_sections){
				.anchor = item->section,
				.title = catalogue_name(item, rq->lang),
				.questions = {q, 0}};
		sections[v->sections.n - 1].questions.n++;
	}
	v->sections.p = sections;
	v->faults = faults_view(&faults);
	v->faults.partly = true;
	if (faults.n > 0)
		v->faults.heading = req_tr(rq,
		    "All but these answers were saved. Nothing you wrote is "
		    "lost.");
}

static enum err
fill_others(struct req *rq, const struct plan *plan, struct id id,
    struct view_reflection *v)
{
	struct reflection_lines lines;
	enum err e = reflection_list(rq->db, rq->arena, &rq->who, &lines);
	if (e != ERR_OK)
		return e;
	struct view_reflection_others *others =
	    arena_new(rq->arena, struct view_reflection_others, lines.n);
	for (ptrdiff_t i = 0; i < lines.n; i++) {
		const struct reflection_line *line = &lines.list[i];
		if (!id_eq(line->id, id))
			others[v->others.n++] = (struct view_reflection_others){
			    .id = id_text(rq->arena, line->id),
			    .label = reflection_name(rq, &plan->names, line)};
	}
	v->others.p = others;
	v->has_others = v->others.n > 0;
	return ERR_OK;
}

static void
fill_forms(
    struct req *rq, const struct reflection *r, struct view_reflection *v)
{
	struct id id = r->head.id;
	v->may_write = actor_may(&rq->who, CAP_AGENDA);
	v->may_own = v->may_write && !r->head.shared;
	v->csrf = req_csrf(rq);
	v->action = path_of(rq, id, "");
	v->key = req_new_key(rq);
	v->tasks_action = path_of(rq, id, "/opgaver");
	v->tasks_key = req_new_key(rq);
	v->share_action = path_of(rq, id, "/del");
	v->share_key = req_new_key(rq);
	v->drop_action = path_of(rq, id, "/slet");
	v->drop_key = req_new_key(rq);
}

static enum err
show(struct req *rq, const struct reflection *r, const struct trouble *t,
    int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_reflection v = {
	    .head = reflection_head(rq, plan, req_tr(rq, "Reflection")),
	    .foot = shell_foot(rq),
	    .begun =
		lang_date(rq->arena, rq->lang, date_danish(r->head.begun_us)),
	    .who = vault_name_of(&plan->names, r->head.account),
	    .shared = r->head.shared,
	    .answered = r->head.answered,
	    .questions = r->head.questions,
	    .open = r->head.open,
	    .list_href = req_network_path(rq, "/refleksion"),
	    .pdf_href = path_of(rq, r->head.id, "/refleksion.pdf"),
	    .compare_action = path_of(rq, r->head.id, "/sammenlign"),
	};
	fill_questions(rq, plan, r, t, &v);
	fill_forms(rq, r, &v);
	e = fill_others(rq, plan, r->head.id, &v);
	if (e != ERR_OK)
		return e;
	tmpl_reflection(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

enum err
reflection_of_path(struct req *rq, struct reflection *r)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? reflection_get(rq->db, rq->arena, &rq->who, id, r)
			   : e;
}

/* GET /netvaerk/N/refleksion/ID */
enum err
page_reflection(struct req *rq)
{
	struct reflection r;
	enum err e = reflection_of_path(rq, &r);
	return e == ERR_OK ? show(rq, &r, &(struct trouble){0}, 200) : e;
}

/* ---- what is done with one ---- */

/* One question of the form; false: it is not in it, or it is no form of
 * ours. */
static bool
read_reply(struct req *rq, struct str key, struct reflection_reply *reply)
{
	struct arena *a = rq->arena;
	return str_int(req_form(rq, str_cat(a, S("r-"), key)), &reply->rev) &&
	    reflection_answer_parse(
		req_form(rq, str_cat(a, S("a-"), key)), &reply->answer);
}

static struct reflection
read_form(struct req *rq, const struct reflection *there)
{
	struct reflection mine = {.head.id = there->head.id};
	mine.reply = arena_new(rq->arena, struct reflection_reply, there->n);
	for (ptrdiff_t i = 0; i < there->n; i++) {
		struct reflection_reply *reply = &mine.reply[mine.n];
		struct str key = there->reply[i].question->key;
		reply->question = there->reply[i].question;
		reply->text = req_form(rq, str_cat(rq->arena, S("t-"), key));
		mine.n += read_reply(rq, key, reply);
	}
	return mine;
}

static enum err
go_back(struct req *rq, struct id id, const char *message)
{
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(
	    rq, "%.*s?besked=%s", STR_ARG(path_of(rq, id, "")), message);
}

/* POST /netvaerk/N/refleksion/ID: saves every answer that can be saved; those
 * that cannot are shown again as they were typed (409, or 422 when too long).
 * ERR_OK, for what was saved is to stay. */
enum err
page_reflection_save(struct req *rq)
{
	struct reflection r;
	struct reflection_saved saved;
	enum err e = reflection_of_path(rq, &r);
	if (e != ERR_OK)
		return e;
	struct reflection mine = read_form(rq, &r);
	rq->keeps = true;
	e = reflection_save(rq->db, rq->arena, &rq->who, &mine, &saved);
	if (e != ERR_OK)
		return e;
	if (saved.met + saved.faults == 0)
		return go_back(rq, r.head.id, "gemt");
	return show(rq, &saved.now, &(struct trouble){&mine, &saved},
	    saved.met > 0 ? 409 : 422);
}

/* POST /netvaerk/N/refleksion/ID/opgaver */
enum err
page_reflection_tasks(struct req *rq)
{
	struct id id;
	int made;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = reflection_tasks(rq->db, rq->arena, &rq->who, id, &made);
	return e == ERR_OK
	    ? go_back(rq, id, made > 0 ? "opgaver" : "ingen-opgaver")
	    : e;
}

/* POST /netvaerk/N/refleksion/ID/del */
enum err
page_reflection_share(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = reflection_share(rq->db, rq->arena, &rq->who, id);
	return e == ERR_OK ? go_back(rq, id, "delt") : e;
}

/* POST /netvaerk/N/refleksion/ID/slet */
enum err
page_reflection_drop(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = reflection_drop(rq->db, rq->arena, &rq->who, id);
	struct str path = req_network_path(rq, "/refleksion");
	return e == ERR_OK
	    ? req_redirect(rq, "%.*s?besked=slettet", STR_ARG(path))
	    : e;
}
