/* SPDX-License-Identifier: MPL-2.0 */
#include "model/round.h"

#include "base/lang.h"

const struct choice round_methods[ROUND_METHODS + 1] = {
    [ROUND_APPROVAL] = {"approval", N_("Choose those you want")},
    [ROUND_BUDGET] = {"budget", N_("Choose within a budget (Equal Shares)")},
    [ROUND_POINTS] = {"points", N_("Give points")},
    [ROUND_PAIRWISE] = {"pairwise", N_("Two at a time")},
    [ROUND_STARS] = {"stars", N_("How good is each? (also for the young)")},
    [ROUND_VALUE] = {"value", N_("Value and feasibility (staff only)")},
    {0},
};

static const struct {
	struct str key;
	const char *label;
} sides[ROUND_SIDES] = {
    [SIDE_CITIZENS] = {S_INIT("citizens"), N_("Citizens")},
    [SIDE_NETWORK] = {S_INIT("network"), N_("The network")},
    [SIDE_LEADERSHIP] = {S_INIT("leadership"), N_("The leadership")},
};

struct str
round_side_key(enum round_side side)
{
	return sides[side].key;
}

const char *
round_side_label(enum round_side side)
{
	return sides[side].label;
}

bool
round_side_parse(struct str key, enum round_side *out)
{
	for (int i = 0; i < ROUND_SIDES; i++) {
		if (str_eq(sides[i].key, key)) {
			*out = (enum round_side)i;
			return true;
		}
	}
	return false;
}

/* ---- reading ---- */

static struct round
of_record(const struct record *r)
{
	struct str state = record_value(r, "state");
	const struct choice *method =
	    choice_find(round_methods, record_value(r, "method"));
	struct round out = {
	    .record = *r,
	    .budget = record_number(r, "budget"),
	    .points = record_number(r, "points"),
	    .most = record_number(r, "most"),
	    .shows_leadership =
		str_eq(record_value(r, "leadership"), S("shown")),
	    .state = str_eq(state, S("open")) ? ROUND_OPEN
		: str_eq(state, S("closed"))  ? ROUND_CLOSED
					      : ROUND_DRAFT,
	};
	if (method != NULL)
		out.method = (enum round_method)(method - round_methods);
	return out;
}

static const char SQL_OPTIONS[] =
    "SELECT number, title, about, cost, idea FROM round_option"
    " WHERE org = $1 AND network = $2 AND round = $3 ORDER BY number";

enum err
round_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct round *out)
{
	struct record r;
	struct db_rows rows;
	enum err e = record_get(db, a, who, KIND_ROUND, id, &r);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_OPTIONS, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	*out = of_record(&r);
	out->option = arena_new(a, struct round_option, rows.n);
	out->n_options = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->option[i] = (struct round_option){db_int(&rows.row[i], 0),
		    db_text(&rows.row[i], 1), db_text(&rows.row[i], 2),
		    db_int(&rows.row[i], 3), db_id(&rows.row[i], 4), false};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->option[i].theirs = out->option[i].title.n == 0 &&
		    id_is_set(out->option[i].idea);
	return round_idea_titles(db, a, who, out);
}

enum err
round_list(
    struct db *db, struct arena *a, const struct actor *who, struct rounds *out)
{
	struct records all;
	enum err e = record_list(db, a, who, KIND_ROUND, &all);
	if (e != ERR_OK)
		return e;
	*out = (struct rounds){arena_new(a, struct round, all.n), all.n};
	for (ptrdiff_t i = 0; i < all.n; i++)
		out->list[i] = of_record(&all.list[all.n - 1 - i]);
	return ERR_OK;
}

bool
round_has_costs(const struct round *r)
{
	return r->method == ROUND_BUDGET ||
	    (r->method == ROUND_POINTS && r->budget > 0);
}

bool
round_is_over(const struct round *r, int64_t now_us)
{
	struct date ends;
	return date_parse(record_value(&r->record, "ends"), &ends) &&
	    date_cmp(ends, date_danish(now_us)) < 0;
}

bool
round_takes(const struct round *r, int64_t now_us)
{
	struct date opens;
	bool early = date_parse(record_value(&r->record, "opens"), &opens) &&
	    date_cmp(opens, date_danish(now_us)) > 0;
	return r->state == ROUND_OPEN && !early && !round_is_over(r, now_us);
}

const struct round_option *
round_option(const struct round *r, int64_t number)
{
	return number >= 1 && number <= r->n_options ? &r->option[number - 1]
						     : NULL;
}

/* ---- what is missing before it opens ---- */

const char *
round_missing(const struct round *r, int64_t now_us)
{
	if (r->state != ROUND_DRAFT)
		return N_("It has been opened already.");
	if (r->n_options < 2)
		return N_("There must be two options or more.");
	if (round_is_over(r, now_us))
		return N_("The last day is past. Change it first.");
	for (ptrdiff_t i = 0; i < r->n_options && round_has_costs(r); i++) {
		if (r->option[i].cost < 1)
			return N_("Each option must have a price.");
	}
	return NULL;
}
