/* SPDX-License-Identifier: MPL-2.0 */
/* votes - people who answer the statements of a dialogue, each a device of its
 * own, and others who watch.
 *
 *	votes BASE DIR SECONDS CLIENTS RATE WATCHERS
 *
 * DIR is the folder of the server on BASE, with the worked example: its key
 * makes the cookies.  Each client holds one connection and posts as a page of
 * ours would; whoever has answered every statement gives way to the next
 * person.  RATE: votes a second of all clients together, so that an answer's
 * time has no queue of our own in it; 0: as fast as they can.  Any answer but a
 * 303 ends the program.  Prints votes a second, median and 99th percentile of
 * the answer in ms, and how many events a watcher heard. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/secret.h"
#include "bench/example.h"
#include "bench/write.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/dialogue.h"
#include "web/talk.h"

enum {
	MAX_CLIENTS = 1024,
	MAX_WATCHERS = 2000,
	MAX_VOTES = 4 * 1000 * 1000,
	HEAD_BYTES = 8192,
	STATEMENTS = 11, /* of the example */
};

struct client {
	int fd;
	struct arena *arena; /* of one request */
	struct str cookie;
	int next; /* statement */
	int64_t sent_us, due_us;
	bool waits; /* for its answer */
	char got[HEAD_BYTES];
	ptrdiff_t n;
};

struct load {
	struct target target;
	struct actor program;
	struct arena *arena;
	struct str path;
	struct client client[MAX_CLIENTS];
	int64_t clients, rate, n, events;
	double *latency_us;
};

static void
die(const char *what, struct str answer)
{
	fprintf(stderr, "votes: %s: %.*s\n", what, STR_ARG(answer));
	exit(1);
}

static void
post_next(struct load *l, struct client *c)
{
	arena_reset(c->arena);
	if (c->next == 0)
		c->cookie = STR_JOIN(l->arena, S("__Host-deltager="),
		    talk_device(l->arena, &l->program, token_new(l->arena)));
	struct str form = str_fmt(c->arena, "udsagn=%d&svar=%d", c->next,
	    (int)(clock_mono_us() % 3) - 1);
	c->next = (c->next + 1) % STATEMENTS;
	c->n = 0;
	c->waits = true;
	c->sent_us = clock_mono_us();
	if (!client_send(c->fd,
		client_post(c->arena, &l->target, l->path, c->cookie, form)))
		die("the connection is gone", S(""));
	if (l->rate > 0)
		c->due_us += SECOND_US * l->clients / l->rate;
}

/* What has come. */
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
	if (answer.status != 303)
		die("it was not taken", got);
	if (l->n < MAX_VOTES)
		l->latency_us[l->n++] = (double)(clock_mono_us() - c->sent_us);
	c->waits = false;
	if (l->rate == 0)
		post_next(l, c);
}

static void
open_clients(struct load *l, int set)
{
	for (int64_t i = 0; i < l->clients; i++) {
		struct client *c = &l->client[i];
		struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = c};
		c->arena = arena_scratch(l->arena);
		c->fd = client_connect(&l->target);
		if (c->fd < 0 || epoll_ctl(set, EPOLL_CTL_ADD, c->fd, &wanted))
			die("cannot connect", l->target.host);
		c->due_us = clock_mono_us() +
		    (l->rate > 0 ? SECOND_US * i / l->rate : 0);
		if (l->rate == 0)
			post_next(l, c);
	}
}

static void
open_watchers(struct load *l, int set, int64_t n)
{
	struct str path = str_cat(l->arena, l->path, S("/live"));
	struct str ask = client_get(l->arena, &l->target, path, S(""));
	for (int64_t i = 0; i < n; i++) {
		int fd = client_connect(&l->target);
		struct epoll_event wanted = {
		    .events = EPOLLIN, .data.u64 = (uint64_t)fd << 1 | 1};
		if (fd < 0 || !client_send(fd, ask) ||
		    epoll_ctl(set, EPOLL_CTL_ADD, fd, &wanted))
			die("cannot watch", l->target.host);
	}
}

static void
hear(struct load *l, int fd)
{
	char text[HEAD_BYTES];
	ssize_t n = read(fd, text, sizeof text);
	if (n <= 0)
		die("a watcher was cut off", S(""));
	if (str_find((struct str){text, n}, S("event: room")) >= 0)
		l->events++;
}

static void
run(struct load *l, int set, int64_t until_us)
{
	struct epoll_event ready[256];
	while (clock_mono_us() < until_us) {
		int n = epoll_wait(set, ready, COUNT_OF(ready), 1);
		for (int i = 0; i < n; i++) {
			if ((ready[i].data.u64 & 1) != 0)
				hear(l, (int)(ready[i].data.u64 >> 1));
			else
				take(l, ready[i].data.ptr);
		}
		for (int64_t i = 0; l->rate > 0 && i < l->clients; i++) {
			struct client *c = &l->client[i];
			if (!c->waits && c->due_us <= clock_mono_us())
				post_next(l, c);
		}
	}
}

static enum err
find_dialogue(struct load *l, const char *dir)
{
	struct db *db;
	struct records all = {0};
	struct actor inside;
	struct keys *keys = arena_new(l->arena, struct keys, 1);
	struct db_place place = {.dir = str_c(dir)};
	enum err e = keys_load(str_c(dir), false, keys);
	if (e == ERR_OK)
		e = db_open(l->arena, &place, DB_READ, &db);
	if (e == ERR_OK)
		e = example_leader(db, l->arena, keys, clock_now_us(), &inside);
	if (e == ERR_OK)
		e = record_list(db, l->arena, &inside, KIND_DIALOGUE, &all);
	if (e != ERR_OK || all.n == 0)
		return ERR_NOT_FOUND;
	l->program = actor_program(inside.org, keys, clock_now_us());
	l->path = STR_JOIN(l->arena, S("/dialog/"), all.list[0].id_text);
	db_close(db);
	return ERR_OK;
}

int
main(int argc, char **argv)
{
	int64_t seconds, watchers;
	struct arena *a = arena_open((ptrdiff_t)2048 * 1024 * 1024);
	struct load *l = arena_new(a, struct load, 1);
	if (argc != 7 || !str_int(str_c(argv[3]), &seconds) ||
	    !str_int(str_c(argv[4]), &l->clients) || l->clients < 1 ||
	    l->clients > MAX_CLIENTS || !str_int(str_c(argv[5]), &l->rate) ||
	    !str_int(str_c(argv[6]), &watchers) || watchers > MAX_WATCHERS)
		return 2;
	secret_init();
	l->arena = a;
	l->target = target_of(a, argv[1]);
	l->latency_us = arena_new(a, double, MAX_VOTES);
	if (find_dialogue(l, argv[2]) != ERR_OK)
		die("no dialogue", str_c(argv[2]));
	int set = epoll_create1(0);
	open_watchers(l, set, watchers);
	open_clients(l, set);
	int64_t from_us = clock_mono_us();
	run(l, set, from_us + seconds * SECOND_US);
	write_report(l->latency_us, l->n,
	    (double)(clock_mono_us() - from_us) / SECOND_US);
	printf(
	    "%.1f\n", watchers > 0 ? (double)l->events / (double)watchers : 0);
	arena_close(a);
	return 0;
}
