/* SPDX-License-Identifier: MPL-2.0 */
/* voices_in - brings a file of what people said into the worked example's
 * network, as the job does it: 500 a write, each on disk before the next.
 *
 *	voices_in DIR N
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs
 * on it; with SAMSKAB_DATABASE its data is there.  Prints the seconds it took,
 * reading the file twice included; on stderr, the processor's time of this
 * process and how busy the machine was, and how long a search takes whose word
 * all of them have and whose filter none. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/contribution.h"
#include "model/voices_import.h"

enum { A_WRITE = 500, ROW_BYTES = 200 };

struct bench {
	struct db *db;
	struct arena *arena, *rows; /* rows: of one write */
	struct actor who;
};

static struct str
file_of(struct arena *a, int64_t n)
{
	struct buf b = buf_new(a, n * ROW_BYTES + 100);
	buf_add(&b, S("id;title/da;body/da;withdrawn\r\n"));
	for (int64_t i = 0; i < n; i++)
		buf_fmt(&b,
		    "%lld;Forslag %lld;\"Om aftenen er der ingen, der ringer "
		    "\"\"tilbage\"\", og det er svært at vide, hvem man skal "
		    "spørge.\";false\r\n",
		    (long long)i, (long long)i);
	return buf_str(&b);
}

static enum err
look(struct bench *b, const struct voices_import *in)
{
	struct voices_reading r;
	struct voice_in row;
	enum err e = voices_reading_open(b->db, b->arena, &b->who, in, &r);
	while (e == ERR_OK && voices_reading_next(&r, b->rows, &row))
		arena_reset(b->rows);
	return e == ERR_OK && r.file.n_faults > 0 ? ERR_INVALID : e;
}

static enum err
write_some(struct bench *b, struct voices_batch *batch)
{
	enum err e = db_begin(b->db);
	if (e == ERR_OK)
		e = voices_import_add(b->db, b->rows, &b->who, batch);
	return e == ERR_OK ? db_commit(b->db) : e;
}

static enum err
bring_in(struct bench *b, const struct voices_import *in)
{
	struct voices_reading r;
	struct voice_in *list = arena_new(b->arena, struct voice_in, A_WRITE);
	ptrdiff_t n = A_WRITE;
	enum err e = look(b, in);
	if (e == ERR_OK)
		e = voices_reading_open(b->db, b->arena, &b->who, in, &r);
	while (e == ERR_OK && n == A_WRITE) {
		for (n = 0; n < A_WRITE; n++) {
			if (!voices_reading_next(&r, b->rows, &list[n]))
				break;
		}
		struct voices_batch batch = {in, r.file.ours, list, n, 0};
		e = write_some(b, &batch);
		arena_reset(b->rows);
	}
	return e;
}

static enum err
look_for_none(struct bench *b)
{
	struct contribution_search s = {
	    .query = S("aftenen"), .filter = {.kind = S("quote")}};
	enum err e = ERR_OK;
	int64_t from_us = 0;
	for (int i = 0; e == ERR_OK && i < 2; i++) { /* the second counts */
		from_us = clock_mono_us();
		e = contribution_search(b->db, b->arena, &b->who, &s);
	}
	fprintf(stderr, "rare filter: %.1f ms\n",
	    (double)(clock_mono_us() - from_us) / 1000);
	return e;
}

static double
seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / SECOND_US;
}

/* Others may be at work on the machine: what the seconds are worth. */
static void
say_load(void)
{
	struct rusage u = {0};
	double load[1] = {0};
	getrusage(RUSAGE_SELF, &u);
	getloadavg(load, 1);
	fprintf(stderr, "user %.2f s, system %.2f s, load %.1f\n",
	    seconds(&u.ru_utime), seconds(&u.ru_stime), load[0]);
}

int
main(int argc, char **argv)
{
	int64_t n = 0;
	struct keys keys;
	struct bench b = {0};
	struct arena *a = arena_open((ptrdiff_t)256 * 1024 * 1024);
	if (a == NULL || argc != 3 || !str_int(str_c(argv[2]), &n))
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	catalogue_init();
	struct str dir = str_c(argv[1]);
	const char *url = getenv("SAMSKAB_DATABASE");
	url = url == NULL ? "" : url;
	b.arena = a;
	enum err e = drop_privileges(dir);
	if (e == ERR_OK)
		e = keys_load(dir, false, &keys);
	if (e == ERR_OK)
		e = db_open(
		    a, &(struct db_place){dir, str_c(url)}, DB_WRITE, &b.db);
	if (e == ERR_OK)
		e = example_leader(b.db, a, &keys, clock_now_us(), &b.who);
	struct voices_import in = {.id = id_new(clock_now_us()),
	    .kind = S("idea"),
	    .basis = S("public_task"),
	    .scope = SCOPE_NETWORK,
	    .told = S("Kommunen læser det, og de andre i netværket."),
	    .file = file_of(a, n)};
	b.rows = arena_scratch(a);
	int64_t from_us = clock_mono_us();
	if (e == ERR_OK)
		e = bring_in(&b, &in);
	if (e == ERR_OK)
		printf(
		    "%.2f\n", (double)(clock_mono_us() - from_us) / SECOND_US);
	say_load();
	if (e == ERR_OK)
		e = look_for_none(&b);
	if (e != ERR_OK)
		fprintf(stderr, "voices_in: %s: outcome %d\n", argv[1], (int)e);
	db_close(b.db);
	arena_close(a);
	return e == ERR_OK ? 0 : 1;
}
