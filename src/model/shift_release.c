/* SPDX-License-Identifier: MPL-2.0 */

/* Sharing out the places of a release (model/shift.h, model/shift_share.h). */
#include <stdlib.h>

#include "model/audit.h"
#include "model/shift_parts.h"
#include "model/shift_share.h"

static const char SQL_RELEASE[] =
    "SELECT closes_us, shared_us, seed FROM shift_release"
    " WHERE org = $1 AND network = $2 AND id = $3";

enum err
shift_release_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct shift_release *out)
{
	struct db_row row;
	*out = (struct shift_release){.id = id};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, SQL_RELEASE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	out->closes_us = db_int(&row, 0);
	out->shared_us = db_int(&row, 1);
	out->seal = hash_hex(a, hash_of(db_text(&row, 2)));
	if (out->shared_us > 0)
		out->seed = db_text(&row, 2);
	return ERR_OK;
}

/* ---- what is shared out ---- */

struct sharing {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	struct share share;
	struct id *shift; /* [share.n_shifts] in the order of time */
	struct id *person; /* [share.n_people] */
};

static const char SQL_SHIFTS[] =
    "SELECT id, places FROM shift WHERE org = $1 AND network = $2"
    " AND shared_in = $3 AND cancelled_us IS NULL"
    " ORDER BY day, from_min, id";

static const char SQL_WISHES[] =
    "SELECT p.person, w.number, p.shift FROM shift_place p"
    "  JOIN shift s ON s.org = $1 AND s.network = $2 AND s.id = p.shift"
    "  JOIN person w ON w.org = $1 AND w.network = $2 AND w.id = p.person"
    " WHERE p.org = $1 AND p.network = $2 AND s.shared_in = $3"
    "   AND p.state = 'wish' AND s.cancelled_us IS NULL"
    " ORDER BY p.person, s.day, s.from_min, s.id";

/* Shifts of each so far, of any task: been on, or to come. */
static const char SQL_HAS[] =
    "SELECT p.person, COUNT(*) FROM shift_place p"
    "  JOIN shift s ON s.org = $1 AND s.network = $2 AND s.id = p.shift"
    " WHERE p.org = $1 AND p.network = $2 AND p.state = 'in'"
    "   AND p.came <> 'no' AND p.person IS NOT NULL AND s.cancelled_us IS NULL"
    " GROUP BY p.person ORDER BY p.person";

struct place_of {
	struct id id;
	ptrdiff_t at;
};

static int
by_id(const void *x, const void *y)
{
	const struct place_of *p = x, *q = y;
	return id_cmp(p->id, q->id);
}

static enum err
load_shifts(struct sharing *s, struct id release, struct place_of **index)
{
	struct db_rows rows;
	enum err e = db_all(s->db, s->a, SQL_SHIFTS, &rows, DB_ID(s->who->org),
	    DB_ID(s->who->network), DB_ID(release));
	if (e != ERR_OK)
		return e;
	s->share.n_shifts = rows.n;
	s->share.free = arena_new(s->a, int64_t, rows.n);
	s->shift = arena_new(s->a, struct id, rows.n);
	*index = arena_new(s->a, struct place_of, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		s->shift[i] = db_id(&rows.row[i], 0);
		s->share.free[i] = db_int(&rows.row[i], 1);
		(*index)[i] = (struct place_of){s->shift[i], i};
	}
	qsort(*index, (size_t)rows.n, sizeof **index, by_id);
	return ERR_OK;
}

/* What each has before; both lists are in the order of people. */
static enum err
load_has(struct sharing *s)
{
	struct db_rows rows;
	ptrdiff_t at = 0;
	enum err e = db_all(s->db, s->a, SQL_HAS, &rows, DB_ID(s->who->org),
	    DB_ID(s->who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < s->share.n_people; i++) {
		while (at < rows.n &&
		    id_cmp(db_id(&rows.row[at], 0), s->person[i]) < 0)
			at++;
		if (at < rows.n && id_eq(db_id(&rows.row[at], 0), s->person[i]))
			s->share.person[i].has = db_int(&rows.row[at], 1);
	}
	return e;
}

static enum err
load_wishes(struct sharing *s, struct id release, struct str seed,
    const struct place_of *index)
{
	struct db_rows rows;
	struct share *share = &s->share;
	enum err e = db_all(s->db, s->a, SQL_WISHES, &rows, DB_ID(s->who->org),
	    DB_ID(s->who->network), DB_ID(release));
	if (e != ERR_OK)
		return e;
	share->wish = arena_new(s->a, struct share_wish, rows.n);
	share->person = arena_new(s->a, struct share_person, rows.n);
	s->person = arena_new(s->a, struct id, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct place_of key = {.id = db_id(row, 2)};
		const struct place_of *at = bsearch(
		    &key, index, (size_t)share->n_shifts, sizeof key, by_id);
		struct id person = db_id(row, 0);
		ptrdiff_t last = share->n_people - 1;
		if (last < 0 || !id_eq(s->person[last], person)) {
			last = share->n_people++;
			s->person[last] = person;
			share->person[last].lot = share_lot(
			    s->a, seed, person_code(s->a, db_int(row, 1)));
		}
		share->wish[share->n_wishes++] =
		    (struct share_wish){.person = last, .shift = at->at};
	}
	return load_has(s);
}

/* ---- giving ---- */

static enum err
fits(void *ctx, ptrdiff_t person, ptrdiff_t shift, bool *yes)
{
	const struct sharing *s = ctx;
	const char *why = NULL;
	struct shift at;
	enum err e = shift_get(s->db, s->a, s->who,
	    (struct shift_of){.shift = s->shift[shift]}, &at);
	if (e == ERR_OK)
		e = shift_refusal(s->db, s->a, s->who,
		    (struct shift_asks){&at, s->person[person]}, &why);
	*yes = why == NULL;
	return e;
}

/* What became of a wish, and the event that says it. */
struct became {
	struct str state, what;
};

static enum err
put(const struct sharing *s, ptrdiff_t person, ptrdiff_t shift,
    struct became became)
{
	struct shift at;
	enum err e = shift_lock(s->db, s->a, s->who, s->shift[shift], &at);
	if (e == ERR_OK)
		e = shift_put(s->db, s->who,
		    (struct shift_of){s->shift[shift], s->person[person]},
		    became.state, at.seq);
	return e == ERR_OK
	    ? shift_event_add(s->db, s->who,
		  (struct shift_of){s->shift[shift], s->person[person]}, at.seq,
		  became.what)
	    : e;
}

static enum err
give(void *ctx, ptrdiff_t person, ptrdiff_t shift)
{
	return put(ctx, person, shift, (struct became){S("in"), S("shared")});
}

struct rest {
	const struct share *share;
	ptrdiff_t wish;
};

static int
by_turn(const void *x, const void *y)
{
	const struct rest *p = x, *q = y;
	const struct share *s = p->share;
	ptrdiff_t a = s->wish[p->wish].person, b = s->wish[q->wish].person;
	if (a == b)
		return (p->wish > q->wish) - (p->wish < q->wish);
	return share_before(&s->person[a], &s->person[b]) ? -1 : 1;
}

/* Who did not get one waits for it, in the same order. */
static enum err
line_up(const struct sharing *s)
{
	const struct share *share = &s->share;
	struct rest *rest = arena_new(s->a, struct rest, share->n_wishes);
	ptrdiff_t n = 0;
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; i < share->n_wishes; i++) {
		if (!share->wish[i].given)
			rest[n++] = (struct rest){share, i};
	}
	if (n > 0)
		qsort(rest, (size_t)n, sizeof *rest, by_turn);
	for (ptrdiff_t i = 0; e == ERR_OK && i < n; i++) {
		const struct share_wish *w = &share->wish[rest[i].wish];
		e = put(s, w->person, w->shift,
		    (struct became){S("waiting"), S("queued")});
	}
	return e;
}

static const char SQL_SHARED[] =
    "UPDATE shift_release SET shared_us = $4"
    " WHERE org = $1 AND network = $2 AND id = $3 AND shared_us IS NULL";

enum err
shift_settle(
    struct db *db, struct arena *a, const struct actor *who, struct id release)
{
	int64_t changed = 0;
	struct db_row row;
	struct place_of *index;
	struct actor program = *who;
	struct sharing s = {.db = db, .a = a, .who = &program};
	enum err e = db_one(db, a, SQL_RELEASE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(release));
	if (e != ERR_OK || db_int(&row, 0) > who->now_us)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	program.account = (struct id){0};
	e = db_exec(db, SQL_SHARED, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(release), DB_INT(who->now_us));
	if (e != ERR_OK || changed == 0)
		return e;
	e = load_shifts(&s, release, &index);
	if (e == ERR_OK)
		e = load_wishes(&s, release, db_text(&row, 2), index);
	if (e != ERR_OK)
		return e;
	s.share.fits = fits;
	s.share.given = give;
	s.share.ctx = &s;
	e = share_out(a, &s.share);
	if (e == ERR_OK)
		e = line_up(&s);
	return e == ERR_OK
	    ? audit_add(db, a, &program, S("shift.share"), release)
	    : e;
}

static const char SQL_DUE[] =
    "SELECT network, id FROM shift_release"
    " WHERE org = $1 AND shared_us IS NULL AND closes_us <= $2"
    " ORDER BY closes_us";

enum err
shift_sweep(struct db *db, struct arena *a, const struct actor *program)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_DUE, &rows, DB_ID(program->org),
	    DB_INT(program->now_us));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct actor in = actor_inside(program, db_id(&rows.row[i], 0));
		e = shift_settle(db, a, &in, db_id(&rows.row[i], 1));
	}
	return e;
}
