/* SPDX-License-Identifier: MPL-2.0 */

/* samskab groups, as a person runs it. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/cli/program.h"
#include "tests/engine/groups_golden.h"

static const char *
put(struct arena *a, const char *name, struct str text)
{
	struct str path = str_fmt(a, "%.*s/%s", STR_ARG(test_dir(a)), name);
	CHECK_OK(file_write(a, path, text));
	return str_cstr(a, path);
}

/* Forty people in two camps on ten statements; `order` turns the rows round. */
static const char *
camps(struct arena *a, bool turned)
{
	struct buf b = buf_new(a, 1 << 20);
	buf_add(&b, S("participant,statement,vote\n"));
	for (int at = 0; at < 400; at++) {
		int cell = turned ? 399 - at : at;
		int i = cell / 10, j = cell % 10;
		int vote = (i % 2 == 0) == (j < 5) ? 1 : -1;
		if ((i * 7 + j * 3) % 11 == 0)
			vote = -vote;
		if (j == 9)
			vote = i == 3 ? -1 : 1; /* one person alone */
		buf_fmt(&b, "p%d,%d,%d\n", i, j, vote);
	}
	return put(a, turned ? "turned.csv" : "votes.csv", buf_str(&b));
}

static json_t *
parse(struct program_result r)
{
	CHECK_INT(r.status, 0);
	json_t *json = json_loadb(r.out.p, (size_t)r.out.n, 0, NULL);
	CHECK(json != NULL);
	return json;
}

static json_t *
at(const json_t *json, const char *list, size_t i)
{
	return json_array_get(json_object_get(json, list), i);
}

static json_int_t
number(const json_t *json, const char *key)
{
	return json_integer_value(json_object_get(json, key));
}

TEST(groups_speaks_danish_and_english)
{
	const char *votes = camps(arena, false);
	struct program_result r = RUN("groups", votes);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("40 personer, 400 stemmer, 10 udsagn."));
	CHECK_HAS(r.out, S("Det skiller gruppe A ud"));
	CHECK_STR(r.err, S(""));
	r = RUN("groups", votes, "--lang", "en");
	CHECK_HAS(r.out, S("What sets group A apart"));
	CHECK_HAS(r.out, S("Statement 0"));
}

TEST(groups_json_has_the_keys_that_are_promised)
{
	static const char *const key[] = {"participants", "statements", "votes",
	    "k", "explained_variance", "groups", "statement", "stability"};
	json_t *json = parse(RUN("groups", camps(arena, false), "--json"));
	for (int i = 0; i < COUNT_OF(key); i++)
		CHECK(json_object_get(json, key[i]) != NULL);
	CHECK_INT(number(json, "participants"), 40);
	CHECK_INT(number(json, "k"), 2);
	json_t *group = at(json, "groups", 0),
	       *statement = at(json, "statement", 0);
	CHECK(json_is_string(json_object_get(group, "id")));
	CHECK(json_is_integer(json_object_get(group, "size")));
	CHECK(json_is_null(json_object_get(group, "members")));
	CHECK(json_object_get(statement, "group_informed_consensus") != NULL);
	CHECK(json_object_get(at(statement, "groups", 1), "seen") != NULL);
	json_decref(json);
}

/* The one person who disagrees with statement 9 is not to be found, nor by
 * subtraction; without k-anonymity they are. */
TEST(groups_hides_the_one_who_stands_alone)
{
	const char *votes = camps(arena, false);
	json_t *json = parse(RUN("groups", votes, "--json"));
	json_t *nine = at(json, "statement", 9);
	CHECK(json_is_null(json_object_get(nine, "disagree")));
	CHECK(json_is_null(json_object_get(nine, "agree")));
	json_decref(json);
	json = parse(RUN("groups", votes, "--json", "--k-anonymity", "1"));
	nine = at(json, "statement", 9);
	CHECK_INT(number(nine, "disagree"), 1);
	CHECK(json_is_array(json_object_get(at(json, "groups", 0), "members")));
	json_decref(json);
}

TEST(groups_gives_the_same_bytes_whatever_the_order_of_rows)
{
	struct str one = RUN("groups", camps(arena, false), "--json").out;
	struct str two = RUN("groups", camps(arena, true), "--json").out;
	CHECK(one.n > 100);
	CHECK_STR(one, two);
}

TEST(groups_keeps_names_from_the_last_run)
{
	const char *votes = camps(arena, false);
	struct str members =
	    str_fmt(arena, "%.*s/members.csv", STR_ARG(test_dir(arena)));
	const char *path = str_cstr(arena, members);
	CHECK_INT(RUN("groups", votes, "--members", path).status, 0);
	struct str text = test_file(arena, path);
	CHECK(str_starts(text, S("participant,group\np0,")));
	/* A becomes C */
	text = str_replace(arena, text, S(",A\n"), S(",C\n"));
	const char *last = put(arena, "last.csv", text);
	json_t *json = parse(RUN("groups", votes, "--last", last, "--json"));
	CHECK_STR(str_c(json_string_value(
		      json_object_get(at(json, "groups", 0), "id"))),
	    S("B"));
	CHECK_STR(str_c(json_string_value(
		      json_object_get(at(json, "groups", 1), "id"))),
	    S("C"));
	json_decref(json);
}

TEST(groups_draws_a_map_and_writes_a_page)
{
	struct str dir = test_dir(arena);
	const char *svg = str_cstr(arena, str_cat(arena, dir, S("/map.svg")));
	const char *page = str_cstr(arena, str_cat(arena, dir, S("/r.html")));
	const char *text = put(arena, "comments.csv",
	    S("comment-id,comment-body\n0,\"<b>Flere & bedre</b>\"\n"));
	CHECK_INT(RUN("groups", camps(arena, false), "--svg", svg, "--report",
		      page, "--comments", text)
		      .status,
	    0);
	struct str map = test_file(arena, svg), html = test_file(arena, page);
	CHECK_HAS(map, S("<title>Holdningskort</title>"));
	CHECK_HAS(map, S("class=\"group-2\""));
	CHECK_HAS(html, S("<html lang=\"da\">"));
	CHECK_HAS(html, S("<h1>Holdningsgrupper</h1>"));
	CHECK_HAS(html, S("&lt;b&gt;Flere &amp; bedre&lt;/b&gt;"));
	CHECK_HAS(html, S("<caption>"));
	CHECK_HAS(html, S("<svg "));
	CHECK_LACKS(html, S("<script"));
	CHECK_LACKS(html, S("src="));
	CHECK_LACKS(html, S("<b>"));
}

TEST(groups_says_when_there_are_none)
{
	const char *few = put(
	    arena, "few.csv", S("participant,statement,vote\n1,1,1\n2,1,-1\n"));
	struct program_result r = RUN("groups", few);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("Der er ingen grupper at vise"));
	json_t *json = parse(RUN("groups", few, "--json"));
	CHECK_INT(number(json, "k"), 0);
	CHECK(json_is_null(json_object_get(json, "stability")));
	json_decref(json);
	json = parse(RUN("groups", few, "--json", "--method", "polis"));
	CHECK_INT(number(json, "participants"), 2);
	json_decref(json);
}

static void
check_refused(struct program_result r, struct str said)
{
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_HAS(r.err, said);
}

TEST(groups_refuses_what_is_wrong_with_its_place)
{
	const char *bad = put(
	    arena, "bad.csv", S("participant,statement,vote\n1,1,1\n1,2,ja\n"));
	const char *good = camps(arena, false);
	const char *about =
	    put(arena, "about.csv", S("comment-id,moderated\n1,9\n"));
	check_refused(RUN("groups", bad), S("bad.csv:3:5: expected a vote"));
	check_refused(RUN("groups", good, "--comments", about),
	    S("about.csv:2:3: expected"));
	check_refused(RUN("groups"), S("say which file"));
	check_refused(RUN("groups", "/no/such/file"), S("no such file"));
	check_refused(RUN("groups", good, "--method", "x"), S("--method"));
	check_refused(
	    RUN("groups", good, "--k-anonymity", "0"), S("--k-anonymity"));
	check_refused(RUN("groups", put(arena, "empty.csv", S(""))),
	    S("empty.csv:1:1: expected a header"));
}

/* Polis' own matrix and its log give the same groups as golden.json has. */
TEST(groups_by_polis_from_the_log_as_published)
{
	const char *votes = golden_path(arena, golden_groups[3], "votes.csv");
	const char *about =
	    golden_path(arena, golden_groups[3], "comments.csv");
	if (votes == NULL || about == NULL)
		test_skip("the golden data are not here (SAMSKAB_GOLDEN)");
	json_t *json = parse(RUN("groups", votes, "--comments", about,
	    "--method", "polis", "--k-anonymity", "1", "--json"));
	json_t *want = golden_json(arena, golden_groups[3], "golden.json");
	CHECK_INT(number(json, "k"), number(want, "k"));
	for (size_t j = 0; j < json_array_size(json_object_get(want, "tids"));
	     j++) {
		double got = json_number_value(json_object_get(
		    at(json, "statement", j), "group_informed_consensus"));
		golden_near(got, json_object_get(want, "gac_agree"),
		    (ptrdiff_t)j, 1e-12);
	}
	json_decref(json);
}
