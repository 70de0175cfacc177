/* SPDX-License-Identifier: MPL-2.0 */
#include "db/sqlite.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"

static struct sqlite_conn *
conn_of(struct db_conn *base)
{
	return (struct sqlite_conn *)base;
}

/* ---- errors ---- */

static enum err
meaning(int rc)
{
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return ERR_CONFLICT;
	default:
		break;
	}
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_NOMEM:
	case SQLITE_INTERRUPT:
	case SQLITE_CANTOPEN:
		return ERR_UNAVAIL;
	case SQLITE_TOOBIG:
		return ERR_TOO_LARGE;
	default:
		return ERR_INTERNAL;
	}
}

/* After an I/O error the connection's idea of the files is not trusted. */
static bool
is_broken(const struct sqlite_conn *c, int rc)
{
	int primary = rc & 0xff;
	return (primary == SQLITE_IOERR || primary == SQLITE_CORRUPT ||
		   primary == SQLITE_NOTADB) &&
	    strcmp(c->path, ":memory:") != 0;
}

enum err
sqlite_err(struct sqlite_conn *c, int rc, const char *what)
{
	enum err e = meaning(rc);
	if (is_broken(c, rc))
		c->base.lost = true;
	if (e != ERR_CONFLICT)
		log_event(LOG_ERROR, "sqlite_error", LOG_INT("code", rc),
		    LOG_STR("means", str_c(sqlite3_errstr(rc))),
		    LOG_STR("sql", str_c(what)));
	return e;
}

/* ---- a statement ---- */

static void
reset_active(struct sqlite_conn *c)
{
	if (c->active == NULL)
		return;
	sqlite3_reset(c->active);
	sqlite3_clear_bindings(c->active);
	c->active = NULL;
}

/* The n of "$n", or 0. */
static int
param_number(const char *name)
{
	if (name == NULL || name[0] != '$')
		return 0;
	long n = strtol(name + 1, NULL, 10);
	return n > 0 && n <= DB_MAX_PARAMS ? (int)n : 0;
}

/* SQLite numbers "$n" by where it first stands: keeps which is which. */
static bool
map_params(struct db_slot *slot)
{
	int count = sqlite3_bind_parameter_count(slot->stmt);
	for (int i = 1; i <= count; i++) {
		int n =
		    param_number(sqlite3_bind_parameter_name(slot->stmt, i));
		if (n == 0)
			return false;
		slot->index[n - 1] = (unsigned char)i;
		if (n > slot->n_params)
			slot->n_params = n;
	}
	return true;
}

static void
log_refused(struct sqlite_conn *c, const char *sql, const char *why)
{
	log_event(LOG_ERROR, "sqlite_prepare",
	    LOG_STR("why", str_c(why != NULL ? why : sqlite3_errmsg(c->h))),
	    LOG_STR("sql", str_c(sql)));
}

static enum err
prepare_new(struct sqlite_conn *c, struct db_slot *slot, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	const char *tail = NULL;
	int rc = sqlite3_prepare_v3(
	    c->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &tail);
	if (rc != SQLITE_OK) {
		log_refused(c, sql, NULL);
		return sqlite_err(c, rc, sql);
	}
	slot->stmt = stmt;
	if (stmt == NULL || tail[strspn(tail, " ;\n\t")] != '\0' ||
	    !map_params(slot)) {
		log_refused(c, sql, "not one statement with $1..$n");
		sqlite3_finalize(stmt);
		*slot = (struct db_slot){0};
		return ERR_INTERNAL;
	}
	slot->sql = sql;
	c->cache.used++;
	return ERR_OK;
}

static enum err
prepared(struct sqlite_conn *c, const char *sql, struct db_slot **slot)
{
	reset_active(c);
	if (db_cache_full(&c->cache))
		sqlite_forget(c);
	*slot = db_cache_find(&c->cache, sql);
	if ((*slot)->sql == NULL)
		return prepare_new(c, *slot, sql);
	assert(strcmp(sqlite3_sql((*slot)->stmt), sql) == 0);
	return ERR_OK;
}

static int
bind_one(sqlite3_stmt *stmt, int at, const struct db_value *v)
{
	switch (v->type) {
	case DB_INT_T:
		return sqlite3_bind_int64(stmt, at, v->i);
	case DB_REAL_T:
		return sqlite3_bind_double(stmt, at, v->r);
	case DB_TEXT_T:
		return sqlite3_bind_text64(stmt, at,
		    v->s.p != NULL ? v->s.p : "", (sqlite3_uint64)v->s.n,
		    SQLITE_STATIC, SQLITE_UTF8);
	case DB_BLOB_T:
		if (v->is_id && !id_is_set(v->id))
			return sqlite3_bind_null(stmt, at);
		if (v->is_id)
			return sqlite3_bind_blob64(
			    stmt, at, v->id.b, sizeof v->id.b, SQLITE_STATIC);
		return sqlite3_bind_blob64(stmt, at,
		    v->s.p != NULL ? v->s.p : "", (sqlite3_uint64)v->s.n,
		    SQLITE_STATIC);
	case DB_NULL_T:
	case DB_END:
		break;
	}
	return sqlite3_bind_null(stmt, at);
}

static enum err
bind_all(
    struct sqlite_conn *c, const struct db_slot *slot, struct db_call *call)
{
	if (call->n_params != slot->n_params) {
		log_refused(c, call->sql, "another number of values");
		return ERR_INTERNAL;
	}
	for (int i = 0; i < slot->n_params; i++) {
		if (slot->index[i] == 0)
			continue;
		int rc = bind_one(slot->stmt, slot->index[i], &call->param[i]);
		if (rc != SQLITE_OK)
			return sqlite_err(c, rc, call->sql);
	}
	return ERR_OK;
}

static struct db_value
read_column(struct arena *a, sqlite3_stmt *stmt, int i)
{
	switch (sqlite3_column_type(stmt, i)) {
	case SQLITE_INTEGER:
		return DB_INT(sqlite3_column_int64(stmt, i));
	case SQLITE_FLOAT:
		return DB_REAL(sqlite3_column_double(stmt, i));
	case SQLITE_TEXT: {
		const void *p = sqlite3_column_text(stmt, i);
		return DB_TEXT(db_copy(a, p, sqlite3_column_bytes(stmt, i)));
	}
	case SQLITE_BLOB: {
		const void *p = sqlite3_column_blob(stmt, i);
		return DB_BLOB(db_copy(a, p, sqlite3_column_bytes(stmt, i)));
	}
	default:
		return DB_NULL;
	}
}

static int
step_all(struct sqlite_conn *c, sqlite3_stmt *stmt, struct db_call *call)
{
	int columns = sqlite3_column_count(stmt);
	bool reads = sqlite3_stmt_readonly(stmt) != 0;
	int rc;
	c->active = stmt; /* a full arena may leave this loop */
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct db_value *v = db_row_add(call, columns);
		for (int i = 0; v != NULL && i < columns; i++)
			v[i] = read_column(call->arena, stmt, i);
		if (reads && call->rows.n >= call->max_rows)
			return SQLITE_DONE;
	}
	if (!reads)
		call->changed = sqlite3_changes64(c->h);
	return rc;
}

static int64_t
deadline(const struct sqlite_conn *c)
{
	int64_t most_us =
	    c->base.mode == DB_READ ? 2 * SECOND_US : 10 * SECOND_US;
	return clock_mono_us() + most_us;
}

static enum err
sqlite_run(struct db_conn *base, struct db_call *call)
{
	struct sqlite_conn *c = conn_of(base);
	struct db_slot *slot;
	c->deadline_us = deadline(c);
	enum err e = prepared(c, call->sql, &slot);
	if (e == ERR_OK)
		e = bind_all(c, slot, call);
	if (e != ERR_OK)
		return e;
	int rc = step_all(c, slot->stmt, call);
	reset_active(c);
	return rc == SQLITE_DONE ? ERR_OK : sqlite_err(c, rc, call->sql);
}

/* ---- the backend ---- */

static enum err
sqlite_control(struct db_conn *base, enum db_control what)
{
	static const char *const words[] = {
	    [DB_BEGIN] = "BEGIN IMMEDIATE",
	    [DB_COMMIT] = "COMMIT",
	    [DB_ROLLBACK] = "ROLLBACK",
	    [DB_SAVEPOINT] = "SAVEPOINT one",
	    [DB_RELEASE] = "RELEASE one",
	    [DB_UNDO] = "ROLLBACK TO one",
	};
	static const struct db_value none = {.type = DB_END};
	struct sqlite_conn *c = conn_of(base);
	const char *sql = words[what];
	if (what == DB_BEGIN && (base->mode == DB_READ || base->query_only))
		sql = "BEGIN";
	reset_active(c);
	if (what == DB_ROLLBACK && sqlite3_get_autocommit(c->h))
		return ERR_OK; /* SQLite did it itself */
	struct db_call call = {.sql = sql, .param = &none};
	enum err e = sqlite_run(base, &call);
	if (e == ERR_OK && what == DB_UNDO)
		e = sqlite_control(base, DB_RELEASE);
	return e;
}

static enum err
sqlite_script(struct db_conn *base, const char *sql)
{
	struct sqlite_conn *c = conn_of(base);
	reset_active(c);
	c->deadline_us = INT64_MAX;
	c->trusted = true;
	char *why = NULL;
	int rc = sqlite3_exec(c->h, sql, NULL, NULL, &why);
	c->trusted = false;
	if (rc != SQLITE_OK)
		log_refused(c, "script", why);
	sqlite3_free(why);
	return rc == SQLITE_OK ? ERR_OK : sqlite_err(c, rc, "script");
}

static enum err
sqlite_prepare(struct db_conn *base, const char *sql)
{
	struct db_slot *slot;
	return prepared(conn_of(base), sql, &slot);
}

static enum err
sqlite_query_only(struct db_conn *base, bool on)
{
	struct sqlite_conn *c = conn_of(base);
	reset_active(c);
	c->trusted = true;
	enum err e = sqlite_pragma(
	    c, on ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF", NULL);
	c->trusted = false;
	base->query_only = e == ERR_OK ? on : base->query_only;
	return e;
}

static enum err
check_with(
    struct sqlite_conn *c, struct arena *a, const char *sql, struct str *fault)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(c->h, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) {
		struct str said =
		    str_c((const char *)sqlite3_column_text(stmt, 0));
		if (!str_eq(said, S("ok")))
			*fault = str_cat(a, S("database: "), said);
		rc = SQLITE_DONE;
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? ERR_OK : sqlite_err(c, rc, sql);
}

static enum err
sqlite_check(struct db_conn *base, struct arena *a, struct str *fault)
{
	struct sqlite_conn *c = conn_of(base);
	reset_active(c);
	c->deadline_us = INT64_MAX;
	c->trusted = true;
	enum err e = check_with(c, a, "PRAGMA integrity_check(1)", fault);
	if (e == ERR_OK && fault->n == 0)
		e = check_with(c, a, "PRAGMA foreign_key_check", fault);
	c->trusted = false;
	return e;
}

static void
close_conn(void *arg)
{
	sqlite_disconnect(arg);
}

static enum err
sqlite_open(struct arena *a, const struct db_place *place, enum db_mode mode,
    struct db_conn **out)
{
	if (!sqlite_is_ours())
		return ERR_INTERNAL;
	struct str path = place->dir;
	if (!str_eq(path, S(":memory:")))
		path = str_cat(a, path, S("/samskab.db"));
	struct sqlite_conn *c = arena_new(a, struct sqlite_conn, 1);
	c->base.mode = mode;
	c->path = str_cstr(a, path);
	if (c->path == NULL)
		return ERR_INVALID;
	arena_defer(a, close_conn, c);
	*out = &c->base;
	return sqlite_connect(c);
}

/* The new handle is opened before the old one is closed: so the shared index
 * of the log lives on, and a commit that failed cannot be found again in the
 * log by a recovery. */
static enum err
sqlite_reopen(struct db_conn *base)
{
	struct sqlite_conn *c = conn_of(base);
	sqlite_forget(c);
	sqlite3 *old = c->h;
	enum err e = sqlite_connect(c);
	if (e != ERR_OK) {
		c->h = old; /* to be tried again by the next call */
		c->base.lost = true;
		return e;
	}
	sqlite3_db_config(old, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(old);
	log_event(LOG_WARN, "sqlite_reopened",
	    LOG_INT("writes", base->mode == DB_WRITE));
	return ERR_OK;
}

const struct db_backend db_sqlite = {
    .kind = DB_SQLITE,
    .open = sqlite_open,
    .reopen = sqlite_reopen,
    .run = sqlite_run,
    .control = sqlite_control,
    .script = sqlite_script,
    .prepare = sqlite_prepare,
    .query_only = sqlite_query_only,
    .check = sqlite_check,
};
