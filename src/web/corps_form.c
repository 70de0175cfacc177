/* SPDX-License-Identifier: MPL-2.0 */
#include "web/corps_form.h"

#include "base/buf.h"
#include "view_corps_form.h"
#include "web/plans.h"
#include "web/shell.h"

enum err
corps_form_show(struct req *rq, const struct corps_form *f)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_corps_form v = {
	    .head = corps_head(rq, plan, req_tr(rq, f->title)),
	    .foot = shell_foot(rq),
	    .title = req_tr(rq, f->title),
	    .lead = f->lead != NULL ? req_tr(rq, f->lead) : S(""),
	    .notice = f->notice != NULL ? req_tr(rq, f->notice) : S(""),
	    .action = f->path,
	    .back = f->back,
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, f->id),
	    .rev = f->rev,
	    .task = id_is_set(f->task) ? id_text(rq->arena, f->task) : S(""),
	    .inputs = inputs_view(rq, f->in, f->n),
	};
	tmpl_corps_form(&rq->out, rq->lang, &v);
	return req_html_status(rq, f->status);
}

enum err
corps_form_back(struct req *rq, const struct corps_form *f)
{
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s", STR_ARG(f->back));
}

void
corps_form_add(struct corps_form *f, struct input in)
{
	f->in[f->n++] = in;
}

struct id
corps_task_asked(struct req *rq)
{
	struct id id;
	if (id_parse(req_query(rq, S("opgave")), &id) ||
	    id_parse(req_form(rq, S("task")), &id))
		return id;
	return (struct id){0};
}

struct str
corps_task_path(struct req *rq, struct id task)
{
	return id_is_set(task)
	    ? str_cat(rq->arena, req_network_path(rq, "/korps/"),
		  id_text(rq->arena, task))
	    : req_network_path(rq, "/korps");
}
