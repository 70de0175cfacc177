/* SPDX-License-Identifier: MPL-2.0 */

/* The voices of a network, who said them and what they stand under
 * (model/trace_parts.h). */
#include <stdlib.h>

#include "model/contribution.h"
#include "model/trace_parts.h"

#define SQL_LIVING "c.org = $1 AND c.network = $2 AND c.state <> 'withdrawn'"

/* A voice that something living was made of is stood for by that; what is used
 * for nothing (SQL_RESTRICTED, and a bracket, follow) stands for none.  In here
 * `c` is what was made. */
#define SQL_STOOD_FOR                                             \
	"c.id IN (SELECT o.made_of FROM contribution_origin o"    \
	"  JOIN contribution c ON c.org = $1 AND c.network = $2"  \
	"   AND c.id = o.contribution AND c.state <> 'withdrawn'" \
	"  WHERE o.org = $1 AND o.network = $2 AND NOT "

static const char SQL_LEAVES[] =
    "SELECT c.id, c.activity, c.person FROM contribution c"
    " WHERE " SQL_LIVING " AND NOT " SQL_RESTRICTED
    " AND NOT " SQL_STOOD_FOR SQL_RESTRICTED ") ORDER BY c.id";
static const char SQL_LEAVES_OF[] =
    "SELECT c.id, c.activity, c.person FROM contribution c"
    " WHERE " SQL_LIVING " AND NOT " SQL_RESTRICTED " AND c.id IN " SQL_SAID_BY
    " AND NOT " SQL_STOOD_FOR SQL_RESTRICTED ") ORDER BY c.id";

static const char SQL_LINES[] =
    "SELECT l.ancestor, l.contribution, l.root, o.person, o.activity, o.state"
    "  FROM contribution_line l JOIN contribution o ON o.org = $1"
    "   AND o.network = $2 AND o.id = l.ancestor"
    " WHERE l.org = $1 AND l.network = $2"
    " ORDER BY l.ancestor, l.contribution";
static const char SQL_LINES_OF[] =
    "SELECT l.ancestor, l.contribution, l.root, o.person, o.activity, o.state"
    "  FROM contribution_line l JOIN contribution o ON o.org = $1"
    "   AND o.network = $2 AND o.id = l.ancestor"
    " WHERE l.org = $1 AND l.network = $2 AND l.contribution IN " SQL_SAID_BY
    " ORDER BY l.ancestor, l.contribution";

static const char SQL_UNDER[] =
    "SELECT e.insight, e.contribution FROM evidence e"
    " WHERE e.org = $1 AND e.network = $2 AND e.stance = 'for'"
    " UNION ALL SELECT s.idea, s.contribution FROM idea_source s"
    " WHERE s.org = $1 AND s.network = $2";
/* Also under what their voices were merged with, or split from. */
static const char SQL_UNDER_OF[] =
    "SELECT e.insight, e.contribution FROM evidence e"
    " WHERE e.org = $1 AND e.network = $2 AND e.stance = 'for'"
    "  AND e.contribution IN " SQL_AKIN
    " UNION ALL SELECT s.idea, s.contribution FROM idea_source s"
    " WHERE s.org = $1 AND s.network = $2"
    "  AND s.contribution IN " SQL_AKIN;

/* ---- looking up ---- */

ptrdiff_t
base_first(const void *list, ptrdiff_t n, size_t size, struct id id)
{
	ptrdiff_t low = 0, high = n;
	while (low < high) {
		ptrdiff_t middle = low + (high - low) / 2;
		const void *at = (const char *)list + (size_t)middle * size;
		if (id_cmp(*(const struct id *)at, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

ptrdiff_t
base_find(const void *list, ptrdiff_t n, size_t size, struct id id)
{
	ptrdiff_t at = base_first(list, n, size, id);
	const void *there = (const char *)list + (size_t)at * size;
	return at < n && id_eq(*(const struct id *)there, id) ? at : -1;
}

ptrdiff_t
base_leaf(const struct base *b, struct id id)
{
	return base_find(b->leaf, b->n_leaves, sizeof *b->leaf, id);
}

bool
base_next(struct standing_for *f, ptrdiff_t *voice)
{
	const struct base *b = f->base;
	if (f->at == 0) {
		*voice = base_leaf(b, f->said);
		f->at = 1 +
		    base_first(b->line, b->n_lines, sizeof *b->line, f->said);
		if (*voice >= 0) {
			f->at = b->n_lines + 1;
			return true;
		}
	}
	if (f->at > b->n_lines || !id_eq(b->line[f->at - 1].ancestor, f->said))
		return false;
	*voice = b->line[f->at++ - 1].voice;
	return true;
}

static int
by_id(const void *x, const void *y)
{
	return id_cmp(*(const struct id *)x, *(const struct id *)y);
}

/* ---- the voices ---- */

static enum err
read_leaves(struct base *b)
{
	struct db_rows rows;
	enum err e = id_is_set(b->of)
	    ? db_all(b->db, b->arena, SQL_LEAVES_OF, &rows, DB_ID(b->who->org),
		  DB_ID(b->who->network), DB_ID(b->of))
	    : db_all(b->db, b->arena, SQL_LEAVES, &rows, DB_ID(b->who->org),
		  DB_ID(b->who->network));
	if (e != ERR_OK)
		return e;
	b->leaf = arena_new(b->arena, struct leaf, rows.n);
	b->n_leaves = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++)
		b->leaf[i] = (struct leaf){db_id(&rows.row[i], 0),
		    db_id(&rows.row[i], 1), db_id(&rows.row[i], 2)};
	return ERR_OK;
}

static enum err
read_lines(struct base *b)
{
	struct db_rows rows;
	enum err e = id_is_set(b->of)
	    ? db_all(b->db, b->arena, SQL_LINES_OF, &rows, DB_ID(b->who->org),
		  DB_ID(b->who->network), DB_ID(b->of))
	    : db_all(b->db, b->arena, SQL_LINES, &rows, DB_ID(b->who->org),
		  DB_ID(b->who->network));
	if (e != ERR_OK)
		return e;
	b->line = arena_new(b->arena, struct line, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		ptrdiff_t voice = base_leaf(b, db_id(row, 1));
		bool gone = str_eq(db_text(row, 5), S("withdrawn"));
		if (voice >= 0)
			b->line[b->n_lines++] = (struct line){db_id(row, 0),
			    db_id(row, 3), db_id(row, 4), voice,
			    db_int(row, 2) == 1 && !gone};
	}
	return ERR_OK;
}

/* ---- who spoke, and where ---- */

static void
add_speaker(struct base *b, struct speaker s, struct id activity)
{
	s.activity = id_is_set(activity) ? b->n_activities : -1;
	b->speaker[b->n_speakers++] = s;
	if (id_is_set(activity))
		b->activity[b->n_activities++] = activity;
}

/* So that a decision's activities are looked up once each. */
static void
number_activities(struct base *b)
{
	struct id *sorted = arena_new(b->arena, struct id, b->n_activities);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < b->n_activities; i++)
		sorted[i] = b->activity[i];
	if (b->n_activities > 0)
		qsort(sorted, (size_t)b->n_activities, sizeof *sorted, by_id);
	for (ptrdiff_t i = 0; i < b->n_activities; i++) {
		if (n == 0 || !id_eq(sorted[n - 1], sorted[i]))
			sorted[n++] = sorted[i];
	}
	for (ptrdiff_t i = 0; i < b->n_speakers; i++) {
		ptrdiff_t at = b->speaker[i].activity;
		if (at >= 0)
			b->speaker[i].activity = base_find(
			    sorted, n, sizeof *sorted, b->activity[at]);
	}
	b->activity = sorted;
	b->n_activities = n;
}

static void
note_speakers(struct base *b)
{
	ptrdiff_t most = b->n_leaves + b->n_lines;
	b->speaker = arena_new(b->arena, struct speaker, most);
	b->activity = arena_new(b->arena, struct id, most);
	for (ptrdiff_t i = 0; i < b->n_leaves; i++) {
		const struct leaf *l = &b->leaf[i];
		add_speaker(
		    b, (struct speaker){l->person, l->id, i, 0}, l->activity);
	}
	for (ptrdiff_t i = 0; i < b->n_lines; i++) {
		const struct line *l = &b->line[i];
		if (l->said)
			add_speaker(b,
			    (struct speaker){
				l->person, l->ancestor, l->voice, 0},
			    l->activity);
	}
	number_activities(b);
}

/* ---- what stands under an insight or an idea ---- */

struct unders {
	struct under *list;
	ptrdiff_t n, room;
};

static void
add_under(struct base *b, struct unders *u, struct id source, ptrdiff_t voice)
{
	if (u->n == u->room) {
		ptrdiff_t room = 2 * u->room + 64;
		struct under *more = arena_new(b->arena, struct under, room);
		for (ptrdiff_t i = 0; i < u->n; i++)
			more[i] = u->list[i];
		u->list = more;
		u->room = room;
	}
	u->list[u->n++] = (struct under){source, voice};
}

/* An idea has the voices of the insights it rests on as well. */
static void
add_insights(struct base *b, struct unders *u, const struct record *idea)
{
	struct id insight;
	struct str refs = record_value(idea, "insights");
	while (record_next_ref(&refs, &insight)) {
		for (ptrdiff_t i = base_first(
			 b->under, b->n_under, sizeof *b->under, insight);
		     i < b->n_under && id_eq(b->under[i].source, insight); i++)
			add_under(b, u, idea->id, b->under[i].voice);
	}
}

static void
sort_under(struct base *b, const struct unders *u)
{
	if (u->n > 0)
		qsort(u->list, (size_t)u->n, sizeof *u->list, by_id);
	b->under = u->list;
	b->n_under = u->n;
}

static enum err
read_under(struct base *b)
{
	struct db_rows rows;
	struct records ideas;
	struct unders own = {0}, all = {0};
	enum err e = id_is_set(b->of)
	    ? db_all(b->db, b->arena, SQL_UNDER_OF, &rows, DB_ID(b->who->org),
		  DB_ID(b->who->network), DB_ID(b->of))
	    : db_all(b->db, b->arena, SQL_UNDER, &rows, DB_ID(b->who->org),
		  DB_ID(b->who->network));
	if (e == ERR_OK)
		e = record_list(b->db, b->arena, b->who, KIND_IDEA, &ideas);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		ptrdiff_t voice;
		struct standing_for f = {b, db_id(&rows.row[i], 1), 0};
		while (base_next(&f, &voice))
			add_under(b, &own, db_id(&rows.row[i], 0), voice);
	}
	sort_under(b, &own);
	for (ptrdiff_t i = 0; i < own.n; i++)
		add_under(b, &all, own.list[i].source, own.list[i].voice);
	for (ptrdiff_t i = 0; i < ideas.n; i++)
		add_insights(b, &all, &ideas.list[i]);
	sort_under(b, &all);
	return ERR_OK;
}

enum err
base_load(struct base *b)
{
	if (!actor_may(b->who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = read_leaves(b);
	if (e == ERR_OK)
		e = read_lines(b);
	if (e != ERR_OK)
		return e;
	note_speakers(b);
	return read_under(b);
}
