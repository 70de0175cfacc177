/* SPDX-License-Identifier: MPL-2.0 */

/* A citizen's promise: yes, no, stop, or one of their own. */
#include "base/buf.h"
#include "view_citizen_pledge.h"
#include "web/corps_view.h"
#include "web/pages.h"
#include "web/shell.h"

static struct view_inputs
pledge_inputs(struct req *rq, const struct pledge *p, struct str hours,
    const struct pledge_faults *f)
{
	const struct input in[] = {
	    {.kind = INPUT_LINE,
		.name = "what",
		.label = N_("What will you do?"),
		.value = p->what,
		.fault = f->what != NULL ? f->what : f->who},
	    {.kind = INPUT_LINE,
		.name = "hours",
		.label = N_("How many hours?"),
		.value = hours,
		.fault = f->hours},
	    {.kind = INPUT_SELECT,
		.name = "per",
		.label = N_("Hours a week, a month, or in all?"),
		.value = p->per,
		.fault = f->per,
		.choices = pledge_pers},
	    {.kind = INPUT_DATE,
		.name = "ends",
		.label = N_("Until when?"),
		.hint = N_("The last day. You may stop before."),
		.value = p->ends,
		.fault = f->ends}};
	return inputs_view(rq, in, COUNT_OF(in));
}

struct promise {
	struct corps_task task;
	struct pledge pledge;
	struct str hours; /* as typed */
	struct pledge_faults faults;
};

static enum err
show_form(struct req *rq, const struct visit *visit, const struct promise *p)
{
	const struct corps_task *t = &p->task;
	struct view_citizen_pledge v = {
	    .head = visit_head(rq, visit, t->title),
	    .foot = shell_foot(rq),
	    .title = t->title,
	    .about = t->about,
	    .secrecy = t->secrecy,
	    .contact = t->contact,
	    .action = visit_href(rq, visit, "/korps/aftale"),
	    .back = visit_href(rq, visit, "/korps"),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, p->pledge.id),
	    .task = id_text(rq->arena, t->id),
	    .inputs = pledge_inputs(rq, &p->pledge, p->hours, &p->faults),
	};
	tmpl_citizen_pledge(&rq->out, rq->lang, &v);
	return req_html_status(rq, p->faults.any ? 422 : 200);
}

/* GET /c/CODE/korps/aftale/ID */
enum err
page_citizen_pledge(struct req *rq)
{
	enum err e;
	struct id task;
	struct pledge now;
	struct visit visit;
	struct promise p = {0};
	if (!corps_enter(rq, &visit, &e))
		return e;
	const struct actor *in = &visit.citizen.in;
	e = req_param_id(rq, S("id"), &task);
	if (e == ERR_OK)
		e = corps_task_get(rq->db, rq->arena, in, task, &p.task);
	if (e == ERR_OK && !p.task.open)
		return ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = pledge_on(rq->db, rq->arena, in,
		    (struct pledge_filter){task, visit.citizen.person.id},
		    &now);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (p.task.rev == 0)
		return ERR_NOT_FOUND;
	p.pledge = e == ERR_OK
	    ? now
	    : (struct pledge){
		  .what = p.task.title, .per = S("week"), .hours = 2};
	p.pledge.id = id_new(rq->http->now_us);
	p.hours = str_fmt(rq->arena, "%d", (int)p.pledge.hours);
	return show_form(rq, &visit, &p);
}

static enum err
make(struct req *rq, const struct visit *visit)
{
	struct promise p = {.hours = req_form(rq, S("hours"))};
	const struct actor *in = &visit->citizen.in;
	struct id task;
	if (!id_parse(req_form(rq, S("pledge")), &p.pledge.id) ||
	    !id_parse(req_form(rq, S("task")), &task))
		return ERR_INVALID;
	enum err e = corps_task_get(rq->db, rq->arena, in, task, &p.task);
	if (e != ERR_OK)
		return e;
	p.pledge.task = task;
	p.pledge.person = visit->citizen.person.id;
	p.pledge.what = req_form(rq, S("what"));
	p.pledge.per = req_form(rq, S("per"));
	p.pledge.ends = req_form(rq, S("ends"));
	p.pledge.contact = p.task.contact;
	p.pledge.secrecy = p.task.secrecy;
	p.pledge.way = S("page");
	if (!str_int(p.hours, &p.pledge.hours))
		p.pledge.hours = -1;
	e = pledge_by_person(rq->db, rq->arena, in, &p.pledge, &p.faults);
	if (e == ERR_INVALID && p.faults.any)
		return show_form(rq, visit, &p);
	return e == ERR_OK ? corps_back(rq, visit, "loefte") : e;
}

/* POST /c/CODE/korps/aftale: yes, no, stop, or one of their own making.  What
 * was answered already stays as it is. */
enum err
page_citizen_pledge_save(struct req *rq)
{
	enum err e;
	struct id id;
	struct pledge p;
	struct visit visit;
	struct str what = req_form(rq, S("do"));
	if (!corps_enter(rq, &visit, &e))
		return e;
	if (str_eq(what, S("make")))
		return make(rq, &visit);
	const struct actor *in = &visit.citizen.in;
	if (!id_parse(req_form(rq, S("pledge")), &id))
		return ERR_INVALID;
	e = pledge_get(rq->db, rq->arena, in, id, &p);
	if (e == ERR_OK && !id_eq(p.person, visit.citizen.person.id))
		return ERR_NOT_FOUND;
	struct str to = S("stopped");
	if (str_eq(what, S("yes")))
		to = S("agreed");
	else if (str_eq(what, S("no")))
		to = S("declined");
	if (e == ERR_OK && pledge_may_move(p.state, to))
		e = pledge_move(rq->db, rq->arena, in, &p, to);
	if (e != ERR_OK)
		return e;
	return corps_back(rq, &visit,
	    str_eq(what, S("yes"))	? "loefte"
		: str_eq(what, S("no")) ? "nej"
					: "stop");
}
