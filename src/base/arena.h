/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"

/* arena.h - memory that dies together.
 *
 * An arena hands out zeroed memory and takes it all back at once; there is no
 * free().  Four kinds exist: process, request, job, and scratch (a child that
 * ends with the function that made it); doc/memory.md says which to take.
 *
 * arena_new() never returns NULL.  Past the limit the arena is full: inside
 * arena_guard() the guarded call is left at once and the guard returns false
 * (a request is answered 503, a lane undoes one savepoint); without a guard
 * the limit is printed and the program exits with 2.
 *
 * Built with ARENA_DEBUG each allocation is its own malloc, so that ASan sees
 * an overflow into a neighbour.
 *
 * One thread at a time.  Tests: tests/base/arena.c
 */
struct arena;

/* A new arena of at most `limit` bytes.  NULL only when malloc fails. */
struct arena *arena_open(ptrdiff_t limit);

/* A child with what is left of the parent's limit; close it, or it is closed
 * with the parent.  A child that runs full leaves the parent's guard. */
struct arena *arena_scratch(struct arena *parent);

/* Runs the cleanups, last added first, then frees every block.  NULL is ok. */
void arena_close(struct arena *);

/* Like close and open with the same limit, but keeps the first block. */
void arena_reset(struct arena *);

/* `n` zeroed objects of type `T`, aligned for it.  n == 0 is fine. */
#define arena_new(a, T, n) \
	((T *)arena_alloc( \
	    (a), (ptrdiff_t)sizeof(T), (ptrdiff_t)alignof(T), (n)))
void *arena_alloc(struct arena *, ptrdiff_t size, ptrdiff_t align, ptrdiff_t n);

/* Ties something that is not memory (a statement, an fd) to the arena.  When
 * the arena is full, fn(arg) is called at once and then the guard is left: what
 * was handed over is never left behind. */
void arena_defer(struct arena *, void (*fn)(void *), void *arg);

/* Calls fn(arg).  False when `a` (or a scratch child) ran full meanwhile: the
 * call was left in the middle, only deferred things are cleaned up (at close).
 * The only setjmp of the program is in here.  Guards on one arena may nest;
 * the innermost one is left. */
bool arena_guard(struct arena *a, void (*fn)(void *), void *arg) MUST_USE;

/* Bytes handed out so far, children excluded. */
ptrdiff_t arena_used(const struct arena *);

/* Tests only: the n-th allocation from now (1 = the next) finds the arena
 * full; 0 switches it off. */
void arena_fail_at(struct arena *, ptrdiff_t n);

#endif
