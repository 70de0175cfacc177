/* SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/test.h"

TEST(memory_is_zeroed_and_aligned)
{
	for (int i = 0; i < 1000; i++) {
		char *c = arena_new(arena, char, 1 + i % 7);
		int64_t *n = arena_new(arena, int64_t, 3);
		max_align_t *m = arena_new(arena, max_align_t, 1);
		CHECK_INT((uintptr_t)n % alignof(int64_t), 0);
		CHECK_INT((uintptr_t)m % alignof(max_align_t), 0);
		CHECK(c[0] == 0 && n[0] == 0 && n[2] == 0);
		memset(c, 0xff, 1);
		memset(n, 0xff, 3 * sizeof *n);
	}
}

TEST(nothing_can_be_asked_for)
{
	struct arena *a = arena_open(1000);
	arena_new(a, int64_t, 0);
	CHECK_INT(arena_used(a), 0);
	arena_close(a);
	arena_close(NULL);
}

TEST(used_counts_what_was_asked_for)
{
	struct arena *a = arena_open(100000);
	arena_new(a, char, 10);
	arena_new(a, int32_t, 5);
	CHECK_INT(arena_used(a), 30);
	arena_reset(a);
	CHECK_INT(arena_used(a), 0);
	char *again = arena_new(a, char, 100);
	for (int i = 0; i < 100; i++)
		CHECK_INT(again[i], 0);
	arena_close(a);
}

/* ---- running full ----------------------------------------------------- */

struct take {
	struct arena *arena;
	ptrdiff_t bytes;
	int calls;
};

static void
take_some(void *arg)
{
	struct take *t = arg;
	t->calls++;
	arena_new(t->arena, char, t->bytes);
	t->calls++;
}

TEST(a_full_arena_leaves_its_guard)
{
	struct arena *a = arena_open(1000);
	struct take t = {a, 1000, 0};
	CHECK(arena_guard(a, take_some, &t));
	CHECK_INT(t.calls, 2);
	t.bytes = 1;
	CHECK(!arena_guard(a, take_some, &t));
	CHECK_INT(t.calls, 3);
	arena_close(a);
}

TEST(a_size_that_overflows_is_full)
{
	struct arena *a = arena_open(1000);
	struct take t = {a, PTRDIFF_MAX, 0};
	CHECK(!arena_guard(a, take_some, &t));
	arena_close(a);
}

static void
take_in_child(void *arg)
{
	struct take *t = arg;
	struct arena *child = arena_scratch(t->arena);
	arena_new(child, char, t->bytes);
	t->calls++;
	arena_close(child);
}

TEST(a_full_child_leaves_the_guard_of_its_parent)
{
	struct arena *a = arena_open(1000);
	arena_new(a, char, 600);
	struct take t = {a, 300, 0};
	CHECK(arena_guard(a, take_in_child, &t));
	t.bytes = 401;
	CHECK(!arena_guard(a, take_in_child, &t));
	CHECK_INT(t.calls, 1);
	arena_close(a);
}

struct nest {
	struct arena *arena;
	bool inner, outer;
};

static void
overfill(void *arg)
{
	struct nest *n = arg;
	arena_new(n->arena, char, 2000);
}

static void
guard_inside(void *arg)
{
	struct nest *n = arg;
	n->inner = arena_guard(n->arena, overfill, n);
	overfill(n);
}

TEST(guards_nest)
{
	struct nest n = {.arena = arena_open(1000), .inner = true};
	n.outer = arena_guard(n.arena, guard_inside, &n);
	CHECK(!n.inner);
	CHECK(!n.outer);
	arena_close(n.arena);
}

TEST(the_nth_allocation_can_be_made_to_fail)
{
	struct arena *a = arena_open(1000);
	struct take t = {a, 1, 0};
	arena_fail_at(a, 3);
	CHECK(arena_guard(a, take_some, &t));
	CHECK(arena_guard(a, take_some, &t));
	CHECK(!arena_guard(a, take_some, &t));
	CHECK(arena_guard(a, take_some, &t));
	arena_fail_at(a, 1);
	arena_fail_at(a, 0);
	CHECK(arena_guard(a, take_some, &t));
	arena_close(a);
}

TEST(without_a_guard_the_program_ends_with_2)
{
	fflush(NULL);
	pid_t pid = fork();
	CHECK(pid >= 0);
	if (pid == 0) {
		close(STDERR_FILENO);
		struct arena *a = arena_open(10);
		arena_new(a, char, 11);
		_exit(0);
	}
	int status = 0;
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), 2);
}

/* ---- cleanups --------------------------------------------------------- */

struct order {
	char text[16];
	int n;
};

struct mark {
	struct order *order;
	char letter;
};

static void
note(void *arg)
{
	struct mark *m = arg;
	m->order->text[m->order->n++] = m->letter;
}

TEST(cleanups_run_last_added_first)
{
	struct order o = {{0}, 0};
	struct mark m[3] = {{&o, 'a'}, {&o, 'b'}, {&o, 'c'}};
	struct arena *a = arena_open(1000);
	for (int i = 0; i < 3; i++)
		arena_defer(a, note, &m[i]);
	arena_close(a);
	CHECK_STR(str_c(o.text), S("cba"));
}

TEST(cleanups_run_at_a_reset_and_once)
{
	struct order o = {{0}, 0};
	struct mark m = {&o, 'a'};
	struct arena *a = arena_open(1000);
	arena_defer(a, note, &m);
	arena_reset(a);
	CHECK_STR(str_c(o.text), S("a"));
	arena_close(a);
	CHECK_STR(str_c(o.text), S("a"));
}

TEST(a_child_closes_with_its_parent_and_only_once)
{
	struct order o = {{0}, 0};
	struct mark m[3] = {{&o, 'a'}, {&o, 'b'}, {&o, 'c'}};
	struct arena *a = arena_open(1000);
	struct arena *early = arena_scratch(a);
	struct arena *late = arena_scratch(a);
	arena_defer(early, note, &m[0]);
	arena_defer(late, note, &m[1]);
	arena_defer(a, note, &m[2]);
	arena_close(early);
	CHECK_STR(str_c(o.text), S("a"));
	arena_close(a);
	CHECK_STR(str_c(o.text), S("acb"));
}

static void
open_child(void *arg)
{
	arena_scratch(arg);
}

/* The leak checker is what would tell. */
TEST(a_child_of_a_full_arena_is_not_lost)
{
	struct arena *a = arena_open(1000);
	arena_fail_at(a, 1);
	CHECK(!arena_guard(a, open_child, a));
	arena_fail_at(a, 0);
	CHECK(arena_guard(a, open_child, a));
	arena_close(a);
}

/* A scratch child a batch, for ever, must not fill the parent. */
TEST(children_that_close_leave_nothing_behind)
{
	struct arena *a = arena_open(10000);
	for (int i = 0; i < 10000; i++) {
		struct arena *child = arena_scratch(a);
		arena_new(child, char, 100);
		arena_close(child);
	}
	CHECK_MAX(arena_used(a), 100);
	arena_close(a);
}

struct handing {
	struct arena *arena;
	struct mark *mark;
};

static void
hand_over(void *arg)
{
	struct handing *h = arg;
	arena_defer(h->arena, note, h->mark);
}

/* Whoever has something and hands it over when memory ends is rid of it. */
TEST(what_is_deferred_to_a_full_arena_is_cleaned_up_at_once)
{
	struct order o = {{0}, 0};
	struct mark m = {&o, 'x'};
	struct arena *a = arena_open(1000);
	struct handing h = {a, &m};
	arena_fail_at(a, 1);
	CHECK(!arena_guard(a, hand_over, &h));
	CHECK_STR(str_c(o.text), S("x"));
	CHECK(arena_guard(a, hand_over, &h));
	CHECK_INT(o.n, 1);
	arena_close(a);
	CHECK_STR(str_c(o.text), S("xx"));
}

TEST(deferred_things_of_a_guard_that_was_left_are_cleaned_up)
{
	struct order o = {{0}, 0};
	struct mark m = {&o, 'x'};
	struct arena *a = arena_open(1000);
	struct take t = {a, 5000, 0};
	arena_defer(a, note, &m);
	CHECK(!arena_guard(a, take_some, &t));
	CHECK_INT(o.n, 0);
	arena_close(a);
	CHECK_INT(o.n, 1);
}
