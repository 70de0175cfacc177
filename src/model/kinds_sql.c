/* SPDX-License-Identifier: MPL-2.0 */

/* made SQL: the seven statements on a kind's table.
 *
 * Every kind's are alike, so they are made from the kind's table and column
 * names (literals of kinds_*.c) rather than written down over a hundred times.  tests/model/record.c prepares each. */
#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>

#include "model/kinds.h"

enum { TEXT_BYTES = 1000, FIRST_FIELD = 7 };

enum { LIST, GET, INSERT, UPDATE, REMOVE, GONE, RESTORE, STATEMENTS };

static char texts[KIND_COUNT][STATEMENTS][TEXT_BYTES];
static struct record_sql all[KIND_COUNT];
static pthread_once_t made = PTHREAD_ONCE_INIT;

/* What every statement on a living row asks for, and on one taken out. */
#define LIVING " WHERE org = $1 AND network = $2 AND removed_us IS NULL"
#define REMOVED " WHERE org = $1 AND network = $2 AND removed_us IS NOT NULL"
#define UNCHANGED " AND id = $3 AND rev = $4 - 1"

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
add_select(struct text *t, const struct record_def *def, const char *where)
{
	add(t, "SELECT id, rev, changed_us, changed_by");
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		add(t, ", %s", def->fields[i].name);
	add(t, " FROM %s%s", def->name, where);
}

static void
add_insert(struct text *t, const struct record_def *def)
{
	add(t, "INSERT INTO %s (org, network, id, rev, changed_us, changed_by",
	    def->name);
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		add(t, ", %s", def->fields[i].name);
	add(t, ") VALUES ($1, $2, $3, $4, $5, $6");
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		add(t, ", $%td", FIRST_FIELD + i);
	add(t, ")");
}

static void
add_update(struct text *t, const struct record_def *def)
{
	add(t, "UPDATE %s SET rev = $4, changed_us = $5, changed_by = $6",
	    def->name);
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		add(t, ", %s = $%td", def->fields[i].name, FIRST_FIELD + i);
	add(t, LIVING UNCHANGED);
}

static void
make(enum record_kind kind)
{
	const struct record_def *def = record_def(kind);
	struct text t[STATEMENTS];
	for (int i = 0; i < STATEMENTS; i++)
		t[i] = (struct text){.p = texts[kind][i]};
	add_select(&t[LIST], def, LIVING);
	add(&t[LIST], " ORDER BY %s", def->order);
	add_select(&t[GET], def, LIVING " AND id = $3");
	add_select(&t[GONE], def, REMOVED " AND id = $3");
	add_insert(&t[INSERT], def);
	add_update(&t[UPDATE], def);
	add(&t[REMOVE],
	    "UPDATE %s SET rev = $4, removed_us = $5, changed_us = $5,"
	    " changed_by = $6" LIVING UNCHANGED,
	    def->name);
	add(&t[RESTORE],
	    "UPDATE %s SET rev = $4, removed_us = NULL, changed_us = $5,"
	    " changed_by = $6" REMOVED UNCHANGED,
	    def->name);
	all[kind] = (struct record_sql){t[LIST].p, t[GET].p, t[INSERT].p,
	    t[UPDATE].p, t[REMOVE].p, t[GONE].p, t[RESTORE].p};
}

static void
make_all(void)
{
	for (int kind = 0; kind < KIND_COUNT; kind++)
		make((enum record_kind)kind);
}

const struct record_sql *
record_sql(enum record_kind kind)
{
	pthread_once(&made, make_all);
	return &all[kind];
}
