/* SPDX-License-Identifier: MPL-2.0 */

/* `type; name=value; name="value"`: agrees with a reader that goes byte by
 * byte, and a name that is there twice is never taken. */
#include "http/inner.h"

#include "tests/fuzz.h"

/* One line on its way through. */
struct line {
	struct str s;
	ptrdiff_t at;
};

/* The next byte; ';' at the end. */
static char
peek(const struct line *l)
{
	return l->at < l->s.n ? l->s.p[l->at] : ';';
}

static void
blanks(struct line *l)
{
	while (peek(l) == ' ' || peek(l) == '\t')
		l->at++;
}

/* Visible, and none of the bytes that mean something here. */
static struct str
word(struct line *l)
{
	ptrdiff_t from = l->at;
	while (peek(l) > ' ' && peek(l) <= '~' &&
	    str_find_byte(S("\",;="), peek(l)) < 0)
		l->at++;
	return str_sub(l->s, from, l->at);
}

/* From one quote to the next. */
static bool
quoted(struct line *l, struct str *value)
{
	ptrdiff_t from = ++l->at;
	while (l->at < l->s.n && peek(l) != '"')
		l->at++;
	*value = str_sub(l->s, from, l->at);
	return l->at++ < l->s.n;
}

/* name, '=', value, and then ';' or the end. */
static bool
one(struct line *l, struct str *name, struct str *value)
{
	*name = word(l);
	blanks(l);
	if (name->n == 0 || peek(l) != '=')
		return false;
	l->at++;
	blanks(l);
	if (peek(l) == '"') {
		if (!quoted(l, value))
			return false;
	} else {
		*value = word(l);
		if (value->n == 0)
			return false;
	}
	blanks(l);
	return peek(l) == ';';
}

static enum err
slow_parameter(struct str s, struct str want, struct str *value)
{
	struct line l = {.s = s};
	int found = 0;
	while (l.at < s.n && peek(&l) != ';')
		l.at++;
	for (l.at++, blanks(&l); l.at < s.n; l.at++, blanks(&l)) {
		struct str name, v;
		if (!one(&l, &name, &v))
			return ERR_INVALID;
		if (!str_eq_nocase(name, want))
			continue;
		*value = v;
		if (++found > 1)
			return ERR_INVALID;
	}
	return found == 1 ? ERR_OK : ERR_NOT_FOUND;
}

static void
check(struct arena *a, struct str line, struct str name)
{
	struct str fast = {0}, slow = {0}, again;
	enum err e = form_parameter(line, name, &fast);
	MUST(e == slow_parameter(line, name, &slow));
	if (e != ERR_OK)
		return;
	MUST(str_eq(fast, slow));
	struct str twice = str_cat(a, line, S("; "));
	twice = str_cat(a, twice, str_cat(a, name, S("=\"x\"")));
	MUST(form_parameter(twice, name, &again) == ERR_INVALID);
}

FUZZ(input)
{
	check(arena, input, S("name"));
	check(arena, input, S("a"));
}
