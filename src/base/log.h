/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

/* log.h - one JSON object a line on stderr.
 *
 * A line says what happened to which id, never what a person wrote: no names,
 * mail addresses, texts or secrets.  Lines that nobody takes (a full pipe) are
 * dropped and counted, so that a blocked log never blocks the service.
 * Threads: any.  Tests: tests/base/log.c
 */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
	const char *key; /* NULL ends the list */
	struct str text; /* used when is_text */
	int64_t number;
	bool is_text;
};

#define LOG_STR(key, s) ((struct log_field){(key), (s), 0, true})
#define LOG_INT(key, i) ((struct log_field){(key), {0}, (i), false})

/* log_event(LOG_INFO, "lane_commit", LOG_INT("writes", 12));  One field at
 * least. */
#define log_event(level, event, ...) \
	log_write(                   \
	    (level), (event), (const struct log_field[]){__VA_ARGS__, {0}})
void log_write(
    enum log_level, const char *event, const struct log_field *fields);

/* Only lines of at least this level are written (default LOG_INFO). */
void log_set_level(enum log_level);

/* Where lines go; default 2.  -1 drops them all (uncounted). */
void log_set_fd(int fd);

/* Lines dropped since the start because nobody took them. */
int64_t log_dropped(void);

#endif
