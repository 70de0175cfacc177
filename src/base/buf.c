/* SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { STACK_BYTES = 256, FIRST_BYTES = 256 };

struct buf
buf_new(struct arena *a, ptrdiff_t max)
{
	return (struct buf){.arena = a, .max = max};
}

struct buf
buf_on(char *p, ptrdiff_t size)
{
	return (struct buf){.p = p, .cap = size, .max = size};
}

/* No more than the maximum. */
static void
make_room(struct buf *b, ptrdiff_t cap)
{
	if (cap > b->max)
		cap = b->max;
	char *p = arena_new(b->arena, char, cap);
	if (b->n > 0)
		memcpy(p, b->p, (size_t)b->n);
	b->p = p;
	b->cap = cap;
}

void
buf_reserve(struct buf *b, ptrdiff_t n)
{
	if (n > b->cap && !b->full)
		make_room(b, n);
}

/* A full one has no room either: buf_add() looks at nothing else. */
void
buf_grow(struct buf *b, struct str s)
{
	if (b->full || s.n > b->max - b->n) {
		b->full = true;
		b->cap = b->n;
		return;
	}
	ptrdiff_t cap = b->cap > 0 ? b->cap : FIRST_BYTES;
	while (cap < b->n + s.n)
		cap *= 2;
	make_room(b, cap);
	buf_add(b, s);
}

void
buf_int(struct buf *b, int64_t value)
{
	char digits[20];
	int at = sizeof digits;
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (value < 0)
		digits[--at] = '-';
	buf_add(b, (struct str){digits + at, (ptrdiff_t)sizeof digits - at});
}

/* What does not fit on the stack is printed a second time, on the arena. */
static struct str PRINTF_LIKE(4, 0) print(
    struct arena *a, char *stack, size_t size, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(stack, size, fmt, args);
	assert(n >= 0);
	char *p = stack;
	if ((size_t)n >= size) {
		p = arena_new(a, char, n + 1);
		vsnprintf(p, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	return (struct str){p, n};
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	char stack[STACK_BYTES];
	va_list args;
	va_start(args, fmt);
	buf_add(b, print(b->arena, stack, sizeof stack, fmt, args));
	va_end(args);
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}

struct str
str_fmt(struct arena *a, const char *fmt, ...)
{
	char stack[STACK_BYTES];
	va_list args;
	va_start(args, fmt);
	struct str s = print(a, stack, sizeof stack, fmt, args);
	va_end(args);
	return s.p == stack ? str_dup(a, s) : s;
}

static void
json_escape(struct buf *b, char c)
{
	static const char escapes[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	static const char digit[] = "0123456789abcdef";
	unsigned char u = (unsigned char)c;
	const char *hit = c != 0 ? strchr(escapes, c) : NULL;
	buf_byte(b, '\\');
	if (hit != NULL && (hit - escapes) % 2 == 0) {
		buf_byte(b, hit[1]);
		return;
	}
	buf_add(b, S("u00"));
	buf_byte(b, digit[u >> 4]);
	buf_byte(b, digit[u & 15]);
}

void
buf_json(struct buf *b, struct str s)
{
	ptrdiff_t from = 0;
	buf_byte(b, '"');
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(b, str_sub(s, from, i));
		json_escape(b, s.p[i]);
		from = i + 1;
	}
	buf_add(b, str_sub(s, from, s.n));
	buf_byte(b, '"');
}

void
buf_hex(struct buf *b, const unsigned char *bytes, ptrdiff_t n)
{
	static const char digit[] = "0123456789abcdef";
	for (ptrdiff_t i = 0; i < n; i++) {
		buf_byte(b, digit[bytes[i] >> 4]);
		buf_byte(b, digit[bytes[i] & 15]);
	}
}
