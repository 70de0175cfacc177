/* SPDX-License-Identifier: MPL-2.0 */
#include "bench/client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

enum { ANSWER_BYTES = 1024 * 1024 };

struct target
target_of(struct arena *a, const char *base)
{
	int64_t port;
	struct str host = str_c(base), where;
	if (str_starts(host, S("http://")))
		host = str_sub(host, 7, host.n);
	where = host;
	if (!str_eq(str_cut(&where, ':'), S("127.0.0.1")) ||
	    !str_int(where, &port) || port < 1 || port > 65535) {
		fprintf(stderr, "%s: not http://127.0.0.1:PORT\n", base);
		exit(2);
	}
	return (struct target){(int)port, str_dup(a, host)};
}

int
client_connect(const struct target *target)
{
	int on = 1;
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)target->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&at, sizeof at) != 0) {
		close(fd);
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return fd;
}

static void
add_cookie(struct buf *b, struct str cookie)
{
	if (cookie.n > 0)
		buf_fmt(b, "Cookie: %.*s\r\n", STR_ARG(cookie));
}

struct str
client_get(struct arena *a, const struct target *target, struct str path,
    struct str cookie)
{
	struct buf b = buf_new(a, 4096);
	buf_fmt(&b, "GET %.*s HTTP/1.1\r\nHost: %.*s\r\n", STR_ARG(path),
	    STR_ARG(target->host));
	add_cookie(&b, cookie);
	buf_add(&b, S("\r\n"));
	return buf_str(&b);
}

struct str
client_post(struct arena *a, const struct target *target, struct str path,
    struct str cookie, struct str form)
{
	struct buf b = buf_new(a, 4096 + form.n);
	buf_fmt(&b,
	    "POST %.*s HTTP/1.1\r\nHost: %.*s\r\n"
	    "Origin: http://%.*s\r\nSec-Fetch-Site: same-origin\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n"
	    "Content-Length: %td\r\n",
	    STR_ARG(path), STR_ARG(target->host), STR_ARG(target->host),
	    form.n);
	add_cookie(&b, cookie);
	buf_add(&b, S("\r\n"));
	buf_add(&b, form);
	return buf_str(&b);
}

bool
client_send(int fd, struct str request)
{
	while (request.n > 0) {
		ssize_t n =
		    send(fd, request.p, (size_t)request.n, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		request = str_sub(request, n, request.n);
	}
	return true;
}

struct str
answer_header(const struct answer *answer, struct str name)
{
	struct str rest = answer->head;
	while (rest.n > 0) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (str_eq_nocase(str_cut(&line, ':'), name))
			return str_trim(line);
	}
	return (struct str){0};
}

bool
answer_read(struct str bytes, struct answer *out)
{
	int64_t status, length = 0;
	ptrdiff_t end = str_find(bytes, S("\r\n\r\n"));
	if (end < 0 || !str_int(str_sub(bytes, 9, 12), &status))
		return false;
	*out = (struct answer){.status = (int)status,
	    .head = str_sub(bytes, 0, end + 2),
	    .body = str_sub(bytes, end + 4, bytes.n)};
	if (!str_int(answer_header(out, S("Content-Length")), &length))
		length = 0;
	out->total = end + 4 + (ptrdiff_t)length;
	return true;
}

bool
client_ask(struct arena *a, const struct target *target, struct str request,
    struct answer *out)
{
	char *bytes = arena_new(a, char, ANSWER_BYTES);
	ptrdiff_t n = 0;
	ssize_t more;
	bool whole = false;
	int fd = client_connect(target);
	if (fd < 0 || !client_send(fd, request)) {
		close(fd);
		return false;
	}
	while (!whole && n < ANSWER_BYTES &&
	    (more = read(fd, bytes + n, (size_t)(ANSWER_BYTES - n))) > 0) {
		n += more;
		whole =
		    answer_read((struct str){bytes, n}, out) && n >= out->total;
	}
	close(fd);
	return whole;
}
