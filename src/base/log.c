/* SPDX-License-Identifier: MPL-2.0 */
#include "base/log.h"

#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

enum {
	LINE_MAX_BYTES = 4000, /* below PIPE_BUF: a line is never split */
	FIELD_MAX_BYTES = 500,
};

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

/* At most 500 bytes, and what may stand in a JSON string on a terminal: bytes
 * that are no text, and controls, become "?". */
static void
add_text(struct buf *b, struct str text)
{
	char clean[FIELD_MAX_BYTES];
	ptrdiff_t n = text.n < FIELD_MAX_BYTES ? text.n : FIELD_MAX_BYTES;
	while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	text = str_sub(text, 0, n);
	if (utf8_valid(text)) {
		buf_json(b, text);
		return;
	}
	for (ptrdiff_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		clean[i] = c >= 0x20 && c < 0x7f ? (char)c : '?';
	}
	buf_json(b, (struct str){clean, text.n});
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
	char line[LINE_MAX_BYTES], time[TIME_ISO_BYTES];
	struct buf b = buf_on(line, sizeof line);
	time_iso_put(time, clock_now_us());
	buf_add(&b, S("{\"time\":\""));
	buf_add(&b, (struct str){time, sizeof time});
	buf_add(&b, S("\",\"level\":\""));
	buf_add(&b, str_c(names[level]));
	buf_add(&b, S("\",\"event\":\""));
	buf_add(&b, str_c(event));
	buf_byte(&b, '"');
	for (const struct log_field *f = fields; f->key != NULL; f++) {
		buf_byte(&b, ',');
		buf_json(&b, str_c(f->key));
		buf_byte(&b, ':');
		if (f->is_text)
			add_text(&b, f->text);
		else
			buf_int(&b, f->number);
	}
	buf_add(&b, S("}\n"));
	if (b.full)
		dropped++;
	else
		write_line(buf_str(&b));
}
