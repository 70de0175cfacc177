/* SPDX-License-Identifier: MPL-2.0 */

/* After a breach: who could reach what, and who did. */
#include "model/breach.h"
#include "model/datamap.h"
#include "view_breach.h"
#include "web/input.h"
#include "web/leaving.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

enum { INPUTS = 3, DAYS_BACK = 7 };

struct shown {
	const struct plan *plan;
	struct breach b;
};

static struct str
name_of(struct req *rq, const struct shown *s, struct id account)
{
	struct str name = vault_name_of(&s->plan->names, account);
	if (!id_is_set(account))
		return req_tr(rq, "The program");
	return name.n > 0 ? name : id_text(rq->arena, account);
}

/* What a role opens of people, the gravest first. */
static struct str
opens(struct req *rq, unsigned caps)
{
	if ((caps & CAP_VAULT) != 0)
		return req_tr(rq,
		    "Names, phones and addresses, one at a time and logged; "
		    "what people said and need; the plan");
	if ((caps & CAP_PEOPLE) != 0)
		return req_tr(rq,
		    "What people said and need, by code and alias; the plan");
	return req_tr(rq, "The plan, and what was agreed to be shown");
}

static void
fill_members(struct req *rq, const struct shown *s, struct view_breach *v)
{
	struct view_breach_members *rows =
	    arena_new(rq->arena, struct view_breach_members, s->b.n_members);
	for (ptrdiff_t i = 0; i < s->b.n_members; i++) {
		const struct breach_member *m = &s->b.member[i];
		rows[i] = (struct view_breach_members){
		    .who = name_of(rq, s, m->account),
		    .role = req_tr(rq, role_label(m->role)),
		    .since = lang_date(
			rq->arena, rq->lang, date_danish(m->since_us)),
		    .opens = opens(rq, m->caps)};
	}
	v->members.p = rows;
	v->members.n = s->b.n_members;
	v->has_members = s->b.n_members > 0;
}

static struct str
looked_at(struct req *rq, const struct breach_look *l)
{
	const char *word = datamap_word("access", S("what"), l->what);
	struct str what = word != NULL ? req_tr(rq, word) : l->what;
	struct str whom = l->number > 0
	    ? person_code(rq->arena, l->number)
	    : req_tr1(rq, "%1 people", lang_int(rq->arena, rq->lang, l->count));
	return STR_JOIN(rq->arena, whom, S(": "), what);
}

static void
fill_looks(struct req *rq, const struct shown *s, struct view_breach *v)
{
	struct view_looks_rows *rows =
	    arena_new(rq->arena, struct view_looks_rows, s->b.n_looks);
	for (ptrdiff_t i = 0; i < s->b.n_looks; i++) {
		const struct breach_look *l = &s->b.look[i];
		rows[i] = (struct view_looks_rows){
		    .when = lang_time(rq->arena, rq->lang, l->at_us),
		    .who = name_of(rq, s, l->account),
		    .what = looked_at(rq, l),
		    .reason = l->reason};
	}
	v->looks = (struct view_looks){
	    .caption = req_tr(rq, "Whose data was looked at"),
	    .rows = {rows, s->b.n_looks}};
	v->has_looks = s->b.n_looks > 0;
}

static void
fill_files(struct req *rq, const struct shown *s, struct view_breach *v)
{
	struct view_breach_files *rows =
	    arena_new(rq->arena, struct view_breach_files, s->b.n_files);
	for (ptrdiff_t i = 0; i < s->b.n_files; i++) {
		const struct breach_file *f = &s->b.file[i];
		rows[i] = (struct view_breach_files){
		    .when = lang_time(rq->arena, rq->lang, f->at_us),
		    .who = name_of(rq, s, f->account),
		    .format = leaving_format(rq, f->format),
		    .rows = f->rows};
	}
	v->files.p = rows;
	v->files.n = s->b.n_files;
	v->has_files = s->b.n_files > 0;
}

static void
fill_acts(struct req *rq, const struct shown *s, struct view_breach *v)
{
	struct view_breach_acts *rows =
	    arena_new(rq->arena, struct view_breach_acts, s->b.n_acts);
	for (ptrdiff_t i = 0; i < s->b.n_acts; i++) {
		const struct breach_act *x = &s->b.act[i];
		rows[i] =
		    (struct view_breach_acts){.who = name_of(rq, s, x->account),
			.action = x->action,
			.times = x->times,
			.first = lang_time(rq->arena, rq->lang, x->first_us),
			.last = lang_time(rq->arena, rq->lang, x->last_us)};
	}
	v->acts.p = rows;
	v->acts.n = s->b.n_acts;
	v->has_acts = s->b.n_acts > 0;
}

/* ---- what is asked ---- */

struct asked {
	struct str account, from, to; /* as typed */
	struct breach_wish wish;
	const char *from_fault, *to_fault;
};

/* Without dates it is the last week. */
static struct asked
read_asked(struct req *rq)
{
	struct date today = date_danish(rq->who.now_us), from, to;
	struct asked a = {.account = req_query(rq, S("konto")),
	    .from = req_query(rq, S("fra")),
	    .to = req_query(rq, S("til"))};
	if (a.from.n == 0)
		a.from = date_iso(
		    rq->arena, date_from_days(date_days(today) - DAYS_BACK));
	if (a.to.n == 0)
		a.to = date_iso(rq->arena, today);
	if (!id_parse(a.account, &a.wish.account))
		a.wish.account = (struct id){0};
	if (!date_parse(a.from, &from))
		a.from_fault = N_("Write a date.");
	else
		a.wish.from_us = date_us(from);
	if (!date_parse(a.to, &to))
		a.to_fault = N_("Write a date.");
	else
		a.wish.to_us = date_us(date_from_days(date_days(to) + 1));
	if (a.from_fault == NULL && a.to_fault == NULL &&
	    a.wish.to_us <= a.wish.from_us)
		a.to_fault = N_("The last day is before the first.");
	return a;
}

static struct view_inputs
inputs_of(struct req *rq, const struct asked *a, const struct plan *plan)
{
	const struct vault_names *names = &plan->names;
	struct view_input_options *options =
	    arena_new(rq->arena, struct view_input_options, names->n + 1);
	options[0] = (struct view_input_options){
	    .value = S(""), .label = req_tr(rq, "Everybody")};
	for (ptrdiff_t i = 0; i < names->n; i++) {
		struct str value = id_text(rq->arena, names->list[i].person);
		options[i + 1] = (struct view_input_options){.value = value,
		    .label = names->list[i].name,
		    .chosen = str_eq(value, a->account)};
	}
	struct input in[INPUTS] = {
	    {.kind = INPUT_SELECT,
		.name = "konto",
		.label = N_("Whose account"),
		.value = a->account,
		.optional = true,
		.options = {options, names->n + 1}},
	    {.kind = INPUT_DATE,
		.name = "fra",
		.label = N_("From and with"),
		.value = a->from,
		.fault = a->from_fault},
	    {.kind = INPUT_DATE,
		.name = "til",
		.label = N_("To and with"),
		.value = a->to,
		.fault = a->to_fault},
	};
	return inputs_view(rq, in, INPUTS);
}

/* GET /netvaerk/N/databeskyttelse/brud */
enum err
page_breach(struct req *rq)
{
	struct shown s = {0};
	struct asked a = read_asked(rq);
	bool shown = a.from_fault == NULL && a.to_fault == NULL;
	enum err e = plans_get(rq, &s.plan);
	if (e == ERR_OK && shown)
		e = breach_look(rq->db, rq->arena, &rq->who, &a.wish, &s.b);
	if (e != ERR_OK)
		return e;
	struct view_breach v = {
	    .head = person_head(rq, s.plan, req_tr(rq, "After a breach")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/databeskyttelse/brud"),
	    .back = req_network_path(rq, "/databeskyttelse"),
	    .inputs = inputs_of(rq, &a, s.plan),
	    .shown = shown,
	    .people = s.b.people,
	    .contacts = s.b.contacts,
	    .protected_people = s.b.protected_people,
	    .voices = s.b.voices,
	    .looked_at = s.b.looked_at,
	    .more_looks = s.b.more_looks || s.b.more_files,
	};
	fill_members(rq, &s, &v);
	fill_looks(rq, &s, &v);
	fill_files(rq, &s, &v);
	fill_acts(rq, &s, &v);
	tmpl_breach(&rq->out, rq->lang, &v);
	return req_html_status(rq, shown ? 200 : 422);
}
