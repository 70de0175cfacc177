/* SPDX-License-Identifier: MPL-2.0 */

/* Starting a network. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/network.h"
#include "view_network_new.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/shell.h"

enum { LEADER, CODRIVER, SPONSOR, PEOPLE };

struct new_network {
	struct network_form form;
	struct record_faults faults;
	const char *person_fault[PEOPLE];
};

static void
set_error(struct req *rq, struct view_network_new_fields *field,
    const char *message, struct str argument)
{
	if (message != NULL)
		field->error = req_tr1(rq, message, argument);
	struct str hint = field->hint.n > 0
	    ? str_cat(rq->arena, field->id, S("-hint "))
	    : S("");
	struct str error = field->error.n > 0
	    ? str_cat(rq->arena, field->id, S("-error"))
	    : S("");
	field->described = str_cat(rq->arena, hint, error);
}

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
		set_error(rq, &field, fault->message, fault->argument);
	}
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
	struct faults faults = faults_new(rq, v->fields.n);
	for (ptrdiff_t i = 0; i < v->fields.n; i++) {
		const struct view_network_new_fields *field = &v->fields.p[i];
		faults_add(&faults, field->id, field->label, field->error);
	}
	v->faults = faults_view(&faults);
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
	struct view_network_new_fields *person = &fields[2];
	fields[0] = new_field(rq, in, "name", form->name);
	fields[1] = new_field(rq, in, "type", form->type);
	type_options(rq, &fields[1]);
	person[LEADER] =
	    person_field(rq, &names, "leader", N_("Network leader"), leader);
	person[CODRIVER] = person_field(
	    rq, &names, "codriver", N_("Co-driver"), form->codriver);
	person[SPONSOR] = person_field(
	    rq, &names, "sponsor", N_("Reference leader"), form->sponsor);
	person[LEADER].optional = false;
	for (int i = 0; i < PEOPLE; i++)
		set_error(rq, &person[i], in->person_fault[i], S(""));
	fields[5] = new_field(rq, in, "goal", form->goal);
	fields[6] = new_field(rq, in, "starts", form->starts);
	fields[7] = new_field(rq, in, "ends", form->ends);
	struct view_network_new v = {
	    .head = shell_head(rq, req_tr(rq, "Start a network")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .fields = {fields, COUNT_OF(fields)},
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

/* ERR_INVALID: somebody's account was closed since the form was shown. */
static enum err
check_people(struct req *rq, struct new_network *in)
{
	const struct id people[PEOPLE] = {
	    in->form.leader, in->form.codriver, in->form.sponsor};
	bool all = true;
	for (int i = 0; i < PEOPLE; i++) {
		struct account account;
		if (!id_is_set(people[i]))
			continue;
		enum err e = account_get(
		    rq->db, rq->arena, &rq->who, people[i], &account);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		if (e == ERR_OK && account.active)
			continue;
		in->person_fault[i] =
		    N_("That account is closed. Choose another.");
		all = false;
	}
	return all ? ERR_OK : ERR_INVALID;
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
	enum err e = check_people(rq, &in);
	if (e == ERR_OK)
		e = network_create(
		    rq->db, rq->arena, &rq->who, id, &in.form, &in.faults);
	if (e == ERR_INVALID)
		return show_new(rq, &in, 422);
	if (e != ERR_OK)
		return e;
	struct str text = id_text(rq->arena, id);
	return req_redirect(rq, "/netvaerk/%.*s?besked=gemt", STR_ARG(text));
}
