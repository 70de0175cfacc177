/* SPDX-License-Identifier: MPL-2.0 */
#include "db/tables.h"

#include "tests/test.h"

static struct tables
read_text(struct arena *a, struct str text)
{
	struct migration *one = arena_new(a, struct migration, 1);
	*one = (struct migration){1, S("one"), text, text};
	return tables_of(a, (struct migrations){one, 1}, DB_SQLITE);
}

TEST(tables_columns_types_and_keys_are_read)
{
	struct tables all = read_text(arena,
	    S("-- a table (of no use)\n"
	      "CREATE TABLE horse (\n"
	      "\torg :id NOT NULL,\n"
	      "\tname TEXT NOT NULL,           -- short, tall\n"
	      "\t\t\t\t      -- or wide\n"
	      "\tlegs :int NOT NULL, weight :real,\n"
	      "\tPRIMARY KEY (org, name),\n"
	      "\tUNIQUE (org, legs)\n"
	      "\t, FOREIGN KEY (org) REFERENCES organisation (org)\n"
	      ") :strict;\n"
	      "CREATE INDEX horse_legs ON horse (org, legs)\n"
	      "\tWHERE legs > 4;\n"
	      "ALTER TABLE horse ADD COLUMN seal :bytes; -- later\n"));
	CHECK_INT(all.n, 1);
	const struct table *t = tables_find(&all, S("horse"));
	CHECK(t != NULL && tables_find(&all, S("cow")) == NULL);
	CHECK_INT(t->n_key, 2);
	CHECK_STR(t->key[1], S("name"));
	CHECK_INT(t->column[table_column(t, S("org"))].type, COLUMN_ID);
	CHECK_INT(t->column[table_column(t, S("name"))].type, COLUMN_TEXT);
	CHECK_INT(t->column[table_column(t, S("legs"))].type, COLUMN_INT);
	CHECK_INT(t->column[table_column(t, S("seal"))].type, COLUMN_BYTES);
	CHECK_INT(table_column(t, S("UNIQUE")), -1);
}

/* One that is made anew with another key has the columns it has now. */
TEST(tables_that_are_renamed_and_dropped_are_followed)
{
	struct tables all = read_text(arena,
	    S("CREATE TABLE horse (\n\tname TEXT NOT NULL PRIMARY KEY\n) "
	      ":strict;\n"
	      "CREATE TABLE cow (\n\tname TEXT NOT NULL PRIMARY KEY\n);\n"
	      "DROP INDEX horse_legs;\n"
	      "ALTER TABLE horse RENAME TO horse_before;\n"
	      "CREATE TABLE horse (\n\tname TEXT NOT NULL,\n"
	      "\tlegs :int NOT NULL,\n\tPRIMARY KEY (name, legs)\n);\n"
	      "INSERT INTO horse (name, legs)\n"
	      "\tSELECT name, 4 FROM horse_before;\n"
	      "DROP TABLE horse_before;\n"));
	CHECK_INT(all.n, 2);
	CHECK(tables_find(&all, S("horse_before")) == NULL);
	const struct table *t = tables_find(&all, S("horse"));
	CHECK(t != NULL && tables_find(&all, S("cow")) != NULL);
	CHECK_INT(t->n, 2);
	CHECK_INT(t->n_key, 2);
}

static int64_t
columns_here(struct db *db, struct arena *a, struct str table)
{
	struct db_row row;
	bool lite = db_kind(db) == DB_SQLITE;
	CHECK_OK(db_one(db, a,
	    lite ? "SELECT length(m.sql) - length(replace(m.sql, ',', '')) + 1"
		   " FROM sqlite_schema m WHERE m.type = 'table'"
		   " AND m.name = $1"
		 : "SELECT COUNT(*) FROM information_schema.columns"
		   " WHERE table_schema = current_schema() AND table_name = $1",
	    &row, DB_TEXT(table)));
	return db_int(&row, 0);
}

/* All columns of all tables can be asked for, and PostgreSQL counts no more. */
TEST_DB(tables_of_the_migrations_are_those_of_the_database)
{
	struct tables all = tables_of(arena, migrate_embedded(), db_kind(db));
	CHECK(all.n > 100);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct table *t = &all.list[i];
		struct str sql =
		    str_cat(arena, S("SELECT "), t->column[0].name);
		for (ptrdiff_t c = 1; c < t->n; c++)
			sql = STR_JOIN(arena, sql, S(", "), t->column[c].name);
		sql = STR_JOIN(arena, sql, S(" FROM "), t->name);
		CHECK_OK(db_script(db, sql));
		CHECK(t->n_key > 0);
		if (db_kind(db) == DB_POSTGRES)
			CHECK_INT(columns_here(db, arena, t->name), t->n);
		else
			CHECK(columns_here(db, arena, t->name) >= t->n);
	}
	CHECK(db_script(db, S("SELECT nix FROM network")) != ERR_OK);
}
