/* SPDX-License-Identifier: MPL-2.0 */

/* What of a network is bound to a key, a person or a place, at another place;
 * and what is refused. */
#include "base/buf.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/contribution.h"
#include "model/dialogue_parts.h"
#include "model/job.h"
#include "model/media.h"
#include "model/network.h"
#include "model/round_seal.h"
#include "model/search.h"
#include "model/transfer_parts.h"
#include "tests/model/fixture.h"
#include "tests/model/transfer_place.h"

static const struct id nobody;

/* Two places: the worked example, and one with Else alone. */
struct two {
	struct place old, new;
	struct id network;
	struct str file;
	struct transfer_result r;
	struct actor then, now; /* the program, inside */
};

static void
two_new(struct two *t, struct arena *a, const char *mail)
{
	place_new(&t->old, a, DB_SQLITE);
	place_new(&t->new, a, DB_SQLITE);
	t->network = place_example(&t->old);
	place_empty(&t->new, mail);
	t->then = actor_inside(&t->old.program, t->network);
	t->now = actor_inside(&t->new.program, t->network);
}

static void
two_move(struct two *t)
{
	t->file = place_export(&t->old, t->network, &t->r);
	CHECK_OK(place_import(&t->new, t->file, nobody, &t->r));
}

static int64_t
count(struct place *p, const char *sql)
{
	struct db_row row;
	CHECK_OK(db_one(p->db, p->arena, sql, &row, DB_NONE));
	return db_int(&row, 0);
}

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
	CHECK_INT(count(&t.new,
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
	CHECK_INT(count(&t.new,
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

enum { SIZE = 2 * MEDIA_PIECE + 777 };

static struct media
add_media(struct two *t, struct arena *a, ptrdiff_t size)
{
	struct media m = {.id = id_new(NOW_US),
	    .contribution = id_new(NOW_US),
	    .name = S("Karens have.jpg"),
	    .size = SIZE};
	struct buf b = buf_new(a, SIZE + 64);
	CHECK_OK(media_begin(t->old.db, a, &t->then, &m));
	buf_add(&b, S("\xff\xd8\xff\xe0"));
	for (int i = 0; b.n < SIZE; i++)
		buf_fmt(&b, "KANARIEFUGL %d ", i);
	for (ptrdiff_t at = 0; at < size; at += MEDIA_PIECE) {
		struct media_piece piece = {m.id, t->old.dir, at,
		    str_sub(buf_str(&b), at,
			at + MEDIA_PIECE < SIZE ? at + MEDIA_PIECE : SIZE)};
		CHECK_OK(media_add(t->old.db, a, &t->then, &piece, &m));
	}
	return m;
}

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
	struct media whole = add_media(&t, arena, SIZE);
	struct media half = add_media(&t, arena, MEDIA_PIECE);
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
	/* sealed there too */
	CHECK(str_find(t.file, S("KANARIEFUGL 7 ")) >= 0);
}

static enum err
export_fault(struct two *t, const char **fault)
{
	struct buf b = buf_new(t->old.arena, PLACE_BYTES);
	struct wire_out out = {place_keep, &b};
	struct transfer_job job = {.dir = t->old.dir, .out = &out};
	enum err e =
	    transfer_export(t->old.db, t->old.arena, &t->then, &job, &t->r);
	*fault = t->r.fault;
	return e;
}

TEST(transfer_a_media_file_that_is_gone_is_told)
{
	struct two t;
	const char *fault = NULL;
	two_new(&t, arena, "else@soeby.example");
	struct media m = add_media(&t, arena, SIZE);
	CHECK_OK(export_fault(&t, &fault));
	CHECK(fault == NULL);
	struct media_file f = media_kept(&m, &t.then, t.old.dir);
	CHECK_OK(media_file_drop(arena, &f));
	CHECK_INT(export_fault(&t, &fault), ERR_NOT_FOUND);
	CHECK_HAS(str_c(fault), S("missing or damaged"));
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

/* ---- what is refused ---- */

TEST(transfer_a_chain_that_was_meddled_with_is_not_made_anew)
{
	struct two t;
	const char *fault = NULL;
	two_new(&t, arena, "else@soeby.example");
	CHECK_OK(db_begin(t.old.db));
	CHECK_OK(db_script(
	    t.old.db, S("UPDATE audit SET action = 'told' WHERE seq = 7")));
	CHECK_OK(db_commit(t.old.db));
	CHECK_INT(export_fault(&t, &fault), ERR_CONFLICT);
	CHECK_HAS(str_c(fault), S("meddled"));
}

TEST(transfer_what_is_sealed_for_another_key_is_not_moved)
{
	struct two t;
	const char *fault = NULL;
	two_new(&t, arena, "else@soeby.example");
	t.then.keys = &t.new.keys;
	CHECK_INT(export_fault(&t, &fault), ERR_CONFLICT);
	CHECK_HAS(str_c(fault), S("do not open"));
}

static void
check_refused(struct two *t, struct str file, enum err want, const char *why)
{
	CHECK_INT(place_import(&t->new, file, nobody, &t->r), want);
	CHECK_HAS(str_c(t->r.fault), str_c(why));
}

/* The file with another whole number in its head. */
static struct str
with_schema(struct arena *a, struct str file, int add)
{
	char *p = arena_new(a, char, file.n);
	memcpy(p, file.p, (size_t)file.n);
	p[3 + 9 + 1] = (char)(p[3 + 9 + 1] + add);
	return (struct str){p, file.n};
}

TEST(transfer_a_file_of_another_schema_is_refused)
{
	struct two t;
	two_new(&t, arena, "else@soeby.example");
	t.file = place_export(&t.old, t.network, &t.r);
	check_refused(&t, with_schema(arena, t.file, 1), ERR_INVALID, "newer");
	check_refused(&t, with_schema(arena, t.file, -1), ERR_INVALID, "older");
	CHECK_OK(place_import(&t.new, t.file, nobody, &t.r));
	check_refused(&t, t.file, ERR_CONFLICT, "already");
}

static ptrdiff_t
files_in(struct place *p)
{
	ptrdiff_t n = 0;
	struct media_file any = {.dir = p->dir, .org = p->org.id};
	for (int digit = 0; digit < 16; digit++) {
		struct hashes all;
		CHECK_OK(
		    media_file_list(p->arena, &any, digit, INT64_MAX, &all));
		n += all.n;
	}
	return n;
}

/* Whatever it is cut behind: no row, no file, and what was there is there. */
TEST(transfer_a_file_that_is_cut_short_changes_nothing)
{
	struct two t;
	two_new(&t, arena, "else@soeby.example");
	add_media(&t, arena, SIZE);
	t.file = place_export(&t.old, t.network, &t.r);
	int64_t audits = count(&t.new, "SELECT COUNT(*) FROM audit");
	for (int i = 1; i <= 8; i++) {
		struct str cut = str_sub(
		    t.file, 0, i == 8 ? t.file.n - 1 : t.file.n / 8 * i);
		CHECK_INT(place_import(&t.new, cut, nobody, &t.r), ERR_INVALID);
		CHECK_INT(count(&t.new, "SELECT COUNT(*) FROM network"), 0);
		CHECK_INT(count(&t.new, "SELECT COUNT(*) FROM person"), 0);
		CHECK_INT(count(&t.new, "SELECT COUNT(*) FROM account"), 1);
		CHECK_INT(count(&t.new, "SELECT COUNT(*) FROM audit"), audits);
		CHECK_INT(files_in(&t.new), 0);
	}
	CHECK_OK(place_import(&t.new, t.file, nobody, &t.r));
	CHECK_INT(files_in(&t.new), 1);
	CHECK_INT(count(&t.new, "SELECT COUNT(*) FROM network"), 1);
}
