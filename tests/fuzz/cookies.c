/* SPDX-License-Identifier: MPL-2.0 */

/* A Cookie header: names that are not empty, values without what ends them,
 * and written again, in quotes, the same. */
#include "http/forms.h"

#include "base/buf.h"
#include "tests/fuzz.h"

enum { WRITTEN_BYTES = 32 * 1024 * 1024 };

FUZZ(input)
{
	struct http_pairs pairs, again;
	struct buf b = buf_new(arena, WRITTEN_BYTES);
	if (form_parse_cookies(arena, input, &pairs) != ERR_OK)
		return;
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		struct http_pair p = pairs.list[i];
		MUST(p.name.n > 0 && str_eq(str_trim(p.name), p.name));
		MUST(str_find_byte(p.name, '=') < 0);
		MUST(str_find_byte(p.name, ';') < 0);
		MUST(str_find_byte(p.value, ';') < 0);
		buf_fmt(
		    &b, "%.*s=\"%.*s\"; ", STR_ARG(p.name), STR_ARG(p.value));
	}
	MUST(!b.full);
	MUST(form_parse_cookies(arena, buf_str(&b), &again) == ERR_OK);
	MUST(again.n == pairs.n);
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		MUST(str_eq(pairs.list[i].name, again.list[i].name));
		MUST(str_eq(pairs.list[i].value, again.list[i].value));
	}
}
