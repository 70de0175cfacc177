/* SPDX-License-Identifier: MPL-2.0 */
#include "http/forms.h"

#include "base/buf.h"
#include "tests/test.h"

TEST(a_form_is_read_as_it_was_typed)
{
	struct http_pairs p;
	CHECK_OK(form_parse_urlencoded(
	    arena, S("a=1&b=%C3%A6+%2B&a=2&tom=&x=1%0D%0A2"), &p));
	CHECK_INT(p.n, 5);
	CHECK_STR(http_get(p, S("a")), S("1")); /* the first counts */
	CHECK_STR(http_get(p, S("b")), S("æ +"));
	CHECK_STR(http_get(p, S("x")), S("1\n2"));
	CHECK(http_has(p, S("tom")));
	CHECK(!http_has(p, S("nej")));
}

TEST(a_letter_typed_in_two_ways_is_the_same)
{
	struct http_pairs p;
	CHECK_OK(form_parse_urlencoded(arena, S("a=a%CC%8A"), &p));
	CHECK_STR(http_get(p, S("a")), S("å"));
}

TEST(what_cannot_be_read_is_refused)
{
	static const struct str bad[] = {S_INIT("a=%"), S_INIT("a=%4"),
	    S_INIT("a=%zz"), S_INIT("a=%00"), S_INIT("a=%ff"),
	    S_INIT("a=%ed%a0%80"), S_INIT("a=%c0%af"), S_INIT("%00=a"),
	    S_INIT("a=%01")};
	struct http_pairs p;
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK_INT(
		    form_parse_urlencoded(arena, bad[i], &p), ERR_INVALID);
}

TEST(a_form_has_at_most_two_thousand_fields)
{
	struct http_pairs p;
	struct buf b = buf_new(arena, 10000);
	for (int i = 0; i < 2000; i++)
		buf_add(&b, S("a=1&"));
	CHECK_OK(form_parse_urlencoded(arena, buf_str(&b), &p));
	CHECK_INT(p.n, 2000);
	buf_add(&b, S("a=1"));
	CHECK_INT(form_parse_urlencoded(arena, buf_str(&b), &p), ERR_INVALID);
}

TEST(cookies_are_told_apart)
{
	struct http_pairs p;
	CHECK_OK(form_parse_cookies(
	    arena, S("a=1; __Host-samskab=ABCD.x=y; tom"), &p));
	CHECK_STR(http_get(p, S("__Host-samskab")), S("ABCD.x=y"));
	CHECK_INT(p.n, 2);
}

static const struct str two_parts =
    S_INIT("--B\r\nContent-Disposition: form-data; name=\"titel\"\r\n\r\n"
	   "Søndag\r\n--B\r\n"
	   "Content-Disposition: form-data; name=\"fil\"; "
	   "filename=\"a;b.txt\"\r\nContent-Type: text/plain\r\n\r\n"
	   "linje\r\n\r\n--B--\r\n");

TEST(a_form_with_a_file_is_read)
{
	struct http_pairs p;
	struct http_file *files;
	ptrdiff_t n;
	CHECK_OK(
	    form_parse_multipart(arena, two_parts, S("B"), &p, &files, &n));
	CHECK_STR(http_get(p, S("titel")), S("Søndag"));
	CHECK_INT(n, 1);
	CHECK_STR(files[0].field, S("fil"));
	CHECK_STR(files[0].type, S("text/plain"));
}

/* Cut anywhere, it is refused rather than guessed at. */
TEST(a_form_with_a_file_that_was_cut_is_refused)
{
	struct http_pairs p;
	struct http_file *files;
	ptrdiff_t n;
	for (ptrdiff_t i = 0; i < two_parts.n - 4; i++)
		CHECK_INT(form_parse_multipart(arena, str_sub(two_parts, 0, i),
			      S("B"), &p, &files, &n),
		    ERR_INVALID);
}

TEST(escaping_and_back_gives_the_same)
{
	struct str back, text = S("Ærø & Ålø / 100 % + \"æ\"");
	CHECK_OK(form_unescape(arena, form_escape(arena, text), false, &back));
	CHECK_STR(back, text);
}
