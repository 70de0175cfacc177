/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "tests/test.h"

enum { MANY = 1000 };

/* What was done, in which order and on which thread. */
struct ledger {
	atomic_bool open; /* until then a piece with a number below 0 waits */
	atomic_int begun;
	pthread_mutex_t lock;
	int done[MANY], n;
	unsigned threads; /* 1 << thread */
};

struct piece {
	struct ledger *ledger;
	int number;
};

static void
do_piece(void *arg, int thread)
{
	const struct piece *p = arg;
	struct ledger *l = p->ledger;
	atomic_fetch_add(&l->begun, 1);
	while (p->number < 0 && !l->open)
		usleep(200);
	pthread_mutex_lock(&l->lock);
	if (p->number >= 0)
		l->done[l->n++] = p->number;
	l->threads |= 1u << thread;
	pthread_mutex_unlock(&l->lock);
}

static struct ledger *
ledger_new(struct arena *a)
{
	struct ledger *l = arena_new(a, struct ledger, 1);
	pthread_mutex_init(&l->lock, NULL);
	return l;
}

static enum err
submit(struct pool *pool, struct arena *a, struct ledger *l, int number)
{
	struct piece *p = arena_new(a, struct piece, 1);
	*p = (struct piece){l, number};
	return pool_submit(pool, do_piece, p);
}

/* All threads stand at the gate. */
static void
hold(struct pool *pool, struct arena *a, struct ledger *l, int threads)
{
	for (int i = 0; i < threads; i++)
		CHECK_OK(submit(pool, a, l, -1));
	while (l->begun < threads)
		usleep(200);
}

TEST(pool_does_first_what_came_first)
{
	struct pool *pool;
	struct ledger *l = ledger_new(arena);
	CHECK_OK(pool_open(arena, 1, MANY, &pool));
	hold(pool, arena, l, 1);
	for (int i = 0; i < MANY; i++)
		CHECK_OK(submit(pool, arena, l, i));
	l->open = true;
	pool_close(pool);
	CHECK_INT(l->n, MANY);
	for (int i = 0; i < MANY; i++)
		CHECK_INT(l->done[i], i);
}

TEST(pool_refuses_when_its_queue_is_full)
{
	enum { ROOM = 3 };
	struct pool *pool;
	struct ledger *l = ledger_new(arena);
	CHECK_OK(pool_open(arena, 2, ROOM, &pool));
	hold(pool, arena, l, 2);
	for (int i = 0; i < ROOM; i++)
		CHECK_OK(submit(pool, arena, l, i));
	CHECK_INT(submit(pool, arena, l, 99), ERR_UNAVAIL);
	CHECK_INT(l->n, 0); /* nor done at once */
	l->open = true;
	while (l->begun < 2 + ROOM)
		usleep(200);
	CHECK_OK(submit(pool, arena, l, 7)); /* there is room again */
	pool_close(pool);
	CHECK_INT(l->n, ROOM + 1);
	for (int i = 0; i < l->n; i++)
		CHECK(l->done[i] != 99);
}

static void *
open_later(void *arg)
{
	struct ledger *l = arg;
	usleep(50 * 1000);
	l->open = true;
	return NULL;
}

TEST(pool_close_does_what_is_queued_and_takes_no_more)
{
	struct pool *pool;
	pthread_t thread;
	struct ledger *l = ledger_new(arena);
	CHECK_OK(pool_open(arena, 2, 8, &pool));
	hold(pool, arena, l, 2);
	for (int i = 0; i < 8; i++)
		CHECK_OK(submit(pool, arena, l, i));
	CHECK_INT(l->n, 0);
	CHECK_INT(pthread_create(&thread, NULL, open_later, l), 0);
	pool_close(pool);
	pthread_join(thread, NULL);
	CHECK_INT(l->n, 8);
	CHECK_INT(submit(pool, arena, l, 9), ERR_UNAVAIL);
	CHECK_INT(l->n, 8);
	pool_close(pool); /* once more does nothing */
	pool_close(NULL);
}

/* Each thread has a number of its own: it is the reader it may use. */
TEST(pool_threads_work_side_by_side_under_their_numbers)
{
	struct pool *pool;
	struct ledger *l = ledger_new(arena);
	CHECK_OK(pool_open(arena, 4, 16, &pool));
	hold(pool, arena, l, 4); /* one could not begin four */
	l->open = true;
	pool_close(pool);
	CHECK_INT(l->threads, 0xf);
}

/* ---- submitted from many threads ---- */

struct sender {
	struct pool *pool;
	struct ledger *ledger;
	struct piece piece[MANY / 4];
	int taken;
};

static void *
send(void *arg)
{
	struct sender *s = arg;
	for (int i = 0; i < MANY / 4; i++) {
		s->piece[i] = (struct piece){s->ledger, i};
		while (pool_submit(s->pool, do_piece, &s->piece[i]) != ERR_OK)
			usleep(100);
		s->taken++;
	}
	return NULL;
}

TEST(pool_loses_and_doubles_nothing_from_many_threads)
{
	struct pool *pool;
	struct sender *sender = arena_new(arena, struct sender, 4);
	struct ledger *l = ledger_new(arena);
	pthread_t thread[4];
	int seen[MANY / 4] = {0};
	CHECK_OK(pool_open(arena, 3, 5, &pool));
	for (int i = 0; i < 4; i++) {
		sender[i] = (struct sender){.pool = pool, .ledger = l};
		CHECK_INT(
		    pthread_create(&thread[i], NULL, send, &sender[i]), 0);
	}
	for (int i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	pool_close(pool);
	CHECK_INT(l->n, MANY);
	for (int i = 0; i < MANY; i++)
		seen[l->done[i]]++;
	for (int i = 0; i < MANY / 4; i++)
		CHECK_INT(seen[i], 4);
}
