/* SPDX-License-Identifier: MPL-2.0 */

/* Every page, with the database failing at each of its calls, and with the
 * request's memory ending at many of its allocations.
 *
 * Whatever happens there is a complete answer, a write is kept whole or not at
 * all, nothing is claimed that was not kept, and the next request is served.
 * The last tests are the controls: pages that are wrong in each of these ways
 * are found.  What memory a jump loses, LeakSanitizer tells at the end.
 *
 * Each page is met at some of its calls and allocations, other ones than its
 * neighbour, so that every kind is met somewhere.  SAMSKAB_TEST_SWEEP=all meets
 * nearly all of them, which takes several times as long. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/audit.h"
#include "tests/faults.h"
#include "tests/web/cases.h"
#include "tests/web/state.h"
#include "web/security.h"

enum {
	SOME_CALLS = 8, /* pages with more calls are met in steps */
	ALL_CALLS = 40,
	DRAWN_STEP = 8,
	PG_STEP = 3, /* the calls are the same ones as on SQLite */
	IN_ONE_WORLD = 24, /* pages */
	PLENTY = 32 * 1024 * 1024,
};

/* One thing that can be asked for again and again. */
struct subject {
	struct full *f;
	const char *name;
	bool writes;
	/* Sets it up anew. */
	void (*make)(struct subject *);
	struct reply (*run)(struct subject *);
	const struct web_case *c;
	struct shot shot;
	ptrdiff_t place; /* among the pages: where its steps begin */
	/* How it goes when nothing fails. */
	int status;
	struct str body; /* of a page that writes nothing */
	struct step step;
	int64_t calls;
	ptrdiff_t used; /* bytes of its arena */
	/* The state that it starts from. */
	struct state before, after; /* of the last run */
};

static struct db *
db_of(const struct subject *s)
{
	return s->f->web.world.db;
}

/* ---- one run ---- */

/* Runs it with an arena for the request and another for the attempts, which
 * nobody counted yet. */
static struct reply
run_on(struct subject *s, struct arena *request, struct arena *a)
{
	struct web *w = &s->f->web;
	w->site->attempts = limits_new(a);
	w->request = request;
	struct reply r = s->run(s);
	w->request = NULL;
	return r;
}

static void
make_anew(struct subject *s)
{
	if (s->make != NULL)
		s->make(s);
	state_read(s->f->web.world.arena, db_of(s), &s->before);
	s->after = s->before;
}

static const char *
fault_of_chains(struct subject *s)
{
	struct audit_report report;
	struct arena *a = arena_scratch(s->f->web.world.arena);
	CHECK_OK(audit_verify(db_of(s), a, NULL, 0, &report));
	ptrdiff_t n = report.n_faults;
	arena_close(a);
	return n > 0 ? "the audit chain does not hold" : NULL;
}

/* What the first one leaves for all that follow (a job that does the work of
 * several) is there before. */
static void
run_before(struct subject *s)
{
	struct arena *a = arena_scratch(s->f->web.world.arena);
	make_anew(s);
	(void)run_on(s, a, a);
	arena_close(a);
}

/* How it goes when nothing fails. */
static void
run_whole(struct subject *s)
{
	struct arena *world = s->f->web.world.arena;
	struct arena *a = arena_scratch(world);
	if (s->writes)
		run_before(s);
	make_anew(s);
	db_fault(db_of(s), FAULT_ONCE, INT64_MAX);
	struct reply r = run_on(s, a, world);
	s->calls = db_fault_calls();
	db_fault(db_of(s), FAULT_ONCE, 0);
	s->used = arena_used(a);
	s->status = r.status;
	s->body = web_without_ids(world, r.body);
	state_read(world, db_of(s), &s->after);
	s->step = state_step(&s->before, &s->after);
	arena_close(a);
	if (s->writes)
		make_anew(s);
	else
		CHECK(step_is_none(&s->step));
}

/* ---- what is wrong with an answer ---- */

static bool
is_complete(const struct reply *r)
{
	if (r->status == 303)
		return r->location.n > 0;
	if (str_starts(http_get(r->headers, S("Content-Type")), S("text/html")))
		return str_ends(r->body, S("</html>\n"));
	return r->body.n > 0 || str_starts(r->body, S(""));
}

/* NULL: nothing.  `unknown`: a commit may have been made and failed then. */
static const char *
judge(struct subject *s, struct arena *a, const struct reply *r, bool unknown)
{
	bool normal = r->status == s->status;
	bool failed = r->status == 503 || r->status == 500;
	if (!normal && !failed)
		return "a status that is neither the normal one nor a failure";
	if (!is_complete(r))
		return "an answer that is not complete";
	if (!http_has(r->headers, S("Content-Security-Policy")))
		return "an answer without its headers";
	if (normal && !s->writes &&
	    !str_eq(web_without_ids(a, r->body), s->body))
		return "another page than the normal one, as if it were it";
	if (s->writes)
		state_read(a, db_of(s), &s->after);
	struct step step = state_step(&s->before, &s->after);
	bool nothing = step_is_none(&step), all = step_same(&step, &s->step);
	if (!nothing && !all)
		return "half of it was written";
	if (normal && !all)
		return "it was claimed, and not kept";
	if (failed && !nothing && !unknown)
		return "it was kept, and called a failure";
	return nothing ? NULL : fault_of_chains(s);
}

/* Anybody's next request. */
static const char *
judge_next(struct subject *s)
{
	struct reply r = web_get(&s->f->web, S("/ordliste"));
	return r.status == 200 ? NULL : "the next request is not served";
}

/* After a run: what is wrong, and a new start when something was kept. */
static const char *
settle(struct subject *s, struct arena *a, const struct reply *r, bool unknown)
{
	const char *wrong = judge(s, a, r, unknown);
	if (wrong == NULL)
		wrong = judge_next(s);
	if (wrong == NULL && !state_same(&s->before, &s->after))
		make_anew(s);
	return wrong;
}

/* ---- the sweeps ---- */

/* Says what is wrong, and in which run it was. */
static const char *
said(const struct subject *s, const char *wrong, const char *what, int64_t n)
{
	if (wrong != NULL && s->name != NULL) /* not of a control */
		print_error("%s, %s %d: %s\n", s->name, what, (int)n, wrong);
	return wrong;
}

static const char *
fail_call(struct subject *s, enum fault_kind kind, int64_t n)
{
	static const char *const what[] = {"call failing once",
	    "calls failing from", "call made and failing",
	    "connection lost at"};
	struct arena *a = arena_scratch(s->f->web.world.arena);
	db_fault(db_of(s), kind, n);
	struct reply r = run_on(s, a, a);
	db_fault(db_of(s), kind, 0);
	const char *wrong = settle(s, a, &r, kind == FAULT_LATE);
	arena_close(a);
	return said(s, wrong, what[kind], n);
}

static bool
meets_all(void)
{
	const char *sweep = getenv("SAMSKAB_TEST_SWEEP");
	return sweep != NULL && strcmp(sweep, "all") == 0;
}

static const char *
fail_calls(struct subject *s, enum fault_kind kind, int64_t stride)
{
	const char *wrong = NULL;
	if (db_kind(db_of(s)) == DB_POSTGRES)
		stride *= PG_STEP;
	stride += s->calls / (meets_all() ? ALL_CALLS : SOME_CALLS);
	for (int64_t n = 1 + s->place % stride; wrong == NULL && n <= s->calls;
	     n += stride)
		wrong = fail_call(s, kind, n);
	return wrong != NULL ? wrong : fail_call(s, kind, s->calls + 1000);
}

/* With `bytes` for the request, and the n-th allocation finding none. */
static const char *
starve(struct subject *s, ptrdiff_t bytes, ptrdiff_t n)
{
	struct arena *a = arena_scratch(s->f->web.world.arena);
	struct arena *request = arena_open(bytes);
	CHECK(request != NULL);
	arena_fail_at(request, n);
	struct reply r = run_on(s, request, a);
	const char *wrong = settle(s, a, &r, false);
	arena_close(request);
	arena_close(a);
	return n > 0 ? said(s, wrong, "allocation", n)
		     : said(s, wrong, "bytes", bytes);
}

/* By `step` more each time: nothing is there, or a page nearly whole. */
static ptrdiff_t
further(ptrdiff_t n, double step)
{
	return n + 1 + (ptrdiff_t)((double)n * step);
}

static const char *
starve_all(struct subject *s)
{
	const char *wrong = NULL;
	double step = meets_all() ? 0.4 : 1.2;
	if (db_kind(db_of(s)) == DB_POSTGRES)
		step *= 2;
	for (ptrdiff_t bytes = 100 + s->place % 100;
	     wrong == NULL && bytes < s->used; bytes = further(bytes, step))
		wrong = starve(s, bytes, 0);
	for (ptrdiff_t n = 1 + s->place % 3; wrong == NULL && n < s->used / 16;
	     n = further(n, step))
		wrong = starve(s, PLENTY, n);
	return wrong;
}

/* ---- every route ---- */

static void
aim(struct subject *s)
{
	struct full *f = s->f;
	struct id who = str_ends(str_c(s->c->pattern), S("/log-ind/kode"))
	    ? f->gry
	    : f->web.world.mette;
	struct world *w = &f->web.world;
	f->web.account = who;
	CHECK_OK(session_end_all(w->db, &w->program, who));
	s->shot = web_aim(f, s->c, f->web.world.network, true);
	if (id_eq(who, f->gry))
		web_half_session(&f->web, who);
	else
		web_session(&f->web, who);
}

static struct reply
fire(struct subject *s)
{
	return web_fire(s->f, s->c, s->shot);
}

static struct subject
subject_of(struct full *f, const struct web_cases *cases, ptrdiff_t place)
{
	const struct web_case *c = &cases->list[place];
	return (struct subject){.f = f,
	    .place = place,
	    .name = c->pattern,
	    .writes = c->method == HTTP_POST,
	    .make = aim,
	    .run = fire,
	    .c = c};
}

static bool
is_drawn(const struct web_case *c)
{
	return str_ends(str_c(c->pattern), S(".pdf")) ||
	    str_ends(str_c(c->pattern), S("breve/{id}")) ||
	    (c->kind != NULL && str_ends(str_c(c->kind), S(".pdf")));
}

/* SAMSKAB_TEST_ROUTE=beslutninger: those alone whose address has that in it. */
static bool
is_asked(const struct web_case *c)
{
	const char *part = getenv("SAMSKAB_TEST_ROUTE");
	return part == NULL || strstr(c->pattern, part) != NULL;
}

/* What the requests leave behind makes each look at the database longer, so
 * they begin anew from time to time. */
static void
sweep(struct arena *arena, enum db_kind kind, void (*each)(struct subject *s))
{
	struct web_cases cases = web_cases();
	for (ptrdiff_t from = 0; from < cases.n; from += IN_ONE_WORLD) {
		struct full f;
		struct arena *a = arena_scratch(arena);
		web_full(&f, a, test_db_open(a, kind));
		for (ptrdiff_t i = from; i < cases.n && i < from + IN_ONE_WORLD;
		     i++) {
			struct subject s = subject_of(&f, &cases, i);
			if (is_asked(s.c))
				each(&s);
		}
		arena_close(a);
	}
}

/* Drawing takes its time: some of the calls before it. */
static void
fail_each(struct subject *s)
{
	run_whole(s);
	CHECK(
	    fail_calls(s, FAULT_ONCE, is_drawn(s->c) ? DRAWN_STEP : 1) == NULL);
	if (is_drawn(s->c))
		return;
	CHECK(fail_calls(s, FAULT_ON, 3) == NULL);
	if (db_kind(db_of(s)) == DB_POSTGRES)
		CHECK(fail_call(s, FAULT_LOST, 1 + s->calls / 2) == NULL);
	if (!s->writes)
		return;
	CHECK(fail_calls(s, FAULT_LATE, 5) == NULL);
	CHECK(fail_call(s, FAULT_LATE, s->calls) == NULL);
	CHECK(fail_call(s, FAULT_LATE, s->calls - 1) == NULL);
}

/* Not the drawing of a PDF: that runs in a process of its own. */
static void
starve_each(struct subject *s)
{
	if (is_drawn(s->c))
		return;
	run_whole(s);
	CHECK(starve_all(s) == NULL);
}

TEST_DB(every_page_survives_a_failing_database)
{
	sweep(arena, db_kind(db), fail_each);
}

TEST_DB(every_page_survives_when_its_memory_ends)
{
	sweep(arena, db_kind(db), starve_each);
}

/* ---- controls: pages that are wrong, and are found ---- */

static struct reply
answer(int status)
{
	return (struct reply){.status = status,
	    .location = S("/"),
	    .body = S("x\n"),
	    .headers = security_last_headers()};
}

static const char SQL_NOTHING_DONE[] = "DELETE FROM once WHERE org = $1";

static void
make_nothing_done(struct subject *s)
{
	CHECK_OK(db_exec(
	    db_of(s), SQL_NOTHING_DONE, NULL, DB_ID(s->f->web.world.org.id)));
}

static enum err
do_once(struct subject *s)
{
	struct world *w = &s->f->web.world;
	return once_done(w->db, &w->leader, id_new(NOW_US), S("/netvaerk"));
}

/* Two writes, each with its own commit. */
static struct reply
run_in_halves(struct subject *s)
{
	for (int i = 0; i < 2; i++) {
		enum err e = db_begin(db_of(s));
		if (e == ERR_OK)
			(void)!do_once(s);
		if (e != ERR_OK || db_commit(db_of(s)) != ERR_OK)
			return answer(503);
	}
	return answer(303);
}

/* One commit, but nobody looks at how it went. */
static struct reply
run_claiming(struct subject *s)
{
	if (db_begin(db_of(s)) == ERR_OK) {
		(void)!do_once(s);
		(void)!db_commit(db_of(s));
	}
	return answer(303);
}

/* Kept, and then something that is not worth a failure fails. */
static struct reply
run_regretting(struct subject *s)
{
	enum err e = db_begin(db_of(s));
	if (e == ERR_OK) {
		(void)!do_once(s);
		e = db_commit(db_of(s));
	}
	if (e == ERR_OK)
		e = db_exec(
		    db_of(s), SQL_NOTHING_DONE, NULL, DB_ID(id_new(NOW_US)));
	return answer(e == ERR_OK ? 303 : 503);
}

static const char SQL_TORN[] =
    "UPDATE audit_head SET seq = seq + 1 WHERE org = $1 AND chain = $1";

static struct reply
run_tearing(struct subject *s)
{
	enum err e =
	    db_exec(db_of(s), SQL_TORN, NULL, DB_ID(s->f->web.world.org.id));
	return answer(e == ERR_OK ? 303 : 503);
}

/* A page that shows an empty list when the list could not be read. */
static struct reply
run_hiding(struct subject *s)
{
	struct records all;
	struct world *w = &s->f->web.world;
	struct reply r = answer(200);
	if (record_list(db_of(s), w->arena, &w->leader, KIND_NEED, &all) !=
	    ERR_OK)
		r.body = S("nothing\n");
	return r;
}

static struct reply
run_dropping(struct subject *s)
{
	struct reply r = run_claiming(s);
	r.headers = (struct http_pairs){0};
	return r;
}

static const struct control {
	struct reply (*run)(struct subject *);
	bool writes;
	const char *found;
} controls[] = {
    {run_in_halves, true, "half of it was written"},
    {run_claiming, true, "it was claimed, and not kept"},
    {run_regretting, true, "it was kept, and called a failure"},
    {run_tearing, true, "the audit chain does not hold"},
    {run_hiding, false, "another page than the normal one, as if it were it"},
    {run_dropping, true, "an answer without its headers"},
};

TEST_DB(a_page_that_is_wrong_under_faults_is_found)
{
	struct full f;
	web_full(&f, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(controls); i++) {
		const struct control *c = &controls[i];
		struct subject s = {.f = &f,
		    .name = NULL,
		    .writes = c->writes,
		    .make = make_nothing_done,
		    .run = c->run};
		run_whole(&s);
		const char *found = fail_calls(&s, FAULT_ONCE, 1);
		CHECK(found != NULL);
		CHECK_STR(str_c(found), str_c(c->found));
	}
}
