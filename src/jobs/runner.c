/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/runner_parts.h"

#include <errno.h>
#include <time.h>

#include "base/log.h"

enum {
	ROUND_BYTES = 16 * 1024 * 1024,
	LOOK_MS = 1000,
	SEND_GRACE_SECONDS = 3,
	STOP_SECONDS = 10,
};
#define SWEEP_EVERY_US HOUR_US

int64_t
runner_now_us(const struct runner *r)
{
	return r->config->now_us != NULL ? r->config->now_us() : clock_now_us();
}

struct actor
runner_actor(const struct runner *r, struct id org)
{
	return actor_program(org, r->config->keys, runner_now_us(r));
}

enum err
runner_write(struct runner *r, struct id org, struct arena *a,
    enum err (*fn)(void *arg, struct db *), void *arg)
{
	return r->config->db.write(r->config->db.ctx, org, a, fn, arg);
}

/* ---- what comes by the clock ---- */

struct recur {
	const struct recurring *what;
	struct round *round;
	struct actor who;
};

static enum err
write_recur(void *arg, struct db *db)
{
	struct recur *x = arg;
	return x->what->write(
	    x->round->runner->config->ctx, x->round->arena, &x->who, db);
}

static enum err
sweep(void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	(void)ctx;
	(void)a;
	enum err e = mail_sweep(db, program);
	return e == ERR_OK ? job_sweep(db, program) : e;
}

/* Our own, the last in the row after the config's. */
static const struct recurring SWEEP = {"outbox", SWEEP_EVERY_US, sweep};

static void
recur_everywhere(struct round *round, const struct recurring *what)
{
	struct runner *r = round->runner;
	for (ptrdiff_t i = 0; i < r->config->orgs->n && !r->stopping; i++) {
		struct id org = r->config->orgs->list[i].id;
		struct arena *a = round->arena;
		struct recur x = {what, round, runner_actor(r, org)};
		enum err e = runner_write(r, org, a, write_recur, &x);
		if (e != ERR_OK)
			log_event(LOG_WARN, "recurring",
			    LOG_STR("name", str_c(what->name)),
			    LOG_STR("outcome", str_c(err_name(e))));
	}
}

static void
recurring_round(struct round *round)
{
	struct runner *r = round->runner;
	for (ptrdiff_t i = 0; i <= r->config->n_recurring; i++) {
		const struct recurring *what = i < r->config->n_recurring
		    ? &r->config->recurring[i]
		    : &SWEEP;
		int64_t now = clock_mono_us();
		if (now < r->recur_us[i])
			continue;
		r->recur_us[i] = now + what->every_us;
		recur_everywhere(round, what);
	}
}

/* ---- the threads ---- */

static void
run_round(void *arg)
{
	static void (*const rounds[RUNNER_THREADS])(struct round *) = {
	    [THREAD_MAIL] = runner_mail_round,
	    [THREAD_JOBS] = runner_job_round,
	    [THREAD_RECURRING] = recurring_round,
	    [THREAD_ASIDE] = runner_job_round,
	};
	const struct runner_thread *t = arg;
	struct round round = {.runner = t->runner, .thread = t->index};
	const struct job_db *db = &t->runner->config->db;
	round.arena = arena_open(ROUND_BYTES);
	round.db = db->read(db->ctx, t->index);
	if (round.arena != NULL)
		rounds[t->index](&round);
	arena_close(round.arena);
}

static struct timespec
look_again_at(const struct runner *r)
{
	struct timespec t;
	int ms = r->config->look_ms > 0 ? r->config->look_ms : LOOK_MS;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	return t;
}

/* Waits for a kick or the next look; false when it is time to end. */
static bool
rest(struct runner_thread *t)
{
	struct runner *r = t->runner;
	struct timespec until = look_again_at(r);
	pthread_mutex_lock(&r->lock);
	int late = 0;
	while (!r->stopping && r->kicks == t->seen && late == 0)
		late = pthread_cond_timedwait(&r->wake, &r->lock, &until);
	t->seen = r->kicks;
	pthread_mutex_unlock(&r->lock);
	return !r->stopping;
}

static void *
run_thread(void *arg)
{
	do
		run_round(arg);
	while (rest(arg));
	return NULL;
}

/* ---- start and stop ---- */

struct release {
	struct actor who;
};

static enum err
write_release(void *arg, struct db *db)
{
	const struct release *x = arg;
	return mail_release(db, &x->who);
}

/* Mail that was kept goes out once there is a server. */
static enum err
release_kept(struct runner *r, struct arena *process)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < r->config->orgs->n; i++) {
		struct id org = r->config->orgs->list[i].id;
		struct release x = {runner_actor(r, org)};
		struct arena *a = arena_scratch(process);
		e = runner_write(r, org, a, write_release, &x);
		arena_close(a);
	}
	return e;
}

static void
init_locks(struct runner *r)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->wake, &attr);
	pthread_condattr_destroy(&attr);
}

enum err
runner_start(struct arena *process, const struct runner_config *config,
    struct runner **out)
{
	struct runner *r = arena_new(process, struct runner, 1);
	r->config = config;
	r->recur_us = arena_new(process, int64_t, config->n_recurring + 1);
	init_locks(r);
	enum err e = config->smtp != NULL ? release_kept(r, process) : ERR_OK;
	for (int i = 0; e == ERR_OK && i < RUNNER_THREADS; i++) {
		struct runner_thread *t = &r->thread[i];
		t->runner = r;
		t->index = i;
		t->started =
		    pthread_create(&t->thread, NULL, run_thread, t) == 0;
		if (!t->started)
			e = ERR_UNAVAIL;
	}
	if (e != ERR_OK)
		return runner_stop(r) ? e : ERR_INTERNAL;
	*out = r;
	return ERR_OK;
}

void
runner_kick(struct runner *r)
{
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	r->kicks++;
	pthread_cond_broadcast(&r->wake);
	pthread_mutex_unlock(&r->lock);
}

bool
runner_stop(struct runner *r)
{
	bool ended = true;
	if (r == NULL)
		return true;
	r->send_until_us = clock_mono_us() + SEND_GRACE_SECONDS * SECOND_US;
	r->stopping = true;
	runner_kick(r);
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += STOP_SECONDS;
	for (int i = 0; i < RUNNER_THREADS; i++) {
		struct runner_thread *t = &r->thread[i];
		if (!t->started)
			continue;
		t->started = pthread_clockjoin_np(
				 t->thread, NULL, CLOCK_MONOTONIC, &until) != 0;
		if (t->started)
			log_event(
			    LOG_ERROR, "runner_stuck", LOG_INT("thread", i));
		ended = ended && !t->started;
	}
	return ended;
}
