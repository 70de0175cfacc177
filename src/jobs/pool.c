/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/pool.h"

#include <pthread.h>

struct work {
	void (*fn)(void *arg, int thread);
	void *arg;
};

struct worker {
	struct pool *pool;
	int index;
	pthread_t thread;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct work *queue; /* a ring of max */
	int first, n, max;
	bool closing;
	struct worker *worker;
	int n_workers;
};

static bool
take(struct pool *pool, struct work *work)
{
	pthread_mutex_lock(&pool->lock);
	while (pool->n == 0 && !pool->closing)
		pthread_cond_wait(&pool->more, &pool->lock);
	bool some = pool->n > 0;
	if (some) {
		*work = pool->queue[pool->first];
		pool->first = (pool->first + 1) % pool->max;
		pool->n--;
	}
	pthread_mutex_unlock(&pool->lock);
	return some;
}

static void *
run(void *arg)
{
	struct worker *worker = arg;
	struct work work;
	while (take(worker->pool, &work))
		work.fn(work.arg, worker->index);
	return NULL;
}

enum err
pool_open(struct arena *process, int threads, int queue_max, struct pool **out)
{
	struct pool *pool = arena_new(process, struct pool, 1);
	*pool = (struct pool){.max = queue_max};
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->more, NULL);
	pool->queue = arena_new(process, struct work, queue_max);
	pool->worker = arena_new(process, struct worker, threads);
	for (int i = 0; i < threads; i++) {
		struct worker *worker = &pool->worker[i];
		*worker = (struct worker){.pool = pool, .index = i};
		if (pthread_create(&worker->thread, NULL, run, worker) != 0) {
			pool_close(pool);
			return ERR_UNAVAIL;
		}
		pool->n_workers++;
	}
	*out = pool;
	return ERR_OK;
}

enum err
pool_submit(struct pool *pool, void (*fn)(void *arg, int thread), void *arg)
{
	pthread_mutex_lock(&pool->lock);
	bool room = pool->n < pool->max && !pool->closing;
	if (room) {
		pool->queue[(pool->first + pool->n) % pool->max] =
		    (struct work){fn, arg};
		pool->n++;
		pthread_cond_signal(&pool->more);
	}
	pthread_mutex_unlock(&pool->lock);
	return room ? ERR_OK : ERR_UNAVAIL;
}

void
pool_close(struct pool *pool)
{
	if (pool == NULL)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->closing = true;
	pthread_cond_broadcast(&pool->more);
	pthread_mutex_unlock(&pool->lock);
	for (int i = 0; i < pool->n_workers; i++)
		pthread_join(pool->worker[i].thread, NULL);
	pool->n_workers = 0;
}
