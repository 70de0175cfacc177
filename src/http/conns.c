/* SPDX-License-Identifier: MPL-2.0 */

/* The TCP connections: how many, and who takes too long. */
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "http/inner.h"

enum {
	HEARTBEAT_SECONDS = 15, /* wakes every watcher (stack.md, 2) */
};

int64_t
conn_deadline(int seconds)
{
	return clock_mono_us() + seconds * SECOND_US;
}

static void
conn_open(struct http_server *server, struct MHD_Connection *connection,
    void **context)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct conn *c = calloc(1, sizeof *c);
	*context = c;
	atomic_fetch_add(&server->open, 1);
	if (c == NULL)
		return;
	c->fd = info != NULL ? info->connect_fd : -1;
	c->deadline_us = conn_deadline(REQUEST_SECONDS);
	pthread_mutex_lock(&server->lock);
	c->next = server->conns;
	c->link = &server->conns;
	if (c->next != NULL)
		c->next->link = &c->next;
	server->conns = c;
	pthread_mutex_unlock(&server->lock);
}

static void
conn_close(struct http_server *server, struct conn *c)
{
	atomic_fetch_sub(&server->open, 1);
	if (c == NULL)
		return;
	pthread_mutex_lock(&server->lock);
	*c->link = c->next;
	if (c->next != NULL)
		c->next->link = c->link;
	pthread_mutex_unlock(&server->lock);
	free(c);
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

/* Cuts whoever takes too long to say what they want. */
static void
cut_slow(struct http_server *server)
{
	int64_t now = clock_mono_us();
	pthread_mutex_lock(&server->lock);
	for (struct conn *c = server->conns; c != NULL; c = c->next) {
		if (c->deadline_us != 0 && c->deadline_us < now)
			shutdown(c->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&server->lock);
}

void *
conns_tick(void *arg)
{
	struct http_server *server = arg;
	struct timespec second = {.tv_sec = 1};
	for (int beat = 0; !server->stopping; beat++) {
		nanosleep(&second, NULL);
		cut_slow(server);
		if (beat % HEARTBEAT_SECONDS == 0)
			streams_tick(server);
	}
	return NULL;
}
