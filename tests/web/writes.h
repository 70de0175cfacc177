/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_WEB_WRITES_H
#define TESTS_WEB_WRITES_H

#include <pthread.h>
#include <stdatomic.h>

#include "tests/test.h"
#include "web/lane.h"

/* writes.h - numbered writes through lanes, for the tests of lanes.
 *
 * Write n adds the row n and one to a tally, in two statements: so a half
 * transaction shows as a tally that differs from the number of rows.
 */
struct write {
	struct lane_job job;
	int64_t n;
	enum err (*then)(struct db *); /* after the two; may be NULL */
	struct waiter *waiter;
	_Atomic int got; /* enum err; -1: not yet */
	int runs;
};

struct waiter {
	pthread_mutex_t mutex;
	pthread_cond_t some;
	int open; /* submitted and not done */
	/* Called on the lane's thread as each is acknowledged; may be NULL. */
	void (*on_done)(void *arg, struct write *);
	void *arg;
};

extern const struct id writes_org;

void writes_tables(struct arena *, const struct db_place *);
struct lanes *writes_lanes(
    struct arena *, const struct db_place *, int lanes, int queue_max);

void waiter_init(struct waiter *);

/* False when the lanes refused it. */
bool write_submit(struct lanes *, struct waiter *, struct write *);
void wait_for_all(struct waiter *);

/* The same, for one; gives its outcome. */
enum err write_now(struct lanes *, int64_t n);

enum err write_row(struct db *, int64_t n);

/* Rows and tally as a new connection sees them. */
void writes_count(
    struct arena *, const struct db_place *, int64_t *rows, int64_t *tally);
bool writes_has(struct arena *, struct db *, int64_t n);

#endif
