/* SPDX-License-Identifier: MPL-2.0 */

/* csstrim - of a large style sheet, the rules that our pages use.
 *
 *	csstrim IN.css OUT.css VIEW.html...
 *
 * A selector stays when each class in it stands in a class="" of a view; a
 * :not(.x) of a class that no view has is always true and goes (with its
 * weight, so that our own rules need no !important).  @font-face, @keyframes
 * and declarations with url() go: assets/app.css brings what is wanted.  Each
 * colour becomes a custom property that keeps it as default, named after what
 * it does, so that app.css can set all of them for dark:
 *	color:#1A1A1A   ->  color:var(--ink-1a1a1a,#1a1a1a)
 * ink = text and icons, ground = background, edge = everything else.
 * At-rules that it does not know are refused with exit 2.  Tests: tests/tools/csstrim.c
 */
#include <stdio.h>
#include <string.h>

#include "tool.h"

enum { WORDS_MAX = 4096, OUT_BYTES = 1 << 22 };

struct trim {
	const char *path;
	struct str in;
	ptrdiff_t at;
	struct str words[WORDS_MAX]; /* the classes of the views */
	int n_words;
};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool
known(const struct trim *t, struct str word)
{
	for (int i = 0; i < t->n_words; i++) {
		if (str_eq(t->words[i], word))
			return true;
	}
	return false;
}

static struct str
word_at(struct str s, ptrdiff_t from)
{
	ptrdiff_t to = from;
	while (to < s.n && is_word(s.p[to]))
		to++;
	return str_sub(s, from, to);
}

/* Markers of a view between the quotes add words that name no class. */
static void
add_classes(struct trim *t, struct str value)
{
	for (ptrdiff_t i = 0; i < value.n; i++) {
		struct str word = word_at(value, i);
		if (word.n == 0)
			continue;
		i += word.n;
		if (known(t, word))
			continue;
		if (t->n_words == WORDS_MAX)
			tool_fail((struct place){.file = "csstrim"},
			    "more than %d classes", WORDS_MAX);
		t->words[t->n_words++] = word;
	}
}

static void
read_view(struct trim *t, const char *path)
{
	struct str rest = tool_read(path);
	const struct str start = S(" class=\"");
	for (;;) {
		ptrdiff_t at = str_find(rest, start);
		if (at < 0)
			return;
		rest = str_sub(rest, at + start.n, rest.n);
		add_classes(t, str_cut(&rest, '"'));
	}
}

static struct place
place(const struct trim *t)
{
	int line = 1;
	for (ptrdiff_t i = 0; i < t->at && i < t->in.n; i++)
		line += t->in.p[i] == '\n';
	return (struct place){.file = t->path, .line = line};
}

/* Up to the first of `ends` outside quotes and brackets, which is left. */
static struct str
take_until(struct trim *t, const char *ends)
{
	ptrdiff_t from = t->at;
	int depth = 0;
	char quote = 0;
	for (; t->at < t->in.n; t->at++) {
		char c = t->in.p[t->at];
		if (quote != 0) {
			quote = c == quote ? 0 : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (depth == 0 && strchr(ends, c) != NULL) {
			break;
		} else {
			depth += (c == '(') - (c == ')');
		}
	}
	return str_trim(str_sub(t->in, from, t->at));
}

/* ---- selectors ---- */

/* ":not(.x)" at s[at] with a class that no view has: its length, else 0. */
static ptrdiff_t
empty_not(const struct trim *t, struct str s, ptrdiff_t at)
{
	const struct str head = S(":not(.");
	if (!str_starts(str_sub(s, at, s.n), head))
		return 0;
	struct str word = word_at(s, at + head.n);
	ptrdiff_t end = at + head.n + word.n;
	if (end >= s.n || s.p[end] != ')' || known(t, word))
		return 0;
	return end + 1 - at;
}

static void
selector_without_nots(const struct trim *t, struct buf *out, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		ptrdiff_t skip = empty_not(t, s, i);
		if (skip > 0)
			i += skip - 1;
		else
			buf_byte(out, s.p[i]);
	}
}

/* A class within a :not() that stays is one that a view has. */
static bool
selector_used(const struct trim *t, struct str s)
{
	for (ptrdiff_t i = 0; i + 1 < s.n; i++) {
		if (s.p[i] == '.' &&
		    !(s.p[i + 1] >= '0' && s.p[i + 1] <= '9') &&
		    !known(t, word_at(s, i + 1)))
			return false;
	}
	return true;
}

/* The selectors of a list that are used, with commas; "" when none is. */
static struct str
selectors_used(const struct trim *t, struct str list)
{
	struct buf out = buf_new(tool_arena(), OUT_BYTES);
	struct trim one = {.path = t->path, .in = list};
	for (; one.at < list.n; one.at++) {
		struct buf plain = buf_new(tool_arena(), OUT_BYTES);
		selector_without_nots(t, &plain, take_until(&one, ","));
		struct str s = str_trim(buf_str(&plain));
		if (!selector_used(t, s))
			continue;
		if (out.n > 0)
			buf_byte(&out, ',');
		buf_add(&out, s);
	}
	return buf_str(&out);
}

/* ---- declarations ---- */

static const char *
purpose(struct str property)
{
	if (str_eq(property, S("color")) || str_eq(property, S("fill")))
		return "ink";
	if (str_eq(property, S("background")) ||
	    str_eq(property, S("background-color")))
		return "ground";
	return "edge";
}

/* #abc or #aabbcc as six digits; false when it is neither (#0000 stays). */
static bool
hex_digits(struct str low, char digits[7])
{
	if (low.n != 3 && low.n != 6)
		return false;
	for (ptrdiff_t i = 0; i < 6; i++) {
		digits[i] = low.p[low.n == 3 ? i / 2 : i];
		if (strchr("0123456789abcdef", digits[i]) == NULL)
			return false;
	}
	return true;
}

/* The six digits of the colour that starts at value[at], and how long it is
 * written; 0 when none starts there. */
static ptrdiff_t
colour_at(struct str value, ptrdiff_t at, char digits[7])
{
	static const struct {
		struct str name;
		const char *digits;
	} named[] = {{S_INIT("white"), "ffffff"}, {S_INIT("black"), "000000"},
	    {S_INIT("purple"), "800080"}};
	digits[6] = 0;
	if (at > 0 && is_word(value.p[at - 1]))
		return 0;
	if (value.p[at] == '#') {
		struct str word = word_at(value, at + 1);
		word = str_lower_ascii(tool_arena(), word);
		return hex_digits(word, digits) ? word.n + 1 : 0;
	}
	struct str word = word_at(value, at);
	for (ptrdiff_t i = 0; i < COUNT_OF(named); i++) {
		if (!str_eq(word, named[i].name))
			continue;
		memcpy(digits, named[i].digits, 6);
		return word.n;
	}
	return 0;
}

static void
declaration(struct buf *out, struct str text)
{
	struct str value = text;
	struct str property = str_trim(str_cut(&value, ':'));
	if (str_find(value, S("url(")) >= 0)
		return;
	buf_add(out, property);
	buf_byte(out, ':');
	value = str_trim(value);
	for (ptrdiff_t i = 0; i < value.n; i++) {
		char digits[7];
		ptrdiff_t n = colour_at(value, i, digits);
		if (n == 0) {
			buf_byte(out, value.p[i]);
			continue;
		}
		buf_fmt(
		    out, "var(--%s-%s,#%s)", purpose(property), digits, digits);
		i += n - 1;
	}
	buf_byte(out, ';');
}

/* From behind the { to behind its }. */
static struct str
declarations(struct trim *t)
{
	struct buf out = buf_new(tool_arena(), OUT_BYTES);
	for (;;) {
		struct str one = take_until(t, ";{}");
		if (t->at >= t->in.n || t->in.p[t->at] == '{')
			tool_fail(place(t), "a rule that does not end");
		if (one.n > 0)
			declaration(&out, one);
		if (t->in.p[t->at++] == '}')
			return buf_str(&out);
	}
}

/* ---- rules ---- */

static bool
goes(struct str head)
{
	return str_starts(head, S("@font-face")) ||
	    str_starts(head, S("@keyframes")) ||
	    str_starts(head, S("@-webkit-keyframes"));
}

static bool
is_around(struct str head)
{
	return str_starts(head, S("@media")) ||
	    str_starts(head, S("@supports"));
}

/* Past the block that starts behind a {. */
static void
skip_block(struct trim *t)
{
	for (int depth = 1; depth > 0; t->at++) {
		take_until(t, "{}");
		if (t->at >= t->in.n)
			tool_fail(place(t), "a block that does not end");
		depth += t->in.p[t->at] == '{' ? 1 : -1;
	}
}

/* Rules up to the end, or to behind the } of the @media around them. */
static struct str
rules(struct trim *t, bool inside)
{
	struct buf out = buf_new(tool_arena(), OUT_BYTES);
	for (;;) {
		struct str head = take_until(t, "{};");
		if (t->at >= t->in.n || t->in.p[t->at] == '}') {
			if (inside != (t->at < t->in.n) || head.n > 0)
				tool_fail(place(t), "braces that do not meet");
			t->at++;
			return buf_str(&out);
		}
		if (t->in.p[t->at++] == ';')
			continue; /* @charset */
		struct str body;
		if (goes(head)) {
			skip_block(t);
			continue;
		} else if (is_around(head)) {
			body = rules(t, true);
		} else if (str_starts(head, S("@page"))) {
			body = declarations(t);
		} else if (head.n == 0 || head.p[0] == '@' ||
		    head.p[0] == '/') {
			tool_fail(
			    place(t), "not expected: %.*s", STR_ARG(head));
		} else {
			head = selectors_used(t, head);
			body = declarations(t);
		}
		if (head.n > 0 && body.n > 0)
			buf_fmt(
			    &out, "%.*s{%.*s}\n", STR_ARG(head), STR_ARG(body));
	}
}

static struct str
without_comments(struct str text)
{
	struct buf out = buf_new(tool_arena(), OUT_BYTES);
	for (;;) {
		ptrdiff_t at = str_find(text, S("/*"));
		if (at < 0)
			break;
		buf_add(&out, str_sub(text, 0, at));
		text = str_sub(text, at + 2, text.n);
		at = str_find(text, S("*/"));
		text = str_sub(text, at < 0 ? text.n : at + 2, text.n);
	}
	buf_add(&out, text);
	return buf_str(&out);
}

int
main(int argc, char **argv)
{
	static struct trim t;
	if (argc < 4) {
		fputs("usage: csstrim IN.css OUT.css VIEW.html...\n", stderr);
		return 2;
	}
	for (int i = 3; i < argc; i++)
		read_view(&t, argv[i]);
	t.path = argv[1];
	t.in = without_comments(tool_read(argv[1]));
	if (str_starts(t.in, S("\xef\xbb\xbf")))
		t.at = 3;
	tool_write(argv[2], rules(&t, false), true);
	return 0;
}
