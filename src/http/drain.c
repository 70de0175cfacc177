/* SPDX-License-Identifier: MPL-2.0 */

/* Closing on a client that still sends makes the kernel send a reset, which
 * may overtake our answer.  So a copy of the socket stays open for a moment
 * and what comes in is thrown away (RFC 9112 section 9.6). */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "http/inner.h"

enum {
	DRAIN_US = 2000000,
	DRAIN_READS = 64, /* of 16 KB a tick: 10 MB a second */
};

void
drain_add(struct drain *l, int fd)
{
	pthread_mutex_lock(&l->lock);
	if (l->n < DRAIN_PLACES) {
		int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		if (copy >= 0) {
			l->place[l->n].fd = copy;
			l->place[l->n++].until_us = clock_mono_us() + DRAIN_US;
		}
	}
	pthread_mutex_unlock(&l->lock);
}

/* False: there may be more to come. */
static bool
drained(int fd)
{
	char waste[16 * 1024];
	for (int i = 0; i < DRAIN_READS; i++) {
		ssize_t n = recv(fd, waste, sizeof waste, MSG_DONTWAIT);
		if (n <= 0)
			return n == 0 || (errno != EAGAIN && errno != EINTR);
	}
	return false;
}

void
drain_tick(struct drain *l, bool all)
{
	int64_t now = clock_mono_us();
	pthread_mutex_lock(&l->lock);
	for (int i = 0; i < l->n;) {
		if (!all && now < l->place[i].until_us &&
		    !drained(l->place[i].fd)) {
			i++;
			continue;
		}
		close(l->place[i].fd);
		l->place[i] = l->place[--l->n];
	}
	pthread_mutex_unlock(&l->lock);
}
