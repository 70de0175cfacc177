/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/remind.h"

#include "base/buf.h"
#include "model/account.h"
#include "model/outbox.h"
#include "model/shift.h"
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
	enum lang lang = str_eq(d->lang, S("en")) ? LANG_EN : LANG_DA;
	struct str args[] = {d->shift.task_title,
	    lang_date(a, lang, d->shift.day), shift_clock(a, d->shift.from_min),
	    shift_clock(a, d->shift.to_min), d->shift.place};
	return (struct mail){.kind = S("shift"),
	    .once =
		STR_JOIN(a, corps_mails(a, d->person), id_text(a, d->place)),
	    .to = to,
	    .subject = tr_fill(a, tr(lang, "Your shift: %1"), args, 1),
	    .body = tr_fill(a,
		tr(lang,
		    "Hello\n\nYou are on a shift soon:\n\n%1\n%2, %3 to %4\n"
		    "%5\n\nCan you not come? Open your page with your code and "
		    "say so there. You need not say why.\n"),
		args, 5),
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
