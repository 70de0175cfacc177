/* SPDX-License-Identifier: MPL-2.0 */

/* What each role may, as doc/roles.md has it. */
#include "model/actor.h"

#include "base/buf.h"
#include "model/session.h"
#include "tests/model/fixture.h"

static struct str
manual(struct arena *a)
{
	return test_file(a, "doc/roles.md");
}

static const char *
yes(bool may)
{
	return may ? "yes" : "-";
}

/* Somebody with this role and no other, inside. */
static struct actor
in_role(struct world *w, enum member_role role)
{
	struct str key = role_key(role);
	struct id id = id_new(NOW_US);
	struct account_form form = {
	    .name = key, .mail = str_cat(w->arena, key, S("@role.example"))};
	CHECK_OK(account_create(w->db, w->arena, &w->program, id, form));
	CHECK_OK(network_add_member(w->db, w->arena, &w->leader, id, role));
	return world_inside(w, id);
}

static struct str
role_line(struct arena *a, enum member_role role, unsigned caps)
{
	const char *label = role_label(role);
	struct str key = role_key(role);
	struct buf b = buf_new(a, 1000);
	buf_add(&b,
	    str_fmt(a, "| %.*s | %.*s | `%.*s` |", STR_ARG(tr(LANG_DA, label)),
		STR_ARG(tr(LANG_EN, label)), STR_ARG(key)));
	static const unsigned columns[] = {CAP_READ, CAP_AGENDA, CAP_EDIT,
	    CAP_MANAGE, CAP_PEOPLE, CAP_ASK, CAP_VAULT, CAP_ACCESS, CAP_DECIDE};
	for (ptrdiff_t i = 0; i < COUNT_OF(columns); i++)
		buf_add(&b, str_fmt(a, " %s |", yes(caps & columns[i])));
	buf_byte(&b, '\n');
	return buf_str(&b);
}

/* Rows of the table whose head begins like this. */
static int
rows_under(struct str text, struct str head)
{
	int n = 0;
	ptrdiff_t at = str_find(text, head);
	CHECK(at >= 0);
	struct str rest = str_sub(text, at, text.n);
	(void)str_cut(&rest, '\n');
	(void)str_cut(&rest, '\n'); /* |---|---| */
	while (str_starts(str_cut(&rest, '\n'), S("| ")))
		n++;
	return n;
}

TEST_DB(roles_may_what_the_manual_says)
{
	struct world w;
	struct str text = manual(arena);
	world_new(&w, arena, db);
	for (int i = 0; i < ROLE_COUNT; i++) {
		enum member_role role = (enum member_role)i;
		struct actor who = in_role(&w, role);
		CHECK_HAS(text, role_line(arena, role, who.caps));
		/* The twin: one right more or less is another line. */
		for (unsigned cap = CAP_READ; cap <= CAP_DECIDE; cap <<= 1)
			CHECK_LACKS(
			    text, role_line(arena, role, who.caps ^ cap));
	}
	CHECK_INT(rows_under(text, S("| Danish | English | stored as | read")),
	    ROLE_COUNT);
}

static const char *
cap_word(unsigned cap)
{
	if (cap == CAP_MANAGE)
		return "manage";
	return cap == CAP_EDIT ? "plan" : "agendas, tasks";
}

TEST(parts_take_what_the_manual_says)
{
	struct str text = manual(arena);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct record_def *def =
		    record_def((enum record_kind)kind);
		CHECK(def->cap == CAP_MANAGE || def->cap == CAP_EDIT ||
		    def->cap == CAP_AGENDA);
		CHECK_HAS(text,
		    str_fmt(arena, "| %.*s | %.*s | `%s` | %s |\n",
			STR_ARG(tr(LANG_DA, def->title)),
			STR_ARG(tr(LANG_EN, def->title)), def->name,
			cap_word(def->cap)));
	}
	CHECK_INT(rows_under(text, S("| Danish | English | stored as | takes")),
	    KIND_COUNT);
}

TEST(organisation_rights_are_those_of_the_manual)
{
	static const struct {
		const char *names;
		bool admin, secretariat;
	} who[] = {
	    {"Enhver, der er logget ind | Whoever is signed in", false, false},
	    {"Administrator | Administrator", true, false},
	    {"Sekretariat | Secretariat", false, true}};
	struct str text = manual(arena);
	struct keys keys = {0};
	for (ptrdiff_t i = 0; i < COUNT_OF(who); i++) {
		struct session s = {.is_admin = who[i].admin,
		    .is_secretariat = who[i].secretariat};
		struct actor actor =
		    session_actor(&s, id_new(NOW_US), &keys, NOW_US);
		CHECK_HAS(text,
		    str_fmt(arena, "| %s | %s | %s | %s | %s |\n", who[i].names,
			yes(actor_may(&actor, CAP_CREATE)),
			yes(actor_may(&actor, CAP_ACCOUNTS)),
			yes(actor_may(&actor, CAP_OVERVIEW)),
			yes(actor_may(&actor, CAP_CATALOGUE))));
		CHECK(!actor_may(&actor, CAP_READ));
	}
	CHECK_INT(rows_under(text, S("| Danish | English | start a network")),
	    COUNT_OF(who));
}

TEST_DB(roles_of_one_person_add_up)
{
	struct world w;
	world_new(&w, arena, db);
	CHECK(!actor_may(&w.decider, CAP_AGENDA));
	CHECK_OK(
	    network_add_member(db, arena, &w.leader, w.lis, ROLE_CONSULTANT));
	struct actor lis = world_inside(&w, w.lis);
	CHECK(actor_may(&lis, CAP_READ | CAP_EDIT | CAP_AGENDA));
	CHECK(!actor_may(&lis, CAP_MANAGE));
	CHECK_OK(
	    network_drop_member(db, arena, &w.leader, w.lis, ROLE_CONSULTANT));
	lis = world_inside(&w, w.lis);
	CHECK(actor_may(&lis, CAP_READ) && !actor_may(&lis, CAP_EDIT));
}

static enum err
enter(struct world *w, const struct actor *who, struct id network)
{
	struct actor inside;
	return actor_enter(w->db, w->arena, who, network, &inside);
}

/* Neither rights in the organisation nor another organisation lead in. */
TEST_DB(administrator_without_a_role_is_not_let_in)
{
	struct world w;
	struct id boss = id_new(NOW_US);
	world_new(&w, arena, db);
	struct account_form form = {
	    .name = S("Ida"), .mail = S("ida@f.example"), .is_admin = true};
	CHECK_OK(account_create(db, arena, &w.program, boss, form));
	struct actor ida = world_as(&w, boss), mette = world_as(&w, w.mette);
	CHECK_INT(enter(&w, &ida, w.network), ERR_NOT_FOUND);
	CHECK_OK(enter(&w, &mette, w.network));
	mette.org = id_new(NOW_US);
	CHECK_INT(enter(&w, &mette, w.network), ERR_NOT_FOUND);
	struct actor nobody = {.org = w.org.id, .now_us = NOW_US};
	CHECK_INT(enter(&w, &nobody, w.network), ERR_NOT_FOUND);
}

TEST_DB(secretariat_reads_every_network_and_no_more)
{
	struct world w;
	struct actor inside;
	world_new(&w, arena, db);
	struct actor ida = {.org = w.org.id,
	    .account = id_new(NOW_US),
	    .caps = CAP_CREATE | CAP_OVERVIEW,
	    .keys = &w.keys,
	    .now_us = NOW_US};
	CHECK_OK(actor_enter(db, arena, &ida, w.network, &inside));
	CHECK_INT(inside.caps, CAP_CREATE | CAP_OVERVIEW | CAP_READ);
	CHECK_INT(enter(&w, &ida, id_new(NOW_US)), ERR_NOT_FOUND);
}

/* ---- words ---- */

TEST(roles_are_read_as_they_are_stored)
{
	enum member_role role;
	for (int i = 0; i < ROLE_COUNT; i++) {
		CHECK(role_parse(role_key((enum member_role)i), &role));
		CHECK_INT(role, i);
	}
	CHECK(!role_parse(S(""), &role));
	CHECK(!role_parse(S("Leader"), &role));
	CHECK(!role_parse(S("leaders"), &role));
}

TEST(right_of_several_is_held_when_all_are)
{
	struct actor who = {.caps = CAP_READ | CAP_AGENDA};
	CHECK(actor_may(&who, 0));
	CHECK(actor_may(&who, CAP_READ));
	CHECK(actor_may(&who, CAP_READ | CAP_AGENDA));
	CHECK(!actor_may(&who, CAP_READ | CAP_EDIT));
}
