/* SPDX-License-Identifier: MPL-2.0 */

/* What is declared of each table and column is what the schema has, and a
 * person gets what is about them (model/datamap.h). */
#include "model/datamap.h"

#include <stdlib.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "model/dossier.h"
#include "tests/model/fixture.h"

/* Those that SQLite makes for its index of words are left out. */
static const char SQL_TABLES_LITE[] =
    "SELECT m.name, m.sql FROM sqlite_schema m"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    " AND (m.name NOT LIKE 'search_words_%' OR m.name = 'search_words_doc')"
    " AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name";

static const char SQL_COLUMNS_PG[] =
    "SELECT c.table_name::text, c.column_name::text"
    " FROM information_schema.columns c WHERE"
    " c.table_schema = current_schema()"
    " ORDER BY c.table_name, c.ordinal_position";

struct column {
	struct str table, name;
};

struct columns {
	struct column *list;
	ptrdiff_t n;
};

enum { COLUMNS_MOST = 4000 };

static void
add_column(struct columns *all, struct str table, struct str name)
{
	CHECK(all->n < COLUMNS_MOST);
	all->list[all->n++] = (struct column){table, name};
}

/* The words that begin a line of a table and are no column. */
static bool
is_key(struct str word)
{
	static const char *const keys[] = {
	    "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CREATE", ")"};
	for (ptrdiff_t i = 0; i < COUNT_OF(keys); i++) {
		if (str_starts(word, str_c(keys[i])))
			return true;
	}
	return false;
}

/* SQLite keeps a table's text: what stands between its commas begins with the
 * column.  A comment may stand before it. */
static void
read_table(
    struct arena *a, struct columns *all, struct str table, struct str text)
{
	struct buf plain = buf_new(a, text.n + 1);
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');
		ptrdiff_t note = str_find(line, S("--"));
		buf_add(&plain, note < 0 ? line : str_sub(line, 0, note));
		buf_byte(&plain, ' ');
	}
	struct str rest = buf_str(&plain);
	(void)str_cut(&rest, '(');
	for (int depth = 0; rest.n > 0;) {
		struct str one = rest;
		ptrdiff_t n = 0;
		for (; n < rest.n && (depth > 0 || rest.p[n] != ','); n++)
			depth += (rest.p[n] == '(') - (rest.p[n] == ')');
		one = str_trim(str_sub(rest, 0, n));
		rest = str_sub(rest, n + 1, rest.n);
		one = str_cut(&one, ' ');
		if (one.n > 0 && !is_key(one))
			add_column(all, table, one);
		if (depth < 0)
			break;
	}
}

static struct columns
columns_of(struct arena *a, struct db *db)
{
	struct db_rows rows;
	bool lite = db_kind(db) == DB_SQLITE;
	struct columns all = {arena_new(a, struct column, COLUMNS_MOST), 0};
	CHECK_OK(db_all(
	    db, a, lite ? SQL_TABLES_LITE : SQL_COLUMNS_PG, &rows, DB_NONE));
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct str table = db_text(&rows.row[i], 0);
		struct str text = db_text(&rows.row[i], 1);
		if (lite)
			read_table(a, &all, table, text);
		else
			add_column(&all, table, text);
	}
	CHECK(all.n > 800);
	return all;
}

/* The first "table.column" that datamap.def has no word for, or "". */
static struct str
without_word(struct arena *a, struct db *db)
{
	struct columns all = columns_of(a, db);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		struct str table = all.list[i].table;
		struct str column = all.list[i].name;
		const struct datamap_table *t = datamap_find(table);
		if (t == NULL || datamap_sort(t, column) == NULL)
			return STR_JOIN(a, table, S("."), column);
	}
	return S("");
}

/* What leads to somebody: a table with one of these tells how, or why not. */
static bool
leads_to_a_person(struct str column)
{
	static const char *const names[] = {"person", "vault", "contribution",
	    "pledge", "voter", "who", "author"};
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++) {
		if (str_eq(str_c(names[i]), column))
			return true;
	}
	return false;
}

/* Staff's own, by the same name. */
static bool
of_staff(struct str table)
{
	return str_eq(table, S("contact")) || str_eq(table, S("documentation"));
}

/* The first table about people that a person neither gets nor is told why. */
static struct str
left_out(struct arena *a, struct db *db)
{
	struct columns all = columns_of(a, db);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		struct str table = all.list[i].table;
		const struct datamap_table *t = datamap_find(table);
		if (!leads_to_a_person(all.list[i].name) || of_staff(table))
			continue;
		if (t == NULL || (t->reach == NULL && t->apart == NULL))
			return table;
	}
	return S("");
}

TEST_DB(datamap_has_a_word_for_every_column)
{
	CHECK_STR(without_word(arena, db), S(""));
}

TEST_DB(datamap_every_table_about_people_is_given_or_says_why_not)
{
	CHECK_STR(left_out(arena, db), S(""));
}

/* The twin: a table that somebody added, about people. */
TEST(datamap_a_planted_table_and_column_are_found)
{
	struct db *db;
	struct db_place place = {.dir = S(":memory:")};
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(migrate_up(db, arena, migrate_embedded(), 1));
	CHECK_STR(without_word(arena, db), S(""));
	CHECK_STR(left_out(arena, db), S(""));
	struct migration more[] = {
	    {9998, S("x"),
		S("CREATE TABLE zdiary (org BLOB NOT NULL, person BLOB,"
		  " PRIMARY KEY (org));"),
		S("")},
	    {9999, S("y"), S("ALTER TABLE erasure ADD COLUMN mood TEXT;"),
		S("")}};
	struct migrations have = migrate_embedded();
	struct migration *list = arena_new(arena, struct migration, have.n + 2);
	memcpy(list, have.list, (size_t)have.n * sizeof *list);
	memcpy(list + have.n, more, sizeof more);
	CHECK_OK(
	    migrate_up(db, arena, (struct migrations){list, have.n + 1}, 1));
	CHECK_STR(left_out(arena, db), S("zdiary"));
	CHECK_STR(without_word(arena, db), S("zdiary.org"));
	CHECK_OK(
	    migrate_up(db, arena, (struct migrations){list, have.n + 2}, 1));
	CHECK_STR(without_word(arena, db), S("erasure.mood"));
	db_close(db);
}

static bool
is_column(const struct columns *all, const char *table, struct str column)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(all->list[i].table, str_c(table)) &&
		    str_eq(all->list[i].name, column))
			return true;
	}
	return false;
}

/* No word is left of a column that is no more. */
TEST(datamap_names_no_column_that_is_not_there)
{
	struct db *db;
	struct db_place place = {.dir = S(":memory:")};
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(migrate_up(db, arena, migrate_embedded(), 1));
	struct columns all = columns_of(arena, db);
	struct datamap map = datamap();
	for (ptrdiff_t i = 0; i < map.n; i++) {
		const struct datamap_table *t = &map.list[i];
		const char *of[] = {t->shown, t->times, t->staff, t->named,
		    t->sealed, t->inner};
		/* Each database has its own index of words. */
		if (str_starts(str_c(t->table), S("search_")))
			continue;
		for (ptrdiff_t g = 0; g < COUNT_OF(of); g++) {
			struct str rest = str_c(of[g]);
			while (rest.n > 0) {
				struct str one = datamap_next(&rest);
				CHECK(is_column(
				    &all, t->table, str_cut(&one, ':')));
			}
		}
	}
	db_close(db);
}

TEST_DB(datamap_what_a_person_gets_is_prepared_and_has_a_label)
{
	struct datamap map = datamap();
	ptrdiff_t given = 0;
	for (ptrdiff_t i = 0; i < map.n; i++) {
		const struct datamap_table *t = &map.list[i];
		const char *of[] = {t->shown, t->times, t->staff, t->named};
		CHECK(datamap_purpose(t->purpose) != NULL);
		CHECK(datamap_readers(t->readers) != NULL);
		CHECK(datamap_rule(t) != NULL);
		CHECK(t->reach == NULL || t->apart == NULL);
		if (t->reach == NULL)
			continue;
		given++;
		CHECK(datamap_label(t) != NULL);
		if (db_prepare(db, dossier_sql(i)) != ERR_OK)
			CHECK_STR(str_c(dossier_sql(i)), S(""));
		for (ptrdiff_t g = 0; g < COUNT_OF(of); g++) {
			struct str rest = str_c(of[g]);
			while (rest.n > 0) {
				struct str one = datamap_next(&rest);
				CHECK(
				    datamap_column(str_cut(&one, ':')) != NULL);
			}
		}
	}
	CHECK(given >= 36);
	CHECK_INT(datamap_column(S("no_such_column")) != NULL, false);
}
