/* SPDX-License-Identifier: MPL-2.0 */

/* Reading shifts, making and cancelling them; when they are stands in
 * shift_time.c, who is on them in shift_place.c. */
#include "model/shift_parts.h"

#include "base/buf.h"
#include "base/lang.h"
#include "model/audit.h"
#include "model/shift_news.h"

/* ---- reading ---- */

#define SQL_COLUMNS                                                         \
	" s.id, s.task, s.shared_in, s.day, s.from_min, s.to_min, s.place," \
	" s.what, s.places, s.cancelled_us, s.reason, t.title, t.state,"    \
	" r.closes_us, r.shared_us, c.on_it, c.waiting, c.wishes,"          \
	" c.offered, c.mine, c.mine_offered, c.mine_line"

#define SQL_TASK                                                      \
	" JOIN corps_task t ON t.org = $1 AND t.network = $2"         \
	"  AND t.id = s.task"                                         \
	" LEFT JOIN shift_release r ON r.org = $1 AND r.network = $2" \
	"  AND r.id = s.shared_in"

/* Its people are counted by shift first: an index has them in that order. */
#define SQL_PEOPLE                                                             \
	" LEFT JOIN (SELECT p.shift,"                                          \
	" SUM(CASE WHEN p.state = 'in' THEN 1 ELSE 0 END) AS on_it,"           \
	" SUM(CASE WHEN p.state = 'waiting' THEN 1 ELSE 0 END) AS waiting,"    \
	" SUM(CASE WHEN p.state = 'wish' THEN 1 ELSE 0 END) AS wishes,"        \
	" SUM(CASE WHEN p.state = 'in' THEN p.offered ELSE 0 END) AS offered," \
	" MAX(CASE WHEN p.person = $3 THEN p.state ELSE '' END) AS mine,"      \
	" MAX(CASE WHEN p.person = $3 THEN p.offered ELSE 0 END)"              \
	" AS mine_offered,"                                                    \
	" MAX(CASE WHEN p.person = $3 THEN p.line ELSE 0 END) AS mine_line"    \
	" FROM shift_place p WHERE p.org = $1 AND p.network = $2"

#define SQL_IN_ORDER " ORDER BY s.day, s.from_min, t.title, s.id"

/* $3 who asks, or null; $4, $5 the first and the last day; $6 the day before
 * the first: a shift of that night may reach into it. */
static const char SQL_ALL[] =
    "SELECT" SQL_COLUMNS " FROM shift s" SQL_TASK SQL_PEOPLE
    " GROUP BY p.shift) c ON c.shift = s.id WHERE s.org = $1"
    " AND s.network = $2 AND s.day >= $6 AND s.day <= $5"
    " AND (s.day >= $4 OR s.to_min > 1440)" SQL_IN_ORDER;

static const char SQL_OF_TASK[] =
    "SELECT" SQL_COLUMNS " FROM shift s" SQL_TASK SQL_PEOPLE
    " GROUP BY p.shift) c ON c.shift = s.id WHERE s.org = $1"
    " AND s.network = $2 AND s.day >= $6 AND s.day <= $5"
    " AND (s.day >= $4 OR s.to_min > 1440)"
    " AND s.task = $7" SQL_IN_ORDER;

static const char SQL_ONE[] =
    "SELECT" SQL_COLUMNS " FROM shift s" SQL_TASK SQL_PEOPLE
    " AND p.shift = $4 GROUP BY p.shift) c ON c.shift = s.id"
    " WHERE s.org = $1 AND s.network = $2 AND s.id = $4";

static struct shift
read_shift(const struct db_row *row)
{
	struct shift s = {.id = db_id(row, 0),
	    .task = db_id(row, 1),
	    .release = db_id(row, 2),
	    .from_min = db_int(row, 4),
	    .to_min = db_int(row, 5),
	    .place = db_text(row, 6),
	    .what = db_text(row, 7),
	    .places = db_int(row, 8),
	    .cancelled_us = db_int(row, 9),
	    .reason = db_text(row, 10),
	    .task_title = db_text(row, 11),
	    .task_open = str_eq(db_text(row, 12), S("open")),
	    .closes_us = db_int(row, 13),
	    .shared_us = db_int(row, 14),
	    .in = db_int(row, 15),
	    .waiting = db_int(row, 16),
	    .wishes = db_int(row, 17),
	    .offered = db_int(row, 18),
	    .mine = db_text(row, 19),
	    .mine_offered = db_int(row, 20) != 0,
	    .mine_line = db_int(row, 21)};
	(void)!date_parse(db_text(row, 3), &s.day);
	return s;
}

static const char FIRST[] = "0001-01-01", LAST[] = "9999-12-31";

enum err
shift_list(struct db *db, struct arena *a, const struct actor *who,
    const struct shift_filter *f, struct shifts *out)
{
	struct db_rows rows;
	enum err e;
	struct str first =
	    date_is_set(f->first) ? date_iso(a, f->first) : str_c(FIRST);
	struct str last =
	    date_is_set(f->last) ? date_iso(a, f->last) : str_c(LAST);
	struct str before = date_is_set(f->first)
	    ? date_iso(a, date_from_days(date_days(f->first) - 1))
	    : first;
	*out = (struct shifts){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	if (id_is_set(f->task))
		e = db_all(db, a, SQL_OF_TASK, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(f->person), DB_TEXT(first),
		    DB_TEXT(last), DB_TEXT(before), DB_ID(f->task));
	else
		e = db_all(db, a, SQL_ALL, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(f->person), DB_TEXT(first),
		    DB_TEXT(last), DB_TEXT(before));
	if (e != ERR_OK)
		return e;
	*out = (struct shifts){arena_new(a, struct shift, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_shift(&rows.row[i]);
	return ERR_OK;
}

static const char SQL_AHEAD[] =
    "SELECT COUNT(*) FROM shift_place WHERE org = $1 AND network = $2"
    " AND shift = $3 AND state = 'waiting' AND line < $4";

enum err
shift_get(struct db *db, struct arena *a, const struct actor *who,
    struct shift_of of, struct shift *out)
{
	struct db_row row;
	*out = (struct shift){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, SQL_ONE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(of.person), DB_ID(of.shift));
	if (e != ERR_OK)
		return e;
	*out = read_shift(&row);
	if (!str_eq(out->mine, S("waiting")))
		return ERR_OK;
	e = db_one(db, a, SQL_AHEAD, &row, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(of.shift), DB_INT(out->mine_line));
	if (e == ERR_OK)
		out->mine_ahead = db_int(&row, 0);
	return e;
}

bool
shift_collects(const struct shift *s)
{
	return s->closes_us > 0 && s->shared_us == 0;
}

/* ---- making them ---- */

struct made {
	struct date day;
	int64_t from, to, places, weeks, closes_us;
};

static const char a_date[] =
    N_("Write a date that exists, as year-month-day: 2027-02-28.");
static const char a_time[] = N_("Write a time as hours and minutes: 17:30.");

static void
check_share(const struct shift_new *in, int64_t now_us, struct made *out,
    struct shift_faults *f)
{
	struct date day;
	int64_t minutes = 0;
	if (in->share_day.n + in->share_time.n == 0)
		return;
	if (!date_parse(in->share_day, &day))
		f->share_day = a_date;
	if (!shift_clock_parse(in->share_time, &minutes))
		f->share_time = a_time;
	if (f->share_day != NULL || f->share_time != NULL)
		return;
	out->closes_us = civil_us(day, minutes);
	if (out->closes_us <= now_us)
		f->share_day = N_("That time is over.");
	else if (f->day == NULL && f->from == NULL &&
	    out->closes_us >= civil_us(out->day, out->from))
		f->share_day = N_("Share the places out before the first "
				  "shift begins.");
}

/* That week's, as it will be. */
static struct shift
week_of(const struct made *m, int64_t week)
{
	return (struct shift){
	    .day = date_from_days(date_days(m->day) + 7 * week),
	    .from_min = m->from,
	    .to_min = m->to};
}

/* What ends earlier than it begins ends on the next day; a day that is typed
 * the wrong way round is longer than a night. */
static const char *
hours_fault(struct made *m)
{
	if (m->to == m->from)
		return N_("It ends when it begins.");
	if (m->to < m->from)
		m->to += SHIFT_MIDNIGHT;
	if (m->to > SHIFT_MIDNIGHT && m->to - m->from > SHIFT_NIGHT)
		return N_("It ends before it begins, or it is a night of more "
			  "than 16 hours.");
	return NULL;
}

/* In the night in March when an hour is skipped. */
static const char *
skipped_fault(const struct made *m)
{
	for (int64_t i = 0; i < m->weeks; i++) {
		struct shift s = week_of(m, i);
		if (shift_minutes(&s) <= 0)
			return N_("In one of these nights the clock is put "
				  "forward, and no time is left of the "
				  "shift.");
	}
	return NULL;
}

static void
check_new(const struct shift_new *in, int64_t now_us, struct made *out,
    struct shift_faults *f)
{
	*out = (struct made){0};
	*f = (struct shift_faults){
	    .place = corps_words_fault(in->place, CORPS_LINE, true),
	    .what = corps_words_fault(in->what, CORPS_TEXT, false)};
	if (!date_parse(in->day, &out->day))
		f->day = a_date;
	else if (date_cmp(out->day, date_danish(now_us)) < 0)
		f->day = N_("That day is over.");
	if (!shift_clock_parse(in->from, &out->from) ||
	    out->from == SHIFT_MIDNIGHT)
		f->from = a_time;
	if (!shift_clock_parse(in->to, &out->to))
		f->to = a_time;
	else if (f->from == NULL)
		f->to = hours_fault(out);
	if (!str_int(in->places, &out->places) || out->places < 1 ||
	    out->places > SHIFT_PLACES)
		f->places = N_("Write a number, 1 to 500.");
	if (!str_int(in->weeks, &out->weeks) || out->weeks < 1 ||
	    out->weeks > SHIFT_WEEKS)
		f->weeks = N_("Write a number of weeks, 1 to 53.");
	else if (f->day == NULL && f->from == NULL && f->to == NULL)
		f->to = skipped_fault(out);
	check_share(in, now_us, out, f);
	f->any = f->day || f->from || f->to || f->place || f->what ||
	    f->places || f->weeks || f->share_day || f->share_time;
}

static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM shift WHERE org = $1 AND network = $2";

static const char SQL_RELEASE[] =
    "INSERT INTO shift_release (org, network, id, closes_us, seed)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org, network, id) DO NOTHING";

static const char SQL_ADD[] =
    "INSERT INTO shift (org, network, id, task, shared_in, day, from_min,"
    " to_min, place, what, places, seq, made_us, made_by, reason)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, '')"
    " ON CONFLICT (org, network, id) DO NOTHING";

/* One a week; the first that is there already ends it. */
static enum err
add_weeks(struct db *db, struct arena *a, const struct actor *who,
    const struct shift_new *in, const struct made *m)
{
	int64_t changed = 1;
	struct id release = m->closes_us > 0 ? in->id : (struct id){0};
	enum err e = m->closes_us > 0
	    ? db_exec(db, SQL_RELEASE, NULL, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(release), DB_INT(m->closes_us),
		  DB_TEXT(token_new(a)))
	    : ERR_OK;
	for (int64_t i = 0; e == ERR_OK && i < m->weeks && changed > 0; i++) {
		struct date day = week_of(m, i).day;
		struct id id = i == 0 ? in->id : id_new(who->now_us);
		e = db_exec(db, SQL_ADD, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_ID(in->task),
		    DB_ID(release), DB_TEXT(date_iso(a, day)), DB_INT(m->from),
		    DB_INT(m->to), DB_TEXT(in->place), DB_TEXT(in->what),
		    DB_INT(m->places), DB_INT(who->now_us),
		    DB_ID(who->account));
	}
	return e;
}

enum err
shift_make(struct db *db, struct arena *a, const struct actor *who,
    const struct shift_new *in, struct shift_faults *f)
{
	struct made m;
	struct db_row row;
	struct corps_task task;
	check_new(in, who->now_us, &m, f);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (f->any)
		return ERR_INVALID;
	enum err e = corps_task_get(db, a, who, in->task, &task);
	if (e == ERR_OK && !task.open)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = db_one(db, a, SQL_COUNT, &row, DB_ID(who->org),
		    DB_ID(who->network));
	if (e == ERR_OK && db_int(&row, 0) + m.weeks > SHIFT_MAX)
		return ERR_TOO_LARGE;
	if (e == ERR_OK)
		e = add_weeks(db, a, who, in, &m);
	return e == ERR_OK ? audit_add(db, a, who, S("shift.make"), in->id) : e;
}

/* ---- changing them ---- */

static const char SQL_LOCK[] = "UPDATE shift SET seq = seq + 1"
			       " WHERE org = $1 AND network = $2 AND id = $3";

static const char SQL_SEQ[] =
    "SELECT seq FROM shift WHERE org = $1 AND network = $2 AND id = $3";

enum err
shift_lock(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct shift *out)
{
	struct db_row row;
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_LOCK, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = db_one(db, a, SQL_SEQ, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	int64_t seq = db_int(&row, 0);
	e = shift_get(db, a, who, (struct shift_of){.shift = id}, out);
	out->seq = seq;
	return e;
}

static const char SQL_EVENT[] =
    "INSERT INTO shift_event (org, network, shift, seq, what, person, account,"
    " at_us, tell) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

enum err
shift_event_add(struct db *db, const struct actor *who, struct shift_of of,
    int64_t seq, struct str what)
{
	return db_exec(db, SQL_EVENT, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(of.shift), DB_INT(seq), DB_TEXT(what),
	    DB_ID(of.person), DB_ID(who->account), DB_INT(who->now_us),
	    DB_TEXT(shift_is_news(what) ? S("due") : S("")));
}

static const char SQL_CANCEL[] =
    "UPDATE shift SET cancelled_us = $4, reason = $5"
    " WHERE org = $1 AND network = $2 AND id = $3 AND cancelled_us IS NULL";

static const char SQL_ON_IT[] =
    "SELECT person FROM shift_place WHERE org = $1 AND network = $2"
    " AND shift = $3 AND state <> 'left' AND person IS NOT NULL ORDER BY line";

/* Whoever is on it, waits or wishes is to hear it. */
static enum err
tell_off(struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct shift s;
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_ON_IT, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		e = shift_lock(db, a, who, id, &s);
		if (e == ERR_OK)
			e = shift_event_add(db, who,
			    (struct shift_of){id, db_id(&rows.row[i], 0)},
			    s.seq, S("off"));
	}
	return e;
}

enum err
shift_cancel(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str reason)
{
	int64_t changed = 0;
	struct shift s;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (corps_words_fault(reason, CORPS_TEXT, true) != NULL)
		return ERR_INVALID;
	enum err e = shift_lock(db, a, who, id, &s);
	if (e == ERR_OK)
		e = db_exec(db, SQL_CANCEL, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us),
		    DB_TEXT(reason));
	if (e == ERR_OK && changed > 0)
		e = shift_event_add(db, who, (struct shift_of){.shift = id},
		    s.seq, S("cancelled"));
	if (e == ERR_OK && changed > 0 && !shift_is_over(&s, who->now_us))
		e = tell_off(db, a, who, id);
	return e == ERR_OK ? audit_add(db, a, who, S("shift.cancel"), id) : e;
}

static const char SQL_RESIZE[] = "UPDATE shift SET places = $4"
				 " WHERE org = $1 AND network = $2 AND id = $3";

enum err
shift_resize(struct db *db, struct arena *a, const struct actor *who,
    struct id id, int64_t places)
{
	struct shift s;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (places < 1 || places > SHIFT_PLACES)
		return ERR_INVALID;
	enum err e = shift_lock(db, a, who, id, &s);
	if (e == ERR_OK && places < s.in)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = db_exec(db, SQL_RESIZE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(places));
	if (e == ERR_OK)
		e = shift_event_add(db, who, (struct shift_of){.shift = id},
		    s.seq, S("places"));
	if (e == ERR_OK)
		e = shift_fill(db, a, who, id);
	return e == ERR_OK ? audit_add(db, a, who, S("shift.places"), id) : e;
}
