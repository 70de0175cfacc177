/* SPDX-License-Identifier: MPL-2.0 */

/* Mail about what the networks owe people (model/late.h): to the leader before
 * it is late and when it is, to the secretariat when nothing has happened for a
 * week.  Nobody who waits is named in it. */
#include "base/buf.h"
#include "jobs/remind.h"
#include "model/account.h"
#include "model/late.h"
#include "model/outbox.h"

/* A mail holds 64 KB (model/outbox.c); a line two names of 120 code points and
 * what stands around them.  What does not fit comes with the next sweep. */
enum { LIST_BYTES = 48 * 1024, LINE_BYTES = 1500 };

struct told {
	const struct lates *all;
	const struct account *to;
};

/* A secretary is not asked to do the leader's work, and hears last. */
static bool
is_told(const struct account *to, const struct late *late)
{
	if (late->stage == LATE_NOT || !to->active)
		return false;
	if (id_eq(to->id, late->leader))
		return to->reminders;
	return to->is_secretariat && late->stage == LATE_LONG;
}

static void
add_line(struct arena *a, struct buf *b, enum lang lang, const struct late *l)
{
	struct str args[] = {l->network_name, tr(lang, late_words(l->kind)),
	    l->title.n > 0 ? STR_JOIN(a, S(": "), l->title) : S(""),
	    lang_date(a, lang, l->due)};
	buf_add(b,
	    tr_fill(a,
		l->stage == LATE_SOON ? tr(lang, "- %1: %2%3, by %4\n")
				      : tr(lang, "- %1: %2%3, was due on %4\n"),
		args, 4));
}

static struct mail
mail_about(const struct remind *remind, struct arena *a,
    const struct account *to, struct str list)
{
	struct str args[] = {to->name, list, remind->base_url};
	return (struct mail){.kind = S("late"),
	    .to = to->mail,
	    .subject = tr(to->lang, "People wait for an answer"),
	    .body = tr_fill(a,
		tr(to->lang,
		    "Hello %1\n\nPeople were promised an answer. This "
		    "waits:\n\n"
		    "%2\nOpen Samskab and see to it. Can it not be done in "
		    "time? Then tell them so, and when it will be.\n\n%3\n"),
		args, 3),
	    .has_smtp = remind->has_smtp};
}

/* One mail with all that they were not told of in its stage. */
static enum err
tell(const struct remind *remind, struct arena *a, const struct actor *program,
    struct db *db, const struct told *t)
{
	struct buf b = buf_new(a, LIST_BYTES);
	int lines = 0;
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0;
	     e == ERR_OK && i < t->all->n && b.n + LINE_BYTES <= LIST_BYTES;
	     i++) {
		const struct late *late = &t->all->list[i];
		if (!is_told(t->to, late))
			continue;
		e = late_tell(db, program, late, t->to->id);
		if (e == ERR_OK)
			add_line(a, &b, t->to->lang, late);
		lines += e == ERR_OK;
		e = e == ERR_NOT_FOUND ? ERR_OK : e;
	}
	if (e != ERR_OK || lines == 0)
		return e;
	struct mail mail = mail_about(remind, a, t->to, buf_str(&b));
	return mail_add(db, a, program, &mail);
}

enum err
remind_late(const struct remind *remind, struct arena *a,
    const struct actor *program, struct db *db)
{
	struct lates all;
	struct accounts staff;
	enum err e = late_list(db, a, program, &all);
	if (e == ERR_OK)
		e = account_list(db, a, program, &staff);
	for (ptrdiff_t i = 0; e == ERR_OK && i < staff.n; i++) {
		struct arena *scratch = arena_scratch(a);
		e = tell(remind, scratch, program, db,
		    &(struct told){&all, &staff.list[i]});
		arena_close(scratch);
	}
	return e;
}
