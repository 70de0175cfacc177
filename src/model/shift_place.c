/* SPDX-License-Identifier: MPL-2.0 */

/* Who is on a shift: first come, the line, handing over (model/shift.h). */
#include "model/shift_parts.h"

#include "base/lang.h"
#include "model/audit.h"

/* ---- whether they may ---- */

static const char SQL_BOOKED[] =
    "SELECT s.id, s.task, s.day, s.from_min, s.to_min FROM shift_place p"
    "  JOIN shift s ON s.org = $1 AND s.network = $2 AND s.id = p.shift"
    " WHERE p.org = $1 AND p.network = $2 AND p.person = $3"
    "   AND p.state = 'in' AND p.came <> 'no' AND s.cancelled_us IS NULL";

struct booked {
	const struct pledge *pledge; /* in */
	int64_t minutes; /* of the pledge's, in the days it counts */
	bool meets; /* another at the same time */
};

static enum err
count_booked(struct db *db, struct arena *a, const struct actor *who,
    const struct shift *s, struct booked *out)
{
	struct db_rows rows;
	struct date first, last;
	pledge_span(out->pledge, s->day, &first, &last);
	enum err e = db_all(db, a, SQL_BOOKED, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(out->pledge->person));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct shift on = {
		    .from_min = db_int(row, 3), .to_min = db_int(row, 4)};
		if (id_eq(db_id(row, 0), s->id) ||
		    !date_parse(db_text(row, 2), &on.day))
			continue;
		out->meets = out->meets || shift_meets(&on, s);
		if (id_eq(db_id(row, 1), s->task) &&
		    date_cmp(on.day, first) >= 0 && date_cmp(on.day, last) <= 0)
			out->minutes += shift_minutes(&on);
	}
	return e;
}

enum err
shift_refusal(struct db *db, struct arena *a, const struct actor *who,
    struct shift_asks asks, const char **why)
{
	const struct shift *s = asks.shift;
	struct pledge p;
	struct date ends = {0};
	struct booked b = {0};
	*why = NULL;
	if (s->cancelled_us > 0)
		*why = N_("The shift is cancelled.");
	else if (shift_is_over(s, who->now_us))
		*why = N_("The shift has begun or is over.");
	if (*why != NULL)
		return ERR_OK;
	enum err e = pledge_on(
	    db, a, who, (struct pledge_filter){s->task, asks.person}, &p);
	if (e == ERR_NOT_FOUND) {
		*why = N_("Say first how much you will help with this task.");
		return ERR_OK;
	}
	if (e == ERR_OK) {
		b.pledge = &p;
		e = count_booked(db, a, who, s, &b);
	}
	if (e != ERR_OK)
		return e;
	if (!date_parse(p.ends, &ends) || date_cmp(s->day, ends) > 0)
		*why = N_("The shift is after the last day of the promise.");
	else if (date_cmp(shift_last_day(s), ends) > 0)
		*why = N_("The shift goes past the last day of the promise.");
	else if (b.meets)
		*why = N_("There is another shift at that time already.");
	else if (b.minutes + shift_minutes(s) > p.hours * 60)
		*why = N_("That is more hours than were promised.");
	return ERR_OK;
}

/* ---- rows ---- */

static const char SQL_PUT[] =
    "INSERT INTO shift_place (org, network, id, shift, person, state, line,"
    " offered, came, minutes, kroner, at_us, account)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', 0, 0, $8, $9)"
    " ON CONFLICT (org, network, shift, person) DO UPDATE SET state = $6,"
    " line = $7, offered = 0, reminded_us = NULL, at_us = $8, account = $9";

enum err
shift_put(struct db *db, const struct actor *who, struct shift_of of,
    struct str state, int64_t line)
{
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id_new(who->now_us)), DB_ID(of.shift), DB_ID(of.person),
	    DB_TEXT(state), DB_INT(line), DB_INT(who->now_us),
	    DB_ID(who->account));
}

static const char SQL_STATE[] =
    "SELECT state, offered FROM shift_place WHERE org = $1 AND network = $2"
    " AND shift = $3 AND person = $4";

/* "" when they never were on it. */
static enum err
state_of(struct db *db, struct arena *a, const struct actor *who,
    struct shift_of of, struct str *out)
{
	struct db_row row;
	*out = S("");
	enum err e = db_one(db, a, SQL_STATE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(of.shift), DB_ID(of.person));
	if (e == ERR_OK)
		*out = db_text(&row, 0);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static const char SQL_WAITING[] =
    "SELECT person FROM shift_place WHERE org = $1 AND network = $2"
    " AND shift = $3 AND state = 'waiting' AND person IS NOT NULL"
    " ORDER BY line";

/* Who waits and cannot any more, for their pledge, keeps their place in line:
 * they may make room. */
enum err
shift_fill(
    struct db *db, struct arena *a, const struct actor *who, struct id shift)
{
	struct shift s;
	struct db_rows rows;
	const char *why;
	enum err e =
	    shift_get(db, a, who, (struct shift_of){.shift = shift}, &s);
	if (e != ERR_OK || s.waiting == 0 || s.in >= s.places ||
	    shift_collects(&s))
		return e;
	int64_t free = s.places - s.in;
	e = db_all(db, a, SQL_WAITING, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(shift));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n && free > 0; i++) {
		struct id person = db_id(&rows.row[i], 0);
		e = shift_refusal(
		    db, a, who, (struct shift_asks){&s, person}, &why);
		if (e != ERR_OK || why != NULL)
			continue;
		e = shift_lock(db, a, who, shift, &s);
		if (e == ERR_OK)
			e = shift_put(db, who, (struct shift_of){shift, person},
			    S("in"), s.seq);
		if (e == ERR_OK)
			e = shift_event_add(db, who,
			    (struct shift_of){shift, person}, s.seq,
			    S("moved_up"));
		free--;
	}
	return e;
}

/* ---- on and off ---- */

static bool
is_on(struct str state)
{
	return state.n > 0 && !str_eq(state, S("left"));
}

enum err
shift_join(struct db *db, struct arena *a, const struct actor *who,
    struct shift_of of, struct shift_answer *out)
{
	struct id shift = of.shift, person = of.person;
	struct shift s;
	*out = (struct shift_answer){0};
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = shift_lock(db, a, who, shift, &s);
	if (e == ERR_OK)
		e = state_of(db, a, who, of, &out->state);
	if (e != ERR_OK || is_on(out->state))
		return e;
	e = shift_refusal(
	    db, a, who, (struct shift_asks){&s, person}, &out->why);
	if (e != ERR_OK || out->why != NULL)
		return e;
	out->state = s.in < s.places ? S("in") : S("waiting");
	if (shift_collects(&s))
		out->state = S("wish");
	e = shift_put(db, who, of, out->state, s.seq);
	return e == ERR_OK ? shift_event_add(db, who, of, s.seq, out->state)
			   : e;
}

/* What has begun stays as it was. */
static enum err
leave(
    struct db *db, struct arena *a, const struct actor *who, struct shift_of of)
{
	struct id shift = of.shift;
	struct shift s;
	struct str state = {0};
	enum err e = shift_lock(db, a, who, shift, &s);
	if (e == ERR_OK)
		e = state_of(db, a, who, of, &state);
	if (e != ERR_OK || !is_on(state) || shift_is_over(&s, who->now_us))
		return e;
	e = shift_put(db, who, of, S("left"), s.seq);
	if (e == ERR_OK)
		e = shift_event_add(db, who, of, s.seq, S("left"));
	return e == ERR_OK && s.cancelled_us == 0
	    ? shift_fill(db, a, who, shift)
	    : e;
}

enum err
shift_leave(
    struct db *db, struct arena *a, const struct actor *who, struct shift_of of)
{
	return actor_may(who, CAP_ASK) ? leave(db, a, who, of) : ERR_DENIED;
}

/* ---- handing over ---- */

static const char SQL_OFFER[] =
    "UPDATE shift_place SET offered = $5 WHERE org = $1 AND network = $2"
    " AND shift = $3 AND person = $4 AND state = 'in' AND offered <> $5";

/* Whether somebody who waits would move up. */
static enum err
somebody_waits(struct db *db, struct arena *a, const struct actor *who,
    const struct shift *s, bool *out)
{
	struct db_rows rows;
	const char *why;
	*out = false;
	enum err e = db_all(db, a, SQL_WAITING, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(s->id));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n && !*out; i++) {
		e = shift_refusal(db, a, who,
		    (struct shift_asks){s, db_id(&rows.row[i], 0)}, &why);
		*out = e == ERR_OK && why == NULL;
	}
	return e;
}

enum err
shift_offer(struct db *db, struct arena *a, const struct actor *who,
    struct shift_of of, bool on)
{
	struct id shift = of.shift, person = of.person;
	int64_t changed = 0;
	struct shift s;
	bool waits = false;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = shift_lock(db, a, who, shift, &s);
	if (e == ERR_OK && shift_is_over(&s, who->now_us))
		return ERR_OK;
	if (e == ERR_OK)
		e = db_exec(db, SQL_OFFER, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(shift), DB_ID(person),
		    DB_INT(on));
	if (e != ERR_OK || changed == 0)
		return e;
	e = shift_event_add(db, who, of, s.seq, on ? S("offered") : S("kept"));
	if (e == ERR_OK && on)
		e = somebody_waits(db, a, who, &s, &waits);
	return e == ERR_OK && waits ? leave(db, a, who, of) : e;
}

static const char SQL_OFFERED[] =
    "SELECT person FROM shift_place WHERE org = $1 AND network = $2"
    " AND shift = $3 AND state = 'in' AND offered = 1 AND person <> $4"
    " ORDER BY line LIMIT 1";

/* One gives, the other takes, in one write. */
static enum err
hand_over(struct db *db, struct arena *a, const struct actor *who,
    struct shift_of of, struct id giver)
{
	struct id shift = of.shift, taker = of.person;
	struct shift s;
	enum err e = shift_lock(db, a, who, shift, &s);
	if (e == ERR_OK)
		e = shift_put(
		    db, who, (struct shift_of){shift, giver}, S("left"), s.seq);
	if (e == ERR_OK)
		e = shift_event_add(db, who, (struct shift_of){shift, giver},
		    s.seq, S("handed"));
	if (e == ERR_OK)
		e = shift_lock(db, a, who, shift, &s);
	if (e == ERR_OK)
		e = shift_put(
		    db, who, (struct shift_of){shift, taker}, S("in"), s.seq);
	return e == ERR_OK
	    ? shift_event_add(
		  db, who, (struct shift_of){shift, taker}, s.seq, S("took"))
	    : e;
}

enum err
shift_take(struct db *db, struct arena *a, const struct actor *who,
    struct shift_of of, struct shift_answer *out)
{
	struct id shift = of.shift, person = of.person;
	struct shift s;
	struct db_row row;
	*out = (struct shift_answer){0};
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = shift_lock(db, a, who, shift, &s);
	if (e == ERR_OK)
		e = state_of(db, a, who, of, &out->state);
	if (e != ERR_OK || str_eq(out->state, S("in")))
		return e;
	e = shift_refusal(
	    db, a, who, (struct shift_asks){&s, person}, &out->why);
	if (e != ERR_OK || out->why != NULL)
		return e;
	e = db_one(db, a, SQL_OFFERED, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(shift), DB_ID(person));
	if (e == ERR_NOT_FOUND) {
		out->why = N_("Somebody else took it, or it was kept.");
		return ERR_OK;
	}
	out->state = S("in");
	return e == ERR_OK ? hand_over(db, a, who, of, db_id(&row, 0)) : e;
}

/* ---- within the pledge ---- */

static const char SQL_COMING[] =
    "SELECT s.id FROM shift_place p"
    "  JOIN shift s ON s.org = $1 AND s.network = $2 AND s.id = p.shift"
    " WHERE p.org = $1 AND p.network = $2 AND p.person = $3"
    "   AND p.state <> 'left' AND s.day >= $4 AND s.cancelled_us IS NULL"
    " ORDER BY s.day DESC, s.from_min DESC, s.id DESC";

/* The last first: each that does not fit beside those before it goes. */
enum err
shift_within(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	struct db_rows rows;
	struct shift s;
	const char *why;
	enum err e = db_all(db, a, SQL_COMING, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person),
	    DB_TEXT(date_iso(a, date_danish(who->now_us))));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct id id = db_id(&rows.row[i], 0);
		e = shift_get(db, a, who, (struct shift_of){.shift = id}, &s);
		if (e != ERR_OK || shift_is_over(&s, who->now_us))
			continue;
		e = shift_refusal(
		    db, a, who, (struct shift_asks){&s, person}, &why);
		if (e == ERR_OK && why != NULL)
			e = leave(db, a, who, (struct shift_of){id, person});
	}
	return e;
}
