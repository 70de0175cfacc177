/* SPDX-License-Identifier: MPL-2.0 */

/* The listening socket, and who is at the other end of a connection. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/inner.h"

enum { BACKLOG = 1024 };

static enum err
listen_unix(struct arena *a, struct str path, int *fd, const char **unix_path)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	*unix_path = str_cstr(a, path);
	if (path.n == 0 || path.n >= (ptrdiff_t)sizeof un.sun_path ||
	    *unix_path == NULL)
		return ERR_INVALID;
	memcpy(un.sun_path, path.p, (size_t)path.n);
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd < 0)
		return ERR_UNAVAIL;
	unlink(un.sun_path);
	if (bind(*fd, (struct sockaddr *)&un, sizeof un) == 0 &&
	    chmod(un.sun_path, 0660) == 0 && listen(*fd, BACKLOG) == 0)
		return ERR_OK;
	close(*fd);
	return ERR_UNAVAIL;
}

/* "127.0.0.1:8080" and "[::1]:8080": addresses, no names to look up. */
static enum err
resolve(struct arena *a, struct str where, struct addrinfo **list)
{
	ptrdiff_t colon = where.n - 1;
	while (colon > 0 && where.p[colon] != ':')
		colon--;
	struct str host = str_sub(where, 0, colon);
	struct str port = str_sub(where, colon + 1, where.n);
	if (host.n > 2 && host.p[0] == '[')
		host = str_sub(host, 1, host.n - 1);
	struct addrinfo hints = {
	    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
	    .ai_socktype = SOCK_STREAM,
	};
	const char *h = str_cstr(a, host), *p = str_cstr(a, port);
	int64_t number;
	if (host.n == 0 || h == NULL || p == NULL || !str_int(port, &number) ||
	    number < 0 || number > 65535 ||
	    getaddrinfo(h, p, &hints, list) != 0)
		return ERR_INVALID;
	return ERR_OK;
}

static struct str
bound_address(struct arena *a, int fd)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof at;
	char host[INET6_ADDRSTRLEN], port[8];
	if (getsockname(fd, (struct sockaddr *)&at, &n) != 0 ||
	    getnameinfo((struct sockaddr *)&at, n, host, sizeof host, port,
		sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return S("?");
	return str_fmt(a, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
}

enum err
listen_open(struct arena *a, struct str where, int *fd, struct str *address,
    const char **unix_path)
{
	struct addrinfo *list = NULL;
	int on = 1;
	*address = where;
	if (str_starts(where, S("unix:")))
		return listen_unix(
		    a, str_sub(where, 5, where.n), fd, unix_path);
	enum err e = resolve(a, where, &list);
	if (e != ERR_OK)
		return e;
	*fd = socket(
	    list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool ok = *fd >= 0 &&
	    setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
	    bind(*fd, list->ai_addr, list->ai_addrlen) == 0 &&
	    listen(*fd, BACKLOG) == 0;
	freeaddrinfo(list);
	if (ok) {
		*address = bound_address(a, *fd);
		return ERR_OK;
	}
	if (*fd >= 0)
		close(*fd);
	return ERR_UNAVAIL;
}

void
peer_address(struct MHD_Connection *connection, char text[PEER_BYTES])
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *peer = info ? info->client_addr : NULL;
	memcpy(text, "local", sizeof "local");
	if (peer != NULL && peer->sa_family == AF_INET)
		inet_ntop(AF_INET,
		    &((const struct sockaddr_in *)(const void *)peer)->sin_addr,
		    text, PEER_BYTES);
	else if (peer != NULL && peer->sa_family == AF_INET6)
		inet_ntop(AF_INET6,
		    &((const struct sockaddr_in6 *)(const void *)peer)
			 ->sin6_addr,
		    text, PEER_BYTES);
}
