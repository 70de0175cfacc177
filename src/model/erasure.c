/* SPDX-License-Identifier: MPL-2.0 */
#include "model/erasure.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/consent.h"
#include "model/recall.h"

const struct choice erasure_grounds[] = {
    {"journal",
	N_("It must stay in the records of a case (duty to note and file)")},
    {"archive", N_("The archive has not decided, or has it to keep")},
    {"law", N_("Another law says that it must be kept")},
    {"claim", N_("It is needed in a dispute about rights")},
    {NULL, NULL},
};

bool
erasure_ground_ok(struct str ground)
{
	return choice_find(erasure_grounds, ground) != NULL;
}

const char *
erasure_text_fault(struct str text)
{
	if (str_trim(text).n == 0)
		return N_("Write why. The person gets to know it.");
	if (utf8_length(text) > ERASURE_TEXT)
		return N_("Use at most 500 characters.");
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return NULL;
}

/* ---- reading ---- */

enum { MONTH = 1, LONGER = 3, SHORTEST_MONTH = 28 };

/* The same day so many months later, or the last of that month. */
static struct date
months_after(struct date d, int months)
{
	int all = d.month - 1 + months;
	struct date first = {d.year + all / 12, all % 12 + 1, 1};
	struct date out = {first.year, first.month, d.day};
	struct date next = {
	    first.year + first.month / 12, first.month % 12 + 1, 1};
	int64_t last = date_days(next) - date_days(first);
	if (out.day > SHORTEST_MONTH && out.day > last)
		out.day = (int)last;
	return out;
}

struct date
erasure_due(struct date received, bool longer)
{
	return months_after(received, longer ? LONGER : MONTH);
}

static struct erasure
read_row(const struct db_row *row)
{
	struct erasure e = {.person = db_id(row, 0),
	    .number = db_int(row, 1),
	    .asked_us = db_int(row, 2),
	    .longer = db_text(row, 3),
	    .ground = db_text(row, 4),
	    .note = db_text(row, 5),
	    .answered_us = db_int(row, 6)};
	e.due = erasure_due(date_danish(e.asked_us), e.longer.n > 0);
	return e;
}

static const char SQL_GET[] =
    "SELECT e.person, p.number, e.asked_us, e.longer, e.ground, e.note,"
    " e.answered_us FROM erasure e JOIN person p ON p.org = $1"
    "  AND p.network = $2 AND p.id = e.person"
    " WHERE e.org = $1 AND e.network = $2 AND e.person = $3";

static const char SQL_OPEN[] =
    "SELECT e.person, p.number, e.asked_us, e.longer, e.ground, e.note,"
    " e.answered_us FROM erasure e JOIN person p ON p.org = $1"
    "  AND p.network = $2 AND p.id = e.person"
    " WHERE e.org = $1 AND e.network = $2 AND e.answered_us IS NULL"
    " ORDER BY e.asked_us, e.person LIMIT 50";

enum err
erasure_get(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct erasure *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		*out = read_row(&row);
	return e;
}

enum err
erasure_open(struct db *db, struct arena *a, const struct actor *who,
    struct erasures *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_OPEN, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct erasures){arena_new(a, struct erasure, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_row(&rows.row[i]);
	return ERR_OK;
}

/* ---- writing ---- */

static const char SQL_ASK[] =
    "INSERT INTO erasure (org, network, person, asked_us, account, longer,"
    " ground, note) VALUES ($1, $2, $3, $4, $5, '', '', '')"
    " ON CONFLICT (org, network, person) DO NOTHING";

enum err
erasure_ask(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	struct person p;
	int64_t added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = person_get(db, a, who, person, &p);
	if (e == ERR_OK && str_eq(p.state, S("erased")))
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = db_exec(db, SQL_ASK, &added, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person), DB_INT(who->now_us),
		    DB_ID(who->account));
	if (e != ERR_OK || added == 0)
		return e;
	return audit_add(db, a, who, S("erasure.ask"), person);
}

static const char SQL_LONGER[] =
    "UPDATE erasure SET longer = $4 WHERE org = $1 AND network = $2"
    " AND person = $3 AND answered_us IS NULL";

enum err
erasure_longer(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct str reason)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (erasure_text_fault(reason) != NULL)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_LONGER, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person), DB_TEXT(reason));
	if (e != ERR_OK || changed == 0)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	return audit_add(db, a, who, S("erasure.longer"), person);
}

/* ---- a refusal, and what it restricts ---- */

static const char SQL_REFUSE[] =
    "UPDATE erasure SET ground = $4, note = $5, answered_us = $6,"
    " answered_by = $7 WHERE org = $1 AND network = $2 AND person = $3"
    " AND answered_us IS NULL";

/* And what was made of these. */
static const char SQL_SHOWN[] =
    "SELECT c.id FROM contribution c WHERE c.org = $1 AND c.network = $2"
    " AND c.state <> 'withdrawn' AND c.scope > 0 AND (c.person = $3 OR c.id IN"
    "  (SELECT l.contribution FROM contribution_line l"
    "    JOIN contribution o ON o.org = $1 AND o.network = $2"
    "     AND o.id = l.ancestor"
    "   WHERE l.org = $1 AND l.network = $2 AND o.person = $3))";

static const char SQL_KEEP_IN[] =
    "UPDATE contribution SET scope = 0, rev = rev + 1, changed_us = $4,"
    " changed_by = $5 WHERE org = $1 AND network = $2 AND id = $3";

/* Files that are out are looked in as when it is taken back. */
static enum err
keep_in(struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct contribution c;
	enum err e = contribution_get(db, a, who, id, &c);
	if (e == ERR_OK)
		e = recall_add(db, who, &c);
	if (e == ERR_OK)
		e = db_exec(db, SQL_KEEP_IN, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us),
		    DB_ID(who->account));
	c.scope = SCOPE_INTERNAL;
	if (e == ERR_OK && id_is_set(c.person))
		e = consent_add(db, a, who, &c,
		    &(struct consent_event){S("changed"), S(""), S("")});
	return e;
}

enum err
erasure_restrict(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_SHOWN, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = keep_in(db, a, who, db_id(&rows.row[i], 0));
	/* They are neither invited nor reminded: not by what waits, either. */
	return e == ERR_OK ? person_halt_mail(db, a, who, person) : e;
}

enum err
erasure_refuse(struct db *db, struct arena *a, const struct actor *who,
    const struct erasure *r)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!erasure_ground_ok(r->ground) ||
	    erasure_text_fault(r->note) != NULL)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_REFUSE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->person), DB_TEXT(r->ground),
	    DB_TEXT(r->note), DB_INT(who->now_us), DB_ID(who->account));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = erasure_restrict(db, a, who, r->person);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("erasure.refuse"), r->person)
	    : e;
}
