/* SPDX-License-Identifier: MPL-2.0 */

/* What of a network is bound to a key, a person or a place, at another place. */
#include "base/buf.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/dialogue_parts.h"
#include "model/job.h"
#include "model/round_seal.h"
#include "model/search.h"
#include "tests/model/fixture.h"
#include "tests/model/transfer_place.h"

/* ---- people, words, votes ---- */

TEST(transfer_contact_details_open_with_the_new_key_alone)
{
	struct two t;
	struct db_rows rows;
	two_new(&t, arena, "else@soeby.example");
	two_move(&t);
	CHECK_OK(db_all(t.new.db, arena,
	    "SELECT vault FROM person WHERE vault IS NOT NULL", &rows,
	    DB_NONE));
	CHECK(rows.n > 0);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct vault_contact then, now, wrong;
		struct actor other = t.now;
		struct id id = db_id(&rows.row[i], 0);
		CHECK_OK(
		    vault_contact_get(t.old.db, arena, &t.then, id, &then));
		CHECK_OK(vault_contact_get(t.new.db, arena, &t.now, id, &now));
		CHECK(now.name.n > 0);
		CHECK_STR(now.name, then.name);
		CHECK_STR(now.phone, then.phone);
		other.keys = &t.old.keys;
		CHECK_OK(
		    vault_contact_get(t.new.db, arena, &other, id, &wrong));
		CHECK_STR(wrong.name, S(""));
	}
}

TEST(transfer_words_are_found_and_nothing_was_meddled_with)
{
	struct two t;
	struct search_hits then, now;
	struct audit_report report;
	struct search_find find = {.most = 50};
	struct db_row row;
	two_new(&t, arena, "else@soeby.example");
	CHECK_OK(db_one(
	    t.old.db, arena, "SELECT forms FROM search_doc", &row, DB_NONE));
	struct str words = str_trim(db_text(&row, 0));
	find.query = str_cut(&words, ' ');
	two_move(&t);
	CHECK_OK(search_find(t.old.db, arena, &t.then, &find, &then));
	CHECK_OK(search_find(t.new.db, arena, &t.now, &find, &now));
	CHECK(then.n > 0);
	CHECK_INT(now.n, then.n);
	for (ptrdiff_t i = 0; i < now.n; i++)
		CHECK(id_eq(now.list[i].id, then.list[i].id));
	CHECK_OK(audit_verify(t.new.db, arena, NULL, 0, &report));
	CHECK_OK(round_verify(t.new.db, arena, &report));
	CHECK_INT(report.n_faults, 0);
	CHECK(report.rows > 100);
}

TEST(transfer_a_person_votes_on_as_themselves)
{
	struct two t;
	struct db_row row;
	two_new(&t, arena, "else@soeby.example");
	CHECK_OK(
	    db_one(t.old.db, arena, "SELECT id FROM dialogue", &row, DB_NONE));
	struct id dialogue = db_id(&row, 0);
	CHECK_OK(
	    db_one(t.old.db, arena, "SELECT id FROM person", &row, DB_NONE));
	struct str person = id_text(arena, db_id(&row, 0));
	struct voter v = voter_of(&t.then, dialogue, VOTER_CODE, person);
	CHECK_OK(voter_find(t.old.db, arena, &t.then, &v));
	if (v.number < 0)
		CHECK_OK(voter_make(t.old.db, arena, &t.then, &v));
	int64_t number = v.number;
	two_move(&t);
	v = voter_of(&t.now, dialogue, VOTER_CODE, person);
	CHECK_OK(voter_find(t.new.db, arena, &t.now, &v));
	CHECK_INT(v.number, number);
	v = voter_of(&t.then, dialogue, VOTER_CODE, person);
	CHECK_OK(voter_find(t.new.db, arena, &t.now, &v));
	CHECK_INT(v.number, -1);
}

/* The example is at both: Karen is in two networks there, and held once. */
TEST(transfer_people_who_are_there_are_one_with_themselves)
{
	struct two t;
	struct place third;
	two_new(&t, arena, "else@soeby.example");
	t.file = place_export(&t.old, t.network, &t.r);
	place_new(&third, arena, DB_SQLITE);
	place_example(&third);
	int64_t held = place_count(&third, "SELECT COUNT(*) FROM vault");
	int64_t people = place_count(&third, "SELECT COUNT(*) FROM person");
	CHECK_OK(place_import(&third, t.file, nobody, &t.r));
	CHECK_INT(t.r.people, 1);
	CHECK_INT(t.r.new_staff, 0);
	CHECK_INT(place_count(&third, "SELECT COUNT(*) FROM vault"), held);
	CHECK_INT(
	    place_count(&third, "SELECT COUNT(*) FROM person"), 2 * people);
	CHECK_INT(
	    place_count(&third, "SELECT COUNT(DISTINCT vault) FROM person"), 1);
	CHECK(place_count(&third,
		  "SELECT COUNT(*) FROM person"
		  " WHERE vault IS NOT NULL") == 2);
}

/* Its words have their places in the index taken by the network it is. */
TEST(transfer_to_another_organisation_of_the_installation)
{
	struct two t;
	struct search_hits then, now;
	struct search_find find = {.most = 1000};
	two_new(&t, arena, "else@soeby.example");
	t.file = place_export(&t.old, t.network, &t.r);
	t.new.db = t.old.db;
	t.new.keys = t.old.keys;
	place_empty(&t.new, "else@soeby.example");
	t.now = actor_inside(&t.new.program, t.network);
	CHECK_OK(place_import(&t.new, t.file, nobody, &t.r));
	CHECK(!t.r.codes); /* the other organisation bears them */
	CHECK_OK(search_find(t.old.db, arena, &t.then, &find, &then));
	CHECK_OK(search_find(t.new.db, arena, &t.now, &find, &now));
	CHECK(then.n > 0);
	CHECK_INT(now.n, then.n);
}

/* ---- staff ---- */

#define METTE "mette.fjordlund@fjordby.example"

TEST(transfer_staff_have_closed_accounts)
{
	struct two t;
	struct account mette;
	struct login login;
	two_new(&t, arena, "else@soeby.example");
	two_move(&t);
	CHECK(t.r.new_staff > 3);
	CHECK_OK(
	    account_by_mail(t.new.db, arena, &t.new.program, S(METTE), &mette));
	CHECK_STR(mette.name, S("Mette Fjordlund"));
	CHECK(!mette.active && !mette.is_admin && !mette.has_password);
	CHECK_OK(
	    account_login(t.new.db, arena, &t.new.program, S(METTE), &login));
	CHECK_STR(login.hash, S(""));
	CHECK_INT(place_count(&t.new,
		      "SELECT COUNT(*) FROM account WHERE state = 'active'"),
	    1);
}

/* Who has an account there is one with it, in the history too. */
TEST(transfer_staff_are_found_by_their_mail)
{
	struct two t;
	struct account then, now;
	two_new(&t, arena, METTE);
	CHECK_OK(
	    account_by_mail(t.old.db, arena, &t.old.program, S(METTE), &then));
	two_move(&t);
	CHECK_INT(t.r.new_staff, t.r.staff - 1);
	CHECK_OK(
	    account_by_mail(t.new.db, arena, &t.new.program, S(METTE), &now));
	CHECK(!id_eq(then.id, now.id));
	CHECK(now.active && now.is_admin);
	struct str file = place_export(&t.new, t.network, &t.r);
	struct str id = {(const char *)then.id.b, sizeof then.id.b};
	CHECK(str_find(t.file, id) >= 0);
	CHECK(str_find(t.file, id_text(arena, then.id)) >= 0);
	CHECK_INT(str_find(file, id), -1);
	CHECK_INT(str_find(file, id_text(arena, then.id)), -1);
	struct actor mette = {.org = t.new.org.id,
	    .account = now.id,
	    .now_us = NOW_US,
	    .keys = &t.new.keys};
	struct actor inside;
	CHECK_OK(actor_enter(t.new.db, arena, &mette, t.network, &inside));
	CHECK(actor_may(&inside, CAP_MANAGE));
}

TEST(transfer_another_leads_it_where_that_is_said)
{
	struct two t;
	struct account else_;
	struct actor inside;
	two_new(&t, arena, "else@soeby.example");
	t.file = place_export(&t.old, t.network, &t.r);
	CHECK_OK(account_by_mail(
	    t.new.db, arena, &t.new.program, S("else@soeby.example"), &else_));
	CHECK_OK(place_import(&t.new, t.file, else_.id, &t.r));
	struct actor who = {.org = t.new.org.id,
	    .account = else_.id,
	    .now_us = NOW_US,
	    .keys = &t.new.keys};
	CHECK_OK(actor_enter(t.new.db, arena, &who, t.network, &inside));
	CHECK(actor_may(&inside, CAP_MANAGE));
	CHECK_INT(place_count(&t.new,
		      "SELECT COUNT(*) FROM member"
		      " WHERE role = 'leader'"),
	    1);
}

/* ---- codes ---- */

TEST(transfer_codes_open_where_no_network_was)
{
	struct two t;
	struct orgs orgs;
	struct id other;
	two_new(&t, arena, "else@soeby.example");
	two_move(&t);
	CHECK(t.r.codes);
	CHECK_OK(org_list(t.new.db, arena, &orgs));
	CHECK_STR(orgs.list[0].short_code, t.old.org.short_code);

	struct place third;
	place_new(&third, arena, DB_SQLITE);
	other = place_example(&third);
	CHECK(!id_eq(other, t.network));
	CHECK_OK(place_import(&third, t.file, nobody, &t.r));
	CHECK(!t.r.codes);
	CHECK_OK(org_list(third.db, arena, &orgs));
	CHECK_STR(orgs.list[0].short_code, third.org.short_code);
}

/* ---- sound, film and pictures ---- */

static struct str
bytes_of(struct place *p, const struct media *m, const struct actor *who)
{
	struct str bytes;
	struct media_file f = media_kept(m, who, p->dir);
	CHECK_OK(media_file_read(p->arena, &f, 0, m->size, &bytes));
	return bytes;
}

TEST(transfer_media_come_whole_and_are_looked_at_there)
{
	struct two t;
	struct media there;
	struct job job;
	two_new(&t, arena, "else@soeby.example");
	struct media whole = two_media(&t, TWO_SIZE);
	struct media half = two_media(&t, MEDIA_PIECE);
	CHECK_STR(whole.state, S("raw"));
	CHECK_STR(half.state, S("coming"));
	two_move(&t);
	CHECK_INT(t.r.files, 1);
	CHECK_OK(media_get(t.new.db, arena, &t.now, whole.id, &there));
	CHECK_STR(there.name, S("Karens have.jpg"));
	CHECK_STR(bytes_of(&t.new, &there, &t.now),
	    bytes_of(&t.old, &whole, &t.then));
	CHECK_OK(job_get(t.new.db, arena, &t.now, whole.id, &job));
	CHECK_INT(
	    media_get(t.new.db, arena, &t.now, half.id, &there), ERR_NOT_FOUND);
	CHECK_STR(
	    place_differs(arena, t.file, place_export(&t.new, t.network, &t.r)),
	    S(""));
	CHECK_INT(t.r.bytes, TWO_SIZE);
}

TEST(transfer_small_copies_come_along_and_what_is_refused_has_none)
{
	struct two t;
	struct media there;
	two_new(&t, arena, "else@soeby.example");
	struct media m = two_media(&t, TWO_SIZE);
	struct media refused = two_media(&t, TWO_SIZE);
	m.thumb = hash_of(S("small"));
	m.thumb_size = 5;
	struct media_file small = media_kept(&m, &t.then, t.old.dir);
	small.name = m.thumb;
	small.size = m.thumb_size;
	CHECK_OK(media_file_write(arena, &small, S("small")));
	CHECK_OK(media_cleaned(t.old.db, arena, &t.then, &m));
	refused.fault = S("kind");
	CHECK_OK(media_refuse(t.old.db, arena, &t.then, &refused, t.old.dir));
	two_move(&t);
	CHECK_INT(t.r.files, 2);
	CHECK_OK(media_get(t.new.db, arena, &t.now, m.id, &there));
	CHECK_STR(there.state, S("clean"));
	small = media_bytes(&there, &t.now, t.new.dir, true);
	struct str bytes;
	CHECK_OK(media_file_read(arena, &small, 0, small.size, &bytes));
	CHECK_STR(bytes, S("small"));
	CHECK_OK(media_get(t.new.db, arena, &t.now, refused.id, &there));
	CHECK_STR(there.state, S("refused"));
	CHECK_STR(
	    place_differs(arena, t.file, place_export(&t.new, t.network, &t.r)),
	    S(""));
}

/* ---- what stays ---- */

TEST(transfer_what_stays_behind_is_told)
{
	struct two t;
	struct transfer_lefts left;
	two_new(&t, arena, "else@soeby.example");
	CHECK_OK(transfer_left(t.old.db, arena, &t.then, &left));
	ptrdiff_t before = left.n;
	CHECK_OK(db_begin(t.old.db));
	CHECK_OK(db_script(t.old.db,
	    S("INSERT INTO api_token (org, network, id, hash, name, rights,"
	      " made_us, ends_us) SELECT org, network, id, x'00', 'x', 1, 1, 2"
	      " FROM network")));
	CHECK_OK(db_commit(t.old.db));
	CHECK_OK(transfer_left(t.old.db, arena, &t.then, &left));
	CHECK_INT(left.n, before + 1);
	for (ptrdiff_t i = 0; i < left.n; i++)
		CHECK(left.list[i].rows > 0 && left.list[i].why != NULL);
}

/* ---- many rows ---- */

enum { VOTES = 60000, LITTLE = 8 * 1024 * 1024 };

struct little {
	struct two *two;
	struct arena *arena;
	struct buf bytes; /* on another */
	bool in;
	enum err e;
};

static void
move_in_little(void *arg)
{
	struct little *l = arg;
	struct two *t = l->two;
	struct str rest = buf_str(&l->bytes);
	struct wire_in in = wire_from(&rest);
	struct wire_out out = {place_keep, &l->bytes};
	struct transfer_job job = {.dir = t->old.dir, .in = &in, .out = &out};
	l->e = l->in
	    ? transfer_import(t->new.db, l->arena, &t->new.program, &job, &t->r)
	    : transfer_export(t->old.db, l->arena, &t->then, &job, &t->r);
}

/* All of them together would take five times as much. */
TEST(transfer_memory_does_not_grow_with_the_rows)
{
	struct two t;
	struct little l = {.two = &t, .bytes = buf_new(arena, PLACE_BYTES)};
	two_new(&t, arena, "else@soeby.example");
	CHECK_OK(db_begin(t.old.db));
	CHECK_OK(db_script(t.old.db,
	    S("INSERT INTO vote (org, network, dialogue, seq, voter, statement,"
	      " vote, at_us) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
	      " SELECT i + 1 FROM n WHERE i < 60000) SELECT d.org, d.network,"
	      " d.id, 1000000 + n.i, 5000, n.i, 1, 7 FROM n, dialogue d"
	      " WHERE d.id = (SELECT MIN(id) FROM dialogue)")));
	CHECK_OK(db_commit(t.old.db));
	for (int i = 0; i < 2; i++) {
		l.in = i > 0;
		l.arena = arena_open(LITTLE);
		CHECK_OK(db_begin(l.in ? t.new.db : t.old.db));
		CHECK(arena_guard(l.arena, move_in_little, &l));
		CHECK_OK(l.e);
		CHECK(t.r.rows > VOTES);
		CHECK_OK(db_commit(l.in ? t.new.db : t.old.db));
		arena_close(l.arena);
	}
	CHECK(place_count(&t.new, "SELECT COUNT(*) FROM vote") > VOTES);
}
