/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ICS_H
#define REPORT_ICS_H

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"

/* ics.h - a calendar that phones and mail programs can subscribe to (RFC 5545).
 *
 * A task is an all-day VEVENT that leaves its owner free (TRANSP:TRANSPARENT),
 * since phones show those and hide VTODO; a shift has its hours.  No alarms:
 * reminders are the reader's own affair.  Tests: tests/report/ics.c
 */
struct ics_event {
	struct str uid; /* the same for ever: an id */
	int64_t stamp_us; /* when it was made or changed */
	struct date date;
	int64_t from_us, to_us; /* 0: all day */
	struct str summary;
	struct str description; /* may be empty */
	struct str url, place; /* may be empty */
	bool done; /* a tick before the summary */
};

/* The feed called `name`.  ERR_INVALID: a text that is not utf8_valid(), an
 * event without uid or date or that
 * ends before it begins, an address with a space; ERR_TOO_LARGE past
 * 16 MB. */
enum err ics_write(struct arena *, struct str name,
    const struct ics_event *events, ptrdiff_t n, struct str *out) MUST_USE;

#endif
