/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/remind.h"

#include "base/buf.h"
#include "model/account.h"
#include "model/outbox.h"
#include "model/setting.h"
#include "tests/model/fixture.h"

static const struct remind WHAT = {S_INIT("https://samskab.test"), true};

static void
add_task(struct world *w, const char *title, const char *due, struct id owner)
{
	struct record task = world_record(w, KIND_TASK);
	record_set(&task, "title", str_c(title));
	record_set(&task, "due", str_c(due));
	record_set(&task, "owner", id_text(w->arena, owner));
	world_save(w, &task);
}

/* The mails that wait, the newest first, with their texts. */
static struct mail_lines
mails(struct world *w)
{
	struct mail_lines lines;
	CHECK_OK(mail_list(w->db, w->arena, &w->program,
	    (struct mail_query){.open = true}, &lines));
	for (ptrdiff_t i = 0; i < lines.n; i++)
		CHECK_OK(mail_get(w->db, w->arena, &w->program,
		    lines.list[i].id, &lines.list[i]));
	return lines;
}

static struct mail_line
mail_to(const struct mail_lines *lines, const char *to)
{
	ptrdiff_t i = 0;
	while (i < lines->n && !str_eq(lines->list[i].to, str_c(to)))
		i++;
	CHECK(i < lines->n);
	return lines->list[i];
}

static struct str
mail_of(struct world *w, struct id id)
{
	struct account account;
	CHECK_OK(account_get(w->db, w->arena, &w->program, id, &account));
	return account.mail;
}

/* guide:S9 everybody gets one mail with all that is due, and only once */
TEST_DB(remind_sends_one_mail_an_owner)
{
	struct world w;
	world_new(&w, arena, db);
	add_task(&w, "Ring til Åse", "2026-11-25", w.ali);
	add_task(&w, "Book lokalet", "2026-11-20", w.ali);
	add_task(&w, "Skriv brevet", "2026-11-26", w.mette);
	add_task(&w, "Først til jul", "2026-12-20", w.ali);
	CHECK_OK(remind_owners(&WHAT, arena, &w.program, db));
	struct mail_lines lines = mails(&w);
	CHECK_INT(lines.n, 2);
	struct mail_line ali =
	    mail_to(&lines, str_cstr(arena, mail_of(&w, w.ali)));
	CHECK_STR(ali.subject, S("Dine opgaver: 2"));
	CHECK_HAS(ali.body, S("- Ring til Åse (25. november 2026)"));
	CHECK_HAS(ali.body, S("- Book lokalet (20. november 2026)"));
	CHECK_HAS(ali.body, S("https://samskab.test"));
	CHECK_LACKS(ali.body, S("jul"));
	CHECK_LACKS(ali.body, S("Skriv brevet"));

	CHECK_OK(remind_owners(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 2);
}

/* Who turned reminders off gets none; a new date is told anew. */
TEST_DB(remind_keeps_to_what_the_owner_wants)
{
	struct world w;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	CHECK_OK(account_set_reminders(db, arena, &ali, false));
	struct record task = world_record(&w, KIND_TASK);
	record_set(&task, "due", S("2026-11-25"));
	record_set(&task, "owner", id_text(arena, w.ali));
	world_save(&w, &task);
	CHECK_OK(remind_owners(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 0);

	CHECK_OK(account_set_reminders(db, arena, &ali, true));
	CHECK_OK(remind_owners(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 1);
	CHECK_OK(record_get(db, arena, &w.leader, KIND_TASK, task.id, &task));
	record_set(&task, "due", S("2026-11-26"));
	world_save(&w, &task);
	CHECK_OK(remind_owners(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 2);
}

/* A year after the last look at how accessible the site is, once. */
TEST_DB(remind_administrators_of_the_accessibility_statement)
{
	struct world w;
	world_new(&w, arena, db);
	struct account_form form = {.name = S("Asta Dam"),
	    .mail = S("asta@fjordby.example"),
	    .is_admin = true};
	struct setting day = {S("was_day"), S("2026-01-10")};
	CHECK_OK(account_create(db, arena, &w.program, id_new(NOW_US), form));
	CHECK_OK(setting_save(db, arena, &w.program, &day));
	CHECK_OK(remind_statement(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 0); /* not a year yet */
	w.program.now_us = NOW_US + 60 * DAY_US;
	CHECK_OK(remind_statement(&WHAT, arena, &w.program, db));
	struct mail_lines lines = mails(&w);
	ptrdiff_t n = lines.n;
	CHECK_HAS(mail_to(&lines, "asta@fjordby.example").body,
	    S("https://samskab.test/sekretariat/regler"));
	CHECK_OK(remind_statement(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, n);
	/* They looked: not before the next year. */
	day.value = S("2027-01-20");
	CHECK_OK(setting_save(db, arena, &w.program, &day));
	CHECK_OK(remind_statement(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, n);
	w.program.now_us += 366 * DAY_US;
	CHECK_OK(remind_statement(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 2 * n);
}
