/* SPDX-License-Identifier: MPL-2.0 */
#include <jansson.h>

#include "base/file.h"
#include "tests/cli/program.h"

static const char *
text_file(struct arena *a, const char *name, struct str text)
{
	struct str path =
	    str_cat(a, str_cat(a, test_dir(a), S("/")), str_c(name));
	CHECK_OK(file_write(a, path, text));
	return str_cstr(a, path);
}

static void
free_json(void *json)
{
	json_decref(json);
}

static json_t *
parse(struct arena *a, struct str text)
{
	json_t *json = json_loadb(text.p, (size_t)text.n, 0, NULL);
	CHECK(json != NULL);
	arena_defer(a, free_json, json);
	return json;
}

TEST(lix_command_gives_the_keys_that_programs_read)
{
	const char *file = text_file(arena, "t.txt",
	    S("Overskrift\n\nVi mødes den 17. juni. Brevet sendes til "
	      "pårørende."));
	struct program_result r = RUN("lix", "--json", file);
	CHECK_INT(r.status, 0);
	CHECK_STR(r.err, S(""));
	json_t *j = parse(arena, r.out);
	CHECK_INT(json_integer_value(json_object_get(j, "words")), 9);
	CHECK_INT(json_integer_value(json_object_get(j, "sentences")), 2);
	CHECK_INT(json_integer_value(json_object_get(j, "long_words")), 1);
	CHECK(json_number_value(json_object_get(j, "lix")) ==
	    9.0 / 2 + 100.0 * 1 / 9);
	CHECK_STR(str_c(json_string_value(json_object_get(j, "band"))),
	    S("meget let"));
	CHECK(json_is_false(json_object_get(j, "sure")));
	CHECK(json_number_value(json_object_get(j, "passive_share")) == 0.5);
	CHECK_INT(json_array_size(json_object_get(j, "hardest")), 2);
}

TEST(lix_command_speaks_danish_and_english)
{
	const char *file = text_file(arena, "t.md",
	    S("# Nej nej nej nej nej.\n\nVi mødes **her**.\n\n- nej\n"));
	struct program_result r = RUN("lix", file);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("Lix 3: meget let."));
	CHECK_HAS(r.out, S("usikkert"));
	CHECK_HAS(r.out, S("- Vi mødes her. (ord: 3, lange: 0)"));
	r = RUN("lix", "--lang", "en", file);
	CHECK_HAS(r.out, S("LIX 3: very easy."));
	/* The same file as plain text: a mark is no heading there. */
	file = text_file(arena, "t", S("# Nej nej nej nej nej.\n"));
	CHECK_HAS(RUN("lix", file).out, S("Lix 5:"));
	CHECK_HAS(RUN("lix", "--markdown", file).out, S("ingen løbende tekst"));
}

TEST(lix_command_takes_several_files_as_one_text)
{
	const char *one = text_file(arena, "a", S("Vi ses"));
	const char *two = text_file(arena, "b", S("Kom nu bare."));
	struct program_result r = RUN("lix", "--json", one, two);
	json_t *j = parse(arena, r.out);
	CHECK_INT(json_integer_value(json_object_get(j, "sentences")), 2);
	CHECK_INT(json_integer_value(json_object_get(j, "words")), 5);
	CHECK_INT(json_array_size(json_object_get(j, "files")), 2);
}

TEST(lix_command_says_where_a_file_is_no_text)
{
	const char *file = text_file(arena, "x", S("en\ntø\xFFo\n"));
	struct program_result r = RUN("lix", file);
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_HAS(r.err, S("x:2:3: expected text in UTF-8"));
	CHECK_INT(RUN("lix", "/nowhere").status, 2);
	CHECK_INT(RUN("lix", "--nonsense").status, 2);
	/* Of nothing there is no value, and no crash. */
	r = RUN("lix", "--json", text_file(arena, "e", S("")));
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("{\"lix\": null, \"words\": 0,"));
}
