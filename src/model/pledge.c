/* SPDX-License-Identifier: MPL-2.0 */
#include "model/pledge.h"

#include "base/clock.h"
#include "base/lang.h"
#include "model/audit.h"
#include "model/guardian.h"
#include "model/shift.h"

const struct choice pledge_pers[] = {
    {"week", N_("hours a week")},
    {"month", N_("hours a month")},
    {"all", N_("hours in all")},
    {0},
};

const struct choice pledge_ways[] = {
    {"page", N_("Ask on their page")},
    {"paper", N_("Agreed on paper")},
    {"phone", N_("Agreed by phone")},
    {0},
};

const struct choice pledge_states[] = {
    {"offered", N_("Asked")},
    {"agreed", N_("Agreed")},
    {"running", N_("In progress")},
    {"fulfilled", N_("Fulfilled")},
    {"stopped", N_("Stopped")},
    {"declined", N_("Said no")},
    {0},
};

bool
pledge_may_move(struct str from, struct str to)
{
	static const struct {
		const char *from, *to;
	} moves[] = {{"offered", "agreed"}, {"offered", "declined"},
	    {"offered", "stopped"}, {"agreed", "running"},
	    {"agreed", "fulfilled"}, {"agreed", "stopped"},
	    {"running", "fulfilled"}, {"running", "stopped"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(moves); i++) {
		if (str_eq(str_c(moves[i].from), from) &&
		    str_eq(str_c(moves[i].to), to))
			return true;
	}
	return false;
}

bool
pledge_holds(const struct pledge *p)
{
	return str_eq(p->state, S("agreed")) || str_eq(p->state, S("running"));
}

/* ---- reading ---- */

#define SQL_READ                                                          \
	"SELECT g.id, g.rev, g.task, g.person, g.actor, g.what, g.hours," \
	" g.per, g.ends, g.contact, g.secrecy, g.way, g.state,"           \
	" g.changed_us, p.number, p.alias, t.title"                       \
	"  FROM pledge g"                                                 \
	"  JOIN corps_task t ON t.org = $1 AND t.network = $2"            \
	"   AND t.id = g.task"                                            \
	"  LEFT JOIN person p ON p.org = $1 AND p.network = $2"           \
	"   AND p.id = g.person"                                          \
	" WHERE g.org = $1 AND g.network = $2"

/* Those that hold first. */
#define SQL_IN_ORDER                                                     \
	" ORDER BY t.title, CASE WHEN g.state = 'agreed'"                \
	" OR g.state = 'running' THEN 0 WHEN g.state = 'offered' THEN 1" \
	" ELSE 2 END, g.id"

static const char SQL_ALL[] = SQL_READ SQL_IN_ORDER;
static const char SQL_OF_TASK[] = SQL_READ " AND g.task = $3" SQL_IN_ORDER;
static const char SQL_OF_PERSON[] = SQL_READ " AND g.person = $3" SQL_IN_ORDER;
static const char SQL_ONE[] = SQL_READ " AND g.id = $3";
static const char SQL_ON[] =
    SQL_READ " AND g.task = $3 AND g.person = $4"
	     " AND (g.state = 'agreed' OR g.state = 'running')"
	     " ORDER BY g.id DESC LIMIT 1";

static struct pledge
read_pledge(const struct db_row *row)
{
	return (struct pledge){.id = db_id(row, 0),
	    .rev = db_int(row, 1),
	    .task = db_id(row, 2),
	    .person = db_id(row, 3),
	    .actor = db_id(row, 4),
	    .what = db_text(row, 5),
	    .hours = db_int(row, 6),
	    .per = db_text(row, 7),
	    .ends = db_text(row, 8),
	    .contact = db_text(row, 9),
	    .secrecy = db_text(row, 10),
	    .way = db_text(row, 11),
	    .state = db_text(row, 12),
	    .changed_us = db_int(row, 13),
	    .number = db_int(row, 14),
	    .alias = db_text(row, 15),
	    .task_title = db_text(row, 16)};
}

enum err
pledge_list(struct db *db, struct arena *a, const struct actor *who,
    struct pledge_filter filter, struct pledges *out)
{
	struct db_rows rows;
	enum err e;
	*out = (struct pledges){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	if (id_is_set(filter.person))
		e = db_all(db, a, SQL_OF_PERSON, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(filter.person));
	else if (id_is_set(filter.task))
		e = db_all(db, a, SQL_OF_TASK, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(filter.task));
	else
		e = db_all(db, a, SQL_ALL, &rows, DB_ID(who->org),
		    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct pledges){arena_new(a, struct pledge, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_pledge(&rows.row[i]);
	return ERR_OK;
}

enum err
pledge_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct pledge *out)
{
	struct db_row row;
	*out = (struct pledge){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_ONE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = read_pledge(&row);
	return e;
}

enum err
pledge_on(struct db *db, struct arena *a, const struct actor *who,
    struct pledge_filter of, struct pledge *out)
{
	struct db_row row;
	*out = (struct pledge){0};
	enum err e = db_one(db, a, SQL_ON, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(of.task), DB_ID(of.person));
	if (e == ERR_OK)
		*out = read_pledge(&row);
	return e;
}

static const char SQL_HISTORY[] =
    "SELECT rev, at_us, hours, state, per, ends, account FROM"
    " pledge_event WHERE org = $1 AND network = $2 AND pledge = $3"
    " ORDER BY rev";

enum err
pledge_history(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct pledge_events *out)
{
	struct db_rows rows;
	*out = (struct pledge_events){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_HISTORY, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	*out = (struct pledge_events){
	    arena_new(a, struct pledge_event, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct pledge_event){.rev = db_int(row, 0),
		    .at_us = db_int(row, 1),
		    .hours = db_int(row, 2),
		    .state = db_text(row, 3),
		    .per = db_text(row, 4),
		    .ends = db_text(row, 5),
		    .by_person = db_is_null(row, 6)};
	}
	return ERR_OK;
}

/* ---- writing ---- */

void
pledge_check(
    const struct actor *who, const struct pledge *p, struct pledge_faults *f)
{
	struct date ends;
	*f = (struct pledge_faults){
	    .what = corps_words_fault(p->what, CORPS_TEXT, true),
	    .contact = corps_words_fault(p->contact, CORPS_LINE, true),
	    .secrecy = corps_words_fault(p->secrecy, CORPS_TEXT, false)};
	if (id_is_set(p->person) == id_is_set(p->actor))
		f->who = N_("Choose one person, or one organisation.");
	if (p->hours < 0 || p->hours > PLEDGE_HOURS)
		f->hours = N_("Write the hours as a number, 0 to 1,000.");
	if (choice_find(pledge_pers, p->per) == NULL)
		f->per = N_("Choose one of these.");
	if (choice_find(pledge_ways, p->way) == NULL)
		f->way = N_("Choose one of these.");
	if (id_is_set(p->actor) && str_eq(p->way, S("page")))
		f->way = N_("An organisation has no page. Agree on paper or "
			    "by phone.");
	if (!date_parse(p->ends, &ends))
		f->ends = N_("Write a date that exists, as year-month-day: "
			     "2027-02-28.");
	else if (date_cmp(ends, date_danish(who->now_us)) < 0)
		f->ends = N_("That day is over.");
	f->any = f->who || f->what || f->hours || f->per || f->ends ||
	    f->contact || f->secrecy || f->way;
}

static const char SQL_EVENT[] =
    "INSERT INTO pledge_event (org, network, pledge, rev, state, hours, per,"
    " ends, at_us, account) SELECT org, network, id, rev, state, hours, per,"
    " ends, $4, $5 FROM pledge"
    " WHERE org = $1 AND network = $2 AND id = $3";

static enum err
note(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct str what)
{
	enum err e =
	    db_exec(db, SQL_EVENT, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(id), DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK
	    ? audit_add(db, a, who, str_cat(a, S("pledge."), what), id)
	    : e;
}

static const char SQL_ADD[] =
    "INSERT INTO pledge (org, network, id, rev, task, person, actor, what,"
    " hours, per, ends, contact, secrecy, way, state, changed_us, changed_by)"
    " VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
    " $15, $16) ON CONFLICT (org, network, id) DO NOTHING";

static enum err
insert(struct db *db, struct arena *a, const struct actor *who,
    const struct pledge *p, struct str state)
{
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_ADD, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(p->id), DB_ID(p->task), DB_ID(p->person),
	    DB_ID(p->actor), DB_TEXT(p->what), DB_INT(p->hours),
	    DB_TEXT(p->per), DB_TEXT(p->ends), DB_TEXT(p->contact),
	    DB_TEXT(p->secrecy), DB_TEXT(p->way), DB_TEXT(state),
	    DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK && changed > 0 ? note(db, a, who, p->id, state) : e;
}

/* One that has not ended, of the same and for the same task. */
static const char SQL_THERE[] =
    "SELECT id FROM pledge WHERE org = $1 AND network = $2 AND task = $3"
    " AND (person = $4 OR actor = $5)"
    " AND (state = 'offered' OR state = 'agreed' OR state = 'running')";

/* Whoever pledges is there, and may: R4, and nobody who has stopped. */
static enum err
check_who(struct db *db, struct arena *a, const struct actor *who,
    const struct pledge *p, struct pledge_faults *f)
{
	struct record actor;
	struct person person;
	bool missing = false;
	enum err e;
	if (id_is_set(p->actor)) {
		e = record_get(db, a, who, KIND_ACTOR, p->actor, &actor);
	} else {
		e = person_get(db, a, who, p->person, &person);
		if (e == ERR_OK)
			e = guardian_asked(db, a, who, &person, &missing);
		if (e == ERR_OK && missing)
			f->who = N_("A parent must say yes first.");
		if (e == ERR_OK &&
		    (str_eq(person.state, S("stopped")) ||
			str_eq(person.state, S("erased"))))
			f->who = N_("This person has stopped.");
	}
	if (e == ERR_NOT_FOUND)
		f->who = N_("Choose one person, or one organisation.");
	f->any = f->any || f->who != NULL;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
add(struct db *db, struct arena *a, const struct actor *who,
    const struct pledge *p, struct str state)
{
	struct db_row row;
	struct corps_task task;
	enum err e = corps_task_get(db, a, who, p->task, &task);
	if (e == ERR_OK && !task.open)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = db_one(db, a, SQL_THERE, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(p->task), DB_ID(p->person),
		    DB_ID(p->actor));
	if (e == ERR_OK)
		return id_eq(db_id(&row, 0), p->id) ? ERR_OK : ERR_CONFLICT;
	return e == ERR_NOT_FOUND && task.rev > 0 ? insert(db, a, who, p, state)
						  : e;
}

enum err
pledge_add(struct db *db, struct arena *a, const struct actor *who,
    const struct pledge *p, struct pledge_faults *f)
{
	pledge_check(who, p, f);
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = f->who == NULL ? check_who(db, a, who, p, f) : ERR_OK;
	if (e != ERR_OK || f->any)
		return e == ERR_OK ? ERR_INVALID : e;
	return add(db, a, who, p,
	    str_eq(p->way, S("page")) ? S("offered") : S("agreed"));
}

static const char SQL_CHANGE[] =
    "UPDATE pledge SET rev = rev + 1, what = $4, hours = $5, per = $6,"
    " ends = $7, state = CASE WHEN state = 'offered' THEN 'agreed'"
    "  ELSE state END, changed_us = $8, changed_by = $9"
    " WHERE org = $1 AND network = $2 AND id = $3";

enum err
pledge_by_person(struct db *db, struct arena *a, const struct actor *who,
    const struct pledge *p, struct pledge_faults *f)
{
	struct db_row row;
	pledge_check(who, p, f);
	enum err e = f->who == NULL ? check_who(db, a, who, p, f) : ERR_OK;
	if (e != ERR_OK || f->any)
		return e == ERR_OK ? ERR_INVALID : e;
	e = db_one(db, a, SQL_THERE, &row, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(p->task), DB_ID(p->person), DB_NULL);
	if (e == ERR_NOT_FOUND)
		return add(db, a, who, p, S("agreed"));
	if (e != ERR_OK)
		return e;
	struct id id = db_id(&row, 0);
	e = db_exec(db, SQL_CHANGE, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id), DB_TEXT(p->what), DB_INT(p->hours), DB_TEXT(p->per),
	    DB_TEXT(p->ends), DB_INT(who->now_us), DB_ID(who->account));
	if (e == ERR_OK)
		e = note(db, a, who, id, S("agreed"));
	return e == ERR_OK ? shift_within(db, a, who, p->person) : e;
}

static const char SQL_MOVE[] =
    "UPDATE pledge SET rev = rev + 1, state = $4, changed_us = $5,"
    " changed_by = $6 WHERE org = $1 AND network = $2 AND id = $3"
    " AND rev = $7";

enum err
pledge_move(struct db *db, struct arena *a, const struct actor *who,
    const struct pledge *p, struct str state)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!pledge_may_move(p->state, state))
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_MOVE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(p->id), DB_TEXT(state),
	    DB_INT(who->now_us), DB_ID(who->account), DB_INT(p->rev));
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = note(db, a, who, p->id, state);
	return e == ERR_OK && id_is_set(p->person)
	    ? shift_within(db, a, who, p->person)
	    : e;
}

void
pledge_span(const struct pledge *p, struct date day, struct date *first,
    struct date *last)
{
	int64_t days = date_days(day);
	*first = (struct date){1, 1, 1};
	*last = (struct date){9999, 12, 31};
	if (str_eq(p->per, S("week"))) {
		*first = date_from_days(days - date_weekday(day));
		*last = date_from_days(days - date_weekday(day) + 6);
	} else if (str_eq(p->per, S("month"))) {
		*first = (struct date){day.year, day.month, 1};
		*last = day.month == 12
		    ? (struct date){day.year, 12, 31}
		    : date_from_days(
			  date_days((struct date){day.year, day.month + 1, 1}) -
			  1);
	}
}
