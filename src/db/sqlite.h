/* SPDX-License-Identifier: MPL-2.0 */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <sqlite3.h>

#include "db/backend.h"

/* sqlite.h - what sqlite.c (statements) and sqlite_open.c (a connection and
 * its settings) share.  Nobody else includes it.
 */
struct sqlite_conn {
	struct db_conn
	    base; /* first: the backend's calls get a pointer to it */
	sqlite3 *h;
	const char *path; /* ":memory:" or a file */
	bool trusted; /* migrations and ourselves: DDL and pragmas */
	int64_t deadline_us; /* of the running statement, clock_mono_us() */
	sqlite3_stmt *active; /* stepped and not yet reset */
	struct db_cache cache;
};

/* Opens conn->path with every setting of doc/sql.md, read back. */
enum err sqlite_connect(struct sqlite_conn *) MUST_USE;

/* Finalizes every prepared statement. */
void sqlite_forget(struct sqlite_conn *);

/* Does that and closes; no checkpoint when `lost`. */
void sqlite_disconnect(struct sqlite_conn *);

/* Whether this program holds exactly the one SQLite it was built with, and a
 * version without the WAL-reset bug. */
bool sqlite_is_ours(void);

/* One statement of ours, as it is; its first column in *out (NULL is ok). */
enum err sqlite_pragma(
    struct sqlite_conn *, const char *sql, int64_t *out) MUST_USE;

/* What a result code means, with a line in the log unless it is a conflict.
 * `what`: the statement's text, which holds no data. */
enum err sqlite_err(struct sqlite_conn *, int rc, const char *what) MUST_USE;

#endif
