/* SPDX-License-Identifier: MPL-2.0 */
#include "model/activity.h"

#include "base/buf.h"

static const struct {
	struct str key;
	const char *label;
} states[ACTIVITY_STATES] = {
    {S_INIT("planned"), N_("Planned")},
    {S_INIT("ethics_ok"), N_("Ethics check signed")},
    {S_INIT("invited"), N_("Invited")},
    {S_INIT("held"), N_("Held")},
    {S_INIT("documented"), N_("Documented")},
    {S_INIT("answered"), N_("Answered")},
    {S_INIT("closed"), N_("Closed")},
};

struct str
activity_state_key(enum activity_state state)
{
	return states[state].key;
}

const char *
activity_state_label(enum activity_state state)
{
	return states[state].label;
}

enum activity_state
activity_state(const struct record *r)
{
	struct str key = record_value(r, "state");
	for (int i = 0; i < ACTIVITY_STATES; i++) {
		if (str_eq(states[i].key, key))
			return (enum activity_state)i;
	}
	return ACTIVITY_PLANNED;
}

/* ---- what bears on it ---- */

static int64_t
open_questions(const struct plan *plan, struct str refs)
{
	struct id id;
	int64_t n = 0;
	while (record_next_ref(&refs, &id)) {
		const struct record *q = plan_find(plan, KIND_QUESTION, id);
		n += q != NULL && str_eq(record_value(q, "state"), S("open"));
	}
	return n;
}

/* As vulnerable as the one of its groups that is most so. */
static enum vulnerable
most_vulnerable(const struct plan *plan, struct str refs)
{
	struct id id;
	enum vulnerable most = VULNERABLE_NO;
	while (record_next_ref(&refs, &id)) {
		const struct record *g = plan_find(plan, KIND_GROUP, id);
		enum vulnerable this = g == NULL
		    ? VULNERABLE_NO
		    : vulnerable_parse(record_value(g, "vulnerability"));
		most = this > most ? this : most;
	}
	return most;
}

static struct meeting
meeting_of(const struct plan *plan, const struct activity *a)
{
	const struct record *r = &a->record;
	bool assembly = a->method != NULL && a->method->assembly;
	/* One to one, each is alone however many there are. */
	bool alone = str_eq(record_value(r, "room"), S("alone"));
	return (struct meeting){
	    .vulnerable = most_vulnerable(plan, record_value(r, "groups")),
	    .people = alone ? 1 : record_number(r, "people"),
	    .gentle = a->method == NULL ? 0 : a->method->gentle,
	    .whole_network =
		assembly || str_eq(record_value(r, "room"), S("whole_network")),
	    .town_hall = str_eq(record_value(r, "place_kind"), S("town_hall")),
	    .care = record_value(r, "care").n > 0,
	    .questions = open_questions(plan, record_value(r, "questions")),
	};
}

static bool
has_step_in_person(const struct plan *plan, struct str id)
{
	const struct records *all = &plan->of[KIND_CONTACT];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *step = &all->list[i];
		if (str_eq(record_value(step, "activity"), id) &&
		    str_eq(record_value(step, "how"), S("in_person")))
			return true;
	}
	return false;
}

static const char SQL_GROUP[] =
    "SELECT COUNT(*), COUNT(big_wish_us),"
    " SUM(CASE WHEN age = '0-14' AND guardian_us IS NULL THEN 1 ELSE 0 END)"
    "  FROM person WHERE org = $1 AND network = $2 AND target_group = $3"
    "   AND state IN ('proposed', 'invited', 'yes', 'active')";

/* The people of its groups: who is too young to say yes alone, and whether
 * all of them wish for a large meeting. */
static enum err
load_people(struct db *db, struct arena *arena, const struct actor *who,
    struct activity *a)
{
	struct str refs = record_value(&a->record, "groups");
	struct id group;
	int64_t people = 0, wishes = 0;
	while (record_next_ref(&refs, &group)) {
		struct db_row row;
		enum err e = db_one(db, arena, SQL_GROUP, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(group));
		if (e != ERR_OK)
			return e;
		people += db_int(&row, 0);
		wishes += db_int(&row, 1);
		a->young += db_int(&row, 2);
	}
	a->meeting.own_wish = people > 0 && wishes == people;
	return ERR_OK;
}

static const char SQL_SENDINGS[] =
    "SELECT COUNT(*), SUM(CASE WHEN s.answer = 'yes' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN s.answer = 'yes' AND NOT EXISTS"
    "  (SELECT m.id FROM message m WHERE m.org = $1 AND m.network = $2"
    "    AND m.activity = $3 AND m.person = s.person"
    "    AND m.account IS NOT NULL AND m.at_us >= $4)"
    "  THEN 1 ELSE 0 END)"
    "  FROM sending s"
    " WHERE s.org = $1 AND s.network = $2 AND s.activity = $3";

static const char SQL_MESSAGES[] =
    "SELECT SUM(CASE WHEN q.account IS NULL AND NOT EXISTS"
    "  (SELECT m.id FROM message m WHERE m.org = $1 AND m.network = $2"
    "    AND m.activity = $3 AND m.answers = q.id)"
    "  THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN q.account IS NOT NULL AND q.person IS NULL"
    "  AND q.at_us >= $4 THEN 1 ELSE 0 END)"
    "  FROM message q"
    " WHERE q.org = $1 AND q.network = $2 AND q.activity = $3";

static const char SQL_UNSETTLED[] =
    "SELECT COUNT(*) FROM contribution"
    " WHERE org = $1 AND network = $2 AND activity = $3"
    "   AND state IN ('received', 'reviewed', 'approved')";

/* What was said before the day is no answer to what was said on it. */
static enum err
load_answers(struct db *db, struct arena *arena, const struct actor *who,
    struct activity *a)
{
	struct db_row row;
	struct date day;
	int64_t since_us = 0;
	if (date_parse(record_value(&a->record, "day"), &day))
		since_us = date_us(day);
	enum err e = db_one(db, arena, SQL_SENDINGS, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(a->record.id), DB_INT(since_us));
	if (e != ERR_OK)
		return e;
	a->invited = db_int(&row, 0);
	a->said_yes = db_int(&row, 1);
	a->owed = db_int(&row, 2);
	e = db_one(db, arena, SQL_MESSAGES, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(a->record.id), DB_INT(since_us));
	if (e != ERR_OK)
		return e;
	a->waiting = db_int(&row, 0);
	a->answers = db_int(&row, 1);
	e = db_one(db, arena, SQL_UNSETTLED, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(a->record.id));
	a->unsettled = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

enum err
activity_load(struct db *db, struct arena *arena, const struct actor *who,
    const struct plan *plan, const struct record *r, struct activity *a)
{
	struct overrides overrides;
	*a = (struct activity){
	    .record = *r,
	    .state = activity_state(r),
	    .method = plan_choice(plan, "methods", record_value(r, "method")),
	    .in_person = has_step_in_person(plan, r->id_text),
	    .minutes = record_number(r, "minutes") * record_number(r, "people"),
	    .cost = record_number(r, "cost"),
	};
	a->meeting = meeting_of(plan, a);
	enum err e = ethics_get(db, arena, who, plan, r, &a->ethics);
	if (e == ERR_OK)
		e = override_list(db, arena, who, &overrides);
	if (e == ERR_OK)
		e = load_people(db, arena, who, a);
	if (e == ERR_OK)
		e = load_answers(db, arena, who, a);
	if (e == ERR_OK)
		e = pause_get(db, arena, who, r->id, &a->pause);
	if (e == ERR_OK)
		a->override = override_find(&overrides, r->id);
	return e;
}

/* ---- what is to be looked at ---- */

/* Somebody was heard once an activity is written down. */
void
activity_look(struct rules *rules, const struct plan *plan)
{
	const struct records *all = &plan->of[KIND_ACTIVITY];
	bool heard = false;
	for (ptrdiff_t i = 0; i < all->n && !heard; i++)
		heard = activity_state(&all->list[i]) >= ACTIVITY_DOCUMENTED;
	rule_theme_is_new(rules, plan);
	rule_tension(rules, plan, heard);
	rule_core_idle(rules, plan);
}

/* ---- the limits ---- */

static const char SQL_LIMITS[] =
    "SELECT name, value FROM org_setting WHERE org = $1";

enum err
activity_limits(struct db *db, struct arena *a, const struct actor *who,
    struct rule_limits *limits)
{
	struct db_rows rows;
	*limits = rule_limits_default();
	enum err e = db_all(db, a, SQL_LIMITS, &rows, DB_ID(who->org));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		if (!rule_limits_set(limits, db_text(&rows.row[i], 0),
			db_text(&rows.row[i], 1)))
			continue; /* another setting, or out of its range */
	}
	return e;
}
