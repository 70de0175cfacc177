/* SPDX-License-Identifier: MPL-2.0 */
#include "db/migrate.h"

#include <assert.h>

#include "base/buf.h"
#include "base/log.h"

enum {
	MAX_TRIES = 20, /* other starters get in between */
	MAX_SCRIPT_BYTES = 4 * 1024 * 1024,
};

/* ---- one text for both databases ---- */

static struct str
type_word(enum db_kind kind, struct str word)
{
	static const struct {
		struct str word, sqlite, postgres;
	} words[] = {
	    {S_INIT("id"), S_INIT("BLOB"), S_INIT("uuid")},
	    {S_INIT("int"), S_INIT("INTEGER"), S_INIT("bigint")},
	    {S_INIT("real"), S_INIT("REAL"), S_INIT("double precision")},
	    {S_INIT("bytes"), S_INIT("BLOB"), S_INIT("bytea")},
	    {S_INIT("strict"), S_INIT("STRICT, WITHOUT ROWID"), S_INIT("")},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq(word, words[i].word))
			return kind == DB_SQLITE ? words[i].sqlite
						 : words[i].postgres;
	}
	return (struct str){NULL, -1};
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* The type that `rest` begins with (":id"), its length in *n; else n = -1. */
static struct str
type_at(enum db_kind kind, struct str rest, ptrdiff_t *n)
{
	ptrdiff_t end = 1;
	while (end < rest.n && is_lower(rest.p[end]))
		end++;
	struct str type = type_word(kind, str_sub(rest, 1, end));
	*n = type.n < 0 ? -1 : end;
	return type;
}

/* Copies one line without its comment, with the types put in.  *in_string is
 * kept from line to line. */
static void
translate_line(
    struct buf *out, enum db_kind kind, struct str line, bool *in_string)
{
	for (ptrdiff_t i = 0; i < line.n;) {
		struct str rest = str_sub(line, i, line.n);
		if (!*in_string && str_starts(rest, S("--")))
			break;
		ptrdiff_t n = -1;
		struct str type = {0};
		if (!*in_string && rest.p[0] == ':')
			type = type_at(kind, rest, &n);
		if (rest.p[0] == '\'')
			*in_string = !*in_string;
		if (n > 0)
			buf_add(out, type);
		else
			buf_byte(out, rest.p[0]);
		i += n > 0 ? n : 1;
	}
	buf_byte(out, '\n');
}

/* The table of a line "CREATE TABLE name (", or `before`. */
static struct str
table_of(struct str line, struct str before)
{
	struct str rest = str_trim(line);
	if (!str_starts(rest, S("CREATE TABLE ")))
		return before;
	rest = str_trim(str_sub(rest, 13, rest.n));
	if (str_starts(rest, S("IF NOT EXISTS ")))
		rest = str_sub(rest, 14, rest.n);
	return str_trim(str_cut(&rest, '('));
}

/* ", FOREIGN KEY (...) ..." as an ALTER TABLE with a name of its own. */
static void
add_foreign_key(struct buf *out, struct str table, int number, struct str line)
{
	ptrdiff_t comment = str_find(line, S("--"));
	if (comment >= 0)
		line = str_sub(line, 0, comment);
	line = str_trim(line);
	assert(str_find(line, S("REFERENCES")) > 0); /* all on one line */
	buf_fmt(out, "ALTER TABLE %.*s ADD CONSTRAINT %.*s_fk%d %.*s;\n",
	    STR_ARG(table), STR_ARG(table), number,
	    STR_ARG(str_sub(line, 2, line.n)));
}

struct str
migrate_translate(struct arena *a, enum db_kind kind, struct str sql)
{
	struct buf out = buf_new(a, MAX_SCRIPT_BYTES);
	struct buf keys = buf_new(a, MAX_SCRIPT_BYTES);
	struct str table = {0};
	bool in_string = false;
	int number = 0;
	while (sql.n > 0) {
		struct str line = str_cut(&sql, '\n');
		struct str now = table_of(line, table);
		if (now.p != table.p)
			number = 0;
		table = now;
		if (kind == DB_POSTGRES && !in_string &&
		    str_starts(str_trim(line), S(", FOREIGN KEY")))
			add_foreign_key(&keys, table, ++number, line);
		else
			translate_line(&out, kind, line, &in_string);
	}
	buf_add(&out, buf_str(&keys));
	assert(!out.full && !keys.full);
	return buf_str(&out);
}

/* ---- what has run ---- */

static const struct str BOOKS = S_INIT(
    "CREATE TABLE IF NOT EXISTS schema_migration (\n"
    "	version :int NOT NULL, name TEXT NOT NULL, hash :bytes NOT NULL,\n"
    "	at_us :int NOT NULL, PRIMARY KEY (version)\n"
    ") :strict;\n"
    /* one row: who changes it may change the schema */
    "CREATE TABLE IF NOT EXISTS schema_lock (\n"
    "	id :int NOT NULL, taken :int NOT NULL, PRIMARY KEY (id)\n"
    ") :strict;\n"
    "INSERT INTO schema_lock (id, taken) VALUES (1, 0)\n"
    "	ON CONFLICT (id) DO NOTHING;\n");

static const char SQL_HAS_SQLITE[] =
    "SELECT COUNT(*) FROM sqlite_master"
    " WHERE type = 'table' AND name = 'schema_migration'";

static const char SQL_HAS_POSTGRES[] =
    "SELECT COUNT(*) FROM information_schema.tables"
    " WHERE table_schema = current_schema()"
    "   AND table_name = 'schema_migration'";

static const char SQL_RUN[] =
    "SELECT version, hash FROM schema_migration ORDER BY version";

static const char SQL_ADD[] =
    "INSERT INTO schema_migration (version, name, hash, at_us)"
    " VALUES ($1, $2, $3, $4)";

static const char SQL_LOCK[] =
    "UPDATE schema_lock SET taken = taken + 1 WHERE id = 1";

static enum err
has_books(struct db *db, struct arena *a, bool *has)
{
	struct db_row row;
	enum err e = db_one(db, a,
	    db_kind(db) == DB_SQLITE ? SQL_HAS_SQLITE : SQL_HAS_POSTGRES, &row,
	    DB_NONE);
	*has = e == ERR_OK && db_int(&row, 0) > 0;
	return e;
}

static struct str
text_for(const struct db *db, const struct migration *m)
{
	return db_kind(db) == DB_SQLITE ? m->sqlite : m->postgres;
}

/* Compares what ran with what we hold, one by one from the first. */
static enum migrate_state
compare(struct db *db, struct arena *a, const struct db_rows *run,
    struct migrations list)
{
	for (ptrdiff_t i = 0; i < run->n; i++) {
		if (i >= list.n)
			return MIGRATE_NEWER;
		struct hash ours = hash_of(text_for(db, &list.list[i]));
		if (db_int(&run->row[i], 0) != list.list[i].version ||
		    !str_eq(db_blob(&run->row[i], 1), hash_bytes(a, ours)))
			return MIGRATE_CHANGED;
	}
	return run->n < list.n ? MIGRATE_BEHIND : MIGRATE_CURRENT;
}

static enum err
find_state(struct db *db, struct arena *a, struct migrations list,
    enum migrate_state *state, ptrdiff_t *n_run)
{
	bool has = false;
	struct db_rows run = {0};
	enum err e = has_books(db, a, &has);
	if (e == ERR_OK && has)
		e = db_all(db, a, SQL_RUN, &run, DB_NONE);
	if (e != ERR_OK)
		return e;
	*n_run = run.n;
	*state = compare(db, a, &run, list);
	return ERR_OK;
}

enum err
migrate_state(struct db *db, struct arena *a, struct migrations list,
    enum migrate_state *state)
{
	ptrdiff_t n_run;
	return find_state(db, a, list, state, &n_run);
}

/* ---- running ---- */

/* A migration may take longer than a statement of the service. */
static enum err
take_lock(struct db *db)
{
	enum err e = ERR_OK;
	if (db_kind(db) == DB_POSTGRES)
		e = db_script(db,
		    S("SET LOCAL statement_timeout = 0;"
		      "SET LOCAL lock_timeout = '60s'"));
	return e == ERR_OK ? db_exec(db, SQL_LOCK, NULL, DB_NONE) : e;
}

static enum err
run_one(
    struct db *db, struct arena *a, const struct migration *m, int64_t now_us)
{
	struct str text = text_for(db, m);
	enum err e = db_script(db, migrate_translate(a, db_kind(db), text));
	if (e != ERR_OK)
		return e;
	struct hash h = hash_of(text);
	return db_exec(db, SQL_ADD, NULL, DB_INT(m->version), DB_TEXT(m->name),
	    DB_HASH(h), DB_INT(now_us));
}

/* In one transaction: the next one that is missing.  *done when none is. */
static enum err
step(struct db *db, struct arena *a, struct migrations list, int64_t now_us,
    bool *done)
{
	enum migrate_state state = MIGRATE_CURRENT;
	ptrdiff_t n_run = 0;
	enum err e = take_lock(db);
	if (e == ERR_OK)
		e = find_state(db, a, list, &state, &n_run);
	if (e != ERR_OK)
		return e;
	if (state == MIGRATE_NEWER || state == MIGRATE_CHANGED) {
		log_event(LOG_ERROR, "schema_refused", LOG_INT("ran", n_run),
		    LOG_INT("newer", state == MIGRATE_NEWER));
		return ERR_CONFLICT;
	}
	*done = state == MIGRATE_CURRENT;
	return *done ? ERR_OK : run_one(db, a, &list.list[n_run], now_us);
}

static enum err
make_books(struct db *db, struct arena *a)
{
	bool has = false;
	enum err e = ERR_OK;
	for (int i = 0; i < MAX_TRIES; i++) {
		e = has_books(db, a, &has);
		if (e != ERR_OK || has)
			return e;
		e = db_begin(db);
		if (e == ERR_OK)
			e = db_script(
			    db, migrate_translate(a, db_kind(db), BOOKS));
		if (e == ERR_OK)
			e = db_commit(db);
		else /* on PostgreSQL somebody else may have been first */
			db_rollback(db);
	}
	return e;
}

/* What SQLite is to believe of our tables before they are full: that all rows
 * are of one organisation and a fifth of one network, or of one dialogue in it,
 * and that anything else finds few.  Without it org alone counts as a good guess, and a look for a
 * hash reads the whole organisation instead of the index made for it. */
static const char statistics[] =
    "ANALYZE; DELETE FROM sqlite_stat1;"
    " INSERT INTO sqlite_stat1 (tbl, idx, stat)"
    " SELECT m.name, CASE l.origin WHEN 'pk' THEN m.name ELSE l.name END,"
    "  '100000 ' || (SELECT group_concat(n, ' ') FROM"
    "   (SELECT CASE WHEN i.name = 'org' THEN 100000"
    "     WHEN i.name IN ('network', 'dialogue') THEN 20000"
    "     WHEN l.\"unique\" AND i.seqno = (SELECT max(seqno)"
    "      FROM pragma_index_info(l.name)) THEN 1 ELSE 10 END AS n"
    "    FROM pragma_index_info(l.name) i ORDER BY i.seqno))"
    "  FROM sqlite_schema m JOIN pragma_index_list(m.name) l"
    "  WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%';"
    " ANALYZE sqlite_schema;";

enum err
migrate_up(
    struct db *db, struct arena *a, struct migrations list, int64_t now_us)
{
	bool done = false;
	int steps = 0;
	enum err e = make_books(db, a);
	for (int tries = 0; e == ERR_OK && !done;) {
		struct arena *scratch = arena_scratch(a);
		e = db_begin(db);
		if (e == ERR_OK)
			e = step(db, scratch, list, now_us, &done);
		if (e == ERR_OK)
			e = db_commit(db);
		else
			db_rollback(db);
		if (e != ERR_OK && db_retry(db) && ++tries < MAX_TRIES) {
			e = ERR_OK;
			done = false;
		}
		arena_close(scratch);
		steps++;
	}
	/* One step finds that there is nothing to do. */
	if (e == ERR_OK && steps > 1 && db_kind(db) == DB_SQLITE)
		e = db_script(db, str_c(statistics));
	return e;
}
