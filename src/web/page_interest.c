/* SPDX-License-Identifier: MPL-2.0 */

/* The open page where people say that they would like to take part: set up by
 * the leader, filled in by anyone. */
#include "base/buf.h"
#include "base/clock.h"
#include "model/interest.h"
#include "view_interest.h"
#include "view_signup.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/security.h"
#include "web/shell.h"

enum { SET_UP = 3 + 3 * INTEREST_FIELDS, ASKED = 6 + INTEREST_FIELDS };

static const struct attempt register_from = {"register", 20, HOUR_US};

static const char *
numbered(struct req *rq, const char *name, int i)
{
	return str_cstr(rq->arena, str_fmt(rq->arena, "%s%d", name, i));
}

/* ---- set up ---- */

static ptrdiff_t
field_inputs(struct req *rq, const struct interest_field *f,
    const struct interest_faults *faults, int i, struct input *in)
{
	in[0] = (struct input){.kind = INPUT_LINE,
	    .name = numbered(rq, "label", i),
	    .words = req_tr1(rq, "Question of your own, no. %1",
		lang_int(rq->arena, rq->lang, i + 1)),
	    .value = f->label,
	    .optional = true,
	    .fault = faults->label[i]};
	in[1] = (struct input){.kind = INPUT_TEXT,
	    .name = numbered(rq, "choices", i),
	    .words = req_tr1(rq, "Choices for no. %1, one on each line",
		lang_int(rq->arena, rq->lang, i + 1)),
	    .value = f->choices,
	    .optional = true,
	    .fault = faults->choices[i]};
	in[2] = (struct input){.kind = INPUT_TICK,
	    .name = numbered(rq, "required", i),
	    .words = req_tr1(rq, "No. %1 must be answered",
		lang_int(rq->arena, rq->lang, i + 1)),
	    .value = f->required ? S("1") : S("")};
	return 3;
}

static enum err
show_set_up(struct req *rq, const struct interest *set,
    const struct interest_faults *faults, int status)
{
	const struct plan *plan;
	struct input in[SET_UP] = {
	    {.kind = INPUT_TEXT,
		.name = "about",
		.value = set->about,
		.label = N_("What is it about?"),
		.fault = faults->about,
		.hint = N_("Two or three sentences in plain words: what, who "
			   "and how long.")},
	    {.kind = INPUT_DATE,
		.name = "ends",
		.value = set->ends,
		.label = N_("Open until"),
		.optional = true,
		.fault = faults->ends},
	    {.kind = INPUT_TICK,
		.name = "open",
		.value = set->open ? S("1") : S(""),
		.label = N_("Open the page")}};
	ptrdiff_t n = 3;
	for (int i = 0; i < INTEREST_FIELDS; i++)
		n += field_inputs(rq, &set->field[i], faults, i, &in[n]);
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct str network = id_text(rq->arena, rq->who.network);
	struct view_interest v = {
	    .head = person_head(rq, plan, req_tr(rq, "Let people register")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .seen = str_fmt(rq->arena, "%lld", (long long)set->changed_us),
	    .meanwhile.changed = status == 409,
	    .action = req_network_path(rq, "/tilmelding"),
	    .back = req_network_path(rq, "/personer"),
	    .is_open = interest_is_open(set, &rq->who) && status == 200,
	    .address = STR_JOIN(rq->arena,
		site_url(rq->site, rq->arena, rq->org), S("/deltag/"), network),
	    .no_notice = plan_single(plan, KIND_NOTICE) == NULL,
	    .notice_href = req_network_path(rq, "/plan#oplysning"),
	    .inputs = inputs_view(rq, in, n),
	};
	tmpl_interest(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/tilmelding */
enum err
page_interest(struct req *rq)
{
	struct interest set;
	enum err e = interest_get(rq->db, rq->arena, &rq->who, &set);
	return e == ERR_OK
	    ? show_set_up(rq, &set, &(struct interest_faults){0}, 200)
	    : e;
}

/* It opens only with the notice that everyone must get. */
static enum err
check_notice(
    struct req *rq, const struct interest *set, struct interest_faults *faults)
{
	struct record notice;
	if (!set->open || faults->about != NULL)
		return ERR_OK;
	enum err e = record_get(
	    rq->db, rq->arena, &rq->who, KIND_NOTICE, rq->who.network, &notice);
	if (e != ERR_NOT_FOUND)
		return e;
	faults->any = true;
	faults->about =
	    N_("First write what people are told about their data.");
	return ERR_OK;
}

/* POST /netvaerk/N/tilmelding */
enum err
page_interest_save(struct req *rq)
{
	struct interest_faults faults;
	struct interest now;
	int64_t seen;
	struct interest set = {.open = req_checked(rq, S("open")),
	    .about = req_form(rq, S("about")),
	    .ends = req_form(rq, S("ends"))};
	for (int i = 0; i < INTEREST_FIELDS; i++)
		set.field[i] = (struct interest_field){
		    .label = req_form(rq, str_c(numbered(rq, "label", i))),
		    .choices = req_form(rq, str_c(numbered(rq, "choices", i))),
		    .required =
			req_checked(rq, str_c(numbered(rq, "required", i)))};
	interest_check(&set, &faults);
	enum err e = check_notice(rq, &set, &faults);
	if (e != ERR_OK)
		return e;
	e = interest_get(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	bool meanwhile =
	    !str_int(req_form(rq, S("seen")), &seen) || seen != now.changed_us;
	set.changed_us = now.changed_us;
	if (faults.any || meanwhile)
		return show_set_up(rq, &set, &faults, meanwhile ? 409 : 422);
	e = interest_save(rq->db, rq->arena, &rq->who, &set);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/tilmelding");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}

/* ---- the open page ---- */

static enum err
open_network(struct req *rq, struct actor *in, struct interest *set)
{
	struct record network;
	enum err e = req_open_network(rq, in, &network);
	return e == ERR_OK ? interest_get(rq->db, rq->arena, in, set) : e;
}

static struct view_input_options_array
line_options(struct req *rq, struct str lines)
{
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, INTEREST_CHOICES);
	ptrdiff_t n = 0;
	while (lines.n > 0 && n < INTEREST_CHOICES) {
		struct str line = str_trim(str_cut(&lines, '\n'));
		if (line.n > 0)
			list[n++] = (struct view_input_options){
			    .value = line, .label = line};
	}
	return (struct view_input_options_array){list, n};
}

static struct view_inputs
register_inputs(struct req *rq, const struct interest *set,
    const struct registration *r, const struct registration_faults *f)
{
	struct input in[ASKED] = {{.kind = INPUT_LINE,
				      .name = "name",
				      .label = N_("Your name"),
				      .value = r->contact.name,
				      .fault = f->name,
				      .fills = "name"},
	    {.kind = INPUT_TEL,
		.name = "phone",
		.label = N_("Your phone"),
		.value = r->contact.phone,
		.optional = true,
		.fills = "tel"},
	    {.kind = INPUT_MAIL,
		.name = "mail",
		.label = N_("Your mail"),
		.value = r->contact.mail,
		.optional = true,
		.fault = f->reach,
		.fills = "email"},
	    {.kind = INPUT_SELECT,
		.name = "age",
		.label = N_("Your age"),
		.value = r->age,
		.optional = true,
		.fault = f->age,
		.choices = person_ages},
	    {.kind = INPUT_TEXT,
		.name = "needs",
		.label = N_("Is there something you need to take part?"),
		.hint = N_("Help to get there, an interpreter, somebody to "
			   "come along."),
		.value = r->needs_note,
		.optional = true,
		.fault = f->needs_note}};
	ptrdiff_t n = 5;
	for (int i = 0; i < INTEREST_FIELDS; i++) {
		const struct interest_field *field = &set->field[i];
		if (field->label.n == 0)
			continue;
		in[n++] = (struct input){
		    .kind = field->choices.n > 0 ? INPUT_RADIO : INPUT_LINE,
		    .name = numbered(rq, "value", i),
		    .words = field->label,
		    .value = r->value[i],
		    .optional = !field->required,
		    .fault = f->value[i],
		    .options = line_options(rq, field->choices)};
	}
	return inputs_view(rq, in, n);
}

/* What article 13 wants told. */
static enum err
fill_facts(struct req *rq, const struct actor *in, struct view_signup *v)
{
	struct record notice;
	enum err e = record_get(
	    rq->db, rq->arena, in, KIND_NOTICE, in->network, &notice);
	if (e == ERR_OK)
		v->facts = facts_of_notice(rq, &notice);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
show_register(struct req *rq, struct view_signup *v, int status)
{
	v->head = shell_head(rq, req_tr(rq, "Take part"));
	v->foot = shell_foot(rq);
	v->org = rq->org->name;
	v->contact = rq->org->contact;
	tmpl_signup(&rq->out, rq->lang, v);
	return req_html_status(rq, status);
}

static enum err
show_form(struct req *rq, const struct actor *in, const struct interest *set,
    const struct registration *r, const struct registration_faults *f)
{
	struct view_signup v = {
	    .closed = !interest_is_open(set, in),
	    .about = set->about,
	    .action = STR_JOIN(rq->arena, S("/deltag/"),
		id_text(rq->arena, in->network),
		rq->lang == LANG_EN ? S("?sprog=en") : S("")),
	    .id = id_text(rq->arena, r->id),
	    .inputs = register_inputs(rq, set, r, f),
	};
	enum err e = fill_facts(rq, in, &v);
	return e == ERR_OK ? show_register(rq, &v, f->any ? 422 : 200) : e;
}

/* GET /deltag/NETWORK: anyone. */
enum err
page_register(struct req *rq)
{
	struct actor in;
	struct interest set;
	struct registration r = {.id = id_new(rq->http->now_us)};
	if (req_query(rq, S("tak")).n > 0)
		return show_register(
		    rq, &(struct view_signup){.done = true}, 200);
	enum err e = open_network(rq, &in, &set);
	return e == ERR_OK
	    ? show_form(rq, &in, &set, &r, &(struct registration_faults){0})
	    : e;
}

/* POST /deltag/NETWORK */
enum err
page_register_send(struct req *rq)
{
	struct actor in;
	struct interest set;
	struct registration_faults faults;
	struct registration r = {.contact = {.name = req_form(rq, S("name")),
				     .mail = req_form(rq, S("mail")),
				     .phone = req_form(rq, S("phone"))},
	    .age = req_form(rq, S("age")),
	    .needs_note = req_form(rq, S("needs"))};
	for (int i = 0; i < INTEREST_FIELDS; i++)
		r.value[i] = req_form(rq, str_c(numbered(rq, "value", i)));
	if (!id_parse(req_form(rq, S("id")), &r.id))
		r.id = id_new(rq->http->now_us);
	enum err e = open_network(rq, &in, &set);
	if (e != ERR_OK)
		return e;
	if (!security_may_try(rq, &register_from, security_peer(rq)))
		return ERR_LIMITED;
	registration_check(&set, &r, &faults);
	if (faults.any || !interest_is_open(&set, &in))
		return show_form(rq, &in, &set, &r, &faults);
	/* A machine filled in what no person sees: it is thanked as well. */
	if (req_form(rq, S("hjemmeside")).n == 0)
		e = interest_register(rq->db, rq->arena, &in, &set, &r);
	struct str network = id_text(rq->arena, in.network);
	return e == ERR_OK
	    ? req_redirect(rq, "/deltag/%.*s?tak=1%s", STR_ARG(network),
		  rq->lang == LANG_EN ? "&sprog=en" : "")
	    : e;
}
