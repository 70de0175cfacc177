/* SPDX-License-Identifier: MPL-2.0 */

/* The twin of every "0 failed" that tests/replay.c prints: on a target with
 * planted faults (tests/planted.c) the same program ends without it. */
#include "base/buf.h"
#include "tests/tools/run.h"

static struct run_result
replay(struct arena *a, struct str dir)
{
	return RUN(a, "build/tools/replay-planted", str_cstr(a, dir));
}

TEST(replay_counts_what_holds)
{
	struct str dir = test_dir(arena);
	write_in(arena, dir, "empty", S(""));
	write_in(arena, dir, "plain", S("a b"));
	struct run_result r = replay(arena, dir);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("\n2 passed, 0 failed, 0 skipped\n"));
}

TEST(replay_finds_a_wrong_answer)
{
	struct str dir = test_dir(arena);
	const char *path = write_in(arena, dir, "escaped", S("%41"));
	struct run_result r = replay(arena, dir);
	CHECK(r.status != 0);
	CHECK_HAS(r.out, str_c(path));
	CHECK_HAS(r.out, S("planted.c:59: must hold: str_eq(unescape("));
	CHECK_LACKS(r.out, S("passed"));
}

TEST(replay_finds_a_byte_read_behind_the_end)
{
	struct str dir = test_dir(arena);
	const char *path = write_in(arena, dir, "cut", S("a%4"));
	struct run_result r = replay(arena, dir);
	CHECK(r.status != 0);
	CHECK_HAS(r.out, str_c(path));
	CHECK_HAS(r.out, S("heap-buffer-overflow"));
	CHECK_LACKS(r.out, S("passed"));
}

TEST(replay_without_a_corpus_fails)
{
	struct run_result r = replay(arena, test_dir(arena));
	CHECK_INT(r.status, 1);
	CHECK_HAS(r.out, S("0 passed, 1 failed"));
	r = RUN(arena, "build/tools/replay-planted", "/nowhere");
	CHECK_INT(r.status, 2);
}
