/* SPDX-License-Identifier: MPL-2.0 */
#include "web/view.h"

#include <string.h>

/* What to do with a byte; 0: it goes out as it is.  The last two are plain
 * between tags. */
enum act { KEEP, DROP, TURN, AMP, LT, GT, QUOT, APOS };

static const unsigned char acts[256] = {
    DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, /* 00 */
    DROP, KEEP, KEEP, DROP, DROP, KEEP, DROP, DROP, /* tab, LF, CR stay */
    DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, /* 10 */
    DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, /* 18 */
    ['&'] = AMP, ['<'] = LT, ['>'] = GT, ['"'] = QUOT, ['\''] = APOS,
    [0x7f] = DROP,
    [0xe2] = TURN, /* it begins a character that may turn the direction */
};

/* U+202A..U+202E and U+2066..U+2069, behind the byte E2. */
static bool
turns(struct str s, ptrdiff_t i)
{
	if (s.n - i < 3)
		return false;
	unsigned char second = (unsigned char)s.p[i + 1];
	unsigned char third = (unsigned char)s.p[i + 2];
	return (second == 0x80 && third >= 0xaa && third <= 0xae) ||
	    (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

/* A part of `s` that needs nothing. */
static void
add_run(struct buf *b, struct str s, ptrdiff_t from, ptrdiff_t to)
{
	if (to > from)
		buf_add(b, (struct str){s.p + from, to - from});
}

/* Adds `s` in runs of bytes that need nothing. */
static void
add_escaped(struct buf *b, struct str s, enum act last)
{
	static const struct str names[] = {[AMP] = S_INIT("&amp;"),
	    [LT] = S_INIT("&lt;"),
	    [GT] = S_INIT("&gt;"),
	    [QUOT] = S_INIT("&quot;"),
	    [APOS] = S_INIT("&#39;")};
	ptrdiff_t from = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		enum act act = acts[(unsigned char)s.p[i]];
		if (act == KEEP || act > last || (act == TURN && !turns(s, i)))
			continue;
		add_run(b, s, from, i);
		if (act == TURN)
			i += 2;
		else if (act != DROP)
			buf_add(b, names[act]);
		from = i + 1;
	}
	add_run(b, s, from, s.n);
}

void
view_text(struct buf *b, struct str s)
{
	add_escaped(b, s, GT);
}

void
view_attr(struct buf *b, struct str s)
{
	add_escaped(b, s, APOS);
}

void
view_html(struct buf *b, struct safe_html html)
{
	buf_add(b, html.trusted);
}

static void
add_percent(struct buf *b, char c)
{
	static const char digit[] = "0123456789ABCDEF";
	unsigned char u = (unsigned char)c;
	char hex[3] = {'%', digit[u >> 4], digit[u & 15]};
	buf_add(b, (struct str){hex, sizeof hex});
}

/* What each byte is in an address: 0 plain, 1 plain unless it stands in a part
 * of one, 2 the same but HTML's own, 3 written in hex, 4 hex too, and odd.
 * Browsers skip tabs and line ends inside an address and read \ as /, so an
 * address that has an odd byte could lead elsewhere than it says. */
enum { PLAIN = '0', WHOLE, AND, HEX, ODD };
static const char url_bytes[] = "4444444444444444"
				"4444444444444444"
				"4131112311111001" /* space to / */
				"0000000000113131" /* 0 to ? */
				"0000000000000000" /* @ to O */
				"0000000000014130" /* P to _ */
				"3000000000000000" /* ` to o */
				"0000000000033304" /* p to DEL */
				"3333333333333333"
				"3333333333333333"
				"3333333333333333"
				"3333333333333333"
				"3333333333333333"
				"3333333333333333"
				"3333333333333333"
				"3333333333333333";

/* Adds `s` in runs of bytes that stay as they are: those up to `last`.  False:
 * one was odd. */
static bool
add_url(struct buf *b, struct str s, char last)
{
	ptrdiff_t from = 0;
	bool odd = false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char what = url_bytes[(unsigned char)s.p[i]];
		if (what <= last)
			continue;
		odd = odd || what == ODD;
		add_run(b, s, from, i);
		if (what == AND && last == WHOLE)
			buf_add(b, S("&amp;"));
		else
			add_percent(b, s.p[i]);
		from = i + 1;
	}
	add_run(b, s, from, s.n);
	return !odd;
}

void
view_url_part(struct buf *b, struct str s)
{
	(void)add_url(b, s, PLAIN);
}

void
view_url_rest(struct buf *b, struct str s)
{
	(void)add_url(b, s, WHOLE);
}

/* A whole address, or "#" in its place. */
static void
add_address(struct buf *b, struct str s, bool allowed)
{
	ptrdiff_t before = b->n;
	if (allowed && add_url(b, s, WHOLE))
		return;
	b->n = before;
	buf_byte(b, '#');
}

static bool
is_local(struct str s)
{
	return s.n > 0 && s.p[0] == '/' && (s.n == 1 || s.p[1] != '/');
}

static bool
is_address(struct str s)
{
	static const struct str schemes[] = {
	    S_INIT("http://"), S_INIT("https://"), S_INIT("mailto:")};
	if (is_local(s) || (s.n > 0 && (s.p[0] == '?' || s.p[0] == '#')))
		return true;
	for (ptrdiff_t i = 0; i < COUNT_OF(schemes); i++) {
		struct str head = str_sub(s, 0, schemes[i].n);
		if (s.n > schemes[i].n && str_eq_nocase(head, schemes[i]))
			return true;
	}
	return false;
}

void
view_url(struct buf *b, struct str s)
{
	add_address(b, s, is_address(s));
}

void
view_url_local(struct buf *b, struct str s)
{
	add_address(b, s, is_local(s));
}

void
view_number(struct buf *b, enum lang lang, int64_t value)
{
	buf_add(b, lang_int(b->arena, lang, value));
}
