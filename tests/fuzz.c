/* SPDX-License-Identifier: MPL-2.0 */

/* What libFuzzer and tests/replay.c call, and what a target stands on. */
#include "tests/fuzz.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FUZZ_BYTES = 64 * 1024 * 1024 };

struct one {
	struct arena *arena;
	struct str input;
};

static void
run_one(void *arg)
{
	struct one *one = arg;
	fuzz_one(one->arena, one->input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct one one = {.arena = arena_open(FUZZ_BYTES)};
	one.input = (struct str){(const char *)bytes, (ptrdiff_t)n};
	MUST(one.arena != NULL);
	/* An arena that runs full is an answer, and no fault. */
	bool enough = arena_guard(one.arena, run_one, &one);
	arena_close(one.arena);
	(void)enough;
	return 0;
}

void
fuzz_fault(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: must hold: %s\n", file, line, what);
	abort();
}

struct str
fuzz_part(struct str *rest)
{
	return str_cut(rest, '\0');
}
