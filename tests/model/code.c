/* SPDX-License-Identifier: MPL-2.0 */
#include "model/code.h"

#include "base/secret.h"
#include "tests/test.h"

#define TOKEN S("0123456789ABCDEFGHJKMNPQRS")

TEST(code_is_written_in_groups_behind_the_organisation)
{
	CHECK_STR(code_text(arena, S("FJ7K"), TOKEN),
	    S("FJ7K-0123-4567-89AB-CDEF-GHJK-MNPQ-RS"));
}

static void
check_same(struct arena *arena, struct str typed)
{
	struct code code;
	CHECK(code_parse(arena, typed, &code));
	CHECK_STR(code.short_code, S("FJ7K"));
	CHECK_STR(code.token, TOKEN);
}

TEST(code_forgives_what_eyes_and_fingers_do)
{
	check_same(arena, S("FJ7K-0123-4567-89AB-CDEF-GHJK-MNPQ-RS"));
	check_same(arena, S(" fj7k0123456789abcdefghjkmnpqrs\n"));
	check_same(arena, S("FJ7K O123 4567 89AB CDEF GHJK MNPQ RS"));
	check_same(arena, S("fj7k-oi23-4567-89ab-cdef-ghjk-mnpq-rs"));
	check_same(arena, S("fj7k--ol23- 4567-89ab-cdef-ghjk-mnpq-rs-"));
}

static bool
parses(struct arena *arena, struct str typed)
{
	struct code code;
	return code_parse(arena, typed, &code);
}

TEST(code_refuses_what_is_none)
{
	CHECK(parses(arena, S("F0123456789ABCDEFGHJKMNPQRS")));
	CHECK(!parses(arena, S("")));
	CHECK(!parses(arena, S("0123456789ABCDEFGHJKMNPQRS"))); /* whose? */
	CHECK(!parses(arena, S("FJ7K-U123-4567-89AB-CDEF-GHJK-MNPQ-RS")));
	CHECK(!parses(arena, S("FJ/K-0123-4567-89AB-CDEF-GHJK-MNPQ-RS")));
	CHECK(!parses(arena,
	    S("F\xc3\x86"
	      "-0123-4567-89AB-CDEF-GHJK-MNPQ-RS")));
	CHECK(!parses(
	    arena, S("AAAAAAAAAAAAA-0123-4567-89AB-CDEF-GHJK-MNPQ-RS")));
}

TEST(code_that_is_new_comes_back_as_it_was)
{
	for (int i = 0; i < 200; i++) {
		struct code code;
		struct str token = token_new(arena);
		CHECK(code_parse(
		    arena, code_text(arena, S("K0DE"), token), &code));
		CHECK_STR(code.token, token);
		CHECK_STR(code.short_code, S("K0DE"));
	}
}

/* A short code of an organisation's own may hold what is forgiven. */
TEST(code_finds_its_organisation_and_no_other)
{
	struct org list[] = {
	    {.short_code = S("FJ7K")}, {.short_code = S("OLBY")}};
	struct orgs orgs = {list, 2};
	struct code code;
	CHECK(code_parse(arena, code_text(arena, S("OLBY"), TOKEN), &code));
	CHECK(code_org(&orgs, arena, &code) == &list[1]);
	CHECK(code_parse(arena, code_text(arena, S("fj7k"), TOKEN), &code));
	CHECK(code_org(&orgs, arena, &code) == &list[0]);
	CHECK(code_parse(arena, code_text(arena, S("FJ7J"), TOKEN), &code));
	CHECK(code_org(&orgs, arena, &code) == NULL);
	/* One letter too few or too many moves the border, so it is nobody's. */
	CHECK(code_parse(
	    arena, S("FJ7K-0123-4567-89AB-CDEF-GHJK-MNPQ-R"), &code));
	CHECK(code_org(&orgs, arena, &code) == NULL);
	CHECK(code_parse(
	    arena, S("FJ7K-0123-4567-89AB-CDEF-GHJK-MNPQ-RST"), &code));
	CHECK(code_org(&orgs, arena, &code) == NULL);
}
