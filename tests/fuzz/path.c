/* SPDX-License-Identifier: MPL-2.0 */

/* Request targets: a path that is taken says the same to everyone who reads
 * it, however often they unescape it. */
#include <string.h>

#include "base/utf8.h"
#include "http/guard.h"
#include "tests/fuzz.h"

static int
hex(char c)
{
	const char *digits = "0123456789abcdefABCDEF";
	const char *at = c != 0 ? strchr(digits, c) : NULL;
	if (at == NULL)
		return -1;
	int value = (int)(at - digits);
	return value < 16 ? value : value - 6;
}

/* Unescaped once, as RFC 3986 section 2.1 has it. */
static struct str
unescaped(struct arena *a, struct str s)
{
	char *out = arena_new(a, char, s.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++, n++) {
		out[n] = s.p[i];
		if (s.p[i] != '%')
			continue;
		MUST(i + 2 < s.n);
		int high = hex(s.p[i + 1]), low = hex(s.p[i + 2]);
		MUST(high >= 0 && low >= 0);
		out[n] = (char)(high << 4 | low);
		i += 2;
	}
	return (struct str){out, n};
}

static void
check_segments(struct str path)
{
	MUST(path.p[0] == '/');
	path = str_sub(path, 1, path.n);
	while (path.n > 0) {
		struct str segment = str_cut(&path, '/');
		MUST(segment.n > 0);
		MUST(!str_eq(segment, S(".")) && !str_eq(segment, S("..")));
	}
}

static void
check_path(struct str path)
{
	MUST(path.n > 0 && utf8_valid(path));
	for (ptrdiff_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];
		MUST(c >= 0x20 && c != 0x7f && c != '\\');
		MUST(c != '%'); /* so a second unescaping changes nothing */
	}
	check_segments(path);
}

FUZZ(input)
{
	struct str path, query, raw = input;
	if (guard_target(arena, input, &path, &query) != ERR_OK)
		return;
	check_path(path);
	for (ptrdiff_t i = 0; i < input.n; i++)
		MUST(input.p[i] > ' ' && input.p[i] <= '~');
	if (str_starts(raw, S("http://"))) {
		ptrdiff_t slash = str_find_byte(str_sub(raw, 7, raw.n), '/');
		raw = slash < 0 ? S("/") : str_sub(raw, 7 + slash, raw.n);
	}
	struct str escaped = str_cut(&raw, '?');
	MUST(str_eq(unescaped(arena, escaped), path));
	MUST(str_eq(raw, query));
	/* Slashes are where they were: none came out of an escape. */
	MUST(str_eq(str_replace(arena, path, S("/"), S("")),
	    str_replace(arena, unescaped(arena, escaped), S("/"), S(""))));
}
