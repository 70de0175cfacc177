/* SPDX-License-Identifier: MPL-2.0 */

/* Start and stop. */
#include <assert.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/guard.h"
#include "http/inner.h"

enum {
	POOL_BYTES = 16 * 1024, /* of request line and headers */
	LEAST_ARENA = 128 * 1024,
};

/* The target is unescaped by guard_target(), once. */
static size_t
keep_escaped(void *arg, struct MHD_Connection *connection, char *s)
{
	(void)arg;
	(void)connection;
	return strlen(s);
}

static void
on_error(void *arg, const char *fmt, va_list args)
{
	/* MHD's own words may quote what a client sent: they are not logged. */
	(void)arg;
	(void)fmt;
	(void)args;
}

/* conns.c counts connections; libmicrohttpd's own limit is a share a thread
 * and must not get in the way.  Nor its timeout, which every byte renews. */
struct MHD_Daemon *
daemon_start(struct http_server *s, unsigned polling)
{
	int threads = s->config.threads;
	unsigned flags = polling | MHD_ALLOW_SUSPEND_RESUME |
	    MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC | MHD_USE_ERROR_LOG;
	return MHD_start_daemon(flags, 0, NULL, NULL, exchange_call, s,
	    MHD_OPTION_EXTERNAL_LOGGER, on_error, NULL,
	    MHD_OPTION_THREAD_POOL_SIZE, (unsigned)(threads > 1 ? threads : 0),
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)(threads * s->conns.n),
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
#if MHD_VERSION >= 0x00097701
	    MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1,
#endif
	    MHD_OPTION_URI_LOG_CALLBACK, exchange_target, s,
	    MHD_OPTION_UNESCAPE_CALLBACK, keep_escaped, NULL,
	    MHD_OPTION_NOTIFY_CONNECTION, conns_notify, s,
	    MHD_OPTION_NOTIFY_COMPLETED, exchange_completed, s, MHD_OPTION_END);
}

enum err
http_start(struct arena *process, const struct http_config *config,
    struct http_server **out)
{
	struct http_server *s = arena_new(process, struct http_server, 1);
	assert(config->threads > 0 && config->arena_bytes >= LEAST_ARENA);
	s->config = *config;
	if (s->config.request_seconds == 0)
		s->config.request_seconds = DEFAULT_SECONDS;
	if (s->config.heartbeat_seconds == 0)
		s->config.heartbeat_seconds = DEFAULT_SECONDS;
	s->in_place = strcmp(MHD_get_version(), GUARD_LAYOUT_VERSION) == 0;
	s->spare = arena_new(process, struct spare, config->threads);
	enum err e = conns_open(s, process);
	if (e != ERR_OK)
		return e;
	streams_open(s, process);
	s->daemon = daemon_start(s, MHD_USE_EPOLL_INTERNAL_THREAD);
	if (s->daemon == NULL) {
		close(s->listen_fd);
		return ERR_UNAVAIL;
	}
	if (pthread_create(&s->keeper, NULL, conns_keep, s) != 0) {
		MHD_stop_daemon(s->daemon);
		close(s->listen_fd);
		return ERR_UNAVAIL;
	}
	*out = s;
	return ERR_OK;
}

struct str
http_address(const struct http_server *s)
{
	return s->address;
}

static void
wait_for(_Atomic int64_t *count, int64_t until_us)
{
	struct timespec moment = {.tv_nsec = 5 * 1000 * 1000};
	while (*count > 0 && clock_mono_us() < until_us)
		nanosleep(&moment, NULL);
}

static void
close_spare(struct http_server *s)
{
	for (int i = 0; i < s->config.threads; i++) {
		while (s->spare[i].n > 0)
			arena_close(s->spare[i].arena[--s->spare[i].n]);
	}
}

/* A handler that has not answered by then still owns its exchange: the daemon
 * is left to the end of the process. */
void
http_stop(struct http_server *s, int seconds)
{
	int64_t until_us = mono_after(seconds);
	s->stopping = true;
	shutdown(s->listen_fd, SHUT_RDWR); /* wakes the keeper */
	pthread_join(s->keeper, NULL);
	close(s->listen_fd);
	if (s->unix_path != NULL)
		unlink(s->unix_path);
	streams_close(s);
	wait_for(&s->under_way, until_us);
	s->closed = true; /* from here on run() refuses */
	wait_for(&s->running, mono_after(1));
	if (s->running > 0) {
		log_event(LOG_WARN, "stopped_with_requests",
		    LOG_INT("running", s->running));
		return;
	}
	MHD_stop_daemon(s->daemon);
	conns_close(s);
	close_spare(s);
	pthread_mutex_destroy(&s->streams.lock);
}

struct http_counts
http_counts(const struct http_server *s)
{
	return (struct http_counts){
	    .requests = s->requests,
	    .refused = s->refused,
	    .open = s->conns.open,
	    .streams = s->streams.n,
	};
}
