/* SPDX-License-Identifier: MPL-2.0 */

/* Starting a network. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/network.h"
#include "view_network_new.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/shell.h"

enum { LEADER, CODRIVER, SPONSOR, PEOPLE };

struct new_network {
	struct network_form form;
	struct record_faults faults;
	const char *person_fault[PEOPLE];
};

/* A field of the network's own record. */
static struct input
frame_input(const struct new_network *in, const char *name, struct str value)
{
	ptrdiff_t i = record_field(KIND_NETWORK, name);
	return input_of_field(
	    &record_def(KIND_NETWORK)->fields[i], &in->faults.field[i], value);
}

static struct view_input_options_array
type_options(struct req *rq)
{
	struct catalogue_items types = catalogue_list(S("network_types"));
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, types.n);
	for (ptrdiff_t i = 0; i < types.n; i++)
		list[i] =
		    (struct view_input_options){.value = types.list[i].key,
			.label = catalogue_name(&types.list[i], rq->lang)};
	return (struct view_input_options_array){list, types.n};
}

static struct view_input_options_array
name_options(struct req *rq, const struct vault_names *names)
{
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, names->n);
	for (ptrdiff_t i = 0; i < names->n; i++)
		list[i] = (struct view_input_options){
		    .value = id_text(rq->arena, names->list[i].person),
		    .label = names->list[i].name};
	return (struct view_input_options_array){list, names->n};
}

/* Who is asked for, as in network_form. */
static void
person_inputs(struct req *rq, const struct new_network *in,
    struct view_input_options_array names, struct input *people)
{
	static const struct {
		const char *name, *label;
	} asked[PEOPLE] = {[LEADER] = {"leader", N_("Network leader")},
	    [CODRIVER] = {"codriver", N_("Co-driver")},
	    [SPONSOR] = {"sponsor", N_("Reference leader")}};
	struct id chosen[PEOPLE] = {
	    in->form.leader, in->form.codriver, in->form.sponsor};
	if (!id_is_set(chosen[LEADER]))
		chosen[LEADER] = rq->who.account;
	for (int i = 0; i < PEOPLE; i++)
		people[i] = (struct input){.kind = INPUT_SELECT,
		    .name = asked[i].name,
		    .label = asked[i].label,
		    .value = id_is_set(chosen[i])
			? id_text(rq->arena, chosen[i])
			: S(""),
		    .optional = i != LEADER,
		    .fault = in->person_fault[i],
		    .options = names};
}

static enum err
show_new(struct req *rq, const struct new_network *in, int status)
{
	struct vault_names names;
	enum err e = vault_names(rq->db, rq->arena, &rq->who, &names);
	if (e != ERR_OK)
		return e;
	const struct network_form *form = &in->form;
	struct input fields[5 + PEOPLE] = {
	    frame_input(in, "name", form->name),
	    frame_input(in, "type", form->type),
	    [2 + PEOPLE] = frame_input(in, "goal", form->goal),
	    frame_input(in, "starts", form->starts),
	    frame_input(in, "ends", form->ends),
	};
	fields[1].options = type_options(rq);
	person_inputs(rq, in, name_options(rq, &names), &fields[2]);
	struct view_network_new v = {
	    .head = shell_head(rq, req_tr(rq, "Start a network")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .inputs = inputs_view(rq, fields, COUNT_OF(fields)),
	};
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
