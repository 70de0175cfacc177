/* SPDX-License-Identifier: MPL-2.0 */

/* samskab rank as a person runs it. */
#include <jansson.h>
#include <math.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/names.h"
#include "tests/cli/program.h"

static const char *
write_file(struct arena *a, const char *name, struct str text)
{
	struct str path = str_fmt(a, "%.*s/%s", STR_ARG(test_dir(a)), name);
	CHECK_OK(file_write(a, path, text));
	return str_cstr(a, path);
}

static void
forget_json(void *arg)
{
	json_decref(arg);
}

static json_t *
json_of(struct arena *a, struct str text)
{
	json_error_t error;
	json_t *j = json_loadb(text.p, (size_t)text.n, 0, &error);
	if (j == NULL)
		fail_msg("%s: %.*s", error.text, STR_ARG(text));
	arena_defer(a, forget_json, j);
	return j;
}

static const char *
text_at(const json_t *j, const char *object, const char *key)
{
	return json_string_value(
	    json_object_get(json_object_get(j, object), key));
}

/* The ids of a list, "a b c". */
static struct str
ids_of(struct arena *a, const json_t *list)
{
	struct buf b = buf_new(a, 65536);
	for (size_t i = 0; i < json_array_size(list); i++)
		buf_fmt(&b, i == 0 ? "%s" : " %s",
		    json_string_value(json_array_get(list, i)));
	return buf_str(&b);
}

/* Six neighbours, 60 kroner.  A play ground that five want, and two small
 * things; who is 70 wants the bench. */
static const char SMALL[] =
    "META\nkey;value\ndescription;Gårdhaven\ncountry;DK\nunit;Fjordby\n"
    "instance;2026\nnum_projects;4\nnum_votes;6\nbudget;60\n"
    "vote_type;approval\nrule;%s\ndate_begin;2026\ndate_end;2026\n"
    "currency;kr.\n"
    "PROJECTS\nproject_id;cost;name;selected\nleg;60;Legeplads;1\n"
    "træ;10;Æbletræ;0\nbænk;10;Bænk;0\nsø;50;Sø;0\n"
    "VOTES\nvoter_id;vote;alder\n1;leg;30\n2;leg,træ;30\n3;leg,træ;30\n"
    "4;leg;30\n5;leg,bænk;30\n6;bænk;70\n";

static const char *
small(struct arena *a, const char *rule)
{
	return write_file(a, "x.pb", str_fmt(a, SMALL, rule));
}

TEST(rank_follows_the_rule_of_the_file)
{
	struct program_result r = RUN("rank", small(arena, "greedy"), "--json");
	CHECK_INT(r.status, 0);
	json_t *j = json_of(arena, r.out);
	CHECK_STR(ids_of(arena, json_object_get(j, "selected")), S("leg"));
	CHECK_STR(str_c(json_string_value(json_object_get(j, "method"))),
	    S("greedy"));
	CHECK(json_is_true(json_object_get(j, "same_as_file")));
	CHECK_INT(json_integer_value(json_object_get(j, "cost")), 60);
	CHECK_INT(json_integer_value(json_object_get(j, "budget")), 60);
	CHECK_STR(str_c(text_at(j, "why", "leg")),
	    S("Valgt som nr. 1: 5 stemmer, og der var 60 tilbage."));

	r = RUN("rank", small(arena, "equalshares/add1"), "--json");
	j = json_of(arena, r.out);
	CHECK_STR(ids_of(arena, json_object_get(j, "selected")), S("bænk træ"));
	CHECK(json_is_false(json_object_get(j, "same_as_file")));
	CHECK_STR(str_c(text_at(j, "why", "sø")),
	    S("Ikke valgt: ingen stemte på det."));
	r = RUN("rank", small(arena, "phragmen"), "--json");
	j = json_of(arena, r.out);
	CHECK_STR(ids_of(arena, json_object_get(j, "selected")), S("bænk træ"));
}

TEST(rank_says_what_it_does_in_both_languages)
{
	const char *file = small(arena, "byrådet");
	struct program_result r = RUN("rank", file);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("Filens regel, byrådet, er ikke kendt her."));
	CHECK_HAS(r.out, S("Af puljen på 60 kr. går 60 til 1 af dem."));
	CHECK_HAS(r.out,
	    S("Ikke valgt: det koster 10, og der var kun 0 "
	      "tilbage"));
	r = RUN("rank", file, "--lang", "en", "--rule", "equalshares");
	CHECK_HAS(r.out, S("Equal shares: each ballot has 10.00 to buy for."));
	CHECK_LACKS(r.out, S("byrådet"));
	CHECK_HAS(r.out, S("It was level with træ; a lot decided."));
	CHECK_HAS(r.out, S("A lot was drawn without a seed."));
	r = RUN("rank", file, "--lang", "en", "--rule", "equalshares", "--seed",
	    "Lotto 27/11");
	CHECK_HAS(r.out, S("A lot was drawn from the seed Lotto 27/11."));
}

/* Two level projects, room for one: the seed decides, always the same. */
TEST(rank_draws_lots_from_the_seed)
{
	struct str text = str_fmt(arena, SMALL, "greedy");
	text = str_replace(arena, text, S("budget;60"), S("budget;15"));
	const char *file = write_file(arena, "x.pb", text);
	int won[2] = {0};
	for (int i = 0; i < 12; i++) {
		const char *seed = str_cstr(arena, str_fmt(arena, "%d", i));
		struct str last = {0};
		for (int again = 0; again < 2; again++) {
			struct program_result r =
			    RUN("rank", file, "--json", "--seed", seed);
			CHECK(again == 0 || str_eq(last, r.out));
			last = r.out;
		}
		json_t *j = json_of(arena, last);
		struct str id = ids_of(arena, json_object_get(j, "selected"));
		won[str_eq(id, S("træ"))]++;
		json_t *choice =
		    json_array_get(json_object_get(j, "choices"), 0);
		CHECK_STR(
		    str_c(json_string_value(json_object_get(choice, "tie"))),
		    S("lot"));
	}
	CHECK(won[0] > 0 && won[1] > 0);
}

/* Of 6 people one is 70: hidden, and so are the others, or it would show. */
TEST(rank_hides_small_groups_and_what_would_show_them)
{
	const char *file = small(arena, "greedy");
	struct program_result r = RUN("rank", file, "--by", "alder", "--json");
	json_t *groups = json_object_get(json_of(arena, r.out), "groups");
	CHECK_INT(json_array_size(groups), 2);
	for (size_t g = 0; g < 2; g++) {
		json_t *one = json_array_get(groups, g);
		CHECK(json_is_true(json_object_get(one, "hidden")));
		CHECK(json_is_null(json_object_get(one, "ranking")));
		CHECK(json_is_null(json_object_get(one, "people")));
	}
	r = RUN("rank", file, "--by", "alder", "--json", "--k-anonymity", "1");
	groups = json_object_get(json_of(arena, r.out), "groups");
	json_t *old = json_array_get(groups, 1);
	CHECK_INT(json_integer_value(json_object_get(old, "people")), 1);
	json_t *bench = json_array_get(json_object_get(old, "ranking"), 2);
	CHECK_INT(json_integer_value(json_object_get(bench, "first")), 1);
	CHECK_INT(json_integer_value(json_object_get(bench, "last")), 1);
	r = RUN("rank", file, "--by", "alder");
	CHECK_HAS(r.out, S("2 grupper er skjult"));
}

TEST(rank_of_choices)
{
	const char *file = write_file(arena, "x.csv",
	    S("voter,winner,loser\n1,a,b\n1,a,c\n2,a,b\n2,b,c\n3,a,c\n"));
	struct program_result r = RUN("rank", file, "--json", "--lang", "en");
	CHECK_INT(r.status, 0);
	json_t *j = json_of(arena, r.out);
	CHECK_STR(ids_of(arena, json_object_get(j, "selected")), S("a b c"));
	CHECK(json_is_null(json_object_get(j, "cost")));
	CHECK(json_is_null(json_object_get(j, "budget")));
	CHECK_STR(str_c(text_at(j, "why", "a")),
	    S("Won 4 of 4 choices. It lies between place 1 and place 3."));
	r = RUN("rank", file, "--rule", "bradley-terry", "--lang", "en");
	CHECK_HAS(r.out, S("5 choices between 3 ideas.\n3 people chose.\n"));
	CHECK_HAS(r.out, S("Strength"));
	CHECK_LACKS(r.out, S(" \n"));
	r = RUN("rank", file, "--rule", "borda");
	CHECK_INT(r.status, 2);
	CHECK_STR(r.err,
	    S("samskab rank: --rule takes score or bradley-terry for this "
	      "file\n"));
}

/* With many choices the intervals part, and then there is a place. */
TEST(rank_gives_a_place_where_intervals_part)
{
	struct buf b = buf_new(arena, 65536);
	buf_add(&b, S("winner,loser\n"));
	for (int i = 0; i < 40; i++)
		buf_add(&b, S("a,b\nb,c\na,c\n"));
	const char *file = write_file(arena, "x.csv", buf_str(&b));
	static const char *const rules[] = {"score", "bradley-terry"};
	for (int k = 0; k < 2; k++) {
		struct program_result r =
		    RUN("rank", file, "--rule", rules[k], "--json");
		json_t *items = json_object_get(json_of(arena, r.out), "items");
		for (int i = 0; i < 3; i++) {
			json_t *item = json_array_get(items, (size_t)i);
			CHECK_INT(
			    json_integer_value(json_object_get(item, "first")),
			    i + 1);
			CHECK_INT(
			    json_integer_value(json_object_get(item, "last")),
			    i + 1);
		}
	}
}

TEST(rank_of_ballots_in_order)
{
	const char *file = write_file(arena, "x.csv",
	    S("voter,item,rank,hold\n1,a,1,x\n1,b,2,x\n1,c,3,x\n2,a,1,x\n"
	      "2,b,2,x\n3,a,1,x\n3,b,2,x\n3,c,3,x\n4,b,1,y\n4,c,2,y\n"
	      "5,b,1,y\n5,c,2,y\n"));
	struct program_result r = RUN("rank", file, "--json");
	json_t *j = json_of(arena, r.out);
	CHECK_STR(ids_of(arena, json_object_get(j, "selected")), S("b a c"));
	CHECK_STR(
	    str_c(text_at(j, "why", "b")), S("Den fik 7 point af 10 mulige."));
	r = RUN("rank", file, "--json", "--rule", "schulze", "--by", "hold",
	    "--k-anonymity", "2");
	j = json_of(arena, r.out);
	CHECK_STR(ids_of(arena, json_object_get(j, "selected")), S("a b c"));
	CHECK_STR(str_c(text_at(j, "why", "b")),
	    S("Én anden går forud, når man tager dem to og to."));
	json_t *y = json_array_get(json_object_get(j, "groups"), 1);
	json_t *a = json_array_get(json_object_get(y, "ranking"), 0);
	CHECK_INT(json_integer_value(json_object_get(a, "first")), 3);

	/* the same ballots in a .pb file */
	struct str text = str_fmt(arena, SMALL, "greedy");
	text = str_replace(arena, text, S("approval"), S("ordinal"));
	file = write_file(arena, "y.pb", text);
	r = RUN("rank", file, "--json", "--rule", "borda");
	j = json_of(arena, r.out);
	CHECK_STR(ids_of(arena, json_object_get(j, "selected")),
	    S("leg bænk træ sø"));
	r = RUN("rank", file);
	CHECK_HAS(r.out, S("En førsteplads giver 2 point"));
	r = RUN("rank", small(arena, "greedy"), "--rule", "schulze");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("need ballots in order"));
}

TEST(rank_refuses_what_it_cannot_read)
{
	struct str text = str_fmt(arena, SMALL, "greedy");
	text = str_replace(arena, text, S("6;bænk;70"), S("6;bæk;70"));
	const char *file = write_file(arena, "x.pb", text);
	struct program_result r = RUN("rank", file);
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_STR(r.err,
	    str_fmt(arena,
		"samskab rank: %s:28:3: expected the id of a project\n", file));
	file = write_file(arena, "y.csv", S("a;b\n1;2\n"));
	r = RUN("rank", file);
	CHECK_STR(r.err,
	    str_fmt(arena,
		"samskab rank: %s:1:1: expected the headings winner,loser or "
		"voter,item,rank\n",
		file));
	CHECK_INT(RUN("rank").status, 2);
	CHECK_INT(RUN("rank", "/nowhere").status, 2);
	file = small(arena, "greedy");
	static const char *const bad[][2] = {{"--rule", "x"},
	    {"--utility", "x"}, {"--completion", "x"}, {"--k-anonymity", "0"},
	    {"--step", "1.5"}, {"--lang", "fr"}, {"--by", "nowhere"}};
	for (int i = 0; i < (int)COUNT_OF(bad); i++) {
		r = RUN("rank", file, bad[i][0], bad[i][1]);
		CHECK_INT(r.status, 2);
		CHECK_STR(r.out, S(""));
		CHECK(r.err.n > 0);
	}
}

TEST(rank_takes_whole_seconds)
{
	const char *file = small(arena, "phragmen");
	CHECK_INT(RUN("rank", file, "--seconds", "1").status, 0);
	struct program_result r = RUN("rank", file, "--seconds", "0");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("--seconds takes a whole number from 1"));
}
