/* SPDX-License-Identifier: MPL-2.0 */

/* Choices that were made elsewhere: what is read, what is refused and where,
 * and that all of it comes in or nothing. */
#include "model/round_import.h"

#include "base/buf.h"
#include "base/clock.h"
#include "model/round_seal.h"
#include "model/tally.h"
#include "tests/model/rounds.h"

/* As All Our Ideas writes it. */
#define HEAD                                                                 \
	"Vote ID,Session ID,Wikisurvey ID,Winner ID,Winner Text,Loser ID,"   \
	"Loser Text,Prompt ID,Appearance ID,Left Choice ID,Right Choice ID," \
	"Created at,Updated at,Response Time (s),Missing Response Time "     \
	"Explanation,Session Identifier,Valid\n"
#define ROW(session, winner, loser, valid)                      \
	"1," session ",9," winner "," loser                     \
	",3,4,5,6,2026-01-02 03:04:05 UTC,2026-01-02 03:04:05 " \
	"UTC,1.5,,x," valid "\n"
#define RAMP "1041,En rampe"
#define BENCH "1042,En b\xc3\xa6nk"
#define MEAL "99,\"Et m\xc3\xa5ltid, sammen\""

static const char GOOD[] =
    HEAD ROW("7", RAMP, BENCH, "TRUE") ROW("7", MEAL, RAMP, "TRUE")
	ROW("8", BENCH, RAMP, "t") ROW("8", RAMP, BENCH, "false")
	    ROW("8", RAMP, BENCH, "TRUE") ROW("8", BENCH, RAMP, "TRUE");

TEST(pairs_are_read_as_all_our_ideas_writes_them)
{
	struct pairs_in in;
	struct csv_reader r;
	CHECK(pairs_read(arena, str_c(GOOD), &in, &r));
	CHECK_INT(in.options, 3);
	CHECK_STR(in.title[0], S("Et måltid, sammen")); /* 99 */
	CHECK_STR(in.title[1], S("En rampe"));
	CHECK_STR(in.title[2], S("En bænk"));
	CHECK_INT(in.sessions, 2);
	CHECK_INT(in.side[0], SIDE_CITIZENS);
	CHECK_INT(in.left_out, 1);
	CHECK_INT(in.again, 2);
	CHECK_INT(in.n, 3);
	const struct pair_in want[] = {
	    {0, 0, 1, 1}, {0, 1, 2, 1}, {1, 1, 2, 2}};
	for (ptrdiff_t i = 0; i < in.n; i++) {
		CHECK_INT(in.list[i].session, want[i].session);
		CHECK_INT(in.list[i].low, want[i].low);
		CHECK_INT(in.list[i].high, want[i].high);
		CHECK_INT(in.list[i].which, want[i].which);
	}
}

TEST(pairs_know_our_sides_and_take_no_apostrophe_for_a_word)
{
	struct pairs_in in;
	struct csv_reader r;
	CHECK(pairs_read(arena,
	    S("Session ID,Winner ID,Winner Text,Loser ID,Loser Text,Session "
	      "Identifier\n1,1,'=1+1,2,b,leadership\n2,2,b,1,'=1+1,network\n"
	      "3,1,'=1+1,2,b,\n"),
	    &in, &r));
	CHECK_STR(in.title[0], S("=1+1"));
	CHECK_INT(in.side[0], SIDE_LEADERSHIP);
	CHECK_INT(in.side[1], SIDE_NETWORK);
	CHECK_INT(in.side[2], SIDE_CITIZENS);
}

/* Each with the place that is told, and one of them mended is taken. */
TEST(pairs_with_a_fault_say_where_it_is)
{
	static const struct {
		const char *text;
		int line, column;
	} bad[] = {
	    {"", 1, 1},
	    {"Session ID,Winner ID,Loser ID\n1,1,2\n", 1, 1},
	    {HEAD ROW("7", RAMP, RAMP, "TRUE"), 2, 21},
	    {HEAD ROW("", RAMP, BENCH, "TRUE"), 2, 3},
	    {HEAD ROW("7", ",En rampe", BENCH, "TRUE"), 2, 7},
	    {HEAD ROW("7", "1,", BENCH, "TRUE"), 2, 9},
	    {HEAD ROW("7", RAMP, BENCH, "maybe"), 2, 97},
	    {HEAD ROW("7", RAMP, BENCH, "TRUE")
		    ROW("7", "1041,En trappe", BENCH, "TRUE"),
		3, 12},
	    {HEAD ROW("7", RAMP, "5,En rampe", "TRUE"), 2, 23},
	    {HEAD ROW("7", RAMP, "5,010190-1234", "TRUE"), 2, 23},
	    {HEAD ROW("7", RAMP, "5,\"to\nlinjer\"", "TRUE"), 2, 23},
	    {HEAD "1,7\n", 2, 3},
	    {"Session ID,Winner ID,Winner Text,Loser ID,Loser Text,Session "
	     "Identifier\n1,1,a,2,b,network\n1,1,a,2,b,citizens\n",
		3, 11},
	};
	struct pairs_in in;
	struct csv_reader r;
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		CHECK(!pairs_read(arena, str_c(bad[i].text), &in, &r));
		CHECK(r.expected != NULL);
		CHECK_INT(r.line, bad[i].line);
		CHECK_INT(r.column, bad[i].column);
	}
	CHECK(pairs_read(
	    arena, S(HEAD ROW("7", RAMP, "5,En trappe", "TRUE")), &in, &r));
}

/* One option, one choice of a session more than there may be. */
TEST(pairs_have_their_limits)
{
	struct pairs_in in;
	struct csv_reader r;
	for (int more = 0; more < 2; more++) {
		struct buf b = buf_new(arena, 1024 * 1024);
		buf_add(&b, S(HEAD));
		for (int i = 1; i < ROUND_OPTIONS + more; i++)
			buf_fmt(
			    &b, "1,%d,9,0,nul,%d,nr. %d,,,,,,,,,,\n", i, i, i);
		CHECK_INT(pairs_read(arena, buf_str(&b), &in, &r), !more);
		CHECK_INT(r.line, more ? ROUND_OPTIONS + 1 : ROUND_OPTIONS);
	}
	for (int more = 0; more < 2; more++) {
		struct buf b = buf_new(arena, 1024 * 1024);
		buf_add(&b, S(HEAD));
		for (int i = 0; i < BALLOT_PAIRS + more; i++)
			buf_add(&b, S("1,1,9,0,nul,1,en,,,,,,,,,,\n"));
		CHECK_INT(pairs_read(arena, buf_str(&b), &in, &r), !more);
		CHECK_INT(r.line, BALLOT_PAIRS + 1 + more);
	}
}

/* ---- kept ---- */

static struct round_import
brought(struct world *w, const struct round *r, const char *text)
{
	static int64_t ticks;
	struct round_import in = {.id = id_new(NOW_US + ticks++),
	    .round = r->record.id,
	    .file = str_c(text)};
	CHECK_OK(round_import_put(w->db, w->arena, &w->leader, &in));
	CHECK_OK(round_import_put(w->db, w->arena, &w->leader, &in));
	return in;
}

static enum err
take(struct world *w, const struct round_import *of)
{
	struct pairs_in in;
	struct csv_reader r;
	CHECK(pairs_read(w->arena, of->file, &in, &r));
	CHECK_OK(db_begin(w->db));
	enum err e = round_import_take(w->db, w->arena, &w->leader, of, &in);
	if (e == ERR_OK)
		CHECK_OK(db_commit(w->db));
	else
		db_rollback(w->db);
	return e;
}

TEST_DB(round_import_is_kept_sealed_for_who_brought_it)
{
	struct world w;
	struct round_import got;
	world_new(&w, arena, db);
	struct round r = rounds_draft(&w, ROUND_PAIRWISE, "");
	struct round_import in = brought(&w, &r, GOOD);
	struct actor other = w.leader, reader = w.leader, later = w.program;
	other.account = w.lis;
	reader.caps = CAP_READ;
	CHECK_OK(round_import_get(db, arena, &w.leader, in.id, &got));
	CHECK_STR(got.file, str_c(GOOD));
	CHECK(id_eq(got.round, r.record.id));
	CHECK_INT(
	    round_import_get(db, arena, &other, in.id, &got), ERR_NOT_FOUND);
	CHECK_OK(round_import_drop(db, &other, in.id)); /* drops nothing */
	CHECK_OK(round_import_get(db, arena, &w.leader, in.id, &got));
	CHECK_INT(
	    round_import_get(db, arena, &reader, in.id, &got), ERR_DENIED);
	CHECK_INT(round_import_put(db, arena, &reader, &in), ERR_DENIED);
	later.now_us += ROUND_IMPORT_KEPT_US - 1;
	CHECK_OK(round_import_sweep(db, &later));
	CHECK_OK(round_import_get(db, arena, &w.leader, in.id, &got));
	later.now_us++;
	CHECK_OK(round_import_sweep(db, &later));
	CHECK_INT(
	    round_import_get(db, arena, &w.leader, in.id, &got), ERR_NOT_FOUND);
}

/* ---- brought in ---- */

/* guide:S19 */
TEST_DB(round_import_brings_every_choice_in_and_closes_the_round)
{
	struct world w;
	struct tallies t;
	struct turnouts turnout;
	struct round_import got;
	struct audit_report report;
	world_new(&w, arena, db);
	/* Two of the options are there, in another order. */
	struct round r =
	    rounds_draft(&w, ROUND_PAIRWISE, "En b\xc3\xa6nk\nEn rampe");
	struct round_import in = brought(&w, &r, GOOD);
	CHECK_OK(take(&w, &in));
	r = rounds_now(&w, &r);
	CHECK_INT(r.state, ROUND_CLOSED);
	CHECK_INT(r.n_options, 3);
	CHECK_STR(r.option[2].title, S("Et måltid, sammen"));
	CHECK_OK(tally_load(db, arena, &w.leader, &r, &t));
	CHECK_INT(t.of[SIDE_CITIZENS].n, 2);
	ptrdiff_t bench = 0, meal = 0;
	for (ptrdiff_t i = 0; i < t.of[SIDE_CITIZENS].first[2]; i++) {
		const struct mark *m = &t.of[SIDE_CITIZENS].mark[i];
		int64_t won = m->other == 1 ? m->option : m->value;
		bench += won == 0;
		meal += won == 2;
	}
	CHECK_INT(t.of[SIDE_CITIZENS].first[2], 3);
	CHECK_INT(bench, 1);
	CHECK_INT(meal, 1);
	CHECK_OK(round_turnout(db, arena, &w.leader, &r, &turnout));
	int64_t voted = 0;
	for (ptrdiff_t i = 0; i < turnout.n; i++)
		voted += turnout.list[i].voted;
	CHECK_INT(voted, 2);
	CHECK_INT(turnout.n, 1); /* nobody who is here was asked */
	CHECK_OK(audit_verify(db, arena, NULL, 0, &report));
	CHECK_OK(round_verify(db, arena, &report));
	CHECK_INT(report.n_faults, 0);
	CHECK_INT(
	    round_import_get(db, arena, &w.leader, in.id, &got), ERR_NOT_FOUND);
}

static void
check_untouched(struct world *w, const struct round *r, ptrdiff_t options,
    enum round_state state)
{
	struct tallies t;
	struct round now = rounds_now(w, r);
	CHECK_INT(now.n_options, options);
	CHECK_INT(now.state, state);
	CHECK_OK(tally_load(w->db, w->arena, &w->leader, &now, &t));
	for (int side = 0; side < ROUND_SIDES; side++)
		CHECK_INT(t.of[side].n, 0);
}

TEST_DB(round_import_changes_nothing_that_it_may_not)
{
	struct world w;
	world_new(&w, arena, db);
	struct round other = rounds_draft(&w, ROUND_STARS, "A\nB");
	struct round_import in = brought(&w, &other, GOOD);
	CHECK_INT(take(&w, &in), ERR_CONFLICT);
	check_untouched(&w, &other, 2, ROUND_DRAFT);

	struct round open = rounds_open(&w, ROUND_PAIRWISE, "A\nB");
	in = brought(&w, &open, GOOD);
	CHECK_INT(take(&w, &in), ERR_CONFLICT);
	check_untouched(&w, &open, 2, ROUND_OPEN);

	struct round none = rounds_draft(&w, ROUND_PAIRWISE, "A\nB");
	in = brought(&w, &none, HEAD);
	CHECK_INT(take(&w, &in), ERR_CONFLICT);
	check_untouched(&w, &none, 2, ROUND_DRAFT);

	struct buf names = buf_new(arena, 10000);
	for (int i = 0; i < ROUND_OPTIONS - 1; i++)
		buf_fmt(&names, "Nr. %d\n", i);
	buf_byte(&names, '\0');
	struct round full = rounds_draft(&w, ROUND_PAIRWISE, buf_str(&names).p);
	in = brought(&w, &full, GOOD);
	CHECK_INT(take(&w, &in), ERR_CONFLICT);
	check_untouched(&w, &full, ROUND_OPTIONS - 1, ROUND_DRAFT);
}

/* More than go into one statement, of each side. */
TEST_DB(round_import_keeps_many_ballots)
{
	enum { BALLOTS = 2 * 100 + 33 };
	struct world w;
	struct tallies t;
	struct buf b = buf_new(arena, 1024 * 1024);
	world_new(&w, arena, db);
	struct round r = rounds_draft(&w, ROUND_PAIRWISE, "");
	buf_add(&b, S(HEAD));
	for (int i = 0; i < BALLOTS; i++)
		buf_fmt(&b, "1,%d,9,%d,Nr. %d,%d,Nr. %d,,,,,,,,,%s,\n", i,
		    i % 5, i % 5, 5 + i % 7, 5 + i % 7,
		    i % 3 == 0 ? "network" : "citizens");
	buf_byte(&b, '\0');
	struct round_import in = brought(&w, &r, buf_str(&b).p);
	CHECK_OK(take(&w, &in));
	r = rounds_now(&w, &r);
	CHECK_OK(tally_load(db, arena, &w.leader, &r, &t));
	CHECK_INT(t.of[SIDE_NETWORK].n, (BALLOTS + 2) / 3);
	CHECK_INT(t.of[SIDE_CITIZENS].n + t.of[SIDE_NETWORK].n, BALLOTS);
}
