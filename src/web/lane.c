/* SPDX-License-Identifier: MPL-2.0 */
#include "web/lane.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"

enum {
	MAX_LANES = 32,
	GROUP_MAX = 200, /* writes a commit */
	GROUP_US = 5000, /* how long a group may run before its commit */
	GROUP_TRIES = 10, /* of a whole group, then one by one */
	SINGLE_TRIES = 100, /* about a second, when all others are faster */
	PAUSE_US = 500, /* after the first failed try; doubles five times */
};

struct lane {
	pthread_t thread;
	struct db *db;
	int queue_max;

	pthread_mutex_t mutex; /* guards these four */
	pthread_cond_t work;
	struct lane_job *first, *last;
	int n;
	bool stopping;

	_Atomic int64_t writes, undone, lost, commits, retries, largest;
	atomic_bool failing;
};

struct lanes {
	struct lane *lane;
	int n;
	struct db **reader;
	int n_readers;
	bool closed;
};

struct group {
	struct lane_job *job[GROUP_MAX];
	int n;
};

/* ---- one write ---- */

struct call {
	struct lane_job *job;
	struct db *db;
};

static void
call_run(void *arg)
{
	struct call *c = arg;
	c->job->result = c->job->run(c->job->arg, c->db);
}

/* False when the transaction it is in cannot go on. */
static bool
run_job(struct db *db, struct lane_job *job)
{
	struct call call = {job, db};
	if (db_savepoint(db) != ERR_OK)
		return false;
	job->result = ERR_UNAVAIL;
	if (job->arena == NULL)
		call_run(&call);
	else if (!arena_guard(job->arena, call_run, &call))
		job->result = ERR_UNAVAIL;
	if (db_retry(db))
		return false;
	if (job->result == ERR_OK) {
		enum err e = db_release(db);
		if (e == ERR_OK)
			return true;
		job->result = e; /* it went on after a failed statement */
	}
	return db_undo(db) == ERR_OK;
}

enum err
lane_run(struct db *db, struct lane_job *job)
{
	if (db_begin(db) != ERR_OK)
		return ERR_UNAVAIL;
	if (!run_job(db, job)) {
		db_rollback(db);
		return ERR_UNAVAIL;
	}
	return db_commit(db) == ERR_OK ? job->result : ERR_UNAVAIL;
}

/* ---- a group ---- */

enum outcome {
	COMMITTED,
	AGAIN, /* nothing of it is in the database; it may be run again */
	FAILED, /* a commit that failed or may have, or no way to run it */
	GONE, /* no connection */
};

static void
pop(struct lane *lane, struct group *g)
{
	struct lane_job *job = lane->first;
	lane->first = job->next;
	lane->n--;
	g->job[g->n++] = job;
}

/* Adds one that waits, if there is one. */
static bool
take_more(struct lane *lane, struct group *g)
{
	pthread_mutex_lock(&lane->mutex);
	bool more = g->n < GROUP_MAX && lane->first != NULL;
	if (more)
		pop(lane, g);
	pthread_mutex_unlock(&lane->mutex);
	return more;
}

/* Runs g->job[0..n) and, with `growing`, those that come meanwhile. */
static enum outcome
run_group(struct lane *lane, struct group *g, bool growing)
{
	int64_t end_us = clock_mono_us() + GROUP_US;
	if (db_begin(lane->db) != ERR_OK)
		return GONE;
	for (int i = 0; i < g->n; i++) {
		if (!run_job(lane->db, g->job[i])) {
			db_rollback(lane->db);
			return AGAIN;
		}
		if (growing && i == g->n - 1 && clock_mono_us() < end_us)
			take_more(lane, g);
	}
	if (db_commit(lane->db) == ERR_OK)
		return COMMITTED;
	return db_retry(lane->db) ? AGAIN : FAILED;
}

static void
pause_before_try(int try)
{
	int64_t us = (int64_t)PAUSE_US << (try < 5 ? try : 5);
	us += clock_mono_us() % us; /* two processes must not keep step */
	nanosleep(&(struct timespec){.tv_nsec = us * 1000}, NULL);
}

static enum outcome
try_group(struct lane *lane, struct group *g, int tries, bool growing)
{
	enum outcome o = AGAIN;
	for (int i = 0; i < tries && o == AGAIN; i++) {
		if (i > 0) {
			lane->retries++;
			pause_before_try(i - 1);
		}
		o = run_group(lane, g, growing && i == 0);
		if (o == AGAIN && !db_retry(lane->db))
			return g->n > 1 ? AGAIN : FAILED;
	}
	return o;
}

/* Says so to each, last of all: done() may free the job. */
static void
finish(struct lane *lane, const struct group *g, enum outcome o)
{
	lane->failing = o != COMMITTED;
	lane->commits += o == COMMITTED;
	if (g->n > lane->largest)
		lane->largest = g->n;
	if (o != COMMITTED)
		log_event(LOG_ERROR, "lane_lost", LOG_INT("writes", g->n));
	for (int i = 0; i < g->n; i++) {
		struct lane_job *job = g->job[i];
		enum err result = o == COMMITTED ? job->result : ERR_UNAVAIL;
		if (o != COMMITTED)
			lane->lost++;
		else if (result == ERR_OK)
			lane->writes++;
		else
			lane->undone++;
		job->done(job->arg, result);
	}
}

/* A group that cannot be committed as one: each on its own. */
static void
take_apart(struct lane *lane, const struct group *g)
{
	enum outcome o = AGAIN;
	for (int i = 0; i < g->n; i++) {
		struct group one = {.job = {g->job[i]}, .n = 1};
		lane->retries++;
		if (o != GONE)
			o = try_group(lane, &one, SINGLE_TRIES, false);
		finish(lane, &one, o);
	}
}

/* ---- the thread ---- */

static bool
wait_for_work(struct lane *lane, struct group *g)
{
	pthread_mutex_lock(&lane->mutex);
	while (lane->first == NULL && !lane->stopping)
		pthread_cond_wait(&lane->work, &lane->mutex);
	bool work = lane->first != NULL;
	if (work)
		pop(lane, g);
	pthread_mutex_unlock(&lane->mutex);
	return work;
}

static void *
lane_thread(void *arg)
{
	struct lane *lane = arg;
	for (struct group g = {0}; wait_for_work(lane, &g); g.n = 0) {
		enum outcome o = try_group(lane, &g, GROUP_TRIES, true);
		if (o == AGAIN && g.n > 1)
			take_apart(lane, &g);
		else
			finish(lane, &g, o);
	}
	return NULL;
}

enum err
lane_submit(struct lanes *lanes, struct id key, struct lane_job *job)
{
	uint32_t hash = 2166136261u; /* FNV-1a */
	for (int i = 0; i < (int)sizeof key.b; i++)
		hash = (hash ^ key.b[i]) * 16777619u;
	struct lane *lane = &lanes->lane[hash % (uint32_t)lanes->n];
	job->next = NULL;
	pthread_mutex_lock(&lane->mutex);
	bool takes = !lane->stopping && lane->n < lane->queue_max;
	if (takes) {
		if (lane->first == NULL)
			lane->first = job;
		else
			lane->last->next = job;
		lane->last = job;
		lane->n++;
		pthread_cond_signal(&lane->work);
	}
	pthread_mutex_unlock(&lane->mutex);
	return takes ? ERR_OK : ERR_UNAVAIL;
}

/* ---- opening and closing ---- */

static enum err
open_all(struct arena *a, const struct lane_options *o, struct lanes *lanes)
{
	enum err e = ERR_OK;
	for (int i = 0; i < lanes->n && e == ERR_OK; i++)
		e = db_open(a, &o->place, DB_WRITE, &lanes->lane[i].db);
	for (int i = 0; i < lanes->n_readers && e == ERR_OK; i++)
		e = db_open(a, &o->place, DB_READ, &lanes->reader[i]);
	return e;
}

static void
close_all(struct lanes *lanes)
{
	for (int i = 0; i < lanes->n_readers; i++)
		db_close(lanes->reader[i]);
	for (int i = 0; i < lanes->n; i++)
		db_close(lanes->lane[i].db);
}

/* Signals are for the thread that serves, not for lanes. */
static bool
start(struct lane *lane)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_mutex_init(&lane->mutex, NULL);
	pthread_cond_init(&lane->work, NULL);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int rc = pthread_create(&lane->thread, NULL, lane_thread, lane);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc == 0;
}

static void
stop(struct lane *lane)
{
	pthread_mutex_lock(&lane->mutex);
	lane->stopping = true;
	pthread_cond_signal(&lane->work);
	pthread_mutex_unlock(&lane->mutex);
	pthread_join(lane->thread, NULL);
	pthread_cond_destroy(&lane->work);
	pthread_mutex_destroy(&lane->mutex);
}

static void
close_deferred(void *lanes)
{
	lanes_close(lanes);
}

enum err
lanes_open(
    struct arena *process, const struct lane_options *o, struct lanes **out)
{
	struct lanes *lanes = arena_new(process, struct lanes, 1);
	lanes->n = o->lanes > 0 ? o->lanes : 4;
	if (o->place.url.n == 0)
		lanes->n = 1;
	assert(lanes->n <= MAX_LANES);
	lanes->n_readers = o->readers;
	lanes->lane = arena_new(process, struct lane, lanes->n);
	lanes->reader = arena_new(process, struct db *, o->readers);
	enum err e = open_all(process, o, lanes);
	int started = 0;
	while (e == ERR_OK && started < lanes->n) {
		struct lane *lane = &lanes->lane[started];
		lane->queue_max = o->queue_max > 0 ? o->queue_max : 4096;
		if (start(lane))
			started++;
		else
			e = ERR_UNAVAIL;
	}
	if (e == ERR_OK) {
		arena_defer(process, close_deferred, lanes);
		*out = lanes;
		return ERR_OK;
	}
	for (int i = 0; i < started; i++)
		stop(&lanes->lane[i]);
	close_all(lanes);
	return e;
}

void
lanes_close(struct lanes *lanes)
{
	if (lanes == NULL || lanes->closed)
		return;
	lanes->closed = true;
	for (int i = 0; i < lanes->n; i++)
		stop(&lanes->lane[i]);
	close_all(lanes);
}

struct db *
lanes_reader(struct lanes *lanes, int thread)
{
	assert(thread >= 0 && thread < lanes->n_readers);
	return lanes->reader[thread];
}

struct lane_counts
lanes_counts(struct lanes *lanes)
{
	struct lane_counts c = {0};
	for (int i = 0; i < lanes->n; i++) {
		struct lane *lane = &lanes->lane[i];
		c.writes += lane->writes;
		c.undone += lane->undone;
		c.lost += lane->lost;
		c.commits += lane->commits;
		c.retries += lane->retries;
		if (lane->largest > c.largest)
			c.largest = lane->largest;
		c.failing = c.failing || lane->failing;
		pthread_mutex_lock(&lane->mutex);
		c.waiting += lane->n;
		pthread_mutex_unlock(&lane->mutex);
	}
	return c;
}
