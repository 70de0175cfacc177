/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_REMIND_H
#define JOBS_REMIND_H

#include "model/network.h"

/* remind.h - tasks are called to mind by mail, before they are due (S9).
 *
 * Everybody gets one mail with all of their open tasks that are due within
 * REMIND_DAYS or late, once for each date; who turned reminders off gets none.
 * The mails are rows of the outbox, written together with what says that they
 * were.  Tests: tests/jobs/remind.c,
 * tests/jobs/remind_shift.c, tests/jobs/remind_late.c
 */
enum { REMIND_DAYS = 2, REMIND_AT_ONCE = 200 };

struct remind {
	struct str base_url; /* where the mail leads */
	bool has_smtp; /* else the mails are kept */
};

/* For one organisation, in a write of its own; may be run again. */
enum err remind_owners(const struct remind *, struct arena *,
    const struct actor *program, struct db *) MUST_USE;

/* A mail to each volunteer who is on a shift within REMIND_DAYS, wants mail and
 * was not told. */
enum err remind_volunteers(const struct remind *, struct arena *,
    const struct actor *program, struct db *) MUST_USE;

/* A mail to each volunteer for whom a shift has changed (model/shift_news.h),
 * with all that is new; who has no mail is left to the coordinator, and so is
 * everybody where no mail can go. */
enum err remind_news(const struct remind *, struct arena *,
    const struct actor *program, struct db *) MUST_USE;

/* A mail to each who is asked before or after something and wants mail,
 * MEASURE_REMIND_DAYS before the last day and once a round; REMIND_AT_ONCE in a
 * sweep, the others in the next. */
enum err remind_respondents(const struct remind *, struct arena *,
    const struct actor *program, struct db *) MUST_USE;

/* A mail to the leader of a network that owes people an answer, before it is late
 * and when it is, and to the secretariat when it has been for LATE_LONG_DAYS
 * (model/late.h): once each.  (jobs/remind_late.c) */
enum err remind_late(const struct remind *, struct arena *,
    const struct actor *program, struct db *) MUST_USE;

/* A mail to each administrator when a year has gone since the organisation
 * looked at how accessible its site is (model/was.h). */
enum err remind_statement(const struct remind *, struct arena *,
    const struct actor *program, struct db *) MUST_USE;

#endif
