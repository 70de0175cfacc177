/* SPDX-License-Identifier: MPL-2.0 */

/* What lies in the vault, in the database's own files, and what opens it.
 * That it gives back what it was given is tests/model/people.c. */
#include "model/vault.h"

#include <dirent.h>

#include "base/buf.h"
#include "model/outbox.h"
#include "model/schema.h"
#include "tests/model/fixture.h"

static struct vault_entry
get(struct world *w, struct id person)
{
	struct vault_entry entry;
	CHECK_OK(vault_get(w->db, w->arena, &w->program, person, &entry));
	return entry;
}

static void
put(struct world *w, struct id person, const char *name, const char *mail)
{
	struct vault_entry entry = {.name = str_c(name), .mail = str_c(mail)};
	CHECK_OK(vault_put(w->db, w->arena, &w->program, person, entry));
}

/* Columns wrapped_key, name, mail, mail_hash. */
static struct db_row
row_of(struct world *w, struct id person)
{
	struct db_row row;
	CHECK_OK(db_one(w->db, w->arena,
	    "SELECT wrapped_key, name, mail, mail_hash FROM vault"
	    " WHERE org = $1 AND person = $2",
	    &row, DB_ID(w->org.id), DB_ID(person)));
	return row;
}

static const char SET_KEY[] =
    "UPDATE vault SET wrapped_key = $3 WHERE org = $1 AND person = $2";
static const char SET_NAME[] =
    "UPDATE vault SET name = $3 WHERE org = $1 AND person = $2";

static void
set(struct world *w, struct id person, const char *sql, struct str box)
{
	CHECK_OK(db_exec(
	    w->db, sql, NULL, DB_ID(w->org.id), DB_ID(person), DB_BLOB(box)));
}

/* ---- what opens a box ---- */

/* Whoever can write to the database cannot give one person the name of
 * another, or show a name where a mail address stands. */
TEST_DB(vault_boxes_are_of_no_use_elsewhere)
{
	struct world w;
	world_new(&w, arena, db);
	struct db_row ali = row_of(&w, w.ali), lis = row_of(&w, w.lis);
	set(&w, w.ali, SET_NAME, db_blob(&lis, 1));
	CHECK_STR(get(&w, w.ali).name, S(""));
	CHECK_STR(get(&w, w.ali).mail, S("ali@fjordby.example"));
	set(&w, w.ali, SET_KEY, db_blob(&lis, 0)); /* with its key */
	CHECK_STR(get(&w, w.ali).name, S(""));
	set(&w, w.ali, SET_KEY, db_blob(&ali, 0));
	set(&w, w.ali, SET_NAME, db_blob(&ali, 2));
	CHECK_STR(get(&w, w.ali).name, S(""));
	set(&w, w.ali, SET_NAME, db_blob(&ali, 1)); /* the twin: as it was */
	CHECK_STR(get(&w, w.ali).name, S("Ali Øst"));
}

/* The installation's key alone does not open a name: each has its own. */
TEST_DB(vault_name_is_gone_with_its_own_key)
{
	struct world w;
	world_new(&w, arena, db);
	struct db_row before = row_of(&w, w.ali);
	put(&w, w.ali, "Ali Vest", "ali@fjordby.example");
	struct db_row after = row_of(&w, w.ali);
	CHECK(!str_eq(db_blob(&before, 0), db_blob(&after, 0)));
	CHECK_STR(get(&w, w.ali).name, S("Ali Vest"));
	set(&w, w.ali, SET_NAME, db_blob(&before, 1));
	CHECK_STR(get(&w, w.ali).name, S("")); /* its key is destroyed */
	set(&w, w.ali, SET_KEY, db_blob(&before, 0));
	CHECK_STR(get(&w, w.ali).name, S("Ali Øst"));
}

TEST_DB(vault_without_the_row_knows_nobody)
{
	struct world w;
	struct vault_entry entry;
	struct vault_names names;
	struct id person = id_new(NOW_US), found;
	world_new(&w, arena, db);
	put(&w, person, "Karen Borger", "karen@by.example");
	CHECK_OK(vault_find_mail(
	    db, arena, &w.program, S("karen@by.example"), &found));
	CHECK_OK(vault_names(db, arena, &w.program, &names));
	CHECK_INT(names.n, 3); /* she has no account */
	CHECK_STR(vault_name_of(&names, person), S(""));
	CHECK_STR(vault_name_of(&names, w.lis), S("Lis Ås"));
	CHECK_OK(db_exec(db, "DELETE FROM vault WHERE org = $1 AND person = $2",
	    NULL, DB_ID(w.org.id), DB_ID(person)));
	CHECK_INT(
	    vault_get(db, arena, &w.program, person, &entry), ERR_NOT_FOUND);
	CHECK_INT(vault_find_mail(
		      db, arena, &w.program, S("karen@by.example"), &found),
	    ERR_NOT_FOUND);
}

/* ---- looking up by mail ---- */

static struct actor
in_other_org(struct world *w)
{
	struct org other = {.id = id_new(NOW_US + 1), .name = S("Region G")};
	CHECK_OK(org_create(w->db, w->arena, other, NOW_US));
	return actor_program(other.id, &w->keys, NOW_US);
}

TEST_DB(vault_mail_is_looked_up_by_a_keyed_hash_of_the_organisation)
{
	static const struct key other_key = {{8}};
	struct world w;
	struct id found, person = id_new(NOW_US);
	struct str mail = S("mette@fjordby.example");
	struct vault_entry entry = {.name = S("En anden"), .mail = mail};
	world_new(&w, arena, db);
	struct actor there = in_other_org(&w);
	CHECK_INT(
	    vault_find_mail(db, arena, &there, mail, &found), ERR_NOT_FOUND);
	CHECK_OK(vault_put(db, arena, &there, person, entry));
	CHECK_OK(vault_find_mail(db, arena, &there, mail, &found));
	CHECK(id_eq(found, person));
	CHECK_OK(vault_find_mail(db, arena, &w.program, mail, &found));
	CHECK(id_eq(found, w.mette));

	struct db_rows rows;
	CHECK_OK(db_all(db, arena,
	    "SELECT mail_hash FROM vault WHERE org = $1 AND person = $2"
	    " UNION ALL"
	    " SELECT mail_hash FROM vault WHERE org = $3 AND person = $4",
	    &rows, DB_ID(w.org.id), DB_ID(w.mette), DB_ID(there.org),
	    DB_ID(person)));
	CHECK_INT(rows.n, 2);
	struct str one = db_blob(&rows.row[0], 0);
	struct hash plain = hash_of(mail);
	CHECK_INT(one.n, HASH_BYTES);
	CHECK(!str_eq(one, db_blob(&rows.row[1], 0)));
	CHECK(!str_eq(one, hash_bytes(arena, plain)));
	/* Without the key nobody can try out addresses. */
	struct keys keys = keys_derive(&other_key);
	struct actor thief = w.program;
	thief.keys = &keys;
	CHECK_INT(
	    vault_find_mail(db, arena, &thief, mail, &found), ERR_NOT_FOUND);
}

TEST_DB(vault_people_without_an_address_do_not_meet)
{
	struct world w;
	struct id one = id_new(NOW_US), two = id_new(NOW_US), found;
	world_new(&w, arena, db);
	put(&w, one, "Karen", "");
	put(&w, two, "Jens", "");
	CHECK_STR(get(&w, two).name, S("Jens"));
	CHECK_STR(get(&w, two).mail, S(""));
	CHECK_INT(vault_find_mail(db, arena, &w.program, S(""), &found),
	    ERR_NOT_FOUND);
}

/* ---- the files of SQLite ---- */

/* Every file of the folder, one after another. */
static struct str
files_of(struct arena *a, struct str dir)
{
	struct buf b = buf_new(a, 64 * 1024 * 1024);
	DIR *d = opendir(str_cstr(a, dir));
	CHECK(d != NULL);
	for (struct dirent *at; (at = readdir(d)) != NULL;) {
		struct str path =
		    str_fmt(a, "%.*s/%s", STR_ARG(dir), at->d_name);
		if (at->d_name[0] != '.')
			buf_add(&b, test_file(a, str_cstr(a, path)));
	}
	closedir(d);
	CHECK(b.n > 0 && !b.full);
	return buf_str(&b);
}

static struct str
lower(struct arena *a, struct str s)
{
	char *p = arena_new(a, char, s.n);
	for (ptrdiff_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z'
		    ? (char)(s.p[i] + ('a' - 'A'))
		    : s.p[i];
	return (struct str){p, s.n};
}

static void
check_no_name(struct arena *a, struct str dir)
{
	static const char *const names[] = {"mette", "holm", "fjordby.example",
	    "lis ås", "ali øst", "hemmelig linje"};
	struct str bytes = lower(a, files_of(a, dir));
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++)
		CHECK_LACKS(bytes, str_c(names[i]));
	/* The twin: what is not sealed is found by the same search. */
	CHECK_HAS(bytes, S("pårørende i ældreplejen"));
}

static struct db *
open_files(struct world *w, struct arena *a, struct db_place *place)
{
	struct db *db = NULL;
	*place = test_place(a, DB_SQLITE);
	CHECK_OK(db_open(a, place, DB_WRITE, &db));
	CHECK_OK(schema_up(db, a, NOW_US));
	world_new(w, a, db);
	return db;
}

/* In the database, its log, and what lies beside them; also of mail. */
TEST(vault_files_hold_no_name_in_clear)
{
	struct world w;
	struct db_place place;
	struct db *db = open_files(&w, arena, &place);
	struct mail mail = {.kind = S("signin"),
	    .to = S("mette@fjordby.example"),
	    .subject = S("Hemmelig linje"),
	    .body = S("Hej Mette Holm")};
	CHECK_OK(mail_add(db, arena, &w.program, &mail));
	check_no_name(arena, place.dir);
	db_close(db);
	check_no_name(arena, place.dir);
}

/* What is destroyed is not merely unlinked: the bytes are overwritten. */
TEST(vault_files_forget_a_key_that_is_destroyed)
{
	struct world w;
	struct db_place place;
	struct id person = id_new(NOW_US);
	struct db *db = open_files(&w, arena, &place);
	put(&w, person, "Karen Borger", "karen@by.example");
	struct db_row row = row_of(&w, person);
	db_close(db);
	for (ptrdiff_t i = 0; i < 4; i++)
		CHECK_HAS(files_of(arena, place.dir), db_blob(&row, i));
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(db_exec(db, "DELETE FROM vault WHERE org = $1 AND person = $2",
	    NULL, DB_ID(w.org.id), DB_ID(person)));
	db_close(db);
	for (ptrdiff_t i = 0; i < 4; i++)
		CHECK_LACKS(files_of(arena, place.dir), db_blob(&row, i));
}

static struct str
plan_of(struct db *db, struct arena *a)
{
	struct db_rows plan;
	CHECK_OK(db_all(db, a,
	    "EXPLAIN QUERY PLAN SELECT wrapped_key FROM vault"
	    " WHERE org = $1 AND phone_hash = $2",
	    &plan, DB_ID(id_new(NOW_US)), DB_BLOB(S("x"))));
	CHECK_INT(plan.n, 1);
	return db_text(&plan.row[0], 3);
}

/* A look for a person goes by its index, not through the organisation, also
 * while the tables are empty.  The twin is what SQLite guesses without. */
TEST(vault_is_searched_by_its_indexes)
{
	struct world w;
	struct db_place place;
	struct db *db = open_files(&w, arena, &place);
	CHECK_HAS(plan_of(db, arena), S("vault_phone"));
	CHECK_OK(db_script(db, S("DELETE FROM sqlite_stat1")));
	db_close(db);
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_LACKS(plan_of(db, arena), S("vault_phone"));
	db_close(db);
}
