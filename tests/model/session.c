/* SPDX-License-Identifier: MPL-2.0 */

/* What lies in the database of links and sessions, when they end, and what is
 * swept away.  Their way through a sign-in is tests/model/people.c. */
#include "model/session.h"

#include "base/buf.h"
#include "base/totp.h"
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
get_at(struct world *w, struct str token, int64_t now_us, struct session *out)
{
	return session_get(
	    w->db, w->arena, w->org.id, token, limits, now_us, out);
}

static bool
is_open(struct world *w, struct str token)
{
	struct session session;
	enum err e = get_at(w, token, NOW_US, &session);
	CHECK(e == ERR_OK || e == ERR_SIGNIN);
	return e == ERR_OK;
}

/* ---- what lies in the database ---- */

static void
check_stored(struct world *w, const char *sql, struct str token)
{
	struct db_row row;
	struct hash h = hash_of(token);
	CHECK_OK(db_one(w->db, w->arena, sql, &row, DB_ID(w->org.id)));
	CHECK_STR(db_blob(&row, 0), hash_bytes(w->arena, h));
}

TEST_DB(session_tokens_lie_as_hashes_alone)
{
	struct world w;
	struct str link;
	world_new(&w, arena, db);
	struct str token = sign_in(&w, w.ali);
	CHECK_OK(link_new(db, arena, &w.program, w.lis, &link));
	check_stored(
	    &w, "SELECT token_hash FROM session WHERE org = $1", token);
	check_stored(&w, "SELECT token_hash FROM link WHERE org = $1", link);
	/* What lies there does not let anybody in. */
	struct hash h = hash_of(token);
	CHECK(is_open(&w, token));
	CHECK(!is_open(&w, hash_bytes(arena, h)));
	CHECK(!is_open(&w, hash_hex(arena, h)));
}

/* ---- when it ends ---- */

TEST_DB(session_until_is_the_idle_or_the_absolute_end)
{
	struct world w;
	struct session s;
	world_new(&w, arena, db);
	struct str token = sign_in(&w, w.ali);
	CHECK_OK(get_at(&w, token, NOW_US, &s));
	CHECK_INT(session_until(&s, limits), NOW_US + limits.idle_us);
	for (int64_t us = NOW_US; us < NOW_US + limits.total_us;
	     us += 20 * MINUTE_US) {
		CHECK_OK(session_seen(db, w.org.id, s.token_hash, us));
		CHECK_OK(get_at(&w, token, us, &s));
		int64_t until_us = session_until(&s, limits);
		CHECK_OK(get_at(&w, token, until_us - 1, &s));
		CHECK_INT(get_at(&w, token, until_us, &s), ERR_SIGNIN);
	}
	CHECK_INT(session_until(&s, limits), NOW_US + limits.total_us);
}

static enum err
set_password(struct world *w, struct actor *ali)
{
	return account_set_password(w->db, w->arena, ali, S("$argon2id$x"));
}

static struct account_form
form_of_ali(void)
{
	return (struct account_form){
	    .name = S("Ali Øst"), .mail = S("ali@fjordby.example")};
}

static enum err
make_admin(struct world *w, struct actor *ali)
{
	struct account_form form = form_of_ali();
	form.is_admin = true;
	return account_change(w->db, w->arena, &w->program, ali->account, form);
}

static enum err
make_secretariat(struct world *w, struct actor *ali)
{
	struct account_form form = form_of_ali();
	form.is_admin = form.is_secretariat = true;
	return account_change(w->db, w->arena, &w->program, ali->account, form);
}

static enum err
disable(struct world *w, struct actor *ali)
{
	return account_enable(
	    w->db, w->arena, &w->program, ali->account, false);
}

static enum err
enable(struct world *w, struct actor *ali)
{
	return account_enable(w->db, w->arena, &w->program, ali->account, true);
}

static enum err
second_step_on(struct world *w, struct actor *ali)
{
	struct str key;
	enum err e = account_totp_begin(w->db, w->arena, ali, &key);
	if (e != ERR_OK)
		return e;
	int code = totp_code(key, NOW_US / SECOND_US / TOTP_STEP_SECONDS);
	return account_totp_confirm(
	    w->db, w->arena, ali, str_fmt(w->arena, "%06d", code));
}

static enum err
second_step_off(struct world *w, struct actor *ali)
{
	return account_totp_end(w->db, w->arena, ali);
}

static enum err
leave_network(struct world *w, struct actor *ali)
{
	return network_drop_member(
	    w->db, w->arena, &w->leader, ali->account, ROLE_PARTICIPANT);
}

static enum err
out_everywhere(struct world *w, struct actor *ali)
{
	return session_end_all(w->db, ali, ali->account);
}

TEST_DB(session_ends_with_each_change_of_what_it_rests_on)
{
	static enum err (*const ends[])(struct world *, struct actor *) = {
	    set_password, make_admin, make_secretariat, second_step_on,
	    second_step_off, leave_network, out_everywhere, disable};
	struct world w;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct str other = sign_in(&w, w.lis);
	for (ptrdiff_t i = 0; i < COUNT_OF(ends); i++) {
		struct str token = sign_in(&w, w.ali);
		CHECK(is_open(&w, token));
		CHECK_OK(ends[i](&w, &ali));
		CHECK(!is_open(&w, token));
		CHECK(is_open(&w, other));
	}
	CHECK_OK(enable(&w, &ali)); /* brings no old one back */
	int64_t n;
	CHECK_OK(session_count(db, arena, &ali, w.ali, &n));
	CHECK_INT(n, 0);
}

/* The twin: what is no such change leaves it open. */
TEST_DB(session_outlives_a_change_of_name_and_language)
{
	struct world w;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct str token = sign_in(&w, w.ali);
	struct account_form form = form_of_ali();
	form.name = S("Ali Øst-Jensen");
	CHECK_OK(account_change(db, arena, &w.program, w.ali, form));
	CHECK_OK(account_set_lang(db, arena, &ali, LANG_EN));
	CHECK_OK(account_set_reminders(db, arena, &ali, false));
	CHECK_OK(
	    network_add_member(db, arena, &w.leader, w.ali, ROLE_CODRIVER));
	CHECK(is_open(&w, token));
}

TEST_DB(session_count_is_of_the_account_alone)
{
	struct world w;
	int64_t n;
	world_new(&w, arena, db);
	sign_in(&w, w.ali);
	sign_in(&w, w.ali);
	sign_in(&w, w.lis);
	struct actor ali = world_as(&w, w.ali);
	CHECK_OK(session_count(db, arena, &ali, w.ali, &n));
	CHECK_INT(n, 2);
	ali.now_us += limits.total_us;
	CHECK_OK(session_count(db, arena, &ali, w.ali, &n));
	CHECK_INT(n, 0);
}

/* ---- what is swept away ---- */

static int64_t
rows_of(struct world *w, const char *sql)
{
	struct db_row row;
	CHECK_OK(db_one(w->db, w->arena, sql, &row, DB_ID(w->org.id)));
	return db_int(&row, 0);
}

static void
check_rows(struct world *w, int64_t sessions, int64_t links, int64_t keys)
{
	CHECK_INT(rows_of(w, "SELECT COUNT(*) FROM session WHERE org = $1"),
	    sessions);
	CHECK_INT(
	    rows_of(w, "SELECT COUNT(*) FROM link WHERE org = $1"), links);
	CHECK_INT(rows_of(w, "SELECT COUNT(*) FROM once WHERE org = $1"), keys);
}

static void
sweep_at(struct world *w, int64_t now_us)
{
	CHECK_OK(session_sweep(w->db, w->org.id, now_us, limits.idle_us));
}

TEST_DB(session_sweep_takes_what_has_had_its_time)
{
	struct world w;
	struct session s;
	struct str link;
	world_new(&w, arena, db);
	sign_in(&w, w.ali);
	CHECK_OK(get_at(&w, sign_in(&w, w.lis), NOW_US, &s));
	CHECK_OK(link_new(db, arena, &w.program, w.ali, &link));
	CHECK_OK(once_done(db, &w.leader, id_new(NOW_US), S("/x")));
	sweep_at(&w, NOW_US + limits.idle_us - 1);
	check_rows(&w, 2, 1, 1);
	CHECK_OK(session_seen(
	    db, w.org.id, s.token_hash, NOW_US + limits.total_us - MINUTE_US));
	sweep_at(&w, NOW_US + limits.idle_us);
	check_rows(&w, 1, 1, 1);
	sweep_at(&w, NOW_US + limits.total_us);
	check_rows(&w, 0, 1, 1);
	sweep_at(&w, NOW_US + LINK_HOURS * HOUR_US);
	check_rows(&w, 0, 0, 1);
	sweep_at(&w, NOW_US + 2 * DAY_US);
	check_rows(&w, 0, 0, 0);
}

/* ---- a form's key ---- */

TEST_DB(once_keys_of_one_account_are_nothing_to_another)
{
	struct world w;
	struct str location;
	struct id key = id_new(NOW_US);
	world_new(&w, arena, db);
	CHECK_OK(once_done(db, &w.leader, key, S("/netvaerk")));
	CHECK_OK(once_check(db, arena, &w.participant, key, &location));
	CHECK_INT(
	    once_check(db, arena, &w.leader, key, &location), ERR_CONFLICT);
}
