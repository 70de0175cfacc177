/* SPDX-License-Identifier: MPL-2.0 */

/* Noting what somebody said, with what they agreed to; several people in a
 * row. */
#include "base/buf.h"
#include "model/consent.h"
#include "view_voice_form.h"
#include "web/field_form.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { FIELDS = 12, MOST_PEOPLE = 500 };

struct form {
	struct contribution c;
	struct contribution_faults faults;
	struct str names; /* found, and not said to be in order */
	struct person_page people;
};

static struct view_input_options_array
people_options(struct req *rq, const struct person_page *people)
{
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, people->n);
	for (ptrdiff_t i = 0; i < people->n; i++) {
		const struct person *p = &people->list[i];
		list[i] = (struct view_input_options){
		    .value = id_text(rq->arena, p->id),
		    .label = STR_JOIN(rq->arena,
			person_code(rq->arena, p->number), S(" "), p->alias)};
	}
	return (struct view_input_options_array){list, people->n};
}

static struct str
id_value(struct req *rq, struct id id)
{
	return id_is_set(id) ? id_text(rq->arena, id) : S("");
}

static ptrdiff_t
words_inputs(struct req *rq, const struct form *form, struct input *in)
{
	const struct contribution *c = &form->c;
	const struct contribution_faults *f = &form->faults;
	ptrdiff_t n = 0;
	in[n++] = (struct input){.kind = INPUT_TEXT,
	    .name = "original",
	    .label = N_("What was said, word for word"),
	    .hint = N_("No names of other people, and no CPR number."),
	    .value = c->original,
	    .fault = f->original};
	in[n++] = (struct input){.kind = INPUT_SELECT,
	    .name = "kind",
	    .label = N_("Kind"),
	    .value = c->kind,
	    .fault = f->kind,
	    .choices = contribution_kinds};
	in[n++] = (struct input){.kind = INPUT_SELECT,
	    .name = "teller",
	    .label = N_("How it came"),
	    .value = c->teller,
	    .fault = f->teller,
	    .choices = contribution_tellers};
	if (actor_may(&rq->who, CAP_ASK))
		in[n++] = (struct input){.kind = INPUT_SELECT,
		    .name = "person",
		    .label = N_("Who said it"),
		    .hint = N_("Left out: somebody who has no code here."),
		    .value = id_value(rq, c->person),
		    .optional = true,
		    .fault = f->person,
		    .options = people_options(rq, &form->people)};
	return n;
}

static ptrdiff_t
place_inputs(struct req *rq, const struct plan *plan, const struct form *form,
    struct input *in)
{
	const struct contribution *c = &form->c;
	in[0] = (struct input){.kind = INPUT_SELECT,
	    .name = "activity",
	    .label = N_("At which activity"),
	    .value = id_value(rq, c->activity),
	    .optional = true,
	    .fault = form->faults.activity,
	    .options = voice_options(rq, plan, KIND_ACTIVITY)};
	in[1] = (struct input){.kind = INPUT_SELECT,
	    .name = "group",
	    .label = N_("Target group"),
	    .hint = N_("Left out: the person's."),
	    .value = id_value(rq, c->group),
	    .optional = true,
	    .fault = form->faults.group,
	    .options = voice_options(rq, plan, KIND_GROUP)};
	return 2;
}

/* Nothing of it is chosen beforehand (trust P02). */
static ptrdiff_t
consent_inputs(struct req *rq, const struct form *form, struct input *in)
{
	const struct contribution *c = &form->c;
	const struct contribution_faults *f = &form->faults;
	in[0] = (struct input){.kind = INPUT_RADIO,
	    .name = "scope",
	    .label = N_("Who may read it"),
	    .hint = N_("Read it out, and ask."),
	    .value =
		c->scope < 0 ? S("") : str_fmt(rq->arena, "%d", (int)c->scope),
	    .fault = f->scope,
	    .choices = contribution_scopes};
	in[1] = (struct input){.kind = INPUT_RADIO,
	    .name = "anonymity",
	    .label = N_("How the person is named"),
	    .value = c->anonymity,
	    .fault = f->anonymity,
	    .choices = contribution_anonymities};
	in[2] = (struct input){.kind = INPUT_RADIO,
	    .name = "basis",
	    .label = N_("Why we may keep it"),
	    .value = c->basis,
	    .fault = f->basis,
	    .choices = contribution_bases};
	in[3] = (struct input){.kind = INPUT_SELECT,
	    .name = "given_by",
	    .label = N_("Who said yes"),
	    .value = c->given_by,
	    .fault = f->given_by,
	    .choices = contribution_givers};
	return 4;
}

static struct view_inputs
form_inputs(struct req *rq, const struct plan *plan, const struct form *form)
{
	struct input in[FIELDS];
	ptrdiff_t n = words_inputs(rq, form, in);
	if (form->names.n > 0)
		in[n++] = (struct input){.kind = INPUT_TICK,
		    .name = "names_ok",
		    .label = N_("I have looked: it names nobody else")};
	n += place_inputs(rq, plan, form, &in[n]);
	n += consent_inputs(rq, form, &in[n]);
	return inputs_view(rq, in, n);
}

static enum err
show(struct req *rq, struct form *form, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK && actor_may(&rq->who, CAP_ASK))
		e = person_list(rq->db, rq->arena, &rq->who,
		    &(struct person_filter){.max = MOST_PEOPLE}, &form->people);
	if (e != ERR_OK)
		return e;
	struct view_voice_form v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Note what somebody said")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/stemmer/ny"),
	    .cancel = req_network_path(rq, "/stemmer"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, form->c.id),
	    .noted = req_query(rq, S("noteret")).n > 0,
	    .names = form->names,
	    .inputs = form_inputs(rq, plan, form),
	};
	tmpl_voice_form(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* ---- from the field ---- */

/* ?kladde=ID: what came in sealed and could not be taken as it was. */
static enum err
show_draft(struct req *rq, struct id voice)
{
	struct field_item item;
	struct field_form draft;
	enum err e = field_draft_of(rq->db, rq->arena, &rq->who, voice, &item);
	if (e == ERR_OK)
		e = field_form_read(rq, &item, item.words, &draft);
	if (e != ERR_OK)
		return e;
	struct form form = {
	    .c = draft.c, .faults = draft.faults, .names = draft.names};
	return show(rq, &form, 200);
}

/* What was told out there stands in the receipt; it is a draft no more. */
static enum err
end_draft(struct req *rq, struct id voice, struct str *told)
{
	struct field_item item;
	struct field_form draft;
	enum err e = field_draft_of(rq->db, rq->arena, &rq->who, voice, &item);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e == ERR_OK)
		e = field_form_read(rq, &item, item.words, &draft);
	if (e != ERR_OK)
		return e;
	*told = STR_JOIN(rq->arena, *told, S(" "), draft.told);
	item.state = S("received");
	return field_settle(rq->db, rq->arena, &rq->who, &item);
}

/* GET /netvaerk/N/stemmer/ny */
enum err
page_voice_new(struct req *rq)
{
	struct id draft;
	if (id_parse(req_query(rq, S("kladde")), &draft))
		return show_draft(rq, draft);
	struct form form = {.c = {.id = id_new(rq->http->now_us),
				.teller = S("staff"),
				.given_by = S("self"),
				.scope = -1}};
	if (!id_parse(req_query(rq, S("aktivitet")), &form.c.activity))
		form.c.activity = (struct id){0};
	if (!id_parse(req_query(rq, S("person")), &form.c.person))
		form.c.person = (struct id){0};
	if (str_eq(req_query(rq, S("slags")), S("tilbagemelding")))
		form.c.kind = S("feedback");
	if (str_eq(req_query(rq, S("vej")), S("papir")))
		form.c.teller = S("paper");
	return show(rq, &form, 200);
}

/* An id that is none is no longer there: the check says so. */
static struct id
read_id(struct req *rq, const char *name)
{
	struct id id = {0};
	struct str typed = req_form(rq, str_c(name));
	if (typed.n > 0 && !id_parse(typed, &id))
		id = id_new(1);
	return id;
}

static struct contribution
read_form(struct req *rq)
{
	struct contribution c = {
	    .original = str_trim(req_form(rq, S("original"))),
	    .kind = req_form(rq, S("kind")),
	    .teller = req_form(rq, S("teller")),
	    .person = read_id(rq, "person"),
	    .activity = read_id(rq, "activity"),
	    .group = read_id(rq, "group"),
	    .basis = req_form(rq, S("basis")),
	    .anonymity = req_form(rq, S("anonymity")),
	    .given_by = req_form(rq, S("given_by"))};
	if (!str_int(req_form(rq, S("scope")), &c.scope))
		c.scope = -1;
	return c;
}

/* POST /netvaerk/N/stemmer/ny */
enum err
page_voice_save(struct req *rq)
{
	struct form form = {.c = read_form(rq)};
	if (!id_parse(req_form(rq, S("id")), &form.c.id))
		return ERR_INVALID;
	enum err e = contribution_check(
	    rq->db, rq->arena, &rq->who, &form.c, &form.faults);
	if (e != ERR_OK)
		return e;
	if (!req_checked(rq, S("names_ok")))
		form.names = contribution_names(rq->arena, form.c.original);
	if (form.faults.any || form.names.n > 0)
		return show(rq, &form, 422);
	struct str told = consent_text(rq->arena, rq->lang, form.c.scope);
	e = end_draft(rq, form.c.id, &told);
	if (e != ERR_OK)
		return e;
	e = contribution_add(rq->db, rq->arena, &rq->who, &form.c, told);
	if (e == ERR_INVALID)
		return show(rq, &form, 422);
	if (e != ERR_OK)
		return e;
	if (req_form(rq, S("next")).n == 0) {
		bool paper = str_eq(form.c.teller, S("paper"));
		struct str href = voice_href(
		    rq, form.c.id, paper ? "?besked=papir#medier" : "");
		return req_redirect(rq, "%.*s", STR_ARG(href));
	}
	struct str path = req_network_path(rq, "/stemmer/ny?noteret=1");
	struct str activity = id_value(rq, form.c.activity);
	return req_redirect(
	    rq, "%.*s&aktivitet=%.*s", STR_ARG(path), STR_ARG(activity));
}
