/* SPDX-License-Identifier: MPL-2.0 */

/* Accounts, the vault, links, sessions, roles. */
#include "base/buf.h"
#include "base/totp.h"
#include "model/audit.h"
#include "model/session.h"
#include "tests/model/fixture.h"

static const struct session_limits limits = {
    .idle_us = 30 * MINUTE_US, .total_us = 10 * HOUR_US};

static struct str
sign_in(struct world *w, struct id account)
{
	struct str token;
	CHECK_OK(
	    session_new(w->db, w->arena, &w->program, account, limits, &token));
	return token;
}

static enum err
session_at(struct world *w, struct str token, int64_t now_us)
{
	struct session session;
	return session_get(
	    w->db, w->arena, w->org.id, token, limits, now_us, &session);
}

TEST_DB(the_vault_gives_back_what_it_was_given)
{
	struct world w;
	struct vault_entry entry;
	world_new(&w, arena, db);
	CHECK_OK(vault_get(db, arena, &w.program, w.ali, &entry));
	CHECK_STR(entry.name, S("Ali Øst"));
	CHECK_STR(entry.mail, S("ali@fjordby.example"));
}

TEST_DB(the_vault_shows_nothing_without_the_key)
{
	static const struct key other = {{8}};
	struct world w;
	struct vault_entry entry;
	world_new(&w, arena, db);
	struct keys keys = keys_derive(&other);
	struct actor thief = w.program;
	thief.keys = &keys;
	CHECK_OK(vault_get(db, arena, &thief, w.ali, &entry));
	CHECK_STR(entry.name, S(""));
	CHECK_STR(entry.mail, S(""));
}

TEST_DB(no_name_or_mail_lies_in_clear)
{
	struct world w;
	struct db_rows rows;
	world_new(&w, arena, db);
	CHECK_OK(db_all(db, arena,
	    "SELECT name, mail, mail_hash, wrapped_key FROM vault"
	    " WHERE org = $1",
	    &rows, DB_ID(w.org.id)));
	CHECK_INT(rows.n, 3);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		for (ptrdiff_t c = 0; c < 4; c++) {
			CHECK_LACKS(db_blob(&rows.row[i], c), S("Ali"));
			CHECK_LACKS(db_blob(&rows.row[i], c), S("fjordby"));
		}
	}
}

TEST_DB(names_come_in_danish_order)
{
	struct world w;
	struct vault_names names;
	world_new(&w, arena, db);
	CHECK_OK(vault_names(db, arena, &w.program, &names));
	CHECK_INT(names.n, 3);
	CHECK_STR(names.list[0].name, S("Ali Øst"));
	CHECK_STR(names.list[1].name, S("Lis Ås"));
	CHECK_STR(names.list[2].name, S("Mette Holm"));
}

TEST_DB(mail_is_found_whatever_its_case)
{
	struct world w;
	struct id person;
	world_new(&w, arena, db);
	CHECK_OK(vault_find_mail(
	    db, arena, &w.program, S(" METTE@Fjordby.example "), &person));
	CHECK(id_eq(person, w.mette));
	CHECK_INT(
	    vault_find_mail(db, arena, &w.program, S("x@y.example"), &person),
	    ERR_NOT_FOUND);
}

TEST_DB(two_accounts_cannot_share_an_address)
{
	struct world w;
	world_new(&w, arena, db);
	struct account_form form = {
	    .name = S("En anden"), .mail = S("ALI@fjordby.example")};
	CHECK_INT(account_create(db, arena, &w.program, id_new(NOW_US), form),
	    ERR_CONFLICT);
}

TEST_DB(the_last_administrator_stays)
{
	struct world w;
	world_new(&w, arena, db);
	struct actor mette = world_as(&w, w.mette);
	struct account_form form = {
	    .name = S("Mette Holm"), .mail = S("mette@fjordby.example")};
	CHECK_INT(account_change(db, arena, &mette, w.mette, form), ERR_DENIED);
	CHECK_INT(
	    account_enable(db, arena, &mette, w.mette, false), ERR_DENIED);
}

TEST_DB(only_administrators_make_accounts)
{
	struct world w;
	struct accounts all;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct account_form form = {.name = S("X"), .mail = S("x@y.dk")};
	CHECK_INT(
	    account_create(db, arena, &ali, id_new(NOW_US), form), ERR_DENIED);
	CHECK_INT(account_list(db, arena, &ali, &all), ERR_DENIED);
	CHECK_INT(account_enable(db, arena, &ali, w.lis, false), ERR_DENIED);
}

TEST_DB(a_link_works_once)
{
	struct world w;
	struct str token;
	struct id account;
	world_new(&w, arena, db);
	CHECK_OK(link_new(db, arena, &w.program, w.ali, &token));
	CHECK_OK(link_peek(db, arena, &w.program, token, &account));
	CHECK_OK(link_use(db, arena, &w.program, token, &account));
	CHECK(id_eq(account, w.ali));
	CHECK_INT(
	    link_use(db, arena, &w.program, token, &account), ERR_NOT_FOUND);
}

TEST_DB(a_new_link_ends_the_old_and_time_ends_both)
{
	struct world w;
	struct str old, token;
	struct id account;
	world_new(&w, arena, db);
	CHECK_OK(link_new(db, arena, &w.program, w.ali, &old));
	CHECK_OK(link_new(db, arena, &w.program, w.ali, &token));
	CHECK_INT(
	    link_peek(db, arena, &w.program, old, &account), ERR_NOT_FOUND);
	struct actor later = w.program;
	later.now_us += LINK_HOURS * HOUR_US;
	CHECK_INT(link_peek(db, arena, &later, token, &account), ERR_NOT_FOUND);
}

TEST_DB(a_closed_account_gets_no_link_and_no_session)
{
	struct world w;
	struct str token;
	world_new(&w, arena, db);
	struct str session = sign_in(&w, w.ali);
	CHECK_OK(session_at(&w, session, NOW_US));
	CHECK_OK(account_enable(db, arena, &w.program, w.ali, false));
	CHECK_INT(session_at(&w, session, NOW_US), ERR_SIGNIN);
	CHECK_INT(
	    link_new(db, arena, &w.program, w.ali, &token), ERR_NOT_FOUND);
}

TEST_DB(a_session_ends_by_idleness_and_by_age)
{
	struct world w;
	struct session session;
	world_new(&w, arena, db);
	struct str token = sign_in(&w, w.ali);
	CHECK_OK(session_at(&w, token, NOW_US + 29 * MINUTE_US));
	CHECK_INT(session_at(&w, token, NOW_US + 30 * MINUTE_US), ERR_SIGNIN);
	CHECK_OK(
	    session_get(db, arena, w.org.id, token, limits, NOW_US, &session));
	int64_t late = NOW_US + 10 * HOUR_US;
	CHECK_OK(
	    session_seen(db, w.org.id, session.token_hash, late - MINUTE_US));
	CHECK_OK(session_at(&w, token, late - 1));
	CHECK_INT(session_at(&w, token, late), ERR_SIGNIN);
}

TEST_DB(what_ends_every_session)
{
	struct world w;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct str one = sign_in(&w, w.ali);
	CHECK_OK(account_set_password(
	    db, arena, &ali, password_hash(arena, S("fire ord i træk 12"))));
	CHECK_INT(session_at(&w, one, NOW_US), ERR_SIGNIN);
	one = sign_in(&w, w.ali);
	struct str two = sign_in(&w, w.ali);
	CHECK_OK(session_end_all(db, &ali, w.ali));
	CHECK_INT(session_at(&w, one, NOW_US), ERR_SIGNIN);
	CHECK_INT(session_at(&w, two, NOW_US), ERR_SIGNIN);
	one = sign_in(&w, w.ali);
	CHECK_OK(
	    network_drop_member(db, arena, &w.leader, w.ali, ROLE_PARTICIPANT));
	CHECK_INT(session_at(&w, one, NOW_US), ERR_SIGNIN);
}

TEST_DB(a_session_belongs_to_its_organisation)
{
	struct world w;
	struct session session;
	world_new(&w, arena, db);
	struct str token = sign_in(&w, w.ali);
	CHECK_INT(session_get(db, arena, id_new(NOW_US), token, limits, NOW_US,
		      &session),
	    ERR_SIGNIN);
}

TEST_DB(a_password_is_checked)
{
	struct world w;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct str password = S("grøn cykel under broen");
	CHECK_OK(account_set_password(
	    db, arena, &ali, password_hash(arena, password)));
	struct login login;
	CHECK_OK(account_login(
	    db, arena, &w.program, S("ali@fjordby.example"), &login));
	CHECK(id_eq(login.account, w.ali));
	CHECK(str_starts(login.hash, S("$argon2id$")));
	CHECK(password_matches(login.hash, password));
	CHECK(!password_matches(login.hash, S("grøn cykel under broen ")));
	CHECK_OK(account_login(
	    db, arena, &w.program, S("ingen@fjordby.example"), &login));
	CHECK_STR(login.hash, S(""));
	CHECK(!password_matches(S(""), password));
}

TEST(weak_passwords_are_refused)
{
	CHECK(password_fault(S("kort")) != NULL);
	CHECK(password_fault(S("aaaaaaaaaaaaaaaaaaaa")) != NULL);
	CHECK(password_fault(S("abcabcabcabcabcabcabc")) != NULL);
	CHECK(password_fault(S("grøn cykel under broen")) == NULL);
}

TEST_DB(a_code_counts_once)
{
	struct world w;
	struct str key;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	CHECK_OK(account_totp_begin(db, arena, &ali, &key));
	int64_t step = NOW_US / SECOND_US / TOTP_STEP_SECONDS;
	struct str code = str_fmt(arena, "%06d", totp_code(key, step));
	struct str wrong =
	    str_fmt(arena, "%06d", (totp_code(key, step) + 1) % 1000000);
	CHECK_INT(account_totp_confirm(db, arena, &ali, wrong), ERR_INVALID);
	CHECK_OK(account_totp_confirm(db, arena, &ali, code));
	CHECK_INT(account_totp_check(db, arena, &w.program, w.ali, code),
	    ERR_INVALID);
	ali.now_us += TOTP_STEP_SECONDS * SECOND_US;
	code = str_fmt(arena, "%06d", totp_code(key, step + 1));
	CHECK_OK(account_totp_check(db, arena, &ali, w.ali, code));
}

TEST_DB(the_second_step_is_due_after_the_first)
{
	struct world w;
	struct str key, token, full;
	struct session session;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	CHECK_OK(account_totp_begin(db, arena, &ali, &key));
	int64_t step = NOW_US / SECOND_US / TOTP_STEP_SECONDS;
	CHECK_OK(account_totp_confirm(
	    db, arena, &ali, str_fmt(arena, "%06d", totp_code(key, step))));
	token = sign_in(&w, w.ali);
	CHECK_OK(
	    session_get(db, arena, w.org.id, token, limits, NOW_US, &session));
	CHECK(session.needs_code);
	CHECK_OK(session_complete(db, arena, &ali, &session, limits, &full));
	CHECK_INT(session_at(&w, token, NOW_US), ERR_SIGNIN);
	CHECK_OK(
	    session_get(db, arena, w.org.id, full, limits, NOW_US, &session));
	CHECK(!session.needs_code);
}

TEST_DB(there_is_always_one_leader)
{
	struct world w;
	struct vault_names names;
	struct members members;
	world_new(&w, arena, db);
	CHECK_INT(
	    network_drop_member(db, arena, &w.leader, w.mette, ROLE_LEADER),
	    ERR_DENIED);
	CHECK_OK(network_add_member(db, arena, &w.leader, w.lis, ROLE_LEADER));
	CHECK_OK(vault_names(db, arena, &w.program, &names));
	CHECK_OK(network_members(db, arena, &w.leader, &names, &members));
	int leaders = 0, codrivers = 0;
	for (ptrdiff_t i = 0; i < members.n; i++) {
		leaders += members.list[i].role == ROLE_LEADER;
		codrivers += members.list[i].role == ROLE_CODRIVER &&
		    id_eq(members.list[i].account, w.mette);
	}
	CHECK_INT(leaders, 1);
	CHECK_INT(codrivers, 1);
}

TEST_DB(a_stranger_finds_no_network)
{
	struct world w;
	struct actor inside;
	struct id stranger = id_new(NOW_US);
	world_new(&w, arena, db);
	struct account_form form = {
	    .name = S("Ida"), .mail = S("ida@fjordby.example")};
	CHECK_OK(account_create(db, arena, &w.program, stranger, form));
	struct actor ida = world_as(&w, stranger);
	CHECK_INT(
	    actor_enter(db, arena, &ida, w.network, &inside), ERR_NOT_FOUND);
	CHECK_INT(actor_enter(db, arena, &ida, id_new(NOW_US), &inside),
	    ERR_NOT_FOUND);
	form.is_secretariat = true;
	CHECK_OK(account_change(db, arena, &w.program, stranger, form));
	ida = world_as(&w, stranger);
	CHECK_OK(actor_enter(db, arena, &ida, w.network, &inside));
	CHECK(!actor_may(&inside, CAP_EDIT));
}

/* guide:S9 somebody owns each task, and is reminded of it once a date */
TEST_DB(an_owner_is_reminded_once)
{
	struct world w;
	struct task_lines lines;
	struct date until = {2026, 12, 1};
	world_new(&w, arena, db);
	struct record task = world_record(&w, KIND_TASK);
	record_set(&task, "owner", id_text(arena, w.ali));
	record_set(&task, "due", S("2026-11-30"));
	world_save(&w, &task);
	CHECK_OK(task_to_remind(db, arena, &w.program, until, &lines));
	CHECK_INT(lines.n, 1);
	CHECK(id_eq(lines.list[0].owner, w.ali));
	CHECK_OK(task_reminded(db, &w.program, &lines.list[0]));
	CHECK_OK(task_to_remind(db, arena, &w.program, until, &lines));
	CHECK_INT(lines.n, 0);
	struct actor ali = world_as(&w, w.ali);
	CHECK_OK(task_mine(db, arena, &ali, &lines));
	CHECK_INT(lines.n, 1);
}

TEST_DB(a_forms_key_leads_back_to_where_it_led)
{
	struct world w;
	struct str location;
	struct id key = id_new(NOW_US);
	world_new(&w, arena, db);
	CHECK_OK(once_check(db, arena, &w.leader, key, &location));
	CHECK_OK(once_done(db, &w.leader, key, S("/netvaerk")));
	CHECK_INT(
	    once_check(db, arena, &w.leader, key, &location), ERR_CONFLICT);
	CHECK_STR(location, S("/netvaerk"));
}
