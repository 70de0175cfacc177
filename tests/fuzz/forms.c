/* SPDX-License-Identifier: MPL-2.0 */

/* Forms and queries: what is read is text in normal form, and written again it
 * is read the same; any text survives being escaped. */
#include "http/forms.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "tests/fuzz.h"

enum { WRITTEN_BYTES = 32 * 1024 * 1024 };

static void
check_pairs(struct http_pairs x, struct http_pairs y)
{
	MUST(x.n == y.n);
	for (ptrdiff_t i = 0; i < x.n; i++) {
		MUST(str_eq(x.list[i].name, y.list[i].name));
		MUST(str_eq(x.list[i].value, y.list[i].value));
	}
}

static struct str
written(struct arena *a, struct http_pairs pairs)
{
	struct buf b = buf_new(a, WRITTEN_BYTES);
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		if (i > 0)
			buf_byte(&b, '&');
		buf_add(&b, form_escape(a, pairs.list[i].name));
		buf_byte(&b, '=');
		buf_add(&b, form_escape(a, pairs.list[i].value));
	}
	MUST(!b.full);
	return buf_str(&b);
}

static void
check_form(struct arena *a, struct str input)
{
	struct http_pairs pairs, again;
	if (form_parse_urlencoded(a, input, &pairs) != ERR_OK)
		return;
	MUST(pairs.n <= 2000);
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		struct str value = pairs.list[i].value;
		MUST(utf8_valid(pairs.list[i].name) && utf8_valid(value));
		MUST(str_eq(utf8_normal(a, value), value));
	}
	MUST(form_parse_urlencoded(a, written(a, pairs), &again) == ERR_OK);
	check_pairs(pairs, again);
}

/* Only what a server, a proxy and a browser all leave alone. */
static bool
is_unreserved(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

static void
check_escape(struct arena *a, struct str text)
{
	struct str back, escaped = form_escape(a, text);
	for (ptrdiff_t i = 0; i < escaped.n; i++)
		MUST(is_unreserved(escaped.p[i]) || escaped.p[i] == '%');
	enum err e = form_unescape(a, escaped, false, &back);
	MUST((e == ERR_OK) == utf8_valid(text));
	MUST(e != ERR_OK || str_eq(back, text));
}

FUZZ(input)
{
	check_form(arena, input);
	check_escape(arena, input);
}
