/* SPDX-License-Identifier: MPL-2.0 */

/* The front page, starting a network, and a network's overview. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/network.h"
#include "view_front.h"
#include "view_network_new.h"
#include "view_overview.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

enum { OVERVIEW_STEPS = 8, OVERVIEW_CHANGES = 6, OVERVIEW_TASKS = 6 };

/* ---- shared with other pages of networks ---- */

static struct str
choice_name(struct req *rq, const char *list, struct str key)
{
	const struct catalogue_item *item = catalogue_find(str_c(list), key);
	return item == NULL ? key : catalogue_name(item, rq->lang);
}

static struct str
state_name(struct req *rq, struct str key)
{
	const struct field_def *field = &record_def(KIND_NETWORK)->fields[2];
	for (const struct choice *c = field->choices; c->key; c++) {
		if (str_eq(str_c(c->key), key))
			return req_tr(rq, c->label);
	}
	return key;
}

static struct str
shown_date(struct req *rq, struct str text)
{
	struct date date;
	return date_parse(text, &date) ? lang_date(rq->arena, rq->lang, date)
				       : S("");
}

/* "1. august 2026 – 1. marts 2027", as far as it is known. */
static struct str
shown_span(struct req *rq, struct str from, struct str to)
{
	struct str a = shown_date(rq, from), b = shown_date(rq, to);
	if (a.n == 0 && b.n == 0)
		return S("");
	return str_cat(rq->arena, str_cat(rq->arena, a, S(" – ")), b);
}

static bool
is_late(struct req *rq, struct str due)
{
	struct date date;
	return date_parse(due, &date) &&
	    date_cmp(date, date_danish(rq->http->now_us)) < 0;
}

/* ---- the front page ---- */

static void
fill_tasks(struct req *rq, const struct task_lines *tasks, struct view_front *v)
{
	struct view_front_tasks *rows =
	    arena_new(rq->arena, struct view_front_tasks, tasks->n);
	for (ptrdiff_t i = 0; i < tasks->n; i++) {
		const struct task_line *task = &tasks->list[i];
		struct str network = id_text(rq->arena, task->network);
		struct str id = id_text(rq->arena, task->id);
		rows[i] = (struct view_front_tasks){
		    .href =
			str_fmt(rq->arena, "/netvaerk/%.*s/opgaver#opgave-%.*s",
			    STR_ARG(network), STR_ARG(id)),
		    .title = task->title,
		    .network = task->network_name,
		    .due = shown_date(rq, task->due),
		    .late = is_late(rq, task->due),
		};
	}
	v->tasks.p = rows;
	v->tasks.n = tasks->n;
	v->has_tasks = tasks->n > 0;
}

static struct str
role_names(struct req *rq, unsigned roles)
{
	struct buf b = buf_new(rq->arena, 1000);
	for (int role = 0; role < ROLE_COUNT; role++) {
		if ((roles & 1u << role) == 0)
			continue;
		buf_add(&b, b.n > 0 ? S(", ") : S(""));
		buf_add(&b, req_tr(rq, role_label((enum member_role)role)));
	}
	return buf_str(&b);
}

static void
fill_networks(
    struct req *rq, const struct network_lines *networks, struct view_front *v)
{
	struct view_front_networks *rows =
	    arena_new(rq->arena, struct view_front_networks, networks->n);
	for (ptrdiff_t i = 0; i < networks->n; i++) {
		const struct network_line *line = &networks->list[i];
		struct str id = id_text(rq->arena, line->id);
		rows[i] = (struct view_front_networks){
		    .href = str_fmt(rq->arena, "/netvaerk/%.*s", STR_ARG(id)),
		    .name = line->name,
		    .type = choice_name(rq, "network_types", line->type),
		    .state = state_name(rq, line->state),
		    .dates = shown_span(rq, line->starts, line->ends),
		    .roles = role_names(rq, line->roles),
		};
	}
	v->networks.p = rows;
	v->networks.n = networks->n;
	v->has_networks = networks->n > 0;
}

/* GET / */
enum err
page_front(struct req *rq)
{
	struct task_lines tasks;
	struct network_lines networks;
	struct vault_entry me;
	enum err e =
	    vault_get(rq->db, rq->arena, &rq->who, rq->who.account, &me);
	if (e == ERR_OK)
		e = task_mine(rq->db, rq->arena, &rq->who, &tasks);
	if (e == ERR_OK)
		e = network_mine(rq->db, rq->arena, &rq->who, &networks);
	if (e != ERR_OK)
		return e;
	struct view_front v = {
	    .head = shell_head(rq, req_tr(rq, "Front page")),
	    .foot = shell_foot(rq),
	    .name = me.name,
	};
	fill_tasks(rq, &tasks, &v);
	fill_networks(rq, &networks, &v);
	tmpl_front(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- starting a network ---- */

struct new_network {
	struct network_form form;
	struct record_faults faults;
	const char *leader_fault;
};

static struct view_network_new_fields
new_field(struct req *rq, const struct new_network *in, const char *name,
    struct str value)
{
	const struct record_def *def = record_def(KIND_NETWORK);
	struct view_network_new_fields field = {
	    .id = str_fmt(rq->arena, "felt-%s", name),
	    .name = str_c(name),
	    .value = value,
	    .optional = true,
	};
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *f = &def->fields[i];
		const struct field_fault *fault = &in->faults.field[i];
		if (!str_eq(str_c(f->name), field.name))
			continue;
		field.label = req_tr(rq, f->label);
		field.optional = !f->required;
		field.hint = f->hint ? req_tr(rq, f->hint) : S("");
		field.is_text = f->type == FIELD_TEXT;
		field.is_line = f->type == FIELD_LINE || f->type == FIELD_DATE;
		field.type = f->type == FIELD_DATE ? S("date") : S("text");
		field.rows = 3;
		if (fault->message != NULL)
			field.error =
			    req_tr1(rq, fault->message, fault->argument);
	}
	struct str hint = field.hint.n > 0
	    ? str_cat(rq->arena, field.id, S("-hint "))
	    : S("");
	struct str error = field.error.n > 0
	    ? str_cat(rq->arena, field.id, S("-error"))
	    : S("");
	field.described = str_cat(rq->arena, hint, error);
	return field;
}

static void
type_options(struct req *rq, struct view_network_new_fields *field)
{
	struct catalogue_items types = catalogue_list(S("network_types"));
	struct view_network_new_fields_options *list = arena_new(
	    rq->arena, struct view_network_new_fields_options, types.n);
	for (ptrdiff_t i = 0; i < types.n; i++)
		list[i] = (struct view_network_new_fields_options){
		    .value = types.list[i].key,
		    .label = catalogue_name(&types.list[i], rq->lang),
		    .chosen = str_eq(types.list[i].key, field->value)};
	field->is_select = true;
	field->options.p = list;
	field->options.n = types.n;
}

static struct view_network_new_fields
person_field(struct req *rq, const struct vault_names *names, const char *name,
    const char *label, struct id chosen)
{
	struct view_network_new_fields_options *list = arena_new(
	    rq->arena, struct view_network_new_fields_options, names->n);
	for (ptrdiff_t i = 0; i < names->n; i++)
		list[i] = (struct view_network_new_fields_options){
		    .value = id_text(rq->arena, names->list[i].person),
		    .label = names->list[i].name,
		    .chosen = id_eq(names->list[i].person, chosen)};
	return (struct view_network_new_fields){
	    .id = str_fmt(rq->arena, "felt-%s", name),
	    .name = str_c(name),
	    .label = req_tr(rq, label),
	    .is_select = true,
	    .optional = true,
	    .options = {list, names->n},
	};
}

static void
fill_new_errors(struct req *rq, struct view_network_new *v)
{
	struct view_network_new_errors *errors =
	    arena_new(rq->arena, struct view_network_new_errors, v->fields.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < v->fields.n; i++) {
		const struct view_network_new_fields *field = &v->fields.p[i];
		if (field->error.n > 0)
			errors[n++] = (struct view_network_new_errors){
			    str_cat(rq->arena, S("#"), field->id), field->label,
			    field->error};
	}
	v->errors.p = errors;
	v->errors.n = n;
	v->has_errors = n > 0;
}

static enum err
show_new(struct req *rq, const struct new_network *in, int status)
{
	struct vault_names names;
	enum err e = vault_names(rq->db, rq->arena, &rq->who, &names);
	if (e != ERR_OK)
		return e;
	const struct network_form *form = &in->form;
	struct id leader =
	    id_is_set(form->leader) ? form->leader : rq->who.account;
	struct view_network_new_fields fields[8];
	ptrdiff_t n = 0;
	fields[n++] = new_field(rq, in, "name", form->name);
	fields[n] = new_field(rq, in, "type", form->type);
	type_options(rq, &fields[n++]);
	fields[n++] =
	    person_field(rq, &names, "leader", N_("Network leader"), leader);
	fields[n++] = person_field(
	    rq, &names, "codriver", N_("Co-driver"), form->codriver);
	fields[n++] = person_field(
	    rq, &names, "sponsor", N_("Reference leader"), form->sponsor);
	fields[n++] = new_field(rq, in, "goal", form->goal);
	fields[n++] = new_field(rq, in, "starts", form->starts);
	fields[n++] = new_field(rq, in, "ends", form->ends);
	fields[2].optional = false;
	if (in->leader_fault != NULL)
		fields[2].error = req_tr(rq, in->leader_fault);
	struct view_network_new v = {
	    .head = shell_head(rq, req_tr(rq, "Start a network")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .fields = {fields, n},
	};
	fill_new_errors(rq, &v);
	tmpl_network_new(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/nyt */
enum err
page_network_new(struct req *rq)
{
	return show_new(rq, &(struct new_network){0}, 200);
}

static struct id
form_id(struct req *rq, struct str name)
{
	struct id id;
	return id_parse(req_form(rq, name), &id) ? id : (struct id){0};
}

/* POST /netvaerk/nyt */
enum err
page_network_create(struct req *rq)
{
	struct new_network in = {
	    .form =
		{
		    .name = req_form(rq, S("name")),
		    .type = req_form(rq, S("type")),
		    .goal = req_form(rq, S("goal")),
		    .starts = req_form(rq, S("starts")),
		    .ends = req_form(rq, S("ends")),
		    .leader = form_id(rq, S("leader")),
		    .codriver = form_id(rq, S("codriver")),
		    .sponsor = form_id(rq, S("sponsor")),
		},
	};
	struct id id =
	    id_is_set(rq->form_key) ? rq->form_key : id_new(rq->http->now_us);
	enum err e = network_create(
	    rq->db, rq->arena, &rq->who, id, &in.form, &in.faults);
	if (e == ERR_INVALID)
		return show_new(rq, &in, 422);
	if (e != ERR_OK)
		return e;
	struct str text = id_text(rq->arena, id);
	return req_redirect(rq, "/netvaerk/%.*s?besked=gemt", STR_ARG(text));
}

/* ---- the overview ---- */

static void
fill_phase(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	const struct records *phases = &plan->of[KIND_PHASE];
	const struct records *visits = &plan->of[KIND_VISIT];
	const struct record *stay = plan_stay(plan);
	struct str now = stay ? record_value(stay, "phase") : S("");
	struct view_overview_phases *rows =
	    arena_new(rq->arena, struct view_overview_phases, phases->n);
	for (ptrdiff_t i = 0; i < phases->n; i++) {
		struct str id = phases->list[i].id_text;
		rows[i] = (struct view_overview_phases){
		    .name = record_value(&phases->list[i], "name"),
		    .now = str_eq(id, now)};
		for (ptrdiff_t k = 0; k < visits->n; k++)
			rows[i].been = rows[i].been ||
			    str_eq(record_value(&visits->list[k], "phase"), id);
		if (rows[i].now)
			v->phase = rows[i].name;
	}
	v->phases.p = rows;
	v->phases.n = phases->n;
	if (stay != NULL)
		v->phase_since = req_tr1(rq, "Since %1.",
		    shown_date(rq, record_value(stay, "entered")));
}

static void
fill_steps(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	struct steps steps = plan_steps(plan, rq->arena);
	ptrdiff_t n = steps.n < OVERVIEW_STEPS ? steps.n : OVERVIEW_STEPS;
	struct view_overview_steps *rows =
	    arena_new(rq->arena, struct view_overview_steps, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct step *step = &steps.list[i];
		struct str page = req_network_path(rq, "/");
		rows[i] = (struct view_overview_steps){
		    .text = req_tr1(rq, step->message, step->argument),
		    .href = step->create
			? edit_new_href(rq, step->page, step->kind)
			: str_cat(rq->arena, page, str_c(step->page)),
		    .urgent = step->urgent,
		};
	}
	v->steps.p = rows;
	v->steps.n = n;
	v->has_steps = n > 0;
}

static void
fill_overview_tasks(
    struct req *rq, const struct plan *plan, struct view_overview *v)
{
	const struct records *tasks = &plan->of[KIND_TASK];
	const struct field_def *owner = &record_def(KIND_TASK)->fields[1];
	struct view_overview_tasks *rows =
	    arena_new(rq->arena, struct view_overview_tasks, OVERVIEW_TASKS);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < tasks->n && n < OVERVIEW_TASKS; i++) {
		const struct record *task = &tasks->list[i];
		struct str due = record_value(task, "due");
		if (!str_eq(record_value(task, "state"), S("open")))
			continue;
		struct str anchor = edit_anchor(rq, task);
		rows[n++] = (struct view_overview_tasks){
		    .href = str_fmt(rq->arena, "%.*s#%.*s",
			STR_ARG(req_network_path(rq, "/opgaver")),
			STR_ARG(anchor)),
		    .title = record_value(task, "title"),
		    .owner = edit_shown(
			rq, plan, owner, record_value(task, "owner")),
		    .due = shown_date(rq, due),
		    .late = is_late(rq, due),
		};
	}
	v->tasks.p = rows;
	v->tasks.n = n;
	v->has_tasks = n > 0;
}

static enum err
fill_changes(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	struct revisions recent;
	enum err e = record_recent(
	    rq->db, rq->arena, &rq->who, OVERVIEW_CHANGES, &recent);
	if (e != ERR_OK)
		return e;
	struct view_overview_changes *rows =
	    arena_new(rq->arena, struct view_overview_changes, recent.n);
	for (ptrdiff_t i = 0; i < recent.n; i++) {
		const struct revision *r = &recent.list[i];
		rows[i] = (struct view_overview_changes){
		    .href = edit_history_href(rq, &r->record),
		    .what = req_tr2(rq, "%1: %2",
			req_tr(rq, record_def(r->record.kind)->title),
			plan_title(plan, rq->arena, &r->record)),
		    .who = vault_name_of(&plan->names, r->account),
		    .when = lang_time(rq->arena, rq->lang, r->at_us),
		};
	}
	v->changes.p = rows;
	v->changes.n = recent.n;
	return ERR_OK;
}

/* The network's own name, type and dates, for those who may change them. */
static void
fill_frame(struct req *rq, const struct plan *plan, const struct edit *edit,
    struct view_overview *v)
{
	struct plan framed = *plan;
	struct record network = plan->network;
	static const struct section_spec spec = {
	    .kind = KIND_NETWORK,
	    .title = N_("Name, type and dates"),
	    .empty = "",
	};
	if (!actor_may(&rq->who, CAP_MANAGE))
		return;
	framed.of[KIND_NETWORK] = (struct records){&network, 1};
	struct view_overview_frame *frame =
	    arena_new(rq->arena, struct view_overview_frame, 1);
	frame->section = section_view(rq, &framed, edit, &spec);
	v->frame.p = frame;
	v->frame.n = 1;
}

enum err
overview_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct record *theme = plan_theme(plan);
	struct fill fill = plan_fill(plan);
	struct str name = record_value(&plan->network, "name");
	struct view_overview v = {
	    .head = shell_network_head(rq, name, name, ""),
	    .foot = shell_foot(rq),
	    .name = name,
	    .type = choice_name(
		rq, "network_types", record_value(&plan->network, "type")),
	    .state = state_name(rq, record_value(&plan->network, "state")),
	    .dates = shown_span(rq, record_value(&plan->network, "starts"),
		record_value(&plan->network, "ends")),
	    .theme = theme ? record_value(theme, "text") : S(""),
	    .plan_href = req_network_path(rq, "/plan"),
	    .phases_href = req_network_path(rq, "/faser"),
	    .tasks_href = req_network_path(rq, "/opgaver"),
	    .changes_href = req_network_path(rq, "/historik"),
	    .fill = req_tr2(rq, "%1 of %2 parts are filled in.",
		lang_int(rq->arena, rq->lang, fill.filled),
		lang_int(rq->arena, rq->lang, fill.parts)),
	};
	fill_phase(rq, plan, &v);
	fill_steps(rq, plan, &v);
	fill_overview_tasks(rq, plan, &v);
	fill_frame(rq, plan, edit, &v);
	e = fill_changes(rq, plan, &v);
	if (e != ERR_OK)
		return e;
	tmpl_overview(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N */
enum err
page_overview(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "", &edit);
	return e == ERR_OK ? overview_show(rq, &edit, 200) : e;
}
