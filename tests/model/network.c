/* SPDX-License-Identifier: MPL-2.0 */

/* Starting a network, who is in it, whose networks and tasks are listed. */
#include "model/network.h"

#include "model/account.h"
#include "model/audit.h"
#include "model/catalogue.h"
#include "tests/model/fixture.h"

static struct members
members_of(struct world *w, const struct actor *inside)
{
	struct vault_names names;
	struct members all;
	CHECK_OK(vault_names(w->db, w->arena, &w->program, &names));
	CHECK_OK(network_members(w->db, w->arena, inside, &names, &all));
	return all;
}

static int64_t
audit_rows(struct world *w, struct id chain)
{
	int64_t seq;
	CHECK_OK(audit_seq(w->db, w->arena, w->org.id, chain, &seq));
	return seq;
}

static ptrdiff_t
count(struct world *w, enum record_kind kind)
{
	struct records all;
	CHECK_OK(record_list(w->db, w->arena, &w->leader, kind, &all));
	return all.n;
}

TEST_DB(network_starts_as_a_draft_with_phases_and_roles)
{
	struct world w;
	struct record_faults faults;
	struct record there;
	struct id id = id_new(NOW_US + 9);
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct network_form form = {.name = S("Skolevej"),
	    .type = S("welfare"),
	    .leader = w.lis,
	    .codriver = w.ali,
	    .sponsor = w.mette};
	CHECK_OK(network_create(db, arena, &ali, id, &form, &faults));
	struct actor inside = actor_inside(&ali, id);
	CHECK_OK(record_get(db, arena, &inside, KIND_NETWORK, id, &there));
	CHECK_STR(record_value(&there, "state"), S("draft"));
	struct members all = members_of(&w, &inside);
	CHECK_INT(all.n, 3);
	CHECK_INT(all.list[0].role, ROLE_LEADER);
	CHECK_STR(all.list[0].name, S("Lis Ås"));
	CHECK_INT(all.list[1].role, ROLE_CODRIVER);
	CHECK_STR(all.list[1].name, S("Ali Øst"));
	CHECK_INT(all.list[2].role, ROLE_SPONSOR);
	struct records phases;
	CHECK_OK(record_list(db, arena, &inside, KIND_PHASE, &phases));
	CHECK_INT(phases.n, catalogue_list(S("phases")).n);
	CHECK_STR(record_value(&phases.list[0], "position"), S("1"));
}

TEST_DB(network_with_a_fault_is_not_started)
{
	struct world w;
	struct record_faults faults;
	struct network_lines mine;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct network_form form = {.type = S("welfare")};
	CHECK_INT(
	    network_create(db, arena, &ali, id_new(NOW_US), &form, &faults),
	    ERR_INVALID);
	CHECK(faults.any && faults.field[0].message != NULL);
	CHECK_OK(network_mine(db, arena, &ali, &mine));
	CHECK_INT(mine.n, 1);
}

/* The form of the fixture, once more, from whoever. */
static enum err
start_again(struct world *w, struct id account)
{
	struct record_faults faults;
	struct actor who = world_as(w, account);
	struct network_form form = {
	    .name = S("Pårørende i ældreplejen"), .type = S("welfare")};
	return network_create(
	    w->db, w->arena, &who, w->network, &form, &faults);
}

TEST_DB(network_form_that_came_twice_starts_one)
{
	struct world w;
	world_new(&w, arena, db);
	ptrdiff_t phases = count(&w, KIND_PHASE);
	int64_t rows = audit_rows(&w, w.network);
	CHECK_OK(start_again(&w, w.mette));
	CHECK_INT(count(&w, KIND_PHASE), phases);
	CHECK_INT(members_of(&w, &w.leader).n, 3);
	CHECK_INT(audit_rows(&w, w.network), rows);
}

/* Who knows a network's id and what stands in it does not become its leader by
 * starting it again. */
TEST_DB(network_of_others_is_not_taken_by_starting_it_again)
{
	struct world w;
	struct record r;
	world_new(&w, arena, db);
	CHECK_INT(start_again(&w, w.ali), ERR_CONFLICT);
	struct members all = members_of(&w, &w.leader);
	CHECK_INT(all.n, 3);
	CHECK(id_eq(all.list[0].account, w.mette));
	CHECK_INT(all.list[0].role, ROLE_LEADER);
	struct actor ali = world_inside(&w, w.ali);
	CHECK(!actor_may(&ali, CAP_MANAGE));
	/* Nor does its leader find it as it was once it has changed. */
	CHECK_OK(record_get(db, arena, &w.leader, KIND_NETWORK, w.network, &r));
	record_set(&r, "goal", S("Færre indlæggelser"));
	world_save(&w, &r);
	CHECK_INT(start_again(&w, w.mette), ERR_CONFLICT);
}

TEST_DB(network_roles_are_given_by_who_manages_it)
{
	struct world w;
	bool yes;
	world_new(&w, arena, db);
	CHECK_INT(
	    network_add_member(db, arena, &w.participant, w.ali, ROLE_CODRIVER),
	    ERR_DENIED);
	CHECK_INT(
	    network_drop_member(db, arena, &w.decider, w.ali, ROLE_PARTICIPANT),
	    ERR_DENIED);
	CHECK_INT(
	    network_add_member(db, arena, &w.leader, id_new(NOW_US), ROLE_DPO),
	    ERR_NOT_FOUND);
	CHECK_INT(network_drop_member(db, arena, &w.leader, w.ali, ROLE_DPO),
	    ERR_NOT_FOUND);
	CHECK_OK(
	    network_drop_member(db, arena, &w.leader, w.ali, ROLE_PARTICIPANT));
	CHECK_OK(network_has_member(db, arena, &w.leader, w.ali, &yes));
	CHECK(!yes);
	CHECK_OK(account_enable(db, arena, &w.program, w.ali, false));
	CHECK_INT(
	    network_add_member(db, arena, &w.leader, w.ali, ROLE_PARTICIPANT),
	    ERR_NOT_FOUND);
}

TEST_DB(network_role_given_twice_is_held_once)
{
	struct world w;
	world_new(&w, arena, db);
	CHECK_OK(
	    network_add_member(db, arena, &w.leader, w.ali, ROLE_PARTICIPANT));
	CHECK_OK(network_add_member(db, arena, &w.leader, w.ali, ROLE_DPO));
	CHECK_INT(members_of(&w, &w.leader).n, 4);
	struct network_lines mine;
	struct actor ali = world_as(&w, w.ali);
	CHECK_OK(network_mine(db, arena, &ali, &mine));
	CHECK_INT(mine.n, 1);
	CHECK_INT(mine.list[0].roles, 1u << ROLE_PARTICIPANT | 1u << ROLE_DPO);
}

TEST_DB(network_list_is_ones_own_and_the_secretariats_is_whole)
{
	struct world w;
	struct record_faults faults;
	struct network_lines mine;
	struct id later = id_new(NOW_US + SECOND_US);
	struct network_form form = {.name = S("Nyt"), .type = S("welfare")};
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali), lis = world_as(&w, w.lis);
	CHECK_OK(network_create(db, arena, &ali, later, &form, &faults));
	CHECK_OK(network_mine(db, arena, &ali, &mine));
	CHECK_INT(mine.n, 2);
	CHECK(id_eq(mine.list[0].id, later)); /* the newest first */
	CHECK_OK(network_mine(db, arena, &lis, &mine));
	CHECK_INT(mine.n, 1);
	lis.caps |= CAP_OVERVIEW;
	CHECK_OK(network_mine(db, arena, &lis, &mine));
	CHECK_INT(mine.n, 2);
	CHECK_INT(mine.list[0].roles, 0);
}

static void
add_task(struct world *w, const char *title, const char *due)
{
	struct record task = world_record(w, KIND_TASK);
	record_set(&task, "title", str_c(title));
	record_set(&task, "owner", id_text(w->arena, w->ali));
	record_set(&task, "due", str_c(due));
	world_save(w, &task);
}

/* guide:S9 what one has taken on is listed, the most urgent first */
TEST_DB(network_tasks_of_ones_own_come_by_date)
{
	struct world w;
	struct task_lines mine;
	world_new(&w, arena, db);
	add_task(&w, "Engang", "");
	add_task(&w, "Senere", "2026-12-24");
	add_task(&w, "Straks", "2026-11-25");
	struct actor ali = world_as(&w, w.ali), lis = world_as(&w, w.lis);
	CHECK_OK(task_mine(db, arena, &ali, &mine));
	CHECK_INT(mine.n, 3);
	CHECK_STR(mine.list[0].title, S("Straks"));
	CHECK_STR(mine.list[1].title, S("Senere"));
	CHECK_STR(mine.list[2].title, S("Engang"));
	CHECK_STR(mine.list[0].network_name, S("Pårørende i ældreplejen"));
	CHECK_OK(task_mine(db, arena, &lis, &mine));
	CHECK_INT(mine.n, 0);
	/* Nor those of a network that one is not in any more. */
	CHECK_OK(
	    network_drop_member(db, arena, &w.leader, w.ali, ROLE_PARTICIPANT));
	CHECK_OK(task_mine(db, arena, &ali, &mine));
	CHECK_INT(mine.n, 0);
}
