/* SPDX-License-Identifier: MPL-2.0 */

/* The options of a round, while it is a draft (model/round.h). */
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/round.h"

static const int64_t COST_MOST = 2000000000;

bool
round_cost_read(struct arena *a, struct str text, int64_t *cost)
{
	text = str_replace(a, str_trim(text), S("."), S(""));
	text = str_replace(a, text, S(" "), S(""));
	if (str_ends(text, S("kr")))
		text = str_sub(text, 0, text.n - 2);
	*cost = 0;
	return text.n == 0 ||
	    (str_int(text, cost) && *cost >= 0 && *cost <= COST_MOST);
}

static const char *
check_option(const struct round *r, const struct round_option *o, bool read)
{
	if (utf8_blank(o->title))
		return N_("The option in line %1 has no name.");
	if (utf8_length(o->title) > ROUND_TITLE ||
	    utf8_length(o->about) > ROUND_ABOUT)
		return N_("The option in line %1 is too long.");
	if (cpr_find(o->title).n > 0 || cpr_find(o->about).n > 0)
		return N_("There is what looks like a CPR number in line %1.");
	if (!read || (round_has_costs(r) && o->cost < 1))
		return N_("The option in line %1 needs a price: a name, a "
			  "semicolon, the price in kroner.");
	return NULL;
}

bool
round_options_read(struct arena *a, const struct round *r, struct str text,
    struct round_options *out, struct round_fault *fault)
{
	*out = (struct round_options){
	    arena_new(a, struct round_option, ROUND_OPTIONS), 0};
	*fault = (struct round_fault){0};
	for (int64_t row = 1; text.n > 0; row++) {
		struct str line = str_trim(str_cut(&text, '\n'));
		struct round_option o = {
		    .title = str_trim(str_cut(&line, ';'))};
		bool read = round_cost_read(a, str_cut(&line, ';'), &o.cost);
		o.about = str_trim(line);
		if (o.title.n == 0 && o.about.n == 0)
			continue;
		fault->row = row;
		fault->message = out->n == ROUND_OPTIONS
		    ? N_("There are more options than a round may have.")
		    : check_option(r, &o, read);
		if (fault->message != NULL)
			return false;
		out->list[out->n++] = o;
	}
	return true;
}

static const char SQL_ADD[] =
    "INSERT INTO round_option (org, network, round, number, title, about,"
    " cost, idea) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static enum err
insert(struct db *db, const struct actor *who, const struct round *r,
    int64_t number, const struct round_option *o)
{
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(r->record.id), DB_INT(number),
	    DB_TEXT(o->theirs ? S("") : o->title), DB_TEXT(o->about),
	    DB_INT(o->cost), DB_ID(o->idea));
}

/* The same idea, or the same name. */
static bool
is_same(const struct round_option *x, const struct round_option *y)
{
	if (id_is_set(x->idea) && id_is_set(y->idea))
		return id_eq(x->idea, y->idea);
	return !x->theirs && !y->theirs && str_eq(x->title, y->title);
}

/* Whether there is the same as more->list[at] before it. */
static bool
is_there(const struct round *r, const struct round_options *more, ptrdiff_t at)
{
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		if (is_same(&r->option[i], &more->list[at]))
			return true;
	}
	for (ptrdiff_t i = 0; i < at; i++) {
		if (is_same(&more->list[i], &more->list[at]))
			return true;
	}
	return false;
}

static enum err
may_change(const struct actor *who, const struct round *r)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	return r->state == ROUND_DRAFT ? ERR_OK : ERR_CONFLICT;
}

enum err
round_options_add(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, const struct round_options *more)
{
	int64_t number = r->n_options;
	enum err e = may_change(who, r);
	if (e == ERR_OK && more->n > ROUND_OPTIONS - r->n_options)
		e = ERR_TOO_LARGE;
	for (ptrdiff_t i = 0; e == ERR_OK && i < more->n; i++) {
		if (!is_there(r, more, i))
			e = insert(db, who, r, ++number, &more->list[i]);
	}
	if (e != ERR_OK || number == r->n_options)
		return e;
	return audit_add(db, a, who, S("round.options"), r->record.id);
}

enum err
round_options_titles(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct str titles)
{
	struct round_options list;
	struct round_fault fault;
	titles = str_replace(a, titles, S(";"), S(","));
	if (!round_options_read(a, r, titles, &list, &fault))
		return ERR_INVALID;
	return round_options_add(db, a, who, r, &list);
}

static const char SQL_DROP[] =
    "DELETE FROM round_option WHERE org = $1 AND network = $2 AND round = $3";

enum err
round_option_drop(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, int64_t number)
{
	int64_t next = 0;
	enum err e = may_change(who, r);
	if (e == ERR_OK && round_option(r, number) == NULL)
		return ERR_OK; /* it is gone already */
	if (e == ERR_OK)
		e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id));
	for (ptrdiff_t i = 0; e == ERR_OK && i < r->n_options; i++) {
		if (r->option[i].number != number)
			e = insert(db, who, r, ++next, &r->option[i]);
	}
	return e == ERR_OK
	    ? audit_add(db, a, who, S("round.options"), r->record.id)
	    : e;
}
