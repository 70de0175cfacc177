/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/pb_in.h"

#include "base/buf.h"
#include "tests/test.h"

/* A whole file, of which the parts can be another. */
struct parts {
	const char *meta, *type, *projects, *votes;
};
static const char META[] = "META\nkey;value\ndescription;Haver\ncountry;DK\n"
			   "unit;Fjordby\ninstance;2026\nnum_projects;2\n"
			   "num_votes;2\nbudget;100,50\nrule;greedy\n"
			   "date_begin;2026\ndate_end;2026\n";
static const char PROJECTS[] =
    "PROJECTS\nproject_id;cost;votes;name;selected\n"
    "1;40.25;2;\"Bænk; \"\"rød\"\"\";1\nb;60;1;Træ;0\n";
static const char VOTES[] = "VOTES\nvoter_id;vote;sex\n7;1,b;M\n8;1;F\n";

static struct str
file(struct arena *a, struct parts p)
{
	return str_fmt(a, "%svote_type;%s\n%s%s",
	    p.meta != NULL ? p.meta : META,
	    p.type != NULL ? p.type : "approval",
	    p.projects != NULL ? p.projects : PROJECTS,
	    p.votes != NULL ? p.votes : VOTES);
}

TEST(pb_reads_an_election)
{
	struct pb pb;
	struct pb_fault fault;
	struct str text = file(arena, (struct parts){0});
	CHECK(pb_read(arena, text, S("SEX"), &pb, &fault));
	const struct election *e = &pb.election;
	CHECK_INT(e->n_projects, 2);
	CHECK_INT(e->n_voters, 2);
	CHECK_INT(e->unit, 100);
	CHECK_INT(e->budget, 10050);
	CHECK_INT(e->cost[0], 4025);
	CHECK_INT(e->cost[1], 6000);
	CHECK_INT(e->first[1], 2);
	CHECK_INT(e->first[2], 3);
	CHECK_INT(e->voter[2], 0);
	CHECK(e->points == NULL);
	CHECK_STR(pb.project[0].name, S("Bænk; \"rød\""));
	CHECK_INT(pb.project[0].selected, 1);
	CHECK_STR(pb.rule, S("greedy"));
	CHECK_INT(pb.n_groups, 2);
	CHECK_STR(pb.group_name[pb.group[1]], S("F"));
	CHECK_INT(pb.unlike, 0);
	CHECK_OK(election_check(e));
}

TEST(pb_reads_points_and_places)
{
	struct pb pb;
	struct pb_fault fault;
	struct str text = file(arena,
	    (struct parts){.type = "cumulative",
		.votes = "VOTES\nvoter_id;vote;points\n7;1,b;\"2,5\"\n8;1;\n"});
	CHECK(!pb_read(arena, text, (struct str){0}, &pb, &fault));
	text = file(arena,
	    (struct parts){.type = "scoring",
		.votes = "VOTES\nvoter_id;vote;points\n7;1,b;2.5,0\n8;1;4\n"});
	CHECK(pb_read(arena, text, (struct str){0}, &pb, &fault));
	CHECK_INT(pb.point, 10);
	CHECK_INT(pb.election.points[0], 25);
	CHECK_INT(pb.election.points[1], 40);
	CHECK_INT(pb.election.first[2], 2); /* no points, no vote */
	text = file(arena, (struct parts){.type = "ordinal"});
	CHECK(pb_read(arena, text, (struct str){0}, &pb, &fault));
	CHECK_INT(pb.first_place, 2);
	CHECK_INT(pb.election.points[0], 2); /* 1 of voter 7 */
	CHECK_INT(pb.election.points[2], 1); /* b */
	CHECK_INT(pb.ballots.item[1], 1);
}

TEST(pb_numbers)
{
	static const struct {
		const char *text;
		int64_t want; /* -1: none */
	} cases[] = {{"0", 0}, {"12", 12000000}, {"1.5", 1500000},
	    {"1,000001", 1000001}, {"3.1000000", 3100000}, {"", -1}, {".5", -1},
	    {"5.", -1}, {"-1", -1}, {"1e3", -1}, {"1.0000001", -1},
	    {"1 000", -1}, {"1000000000000", 1000000000000000000},
	    {"1000000000001", -1}, {"99999999999999999999999", -1}};
	for (int i = 0; i < (int)COUNT_OF(cases); i++) {
		int64_t x = -1;
		if (!pb_number(str_c(cases[i].text), &x))
			x = -1;
		CHECK_INT(x, cases[i].want);
	}
}

static const char TWO[] = "VOTES\nvoter_id;vote\n";

/* Where a fault is, and what should have stood there. */
TEST(pb_faults_have_a_place)
{
	static const struct {
		struct parts p;
		int line, column;
		const char *expected;
	} cases[] = {
	    {{.meta = "MATE\n"}, 1, 1, "META"},
	    {{.meta = "META\nkey;wert\n"}, 2, 1, "key;value"},
	    {{.meta = "META\nkey;value\nbudget;12;5\n"}, 3, 11,
		"a key; a value"},
	    {{.meta = "META\nkey;value\nunit;a\nunit;b\n"}, 4, 1,
		"each key once"},
	    {{.meta = "META\nkey;value\nbudget;12,5x\n"}, 3, 8,
		"an amount from 0, with at most 6 decimals"},
	    {{.meta = "META\nkey;value\nnum_votes;-1\n"}, 3, 11,
		"a whole number from 0"},
	    {{.meta = "META\nkey;value\n"}, 4, 1,
		"the key description in META"},
	    {{.type = "approvals"}, 13, 11,
		"approval, choose-1, ordinal, cumulative or scoring"},
	    {{.projects = "PROJECTS\nid;cost\n"}, 15, 1,
		"a heading project_id"},
	    {{.projects = "PROJECTS\nproject_id;cost\n1;2\n1;3\n"}, 17, 1,
		"an id of its own"},
	    {{.projects = "PROJECTS\nproject_id;cost\n1;2;3\n"}, 16, 5,
		"as many fields as there are headings"},
	    {{.projects = "PROJECTS\nproject_id;cost\n1;-2\n"}, 16, 3,
		"a price from 0, with at most 6 decimals"},
	    {{.projects = "PROJECTS\nproject_id;cost;selected\n1;2;4\n"}, 16, 5,
		"0, 1, 2 or 3"},
	    {{.projects = "PROJECTS\nproject_id;cost\n1;2\n"}, 7, 14,
		"the number of projects in the file"},
	    {{.votes = "VOTES\nvoter_id;vote\n7;1\n"}, 8, 11,
		"the number of ballots in the file"},
	    {{.votes = "VOTES\nvoter_id;vote\n7;1\n7;b\n"}, 21, 1,
		"an id of its own"},
	    {{.votes = "VOTES\nvoter_id;vote\n7;b,1,ø,x\n"}, 20, 7,
		"the id of a project"},
	    {{.votes = "VOTES\nvoter_id;vote\n7;\"b,x\"\n"}, 20, 6,
		"the id of a project"},
	    {{.votes = "VOTES\nvoter_id;vote\n7;b,b\n"}, 20, 5,
		"each project once"},
	    {{.votes = TWO, .type = "cumulative"}, 19, 1, "a heading points"},
	    {{.votes = "VOTES\nvoter_id;vote\n7;b,1\n8;b\n",
		 .type = "choose-1"},
		20, 3, "one project"},
	    {{.votes = "VOTES\nvoter_id;vote;points\n7;1,b;2,1,1\n",
		 .type = "scoring"},
		20, 7, "no more points than projects"},
	    {{.votes = "VOTES\nvoter_id;vote;points\n7;1;-2\n",
		 .type = "scoring"},
		20, 5, "points from 0, one for each project of the vote"},
	    {{.votes = "VOTES\nvoter_id;vote\n7;\"1\n"}, 20, 3,
		"a quotation mark that ends the text"},
	    {{.votes = ""}, 18, 1, "VOTES"},
	};
	for (int i = 0; i < (int)COUNT_OF(cases); i++) {
		struct pb pb;
		struct pb_fault fault = {0};
		struct str text = file(arena, cases[i].p);
		CHECK(!pb_read(arena, text, (struct str){0}, &pb, &fault));
		CHECK_STR(str_c(fault.expected), str_c(cases[i].expected));
		CHECK_INT(fault.line, cases[i].line);
		CHECK_INT(fault.column, cases[i].column);
	}
}

TEST(pb_counts_what_does_not_agree)
{
	struct pb pb;
	struct pb_fault fault;
	struct str text = file(arena,
	    (struct parts){.projects =
			       "PROJECTS\nproject_id;cost;votes\n1;5;9\n"
			       "b;6;1\n",
		.meta = str_cstr(arena,
		    str_cat(arena, str_c(META),
			S("max_length;1\nmin_sum_cost;5,5\n")))});
	CHECK(pb_read(arena, text, (struct str){0}, &pb, &fault));
	CHECK_INT(pb.unlike, 1);
	CHECK_INT(pb.outside, 2); /* one too long, one too cheap */
}

TEST(pb_takes_carriage_returns_and_a_byte_order_mark)
{
	struct pb pb;
	struct pb_fault fault;
	struct str text = file(arena, (struct parts){0});
	text = str_replace(arena, text, S("\n"), S("\r\n"));
	text = str_cat(arena, S("\xEF\xBB\xBF"), text);
	CHECK(pb_read(arena, text, (struct str){0}, &pb, &fault));
	CHECK_INT(pb.election.n_voters, 2);
}
