/* SPDX-License-Identifier: MPL-2.0 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "base/secret.h"
#include "db/db.h"

/* migrate.h - brings a database to the schema of this program.
 *
 * The files sql/NNNN_name.sql are embedded in order.  Each runs in one
 * transaction together with its row in schema_migration (version, name,
 * BLAKE2b-256 of its text, time).  Forward only.
 *
 * One text serves both databases: the words :id :int :real :bytes and :strict
 * become each one's own types, and a line that begins with ", FOREIGN KEY" is
 * kept in place on SQLite and becomes an ALTER TABLE of its own on PostgreSQL
 * (on Citus constraints come after distribution).  Where that is not enough,
 * NNNN_name.sqlite.sql and NNNN_name.pg.sql stand beside each other.
 */
struct migration {
	int version;
	struct str name;
	struct str sqlite, postgres; /* the same text unless they differ */
};

struct migrations {
	const struct migration *list;
	ptrdiff_t n;
};

/* The ones embedded in this program (build/gen/migrations.c). */
struct migrations migrate_embedded(void);

enum migrate_state {
	MIGRATE_CURRENT,
	MIGRATE_BEHIND, /* migrate_up() has work to do */
	MIGRATE_NEWER, /* made by a newer program: refuse it */
	MIGRATE_CHANGED, /* a text that ran is not the one we hold: refuse it */
};

enum err migrate_state(struct db *, struct arena *, struct migrations,
    enum migrate_state *) MUST_USE;

/* Runs what is missing.  `now_us` is recorded.  ERR_CONFLICT when the state is
 * MIGRATE_NEWER or MIGRATE_CHANGED; a failing migration leaves the database
 * at the version before it. */
enum err migrate_up(
    struct db *, struct arena *, struct migrations, int64_t now_us) MUST_USE;

/* One text for the database in question: the words above replaced. */
struct str migrate_translate(struct arena *, enum db_kind, struct str sql);

#endif
