/* SPDX-License-Identifier: MPL-2.0 */
#include "base/log.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "tests/test.h"

/* A pipe that the log writes into; off again when the arena closes. */
struct pipe {
	int ends[2];
};

static void
log_off(void *arg)
{
	struct pipe *p = arg;
	log_set_fd(-1);
	log_set_level(LOG_INFO);
	close(p->ends[0]);
	close(p->ends[1]);
}

static struct pipe *
log_on(struct arena *a)
{
	struct pipe *p = arena_new(a, struct pipe, 1);
	CHECK(pipe2(p->ends, O_NONBLOCK | O_CLOEXEC) == 0);
	log_set_fd(p->ends[1]);
	arena_defer(a, log_off, p);
	return p;
}

static struct str
written(struct arena *a, const struct pipe *p)
{
	char *text = arena_new(a, char, 65536);
	ssize_t n = read(p->ends[0], text, 65536);
	return (struct str){text, n > 0 ? n : 0};
}

/* The object that one line is; fails when it is none. */
static json_t *
parsed(struct str line)
{
	json_error_t error;
	CHECK(line.n > 0 && line.p[line.n - 1] == '\n');
	CHECK_INT(str_find_byte(line, '\n'), line.n - 1);
	json_t *j = json_loadb(line.p, (size_t)line.n, 0, &error);
	if (j == NULL)
		print_message("no JSON: %.*s", STR_ARG(line));
	CHECK(j != NULL);
	return j;
}

TEST(a_line_is_one_json_object)
{
	struct pipe *p = log_on(arena);
	log_event(LOG_WARN, "lane_commit", LOG_INT("writes", -12),
	    LOG_STR("lane", S("a \"b\"\\\n\r\t\x1b[31m æ")));
	json_t *j = parsed(written(arena, p));
	CHECK_STR(str_c(json_string_value(json_object_get(j, "event"))),
	    S("lane_commit"));
	CHECK_STR(
	    str_c(json_string_value(json_object_get(j, "level"))), S("warn"));
	CHECK_INT(json_integer_value(json_object_get(j, "writes")), -12);
	CHECK(json_is_string(json_object_get(j, "lane")));
	struct str time = str_c(json_string_value(json_object_get(j, "time")));
	CHECK_INT(time.n, 24);
	json_decref(j);
}

/* Whatever is in a field, the line stays one line of JSON. */
TEST(every_text_gives_valid_json)
{
	struct pipe *p = log_on(arena);
	char *text = arena_new(arena, char, 2000);
	uint64_t seed = 7;
	for (int round = 0; round < 500; round++) {
		for (int i = 0; i < 2000; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			text[i] = (char)(seed >> 56);
		}
		log_event(LOG_INFO, "x",
		    LOG_STR("t", ((struct str){text, round * 4})));
		json_decref(parsed(written(arena, p)));
	}
}

TEST(a_long_text_is_cut_between_characters)
{
	struct pipe *p = log_on(arena);
	struct str text = S("");
	for (int i = 0; i < 400; i++)
		text = str_cat(arena, text, S("æ€"));
	for (int i = 0; i < 5; i++) {
		log_event(LOG_INFO, "x", LOG_STR("t", text));
		struct str line = written(arena, p);
		CHECK(utf8_valid(line));
		CHECK_MAX(line.n, 700);
		json_decref(parsed(line));
		text = str_cat(arena, S("a"), text);
	}
}

TEST(a_line_that_is_too_long_is_dropped_and_counted)
{
	struct pipe *p = log_on(arena);
	char *text = arena_new(arena, char, 500);
	memset(text, '\x01', 500);
	struct str t = {text, 500};
	int64_t before = log_dropped();
	log_event(LOG_INFO, "x", LOG_STR("a", t), LOG_STR("b", t),
	    LOG_STR("c", t), LOG_STR("d", t), LOG_STR("e", t), LOG_STR("f", t),
	    LOG_STR("g", t), LOG_STR("h", t));
	CHECK_INT(written(arena, p).n + (log_dropped() - before) > 0, 1);
}

TEST(a_full_pipe_drops_and_does_not_block)
{
	struct pipe *p = log_on(arena);
	int64_t before = log_dropped();
	for (int i = 0; i < 5000; i++)
		log_event(LOG_INFO, "x", LOG_INT("i", i));
	CHECK(log_dropped() > before);
	struct str first = written(arena, p);
	ptrdiff_t end = str_find_byte(first, '\n');
	json_decref(parsed(str_sub(first, 0, end + 1)));
}

TEST(lines_below_the_level_are_not_written)
{
	struct pipe *p = log_on(arena);
	log_event(LOG_DEBUG, "x", LOG_INT("i", 1));
	CHECK_INT(written(arena, p).n, 0);
	log_set_level(LOG_ERROR);
	log_event(LOG_WARN, "x", LOG_INT("i", 1));
	CHECK_INT(written(arena, p).n, 0);
	log_event(LOG_ERROR, "x", LOG_INT("i", 1));
	CHECK(written(arena, p).n > 0);
}
