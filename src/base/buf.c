/* SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { STACK_BYTES = 256 };

struct buf
buf_new(struct arena *a, ptrdiff_t max)
{
	return (struct buf){.arena = a, .max = max};
}

/* Room for `more` bytes, or full. */
static bool
buf_room(struct buf *b, ptrdiff_t more)
{
	if (b->full || more > b->max - b->n) {
		b->full = true;
		return false;
	}
	if (b->cap - b->n >= more)
		return true;
	ptrdiff_t cap = b->cap > 0 ? b->cap : 256;
	while (cap < b->n + more)
		cap *= 2;
	char *p = arena_new(b->arena, char, cap);
	if (b->n > 0)
		memcpy(p, b->p, (size_t)b->n);
	b->p = p;
	b->cap = cap;
	return true;
}

void
buf_add(struct buf *b, struct str s)
{
	if (s.n == 0 || !buf_room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, (size_t)s.n);
	b->n += s.n;
}

void
buf_byte(struct buf *b, char c)
{
	if (b->n == b->cap || b->n == b->max || b->full)
		buf_add(b, (struct str){&c, 1});
	else
		b->p[b->n++] = c;
}

void
buf_int(struct buf *b, int64_t value)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRId64, value);
	buf_add(b, (struct str){digits, n});
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

void
buf_json(struct buf *b, struct str s)
{
	static const char escapes[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	buf_byte(b, '"');
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		const char *hit = c != 0 ? strchr(escapes, c) : NULL;
		if (hit != NULL && (hit - escapes) % 2 == 0) {
			buf_byte(b, '\\');
			buf_byte(b, hit[1]);
		} else if ((unsigned char)c < 0x20 || c == 0x7f) {
			buf_fmt(b, "\\u%04x", (unsigned)c);
		} else {
			buf_byte(b, c);
		}
	}
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
