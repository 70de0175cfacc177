/* SPDX-License-Identifier: MPL-2.0 */

/* Bringing in a list of people: the file, what is in it, and yes to it. */
#include "base/cpr.h"
#include "base/utf8.h"
#include "jobs/import.h"
#include "model/catalogue.h"
#include "model/import.h"
#include "view_import.h"
#include "view_import_one.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

enum { FIRST_ROWS = 20 };

static struct str
import_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/personer/import/"),
	    id_text(rq->arena, id), str_c(rest));
}

/* ---- the file ---- */

static struct view_inputs
form_inputs(struct req *rq, const struct import *in, bool posted)
{
	const char *fault = NULL;
	if (posted && utf8_blank(in->reason))
		fault = N_("Write why you ask them.");
	else if (cpr_find(in->reason).n > 0)
		fault = N_("There is what looks like a CPR number. Delete it "
			   "before you save.");
	const struct input inputs[] = {
	    {.kind = INPUT_TEXT,
		.name = "list",
		.label = N_("Or paste the list here"),
		.optional = true},
	    {.kind = INPUT_SELECT,
		.name = "actor_kind",
		.label = N_("What they are to the network"),
		.value = in->actor_kind,
		.options = person_kind_options(rq),
		.fault =
		    posted && !catalogue_has(S("actor_kinds"), in->actor_kind)
		    ? N_("Choose one of the possibilities.")
		    : NULL},
	    {.kind = INPUT_TEXT,
		.name = "reason",
		.label = N_("Why these people"),
		.hint = N_("One sentence that you could say to them. It stands "
			   "where the list has none."),
		.value = in->reason,
		.fault = fault},
	};
	return inputs_view(rq, inputs, COUNT_OF(inputs));
}

static enum err
show_form(struct req *rq, const struct import *in, bool posted)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_import v = {
	    .head = person_head(rq, plan, req_tr(rq, "Bring in a list")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/personer/import"),
	    .cancel = req_network_path(rq, "/personer"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, in->id),
	    .inputs = form_inputs(rq, in, posted),
	};
	if (posted && in->file.n == 0)
		v.file_error = req_tr(rq, "Choose a file, or paste the list.");
	tmpl_import(&rq->out, rq->lang, &v);
	return req_html_status(rq, posted ? 422 : 200);
}

/* GET /netvaerk/N/personer/import */
enum err
page_import(struct req *rq)
{
	struct import in = {
	    .id = id_new(rq->http->now_us), .actor_kind = S("citizen")};
	return show_form(rq, &in, false);
}

/* POST /netvaerk/N/personer/import */
enum err
page_import_send(struct req *rq)
{
	struct import in = {.actor_kind = req_form(rq, S("actor_kind")),
	    .reason = req_form(rq, S("reason")),
	    .file = req_form(rq, S("list"))};
	for (ptrdiff_t i = 0; i < rq->http->n_files; i++) {
		if (rq->http->files[i].bytes.n > 0)
			in.file = rq->http->files[i].bytes;
	}
	if (in.actor_kind.n == 0)
		in.actor_kind = S("citizen");
	if (!id_parse(req_form(rq, S("id")), &in.id))
		return ERR_INVALID;
	enum err e = import_put(rq->db, rq->arena, &rq->who, &in);
	if (e == ERR_INVALID)
		return show_form(rq, &in, true);
	if (e != ERR_OK)
		return e;
	struct str href = import_href(rq, in.id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* ---- what is in it ---- */

static void
fill_faults(
    struct req *rq, const struct people_file *f, struct view_import_one *v)
{
	struct view_import_one_faults *list =
	    arena_new(rq->arena, struct view_import_one_faults, f->n_faults);
	for (ptrdiff_t i = 0; i < f->n_faults; i++)
		list[i] = (struct view_import_one_faults){
		    .line = f->faults[i].at.line,
		    .column = f->faults[i].at.column,
		    .message = req_tr1(
			rq, f->faults[i].message, f->faults[i].argument)};
	v->faults.p = list;
	v->faults.n = f->n_faults;
	v->has_faults = f->n_faults > 0;
}

static struct str
note_of(struct req *rq, const struct import_same *same, ptrdiff_t i)
{
	if (same->here[i])
		return req_tr(rq, "is here already");
	if (same->line[i] > 0)
		return req_tr1(rq, "the same as in line %1",
		    lang_int(rq->arena, rq->lang, same->line[i]));
	return S("");
}

static void
fill_rows(struct req *rq, const struct people_file *f,
    const struct import_same *same, struct view_import_one *v)
{
	ptrdiff_t n = f->n < FIRST_ROWS ? f->n : FIRST_ROWS;
	struct view_import_one_rows *list =
	    arena_new(rq->arena, struct view_import_one_rows, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct people_row *row = &f->rows[i];
		list[i] = (struct view_import_one_rows){.line = row->line,
		    .name = row->value[PEOPLE_NAME],
		    .mail = row->value[PEOPLE_MAIL],
		    .phone = row->value[PEOPLE_PHONE],
		    .group = row->value[PEOPLE_GROUP],
		    .note = note_of(rq, same, i)};
	}
	v->rows.p = list;
	v->rows.n = n;
	/* What a row with a CPR number holds is not shown. */
	v->has_rows = n > 0 && f->n_faults == 0;
}

static enum err
fill_list(struct req *rq, const struct import *in, struct view_import_one *v)
{
	struct import_people people;
	struct import_same same;
	enum err e = import_read(rq->db, rq->arena, &rq->who, in, &people);
	if (e == ERR_OK)
		e = import_compare(rq->db, rq->arena, &rq->who, &people, &same);
	if (e != ERR_OK)
		return e;
	v->is_waiting = true;
	v->total = people.file.n;
	fill_faults(rq, &people.file, v);
	fill_rows(rq, &people.file, &same, v);
	v->may_confirm = people.file.n_faults == 0;
	if (same.in_network > 0)
		v->here = req_tr1(rq,
		    "%1 are in the network already and are passed over.",
		    lang_int(rq->arena, rq->lang, same.in_network));
	if (same.in_file > 0)
		v->same = req_tr1(rq,
		    "%1 stand more than once in the list and come in once.",
		    lang_int(rq->arena, rq->lang, same.in_file));
	return ERR_OK;
}

static void
fill_job(const struct job *job, struct view_import_one *v)
{
	v->is_done = str_eq(job->state, S("done"));
	v->is_failed = str_eq(job->state, S("failed"));
	v->is_running = !v->is_done && !v->is_failed;
	v->done = job->done;
	v->total = job->total;
	if (!str_int(job->result, &v->added))
		v->added = 0;
}

/* GET /netvaerk/N/personer/import/ID */
enum err
page_import_one(struct req *rq)
{
	const struct plan *plan;
	struct import in;
	struct job job;
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_import_one v = {
	    .head = person_head(rq, plan, req_tr(rq, "Bring in a list")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .drop_key = req_new_key(rq),
	    .self = import_href(rq, id, ""),
	    .drop = import_href(rq, id, "/slet"),
	    .again = req_network_path(rq, "/personer/import"),
	    .people = req_network_path(rq, "/personer"),
	};
	e = job_get(rq->db, rq->arena, &rq->who, id, &job);
	if (e == ERR_OK && str_eq(job.kind, S("import"))) {
		fill_job(&job, &v);
		e = import_get(rq->db, rq->arena, &rq->who, id, &in);
		v.is_kept = e == ERR_OK;
		e = e == ERR_NOT_FOUND ? ERR_OK : e;
	} else {
		e = import_get(rq->db, rq->arena, &rq->who, id, &in);
		if (e == ERR_OK)
			e = fill_list(rq, &in, &v);
	}
	if (e != ERR_OK)
		return e;
	tmpl_import_one(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /netvaerk/N/personer/import/ID */
enum err
page_import_start(struct req *rq)
{
	struct import in;
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = import_get(rq->db, rq->arena, &rq->who, id, &in);
	if (e == ERR_OK)
		e = import_start(rq->db, &rq->who, id);
	if (e != ERR_OK)
		return e;
	rq->kick = true;
	struct str href = import_href(rq, id, "");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* POST /netvaerk/N/personer/import/ID/slet */
enum err
page_import_drop(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = import_drop(rq->db, rq->arena, &rq->who, id);
	if (e != ERR_OK)
		return e;
	struct str href = req_network_path(rq, "/personer");
	return req_redirect(rq, "%.*s", STR_ARG(href));
}
