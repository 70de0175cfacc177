/* SPDX-License-Identifier: MPL-2.0 */

/* Ballots on paper: two readers, and each number once. */
#include "model/paper.h"

#include "base/buf.h"
#include "tests/model/rounds.h"

struct desk {
	struct world w;
	struct round r;
};

static void
desk_new(struct desk *d, struct arena *a, struct db *db)
{
	world_new(&d->w, a, db);
	d->r = rounds_open(&d->w, ROUND_APPROVAL, "A\nB\nC");
	CHECK_OK(paper_make(db, a, &d->w.leader, &d->r, 5));
}

static enum paper_outcome
read_one(struct desk *d, const struct actor *who, int64_t serial,
    const char *choices)
{
	struct arena *a = d->w.arena;
	struct str number = paper_number(a, who, &d->r, serial);
	struct paper_rows rows = {
	    .text = STR_JOIN(a, number, S("; "), str_c(choices))};
	CHECK_OK(paper_read(d->w.db, a, who, &d->r, &rows));
	CHECK_INT(rows.n, 1);
	return rows.list[0].outcome;
}

static struct paper_state
state_of(struct desk *d)
{
	struct paper_state s;
	CHECK_OK(paper_state(d->w.db, d->w.arena, &d->w.leader, &d->r, &s));
	return s;
}

TEST_DB(paper_counts_when_two_agree)
{
	struct desk d;
	struct tallies t;
	desk_new(&d, arena, db);
	CHECK_INT(read_one(&d, &d.w.leader, 1, "1 3"), PAPER_FIRST);
	CHECK_INT(state_of(&d).once, 1);
	CHECK_INT(read_one(&d, &d.w.leader, 1, "1, 3"), PAPER_FIRST);
	CHECK_INT(state_of(&d).counted, 0); /* one reader, twice */
	CHECK_INT(read_one(&d, &d.w.participant, 1, "3 1"), PAPER_AGREES);
	CHECK_INT(state_of(&d).counted, 1);
	CHECK_INT(read_one(&d, &d.w.participant, 1, "2"), PAPER_COUNTED);
	CHECK_OK(tally_load(db, arena, &d.w.leader, &d.r, &t));
	CHECK_INT(t.of[SIDE_CITIZENS].n, 1);
}

TEST_DB(paper_that_differs_is_settled)
{
	struct desk d;
	struct tallies t;
	desk_new(&d, arena, db);
	CHECK_INT(read_one(&d, &d.w.leader, 2, "1 3"), PAPER_FIRST);
	CHECK_INT(read_one(&d, &d.w.participant, 2, "1 2"), PAPER_DIFFERS);
	struct paper_state s = state_of(&d);
	CHECK_INT(s.n_differs, 1);
	CHECK_INT(s.differs[0].serial, 2);
	CHECK_OK(tally_load(db, arena, &d.w.leader, &d.r, &t));
	CHECK_INT(t.of[SIDE_CITIZENS].n, 0); /* only what is agreed on */
	struct paper_fix fix = {.serial = 3};
	CHECK(ballot_typed(arena, &d.r, S("1 2"), &fix.ballot));
	CHECK_INT(
	    paper_settle(db, arena, &d.w.participant, &d.r, &fix), ERR_DENIED);
	CHECK_INT(
	    paper_settle(db, arena, &d.w.leader, &d.r, &fix), ERR_NOT_FOUND);
	fix.serial = 2;
	CHECK_OK(paper_settle(db, arena, &d.w.leader, &d.r, &fix));
	CHECK_INT(
	    paper_settle(db, arena, &d.w.leader, &d.r, &fix), ERR_NOT_FOUND);
	CHECK_INT(state_of(&d).counted, 1);
	CHECK_OK(tally_load(db, arena, &d.w.leader, &d.r, &t));
	CHECK_INT(t.of[SIDE_CITIZENS].n, 1);
}

/* The network came here with ballots that another installation printed. */
TEST_DB(paper_from_elsewhere_counts_and_is_not_printed)
{
	struct desk d;
	struct paper_own papers;
	struct key root = key_new();
	struct keys elsewhere = keys_derive(&root);
	desk_new(&d, arena, db);
	struct str number = paper_number(arena, &d.w.leader, &d.r, 1);
	CHECK_OK(paper_own(db, arena, &d.w.leader, &d.r, &papers));
	CHECK_INT(papers.n, 5);
	CHECK_INT(papers.others, 0);
	d.w.leader.keys = &elsewhere;
	CHECK_OK(paper_make(db, arena, &d.w.leader, &d.r, 7));
	CHECK_OK(paper_own(db, arena, &d.w.leader, &d.r, &papers));
	CHECK_INT(papers.n, 7);
	CHECK_INT(papers.others, 5);
	CHECK(!papers.own[4] && papers.own[5] && papers.own[6]);
	struct paper_rows rows = {.text = STR_JOIN(arena, number, S("; 1"))};
	CHECK_OK(paper_read(db, arena, &d.w.leader, &d.r, &rows));
	CHECK_INT(rows.list[0].outcome, PAPER_FIRST);
	CHECK_INT(read_one(&d, &d.w.leader, 2, "1"), PAPER_NO_NUMBER);
}

/* A reader who was wrong reads again, and then it agrees. */
TEST_DB(paper_is_read_again)
{
	struct desk d;
	desk_new(&d, arena, db);
	CHECK_INT(read_one(&d, &d.w.leader, 2, "1"), PAPER_FIRST);
	CHECK_INT(read_one(&d, &d.w.participant, 2, "2"), PAPER_DIFFERS);
	CHECK_INT(read_one(&d, &d.w.leader, 2, "2"), PAPER_AGREES);
	CHECK_INT(state_of(&d).n_differs, 0);
}

TEST_DB(paper_needs_its_secret)
{
	static const char *const wrong[] = {"1-AAAA-AAAA; 1", "1; 1", "x; 1",
	    "9-AAAA-AAAA; 1", "-1; 1", "1-; 1"};
	struct desk d;
	struct paper_rows rows;
	desk_new(&d, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(wrong); i++) {
		rows.text = str_c(wrong[i]);
		CHECK_OK(paper_read(db, arena, &d.w.leader, &d.r, &rows));
		CHECK_INT(rows.list[0].outcome, PAPER_NO_NUMBER);
	}
	CHECK_INT(read_one(&d, &d.w.leader, 1, "7"), PAPER_BAD_CHOICES);
	CHECK_INT(read_one(&d, &d.w.leader, 1, ""), PAPER_BAD_CHOICES);
	/* As people write it. */
	struct str number = paper_number(arena, &d.w.leader, &d.r, 1);
	number = str_lower_ascii(arena, number);
	rows.text = STR_JOIN(arena, number, S(" ;1,2"));
	CHECK_OK(paper_read(db, arena, &d.w.leader, &d.r, &rows));
	CHECK_INT(rows.list[0].outcome, PAPER_FIRST);
}

TEST_DB(paper_is_made_once)
{
	struct desk d;
	desk_new(&d, arena, db);
	CHECK_OK(paper_make(db, arena, &d.w.leader, &d.r, 5));
	CHECK_INT(state_of(&d).made, 5);
	CHECK_INT(paper_make(db, arena, &d.w.leader, &d.r, 600), ERR_TOO_LARGE);
	CHECK_OK(paper_make(db, arena, &d.w.leader, &d.r, 7));
	CHECK_INT(state_of(&d).made, 7);
	CHECK_INT(paper_make(db, arena, &d.w.participant, &d.r, 9), ERR_DENIED);
	CHECK_OK(round_close(db, arena, &d.w.leader, &d.r));
	CHECK_INT(paper_make(db, arena, &d.w.leader, &d.r, 9), ERR_CONFLICT);
	struct paper_rows rows = {.text = S("1")};
	CHECK_INT(
	    paper_read(db, arena, &d.w.leader, &d.r, &rows), ERR_CONFLICT);
}
