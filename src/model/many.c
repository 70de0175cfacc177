/* SPDX-License-Identifier: MPL-2.0 */

/* made SQL: the same row many times over.
 *
 * In a row's pattern "#1" is the first of its own parameters, "$1" the first
 * of those that all rows share.  tests/model/many.c prepares each. */
#include "model/many.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>

enum { TEXT_BYTES = 4000, MOST_PARAMETERS = 160 };

static const struct table {
	const char *head, *row, *tail;
	int shared, each;
} tables[MANY_TABLES] = {
    [MANY_SEEN] = {"INSERT INTO voices_seen (org, network, hash, contribution)",
	"($1, $2, #1, #2)",
	" ON CONFLICT (org, network, hash) DO NOTHING RETURNING contribution",
	2, 2},
    [MANY_CONTRIBUTIONS] = {"INSERT INTO contribution (org, network, id, rev,"
			    " changed_us, changed_by, at_us, account,"
			    " person, anonymity,"
			    " actor_kind, teller, kind, original, wording,"
			    " shortened, approval, state, reason, activity,"
			    " phase, target_group, basis, scope, given_by)",
	"($1, $2, #1, 1, $3, $4, #2, $4, #8, #9, 'citizen', 'import', #3, #4,"
	" '', 0, '', 'received', '', #5, #6, #7, $5, $6, 'self')",
	"", 6, 9},
    [MANY_CONSENTS] = {"INSERT INTO consent (org, network, id, contribution,"
		       " at_us, account, person, event, basis, scope,"
		       " anonymity, given_by, age, text)",
	"($1, $2, #1, #1, $3, $4, #2, 'given', $5, $6, #3, 'self', '', $7)", "",
	7, 3},
    [MANY_BALLOTS] = {"INSERT INTO ballot (org, network, round, voter, side,"
		      " choices)",
	"($1, $2, $3, #1, #2, #3)", "", 3, 3},
    [MANY_TEXTS] = {"INSERT INTO search_doc"
		    " (org, network, id, kind, doc, stems, forms)",
	"($1, $2, #1, $3, #2, #3, #4)", "", 3, 4},
    [MANY_NUMBERS_SQLITE] = {"INSERT INTO search_words_doc"
			     " (org, network, id, kind, doc)",
	"($1, $2, #1, $3, #2)", "", 3, 2},
    /* all orgs: the index has no columns beside words, which bear the mark */
    [MANY_WORDS_SQLITE] = {"INSERT INTO search_words (rowid, stems, forms)",
	"(#1, #2, #3)", "", 0, 3},
    [MANY_WORDS_POSTGRES] = {"INSERT INTO search_words"
			     " (org, network, id, kind, doc, words)",
	"($1, $2, #1, $3, #2,"
	" array_to_tsvector(string_to_array(#3, ' ')))",
	"", 3, 3},
};

static char texts[MANY_TABLES][2][TEXT_BYTES];
static pthread_once_t made = PTHREAD_ONCE_INIT;

struct text {
	char *p;
	int n;
};

static void PRINTF_LIKE(2, 3) add(struct text *t, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(t->p + t->n, (size_t)(TEXT_BYTES - t->n), fmt, args);
	va_end(args);
	assert(n >= 0 && n < TEXT_BYTES - t->n);
	t->n += n;
}

static void
add_row(struct text *t, const struct table *table, int row)
{
	int before = table->shared + row * table->each;
	for (const char *p = table->row; *p != '\0'; p++) {
		if (*p == '#')
			add(t, "$%d", before + (*++p - '0'));
		else
			add(t, "%c", *p);
	}
}

static void
make(const struct table *table, char *p, int rows)
{
	struct text t = {.p = p};
	assert(table->shared + rows * table->each <= MOST_PARAMETERS);
	add(&t, "%s VALUES ", table->head);
	for (int i = 0; i < rows; i++) {
		if (i > 0)
			add(&t, ", ");
		add_row(&t, table, i);
	}
	add(&t, "%s", table->tail);
}

static void
make_all(void)
{
	for (int i = 0; i < MANY_TABLES; i++) {
		make(&tables[i], texts[i][0], MANY_ROWS);
		make(&tables[i], texts[i][1], 1);
	}
}

const char *
many_sql(enum many_table table, bool one)
{
	pthread_once(&made, make_all);
	return texts[table][one];
}

ptrdiff_t
many_shared(enum many_table table)
{
	return tables[table].shared;
}

ptrdiff_t
many_each(enum many_table table)
{
	return tables[table].each;
}

/* How many rows go at once from `at` on. */
static ptrdiff_t
rows_at(const struct many *m, ptrdiff_t at)
{
	return m->n - at >= MANY_ROWS ? MANY_ROWS : 1;
}

/* The parameters of `rows` rows from `at` on. */
static const struct db_value *
fill(struct db_value *list, enum many_table which, const struct many *m,
    ptrdiff_t at, ptrdiff_t rows)
{
	const struct table *t = &tables[which];
	ptrdiff_t n = 0;
	for (int i = 0; i < t->shared; i++)
		list[n++] = m->shared[i];
	for (ptrdiff_t i = at * t->each; i < (at + rows) * t->each; i++)
		list[n++] = m->each[i];
	list[n] = DB_NONE;
	return list;
}

enum err
many_exec(struct db *db, enum many_table table, const struct many *m)
{
	struct db_value list[MOST_PARAMETERS + 1];
	enum err e = ERR_OK;
	ptrdiff_t rows = 1;
	for (ptrdiff_t at = 0; e == ERR_OK && at < m->n; at += rows) {
		rows = rows_at(m, at);
		e = db_exec_v(db, many_sql(table, rows == 1), NULL,
		    fill(list, table, m, at, rows));
	}
	return e;
}

enum err
many_all(struct db *db, struct arena *a, enum many_table table,
    const struct many *m, struct ids *out)
{
	struct db_value list[MOST_PARAMETERS + 1];
	enum err e = ERR_OK;
	ptrdiff_t rows = 1;
	struct id *ids = arena_new(a, struct id, m->n);
	*out = (struct ids){ids, 0};
	for (ptrdiff_t at = 0; e == ERR_OK && at < m->n; at += rows) {
		struct db_rows given;
		rows = rows_at(m, at);
		e = db_all_v(db, a, many_sql(table, rows == 1), &given,
		    fill(list, table, m, at, rows));
		for (ptrdiff_t i = 0; e == ERR_OK && i < given.n; i++)
			ids[out->n++] = db_id(&given.row[i], 0);
	}
	return e;
}
