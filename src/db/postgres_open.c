/* SPDX-License-Identifier: MPL-2.0 */
#include "db/postgres.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

/* libpq calls back with what a server has to say ("NOTICE: ..."): not kept. */
static void
ignore_notice(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

enum err
pg_simple(struct pg_conn *c, const char *sql)
{
	PGresult *r = PQexec(c->h, sql);
	ExecStatusType status = PQresultStatus(r);
	enum err e = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
	    ? ERR_OK
	    : pg_err(c, r, sql);
	PQclear(r);
	return e;
}

static const char SESSION[] =
    "SET timezone = 'UTC';"
    "SET lock_timeout = '5s';"
    "SET idle_in_transaction_session_timeout = '60s';";

static const char SESSION_READ[] =
    "SET statement_timeout = '2s';"
    "SET default_transaction_isolation = 'repeatable read';"
    "SET default_transaction_read_only = on;";

static const char SESSION_WRITE[] =
    "SET statement_timeout = '10s';"
    "SET default_transaction_isolation = 'serializable';"
    "SET default_transaction_read_only = off;";

/* A server that answers before the disk has it is refused; so is one where our
 * text would not come back as it went in. */
static const char SQL_SAFE[] =
    "SELECT current_setting('fsync') = 'on'"
    "   AND current_setting('full_page_writes') = 'on'"
    "   AND current_setting('synchronous_commit') <> 'off',"
    " current_setting('server_encoding') = 'UTF8'";

static enum err
refuse_unsafe(struct pg_conn *c)
{
	PGresult *r = PQexec(c->h, SQL_SAFE);
	enum err e = PQresultStatus(r) == PGRES_TUPLES_OK
	    ? ERR_OK
	    : pg_err(c, r, SQL_SAFE);
	bool durable = e == ERR_OK && PQgetvalue(r, 0, 0)[0] == 't';
	bool utf8 = e == ERR_OK && PQgetvalue(r, 0, 1)[0] == 't';
	PQclear(r);
	if (e != ERR_OK || (durable && utf8))
		return e;
	log_event(LOG_ERROR, "pg_refused", LOG_INT("durable", durable),
	    LOG_INT("utf8", utf8));
	return ERR_INTERNAL;
}

static PGconn *
dial(const char *url)
{
	const char *const key[] = {"dbname", "client_encoding",
	    "fallback_application_name", "connect_timeout", "keepalives_idle",
	    NULL};
	const char *const value[] = {url, "UTF8", "samskab", "5", "30", NULL};
	return PQconnectdbParams(key, value, 1);
}

enum err
pg_connect(struct pg_conn *c)
{
	c->cache = (struct db_cache){0};
	c->named = 0;
	c->h = dial(c->url);
	c->base.lost = true;
	if (PQstatus(c->h) != CONNECTION_OK) {
		/* libpq's own words could hold the password of the URL */
		log_event(LOG_ERROR, "pg_connect",
		    LOG_STR("host", str_c(PQhost(c->h))));
		pg_disconnect(c);
		return ERR_UNAVAIL;
	}
	PQsetNoticeReceiver(c->h, ignore_notice, NULL);
	c->base.lost = false;
	bool reads = c->base.mode == DB_READ || c->base.query_only;
	enum err e = pg_simple(c, SESSION);
	if (e == ERR_OK)
		e = pg_simple(c, reads ? SESSION_READ : SESSION_WRITE);
	if (e == ERR_OK)
		e = refuse_unsafe(c);
	if (e != ERR_OK) {
		c->base.lost = true;
		pg_disconnect(c);
	}
	return e;
}

void
pg_disconnect(struct pg_conn *c)
{
	PQclear(c->result);
	PQfinish(c->h);
	c->result = NULL;
	c->h = NULL;
}
