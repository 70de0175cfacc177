/* SPDX-License-Identifier: MPL-2.0 */

/* Questions out of a SurveyJS form, answers out of a table, and the questions
 * as a SurveyJS form. */
#include "base/buf.h"
#include "model/measure_file.h"
#include "model/people_file.h"
#include "report/surveyjs.h"
#include "view_measure_in.h"
#include "web/measure_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

/* What was sent, and what came of it. */
struct sent {
	struct str form, table; /* as pasted */
	struct measure_columns columns;
	const char *fault; /* msgid or NULL */
	int64_t line, column;
	const struct surveyjs *read; /* or NULL */
};

static struct view_inputs
form_input(struct req *rq, const struct sent *s)
{
	const struct input in = {.kind = INPUT_TEXT,
	    .name = "skema",
	    .label = N_("Or paste the form here"),
	    .optional = true,
	    .value = s->form};
	return inputs_view(rq, &in, 1);
}

static struct view_inputs
table_inputs(struct req *rq, const struct sent *s)
{
	const struct measure_columns *c = &s->columns;
	const struct input in[] = {{.kind = INPUT_TEXT,
				       .name = "tabel",
				       .label = N_("Or paste the table here"),
				       .optional = true,
				       .value = s->table},
	    {.kind = INPUT_LINE,
		.name = "kode",
		.label = N_("What the column with codes is called"),
		.hint = N_("Only when it is called something else."),
		.optional = true,
		.value = c->code},
	    {.kind = INPUT_LINE,
		.name = "runde",
		.label = N_("What the column with rounds is called"),
		.optional = true,
		.value = c->round},
	    {.kind = INPUT_LINE,
		.name = "spoergsmaal",
		.label = N_("What the column with questions is called"),
		.optional = true,
		.value = c->item},
	    {.kind = INPUT_LINE,
		.name = "svar",
		.label = N_("What the column with answers is called"),
		.optional = true,
		.value = c->answer}};
	return inputs_view(rq, in, COUNT_OF(in));
}

static void
fill_left(
    struct req *rq, const struct surveyjs *read, struct view_measure_in *v)
{
	struct view_measure_in_left *rows =
	    arena_new(rq->arena, struct view_measure_in_left, read->n_left);
	for (ptrdiff_t i = 0; i < read->n_left; i++)
		rows[i] = (struct view_measure_in_left){
		    read->left[i].name, req_tr(rq, read->left[i].why)};
	v->left.p = rows;
	v->left.n = read->n_left;
	v->taken = read->fault == NULL;
	v->n_taken = read->n;
}

static struct str
where_to(struct req *rq, const struct measure *m)
{
	const struct measure_round *now = measure_now(m);
	return now == NULL
	    ? req_tr(
		  rq, "The rounds come out of the file and are closed at once.")
	    : req_tr1(rq, "They come into the round that is open: %1",
		  measure_round_name(rq->arena, rq->lang, m, now->number));
}

static enum err
show(struct req *rq, const struct measure *m, const struct sent *s)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	bool open = measure_now(m) != NULL;
	struct id id = m->record.id;
	struct view_measure_in v = {
	    .head = measure_head(rq, plan, req_tr(rq, "Bring in from a file")),
	    .foot = shell_foot(rq),
	    .title = record_value(&m->record, "title"),
	    .back = measure_href(rq, id, ""),
	    .csrf = req_csrf(rq),
	    .ask_key = req_new_key(rq),
	    .answer_key = req_new_key(rq),
	    .ask_action = measure_href(rq, id, "/hent/spoergsmaal"),
	    .answer_action = measure_href(rq, id, "/hent/svar"),
	    .may_ask = !m->begun,
	    .may_answer = m->n_items > 0 && (open || !m->begun),
	    .missing = m->n_items == 0 ? req_tr(rq, "Choose a question first.")
				       : req_tr(rq, "No round is open."),
	    .where = where_to(rq, m),
	    .asks = form_input(rq, s).fields,
	    .answers = table_inputs(rq, s).fields,
	    .fault = s->fault != NULL ? req_tr(rq, s->fault) : S(""),
	    .line = s->line,
	    .column = s->column,
	};
	if (s->read != NULL)
		fill_left(rq, s->read, &v);
	tmpl_measure_in(&rq->out, rq->lang, &v);
	return req_html_status(rq, s->fault != NULL ? 422 : 200);
}

/* GET /netvaerk/N/maalinger/ID/hent */
enum err
page_measure_in(struct req *rq)
{
	struct measure m;
	enum err e = measure_of(rq, &rq->who, &m);
	return e == ERR_OK ? show(rq, &m, &(struct sent){0}) : e;
}

/* The file, or what was pasted. */
static struct str
sent_text(struct req *rq, struct str pasted)
{
	struct str text = pasted;
	for (ptrdiff_t i = 0; i < rq->http->n_files; i++) {
		if (rq->http->files[i].bytes.n > 0)
			text = rq->http->files[i].bytes;
	}
	return text;
}

/* POST /netvaerk/N/maalinger/ID/hent/spoergsmaal: those that can be taken. */
enum err
page_measure_in_form(struct req *rq)
{
	struct measure m;
	struct surveyjs *read = arena_new(rq->arena, struct surveyjs, 1);
	struct sent s = {.form = req_form(rq, S("skema")), .read = read};
	enum err e = measure_of(rq, &rq->who, &m);
	if (e != ERR_OK)
		return e;
	if (!surveyjs_read(rq->arena, sent_text(rq, s.form), read)) {
		s.fault = read->fault;
		s.line = read->line;
		s.column = read->column;
		return show(rq, &m, &s);
	}
	struct measure_more more = {.list = read->item, .n = read->n};
	e = measure_items_add(rq->db, rq->arena, &rq->who, &m, &more);
	if (e == ERR_TOO_LARGE) {
		s.fault = N_("at most twelve questions, with those that are "
			     "here");
		read->fault = s.fault;
		return show(rq, &m, &s);
	}
	if (e == ERR_OK)
		e = measure_of(rq, &rq->who, &m);
	s.form = S("");
	return e == ERR_OK ? show(rq, &m, &s) : e;
}

/* POST /netvaerk/N/maalinger/ID/hent/svar: all of it or nothing. */
enum err
page_measure_in_table(struct req *rq)
{
	struct measure m;
	struct measure_file f;
	struct str text;
	struct sent s = {.table = req_form(rq, S("tabel")),
	    .columns = {str_trim(req_form(rq, S("kode"))),
		str_trim(req_form(rq, S("runde"))),
		str_trim(req_form(rq, S("spoergsmaal"))),
		str_trim(req_form(rq, S("svar")))}};
	enum err e = measure_of(rq, &rq->who, &m);
	if (e != ERR_OK)
		return e;
	text = people_text(rq->arena, sent_text(rq, s.table));
	e = measure_file_read(rq->arena, &m, text, &s.columns, &f)
	    ? measure_file_take(rq->db, rq->arena, &rq->who, &m, &f)
	    : ERR_INVALID;
	if (e == ERR_INVALID && f.fault != NULL) {
		s.fault = f.fault;
		s.line = f.line;
		s.column = f.column;
		return show(rq, &m, &s);
	}
	if (e == ERR_CONFLICT)
		return show(rq, &m, &s);
	if (e != ERR_OK)
		return e;
	struct str path = measure_href(rq, m.record.id, "");
	return req_redirect(rq, "%.*s", STR_ARG(path));
}

/* GET /netvaerk/N/maalinger/ID/surveyjs.json */
enum err
page_measure_surveyjs(struct req *rq)
{
	struct measure m;
	enum err e = measure_of(rq, &rq->who, &m);
	return e == ERR_OK
	    ? req_file(rq, S("application/json"), S("surveyjs.json"),
		  surveyjs_write(rq->arena, &m))
	    : e;
}
