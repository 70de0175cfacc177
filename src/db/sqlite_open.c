/* SPDX-License-Identifier: MPL-2.0 */
#include "db/sqlite.h"

#include <link.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

enum {
	MIN_VERSION = 3051003, /* the WAL-reset bug is gone from here on */
	OPS_BETWEEN_LOOKS = 2000, /* some tens of microseconds */
	BUSY_MS = 1000, /* nobody else writes: only recovery locks */
	CACHE_KIB = 8192,
	WAL_KEPT_BYTES = 8 * 1024 * 1024,
};

/* ---- which SQLite ---- */

static int
is_another(struct dl_phdr_info *info, size_t size, void *found)
{
	(void)size;
	if (info->dlpi_name != NULL &&
	    strstr(info->dlpi_name, "libsqlite3") != NULL)
		*(bool *)found = true;
	return 0;
}

bool
sqlite_is_ours(void)
{
	bool another = false;
	dl_iterate_phdr(is_another, &another);
	bool ours = !another && sqlite3_libversion_number() >= MIN_VERSION &&
	    strcmp(sqlite3_sourceid(), SQLITE_SOURCE_ID) == 0;
	if (!ours)
		log_event(LOG_ERROR, "sqlite_refused",
		    LOG_STR("version", str_c(sqlite3_libversion())),
		    LOG_INT("loaded_twice", another));
	return ours;
}

/* ---- what a statement may do ---- */

static bool
is_internal_table(const char *name)
{
	return name != NULL && strncmp(name, "sqlite_", 7) == 0;
}

static int
authorize(void *arg, int action, const char *one, const char *two,
    const char *schema, const char *inner)
{
	const struct sqlite_conn *c = arg;
	(void)schema;
	(void)inner;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return strcmp(two, "load_extension") == 0 ? SQLITE_DENY
							  : SQLITE_OK;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return c->trusted || !is_internal_table(one) ? SQLITE_OK
							     : SQLITE_DENY;
	case SQLITE_PRAGMA: /* FTS5 asks for this one */
		return c->trusted ||
			(strcmp(one, "data_version") == 0 && two == NULL)
		    ? SQLITE_OK
		    : SQLITE_DENY;
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		return SQLITE_DENY;
	default:
		return c->trusted ? SQLITE_OK : SQLITE_DENY;
	}
}

static int
is_too_late(void *arg)
{
	const struct sqlite_conn *c = arg;
	return clock_mono_us() > c->deadline_us;
}

/* ---- settings ---- */

static bool
switches_set(sqlite3 *h)
{
	static const struct {
		int op, want;
	} switches[] = {
	    {SQLITE_DBCONFIG_DEFENSIVE, 1},
	    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	    {SQLITE_DBCONFIG_DQS_DDL, 0},
	    {SQLITE_DBCONFIG_DQS_DML, 0},
	    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
	    {SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, 0},
	    {SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, 0},
	    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
	    {SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 0},
	    /* A plan that looks at a bound value is thrown away with it, and
	     * the statement is compiled anew each time it runs. */
	    {SQLITE_DBCONFIG_ENABLE_QPSG, 1},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(switches); i++) {
		int now = -1;
		if (sqlite3_db_config(h, switches[i].op, switches[i].want,
			&now) != SQLITE_OK ||
		    now != switches[i].want)
			return false;
	}
	return true;
}

static bool
limits_set(sqlite3 *h)
{
	static const struct {
		int what, most;
	} limits[] = {
	    {SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024},
	    {SQLITE_LIMIT_SQL_LENGTH, 100 * 1000},
	    {SQLITE_LIMIT_COLUMN, 100},
	    {SQLITE_LIMIT_EXPR_DEPTH, 50},
	    {SQLITE_LIMIT_COMPOUND_SELECT, 10},
	    /* The check of the whole file is one program over all tables. */
	    {SQLITE_LIMIT_VDBE_OP, 100 * 1000},
	    {SQLITE_LIMIT_FUNCTION_ARG, 10},
	    {SQLITE_LIMIT_ATTACHED, 0},
	    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
	    {SQLITE_LIMIT_VARIABLE_NUMBER, DB_MAX_PARAMS},
	    {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
	    {SQLITE_LIMIT_WORKER_THREADS, 0},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(limits); i++) {
		sqlite3_limit(h, limits[i].what, limits[i].most);
		if (sqlite3_limit(h, limits[i].what, -1) != limits[i].most)
			return false;
	}
	return true;
}

enum err
sqlite_pragma(struct sqlite_conn *c, const char *sql, int64_t *out)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(c->h, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW && out != NULL)
		*out = sqlite3_column_int64(stmt, 0);
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		rc = SQLITE_OK;
	sqlite3_finalize(stmt);
	return rc == SQLITE_OK ? ERR_OK : sqlite_err(c, rc, sql);
}

struct pragma {
	const char *set, *get;
	int64_t want;
};

static enum err
pragmas_set(struct sqlite_conn *c, const struct pragma *list, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		int64_t now = -1;
		enum err e = sqlite_pragma(c, list[i].set, NULL);
		if (e == ERR_OK)
			e = sqlite_pragma(c, list[i].get, &now);
		if (e != ERR_OK)
			return e;
		if (now != list[i].want) {
			log_event(LOG_ERROR, "sqlite_setting_refused",
			    LOG_STR("pragma", str_c(list[i].set)),
			    LOG_INT("is", now));
			return ERR_INTERNAL;
		}
	}
	return ERR_OK;
}

static enum err
settings(struct sqlite_conn *c)
{
	static const struct pragma both[] = {
	    {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", 1},
	    {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", 0},
	    {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", 1},
	    {"PRAGMA cache_size = -8192", "PRAGMA cache_size", -CACHE_KIB},
	};
	static const struct pragma writer[] = {
	    {"PRAGMA synchronous = FULL", "PRAGMA synchronous", 2},
	    {"PRAGMA secure_delete = ON", "PRAGMA secure_delete", 1},
	    {"PRAGMA journal_size_limit = 8388608", "PRAGMA journal_size_limit",
		WAL_KEPT_BYTES},
	    {"PRAGMA wal_autocheckpoint = 1000", "PRAGMA wal_autocheckpoint",
		1000},
	};
	static const struct pragma reader[] = {
	    {"PRAGMA query_only = ON", "PRAGMA query_only", 1},
	};
	enum err e = pragmas_set(c, both, COUNT_OF(both));
	if (e != ERR_OK)
		return e;
	if (c->base.mode == DB_READ)
		return pragmas_set(c, reader, COUNT_OF(reader));
	return pragmas_set(c, writer, COUNT_OF(writer));
}

/* "wal", or "memory" where there is no file. */
static enum err
journal_set(struct sqlite_conn *c)
{
	const char *want = strcmp(c->path, ":memory:") == 0 ? "memory" : "wal";
	const char *sql = c->base.mode == DB_WRITE ? "PRAGMA journal_mode = WAL"
						   : "PRAGMA journal_mode";
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(c->h, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	bool good = rc == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(stmt, 0), want) == 0;
	sqlite3_finalize(stmt);
	if (good)
		return ERR_OK;
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		rc = SQLITE_ERROR;
	return sqlite_err(c, rc, sql);
}

static enum err
configure(struct sqlite_conn *c)
{
	sqlite3_extended_result_codes(c->h, 1);
	sqlite3_busy_timeout(c->h, BUSY_MS);
	sqlite3_set_authorizer(c->h, authorize, c);
	sqlite3_progress_handler(c->h, OPS_BETWEEN_LOOKS, is_too_late, c);
	if (!switches_set(c->h) || !limits_set(c->h)) {
		log_event(LOG_ERROR, "sqlite_setting_refused",
		    LOG_STR("pragma", S("limits and switches")));
		return ERR_INTERNAL;
	}
	c->deadline_us = INT64_MAX;
	c->trusted = true;
	enum err e = journal_set(c);
	if (e == ERR_OK)
		e = settings(c);
	c->trusted = false;
	return e;
}

enum err
sqlite_connect(struct sqlite_conn *c)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
	    (c->base.mode == DB_READ
		    ? SQLITE_OPEN_READONLY
		    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	sqlite3 *h = NULL;
	int rc = sqlite3_open_v2(c->path, &h, flags, NULL);
	c->h = h;
	enum err e = rc == SQLITE_OK ? configure(c) : sqlite_err(c, rc, "open");
	c->base.lost = e != ERR_OK;
	if (e != ERR_OK)
		sqlite_disconnect(c);
	return e;
}

void
sqlite_forget(struct sqlite_conn *c)
{
	for (ptrdiff_t i = 0; i < DB_CACHE_SLOTS; i++)
		sqlite3_finalize(c->cache.slot[i].stmt);
	c->cache = (struct db_cache){0};
	c->active = NULL;
}

void
sqlite_disconnect(struct sqlite_conn *c)
{
	sqlite_forget(c);
	if (c->h != NULL && (c->base.lost || c->base.mode == DB_READ))
		sqlite3_db_config(
		    c->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(c->h);
	c->h = NULL;
}
