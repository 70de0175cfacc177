/* SPDX-License-Identifier: MPL-2.0 */

/* One person a network asks: what is known of them, their time, where it
 * stands; their contact details for a reason; erasing them. */
#include "base/buf.h"
#include "base/cpr.h"
#include "model/activity.h"
#include "model/catalogue.h"
#include "model/interest.h"
#include "model/sending.h"
#include "view_person.h"
#include "view_person_contact.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/page_person.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

enum { FACTS = 14, CONTACT_FIELDS = 5 };

struct shown {
	const struct plan *plan;
	struct person person;
	struct burden burden;
	struct person_answers answers;
	bool no_reason, not_sure; /* what a refused form lacked */
	bool cpr; /* or what it had too much */
	bool no_why, why_cpr; /* the same of fetching everything */
};

static enum err
load(struct req *rq, struct shown *s)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &s->plan);
	if (e == ERR_OK)
		e = person_get(rq->db, rq->arena, &rq->who, id, &s->person);
	if (e == ERR_OK)
		e = person_burden(rq->db, rq->arena, &rq->who, id, &s->burden);
	if (e == ERR_OK)
		e = person_answers(
		    rq->db, rq->arena, &rq->who, id, &s->answers);
	return e;
}

/* ---- what is known ---- */

static void
add_fact(struct req *rq, struct facts *f, const char *label, struct str value)
{
	facts_add(f, req_tr(rq, label), value);
}

static struct str
needs_words(struct req *rq, const struct person *p)
{
	struct buf b = buf_new(rq->arena, PAGE_BYTES);
	if (p->needs_asked_us == 0)
		return req_tr(rq, "Not asked yet");
	struct str rest = p->needs;
	while (rest.n > 0) {
		buf_add(
		    &b, person_choice(rq, person_needs, str_cut(&rest, ' ')));
		buf_byte(&b, '\n');
	}
	buf_add(&b, p->needs_note);
	if (b.n == 0)
		buf_add(&b, req_tr(rq, "None"));
	return str_trim(buf_str(&b));
}

static void
fill_facts(struct req *rq, const struct shown *s, struct view_person *v)
{
	const struct person *p = &s->person;
	struct facts f = facts_new(rq, FACTS + s->answers.n);
	add_fact(rq, &f, N_("Why this person"), p->reason);
	add_fact(rq, &f, N_("Kind"),
	    catalogue_name(
		catalogue_find(S("actor_kinds"), p->actor_kind), rq->lang));
	add_fact(rq, &f, N_("Target group"), person_group_name(rq, s->plan, p));
	add_fact(rq, &f, N_("Age"), person_choice(rq, person_ages, p->age));
	add_fact(rq, &f, N_("Wants to be reached by"),
	    person_choice(rq, person_channels, p->channel));
	add_fact(rq, &f, N_("Language"),
	    person_choice(rq, person_languages, p->lang));
	add_fact(rq, &f, N_("Needs"), needs_words(rq, p));
	add_fact(rq, &f, N_("May be vulnerable"),
	    person_choice(rq, person_vulnerable, p->vulnerable));
	add_fact(rq, &f, N_("Their own wish for a large meeting"), p->big_wish);
	add_fact(rq, &f, N_("A guardian's yes"), p->guardian);
	for (ptrdiff_t i = 0; i < s->answers.n; i++)
		facts_add(
		    &f, s->answers.list[i].label, s->answers.list[i].value);
	if (p->protected_address)
		add_fact(rq, &f, N_("Address"), req_tr(rq, "Protected"));
	v->facts = facts_view(&f);
}

/* ---- the rules about one person ---- */

static bool
by_consent(const struct plan *plan)
{
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	return notice != NULL &&
	    str_eq(record_value(notice, "basis"), S("consent"));
}

static enum err
fill_warnings(struct req *rq, const struct shown *s, struct view_person *v)
{
	const struct person *p = &s->person;
	struct rule_limits limits;
	enum err e = activity_limits(rq->db, rq->arena, &rq->who, &limits);
	if (e != ERR_OK)
		return e;

	struct rules rules = rules_new(rq->arena, rq->lang, &limits);
	(void)rule_asked_often(&rules, s->burden.times_90_days);
	(void)rule_no_guardian(
	    &rules, p->age, by_consent(s->plan), p->guardian.n > 0);
	struct view_person_warnings *list =
	    arena_new(rq->arena, struct view_person_warnings, rules.n);
	for (ptrdiff_t i = 0; i < rules.n; i++)
		list[i] = (struct view_person_warnings){
		    .text = rule_text(&rules, &rules.hit[i]),
		    .why = rule_why(&rules, &rules.hit[i]),
		    .way = rule_way(&rules, &rules.hit[i])};
	v->warnings.p = list;
	v->warnings.n = rules.n;
	return ERR_OK;
}

static void
fill_states(struct req *rq, const struct person *p, struct view_person *v)
{
	struct view_person_states *list =
	    arena_new(rq->arena, struct view_person_states, 10);
	ptrdiff_t n = 0;
	for (const struct choice *c = person_states; c->key != NULL; c++)
		list[n++] = (struct view_person_states){.value = str_c(c->key),
		    .label = req_tr(rq, c->label),
		    .chosen = str_eq(str_c(c->key), p->state)};
	v->states.p = list;
	v->states.n = n;
}

/* ---- contact details ---- */

static struct view_inputs
contact_inputs(struct req *rq, const struct person_contact *c,
    const char *name_fault, const char *mail_fault)
{
	const struct input fields[CONTACT_FIELDS] = {{.kind = INPUT_LINE,
							 .name = "name",
							 .label = N_("Name"),
							 .value = c->name,
							 .fault = name_fault},
	    {.kind = INPUT_MAIL,
		.name = "mail",
		.label = N_("Mail address"),
		.value = c->mail,
		.optional = true,
		.fault = mail_fault},
	    {.kind = INPUT_TEL,
		.name = "phone",
		.label = N_("Phone"),
		.value = c->phone,
		.optional = true},
	    {.kind = INPUT_TEXT,
		.name = "address",
		.label = N_("Postal address"),
		.value = c->address,
		.optional = true},
	    {.kind = INPUT_LINE,
		.name = "guardian",
		.label = N_("The guardian's name"),
		.hint = N_("For somebody under 15."),
		.value = c->guardian,
		.optional = true}};
	return inputs_view(rq, fields, CONTACT_FIELDS);
}

static enum err
show(struct req *rq, const struct shown *s, int status)
{
	const struct person *p = &s->person;
	bool erased = str_eq(p->state, S("erased"));
	struct view_person v = {
	    .code = person_code(rq->arena, p->number),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .alias = p->alias,
	    .state = erased ? req_tr(rq, "Erased")
			    : person_choice(rq, person_states, p->state),
	    .can_ask = actor_may(&rq->who, CAP_ASK) && !erased,
	    .can_see = actor_may(&rq->who, CAP_VAULT) && !erased,
	    .has_contact = id_is_set(p->vault),
	    .protected_address = p->protected_address,
	    .no_reason = s->no_reason && !s->cpr,
	    .cpr = s->cpr,
	    .bad_reason = s->no_reason,
	    .not_sure = s->not_sure,
	    .edit_href = person_href(rq, p->id, "/ret"),
	    .contact_action = person_href(rq, p->id, "/kontakt"),
	    .contact_save = person_href(rq, p->id, "/kontakt/gem"),
	    .contact_key = req_new_key(rq),
	    .state_action = person_href(rq, p->id, "/tilstand"),
	    .state_key = req_new_key(rq),
	    .erase_action = person_href(rq, p->id, "/slet"),
	    .erase_key = req_new_key(rq),
	    .wish_href = person_href(rq, p->id, "/sletteoenske"),
	    .can_fetch = actor_may(&rq->who, CAP_ACCESS) && !erased,
	    .fetch_action = person_href(rq, p->id, "/alt"),
	    .requests_href = person_href(rq, p->id, "/anmodning"),
	    .no_why = s->no_why && !s->why_cpr,
	    .why_cpr = s->why_cpr,
	    .bad_why = s->no_why,
	    .back = req_network_path(rq, "/personer"),
	    .times = s->burden.times_90_days,
	    .asked = s->burden.minutes_asked,
	    .used = s->burden.minutes_used,
	};
	v.head = person_head(rq, s->plan, v.code);
	v.contact = contact_inputs(rq, &(struct person_contact){0}, NULL, NULL);
	fill_facts(rq, s, &v);
	fill_states(rq, p, &v);
	enum err e = fill_warnings(rq, s, &v);
	if (e != ERR_OK)
		return e;
	tmpl_person(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/personer/ID */
enum err
page_person(struct req *rq)
{
	struct shown s = {0};
	enum err e = load(rq, &s);
	return e == ERR_OK ? show(rq, &s, 200) : e;
}

enum err
page_person_again(struct req *rq, bool cpr)
{
	struct shown s = {.no_why = true, .why_cpr = cpr};
	enum err e = load(rq, &s);
	return e == ERR_OK ? show(rq, &s, 422) : e;
}

static enum err
show_contact(struct req *rq, const struct shown *s,
    const struct view_inputs *inputs, int status)
{
	const struct person *p = &s->person;
	struct view_person_contact v = {
	    .code = person_code(rq->arena, p->number),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .action = person_href(rq, p->id, "/kontakt/gem"),
	    .back = person_href(rq, p->id, ""),
	    .protected_address = p->protected_address,
	    .inputs = *inputs,
	};
	v.head = person_head(rq, s->plan, v.code);
	tmpl_person_contact(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* POST /netvaerk/N/personer/ID/kontakt: opens them, and notes that. */
enum err
page_person_contact(struct req *rq)
{
	struct shown s = {0};
	struct person_contact c;
	enum err e = load(rq, &s);
	if (e != ERR_OK)
		return e;
	struct str reason = req_form(rq, S("grund"));
	s.cpr = cpr_find(reason).n > 0;
	e = person_contact_read(
	    rq->db, rq->arena, &rq->who, s.person.id, reason, &c);
	s.no_reason = e == ERR_INVALID;
	if (s.no_reason)
		return show(rq, &s, 422);
	if (e != ERR_OK)
		return e;
	struct view_inputs inputs = contact_inputs(rq, &c, NULL, NULL);
	return show_contact(rq, &s, &inputs, 200);
}

/* POST /netvaerk/N/personer/ID/kontakt/gem */
enum err
page_person_contact_save(struct req *rq)
{
	struct shown s = {0};
	struct person_contact c = {
	    .name = req_form(rq, S("name")),
	    .mail = req_form(rq, S("mail")),
	    .phone = req_form(rq, S("phone")),
	    .address = req_form(rq, S("address")),
	    .guardian = req_form(rq, S("guardian")),
	};
	enum err e = load(rq, &s);
	if (e != ERR_OK)
		return e;
	struct person_contact_faults faults = person_contact_check(&c);
	if (faults.any) {
		struct view_inputs inputs =
		    contact_inputs(rq, &c, faults.name, faults.mail);
		return show_contact(rq, &s, &inputs, 422);
	}
	e = person_contact_put(rq->db, rq->arena, &rq->who, s.person.id, &c);
	if (e != ERR_OK)
		return e;
	struct str href = person_href(rq, s.person.id, "");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}

/* POST /netvaerk/N/personer/ID/tilstand */
enum err
page_person_state(struct req *rq)
{
	struct shown s = {0};
	struct str state = req_form(rq, S("tilstand"));
	enum err e = load(rq, &s);
	struct id id = s.person.id;
	if (e == ERR_OK)
		e = person_set_state(rq->db, rq->arena, &rq->who, id, state);
	if (e == ERR_INVALID) /* the page says which rule */
		return show(rq, &s, 422);
	if (e == ERR_OK && (str_eq(state, S("yes")) || str_eq(state, S("no"))))
		e = sending_told(rq->db, &rq->who, id, state);
	if (e != ERR_OK)
		return e;
	struct str href = person_href(rq, id, "");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}

/* POST /netvaerk/N/personer/ID/slet */
enum err
page_person_erase(struct req *rq)
{
	struct shown s = {0};
	enum err e = load(rq, &s);
	if (e != ERR_OK)
		return e;
	s.not_sure = !req_checked(rq, S("sikker"));
	if (s.not_sure)
		return show(rq, &s, 422);
	e = person_erase(rq->db, rq->arena, &rq->who, s.person.id);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/personer");
	return req_redirect(rq, "%.*s?besked=slettet", STR_ARG(path));
}
