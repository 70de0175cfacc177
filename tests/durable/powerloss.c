/* SPDX-License-Identifier: MPL-2.0 */

/* Power losses (trust.md TR2): 2,000 moments in the life of real lanes on a
 * lazy disk, and what is left at each.  Nothing that was acknowledged may be
 * missing, nothing be there by half.  The same harness must see losses where
 * the disk is not asked to sync; else it would prove nothing. */
#include "tests/durable/lazy_vfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tests/web/writes.h"

enum { MOMENTS = 2000, A_CYCLE = 50, MAX_WRITES = 40000 };

struct story {
	struct disk *disk, *after; /* what runs, and what a loss leaves */
	uint32_t random;
	bool acked[MAX_WRITES];
	int64_t next; /* the next write's number */
	int moments, in_cycle, every;
	int lost, half, broken;
	bool telling; /* moments are taken */
};

static uint32_t
roll(struct story *s)
{
	s->random = s->random * 1664525u + 1013904223u;
	return s->random >> 8;
}

/* ---- what is left ---- */

static int64_t
number(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t n = -1;
	if (sqlite3_prepare_v2(h, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

/* Acknowledged writes that are not there; -1 when it cannot be read. */
static int
missing(const struct story *s, sqlite3 *h)
{
	static bool there[MAX_WRITES];
	sqlite3_stmt *stmt = NULL;
	memset(there, 0, (size_t)s->next);
	if (sqlite3_prepare_v2(h, "SELECT n FROM entry", -1, &stmt, NULL) !=
	    SQLITE_OK)
		return -1;
	int rc;
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
		there[sqlite3_column_int64(stmt, 0)] = true;
	sqlite3_finalize(stmt);
	int n = rc == SQLITE_DONE ? 0 : -1;
	for (int64_t i = 0; i < s->next && n >= 0; i++)
		n += s->acked[i] && !there[i];
	return n;
}

/* Opens what is left as SQLite would after a reboot, and counts. */
static void
look(struct story *s)
{
	sqlite3 *h = NULL;
	int rc = sqlite3_open_v2("disk/samskab.db", &h,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, "after");
	int lost = rc == SQLITE_OK ? missing(s, h) : -1;
	s->lost += lost > 0 ? lost : 0;
	bool whole = lost >= 0 &&
	    number(h,
		"SELECT COUNT(*) FROM pragma_integrity_check"
		" WHERE integrity_check = 'ok'") == 1;
	s->broken += !whole;
	if (whole)
		s->half += number(h, "SELECT COUNT(*) FROM entry") !=
		    number(h, "SELECT n FROM tally");
	sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(h);
}

/* Before an operation of the disk: now and then this is the moment.  Runs on
 * the lane's thread, where writes are acknowledged too: so `acked` is exactly
 * what was promised by then. */
static void
moment(void *arg)
{
	struct story *s = arg;
	if (!s->telling || s->moments == MOMENTS ||
	    roll(s) % (uint32_t)s->every != 0)
		return;
	s->moments++;
	disk_power_loss(s->disk, s->after, roll(s) % 4 == 0 ? 0 : roll(s) | 1);
	look(s);
	if (++s->in_cycle == A_CYCLE)
		disk_die(s->disk);
}

static void
acknowledged(void *arg, struct write *w)
{
	struct story *s = arg;
	s->acked[w->n] = w->got == ERR_OK;
}

/* ---- real lanes ---- */

static const struct db_place PLACE = {.dir = S_INIT("disk")};

/* Writes in groups until the power is gone, or `groups` are done. */
static void
write_through_lanes(struct arena *arena, struct story *s, int groups)
{
	enum { TOGETHER = 8 };
	static struct write w[TOGETHER];
	struct waiter waiter;
	struct lanes *lanes = writes_lanes(arena, &PLACE, 1, 0);
	waiter_init(&waiter);
	waiter.on_done = acknowledged;
	waiter.arg = s;
	s->telling = true;
	bool alive = true;
	while (alive && groups-- > 0) {
		int n = 1 + (int)(s->next % TOGETHER);
		for (int i = 0; i < n; i++) {
			w[i] = (struct write){.n = s->next++};
			CHECK(write_submit(lanes, &waiter, &w[i]));
		}
		wait_for_all(&waiter);
		for (int i = 0; i < n; i++)
			alive = alive && w[i].got == ERR_OK;
	}
	lanes_close(lanes); /* with its checkpoint, when it lives */
	s->telling = false;
}

static struct story *
begin(struct arena *arena, int every)
{
	struct story *s = arena_new(arena, struct story, 1);
	s->disk = disk_open(arena, "lazy", true);
	s->after = disk_open(arena, "after", false);
	s->random = 1;
	s->every = every;
	writes_tables(arena, &PLACE);
	disk_watch(s->disk, moment, s);
	return s;
}

/* Cycles that end in a power loss, after which the next one goes on with what
 * is left; each third one ends in peace instead. */
static void
live(struct arena *arena, struct story *s)
{
	for (int cycle = 0; s->moments < MOMENTS; cycle++) {
		struct arena *a = arena_scratch(arena);
		s->in_cycle = 0;
		write_through_lanes(a, s, cycle % 3 == 2 ? 12 : 1000);
		CHECK(s->next < MAX_WRITES - 2000);
		if (cycle % 3 != 2 || s->in_cycle == A_CYCLE) {
			disk_power_loss(s->disk, s->after, roll(s) | 1);
			disk_revive(s->disk, s->after);
		}
		arena_close(a);
	}
}

TEST(powerloss_loses_nothing_that_was_acknowledged)
{
	struct story *s = begin(arena, 8);
	live(arena, s);
	CHECK_INT(s->moments, MOMENTS);
	CHECK(s->next > 500);
	CHECK_INT(s->lost, 0);
	CHECK_INT(s->half, 0);
	CHECK_INT(s->broken, 0);
}

/* The control: the same lanes on a disk that lies about syncing. */
TEST(powerloss_on_a_lying_disk_is_seen)
{
	struct story *s = begin(arena, 8);
	disk_lie(s->disk, true);
	write_through_lanes(arena, s, 100);
	CHECK(s->moments > 20);
	CHECK(s->lost > 0);
}

/* ---- and with the setting that makes the difference ---- */

static void
write_with(struct story *s, const char *synchronous)
{
	sqlite3 *h = NULL;
	CHECK_INT(sqlite3_open("disk/samskab.db", &h), SQLITE_OK);
	number(h, "PRAGMA journal_mode = WAL");
	CHECK_INT(sqlite3_exec(h, synchronous, NULL, NULL, NULL), SQLITE_OK);
	s->telling = true;
	for (int i = 0; i < 150; i++) {
		char sql[200];
		int64_t n = s->next++;
		snprintf(sql, sizeof sql,
		    "BEGIN IMMEDIATE;"
		    "INSERT INTO entry (org, n) VALUES (x'%032x', %lld);"
		    "UPDATE tally SET n = n + 1; COMMIT",
		    1, (long long)n);
		if (sqlite3_exec(h, sql, NULL, NULL, NULL) != SQLITE_OK)
			break;
		s->acked[n] = true;
	}
	s->telling = false;
	sqlite3_close(h);
}

TEST(powerloss_with_synchronous_full_loses_nothing)
{
	struct story *s = begin(arena, 8);
	write_with(s, "PRAGMA synchronous = FULL");
	CHECK(s->moments > 20);
	CHECK_INT(s->lost, 0);
	CHECK_INT(s->half + s->broken, 0);
}

TEST(powerloss_with_synchronous_normal_is_seen)
{
	struct story *s = begin(arena, 8);
	write_with(s, "PRAGMA synchronous = NORMAL");
	CHECK(s->lost > 0);
}

TEST(powerloss_with_synchronous_off_is_seen)
{
	struct story *s = begin(arena, 8);
	write_with(s, "PRAGMA synchronous = OFF");
	CHECK(s->lost > 0);
}

/* ---- I/O errors (trust.md TR3) ---- */

struct fault {
	enum disk_op op;
	int code;
	bool forever;
};

/* Ten writes with a fault at the n-th operation, then a power loss: what was
 * acknowledged must be there.  Gives whether the fault was met. */
static bool
write_into_fault(struct arena *arena, const struct fault *f, int n)
{
	struct arena *a = arena_scratch(arena);
	struct story *s = begin(a, 1);
	struct lanes *lanes = writes_lanes(a, &PLACE, 1, 0);
	disk_watch(s->disk, NULL, NULL);
	CHECK_OK(write_now(lanes, s->next++));
	s->acked[0] = true;
	disk_fail(s->disk, f->op, n, f->code, f->forever);
	for (int i = 0; i < 10; i++) {
		int64_t number_now = s->next++;
		enum err e = write_now(lanes, number_now);
		CHECK(e == ERR_OK || e == ERR_UNAVAIL || e == ERR_INTERNAL);
		s->acked[number_now] = e == ERR_OK;
	}
	bool met = disk_failed(s->disk);
	disk_power_loss(s->disk, s->after, 0);
	look(s);
	disk_fail(s->disk, f->op, 0, 0, false);
	enum err e = ERR_UNAVAIL;
	for (int i = 0; i < 3 && e != ERR_OK; i++) {
		e = write_now(lanes, s->next);
		s->acked[s->next++] = e == ERR_OK;
	}
	CHECK_OK(e); /* it goes on without a restart */
	disk_power_loss(s->disk, s->after, 0);
	look(s);
	CHECK_INT(s->lost, 0);
	CHECK_INT(s->half, 0);
	CHECK_INT(s->broken, 0);
	lanes_close(lanes);
	arena_close(a);
	return met;
}

static void
fail_everywhere(struct arena *arena, const struct fault *f, int points)
{
	int met = 0;
	for (int n = 1; n <= points; n++)
		met += write_into_fault(arena, f, n);
	CHECK(met > points / 2);
}

TEST(faults_of_fsync_once_and_for_ever)
{
	fail_everywhere(
	    arena, &(struct fault){DISK_SYNC, SQLITE_IOERR, false}, 10);
	fail_everywhere(
	    arena, &(struct fault){DISK_SYNC, SQLITE_IOERR, true}, 10);
}

TEST(faults_of_writing_once_and_for_ever)
{
	fail_everywhere(
	    arena, &(struct fault){DISK_WRITE, SQLITE_IOERR, false}, 40);
	fail_everywhere(
	    arena, &(struct fault){DISK_ANY, SQLITE_IOERR, true}, 40);
}

TEST(faults_of_a_full_disk_once_and_for_ever)
{
	fail_everywhere(
	    arena, &(struct fault){DISK_WRITE, SQLITE_FULL, false}, 40);
	fail_everywhere(
	    arena, &(struct fault){DISK_WRITE, SQLITE_FULL, true}, 40);
}
