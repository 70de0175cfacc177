/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H

#include "base/str.h"

/* client.h - just enough of an HTTP/1.1 client to load a server on loopback.
 *
 * It understands what Samskab and Fossil answer: a head, then a body of the
 * announced length, or one that goes on (an event stream). */
struct target {
	int port;
	struct str host; /* "127.0.0.1:PORT", for the Host header */
};

/* "http://127.0.0.1:PORT"; ends the program when it is something else. */
struct target target_of(struct arena *, const char *base);

/* A connected socket that blocks; -1 when nobody listens. */
int client_connect(const struct target *);

/* A GET, or a form's POST from a page of the target's own.  `cookie` may be
 * "". */
struct str client_get(
    struct arena *, const struct target *, struct str path, struct str cookie);
struct str client_post(struct arena *, const struct target *, struct str path,
    struct str cookie, struct str form);

/* Sends all of it.  False: the peer is gone. */
bool client_send(int fd, struct str request);

struct answer {
	int status;
	struct str head, body; /* body: what has come of it */
	ptrdiff_t total; /* head and announced body */
};

/* Whether `bytes` begin with a whole head. */
bool answer_read(struct str bytes, struct answer *) MUST_USE;

/* One question and its whole answer on a connection of its own.  False: no
 * answer came. */
bool client_ask(struct arena *, const struct target *, struct str request,
    struct answer *) MUST_USE;

/* The value of a header, as sent; "" when it is not there. */
struct str answer_header(const struct answer *, struct str name);

#endif
