/* SPDX-License-Identifier: MPL-2.0 */

/* The marks of Markdown inside a paragraph. */
#include <string.h>

#include "engine/lix_parts.h"

/* So far is looked for what closes a mark, so that time stays linear. */
enum { REACH_BYTES = 2000 };

static bool
ascii_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
	    (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool
word_byte(char c)
{
	return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
	    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The place behind the next `c`, or `from` when none is near. */
static ptrdiff_t
behind(struct str s, ptrdiff_t from, char c)
{
	ptrdiff_t reach = s.n - from < REACH_BYTES ? s.n - from : REACH_BYTES;
	const char *at = memchr(s.p + from, c, (size_t)reach);
	return at == NULL ? from : at + 1 - s.p;
}

/* "<b>", "</b>", "<!-- -->" go; "<https://...>" loses its brackets only. */
static ptrdiff_t
behind_tag(struct str s, ptrdiff_t i)
{
	ptrdiff_t end = behind(s, i, '>');
	struct str tag = str_sub(s, i, end);
	char next = i + 1 < s.n ? s.p[i + 1] : ' ';
	bool address =
	    str_find_byte(tag, ':') > 0 || str_find_byte(tag, '@') > 0;
	bool known =
	    next == '/' || next == '!' || (word_byte(next) && !address);
	return end > i && known ? end : i;
}

static bool
underscore_mark(struct str s, ptrdiff_t i)
{
	bool before = i > 0 && word_byte(s.p[i - 1]);
	bool after = i + 1 < s.n && word_byte(s.p[i + 1]);
	return !(before && after);
}

/* How many bytes at `i` are marks and go. */
static ptrdiff_t
mark(struct str s, ptrdiff_t i)
{
	char next = i + 1 < s.n ? s.p[i + 1] : '\0';
	switch (s.p[i]) {
	case '*':
	case '`':
	case '[':
		return 1;
	case '~':
		return next == '~' ? 2 : 0;
	case '_':
		return underscore_mark(s, i) ? 1 : 0;
	case '\\':
		return ascii_punctuation(next) ? 1 : 0;
	case '!': {
		ptrdiff_t text = next == '[' ? behind(s, i, ']') : i;
		bool picture = text > i && text < s.n && s.p[text] == '(';
		return picture ? behind(s, text, ')') - i : 0;
	}
	case ']':
		if (next == '(' || next == '[')
			return behind(s, i + 1, next == '(' ? ')' : ']') - i;
		return 1;
	case '<':
		return behind_tag(s, i) - i;
	default:
		return 0;
	}
}

ptrdiff_t
lix_unmark(char *p, ptrdiff_t n)
{
	static const struct str space = S_INIT("&nbsp;");
	struct str s = {p, n};
	ptrdiff_t out = 0;
	for (ptrdiff_t i = 0; i < n;) {
		ptrdiff_t gone = mark(s, i);
		bool escaped = gone == 1 && s.p[i] == '\\';
		i += gone;
		if (gone > 0 && !escaped)
			continue;
		bool entity = s.p[i] == '&' &&
		    str_starts(str_sub(s, i, i + space.n), space);
		p[out++] = entity ? ' ' : p[i];
		i += entity ? space.n : 1;
	}
	return out;
}
