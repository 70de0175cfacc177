/* SPDX-License-Identifier: MPL-2.0 */
#include "base/str.h"

#include <string.h>

#include "base/buf.h"
#include "tests/test.h"

TEST(a_c_string_becomes_a_str)
{
	CHECK_STR(str_c("abc"), S("abc"));
	CHECK_STR(str_c(""), S(""));
	CHECK_INT(str_c(NULL).n, 0);
}

TEST(a_copy_owns_its_bytes)
{
	char text[] = "abc";
	struct str copy = str_dup(arena, (struct str){text, 3});
	text[0] = 'x';
	CHECK_STR(copy, S("abc"));
	CHECK_STR(str_dup(arena, (struct str){0}), S(""));
	CHECK_STR(str_cat(arena, S("ab"), S("cd")), S("abcd"));
	CHECK_STR(str_cat(arena, S(""), S("cd")), S("cd"));
}

TEST(a_c_string_holds_no_nul)
{
	CHECK(strcmp(str_cstr(arena, S("abc")), "abc") == 0);
	CHECK(strcmp(str_cstr(arena, (struct str){0}), "") == 0);
	CHECK(str_cstr(arena, S("a\0b")) == NULL);
}

TEST(texts_are_compared_by_bytes)
{
	CHECK(str_eq(S(""), (struct str){0}));
	CHECK(str_eq(S("å"), S("å")));
	CHECK(!str_eq(S("a"), S("ab")));
	CHECK(str_eq_nocase(S("Content-Type"), S("content-TYPE")));
	CHECK(!str_eq_nocase(S("Å"), S("å"))); /* ASCII only */
	CHECK(!str_eq_nocase(S("a"), S("ab")));
	CHECK(str_cmp(S("a"), S("b")) < 0);
	CHECK(str_cmp(S("b"), S("a")) > 0);
	CHECK(str_cmp(S("a"), S("ab")) < 0);
	CHECK(str_cmp(S("\xff"), S("a")) > 0); /* unsigned */
	CHECK_INT(str_cmp(S(""), (struct str){0}), 0);
}

TEST(secrets_are_compared_whole)
{
	CHECK(str_eq_secret(S("abc"), S("abc")));
	CHECK(!str_eq_secret(S("abc"), S("abd")));
	CHECK(!str_eq_secret(S("abc"), S("abcd")));
	CHECK(!str_eq_secret(S(""), S("a")));
	CHECK(str_eq_secret(S(""), S("")));
}

TEST(parts_are_found)
{
	CHECK(str_starts(S("abc"), S("ab")));
	CHECK(str_starts(S("abc"), S("")));
	CHECK(!str_starts(S("ab"), S("abc")));
	CHECK(str_ends(S("abc"), S("bc")));
	CHECK(!str_ends(S("bc"), S("abc")));
	CHECK_INT(str_find(S("abcabc"), S("ca")), 2);
	CHECK_INT(str_find(S("abc"), S("x")), -1);
	CHECK_INT(str_find(S("abc"), S("")), 0);
	CHECK_INT(str_find(S(""), S("a")), -1);
	CHECK_INT(str_find_byte(S("abc"), 'c'), 2);
	CHECK_INT(str_find_byte(S("a\0c"), 0), 1);
	CHECK_INT(str_find_byte((struct str){0}, 'c'), -1);
}

TEST(a_part_is_clamped_to_what_is_there)
{
	CHECK_STR(str_sub(S("abcdef"), 2, 4), S("cd"));
	CHECK_STR(str_sub(S("abc"), -5, 99), S("abc"));
	CHECK_STR(str_sub(S("abc"), 2, 1), S(""));
	CHECK_STR(str_sub(S("abc"), 3, 3), S(""));
	CHECK_STR(str_sub((struct str){0}, 0, 5), S(""));
}

TEST(white_space_is_trimmed)
{
	CHECK_STR(str_trim(S(" \t\r\n a b \u00a0\n")), S("a b"));
	CHECK_STR(str_trim(S("\u00a0")), S(""));
	CHECK_STR(str_trim(S("   ")), S(""));
	CHECK_STR(str_trim(S("")), S(""));
	CHECK_STR(str_trim(S("\0a\0")), S("\0a\0")); /* NUL is no space */
}

TEST(a_list_is_cut_into_its_parts)
{
	struct str rest = S("a,,b");
	CHECK_STR(str_cut(&rest, ','), S("a"));
	CHECK_STR(str_cut(&rest, ','), S(""));
	CHECK_STR(rest, S("b"));
	CHECK_STR(str_cut(&rest, ','), S("b"));
	CHECK_INT(rest.n, 0);
	CHECK_STR(str_cut(&rest, ','), S(""));
}

TEST(what_is_replaced)
{
	CHECK_STR(
	    str_replace(arena, S("a-b-c"), S("-"), S("::")), S("a::b::c"));
	CHECK_STR(str_replace(arena, S("aaa"), S("aa"), S("b")), S("ba"));
	CHECK_STR(str_replace(arena, S("--"), S("-"), S("")), S(""));
	CHECK_STR(str_replace(arena, S("abc"), S("x"), S("y")), S("abc"));
	CHECK_STR(str_replace(arena, S("abc"), S(""), S("y")), S("abc"));
	CHECK_STR(str_replace(arena, S(""), S("a"), S("y")), S(""));
}

/* A long text from a form has many line ends. */
TEST(a_replacement_costs_the_length_of_the_text)
{
	struct buf b = buf_new(arena, 1 << 20);
	for (int i = 0; i < 20000; i++)
		buf_add(&b, S("0123456789\r\n"));
	struct arena *a = arena_open(1 << 20);
	struct str out = str_replace(a, buf_str(&b), S("\r\n"), S("\n"));
	CHECK_INT(out.n, 20000 * 11);
	CHECK_MAX(arena_used(a), out.n);
	arena_close(a);
}

TEST(letters_of_ascii_are_lowered)
{
	CHECK_STR(str_lower_ascii(arena, S("AbZÆ1")), S("abzÆ1"));
}

TEST(whole_numbers_are_read)
{
	static const struct {
		struct str text;
		int64_t value;
	} good[] = {
	    {S_INIT("0"), 0},
	    {S_INIT("-0"), 0},
	    {S_INIT("007"), 7},
	    {S_INIT("-12"), -12},
	    {S_INIT("9223372036854775807"), INT64_MAX},
	    {S_INIT("-9223372036854775808"), INT64_MIN},
	};
	static const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1.0",
	    "0x1", "1e3", "--1", "9223372036854775808", "-9223372036854775809",
	    "99999999999999999999999", "１"};
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		int64_t n = 77;
		CHECK(str_int(good[i].text, &n));
		CHECK_INT(n, good[i].value);
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		int64_t n = 77;
		CHECK(!str_int(str_c(bad[i]), &n));
		CHECK_INT(n, 77);
	}
	int64_t n;
	CHECK(!str_int(S("1\0"), &n));
}
