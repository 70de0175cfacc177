/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_MADE_H
#define WEB_MADE_H

#include "web/req.h"

/* made.h - a large file that is made for one request, on the pool, into a file
 * without a name that is gone with it: neither writes nor memory wait for it.
 * One at a time in the whole program, for its memory's sake, and one for those
 * who do not sign in: they keep nobody of the staff waiting.
 * Tests: tests/web/exchange.c, tests/web/public_page.c */
struct made_file {
	/* Writes it into made->fd with made->arena, and sets made->size. */
	enum err (*make)(struct req *, struct made_file *);
	const void *with; /* for make() */
	bool public; /* for anybody: in the turn of those who do not sign in */
	ptrdiff_t work; /* bytes of the arena; past them: ERR_TOO_LARGE */
	struct arena *arena;
	int fd; /* for req_file_of(); closed with the request */
	int64_t size;
};

/* ERR_UNAVAIL: another one is being made, or there is no room for it. */
enum err made_alone(struct req *, struct made_file *) MUST_USE;

#endif
