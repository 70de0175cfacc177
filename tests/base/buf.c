/* SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"

#include "tests/test.h"

TEST(a_buffer_grows)
{
	struct buf b = buf_new(arena, 100000);
	for (int i = 0; i < 10000; i++)
		buf_add(&b, S("12345"));
	CHECK(!b.full);
	CHECK_INT(b.n, 50000);
	CHECK_STR(str_sub(buf_str(&b), 49995, 50000), S("12345"));
}

TEST(past_its_maximum_a_buffer_is_full_and_stays_so)
{
	struct buf b = buf_new(arena, 5);
	buf_add(&b, S("12345"));
	CHECK(!b.full);
	buf_add(&b, S(""));
	CHECK(!b.full);
	buf_byte(&b, '6');
	CHECK(b.full);
	CHECK_STR(buf_str(&b), S("12345"));

	struct buf c = buf_new(arena, 5);
	buf_add(&c, S("123456"));
	CHECK(c.full);
	buf_add(&c, S("1"));
	CHECK_STR(buf_str(&c), S(""));
}

TEST(a_buffer_may_lie_on_bytes_of_the_callers)
{
	char text[6] = "......";
	struct buf b = buf_on(text, 5);
	buf_add(&b, S("123"));
	buf_fmt(&b, "%d", 45);
	CHECK(!b.full);
	buf_byte(&b, '6');
	CHECK(b.full);
	CHECK_STR(buf_str(&b), S("12345"));
	CHECK(buf_str(&b).p == text);
	CHECK(text[5] == '.');
}

TEST(a_buffer_takes_the_room_it_was_promised)
{
	struct buf b = buf_new(arena, 1000);
	buf_add(&b, S("abc"));
	buf_reserve(&b, 500);
	const char *at = b.p;
	for (int i = 3; i < 500; i++)
		buf_byte(&b, 'x');
	CHECK(b.p == at);
	CHECK(str_starts(buf_str(&b), S("abcx")));
	buf_reserve(&b, 5000); /* no more than its maximum */
	for (int i = 0; i < 501; i++)
		buf_byte(&b, 'y');
	CHECK(b.full);
	CHECK_INT(b.n, 1000);
}

TEST(a_format_may_fill_a_buffer_exactly)
{
	struct buf b = buf_new(arena, 5);
	buf_fmt(&b, "%d", 12345);
	CHECK(!b.full);
	CHECK_STR(buf_str(&b), S("12345"));
	struct buf c = buf_new(arena, 4);
	buf_fmt(&c, "%d", 12345);
	CHECK(c.full);
	CHECK_STR(buf_str(&c), S(""));
}

/* Short ones are printed on the stack, long ones on the arena. */
TEST(a_format_may_be_of_any_length)
{
	static char text[1001];
	for (int n = 0; n < 1000; n++) {
		text[n] = 'x';
		struct buf b = buf_new(arena, 2000);
		buf_fmt(&b, "<%s>%d", text, n);
		struct str want = STR_JOIN(arena, S("<"), str_c(text), S(">"));
		CHECK(str_starts(buf_str(&b), want));
		CHECK_STR(str_fmt(arena, "<%s>", text), want);
	}
}

TEST(numbers_are_printed)
{
	struct buf b = buf_new(arena, 1000);
	buf_int(&b, INT64_MIN);
	buf_byte(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_byte(&b, ' ');
	buf_int(&b, 0);
	CHECK_STR(buf_str(&b), S("-9223372036854775808 9223372036854775807 0"));
	CHECK_STR(str_fmt(arena, "%s-%d-%.*s", "a", 7, STR_ARG(S("xy"))),
	    S("a-7-xy"));
	CHECK_STR(str_fmt(arena, "%s", ""), S(""));
}

TEST(json_strings_are_escaped)
{
	static const struct {
		struct str text, json;
	} cases[] = {
	    {S_INIT(""), S_INIT("\"\"")},
	    {S_INIT("bfnrt"), S_INIT("\"bfnrt\"")},
	    {S_INIT("\b\f\n\r\t"), S_INIT("\"\\b\\f\\n\\r\\t\"")},
	    {S_INIT("\"\\/"), S_INIT("\"\\\"\\\\/\"")},
	    {S_INIT("æ€😀"), S_INIT("\"æ€😀\"")},
	    {S_INIT("\x01\x1f\x7f"), S_INIT("\"\\u0001\\u001f\\u007f\"")},
	    {S_INIT("\0"), S_INIT("\"\\u0000\"")},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf b = buf_new(arena, 1000);
		buf_json(&b, cases[i].text);
		CHECK_STR(buf_str(&b), cases[i].json);
	}
}

TEST(bytes_are_printed_in_hex)
{
	struct buf b = buf_new(arena, 100);
	buf_hex(&b, (const unsigned char[]){0, 0x0f, 0xa0, 0xff}, 4);
	CHECK_STR(buf_str(&b), S("000fa0ff"));
}
