/* SPDX-License-Identifier: MPL-2.0 */
#ifndef DB_BACKEND_H
#define DB_BACKEND_H

#include "db/db.h"

/* backend.h - what db.c asks of a database.  Only src/db includes it, and
 * tests/faults.c, which puts faults in between.
 *
 * A backend turns statements and rows into its own library's calls and errors
 * into enum err, and keeps the prepared statements.  What is the same for both
 * (transactions that failed, reopening, counting) is in db.c.
 * Tests: tests/db/, through db.h.
 */
enum { DB_MAX_PARAMS = 160 };

/* One statement.  Without `arena` its rows are counted but not kept. */
struct db_call {
	const char *sql;
	const struct db_value *param;
	ptrdiff_t n_params;
	struct arena *arena;
	ptrdiff_t max_rows;
	struct db_rows rows; /* out */
	int64_t changed; /* out */
};

enum db_control {
	DB_BEGIN,
	DB_COMMIT,
	DB_ROLLBACK,
	DB_SAVEPOINT,
	DB_RELEASE,
	DB_UNDO,
};

/* The state that both backends show to db.c, first in each one's struct. */
struct db_conn {
	enum db_mode mode;
	bool query_only; /* for now; a DB_READ one is it anyway */
	bool lost; /* to be reopened */
	bool retry; /* the last error was 40001 or 40P01 */
};

struct db_backend {
	enum db_kind kind;

	/* What it keeps lies on the arena, and is closed with it. */
	enum err (*open)(struct arena *, const struct db_place *, enum db_mode,
	    struct db_conn **);
	enum err (*reopen)(struct db_conn *);
	enum err (*run)(struct db_conn *, struct db_call *);
	enum err (*control)(struct db_conn *, enum db_control);
	enum err (*script)(struct db_conn *, const char *sql);
	enum err (*prepare)(struct db_conn *, const char *sql);
	enum err (*query_only)(struct db_conn *, bool on);
	enum err (*check)(struct db_conn *, struct arena *, struct str *);
};

extern const struct db_backend db_sqlite, db_postgres;

/* Tests only: from now on calls of `db` go to `on`, which is to pass them on to
 * the backend of its kind with this connection. */
struct db_conn *db_intercept(struct db *, const struct db_backend *on);

/* Room for a row that goes on `call->arena`; NULL when it is not kept. */
struct db_value *db_row_add(struct db_call *, ptrdiff_t columns);

/* A copy of the bytes on the arena. */
struct str db_copy(struct arena *, const void *, ptrdiff_t n);

/* ---- prepared statements, by the address of their text ---- */
enum { DB_CACHE_SLOTS = 1024 };

struct db_slot {
	const char *sql; /* NULL: free */
	void *stmt; /* the backend's */
	int n_params;
	unsigned char index[DB_MAX_PARAMS]; /* SQLite's number of $1.. */
};

struct db_cache {
	struct db_slot slot[DB_CACHE_SLOTS];
	int used;
};

/* The slot of `sql`, or the free one where it belongs (its sql is NULL). */
struct db_slot *db_cache_find(struct db_cache *, const char *sql);
bool db_cache_full(const struct db_cache *);

#endif
