/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_LANE_H
#define WEB_LANE_H

#include "db/db.h"

/* lane.h - where writes run: in groups, each group one durable commit.
 *
 * A lane is a thread with the writing connection and a queue.  It takes the
 * writes that wait, gives each a savepoint, commits once, and only then tells
 * them all.  A write that fails is undone alone.  On SQLite there is one lane;
 * on PostgreSQL several, and what has the same key (a network, or the
 * organisation) always runs in the same one, in the order it was submitted.
 *
 * A job may be run more than once (on PostgreSQL its group meets another
 * process, on either its group had to be taken apart): `run` writes to the
 * database and to its own result, nothing else, and starts from scratch.
 *
 * Threads: lane_submit() and lanes_counts() from any; lanes_reader(n) from the
 * thread n only; the rest from the one that opened.  Tests: tests/web/lane.c,
 * tests/durable/
 */
struct lanes;

struct lane_options {
	struct db_place place;
	int lanes; /* PostgreSQL only; SQLite has one.  0: 4 */
	int readers; /* DB_READ connections, one a thread that reads */
	int queue_max; /* writes that wait for a lane.  0: 4096 */
};

/* The caller's until submitted, the lane's until done() is called. */
struct lane_job {
	/* In its savepoint.  Anything but ERR_OK undoes what it wrote. */
	enum err (*run)(void *arg, struct db *);

	/* On the lane's thread, once, after the commit or the failure: ERR_OK
	 * says that it is on disk; ERR_UNAVAIL after a commit whose outcome is
	 * not known.  Short: the lane waits. */
	void (*done)(void *arg, enum err);

	void *arg;
	struct arena *arena; /* run() is guarded by it; full: ERR_UNAVAIL */

	struct lane_job *next; /* the lane's */
	enum err result; /* the lane's */
};

/* Opens every connection and starts the lanes; closed with the arena. */
enum err lanes_open(struct arena *process, const struct lane_options *,
    struct lanes **) MUST_USE;

/* Runs what was submitted, then stops; lane_submit() refuses meanwhile. */
void lanes_close(struct lanes *); /* NULL is ok */

/* ERR_UNAVAIL: the queue is full, or the lanes are closing; done() is then not
 * called. */
enum err lane_submit(struct lanes *, struct id key, struct lane_job *) MUST_USE;

/* For page tests: runs one at once, on a connection of the caller's, as a lane
 * runs a group of one.  Gives what done() would get; done() is not called. */
enum err lane_run(struct db *, struct lane_job *) MUST_USE;

/* The read-only connection of reading thread 0 .. readers - 1. */
struct db *lanes_reader(struct lanes *, int thread);

struct lane_counts {
	int64_t writes; /* committed */
	int64_t undone; /* that failed by themselves */
	int64_t lost; /* whose group could not be committed */
	int64_t commits, retries;
	int64_t largest; /* group so far */
	int64_t waiting; /* writes in the queues now */
	bool failing; /* a lane's last commit did not reach the disk */
};

struct lane_counts lanes_counts(struct lanes *);

#endif
