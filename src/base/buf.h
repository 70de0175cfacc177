/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>

#include "base/str.h"

/* buf.h - text that grows, on an arena, up to a maximum.
 *
 * Printing is appending.  Past the maximum `full` becomes true and stays so,
 * and nothing more is added: check once, at the end.  Never print HTML or SQL
 * with buf_fmt: views escape (tools/tmplc.c), SQL takes parameters.
 * Tests: tests/base/buf.c
 */
struct buf {
	struct arena *arena;
	char *p;
	ptrdiff_t n, cap, max; /* bytes */
	bool full;
};

struct buf buf_new(struct arena *, ptrdiff_t max);
/* On `size` bytes of the caller's, which are its maximum. */
struct buf buf_on(char *, ptrdiff_t size);
/* Room for `n` bytes at once, where so many are likely. */
void buf_reserve(struct buf *, ptrdiff_t n);
void buf_grow(struct buf *, struct str); /* buf_add(), where room is short */

static inline void
buf_add(struct buf *b, struct str s)
{
	if (s.n > b->cap - b->n) {
		buf_grow(b, s);
	} else if (s.n > 0) {
		memcpy(b->p + b->n, s.p, (size_t)s.n);
		b->n += s.n;
	}
}

static inline void
buf_byte(struct buf *b, char c)
{
	buf_add(b, (struct str){&c, 1});
}

void buf_int(struct buf *, int64_t);
void buf_fmt(struct buf *, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* What is in it, on its arena; the buf may go on growing elsewhere. */
struct str buf_str(const struct buf *);

/* printf into an arena string. */
struct str str_fmt(struct arena *, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Adds `s` as a JSON string, quotes included, control bytes escaped. */
void buf_json(struct buf *, struct str s);

/* `n` bytes as lower-case hex. */
void buf_hex(struct buf *, const unsigned char *bytes, ptrdiff_t n);

#endif
