/* SPDX-License-Identifier: MPL-2.0 */
/* trace - how long the work behind the page of the trace takes, from the
 * database to grades and orphans, in a network with many voices and decisions.
 *
 *	trace DIR VOICES DECISIONS
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs on
 * it.  Half of the voices speak for an insight each; a decision names an
 * insight and one voice of its own.  Prints milliseconds (the median of
 * seven). */
#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "bench/stat.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/evidence.h"
#include "model/trace.h"

enum { TIMES = 7, MOST_INSIGHTS = 500 };

struct bench {
	struct db *db;
	struct arena *arena;
	struct actor who;
	int64_t voices, decisions;
	struct id *voice, insight[MOST_INSIGHTS];
};

static enum err
add_insight(struct bench *b, struct arena *a, int64_t i)
{
	struct record_saved saved;
	struct record r = {.kind = KIND_INSIGHT,
	    .network = b->who.network,
	    .id = id_new(b->who.now_us)};
	record_set(&r, "statement", str_fmt(a, "Indsigt %lld", (long long)i));
	b->insight[i] = r.id;
	return record_save(b->db, a, &b->who, &r, &saved);
}

static enum err
add_voice(struct bench *b, struct arena *a, int64_t i)
{
	struct contribution c = {.id = id_new(b->who.now_us),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = S("Der skal lys på stien bag skolen."),
	    .basis = S("public_task"),
	    .scope = SCOPE_DECISION,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	struct evidence ev = {
	    .insight = b->insight[i % b->decisions], .contribution = c.id};
	b->voice[i] = c.id;
	enum err e = contribution_add(b->db, a, &b->who, &c, S(""));
	return e == ERR_OK && i % 2 == 0 ? evidence_put(b->db, a, &b->who, &ev)
					 : e;
}

static enum err
add_decision(struct bench *b, struct arena *a, int64_t i)
{
	struct decision d;
	struct record_saved saved;
	struct decision_taking t = {.outcome = S("adopted"),
	    .taken = S("2026-01-01"),
	    .reason = S("Der er mørkt.")};
	struct trace_link link = {.source = b->insight[i],
	    .kind = TRACE_INSIGHT,
	    .grade = GRADE_SHAPED,
	    .words = S("Det kom med.")};
	struct record r = {.kind = KIND_DECISION,
	    .network = b->who.network,
	    .id = id_new(b->who.now_us)};
	record_set(&r, "title", str_fmt(a, "Sag %lld", (long long)i));
	record_set(&r, "question", S("Skal der lys ved stien?"));
	record_set(&r, "body", S("Teknisk udvalg"));
	record_set(&r, "room", S("Hvor lyset skal stå."));
	enum err e = record_save(b->db, a, &b->who, &r, &saved);
	if (e == ERR_OK)
		e = decision_get(b->db, a, &b->who, r.id, &d);
	if (e == ERR_OK)
		e = decision_take(b->db, a, &b->who, &d, &t);
	if (e == ERR_OK)
		e = decision_get(b->db, a, &b->who, r.id, &d);
	if (e == ERR_OK)
		e = trace_put(
		    b->db, a, &b->who, &d, &(struct trace_links){&link, 1});
	link.source = b->voice[2 * i + 1];
	link.kind = TRACE_VOICE;
	return e == ERR_OK
	    ? trace_put(b->db, a, &b->who, &d, &(struct trace_links){&link, 1})
	    : e;
}

static enum err
each(struct bench *b, int64_t n,
    enum err (*add)(struct bench *, struct arena *, int64_t))
{
	enum err e = ERR_OK;
	for (int64_t i = 0; e == ERR_OK && i < n; i++) {
		struct arena *a = arena_scratch(b->arena);
		e = add(b, a, i);
		arena_close(a);
	}
	return e;
}

static enum err
fill(struct bench *b)
{
	b->voice = arena_new(b->arena, struct id, b->voices);
	enum err e = db_begin(b->db);
	if (e == ERR_OK)
		e = each(b, b->decisions, add_insight);
	if (e == ERR_OK)
		e = each(b, b->voices, add_voice);
	if (e == ERR_OK)
		e = each(b, b->decisions, add_decision);
	return e == ERR_OK ? db_commit(b->db) : e;
}

static enum err
measure(struct bench *b)
{
	double ms[TIMES];
	enum err e = ERR_OK;
	for (int i = 0; e == ERR_OK && i < TIMES; i++) {
		struct trace_overview o;
		struct arena *a = arena_scratch(b->arena);
		int64_t start = clock_mono_us();
		e = trace_overview(b->db, a, &b->who, &o);
		ms[i] = (double)(clock_mono_us() - start) / 1000;
		arena_close(a);
	}
	if (e == ERR_OK)
		printf("%.1f\n", stat_median(ms, TIMES));
	return e;
}

int
main(int argc, char **argv)
{
	struct keys keys;
	struct bench b = {0};
	struct arena *a = arena_open((ptrdiff_t)1024 * 1024 * 1024);
	if (a == NULL || argc != 4 || !str_int(str_c(argv[2]), &b.voices) ||
	    !str_int(str_c(argv[3]), &b.decisions) || b.decisions < 1 ||
	    b.decisions > MOST_INSIGHTS || b.voices < 2 * b.decisions)
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	catalogue_init();
	struct str dir = str_c(argv[1]);
	b.arena = a;
	enum err e = drop_privileges(dir);
	if (e == ERR_OK)
		e = keys_load(dir, false, &keys);
	if (e == ERR_OK)
		e = db_open(a, &(struct db_place){.dir = dir}, DB_WRITE, &b.db);
	if (e == ERR_OK)
		e = example_leader(b.db, a, &keys, clock_now_us(), &b.who);
	if (e == ERR_OK)
		e = fill(&b);
	if (e == ERR_OK)
		e = measure(&b);
	if (e != ERR_OK)
		fprintf(stderr, "trace: %s: outcome %d\n", argv[1], (int)e);
	db_close(b.db);
	arena_close(a);
	return e == ERR_OK ? 0 : 1;
}
