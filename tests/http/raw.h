/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_HTTP_RAW_H
#define TESTS_HTTP_RAW_H

#include "http/http.h"
#include "tests/test.h"

/* raw.h - a server in this process, and bytes sent to it as they are. */
struct raw {
	struct http_server *server;
	int port;
	_Atomic int handled, smuggled; /* requests a page saw; for /smuggled */
	bool later; /* answered by another thread */
};

void raw_start(struct raw *, struct arena *, bool unguarded);
void raw_stop(struct raw *);

int raw_connect(const struct raw *);

/* Sends the bytes and reads until the peer closes or is silent for `ms`. */
struct str raw_talk(
    const struct raw *, struct arena *, struct str bytes, int ms);
struct str raw_read(int fd, struct arena *, int ms);

/* The status of the first response; 0: none came. */
int raw_status(struct str answer);

/* How many responses there are. */
int raw_count(struct str answer);

#endif
