/* SPDX-License-Identifier: MPL-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

enum { FIRST_BYTES = 64 * 1024 };

static enum err
error_of(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return ERR_NOT_FOUND;
	case EISDIR:
	case ENAMETOOLONG:
		return ERR_INVALID;
	default:
		return ERR_UNAVAIL;
	}
}

/* A file of a known size in one piece, anything else as it comes: the buffer
 * then doubles, so it takes twice its size at most. */
static enum err
read_open(struct arena *a, int fd, ptrdiff_t max, struct str *out)
{
	struct stat st;
	ptrdiff_t cap = FIRST_BYTES, n = 0;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= cap)
		cap = st.st_size < max ? (ptrdiff_t)st.st_size + 1 : max + 1;
	char *p = arena_new(a, char, cap);
	for (;;) {
		ssize_t got = read(fd, p + n, (size_t)(cap - n));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_of(errno);
		n += got;
		if (n > max)
			return ERR_TOO_LARGE;
		if (got == 0)
			break;
		if (n == cap) {
			char *larger = arena_new(a, char, 2 * cap);
			memcpy(larger, p, (size_t)n);
			p = larger;
			cap *= 2;
		}
	}
	*out = (struct str){p, n};
	return ERR_OK;
}

enum err
file_read(struct arena *a, struct str path, ptrdiff_t max, struct str *out)
{
	if (str_eq(path, S("-")))
		return read_open(a, STDIN_FILENO, max, out);
	const char *name = str_cstr(a, path);
	if (name == NULL || path.n == 0)
		return ERR_INVALID;
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_of(errno);
	enum err e = read_open(a, fd, max, out);
	close(fd);
	return e;
}

static enum err
write_all(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, (size_t)bytes.n);
		if (n < 0 && errno != EINTR)
			return error_of(errno);
		if (n > 0)
			bytes = str_sub(bytes, n, bytes.n);
	}
	return ERR_OK;
}

enum err
file_write(struct arena *a, struct str path, struct str bytes)
{
	if (str_eq(path, S("-")))
		return write_all(STDOUT_FILENO, bytes);
	const char *name = str_cstr(a, path);
	if (name == NULL || path.n == 0)
		return ERR_INVALID;
	struct str beside =
	    str_fmt(a, "%.*s.%d.new", STR_ARG(path), (int)getpid());
	const char *temporary = str_cstr(a, beside);
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return error_of(errno);
	enum err e = write_all(fd, bytes);
	if (e == ERR_OK && fsync(fd) != 0)
		e = error_of(errno);
	if (close(fd) != 0 && e == ERR_OK)
		e = ERR_UNAVAIL;
	if (e == ERR_OK && rename(temporary, name) != 0)
		e = error_of(errno);
	if (e != ERR_OK)
		unlink(temporary);
	return e;
}
