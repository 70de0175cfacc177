/* SPDX-License-Identifier: MPL-2.0 */

/* A dialogue: who may say what when, and that each vote counts once. */
#include "model/dialogue.h"

#include "engine/votes.h"
#include "model/person.h"
#include "model/schema.h"
#include "tests/model/fixture.h"

static struct record
open_dialogue(struct world *w, const char *own)
{
	struct record r = world_record(w, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", S("open"));
	record_set(&r, "ends", S(""));
	record_set(&r, "own", str_c(own));
	world_save(w, &r);
	return r;
}

static struct statement
statement(const char *text)
{
	static int64_t ticks;
	return (struct statement){.once = id_new(NOW_US + ticks++),
	    .text = str_c(text),
	    .source = S("staff"),
	    .author = -1};
}

static void
add(struct world *w, const struct record *r, const char *text)
{
	struct statement s = statement(text);
	CHECK_OK(statement_add(w->db, w->arena, &w->leader, r->id, &s));
	CHECK_OK(statement_add(w->db, w->arena, &w->leader, r->id, &s));
}

static struct actor
program(struct world *w)
{
	struct actor p =
	    actor_program(w->leader.org, w->leader.keys, w->leader.now_us);
	return actor_inside(&p, w->network);
}

static struct voter
voter(struct world *w, const struct record *r, const char *name)
{
	struct actor who = program(w);
	return voter_of(&who, r->id, VOTER_LINK, str_c(name));
}

static enum err
votes(struct world *w, struct voter *v, int64_t statement, int vote)
{
	struct actor who = program(w);
	return voter_votes(
	    w->db, w->arena, &who, v, (struct vote){statement, vote});
}

static struct vote_rows
all(struct world *w, const struct record *r)
{
	struct vote_rows rows = {r->id, -1, NULL, 0};
	struct actor who = program(w);
	CHECK_OK(vote_since(w->db, w->arena, &who, &rows));
	return rows;
}

static struct statements
list(struct world *w, const struct record *r)
{
	struct statements s;
	CHECK_OK(statement_list(w->db, w->arena, &w->leader, r->id, &s));
	return s;
}

/* guide:S20: a citizen says agree, disagree or pass, and may change it. */
TEST_DB(dialogue_counts_the_last_vote_once)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = open_dialogue(&w, "no");
	struct own_votes own;
	struct actor who = program(&w);
	add(&w, &r, "Der skal være en at ringe til om aftenen.");
	add(&w, &r, "Hjælperen skal være den samme.");
	CHECK_INT(list(&w, &r).n, 2);
	struct voter karen = voter(&w, &r, "Karen"), ali = voter(&w, &r, "Ali");
	CHECK_OK(votes(&w, &karen, 0, VOTE_AGREE));
	CHECK_OK(votes(&w, &karen, 0, VOTE_AGREE)); /* the phone sent twice */
	CHECK_OK(votes(&w, &ali, 1, VOTE_PASS));
	CHECK_OK(votes(&w, &karen, 0, VOTE_DISAGREE));
	CHECK_OK(votes(&w, &karen, 1, VOTE_AGREE));
	CHECK_INT(all(&w, &r).n, 4);
	CHECK_INT(karen.number, 0);
	CHECK_INT(ali.number, 1);
	CHECK_OK(voter_own(db, arena, &who, &karen, &own));
	CHECK_INT(own.n, 2);
	CHECK_INT(own.list[0].vote, VOTE_DISAGREE);
	CHECK_INT(own.list[1].vote, VOTE_AGREE);
}

TEST_DB(dialogue_takes_no_vote_that_may_not_be)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = open_dialogue(&w, "no");
	struct voter v = voter(&w, &r, "Karen");
	add(&w, &r, "Der skal være en at ringe til om aftenen.");
	add(&w, &r, "Kommunen er dum.");
	struct statement bad = list(&w, &r).list[1];
	bad.state = S("refused");
	CHECK_INT(
	    statement_moderate(db, arena, &w.leader, r.id, &bad), ERR_INVALID);
	bad.reason = S("Det siger ikke, hvad der skal ændres.");
	CHECK_OK(statement_moderate(db, arena, &w.leader, r.id, &bad));
	CHECK_INT(votes(&w, &v, 1, VOTE_AGREE), ERR_NOT_FOUND);
	CHECK_INT(votes(&w, &v, 7, VOTE_AGREE), ERR_NOT_FOUND);
	CHECK_INT(votes(&w, &v, 0, 2), ERR_INVALID);
	CHECK_OK(votes(&w, &v, 0, VOTE_AGREE));
	CHECK_OK(record_get(db, arena, &w.leader, KIND_DIALOGUE, r.id, &r));
	record_set(&r, "ends", S("2020-01-01"));
	world_save(&w, &r);
	CHECK_INT(votes(&w, &v, 0, VOTE_PASS), ERR_DENIED);
	record_set(&r, "ends", S(""));
	record_set(&r, "state", S("closed"));
	world_save(&w, &r);
	CHECK_INT(votes(&w, &v, 0, VOTE_PASS), ERR_DENIED);
	CHECK_INT(all(&w, &r).n, 1);
}

TEST_DB(dialogue_does_not_open_without_saying_why)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_DIALOGUE);
	record_set(&r, "state", S("open"));
	record_set(&r, "about", S(""));
	CHECK_INT(record_save(db, arena, &w.leader, &r, &saved), ERR_INVALID);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
}

/* guide:S21: a citizen's statement is read first, and then others answer it. */
TEST_DB(dialogue_statements_of_citizens_wait)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = open_dialogue(&w, "before");
	struct voter karen = voter(&w, &r, "Karen"), ali = voter(&w, &r, "Ali");
	struct actor who = program(&w);
	struct statement s = statement("Aftenvagten skal kende min mand.");
	CHECK_OK(voter_states(db, arena, &who, &karen, &s));
	CHECK_OK(voter_states(db, arena, &who, &karen, &s)); /* twice */
	struct statements now = list(&w, &r);
	CHECK_INT(now.n, 1);
	CHECK_STR(now.list[0].state, S("waiting"));
	CHECK_STR(now.list[0].source, S("citizen"));
	CHECK_INT(all(&w, &r).n, 1); /* she agrees with herself */
	CHECK_INT(votes(&w, &ali, 0, VOTE_AGREE), ERR_NOT_FOUND);
	now.list[0].state = S("shown");
	CHECK_OK(statement_moderate(db, arena, &w.leader, r.id, &now.list[0]));
	CHECK_OK(votes(&w, &ali, 0, VOTE_AGREE));

	CHECK_INT(voter_takes_back(db, arena, &who, &ali, 0), ERR_NOT_FOUND);
	CHECK_OK(voter_takes_back(db, arena, &who, &karen, 0));
	CHECK_INT(list(&w, &r).n, 0);
	CHECK_INT(votes(&w, &ali, 0, VOTE_PASS), ERR_NOT_FOUND);
	struct statement cpr = statement("Ring til 010150-1234.");
	CHECK_INT(voter_states(db, arena, &who, &ali, &cpr), ERR_INVALID);
}

TEST_DB(dialogue_statements_of_one_have_an_end)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = open_dialogue(&w, "after");
	struct voter v = voter(&w, &r, "Karen");
	struct actor who = program(&w);
	for (int i = 0; i < STATEMENTS_OWN; i++) {
		struct statement s = statement("Endnu et udsagn.");
		CHECK_OK(voter_states(db, arena, &who, &v, &s));
	}
	struct statement one_more = statement("Endnu et udsagn.");
	CHECK_INT(voter_states(db, arena, &who, &v, &one_more), ERR_LIMITED);
	CHECK_STR(list(&w, &r).list[0].state, S("shown"));
}

/* What a person with a code voted and wrote goes with them, and who keeps votes
 * in memory is told. */
TEST_DB(dialogue_forgets_who_is_erased)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = open_dialogue(&w, "after");
	struct actor who = program(&w);
	struct dialogue_mark before, after;
	struct person p = {.id = id_new(w.leader.now_us),
	    .state = S("yes"),
	    .alias = S("Jonas"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Kender værestedet."),
	    .source = S("named")};
	CHECK_OK(person_save(db, arena, &w.leader, &p));
	struct voter jonas =
	    voter_of(&who, r.id, VOTER_CODE, id_text(arena, p.id));
	struct voter ali = voter(&w, &r, "Ali");
	add(&w, &r, "Der skal være en at ringe til om aftenen.");
	struct statement s = statement("Jeg bor på Havnegade 7.");
	CHECK_OK(votes(&w, &ali, 0, VOTE_AGREE));
	CHECK_OK(votes(&w, &jonas, 0, VOTE_AGREE));
	CHECK_OK(voter_states(db, arena, &who, &jonas, &s));
	CHECK_INT(all(&w, &r).n, 3);
	CHECK_OK(dialogue_mark(db, arena, &who, r.id, &before));
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_OK(dialogue_mark(db, arena, &who, r.id, &after));
	CHECK_INT(all(&w, &r).n, 1);
	CHECK_INT(list(&w, &r).n, 1);
	CHECK_INT(after.erased, before.erased + 1);
	CHECK_OK(voter_find(db, arena, &who, &jonas));
	CHECK_INT(jonas.number, -1);
}

/* Nobody who reads the database sees whose votes they are. */
TEST_DB(dialogue_keys_differ_by_dialogue_and_way)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = open_dialogue(&w, "no");
	struct record other = open_dialogue(&w, "no");
	struct actor who = program(&w);
	struct hash one = voter_of(&who, r.id, VOTER_CODE, S("x")).key;
	CHECK(hash_eq(one, voter_of(&who, r.id, VOTER_CODE, S("x")).key));
	CHECK(!hash_eq(one, voter_of(&who, r.id, VOTER_LINK, S("x")).key));
	CHECK(!hash_eq(one, voter_of(&who, other.id, VOTER_CODE, S("x")).key));
}

TEST_DB(dialogue_statements_are_those_of_the_network)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = open_dialogue(&w, "no");
	struct actor stranger = w.leader;
	struct statements s;
	struct statement new = statement("Et udsagn.");
	stranger.caps = 0;
	CHECK_INT(
	    statement_list(db, arena, &stranger, r.id, &s), ERR_NOT_FOUND);
	CHECK_INT(statement_add(db, arena, &stranger, r.id, &new), ERR_DENIED);
	CHECK_INT(
	    statement_moderate(db, arena, &stranger, r.id, &new), ERR_DENIED);
	CHECK_INT(statement_add(db, arena, &w.leader, id_new(NOW_US), &new),
	    ERR_NOT_FOUND);
}

/* A vote looks for the voter's own votes by their index, not through all votes
 * of the dialogue; the twin is what SQLite does when it takes a dialogue for
 * small, as it takes any other thing in a network. */
TEST(dialogue_looks_for_one_voters_votes)
{
	static const char SQL_PLAN[] =
	    "EXPLAIN QUERY PLAN SELECT vote FROM vote WHERE org = $1"
	    " AND network = $2 AND dialogue = $3 AND voter = $4"
	    " AND statement = $5 ORDER BY seq DESC LIMIT 1";
	static const char SQL_FEW[] =
	    "UPDATE sqlite_stat1 SET stat = replace(stat, '20000 20000',"
	    " '20000 10') WHERE tbl = 'vote'";
	struct db *db;
	struct db_rows plan;
	struct db_place place = test_place(arena, DB_SQLITE);
	struct id id = id_new(NOW_US);
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(schema_up(db, arena, 1));
	for (int twin = 0; twin < 2; twin++) {
		CHECK_OK(db_all(db, arena, SQL_PLAN, &plan, DB_ID(id),
		    DB_ID(id), DB_ID(id), DB_INT(1), DB_INT(1)));
		bool by_voter =
		    str_find(db_text(&plan.row[0], 3), S("vote_voter")) >= 0;
		CHECK(by_voter == (twin == 0));
		CHECK_OK(db_script(db, str_c(SQL_FEW)));
		db_close(db);
		CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	}
	db_close(db);
}
