/* SPDX-License-Identifier: MPL-2.0 */

/* Trials and the goals that were set for them (model/trial.h). */
#include "model/trial.h"

#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"

static enum trial_stage
stage_of(struct str key)
{
	const struct choice *c = choice_find(trial_stages, key);
	return c == NULL ? TRIAL_START : (enum trial_stage)(c - trial_stages);
}

static struct trial
of_record(const struct record *r)
{
	struct trial t = {
	    .record = *r, .stage = stage_of(record_value(r, "stage"))};
	if (!id_parse(record_value(r, "idea"), &t.idea))
		t.idea = (struct id){0};
	return t;
}

static const char SQL_GOALS[] =
    "SELECT number, goal, sign, outcome, why FROM trial_goal"
    " WHERE org = $1 AND network = $2 AND trial = $3 ORDER BY number";

enum err
trial_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct trial *out)
{
	struct record r;
	struct db_rows rows;
	enum err e = record_get(db, a, who, KIND_TRIAL, id, &r);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_GOALS, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	*out = of_record(&r);
	for (ptrdiff_t i = 0; i < rows.n && i < TRIAL_GOALS; i++)
		out->goal[out->n_goals++] =
		    (struct trial_goal){db_int(&rows.row[i], 0),
			db_text(&rows.row[i], 1), db_text(&rows.row[i], 2),
			db_text(&rows.row[i], 3), db_text(&rows.row[i], 4)};
	return ERR_OK;
}

enum err
trial_list(
    struct db *db, struct arena *a, const struct actor *who, struct trials *out)
{
	struct records all;
	enum err e = record_list(db, a, who, KIND_TRIAL, &all);
	if (e != ERR_OK)
		return e;
	*out = (struct trials){arena_new(a, struct trial, all.n), all.n};
	for (ptrdiff_t i = 0; i < all.n; i++)
		out->list[i] = of_record(&all.list[all.n - 1 - i]);
	return ERR_OK;
}

bool
trial_listens(const struct trial *t)
{
	return t->stage == TRIAL_TEST || t->stage == TRIAL_ANALYSE;
}

/* ---- goals ---- */

static enum err
may_change(const struct actor *who, const struct trial *t)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	return t->stage == TRIAL_START ? ERR_OK : ERR_CONFLICT;
}

static const char *
check_goal(const struct trial_goal *g)
{
	if (utf8_blank(g->goal))
		return N_("Line %1 has no goal.");
	if (utf8_length(g->goal) > TRIAL_GOAL ||
	    utf8_length(g->sign) > TRIAL_SIGN)
		return N_("Line %1 is too long.");
	if (cpr_find(g->goal).n > 0 || cpr_find(g->sign).n > 0)
		return N_("There is what looks like a CPR number in line %1.");
	return NULL;
}

static const char SQL_ADD[] =
    "INSERT INTO trial_goal (org, network, trial, number, goal, sign, outcome,"
    " why) VALUES ($1, $2, $3, $4, $5, $6, '', '')";

static enum err
insert(struct db *db, const struct actor *who, const struct trial *t,
    const struct trial_goal *g)
{
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(t->record.id), DB_INT(g->number), DB_TEXT(g->goal),
	    DB_TEXT(g->sign));
}

/* All good, or none is added.  One that is there is not added again. */
static bool
read_goals(const struct trial *t, struct trial_lines *lines, struct trial *more)
{
	struct str text = lines->text;
	more->n_goals = t->n_goals;
	for (lines->line = 1; text.n > 0; lines->line++) {
		struct str rest = str_trim(str_cut(&text, '\n'));
		struct trial_goal g = {.goal = str_trim(str_cut(&rest, ';'))};
		bool there = g.goal.n == 0 && utf8_blank(rest);
		g.sign = str_trim(rest);
		for (ptrdiff_t i = 0; i < t->n_goals; i++)
			there = there || str_eq(t->goal[i].goal, g.goal);
		if (there)
			continue;
		lines->fault = more->n_goals == TRIAL_GOALS
		    ? N_("A trial has 12 goals at most. Choose the most "
			 "important.")
		    : check_goal(&g);
		if (lines->fault != NULL)
			return false;
		g.number = more->n_goals + 1;
		more->goal[more->n_goals++] = g;
	}
	return true;
}

enum err
trial_goals_add(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct trial_lines *lines)
{
	struct trial more;
	enum err e = may_change(who, t);
	if (e != ERR_OK)
		return e;
	if (!read_goals(t, lines, &more))
		return ERR_INVALID;
	for (ptrdiff_t i = t->n_goals; e == ERR_OK && i < more.n_goals; i++)
		e = insert(db, who, t, &more.goal[i]);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("trial.goals"), t->record.id)
	    : e;
}

static const char SQL_DROP[] =
    "DELETE FROM trial_goal WHERE org = $1 AND network = $2 AND trial = $3"
    " AND number >= $4";

enum err
trial_goal_drop(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, int64_t number)
{
	enum err e = may_change(who, t);
	if (e == ERR_OK && (number < 1 || number > t->n_goals))
		return ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(t->record.id), DB_INT(number));
	for (ptrdiff_t i = number; e == ERR_OK && i < t->n_goals; i++) {
		struct trial_goal g = t->goal[i];
		g.number--;
		e = insert(db, who, t, &g);
	}
	return e == ERR_OK
	    ? audit_add(db, a, who, S("trial.goals"), t->record.id)
	    : e;
}
