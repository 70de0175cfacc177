/* SPDX-License-Identifier: MPL-2.0 */

/* What people wrote, put into a page: it cannot end the place it was put into,
 * a browser reads it as it was written, and an address leads where it says. */
#include "web/view.h"

#include <string.h>

#include "base/utf8.h"
#include "tests/fuzz.h"

enum { OUT_BYTES = 32 * 1024 * 1024 };

static struct str
made(struct arena *a, void (*view)(struct buf *, struct str), struct str s)
{
	struct buf b = buf_new(a, OUT_BYTES);
	view(&b, s);
	MUST(!b.full);
	return buf_str(&b);
}

/* The five references that we write, as a browser reads them. */
static struct str
unescaped(struct arena *a, struct str s)
{
	static const struct {
		struct str reference;
		char c;
	} known[] = {{S_INIT("&amp;"), '&'}, {S_INIT("&lt;"), '<'},
	    {S_INIT("&gt;"), '>'}, {S_INIT("&quot;"), '"'},
	    {S_INIT("&#39;"), '\''}};
	struct buf b = buf_new(a, s.n + 1);
	while (s.n > 0) {
		ptrdiff_t i = COUNT_OF(known) - 1, n = 1;
		while (i >= 0 && !str_starts(s, known[i].reference))
			i--;
		MUST(s.p[0] != '&' || i >= 0);
		if (i >= 0)
			n = known[i].reference.n;
		buf_byte(&b, i >= 0 ? known[i].c : s.p[0]);
		s = str_sub(s, n, s.n);
	}
	return buf_str(&b);
}

static bool
turns(struct str s)
{
	static const char *const marks[] = {"\u202a", "\u202b", "\u202c",
	    "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"};
	for (ptrdiff_t i = 0; i < COUNT_OF(marks); i++) {
		if (str_starts(s, str_c(marks[i])))
			return true;
	}
	return false;
}

/* Without what is left out everywhere. */
static struct str
visible(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.n + 1);
	while (s.n > 0) {
		ptrdiff_t n = turns(s) ? 3 : 1;
		if (n == 1)
			buf_byte(&b, s.p[0]);
		s = str_sub(s, n, s.n);
	}
	return buf_str(&b);
}

static void
must_lack(struct str s, const char *bytes)
{
	for (; *bytes != 0; bytes++)
		MUST(str_find_byte(s, *bytes) < 0);
}

static void
check_text(struct arena *a, struct str s)
{
	struct str want = visible(a, s);
	struct str text = made(a, view_text, s), attr = made(a, view_attr, s);
	must_lack(text, "<>");
	must_lack(attr, "<>\"'");
	MUST(utf8_valid(text) && utf8_valid(attr));
	MUST(str_eq(unescaped(a, text), want));
	MUST(str_eq(unescaped(a, attr), want));
}

/* As a browser takes an address apart (URL standard, section 4.4): blanks and
 * controls at its ends go, tabs and line ends go everywhere, \ is /. */
static struct str
browsed(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.n + 1);
	while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
		s = str_sub(s, 1, s.n);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c != '\t' && c != '\n' && c != '\r')
			buf_byte(&b, c == '\\' ? '/' : c);
	}
	return str_lower_ascii(a, buf_str(&b));
}

static bool
starts_any(struct str s, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (str_starts(s, str_c(*list)))
			return true;
	}
	return false;
}

static void
check_url(struct arena *a, struct str s)
{
	static const char *const any[] = {
	    "/", "?", "#", "http://", "https://", "mailto:", NULL};
	struct str url = made(a, view_url, s);
	struct str local = made(a, view_url_local, s);
	must_lack(url, "<>\"' \t\r\n");
	must_lack(local, "<>\"' \t\r\n");
	url = browsed(a, unescaped(a, url));
	local = browsed(a, unescaped(a, local));
	MUST(starts_any(url, any) && !str_starts(url, S("//")));
	MUST(str_starts(local, S("/")) || str_eq(local, S("#")));
	MUST(!str_starts(local, S("//")));
}

static void
check_parts(struct arena *a, struct str s)
{
	must_lack(made(a, view_url_part, s), "<>\"' &?#=/+;:\\");
	must_lack(made(a, view_url_rest, s), "<>\"' \\");
}

FUZZ(input)
{
	check_url(arena, input);
	check_parts(arena, input);
	if (utf8_valid(input))
		check_text(arena, input);
}
