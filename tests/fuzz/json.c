/* SPDX-License-Identifier: MPL-2.0 */

/* Text in a line of the log and in a record's history: whatever it is, the
 * line stays one line, and jansson reads from it what was written. */
#include <jansson.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "tests/fuzz.h"

static void
decref(void *json)
{
	json_decref(json);
}

FUZZ(input)
{
	struct buf b = buf_new(arena, 8 * input.n + 8);
	buf_json(&b, input);
	MUST(!b.full);
	for (ptrdiff_t i = 0; i < b.n; i++)
		MUST((unsigned char)b.p[i] >= 0x20 && b.p[i] != 0x7f);
	json_t *json = json_loadb(
	    b.p, (size_t)b.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	arena_defer(arena, decref, json);
	if (!utf8_valid(input))
		return;
	MUST(json_is_string(json));
	MUST(str_eq(input,
	    (struct str){
		json_string_value(json), (ptrdiff_t)json_string_length(json)}));
}
