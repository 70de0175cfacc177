/* SPDX-License-Identifier: MPL-2.0 */
#include "model/captions.h"

#include "base/buf.h"
#include "base/lang.h"
#include "base/utf8.h"

enum { LAST_MS = 10000, LEAST_MS = 500, MOST_HOURS = 99 };

/* ---- times ---- */

/* At most `most` digits, cut off the front; -1: none. */
static int64_t
cut_digits(struct str *s, int most)
{
	int64_t v = -1;
	while (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9' && most-- > 0) {
		v = (v < 0 ? 0 : v) * 10 + (s->p[0] - '0');
		*s = str_sub(*s, 1, s->n);
	}
	return v;
}

static bool
cut_byte(struct str *s, char byte)
{
	if (s->n == 0 || s->p[0] != byte)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static int64_t
cut_thousandths(struct str *s)
{
	int64_t ms = 0;
	for (int place = 100; place > 0; place /= 10) {
		int64_t digit = cut_digits(s, 1);
		ms += digit > 0 ? digit * place : 0;
	}
	return ms;
}

/* "1:02", "1:02:03", "0:02.5", "00:02,500", cut off the front. */
static bool
cut_time(struct str *s, int64_t *ms)
{
	struct str rest = *s;
	int64_t first = cut_digits(&rest, 3);
	if (first < 0 || !cut_byte(&rest, ':'))
		return false;
	int64_t second = cut_digits(&rest, 2), third = -1;
	if (second < 0 || second > 59)
		return false;
	if (rest.n > 1 && rest.p[0] == ':') {
		rest = str_sub(rest, 1, rest.n);
		third = cut_digits(&rest, 2);
		if (third < 0 || third > 59 || first > MOST_HOURS)
			return false;
	}
	*ms = third < 0 ? (first * 60 + second) * 1000
			: ((first * 60 + second) * 60 + third) * 1000;
	if (rest.n > 1 && (rest.p[0] == '.' || rest.p[0] == ',') &&
	    rest.p[1] >= '0' && rest.p[1] <= '9') {
		rest = str_sub(rest, 1, rest.n);
		*ms += cut_thousandths(&rest);
	}
	*s = rest;
	return true;
}

static void
add_time(struct buf *b, int64_t ms)
{
	buf_fmt(b, "%02lld:%02lld:%02lld.%03lld", (long long)(ms / 3600000),
	    (long long)(ms / 60000 % 60), (long long)(ms / 1000 % 60),
	    (long long)(ms % 1000));
}

/* ---- lines to captions ---- */

/* A line's time and what stands behind it; to_ms 0: it does not say. */
static bool
read_line(struct str line, struct caption *c)
{
	struct str rest = line;
	*c = (struct caption){0};
	if (!cut_time(&rest, &c->from_ms))
		return false;
	struct str before = rest;
	if (cut_byte(&rest, '-') && !cut_time(&rest, &c->to_ms))
		rest = before;
	if (rest.n > 0 && rest.p[0] != ' ' && rest.p[0] != '\t')
		return false;
	c->text = str_trim(rest);
	return true;
}

/* The ends that were not given, or make no sense. */
static void
set_ends(struct captions *all)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct caption *c = &all->list[i];
		bool last = i + 1 == all->n;
		if (c->to_ms <= c->from_ms)
			c->to_ms = last ? c->from_ms + LAST_MS
					: all->list[i + 1].from_ms;
		if (c->to_ms <= c->from_ms)
			c->to_ms = c->from_ms + LEAST_MS;
	}
}

static ptrdiff_t
lines_in(struct str s)
{
	ptrdiff_t n = 1;
	for (ptrdiff_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n < CAPTIONS_MAX ? n : CAPTIONS_MAX;
}

static void
drop_blank(struct captions *all)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (!utf8_blank(all->list[i].text))
			all->list[n++] = all->list[i];
	}
	all->n = n;
}

struct captions
captions_of(struct arena *a, struct str words)
{
	struct captions all = {
	    arena_new(a, struct caption, lines_in(words)), 0};
	struct caption c;
	while (words.n > 0) {
		struct str line = str_trim(str_cut(&words, '\n'));
		if (read_line(line, &c)) {
			if (all.n == CAPTIONS_MAX)
				break;
			all.list[all.n++] = c;
		} else if (all.n > 0 && line.n > 0) {
			struct caption *last = &all.list[all.n - 1];
			last->text = last->text.n == 0
			    ? line
			    : STR_JOIN(a, last->text, S("\n"), line);
		}
	}
	set_ends(&all);
	drop_blank(&all);
	return all;
}

/* ---- captions to WebVTT ---- */

/* No tag, no arrow, no empty line. */
static void
add_text(struct buf *b, struct str text)
{
	for (ptrdiff_t i = 0; i < text.n; i++) {
		switch (text.p[i]) {
		case '&':
			buf_add(b, S("&amp;"));
			break;
		case '<':
			buf_add(b, S("&lt;"));
			break;
		case '>':
			buf_add(b, S("&gt;"));
			break;
		case '\r': /* would end the line to some readers */
		case '\0':
			buf_byte(b, ' ');
			break;
		default:
			buf_byte(b, text.p[i]);
		}
	}
}

struct str
captions_vtt(struct arena *a, struct str words)
{
	struct captions all = captions_of(a, words);
	struct buf b = buf_new(a, words.n * 5 + all.n * 64 + 64);
	buf_add(&b, S("WEBVTT\n"));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		buf_byte(&b, '\n');
		add_time(&b, all.list[i].from_ms);
		buf_add(&b, S(" --> "));
		add_time(&b, all.list[i].to_ms);
		buf_byte(&b, '\n');
		add_text(&b, all.list[i].text);
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

/* ---- and back ---- */

static const struct {
	struct str name, text;
} entities[] = {
    {S_INIT("&amp;"), S_INIT("&")},
    {S_INIT("&lt;"), S_INIT("<")},
    {S_INIT("&gt;"), S_INIT(">")},
    {S_INIT("&nbsp;"), S_INIT(" ")},
    {S_INIT("&lrm;"), S_INIT("")},
    {S_INIT("&rlm;"), S_INIT("")},
};

/* A caption's text without tags, its entities as what they stand for. */
static void
add_plain(struct buf *b, struct str s)
{
	while (s.n > 0) {
		ptrdiff_t taken = 0;
		for (ptrdiff_t i = 0; i < COUNT_OF(entities); i++) {
			if (!str_starts(s, entities[i].name))
				continue;
			buf_add(b, entities[i].text);
			taken = entities[i].name.n;
			break;
		}
		if (taken == 0 && s.p[0] == '<') {
			ptrdiff_t end = str_find_byte(s, '>');
			taken = end < 0 ? s.n : end + 1;
		}
		if (taken == 0) {
			buf_byte(b, s.p[0]);
			taken = 1;
		}
		s = str_sub(s, taken, s.n);
	}
}

/* "00:01.000 --> 00:04.000 align:start" */
static bool
read_arrow(struct str line, int64_t *from_ms, int64_t *to_ms)
{
	struct str rest = str_trim(line);
	if (!cut_time(&rest, from_ms))
		return false;
	rest = str_trim(rest);
	if (!str_starts(rest, S("-->")))
		return false;
	rest = str_trim(str_sub(rest, 3, rest.n));
	return cut_time(&rest, to_ms);
}

static void
add_short(struct buf *b, int64_t ms)
{
	if (ms >= 3600000)
		buf_fmt(b, "%lld:%02lld:%02lld", (long long)(ms / 3600000),
		    (long long)(ms / 60000 % 60), (long long)(ms / 1000 % 60));
	else
		buf_fmt(b, "%lld:%02lld", (long long)(ms / 60000),
		    (long long)(ms / 1000 % 60));
	if (ms % 1000 != 0)
		buf_fmt(b, ".%03lld", (long long)(ms % 1000));
}

/* The lines up to an empty one, as one; gives how many were read. */
static int64_t
add_caption(struct buf *b, struct str *rest)
{
	int64_t n = 0;
	while (rest->n > 0) {
		struct str line = str_trim(str_cut(rest, '\n'));
		n++;
		if (line.n == 0)
			break;
		if (n > 1)
			buf_byte(b, ' ');
		add_plain(b, line);
	}
	buf_byte(b, '\n');
	return n;
}

/* The first line that is no UTF-8; 0: all of it is. */
static int64_t
broken_line(struct str text)
{
	if (utf8_valid(text))
		return 0;
	for (int64_t line = 1;; line++) {
		if (!utf8_valid(str_cut(&text, '\n')) || text.n == 0)
			return line;
	}
}

/* Captions from what follows the head; gives what is wrong, in *line. */
static const char *
read_cues(struct buf *b, struct str vtt, int64_t *line)
{
	int64_t from_ms, to_ms;
	for (*line = 1; vtt.n > 0; ++*line) {
		struct str here = str_cut(&vtt, '\n');
		if (str_find(here, S("-->")) < 0)
			continue;
		if (!read_arrow(here, &from_ms, &to_ms) || to_ms <= from_ms)
			return N_("The times stand as 00:03.000 --> 00:07.000, "
				  "and the last one is the later.");
		add_short(b, from_ms);
		buf_byte(b, '-');
		add_short(b, to_ms);
		buf_byte(b, ' ');
		*line += add_caption(b, &vtt);
	}
	return b->n > 0 && !b->full ? NULL
				    : N_("There is no caption in the file.");
}

const char *
captions_fault(
    struct arena *a, struct str vtt, struct str *words, int64_t *line)
{
	struct buf b = buf_new(a, vtt.n * 2 + 64);
	if (str_starts(vtt, S("\xef\xbb\xbf")))
		vtt = str_sub(vtt, 3, vtt.n);
	*line = broken_line(vtt);
	if (*line > 0)
		return N_("This is not text in UTF-8.");
	vtt = str_replace(a, vtt, S("\r\n"), S("\n"));
	*line = 1;
	if (!str_starts(vtt, S("WEBVTT")))
		return N_("The first line is not WEBVTT.");
	const char *fault = read_cues(&b, vtt, line);
	*words = buf_str(&b);
	return fault;
}

enum err
captions_read(struct arena *a, struct str vtt, struct str *words)
{
	int64_t line;
	return captions_fault(a, vtt, words, &line) == NULL ? ERR_OK
							    : ERR_INVALID;
}
