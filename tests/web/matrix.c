/* SPDX-License-Identifier: MPL-2.0 */

/* Who may do what, where: role x route x network.
 *
 * What stands here is what the network model says of its roles, not what the
 * program says: a leader and a co-driver run a network; a consultant helps to
 * write its plan; a reference leader and a participant read it and write
 * agendas and tasks; a decision maker and a data protection officer read.  The
 * people who are asked are known to those who run the network, the consultant
 * and the protection officer; only those who run it open their contact
 * details, and they and the protection officer see who did.  An
 * administrator lets people in and sees no network by that; the secretariat
 * reads every network.  tests/web/cases.def says which of these a route asks
 * for; a new route without a line there fails. */
#include <stdio.h>

#include "base/buf.h"
#include "tests/faults.h"
#include "tests/web/cases.h"
#include "web/route.h"
#include "web/security.h"

enum { IN_ONE_WORLD = 40 }; /* routes */

enum role {
	NOBODY,
	HALF_IN, /* the second step is due */
	NO_ROLE, /* an account that is in no network */
	LEADER,
	CODRIVER,
	REFERENCE_LEADER,
	CONSULTANT,
	PARTICIPANT,
	DECISION_MAKER,
	PROTECTION_OFFICER,
	ADMINISTRATOR,
	SECRETARIAT,
	LEADER_ELSEWHERE, /* of the other network */
	CLOSED, /* the account, with a session from before */
	SIGNED_OUT, /* the session */
	ROLES
};

/* A letter a role, in their order:
 *	y  served: the normal answer
 *	f  403
 *	.  404, as if there were nothing
 *	s  to be signed in first: 303 to /log-ind; a form 401
 *	k  the code first: 303 to /log-ind/kode; a form 401 */
struct policy {
	const char *own, *other, *none; /* networks */
};

/* In four groups: nobody, half in, no role; those with a role, from the leader
 * to the protection officer; administrator, secretariat, leader elsewhere;
 * closed, signed out. */
#define READS_OTHER "sk. ....... .yy ss"
#define WRITES_OTHER "sk. ....... .fy ss"
#define OUTSIDE "sk. ....... ... ss"
#define ALIKE(letters)                    \
	{                                 \
		letters, letters, letters \
	}

static const struct policy policies[WHO_COUNT] = {
    [WHO_EVERYBODY] = ALIKE("yyy yyyyyyy yyy yy"),
    [WHO_NO_ONE] = ALIKE("... ....... ... .."),
    [WHO_FIRST_STEP] = ALIKE("syy yyyyyyy yyy ss"),
    [WHO_SIGNED_IN] = ALIKE("sky yyyyyyy yyy ss"),
    [WHO_LETS_IN] = ALIKE("skf fffffff yff ss"),
    [WHO_OVERSEES] = ALIKE("skf fffffff fyf ss"),
    [WHO_EDITS_CATALOGUE] = ALIKE("skf fffffff yyf ss"),
    [WHO_READS] = {"sk. yyyyyyy .y. ss", READS_OTHER, OUTSIDE},
    [WHO_WRITES] = {"sk. yyfyfff .f. ss", WRITES_OTHER, OUTSIDE},
    [WHO_TAKES_PART] = {"sk. yyyyyff .f. ss", WRITES_OTHER, OUTSIDE},
    [WHO_RUNS] = {"sk. yyfffff .f. ss", WRITES_OTHER, OUTSIDE},
    [WHO_KNOWS] = {"sk. yyfyffy .f. ss", WRITES_OTHER, OUTSIDE},
    [WHO_ASKS] = {"sk. yyfyfff .f. ss", WRITES_OTHER, OUTSIDE},
    [WHO_OPENS] = {"sk. yyfffff .f. ss", WRITES_OTHER, OUTSIDE},
    [WHO_WATCHES] = {"sk. yyffffy .f. ss", WRITES_OTHER, OUTSIDE},
    [WHO_DECIDES] = {"sk. yyyffyf .f. ss", WRITES_OTHER, OUTSIDE},
};

/* The n-th letter, or 0. */
static char
letter(const char *letters, int n)
{
	for (; *letters != '\0'; letters++) {
		if (*letters != ' ' && n-- == 0)
			return *letters;
	}
	return '\0';
}

static bool
is_whole(const char *letters)
{
	return letter(letters, ROLES - 1) != '\0' &&
	    letter(letters, ROLES) == '\0';
}

/* ---- the table is whole ---- */

static bool
has_case(const struct route *route)
{
	struct web_cases cases = web_cases();
	for (ptrdiff_t i = 0; i < cases.n; i++) {
		if (cases.list[i].method == route->method &&
		    str_eq(str_c(cases.list[i].pattern), str_c(route->pattern)))
			return true;
	}
	return false;
}

TEST(every_route_has_a_case_and_every_policy_a_letter_for_each_role)
{
	struct routes routes = route_table();
	const struct route unknown = {HTTP_GET, "/ny", NULL, NEED_NOTHING,
	    LANE_READ, CSRF_NONE, 0, false, NULL};
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		if (!has_case(&routes.list[i]))
			fail_msg("%s has no case", routes.list[i].pattern);
	}
	for (int who = WHO_EVERYBODY; who < WHO_COUNT; who++) {
		const struct policy *p = &policies[who];
		CHECK(is_whole(p->own));
		CHECK(is_whole(p->other));
		CHECK(is_whole(p->none));
	}
	CHECK(!has_case(&unknown)); /* the controls */
	CHECK(!is_whole("sk. yyyyyyy .y. s"));
	CHECK(!is_whole("sk. yyyyyyy .y. sss"));
}

/* ---- the people ---- */

struct people {
	struct full f;
	struct id account[ROLES];
	struct str cookie[ROLES], csrf[ROLES]; /* of those who cannot sign in */
	struct id none; /* no network has it */
};

static struct id
add(struct people *p, enum role role, struct account_form form)
{
	struct world *w = &p->f.web.world;
	p->account[role] = id_new(NOW_US);
	form.mail = str_fmt(w->arena, "rolle%d@fjordby.example", (int)role);
	form.name = str_fmt(w->arena, "Rolle %d", (int)role);
	CHECK_OK(account_create(
	    w->db, w->arena, &w->program, p->account[role], form));
	return p->account[role];
}

static void
add_member(struct people *p, enum role role, enum member_role member)
{
	struct world *w = &p->f.web.world;
	struct id id = add(p, role, (struct account_form){0});
	struct actor who = actor_inside(&w->program, w->network);
	CHECK_OK(network_add_member(w->db, w->arena, &who, id, member));
}

static const char SQL_CLOSE[] =
    "UPDATE account SET state = 'disabled' WHERE org = $1 AND id = $2";

/* Both had a session; of the closed account it is still in the table. */
static void
end_sessions(struct people *p)
{
	struct web *w = &p->f.web;
	for (int role = CLOSED; role < ROLES; role++) {
		web_session(w, p->account[role]);
		p->cookie[role] = w->cookie;
		p->csrf[role] = w->csrf;
	}
	CHECK_OK(session_end_all(
	    w->world.db, &w->world.program, p->account[SIGNED_OUT]));
	CHECK_OK(db_exec(w->world.db, SQL_CLOSE, NULL, DB_ID(w->world.org.id),
	    DB_ID(p->account[CLOSED])));
}

static void
gather(struct people *p, struct arena *arena, struct db *db)
{
	*p = (struct people){.none = id_new(NOW_US + 99)};
	web_full(&p->f, arena, db);
	struct world *w = &p->f.web.world;
	p->account[HALF_IN] = p->f.gry;
	add(p, NO_ROLE, (struct account_form){0});
	add_member(p, LEADER, ROLE_LEADER);
	add_member(p, CODRIVER, ROLE_CODRIVER);
	add_member(p, REFERENCE_LEADER, ROLE_SPONSOR);
	add_member(p, CONSULTANT, ROLE_CONSULTANT);
	add_member(p, PARTICIPANT, ROLE_PARTICIPANT);
	add_member(p, DECISION_MAKER, ROLE_DECIDER);
	add_member(p, PROTECTION_OFFICER, ROLE_DPO);
	add(p, ADMINISTRATOR, (struct account_form){.is_admin = true});
	add(p, SECRETARIAT, (struct account_form){.is_secretariat = true});
	add_member(p, CLOSED, ROLE_LEADER);
	add_member(p, SIGNED_OUT, ROLE_LEADER);
	struct id elsewhere =
	    add(p, LEADER_ELSEWHERE, (struct account_form){0});
	struct actor other = actor_inside(&w->program, p->f.other);
	CHECK_OK(network_add_member(db, arena, &other, elsewhere, ROLE_LEADER));
	struct record need = {.kind = KIND_NEED, .id = p->f.other};
	struct record_saved saved;
	record_set(&need, "text", S("Et andet behov"));
	CHECK_OK(record_save(db, arena, &other, &need, &saved));
	struct actor own = actor_inside(&w->program, w->network);
	CHECK_OK(network_add_member(
	    db, arena, &own, p->account[LEADER], ROLE_LEADER));
	end_sessions(p);
}

/* A fresh session, or what is left of one. */
static void
become(struct people *p, enum role role)
{
	struct web *w = &p->f.web;
	if (role == NOBODY) {
		web_nobody(w);
	} else if (role == HALF_IN) {
		web_half_session(w, p->account[role]);
	} else if (role >= CLOSED) {
		w->account = p->account[role];
		w->cookie = p->cookie[role];
		w->csrf = p->csrf[role];
	} else {
		web_session(w, p->account[role]);
	}
}

/* ---- a cell ---- */

static char
letter_of(const struct web_case *c, const struct reply *r)
{
	bool get = c->method != HTTP_POST;
	if (r->status == 404)
		return '.';
	if (r->status == 403)
		return 'f';
	if (r->status == 401 || (get && str_eq(r->location, S("/log-ind"))))
		return 's';
	if (get && str_eq(r->location, S("/log-ind/kode")))
		return 'k';
	return r->status < 400 ? 'y' : '?';
}

/* Of a form both say 401. */
static bool
is_wanted(const struct web_case *c, char got, char wanted)
{
	return got == wanted ||
	    (c->method == HTTP_POST && got == 's' && wanted == 'k');
}

/* Drawing takes a quarter of a second: who may have the PDF meets a plan that
 * cannot be read, behind the doors.  (tests/web/torture.c draws them.) */
enum { FIRST_OF_THE_PAGE = 4 }; /* begin, the session, the network */

static char
ask(struct people *p, const struct web_case *c, struct shot shot,
    struct reply *r)
{
	bool drawn = str_ends(str_c(c->pattern), S(".pdf"));
	struct db *db = p->f.web.world.db;
	if (drawn)
		db_fault(db, FAULT_ON, FIRST_OF_THE_PAGE);
	*r = web_fire(&p->f, c, shot);
	if (drawn)
		db_fault(db, FAULT_ON, 0);
	return drawn && r->status == 503 ? 'y' : letter_of(c, r);
}

static const char SQL_TRACES[] =
    "SELECT (SELECT SUM(seq) FROM audit_head WHERE org = $1)"
    " + (SELECT COUNT(*) FROM revision WHERE org = $1)"
    " + (SELECT COUNT(*) FROM session WHERE org = $1)"
    " + (SELECT COUNT(*) FROM link WHERE org = $1)"
    " + (SELECT COUNT(*) FROM once WHERE org = $1)"
    " + (SELECT COUNT(*) FROM member WHERE org = $1)"
    " + (SELECT COUNT(*) FROM outbox WHERE org = $1)";

static int64_t
traces(struct people *p)
{
	struct db_row row;
	struct world *w = &p->f.web.world;
	CHECK_OK(db_one(w->db, w->arena, SQL_TRACES, &row, DB_ID(w->org.id)));
	return db_int(&row, 0);
}

struct cell {
	const struct web_case *c;
	enum role role;
	struct id network;
	bool exists;
	char wanted;
};

/* Whether it is what was wanted; says so when it is not. */
static bool
holds(const struct cell *cell, const struct reply *r, char got)
{
	bool ok = is_wanted(cell->c, got, cell->wanted);
	if (ok || cell->wanted == 'x') /* the control's */
		return ok;
	print_error("%s %s%s%s, role %d: %c (%d), not %c\n",
	    cell->c->method == HTTP_POST ? "POST" : "GET", cell->c->pattern,
	    cell->c->query ? "?" : "", cell->c->query ? cell->c->query : "",
	    (int)cell->role, got, r->status, cell->wanted);
	return false;
}

/* The same as HEAD, where that is quick to ask. */
static void
check_head(struct people *p, const struct cell *cell, struct shot shot,
    const struct reply *get)
{
	struct web *w = &p->f.web;
	struct http_pair list[3] = {{S("host"), S("samskab.test")}};
	ptrdiff_t n = 1;
	if (w->cookie.n > 0)
		list[n++] = (struct http_pair){S("cookie"), w->cookie};
	if (shot.bearer.n > 0)
		list[n++] = (struct http_pair){S("authorization"),
		    str_cat(w->world.arena, S("Bearer "), shot.bearer)};
	if (cell->c->method == HTTP_POST || str_ends(shot.path, S(".pdf")) ||
	    (cell->wanted == 'y' && cell->role != LEADER))
		return;
	struct reply r = web_raw(
	    w, HTTP_HEAD, shot.path, S(""), (struct http_pairs){list, n});
	CHECK_INT(r.status, get->status);
	CHECK_STR(r.location, get->location);
	CHECK_INT(r.headers.n, get->headers.n);
}

/* A refused form comes back with the asker's own words, each time others. */
static struct str
without_words(struct arena *a, struct str page)
{
	struct buf b = buf_new(a, 1024 * 1024);
	struct str mark = S("kept-text\">");
	for (ptrdiff_t at; (at = str_find(page, mark)) >= 0;) {
		buf_add(&b, str_sub(page, 0, at + mark.n));
		page = str_sub(page, at, page.n);
		ptrdiff_t end = str_find(page, S("</p>"));
		page = str_sub(page, end < 0 ? page.n : end, page.n);
	}
	buf_add(&b, page);
	return buf_str(&b);
}

/* All that was answered, without what is different each time. */
static struct str
told(struct people *p, const struct shot *shot, const struct reply *r)
{
	struct web *w = &p->f.web;
	struct arena *a = w->request;
	struct buf b = buf_new(a, 1024 * 1024);
	buf_fmt(&b, "%d\n", r->status);
	for (ptrdiff_t i = 0; i < r->headers.n; i++)
		buf_fmt(&b, "%.*s: %.*s\n", STR_ARG(r->headers.list[i].name),
		    STR_ARG(r->headers.list[i].value));
	buf_add(&b, without_words(a, r->body));
	struct str s = buf_str(&b);
	s = str_replace(a, s, id_text(a, shot->network), S("NETWORK"));
	s = str_replace(a, s, id_text(a, shot->id), S("ID"));
	return w->csrf.n > 0 ? str_replace(a, s, w->csrf, S("CSRF")) : s;
}

/* Gives what was told; *ok says whether the cell holds. */
static struct str
ask_cell(struct people *p, const struct cell *cell, bool *ok)
{
	struct reply r;
	struct web *w = &p->f.web;
	w->site->attempts = limits_new(w->request);
	w->account = p->account[cell->role];
	struct shot shot = web_aim(&p->f, cell->c, cell->network, cell->exists);
	become(p, cell->role);
	int64_t before = traces(p);
	char got = ask(p, cell->c, shot, &r);
	*ok = holds(cell, &r, got);
	if (got != 'y')
		CHECK_INT(traces(p), before);
	check_head(p, cell, shot, &r);
	return told(p, &shot, &r);
}

/* What is not there for somebody is told as what is not there at all. */
static void
check_networks(struct people *p, const struct web_case *c, enum role role)
{
	const struct policy *wanted = &policies[c->who];
	struct id own = p->f.web.world.network;
	struct cell cells[] = {
	    {c, role, own, true, letter(wanted->own, role)},
	    {c, role, p->f.other, true, letter(wanted->other, role)},
	    {c, role, p->none, false, letter(wanted->none, role)},
	};
	bool inside = str_find(str_c(c->pattern), S("{network}")) >= 0;
	struct str nothing = {0};
	for (int i = inside ? 2 : 0; i >= 0; i--) {
		bool ok;
		struct str said = ask_cell(p, &cells[i], &ok);
		CHECK(ok);
		if (!inside || cells[i].wanted != '.')
			continue;
		if (nothing.n == 0)
			nothing = said;
		CHECK_STR(said, nothing);
	}
}

static void
check_case(struct people *p, const struct web_cases *cases, ptrdiff_t i)
{
	struct arena *arena = p->f.web.world.arena;
	/* On PostgreSQL a third of the cells, with every route and role among
	 * them: the rights are worked out in the program. */
	int part = db_kind(p->f.web.world.db) == DB_POSTGRES ? 3 : 1;
	for (int role = (int)i % part; role < ROLES; role += part) {
		p->f.web.request = arena_scratch(arena);
		check_networks(p, &cases->list[i], (enum role)role);
		arena_close(p->f.web.request);
		p->f.web.request = NULL;
	}
}

/* In several worlds, as each gets slower the more is asked in it. */
TEST_DB(each_role_gets_what_it_may_and_nothing_else)
{
	struct web_cases cases = web_cases();
	for (ptrdiff_t from = 0; from < cases.n; from += IN_ONE_WORLD) {
		struct people p;
		struct arena *a = arena_scratch(arena);
		gather(&p, a, test_db_open(a, db_kind(db)));
		for (ptrdiff_t i = from; i < cases.n && i < from + IN_ONE_WORLD;
		     i++)
			check_case(&p, &cases, i);
		arena_close(a);
	}
}

/* The controls: a cell that is not as declared is seen, and so is a difference
 * between two answers. */
TEST_DB(a_cell_that_does_not_hold_is_seen)
{
	struct people p;
	struct web_cases cases = web_cases();
	gather(&p, arena, db);
	p.f.web.request = arena;
	for (int i = 0; i < cases.n; i++) {
		struct cell cell = {&cases.list[i], DECISION_MAKER,
		    p.f.web.world.network, true, 'x'};
		bool ok = true;
		if (!str_ends(str_c(cell.c->pattern), S("/plan")))
			continue;
		struct str there = ask_cell(&p, &cell, &ok);
		CHECK(!ok);
		cell.network = p.none;
		CHECK(!str_eq(there, ask_cell(&p, &cell, &ok)));
		CHECK(!ok);
	}
}
