/* SPDX-License-Identifier: MPL-2.0 */
#include "model/corps.h"

#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"

const struct choice corps_ties[] = {
    {"idea", N_("An idea")},
    {"activity", N_("An activity")},
    {"contribution", N_("What somebody said")},
    {"decision", N_("A decision")},
    {0},
};

const char *
corps_words_fault(struct str text, ptrdiff_t max, bool needed)
{
	if (needed && utf8_blank(text))
		return N_("Write something here.");
	if (utf8_length(text) > max)
		return N_("This is too long.");
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return NULL;
}

/* ---- what newcomers are told ---- */

static const char SQL_GET[] = "SELECT rev, about, contact FROM corps"
			      " WHERE org = $1 AND network = $2";

enum err
corps_get(
    struct db *db, struct arena *a, const struct actor *who, struct corps *out)
{
	struct db_row row;
	*out = (struct corps){0};
	enum err e =
	    db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(who->network));
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e == ERR_OK)
		*out = (struct corps){
		    db_int(&row, 0), db_text(&row, 1), db_text(&row, 2)};
	return e;
}

static const char SQL_PUT[] =
    "INSERT INTO corps (org, network, rev, about, contact, changed_us,"
    " changed_by) VALUES ($1, $2, 1, $3, $4, $5, $6)"
    " ON CONFLICT (org, network) DO NOTHING";

static const char SQL_CHANGE[] =
    "UPDATE corps SET rev = rev + 1, about = $3, contact = $4,"
    " changed_us = $5, changed_by = $6"
    " WHERE org = $1 AND network = $2 AND rev = $7";

enum err
corps_save(struct db *db, struct arena *a, const struct actor *who,
    const struct corps *c, struct corps_faults *f)
{
	int64_t changed = 0;
	*f = (struct corps_faults){
	    .about = corps_words_fault(c->about, CORPS_TEXT, false),
	    .contact = corps_words_fault(c->contact, CORPS_LINE, true)};
	f->any = f->about != NULL || f->contact != NULL;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (f->any)
		return ERR_INVALID;
	enum err e = c->rev == 0
	    ? db_exec(db, SQL_PUT, &changed, DB_ID(who->org),
		  DB_ID(who->network), DB_TEXT(c->about), DB_TEXT(c->contact),
		  DB_INT(who->now_us), DB_ID(who->account))
	    : db_exec(db, SQL_CHANGE, &changed, DB_ID(who->org),
		  DB_ID(who->network), DB_TEXT(c->about), DB_TEXT(c->contact),
		  DB_INT(who->now_us), DB_ID(who->account), DB_INT(c->rev));
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	return e == ERR_OK
	    ? audit_add(db, a, who, S("corps.save"), who->network)
	    : e;
}

/* ---- tasks ---- */

static const char SQL_TASKS[] =
    "SELECT id, rev, title, about, needs, contact, secrecy, tie,"
    " tie_id, tie_text, state FROM corps_task WHERE org = $1 AND"
    " network = $2 ORDER BY state DESC, title, id";

static const char SQL_TASK[] =
    "SELECT id, rev, title, about, needs, contact, secrecy, tie,"
    " tie_id, tie_text, state FROM corps_task WHERE org = $1 AND"
    " network = $2 AND id = $3";

static struct corps_task
read_task(const struct db_row *row)
{
	return (struct corps_task){.id = db_id(row, 0),
	    .rev = db_int(row, 1),
	    .title = db_text(row, 2),
	    .about = db_text(row, 3),
	    .needs = db_text(row, 4),
	    .contact = db_text(row, 5),
	    .secrecy = db_text(row, 6),
	    .tie = db_text(row, 7),
	    .tie_id = db_id(row, 8),
	    .tie_text = db_text(row, 9),
	    .open = str_eq(db_text(row, 10), S("open"))};
}

enum err
corps_tasks(struct db *db, struct arena *a, const struct actor *who,
    struct corps_tasks *out)
{
	struct db_rows rows;
	*out = (struct corps_tasks){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_TASKS, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct corps_tasks){
	    arena_new(a, struct corps_task, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_task(&rows.row[i]);
	return ERR_OK;
}

enum err
corps_task_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct corps_task *out)
{
	struct db_row row;
	*out = (struct corps_task){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, SQL_TASK, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = read_task(&row);
	return e;
}

static const char SQL_CONTRIBUTION[] =
    "SELECT 1 FROM contribution WHERE org = $1 AND network = $2 AND id = $3"
    " AND state <> 'withdrawn'";

/* Whether what the task carries out is there. */
static enum err
check_tie(struct db *db, struct arena *a, const struct actor *who,
    const struct corps_task *t, struct corps_task_faults *f)
{
	struct record r;
	struct db_row row;
	enum err e = ERR_OK;
	bool decided = str_eq(t->tie, S("decision"));
	if (decided && !id_is_set(t->tie_id)) { /* it was taken elsewhere */
		f->tie_text = corps_words_fault(t->tie_text, CORPS_TEXT, true);
		return ERR_OK;
	}
	f->tie_text = corps_words_fault(t->tie_text, CORPS_TEXT, false);
	if (!id_is_set(t->tie_id))
		e = ERR_NOT_FOUND;
	else if (str_eq(t->tie, S("idea")))
		e = record_get(db, a, who, KIND_IDEA, t->tie_id, &r);
	else if (str_eq(t->tie, S("activity")))
		e = record_get(db, a, who, KIND_ACTIVITY, t->tie_id, &r);
	else if (decided)
		e = record_get(db, a, who, KIND_DECISION, t->tie_id, &r);
	else if (str_eq(t->tie, S("contribution")))
		e = db_one(db, a, SQL_CONTRIBUTION, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(t->tie_id));
	else
		e = ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND)
		f->tie = N_("Choose what the task carries out.");
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
check_task(struct db *db, struct arena *a, const struct actor *who,
    const struct corps_task *t, struct corps_task_faults *f)
{
	*f = (struct corps_task_faults){
	    .title = corps_words_fault(t->title, CORPS_LINE, true),
	    .about = corps_words_fault(t->about, CORPS_TEXT, true),
	    .needs = corps_words_fault(t->needs, CORPS_TEXT, false),
	    .contact = corps_words_fault(t->contact, CORPS_LINE, true),
	    .secrecy = corps_words_fault(t->secrecy, CORPS_TEXT, false)};
	enum err e = check_tie(db, a, who, t, f);
	f->any = f->title || f->about || f->needs || f->contact || f->secrecy ||
	    f->tie || f->tie_text;
	return e;
}

static const char SQL_COUNT_TASKS[] =
    "SELECT COUNT(*) FROM corps_task WHERE org = $1 AND network = $2";

static const char SQL_ADD_TASK[] =
    "INSERT INTO corps_task (org, network, id, rev, title, about, needs,"
    " contact, secrecy, tie, tie_id, tie_text, state, changed_us, changed_by)"
    " VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12,"
    " $13) ON CONFLICT (org, network, id) DO NOTHING";

static const char SQL_CHANGE_TASK[] =
    "UPDATE corps_task SET rev = rev + 1, title = $4, about = $5, needs = $6,"
    " contact = $7, secrecy = $8, tie = $9, tie_id = $10, tie_text = $11,"
    " state = $12, changed_us = $13, changed_by = $14"
    " WHERE org = $1 AND network = $2 AND id = $3 AND rev = $15";

static enum err
add_task(struct db *db, struct arena *a, const struct actor *who,
    const struct corps_task *t)
{
	struct db_row row;
	enum err e = db_one(
	    db, a, SQL_COUNT_TASKS, &row, DB_ID(who->org), DB_ID(who->network));
	if (e == ERR_OK && db_int(&row, 0) >= CORPS_TASKS)
		return ERR_TOO_LARGE;
	if (e != ERR_OK)
		return e;
	return db_exec(db, SQL_ADD_TASK, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->id), DB_TEXT(t->title),
	    DB_TEXT(t->about), DB_TEXT(t->needs), DB_TEXT(t->contact),
	    DB_TEXT(t->secrecy), DB_TEXT(t->tie), DB_ID(t->tie_id),
	    DB_TEXT(t->tie_text), DB_INT(who->now_us), DB_ID(who->account));
}

enum err
corps_task_save(struct db *db, struct arena *a, const struct actor *who,
    const struct corps_task *t, struct corps_task_faults *f)
{
	int64_t changed = 1;
	struct str state = t->open ? S("open") : S("closed");
	*f = (struct corps_task_faults){0};
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = check_task(db, a, who, t, f);
	if (e != ERR_OK || f->any)
		return e == ERR_OK ? ERR_INVALID : e;
	if (t->rev == 0)
		e = add_task(db, a, who, t);
	else
		e = db_exec(db, SQL_CHANGE_TASK, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(t->id), DB_TEXT(t->title),
		    DB_TEXT(t->about), DB_TEXT(t->needs), DB_TEXT(t->contact),
		    DB_TEXT(t->secrecy), DB_TEXT(t->tie), DB_ID(t->tie_id),
		    DB_TEXT(t->tie_text), DB_TEXT(state), DB_INT(who->now_us),
		    DB_ID(who->account), DB_INT(t->rev));
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	return e == ERR_OK ? audit_add(db, a, who, S("corps.task"), t->id) : e;
}
