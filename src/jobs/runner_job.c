/* SPDX-License-Identifier: MPL-2.0 */

/* The threads of jobs. */
#include "jobs/runner_parts.h"

#include <time.h>

#include "base/log.h"

enum {
	JOB_BYTES = 256 * 1024 * 1024,
	BEAT_EVERY_US = 1000 * 1000, /* not more often to the disk */
};

/* One job from claim to mark.  `turn` is what its kind sees. */
struct work {
	struct job_turn turn;
	struct job job;
	struct actor who; /* outside networks */
	struct job_share share; /* of this thread */
	int64_t beaten_us; /* mono */
	enum err outcome;
	const struct job_kind *kind;
};

static struct work *
work_of(struct job_turn *turn)
{
	return (struct work *)turn; /* its first member */
}

/* ---- for kinds ---- */

static enum err
write_beat(void *arg, struct db *db)
{
	const struct work *w = arg;
	return job_beat(db, &w->who, &w->job);
}

bool
job_progress(struct job_turn *turn, int64_t done, int64_t total)
{
	struct work *w = work_of(turn);
	struct runner *r = turn->runner;
	if (r->stopping)
		return false;
	w->job.done = done;
	w->job.total = total;
	int64_t now = clock_mono_us();
	if (now - w->beaten_us < BEAT_EVERY_US)
		return true;
	w->beaten_us = now;
	w->who.now_us = runner_now_us(r);
	enum err e = runner_write(r, w->job.org, turn->arena, write_beat, w);
	return e != ERR_CONFLICT;
}

enum err
job_write(
    struct job_turn *turn, enum err (*fn)(void *arg, struct db *), void *arg)
{
	return runner_write(turn->runner, turn->job->org, turn->arena, fn, arg);
}

/* ---- one job ---- */

static enum err
write_claim(void *arg, struct db *db)
{
	struct work *w = arg;
	return job_claim(db, w->turn.arena, &w->who, &w->share, &w->job);
}

static enum err
write_outcome(void *arg, struct db *db)
{
	const struct work *w = arg;
	if (w->turn.runner->stopping && w->outcome != ERR_OK)
		return job_return(db, &w->who, &w->job);
	if (w->outcome == ERR_OK)
		return job_done(db, &w->who, &w->job, w->turn.result);
	if (w->outcome == ERR_UNAVAIL)
		return job_later(db, &w->who, &w->job, S("unavail"));
	return job_failed(db, &w->who, &w->job, str_c(err_name(w->outcome)));
}

static const struct job_kind *
kind_of(const struct runner *r, struct str name)
{
	for (ptrdiff_t i = 0; i < r->config->n_kinds; i++) {
		if (str_eq(name, str_c(r->config->kinds[i].name)))
			return &r->config->kinds[i];
	}
	return NULL;
}

static void
run_kind(void *arg)
{
	struct work *w = arg;
	w->outcome = w->kind->run(&w->turn);
}

static void
do_job(struct work *w)
{
	struct runner *r = w->turn.runner;
	w->beaten_us = clock_mono_us();
	w->kind = kind_of(r, w->job.kind);
	w->turn.job = &w->job;
	w->turn.ctx = r->config->ctx;
	w->turn.who = id_is_set(w->job.network)
	    ? actor_inside(&w->who, w->job.network)
	    : w->who;
	/* It was begun that often without an end: it may be what ends us. */
	if (w->kind == NULL || w->job.attempts > JOB_TRIES)
		w->outcome = ERR_INTERNAL;
	else if (!arena_guard(w->turn.arena, run_kind, w))
		w->outcome = ERR_TOO_LARGE;
	if (w->outcome == ERR_CONFLICT && r->stopping)
		w->outcome = ERR_UNAVAIL;
}

/* Keeps what came of it; again after a pause when the database is away, for
 * otherwise all of it would be done once more. */
static enum err
mark(struct work *w, struct arena *a)
{
	struct runner *r = w->turn.runner;
	enum err e = ERR_UNAVAIL;
	for (int i = 0; e == ERR_UNAVAIL && i < 5; i++) {
		struct timespec pause = {0, 200 * 1000 * 1000};
		if (i > 0)
			nanosleep(&pause, NULL);
		w->who.now_us = runner_now_us(r);
		e = runner_write(r, w->job.org, a, write_outcome, w);
	}
	return e;
}

/* What takes long has a thread of its own, and no other takes it. */
static struct job_share
share_of(const struct round *round)
{
	struct str aside = str_c(round->runner->config->aside);
	return round->thread == THREAD_ASIDE
	    ? (struct job_share){.only = aside, .but = S("")}
	    : (struct job_share){.only = S(""), .but = aside};
}

/* False: nothing was there to do. */
static bool
next_job(struct round *round, struct id org)
{
	struct runner *r = round->runner;
	struct arena *a = arena_open(JOB_BYTES);
	if (a == NULL)
		return false;
	struct work w = {.who = runner_actor(r, org), .share = share_of(round)};
	w.turn = (struct job_turn){.arena = a, .db = round->db, .runner = r};
	bool claimed = runner_write(r, org, a, write_claim, &w) == ERR_OK;
	if (claimed) {
		do_job(&w);
		enum err e = mark(&w, round->arena);
		log_event(LOG_INFO, "job",
		    LOG_STR("id", id_text(round->arena, w.job.id)),
		    LOG_STR("outcome", str_c(err_name(w.outcome))),
		    LOG_STR("marked", str_c(err_name(e))),
		    LOG_INT("attempt", w.job.attempts));
	}
	arena_close(a);
	return claimed;
}

static void
job_round(void *arg)
{
	struct round *round = arg;
	struct runner *r = round->runner;
	struct ids orgs = {0};
	struct job_share share = share_of(round);
	if (job_due(round->db, round->arena, &share, runner_now_us(r), &orgs) !=
	    ERR_OK)
		return;
	/* One of each organisation in turn, so that none waits for all of
	 * another's. */
	for (bool some = true; some && !r->stopping;) {
		some = false;
		for (ptrdiff_t i = 0; i < orgs.n && !r->stopping; i++)
			some = next_job(round, orgs.list[i]) || some;
	}
}

void
runner_job_round(struct round *round)
{
	bool aside = round->thread == THREAD_ASIDE;
	if (aside && round->runner->config->aside[0] == '\0')
		return;
	if (!arena_guard(round->arena, job_round, round))
		log_event(
		    LOG_WARN, "round_full", LOG_INT("thread", round->thread));
}
