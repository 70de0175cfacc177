/* SPDX-License-Identifier: MPL-2.0 */
/* bare - the rows of the same writes, by SQLite itself: prepared statements,
 * one connection, nothing checked, 100 rows a synced transaction.
 *
 *	bare DIR SECONDS
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs
 * on it; the audit chain is broken afterwards.  Prints writes a second. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/secret.h"
#include "bench/write.h"
#include "jobs/sandbox.h"

enum { ROWS = 5, WRITES = 100 / ROWS }; /* of one write; a transaction */

static const char SQL_NETWORK[] =
    "SELECT n.org, n.network, m.account FROM network n"
    " JOIN member m ON m.org = n.org AND m.network = n.network LIMIT 1";

/* ?1 to ?3: organisation, network, account; ?4: the time; ?5: an id; ?6: the
 * text. */
static const char *const rows[ROWS] = {
    "INSERT INTO question (org, network, id, rev, changed_us, changed_by,"
    " text, state, answer) VALUES (?1, ?2, ?5, 1, ?4, ?3, ?6, 'open', '')",
    "INSERT INTO revision (org, network, object, rev, kind, at_us, account,"
    " removed, fields) VALUES (?1, ?2, ?5, 1, 'question', ?4, ?3, 0,"
    " '{\"text\":\"' || ?6 || '\",\"state\":\"open\",\"answer\":\"\"}')",
    "UPDATE audit_head SET seq = seq + 1, hash = zeroblob(32)"
    " WHERE org = ?1 AND chain = ?2",
    "INSERT INTO audit (org, chain, seq, at_us, account, action, object,"
    " hash) SELECT ?1, ?2, seq, ?4, ?3, 'question.create', ?5, hash"
    " FROM audit_head WHERE org = ?1 AND chain = ?2",
    "INSERT INTO once (org, id, account, at_us, location)"
    " VALUES (?1, ?5, ?3, ?4, '/netvaerk')",
};

struct bare {
	sqlite3 *db;
	sqlite3_stmt *row[ROWS];
};

static void
must(struct bare *b, int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
		return;
	fprintf(stderr, "bare: %s\n", sqlite3_errmsg(b->db));
	exit(1);
}

static void
open_database(struct bare *b, struct arena *a, struct str dir)
{
	sqlite3_stmt *ids;
	const char *path = str_cstr(a, str_cat(a, dir, S("/samskab.db")));
	if (drop_privileges(dir) != ERR_OK)
		exit(1);
	must(b, sqlite3_open(path, &b->db));
	must(b, sqlite3_exec(b->db, "PRAGMA synchronous = FULL", 0, 0, 0));
	must(b, sqlite3_prepare_v2(b->db, SQL_NETWORK, -1, &ids, NULL));
	must(b, sqlite3_step(ids));
	for (int i = 0; i < ROWS; i++) {
		must(b,
		    sqlite3_prepare_v2(b->db, rows[i], -1, &b->row[i], NULL));
		for (int at = 0; at < 3; at++)
			sqlite3_bind_value(
			    b->row[i], at + 1, sqlite3_column_value(ids, at));
		sqlite3_bind_text(b->row[i], 6, WRITE_TEXT.p, (int)WRITE_TEXT.n,
		    SQLITE_STATIC);
	}
	sqlite3_finalize(ids);
}

static void
write_one(struct bare *b)
{
	int64_t now_us = clock_now_us();
	struct id id = id_new(now_us);
	for (int i = 0; i < ROWS; i++) {
		sqlite3_bind_int64(b->row[i], 4, now_us);
		sqlite3_bind_blob(
		    b->row[i], 5, id.b, sizeof id.b, SQLITE_STATIC);
		must(b, sqlite3_step(b->row[i]));
		must(b, sqlite3_reset(b->row[i]));
	}
}

int
main(int argc, char **argv)
{
	int64_t seconds = 0, n = 0;
	struct bare b = {0};
	struct arena *a = arena_open(1024 * 1024);
	if (a == NULL || argc != 3 || !str_int(str_c(argv[2]), &seconds))
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	open_database(&b, a, str_c(argv[1]));
	int64_t from_us = clock_mono_us(), now_us = from_us;
	for (; now_us < from_us + seconds * SECOND_US;
	     now_us = clock_mono_us()) {
		must(&b, sqlite3_exec(b.db, "BEGIN IMMEDIATE", 0, 0, 0));
		for (int i = 0; i < WRITES; i++, n++)
			write_one(&b);
		must(&b, sqlite3_exec(b.db, "COMMIT", 0, 0, 0));
	}
	printf("%.0f\n", (double)n * SECOND_US / (double)(now_us - from_us));
	for (int i = 0; i < ROWS; i++)
		sqlite3_finalize(b.row[i]);
	sqlite3_close(b.db);
	arena_close(a);
	return 0;
}
