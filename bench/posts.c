/* SPDX-License-Identifier: MPL-2.0 */
/* posts - durable writes through HTTP.
 *
 *	posts BASE COOKIE CSRF /netvaerk/ID SECONDS CLIENTS
 *
 * Each client holds one connection and posts a form as a page of ours would
 * (session, CSRF token, a key of its own); every form is another record.  It
 * sends the next when the answer to the last one is there, and any answer but
 * a 303 to the saved record ends the program.  Prints writes a second, median
 * and 99th percentile of the answer in ms. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/secret.h"
#include "bench/write.h"

enum { MAX_CLIENTS = 1024, MAX_WRITES = 4 * 1000 * 1000, HEAD_BYTES = 8192 };

struct client {
	int fd;
	struct arena *arena; /* of one request */
	int64_t sent_us;
	char got[HEAD_BYTES];
	ptrdiff_t n;
};

struct load {
	struct visitor visitor;
	struct client client[MAX_CLIENTS];
	int64_t n;
	double *latency_us;
};

static void
die(const char *what, struct str answer)
{
	fprintf(stderr, "posts: %s: %.*s\n", what, STR_ARG(answer));
	exit(1);
}

static void
post_next(struct load *l, struct client *c)
{
	arena_reset(c->arena);
	struct str request = write_request(c->arena, &l->visitor);
	c->n = 0;
	c->sent_us = clock_mono_us();
	if (!client_send(c->fd, request))
		die("the connection is gone", S(""));
}

/* What has come; the next one is sent when the answer is whole. */
static void
take(struct load *l, struct client *c)
{
	struct answer answer;
	ssize_t n = read(c->fd, c->got + c->n, (size_t)(HEAD_BYTES - c->n));
	if (n <= 0)
		die("the connection ended", (struct str){c->got, c->n});
	c->n += n;
	struct str got = {c->got, c->n};
	if (!answer_read(got, &answer) || c->n < answer.total)
		return;
	if (!write_is_saved(&l->visitor, &answer))
		die("it was not saved", got);
	if (l->n < MAX_WRITES)
		l->latency_us[l->n++] = (double)(clock_mono_us() - c->sent_us);
	post_next(l, c);
}

static int
open_clients(struct load *l, struct arena *a, int n)
{
	int set = epoll_create1(0);
	for (int i = 0; i < n; i++) {
		struct client *c = &l->client[i];
		struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = c};
		c->arena = arena_scratch(a);
		c->fd = client_connect(&l->visitor.target);
		if (c->fd < 0 || epoll_ctl(set, EPOLL_CTL_ADD, c->fd, &wanted))
			die("cannot connect", l->visitor.target.host);
		post_next(l, c);
	}
	return set;
}

static void
run(struct load *l, int set, int64_t until_us)
{
	struct epoll_event ready[64];
	while (clock_mono_us() < until_us) {
		int n = epoll_wait(set, ready, COUNT_OF(ready), 100);
		for (int i = 0; i < n; i++)
			take(l, ready[i].data.ptr);
	}
}

int
main(int argc, char **argv)
{
	int64_t seconds = 0, clients = 0;
	struct arena *a = arena_open((ptrdiff_t)1024 * 1024 * 1024);
	if (a == NULL || argc != 7 || !str_int(str_c(argv[5]), &seconds) ||
	    !str_int(str_c(argv[6]), &clients) || clients < 1 ||
	    clients > MAX_CLIENTS)
		return 2;
	secret_init();
	struct load *l = arena_new(a, struct load, 1);
	l->visitor = (struct visitor){target_of(a, argv[1]), str_c(argv[2]),
	    str_c(argv[3]), str_c(argv[4])};
	l->latency_us = arena_new(a, double, MAX_WRITES);
	int set = open_clients(l, a, (int)clients);
	int64_t from_us = clock_mono_us();
	run(l, set, from_us + seconds * SECOND_US);
	write_report(l->latency_us, l->n,
	    (double)(clock_mono_us() - from_us) / SECOND_US);
	arena_close(a);
	return 0;
}
