/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_HTTP_HELP_H
#define TESTS_HTTP_HELP_H

#include <stdatomic.h>

#include "http/http.h"
#include "tests/test.h"

/* help.h - a real server in this process, and a client that speaks bytes.
 *
 * The server knows these pages, and counts what it was asked:
 *	/hello          "hello"
 *	/smuggled       nobody may ever get here (counted apart)
 *	/echo  (POST)   what came in, a line a form value, file or body
 *	/later          answered by another thread after 20 ms
 *	/hold           answered by another thread when let_go() is called
 *	/big            1 MB
 *	/file           a line of digits in a file of 3 MB, then "end"
 *	/shared         "shared", a body that several responses hold
 *	/events/TOPIC   a stream
 * It stops when the test's arena closes.
 */
struct served {
	struct http_server *server;
	struct http_config config;
	struct http_ready *ready;
	struct arena *arena;
	atomic_int hits, smuggled, threads_bad;
	atomic_bool go;
	_Atomic int64_t body_bytes; /* largest body a handler got */
	bool stopped;
};

/* Fills what config leaves out; NULL: the usual one. */
struct served *serve(struct arena *, const struct http_config *);
void let_go(struct served *);
void serve_stop(struct served *, int seconds);

/* Connections; each ends with the test's arena at the latest. */
int dial(struct served *);
void hang_up(int fd);

/* False when the other side has closed. */
bool say(int fd, struct str bytes);
bool say_slowly(int fd, struct str bytes); /* byte by byte */

struct reply {
	int status; /* 0: closed without an answer */
	int n; /* complete or begun answers */
	bool closed; /* by the server, within the time */
	struct str text; /* all of it, as it came */
	struct str body; /* of the first answer */
};

/* Reads until the server closes, or `ms` have gone by in silence. */
struct reply hear(struct arena *, int fd, int ms);
/* Reads one answer with a Content-Length. */
struct reply hear_one(struct arena *, int fd, bool head);
struct reply ask(struct served *, struct str bytes);

int64_t now_ms(void);
void wait_ms(int ms);

#endif
