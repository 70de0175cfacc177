/* SPDX-License-Identifier: MPL-2.0 */
#include "report/ics.h"

#include "base/buf.h"
#include "base/utf8.h"

enum {
	ICS_BYTES = 16 * 1024 * 1024,
	LINE_OCTETS = 75, /* RFC 5545, 3.1: without the CR LF */
};

/* One content line, folded; a UTF-8 sequence is never cut in two. */
static void
add_line(struct buf *out, struct str line)
{
	ptrdiff_t room = LINE_OCTETS;
	while (line.n > room) {
		ptrdiff_t cut = room;
		while (((unsigned char)line.p[cut] & 0xc0) == 0x80)
			cut--;
		buf_add(out, str_sub(line, 0, cut));
		buf_add(out, S("\r\n "));
		line = str_sub(line, cut, line.n);
		room = LINE_OCTETS - 1; /* the space counts */
	}
	buf_add(out, line);
	buf_add(out, S("\r\n"));
}

/* TEXT values: RFC 5545, 3.3.11. */
static void
add_escaped(struct buf *line, struct str text)
{
	for (ptrdiff_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '\r')
			continue;
		if (c == '\\' || c == ';' || c == ',')
			buf_byte(line, '\\');
		if (c == '\n')
			buf_add(line, S("\\n"));
		else
			buf_byte(line, c);
	}
}

static void
add_text(struct arena *a, struct buf *out, const char *name, struct str text)
{
	struct buf line = buf_new(a, ICS_BYTES);
	buf_add(&line, str_c(name));
	buf_byte(&line, ':');
	add_escaped(&line, text);
	add_line(out, buf_str(&line));
	out->full = out->full || line.full;
}

static void
add_day(struct buf *out, const char *name, struct date d)
{
	buf_fmt(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, d.year, d.month,
	    d.day);
}

static void
add_time(struct buf *out, const char *name, int64_t us)
{
	struct civil c = civil_utc(us);
	buf_fmt(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, c.date.year,
	    c.date.month, c.date.day, c.hour, c.minute, c.second);
}

static bool
url_ok(struct str url)
{
	for (ptrdiff_t i = 0; i < url.n; i++) {
		if ((unsigned char)url.p[i] <= ' ')
			return false;
	}
	return utf8_valid(url);
}

static bool
event_ok(const struct ics_event *e)
{
	return e->uid.n > 0 && utf8_valid(e->uid) && date_is_set(e->date) &&
	    (e->from_us == 0 || e->to_us > e->from_us) &&
	    utf8_valid(e->place) && utf8_valid(e->summary) &&
	    utf8_valid(e->description) && url_ok(e->url);
}

static void
add_event(struct arena *a, struct buf *out, const struct ics_event *e)
{
	struct str summary = e->summary;
	if (e->done)
		summary = str_cat(a, S("✓ "), summary);
	buf_add(out, S("BEGIN:VEVENT\r\n"));
	add_text(a, out, "UID", e->uid);
	add_time(out, "DTSTAMP", e->stamp_us);
	if (e->from_us > 0) {
		add_time(out, "DTSTART", e->from_us);
		add_time(out, "DTEND", e->to_us);
	} else { /* the first day that is not part of it (3.6.1) */
		add_day(out, "DTSTART", e->date);
		add_day(out, "DTEND", date_from_days(date_days(e->date) + 1));
	}
	add_text(a, out, "SUMMARY", summary);
	if (e->description.n > 0)
		add_text(a, out, "DESCRIPTION", e->description);
	if (e->place.n > 0)
		add_text(a, out, "LOCATION", e->place);
	if (e->url.n > 0) /* an address is no TEXT: not escaped */
		add_line(out, str_cat(a, S("URL:"), e->url));
	buf_add(out, S("STATUS:CONFIRMED\r\nTRANSP:"));
	buf_add(out, e->from_us > 0 ? S("OPAQUE") : S("TRANSPARENT"));
	buf_add(out, S("\r\nEND:VEVENT\r\n"));
}

enum err
ics_write(struct arena *a, struct str name, const struct ics_event *events,
    ptrdiff_t n, struct str *out)
{
	struct buf feed = buf_new(a, ICS_BYTES);
	if (!utf8_valid(name))
		return ERR_INVALID;
	buf_add(&feed,
	    S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	      "PRODID:-//Samskab//Samskab//DA\r\nCALSCALE:GREGORIAN\r\n"));
	add_text(a, &feed, "X-WR-CALNAME", name);
	for (ptrdiff_t i = 0; i < n; i++) {
		if (!event_ok(&events[i]))
			return ERR_INVALID;
		struct arena *scratch = arena_scratch(a);
		add_event(scratch, &feed, &events[i]);
		arena_close(scratch);
	}
	buf_add(&feed, S("END:VCALENDAR\r\n"));
	*out = buf_str(&feed);
	return feed.full ? ERR_TOO_LARGE : ERR_OK;
}
