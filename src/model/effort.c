/* SPDX-License-Identifier: MPL-2.0 */
#include "model/effort.h"

#include <stdlib.h>

#include "model/activity.h"

/* An activity and what was kept of what people said there. */
struct said {
	struct id activity;
	int64_t voices, led_on;
};

static int
by_activity(const void *x, const void *y)
{
	return id_cmp(((const struct said *)x)->activity,
	    ((const struct said *)y)->activity);
}

static const char SQL_SAID[] =
    "SELECT c.activity, COUNT(*), SUM(CASE WHEN"
    " EXISTS (SELECT 1 FROM evidence e WHERE e.org = $1 AND e.network = $2"
    "   AND e.contribution = c.id)"
    " OR EXISTS (SELECT 1 FROM idea_source s WHERE s.org = $1"
    "   AND s.network = $2 AND s.contribution = c.id)"
    " THEN 1 ELSE 0 END)"
    " FROM contribution c WHERE c.org = $1 AND c.network = $2"
    " AND c.activity IS NOT NULL AND c.state <> 'withdrawn'"
    " GROUP BY c.activity";

static struct effort
effort_of(const struct record *r, const struct said *said)
{
	struct effort e = {.activity = r,
	    .people = record_number(r, "people"),
	    .cost = record_number(r, "cost")};
	e.minutes = e.people * record_number(r, "minutes");
	if (said == NULL)
		return e;
	e.voices = said->voices;
	e.led_on = said->led_on;
	e.used = e.minutes * e.led_on / e.voices;
	return e;
}

static void
add(struct effort *sum, const struct effort *e)
{
	sum->people += e->people;
	sum->minutes += e->minutes;
	sum->used += e->used;
	sum->cost += e->cost;
	sum->voices += e->voices;
	sum->led_on += e->led_on;
}

enum err
effort_list(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct efforts *out)
{
	struct db_rows rows;
	const struct records *all = &plan->of[KIND_ACTIVITY];
	if (!actor_may(who, CAP_READ))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_SAID, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	struct said *said = arena_new(a, struct said, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		said[i] = (struct said){db_id(&rows.row[i], 0),
		    db_int(&rows.row[i], 1), db_int(&rows.row[i], 2)};
	if (rows.n > 0)
		qsort(said, (size_t)rows.n, sizeof *said, by_activity);
	*out = (struct efforts){.list = arena_new(a, struct effort, all->n)};
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct said want = {.activity = all->list[i].id};
		if (activity_state(&all->list[i]) < ACTIVITY_HELD)
			continue;
		struct effort *one = &out->list[out->n++];
		*one = effort_of(&all->list[i],
		    rows.n == 0 ? NULL
				: bsearch(&want, said, (size_t)rows.n,
				      sizeof *said, by_activity));
		add(&out->sum, one);
	}
	return ERR_OK;
}
