/* SPDX-License-Identifier: MPL-2.0 */
#include "model/tally.h"

#include "model/setting.h"

static const char SQL_BALLOTS[] =
    "SELECT side, choices FROM ballot"
    " WHERE org = $1 AND network = $2 AND round = $3 ORDER BY voter";

struct loading {
	const struct round *r;
	struct arena *a;
	struct ballot *ballot; /* [rows] */
	enum round_side *side;
	ptrdiff_t n;
};

/* Numbers become places from 0. */
static struct side_tally
gather(const struct loading *l, enum round_side side)
{
	struct side_tally t = {0};
	ptrdiff_t marks = 0, n = 0;
	for (ptrdiff_t i = 0; i < l->n; i++) {
		n += l->side[i] == side;
		marks += l->side[i] == side ? l->ballot[i].n : 0;
	}
	t.first = arena_new(l->a, ptrdiff_t, n + 1);
	t.mark = arena_new(l->a, struct mark, marks);
	marks = 0;
	for (ptrdiff_t i = 0; i < l->n; i++) {
		if (l->side[i] != side)
			continue;
		for (ptrdiff_t k = 0; k < l->ballot[i].n; k++) {
			struct mark m = l->ballot[i].mark[k];
			m.option--;
			m.value -= l->r->method == ROUND_PAIRWISE;
			t.mark[marks++] = m;
		}
		t.first[++t.n] = marks;
	}
	return t;
}

enum err
tally_load(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct tallies *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_BALLOTS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id));
	if (e != ERR_OK)
		return e;
	struct loading l = {.r = r,
	    .a = a,
	    .ballot = arena_new(a, struct ballot, rows.n),
	    .side = arena_new(a, enum round_side, rows.n),
	    .n = rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		if (!round_side_parse(db_text(&rows.row[i], 0), &l.side[i]) ||
		    !ballot_parse(a, r, db_text(&rows.row[i], 1), &l.ballot[i]))
			return ERR_INTERNAL;
	}
	for (int side = 0; side < ROUND_SIDES; side++)
		out->of[side] = gather(&l, (enum round_side)side);
	return ERR_OK;
}

enum err
tally_is_seen(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, bool *yes)
{
	struct settings_now now;
	*yes = r->state == ROUND_CLOSED;
	if (*yes || r->state == ROUND_DRAFT)
		return ERR_OK;
	enum err e = setting_list(db, a, who, &now);
	*yes = e == ERR_OK && setting_number(&now, S("rankings_live")) == 1;
	return e;
}
