/* SPDX-License-Identifier: MPL-2.0 */

/* Whom to call to mind that a round asks (model/measure.h). */
#include "base/buf.h"
#include "base/lang.h"
#include "model/contribution.h"
#include "model/guardian.h"
#include "model/measure_parts.h"

/* Who can answer: asked, and with a code that opens their page. */
static const char SQL_ASKED[] =
    "SELECT p.id, p.vault, p.number, p.alias, p.channel, p.lang,"
    " p.target_group, p.age, p.guardian FROM person p"
    " WHERE p.org = $1 AND p.network = $2"
    " AND p.state IN ('invited', 'yes', 'active')"
    " AND EXISTS (SELECT 1 FROM code c WHERE c.org = $1 AND c.network = $2"
    "   AND c.person = p.id AND c.ended_us IS NULL AND c.ends_us > $3)"
    " ORDER BY p.number";

/* Reminded.  Whether they answered is not looked at: the outbox has who was
 * written to, and would tell who was not. */
static const char SQL_REMINDED_BEFORE[] =
    "SELECT who FROM measure_reminder WHERE org = $1"
    " AND network = $2 AND measure = $3 AND round = $4 AND who = $5";

struct asking {
	struct db *db;
	struct arena *a;
	const struct actor *in;
	const struct measure *m;
	struct guardian guardian;
	bool mail; /* those who want mail, else the others */
	struct measure_dues *out;
};

static enum err
was_reminded(const struct asking *q, struct hash who, bool *done)
{
	struct db_rows rows;
	enum err e = db_all(q->db, q->a, SQL_REMINDED_BEFORE, &rows,
	    DB_ID(q->in->org), DB_ID(q->in->network), DB_ID(q->m->record.id),
	    DB_INT(measure_now(q->m)->number), DB_HASH(who));
	*done = e != ERR_OK || rows.n > 0;
	return e;
}

static bool
is_asked(const struct asking *q, const struct person *p)
{
	struct id group;
	bool wants_mail = str_eq(p->channel, S("mail")) && id_is_set(p->vault);
	if (id_parse(record_value(&q->m->record, "target_group"), &group) &&
	    !id_eq(group, p->group))
		return false;
	return wants_mail == q->mail &&
	    !guardian_is_missing(q->a, &q->guardian, p);
}

static enum err
take(const struct asking *q, const struct db_row *row)
{
	bool done = false; /* or restricted */
	struct person p = {.id = db_id(row, 0),
	    .vault = db_id(row, 1),
	    .number = db_int(row, 2),
	    .alias = db_text(row, 3),
	    .channel = db_text(row, 4),
	    .lang = db_text(row, 5),
	    .group = db_id(row, 6),
	    .age = db_text(row, 7),
	    .guardian = db_text(row, 8)};
	if (!is_asked(q, &p))
		return ERR_OK;
	struct measure_due due = {.network = q->in->network,
	    .measure = q->m->record.id,
	    .round = measure_now(q->m)->number,
	    .person = p,
	    .who = measure_person_key(q->a, q->in, q->m->record.id, p.id),
	    .title = record_value(&q->m->record, "title"),
	    .ends = measure_now(q->m)->ends};
	enum err e =
	    contribution_person_restricted(q->db, q->a, q->in, p.id, &done);
	if (e == ERR_OK && !done && q->mail)
		e = was_reminded(q, due.who, &done);
	if (e == ERR_OK && !done)
		q->out->list[q->out->n++] = due;
	return e;
}

/* Adds those of one measurement. */
static enum err
take_all(struct asking *q)
{
	struct db_rows rows;
	enum err e = guardian_load(q->db, q->a, q->in, &q->guardian);
	if (e == ERR_OK)
		e = db_all(q->db, q->a, SQL_ASKED, &rows, DB_ID(q->in->org),
		    DB_ID(q->in->network), DB_INT(q->in->now_us));
	if (e != ERR_OK)
		return e;
	struct measure_due *old = q->out->list;
	q->out->list = arena_new(q->a, struct measure_due, q->out->n + rows.n);
	for (ptrdiff_t i = 0; i < q->out->n; i++)
		q->out->list[i] = old[i];
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = take(q, &rows.row[i]);
	return e;
}

static const char SQL_ENDING[] =
    "SELECT r.network, r.measure FROM measure_round r"
    "  JOIN measure m ON m.org = $1 AND m.network = r.network"
    "   AND m.id = r.measure"
    " WHERE r.org = $1 AND r.state = 'open' AND r.ends >= $2 AND r.ends <= $3"
    "   AND m.removed_us IS NULL ORDER BY r.network, r.measure";

enum err
measure_to_remind(struct db *db, struct arena *a, const struct actor *who,
    struct date last, struct measure_dues *out)
{
	struct db_rows rows;
	*out = (struct measure_dues){0};
	if (id_is_set(who->account))
		return ERR_DENIED; /* it leads to every network's people */
	enum err e = db_all(db, a, SQL_ENDING, &rows, DB_ID(who->org),
	    DB_TEXT(date_iso(a, date_danish(who->now_us))),
	    DB_TEXT(date_iso(a, last)));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct measure m;
		struct actor in = actor_inside(who, db_id(&rows.row[i], 0));
		struct asking q = {.db = db,
		    .a = a,
		    .in = &in,
		    .m = &m,
		    .mail = true,
		    .out = out};
		e = measure_get(db, a, &in, db_id(&rows.row[i], 1), &m);
		if (e == ERR_OK && measure_now(&m) != NULL)
			e = take_all(&q);
	}
	return e;
}

enum err
measure_to_ring(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, struct measure_dues *out)
{
	struct asking q = {.db = db, .a = a, .in = who, .m = m, .out = out};
	*out = (struct measure_dues){0};
	if (!actor_may(who, CAP_VAULT))
		return ERR_DENIED;
	return measure_now(m) != NULL ? take_all(&q) : ERR_CONFLICT;
}

static const char SQL_REMINDED[] =
    "INSERT INTO measure_reminder (org, network, measure, round, who)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, network, measure, round, who) DO NOTHING";

enum err
measure_reminded(
    struct db *db, const struct actor *who, const struct measure_due *d)
{
	return db_exec(db, SQL_REMINDED, NULL, DB_ID(who->org),
	    DB_ID(d->network), DB_ID(d->measure), DB_INT(d->round),
	    DB_HASH(d->who));
}

static const char SQL_FORGET[] =
    "DELETE FROM measure_reminder WHERE org = $1 AND network = $2"
    " AND measure = $3 AND who = $4";

enum err
measure_reminder_drop(
    struct db *db, const struct actor *who, struct id measure, struct hash key)
{
	return db_exec(db, SQL_FORGET, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(measure), DB_HASH(key));
}

struct str
measure_mails(struct arena *a, struct id person)
{
	return STR_JOIN(a, S("measure:"), id_text(a, person), S(":"));
}
