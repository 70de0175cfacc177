/* SPDX-License-Identifier: MPL-2.0 */

/* made SQL: the rows about one person, of each table that has some.
 *
 * Most are found with what datamap.def says.  Where a keyed hash stands for a
 * person, it is worked out anew for each measurement, activity, round and
 * dialogue, as it is when they are erased (person_erase.c). */
#include "model/dossier_find.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/dialogue.h"
#include "model/dossier.h"

enum { MOST_TABLES = 200, SQL_BYTES = 2400, FOUND = 4096 };

/* Tables where somebody stands by a hash or by a number: the column of what it
 * is about, the column of who, and what the hash is made for. */
static const struct stand {
	const char *table, *about, *who, *purpose;
} stands[] = {
    {"measure_answer", "measure", "who", "measure "},
    {"measure_paper", "measure", "who", "measure "},
    {"measure_reminder", "measure", "who", "measure "},
    {"experience", "activity", "who", "experience "},
    {"ballot", "round", "voter", ""},
    {"statement", "dialogue", "author", NULL},
    {"voter", "dialogue", "number", NULL},
    {"vote", "dialogue", "voter", NULL},
};

static const struct stand *
stand_of(const struct datamap_table *t)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(stands); i++) {
		if (strcmp(stands[i].table, t->table) == 0)
			return &stands[i];
	}
	return NULL;
}

/* ---- the statements ---- */

static char texts[MOST_TABLES][SQL_BYTES];
static const char *all[MOST_TABLES];
static pthread_once_t made = PTHREAD_ONCE_INIT;

struct making {
	char *text;
	int n;
};

static void PRINTF_LIKE(2, 3) put(struct making *m, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int n =
	    vsnprintf(m->text + m->n, (size_t)(SQL_BYTES - m->n), fmt, args);
	va_end(args);
	assert(n >= 0 && m->n + n < SQL_BYTES);
	m->n += n;
}

static void
put_columns(struct making *m, const char *columns)
{
	struct str rest = str_c(columns);
	while (rest.n > 0) {
		struct str name = datamap_next(&rest);
		put(m, "%sx.%.*s", m->n > 7 ? ", " : "", STR_ARG(name));
	}
}

/* The name of what the row is about: COLUMN:TABLE.COLUMN. */
static void
put_named(struct making *m, const char *columns)
{
	struct str rest = str_c(columns);
	while (rest.n > 0) {
		struct str table = datamap_next(&rest);
		struct str own = str_cut(&table, ':');
		struct str name = table;
		table = str_cut(&name, '.');
		bool numbered = str_eq(own, S("statement"));
		put(m,
		    "%s(SELECT t.%.*s FROM %.*s t WHERE t.org = $1"
		    " AND t.network = $2 AND t.%s = x.%.*s%s)",
		    m->n > 7 ? ", " : "", STR_ARG(name), STR_ARG(table),
		    numbered ? "number" : "id", STR_ARG(own),
		    numbered ? " AND t.dialogue = x.dialogue" : "");
	}
}

static void
make_one(ptrdiff_t i, const struct datamap_table *t)
{
	struct making m = {texts[i], 0};
	const struct stand *s = stand_of(t);
	struct str times = str_c(t->times);
	put(&m, "SELECT ");
	put_columns(&m, t->shown);
	put_named(&m, t->named);
	put_columns(&m, t->times);
	put_columns(&m, t->staff);
	put(&m, " FROM %s x WHERE x.org = $1 AND ", t->table);
	if (s != NULL)
		put(&m, "x.network = $2 AND x.%s = $3 AND x.%s = $4", s->about,
		    s->who);
	else
		put(&m, "%s", t->reach);
	if (times.n > 0) {
		struct str first = datamap_next(&times);
		put(&m, " ORDER BY x.%.*s", STR_ARG(first));
	}
	all[i] = m.text;
}

static void
make_all(void)
{
	struct datamap map = datamap();
	assert(map.n <= MOST_TABLES);
	for (ptrdiff_t i = 0; i < map.n; i++) {
		if (map.list[i].reach != NULL)
			make_one(i, &map.list[i]);
	}
}

const char *
dossier_sql(ptrdiff_t table)
{
	pthread_once(&made, make_all);
	return all[table];
}

/* ---- by a hash or a number ---- */

static const char SQL_MEASURES[] =
    "SELECT id FROM measure WHERE org = $1 AND network = $2";
static const char SQL_ACTIVITIES[] =
    "SELECT id FROM activity WHERE org = $1 AND network = $2";
static const char SQL_ROUNDS[] =
    "SELECT id FROM round WHERE org = $1 AND network = $2";
static const char SQL_DIALOGUES[] =
    "SELECT id FROM dialogue WHERE org = $1 AND network = $2";

static const char *
sql_about(const struct stand *s)
{
	if (strcmp(s->about, "measure") == 0)
		return SQL_MEASURES;
	if (strcmp(s->about, "activity") == 0)
		return SQL_ACTIVITIES;
	return strcmp(s->about, "round") == 0 ? SQL_ROUNDS : SQL_DIALOGUES;
}

struct finding {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
	struct id person;
	const struct stand *stand;
	const char *sql;
};

static enum err
find_about(const struct finding *f, struct id about, struct db_rows *rows)
{
	const struct actor *who = f->who;
	struct str person = id_text(f->arena, f->person);
	*rows = (struct db_rows){0};
	if (f->stand->purpose != NULL) {
		struct hash key = actor_stand_in(f->arena, who,
		    &(struct stand_in){f->stand->purpose, about, 'p', person});
		return db_all(f->db, f->arena, f->sql, rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(about), DB_HASH(key));
	}
	struct voter v = voter_of(who, about, VOTER_CODE, person);
	enum err e = voter_find(f->db, f->arena, who, &v);
	return e == ERR_OK && v.number >= 0
	    ? db_all(f->db, f->arena, f->sql, rows, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(about), DB_INT(v.number))
	    : e;
}

static enum err
find_stand(const struct finding *f, struct db_rows *out)
{
	struct db_rows abouts, rows;
	struct db_row *found = arena_new(f->arena, struct db_row, FOUND);
	ptrdiff_t n = 0;
	enum err e = db_all(f->db, f->arena, sql_about(f->stand), &abouts,
	    DB_ID(f->who->org), DB_ID(f->who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < abouts.n; i++) {
		e = find_about(f, db_id(&abouts.row[i], 0), &rows);
		for (ptrdiff_t r = 0; e == ERR_OK && r < rows.n; r++) {
			if (n == FOUND)
				return ERR_TOO_LARGE;
			found[n++] = rows.row[r];
		}
	}
	*out = (struct db_rows){found, n};
	return e;
}

enum err
dossier_find(struct db *db, struct arena *a, const struct actor *who,
    const struct dossier_aim *aim, struct db_rows *out)
{
	const char *sql = dossier_sql(aim->table);
	struct finding f = {db, a, who, aim->person,
	    stand_of(&datamap().list[aim->table]), sql};
	return f.stand != NULL ? find_stand(&f, out)
			       : db_all(db, a, sql, out, DB_ID(who->org),
				     DB_ID(who->network), DB_ID(aim->person));
}
