/* SPDX-License-Identifier: MPL-2.0 */
#include "model/rights.h"

#include <stdlib.h>

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

enum { SOON_DAYS = 3 };

const struct choice right_kinds[] = {
    {"access", N_("See what is held")},
    {"rectification", N_("Have it put right")},
    {"restriction", N_("Have it used for nothing for a while")},
    {"objection", N_("Say no to the use of it")},
    {NULL, NULL},
};

const struct choice right_outcomes[] = {
    {"granted", N_("It is done")},
    {"refused", N_("It is refused")},
    {"lifted", N_("It may be used again")},
    {NULL, NULL},
};

/* ---- reading ---- */

#define SQL_COLUMNS                                                       \
	"r.id, r.person, p.number, r.kind, r.received, r.text, r.longer," \
	" r.outcome, r.answer, r.answered_us, r.account"                  \
	" FROM subject_request r JOIN person p ON p.org = $1"             \
	"  AND p.network = $2 AND p.id = r.person"                        \
	" WHERE r.org = $1 AND r.network = $2"

static const char SQL_OPEN[] =
    "SELECT " SQL_COLUMNS " AND r.outcome = '' ORDER BY r.received, r.id"
    " LIMIT 200";

static const char SQL_OF[] =
    "SELECT " SQL_COLUMNS " AND r.person = $3 ORDER BY r.id DESC LIMIT 200";

static const char SQL_GET[] = "SELECT " SQL_COLUMNS " AND r.id = $3";

static struct right
read_row(const struct db_row *row)
{
	struct right r = {.id = db_id(row, 0),
	    .person = db_id(row, 1),
	    .number = db_int(row, 2),
	    .kind = db_text(row, 3),
	    .text = db_text(row, 5),
	    .longer = db_text(row, 6),
	    .outcome = db_text(row, 7),
	    .answer = db_text(row, 8),
	    .answered_us = db_int(row, 9),
	    .by_themselves = db_is_null(row, 10)};
	(void)!date_parse(db_text(row, 4), &r.received);
	r.due = erasure_due(r.received, r.longer.n > 0);
	return r;
}

static void
read_rows(struct arena *a, const struct db_rows *rows, struct rights *out)
{
	*out = (struct rights){arena_new(a, struct right, rows->n), rows->n};
	for (ptrdiff_t i = 0; i < rows->n; i++)
		out->list[i] = read_row(&rows->row[i]);
}

static int
by_due(const void *x, const void *y)
{
	const struct right *one = x, *other = y;
	int64_t a = date_days(one->due), b = date_days(other->due);
	return a != b
	    ? (a > b) - (a < b)
	    : (one->number > other->number) - (one->number < other->number);
}

static struct right
of_erasure(const struct erasure *e)
{
	return (struct right){.person = e->person,
	    .number = e->number,
	    .kind = S("erasure"),
	    .received = date_danish(e->asked_us),
	    .due = e->due,
	    .longer = e->longer};
}

enum err
rights_open(
    struct db *db, struct arena *a, const struct actor *who, struct rights *out)
{
	struct db_rows rows;
	struct erasures wishes;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_OPEN, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e == ERR_OK)
		e = erasure_open(db, a, who, &wishes);
	if (e != ERR_OK)
		return e;
	*out =
	    (struct rights){arena_new(a, struct right, rows.n + wishes.n), 0};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[out->n++] = read_row(&rows.row[i]);
	for (ptrdiff_t i = 0; i < wishes.n; i++)
		out->list[out->n++] = of_erasure(&wishes.list[i]);
	if (out->n > 1)
		qsort(out->list, (size_t)out->n, sizeof *out->list, by_due);
	return ERR_OK;
}

enum err
rights_of(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct rights *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_OF, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		read_rows(a, &rows, out);
	return e;
}

enum err
right_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct right *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = read_row(&row);
	return e;
}

bool
right_late(const struct right *r, struct date today)
{
	return date_days(r->due) < date_days(today);
}

bool
right_soon(const struct right *r, struct date today)
{
	return date_days(r->due) <= date_days(today) + SOON_DAYS;
}

/* ---- writing ---- */

struct right_faults
right_check(const struct right *r, struct date today)
{
	struct right_faults f = {0};
	bool told = str_trim(r->text).n > 0;
	if (choice_find(right_kinds, r->kind) == NULL)
		f.kind = N_("Choose one of them.");
	if (r->received.year == 0 || date_days(r->received) > date_days(today))
		f.received = N_("Write the day it came: today or before.");
	if (!told && str_eq(r->kind, S("rectification")))
		f.text = N_("Write what is wrong, and what is right.");
	if (utf8_length(r->text) > RIGHTS_TEXT)
		f.text = N_("Use at most 1,000 characters.");
	if (cpr_find(r->text).n > 0)
		f.text = N_("There is what looks like a CPR number. Delete it "
			    "before you save.");
	f.any = f.kind != NULL || f.received != NULL || f.text != NULL;
	return f;
}

static const char SQL_ADD[] =
    "INSERT INTO subject_request (org, network, id, person, kind, received,"
    " text, longer, outcome, answer, noted_us, account)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', '', $8, $9)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static const char SQL_WAITING[] =
    "SELECT COUNT(*) FROM subject_request r WHERE r.org = $1"
    " AND r.network = $2 AND r.person = $3 AND r.outcome = '' AND r.id <> $4";

static enum err
look_waiting(struct db *db, struct arena *a, const struct actor *who,
    const struct right *r)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_WAITING, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->person), DB_ID(r->id));
	return e == ERR_OK && db_int(&row, 0) >= RIGHTS_WAITING ? ERR_CONFLICT
								: e;
}

enum err
right_add(struct db *db, struct arena *a, const struct actor *who,
    const struct right *r)
{
	struct person p;
	struct right in = *r;
	struct date today = date_danish(who->now_us);
	int64_t added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!id_is_set(who->account))
		in.received = today;
	if (right_check(&in, today).any)
		return ERR_INVALID;
	enum err e = person_get(db, a, who, r->person, &p);
	if (e == ERR_OK && str_eq(p.state, S("erased")))
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = look_waiting(db, a, who, &in);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ADD, &added, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(in.id), DB_ID(in.person),
		    DB_TEXT(in.kind), DB_TEXT(date_iso(a, in.received)),
		    DB_TEXT(str_trim(in.text)), DB_INT(who->now_us),
		    DB_ID(who->account));
	if (e != ERR_OK || added == 0)
		return e;
	return audit_add(db, a, who, S("right.ask"), in.person);
}

static const char SQL_LONGER[] =
    "UPDATE subject_request SET longer = $4 WHERE org = $1 AND network = $2"
    " AND id = $3 AND outcome = ''";

enum err
right_longer(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str reason)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (erasure_text_fault(reason) != NULL)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_LONGER, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_TEXT(reason));
	if (e != ERR_OK || changed == 0)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	return audit_add(db, a, who, S("right.longer"), id);
}

/* ---- an answer ---- */

static bool
restricts(const struct right *r)
{
	return str_eq(r->kind, S("restriction")) ||
	    str_eq(r->kind, S("objection"));
}

static bool
may_become(const struct right *r, struct str outcome)
{
	if (str_eq(outcome, S("lifted")))
		return restricts(r) && str_eq(r->outcome, S("granted"));
	return r->outcome.n == 0 &&
	    (str_eq(outcome, S("granted")) || str_eq(outcome, S("refused")));
}

static const char SQL_ANSWER[] =
    "UPDATE subject_request SET outcome = $4, answer = $5, answered_us = $6,"
    " answered_by = $7 WHERE org = $1 AND network = $2 AND id = $3";

enum err
right_answer(struct db *db, struct arena *a, const struct actor *who,
    const struct right *in)
{
	struct right r;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = right_get(db, a, who, in->id, &r);
	if (e != ERR_OK)
		return e;
	if (!may_become(&r, in->outcome) ||
	    erasure_text_fault(in->answer) != NULL)
		return ERR_INVALID;
	e = db_exec(db, SQL_ANSWER, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(r.id), DB_TEXT(in->outcome), DB_TEXT(in->answer),
	    DB_INT(who->now_us), DB_ID(who->account));
	if (e == ERR_OK && restricts(&r) && str_eq(in->outcome, S("granted")))
		e = erasure_restrict(db, a, who, r.person);
	return e == ERR_OK
	    ? audit_add(db, a, who, STR_JOIN(a, S("right."), in->outcome), r.id)
	    : e;
}
