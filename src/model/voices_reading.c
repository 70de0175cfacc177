/* SPDX-License-Identifier: MPL-2.0 */

/* What is in a file of what people said, and whom and what of the network it
 * means. */
#include <stdlib.h>

#include "base/lang.h"
#include "base/utf8.h"
#include "model/voices_import.h"

struct voices_alias {
	struct str name; /* folded */
	struct id person;
};

/* Nobody who asked to be deleted, whether or not that was refused. */
static const char SQL_ALIASES[] =
    "SELECT id, alias FROM person WHERE org = $1 AND network = $2"
    " AND alias <> '' AND state <> 'erased' AND id NOT IN"
    " (SELECT e.person FROM erasure e WHERE e.org = $1"
    "  AND e.network = $2)";

static int
compare_aliases(const void *a, const void *b)
{
	const struct voices_alias *x = a, *y = b;
	return str_cmp(x->name, y->name);
}

/* Whoever shares an alias with somebody else cannot be told by it. */
static ptrdiff_t
drop_shared(struct voices_alias *list, ptrdiff_t n)
{
	ptrdiff_t kept = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		bool before = i > 0 && str_eq(list[i].name, list[i - 1].name);
		bool after =
		    i + 1 < n && str_eq(list[i].name, list[i + 1].name);
		if (!before && !after)
			list[kept++] = list[i];
	}
	return kept;
}

static enum err
read_aliases(struct db *db, struct arena *a, const struct actor *who,
    struct voices_reading *out)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_ALIASES, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	struct voices_alias *list =
	    arena_new(a, struct voices_alias, rows.n + 1);
	struct voices_alias *one_by_one =
	    arena_new(a, struct voices_alias, rows.n + 1);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		list[i] = (struct voices_alias){
		    utf8_fold(a, db_text(&rows.row[i], 1)),
		    db_id(&rows.row[i], 0)};
	qsort(list, (size_t)rows.n, sizeof list[0], compare_aliases);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		one_by_one[i] = list[i];
	out->n_aliases = drop_shared(one_by_one, rows.n);
	out->aliases = one_by_one;
	return ERR_OK;
}

enum err
voices_reading_open(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_import *in, struct voices_reading *out)
{
	*out = (struct voices_reading){.of = in, .row = -1};
	enum err e = record_list(db, a, who, KIND_GROUP, &out->groups);
	if (e == ERR_OK)
		e = record_list(db, a, who, KIND_ACTIVITY, &out->activities);
	if (e == ERR_OK)
		e = read_aliases(db, a, who, out);
	if (e == ERR_OK)
		voices_reader_as(&out->file, a, in->file, in->columns);
	return e;
}

static const struct record *
find_record(struct arena *a, const struct records *all, const char *field,
    struct str name)
{
	struct str wanted = utf8_fold(a, name);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct str other = record_value(&all->list[i], field);
		if (str_eq(utf8_fold(a, other), wanted))
			return &all->list[i];
	}
	return NULL;
}

static void
find_group(struct voices_reading *r, struct arena *a, struct voice_in *in)
{
	if (in->row.group.n == 0)
		return;
	const struct record *group =
	    find_record(a, &r->groups, "name", in->row.group);
	if (group != NULL)
		in->group = group->id;
	else
		voices_fault(&r->file, in->row.group_at,
		    N_("There is no target group called \"%1\" in this "
		       "network."),
		    in->row.group);
}

/* And the phase that it belongs to. */
static void
find_activity(struct voices_reading *r, struct arena *a, struct voice_in *in)
{
	if (in->row.activity.n == 0)
		return;
	const struct record *activity =
	    find_record(a, &r->activities, "title", in->row.activity);
	if (activity == NULL) {
		voices_fault(&r->file, in->row.activity_at,
		    N_("There is no activity called \"%1\" in this network."),
		    in->row.activity);
		return;
	}
	in->activity = activity->id;
	if (!id_parse(record_value(activity, "phase"), &in->phase))
		in->phase = (struct id){0};
}

static void
find_person(struct voices_reading *r, struct arena *a, struct voice_in *in)
{
	if (in->row.alias.n == 0)
		return;
	struct voices_alias wanted = {.name = utf8_fold(a, in->row.alias)};
	const struct voices_alias *found = r->n_aliases == 0
	    ? NULL
	    : bsearch(&wanted, r->aliases, (size_t)r->n_aliases, sizeof wanted,
		  compare_aliases);
	if (found != NULL)
		in->person = found->person;
	else
		r->unknown++;
}

bool
voices_reading_next(
    struct voices_reading *r, struct arena *a, struct voice_in *out)
{
	do {
		*out = (struct voice_in){.row = {.line = 0}};
		if (!voices_reader_next(&r->file, a, &out->row))
			return false;
		out->at = ++r->row;
		out->names = contribution_names(a, out->row.words);
		r->named += out->names.n > 0;
	} while (r->of->no_names && out->names.n > 0);
	find_group(r, a, out);
	find_activity(r, a, out);
	find_person(r, a, out);
	return true;
}
