/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/draw.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/cli/program.h"

static const char PEOPLE[] = "id,K\xc3\xb8n,Alder,Adresse,V\xc3\xa6gt\n"
			     "A,kvinde,ung,Vej 1,1\n"
			     "B,mand,ung,Vej 1,1\n"
			     "C,kvinde,senior,Vej 2,1\n"
			     "D,mand,senior,Vej 3,2\n"
			     "E,kvinde,ung,Vej 4,1\n"
			     "F,mand,senior,Vej 5,2\n";
static const char TARGETS[] = "feature,value,min,max\n"
			      "K\xc3\xb8n,kvinde,1,2\n"
			      "k\xc3\xb8n,mand,1,2\n"
			      "Alder,ung,1,2\n"
			      "Alder,senior,1,2\n";

struct place {
	const char *people, *targets, *proof, *list, *proof2;
};

static const char *
keep(struct arena *a, struct str dir, const char *name, const char *text)
{
	struct str path = str_fmt(a, "%.*s/%s", STR_ARG(dir), name);
	if (text != NULL)
		CHECK_OK(file_write(a, path, str_c(text)));
	return str_cstr(a, path);
}

static struct place
make_place(struct arena *a)
{
	struct str dir = test_dir(a);
	return (struct place){keep(a, dir, "people.csv", PEOPLE),
	    keep(a, dir, "targets.csv", TARGETS),
	    keep(a, dir, "proof.json", NULL), keep(a, dir, "list.csv", NULL),
	    keep(a, dir, "proof2.json", NULL)};
}

static json_t *
parse(struct str text)
{
	json_t *root = json_loadb(text.p, (size_t)text.n, 0, NULL);
	CHECK(root != NULL);
	return root;
}

TEST(draw_gives_a_panel_and_all_chances)
{
	struct place p = make_place(arena);
	struct program_result r =
	    RUN("draw", "--people", p.people, "--targets", p.targets, "--size",
		"3", "--seed", "Fjordby", "--json", "--panels");
	CHECK_INT(r.status, 0);
	json_t *root = parse(r.out);
	CHECK_INT(json_array_size(json_object_get(root, "panel")), 3);
	json_t *chances = json_object_get(root, "probability");
	double sum = 0;
	for (const char *id = "ABCDEF"; *id != '\0'; id++) {
		char name[2] = {*id, '\0'};
		sum += json_real_value(json_object_get(chances, name));
	}
	CHECK(fabs(sum - 3) < 1e-9);
	CHECK(json_array_size(json_object_get(root, "panels")) > 0);
	CHECK_INT(json_array_size(json_object_get(root, "quotas")), 4);
	CHECK(json_real_value(json_object_get(root, "min_probability")) <=
	    json_real_value(json_object_get(root, "max_probability")));
	CHECK(json_is_false(json_object_get(root, "fallback")));
	json_decref(root);
}

TEST(draw_is_the_same_again_and_another_with_another_seed)
{
	struct place p = make_place(arena);
	bool differs = false;
	struct program_result first =
	    RUN("draw", "--people", p.people, "--targets", p.targets, "--size",
		"3", "--seed", "0", "--lang", "en");
	for (int i = 0; i < 8; i++) {
		const char *seed = str_cstr(arena, str_fmt(arena, "%d", i));
		struct program_result r =
		    RUN("draw", "--people", p.people, "--targets", p.targets,
			"--size", "3", "--seed", seed, "--lang", "en");
		CHECK_INT(r.status, 0);
		if (i == 0)
			CHECK_STR(r.out, first.out);
		differs = differs ||
		    !str_eq(str_sub(r.out, 0, 40), str_sub(first.out, 0, 40));
	}
	CHECK(differs);
}

TEST(draw_takes_one_of_a_household_and_tells_weights)
{
	struct place p = make_place(arena);
	struct program_result r = RUN("draw", "--people", p.people, "--targets",
	    p.targets, "--size", "3", "--seed", "x", "--household", "Adresse",
	    "--weight", "V\xc3\xa6gt", "--lang", "en");
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("Weights: the draw aims at"));
	CHECK_HAS(r.out, S("2: 2 people\n D, F\n"));
	CHECK_HAS(r.out, S("37.50%: 4 people\n A, B, C, E\n"));
	CHECK_HAS(r.out, S("75.00%: 2 people\n D, F\n"));
	CHECK_LACKS(r.out, S("people.\n A, B")); /* never both */
}

/* The three dialects say the same. */
TEST(draw_reads_each_dialect_of_targets)
{
	static const char *const heads[] = {
	    "category,name,suggest min,suggest max,Current #,min,max\n"
	    "K\xc3\xb8n,kvinde,9,9,9,1,2\nK\xc3\xb8n,mand,,,,1,2\n"
	    "Alder,ung,,,,1,2\nAlder,senior,,,,1,2",
	    "category,feature,min,max\r\nK\xc3\xb8n,kvinde,1,2\r\n"
	    "K\xc3\xb8n,mand,1,2\r\nAlder,ung,1,2\r\nAlder,senior,1,2",
	    "\xef\xbb\xbfmax;min;value;feature;min_flex;max_flex\n"
	    "2;1;kvinde;K\xc3\xb8n;0;3\n2;1;mand;K\xc3\xb8n;;\n"
	    "2;1;ung;Alder;;\n2;1;senior;Alder;;\n"};
	struct place p = make_place(arena);
	struct program_result want = RUN("draw", "--people", p.people,
	    "--targets", p.targets, "--size", "3", "--seed", "x", "--json");
	for (int i = 0; i < COUNT_OF(heads); i++) {
		CHECK_OK(file_write(arena, str_c(p.targets), str_c(heads[i])));
		struct program_result r =
		    RUN("draw", "--people", p.people, "--targets", p.targets,
			"--size", "3", "--seed", "x", "--json");
		CHECK_INT(r.status, 0);
		CHECK_STR(r.out, want.out);
	}
}

/* `more` values that nobody has. */
static struct str
more_targets(struct arena *a, int more)
{
	struct buf b = buf_new(a, 65536);
	buf_add(&b, str_c(TARGETS));
	for (int i = 0; i < more; i++)
		buf_fmt(&b, "Alder,%d,0,0\n", i);
	return buf_str(&b);
}

TEST(draw_takes_a_thousand_targets)
{
	struct place p = make_place(arena);
	const char *args[] = {"draw", "--people", p.people, "--targets",
	    p.targets, "--size", "3", "--seed", "x", NULL};
	CHECK_OK(file_write(arena, str_c(p.targets), more_targets(arena, 996)));
	CHECK_INT(program_run(arena, args).status, 0);
	CHECK_OK(file_write(arena, str_c(p.targets), more_targets(arena, 997)));
	struct program_result r = program_run(arena, args);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S(":1002:1: expected no more than 1,000 targets\n"));
}

TEST(draw_names_the_targets_that_clash)
{
	struct place p = make_place(arena);
	CHECK_OK(file_write(arena, str_c(p.targets),
	    S("feature,value,min,max\nK\xc3\xb8n,kvinde,3,4\n"
	      "K\xc3\xb8n,mand,2,4\nAlder,ung,1,2\nAlder,senior,1,4\n")));
	struct program_result r = RUN("draw", "--people", p.people, "--targets",
	    p.targets, "--size", "4", "--seed", "x");
	CHECK_INT(r.status, 1);
	CHECK_HAS(r.out, S("mindst 3 kvinde (K\xc3\xb8n)\n"));
	CHECK_HAS(r.out, S("s\xc3\xa6nk til"));
	r = RUN("draw", "--people", p.people, "--targets", p.targets, "--size",
	    "4", "--seed", "x", "--json");
	CHECK_INT(r.status, 1);
	json_t *root = parse(r.out);
	CHECK(json_array_size(json_object_get(root, "clash")) >= 2);
	CHECK_INT(json_array_size(json_object_get(root, "relaxation")), 1);
	json_decref(root);
}

static void
draw_with_proof(struct arena *arena, const struct place *p)
{
	struct program_result r = RUN("draw", "--people", p->people,
	    "--targets", p->targets, "--size", "3", "--seed", "x", "--proof",
	    p->proof, "--list", p->list);
	CHECK_INT(r.status, 0);
	r = RUN("draw", "--verify", p->proof);
	CHECK_INT(r.status, 0);
}

static void
check_refused(struct arena *arena, const struct place *p, struct str what,
    struct str with)
{
	struct str proof = test_file(arena, p->proof);
	struct str other = str_replace(arena, proof, what, with);
	CHECK(!str_eq(proof, other));
	CHECK_OK(file_write(arena, str_c(p->proof2), other));
	struct program_result r = RUN("draw", "--verify", p->proof2, "--json");
	CHECK_INT(r.status, 1);
	CHECK_HAS(r.out, S("\"holds\":false"));
}

/* A proof that holds, and each thing that can be wrong with it. */
TEST(draw_proof_holds_until_something_is_changed)
{
	struct place p = make_place(arena);
	draw_with_proof(arena, &p);
	check_refused(arena, &p, S("{\"weight\": "), S("{\"weight\": 1"));
	check_refused(arena, &p, S("\"members\": [["), S("\"members\": [[9"));
	check_refused(arena, &p, S("\"max_probability\": \"0"),
	    S("\"max_probability\": \"1"));
	check_refused(arena, &p, S("\"panel\": [\""), S("\"panel\": [\"Q"));
	CHECK_OK(file_write(arena, str_c(p.people),
	    str_replace(arena, str_c(PEOPLE), S("Vej 5"), S("Vej 6"))));
	struct program_result r =
	    RUN("draw", "--verify", p.proof, "--lang", "en");
	CHECK_INT(r.status, 1);
	CHECK_HAS(r.out, S("The file of people is the same: wrong"));
}

/* The list: a thousand lines, three people each. */
TEST(draw_writes_a_list_for_dice)
{
	struct place p = make_place(arena);
	draw_with_proof(arena, &p);
	struct str list = test_file(arena, p.list);
	ptrdiff_t lines = 0;
	CHECK(str_starts(list, S("number,person_1,person_2,person_3\n000,")));
	while (list.n > 0) {
		str_cut(&list, '\n');
		lines++;
	}
	CHECK_INT(lines, 1001);
}

TEST(draw_replaces_who_left)
{
	struct place p = make_place(arena);
	draw_with_proof(arena, &p);
	json_t *root = parse(test_file(arena, p.proof));
	json_t *panel = json_object_get(root, "panel");
	const char *left = json_string_value(json_array_get(panel, 0));
	const char *stays = json_string_value(json_array_get(panel, 1));
	struct program_result r = RUN("draw", "--after", p.proof, "--gone",
	    left, "--seed", "y", "--json", "--proof", p.proof2);
	CHECK_INT(r.status, 0);
	json_t *again = parse(r.out);
	CHECK_INT(json_array_size(json_object_get(again, "panel")), 1);
	CHECK_INT(json_array_size(json_object_get(again, "stays")), 2);
	json_t *chance = json_object_get(again, "probability");
	CHECK(json_is_null(json_object_get(chance, left)));
	CHECK(json_is_null(json_object_get(chance, stays)));
	CHECK_INT(RUN("draw", "--verify", p.proof2).status, 0);
	r = RUN("draw", "--after", p.proof, "--gone", "nobody", "--seed", "y");
	CHECK_INT(r.status, 2);
	json_decref(again);
	json_decref(root);
}

static void
check_fault(struct arena *arena, const char *people, const char *targets,
    const char *want)
{
	struct place p = make_place(arena);
	if (people != NULL)
		CHECK_OK(file_write(arena, str_c(p.people), str_c(people)));
	if (targets != NULL)
		CHECK_OK(file_write(arena, str_c(p.targets), str_c(targets)));
	struct program_result r = RUN("draw", "--people", p.people, "--targets",
	    p.targets, "--size", "3", "--seed", "x");
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_HAS(r.err, str_c(want));
}

TEST(draw_says_where_the_input_is_wrong)
{
	check_fault(arena, NULL, "", "targets.csv:1:1: expected a header");
	check_fault(
	    arena, NULL, "a,b\n", ":1:1: expected a header with feature,value");
	check_fault(arena, NULL, "feature,value,min,max\nx,y,-1,2\n",
	    ":2:5: expected a whole number");
	check_fault(arena, NULL, "feature,value,min,max\nx,y,3,2\n",
	    ":2:7: expected a max that is not below min");
	check_fault(arena, NULL, "feature,value,min,max\nx,y,0,2\nX,Y,0,2\n",
	    ":3:3: expected a value that has no line yet");
	check_fault(arena, "id,Alder\n", NULL, "people.csv:1:4: expected a c");
	check_fault(arena, "id,K\xc3\xb8n,Alder\nA,mand,ung\nB,mand,gammel\n",
	    NULL, "people.csv:3:8: expected a value of Alder");
	check_fault(arena, "id,K\xc3\xb8n,Alder\nA,mand,ung\nA,mand,ung\n",
	    NULL, "people.csv:3:1: expected an id that nobody above has");
	check_fault(arena, "id,K\xc3\xb8n,Alder\n", NULL, "expected a person");
}

TEST(draw_says_which_option_is_wrong)
{
	struct place p = make_place(arena);
	struct program_result r = RUN("draw", "--people", p.people, "--targets",
	    p.targets, "--size", "0", "--seed", "x");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("--size takes a number from 1 to"));
	r = RUN("draw", "--people", p.people, "--targets", p.targets, "--size",
	    "3");
	CHECK_HAS(r.err, S("--seed TEXT"));
	r = RUN("draw", "--people", p.people, "--targets", p.targets, "--size",
	    "3", "--seed", "x", "--method", "best");
	CHECK_HAS(r.err, S("--method takes"));
	r = RUN("draw", "--verify", p.people);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("expected JSON"));
}

TEST(draw_falls_back_to_maximin_then_to_the_greedy_draw)
{
	enum draw_method m = DRAW_LEXIMIN;
	CHECK(draw_fall_back(&m) && m == DRAW_MAXIMIN);
	CHECK(draw_fall_back(&m) && m == DRAW_LEGACY);
	CHECK(!draw_fall_back(&m));
	m = DRAW_NASH;
	CHECK(draw_fall_back(&m) && m == DRAW_MAXIMIN);
}

/* What the output says when another method than the one asked for was used. */
TEST(draw_says_that_it_fell_back)
{
	struct place p = make_place(arena);
	struct cli cli = {.name = "draw", .arena = arena, .lang = LANG_EN};
	struct draw d = {.cli = &cli,
	    .arena = arena,
	    .apart = draw_in_child,
	    .people_path = str_c(p.people),
	    .targets_path = str_c(p.targets),
	    .seed = S("x"),
	    .size = 3,
	    .asked = DRAW_MAXIMIN,
	    .seconds = 60};
	CHECK_INT(draw_read(&d), 0);
	CHECK(draw_narrow(&d));
	CHECK_OK(draw_solve(&d));
	draw_from_seed(&d);
	CHECK_HAS(draw_proof(&d), S("\"fallback\": false"));
	d.asked = DRAW_LEXIMIN;
	CHECK_HAS(draw_proof(&d), S("\"fallback\": true"));
	CHECK_HAS(draw_text(&d), S("leximin did not finish in time. maximin"));
	CHECK_HAS(draw_json(&d), S("\"fallback\":true"));
}

/* The greedy draw needs no solver and keeps the targets as well. */
TEST(draw_legacy_keeps_the_targets)
{
	struct place p = make_place(arena);
	struct program_result r =
	    RUN("draw", "--people", p.people, "--targets", p.targets, "--size",
		"3", "--seed", "x", "--method", "legacy", "--proof", p.proof);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("(legacy)"));
	CHECK_INT(RUN("draw", "--verify", p.proof).status, 0);
}
