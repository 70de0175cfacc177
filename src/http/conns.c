/* SPDX-License-Identifier: MPL-2.0 */

/* Connections: accepted here and not by libmicrohttpd, which spins when
 * descriptors run out and knows no deadline for a whole request. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/inner.h"

enum {
	SPARE_PLACES = 64, /* accepted, not yet started or not yet gone */
	SPARE_FDS = 256, /* for everything else in the process */
	ACCEPT_AT_ONCE = 64,
};

int64_t
mono_after(int seconds)
{
	return clock_mono_us() + seconds * SECOND_US;
}

int64_t
conn_deadline(const struct http_server *server, int64_t now_us, ptrdiff_t bytes)
{
	return now_us + server->config.request_seconds * SECOND_US +
	    bytes * SECOND_US / BYTES_A_SECOND;
}

/* As many connections as there are descriptors: fewer than asked for are
 * better than running out of them. */
static void
fit_descriptors(struct http_config *c)
{
	struct rlimit files;
	rlim_t want =
	    (rlim_t)c->max_connections + (rlim_t)c->max_streams + SPARE_FDS;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= want)
		return;
	files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
	(void)setrlimit(RLIMIT_NOFILE, &files);
	if (files.rlim_cur >= want)
		return;
	double share = (double)files.rlim_cur / (double)want;
	c->max_connections = (int)(share * c->max_connections) + 1;
	c->max_streams = (int)(share * c->max_streams);
	log_event(LOG_WARN, "too_few_descriptors",
	    LOG_INT("max_connections", c->max_connections),
	    LOG_INT("max_streams", c->max_streams));
}

enum err
conns_open(struct http_server *server, struct arena *process)
{
	struct conns *conns = &server->conns;
	struct http_config *c = &server->config;
	fit_descriptors(c);
	pthread_mutex_init(&conns->lock, NULL);
	pthread_mutex_init(&server->drain.lock, NULL);
	conns->n = c->max_connections + c->max_streams + SPARE_PLACES;
	conns->all = arena_new(process, struct conn, conns->n);
	conns->gone = arena_new(process, struct pollfd, conns->n);
	return listen_open(process, c->listen, &server->listen_fd,
	    &server->address, &server->unix_path);
}

void
conns_close(struct http_server *server)
{
	drain_tick(&server->drain, true);
	pthread_mutex_destroy(&server->conns.lock);
	pthread_mutex_destroy(&server->drain.lock);
}

/* ---- libmicrohttpd's word that one begins or ends ---- */

/* Under the lock. */
static struct conn *
take_place(struct conns *conns)
{
	struct conn *c = conns->free;
	if (c != NULL)
		conns->free = c->next_free;
	else if (conns->used < conns->n)
		c = &conns->all[conns->used++];
	return c;
}

static void
conn_open(struct http_server *server, struct MHD_Connection *connection,
    void **context)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct conns *conns = &server->conns;
	int64_t now_us = clock_mono_us();
	atomic_fetch_add(&conns->started, 1);
	atomic_fetch_add(&conns->open, 1);
	pthread_mutex_lock(&conns->lock);
	struct conn *c = info != NULL ? take_place(conns) : NULL;
	if (c != NULL) {
		c->fd = info->connect_fd;
		c->live = true;
		c->linger = false;
		c->since_us = now_us;
		c->deadline_us = conn_deadline(server, now_us, 0);
		peer_address(connection, c->peer);
	}
	pthread_mutex_unlock(&conns->lock);
	*context = c; /* NULL: its requests are refused */
}

static void
conn_close(struct http_server *server, struct conn *c)
{
	struct conns *conns = &server->conns;
	if (c != NULL && c->linger)
		drain_add(&server->drain, c->fd);
	if (c != NULL) {
		pthread_mutex_lock(&conns->lock);
		c->live = false;
		c->next_free = conns->free;
		conns->free = c;
		pthread_mutex_unlock(&conns->lock);
	}
	atomic_fetch_sub(&conns->open, 1);
}

void
conns_notify(void *arg, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		conn_open(arg, connection, context);
	else
		conn_close(arg, *context);
}

struct conn *
conn_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info != NULL ? info->socket_context : NULL;
}

/* ---- the keeper ---- */

/* Plain connections, those just accepted included. */
static int64_t
plain(struct http_server *server)
{
	struct conns *c = &server->conns;
	return c->open + (c->accepted - c->started) - server->streams.n;
}

/* How long a connection may say nothing: the fuller the house, the shorter,
 * so that ten thousand silent ones do not keep out one that speaks. */
static int64_t
patience_us(struct http_server *server)
{
	int64_t limit = server->config.max_connections, n = plain(server);
	if (n * 4 < limit * 3)
		return INT64_MAX / 2;
	return n * 8 < limit * 7 ? SECOND_US : SECOND_US / 4;
}

/* The daemon's thread sees the end of the stream and closes. */
static void
cut_slow(struct http_server *server)
{
	struct conns *conns = &server->conns;
	int64_t now = clock_mono_us(), patience = patience_us(server);
	pthread_mutex_lock(&conns->lock);
	for (int i = 0; i < conns->used; i++) {
		struct conn *c = &conns->all[i];
		int64_t since = c->since_us, deadline = c->deadline_us;
		if (c->live &&
		    ((deadline != 0 && deadline < now) ||
			(since != 0 && now - since > patience)))
			shutdown(c->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&conns->lock);
}

/* Who has half-closed and left a request unfinished.  libmicrohttpd can miss
 * it: the end of the stream may come together with the last bytes, and its
 * epoll set tells once. */
static void
cut_gone(struct http_server *server)
{
	struct conns *conns = &server->conns;
	struct pollfd *gone = conns->gone;
	int64_t before = clock_mono_us() - SECOND_US;
	pthread_mutex_lock(&conns->lock);
	for (int i = 0; i < conns->used; i++) {
		struct conn *c = &conns->all[i];
		int64_t since = c->since_us;
		bool waiting = c->live && since != 0 && since < before;
		gone[i] = (struct pollfd){
		    .fd = waiting ? c->fd : -1, .events = POLLRDHUP};
	}
	if (poll(gone, (nfds_t)conns->used, 0) > 0) {
		for (int i = 0; i < conns->used; i++) {
			int unread = 0;
			if (gone[i].revents != 0 &&
			    conns->all[i].since_us != 0 &&
			    ioctl(gone[i].fd, FIONREAD, &unread) == 0 &&
			    unread == 0)
				shutdown(gone[i].fd, SHUT_RDWR);
		}
	}
	pthread_mutex_unlock(&conns->lock);
}

static void
nap(int ms)
{
	struct timespec t = {.tv_nsec = ms * 1000000L};
	nanosleep(&t, NULL);
}

static bool
accept_one(struct http_server *server)
{
	struct sockaddr_storage peer;
	socklen_t n = sizeof peer;
	int on = 1;
	int fd = accept4(server->listen_fd, (struct sockaddr *)&peer, &n,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0) {
		if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
		    errno == ENOMEM)
			nap(TICK_MS / 2);
		return false;
	}
	if (server->unix_path == NULL)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	/* Closes the socket when it fails. */
	if (MHD_add_connection(
		server->daemon, fd, (struct sockaddr *)&peer, n) == MHD_YES)
		server->conns.accepted++;
	return true;
}

static void
accept_some(struct http_server *server, int wait_ms)
{
	struct pollfd listening = {.fd = server->listen_fd, .events = POLLIN};
	if (plain(server) >= server->config.max_connections) {
		nap(wait_ms < 10 ? wait_ms : 10); /* the rest waits outside */
		return;
	}
	if (poll(&listening, 1, wait_ms) <= 0)
		return;
	for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
		if (plain(server) >= server->config.max_connections ||
		    !accept_one(server))
			return;
	}
}

void *
conns_keep(void *arg)
{
	struct http_server *server = arg;
	int64_t next_us = clock_mono_us();
	int every = server->config.heartbeat_seconds * 1000 / TICK_MS;
	for (int beat = 1; !server->stopping;) {
		int64_t left_us = next_us - clock_mono_us();
		if (left_us > 0) {
			accept_some(server, (int)(left_us / 1000) + 1);
			continue;
		}
		next_us = clock_mono_us() + TICK_MS * 1000;
		cut_slow(server);
		if (beat % (1000 / TICK_MS) == 0)
			cut_gone(server);
		drain_tick(&server->drain, false);
		if (beat++ % every == 0)
			streams_tick(server);
	}
	return NULL;
}
