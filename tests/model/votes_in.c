/* SPDX-License-Identifier: MPL-2.0 */
#include "model/votes_in.h"

#include "tests/test.h"

static struct votes_in
read_votes(struct arena *arena, const char *text)
{
	struct votes_in in;
	struct csv_reader r;
	CHECK(votes_read(arena, str_c(text), &in, &r));
	return in;
}

static void
check_bad(struct arena *arena, const char *text, int line, int column,
    const char *expected)
{
	struct votes_in in;
	struct csv_reader r;
	CHECK(!votes_read(arena, str_c(text), &in, &r));
	CHECK_INT(r.line, line);
	CHECK_INT(r.column, column);
	CHECK_HAS(str_c(r.expected), str_c(expected));
}

TEST(votes_of_our_own_a_later_line_wins)
{
	struct votes_in in = read_votes(
	    arena, "participant,statement,vote\n10,b,1\n9,a,-1\n10,b,0\n");
	struct votes_table t = votes_sorted(arena, &in);
	CHECK_INT(t.votes.people, 2);
	CHECK_STR(t.person[0], S("9")); /* as numbers, not as text */
	CHECK_STR(t.statement[1], S("b"));
	CHECK_INT(t.votes.vote[1], 0);
	CHECK_INT(t.votes.row[2], 2);
}

TEST(votes_of_polis_the_later_time_wins)
{
	struct votes_in in = read_votes(arena,
	    "timestamp,datetime,comment-id,voter-id,vote\n"
	    "300,\"Mon, 3\",1,8,-1\n100,x,1,7,1\n200,x,1,8,1\n");
	struct votes_table t = votes_as_polis(arena, &in);
	CHECK_STR(t.person[0], S("7")); /* voted first */
	CHECK_INT(t.votes.vote[1], -1);
}

TEST(votes_of_a_matrix_empty_is_not_seen)
{
	struct votes_in in = read_votes(arena,
	    "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,"
	    "0,5,12\n1,,0,0,2,1,1,1,,-1\n2,,,0,0,0,0,,,\n3,,,0,1,0,0,0,,\n");
	struct votes_table t = votes_sorted(arena, &in);
	CHECK_INT(t.votes.people, 2); /* 2 has not voted */
	CHECK_INT(t.votes.statements, 2); /* nobody voted on 5 */
	CHECK_STR(t.person[1], S("3"));
	CHECK_INT(t.votes.row[2], 3);
	CHECK_INT(t.votes.vote[1], -1);
}

TEST(the_same_rows_in_another_order_give_the_same_table)
{
	struct votes_in a = read_votes(
	    arena, "participant,statement,vote\nanna,1,1\nbo,2,-1\nanna,2,0\n");
	struct votes_in b = read_votes(
	    arena, "participant;statement;vote\nanna;2;0\nbo;2;-1\nanna;1;1\n");
	struct votes_table t = votes_sorted(arena, &a);
	struct votes_table u = votes_sorted(arena, &b);
	for (int k = 0; k < 3; k++) {
		CHECK_INT(t.votes.statement[k], u.votes.statement[k]);
		CHECK_INT(t.votes.vote[k], u.votes.vote[k]);
	}
	CHECK_STR(t.person[0], u.person[0]);
}

TEST(votes_that_are_wrong_are_told_with_their_place)
{
	check_bad(arena, "", 0, 1, "header");
	check_bad(arena, "a,b\n1,2\n", 1, 1, "header");
	check_bad(arena, "participant,statement\n1,2\n", 1, 1, "header");
	check_bad(arena, "participant,statement,vote\n1,2,2\n", 2, 5,
	    "a vote: 1, 0 or -1");
	check_bad(arena, "participant,statement,vote\n1,2\n", 2, 3, "fields");
	check_bad(arena, "participant,statement,vote\n,2,1\n", 2, 1, "who");
	check_bad(arena, "participant,statement,vote\nx,,1\n", 2, 3, "id");
	check_bad(arena, "participant,group-id,1,1\n1,,1,1\n", 1, 24, "once");
	check_bad(arena, "participant,group-id,1,2\n1,,1,x\n", 2, 6, "nothing");
	check_bad(arena, "timestamp,comment-id,voter-id,vote\nnow,1,1,1\n", 2,
	    1, "time");
}

static const char two[] = "participant,statement,vote\n1,4,1\n2,4,-1\n2,5,1\n";

TEST(statements_of_both_kinds_are_read)
{
	struct votes_in in = read_votes(arena, two);
	struct votes_table t = votes_sorted(arena, &in);
	struct statements_in about;
	struct csv_reader r;
	CHECK(statements_read(arena,
	    S("timestamp,comment-id,moderated,is-meta,comment-body\n"
	      "1,5,-1,false,\"Ja, tak\"\n1,9,1,true,other\n"),
	    &t, &about, &r));
	CHECK(about.rejected[1] && !about.meta[1] && !about.rejected[0]);
	CHECK_STR(about.text[1], S("Ja, tak"));
	CHECK_STR(about.text[0], S(""));
	CHECK(statements_read(
	    arena, S("statement,moderated,is_meta\n4,0,1\n"), &t, &about, &r));
	CHECK(about.meta[0]);
	CHECK(!statements_read(
	    arena, S("comment-id,moderated\n4,2\n"), &t, &about, &r));
	CHECK_INT(r.column, 3);
	CHECK(!statements_read(arena, S("id\n4\n"), &t, &about, &r));
}

TEST(members_are_letters_by_person)
{
	struct votes_in in = read_votes(arena, two);
	struct votes_table t = votes_sorted(arena, &in);
	struct csv_reader r;
	int32_t *last;
	CHECK(members_read(
	    arena, S("participant,group\n2,C\n1,\n7,A\n"), &t, &last, &r));
	CHECK_INT(last[0], -1);
	CHECK_INT(last[1], 2);
	CHECK(
	    !members_read(arena, S("participant,group\n2,a\n"), &t, &last, &r));
	CHECK_INT(r.line, 2);
}
