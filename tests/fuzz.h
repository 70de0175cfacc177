/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/arena.h"
#include "base/str.h"

/* fuzz.h - FUZZ and MUST: what a fuzz target is written with.
 *
 *	FUZZ(input)
 *	{
 *		struct date d;
 *		if (date_parse(input, &d))
 *			MUST(str_eq(date_iso(arena, d), input));
 *	}
 *
 * One file of tests/fuzz is one target; tests/fuzz/README.md tells how to
 * search with it and how to add one.  What it allocates goes on `arena`, closed
 * after it.  `input` ends where its memory ends, so that a sanitizer sees who
 * reads on.
 *
 * MUST says what did not hold and where, and aborts: for libFuzzer that is a
 * crash, and in ./check the closing line of tests/replay.c is missing.
 * Tests: tests/tools/replay.c
 */
void fuzz_one(struct arena *arena, struct str input);
#define FUZZ(input) void fuzz_one(struct arena *arena, struct str input)

#define MUST(condition) \
	((condition) ? (void)0 : fuzz_fault(#condition, __FILE__, __LINE__))
NORETURN void fuzz_fault(const char *what, const char *file, int line);

/* Several texts in one input: the part before the next NUL, which no text of
 * ours holds. */
struct str fuzz_part(struct str *rest);

#endif
