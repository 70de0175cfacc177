/* SPDX-License-Identifier: MPL-2.0 */
/* result - what came of a round: how long the work behind its page takes, from
 * the database to rankings and turnout, for each way of voting.
 *
 *	result DIR BALLOTS
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs on
 * it.  Prints a line a method: its key, a tab, milliseconds (the median of
 * seven). */
#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "bench/stat.h"
#include "engine/random.h"
#include "model/catalogue.h"
#include "report/ranking.h"

enum { OPTIONS = 20, TIMES = 7, POINTS = 10 };

struct bench {
	struct db *db;
	struct arena *arena;
	struct actor who;
	int64_t ballots;
	struct round round;
};

static enum err
begin(struct bench *b, enum round_method method)
{
	struct record_saved saved;
	struct round_options list;
	struct round_fault fault;
	struct buf options = buf_new(b->arena, 4096);
	struct record r = {.kind = KIND_ROUND,
	    .network = b->who.network,
	    .id = id_new(b->who.now_us)};
	for (int i = 1; i <= OPTIONS; i++)
		buf_fmt(&options, "Mulighed %d; %d\n", i, 100 * i);
	record_set(&r, "question", S("Hvad skal vi begynde med?"));
	record_set(&r, "about", S("Vælg."));
	record_set(&r, "method", str_c(round_methods[method].key));
	record_set(&r, "budget", method == ROUND_BUDGET ? S("9000") : S("0"));
	record_set(&r, "points", S("10"));
	record_set(&r, "most", S("0"));
	record_set(&r, "leadership", S("hidden"));
	enum err e = record_save(b->db, b->arena, &b->who, &r, &saved);
	if (e == ERR_OK)
		e = round_get(b->db, b->arena, &b->who, r.id, &b->round);
	if (e == ERR_OK &&
	    !round_options_read(
		b->arena, &b->round, buf_str(&options), &list, &fault))
		e = ERR_INVALID;
	if (e == ERR_OK)
		e = round_options_add(
		    b->db, b->arena, &b->who, &b->round, &list);
	if (e == ERR_OK)
		e = round_get(b->db, b->arena, &b->who, r.id, &b->round);
	return e == ERR_OK ? round_begin(b->db, b->arena, &b->who, &b->round)
			   : e;
}

/* About a third of the options, the first ones more often. */
static struct str
choices(struct arena *a, enum round_method method, struct random *chance)
{
	struct buf b = buf_new(a, 4096);
	int points = POINTS;
	for (int i = 1; i <= OPTIONS; i++) {
		int value = method == ROUND_STARS
		    ? 1 + (int)random_below(chance, 5)
		    : 1;
		if (random_below(chance, 2 + (uint64_t)i / 5) != 0 ||
		    (method == ROUND_POINTS && points == 0))
			continue;
		points -= value;
		if (method == ROUND_PAIRWISE && i < OPTIONS)
			buf_fmt(&b, "%d:%d/%d ", i, i + 1,
			    (int)random_below(chance, 3));
		else if (method != ROUND_PAIRWISE)
			buf_fmt(&b, "%d:%d ", i, value);
	}
	if (method == ROUND_POINTS && points > 0)
		return str_fmt(a, "1:%d", POINTS);
	return b.n > 0		       ? str_trim(buf_str(&b))
	    : method == ROUND_PAIRWISE ? S("1:2/1")
				       : S("1:1");
}

static enum err
cast(struct bench *b, int64_t n, struct random *chance)
{
	struct ballot ballot;
	struct arena *a = arena_scratch(b->arena);
	const struct round *r = &b->round;
	struct elector v = {.round = r,
	    .side = n % 20 == 0 ? SIDE_NETWORK : SIDE_CITIZENS,
	    .key = ballot_key(
		a, &b->who, r, 't', str_fmt(a, "%lld", (long long)n))};
	enum err e = ballot_parse(a, r, choices(a, r->method, chance), &ballot)
	    ? ballot_cast(b->db, a, &b->who, &v, &ballot)
	    : ERR_INVALID;
	arena_close(a);
	return e;
}

static enum err
fill(struct bench *b, enum round_method method)
{
	struct random chance = random_new(S("result"), S("bench"));
	enum err e = db_begin(b->db);
	if (e == ERR_OK)
		e = begin(b, method);
	for (int64_t n = 0; e == ERR_OK && n < b->ballots; n++)
		e = cast(b, n, &chance);
	return e == ERR_OK ? db_commit(b->db) : e;
}

/* What the page does, but for its HTML. */
static enum err
look(struct bench *b, double *ms)
{
	struct tallies tallies;
	struct rankings all;
	struct turnouts turnout;
	struct arena *a = arena_open((ptrdiff_t)256 * 1024 * 1024);
	int64_t from_us = clock_mono_us();
	struct ranking_from from = {
	    .round = &b->round, .tallies = &tallies, .k = 5, .lang = LANG_DA};
	enum err e = tally_load(b->db, a, &b->who, &b->round, &tallies);
	if (e == ERR_OK)
		e = ranking_make(a, &from, &all);
	if (e == ERR_OK)
		e = round_turnout(b->db, a, &b->who, &b->round, &turnout);
	*ms = (double)(clock_mono_us() - from_us) / 1000;
	arena_close(a);
	return e;
}

static enum err
measure(struct bench *b, enum round_method method)
{
	double ms[TIMES] = {0};
	enum err e = fill(b, method);
	for (int i = 0; e == ERR_OK && i < TIMES; i++)
		e = look(b, &ms[i]);
	if (e == ERR_OK)
		printf("%s\t%.1f\n", round_methods[method].key,
		    stat_median(ms, TIMES));
	return e;
}

int
main(int argc, char **argv)
{
	struct bench b = {.arena = arena_open((ptrdiff_t)1024 * 1024 * 1024)};
	struct keys keys;
	if (argc != 3 || !str_int(str_c(argv[2]), &b.ballots))
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
	for (int m = 0; e == ERR_OK && m < ROUND_VALUE; m++)
		e = measure(&b, (enum round_method)m);
	if (e != ERR_OK) {
		fprintf(stderr, "result: %s\n", err_name(e));
		return 1;
	}
	db_close(b.db);
	return 0;
}
