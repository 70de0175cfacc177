/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/remind.h"

#include "base/buf.h"
#include "model/account.h"
#include "model/outbox.h"
#include "model/rights.h"
#include "model/citizen.h"
#include "model/measure.h"
#include "model/setting.h"
#include "tests/model/volunteers.h"

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

/* ---- who is asked before and after ---- */

/* A round of one question that asks until that day. */
static struct measure
ask_until(struct world *w, const char *day)
{
	struct measure m;
	struct record r = world_record(w, KIND_MEASURE);
	record_set(&r, "title", S("Hjælp i hverdagen"));
	record_set(&r, "design", S("before_after"));
	world_save(w, &r);
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &m));
	struct measure_more more = {.bank = S("q_respect")};
	CHECK_OK(measure_items_add(w->db, w->arena, &w->leader, &m, &more));
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &m));
	CHECK_OK(measure_begin_round(w->db, w->arena, &w->leader, &m));
	CHECK_OK(measure_ends(w->db, w->arena, &w->leader, &m, str_c(day)));
	return m;
}

/* Somebody with a way to reach them, who has a code and said yes. */
static struct id
asked_at(
    struct world *w, const char *alias, const char *channel, struct str mail)
{
	static const char SQL_YES[] =
	    "UPDATE person SET state = 'yes' WHERE org = $1 AND id = $2";
	static const char SQL_CODE[] =
	    "INSERT INTO code (org, hash, network, person, created_us, ends_us)"
	    " VALUES ($1, $2, $3, $4, $5, $6)";
	struct id id = volunteers_person(w, alias, channel);
	struct person_contact c = {
	    .name = str_c(alias), .phone = S("20304050"), .mail = mail};
	CHECK_OK(person_contact_put(w->db, w->arena, &w->leader, id, &c));
	CHECK_OK(db_exec(w->db, SQL_CODE, NULL, DB_ID(w->org.id),
	    DB_HASH(hash_of(c.name)), DB_ID(w->network), DB_ID(id),
	    DB_INT(NOW_US), DB_INT(NOW_US + 90 * DAY_US)));
	CHECK_OK(db_exec(w->db, SQL_YES, NULL, DB_ID(w->org.id), DB_ID(id)));
	return id;
}

static struct id
asked(struct world *w, const char *alias, const char *channel)
{
	return asked_at(w, alias, channel,
	    STR_JOIN(w->arena, str_c(alias), S("@fjordby.test")));
}

static void
answers(struct world *w, const struct measure *m, struct id person)
{
	struct citizen c = {
	    .in = w->leader, .person = {.id = person, .state = S("yes")}};
	struct respondent p = measure_citizen(w->arena, m, &c);
	struct measure_reply r = {.now = {4}};
	CHECK_OK(measure_reply_put(w->db, w->arena, &w->leader, &p, &r));
}

/* guide:S29: who was asked is reminded once, three days before; also who has
 * answered, as the outbox has who was written to and would tell who was not. */
TEST_DB(remind_asks_everybody_who_was_asked_once)
{
	struct world w;
	world_new(&w, arena, db);
	struct measure m = ask_until(&w, "2026-11-27");
	struct id karen = asked(&w, "karen", "mail");
	asked(&w, "jonas", "mail");
	asked(&w, "rosa", "phone");
	answers(&w, &m, karen);
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	struct mail_lines lines = mails(&w);
	CHECK_INT(lines.n, 2);
	(void)mail_to(&lines, "karen@fjordby.test");
	struct mail_line jonas = mail_to(&lines, "jonas@fjordby.test");
	CHECK_STR(jonas.subject, S("Vil du svare på nogle få spørgsmål?"));
	CHECK_HAS(jonas.body, S("Hjælp i hverdagen"));
	CHECK_HAS(jonas.body, S("til og med 27. november 2026"));
	CHECK_HAS(jonas.body, S("Har du allerede svaret? Så tak."));
	CHECK_HAS(jonas.body, S("https://samskab.test/c\n"));
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 2);
	/* Also when the day is moved. */
	CHECK_OK(measure_ends(db, arena, &w.leader, &m, S("2026-11-26")));
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 2);
	/* Who stops gets no mail that waits. */
	CHECK_OK(person_set_state(db, arena, &w.leader, karen, S("stopped")));
	CHECK_INT(mails(&w).n, 1);
}

/* Some hundreds at a time; the next time the others. */
TEST_DB(remind_writes_to_many_a_part_at_a_time)
{
	static const char SQL_MANY[] =
	    "SELECT COUNT(*) FROM outbox WHERE org = $1 AND kind = 'measure'";
	struct world w;
	struct db_row row;
	world_new(&w, arena, db);
	(void)ask_until(&w, "2026-11-27");
	for (int i = 0; i <= REMIND_AT_ONCE; i++)
		asked(&w, str_cstr(arena, str_fmt(arena, "k%d", i)), "mail");
	for (int i = 0; i < 3; i++) {
		CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
		CHECK_OK(db_one(db, arena, SQL_MANY, &row, DB_ID(w.org.id)));
		CHECK_INT(db_int(&row, 0), REMIND_AT_ONCE + (i > 0));
	}
}

/* Those without an address fill nobody's place. */
TEST_DB(remind_reaches_who_comes_after_many_without_an_address)
{
	struct world w;
	world_new(&w, arena, db);
	(void)ask_until(&w, "2026-11-27");
	for (int i = 0; i <= REMIND_AT_ONCE; i++)
		asked_at(&w, str_cstr(arena, str_fmt(arena, "k%d", i)), "mail",
		    S(""));
	asked(&w, "karen", "mail");
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	struct mail_lines lines = mails(&w);
	CHECK_INT(lines.n, 1);
	(void)mail_to(&lines, "karen@fjordby.test");
}

TEST_DB(remind_asks_nobody_too_early_or_who_stopped)
{
	static const char SQL_STOPPED[] =
	    "UPDATE person SET state = 'stopped' WHERE org = $1 AND id = $2";
	struct world w;
	world_new(&w, arena, db);
	struct measure m = ask_until(&w, "2026-11-28");
	struct id karen = asked(&w, "karen", "mail");
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 0);
	CHECK_OK(measure_ends(db, arena, &w.leader, &m, S("2026-11-24")));
	CHECK_OK(db_exec(db, SQL_STOPPED, NULL, DB_ID(w.org.id), DB_ID(karen)));
	/* Nor whose data is used for nothing. */
	struct right stop = {.id = id_new(NOW_US),
	    .person = asked(&w, "ib", "mail"),
	    .kind = S("objection"),
	    .received = date_danish(NOW_US)};
	CHECK_OK(right_add(db, arena, &w.leader, &stop));
	stop.outcome = S("granted");
	stop.answer = S("Vi skriver ikke mere");
	CHECK_OK(right_answer(db, arena, &w.leader, &stop));
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 0);
	/* The twin: somebody new is reminded, and not when it has closed. */
	asked(&w, "rosa", "mail");
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 1);
	asked(&w, "sam", "mail");
	CHECK_OK(measure_close_round(db, arena, &w.leader, &m));
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 1);
}

/* Neither the mail nor that it was sent outlives its person. */
TEST_DB(remind_leaves_nothing_of_who_is_erased)
{
	static const char SQL_LEFT[] =
	    "SELECT (SELECT COUNT(*) FROM measure_reminder r WHERE r.org = $1),"
	    " (SELECT COUNT(*) FROM outbox o WHERE o.org = $1"
	    "   AND o.kind = 'measure')";
	struct world w;
	struct db_row row;
	world_new(&w, arena, db);
	(void)ask_until(&w, "2026-11-25");
	struct id karen = asked(&w, "karen", "mail");
	CHECK_OK(remind_respondents(&WHAT, arena, &w.program, db));
	CHECK_OK(db_one(db, arena, SQL_LEFT, &row, DB_ID(w.org.id)));
	CHECK_INT(db_int(&row, 0), 1);
	CHECK_INT(db_int(&row, 1), 1);
	CHECK_OK(person_erase(db, arena, &w.leader, karen));
	CHECK_OK(db_one(db, arena, SQL_LEFT, &row, DB_ID(w.org.id)));
	CHECK_INT(db_int(&row, 0), 0);
	CHECK_INT(db_int(&row, 1), 0);
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
