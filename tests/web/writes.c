/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/web/writes.h"

#include "db/migrate.h"

const struct id writes_org = {{1, 2, 3}};

static const struct str TABLES =
    S_INIT("CREATE TABLE entry (\n"
	   "	org :id NOT NULL, n :int NOT NULL, PRIMARY KEY (org, n)\n"
	   ") :strict;\n"
	   "CREATE TABLE tally (\n"
	   "	org :id NOT NULL, n :int NOT NULL, PRIMARY KEY (org)\n"
	   ") :strict;\n");

static const char SQL_ROW[] = "INSERT INTO entry (org, n) VALUES ($1, $2)";
static const char SQL_START[] = "INSERT INTO tally (org, n) VALUES ($1, 0)";
static const char SQL_TALLY[] = "UPDATE tally SET n = n + 1 WHERE org = $1";

void
writes_tables(struct arena *arena, const struct db_place *place)
{
	struct arena *a = arena_scratch(arena);
	struct db *db = NULL;
	CHECK_OK(db_open(a, place, DB_WRITE, &db));
	CHECK_OK(db_script(db, migrate_translate(a, db_kind(db), TABLES)));
	CHECK_OK(db_exec(db, SQL_START, NULL, DB_ID(writes_org)));
	arena_close(a);
}

struct lanes *
writes_lanes(
    struct arena *a, const struct db_place *place, int lanes, int queue_max)
{
	struct lanes *l = NULL;
	struct lane_options o = {
	    .place = *place, .lanes = lanes, .queue_max = queue_max};
	CHECK_OK(lanes_open(a, &o, &l));
	return l;
}

void
waiter_init(struct waiter *w)
{
	*w = (struct waiter){0};
	pthread_mutex_init(&w->mutex, NULL);
	pthread_cond_init(&w->some, NULL);
}

enum err
write_row(struct db *db, int64_t n)
{
	enum err e = db_exec(db, SQL_ROW, NULL, DB_ID(writes_org), DB_INT(n));
	if (e != ERR_OK)
		return e;
	return db_exec(db, SQL_TALLY, NULL, DB_ID(writes_org));
}

static enum err
run_write(void *arg, struct db *db)
{
	struct write *w = arg;
	w->runs++;
	enum err e = write_row(db, w->n);
	return e == ERR_OK && w->then != NULL ? w->then(db) : e;
}

static void
write_done(void *arg, enum err e)
{
	struct write *w = arg;
	struct waiter *waiter = w->waiter;
	w->got = (int)e;
	if (waiter->on_done != NULL)
		waiter->on_done(waiter->arg, w);
	pthread_mutex_lock(&waiter->mutex);
	waiter->open--;
	pthread_cond_broadcast(&waiter->some);
	pthread_mutex_unlock(&waiter->mutex);
}

bool
write_submit(struct lanes *lanes, struct waiter *waiter, struct write *w)
{
	w->waiter = waiter;
	w->got = -1;
	w->job.run = run_write;
	w->job.done = write_done;
	w->job.arg = w;
	pthread_mutex_lock(&waiter->mutex);
	waiter->open++;
	pthread_mutex_unlock(&waiter->mutex);
	if (lane_submit(lanes, writes_org, &w->job) == ERR_OK)
		return true;
	pthread_mutex_lock(&waiter->mutex);
	waiter->open--;
	pthread_mutex_unlock(&waiter->mutex);
	return false;
}

void
wait_for_all(struct waiter *w)
{
	pthread_mutex_lock(&w->mutex);
	while (w->open > 0)
		pthread_cond_wait(&w->some, &w->mutex);
	pthread_mutex_unlock(&w->mutex);
}

enum err
write_now(struct lanes *lanes, int64_t n)
{
	struct waiter waiter;
	struct write w = {.n = n};
	waiter_init(&waiter);
	if (!write_submit(lanes, &waiter, &w))
		return ERR_UNAVAIL;
	wait_for_all(&waiter);
	return (enum err)w.got;
}

void
writes_count(struct arena *arena, const struct db_place *place, int64_t *rows,
    int64_t *tally)
{
	struct arena *a = arena_scratch(arena);
	struct db *db = NULL;
	struct db_row row;
	CHECK_OK(db_open(a, place, DB_READ, &db));
	CHECK_OK(db_begin(db));
	CHECK_OK(db_one(db, a, "SELECT COUNT(*) FROM entry WHERE org = $1",
	    &row, DB_ID(writes_org)));
	*rows = db_int(&row, 0);
	CHECK_OK(db_one(db, a, "SELECT n FROM tally WHERE org = $1", &row,
	    DB_ID(writes_org)));
	*tally = db_int(&row, 0);
	CHECK_OK(db_commit(db));
	arena_close(a);
}

bool
writes_has(struct arena *a, struct db *db, int64_t n)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, "SELECT n FROM entry WHERE org = $1 AND n = $2", &row,
		DB_ID(writes_org), DB_INT(n));
	CHECK(e == ERR_OK || e == ERR_NOT_FOUND);
	return e == ERR_OK;
}
