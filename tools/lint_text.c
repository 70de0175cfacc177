/* SPDX-License-Identifier: MPL-2.0 */
#include "lint.h"

#include <string.h>

enum lexeme { CODE, BLOCK_COMMENT, LINE_COMMENT, STRING, CHARACTER };

/* Copies text[i] to where it belongs and says what comes next. */
static enum lexeme
step(struct str text, ptrdiff_t i, enum lexeme now)
{
	char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : 0;
	switch (now) {
	case CODE:
		if (c == '/' && next == '*')
			return BLOCK_COMMENT;
		if (c == '/' && next == '/')
			return LINE_COMMENT;
		if (c == '"')
			return STRING;
		return c == '\'' ? CHARACTER : CODE;
	case BLOCK_COMMENT:
		return c == '/' && text.p[i - 1] == '*' ? CODE : BLOCK_COMMENT;
	case LINE_COMMENT:
		return c == '\n' ? CODE : LINE_COMMENT;
	case STRING:
		return c == '"' || c == '\n' ? CODE : STRING;
	case CHARACTER:
		return c == '\'' || c == '\n' ? CODE : CHARACTER;
	}
	return CODE;
}

/* A page without what stands between lines of ```. */
static struct str
page_said(struct str text)
{
	char *said = arena_new(tool_arena(), char, text.n + 1);
	struct str rest = text;
	bool block = false;
	for (ptrdiff_t from = 0; from < text.n;) {
		struct str line = str_cut(&rest, '\n');
		bool fence = str_starts(str_trim(line), S("```"));
		block = block != fence;
		memset(said + from, ' ', (size_t)line.n);
		if (!block && !fence)
			memcpy(said + from, line.p, (size_t)line.n);
		from += line.n;
		if (from < text.n)
			said[from++] = '\n';
	}
	return (struct str){said, text.n};
}

void
lint_source(struct source *s, const char *path)
{
	s->path = path;
	s->text = tool_read(path);
	char *code = arena_new(tool_arena(), char, s->text.n + 1);
	char *quotes = arena_new(tool_arena(), char, s->text.n + 1);
	char *said = arena_new(tool_arena(), char, s->text.n + 1);
	enum lexeme now = CODE;
	for (ptrdiff_t i = 0; i < s->text.n; i++) {
		char c = s->text.p[i];
		enum lexeme next = step(s->text, i, now);
		bool code_now = now == CODE && next != BLOCK_COMMENT &&
		    next != LINE_COMMENT;
		code[i] = code_now || c == '\n' ? c : ' ';
		quotes[i] = now == STRING || c == '\n' ? c : ' ';
		bool comment = now == BLOCK_COMMENT || now == LINE_COMMENT;
		said[i] = comment || c == '\n' ? c : ' ';
		if ((now == STRING || now == CHARACTER) && c == '\\' &&
		    i + 1 < s->text.n) {
			i++; /* whatever is escaped ends nothing */
			code[i] = s->text.p[i] == '\n' ? '\n' : ' ';
			quotes[i] = said[i] = code[i];
			continue;
		}
		if (now == CODE && next == BLOCK_COMMENT && i + 2 < s->text.n) {
			code[i + 1] = quotes[i + 1] = said[i + 1] = ' ';
			i++; /* so that / * / is no whole comment */
		}
		now = next;
	}
	s->code = (struct str){code, s->text.n};
	s->quotes = (struct str){quotes, s->text.n};
	s->said = str_ends(str_c(path), S(".md"))
	    ? page_said(s->text)
	    : (struct str){said, s->text.n};
}

int
lint_line(const struct source *s, ptrdiff_t at)
{
	int line = 1;
	for (ptrdiff_t i = 0; i < at; i++)
		line += s->text.p[i] == '\n';
	return line;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_';
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool
lint_word(const struct source *s, ptrdiff_t *at, struct str *word)
{
	ptrdiff_t i = *at;
	while (i < s->code.n && !is_word(s->code.p[i]))
		i++;
	ptrdiff_t from = i;
	while (i < s->code.n && is_word(s->code.p[i]))
		i++;
	*at = i;
	*word = str_sub(s->code, from, i);
	return i > from;
}

bool
lint_next(const struct source *s, ptrdiff_t at, char c)
{
	while (at < s->code.n && is_space(s->code.p[at]))
		at++;
	return at < s->code.n && s->code.p[at] == c;
}

/* The last byte before `at` that is not white space; -1: none. */
static ptrdiff_t
before(const struct source *s, ptrdiff_t at)
{
	while (--at >= 0 && is_space(s->code.p[at]))
		;
	return at;
}

/* The ( that belongs to the ) at `at`; -1: none. */
static ptrdiff_t
opening(const struct source *s, ptrdiff_t at)
{
	int depth = 0;
	for (; at >= 0; at--) {
		if (s->code.p[at] == ')')
			depth++;
		else if (s->code.p[at] == '(' && --depth == 0)
			return at;
	}
	return -1;
}

/* The word that ends before `at`; "" when something else does. */
static struct str
word_before(const struct source *s, ptrdiff_t at)
{
	ptrdiff_t to = before(s, at) + 1, from = to;
	while (from > 0 && is_word(s->code.p[from - 1]))
		from--;
	return str_sub(s->code, from, to);
}

/* Whether the { at `at` is one that if, for, else and the like open. */
static bool
is_control(const struct source *s, ptrdiff_t at)
{
	static const char words[] = " if for while switch else do ";
	ptrdiff_t last = before(s, at);
	struct str word = {0};
	if (last >= 0 && s->code.p[last] == ')')
		word = word_before(s, opening(s, last));
	else
		word = word_before(s, at);
	struct str whole = str_fmt(tool_arena(), " %.*s ", STR_ARG(word));
	return word.n > 0 && str_find(str_c(words), whole) >= 0;
}

static int
count_params(struct str inside)
{
	int depth = 0, commas = 0;
	inside = str_trim(inside);
	if (inside.n == 0 || str_eq(inside, S("void")))
		return 0;
	for (ptrdiff_t i = 0; i < inside.n; i++) {
		char c = inside.p[i];
		depth += (c == '(') - (c == ')');
		commas += c == ',' && depth == 0;
	}
	return commas + 1;
}

/* The } of the { at `at`, and how deep control goes between. */
static ptrdiff_t
body_end(const struct source *s, ptrdiff_t at, int *nesting)
{
	bool control[256] = {false};
	int depth = 0, now = 0;
	*nesting = 0;
	for (ptrdiff_t i = at; i < s->code.n; i++) {
		char c = s->code.p[i];
		if (c == '{' && depth < COUNT_OF(control)) {
			control[depth] = depth > 0 && is_control(s, i);
			now += control[depth++];
			if (now > *nesting)
				*nesting = now;
		} else if (c == '}' && depth > 0) {
			now -= control[--depth];
			if (depth == 0)
				return i;
		}
	}
	return s->code.n - 1;
}

/* Whether the { at `at`, outside all others, begins a function; fills name
 * and params.  TEST(title) { is one that is called title. */
static bool
is_function(const struct source *s, ptrdiff_t at, struct function *f)
{
	ptrdiff_t close = before(s, at);
	if (close < 0 || s->code.p[close] != ')')
		return false;
	ptrdiff_t open = opening(s, close);
	f->name = word_before(s, open);
	struct str inside = str_sub(s->code, open + 1, close);
	f->params = count_params(inside);
	if (str_starts(f->name, S("TEST")))
		f->name = str_trim(str_cut(&inside, ','));
	return f->name.n > 0;
}

bool
lint_function(const struct source *s, ptrdiff_t *at, struct function *f)
{
	for (ptrdiff_t i = *at; i < s->code.n; i++) {
		int nesting;
		if (s->code.p[i] != '{')
			continue;
		ptrdiff_t end = body_end(s, i, &nesting);
		if (!is_function(s, i, f)) {
			i = end;
			continue;
		}
		f->from = i;
		f->to = end;
		f->nesting = nesting;
		f->lines = lint_line(s, end) - lint_line(s, i) + 1;
		*at = end + 1;
		return true;
	}
	*at = s->code.n;
	return false;
}
