/* SPDX-License-Identifier: MPL-2.0 */

/* What is kept how long, what goes next, and what the archive decided (R17). */
#include "base/buf.h"
#include "base/clock.h"
#include "model/retention.h"
#include "model/setting.h"
#include "model/vault.h"
#include "view_retention.h"
#include "view_retention_one.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/retention_view.h"
#include "web/shell.h"

enum { FACTS = 8, INPUTS = 4 };

static struct str
day_of(struct req *rq, int64_t us)
{
	return us == 0 ? S("")
		       : lang_date(rq->arena, rq->lang, date_danish(us));
}

/* A date of a form, as people write it. */
static struct str
day_text(struct req *rq, struct str iso)
{
	struct date day;
	return date_parse(iso, &day) ? lang_date(rq->arena, rq->lang, day)
				     : iso;
}

static struct str
decision_text(struct req *rq, const struct retained *r)
{
	if (str_eq(r->decision, S("keep")))
		return req_tr(rq, "To be kept");
	if (str_eq(r->decision, S("discard")))
		return req_tr(rq, "To be thrown away");
	return req_tr(rq, "Not decided");
}

/* ---- all of them ---- */

static void
fill_rules(
    struct req *rq, const struct settings_now *now, struct view_retention *v)
{
	struct retain_rules rules = retain_rules();
	struct view_retention_rules *rows =
	    arena_new(rq->arena, struct view_retention_rules, rules.n);
	for (ptrdiff_t i = 0; i < rules.n; i++) {
		const struct retain_rule *r = &rules.list[i];
		rows[i] = (struct view_retention_rules){
		    .table = str_c(r->table),
		    .label = r->label != NULL ? req_tr(rq, r->label) : S("-"),
		    .what = retention_rule_text(rq, r, now),
		    .why = req_tr(rq, r->why)};
	}
	v->rules.p = rows;
	v->rules.n = rules.n;
}

static void
fill_networks(
    struct req *rq, const struct retained_list *all, struct view_retention *v)
{
	struct view_retention_networks *rows =
	    arena_new(rq->arena, struct view_retention_networks, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct retained *r = &all->list[i];
		rows[i] = (struct view_retention_networks){
		    .href = str_cat(rq->arena, S("/sekretariat/sletning/"),
			id_text(rq->arena, r->network)),
		    .name = r->name,
		    .ended = day_of(rq, r->ended_us),
		    .due = day_of(rq, r->due_us),
		    .decision = decision_text(rq, r),
		    .next = retention_next_text(rq, r)};
	}
	v->networks.p = rows;
	v->networks.n = all->n;
	v->any = all->n > 0;
}

/* GET /sekretariat/sletning */
enum err
page_retention(struct req *rq)
{
	struct retained_list all;
	struct retention_clock clock;
	struct settings_now now;
	enum err e = retention_list(rq->db, rq->arena, &rq->who, &all);
	if (e == ERR_OK)
		e = retention_clock(rq->db, rq->arena, &rq->who, &clock);
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	struct view_retention v = {
	    .head = shell_head(rq, req_tr(rq, "Deletion")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .held_table = clock.held_us != 0 ? clock.held_table : S(""),
	    .held_share = clock.held_share,
	    .now = lang_time(rq->arena, rq->lang, rq->who.now_us),
	    .no_contact = setting_value(&now, S("archive_contact")).n == 0,
	};
	fill_networks(rq, &all, &v);
	fill_rules(rq, &now, &v);
	tmpl_retention(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /sekretariat/sletning/ur: the clock is right. */
enum err
page_retention_clock(struct req *rq)
{
	enum err e = retention_confirm(rq->db, rq->arena, &rq->who);
	return e == ERR_OK
	    ? req_redirect(rq, "/sekretariat/sletning?besked=gemt")
	    : e;
}

/* ---- one network ---- */

static const struct choice DECISIONS[] = {
    {"discard", N_("To be thrown away")},
    {"keep", N_("To be kept: the archive gets its version first")},
    {NULL, NULL},
};

static void
fill_inputs(struct req *rq, const struct retained *r,
    const struct retention_faults *f, struct view_retention_one *v)
{
	struct input in[INPUTS] = {
	    {.kind = INPUT_RADIO,
		.name = "decision",
		.label = N_("The archive's decision"),
		.value = r->decision,
		.choices = DECISIONS,
		.fault = f->decision},
	    {.kind = INPUT_LINE,
		.name = "reference",
		.label = N_("Where the decision is found"),
		.hint = N_("The archive's case number, or the rule it "
			   "follows from."),
		.value = r->reference,
		.fault = f->reference},
	    {.kind = INPUT_DATE,
		.name = "day",
		.label = N_("Date of the decision"),
		.value = r->day,
		.fault = f->day},
	    {.kind = INPUT_DATE,
		.name = "handed",
		.label = N_("Day the archive got its version"),
		.hint = N_("Only when something is to be kept."),
		.optional = true,
		.value = r->handed,
		.fault = f->handed},
	};
	v->inputs = inputs_view(rq, in, INPUTS);
}

static void
fill_facts(struct req *rq, const struct retained *r, struct str by,
    struct view_retention_one *v)
{
	struct facts f = facts_new(rq, FACTS);
	facts_add(&f, req_tr(rq, "Ended"), day_of(rq, r->ended_us));
	facts_add(&f, req_tr(rq, "Due"), day_of(rq, r->due_us));
	facts_add(&f, req_tr(rq, "The archive"), decision_text(rq, r));
	facts_add(&f, req_tr(rq, "Where the decision is found"), r->reference);
	facts_add(&f, req_tr(rq, "Date of the decision"), day_text(rq, r->day));
	facts_add(&f, req_tr(rq, "Day the archive got its version"),
	    day_text(rq, r->handed));
	facts_add(&f, req_tr(rq, "Written by"), by);
	if (r->done_us != 0)
		facts_add(&f, req_tr(rq, "Rows deleted"),
		    lang_int(rq->arena, rq->lang, r->rows));
	v->facts = facts_view(&f);
}

static void
fill_rows(struct req *rq, const struct retain_counts *counts,
    struct view_retention_one *v)
{
	struct retain_rules rules = retain_rules();
	struct view_retention_one_rows *rows =
	    arena_new(rq->arena, struct view_retention_one_rows, rules.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < rules.n; i++) {
		if (counts->of[i] > 0)
			rows[n++] = (struct view_retention_one_rows){
			    .label = req_tr(rq, rules.list[i].label),
			    .count = counts->of[i]};
	}
	v->rows.p = rows;
	v->rows.n = n;
	v->total = counts->total;
}

/* `typed` NULL: as it stands. */
static enum err
show_one(struct req *rq, const struct retained *now,
    const struct retained *typed, int status)
{
	struct retain_counts counts;
	struct settings_now set;
	struct vault_names names;
	struct retention_faults faults = {0};
	enum err e =
	    retention_count(rq->db, rq->arena, &rq->who, now->network, &counts);
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, &rq->who, &set);
	if (e == ERR_OK)
		e = vault_names(rq->db, rq->arena, &rq->who, &names);
	if (e != ERR_OK)
		return e;
	struct str contact = setting_value(&set, S("archive_contact"));
	if (typed != NULL)
		faults = retention_check(typed, rq->who.now_us);
	struct view_retention_one v = {
	    .head = shell_head(rq, req_tr1(rq, "Deletion: %1", now->name)),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .name = now->name,
	    .next = retention_next_text(rq, now),
	    .action = str_cat(rq->arena, S("/sekretariat/sletning/"),
		id_text(rq->arena, now->network)),
	    .contact = contact,
	    .open = contact.n > 0 && now->begun_us == 0,
	    .no_contact = contact.n == 0,
	};
	fill_inputs(rq, typed != NULL ? typed : now, &faults, &v);
	fill_facts(rq, now, vault_name_of(&names, now->decided_by), &v);
	fill_rows(rq, &counts, &v);
	tmpl_retention_one(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

static enum err
asked_for(struct req *rq, struct retained *out)
{
	struct id network;
	enum err e = req_param_id(rq, S("id"), &network);
	return e == ERR_OK
	    ? retention_get(rq->db, rq->arena, &rq->who, network, out)
	    : e;
}

/* GET /sekretariat/sletning/ID */
enum err
page_retention_one(struct req *rq)
{
	struct retained now;
	enum err e = asked_for(rq, &now);
	return e == ERR_OK ? show_one(rq, &now, NULL, 200) : e;
}

/* POST /sekretariat/sletning/ID */
enum err
page_retention_decide(struct req *rq)
{
	struct retained now;
	enum err e = asked_for(rq, &now);
	if (e != ERR_OK)
		return e;
	struct retained typed = {.network = now.network,
	    .decision = req_form(rq, S("decision")),
	    .reference = req_form(rq, S("reference")),
	    .day = req_form(rq, S("day")),
	    .handed = req_form(rq, S("handed"))};
	e = retention_decide(rq->db, rq->arena, &rq->who, &typed);
	if (e == ERR_INVALID)
		return show_one(rq, &now, &typed, 422);
	if (e != ERR_OK)
		return e;
	struct str text = id_text(rq->arena, now.network);
	return req_redirect(
	    rq, "/sekretariat/sletning/%.*s?besked=gemt", STR_ARG(text));
}
