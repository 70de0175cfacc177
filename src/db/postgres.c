/* SPDX-License-Identifier: MPL-2.0 */
#include "db/postgres.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum {
	NAME_BYTES = 24,
	NUMBER_BYTES = 32, /* an int64_t or a double in text */
};

static struct pg_conn *
conn_of(struct db_conn *base)
{
	return (struct pg_conn *)base;
}

/* ---- errors ---- */

static bool
is_class(const char *state, const char *class)
{
	return strncmp(state, class, strlen(class)) == 0;
}

static enum err
meaning(const char *state)
{
	if (strcmp(state, "23505") == 0 || strcmp(state, "23503") == 0)
		return ERR_CONFLICT;
	if (strcmp(state, "08P01") == 0)
		return ERR_INTERNAL; /* another number of values */
	/* connection, resources, shutting down or cancelled, lock timeout */
	static const char *const passing[] = {
	    "08", "53", "57", "58", "40", "55P03", "25P03"};
	for (ptrdiff_t i = 0; i < COUNT_OF(passing); i++) {
		if (is_class(state, passing[i]))
			return ERR_UNAVAIL;
	}
	return ERR_INTERNAL;
}

/* The server's words go to the log for errors in the statement itself only:
 * elsewhere they may hold what a person wrote. */
static void
log_error(const PGresult *r, const char *state, const char *what)
{
	const char *words = is_class(state, "42") || is_class(state, "0A")
	    ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY)
	    : "";
	log_event(LOG_ERROR, "pg_error", LOG_STR("state", str_c(state)),
	    LOG_STR("means", str_c(words)),
	    LOG_STR(
		"where", str_c(PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME))),
	    LOG_STR("sql", str_c(what)));
}

enum err
pg_err(struct pg_conn *c, const PGresult *r, const char *what)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	c->base.lost = c->h == NULL || PQstatus(c->h) != CONNECTION_OK;
	if (state == NULL)
		state = "08000";
	enum err e = c->base.lost ? ERR_UNAVAIL : meaning(state);
	c->base.retry =
	    strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0;
	if (e != ERR_CONFLICT && !c->base.retry)
		log_error(r, state, what);
	return e;
}

/* ---- a statement ---- */

static enum err
prepare_new(struct pg_conn *c, struct db_slot *slot, const char *sql)
{
	char name[NAME_BYTES];
	int64_t number = c->named + 1;
	snprintf(name, sizeof name, "s%lld", (long long)number);
	PGresult *r = PQprepare(c->h, name, sql, 0, NULL);
	enum err e =
	    PQresultStatus(r) == PGRES_COMMAND_OK ? ERR_OK : pg_err(c, r, sql);
	PQclear(r);
	if (e != ERR_OK)
		return e;
	c->named = number;
	*slot = (struct db_slot){.sql = sql, .stmt = (void *)(intptr_t)number};
	c->cache.used++;
	return ERR_OK;
}

static enum err
prepared(struct pg_conn *c, const char *sql, struct db_slot **slot)
{
	PQclear(c->result);
	c->result = NULL;
	if (c->h == NULL)
		return ERR_UNAVAIL;
	if (db_cache_full(&c->cache)) {
		enum err e = pg_simple(c, "DEALLOCATE ALL");
		if (e != ERR_OK)
			return e;
		c->cache = (struct db_cache){0};
	}
	*slot = db_cache_find(&c->cache, sql);
	return (*slot)->sql != NULL ? ERR_OK : prepare_new(c, *slot, sql);
}

struct pg_params {
	const char *value[DB_MAX_PARAMS];
	int length[DB_MAX_PARAMS], format[DB_MAX_PARAMS];
	char number[DB_MAX_PARAMS][NUMBER_BYTES];
};

static void
bind_bytes(struct pg_params *p, ptrdiff_t i, const void *bytes, ptrdiff_t n)
{
	p->value[i] = bytes != NULL ? bytes : "";
	p->length[i] = (int)n;
	p->format[i] = 1;
}

/* Numbers go as text, so that the server reads them as the type it expects;
 * text goes as "binary", which is its bytes with a length. */
static void
bind_one(struct pg_params *p, ptrdiff_t i, const struct db_value *v)
{
	switch (v->type) {
	case DB_INT_T:
		snprintf(p->number[i], NUMBER_BYTES, "%lld", (long long)v->i);
		p->value[i] = p->number[i];
		break;
	case DB_REAL_T:
		snprintf(p->number[i], NUMBER_BYTES, "%.17g", v->r);
		p->value[i] = p->number[i];
		break;
	case DB_TEXT_T:
		bind_bytes(p, i, v->s.p, v->s.n);
		break;
	case DB_BLOB_T:
		if (v->is_id && id_is_set(v->id))
			bind_bytes(p, i, v->id.b, sizeof v->id.b);
		else if (!v->is_id)
			bind_bytes(p, i, v->s.p, v->s.n);
		break;
	case DB_NULL_T:
	case DB_END:
		break;
	}
}

static PGresult *
send(struct pg_conn *c, const struct db_slot *slot, const struct db_call *call)
{
	struct pg_params p = {0};
	char name[NAME_BYTES];
	snprintf(name, sizeof name, "s%lld", (long long)(intptr_t)slot->stmt);
	for (ptrdiff_t i = 0; i < call->n_params; i++)
		bind_one(&p, i, &call->param[i]);
	return PQexecPrepared(
	    c->h, name, (int)call->n_params, p.value, p.length, p.format, 1);
}

static void
read_rows(struct pg_conn *c, struct db_call *call)
{
	int columns = PQnfields(c->result), rows = PQntuples(c->result);
	for (int row = 0; row < rows; row++) {
		struct db_value *v = db_row_add(call, columns);
		for (int i = 0; v != NULL && i < columns; i++)
			v[i] = pg_read(call->arena, c->result, row, i);
	}
}

static int64_t
changed_by(PGresult *r)
{
	if (is_class(PQcmdStatus(r), "SELECT"))
		return 0;
	return strtoll(PQcmdTuples(r), NULL, 10);
}

static enum err
pg_run(struct db_conn *base, struct db_call *call)
{
	struct pg_conn *c = conn_of(base);
	struct db_slot *slot;
	base->retry = false;
	enum err e = prepared(c, call->sql, &slot);
	if (e != ERR_OK)
		return e;
	c->result = send(c, slot, call);
	ExecStatusType status = PQresultStatus(c->result);
	if (status == PGRES_TUPLES_OK)
		read_rows(c, call);
	else if (status != PGRES_COMMAND_OK)
		e = pg_err(c, c->result, call->sql);
	if (e == ERR_OK)
		call->changed = changed_by(c->result);
	PQclear(c->result);
	c->result = NULL;
	return e;
}

/* ---- the backend ---- */

/* A COMMIT of a transaction that failed is answered with "ROLLBACK". */
static enum err
commit(struct pg_conn *c)
{
	PGresult *r = PQexec(c->h, "COMMIT");
	enum err e = PQresultStatus(r) == PGRES_COMMAND_OK
	    ? ERR_OK
	    : pg_err(c, r, "COMMIT");
	if (e == ERR_OK && strcmp(PQcmdStatus(r), "COMMIT") != 0)
		e = ERR_INTERNAL;
	PQclear(r);
	return e;
}

static enum err
pg_control(struct db_conn *base, enum db_control what)
{
	static const char *const words[] = {
	    [DB_BEGIN] = "BEGIN",
	    [DB_ROLLBACK] = "ROLLBACK",
	    [DB_SAVEPOINT] = "SAVEPOINT one",
	    [DB_RELEASE] = "RELEASE one",
	    [DB_UNDO] = "ROLLBACK TO one; RELEASE one",
	};
	struct pg_conn *c = conn_of(base);
	base->retry = false;
	PQclear(c->result);
	c->result = NULL;
	if (c->h == NULL)
		return ERR_UNAVAIL;
	return what == DB_COMMIT ? commit(c) : pg_simple(c, words[what]);
}

static enum err
pg_script(struct db_conn *base, const char *sql)
{
	struct pg_conn *c = conn_of(base);
	base->retry = false;
	return c->h == NULL ? ERR_UNAVAIL : pg_simple(c, sql);
}

static enum err
pg_prepare(struct db_conn *base, const char *sql)
{
	struct db_slot *slot;
	base->retry = false;
	return prepared(conn_of(base), sql, &slot);
}

static enum err
pg_query_only(struct db_conn *base, bool on)
{
	struct pg_conn *c = conn_of(base);
	base->query_only = on;
	return pg_simple(c,
	    on ? "SET default_transaction_read_only = on"
	       : "SET default_transaction_read_only = off");
}

static enum err
pg_check(struct db_conn *base, struct arena *a, struct str *fault)
{
	(void)a;
	(void)fault;
	return pg_script(base, "SELECT 1");
}

static void
close_conn(void *arg)
{
	pg_disconnect(arg);
}

static enum err
pg_open(struct arena *a, const struct db_place *place, enum db_mode mode,
    struct db_conn **out)
{
	struct pg_conn *c = arena_new(a, struct pg_conn, 1);
	c->base.mode = mode;
	c->url = str_cstr(a, place->url);
	if (c->url == NULL)
		return ERR_INVALID;
	arena_defer(a, close_conn, c);
	*out = &c->base;
	return pg_connect(c);
}

static enum err
pg_reopen(struct db_conn *base)
{
	struct pg_conn *c = conn_of(base);
	pg_disconnect(c);
	enum err e = pg_connect(c);
	if (e == ERR_OK)
		log_event(LOG_WARN, "pg_reopened",
		    LOG_INT("writes", base->mode == DB_WRITE));
	return e;
}

const struct db_backend db_postgres = {
    .kind = DB_POSTGRES,
    .open = pg_open,
    .reopen = pg_reopen,
    .run = pg_run,
    .control = pg_control,
    .script = pg_script,
    .prepare = pg_prepare,
    .query_only = pg_query_only,
    .check = pg_check,
};
