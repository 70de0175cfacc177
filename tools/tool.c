/* SPDX-License-Identifier: MPL-2.0 */
#include "tool.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 29, FILE_BYTES = 1 << 27 };

struct arena *
tool_arena(void)
{
	static struct arena *arena;
	if (arena == NULL)
		arena = arena_open(ARENA_BYTES);
	if (arena == NULL)
		abort();
	return arena;
}

void
tool_fail(struct place at, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	fprintf(stderr, "%s:", at.file);
	if (at.line > 0)
		fprintf(stderr, "%d:", at.line);
	if (at.col > 0)
		fprintf(stderr, "%d:", at.col);
	fputc(' ', stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	exit(2);
}

bool
tool_can_read(const char *path, struct str *out)
{
	struct buf b = buf_new(tool_arena(), FILE_BYTES);
	char part[16384];
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return false;
	for (;;) {
		size_t n = fread(part, 1, sizeof part, f);
		buf_add(&b, (struct str){part, (ptrdiff_t)n});
		if (n < sizeof part)
			break;
	}
	bool whole = !ferror(f) && !b.full;
	fclose(f);
	*out = buf_str(&b);
	return whole;
}

struct str
tool_read(const char *path)
{
	struct str text;
	if (!tool_can_read(path, &text))
		tool_fail((struct place){.file = path}, "cannot be read: %s",
		    strerror(errno));
	return text;
}

void
tool_write(const char *path, struct str text, bool keep)
{
	struct str old;
	if (keep && tool_can_read(path, &old) && str_eq(old, text))
		return;
	FILE *f = fopen(path, "wb");
	bool ok =
	    f != NULL && fwrite(text.p, 1, (size_t)text.n, f) == (size_t)text.n;
	if (f != NULL && fclose(f) != 0)
		ok = false;
	if (!ok)
		tool_fail((struct place){.file = path}, "cannot be written: %s",
		    strerror(errno));
}

static void
add_c_byte(struct buf *b, char c)
{
	unsigned char u = (unsigned char)c;
	if (c == '\n')
		buf_add(b, S("\\n"));
	else if (c == '\t')
		buf_add(b, S("\\t"));
	else if (c == '"' || c == '\\' || c == '?') /* ??= and the like */
		buf_fmt(b, "\\%c", c);
	else if (u < 0x20 || u == 0x7f)
		buf_fmt(b, "\\%03o", u);
	else
		buf_byte(b, c);
}

void
tool_c_string(struct buf *b, struct str s, const char *indent)
{
	buf_fmt(b, "%s\"", indent);
	ptrdiff_t line = b->n;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		bool starts = ((unsigned char)s.p[i] & 0xc0) != 0x80;
		if (starts && b->n - line > 66) {
			buf_fmt(b, "\"\n%s\"", indent);
			line = b->n;
		}
		add_c_byte(b, s.p[i]);
	}
	buf_byte(b, '"');
}

struct str
tool_stem(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_c(slash != NULL ? slash + 1 : path);
	for (ptrdiff_t i = name.n - 1; i > 0; i--) {
		if (name.p[i] == '.')
			return str_sub(name, 0, i);
	}
	return name;
}
