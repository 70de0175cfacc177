/* SPDX-License-Identifier: MPL-2.0 */
/* watch - how soon watchers of a network hear of a change, and what they cost.
 *
 *	watch BASE COOKIE CSRF /netvaerk/ID WATCHERS EVENTS PID
 *
 * Opens the watchers' event streams, then saves EVENTS records one after
 * another.  The clock of each starts when the form is sent, so its commit is
 * in the figure.  Prints, on one line: median, 99th percentile and slowest
 * arrival in ms, arrivals that never came, and how much the resident memory of
 * process PID grew, in KB a watcher. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/secret.h"
#include "bench/stat.h"
#include "bench/write.h"

enum {
	MAX_WATCHERS = 20000,
	PATIENCE_US = 3 * SECOND_US,
	PAUSE_MS = 50, /* between two events */
	SPARE_FDS = 64,
};

struct watch {
	struct visitor visitor;
	int set; /* epoll's */
	int watchers, events, writer_fd;
	double *arrival_us;
	ptrdiff_t n;
};

static void
die(const char *what)
{
	fprintf(stderr, "watch: %s\n", what);
	exit(1);
}

static int64_t
resident_kb(struct arena *a, struct str pid)
{
	char text[4096];
	int64_t pages = 0;
	const char *path =
	    str_cstr(a, str_fmt(a, "/proc/%.*s/statm", STR_ARG(pid)));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text);
	close(fd);
	struct str rest = {text, n > 0 ? n : 0};
	str_cut(&rest, ' ');
	if (!str_int(str_cut(&rest, ' '), &pages))
		die("no such process");
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void
allow_descriptors(int watchers)
{
	struct rlimit files;
	rlim_t want = (rlim_t)watchers + SPARE_FDS;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	if (files.rlim_cur < want)
		files.rlim_cur = want;
	if (files.rlim_max < want)
		files.rlim_max = want;
	if (setrlimit(RLIMIT_NOFILE, &files) != 0)
		die("not allowed so many descriptors (ulimit -n)");
}

/* Waits for the stream's first bytes. */
static void
open_watcher(struct watch *w, struct str request)
{
	char text[4096];
	struct answer answer;
	int fd = client_connect(&w->visitor.target);
	struct epoll_event wanted = {.events = EPOLLIN, .data.fd = fd};
	if (fd < 0 || !client_send(fd, request))
		die("cannot connect");
	ssize_t n = read(fd, text, sizeof text);
	if (n <= 0 || !answer_read((struct str){text, n}, &answer) ||
	    answer.status != 200)
		die("a watcher was refused");
	if (epoll_ctl(w->set, EPOLL_CTL_ADD, fd, &wanted) != 0)
		die("epoll_ctl");
}

static void
save_one(struct watch *w, struct arena *a)
{
	if (!client_send(w->writer_fd, write_request(a, &w->visitor)))
		die("the writer's connection is gone");
}

static void
take_answer(struct watch *w)
{
	char text[8192];
	struct answer answer;
	ssize_t n = read(w->writer_fd, text, sizeof text);
	if (n <= 0 || !answer_read((struct str){text, n}, &answer) ||
	    !write_is_saved(&w->visitor, &answer))
		die("a record was not saved");
}

/* Whether the event is in what has come; a heartbeat is not one. */
static bool
take_event(int fd)
{
	char text[4096];
	ssize_t n = read(fd, text, sizeof text);
	if (n <= 0)
		die("a watcher was cut off");
	return str_find((struct str){text, n}, S("event: changed")) >= 0;
}

/* Gives how many watchers heard of it in time. */
static int
one_event(struct watch *w, struct arena *a)
{
	struct epoll_event ready[256];
	int heard = 0;
	int64_t from_us = clock_mono_us();
	save_one(w, a);
	while (heard < w->watchers && clock_mono_us() < from_us + PATIENCE_US) {
		int n = epoll_wait(w->set, ready, COUNT_OF(ready), 100);
		int64_t now_us = clock_mono_us();
		for (int i = 0; i < n; i++) {
			if (!take_event(ready[i].data.fd))
				continue;
			w->arrival_us[w->n++] = (double)(now_us - from_us);
			heard++;
		}
	}
	take_answer(w);
	return heard;
}

static void
run(struct watch *w, struct arena *a, struct str pid)
{
	struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
	int64_t lost = 0, before_kb = resident_kb(a, pid);
	struct str path = str_cat(a, w->visitor.network, S("/live"));
	struct str request =
	    client_get(a, &w->visitor.target, path, w->visitor.cookie);
	for (int i = 0; i < w->watchers; i++)
		open_watcher(w, request);
	for (int i = 0; i < w->events; i++) {
		struct arena *scratch = arena_scratch(a);
		lost += w->watchers - one_event(w, scratch);
		arena_close(scratch);
		nanosleep(&pause, NULL);
	}
	double grown_kb = (double)(resident_kb(a, pid) - before_kb);
	double middle = stat_median(w->arrival_us, w->n);
	double late = stat_percentile(w->arrival_us, w->n, 0.99);
	double last = stat_percentile(w->arrival_us, w->n, 1);
	printf("%.1f %.1f %.1f %lld %.1f\n", middle / 1000, late / 1000,
	    last / 1000, (long long)lost, grown_kb / w->watchers);
}

int
main(int argc, char **argv)
{
	int64_t watchers = 0, events = 0;
	struct arena *a = arena_open((ptrdiff_t)1024 * 1024 * 1024);
	if (a == NULL || argc != 8 || !str_int(str_c(argv[5]), &watchers) ||
	    !str_int(str_c(argv[6]), &events) || watchers < 1 ||
	    watchers > MAX_WATCHERS)
		return 2;
	secret_init();
	struct watch w = {.visitor = {target_of(a, argv[1]), str_c(argv[2]),
			      str_c(argv[3]), str_c(argv[4])},
	    .watchers = (int)watchers,
	    .events = (int)events,
	    .set = epoll_create1(EPOLL_CLOEXEC)};
	w.arrival_us = arena_new(a, double, watchers *events);
	allow_descriptors(w.watchers);
	w.writer_fd = client_connect(&w.visitor.target);
	if (w.writer_fd < 0)
		die("cannot connect");
	run(&w, a, str_c(argv[7]));
	arena_close(a);
	return 0;
}
