/* SPDX-License-Identifier: MPL-2.0 */
#include "db/backend.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

enum { REWRITE_BYTES = 120 };

struct db {
	struct arena *arena;
	const struct db_backend *on;
	struct db_conn *conn;
	bool begun, saved;
	bool due; /* begun, but the database was not told yet */
	enum err failed; /* what ended this transaction before its time */
	bool retry;
	bool emptying; /* the log, once this is committed */
	int64_t statements;
};

enum err
db_open(struct arena *process, const struct db_place *place, enum db_mode mode,
    struct db **out)
{
	struct arena *a = arena_scratch(process);
	struct db *db = arena_new(a, struct db, 1);
	*db = (struct db){
	    .arena = a,
	    .on = place->url.n > 0 ? &db_postgres : &db_sqlite,
	};
	enum err e = db->on->open(a, place, mode, &db->conn);
	if (e != ERR_OK) {
		arena_close(a);
		return e;
	}
	*out = db;
	return ERR_OK;
}

void
db_close(struct db *db)
{
	if (db != NULL)
		arena_close(db->arena);
}

enum db_kind
db_kind(const struct db *db)
{
	return db->on->kind;
}

/* Whether a call may run: not after a failure in the same transaction, and on
 * a live connection. */
static enum err
ready(struct db *db)
{
	if (db->failed != ERR_OK) {
		log_event(LOG_WARN, "db_after_failure",
		    LOG_STR("first", str_c(err_name(db->failed))));
		return db->failed == ERR_UNAVAIL ? ERR_UNAVAIL : ERR_INTERNAL;
	}
	if (db->begun || !db->conn->lost)
		return ERR_OK;
	return db->on->reopen(db->conn);
}

/* Keeps what came of a call within a transaction. */
static enum err
settle(struct db *db, enum err e)
{
	if (e == ERR_OK)
		return ERR_OK;
	db->retry = db->retry || db->conn->retry;
	if (db->begun && db->failed == ERR_OK)
		db->failed = e;
	return e;
}

/* A transaction that only reads begins with its first statement: many a page
 * needs none. */
static enum err
begin_now(struct db *db)
{
	if (!db->due)
		return ERR_OK;
	db->due = false;
	return settle(db, db->on->control(db->conn, DB_BEGIN));
}

static enum err
run(struct db *db, struct db_call *call)
{
	enum err e = ready(db);
	if (e == ERR_OK)
		e = begin_now(db);
	if (e != ERR_OK)
		return e;
	db->statements++;
	while (call->param[call->n_params].type != DB_END)
		call->n_params++;
	assert(call->n_params <= DB_MAX_PARAMS);
	return settle(db, db->on->run(db->conn, call));
}

enum err
db_exec_v(struct db *db, const char *sql, int64_t *changed,
    const struct db_value *param)
{
	struct db_call call = {.sql = sql, .param = param};
	enum err e = run(db, &call);
	if (changed != NULL)
		*changed = e == ERR_OK ? call.changed : 0;
	return e;
}

enum err
db_one_v(struct db *db, struct arena *a, const char *sql, struct db_row *row,
    const struct db_value *param)
{
	struct db_call call = {
	    .sql = sql, .param = param, .arena = a, .max_rows = 1};
	*row = (struct db_row){0};
	enum err e = run(db, &call);
	if (e != ERR_OK)
		return e;
	if (call.rows.n == 0)
		return ERR_NOT_FOUND;
	*row = call.rows.row[0];
	return ERR_OK;
}

enum err
db_all_v(struct db *db, struct arena *a, const char *sql, struct db_rows *rows,
    const struct db_value *param)
{
	struct db_call call = {
	    .sql = sql, .param = param, .arena = a, .max_rows = PTRDIFF_MAX};
	*rows = (struct db_rows){0};
	enum err e = run(db, &call);
	if (e == ERR_OK)
		*rows = call.rows;
	return e;
}

/* ---- transactions ---- */

enum err
db_begin(struct db *db)
{
	assert(!db->begun);
	db->failed = ERR_OK;
	db->retry = false;
	enum err e = ready(db);
	db->due = e == ERR_OK && db->conn->mode == DB_READ;
	if (e == ERR_OK && !db->due)
		e = db->on->control(db->conn, DB_BEGIN);
	db->begun = e == ERR_OK;
	db->saved = false;
	return e;
}

/* What was committed is, whatever becomes of this. */
static void
empty_log(struct db *db)
{
	if (!db->emptying)
		return;
	db->emptying = false;
	if (db->on->script(db->conn, "PRAGMA wal_checkpoint(TRUNCATE)") !=
	    ERR_OK)
		log_event(LOG_WARN, "log_not_emptied", LOG_INT("later", 1));
}

enum err
db_commit(struct db *db)
{
	assert(db->begun);
	enum err e = db->failed;
	if (e != ERR_OK) {
		db_rollback(db);
		return e;
	}
	if (!db->due)
		e = db->on->control(db->conn, DB_COMMIT);
	if (e != ERR_OK) {
		settle(db, e);
		db_rollback(db);
		return e;
	}
	db->begun = db->saved = db->due = false;
	empty_log(db);
	return ERR_OK;
}

void
db_empty_log(struct db *db)
{
	db->emptying = db_kind(db) == DB_SQLITE;
}

/* The table alone: a statement of several would be a transaction. */
enum err
db_rewrite(struct db *db, const char *table)
{
	char sql[REWRITE_BYTES];
	bool reads = db->conn->mode == DB_READ;
	if (db_kind(db) == DB_SQLITE)
		return ERR_OK;
	int n = snprintf(sql, sizeof sql, "VACUUM (FULL, ANALYZE) %s", table);
	assert(n > 0 && n < (int)sizeof sql);
	enum err e = db_script(
	    db, S("SET statement_timeout = 0; SET lock_timeout = '1s'"));
	if (e == ERR_OK)
		e = db_script(db, str_c(sql));
	enum err back = db_script(db,
	    reads ? S("SET statement_timeout = '2s'; SET lock_timeout = 0")
		  : S("SET statement_timeout = '10s'; SET lock_timeout = 0"));
	return e == ERR_OK ? back : e;
}

void
db_rollback(struct db *db)
{
	if (!db->begun)
		return;
	if (!db->due && db->on->control(db->conn, DB_ROLLBACK) != ERR_OK)
		db->conn->lost = true;
	db->begun = db->saved = db->due = db->emptying = false;
	db->failed = ERR_OK;
}

enum err
db_savepoint(struct db *db)
{
	assert(db->begun && !db->saved);
	enum err e = ready(db);
	if (e == ERR_OK)
		e = settle(db, db->on->control(db->conn, DB_SAVEPOINT));
	db->saved = e == ERR_OK;
	return e;
}

enum err
db_release(struct db *db)
{
	assert(db->saved);
	enum err e = ready(db);
	if (e == ERR_OK)
		e = settle(db, db->on->control(db->conn, DB_RELEASE));
	if (e == ERR_OK)
		db->saved = false;
	return e;
}

enum err
db_undo(struct db *db)
{
	assert(db->saved);
	db->saved = false;
	db->failed = ERR_OK;
	if (db->conn->lost)
		return settle(db, ERR_UNAVAIL);
	return settle(db, db->on->control(db->conn, DB_UNDO));
}

bool
db_retry(const struct db *db)
{
	return db->retry;
}

/* ---- the rest ---- */

int64_t
db_statements(const struct db *db)
{
	return db->statements;
}

struct db_conn *
db_intercept(struct db *db, const struct db_backend *on)
{
	db->on = on;
	return db->conn;
}

enum err
db_script(struct db *db, struct str sql)
{
	enum err e = ready(db);
	if (e != ERR_OK)
		return e;
	struct arena *a = arena_open(2 * sql.n + 4096);
	if (a == NULL)
		return ERR_UNAVAIL;
	const char *text = str_cstr(a, sql);
	e = text == NULL ? ERR_INVALID : db->on->script(db->conn, text);
	arena_close(a);
	return settle(db, e);
}

enum err
db_prepare(struct db *db, const char *sql)
{
	enum err e = ready(db);
	return e != ERR_OK ? e : settle(db, db->on->prepare(db->conn, sql));
}

enum err
db_set_query_only(struct db *db, bool on)
{
	assert(!db->begun);
	enum err e = ready(db);
	return e != ERR_OK ? e : db->on->query_only(db->conn, on);
}

enum err
db_check(struct db *db, struct arena *a, struct str *fault)
{
	*fault = (struct str){0};
	enum err e = ready(db);
	return e != ERR_OK ? e : settle(db, db->on->check(db->conn, a, fault));
}

/* ---- values ---- */

static const struct db_value *
value_at(const struct db_row *row, ptrdiff_t column, enum db_type want)
{
	assert(column >= 0 && column < row->n);
	const struct db_value *v = &row->value[column];
	assert(v->type == want || v->type == DB_NULL_T);
	return v;
}

int64_t
db_int(const struct db_row *row, ptrdiff_t column)
{
	return value_at(row, column, DB_INT_T)->i;
}

double
db_real(const struct db_row *row, ptrdiff_t column)
{
	if (row->value[column].type == DB_INT_T)
		return (double)db_int(row, column);
	return value_at(row, column, DB_REAL_T)->r;
}

struct str
db_text(const struct db_row *row, ptrdiff_t column)
{
	return value_at(row, column, DB_TEXT_T)->s;
}

struct str
db_blob(const struct db_row *row, ptrdiff_t column)
{
	return value_at(row, column, DB_BLOB_T)->s;
}

struct id
db_id(const struct db_row *row, ptrdiff_t column)
{
	struct id id = {0};
	const struct db_value *v = value_at(row, column, DB_BLOB_T);
	if (v->type == DB_NULL_T)
		return id;
	assert(v->s.n == (ptrdiff_t)sizeof id.b);
	memcpy(id.b, v->s.p, sizeof id.b);
	return id;
}

struct ids
db_ids(struct arena *a, const struct db_rows *rows)
{
	struct ids ids = {arena_new(a, struct id, rows->n), rows->n};
	for (ptrdiff_t i = 0; i < rows->n; i++)
		ids.list[i] = db_id(&rows->row[i], 0);
	return ids;
}

bool
db_is_null(const struct db_row *row, ptrdiff_t column)
{
	assert(column >= 0 && column < row->n);
	return row->value[column].type == DB_NULL_T;
}

struct db_value
db_text_or_null(struct str s)
{
	return s.n == 0 ? DB_NULL : DB_TEXT(s);
}
