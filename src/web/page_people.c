/* SPDX-License-Identifier: MPL-2.0 */

/* Who is in a network: staff with their roles, and participants. */
#include "base/buf.h"
#include "view_people.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

static const struct section_spec sections[] = {
    {KIND_PARTICIPANT, N_("Participants"),
	N_("Everyone who takes part, staff as well as citizens and others. "
	   "Citizens stand here under an alias."),
	"participant", N_("No participants yet."), false},
};

static void
fill_members(struct req *rq, const struct plan *plan, struct view_people *v)
{
	struct view_people_members *rows =
	    arena_new(rq->arena, struct view_people_members, plan->members.n);
	for (ptrdiff_t i = 0; i < plan->members.n; i++) {
		const struct member *m = &plan->members.list[i];
		rows[i] = (struct view_people_members){
		    .name = m->name,
		    .role = req_tr(rq, role_label(m->role)),
		    .role_key = role_key(m->role),
		    .account = id_text(rq->arena, m->account),
		    .show_drop = v->can_manage,
		    .can_drop = v->can_manage && m->role != ROLE_LEADER,
		    .drop_action = req_network_path(rq, "/medlemmer/fjern"),
		    .csrf = v->csrf,
		    .key = req_new_key(rq),
		};
	}
	v->members.p = rows;
	v->members.n = plan->members.n;
}

static void
fill_choices(struct req *rq, const struct plan *plan, struct view_people *v)
{
	struct view_people_accounts *accounts =
	    arena_new(rq->arena, struct view_people_accounts, plan->names.n);
	struct view_people_roles *roles =
	    arena_new(rq->arena, struct view_people_roles, ROLE_COUNT);
	for (ptrdiff_t i = 0; i < plan->names.n; i++)
		accounts[i] = (struct view_people_accounts){
		    .value = id_text(rq->arena, plan->names.list[i].person),
		    .label = plan->names.list[i].name};
	for (int i = 0; i < ROLE_COUNT; i++)
		roles[i] = (struct view_people_roles){
		    .value = role_key((enum member_role)i),
		    .label = req_tr(rq, role_label((enum member_role)i))};
	v->accounts.p = accounts;
	v->accounts.n = plan->names.n;
	v->roles.p = roles;
	v->roles.n = ROLE_COUNT;
}

enum err
people_show(
    struct req *rq, const struct edit *edit, struct str error, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_people_sections parts[COUNT_OF(sections)];
	for (ptrdiff_t i = 0; i < COUNT_OF(sections); i++)
		parts[i].section = section_view(rq, plan, edit, &sections[i]);
	struct view_people v = {
	    .head = shell_network_head(rq, req_tr(rq, "People"),
		record_value(&plan->network, "name"), "mennesker"),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .faults.heading = error,
	    .can_manage = actor_may(&rq->who, CAP_MANAGE),
	    .add_action = req_network_path(rq, "/medlemmer"),
	    .sections = {parts, COUNT_OF(sections)},
	    .groups_href = req_network_path(rq, "/maalgrupper"),
	};
	if (actor_may(&rq->who, CAP_PEOPLE))
		v.persons_href = req_network_path(rq, "/personer");
	if (actor_may(&rq->who, CAP_ACCESS))
		v.protection_href = req_network_path(rq, "/databeskyttelse");
	fill_members(rq, plan, &v);
	fill_choices(rq, plan, &v);
	tmpl_people(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/mennesker */
enum err
page_people(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "mennesker", &edit);
	return e == ERR_OK ? people_show(rq, &edit, S(""), 200) : e;
}

static enum err
read_member(struct req *rq, struct id *account, enum member_role *role)
{
	if (!id_parse(req_form(rq, S("account")), account) ||
	    !role_parse(req_form(rq, S("role")), role))
		return ERR_INVALID;
	return ERR_OK;
}

static enum err
back_to_people(struct req *rq)
{
	struct str path = req_network_path(rq, "/mennesker");
	return req_redirect(rq, "%.*s?besked=gemt#medlemmer", STR_ARG(path));
}

/* POST /netvaerk/N/medlemmer */
enum err
page_member_add(struct req *rq)
{
	struct id account;
	enum member_role role;
	enum err e = read_member(rq, &account, &role);
	if (e == ERR_OK)
		e = network_add_member(
		    rq->db, rq->arena, &rq->who, account, role);
	if (e == ERR_NOT_FOUND)
		return people_show(rq, &(struct edit){.side = S("mennesker")},
		    req_tr(rq, "That account is closed. Choose another."), 422);
	return e == ERR_OK ? back_to_people(rq) : e;
}

/* POST /netvaerk/N/medlemmer/fjern */
enum err
page_member_drop(struct req *rq)
{
	struct id account;
	enum member_role role;
	enum err e = read_member(rq, &account, &role);
	if (e == ERR_OK)
		e = network_drop_member(
		    rq->db, rq->arena, &rq->who, account, role);
	return e == ERR_OK ? back_to_people(rq) : e;
}
