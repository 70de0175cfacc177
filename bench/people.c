/* SPDX-License-Identifier: MPL-2.0 */
/* people - brings a list of people into the worked example's network, as the
 * job does: 250 a write, each on disk before the next.
 *
 *	people DIR N
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs
 * on it.  Prints the seconds it took, reading the file included. */
#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/import.h"

enum { A_WRITE = 250, ROW_BYTES = 96 };

static struct str
list_of(struct arena *a, int64_t n)
{
	struct buf b = buf_new(a, n * ROW_BYTES + 100);
	buf_add(&b, S("navn;mail;telefon;alias\n"));
	for (int64_t i = 0; i < n; i++)
		buf_fmt(&b, "Karen Holm %lld;k%lld@borger.example;%lld;K%lld\n",
		    (long long)i, (long long)i, (long long)i + 20000000,
		    (long long)i);
	return buf_str(&b);
}

static enum err
bring_in(struct db *db, struct arena *a, const struct actor *who, int64_t n)
{
	struct import_people people;
	struct import list = {.id = id_new(who->now_us),
	    .account = who->account,
	    .actor_kind = S("citizen"),
	    .reason = S("Har selv meldt sig"),
	    .file = list_of(a, n)};
	struct arena *scratch = arena_scratch(a);
	enum err e = import_read(db, a, who, &list, &people);
	struct import_rows rows = {0, 0, 0};
	while (e == ERR_OK && rows.from < people.file.n) {
		rows.to = rows.from + A_WRITE;
		if (rows.to > people.file.n)
			rows.to = people.file.n;
		e = db_begin(db);
		if (e == ERR_OK)
			e = import_add(db, scratch, who, &people, &rows);
		if (e == ERR_OK)
			e = db_commit(db);
		arena_reset(scratch);
		rows.from = rows.to;
	}
	return e;
}

int
main(int argc, char **argv)
{
	int64_t n = 0;
	struct keys keys;
	struct actor who;
	struct db *db = NULL;
	struct arena *a = arena_open((ptrdiff_t)512 * 1024 * 1024);
	if (a == NULL || argc != 3 || !str_int(str_c(argv[2]), &n))
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	catalogue_init();
	struct str dir = str_c(argv[1]);
	enum err e = drop_privileges(dir);
	if (e == ERR_OK)
		e = keys_load(dir, false, &keys);
	if (e == ERR_OK)
		e = db_open(a, &(struct db_place){.dir = dir}, DB_WRITE, &db);
	if (e == ERR_OK)
		e = example_leader(db, a, &keys, clock_now_us(), &who);
	int64_t from_us = clock_mono_us();
	if (e == ERR_OK)
		e = bring_in(db, a, &who, n);
	if (e == ERR_OK)
		printf(
		    "%.2f\n", (double)(clock_mono_us() - from_us) / SECOND_US);
	else
		fprintf(stderr, "people: %s: outcome %d\n", argv[1], (int)e);
	db_close(db);
	arena_close(a);
	return e == ERR_OK ? 0 : 1;
}
