/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_POOL_H
#define JOBS_POOL_H

#include "base/arena.h"
#include "base/err.h"

/* pool.h - a few threads for what would hold up an HTTP thread: a password's
 * hash, a PDF.  First come, first served; a full queue refuses.
 * Tests: tests/jobs/pool.c
 */
struct pool;

enum err pool_open(struct arena *process, int threads, int queue_max,
    struct pool **out) MUST_USE;

/* Calls fn(arg, thread) on thread 0 .. threads-1.  ERR_UNAVAIL: the queue is
 * full, or the pool is closing; fn is then not called.  Any thread. */
enum err pool_submit(
    struct pool *, void (*fn)(void *arg, int thread), void *arg) MUST_USE;

/* Runs what is queued, then stops.  NULL is ok. */
void pool_close(struct pool *);

#endif
