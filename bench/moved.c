/* SPDX-License-Identifier: MPL-2.0 */
/* moved - what moved between two rounds of a measurement: how long the work
 * behind its page takes, from the database to sentences and tables, and that of
 * its picture.
 *
 *	moved DIR ANSWERS
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs on
 * it.  So many people answer six questions in each round, in seven target
 * groups.  Prints a line a way to measure: its key, a tab, milliseconds of the
 * processor (the median of seven). */
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "bench/stat.h"
#include "engine/random.h"
#include "model/catalogue.h"
#include "report/measured.h"

enum { TIMES = 7, GROUPS = 7 };

static const char QUESTIONS[] =
    "q_respect q_fits q_heard q_in_time q_less_alone q_understood";

struct bench {
	struct db *db;
	struct arena *arena;
	struct actor who;
	int64_t answers;
	struct measure measure;
	struct id group[GROUPS];
};

static enum err
begin(struct bench *b, enum measure_design design)
{
	struct record_saved saved;
	struct measure_more more = {.bank = str_c(QUESTIONS)};
	struct record r = {.kind = KIND_MEASURE,
	    .network = b->who.network,
	    .id = id_new(b->who.now_us)};
	record_set(&r, "title", S("Hjælp i hverdagen"));
	record_set(&r, "purpose", S("Vi vil vide, om den er god."));
	record_set(&r, "design", str_c(measure_designs[design].key));
	record_set(&r, "since", S("2026-10-01"));
	record_set(&r, "door", S("link"));
	record_set(&r, "words", S("no"));
	enum err e = record_save(b->db, b->arena, &b->who, &r, &saved);
	if (e == ERR_OK)
		e = measure_get(b->db, b->arena, &b->who, r.id, &b->measure);
	if (e == ERR_OK)
		e = measure_items_add(
		    b->db, b->arena, &b->who, &b->measure, &more);
	return e == ERR_OK
	    ? measure_get(b->db, b->arena, &b->who, r.id, &b->measure)
	    : e;
}

static enum err
answer(struct bench *b, int64_t n, struct random *chance)
{
	struct arena *a = arena_scratch(b->arena);
	const struct measure *m = &b->measure;
	struct measure_reply r = {0};
	struct respondent p = measure_pseudonym(
	    a, &b->who, m, str_fmt(a, "svar %lld", (long long)n));
	p.group = b->group[n % GROUPS];
	for (ptrdiff_t i = 0; i < m->n_items; i++) {
		r.now[i] =
		    (int8_t)(1 + random_below(chance, MEASURE_DONT_KNOW));
		if (m->design == MEASURE_RETROSPECTIVE)
			r.then[i] = (int8_t)(1 +
			    random_below(chance, MEASURE_DONT_KNOW));
	}
	enum err e = measure_reply_put(b->db, a, &b->who, &p, &r);
	arena_close(a);
	return e;
}

static enum err
fill(struct bench *b, enum measure_design design)
{
	struct random chance = random_new(S("moved"), S("bench"));
	int rounds = design == MEASURE_RETROSPECTIVE ? 1 : 2;
	enum err e = db_begin(b->db);
	if (e == ERR_OK)
		e = begin(b, design);
	for (int i = 0; e == ERR_OK && i < rounds; i++) {
		e = measure_begin_round(b->db, b->arena, &b->who, &b->measure);
		for (int64_t n = 0; e == ERR_OK && n < b->answers; n++)
			e = answer(b, n, &chance);
		if (e == ERR_OK)
			e = measure_close_round(
			    b->db, b->arena, &b->who, &b->measure);
	}
	return e == ERR_OK ? db_commit(b->db) : e;
}

static int64_t
cpu_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

/* What the page does, but for its HTML; then what its picture does. */
static enum err
look(struct bench *b, bool picture, double *ms)
{
	struct measure m;
	struct measure_rows rows;
	struct measured d = {0};
	struct str svg = {0};
	struct measured_wish wish = {.k = 5, .lang = LANG_DA};
	struct arena *a = arena_open((ptrdiff_t)256 * 1024 * 1024);
	int64_t from_us = cpu_us();
	enum err e = measure_get(b->db, a, &b->who, b->measure.record.id, &m);
	if (e == ERR_OK)
		e = measure_rows(b->db, a, &b->who, &m, &rows);
	if (e == ERR_OK)
		measured_of(a, &m, &rows, &wish, &d);
	if (e == ERR_OK && picture)
		svg = change_svg(&d.report, CHANGE_WIDE);
	*ms = (double)(cpu_us() - from_us) / 1000;
	if (e == ERR_OK &&
	    (!d.ready || d.answered_after != b->answers ||
		(picture && svg.n == 0)))
		e = ERR_INTERNAL;
	arena_close(a);
	return e;
}

static enum err
time_it(struct bench *b, enum measure_design design)
{
	enum err e = fill(b, design);
	for (int picture = 0; e == ERR_OK && picture < 2; picture++) {
		double ms[TIMES] = {0};
		for (int i = 0; e == ERR_OK && i < TIMES; i++)
			e = look(b, picture == 1, &ms[i]);
		if (e == ERR_OK)
			printf("%s%s\t%.1f\n", measure_designs[design].key,
			    picture == 1 ? ", its picture" : "",
			    stat_median(ms, TIMES));
	}
	return e;
}

int
main(int argc, char **argv)
{
	struct bench b = {.arena = arena_open((ptrdiff_t)1024 * 1024 * 1024)};
	struct keys keys;
	if (argc != 3 || !str_int(str_c(argv[2]), &b.answers))
		return 2;
	secret_init();
	catalogue_init();
	log_set_level(LOG_WARN);
	struct db_place place = {.dir = str_c(argv[1])};
	enum err e = keys_load(place.dir, false, &keys);
	if (e == ERR_OK)
		e = db_open(b.arena, &place, DB_WRITE, &b.db);
	if (e == ERR_OK)
		e = example_leader(
		    b.db, b.arena, &keys, clock_now_us(), &b.who);
	for (int i = 0; i < GROUPS; i++)
		b.group[i] = id_new(b.who.now_us);
	for (int d = 0; e == ERR_OK && d <= MEASURE_CROSS_SECTION; d++)
		e = time_it(&b, (enum measure_design)d);
	if (e != ERR_OK) {
		fprintf(stderr, "moved: %s\n", err_name(e));
		return 1;
	}
	db_close(b.db);
	return 0;
}
