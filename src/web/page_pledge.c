/* SPDX-License-Identifier: MPL-2.0 */

/* Promises that staff note, on paper or by phone, or ask for on the page. */
#include "base/buf.h"
#include "web/corps_form.h"
#include "web/pages.h"
#include "web/plans.h"

enum { MOST_PEOPLE = 500 };

/* People by code and organisations: "p ID", "a ID". */
static enum err
who_options(struct req *rq, struct view_input_options_array *out)
{
	struct person_page people;
	struct person_filter filter = {.max = MOST_PEOPLE};
	const struct plan *plan;
	ptrdiff_t n = 0;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = person_list(rq->db, rq->arena, &rq->who, &filter, &people);
	if (e != ERR_OK)
		return e;
	const struct records *actors = &plan->of[KIND_ACTOR];
	struct view_input_options *list = arena_new(
	    rq->arena, struct view_input_options, people.n + actors->n);
	for (ptrdiff_t i = 0; i < people.n; i++)
		list[n++] = (struct view_input_options){
		    .value = str_cat(rq->arena, S("p "),
			id_text(rq->arena, people.list[i].id)),
		    .label = STR_JOIN(rq->arena,
			person_code(rq->arena, people.list[i].number), S(" "),
			people.list[i].alias)};
	for (ptrdiff_t i = 0; i < actors->n; i++)
		list[n++] = (struct view_input_options){
		    .value =
			str_cat(rq->arena, S("a "), actors->list[i].id_text),
		    .label = record_value(&actors->list[i], "name")};
	*out = (struct view_input_options_array){list, n};
	return ERR_OK;
}

static enum err
task_options(struct req *rq, struct view_input_options_array *out)
{
	struct corps_tasks all;
	enum err e = corps_tasks(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (all.list[i].open)
			list[n++] = (struct view_input_options){
			    .value = id_text(rq->arena, all.list[i].id),
			    .label = all.list[i].title};
	}
	*out = (struct view_input_options_array){list, n};
	return ERR_OK;
}

static enum err
pledge_form(struct req *rq, const struct pledge *p, struct str hours,
    const struct pledge_faults *x, struct corps_form *f)
{
	struct view_input_options_array who = {0}, tasks = {0};
	struct str chosen = S("");
	if (id_is_set(p->person))
		chosen =
		    str_cat(rq->arena, S("p "), id_text(rq->arena, p->person));
	else if (id_is_set(p->actor))
		chosen =
		    str_cat(rq->arena, S("a "), id_text(rq->arena, p->actor));
	enum err e = who_options(rq, &who);
	if (e == ERR_OK)
		e = task_options(rq, &tasks);
	f->title = N_("Note a promise");
	f->lead = N_("Nobody is bound to more than stands here, and anybody "
		     "may stop at any time without a reason.");
	f->id = p->id;
	f->task = (struct id){0};
	corps_form_add(f,
	    (struct input){INPUT_SELECT, "opgave", N_("Which task?"),
		.value =
		    id_is_set(p->task) ? id_text(rq->arena, p->task) : S(""),
		.options = tasks});
	corps_form_add(f,
	    (struct input){INPUT_SELECT, "who", N_("Who promises?"),
		.value = chosen, .fault = x->who, .options = who});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "what", N_("What?"), .value = p->what,
		.fault = x->what});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "hours", N_("How many hours?"),
		.hint = N_("0 when it is not time: a room, bread, a van."),
		.value = hours, .fault = x->hours});
	corps_form_add(f,
	    (struct input){INPUT_SELECT, "per",
		N_("Hours a week, a month, or in all?"), .value = p->per,
		.fault = x->per, .choices = pledge_pers});
	corps_form_add(f,
	    (struct input){INPUT_DATE, "ends", N_("Until when?"),
		.value = p->ends, .fault = x->ends});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "contact", N_("Who to call"),
		.value = p->contact, .fault = x->contact});
	corps_form_add(f,
	    (struct input){INPUT_TEXT, "secrecy", N_("What stays between us"),
		.value = p->secrecy, .fault = x->secrecy, .optional = true});
	corps_form_add(f,
	    (struct input){INPUT_SELECT, "way", N_("How was it agreed?"),
		.value = p->way, .fault = x->way, .choices = pledge_ways});
	return e;
}

static void
pledge_begin(struct req *rq, struct corps_form *f)
{
	*f = (struct corps_form){
	    .status = 200, .path = req_network_path(rq, "/korps/aftale")};
}

/* GET /netvaerk/N/korps/aftale */
enum err
page_pledge_form(struct req *rq)
{
	struct corps_form f;
	struct corps_task t = {0};
	struct pledge p = {.id = id_new(rq->http->now_us),
	    .task = corps_task_asked(rq),
	    .per = S("week"),
	    .way = S("paper")};
	enum err e = ERR_OK;
	pledge_begin(rq, &f);
	f.back = corps_task_path(rq, p.task);
	if (id_is_set(p.task))
		e = corps_task_get(rq->db, rq->arena, &rq->who, p.task, &t);
	p.what = t.title;
	p.contact = t.contact;
	p.secrecy = t.secrecy;
	if (e == ERR_OK)
		e = pledge_form(rq, &p, S("2"), &(struct pledge_faults){0}, &f);
	return e == ERR_OK ? corps_form_show(rq, &f) : e;
}

static enum err
pledge_read(struct req *rq, struct str hours, struct pledge *p)
{
	struct str who = req_form(rq, S("who"));
	struct str kind = str_cut(&who, ' ');
	struct id id = {0};
	*p = (struct pledge){.what = req_form(rq, S("what")),
	    .per = req_form(rq, S("per")),
	    .ends = req_form(rq, S("ends")),
	    .contact = req_form(rq, S("contact")),
	    .secrecy = req_form(rq, S("secrecy")),
	    .way = req_form(rq, S("way"))};
	if (!str_int(hours, &p->hours))
		p->hours = -1;
	if (!id_parse(who, &id))
		id = (struct id){0};
	if (str_eq(kind, S("a")))
		p->actor = id;
	else
		p->person = id;
	return id_parse(req_form(rq, S("opgave")), &p->task) &&
		id_parse(req_form(rq, S("id")), &p->id)
	    ? ERR_OK
	    : ERR_INVALID;
}

/* POST /netvaerk/N/korps/aftale */
enum err
page_pledge_save(struct req *rq)
{
	struct corps_form f;
	struct pledge p;
	struct pledge_faults x = {0};
	struct str hours = req_form(rq, S("hours"));
	pledge_begin(rq, &f);
	enum err e = pledge_read(rq, hours, &p);
	if (e != ERR_OK)
		return e;
	f.back = corps_task_path(rq, p.task);
	e = pledge_add(rq->db, rq->arena, &rq->who, &p, &x);
	if (e == ERR_OK)
		return corps_form_back(rq, &f);
	if (e == ERR_CONFLICT)
		f.notice = N_("They have a promise for this task already, or "
			      "the task is closed.");
	else if (!x.any)
		return e;
	f.status = 422;
	e = pledge_form(rq, &p, hours, &x, &f);
	return e == ERR_OK ? corps_form_show(rq, &f) : e;
}

/* POST /netvaerk/N/korps/aftale/ID: what it was already stays. */
enum err
page_pledge_step(struct req *rq)
{
	struct id id;
	struct corps_form f = {0};
	struct pledge p;
	struct str to = req_form(rq, S("to"));
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = pledge_get(rq->db, rq->arena, &rq->who, id, &p);
	if (e != ERR_OK)
		return e;
	if (pledge_may_move(p.state, to))
		e = pledge_move(rq->db, rq->arena, &rq->who, &p, to);
	f.back = corps_task_path(rq, p.task);
	return e == ERR_OK ? corps_form_back(rq, &f) : e;
}
