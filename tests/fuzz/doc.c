/* SPDX-License-Identifier: MPL-2.0 */

/* Documents as JSON, as the drawing child gets them: what is read can be
 * written, and comes back the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "report/doc.h"

enum { FUZZ_BYTES = 64 * 1024 * 1024 };

struct one {
	struct arena *arena;
	struct str json;
};

static void
read_one(void *arg)
{
	struct one *one = arg;
	struct doc *doc, *again;
	struct str first, second;
	if (doc_read_json(one->arena, one->json, &doc) != ERR_OK)
		return;
	if (doc_write_json(one->arena, doc, &first) != ERR_OK ||
	    doc_read_json(one->arena, first, &again) != ERR_OK ||
	    doc_write_json(one->arena, again, &second) != ERR_OK ||
	    !str_eq(first, second))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct one one = {.arena = arena_open(FUZZ_BYTES)};
	one.json = (struct str){(const char *)bytes, (ptrdiff_t)n};
	bool enough = arena_guard(one.arena, read_one, &one);
	arena_close(one.arena);
	return enough ? 0 : -1; /* -1: not worth keeping */
}
