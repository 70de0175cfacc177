/* SPDX-License-Identifier: MPL-2.0 */
#include "web/datadir.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

enum {
	LINE_BYTES = 4096,
	QUESTION_MS = 2000, /* for a peer's whole question */
	ANSWER_MS = 10000, /* for the server's answer, behind other peers */
	PATH_BYTES = 4096,
};

/* DIR/name, in `out`; false when it is too long. */
static bool
path_in(char *out, size_t size, struct str dir, const char *name)
{
	size_t n = strlen(name);
	if (dir.n == 0 || (size_t)dir.n + n + 2 > size ||
	    memchr(dir.p, 0, (size_t)dir.n) != NULL)
		return false;
	memcpy(out, dir.p, (size_t)dir.n);
	out[dir.n] = '/';
	memcpy(out + dir.n + 1, name, n + 1);
	return true;
}

enum err
datadir_make(struct str dir)
{
	char path[PATH_BYTES];
	if (!path_in(path, sizeof path, dir, ""))
		return ERR_INVALID;
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return ERR_UNAVAIL;
	return ERR_OK;
}

enum err
datadir_lock(struct str dir, int *fd)
{
	char path[PATH_BYTES];
	*fd = -1;
	if (!path_in(path, sizeof path, dir, "lock"))
		return ERR_INVALID;
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND
							   : ERR_UNAVAIL;
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	close(*fd);
	*fd = -1;
	return ERR_CONFLICT;
}

static bool
socket_address(struct str dir, struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	return path_in(
	    address->sun_path, sizeof address->sun_path, dir, "control.sock");
}

enum err
control_listen(struct str dir, int *fd)
{
	struct sockaddr_un address;
	if (!socket_address(dir, &address))
		return ERR_TOO_LARGE;
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*fd < 0)
		return ERR_UNAVAIL;
	unlink(address.sun_path);
	mode_t old = umask(0177);
	int bound = bind(*fd, (struct sockaddr *)&address, sizeof address);
	umask(old);
	if (bound == 0 && listen(*fd, 8) == 0)
		return ERR_OK;
	close(*fd);
	return ERR_UNAVAIL;
}

/* One line without its end, or "" when none came in time. */
static struct str
read_line(int fd, char *line, int patience_ms)
{
	ptrdiff_t n = 0;
	int64_t until_us = clock_mono_us() + (int64_t)patience_ms * 1000;
	while (n < LINE_BYTES) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		int64_t left_ms = (until_us - clock_mono_us()) / 1000;
		if (left_ms <= 0 || poll(&ready, 1, (int)left_ms) != 1)
			break;
		ssize_t got = read(fd, line + n, (size_t)(LINE_BYTES - n));
		if (got <= 0)
			break;
		n += got;
		if (line[n - 1] == '\n')
			return (struct str){line, n - 1};
	}
	return (struct str){0};
}

static bool
write_line(int fd, struct arena *a, struct str text)
{
	struct str line = str_cat(a, text, S("\n"));
	return send(fd, line.p, (size_t)line.n, MSG_NOSIGNAL) == line.n;
}

bool
control_serve_one(int fd, control_fn *answer, void *arg)
{
	char line[LINE_BYTES];
	int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
	if (peer < 0)
		return errno == EINTR || errno == ECONNABORTED ||
		    errno == EMFILE;
	struct arena *a = arena_open(1024 * 1024);
	struct str question = read_line(peer, line, QUESTION_MS);
	if (a != NULL && question.n > 0)
		(void)write_line(peer, a, answer(arg, a, question));
	arena_close(a);
	close(peer);
	return true;
}

enum err
control_ask(
    struct arena *a, struct str dir, struct str question, struct str *answer)
{
	struct sockaddr_un address;
	char line[LINE_BYTES];
	if (!socket_address(dir, &address))
		return ERR_TOO_LARGE;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return ERR_UNAVAIL;
	enum err e = ERR_UNAVAIL;
	if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
	    write_line(fd, a, question)) {
		*answer = str_dup(a, read_line(fd, line, ANSWER_MS));
		e = answer->n > 0 ? ERR_OK : ERR_UNAVAIL;
	}
	close(fd);
	return e;
}
