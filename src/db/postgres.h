/* SPDX-License-Identifier: MPL-2.0 */
#ifndef DB_POSTGRES_H
#define DB_POSTGRES_H

#include <libpq-fe.h>

#include "db/backend.h"

/* postgres.h - what postgres.c (statements), postgres_open.c (a connection
 * and its settings) and postgres_read.c (values) share.  Nobody else includes
 * it.
 */
struct pg_conn {
	struct db_conn
	    base; /* first: the backend's calls get a pointer to it */
	PGconn *h;
	const char *url;
	PGresult *result; /* being read; a full arena may leave it here */
	int64_t named; /* prepared statements so far: their names */
	struct db_cache cache;
};

/* Opens conn->url with every setting of doc/sql.md; refuses a server that
 * acknowledges before the disk has it. */
enum err pg_connect(struct pg_conn *) MUST_USE;
void pg_disconnect(struct pg_conn *);

/* What a result (NULL: none came) means, with a line in the log unless it is a
 * conflict or to be tried again.  `what`: the statement's text, which holds no
 * data. */
enum err pg_err(struct pg_conn *, const PGresult *, const char *what) MUST_USE;

/* One statement or several, as they are, rows ignored. */
enum err pg_simple(struct pg_conn *, const char *sql) MUST_USE;

/* A value of a binary result. */
struct db_value pg_read(struct arena *, const PGresult *, int row, int column);

#endif
