/* SPDX-License-Identifier: MPL-2.0 */

/* Choices between two from elsewhere: the file, what is in it, and yes to it. */
#include "model/round_import.h"
#include "view_round_import.h"
#include "view_round_import_one.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/round_view.h"
#include "web/shell.h"

/* The file, sealed and not, and its rows: more than a request has. */
enum { WORK_BYTES = 128 * 1024 * 1024 };

static struct str
import_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena,
	    req_network_path(rq, "/prioritering/import/"),
	    id_text(rq->arena, id), str_c(rest));
}

/* ---- the page ---- */

/* Before there is a file: what no file could change. */
static const char *
in_way_at_all(struct req *rq, const struct round *r)
{
	const struct pairs_in some = {.n = 1};
	return round_import_in_way(r, &some, rq->http->now_us);
}

/* `fault`: of the file, a msgid or NULL. */
static enum err
show_page(struct req *rq, const char *fault)
{
	struct round r;
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = round_of(rq, &rq->who, &r);
	if (e != ERR_OK)
		return e;
	const char *in_way = in_way_at_all(rq, &r);
	const struct input paste = {.kind = INPUT_TEXT,
	    .name = "list",
	    .label = N_("Or paste the rows here"),
	    .value = fault != NULL ? req_form(rq, S("list")) : S(""),
	    .optional = true};
	struct view_round_import v = {
	    .head = round_head(rq, plan, req_tr(rq, "Choices from a file")),
	    .foot = shell_foot(rq),
	    .question = record_value(&r.record, "question"),
	    .in_way = in_way != NULL ? req_tr(rq, in_way) : S(""),
	    .csrf = req_csrf(rq),
	    .paste = inputs_view(rq, &paste, 1),
	    .send = round_href(rq, r.record.id, "/import"),
	    .key = req_new_key(rq),
	    .id = req_new_key(rq),
	    .file_error = fault != NULL ? req_tr(rq, fault) : S(""),
	    .list_href = req_network_path(rq, "/prioritering"),
	    .back = round_href(rq, r.record.id, ""),
	};
	tmpl_round_import(&rq->out, rq->lang, &v);
	return req_html_status(rq, fault == NULL ? 200 : 422);
}

/* GET /netvaerk/N/prioritering/ID/import */
enum err
page_round_import(struct req *rq)
{
	return show_page(rq, NULL);
}

/* ---- the file ---- */

struct posting {
	struct req *rq;
	struct arena *arena;
	struct round_import in;
	enum err result;
};

static void
put_file(void *arg)
{
	struct posting *s = arg;
	s->result = round_import_put(s->rq->db, s->arena, &s->rq->who, &s->in);
}

static struct str
sent_file(struct req *rq)
{
	const struct http_request *http = rq->http;
	for (ptrdiff_t i = 0; i < http->n_files; i++) {
		if (http->files[i].bytes.n > 0)
			return http->files[i].bytes;
	}
	return req_form(rq, S("list"));
}

/* POST /netvaerk/N/prioritering/ID/import */
enum err
page_round_import_send(struct req *rq)
{
	struct posting s = {.rq = rq, .result = ERR_UNAVAIL};
	enum err e = req_param_id(rq, S("id"), &s.in.round);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("id")), &s.in.id))
		return ERR_INVALID;
	s.in.file = sent_file(rq);
	if (s.in.file.n == 0)
		return show_page(rq, N_("Choose a file with choices."));
	if (s.in.file.n > ROUND_IMPORT_BYTES)
		return show_page(rq, N_("The file is too large. Divide it."));
	s.arena = req_work(rq, WORK_BYTES);
	if (s.arena == NULL)
		return ERR_UNAVAIL;
	if (!arena_guard(s.arena, put_file, &s))
		return ERR_TOO_LARGE;
	if (s.result != ERR_OK)
		return s.result;
	struct str href = import_href(rq, s.in.id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* ---- what is in it ---- */

struct looking {
	struct req *rq;
	struct arena *arena;
	bool take; /* and not only look */
	struct round_import of;
	struct round round;
	struct pairs_in in;
	struct csv_reader reader;
	bool good;
	enum err result;
};

static void
look(void *arg)
{
	struct looking *l = arg;
	struct req *rq = l->rq;
	struct id id;
	l->result = req_param_id(rq, S("id"), &id);
	if (l->result == ERR_OK)
		l->result =
		    round_import_get(rq->db, l->arena, &rq->who, id, &l->of);
	if (l->result == ERR_OK)
		l->result = round_get(
		    rq->db, l->arena, &rq->who, l->of.round, &l->round);
	if (l->result != ERR_OK)
		return;
	l->good = pairs_read(l->arena, l->of.file, &l->in, &l->reader);
	if (l->take)
		l->result = !l->good ? ERR_INVALID
				     : round_import_take(rq->db, l->arena,
					   &rq->who, &l->of, &l->in);
}

static enum err
look_into(struct req *rq, struct looking *l)
{
	l->rq = rq;
	l->result = ERR_UNAVAIL;
	l->arena = req_work(rq, WORK_BYTES);
	if (l->arena == NULL)
		return ERR_UNAVAIL;
	return arena_guard(l->arena, look, l) ? l->result : ERR_TOO_LARGE;
}

static void
add_count(struct facts *facts, struct req *rq, const char *label, int64_t n)
{
	if (n > 0)
		facts_add(
		    facts, req_tr(rq, label), lang_int(rq->arena, rq->lang, n));
}

static struct view_facts
facts_of(struct req *rq, const struct pairs_in *in)
{
	static const char *const ballots[ROUND_SIDES] = {
	    [SIDE_CITIZENS] = N_("Ballots of citizens"),
	    [SIDE_NETWORK] = N_("Ballots of the network"),
	    [SIDE_LEADERSHIP] = N_("Ballots of the leadership"),
	};
	struct facts f = facts_new(rq, ROUND_SIDES + 4);
	int64_t n[ROUND_SIDES] = {0};
	for (ptrdiff_t i = 0; i < in->sessions; i++)
		n[in->side[i]]++;
	add_count(&f, rq, N_("Options in the file"), in->options);
	add_count(&f, rq, N_("Choices"), in->n);
	for (int side = 0; side < ROUND_SIDES; side++)
		add_count(&f, rq, ballots[side], n[side]);
	add_count(&f, rq,
	    N_("Left out: the same two again, and the last one counts"),
	    in->again);
	add_count(&f, rq, N_("Left out: not valid there"), in->left_out);
	return facts_view(&f);
}

static void
fill(struct req *rq, const struct looking *l, struct view_round_import_one *v)
{
	const char *in_way;
	if (!l->good) {
		v->line = l->reader.line;
		v->column = l->reader.column;
		v->fault = req_tr(rq, l->reader.expected);
		return;
	}
	v->facts = facts_of(rq, &l->in);
	in_way = round_import_in_way(&l->round, &l->in, rq->http->now_us);
	v->may_confirm = in_way == NULL;
	if (in_way != NULL)
		v->in_way = req_tr(rq, in_way);
}

/* GET /netvaerk/N/prioritering/import/ID */
enum err
page_round_import_one(struct req *rq)
{
	struct looking l = {0};
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = look_into(rq, &l);
	if (e != ERR_OK)
		return e;
	struct view_round_import_one v = {
	    .head = round_head(rq, plan, req_tr(rq, "A file on its way in")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .drop_key = req_new_key(rq),
	    .self = import_href(rq, l.of.id, ""),
	    .drop = import_href(rq, l.of.id, "/slet"),
	    .back = round_href(rq, l.of.round, ""),
	};
	fill(rq, &l, &v);
	tmpl_round_import_one(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /netvaerk/N/prioritering/import/ID: what is in the way meanwhile stands
 * on the page. */
enum err
page_round_import_take(struct req *rq)
{
	struct looking l = {.take = true};
	enum err e = look_into(rq, &l);
	if (e != ERR_OK && e != ERR_CONFLICT && e != ERR_INVALID)
		return e;
	struct str href = e == ERR_OK ? round_href(rq, l.of.round, "/resultat")
				      : import_href(rq, l.of.id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* POST /netvaerk/N/prioritering/import/ID/slet */
enum err
page_round_import_drop(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = round_import_drop(rq->db, &rq->who, id);
	if (e != ERR_OK)
		return e;
	struct str href = req_network_path(rq, "/prioritering");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}
