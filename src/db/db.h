/* SPDX-License-Identifier: MPL-2.0 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/err.h"
#include "base/id.h"
#include "base/str.h"

/* db.h - one connection to a database, SQLite or PostgreSQL.
 *
 * One text a statement for both: values as $1..$n, times and ids as
 * parameters (doc/sql.md has the subset; tools/sqllist.c checks it).
 * Statements are string literals: they are prepared once a connection and
 * cached under their address.
 *
 * Rows are copied into the caller's arena before a call returns; no cursor
 * stays open.  A statement that breaks a UNIQUE constraint or a
 * primary or foreign key gives ERR_CONFLICT; a lost, busy or full database
 * ERR_UNAVAIL; anything else ERR_INTERNAL with the detail in the log.
 *
 * After a failed statement (finding nothing is no failure) its transaction is
 * good for nothing on either database: every later statement fails until
 * db_undo() or db_rollback().  So "insert unless it is there" is an ON CONFLICT
 * DO NOTHING and a look at *changed, not a second statement.
 *
 * A lost connection (and on SQLite one whose commit met an I/O error) is opened
 * again by the next call outside a transaction; ERR_UNAVAIL until then.
 *
 * Nothing runs longer than 2 s on DB_READ, 10 s on DB_WRITE (ERR_UNAVAIL).
 *
 * A connection belongs to one thread at a time.
 * Tests: tests/db/, every one on both databases.
 */
struct db;

enum db_kind { DB_SQLITE, DB_POSTGRES };

enum db_mode {
	DB_READ, /* refuses every write (query_only, READ ONLY) */
	DB_WRITE, /* SQLite: at most one in the whole process */
};

/* Where the data lies.  `url` empty: SQLite in DIR/samskab.db; else a libpq
 * URL "postgresql://...".  `dir` ":memory:" is one private SQLite database. */
struct db_place {
	struct str dir, url;
};

enum db_type { DB_END, DB_NULL_T, DB_INT_T, DB_REAL_T, DB_TEXT_T, DB_BLOB_T };

struct db_value {
	enum db_type type;
	int64_t i; /* DB_INT_T */
	double r; /* DB_REAL_T */
	struct str s; /* DB_TEXT_T; DB_BLOB_T and ids: raw bytes */
	struct id id; /* storage of DB_ID */
	bool is_id; /* a parameter: `id` holds the bytes */
};

/* Parameters.  An id that is not set, and DB_TEXT_OR_NULL of "", are NULL. */
#define DB_INT(x) ((struct db_value){.type = DB_INT_T, .i = (x)})
#define DB_REAL(x) ((struct db_value){.type = DB_REAL_T, .r = (x)})
#define DB_TEXT(x) ((struct db_value){.type = DB_TEXT_T, .s = (x)})
#define DB_BLOB(x) ((struct db_value){.type = DB_BLOB_T, .s = (x)})
#define DB_ID(x) \
	((struct db_value){.type = DB_BLOB_T, .id = (x), .is_id = true})
#define DB_HASH(h) DB_BLOB(((struct str){(const char *)(h).b, sizeof(h).b}))
#define DB_TEXT_OR_NULL(x) db_text_or_null(x)
#define DB_NULL ((struct db_value){.type = DB_NULL_T})
#define DB_NONE \
	((struct db_value){.type = DB_END}) /* a statement without any */

struct db_row {
	const struct db_value *value;
	ptrdiff_t n;
};

struct db_rows {
	const struct db_row *row;
	ptrdiff_t n;
};

enum err db_open(struct arena *process, const struct db_place *, enum db_mode,
    struct db **out) MUST_USE;
void db_close(struct db *); /* NULL is ok */
enum db_kind db_kind(const struct db *);

/* Runs a statement that gives no rows; *changed (NULL is ok) counts the rows
 * it touched. */
#define db_exec(db, sql, changed, ...)    \
	db_exec_v((db), (sql), (changed), \
	    (const struct db_value[]){__VA_ARGS__, {.type = DB_END}})
enum err db_exec_v(struct db *, const char *sql, int64_t *changed,
    const struct db_value *) MUST_USE;

/* Exactly the first row; ERR_NOT_FOUND when there is none. */
#define db_one(db, a, sql, row, ...)      \
	db_one_v((db), (a), (sql), (row), \
	    (const struct db_value[]){__VA_ARGS__, {.type = DB_END}})
enum err db_one_v(struct db *, struct arena *, const char *sql, struct db_row *,
    const struct db_value *) MUST_USE;

/* All rows (none is ok). */
#define db_all(db, a, sql, rows, ...)      \
	db_all_v((db), (a), (sql), (rows), \
	    (const struct db_value[]){__VA_ARGS__, {.type = DB_END}})
enum err db_all_v(struct db *, struct arena *, const char *sql,
    struct db_rows *, const struct db_value *) MUST_USE;

/* Reading a row; NULL reads as 0, "", {0}.  A wrong type is a bug. */
int64_t db_int(const struct db_row *, ptrdiff_t column);
double db_real(const struct db_row *, ptrdiff_t column);
struct str db_text(const struct db_row *, ptrdiff_t column);
struct str db_blob(const struct db_row *, ptrdiff_t column);
struct id db_id(const struct db_row *, ptrdiff_t column);
/* The ids in the first column of each row. */
struct ids db_ids(struct arena *, const struct db_rows *);
bool db_is_null(const struct db_row *, ptrdiff_t column);

struct db_value db_text_or_null(struct str);

/* Transactions.  On a DB_READ connection begin gives one snapshot for all that
 * is read until the end; it is taken by the first statement. */
enum err db_begin(struct db *) MUST_USE;
enum err db_commit(struct db *) MUST_USE; /* durable when it returns ERR_OK */
void db_rollback(struct db *);

/* One level within a transaction. */
enum err db_savepoint(struct db *) MUST_USE;
enum err db_release(struct db *) MUST_USE;
enum err db_undo(
    struct db *) MUST_USE; /* back to the savepoint, and drops it */

/* PostgreSQL says so at commit or before: the whole transaction may be run
 * again (40001, 40P01).  Reset by db_begin. */
bool db_retry(const struct db *);

/* Statements run since the connection opened: the budget of a page test. */
int64_t db_statements(const struct db *);

/* ---- so that what was deleted is nowhere in the files ---- */

/* SQLite: once this transaction is committed the log is emptied, unless a
 * reader is in its way.  PostgreSQL: nothing. */
void db_empty_log(struct db *);

/* PostgreSQL: writes a table and its indexes anew, without what was deleted
 * and with new statistics; outside a transaction, also on DB_READ.  Nobody
 * reads the table meanwhile: ERR_UNAVAIL when it is not free within a second.
 * SQLite: nothing, deleting overwrites (secure_delete). */
enum err db_rewrite(struct db *, const char *table) MUST_USE;

/* Tests, and migrations: several statements without parameters, as they are.
 * Not cached. */
enum err db_script(struct db *, struct str sql) MUST_USE;

/* Prepares a statement and says in the log why not. */
enum err db_prepare(struct db *, const char *sql) MUST_USE;

/* Makes a DB_WRITE connection refuse writes, and take them again: tests serve
 * reads and writes over one connection.  Outside a transaction only. */
enum err db_set_query_only(struct db *, bool on) MUST_USE;

/* SQLite's integrity_check and foreign_key_check: "" or what is wrong.  On
 * PostgreSQL, which has its own tools, only that it answers. */
enum err db_check(struct db *, struct arena *, struct str *fault) MUST_USE;

#endif
