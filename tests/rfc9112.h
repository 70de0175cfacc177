/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_RFC9112_H
#define TESTS_RFC9112_H

#include "base/str.h"

/* rfc9112.h - a request read by the letter of RFC 9112 and RFC 9110.
 *
 * The second opinion of tests/fuzz/guard.c and tests/fuzz/wire.c: what the
 * server lets through must be a request here too, and the same one.  It knows
 * nothing of src/http, forgives nothing, and leaves out what we do not serve:
 * chunks, folded lines, HTTP/0.9, a request target that is no path.
 */
enum { STRICT_FIELDS = 2000 };

enum strict {
	STRICT_OK,
	STRICT_SHORT, /* so far so good, but it is not all there */
	STRICT_BAD,
};

struct strict_field {
	struct str name, value;
};

struct strict_request {
	struct str method, target, version;
	struct str host; /* "": HTTP/1.0 without one */
	struct strict_field *field;
	ptrdiff_t n_fields;
	struct str body;
	ptrdiff_t bytes; /* all of it */
};

/* The request that `s` begins with.  `hidden`: line ends that libmicrohttpd
 * 0.9.75 hides from the guard are taken for CR LF (doc/http.md). */
enum strict strict_read(
    struct arena *, struct str s, bool hidden, struct strict_request *);

#endif
