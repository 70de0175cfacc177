/* SPDX-License-Identifier: MPL-2.0 */

/* What is read of a conversation from elsewhere, and when it may come in. */
#include "model/exchange.h"

#include "base/buf.h"
#include "tests/model/fixture.h"

static struct exchange_in
read_good(struct arena *a, struct str statements, struct str votes)
{
	struct exchange_in in;
	struct exchange_import of = {.statements = statements, .votes = votes};
	CHECK(exchange_read(a, &of, &in));
	return in;
}

static struct exchange_in
read_bad(struct arena *a, struct str statements, struct str votes)
{
	struct exchange_in in;
	struct exchange_import of = {.statements = statements, .votes = votes};
	CHECK(!exchange_read(a, &of, &in));
	return in;
}

TEST(exchange_knows_files_by_their_first_line)
{
	struct exchange_import of = {0};
	CHECK(!exchange_sort(arena, S("navn,by\n"), &of));
	CHECK(!exchange_sort(arena, S("topic,Hvad hjælper?\n"), &of));
	CHECK(
	    !exchange_sort(arena, S("comment-id,comment,total-votes\n"), &of));
	CHECK(exchange_sort(arena, S("comment_text\nEn bus\n"), &of));
	CHECK(!exchange_sort(arena, S("comment_text\nTo busser\n"), &of));
	CHECK(exchange_sort(
	    arena, S("participant,group-id,n-votes,0\n1,0,1,1\n"), &of));
	CHECK(exchange_sort(
	    arena, S("timestamp,comment-id,voter-id,vote\n1,0,1,1\n"), &of));
	CHECK_HAS(of.votes, S("timestamp"));
	CHECK(!exchange_sort(
	    arena, S("participant,group-id,n-votes,0\n1,0,1,1\n"), &of));
}

TEST(exchange_keeps_changed_votes_in_their_order)
{
	struct exchange_in in = read_good(arena,
	    S("comment-id,moderated,comment-body\n4,1,En bus\n7,-1,Nej\n"),
	    S("timestamp,comment-id,voter-id,vote\n"
	      "1500000020,4,9,-1\n1500000010,4,9,1\n1500000015,7,2,0\n"));
	CHECK_INT(in.voters, 2);
	CHECK_STR(in.voter[0], S("2"));
	CHECK_INT(in.votes.n, 3);
	CHECK_INT(in.votes.vote[0], 1);
	CHECK_INT(in.votes.vote[1], 0);
	CHECK_INT(in.votes.vote[2], -1);
	CHECK_INT(in.votes.person[2], 1);
	CHECK_INT(in.votes.statement[2], 4);
	CHECK_INT(in.time_us[0], 1500000010 * SECOND_US);
	CHECK_INT(in.state[EXCHANGE_SHOWN], 1);
	CHECK_INT(in.state[EXCHANGE_REFUSED], 1);
}

/* Milliseconds of one export are the seconds of another. */
TEST(exchange_reads_seconds_and_milliseconds)
{
	struct exchange_in in = read_good(arena, S(""),
	    S("timestamp,comment-id,voter-id,vote\n1500000010123,4,9,-1\n"
	      "1500000011,4,8,-1\n"));
	CHECK_INT(in.time_us[1], INT64_C(1500000010123000));
	CHECK_INT(in.time_us[0], INT64_C(1500000011000000));
	CHECK_INT(in.state[EXCHANGE_GONE], 1);
}

TEST(exchange_reads_seeds_ideas_and_proposals)
{
	struct exchange_in in = read_good(
	    arena, S("comment_text\nEn bus\n\"\"\nTo busser\n"), S(""));
	CHECK_INT(in.n, 2);
	CHECK_INT(in.state[EXCHANGE_SHOWN], 2);
	in = read_good(arena,
	    S("Wikisurvey ID,Idea ID,Idea Text,Wins,Active\n"
	      "1,5,Bænke,3,true\n1,6,Væk,0,false\n"),
	    S(""));
	CHECK_INT(in.n, 1);
	CHECK_INT(in.dropped, 1);
	CHECK_INT(in.state[EXCHANGE_WAITING], 1);
	in = read_good(arena,
	    S("id;title/da;body/da;state\n3;Lys i parken;Langt;accepted\n"
	      "4;Nej;Langt;withdrawn\n"),
	    S(""));
	CHECK_INT(in.n, 1);
	CHECK_STR(in.list[0].text, S("Lys i parken"));
	CHECK_INT(in.state[EXCHANGE_WAITING], 1);
}

TEST(exchange_says_where_a_fault_is)
{
	struct exchange_in in = read_bad(arena,
	    S("comment-id,moderated,comment-body\n4,1,En\n5,7,To\n"), S(""));
	CHECK_INT(in.line, 3);
	CHECK_INT(in.column, 3);
	CHECK(!in.in_votes);
	in = read_bad(
	    arena, S(""), S("participant,statement,vote\n1,2,1\n1,2,x\n"));
	CHECK_INT(in.line, 3);
	CHECK_INT(in.column, 5);
	CHECK(in.in_votes);
	in = read_bad(arena, S("comment_text\nRing 010150-5678\n"), S(""));
	CHECK_INT(in.line, 2);
}

/* ---- when ---- */

static struct record
dialogue(struct world *w, const char *state)
{
	struct record r = world_record(w, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", str_c(state));
	record_set(&r, "ends", S(""));
	world_save(w, &r);
	return r;
}

static struct exchange_import
file(struct world *w, const struct record *r)
{
	static int64_t ticks;
	struct exchange_import of = {.id = id_new(NOW_US + ticks++),
	    .dialogue = r->id,
	    .statements = S("comment-id,comment-body\n0,En bus\n"),
	    .votes = S("participant,statement,vote\n1,0,1\n2,0,-1\n")};
	CHECK_OK(exchange_put(w->db, w->arena, &w->leader, &of));
	CHECK_OK(exchange_put(w->db, w->arena, &w->leader, &of));
	return of;
}

TEST_DB(exchange_comes_into_an_empty_dialogue_that_is_not_open)
{
	struct world w;
	struct exchange_in in;
	world_new(&w, arena, db);
	struct record open = dialogue(&w, "open");
	struct record draft = dialogue(&w, "draft");
	struct exchange_import bad = file(&w, &open), of = file(&w, &draft);
	CHECK_INT(exchange_may(db, arena, &w.leader, &bad), ERR_CONFLICT);
	CHECK_INT(exchange_may(db, arena, &w.participant, &of), ERR_DENIED);
	CHECK_OK(exchange_may(db, arena, &w.leader, &of));
	CHECK(exchange_read(arena, &of, &in));
	struct exchange_piece all = {&of, &in, 0, in.voters + in.votes.n};
	CHECK_INT(exchange_add(db, arena, &w.leader, &all), ERR_CONFLICT);
	CHECK_OK(exchange_begin(db, arena, &w.leader, &of, &in));
	CHECK_OK(exchange_add(db, arena, &w.leader, &all));
	/* Begun again it adds nothing twice. */
	CHECK_OK(exchange_begin(db, arena, &w.leader, &of, &in));
	CHECK_OK(exchange_add(db, arena, &w.leader, &all));
	struct vote_rows rows = {draft.id, -1, NULL, 0};
	CHECK_OK(vote_since(db, arena, &w.leader, &rows));
	CHECK_INT(rows.n, 2);
	CHECK_OK(exchange_end(db, arena, &w.leader, &of));
	CHECK_INT(exchange_has(db, arena, &w.leader, of.id), ERR_NOT_FOUND);
	of = file(&w, &draft);
	CHECK_INT(exchange_may(db, arena, &w.leader, &of), ERR_CONFLICT);
}

TEST_DB(exchange_keeps_a_file_for_who_brought_it_and_a_day)
{
	struct world w;
	struct exchange_import out;
	world_new(&w, arena, db);
	struct record r = dialogue(&w, "draft");
	struct exchange_import of = file(&w, &r);
	CHECK_OK(exchange_get(db, arena, &w.leader, of.id, &out));
	CHECK_STR(out.votes, of.votes);
	CHECK_STR(out.statements, of.statements);
	struct actor other = w.leader;
	other.account = w.ali;
	CHECK_INT(exchange_get(db, arena, &other, of.id, &out), ERR_NOT_FOUND);
	struct actor later = w.program;
	later.now_us += EXCHANGE_KEPT_US;
	CHECK_OK(exchange_sweep(db, &later));
	CHECK_INT(
	    exchange_get(db, arena, &w.leader, of.id, &out), ERR_NOT_FOUND);
}

/* Seeds come after what is there already. */
TEST_DB(exchange_adds_seeds_to_what_is_there)
{
	struct world w;
	struct exchange_in in;
	struct statements all;
	world_new(&w, arena, db);
	struct record r = dialogue(&w, "open");
	for (int i = 0; i < 2; i++) {
		struct exchange_import of = {.id = id_new(NOW_US + 500 + i),
		    .dialogue = r.id,
		    .statements = S("comment_text\nEn bus\nTo busser\n")};
		CHECK_OK(exchange_put(db, arena, &w.leader, &of));
		CHECK(exchange_read(arena, &of, &in));
		CHECK_OK(exchange_begin(db, arena, &w.leader, &of, &in));
		CHECK_OK(exchange_end(db, arena, &w.leader, &of));
	}
	CHECK_OK(statement_list(db, arena, &w.leader, r.id, &all));
	CHECK_INT(all.n, 4);
	CHECK_STR(all.list[3].text, S("To busser"));
}
