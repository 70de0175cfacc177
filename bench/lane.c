/* SPDX-License-Identifier: MPL-2.0 */
/* lane - the same writes as posts, given to our own write lane in this
 * process: what is left of them when nothing of HTTP, sessions and forms is
 * in the way.
 *
 *	lane DIR SECONDS CLIENTS
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs
 * on it.  Each client is a thread that submits the next write when the last
 * one is on disk.  Prints the same line as posts. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "model/record.h"
#include "bench/write.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/session.h"
#include "web/lane.h"

enum { MAX_CLIENTS = 1024, MAX_WRITES = 4 * 1000 * 1000 };

struct load {
	struct keys keys;
	struct actor who;
	struct lanes *lanes;
	atomic_bool over;
	atomic_llong n;
	double *latency_us;
};

struct client {
	struct load *load;
	pthread_t thread;
	struct arena *arena; /* of one write */
	struct lane_job job;
	sem_t done;
	struct actor who;
	struct id id, key;
	enum err result;
};

static enum err
save(void *arg, struct db *db)
{
	struct client *c = arg;
	struct record_saved saved;
	struct record r = {
	    .kind = KIND_QUESTION, .network = c->who.network, .id = c->id};
	record_set(&r, "text", WRITE_TEXT);
	record_set(&r, "state", WRITE_STATE);
	enum err e = record_save(db, c->arena, &c->who, &r, &saved);
	if (e == ERR_OK)
		e = once_done(db, &c->who, c->key, S("/netvaerk"));
	return e;
}

static void
saved(void *arg, enum err e)
{
	struct client *c = arg;
	c->result = e;
	sem_post(&c->done);
}

static bool
write_one(struct client *c)
{
	arena_reset(c->arena);
	c->who.now_us = clock_now_us();
	c->id = id_new(c->who.now_us);
	c->key = id_new(c->who.now_us);
	c->job = (struct lane_job){
	    .run = save, .done = saved, .arg = c, .arena = c->arena};
	if (lane_submit(c->load->lanes, c->who.network, &c->job) != ERR_OK)
		return false;
	while (sem_wait(&c->done) != 0) {
	}
	return c->result == ERR_OK;
}

static void *
run(void *arg)
{
	struct client *c = arg;
	struct load *l = c->load;
	while (!l->over) {
		int64_t from_us = clock_mono_us();
		if (!write_one(c)) {
			fprintf(stderr, "lane: a write failed\n");
			return NULL;
		}
		long long i = atomic_fetch_add(&l->n, 1);
		if (i < MAX_WRITES)
			l->latency_us[i] = (double)(clock_mono_us() - from_us);
	}
	return NULL;
}

static bool
open_load(struct load *l, struct arena *a, struct str dir)
{
	struct lane_options options = {.place = {.dir = dir}, .readers = 1};
	catalogue_init();
	l->latency_us = arena_new(a, double, MAX_WRITES);
	return drop_privileges(dir) == ERR_OK &&
	    keys_load(dir, false, &l->keys) == ERR_OK &&
	    lanes_open(a, &options, &l->lanes) == ERR_OK &&
	    example_leader(lanes_reader(l->lanes, 0), a, &l->keys,
		clock_now_us(), &l->who) == ERR_OK;
}

static void
run_all(struct load *l, struct arena *a, int64_t seconds, ptrdiff_t clients)
{
	struct client *c = arena_new(a, struct client, clients);
	for (ptrdiff_t i = 0; i < clients; i++) {
		c[i] = (struct client){
		    .load = l, .arena = arena_scratch(a), .who = l->who};
		sem_init(&c[i].done, 0, 0);
		if (pthread_create(&c[i].thread, NULL, run, &c[i]) != 0)
			clients = i;
	}
	int64_t from_us = clock_mono_us();
	while (clock_mono_us() < from_us + seconds * SECOND_US)
		nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
	int64_t n = l->n, took_us = clock_mono_us() - from_us;
	l->over = true;
	for (ptrdiff_t i = 0; i < clients; i++)
		pthread_join(c[i].thread, NULL);
	write_report(l->latency_us, n, (double)took_us / SECOND_US);
}

int
main(int argc, char **argv)
{
	int64_t seconds = 0, clients = 0;
	struct arena *a = arena_open((ptrdiff_t)1024 * 1024 * 1024);
	if (a == NULL || argc != 4 || !str_int(str_c(argv[2]), &seconds) ||
	    !str_int(str_c(argv[3]), &clients) || clients < 1 ||
	    clients > MAX_CLIENTS)
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	struct load *l = arena_new(a, struct load, 1);
	if (!open_load(l, a, str_c(argv[1]))) {
		fprintf(stderr, "lane: %s cannot be opened\n", argv[1]);
		return 1;
	}
	run_all(l, a, seconds, clients);
	arena_close(a);
	return 0;
}
