/* SPDX-License-Identifier: MPL-2.0 */
#ifndef DB_TABLES_H
#define DB_TABLES_H

#include "db/migrate.h"

/* tables.h - the tables of a schema, read from the texts of its migrations.
 *
 * For what has to treat every table alike and may forget none.  Tables stand in
 * the order they are made in, so one comes behind all that its foreign keys
 * name; columns in the order of the tables, those added later last.  A table
 * that is renamed or dropped is followed; a column that is taken away is not:
 * there is none.
 * Linear in the texts.  Tests: tests/db/tables.c
 */
enum column_type {
	COLUMN_ID,
	COLUMN_INT,
	COLUMN_REAL,
	COLUMN_TEXT,
	COLUMN_BYTES,
	COLUMN_OTHER, /* one database's own: tsvector */
};

struct column {
	struct str name;
	enum column_type type;
};

struct table {
	struct str name;
	struct column *column;
	ptrdiff_t n;
	struct str *key; /* names of the primary key's columns */
	ptrdiff_t n_key;
};

struct tables {
	struct table *list;
	ptrdiff_t n;
};

/* On the arena; names lie in the texts of `all`. */
struct tables tables_of(struct arena *, struct migrations all, enum db_kind);

/* NULL: none. */
const struct table *tables_find(const struct tables *, struct str name);

/* Its place; -1: not one of the table's. */
ptrdiff_t table_column(const struct table *, struct str name);

#endif
