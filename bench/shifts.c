/* SPDX-License-Identifier: MPL-2.0 */
/* shifts - a network of the worked example with many shifts and people on them.
 *
 *	shifts DIR N
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs
 * on it.  Adds N shifts of four places, three of them taken; how long the page
 * of all shifts takes is measured by bench/large.sh. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/shift.h"

enum { A_FORM = 50, PEOPLE = 60, ON = 3 };

struct bench {
	struct db *db;
	struct arena *a;
	struct actor who;
	struct id task, person[PEOPLE];
};

static enum err
add_people(struct bench *b)
{
	enum err e = ERR_OK;
	struct corps_tasks tasks;
	struct pledge_faults faults;
	e = corps_tasks(b->db, b->a, &b->who, &tasks);
	if (e != ERR_OK || tasks.n == 0)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	b->task = tasks.list[0].id;
	for (int i = 0; e == ERR_OK && i < PEOPLE; i++) {
		struct person p = {.id = id_new(b->who.now_us + i),
		    .actor_kind = S("citizen"),
		    .channel = S("phone"),
		    .lang = S("da"),
		    .reason = S("Vil gerne hjælpe"),
		    .source = S("named")};
		struct pledge g = {.id = id_new(b->who.now_us + i),
		    .task = b->task,
		    .person = p.id,
		    .what = S("Kaffe"),
		    .hours = PLEDGE_HOURS,
		    .per = S("week"),
		    .ends = S("2099-12-31"),
		    .contact = S("Mette"),
		    .way = S("phone")};
		b->person[i] = p.id;
		e = person_save(b->db, b->a, &b->who, &p);
		if (e == ERR_OK)
			e = pledge_add(b->db, b->a, &b->who, &g, &faults);
	}
	return e;
}

/* A form's worth: the same hours each week. */
static enum err
add_shifts(struct bench *b, int64_t turn)
{
	struct shift_faults faults;
	struct shift_answer answer;
	struct shifts all;
	struct date today = date_danish(b->who.now_us);
	int64_t hour = 8 + turn % 10;
	struct shift_new in = {.id = id_new(b->who.now_us + turn),
	    .task = b->task,
	    .day =
		date_iso(b->a, date_from_days(date_days(today) + 1 + turn % 7)),
	    .from = shift_clock(b->a, 60 * hour),
	    .to = shift_clock(b->a, 60 * hour + 60),
	    .place = S("Biblioteket"),
	    .what = S("Kaffe og samtale"),
	    .places = S("4"),
	    .weeks = S("50")};
	enum err e = shift_make(b->db, b->a, &b->who, &in, &faults);
	if (e == ERR_OK)
		e = shift_list(b->db, b->a, &b->who,
		    &(struct shift_filter){.task = b->task}, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		for (int k = 0; e == ERR_OK && k < ON && all.list[i].in == 0;
		     k++)
			e = shift_join(b->db, b->a, &b->who,
			    (struct shift_of){all.list[i].id,
				b->person[(ON * turn + k) % PEOPLE]},
			    &answer);
	}
	return e;
}

static enum err
add_all(struct bench *b, int64_t n)
{
	enum err e = db_begin(b->db);
	if (e == ERR_OK)
		e = add_people(b);
	for (int64_t i = 0; e == ERR_OK && i < n / A_FORM; i++)
		e = add_shifts(b, i);
	return e == ERR_OK ? db_commit(b->db) : e;
}

int
main(int argc, char **argv)
{
	int64_t n = 0;
	struct keys keys;
	struct bench b = {0};
	struct arena *a = arena_open((ptrdiff_t)512 * 1024 * 1024);
	if (a == NULL || argc != 3 || !str_int(str_c(argv[2]), &n))
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	catalogue_init();
	struct str dir = str_c(argv[1]);
	b.a = a;
	enum err e = drop_privileges(dir);
	if (e == ERR_OK)
		e = keys_load(dir, false, &keys);
	if (e == ERR_OK)
		e = db_open(a, &(struct db_place){.dir = dir}, DB_WRITE, &b.db);
	if (e == ERR_OK)
		e = example_leader(b.db, a, &keys, clock_now_us(), &b.who);
	if (e == ERR_OK)
		e = add_all(&b, n);
	if (e != ERR_OK)
		fprintf(stderr, "shifts: %s: outcome %d\n", argv[1], (int)e);
	db_close(b.db);
	arena_close(a);
	return e == ERR_OK ? 0 : 1;
}
