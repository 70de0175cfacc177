/* SPDX-License-Identifier: MPL-2.0 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include "http/http.h"

/* guard.h - what libmicrohttpd lets through and we do not.
 *
 * Version 0.9.75 parses leniently: two Content-Lengths, one together with
 * Transfer-Encoding, a space before the colon (doc/http.md).  Such a request
 * can mean two things to two servers, so it is refused and the connection
 * closed.  Pure.  Tests: tests/http/guard.c, tests/fuzz/guard.c
 */
struct guard_input {
	struct str method, version; /* as sent */
	struct str target; /* as sent, before any unescaping */
	struct http_pairs headers; /* names as sent */
};

/* 0, or the status to refuse it with. */
int guard_check(const struct guard_input *);

/* A header's value without the blanks after it, which libmicrohttpd keeps. */
struct str guard_value(struct str);

/* Whether the head stood on the wire as it should: one space between the parts
 * of the request line, CR LF at the end of each line, no NUL, no folded line.
 * libmicrohttpd forgives all that and does not tell, but the version named
 * here leaves the parts in the buffer they came in, so that their places say
 * it.  `line` is the target in that buffer; method, version and headers must
 * lie there too.  `bytes` is how long the head was, from its method to the
 * empty line.  One thing does not show: a NUL in the place of a CR. */
#define GUARD_LAYOUT_VERSION "0.9.75"
bool guard_layout(
    const struct guard_input *, const char *line, ptrdiff_t bytes);

/* The path of a target, unescaped once, and its query; ERR_INVALID for one
 * that could be read in two ways. */
enum err guard_target(struct arena *, struct str target, struct str *path,
    struct str *query) MUST_USE;

#endif
