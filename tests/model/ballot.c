/* SPDX-License-Identifier: MPL-2.0 */

/* Ballots: one a voter, whatever comes; what may be cast; whom a row names. */
#include "model/ballot.h"

#include "base/buf.h"
#include "tests/model/rounds.h"

static const char THREE[] = "En rampe\nEn bænk\nEt fælles måltid";

static const char SQL_COUNT[] =
    "SELECT count(*) FROM ballot WHERE org = $1 AND round = $2";

static int64_t
ballots(struct world *w, const struct round *r)
{
	struct db_row row;
	CHECK_OK(db_one(w->db, w->arena, SQL_COUNT, &row, DB_ID(w->org.id),
	    DB_ID(r->record.id)));
	return db_int(&row, 0);
}

TEST_DB(ballot_last_one_counts_and_counts_once)
{
	struct world w;
	struct ballot b;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_APPROVAL, THREE);
	struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, 1);
	CHECK_INT(ballot_get(db, arena, &w.leader, &v, &b), ERR_NOT_FOUND);
	for (int i = 0; i < 3; i++)
		CHECK_OK(rounds_cast(&w, &v, "1:1 2:1"));
	CHECK_OK(ballot_get(db, arena, &w.leader, &v, &b));
	struct str first = ballot_receipt(arena, &v, &b);
	CHECK_OK(rounds_cast(&w, &v, "3:1"));
	CHECK_INT(ballots(&w, &r), 1);
	CHECK_OK(ballot_get(db, arena, &w.leader, &v, &b));
	CHECK_STR(ballot_text(arena, &b), S("3:1"));
	CHECK(!str_eq(ballot_receipt(arena, &v, &b), first));
	struct elector other = rounds_voter(&w, &r, SIDE_NETWORK, 1 + 1);
	CHECK_OK(rounds_cast(&w, &other, "3:1"));
	CHECK_INT(ballots(&w, &r), 2);
	CHECK_OK(round_close(db, arena, &w.leader, &r));
	CHECK_INT(rounds_cast(&w, &v, "1:1"), ERR_CONFLICT);
	CHECK_INT(ballots(&w, &r), 2);
}

/* TR17: 1,000 rounds, each with the same vote several times. */
TEST_DB(ballot_counts_once_in_a_thousand_rounds)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_APPROVAL, THREE);
	struct ballot b;
	CHECK(ballot_parse(arena, &r, S("2:1"), &b));
	CHECK_OK(db_begin(db));
	for (int i = 0; i < 1000; i++) {
		struct arena *scratch = arena_scratch(arena);
		struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, i);
		for (int k = 0; k < 3; k++)
			CHECK_OK(ballot_cast(db, scratch, &w.leader, &v, &b));
		arena_close(scratch);
	}
	CHECK_OK(db_commit(db));
	CHECK_INT(ballots(&w, &r), 1000);
}

static bool
parses(struct arena *a, const struct round *r, const char *text)
{
	struct ballot b;
	return ballot_parse(a, r, str_c(text), &b);
}

static bool
fits(struct arena *a, const struct round *r, const char *text)
{
	struct ballot b;
	CHECK(ballot_parse(a, r, str_c(text), &b));
	return ballot_check(r, &b).message == NULL;
}

TEST_DB(ballot_holds_what_its_method_allows)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = rounds_draft(&w, ROUND_APPROVAL, THREE);
	r.most = 2;
	CHECK(fits(arena, &r, "1:1 3:1"));
	CHECK(!fits(arena, &r, "1:1 2:1 3:1"));
	CHECK(!fits(arena, &r, "1:2"));
	CHECK(!fits(arena, &r, ""));
	CHECK(!parses(arena, &r, "4:1"));
	CHECK(!parses(arena, &r, "0:1"));
	CHECK(!parses(arena, &r, "1:1 1:1"));
	CHECK(!parses(arena, &r, "x"));
	CHECK(!parses(arena, &r, "1:1  2:1"));
	r.most = 0;
	r.method = ROUND_POINTS;
	CHECK(fits(arena, &r, "1:4 2:6"));
	CHECK(!fits(arena, &r, "1:5 2:6"));
	CHECK(!fits(arena, &r, "1:-3 2:6"));
	CHECK(!fits(arena, &r, "1:0"));
	r.method = ROUND_STARS;
	CHECK(fits(arena, &r, "1:5 2:1"));
	CHECK(!fits(arena, &r, "1:6"));
	r.method = ROUND_VALUE;
	CHECK(fits(arena, &r, "1:5/2"));
	CHECK(!fits(arena, &r, "1:5"));
	r.method = ROUND_PAIRWISE;
	CHECK(fits(arena, &r, "1:2/1 1:3/0 2:3/2"));
	CHECK(!parses(arena, &r, "2:1/1"));
	CHECK(!parses(arena, &r, "1:2/1 1:2/2"));
	CHECK(!fits(arena, &r, "1:2/3"));
}

TEST_DB(ballot_side_follows_the_role)
{
	struct world w;
	struct elector v;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_VALUE, THREE);
	CHECK_OK(ballot_staff(db, arena, &w.leader, &r, &v));
	CHECK_INT(v.side, SIDE_NETWORK);
	CHECK_OK(ballot_staff(db, arena, &w.decider, &r, &v));
	CHECK_INT(v.side, SIDE_LEADERSHIP);
	CHECK(v.refused == NULL);
	struct actor nobody = w.leader;
	nobody.account = id_new(NOW_US);
	CHECK_OK(ballot_staff(db, arena, &nobody, &r, &v));
	CHECK(v.refused != NULL);
	CHECK_INT(rounds_cast(&w, &v, "1:5/2"), ERR_DENIED);
}

TEST_DB(ballot_citizen_is_refused_with_a_reason)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_APPROVAL, THREE);
	struct citizen c = {.in = w.leader, .person.id = id_new(NOW_US)};
	CHECK(ballot_citizen(arena, &r, &c).refused == NULL);
	c.needs_guardian = true; /* under the limit */
	CHECK(ballot_citizen(arena, &r, &c).refused != NULL);
	c.needs_guardian = false;
	c.person.state = S("stopped");
	CHECK(ballot_citizen(arena, &r, &c).refused != NULL);
	c.person.state = S("yes");
	struct round staff = rounds_open(&w, ROUND_VALUE, THREE);
	CHECK(ballot_citizen(arena, &staff, &c).refused != NULL);
}

/* What lies in the database alone leads from no person to a ballot. */
TEST_DB(ballot_needs_the_key_to_be_found)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_APPROVAL, THREE);
	struct str id = id_text(arena, w.ali);
	struct key other = key_new();
	struct keys keys = w.keys;
	struct actor stranger = w.leader;
	keys.ballot = other;
	stranger.keys = &keys;
	struct hash ours = ballot_key(arena, &w.leader, &r, 'a', id);
	CHECK(!hash_eq(ours, ballot_key(arena, &stranger, &r, 'a', id)));
	/* The twin: the same key finds it. */
	CHECK(hash_eq(ours, ballot_key(arena, &w.leader, &r, 'a', id)));
}

/* ---- two at a time ---- */

TEST_DB(ballot_pairs_come_until_all_are_asked)
{
	struct world w;
	struct pair p, again;
	struct ballot b;
	int asked = 0;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_PAIRWISE, "A\nB\nC\nD");
	struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, 1);
	while (ballot_next_pair(db, arena, &w.leader, &v, &p) == ERR_OK) {
		CHECK(p.left != p.right);
		CHECK_OK(ballot_next_pair(db, arena, &w.leader, &v, &again));
		CHECK(p.left == again.left && p.right == again.right);
		p.which = asked++ % 3;
		CHECK_OK(ballot_choose(db, arena, &w.leader, &v, &p));
	}
	CHECK_INT(asked, 6);
	CHECK_OK(ballot_get(db, arena, &w.leader, &v, &b));
	CHECK_INT(b.n, 6);
	CHECK_INT(ballots(&w, &r), 1);
	p = (struct pair){1, 1, 1};
	CHECK_INT(ballot_choose(db, arena, &w.leader, &v, &p), ERR_INVALID);
}

/* The one that was chosen is the one that wins, on whichever side it stood. */
TEST_DB(ballot_pair_knows_left_from_right)
{
	struct world w;
	struct ballot b;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_PAIRWISE, "A\nB\nC");
	struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, 1);
	struct pair p = {3, 1, 1}; /* C on the left */
	CHECK_OK(ballot_choose(db, arena, &w.leader, &v, &p));
	CHECK_OK(ballot_get(db, arena, &w.leader, &v, &b));
	CHECK_STR(ballot_text(arena, &b), S("1:3/2"));
	p.which = 2;
	CHECK_OK(ballot_choose(db, arena, &w.leader, &v, &p));
	CHECK_OK(ballot_get(db, arena, &w.leader, &v, &b));
	CHECK_STR(ballot_text(arena, &b), S("1:3/1"));
}

/* What was often shown comes seldom: with 99 votes on the others, a new voter
 * gets the one that nobody has seen. */
TEST_DB(ballot_pairs_catch_up)
{
	struct world w;
	struct pair p;
	int fresh = 0;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_PAIRWISE, "A\nB\nC");
	for (int i = 0; i < 99; i++) {
		struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, i);
		p = (struct pair){1, 2, 1};
		CHECK_OK(ballot_choose(db, arena, &w.leader, &v, &p));
		p = (struct pair){1, 3, 1};
		CHECK_OK(ballot_choose(db, arena, &w.leader, &v, &p));
	}
	for (int i = 200; i < 300; i++) {
		struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, i);
		CHECK_OK(ballot_next_pair(db, arena, &w.leader, &v, &p));
		fresh += p.left != 1 && p.right != 1;
	}
	/* 0.05 of 0.05 + 0.01 + 0.01: 71 of 100 are expected. */
	CHECK(fresh > 55 && fresh < 90);
}

TEST_DB(tally_takes_each_side_by_itself)
{
	struct world w;
	struct tallies t;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_POINTS, THREE);
	for (int i = 0; i < 5; i++) {
		struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, i);
		CHECK_OK(rounds_cast(&w, &v, "1:4 3:6"));
	}
	struct elector v = rounds_voter(&w, &r, SIDE_LEADERSHIP, 9);
	CHECK_OK(rounds_cast(&w, &v, "2:10"));
	CHECK_OK(tally_load(db, arena, &w.leader, &r, &t));
	CHECK_INT(t.of[SIDE_CITIZENS].n, 5);
	CHECK_INT(t.of[SIDE_NETWORK].n, 0);
	CHECK_INT(t.of[SIDE_LEADERSHIP].n, 1);
	CHECK_INT(t.of[SIDE_CITIZENS].first[5], 10);
	CHECK_INT(t.of[SIDE_LEADERSHIP].mark[0].option, 1);
	CHECK_INT(t.of[SIDE_LEADERSHIP].mark[0].value, 10);
}
