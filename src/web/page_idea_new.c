/* SPDX-License-Identifier: MPL-2.0 */

/* Ideas that staff bring in: several in a row in the room or from paper, and
 * new ones made of those that are there. */
#include "base/buf.h"
#include "model/kinds.h"
#include "view_idea_form.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { MOST_PEOPLE = 500, FIELDS = 8 };

/* ---- several in a row ---- */

static const struct choice tellers[] = {
    {"staff", N_("Said in the room")},
    {"paper", N_("Written on paper")},
    {"phone", N_("Said on the phone")},
    {0},
};

struct quick {
	struct contribution c;
	struct contribution_faults faults;
	struct str names;
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

static struct view_inputs
quick_inputs(struct req *rq, const struct plan *plan, const struct quick *q)
{
	const struct contribution *c = &q->c;
	struct input in[FIELDS] = {{.kind = INPUT_TEXT,
	    .name = "original",
	    .label = N_("The idea, in their words"),
	    .hint = N_("No names of other people, and no CPR number."),
	    .value = c->original,
	    .fault = q->faults.original}};
	ptrdiff_t n = 1;
	if (q->names.n > 0)
		in[n++] = (struct input){.kind = INPUT_TICK,
		    .name = "names_ok",
		    .label = N_("I have looked: it names nobody else")};
	in[n++] = (struct input){.kind = INPUT_RADIO,
	    .name = "teller",
	    .label = N_("How it came"),
	    .value = c->teller,
	    .fault = q->faults.teller,
	    .choices = tellers};
	in[n++] = (struct input){.kind = INPUT_RADIO,
	    .name = "scope",
	    .label = N_("Who may read your idea?"),
	    .hint = N_("Read it out, and ask."),
	    .value = idea_scope_key(rq, c->scope),
	    .fault = q->faults.scope,
	    .choices = idea_readers};
	in[n++] = (struct input){.kind = INPUT_SELECT,
	    .name = "person",
	    .label = N_("Who said it"),
	    .hint = N_("Left out: somebody who has no code here."),
	    .value = id_value(rq, c->person),
	    .optional = true,
	    .fault = q->faults.person,
	    .options = people_options(rq, &q->people)};
	in[n++] = (struct input){.kind = INPUT_SELECT,
	    .name = "given_by",
	    .label = N_("Who said yes"),
	    .value = c->given_by,
	    .fault = q->faults.given_by,
	    .choices = contribution_givers};
	in[n++] = (struct input){.kind = INPUT_SELECT,
	    .name = "group",
	    .label = N_("Target group"),
	    .value = id_value(rq, c->group),
	    .optional = true,
	    .fault = q->faults.group,
	    .options = voice_options(rq, plan, KIND_GROUP)};
	return inputs_view(rq, in, n);
}

static enum err
show_form(struct req *rq, const struct plan *plan, struct view_idea_form *v,
    int status)
{
	v->head = idea_head(rq, plan, v->title);
	v->foot = shell_foot(rq);
	v->back = req_network_path(rq, "/ideer");
	v->csrf = req_csrf(rq);
	v->key = req_new_key(rq);
	tmpl_idea_form(&rq->out, rq->lang, v);
	return req_html_status(rq, status);
}

static enum err
show_quick(struct req *rq, struct quick *q, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = person_list(rq->db, rq->arena, &rq->who,
		    &(struct person_filter){.max = MOST_PEOPLE}, &q->people);
	if (e != ERR_OK)
		return e;
	struct view_idea_form v = {
	    .title = req_tr(rq, "Several ideas in a row"),
	    .lead = req_tr(rq,
		"One at a time, as fast as they come. What you choose below "
		"stays for the next one."),
	    .action = req_network_path(rq, "/ideer/hurtig"),
	    .id = id_text(rq->arena, q->c.id),
	    .noted = req_query(rq, S("noteret")).n > 0 &&
		rq->http->method == HTTP_GET,
	    .names = q->names,
	    .inputs = quick_inputs(rq, plan, q),
	};
	return show_form(rq, plan, &v, status);
}

/* What was chosen for the one before. */
static struct str
kept(const struct choice *list, struct str key, struct str otherwise)
{
	return choice_find(list, key) != NULL ? key : otherwise;
}

/* GET /netvaerk/N/ideer/hurtig */
enum err
page_idea_quick(struct req *rq)
{
	struct quick q = {
	    .c = {.id = id_new(rq->http->now_us),
		.teller = kept(tellers, req_query(rq, S("kom")), S("staff")),
		.given_by = S("self")}};
	struct str scope =
	    kept(idea_readers, req_query(rq, S("laeser")), S(""));
	if (!str_int(scope, &q.c.scope))
		q.c.scope = -1;
	if (!id_parse(req_query(rq, S("gruppe")), &q.c.group))
		q.c.group = (struct id){0};
	return show_quick(rq, &q, 200);
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

static enum err
add(struct req *rq, const struct contribution *c)
{
	struct idea_birth birth = {c->id, true, S("yes")};
	enum err e = contribution_add(
	    rq->db, rq->arena, &rq->who, c, idea_told(rq, c->scope));
	return e == ERR_OK
	    ? idea_from_words(rq->db, rq->arena, &rq->who, &birth)
	    : e;
}

/* POST /netvaerk/N/ideer/hurtig */
enum err
page_idea_quick_save(struct req *rq)
{
	struct quick q = {.c = {
			      .original = str_trim(req_form(rq, S("original"))),
			      .kind = S("idea"),
			      .teller = req_form(rq, S("teller")),
			      .person = read_id(rq, "person"),
			      .group = read_id(rq, "group"),
			      .basis = S("consent"),
			      .anonymity = S("none"),
			      .given_by = req_form(rq, S("given_by")),
			      .scope = idea_scope_typed(rq),
			  }};
	if (!id_parse(req_form(rq, S("id")), &q.c.id))
		return ERR_INVALID;
	enum err e =
	    contribution_check(rq->db, rq->arena, &rq->who, &q.c, &q.faults);
	if (e != ERR_OK)
		return e;
	if (!req_checked(rq, S("names_ok")))
		q.names = contribution_names(rq->arena, q.c.original);
	if (q.faults.any || q.names.n > 0)
		return show_quick(rq, &q, 422);
	e = add(rq, &q.c);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/ideer/hurtig?noteret=1");
	struct str scope = idea_scope_key(rq, q.c.scope);
	struct str group = id_value(rq, q.c.group);
	return req_redirect(rq, "%.*s&kom=%.*s&laeser=%.*s&gruppe=%.*s",
	    STR_ARG(path), STR_ARG(q.c.teller), STR_ARG(scope), STR_ARG(group));
}

/* ---- made of others ---- */

static const struct choice ways[] = {
    {"byg", N_("It builds on them, and they stay as they are")},
    {"saml", N_("They become one")},
    {0},
};

static enum err
show_derive(struct req *rq, const struct idea_new *new,
    const struct idea_faults *f, int status)
{
	const struct plan *plan;
	struct ideas all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = ideas_get(rq, &all);
	if (e != ERR_OK)
		return e;
	const struct field_def *kind =
	    &idea_def.fields[record_field(KIND_IDEA, "kind")];
	struct input in[] = {{.kind = INPUT_BOXES,
				 .name = "made_of",
				 .label = N_("Which ideas is it made of?"),
				 .value = new->made_of,
				 .fault = f->made_of,
				 .options = idea_options(rq, &all)},
	    {.kind = INPUT_RADIO,
		.name = "way",
		.label = N_("What happens to them?"),
		.value = new->combined ? S("saml") : S("byg"),
		.choices = ways},
	    {.kind = INPUT_LINE,
		.name = "title",
		.label = N_("The idea in one line"),
		.value = new->title,
		.fault = f->title},
	    {.kind = INPUT_TEXT,
		.name = "what",
		.label = N_("What it is"),
		.hint = N_("Your own words. What people said for each stays "
			   "under it."),
		.value = new->what,
		.fault = f->what},
	    {.kind = INPUT_SELECT,
		.name = "kind",
		.label = N_("What kind of idea"),
		.value = new->kind,
		.fault = f->kind,
		.choices = kind->choices}};
	struct view_idea_form v = {
	    .title = req_tr(rq, "Combine or build on"),
	    .lead = req_tr(rq,
		"A new idea made of others. Both it and they show where it "
		"came from."),
	    .action = req_network_path(rq, "/ideer/saml"),
	    .id = id_text(rq->arena, new->id),
	    .inputs = inputs_view(rq, in, COUNT_OF(in)),
	};
	return show_form(rq, plan, &v, status);
}

/* GET /netvaerk/N/ideer/saml */
enum err
page_idea_derive(struct req *rq)
{
	struct idea_new new = {.id = id_new(rq->http->now_us),
	    .made_of = record_refs(rq->arena, req_query(rq, S("af"))),
	    .kind = S("service")};
	return show_derive(rq, &new, &(struct idea_faults){0}, 200);
}

/* POST /netvaerk/N/ideer/saml */
enum err
page_idea_derive_save(struct req *rq)
{
	struct idea_faults faults;
	struct idea_new new = {
	    .made_of = record_refs(rq->arena, req_form_all(rq, S("made_of"))),
	    .title = req_form(rq, S("title")),
	    .what = req_form(rq, S("what")),
	    .kind = req_form(rq, S("kind")),
	    .combined = str_eq(req_form(rq, S("way")), S("saml"))};
	if (!id_parse(req_form(rq, S("id")), &new.id))
		return ERR_INVALID;
	enum err e = idea_derive(rq->db, rq->arena, &rq->who, &new, &faults);
	if (e == ERR_INVALID && faults.any)
		return show_derive(rq, &new, &faults, 422);
	if (e != ERR_OK)
		return e;
	struct str href = idea_href(rq, new.id, "");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}
