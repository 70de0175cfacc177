/* SPDX-License-Identifier: MPL-2.0 */

/* Mail about answers that are owed: to the leader in time, to the secretariat
 * when nothing happens. */
#include "jobs/remind.h"

#include "base/buf.h"
#include "model/account.h"
#include "model/late.h"
#include "model/outbox.h"
#include "tests/model/decided.h"

static const struct remind WHAT = {S_INIT("https://samskab.test"), true};

/* How many mails there are after the sweep of that day. */
static ptrdiff_t
mails_on(struct decided *s, const char *day, struct mail_line *newest)
{
	struct date date;
	struct mail_lines lines;
	struct world *w = &s->w;
	CHECK(date_parse(str_c(day), &date));
	w->program.now_us = date_us(date) + 10 * HOUR_US;
	CHECK_OK(remind_late(&WHAT, w->arena, &w->program, w->db));
	CHECK_OK(mail_list(w->db, w->arena, &w->program,
	    (struct mail_query){.open = true}, &lines));
	if (lines.n > 0)
		CHECK_OK(mail_get(
		    w->db, w->arena, &w->program, lines.list[0].id, newest));
	return lines.n;
}

static struct str
address_of(struct decided *s, struct id id)
{
	struct account account;
	CHECK_OK(account_get(s->w.db, s->w.arena, &s->w.program, id, &account));
	return account.mail;
}

/* guide:S10 guide:S43 */
TEST_DB(remind_late_tells_the_leader_and_then_the_secretariat)
{
	struct decided s;
	struct mail_line mail;
	struct id gry = id_new(NOW_US);
	struct account_form form = {.name = S("Gry Holm"),
	    .mail = S("gry@fjordby.test"),
	    .is_secretariat = true};
	decided_new(&s, arena, db);
	CHECK_OK(account_create(db, arena, &s.w.program, gry, form));
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_INT(mails_on(&s, "2026-12-17", &mail), 0);
	CHECK_INT(mails_on(&s, "2026-12-18", &mail), 1);
	CHECK_STR(mail.to, address_of(&s, s.w.mette));
	CHECK_HAS(mail.body, S("Lys ved skolen"));
	CHECK_HAS(mail.body, S("20. december"));
	CHECK_HAS(mail.body, S("https://samskab.test"));
	CHECK_LACKS(mail.body, S("Karen"));
	CHECK_INT(mails_on(&s, "2026-12-19", &mail), 1); /* told */
	CHECK_INT(mails_on(&s, "2026-12-21", &mail), 2); /* it is late */
	CHECK_INT(mails_on(&s, "2026-12-22", &mail), 2);
	CHECK_INT(mails_on(&s, "2026-12-27", &mail), 4); /* both of them */
	CHECK_INT(mails_on(&s, "2026-12-28", &mail), 4);
	struct mail_lines lines;
	CHECK_OK(mail_list(db, arena, &s.w.program,
	    (struct mail_query){.open = true}, &lines));
	CHECK(str_eq(lines.list[0].to, S("gry@fjordby.test")) ||
	    str_eq(lines.list[1].to, S("gry@fjordby.test")));
}

/* Who turned reminders off gets none; the secretariat is told all the same. */
TEST_DB(remind_late_leaves_who_wants_no_mail)
{
	struct decided s;
	struct mail_line mail;
	struct id gry = id_new(NOW_US);
	struct account_form form = {.name = S("Gry Holm"),
	    .mail = S("gry@fjordby.test"),
	    .is_secretariat = true};
	decided_new(&s, arena, db);
	CHECK_OK(account_create(db, arena, &s.w.program, gry, form));
	CHECK_OK(account_set_reminders(db, arena, &s.w.leader, false));
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_INT(mails_on(&s, "2026-12-21", &mail), 0);
	CHECK_INT(mails_on(&s, "2026-12-27", &mail), 1);
	CHECK_STR(mail.to, S("gry@fjordby.test"));
	CHECK_OK(account_enable(db, arena, &s.w.program, gry, false));
	CHECK_INT(mails_on(&s, "2026-12-28", &mail), 1);
}

static ptrdiff_t
lines_about(struct str body)
{
	ptrdiff_t n = 0;
	while (body.n > 0)
		n += str_starts(str_cut(&body, '\n'), S("- "));
	return n;
}

/* More than a mail holds: what is left of it comes with the next one, and what
 * counts as told stands in one. */
TEST_DB(remind_late_tells_all_of_a_long_list)
{
	enum { DECISIONS = 130 };
	struct decided s;
	struct mail_line mail;
	struct decision d;
	struct record r;
	decided_new(&s, arena, db);
	struct world *w = &s.w;
	for (int i = 0; i < DECISIONS; i++) {
		struct buf b = buf_new(arena, 600);
		buf_fmt(&b, "%d ", i);
		for (int k = 0; k < 110; k++)
			buf_add(&b, S("𝄞"));
		r = world_record(w, KIND_DECISION);
		record_set(&r, "title", buf_str(&b));
		world_save(w, &r);
		struct decision_taking t = {.outcome = S("adopted"),
		    .taken = S("2026-11-20"),
		    .reason = S("Stien er mørk.")};
		CHECK_OK(decision_get(db, arena, &w->leader, r.id, &d));
		CHECK_OK(decision_take(db, arena, &w->leader, &d, &t));
	}
	CHECK_INT(mails_on(&s, "2026-12-18", &mail), 1);
	ptrdiff_t told = lines_about(mail.body);
	CHECK_HAS(mail.body, S("https://samskab.test"));
	CHECK_INT(mails_on(&s, "2026-12-19", &mail), 2);
	told += lines_about(mail.body);
	CHECK_INT(told, DECISIONS);
	CHECK_INT(mails_on(&s, "2026-12-19", &mail), 2);
}
