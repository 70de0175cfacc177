/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo.h"

#include "model/account.h"
#include "model/catalogue.h"
#include "model/demo_citizen.h"
#include "model/demo_plan.h"
#include "model/demo_corps.h"
#include "model/demo_decision.h"
#include "model/demo_dialogue.h"
#include "model/demo_ideas.h"
#include "model/demo_round.h"
#include "model/demo_measure.h"
#include "model/demo_trial.h"
#include "model/demo_voices.h"
#include "model/network.h"

enum { WEEK_DAYS = 7 };

static enum err
add_staff(struct demo_loader *l, const json_t *item)
{
	struct id id = id_new(l->program.now_us);
	struct str installation = demo_text(item, "installation_role");
	struct str role = demo_text(item, "network_role");
	struct account_form form = {
	    .name = demo_text(item, "name"),
	    .mail = demo_text(item, "mail"),
	    .lang = lang_parse(demo_text(item, "lang"), LANG_DA),
	    .is_admin = str_eq(installation, S("admin")),
	    .is_secretariat = str_eq(installation, S("secretariat")),
	};
	demo_set_name(l, demo_text(item, "key"), id);
	l->demo->people[l->demo->n_people++] = (struct demo_person){
	    role.n > 0 ? role : installation, form.name, id};
	return account_create(l->db, l->arena, &l->program, id, form);
}

static enum err
add_members(struct demo_loader *l, const json_t *item)
{
	enum member_role role;
	struct actor who = actor_inside(&l->program, l->demo->network);
	if (!role_parse(demo_text(item, "network_role"), &role))
		return ERR_OK;
	return network_add_member(
	    l->db, l->arena, &who, demo_id(l, demo_text(item, "key")), role);
}

static enum err
add_network(struct demo_loader *l)
{
	const json_t *item = json_object_get(l->root, "network");
	struct record_faults faults;
	struct network_form form = {
	    .name = demo_text(item, "name"),
	    .type = demo_text(item, "type"),
	    .goal = demo_text(item, "goal"),
	    .starts = demo_date(l, item, "starts"),
	    .ends = demo_date(l, item, "ends"),
	    .leader = demo_id(l, demo_text(item, "leader")),
	    .codriver = demo_id(l, demo_text(item, "codriver")),
	    .sponsor = demo_id(l, demo_text(item, "sponsor")),
	};
	struct actor who = l->program;
	who.account = form.leader;
	who.now_us = demo_us(l, item, "starts");
	l->demo->network = id_new(who.now_us);
	enum err e = network_create(
	    l->db, l->arena, &who, l->demo->network, &form, &faults);
	if (e != ERR_OK)
		return e;
	struct actor inside = actor_inside(&who, l->demo->network);
	struct record r;
	e = record_get(
	    l->db, l->arena, &inside, KIND_NETWORK, l->demo->network, &r);
	record_set(&r, "state", demo_text(item, "state"));
	return e == ERR_OK ? demo_save(l, &inside, &r) : e;
}

/* ---- the phases ---- */

/* The network's own phases are there; they get the names they have here. */
static enum err
name_phases(struct demo_loader *l)
{
	struct actor who = actor_inside(&l->program, l->demo->network);
	struct records phases;
	enum err e = record_list(l->db, l->arena, &who, KIND_PHASE, &phases);
	for (ptrdiff_t i = 0; e == ERR_OK && i < phases.n; i++)
		demo_set_name(l, record_value(&phases.list[i], "source"),
		    phases.list[i].id);
	return e;
}

/* The first visit of a phase also says when it was planned. */
static enum err
plan_phase(struct demo_loader *l, const struct actor *who, const json_t *item)
{
	struct record r;
	enum err e = record_get(l->db, l->arena, who, KIND_PHASE,
	    demo_id(l, demo_text(item, "phase")), &r);
	if (e != ERR_OK || record_value(&r, "starts").n > 0)
		return e;
	record_set(&r, "starts", demo_date(l, item, "planned_from"));
	record_set(&r, "ends", demo_date(l, item, "planned_to"));
	return demo_save(l, who, &r);
}

static enum err
add_visit(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_VISIT, &who);
	enum err e = plan_phase(l, &who, item);
	if (e != ERR_OK || demo_date(l, item, "entered").n == 0)
		return e;
	record_set(&r, "phase", demo_ref(l, item, "phase"));
	record_set(&r, "entered", demo_date(l, item, "entered"));
	record_set(&r, "gone", demo_date(l, item, "left"));
	record_set(&r, "note", demo_text(item, "note"));
	return demo_save(l, &who, &r);
}

/* ---- the whole ---- */

static enum err
load_network(struct demo_loader *l)
{
	enum err e = demo_each(l, "staff", add_staff);
	if (e == ERR_OK)
		e = add_network(l);
	if (e == ERR_OK)
		e = demo_each(l, "staff", add_members);
	if (e == ERR_OK)
		e = name_phases(l);
	if (e == ERR_OK)
		e = demo_plan(l);
	if (e == ERR_OK) /* nobody leaves the design without a plan */
		e = demo_each(l, "phase_visits", add_visit);
	if (e == ERR_OK)
		e = demo_work(l);
	if (e == ERR_OK)
		e = demo_voices(l);
	if (e == ERR_OK)
		e = demo_dialogues(l);
	if (e == ERR_OK)
		e = demo_ideas(l);
	if (e == ERR_OK)
		e = demo_trials(l);
	if (e == ERR_OK)
		e = demo_decisions(l);
	if (e == ERR_OK)
		e = demo_measures(l);
	if (e == ERR_OK)
		e = demo_rounds(l);
	return e == ERR_OK ? demo_corps(l) : e;
}

static void
free_json(void *root)
{
	json_decref(root);
}

static enum err
create_org(struct demo_loader *l)
{
	const json_t *item = json_object_get(l->root, "organisation");
	struct orgs there;
	enum err e = org_list(l->db, l->arena, &there);
	if (e == ERR_OK && there.n > 0)
		return ERR_CONFLICT;
	if (e != ERR_OK)
		return e;
	l->demo->org = (struct org){
	    .id = l->program.org,
	    .short_code = str_sub(token_new(l->arena), 0, 4),
	    .name = demo_text(item, "name"),
	    .contact = demo_text(item, "mail"),
	};
	return org_create(l->db, l->arena, l->demo->org, l->program.now_us);
}

enum err
demo_create(struct db *db, struct arena *a, const struct keys *keys,
    int64_t now_us, struct demo *out)
{
	struct str file = catalogue_json(S("demo"));
	json_t *root = json_loadb(file.p, (size_t)file.n, 0, NULL);
	if (root == NULL)
		return ERR_INTERNAL;
	arena_defer(a, free_json, root);
	struct demo_loader *l = arena_new(a, struct demo_loader, 1);
	*out = (struct demo){
	    .people = arena_new(a, struct demo_person,
		(ptrdiff_t)json_array_size(json_object_get(root, "staff")))};
	*l = (struct demo_loader){
	    .db = db, .arena = a, .root = root, .demo = out};
	l->program = actor_program(id_new(now_us), keys, now_us);

	struct date day;
	if (date_parse(demo_text(root, "today"), &day)) {
		int64_t days = date_days(date_danish(now_us)) - date_days(day);
		l->moved_days = days / WEEK_DAYS * WEEK_DAYS;
	}
	enum err e = create_org(l);
	if (e == ERR_OK)
		e = load_network(l);
	if (e != ERR_OK)
		return e;
	struct actor leader =
	    demo_writer(l, json_object_get(l->root, "network"));
	leader.now_us = now_us;
	return demo_citizen(db, a, &leader, &out->citizen_token);
}
