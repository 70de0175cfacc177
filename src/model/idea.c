/* SPDX-License-Identifier: MPL-2.0 */
#include "model/idea.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "model/idea_words.h"
#include "model/merge.h"

enum { PLACES = 8 };

const char idea_no_title[] = N_("An idea from a citizen");

/* ---- what they are made of ---- */

static const char SQL_SOURCES[] =
    "SELECT s.idea, s.contribution, s.role, s.peers, s.rev, s.at_us, c.kind,"
    " c.original, c.wording, c.approval, c.state, c.scope, c.anonymity,"
    " c.phase, c.person, c.actor_kind, p.alias, c.account,"
    " CASE WHEN " SQL_RESTRICTED " THEN 1 ELSE 0 END"
    "  FROM idea_source s"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = s.contribution"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = c.person"
    " WHERE s.org = $1 AND s.network = $2 AND c.state <> 'withdrawn'"
    " ORDER BY s.idea, s.contribution";

static const char SQL_LINKS[] =
    "SELECT idea, made_of, way, at_us, account, undone_us, reason"
    "  FROM idea_origin WHERE org = $1 AND network = $2"
    " ORDER BY idea, made_of";

static const char SQL_GROUNDS[] =
    "SELECT e.insight, c.id, c.kind, c.phase, c.actor_kind"
    "  FROM evidence e"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = e.contribution"
    " WHERE e.org = $1 AND e.network = $2 AND e.stance = 'for'"
    "   AND c.state <> 'withdrawn' AND NOT " SQL_RESTRICTED
    " ORDER BY e.insight, c.id";

static const char SQL_REWORD[] =
    "SELECT DISTINCT idea FROM idea_reword"
    " WHERE org = $1 AND network = $2 AND done_us IS NULL";

/* Words other than the person's own that they have not said yes to. */
static bool
has_open_wording(const struct db_row *row)
{
	struct str approval = db_text(row, 9);
	return db_text(row, 8).n > 0 && approval.n > 0 &&
	    !str_eq(approval, S("yes"));
}

/* Other words than the person's own stand only once they said yes to them. */
static struct str
words_of(const struct db_row *row)
{
	struct str wording = db_text(row, 8);
	return wording.n > 0 && !has_open_wording(row) ? wording
						       : db_text(row, 7);
}

struct look {
	const struct actor *who;
	const struct idea_view *view;
	struct lines lines; /* for citizens and for everybody */
};

static bool
is_restricted(const struct db_row *row)
{
	return db_int(row, 18) != 0;
}

/* To other citizens and to everybody: as in model/quote.h, no words while
 * others wait for a yes, and of what was made of others each origin's must go
 * so far. */
static bool
may_go_out(const struct look *l, const struct db_row *row)
{
	const struct line *line = line_find(&l->lines, db_id(row, 1));
	bool to_all = l->view->reader == IDEA_PUBLIC;
	bool peers = !to_all && db_int(row, 3) != 0;
	int64_t needs = peers ? SCOPE_NETWORK : SCOPE_PUBLIC;
	if (is_restricted(row) || has_open_wording(row))
		return false;
	if (line != NULL && (!line->agreed || line->scope < needs))
		return false;
	return db_int(row, 11) >= needs &&
	    (peers || !str_eq(db_text(row, 10), S("received")));
}

/* Whether these words are for who asks. */
static bool
may_read(const struct look *l, const struct db_row *row)
{
	int64_t least = contribution_least(l->who), scope = db_int(row, 11);
	bool looked = !str_eq(db_text(row, 10), S("received"));
	struct id person = db_id(row, 14);
	if (l->view->reader == IDEA_CITIZEN && id_is_set(person) &&
	    id_eq(person, l->view->person))
		return true;
	if (l->view->reader != IDEA_STAFF)
		return may_go_out(l, row);
	if (least < 0)
		return true;
	return !is_restricted(row) &&
	    ((scope >= least && (looked || db_int(row, 3) != 0)) ||
		(id_is_set(l->who->account) &&
		    id_eq(db_id(row, 17), l->who->account)));
}

static struct idea_source
read_source(const struct look *l, const struct db_row *row)
{
	struct idea_source s = {.idea = db_id(row, 0),
	    .contribution = db_id(row, 1),
	    .role = db_text(row, 2),
	    .peers = db_int(row, 3) != 0,
	    .rev = db_int(row, 4),
	    .at_us = db_int(row, 5),
	    .kind = db_text(row, 6),
	    .state = db_text(row, 10),
	    .scope = db_int(row, 11),
	    .phase = db_id(row, 13),
	    .person = db_id(row, 14),
	    .actor_kind = db_text(row, 15),
	    .restricted = is_restricted(row),
	    .readable = may_read(l, row)};
	bool all =
	    l->view->reader == IDEA_STAFF && actor_may(l->who, CAP_PEOPLE);
	bool named = l->view->reader == IDEA_STAFF &&
	    !str_eq(db_text(row, 12), S("none"));
	if (s.readable)
		s.words = words_of(row);
	if (s.readable && (all || named))
		s.alias = db_text(row, 16);
	return s;
}

static enum err
load_sources(
    struct db *db, struct arena *a, const struct look *l, struct ideas *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_SOURCES, &rows, DB_ID(l->who->org),
	    DB_ID(l->who->network));
	if (e != ERR_OK)
		return e;
	out->source = arena_new(a, struct idea_source, rows.n);
	out->n_sources = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->source[i] = read_source(l, &rows.row[i]);
	return ERR_OK;
}

static enum err
load_links(
    struct db *db, struct arena *a, const struct actor *who, struct ideas *out)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_LINKS, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	out->link = arena_new(a, struct idea_link, rows.n);
	out->n_links = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->link[i] = (struct idea_link){.idea = db_id(row, 0),
		    .made_of = db_id(row, 1),
		    .combined = str_eq(db_text(row, 2), S("combined")),
		    .at_us = db_int(row, 3),
		    .account = db_id(row, 4),
		    .undone_us = db_int(row, 5),
		    .reason = db_text(row, 6)};
	}
	return ERR_OK;
}

/* ---- what they rest on ---- */

static bool
is_behaviour_or_need(struct str kind)
{
	static const char *const kinds[] = {
	    "observation", "anecdote", "step", "challenge", "wish"};
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		if (str_eq(str_c(kinds[i]), kind))
			return true;
	}
	return false;
}

/* One contribution under an idea. */
struct voice {
	struct id id, phase;
	struct str kind, actor_kind;
};

static void
count_voice(struct idea *idea, const struct voice *v)
{
	idea->voices++;
	idea->citizens += str_eq(v->actor_kind, S("citizen"));
	if (!is_behaviour_or_need(v->kind))
		return;
	idea->needs++;
	for (ptrdiff_t i = 0; i < idea->n_phases; i++) {
		if (id_eq(idea->phase[i], v->phase))
			return;
	}
	if (id_is_set(v->phase) && idea->n_phases < PLACES)
		idea->phase[idea->n_phases++] = v->phase;
}

static int
by_id(const void *x, const void *y)
{
	const struct voice *one = x, *other = y;
	return id_cmp(one->id, other->id);
}

/* The first row of an insight; rows come by insight. */
static ptrdiff_t
first_ground(const struct db_rows *rows, struct id insight)
{
	ptrdiff_t low = 0, high = rows->n;
	while (low < high) {
		ptrdiff_t at = low + (high - low) / 2;
		if (id_cmp(db_id(&rows->row[at], 0), insight) < 0)
			low = at + 1;
		else
			high = at;
	}
	return low;
}

/* What stands under an idea, some of it more than once; gives how many.  `out`
 * NULL only counts. */
static ptrdiff_t
gather(const struct ideas *all, const struct db_rows *grounds,
    const struct idea *idea, struct voice *out)
{
	ptrdiff_t n = 0;
	struct id insight;
	struct str refs = record_value(&idea->record, "insights");
	for (ptrdiff_t i = 0; i < all->n_sources; i++) {
		const struct idea_source *s = &all->source[i];
		if (s->restricted || !id_eq(s->idea, idea->record.id))
			continue;
		if (out != NULL)
			out[n] = (struct voice){
			    s->contribution, s->phase, s->kind, s->actor_kind};
		n++;
	}
	while (record_next_ref(&refs, &insight)) {
		for (ptrdiff_t i = first_ground(grounds, insight);
		     i < grounds->n &&
		     id_eq(db_id(&grounds->row[i], 0), insight);
		     i++, n++) {
			const struct db_row *row = &grounds->row[i];
			if (out != NULL)
				out[n] =
				    (struct voice){db_id(row, 1), db_id(row, 3),
					db_text(row, 2), db_text(row, 4)};
		}
	}
	return n;
}

/* Each contribution once, however many insights it is under. */
static void
count_voices(struct arena *a, const struct ideas *all,
    const struct db_rows *grounds, struct idea *idea)
{
	struct arena *scratch = arena_scratch(a);
	ptrdiff_t n = gather(all, grounds, idea, NULL);
	struct voice *list = arena_new(scratch, struct voice, n);
	gather(all, grounds, idea, list);
	if (n > 0)
		qsort(list, (size_t)n, sizeof *list, by_id);
	for (ptrdiff_t i = 0; i < n; i++) {
		if (i == 0 || !id_eq(list[i].id, list[i - 1].id))
			count_voice(idea, &list[i]);
	}
	arena_close(scratch);
}

/* ---- in whose words ---- */

/* The first of those whose words it is in. */
static const struct idea_source *
first_source(const struct ideas *all, struct id idea)
{
	for (ptrdiff_t i = 0; i < all->n_sources; i++) {
		const struct idea_source *s = &all->source[i];
		if (id_eq(s->idea, idea) && str_eq(s->role, S("words")))
			return s;
	}
	return NULL;
}

static void
fill_words(struct arena *a, const struct actor *who, const struct ideas *all,
    struct idea *idea)
{
	const struct record *r = &idea->record;
	const struct idea_source *s = first_source(all, r->id);
	bool untitled = idea_untitled(record_value(r, "title"));
	idea->title = record_value(r, "title");
	idea->words = record_value(r, "what");
	if (s != NULL)
		idea->person = s->person;
	if (!str_eq(record_value(r, "origin"), S("citizen")) ||
	    idea->words.n > 0)
		return;
	idea->gone = s == NULL && untitled;
	idea->theirs = s != NULL;
	idea->unread = s != NULL && !s->readable;
	if (untitled)
		idea->title = tr(who->lang, idea_no_title);
	if (s == NULL || !s->readable)
		return;
	idea->words = s->words;
	if (untitled)
		idea->title = idea_first_words(a, s->words);
}

/* ---- who sees it ---- */

/* What it was made of is meant for them, all of it. */
static bool
sources_are_for(const struct look *l, const struct ideas *all, struct id idea)
{
	int64_t least =
	    l->view->reader == IDEA_PUBLIC ? SCOPE_PUBLIC : SCOPE_NETWORK;
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n_sources; i++) {
		const struct idea_source *s = &all->source[i];
		if (!id_eq(s->idea, idea) || !str_eq(s->role, S("words")))
			continue;
		if (s->scope < least)
			return false;
		n++;
	}
	return n > 0 || l->view->reader == IDEA_CITIZEN;
}

/* Staff see all; citizens what is shown, and their own. */
static bool
is_for(const struct look *l, const struct ideas *all, const struct idea *idea)
{
	if (l->view->reader == IDEA_STAFF)
		return true;
	if (id_is_set(l->view->person) && id_eq(idea->person, l->view->person))
		return true;
	if (!str_eq(record_value(&idea->record, "shown"), S("yes")))
		return false;
	if (idea->unread)
		return false;
	return sources_are_for(l, all, idea->record.id);
}

static bool
is_combined(const struct ideas *all, struct id id)
{
	for (ptrdiff_t i = 0; i < all->n_links; i++) {
		const struct idea_link *link = &all->link[i];
		if (link->combined && link->undone_us == 0 &&
		    id_eq(link->made_of, id))
			return true;
	}
	return false;
}

static bool
has_row(const struct db_rows *rows, struct id id)
{
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		if (id_eq(db_id(&rows->row[i], 0), id))
			return true;
	}
	return false;
}

enum err
idea_list(struct db *db, struct arena *a, const struct actor *who,
    const struct idea_view *view, struct ideas *out)
{
	struct look look = {who, view, {0}};
	struct records records;
	struct db_rows grounds, marks;
	*out = (struct ideas){0};
	enum err e = record_list(db, a, who, KIND_IDEA, &records);
	if (e == ERR_OK && view->reader != IDEA_STAFF)
		e = contribution_lines(db, a, who, &look.lines);
	if (e == ERR_OK)
		e = load_sources(db, a, &look, out);
	if (e == ERR_OK)
		e = load_links(db, a, who, out);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_GROUNDS, &grounds, DB_ID(who->org),
		    DB_ID(who->network));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_REWORD, &marks, DB_ID(who->org),
		    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct idea, records.n);
	for (ptrdiff_t i = 0; i < records.n; i++) {
		struct idea *idea = &out->list[out->n];
		*idea = (struct idea){.record = records.list[i]};
		idea->combined = is_combined(out, idea->record.id);
		idea->reword = has_row(&marks, idea->record.id);
		fill_words(a, who, out, idea);
		count_voices(a, out, &grounds, idea);
		out->n += !idea->gone && is_for(&look, out, idea);
	}
	return ERR_OK;
}

const struct idea *
idea_find(const struct ideas *all, struct id id)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].record.id, id))
			return &all->list[i];
	}
	return NULL;
}

/* ---- what is asked of it ---- */

bool
idea_without_ground(const struct idea *idea)
{
	return idea->citizens == 0;
}

bool
idea_part_is_asked(const struct idea *idea)
{
	return !utf8_blank(record_value(&idea->record, "citizen_part"));
}

bool
idea_part_is_nothing(const struct idea *idea)
{
	static const char *const words[] = {
	    "intet", "ingenting", "nothing", "nej", "ingen", "none"};
	struct str part = str_trim(record_value(&idea->record, "citizen_part"));
	while (part.n > 0 && (str_ends(part, S(".")) || str_ends(part, S("!"))))
		part = str_sub(part, 0, part.n - 1);
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq_nocase(part, str_c(words[i])))
			return true;
	}
	return false;
}

/* ---- the words of a title ---- */

bool
idea_untitled(struct str title)
{
	return str_eq(title, tr(LANG_DA, idea_no_title)) ||
	    str_eq(title, tr(LANG_EN, idea_no_title));
}

/* Up to the first full stop or end of line, and not too long. */
struct str
idea_first_words(struct arena *a, struct str words)
{
	struct str line = str_trim(str_cut(&words, '\n'));
	ptrdiff_t stop = str_find(line, S(". "));
	if (stop > 0)
		line = str_sub(line, 0, stop);
	struct str cut = utf8_cut(line, IDEA_TITLE);
	return cut.n == line.n ? line : str_cat(a, cut, S("…"));
}
