/* SPDX-License-Identifier: MPL-2.0 */

/* kill -9 (trust.md TR1): a child with 16 writers through real lanes is killed
 * 50 times at a random moment.  After each, on what is left: every write that
 * it had reported as acknowledged is there, none counted twice, the database
 * is whole, and the next child's first write is through within 2 s. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/rand.h"
#include "tests/web/writes.h"

enum { WRITERS = 16, CYCLES = 50, MOST_EACH = 20000 };

/* From the child; a write of it to a pipe is atomic. */
struct report {
	int32_t writer, k; /* write k of this writer is acknowledged */
	int64_t ready_us; /* > 0: the first one was, so long after the start */
};

struct book {
	bool acked[WRITERS][MOST_EACH];
	int next[WRITERS]; /* the first that was not reported */
	int64_t acks, slowest_us;
};

/* ---- the child ---- */

struct writer {
	pthread_t thread;
	struct lanes *lanes;
	int number, k, pipe;
	int64_t start_us;
};

static int64_t
number_of(int writer, int k)
{
	return (int64_t)writer * MOST_EACH + k;
}

/* Writes until it is killed.  The first one may have got through before the
 * last kill, unreported: then it is there already, which is as good. */
static void *
write_on(void *arg)
{
	struct writer *w = arg;
	for (int k = w->k; k < MOST_EACH; k++) {
		enum err e = write_now(w->lanes, number_of(w->number, k));
		if (e != ERR_OK && !(e == ERR_CONFLICT && k == w->k))
			_exit(3);
		struct report r = {.writer = w->number, .k = k};
		if (k == w->k)
			r.ready_us = clock_mono_us() - w->start_us;
		if (write(w->pipe, &r, sizeof r) != sizeof r)
			_exit(4);
	}
	return NULL;
}

static void
child(const struct db_place *place, const struct book *book, int pipe)
{
	static struct writer w[WRITERS];
	int64_t start_us = clock_mono_us();
	struct arena *a = arena_open(64 * 1024 * 1024);
	struct lanes *lanes = NULL;
	struct lane_options o = {.place = *place, .lanes = 2};
	if (a == NULL || lanes_open(a, &o, &lanes) != ERR_OK)
		_exit(2);
	for (int i = 0; i < WRITERS; i++) {
		w[i] = (struct writer){.lanes = lanes,
		    .number = i,
		    .k = book->next[i],
		    .pipe = pipe,
		    .start_us = start_us};
		if (pthread_create(&w[i].thread, NULL, write_on, &w[i]) != 0)
			_exit(5);
	}
	for (int i = 0; i < WRITERS; i++)
		pthread_join(w[i].thread, NULL);
	_exit(6); /* more writes than expected before the kill */
}

/* ---- the parent ---- */

static void
take_report(struct book *book, const struct report *r)
{
	CHECK(r->writer >= 0 && r->writer < WRITERS && r->k < MOST_EACH);
	book->acked[r->writer][r->k] = true;
	book->next[r->writer] = r->k + 1;
	book->acks++;
	if (r->ready_us > book->slowest_us)
		book->slowest_us = r->ready_us;
}

/* Reads reports for so long, kills, and reads what is left in the pipe. */
static void
watch_and_kill(struct book *book, pid_t pid, int pipe, int64_t for_us)
{
	struct report r;
	bool killed = false;
	int64_t end_us = clock_mono_us() + for_us;
	for (;;) {
		struct pollfd p = {.fd = pipe, .events = POLLIN};
		int64_t left_us = end_us - clock_mono_us();
		if (!killed && left_us <= 0) {
			kill(pid, SIGKILL);
			killed = true;
		}
		if (poll(&p, 1, killed ? -1 : (int)(left_us / 1000) + 1) == 0)
			continue;
		ssize_t n = read(pipe, &r, sizeof r);
		if (n <= 0)
			break;
		CHECK_INT(n, sizeof r);
		take_report(book, &r);
	}
	int status = 0;
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
check_whole(
    struct arena *arena, const struct db_place *place, const struct book *book)
{
	static bool there[WRITERS * MOST_EACH];
	struct arena *a = arena_scratch(arena);
	struct db *db = NULL;
	struct db_rows rows;
	struct str fault;
	memset(there, 0, sizeof there);
	CHECK_OK(db_open(a, place, DB_WRITE, &db));
	CHECK_OK(db_check(db, a, &fault));
	CHECK_STR(fault, S(""));
	CHECK_OK(db_all(db, a, "SELECT n FROM entry WHERE org = $1", &rows,
	    DB_ID(writes_org)));
	for (ptrdiff_t i = 0; i < rows.n; i++)
		there[db_int(&rows.row[i], 0)] = true;
	int64_t lost = 0;
	for (int w = 0; w < WRITERS; w++) {
		for (int k = 0; k < book->next[w]; k++)
			lost += book->acked[w][k] && !there[number_of(w, k)];
	}
	CHECK_INT(lost, 0);
	arena_close(a);
	int64_t n_rows, tally;
	writes_count(arena, place, &n_rows, &tally);
	CHECK_INT(tally, n_rows); /* none counted twice, none by half */
}

static void
kill_again_and_again(struct arena *arena, enum db_kind kind)
{
	static struct book book;
	struct db_place place = test_place(arena, kind);
	writes_tables(arena, &place);
	memset(&book, 0, sizeof book);
	for (int i = 0; i < CYCLES; i++) {
		int ends[2];
		uint16_t random;
		rand_bytes(&random, sizeof random);
		CHECK_INT(pipe(ends), 0);
		pid_t pid = fork();
		CHECK(pid >= 0);
		if (pid == 0) {
			close(ends[0]);
			child(&place, &book, ends[1]);
		}
		close(ends[1]);
		watch_and_kill(&book, pid, ends[0], 30000 + random % 120000);
		close(ends[0]);
		check_whole(arena, &place, &book);
	}
	print_message("%lld acknowledged, slowest start %lld ms\n",
	    (long long)book.acks, (long long)(book.slowest_us / 1000));
	CHECK(book.acks > 500);
	CHECK_MAX(book.slowest_us, 2 * SECOND_US);
}

TEST(kill_loses_and_doubles_nothing_sqlite)
{
	kill_again_and_again(arena, DB_SQLITE);
}

TEST(kill_loses_and_doubles_nothing_postgres)
{
	kill_again_and_again(arena, DB_POSTGRES);
}
