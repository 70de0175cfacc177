/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/rank_csv.h"

#include "tests/test.h"

static bool
reads(struct arena *a, const char *text, const char *by, struct rank_csv *out)
{
	struct pb_fault fault;
	return rank_csv_read(a, str_c(text), str_c(by), out, &fault);
}

TEST(choices_in_any_order_of_headings)
{
	struct rank_csv csv;
	CHECK(reads(
	    arena, "loser;age;winner\nb;20;a\nc;30;a\nb;20;c\n", "age", &csv));
	CHECK(!csv.ordinal && csv.voter == NULL);
	CHECK_INT(csv.pairs.n_items, 3);
	CHECK_INT(csv.pairs.n_votes, 3);
	CHECK_STR(csv.id[csv.pairs.winner[2]], S("c"));
	CHECK_STR(csv.id[csv.pairs.loser[2]], S("b"));
	CHECK_STR(csv.group_name[csv.group[1]], S("30"));
	CHECK_STR(csv.label[2], S(""));
}

TEST(choices_as_all_our_ideas_writes_them)
{
	struct rank_csv csv;
	CHECK(reads(arena,
	    "Vote ID,Session ID,Wikisurvey ID,Winner ID,Winner Text,Loser ID,"
	    "Loser Text,Prompt ID,Appearance ID,Left Choice ID,Right Choice "
	    "ID,Created at,Updated at,Response Time (s),Missing Response Time "
	    "Explanation,Session Identifier,Valid\n"
	    "1,5,2,10,\"Trees, more\",11,Benches,3,4,10,11,x,x,2.5,,s,TRUE\n"
	    "2,6,2,11,Benches,12,,3,4,12,11,x,x,,,s,FALSE\n"
	    "3,6,2,12,Light,10,,3,4,12,10,x,x,,,s,true\n",
	    "", &csv));
	CHECK_INT(csv.pairs.n_votes, 2);
	CHECK_INT(csv.left_out, 1);
	CHECK_INT(csv.n_items, 3);
	CHECK_INT(csv.n_voters, 2);
	CHECK_STR(csv.label[0], S("Trees, more"));
	CHECK_STR(csv.label[2], S("Light"));
}

TEST(ballots_from_rows_in_any_order)
{
	struct rank_csv csv;
	CHECK(reads(arena,
	    "voter,item,rank,group\nx,a,2,g\ny,b,1,h\nx,b,1,g\nx,c,2,g\n",
	    "group", &csv));
	CHECK(csv.ordinal);
	CHECK_INT(csv.ballots.n_ballots, 2);
	CHECK_INT(csv.ballots.first[1], 3);
	CHECK_STR(csv.id[csv.ballots.item[0]], S("b"));
	CHECK_INT(csv.ballots.level[1], csv.ballots.level[2]);
	CHECK_STR(csv.group_name[csv.group[1]], S("h"));
	CHECK_OK(ordinal_check(arena, &csv.ballots));
}

TEST(csv_faults_have_a_place)
{
	static const struct {
		const char *text;
		int line, column;
		const char *expected;
	} cases[] = {
	    {"", 1, 1, "the headings winner,loser or voter,item,rank"},
	    {"a,b\n", 1, 1, "the headings winner,loser or voter,item,rank"},
	    {"item,rank\n", 1, 1,
		"the headings winner,loser or voter,item,rank"},
	    {"winner,loser\na,\n", 2, 3, "an id"},
	    {"winner,loser\na,b\na,a\n", 3, 3, "another than the winner"},
	    {"winner,loser\na,b,c\n", 2, 5,
		"as many fields as there are headings"},
	    {"winner,loser,voter\na,b,\n", 2, 5, "who chose"},
	    {"voter,item,rank\nx,a,0\n", 2, 5, "a place from 1"},
	    {"voter,item,rank\nx,a,1\ny,b,1\nx,a,2\n", 4, 1,
		"each item once from a voter"},
	    {"winner,loser\na,\"b\n", 2, 3,
		"a quotation mark that ends the text"},
	};
	for (int i = 0; i < (int)COUNT_OF(cases); i++) {
		struct rank_csv csv;
		struct pb_fault fault = {0};
		CHECK(!rank_csv_read(arena, str_c(cases[i].text),
		    (struct str){0}, &csv, &fault));
		CHECK_STR(str_c(fault.expected), str_c(cases[i].expected));
		CHECK_INT(fault.line, cases[i].line);
		CHECK_INT(fault.column, cases[i].column);
	}
	struct rank_csv csv;
	CHECK(
	    !reads(arena, "voter,item,rank,g\nx,a,1,p\nx,b,2,q\n", "g", &csv));
	CHECK(!reads(arena, "winner,loser\na,b\n", "g", &csv));
}
