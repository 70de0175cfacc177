/* SPDX-License-Identifier: MPL-2.0 */

/* What the coordinator sees of a shift and notes after it, and whom to remind
 * (model/shift.h). */
#include "model/audit.h"
#include "model/shift_parts.h"

static const char SQL_PEOPLE[] =
    "SELECT p.person, w.number, w.alias, w.channel, p.state, p.came,"
    " p.minutes, p.kroner, p.line, p.offered,"
    " SUM(CASE WHEN o.came = 'yes' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN o.came = 'no' THEN 1 ELSE 0 END)"
    "  FROM shift_place p"
    "  LEFT JOIN person w ON w.org = $1 AND w.network = $2"
    "   AND w.id = p.person"
    "  LEFT JOIN shift_place o ON o.org = $1 AND o.network = $2"
    "   AND o.person = p.person AND o.shift <> p.shift"
    " WHERE p.org = $1 AND p.network = $2 AND p.shift = $3"
    "   AND p.state <> 'left'"
    " GROUP BY p.person, w.number, w.alias, w.channel, p.state, p.came,"
    " p.minutes, p.kroner, p.line, p.offered, p.id"
    " ORDER BY CASE WHEN p.state = 'in' THEN 0 ELSE 1 END, p.line, p.id";

enum err
shift_people(struct db *db, struct arena *a, const struct actor *who,
    struct id shift, struct shift_places *out)
{
	struct db_rows rows;
	*out = (struct shift_places){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_PEOPLE, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(shift));
	if (e != ERR_OK)
		return e;
	*out = (struct shift_places){
	    arena_new(a, struct shift_place, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct shift_place){.person = db_id(row, 0),
		    .number = db_int(row, 1),
		    .alias = db_text(row, 2),
		    .channel = db_text(row, 3),
		    .state = db_text(row, 4),
		    .came = db_text(row, 5),
		    .minutes = db_int(row, 6),
		    .kroner = db_int(row, 7),
		    .line = db_int(row, 8),
		    .offered = db_int(row, 9) != 0,
		    .been = db_int(row, 10),
		    .missed = db_int(row, 11)};
	}
	return ERR_OK;
}

bool
shift_may_miss(const struct shift_place *p)
{
	return p->missed > 0 && 3 * p->missed >= p->been + p->missed;
}

static const char SQL_EVENTS[] =
    "SELECT e.seq, e.at_us, e.what, e.account, w.number FROM shift_event e"
    "  LEFT JOIN person w ON w.org = $1 AND w.network = $2"
    "   AND w.id = e.person"
    " WHERE e.org = $1 AND e.network = $2 AND e.shift = $3 ORDER BY e.seq";

enum err
shift_history(struct db *db, struct arena *a, const struct actor *who,
    struct id shift, struct shift_events *out)
{
	struct db_rows rows;
	*out = (struct shift_events){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_EVENTS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(shift));
	if (e != ERR_OK)
		return e;
	*out = (struct shift_events){
	    arena_new(a, struct shift_event, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct shift_event){.seq = db_int(row, 0),
		    .at_us = db_int(row, 1),
		    .what = db_text(row, 2),
		    .account = db_id(row, 3),
		    .number = db_int(row, 4)};
	}
	return ERR_OK;
}

/* ---- after it ---- */

static const char SQL_CAME[] =
    "UPDATE shift_place SET came = $5, minutes = $6, kroner = $7,"
    " paid_us = CASE WHEN kroner = $7 THEN paid_us ELSE NULL END"
    " WHERE org = $1 AND network = $2 AND shift = $3 AND person = $4"
    " AND state = 'in'";

/* Somebody who came has begun. */
static enum err
begin_pledge(struct db *db, struct arena *a, const struct actor *who,
    struct id task, struct id person)
{
	struct pledge p;
	enum err e =
	    pledge_on(db, a, who, (struct pledge_filter){task, person}, &p);
	if (e != ERR_OK || !str_eq(p.state, S("agreed")))
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	return pledge_move(db, a, who, &p, S("running"));
}

enum err
shift_note_came(struct db *db, struct arena *a, const struct actor *who,
    const struct shift_note *n)
{
	int64_t changed = 0;
	struct shift s;
	bool came = str_eq(n->came, S("yes"));
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if ((!came && !str_eq(n->came, S("no"))) || n->minutes < 0 ||
	    n->minutes > SHIFT_MINUTES || n->kroner < 0 ||
	    n->kroner > SHIFT_KRONER)
		return ERR_INVALID;
	enum err e =
	    shift_get(db, a, who, (struct shift_of){.shift = n->shift}, &s);
	if (e != ERR_OK)
		return e;
	if (!shift_is_over(&s, who->now_us) || s.cancelled_us > 0)
		return ERR_INVALID;
	e = db_exec(db, SQL_CAME, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(n->shift), DB_ID(n->person),
	    DB_TEXT(n->came), DB_INT(came ? n->minutes : 0), DB_INT(n->kroner));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	if (e == ERR_OK && came)
		e = begin_pledge(db, a, who, s.task, n->person);
	return e == ERR_OK ? audit_add(db, a, who, S("shift.came"), n->shift)
			   : e;
}

/* ---- before it ---- */

static const char SQL_DUE[] =
    "SELECT p.network, p.id, p.person, w.vault, w.channel, w.lang, w.number,"
    " n.name, s.id, s.task, s.day, s.from_min, s.to_min, s.place, t.title"
    "  FROM shift_place p"
    "  JOIN shift s ON s.org = $1 AND s.network = p.network"
    "   AND s.id = p.shift"
    "  JOIN corps_task t ON t.org = $1 AND t.network = p.network"
    "   AND t.id = s.task"
    "  JOIN person w ON w.org = $1 AND w.network = p.network"
    "   AND w.id = p.person"
    "  JOIN network n ON n.org = $1 AND n.network = p.network"
    " WHERE p.org = $1 AND p.state = 'in' AND p.reminded_us IS NULL"
    "   AND s.day >= $2 AND s.day <= $3 AND s.cancelled_us IS NULL"
    "   AND w.state <> 'stopped' AND w.state <> 'erased'"
    " ORDER BY p.network, s.day, s.from_min, p.id";

static struct shift_due
read_due(const struct db_row *row)
{
	struct shift_due d = {.network = db_id(row, 0),
	    .place = db_id(row, 1),
	    .person = db_id(row, 2),
	    .vault = db_id(row, 3),
	    .channel = db_text(row, 4),
	    .lang = db_text(row, 5),
	    .number = db_int(row, 6),
	    .network_name = db_text(row, 7),
	    .shift = {.id = db_id(row, 8),
		.task = db_id(row, 9),
		.from_min = db_int(row, 11),
		.to_min = db_int(row, 12),
		.place = db_text(row, 13),
		.task_title = db_text(row, 14)}};
	(void)!date_parse(db_text(row, 10), &d.shift.day);
	return d;
}

enum err
shift_to_remind(struct db *db, struct arena *a, const struct actor *who,
    struct date last, struct shift_dues *out)
{
	struct db_rows rows;
	*out = (struct shift_dues){0};
	if (id_is_set(who->account))
		return ERR_DENIED; /* it leads to every network's people */
	enum err e = db_all(db, a, SQL_DUE, &rows, DB_ID(who->org),
	    DB_TEXT(date_iso(a, date_danish(who->now_us))),
	    DB_TEXT(date_iso(a, last)));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct shift_due, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct shift_due d = read_due(&rows.row[i]);
		if (!shift_is_over(&d.shift, who->now_us))
			out->list[out->n++] = d;
	}
	return ERR_OK;
}

static const char SQL_REMINDED[] =
    "UPDATE shift_place SET reminded_us = $4"
    " WHERE org = $1 AND network = $2 AND id = $3";

enum err
shift_reminded(
    struct db *db, const struct actor *who, const struct shift_due *d)
{
	return db_exec(db, SQL_REMINDED, NULL, DB_ID(who->org),
	    DB_ID(d->network), DB_ID(d->place), DB_INT(who->now_us));
}
