/* SPDX-License-Identifier: MPL-2.0 */
#include "base/log.h"

#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

enum { LINE_MAX_BYTES = 4000 }; /* below PIPE_BUF: a line is never split */

static atomic_int log_level = LOG_INFO;
static atomic_int log_fd = STDERR_FILENO;
static _Atomic int64_t dropped;

void
log_set_level(enum log_level level)
{
	log_level = (int)level;
}

void
log_set_fd(int fd)
{
	log_fd = fd;
}

int64_t
log_dropped(void)
{
	return dropped;
}

static void
write_line(struct str line)
{
	int fd = log_fd;
	if (fd < 0)
		return;
	struct pollfd ready = {.fd = fd, .events = POLLOUT};
	if (poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0 ||
	    write(fd, line.p, (size_t)line.n) != line.n)
		dropped++;
}

void
log_write(
    enum log_level level, const char *event, const struct log_field *fields)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	if ((int)level < log_level)
		return;
	struct arena *a = arena_open(64 * 1024);
	if (a == NULL) {
		dropped++;
		return;
	}
	struct buf b = buf_new(a, LINE_MAX_BYTES);
	buf_add(&b, S("{\"time\":\""));
	buf_add(&b, time_iso(a, clock_now_us()));
	buf_fmt(
	    &b, "\",\"level\":\"%s\",\"event\":\"%s\"", names[level], event);
	for (const struct log_field *f = fields; f->key != NULL; f++) {
		buf_byte(&b, ',');
		buf_json(&b, str_c(f->key));
		buf_byte(&b, ':');
		if (f->is_text)
			buf_json(&b, str_sub(f->text, 0, 500));
		else
			buf_int(&b, f->number);
	}
	buf_add(&b, S("}\n"));
	if (b.full)
		dropped++;
	else
		write_line(buf_str(&b));
	arena_close(a);
}
