/* SPDX-License-Identifier: MPL-2.0 */

/* Bringing in a file of what people said: the file and what they agreed to,
 * what is in it, and yes to it. */
#include "base/buf.h"
#include "base/utf8.h"
#include "jobs/voices.h"
#include "model/voices_import.h"
#include "view_voices_import.h"
#include "view_voices_import_one.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum {
	FIRST_ROWS = 20,
	FIRST_NAMES = 10,
	SNIPPET = 240,
	TOLD_ROWS = 4,
	PASTED_MAX = 256 * 1024, /* bytes that come back with a fault */
};

static struct str
import_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/stemmer/import/"),
	    id_text(rq->arena, id), str_c(rest));
}

/* ---- the file ---- */

/* What was typed comes back; a file has to be chosen again. */
static struct str
pasted(struct req *rq)
{
	struct str list = req_form(rq, S("list"));
	return list.n <= PASTED_MAX ? list : S("");
}

/* Neither scope nor basis is chosen beforehand (trust P02). */
static struct view_inputs
form_inputs(struct req *rq, const struct voices_import *in,
    const struct voices_import_faults *f)
{
	const struct input inputs[] = {
	    {.kind = INPUT_TEXT,
		.name = "list",
		.label = N_("Or paste the rows here"),
		.value = pasted(rq),
		.optional = true},
	    {.kind = INPUT_SELECT,
		.name = "kind",
		.label = N_("What kind they are, where the file does not say"),
		.value = in->kind,
		.fault = f->kind,
		.choices = contribution_kinds},
	    {.kind = INPUT_RADIO,
		.name = "scope",
		.label = N_("Who may read it"),
		.hint = N_("No more than those who wrote it agreed to."),
		.value = in->scope < 0
		    ? S("")
		    : str_fmt(rq->arena, "%d", (int)in->scope),
		.fault = f->scope,
		.choices = contribution_scopes},
	    {.kind = INPUT_RADIO,
		.name = "basis",
		.label = N_("Why we may keep it"),
		.value = in->basis,
		.fault = f->basis,
		.choices = contribution_bases},
	    {.kind = INPUT_TEXT,
		.name = "told",
		.label = N_("What they were told"),
		.hint = N_("The text that stood where they wrote. It is kept "
			   "with each of them."),
		.value = in->told,
		.fault = f->told,
		.rows = TOLD_ROWS},
	};
	return inputs_view(rq, inputs, COUNT_OF(inputs));
}

/* f: NULL for an empty form. */
static enum err
show_form(struct req *rq, const struct voices_import *in,
    const struct voices_import_faults *f)
{
	static const struct voices_import_faults none;
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_voices_import v = {
	    .head =
		voice_head(rq, plan, req_tr(rq, "Bring in voices from a file")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/stemmer/import"),
	    .cancel = req_network_path(rq, "/stemmer"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, in->id),
	    .inputs = form_inputs(rq, in, f == NULL ? &none : f),
	};
	if (f != NULL && f->file != NULL)
		v.file_error = req_tr(rq, f->file);
	tmpl_voices_import(&rq->out, rq->lang, &v);
	return req_html_status(rq, f == NULL ? 200 : 422);
}

/* GET /netvaerk/N/stemmer/import */
enum err
page_voices_import(struct req *rq)
{
	struct voices_import in = {
	    .id = id_new(rq->http->now_us), .kind = S("idea"), .scope = -1};
	return show_form(rq, &in, NULL);
}

/* POST /netvaerk/N/stemmer/import */
enum err
page_voices_import_send(struct req *rq)
{
	struct voices_import_faults faults;
	struct voices_import in = {.kind = req_form(rq, S("kind")),
	    .basis = req_form(rq, S("basis")),
	    .told = req_form(rq, S("told")),
	    .file = req_form(rq, S("list"))};
	for (ptrdiff_t i = 0; i < rq->http->n_files; i++) {
		if (rq->http->files[i].bytes.n > 0)
			in.file = rq->http->files[i].bytes;
	}
	if (!str_int(req_form(rq, S("scope")), &in.scope))
		in.scope = -1;
	if (!id_parse(req_form(rq, S("id")), &in.id))
		return ERR_INVALID;
	voices_import_check(&in, &faults);
	if (faults.any)
		return show_form(rq, &in, &faults);
	enum err e = voices_import_put(rq->db, rq->arena, &rq->who, &in);
	if (e != ERR_OK)
		return e;
	struct str href = import_href(rq, in.id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* ---- what is in it ---- */

static const char *const meanings[VOICES_FIELDS] = {
    [VOICES_TEXT] = N_("What was said"),
    [VOICES_TITLE] = N_("A title, before what was said"),
    [VOICES_ID] = N_("What the row is called there"),
    [VOICES_KIND] = N_("Kind"),
    [VOICES_GROUP] = N_("Target group"),
    [VOICES_ACTIVITY] = N_("Activity"),
    [VOICES_ALIAS] = N_("An alias that the person has here"),
    [VOICES_MONTH] = N_("The month it was said in"),
    [VOICES_STATE] = N_("Whether it was taken back there"),
};

/* What a column may hold, with what it is understood as now. */
static struct view_option_array
column_options(struct req *rq, enum voices_field now)
{
	enum { NOTHING = VOICES_FIELDS };
	struct view_option *list =
	    arena_new(rq->arena, struct view_option, VOICES_FIELDS + 1);
	for (int i = 0; i <= NOTHING; i++)
		list[i] = (struct view_option){.value = i == NOTHING
			? S("-")
			: str_sub(S(VOICES_LETTERS), i, i + 1),
		    .label = req_tr(rq,
			i == NOTHING ? N_("Is not brought in") : meanings[i]),
		    .chosen = i == NOTHING ? now >= VOICES_FIELDS
					   : now == (enum voices_field)i};
	return (struct view_option_array){list, VOICES_FIELDS + 1};
}

static void
fill_columns(struct req *rq, const struct voices_reader *f,
    struct view_voices_import_one *v)
{
	struct view_voices_import_one_columns *list = arena_new(
	    rq->arena, struct view_voices_import_one_columns, f->n_columns);
	for (ptrdiff_t i = 0; i < f->n_columns; i++) {
		const struct voices_column *c = &f->columns[i];
		list[i].name = utf8_cut(c->name, SNIPPET);
		list[i].input = str_fmt(rq->arena, "column%td", i);
		list[i].options = column_options(rq, c->field);
	}
	v->columns.p = list;
	v->columns.n = f->n_columns;
	v->has_columns = f->n_columns > 0;
}

static void
fill_faults(struct req *rq, const struct voices_reader *f,
    struct view_voices_import_one *v)
{
	struct view_voices_import_one_faults *list = arena_new(
	    rq->arena, struct view_voices_import_one_faults, f->n_faults);
	for (ptrdiff_t i = 0; i < f->n_faults; i++)
		list[i] = (struct view_voices_import_one_faults){
		    .line = f->faults[i].at.line,
		    .column = f->faults[i].at.column,
		    .message = req_tr1(
			rq, f->faults[i].message, f->faults[i].argument)};
	v->faults.p = list;
	v->faults.n = f->n_faults;
	v->has_faults = f->n_faults > 0;
	v->may_confirm = f->n_faults == 0 && f->rows > 0;
}

/* A row that seems to hold a name: only the names, for whoever brought it. */
static void
note_names(
    struct req *rq, const struct voice_in *in, struct view_voices_import_one *v)
{
	if (in->names.n == 0 || v->names.n == FIRST_NAMES)
		return;
	struct view_voices_import_one_names *list =
	    (struct view_voices_import_one_names *)v->names.p;
	list[v->names.n++] = (struct view_voices_import_one_names){
	    in->row.line, str_dup(rq->arena, in->names)};
}

static struct view_voices_import_one_rows
row_view(struct req *rq, const struct voices_import *in,
    const struct voices_row *row)
{
	struct str cut = utf8_cut(row->words, SNIPPET);
	return (struct view_voices_import_one_rows){.line = row->line,
	    .words = cut.n < row->words.n
		? str_cat(rq->arena, str_trim(cut), S(" ..."))
		: cut,
	    .kind = person_choice(
		rq, contribution_kinds, row->kind.n > 0 ? row->kind : in->kind),
	    .group = row->group};
}

/* All of it is read, and the first ones are kept. */
static void
fill_rows(
    struct req *rq, struct voices_reading *r, struct view_voices_import_one *v)
{
	struct voice_in in;
	struct arena *scratch = arena_scratch(rq->arena);
	struct view_voices_import_one_rows *list = arena_new(
	    rq->arena, struct view_voices_import_one_rows, FIRST_ROWS);
	ptrdiff_t n = 0;
	v->names.p = arena_new(
	    rq->arena, struct view_voices_import_one_names, FIRST_NAMES);
	while (n < FIRST_ROWS && voices_reading_next(r, rq->arena, &in)) {
		note_names(rq, &in, v);
		list[n++] = row_view(rq, r->of, &in.row);
	}
	while (n == FIRST_ROWS && voices_reading_next(r, scratch, &in)) {
		note_names(rq, &in, v);
		arena_reset(scratch);
	}
	arena_close(scratch);
	v->rows.p = list;
	v->rows.n = n;
	/* What a row with a CPR number holds is not shown. */
	v->has_rows = n > 0 && r->file.n_faults == 0;
	v->total = r->file.rows;
	v->named = r->named;
	v->unknown = r->unknown;
	v->has_names = r->named > 0 && r->file.n_faults == 0;
}

static enum err
fill_file(struct req *rq, const struct voices_import *in,
    struct view_voices_import_one *v)
{
	struct voices_reading r;
	enum err e = voices_reading_open(rq->db, rq->arena, &rq->who, in, &r);
	if (e != ERR_OK)
		return e;
	v->is_waiting = true;
	v->scope = voice_scope(rq, in->scope);
	v->basis = person_choice(rq, contribution_bases, in->basis);
	v->told = in->told;
	fill_rows(rq, &r, v);
	fill_columns(rq, &r.file, v);
	fill_faults(rq, &r.file, v);
	v->blank = r.file.blank;
	v->taken_back = r.file.taken_back;
	return ERR_OK;
}

static void
fill_job(const struct job *job, struct view_voices_import_one *v)
{
	v->is_done = str_eq(job->state, S("done"));
	v->is_failed = str_eq(job->state, S("failed"));
	v->is_running = !v->is_done && !v->is_failed;
	v->done = job->done;
	v->total = job->total;
	if (!str_int(job->result, &v->added))
		v->added = 0;
}

/* While it is brought in, or before. */
static enum err
fill_one(struct req *rq, struct id id, struct view_voices_import_one *v)
{
	struct voices_import in;
	struct job job;
	enum err e = job_get(rq->db, rq->arena, &rq->who, id, &job);
	bool asked = e == ERR_OK && str_eq(job.kind, S("voices"));
	if (asked)
		fill_job(&job, v);
	if (asked && !v->is_failed)
		return ERR_OK;
	e = voices_import_get(rq->db, rq->arena, &rq->who, id, &in);
	v->is_kept = e == ERR_OK;
	if (asked)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	return e == ERR_OK ? fill_file(rq, &in, v) : e;
}

/* GET /netvaerk/N/stemmer/import/ID */
enum err
page_voices_import_one(struct req *rq)
{
	const struct plan *plan;
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_voices_import_one v = {
	    .head =
		voice_head(rq, plan, req_tr(rq, "Bring in voices from a file")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .drop_key = req_new_key(rq),
	    .self = import_href(rq, id, ""),
	    .drop = import_href(rq, id, "/slet"),
	    .map = import_href(rq, id, "/kolonner"),
	    .map_key = req_new_key(rq),
	    .again = req_network_path(rq, "/stemmer/import"),
	    .voices = req_network_path(rq, "/stemmer?tilstand=received"),
	};
	e = fill_one(rq, id, &v);
	if (e != ERR_OK)
		return e;
	tmpl_voices_import_one(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* The letter of each column as the form has it, up to the first it lacks. */
static struct str
columns_of(struct req *rq)
{
	struct buf b = buf_new(rq->arena, VOICES_COLUMNS + 1);
	for (int i = 0; i < VOICES_COLUMNS; i++) {
		struct str said =
		    req_form(rq, str_fmt(rq->arena, "column%d", i));
		if (said.n != 1)
			break;
		buf_add(&b, said);
	}
	return buf_str(&b);
}

/* POST /netvaerk/N/stemmer/import/ID/kolonner */
enum err
page_voices_import_columns(struct req *rq)
{
	struct voices_import in = {.columns = columns_of(rq)};
	enum err e = req_param_id(rq, S("id"), &in.id);
	if (e == ERR_OK)
		e = voices_import_set(rq->db, rq->arena, &rq->who, &in);
	if (e != ERR_OK)
		return e;
	struct str href = import_href(rq, in.id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* POST /netvaerk/N/stemmer/import/ID */
enum err
page_voices_import_start(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = voices_import_has(rq->db, rq->arena, &rq->who, id);
	if (e == ERR_OK && req_form(rq, S("no_names")).n > 0)
		e = voices_import_no_names(rq->db, &rq->who, id);
	if (e == ERR_OK)
		e = voices_start(rq->db, &rq->who, id);
	if (e != ERR_OK)
		return e;
	rq->kick = true;
	struct str href = import_href(rq, id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* POST /netvaerk/N/stemmer/import/ID/slet */
enum err
page_voices_import_drop(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = voices_import_drop(rq->db, rq->arena, &rq->who, id);
	if (e != ERR_OK)
		return e;
	struct str href = req_network_path(rq, "/stemmer");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}
