/* SPDX-License-Identifier: MPL-2.0 */
#include "report/ics.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "help.h"

static struct str
feed_of(struct arena *a, const struct ics_event *events, ptrdiff_t n)
{
	struct str out;
	CHECK_OK(ics_write(a, S("Opgaver, nu"), events, n, &out));
	return out;
}

static struct ics_event
event(const char *summary)
{
	return (struct ics_event){
	    .uid = S("0192f0c8-0000-7000-8000-000000000001"),
	    .stamp_us = INT64_C(1795500000000000),
	    .date = {2026, 12, 31},
	    .summary = str_c(summary),
	};
}

/* Lines that are no more than 75 octets of valid UTF-8 and end in CR LF. */
static bool
lines_ok(struct str feed)
{
	while (feed.n > 0) {
		ptrdiff_t end = str_find(feed, S("\r\n"));
		struct str line = str_sub(feed, 0, end);
		if (end < 0 || end > 75 || !utf8_valid(line) ||
		    str_find_byte(line, '\n') >= 0 ||
		    str_find_byte(line, '\r') >= 0)
			return false;
		feed = str_sub(feed, end + 2, feed.n);
	}
	return true;
}

/* The value of the first line called `name`, unfolded and unescaped. */
static struct str
value_of(struct arena *a, struct str feed, const char *name)
{
	struct str flat = str_replace(a, feed, S("\r\n "), S(""));
	struct str key = str_fmt(a, "\r\n%s:", name);
	struct buf out = buf_new(a, 1 << 20);
	ptrdiff_t at = str_find(flat, key);
	CHECK(at >= 0);
	flat = str_sub(flat, at + key.n, flat.n);
	flat = str_sub(flat, 0, str_find(flat, S("\r\n")));
	for (ptrdiff_t i = 0; i < flat.n; i++) {
		char c = flat.p[i];
		if (c == '\\' && i + 1 < flat.n) {
			c = flat.p[++i];
			c = c == 'n' ? '\n' : c;
		}
		buf_byte(&out, c);
	}
	return buf_str(&out);
}

TEST(a_feed_has_what_calendars_ask_for)
{
	struct ics_event e = event("Ring til Åse");
	e.url = S("https://example.dk/netvaerk/1/opgaver?a=1;b=2,3");
	struct str feed = feed_of(arena, &e, 1);
	CHECK(str_starts(feed, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")));
	CHECK(str_ends(feed, S("END:VEVENT\r\nEND:VCALENDAR\r\n")));
	CHECK_HAS(feed, S("\r\nPRODID:-//Samskab"));
	CHECK_HAS(feed, S("\r\nX-WR-CALNAME:Opgaver\\, nu\r\n"));
	CHECK_HAS(feed, S("\r\nDTSTAMP:20261124T060000Z\r\n"));
	CHECK_HAS(feed, S("\r\nDTSTART;VALUE=DATE:20261231\r\n"));
	CHECK_HAS(feed, S("\r\nDTEND;VALUE=DATE:20270101\r\n"));
	CHECK_HAS(feed, S("\r\nTRANSP:TRANSPARENT\r\n"));
	CHECK_HAS(feed, S("\r\nURL:https://example.dk/netvaerk/1/opgaver"));
	CHECK_HAS(feed, S("?a=1;b=2,3\r\n"));
	CHECK_LACKS(feed, S("METHOD"));
	CHECK_LACKS(feed, S("VALARM"));
	CHECK_LACKS(feed, S("DESCRIPTION"));
	CHECK(lines_ok(feed));
}

TEST(texts_come_back_whatever_they_hold)
{
	static const char *const texts[] = {"kort", "a,b;c\\d:e\"f",
	    "\\n er ikke\nen ny linje\n\n",
	    "æøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøå",
	    "xæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæø",
	    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
	    "BEGIN:VEVENT\nUID:x\nEND:VCALENDAR", " foran og bag ",
	    "\\\\\\\\,,,,,,,,;;;;;;;;,,,,,,,,\\\\,,,,;;;;"};
	for (ptrdiff_t i = 0; i < COUNT_OF(texts); i++) {
		struct ics_event e = event(texts[i]);
		e.description = str_fmt(
		    arena, "%s %s", texts[i], texts[COUNT_OF(texts) - 1 - i]);
		struct str feed = feed_of(arena, &e, 1);
		CHECK(lines_ok(feed));
		CHECK_STR(value_of(arena, feed, "SUMMARY"), e.summary);
		CHECK_STR(value_of(arena, feed, "DESCRIPTION"), e.description);
		CHECK_INT(count_of(feed, S("\r\nBEGIN:VEVENT")), 1);
	}
}

TEST(every_length_folds_without_cutting_a_letter)
{
	struct buf b = buf_new(arena, 4000);
	for (int i = 0; i < 300; i++) {
		buf_add(&b, i % 3 == 0 ? S("å") : i % 3 == 1 ? S("x") : S("€"));
		struct arena *scratch = arena_scratch(arena);
		struct ics_event e = event("");
		e.summary = buf_str(&b);
		struct str feed = feed_of(scratch, &e, 1);
		CHECK(lines_ok(feed));
		CHECK_STR(value_of(scratch, feed, "SUMMARY"), e.summary);
		arena_close(scratch);
	}
	/* The controls: a line too long, a letter cut, a bare line feed. */
	CHECK(!lines_ok(str_cat(arena, buf_str(&b), S("\r\n"))));
	CHECK(!lines_ok(S("x\xc3\r\n \xa5\r\n")));
	CHECK(!lines_ok(S("a\nb\r\n")));
}

TEST(a_done_task_has_a_tick_and_a_bad_one_is_refused)
{
	struct str out;
	struct ics_event e = event("Gjort");
	e.done = true;
	CHECK_HAS(feed_of(arena, &e, 1), S("SUMMARY:✓ Gjort\r\n"));
	e.summary = S("a\x01");
	CHECK_INT(ics_write(arena, S("n"), &e, 1, &out), ERR_INVALID);
	e = event("a");
	e.url = S("https://x/\r\nEVIL:1");
	CHECK_INT(ics_write(arena, S("n"), &e, 1, &out), ERR_INVALID);
	e = event("a");
	e.date = (struct date){0};
	CHECK_INT(ics_write(arena, S("n"), &e, 1, &out), ERR_INVALID);
	CHECK_HAS(feed_of(arena, NULL, 0), S("END:VCALENDAR\r\n"));
}
