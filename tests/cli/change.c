/* SPDX-License-Identifier: MPL-2.0 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "engine/lix.h"
#include "tests/cli/program.h"

static void
free_json(void *json)
{
	json_decref(json);
}

static const char *
answers_file(struct arena *a, struct str text)
{
	struct str path = str_cat(a, test_dir(a), S("/answers.csv"));
	CHECK_OK(file_write(a, path, text));
	return str_cstr(a, path);
}

/* People who all answered before; of those who answered after so many went up
 * and down by one, the rest stayed. */
static struct str
people(struct arena *a, int before, int after, int up, int down)
{
	struct buf b = buf_new(a, 100000);
	buf_add(&b, S("code,round,item,answer\n"));
	for (int i = 0; i < before; i++)
		buf_fmt(&b, "p%d,before,Jeg bliver hørt,3\n", i);
	for (int i = 0; i < after; i++)
		buf_fmt(&b, "p%d,after,Jeg bliver hørt,%d\n", i,
		    i < up		? 4
			: i < up + down ? 2
					: 3);
	return buf_str(&b);
}

static json_t *
items_of(struct arena *a, const char *const *args)
{
	struct program_result r = program_run(a, args);
	CHECK_STR(r.err, S(""));
	CHECK_INT(r.status, 0);
	json_t *all = json_loadb(r.out.p, (size_t)r.out.n, 0, NULL);
	CHECK(all != NULL);
	arena_defer(a, free_json, all);
	return json_object_get(all, "items");
}

#define ITEMS(...) items_of(arena, (const char *const[]){__VA_ARGS__, NULL})

static struct str
word(const json_t *j, const char *key)
{
	return str_c(json_string_value(json_object_get(j, key)));
}

static bool
is_null(const json_t *j, const char *key)
{
	return json_is_null(json_object_get(j, key));
}

TEST(change_command_says_the_plain_sentence)
{
	const char *file = answers_file(arena, people(arena, 31, 24, 15, 4));
	json_t *j = json_array_get(ITEMS("change", file, "--json"), 0);
	CHECK_STR(word(j, "item"), S("Jeg bliver hørt"));
	CHECK_STR(word(j, "sentence"),
	    S("24 af 31 svarede begge gange; 15 højere, 4 lavere; det er "
	      "næppe tilfældigt."));
	CHECK_INT(json_integer_value(json_object_get(j, "pairs")), 24);
	CHECK_INT(json_integer_value(json_object_get(j, "higher")), 15);
	CHECK_INT(json_integer_value(json_object_get(j, "lower")), 4);
	CHECK_INT(json_integer_value(json_object_get(j, "same")), 5);
	CHECK_INT(json_integer_value(json_object_get(j, "only_before")), 7);
	CHECK(fabs(json_number_value(json_object_get(j, "mean_change")) -
		  11.0 / 24) < 1e-12);
	CHECK(fabs(json_number_value(json_object_get(j, "p_sign")) -
		  0.0192108154296875) < 1e-12);
	CHECK(json_is_false(json_object_get(j, "hidden")));
	CHECK(json_is_number(json_object_get(j, "low")) &&
	    json_is_number(json_object_get(j, "p_wilcoxon")));

	struct program_result r = RUN("change", file);
	CHECK_HAS(r.out,
	    S("ingen kontrolgruppe, så vi kan ikke sige, hvad "
	      "der er årsagen"));
	CHECK_HAS(r.out, S("\u22121: 4   0: 5   +1: 15"));
	CHECK_HAS(r.out, S("kun før 7, kun efter 0"));
	r = RUN("change", file, "--lang", "en");
	CHECK_HAS(r.out,
	    S("24 of 31 answered both times; 15 higher, 4 lower; "
	      "that is hardly chance."));
}

/* What is shown at 4, 5, 6, 19 and 20 pairs. */
TEST(change_command_is_honest_with_few_people)
{
	static const struct {
		int pairs;
		bool hidden, numbers, verdict;
	} steps[] = {{4, true, false, false}, {5, false, false, false},
	    {6, false, true, false}, {19, false, true, false},
	    {20, false, true, true}};
	for (int i = 0; i < (int)COUNT_OF(steps); i++) {
		int n = steps[i].pairs;
		const char *file =
		    answers_file(arena, people(arena, n, n, n, 0));
		json_t *j = json_array_get(ITEMS("change", file, "--json"), 0);
		CHECK(json_is_true(json_object_get(j, "hidden")) ==
		    steps[i].hidden);
		CHECK(is_null(j, "pairs") == steps[i].hidden);
		CHECK(is_null(j, "higher") == steps[i].hidden);
		CHECK(is_null(j, "changes") == steps[i].hidden);
		CHECK(is_null(j, "mean_change") == !steps[i].numbers);
		CHECK(is_null(j, "low") == !steps[i].numbers);
		CHECK(is_null(j, "p_sign") == !steps[i].numbers);
		CHECK(is_null(j, "p_flip_holm") == !steps[i].numbers);
		CHECK(is_null(j, "verdict") == !steps[i].verdict);
	}
	const char *file = answers_file(arena, people(arena, 4, 4, 4, 0));
	struct program_result r = RUN("change", file);
	CHECK_HAS(r.out, S("Færre end 5 svarede begge gange"));
	CHECK_LACKS(r.out, S("+1"));
	json_t *j = json_array_get(
	    ITEMS("change", file, "--json", "--k-anonymity", "1"), 0);
	CHECK(json_is_false(json_object_get(j, "hidden")));
}

/* Many questions are many chances: what is clear alone is not clear among
 * twenty. */
TEST(change_command_adjusts_for_many_questions)
{
	struct buf b = buf_new(arena, 200000);
	struct str one = people(arena, 24, 24, 15, 4);
	buf_add(&b, one);
	for (int q = 0; q < 19; q++) {
		for (int i = 0; i < 24; i++)
			buf_fmt(&b, "p%d,before,Q%d,3\np%d,after,Q%d,%d\n", i,
			    q, i, q, 2 + 2 * (i % 2));
	}
	const char *file = answers_file(arena, buf_str(&b));
	json_t *items = ITEMS("change", file, "--json");
	CHECK_INT(json_array_size(items), 20);
	json_t *j = json_array_get(items, 0);
	CHECK_STR(word(j, "verdict"), S("possible chance"));
	double p = json_number_value(json_object_get(j, "p_sign"));
	CHECK(fabs(json_number_value(json_object_get(j, "p_sign_holm")) -
		  20 * p) < 1e-12);
}

TEST(change_command_knows_yes_and_no)
{
	struct buf b = buf_new(arena, 100000);
	buf_add(&b, S("kode;runde;spørgsmål;svar\n"));
	for (int i = 0; i < 30; i++)
		buf_fmt(&b,
		    "%d;før;Ved du besked?;%s\n%d;efter;Ved du "
		    "besked?;%s\n",
		    i, i < 20 ? "nej" : "ja", i,
		    i < 5 || i > 28 ? "nej" : "ja");
	json_t *j = json_array_get(
	    ITEMS("change", answers_file(arena, buf_str(&b)), "--json"), 0);
	CHECK_STR(word(j, "sentence"),
	    S("30 af 30 svarede begge gange; 15 fra nej til ja, 1 fra ja til "
	      "nej; det er næppe tilfældigt."));
	/* McNemar: 2 (1 + 16) / 2^16. */
	CHECK(fabs(json_number_value(json_object_get(j, "p_mcnemar")) -
		  34.0 / 65536) < 1e-15);
}

TEST(change_command_has_three_designs)
{
	const char *file = answers_file(arena, people(arena, 31, 24, 15, 4));
	struct program_result r =
	    RUN("change", file, "--design", "retrospective");
	CHECK_HAS(r.out, S("24 af 31 svarede om både dengang og nu"));
	CHECK_HAS(r.out, S("hukommelsen"));
	r = RUN("change", file, "--design", "cross-section");
	CHECK_HAS(r.out,
	    S("31 svarede før, og 24 svarede efter; det er ikke "
	      "de samme mennesker"));
	CHECK_HAS(r.out, S("Svar efter: 2: 4   3: 5   4: 15"));
	json_t *j = json_array_get(
	    ITEMS("change", file, "--design", "cross-section", "--json"), 0);
	CHECK(is_null(j, "pairs") && is_null(j, "p_sign"));
	CHECK(json_is_number(json_object_get(j, "p_wilcoxon")));
	CHECK_INT(RUN("change", file, "--design", "other").status, 2);
}

/* The picture and the table are made from the same columns. */
TEST(change_command_draws_what_it_says)
{
	const char *file = answers_file(arena, people(arena, 12, 12, 7, 2));
	const char *svg =
	    str_cstr(arena, str_cat(arena, test_dir(arena), S("/dots.svg")));
	struct program_result r = RUN("change", file, "--svg", svg);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("\u22121: 2   0: 3   +1: 7"));
	struct str picture = test_file(arena, svg);
	CHECK_HAS(picture, S("<title>\u22121: 2</title>"));
	CHECK_HAS(picture, S("<title>+1: 7</title>"));
	CHECK_HAS(picture, S("7 højere, 2 lavere; der er for få til at dømme"));
	CHECK_HAS(picture, S("ingen kontrolgruppe"));
	int dots = 0;
	while (picture.n > 0) {
		ptrdiff_t at = str_find(picture, S("<circle"));
		if (at < 0)
			break;
		dots++;
		picture = str_sub(picture, at + 1, picture.n);
	}
	CHECK_INT(dots, 12);
}

TEST(change_command_does_the_same_with_people_in_any_order)
{
	struct str text = people(arena, 31, 24, 15, 4), rest = text;
	struct buf turned = buf_new(arena, 100000);
	struct str head = str_cut(&rest, '\n'), lines[100] = {0};
	int n = 0;
	for (; rest.n > 0; n++)
		lines[n] = str_cut(&rest, '\n');
	buf_add(&turned, head);
	while (n > 0) {
		buf_byte(&turned, '\n');
		buf_add(&turned, lines[--n]);
	}
	const char *one = answers_file(arena, text);
	const char *two = answers_file(arena, buf_str(&turned));
	CHECK_STR(
	    RUN("change", one, "--json").out, RUN("change", two, "--json").out);
}

TEST(change_command_says_what_is_wrong)
{
	const char *file = answers_file(
	    arena, S("code,round,item,answer\na,before,Q,3\na,after,Q,77\n"));
	struct program_result r = RUN("change", file);
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_HAS(r.err, S("answers.csv:3:11: expected a number from 1 to 5"));
	CHECK_INT(RUN("change", file, "--missing", "77,98").status, 0);
	CHECK_INT(RUN("change", file, "--scale", "0-100").status, 0);
	static const char *const bad[][2] = {{"--scale", "5-1"},
	    {"--scale", "x"}, {"--scale", "5"}, {"--k-anonymity", "0"},
	    {"--resamples", "5"}, {"--before", "x"}, {"--level", "1"}};
	for (int i = 0; i < (int)COUNT_OF(bad); i++) {
		r = RUN("change", file, bad[i][0], bad[i][1]);
		CHECK_INT(r.status, 2);
		CHECK_HAS(r.err, str_c(bad[i][0]));
	}
	CHECK_INT(RUN("change").status, 2);
	/* Nothing is written where something is wrong. */
	const char *svg =
	    str_cstr(arena, str_cat(arena, test_dir(arena), S("/no.svg")));
	CHECK_INT(RUN("change", file, "--svg", svg).status, 2);
	CHECK(access(svg, F_OK) != 0);
}

/* A leader can read it: LIX 44 or less. */
TEST(change_command_writes_plainly)
{
	const char *file = answers_file(arena, people(arena, 31, 24, 15, 4));
	struct str out = RUN("change", file).out;
	ptrdiff_t at = str_find(out, S("\n\n"));
	struct lix l = lix_of(arena, str_sub(out, at, out.n), LIX_PLAIN);
	CHECK(l.words > 40);
	CHECK_MAX(l.rounded, 44);
}

/* ---- golden ---- */

TEST(change_command_meets_the_golden_groups)
{
	const char *folder = getenv("SAMSKAB_GOLDEN");
	folder = folder != NULL ? folder : "../shared/golden";
	const char *file = str_cstr(arena,
	    str_fmt(arena, "%s/change/dri_individual_input.csv", folder));
	if (access(file, R_OK) != 0)
		test_skip("no golden data (SAMSKAB_GOLDEN)");
	struct str text = test_file(arena,
	    str_cstr(arena, str_fmt(arena, "%s/change/golden.json", folder)));
	json_t *golden = json_loadb(text.p, (size_t)text.n, 0, NULL);
	json_t *items = ITEMS("change", file, "--json"), *j;
	size_t i;
	arena_defer(arena, free_json, golden);
	CHECK_INT(json_array_size(items), 21);
	json_array_foreach(items, i, j)
	{
		json_t *g = json_object_get(golden,
		    str_cstr(
			arena, str_cat(arena, S("dri:"), word(j, "item"))));
		static const char *const same[][2] = {{"pairs", "n"},
		    {"higher", "up"}, {"lower", "down"}, {"same", "same"},
		    {"mean_change", "mean_change"}, {"p_sign", "p_sign"},
		    {"p_wilcoxon", "p_wilcoxon"}, {"p_t", "p_t"},
		    {"hedges", "hedges_gz"}};
		for (int k = 0; k < (int)COUNT_OF(same); k++) {
			double x =
			    json_number_value(json_object_get(j, same[k][0]));
			double want =
			    json_number_value(json_object_get(g, same[k][1]));
			if (!(fabs(x - want) <= 1e-9))
				fail_msg("%s: %g, not %g", same[k][0], x, want);
		}
		json_t *ci = json_object_get(g, "ci95");
		CHECK(fabs(json_number_value(json_object_get(j, "low")) -
			  json_number_value(json_array_get(ci, 0))) < 1e-6);
		CHECK(fabs(json_number_value(json_object_get(j, "high")) -
			  json_number_value(json_array_get(ci, 1))) < 1e-6);
	}
}
