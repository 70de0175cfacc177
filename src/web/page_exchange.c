/* SPDX-License-Identifier: MPL-2.0 */

/* A dialogue's files: the page, and a conversation from elsewhere that comes
 * in: the file, what is in it, and yes to it. */
#include "base/buf.h"
#include "base/utf8.h"
#include "jobs/exchange.h"
#include "model/exchange.h"
#include "model/people_file.h"
#include "report/exchange.h"
#include "report/unzip.h"
#include "view_exchange.h"
#include "view_exchange_one.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/talk.h"

/* Of a whole conversation in memory: more than a request has. */
enum { WORK_BYTES = 384 * 1024 * 1024 };

static struct str
dialogue_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/dialoger/"),
	    id_text(rq->arena, id), str_c(rest));
}

static struct str
import_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/dialoger/import/"),
	    id_text(rq->arena, id), str_c(rest));
}

/* ---- the page ---- */

/* `fault`: of the file, a msgid or NULL. */
static enum err
show_page(struct req *rq, const char *fault)
{
	struct id id;
	struct record r;
	const struct plan *plan;
	bool open;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = record_get(
		    rq->db, rq->arena, &rq->who, KIND_DIALOGUE, id, &r);
	if (e == ERR_OK)
		e = exchange_is_open(rq->db, rq->arena, &rq->who, id, &open);
	if (e != ERR_OK)
		return e;
	const struct input inputs[] = {{.kind = INPUT_RADIO,
	    .name = "form",
	    .label = N_("The form of the tables"),
	    .value = S("now"),
	    .choices = polis_kinds}};
	const struct input paste[] = {
	    {.kind = INPUT_TEXT,
		.name = "list",
		.label = N_("Or paste the rows here"),
		.value = fault != NULL ? req_form(rq, S("list")) : S(""),
		.optional = true},
	    {.kind = INPUT_TICK,
		.name = "open",
		.label = N_("Everybody can read these data already"),
		.value = req_form(rq, S("open")),
		.optional = true}};
	struct view_exchange v = {
	    .head = shell_network_head(rq, req_tr(rq, "Files in and out"),
		record_value(&plan->network, "name"), "ideer"),
	    .foot = shell_foot(rq),
	    .question = record_value(&r, "question"),
	    .is_open = open,
	    .csrf = req_csrf(rq),
	    .fetch = dialogue_href(rq, id, "/hent"),
	    .inputs = inputs_view(rq, inputs, COUNT_OF(inputs)),
	    .paste = inputs_view(rq, paste, COUNT_OF(paste)),
	    .can_bring = actor_may(&rq->who, CAP_ASK),
	    .send = dialogue_href(rq, id, "/import"),
	    .key = req_new_key(rq),
	    .id = req_new_key(rq),
	    .file_error = fault != NULL ? req_tr(rq, fault) : S(""),
	    .back = dialogue_href(rq, id, ""),
	};
	tmpl_exchange(&rq->out, rq->lang, &v);
	return req_html_status(rq, fault == NULL ? 200 : 422);
}

/* GET /netvaerk/N/dialoger/ID/udveksling */
enum err
page_exchange(struct req *rq)
{
	return show_page(rq, NULL);
}

/* ---- in: the file ---- */

struct bringing {
	struct req *rq;
	struct arena *arena;
	struct exchange_import in;
	const char *fault;
	enum err result;
};

static void
take_table(struct bringing *s, struct str text, bool alone)
{
	if (!utf8_valid(text))
		text = people_text(s->arena, text);
	if (!exchange_sort(s->arena, text, &s->in) && alone)
		s->fault = N_("One of the files is not a table that is known "
			      "here, or there are two of a kind.");
}

/* A zip has tables that say nothing new. */
static void
take_file(struct bringing *s, struct str bytes)
{
	struct unzipped zip;
	if (!unzip_is(bytes)) {
		take_table(s, bytes, true);
		return;
	}
	if (!unzip_tables(s->arena, bytes, EXCHANGE_BYTES, &zip)) {
		s->fault = N_("The zip is broken, locked or too large.");
		return;
	}
	for (ptrdiff_t i = 0; i < zip.n; i++)
		take_table(s, zip.file[i], false);
}

static void
take_files(void *arg)
{
	struct bringing *s = arg;
	const struct http_request *http = s->rq->http;
	for (ptrdiff_t i = 0; i < http->n_files && s->fault == NULL; i++) {
		if (http->files[i].bytes.n > 0)
			take_file(s, http->files[i].bytes);
	}
	struct str list = req_form(s->rq, S("list"));
	if (s->fault == NULL && list.n > 0)
		take_table(s, list, true);
	ptrdiff_t n = s->in.statements.n + s->in.votes.n;
	if (s->fault == NULL && n == 0)
		s->fault = N_("Choose a file with statements or votes.");
	if (s->fault == NULL && n > EXCHANGE_BYTES)
		s->fault = N_("The file is too large. Divide it.");
	s->result = s->fault == NULL
	    ? exchange_put(s->rq->db, s->arena, &s->rq->who, &s->in)
	    : ERR_OK;
}

/* POST /netvaerk/N/dialoger/ID/import */
enum err
page_exchange_send(struct req *rq)
{
	struct bringing s = {.rq = rq, .result = ERR_UNAVAIL};
	enum err e = req_param_id(rq, S("id"), &s.in.dialogue);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("id")), &s.in.id))
		return ERR_INVALID;
	s.in.open = req_checked(rq, S("open"));
	s.arena = req_work(rq, WORK_BYTES);
	if (s.arena == NULL)
		return ERR_UNAVAIL;
	if (!arena_guard(s.arena, take_files, &s))
		return ERR_TOO_LARGE;
	if (s.fault != NULL)
		return show_page(rq, s.fault);
	if (s.result != ERR_OK)
		return s.result;
	struct str href = import_href(rq, s.in.id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* ---- in: what is in it ---- */

struct looking {
	struct req *rq;
	struct arena *arena;
	struct id id;
	struct exchange_import of;
	struct exchange_in in;
	bool good;
	enum err result, way; /* whether it may come in */
};

static void
look(void *arg)
{
	struct looking *l = arg;
	struct req *rq = l->rq;
	l->result = exchange_get(rq->db, l->arena, &rq->who, l->id, &l->of);
	if (l->result != ERR_OK)
		return;
	l->good = exchange_read(l->arena, &l->of, &l->in);
	l->way = exchange_may(rq->db, l->arena, &rq->who, &l->of);
	if (l->way != ERR_CONFLICT)
		l->result = l->way;
}

static void
add_count(struct facts *facts, struct req *rq, const char *label, int64_t n)
{
	if (n > 0)
		facts_add(facts, req_tr(rq, label),
		    str_fmt(rq->arena, "%lld", (long long)n));
}

static struct view_facts
facts_of(struct req *rq, const struct exchange_in *in)
{
	struct facts f = facts_new(rq, 10);
	add_count(&f, rq, N_("Statements"), in->n);
	add_count(&f, rq, N_("Shown at once"), in->state[EXCHANGE_SHOWN]);
	add_count(&f, rq, N_("Wait to be read"), in->state[EXCHANGE_WAITING]);
	add_count(&f, rq, N_("Turned down where they come from"),
	    in->state[EXCHANGE_REFUSED]);
	add_count(&f, rq, N_("Voted on, but without words"),
	    in->state[EXCHANGE_GONE]);
	add_count(&f, rq, N_("People who voted"), in->voters);
	add_count(&f, rq, N_("Votes in the file"), in->votes.n);
	add_count(&f, rq, N_("Left out: neither words nor votes"), in->blank);
	add_count(&f, rq, N_("Left out: withdrawn or turned down there"),
	    in->dropped);
	return facts_view(&f);
}

static void
fill_waiting(
    struct req *rq, const struct looking *l, struct view_exchange_one *v)
{
	const struct exchange_in *in = &l->in;
	v->is_waiting = true;
	v->is_kept = true;
	if (!l->good) {
		v->where = in->in_votes ? req_tr(rq, N_("The votes:"))
					: req_tr(rq, N_("The statements:"));
		v->line = in->line;
		v->column = in->column;
		v->fault = req_tr(rq, in->expected);
		return;
	}
	v->facts = facts_of(rq, in);
	if (l->way == ERR_CONFLICT)
		v->in_way = req_tr(rq,
		    "The dialogue must be empty and not open before votes can "
		    "come in.");
	else if (in->n == 0)
		v->in_way = req_tr(rq, "There is nothing to bring in.");
	v->may_confirm = v->in_way.n == 0;
}

static void
fill_job(const struct job *job, struct view_exchange_one *v)
{
	v->is_done = str_eq(job->state, S("done"));
	v->is_failed = str_eq(job->state, S("failed"));
	v->is_running = !v->is_done && !v->is_failed;
	v->is_votes = str_starts(job->result, S("v"));
	v->done = job->done;
	v->total = job->total;
	if (!str_int(str_sub(job->result, 1, job->result.n), &v->added))
		v->added = 0;
}

/* While it is brought in, or before. */
static enum err
fill_one(struct req *rq, struct id id, struct view_exchange_one *v)
{
	struct job job;
	struct looking l = {.rq = rq, .id = id, .result = ERR_UNAVAIL};
	enum err e = job_get(rq->db, rq->arena, &rq->who, id, &job);
	bool asked = e == ERR_OK && str_eq(job.kind, S("exchange"));
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (asked)
		fill_job(&job, v);
	if (asked && v->is_failed) {
		e = exchange_has(rq->db, rq->arena, &rq->who, id);
		v->is_kept = e == ERR_OK;
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	}
	if (asked)
		return ERR_OK;
	l.arena = req_work(rq, WORK_BYTES);
	if (l.arena == NULL)
		return ERR_UNAVAIL;
	if (!arena_guard(l.arena, look, &l))
		return ERR_TOO_LARGE;
	if (l.result != ERR_OK)
		return l.result;
	fill_waiting(rq, &l, v);
	v->back = dialogue_href(rq, l.of.dialogue, "");
	return ERR_OK;
}

/* GET /netvaerk/N/dialoger/import/ID */
enum err
page_exchange_one(struct req *rq)
{
	const struct plan *plan;
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_exchange_one v = {
	    .head = shell_network_head(rq, req_tr(rq, "A file on its way in"),
		record_value(&plan->network, "name"), "ideer"),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .drop_key = req_new_key(rq),
	    .self = import_href(rq, id, ""),
	    .drop = import_href(rq, id, "/slet"),
	    .back = req_network_path(rq, "/dialoger"),
	};
	e = fill_one(rq, id, &v);
	if (e != ERR_OK)
		return e;
	tmpl_exchange_one(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /netvaerk/N/dialoger/import/ID */
enum err
page_exchange_start(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = exchange_has(rq->db, rq->arena, &rq->who, id);
	if (e == ERR_OK)
		e = exchange_start(rq->db, &rq->who, id);
	if (e != ERR_OK)
		return e;
	rq->kick = true;
	struct str href = import_href(rq, id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* POST /netvaerk/N/dialoger/import/ID/slet */
enum err
page_exchange_drop(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = exchange_drop(rq->db, rq->arena, &rq->who, id);
	if (e != ERR_OK)
		return e;
	struct str href = req_network_path(rq, "/dialoger");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}
