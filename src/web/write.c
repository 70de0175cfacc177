/* SPDX-License-Identifier: MPL-2.0 */
#include "web/write.h"

#include <pthread.h>

struct wait {
	enum err (*fn)(void *arg, struct db *);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool is_done;
	enum err outcome;
};

static enum err
run(void *arg, struct db *db)
{
	struct wait *w = arg;
	return w->fn(w->arg, db);
}

static void
finish(void *arg, enum err e)
{
	struct wait *w = arg;
	pthread_mutex_lock(&w->lock);
	w->outcome = e;
	w->is_done = true;
	pthread_cond_signal(&w->done);
	pthread_mutex_unlock(&w->lock);
}

enum err
write_wait(struct lanes *lanes, struct id key, struct arena *a,
    enum err (*fn)(void *arg, struct db *), void *arg)
{
	struct wait w = {.fn = fn, .arg = arg};
	struct lane_job job = {
	    .run = run, .done = finish, .arg = &w, .arena = a};
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.done, NULL);
	/* Once it is submitted the outcome is the lane's to say. */
	enum err e = lane_submit(lanes, key, &job);
	if (e == ERR_OK) {
		pthread_mutex_lock(&w.lock);
		while (!w.is_done)
			pthread_cond_wait(&w.done, &w.lock);
		e = w.outcome;
		pthread_mutex_unlock(&w.lock);
	}
	pthread_cond_destroy(&w.done);
	pthread_mutex_destroy(&w.lock);
	return e;
}
