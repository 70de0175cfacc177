/* SPDX-License-Identifier: MPL-2.0 */
#include "model/standing.h"

#include <stdlib.h>

/* What is gathered of one network before its numbers are worked out.  The two
 * arrays belong to who gathers, with room for all. */
struct gather {
	struct standing s;
	struct sham_facts facts;
	struct str *group;
	struct held *held;
	ptrdiff_t n_groups, n_held;
};

/* Invited and not yet answered. */
static bool
owes(struct str state)
{
	return str_eq(state, S("invited")) || str_eq(state, S("held")) ||
	    str_eq(state, S("documented"));
}

static bool
was_held(struct str state)
{
	return str_eq(state, S("held")) || str_eq(state, S("documented")) ||
	    str_eq(state, S("answered")) || str_eq(state, S("closed"));
}

static bool
is_past(struct str day, struct date today)
{
	struct date date;
	return date_parse(day, &date) && date_cmp(date, today) < 0;
}

struct met {
	struct str state, groups, phase, day, hears_by;
};

static void
add_activity(struct gather *g, const struct met *met)
{
	struct sham_facts *f = &g->facts;
	f->answer_date = f->answer_date || met->hears_by.n > 0 ||
	    str_eq(met->state, S("answered")) ||
	    str_eq(met->state, S("closed"));
	if (owes(met->state)) {
		g->s.promises++;
		g->s.late_promises += is_past(met->hears_by, f->today);
	}
	if (!was_held(met->state))
		return;
	g->held[g->n_held++] = (struct held){met->groups, met->phase};
	f->held = true;
	if (met->day.n > 0 &&
	    (f->first_held.n == 0 || str_cmp(met->day, f->first_held) < 0))
		f->first_held = met->day;
}

static struct coverage
coverage_of(const struct gather *g)
{
	return (struct coverage){g->group, g->n_groups, g->held, g->n_held};
}

static void
finish(struct gather *g)
{
	struct coverage c = coverage_of(g);
	g->facts.phase = g->s.phase_at;
	g->facts.phases = g->s.phases;
	g->s.coverage = indicator_coverage(&c, S(""));
	g->s.sham = indicator_sham(&g->facts);
}

/* ---- of one plan ---- */

/* Where the day of an activity goes: found again by what refers to it. */
struct slot {
	struct str activity, *day;
};

static int
by_activity(const void *x, const void *y)
{
	return str_cmp(((const struct slot *)x)->activity,
	    ((const struct slot *)y)->activity);
}

bool
standing_owes(const struct record *activity)
{
	return owes(record_value(activity, "state"));
}

struct str *
standing_days(const struct plan *plan, struct arena *a)
{
	const struct records *all = &plan->of[KIND_ACTIVITY];
	const struct records *cards = &plan->of[KIND_INVITATION];
	struct str *day = arena_new(a, struct str, all->n);
	struct slot *slot = arena_new(a, struct slot, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		slot[i] = (struct slot){all->list[i].id_text, &day[i]};
	if (all->n > 0)
		qsort(slot, (size_t)all->n, sizeof *slot, by_activity);
	for (ptrdiff_t i = 0; i < cards->n && all->n > 0; i++) {
		struct str hears = record_value(&cards->list[i], "hears_by");
		struct slot want = {
		    record_value(&cards->list[i], "activity"), NULL};
		const struct slot *at = bsearch(
		    &want, slot, (size_t)all->n, sizeof *slot, by_activity);
		if (at != NULL && hears.n > 0 &&
		    (at->day->n == 0 || str_cmp(hears, *at->day) < 0))
			*at->day = hears;
	}
	return day;
}

static void
gather_plan(const struct plan *plan, struct arena *a, struct gather *g)
{
	const struct records *groups = &plan->of[KIND_GROUP];
	const struct records *activities = &plan->of[KIND_ACTIVITY];
	g->group = arena_new(a, struct str, groups->n);
	g->held = arena_new(a, struct held, activities->n);
	for (ptrdiff_t i = 0; i < groups->n; i++) {
		if (group_is_chosen(record_value(&groups->list[i], "state")))
			g->group[g->n_groups++] = groups->list[i].id_text;
	}
	const struct str *hears_by = standing_days(plan, a);
	for (ptrdiff_t i = 0; i < activities->n; i++) {
		const struct record *r = &activities->list[i];
		struct met met = {record_value(r, "state"),
		    record_value(r, "groups"), record_value(r, "phase"),
		    record_value(r, "day"), hears_by[i]};
		add_activity(g, &met);
	}
}

static void
find_phase(const struct plan *plan, struct standing *s)
{
	const struct records *phases = &plan->of[KIND_PHASE];
	const struct record *stay = plan_stay(plan);
	s->phases = (int)phases->n;
	s->phase_at = -1;
	for (ptrdiff_t i = 0; stay != NULL && i < phases->n; i++) {
		if (!str_eq(
			phases->list[i].id_text, record_value(stay, "phase")))
			continue;
		s->phase_at = (int)i;
		s->phase = record_value(&phases->list[i], "name");
	}
}

static void
count_late_tasks(const struct plan *plan, struct standing *s)
{
	const struct records *tasks = &plan->of[KIND_TASK];
	for (ptrdiff_t i = 0; i < tasks->n; i++)
		s->late_tasks +=
		    str_eq(record_value(&tasks->list[i], "state"), S("open")) &&
		    is_past(record_value(&tasks->list[i], "due"), plan->today);
}

struct standing
standing_of(const struct plan *plan, struct arena *a)
{
	const struct record *scope = plan_single(plan, KIND_SCOPE);
	struct gather g = {
	    .s = {.network = plan->network.id,
		.name = record_value(&plan->network, "name"),
		.state = record_value(&plan->network, "state"),
		.fill = plan_fill(plan)},
	    .facts = {.today = plan->today,
		.room = scope != NULL,
		.decided = scope ? record_value(scope, "decided") : S(""),
		.questions = (int)plan->of[KIND_QUESTION].n},
	};
	gather_plan(plan, a, &g);
	find_phase(plan, &g.s);
	count_late_tasks(plan, &g.s);
	finish(&g);
	return g.s;
}

struct share
standing_in_phase(const struct plan *plan, struct arena *a, struct str phase)
{
	struct gather g = {0};
	gather_plan(plan, a, &g);
	struct coverage c = coverage_of(&g);
	return indicator_coverage(&c, phase);
}

/* ---- of all networks ---- */

/* Those of an organisation by their id, which rows are sorted by too. */
struct all {
	struct gather *list;
	ptrdiff_t n, at;
};

/* That of a row's first column; NULL for a network taken out. */
static struct gather *
seek(struct all *all, const struct db_row *row)
{
	struct id id = db_id(row, 0);
	while (all->at < all->n && id_cmp(all->list[all->at].s.network, id) < 0)
		all->at++;
	return all->at < all->n && id_eq(all->list[all->at].s.network, id)
	    ? &all->list[all->at]
	    : NULL;
}

static const char SQL_NETWORKS[] =
    "SELECT network, name, state FROM network"
    " WHERE org = $1 AND removed_us IS NULL ORDER BY network";

static enum err
load_networks(
    struct db *db, struct arena *a, const struct actor *who, struct all *all)
{
	struct db_rows rows;
	struct plan none = {.today = date_danish(who->now_us)};
	enum err e = db_all(db, a, SQL_NETWORKS, &rows, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	*all = (struct all){arena_new(a, struct gather, rows.n), rows.n, 0};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		all->list[i] = (struct gather){
		    .s = {.network = db_id(&rows.row[i], 0),
			.name = db_text(&rows.row[i], 1),
			.state = db_text(&rows.row[i], 2),
			.phase_at = -1,
			.fill.parts = plan_fill(&none).parts},
		    .facts.today = none.today,
		};
	return ERR_OK;
}

/* The parts of plan_fill(), each once a network that has it. */
static const char SQL_FILLED[] =
    "SELECT network, COUNT(*) FROM ("
    "SELECT DISTINCT network, 1 AS part FROM theme"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 2 FROM question"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 3 FROM purpose"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 4 FROM scope"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 5 FROM need"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 6 FROM promise"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 7 FROM actor"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 8 FROM target_group"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 9 FROM cell"
    " WHERE org = $1 AND removed_us IS NULL"
    " UNION ALL SELECT DISTINCT network, 10 FROM documentation"
    " WHERE org = $1 AND removed_us IS NULL"
    ") AS filled GROUP BY network ORDER BY network";

/* What the plan says of the room, and how many questions there are. */
static const char SQL_ROOM[] =
    "SELECT n.network, s.decided,"
    " (SELECT COUNT(*) FROM question q WHERE q.org = $1"
    "   AND q.network = n.network AND q.removed_us IS NULL)"
    "  FROM network n"
    "  LEFT JOIN scope s ON s.org = $1 AND s.network = n.network"
    "   AND s.removed_us IS NULL"
    " WHERE n.org = $1 AND n.removed_us IS NULL ORDER BY n.network";

static const char SQL_LATE_TASKS[] =
    "SELECT network, COUNT(*) FROM task"
    " WHERE org = $1 AND removed_us IS NULL AND state = 'open'"
    "   AND due <> '' AND due < $2"
    " GROUP BY network ORDER BY network";

static enum err
load_counts(
    struct db *db, struct arena *a, const struct actor *who, struct all *all)
{
	struct db_rows filled, room, late;
	struct str day = date_iso(a, date_danish(who->now_us));
	struct gather *g;
	enum err e = db_all(db, a, SQL_FILLED, &filled, DB_ID(who->org));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_ROOM, &room, DB_ID(who->org));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_LATE_TASKS, &late, DB_ID(who->org),
		    DB_TEXT(day));
	if (e != ERR_OK)
		return e;
	all->at = 0;
	for (ptrdiff_t i = 0; i < filled.n; i++) {
		if ((g = seek(all, &filled.row[i])) != NULL)
			g->s.fill.filled = (int)db_int(&filled.row[i], 1);
	}
	all->at = 0;
	for (ptrdiff_t i = 0; i < room.n; i++) {
		if ((g = seek(all, &room.row[i])) == NULL)
			continue;
		g->facts.room = !db_is_null(&room.row[i], 1);
		g->facts.decided = db_text(&room.row[i], 1);
		g->facts.questions = (int)db_int(&room.row[i], 2);
	}
	all->at = 0;
	for (ptrdiff_t i = 0; i < late.n; i++) {
		if ((g = seek(all, &late.row[i])) != NULL)
			g->s.late_tasks = (int)db_int(&late.row[i], 1);
	}
	return ERR_OK;
}

static const char SQL_PHASES[] =
    "SELECT network, id, name FROM phase"
    " WHERE org = $1 AND removed_us IS NULL ORDER BY network, position, id";

/* Stays that have begun and are not over; the last of a network counts. */
static const char SQL_STAYS[] =
    "SELECT network, phase FROM visit"
    " WHERE org = $1 AND removed_us IS NULL AND gone = '' AND entered <= $2"
    " ORDER BY network, entered, id";

/* The phase of a network's last stay among `stays`; not set: in none. */
static struct id
stay_of(const struct db_rows *stays, ptrdiff_t *at, struct id network)
{
	struct id phase = {0};
	while (*at < stays->n &&
	    id_cmp(db_id(&stays->row[*at], 0), network) <= 0) {
		const struct db_row *row = &stays->row[(*at)++];
		if (id_eq(db_id(row, 0), network))
			phase = db_id(row, 1);
	}
	return phase;
}

static enum err
load_phases(
    struct db *db, struct arena *a, const struct actor *who, struct all *all)
{
	struct db_rows phases, stays;
	struct gather *g, *before = NULL;
	struct id now = {0};
	ptrdiff_t at = 0;
	enum err e = db_all(db, a, SQL_PHASES, &phases, DB_ID(who->org));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_STAYS, &stays, DB_ID(who->org),
		    DB_TEXT(date_iso(a, date_danish(who->now_us))));
	all->at = 0;
	for (ptrdiff_t i = 0; e == ERR_OK && i < phases.n; i++) {
		const struct db_row *row = &phases.row[i];
		if ((g = seek(all, row)) == NULL)
			continue;
		if (g != before)
			now = stay_of(&stays, &at, g->s.network);
		before = g;
		if (id_eq(db_id(row, 1), now)) {
			g->s.phase_at = g->s.phases;
			g->s.phase = db_text(row, 2);
		}
		g->s.phases++;
	}
	return e;
}

static const char SQL_CHOSEN[] =
    "SELECT network, id FROM target_group"
    " WHERE org = $1 AND removed_us IS NULL"
    "   AND state IN ('chosen', 'involved') ORDER BY network";

static enum err
load_groups(
    struct db *db, struct arena *a, const struct actor *who, struct all *all)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_CHOSEN, &rows, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	struct str *group = arena_new(a, struct str, rows.n);
	all->at = 0;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct gather *g = seek(all, &rows.row[i]);
		group[i] = id_text(a, db_id(&rows.row[i], 1));
		if (g == NULL)
			continue;
		if (g->n_groups++ == 0)
			g->group = &group[i];
	}
	return ERR_OK;
}

static const char SQL_ACTIVITIES[] =
    "SELECT network, id, state, groups, phase, day FROM activity"
    " WHERE org = $1 AND removed_us IS NULL ORDER BY network, id";

static const char SQL_HEARS[] =
    "SELECT network, activity, MIN(hears_by) FROM invitation"
    " WHERE org = $1 AND removed_us IS NULL AND hears_by <> ''"
    " GROUP BY network, activity ORDER BY network, activity";

/* The order of both queries above. */
static int
cmp_activity(const struct db_row *x, const struct db_row *y)
{
	int c = id_cmp(db_id(x, 0), db_id(y, 0));
	return c != 0 ? c : id_cmp(db_id(x, 1), db_id(y, 1));
}

static struct str
hears_by(const struct db_rows *hears, ptrdiff_t *at, const struct db_row *row)
{
	while (*at < hears->n && cmp_activity(&hears->row[*at], row) < 0)
		++*at;
	return *at < hears->n && cmp_activity(&hears->row[*at], row) == 0
	    ? db_text(&hears->row[*at], 2)
	    : S("");
}

static enum err
load_activities(
    struct db *db, struct arena *a, const struct actor *who, struct all *all)
{
	struct db_rows rows, hears;
	ptrdiff_t at = 0;
	enum err e = db_all(db, a, SQL_ACTIVITIES, &rows, DB_ID(who->org));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_HEARS, &hears, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	struct held *held = arena_new(a, struct held, rows.n);
	all->at = 0;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct gather *g = seek(all, row);
		if (g == NULL)
			continue;
		if (g->held == NULL)
			g->held = &held[i]; /* room for all that follow */
		struct met met = {db_text(row, 2), db_text(row, 3),
		    db_is_null(row, 4) ? S("") : id_text(a, db_id(row, 4)),
		    db_text(row, 5), hears_by(&hears, &at, row)};
		add_activity(g, &met);
	}
	return ERR_OK;
}

enum err
standing_all(struct db *db, struct arena *a, const struct actor *who,
    struct standings *out)
{
	struct all all;
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = load_networks(db, a, who, &all);
	if (e == ERR_OK)
		e = load_counts(db, a, who, &all);
	if (e == ERR_OK)
		e = load_phases(db, a, who, &all);
	if (e == ERR_OK)
		e = load_groups(db, a, who, &all);
	if (e == ERR_OK)
		e = load_activities(db, a, who, &all);
	if (e != ERR_OK)
		return e;
	*out = (struct standings){arena_new(a, struct standing, all.n), all.n};
	for (ptrdiff_t i = 0; i < all.n; i++) {
		finish(&all.list[i]);
		out->list[i] = all.list[i].s;
	}
	return ERR_OK;
}
