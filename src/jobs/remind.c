/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/remind.h"

#include "base/buf.h"
#include "model/account.h"
#include "model/measure.h"
#include "model/outbox.h"
#include "model/shift_news.h"
#include "model/was.h"

enum { LIST_BYTES = 64 * 1024 };

/* One owner's tasks: some neighbours of a list in the order of owners. */
struct share {
	const struct task_line *task;
	ptrdiff_t n;
};

static struct str
task_list(struct arena *a, const struct share *s, enum lang lang)
{
	struct buf b = buf_new(a, LIST_BYTES);
	for (ptrdiff_t i = 0; i < s->n; i++) {
		struct date due = {0};
		(void)!date_parse(s->task[i].due, &due);
		buf_fmt(&b, "- %.*s (%.*s)\n", STR_ARG(s->task[i].title),
		    STR_ARG(lang_date(a, lang, due)));
	}
	return buf_str(&b);
}

static struct mail
mail_about(const struct remind *remind, struct arena *a,
    const struct account *owner, const struct share *s)
{
	struct str args[] = {
	    owner->name, task_list(a, s, owner->lang), remind->base_url};
	struct str count = lang_int(a, owner->lang, s->n);
	return (struct mail){
	    .kind = S("reminder"),
	    .to = owner->mail,
	    .subject = tr_fill(a, tr(owner->lang, "Your tasks: %1"), &count, 1),
	    .body = tr_fill(a,
		tr(owner->lang,
		    "Hello %1\n\nThese tasks in Samskab are due soon:\n\n"
		    "%2\nSee them here:\n\n%3\n\nYou can turn reminders off "
		    "on your account.\n"),
		args, 3),
	    .has_smtp = remind->has_smtp,
	};
}

/* A row a task says that its owner was told. */
static enum err
remind_one(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db, const struct share *s)
{
	struct account owner;
	enum err e = account_get(db, a, program, s->task[0].owner, &owner);
	if (e == ERR_NOT_FOUND)
		return ERR_OK; /* gone meanwhile: nobody to tell */
	if (e != ERR_OK)
		return e;
	struct mail mail = mail_about(remind, a, &owner, s);
	e = mail_add(db, a, program, &mail);
	for (ptrdiff_t i = 0; e == ERR_OK && i < s->n; i++)
		e = task_reminded(db, program, &s->task[i]);
	return e;
}

enum err
remind_owners(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db)
{
	struct task_lines tasks;
	struct date today = date_danish(program->now_us);
	struct date until = date_from_days(date_days(today) + REMIND_DAYS);
	enum err e = task_to_remind(db, a, program, until, &tasks);
	for (ptrdiff_t i = 0; e == ERR_OK && i < tasks.n;) {
		struct share s = {&tasks.list[i], 1};
		while (i + s.n < tasks.n &&
		    id_eq(s.task[0].owner, s.task[s.n].owner))
			s.n++;
		e = remind_one(remind, a, program, db, &s);
		i += s.n;
	}
	return e;
}

/* ---- volunteers ---- */

static struct mail
mail_about_shift(const struct remind *remind, struct arena *a,
    const struct shift_due *d, struct str to)
{
	enum lang lang = lang_parse(d->lang, LANG_DA);
	struct str args[] = {d->shift.task_title,
	    lang_date(a, lang, d->shift.day), shift_hours(a, lang, &d->shift),
	    d->shift.place};
	return (struct mail){.kind = S("shift"),
	    .once =
		STR_JOIN(a, corps_mails(a, d->person), id_text(a, d->place)),
	    .to = to,
	    .subject = tr_fill(a, tr(lang, "Your shift: %1"), args, 1),
	    .body = tr_fill(a,
		tr(lang,
		    "Hello\n\nYou are on a shift soon:\n\n%1\n%2, %3\n"
		    "%4\n\nCan you not come? Open your page with your code and "
		    "say so there. You need not say why.\n"),
		args, 4),
	    .has_smtp = remind->has_smtp};
}

/* Those who want mail; the others are on the coordinator's list. */
static enum err
remind_volunteer(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db, const struct shift_due *d)
{
	struct vault_contact c;
	if (!str_eq(d->channel, S("mail")) || !id_is_set(d->vault))
		return ERR_OK;
	enum err e = vault_contact_get(db, a, program, d->vault, &c);
	if (e == ERR_NOT_FOUND || (e == ERR_OK && !mail_address_ok(c.mail)))
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	struct mail mail = mail_about_shift(remind, a, d, c.mail);
	e = mail_add(db, a, program, &mail);
	return e == ERR_OK ? shift_reminded(db, program, d) : e;
}

enum err
remind_volunteers(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db)
{
	struct shift_dues due;
	struct date today = date_danish(program->now_us);
	struct date last = date_from_days(date_days(today) + REMIND_DAYS);
	enum err e = shift_to_remind(db, a, program, last, &due);
	for (ptrdiff_t i = 0; e == ERR_OK && i < due.n; i++)
		e = remind_volunteer(remind, a, program, db, &due.list[i]);
	return e;
}

/* ---- what has changed for them ---- */

/* One person's news: some neighbours in the order of people. */
struct told {
	const struct shift_news *news;
	ptrdiff_t n;
};

static struct str
news_list(struct arena *a, const struct told *t, enum lang lang)
{
	struct buf b = buf_new(a, LIST_BYTES);
	for (ptrdiff_t i = 0; i < t->n; i++) {
		const struct shift_news *news = &t->news[i];
		struct str args[] = {shift_news_words(a, lang, news),
		    news->shift.task_title, lang_date(a, lang, news->shift.day),
		    shift_hours(a, lang, &news->shift), news->shift.place,
		    news->contact};
		buf_add(&b,
		    tr_fill(a, tr(lang, "%1\n%2\n%3, %4\n%5\nAsk: %6\n\n"),
			args, 6));
	}
	return buf_str(&b);
}

/* How to say no stands there when there is something to say no to. */
static struct mail
mail_about_news(const struct remind *remind, struct arena *a,
    const struct told *t, struct str to)
{
	const struct shift_news *first = &t->news[0];
	enum lang lang = lang_parse(first->lang, LANG_DA);
	bool place = false;
	for (ptrdiff_t i = 0; i < t->n; i++)
		place = place || shift_news_is_place(&t->news[i]);
	struct str args[] = {news_list(a, t, lang), remind->base_url};
	return (struct mail){.kind = S("shift"),
	    .once = STR_JOIN(a, corps_mails(a, first->person),
		id_text(a, first->shift.id), S(":"),
		str_fmt(a, "%lld", (long long)first->seq)),
	    .to = to,
	    .subject = tr(lang, "News about your shifts"),
	    .body = tr_fill(a,
		place ? tr(lang,
			    "Hello\n\n%1Can you not come? Open your page with "
			    "your code and say so there, or call. You need not "
			    "say why.\n\n%2/c\n")
		      : tr(lang,
			    "Hello\n\n%1You can see your shifts on your page. "
			    "Open it with your code.\n\n%2/c\n"),
		args, 2),
	    .has_smtp = remind->has_smtp};
}

/* "": this person gets no mail. */
static enum err
news_address(struct db *db, struct arena *a, const struct actor *program,
    const struct shift_news *news, struct str *to)
{
	struct vault_contact c;
	*to = S("");
	if (!str_eq(news->channel, S("mail")) || !id_is_set(news->vault))
		return ERR_OK;
	enum err e = vault_contact_get(db, a, program, news->vault, &c);
	if (e == ERR_OK && mail_address_ok(c.mail))
		*to = c.mail;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* A place that is near was called to mind with this as well. */
static enum err
settle_news(struct db *db, const struct actor *program, const struct told *t,
    struct str state)
{
	enum err e = ERR_OK;
	int64_t near = date_days(date_danish(program->now_us)) + REMIND_DAYS;
	for (ptrdiff_t i = 0; e == ERR_OK && i < t->n; i++) {
		const struct shift_news *news = &t->news[i];
		e = shift_news_settle(db, program, news, state);
		if (e == ERR_OK && str_eq(state, S("told")) &&
		    shift_news_is_place(news) &&
		    date_days(news->shift.day) <= near)
			e = shift_reminded(db, program,
			    &(struct shift_due){.network = news->network,
				.place = news->place});
	}
	return e;
}

static enum err
tell_one(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db, const struct told *t)
{
	struct str to;
	enum err e = news_address(db, a, program, &t->news[0], &to);
	if (e != ERR_OK || to.n == 0 || !remind->has_smtp)
		return e == ERR_OK ? settle_news(db, program, t, S("hand")) : e;
	struct mail mail = mail_about_news(remind, a, t, to);
	e = mail_add(db, a, program, &mail);
	return e == ERR_OK ? settle_news(db, program, t, S("told")) : e;
}

/* What is late is put aside; the rest moves up. */
static enum err
drop_late(struct db *db, const struct actor *program, struct shift_newses *all)
{
	enum err e = ERR_OK;
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++) {
		if (all->list[i].late)
			e = shift_news_settle(
			    db, program, &all->list[i], S("late"));
		else
			all->list[n++] = all->list[i];
	}
	all->n = n;
	return e;
}

enum err
remind_news(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db)
{
	struct shift_newses all;
	enum err e = shift_news_due(db, a, program, &all);
	if (e == ERR_OK)
		e = drop_late(db, program, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n;) {
		struct told t = {&all.list[i], 1};
		while (i + t.n < all.n &&
		    id_eq(t.news[0].network, t.news[t.n].network) &&
		    id_eq(t.news[0].person, t.news[t.n].person))
			t.n++;
		e = tell_one(remind, a, program, db, &t);
		i += t.n;
	}
	return e;
}

/* ---- who is asked before and after ---- */

static struct mail
mail_about_measure(const struct remind *remind, struct arena *a,
    const struct measure_due *d, struct str to)
{
	struct date ends = {0};
	enum lang lang = lang_parse(d->person.lang, LANG_DA);
	(void)!date_parse(d->ends, &ends);
	struct str args[] = {d->title, lang_date(a, lang, ends),
	    str_cat(a, remind->base_url, S("/c"))};
	return (struct mail){.kind = S("measure"),
	    .once = STR_JOIN(a, measure_mails(a, d->person.id),
		id_text(a, d->measure), S(":"), lang_int(a, lang, d->round)),
	    .to = to,
	    .subject = tr_fill(
		a, tr(lang, "Will you answer a few questions?"), args, 0),
	    .body = tr_fill(a,
		tr(lang,
		    "Hello\n\nWe asked you to answer a few questions:\n\n%1\n\n"
		    "You can answer until %2. Open your page with your "
		    "code:\n\n"
		    "%3\n\nHave you answered already? Then thank you. You "
		    "choose whether you will. We only write this once.\n"),
		args, 3),
	    .has_smtp = remind->has_smtp};
}

/* The others are on the phone list. */
/* "": this person gets no mail. */
static enum err
respondent_address(struct arena *a, const struct actor *program, struct db *db,
    const struct measure_due *d, struct str *to)
{
	struct vault_contact c = {0};
	enum err e = vault_contact_get(db, a, program, d->person.vault, &c);
	*to = e == ERR_OK && mail_address_ok(c.mail) ? c.mail : S("");
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
remind_respondents(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db)
{
	struct measure_dues due;
	struct date today = date_danish(program->now_us);
	struct date last =
	    date_from_days(date_days(today) + MEASURE_REMIND_DAYS);
	int written = 0;
	enum err e = measure_to_remind(db, a, program, last, &due);
	for (ptrdiff_t i = 0;
	     e == ERR_OK && i < due.n && written < REMIND_AT_ONCE; i++) {
		struct str to;
		const struct measure_due *d = &due.list[i];
		e = respondent_address(a, program, db, d, &to);
		if (e != ERR_OK || to.n == 0)
			continue;
		struct mail mail = mail_about_measure(remind, a, d, to);
		e = mail_add(db, a, program, &mail);
		if (e == ERR_OK)
			e = measure_reminded(db, program, d);
		written++;
	}
	return e;
}

/* ---- the accessibility statement ---- */

static enum err
remind_admin(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db, const struct account *to)
{
	struct str args[] = {to->name, remind->base_url};
	struct mail mail = {.kind = S("was"),
	    .to = to->mail,
	    .subject = tr(to->lang, "Accessibility: it is time to look again"),
	    .body = tr_fill(a,
		tr(to->lang,
		    "Hello %1\n\nOnce a year the accessibility of the site is "
		    "looked at again, and the statement in the national tool "
		    "is renewed (was.digst.dk). Write the new day under Rules "
		    "and settings:\n\n%2/sekretariat/regler\n"),
		args, 2),
	    .has_smtp = remind->has_smtp};
	return mail_add(db, a, program, &mail);
}

enum err
remind_statement(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db)
{
	struct was w;
	struct accounts all;
	enum err e = was_get(db, a, program, &w);
	if (e == ERR_OK)
		e = account_list(db, a, program, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		const struct account *to = &all.list[i];
		if (!to->is_admin || !to->active)
			continue;
		e = was_tell(db, a, program, &w, to->id);
		if (e == ERR_OK)
			e = remind_admin(remind, a, program, db, to);
		else if (e == ERR_NOT_FOUND)
			e = ERR_OK;
	}
	return e;
}
