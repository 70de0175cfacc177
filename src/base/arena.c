/* SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"

#include <assert.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 16 * 1024 };

struct block {
	struct block *older;
	ptrdiff_t size, used; /* of data[], in bytes */
	alignas(max_align_t) char data[];
};

struct cleanup {
	struct cleanup *older;
	void (*fn)(void *);
	void *arg;
};

struct guard {
	struct guard *outer;
	jmp_buf at;
};

struct arena {
	struct arena *parent;
	struct block *newest;
	struct cleanup *cleanups;
	struct cleanup *spare; /* of children that closed early */
	struct cleanup due; /* that finds no place just now; fn NULL: none */
	struct guard *guard;
	ptrdiff_t limit, used; /* bytes */
	ptrdiff_t fail_in; /* 0: never */
};

struct arena *
arena_open(ptrdiff_t limit)
{
	assert(limit > 0);
	struct arena *a = calloc(1, sizeof *a);
	if (a != NULL)
		a->limit = limit;
	return a;
}

static void NORETURN
arena_full(struct arena *a)
{
	struct cleanup due = a->due;
	a->due.fn = NULL;
	if (due.fn != NULL)
		due.fn(due.arg);
	for (struct arena *at = a; at != NULL; at = at->parent) {
		if (at->guard != NULL)
			longjmp(at->guard->at, 1);
	}
	fprintf(stderr,
	    "samskab: out of memory: the limit of %td bytes "
	    "for this piece of work is reached\n",
	    a->limit);
	exit(2);
}

static void
close_child(void *child)
{
	struct arena *a = child;
	if (a == NULL)
		return;
	a->parent = NULL;
	arena_close(a);
}

struct arena *
arena_scratch(struct arena *parent)
{
	/* Its place among the cleanups first: a full parent does not return. */
	arena_defer(parent, close_child, NULL);
	struct arena *child = arena_open(parent->limit - parent->used);
	if (child == NULL)
		arena_full(parent);
	child->parent = parent;
	parent->cleanups->arg = child;
	return child;
}

/* A child that closes early must not be closed again with its parent. */
static void
forget_child(struct arena *parent, const struct arena *child)
{
	struct cleanup **at = &parent->cleanups;
	while (*at != NULL && ((*at)->fn != close_child || (*at)->arg != child))
		at = &(*at)->older;
	if (*at == NULL)
		return;
	struct cleanup *c = *at;
	*at = c->older;
	c->older = parent->spare;
	parent->spare = c;
}

static void
run_cleanups(struct arena *a)
{
	while (a->cleanups != NULL) {
		struct cleanup *c = a->cleanups;
		a->cleanups = c->older;
		c->fn(c->arg);
	}
}

/* All of them, or all but the oldest. */
static void
free_blocks(struct arena *a, bool keep_oldest)
{
	for (struct block *b = a->newest; b != NULL;) {
		struct block *older = b->older;
		if (older != NULL || !keep_oldest)
			free(b);
		b = older;
	}
}

void
arena_close(struct arena *a)
{
	if (a == NULL)
		return;
	run_cleanups(a);
	if (a->parent != NULL)
		forget_child(a->parent, a);
	free_blocks(a, false);
	free(a);
}

void
arena_reset(struct arena *a)
{
	run_cleanups(a);
	struct block *first = a->newest;
	while (first != NULL && first->older != NULL)
		first = first->older;
#ifdef ARENA_DEBUG
	first = NULL;
#endif
	free_blocks(a, first != NULL);
	if (first != NULL) {
		memset(first->data, 0, (size_t)first->used);
		first->used = 0;
	}
	a->newest = first;
	a->used = 0;
	a->spare = NULL;
	a->guard = NULL;
}

static struct block *
block_add(struct arena *a, ptrdiff_t bytes)
{
	ptrdiff_t size = bytes;
#ifndef ARENA_DEBUG
	if (size < BLOCK_BYTES)
		size = BLOCK_BYTES;
#endif
	struct block *b = calloc(1, sizeof *b + (size_t)size);
	if (b == NULL)
		arena_full(a);
	b->size = size;
	b->older = a->newest;
	a->newest = b;
	return b;
}

static ptrdiff_t
padding(const struct block *b, ptrdiff_t align)
{
	return (ptrdiff_t)(-(uintptr_t)(b->data + b->used) &
	    (uintptr_t)(align - 1));
}

void *
arena_alloc(struct arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t n)
{
	assert(size > 0 && n >= 0 && align > 0 && (align & (align - 1)) == 0);
	assert(align <= (ptrdiff_t)alignof(max_align_t));
	if (a->fail_in > 0 && --a->fail_in == 0)
		arena_full(a);
	if (n > (a->limit - a->used) / size)
		arena_full(a);

	ptrdiff_t bytes = n * size;
	struct block *b = a->newest;
#ifdef ARENA_DEBUG
	b = block_add(a, bytes);
#else
	if (b == NULL || b->size - b->used - padding(b, align) < bytes)
		b = block_add(a, bytes + align);
#endif
	ptrdiff_t pad = padding(b, align);
	void *p = b->data + b->used + pad;
	b->used += pad + bytes;
	a->used += bytes;
	return p;
}

void
arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct cleanup *c = a->spare;
	a->due = (struct cleanup){.fn = fn, .arg = arg};
	if (c != NULL)
		a->spare = c->older;
	else
		c = arena_new(a, struct cleanup, 1);
	a->due.fn = NULL;
	*c = (struct cleanup){.older = a->cleanups, .fn = fn, .arg = arg};
	a->cleanups = c;
}

bool
arena_guard(struct arena *a, void (*fn)(void *), void *arg)
{
	struct guard guard = {.outer = a->guard};
	struct guard *volatile outer = a->guard;
	if (setjmp(guard.at) != 0) {
		a->guard = outer;
		return false;
	}
	a->guard = &guard;
	fn(arg);
	a->guard = outer;
	return true;
}

ptrdiff_t
arena_used(const struct arena *a)
{
	return a->used;
}

void
arena_fail_at(struct arena *a, ptrdiff_t n)
{
	a->fail_in = n;
}
