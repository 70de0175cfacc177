/* SPDX-License-Identifier: MPL-2.0 */

/* What compiled views render: the golden sample, and hostile text in every
 * position.  The views are in tests/tools/views/. */
#include "web/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "build/gen/test/view_hole.h"
#include "build/gen/test/view_sample.h"
#include "tests/tools/run.h"

enum { PAGE_BYTES = 1 << 20 };

/* ---- the sample ------------------------------------------------------- */

static const struct view_sample_rows_cells cells[] = {
    {.text = S_INIT("c1")}, {.text = S_INIT("c2")}};
static const struct view_sample_rows rows[] = {
    {.name = S_INIT("first"),
	.now = true,
	.cells = {cells, 2},
	.part = {.name = S_INIT("p1")}},
    {.name = S_INIT("<second>"), .part = {.name = S_INIT("p2")}},
};
static const struct view_part many[] = {
    {.name = S_INIT("m1")}, {.name = S_INIT("m2")}};
static const struct view_part maybe = {.name = S_INIT("maybe")};

static const struct view_sample full = {
    .title = S_INIT("A & B"),
    .lead = S_INIT("lead"),
    .late = true,
    .very = true,
    .count = 12345,
    .done = 7,
    .rows = {rows, 2},
    .other = {.name = S_INIT("o")},
    .maybe = &maybe,
    .many = {many, 2},
    .raw = {S_INIT("<em>raw</em>")},
};
static const struct view_sample bare = {.count = 1};

static struct str
render(struct arena *a, enum lang lang, const struct view_sample *v)
{
	struct buf b = buf_new(a, PAGE_BYTES);
	tmpl_sample(&b, lang, v);
	CHECK(!b.full);
	return buf_str(&b);
}

/* SAMSKAB_REGEN=1 rewrites the golden files; then look at the difference. */
static void
check_golden(struct arena *a, const char *name, struct str got)
{
	struct str dir = S("tests/tools/golden");
	if (getenv("SAMSKAB_REGEN") != NULL)
		write_in(a, dir, name, got);
	CHECK_STR(got, test_file(a, path_in(a, dir, name)));
}

TEST(sample_in_danish)
{
	check_golden(arena, "sample.da.html", render(arena, LANG_DA, &full));
}

TEST(sample_in_english)
{
	check_golden(arena, "sample.en.html", render(arena, LANG_EN, &full));
}

TEST(sample_with_nothing_in_it)
{
	check_golden(arena, "sample.bare.html", render(arena, LANG_DA, &bare));
}

/* ---- hostile text ----------------------------------------------------- */

static const struct str hostile[] = {
#include "tests/tools/hostile.def"
};

/* What stands between two marks in the page. */
static struct str
between(struct str page, struct str from, struct str to)
{
	ptrdiff_t at = str_find(page, from);
	CHECK(at >= 0);
	page = str_sub(page, at + from.n, page.n);
	at = str_find(page, to);
	CHECK(at >= 0);
	return str_sub(page, 0, at);
}

/* The text that a browser makes of it; fails on a & that is no reference of
 * ours. */
static struct str
decode(struct arena *a, struct str s)
{
	static const char *const names[][2] = {{"&amp;", "&"}, {"&lt;", "<"},
	    {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
	struct buf b = buf_new(a, s.n + 1);
	while (s.n > 0) {
		ptrdiff_t i = 0;
		if (s.p[0] != '&') {
			buf_byte(&b, s.p[0]);
			s = str_sub(s, 1, s.n);
			continue;
		}
		while (
		    i < COUNT_OF(names) && !str_starts(s, str_c(names[i][0])))
			i++;
		CHECK(i < COUNT_OF(names));
		buf_add(&b, str_c(names[i][1]));
		s = str_sub(s, str_c(names[i][0]).n, s.n);
	}
	return buf_str(&b);
}

/* Without what is left out everywhere. */
static struct str
shown(struct arena *a, struct str s)
{
	static const char *const turning[] = {"\u202a", "\u202b", "\u202c",
	    "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"};
	struct buf b = buf_new(a, s.n + 1);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= 0x20 && c != 0x7f) || c == '\t' || c == '\n' ||
		    c == '\r')
			buf_byte(&b, s.p[i]);
	}
	struct str out = buf_str(&b);
	for (ptrdiff_t i = 0; i < COUNT_OF(turning); i++)
		out = str_replace(a, out, str_c(turning[i]), S(""));
	return out;
}

static bool
has_any(struct str s, const char *bytes)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] == 0 || strchr(bytes, s.p[i]) != NULL)
			return true;
	}
	return false;
}

static struct str
page_of(struct arena *a, struct str text)
{
	struct buf b = buf_new(a, PAGE_BYTES);
	tmpl_hole(&b, LANG_DA, &(struct view_hole){.text = text});
	CHECK(!b.full);
	return buf_str(&b);
}

TEST(hostile_text_is_shown_as_it_was_typed)
{
	static const char *const spots[] = {
	    "text", "double", "single", "area", "message", "tip", "svg"};
	CHECK(COUNT_OF(hostile) >= 60);
	for (ptrdiff_t i = 0; i < COUNT_OF(hostile); i++) {
		struct str page = page_of(arena, hostile[i]);
		struct str want = shown(arena, hostile[i]);
		for (ptrdiff_t s = 0; s < COUNT_OF(spots); s++) {
			struct str got =
			    between(page, str_fmt(arena, "[%s|", spots[s]),
				str_fmt(arena, "|%s]", spots[s]));
			bool quoted = s == 1 || s == 2 || s == 5;
			CHECK(!has_any(got, quoted ? "<>\"'" : "<>"));
			if (s == 4 || s == 5)
				got = between(got, S("»"), S("«?"));
			CHECK_STR(decode(arena, got), want);
		}
	}
}

static bool
is_safe_scheme(struct arena *a, struct str url)
{
	struct str lower = str_lower_ascii(a, url);
	bool local = lower.n > 0 && lower.p[0] == '/' &&
	    !str_starts(lower, S("//")) && !str_starts(lower, S("/\\"));
	return local || str_starts(lower, S("#")) ||
	    str_starts(lower, S("?")) || str_starts(lower, S("http://")) ||
	    str_starts(lower, S("https://")) || str_starts(lower, S("mailto:"));
}

/* The value of the attribute that ends where the mark's begins. */
static struct str
value_before(struct str page, const char *name, struct str mark)
{
	ptrdiff_t end = str_find(page, mark);
	CHECK(end > 0);
	ptrdiff_t start = end;
	while (start > 0 && page.p[start - 1] != '\n')
		start--;
	struct str line = str_sub(page, start, end);
	ptrdiff_t at = str_find(line, str_c(name));
	CHECK(at > 0);
	return str_sub(line, at + (ptrdiff_t)strlen(name), line.n);
}

TEST(hostile_addresses_lead_nowhere)
{
	static const char outside[] = " \t\r\n\"'<>\\`{}|^\x01\x02\x0b\x1f\x7f";
	for (ptrdiff_t i = 0; i < COUNT_OF(hostile); i++) {
		struct str page = page_of(arena, hostile[i]);
		struct str url =
		    value_before(page, "href=\"", S("\" data-end=\"|url\""));
		CHECK(!has_any(url, outside));
		CHECK(is_safe_scheme(arena, decode(arena, url)));
		struct str local =
		    value_before(page, "src=\"", S("\" data-end=\"|local\""));
		CHECK(!has_any(local, outside));
		CHECK(str_eq(local, S("#")) ||
		    (local.p[0] == '/' && !str_starts(local, S("//"))));
	}
}

/* One value stays one value: nothing in it can end it or begin another. */
TEST(hostile_text_inside_an_address_stays_one_value)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(hostile); i++) {
		struct str page = page_of(arena, hostile[i]);
		struct str url =
		    value_before(page, "href=\"", S("\" data-end=\"|part\""));
		CHECK(str_starts(url, S("/x/")));
		ptrdiff_t at = str_find(url, S("/y?z="));
		CHECK(at >= 0);
		CHECK(!has_any(str_sub(url, 3, at), "/?#&=:;+ \"'<>\\"));
		CHECK(
		    !has_any(str_sub(url, at + 5, url.n), "/?#&=:;+ \"'<>\\"));
		struct str mail =
		    value_before(page, "href=\"", S("\" data-end=\"|mailto\""));
		CHECK(!has_any(str_sub(mail, 7, mail.n), "?&:\"'<> "));
		struct str rest =
		    value_before(page, "href=\"", S("\" data-end=\"|rest\""));
		CHECK(str_starts(rest, S("/x")));
		CHECK(!has_any(rest, " \t\r\n\"'<>\\`"));
	}
}

/* The control: the checks above see a page that does not escape. */
TEST(the_checks_see_what_is_not_escaped)
{
	struct str raw = S("[text|<b>\"|text]");
	CHECK(has_any(between(raw, S("[text|"), S("|text]")), "<>"));
	CHECK(!is_safe_scheme(arena, S("javascript:alert(1)")));
	CHECK(!is_safe_scheme(arena, S("//evil.example")));
	CHECK(!is_safe_scheme(arena, S(" javascript:alert(1)")));
	CHECK(!is_safe_scheme(arena, S("data:text/html,x")));
	CHECK(has_any(S("a&b"), "&"));
}

TEST(good_addresses_stay_what_they_are)
{
	static const char *const good[] = {"/", "/netvaerk/1/plan?x=1#y",
	    "?sprog=en", "#indhold", "https://example.dk/a?b=c",
	    "http://example.dk", "mailto:mette@example.dk",
	    "HTTPS://EXAMPLE.DK/", "/s%C3%B8g"};
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		struct buf b = buf_new(arena, 1000);
		view_url(&b, str_c(good[i]));
		CHECK_STR(buf_str(&b), str_c(good[i]));
	}
	struct buf b = buf_new(arena, 1000);
	view_url(&b, S("/søg?a=1&b='2'"));
	CHECK_STR(buf_str(&b), S("/s%C3%B8g?a=1&amp;b=%272%27"));
}

TEST(every_byte_of_an_address_is_plain_or_in_hex)
{
	static const char plain[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-._~@";
	static const char whole[] = "/?#%=:+,;!*()[]$";
	for (int c = 0; c < 256; c++) {
		char byte = (char)c;
		struct str s = {&byte, 1};
		struct str hex = str_fmt(arena, "%%%02X", (unsigned)c);
		bool p = memchr(plain, c, sizeof plain - 1) != NULL;
		bool w = memchr(whole, c, sizeof whole - 1) != NULL;
		struct buf part = buf_new(arena, 10);
		struct buf rest = buf_new(arena, 10);
		view_url_part(&part, s);
		view_url_rest(&rest, s);
		CHECK_STR(buf_str(&part), p ? s : hex);
		CHECK_STR(buf_str(&rest),
		    c == '&'	 ? S("&amp;")
			: p || w ? s
				 : hex);
	}
}

TEST(numbers_are_written_as_the_language_does)
{
	struct buf b = buf_new(arena, 1000);
	view_number(&b, LANG_DA, 1234567);
	buf_byte(&b, ' ');
	view_number(&b, LANG_EN, -1234);
	buf_byte(&b, ' ');
	view_number(&b, LANG_EN, 999);
	CHECK_STR(buf_str(&b), S("1.234.567 -1,234 999"));
}
