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

/* The path of a target, unescaped once, and its query; ERR_INVALID for one
 * that could be read in two ways. */
enum err guard_target(struct arena *, struct str target, struct str *path,
    struct str *query) MUST_USE;

#endif
