/* SPDX-License-Identifier: MPL-2.0 */

/* Answers out of a file into the rounds of a measurement: all is looked at
 * before anything is written (model/measure_file.h). */
#include <string.h>

#include "base/lang.h"
#include "model/audit.h"
#include "model/measure_file.h"
#include "model/measure_parts.h"

struct taking {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	struct measure *m;
	struct measure_file *f;
};

static void
fault(struct measure_file *f, const struct measure_entry *at, const char *why)
{
	f->fault = why;
	f->line = at->line;
	f->column = at->column;
}

/* Whether it is there already, word for word. */
static enum err
look_up(const struct taking *t, const struct respondent *p,
    const struct measure_entry *entry, bool *there)
{
	struct measure_reply old;
	enum err e = measure_reply_get(t->db, t->a, t->who, p, &old);
	*there = e == ERR_OK;
	if (*there &&
	    (memcmp(old.now, entry->reply.now, sizeof old.now) != 0 ||
		memcmp(old.then, entry->reply.then, sizeof old.then) != 0))
		fault(t->f, entry,
		    N_("a code that has not answered otherwise here"));
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Looks at one, and writes it when `writes`. */
static enum err
take(const struct taking *t, const struct measure_entry *entry, bool writes)
{
	bool there = false;
	struct respondent p = {.code = entry->code};
	enum err e = measure_on_paper(t->db, t->a, t->who, t->m, &p);
	if (e == ERR_NOT_FOUND) {
		fault(t->f, entry, N_("a number that somebody here has"));
		return ERR_OK;
	}
	if (e != ERR_OK)
		return e;
	if (p.refused != NULL) {
		fault(t->f, entry, p.refused);
		return ERR_OK;
	}
	p.way = "file";
	if (p.round > 0)
		e = look_up(t, &p, entry, &there);
	return e == ERR_OK && writes && !there
	    ? measure_reply_keep(t->db, t->a, t->who, &p, &entry->reply)
	    : e;
}

/* Those of one round; 0: all of them.  A scratch each: they are many. */
static enum err
take_all(const struct taking *t, int64_t round, bool writes)
{
	enum err e = ERR_OK;
	struct taking one = *t;
	for (ptrdiff_t i = 0; i < t->f->n; i++) {
		const struct measure_entry *entry = &t->f->list[i];
		if (round > 0 && entry->round != round && entry->round != 0)
			continue;
		one.a = arena_scratch(t->a);
		e = take(&one, entry, writes);
		arena_close(one.a);
		if (e != ERR_OK || t->f->fault != NULL)
			break;
	}
	return e;
}

/* A person's own number (K-1842) is refused while people answer: whether the file
 * fits what they have answered would tell what that was. */
static void
check_one(const struct taking *t, const struct measure_entry *entry)
{
	int64_t number, open = measure_now(t->m)->number;
	struct arena *scratch = arena_scratch(t->a);
	if (entry->round != 0 && entry->round != open)
		fault(
		    t->f, entry, N_("answers of the round that is open alone"));
	else if (measure_code_number(scratch, entry->code, &number))
		fault(t->f, entry,
		    N_("a code: while people answer, what somebody with a "
		       "number wrote on paper is typed"));
	arena_close(scratch);
}

static void
check_round(const struct taking *t)
{
	for (ptrdiff_t i = 0; i < t->f->n && t->f->fault == NULL; i++)
		check_one(t, &t->f->list[i]);
}

static enum err
into_open(const struct taking *t)
{
	check_round(t);
	enum err e = t->f->fault == NULL ? take_all(t, 0, false) : ERR_OK;
	return e == ERR_OK && t->f->fault == NULL ? take_all(t, 0, true) : e;
}

static enum err
into_draft(const struct taking *t)
{
	int64_t last = 1;
	enum err e = take_all(t, 0, false);
	for (ptrdiff_t i = 0; i < t->f->n; i++) {
		int64_t round = t->f->list[i].round;
		last = round > last ? round : last;
	}
	for (int64_t r = 1; e == ERR_OK && t->f->fault == NULL && r <= last;
	     r++) {
		e = measure_begin_round(t->db, t->a, t->who, t->m);
		if (e == ERR_OK)
			e = take_all(t, r, true);
		if (e == ERR_OK)
			e = measure_close_round(t->db, t->a, t->who, t->m);
	}
	return e;
}

enum err
measure_file_take(struct db *db, struct arena *a, const struct actor *who,
    struct measure *m, struct measure_file *f)
{
	struct taking t = {db, a, who, m, f};
	bool open = measure_now(m) != NULL;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (m->n_items == 0 || (m->begun && !open))
		return ERR_CONFLICT;
	enum err e = open ? into_open(&t) : into_draft(&t);
	if (e == ERR_OK && f->fault != NULL)
		return ERR_INVALID;
	if (e == ERR_OK)
		e = audit_add(db, a, who, S("measure.import"), m->record.id);
	return e == ERR_OK ? measure_get(db, a, who, m->record.id, m) : e;
}
