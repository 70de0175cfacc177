/* SPDX-License-Identifier: MPL-2.0 */
#include "report/room.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "engine/routing.h"

/* ---- reading ---- */

/* Votes as they come, with room for more. */
struct growing {
	struct arena *arena;
	struct ballots *ballots;
	ptrdiff_t room;
};

static void
copy(struct ballots *to, const struct ballots *from)
{
	size_t n = (size_t)from->n;
	to->n = from->n;
	if (n == 0)
		return;
	memcpy(to->person, from->person, n * sizeof *to->person);
	memcpy(to->statement, from->statement, n * sizeof *to->statement);
	memcpy(to->vote, from->vote, n);
}

static void
reserve(struct growing *g, const struct ballots *now, ptrdiff_t room)
{
	struct ballots more = {arena_new(g->arena, int32_t, room),
	    arena_new(g->arena, int32_t, room),
	    arena_new(g->arena, int8_t, room), 0};
	copy(&more, now);
	*g->ballots = more;
	g->room = room;
}

static void
put(struct growing *g, struct vote_row v)
{
	struct ballots *b = g->ballots;
	if (b->n == g->room)
		reserve(g, b, 2 * g->room);
	b->person[b->n] = v.voter;
	b->statement[b->n] = v.statement;
	b->vote[b->n++] = v.vote;
}

/* What came since the last room, after what was in it, as far as the number
 * `to`.  Read in pages, each in memory of its own. */
static enum err
read_votes(struct db *db, struct room *r, const struct actor *who,
    const struct room *last)
{
	int64_t to = r->mark.seq;
	r->mark.seq = last != NULL ? last->mark.seq : -1;
	struct growing g = {r->arena, &r->ballots, 0};
	static const struct ballots none;
	const struct ballots *were = last != NULL ? &last->ballots : &none;
	enum err e;
	/* Votes are numbered, so what is new is at most that many. */
	reserve(&g, were, were->n + to - r->mark.seq + 1);
	ptrdiff_t n = 0;
	do {
		struct arena *page = arena_scratch(r->arena);
		struct vote_rows rows = {r->dialogue, r->mark.seq, NULL, 0};
		e = vote_since(db, page, who, &rows);
		n = e == ERR_OK ? rows.n : 0;
		for (ptrdiff_t i = 0; i < n; i++) {
			put(&g, rows.list[i]);
			r->mark.seq = rows.list[i].seq;
		}
		arena_close(page);
	} while (n == VOTE_ROWS_MAX);
	return e;
}

/* ---- numbers to rows and columns ---- */

static int32_t
greatest(const int32_t *list, ptrdiff_t n)
{
	int32_t most = -1;
	for (ptrdiff_t i = 0; i < n; i++)
		most = list[i] > most ? list[i] : most;
	return most;
}

/* place[number] = its rank among those that are there, -1: not there. */
static int32_t *
ranks(struct arena *a, const bool *there, ptrdiff_t numbers, ptrdiff_t *n)
{
	int32_t *place = arena_new(a, int32_t, numbers);
	*n = 0;
	for (ptrdiff_t i = 0; i < numbers; i++)
		place[i] = there[i] ? (int32_t)(*n)++ : -1;
	return place;
}

/* Columns: every statement that is there or was voted on. */
static int32_t *
make_columns(struct room *r, struct arena *scratch)
{
	const struct statements *s = &r->statements;
	ptrdiff_t numbers =
	    greatest(r->ballots.statement, r->ballots.n) + (ptrdiff_t)1;
	if (s->n > 0 && s->list[s->n - 1].number >= numbers)
		numbers = (ptrdiff_t)s->list[s->n - 1].number + 1;
	bool *there = arena_new(scratch, bool, numbers);
	for (ptrdiff_t i = 0; i < r->ballots.n; i++)
		there[r->ballots.statement[i]] = true;
	for (ptrdiff_t i = 0; i < s->n; i++)
		there[s->list[i].number] = true;
	ptrdiff_t n;
	int32_t *place = ranks(scratch, there, numbers, &n);
	struct arena *a = r->arena;
	r->groups.table.votes.statements = n;
	r->number = arena_new(a, int64_t, n);
	r->hidden = arena_new(a, bool, n);
	r->groups.table.statement = arena_new(a, struct str, n);
	r->groups.about = (struct statements_in){arena_new(a, struct str, n),
	    arena_new(a, bool, n), arena_new(a, bool, n)};
	for (ptrdiff_t i = 0; i < numbers; i++) {
		if (place[i] < 0)
			continue;
		r->number[place[i]] = i;
		r->hidden[place[i]] = true; /* until it is found below */
		r->groups.table.statement[place[i]] = str_fmt(a, "%td", i + 1);
	}
	for (ptrdiff_t i = 0; i < s->n; i++) {
		int32_t at = place[s->list[i].number];
		bool shown = str_eq(s->list[i].state, S("shown"));
		r->hidden[at] = !shown;
		r->groups.about.text[at] = shown ? s->list[i].text : S("");
		r->groups.about.meta[at] = s->list[i].meta;
	}
	memcpy(r->groups.about.rejected, r->hidden, (size_t)n * sizeof(bool));
	return place;
}

static int32_t *
make_rows(struct room *r, struct arena *scratch)
{
	ptrdiff_t numbers =
	    greatest(r->ballots.person, r->ballots.n) + (ptrdiff_t)1;
	bool *there = arena_new(scratch, bool, numbers);
	ptrdiff_t n;
	for (ptrdiff_t i = 0; i < r->ballots.n; i++)
		there[r->ballots.person[i]] = true;
	int32_t *place = ranks(scratch, there, numbers, &n);
	r->groups.table.votes.people = n;
	r->voter = arena_new(r->arena, int32_t, n);
	for (ptrdiff_t i = 0; i < numbers; i++) {
		if (place[i] >= 0)
			r->voter[place[i]] = (int32_t)i;
	}
	return place;
}

static void
make_matrix(struct room *r)
{
	struct arena *scratch = arena_scratch(r->arena);
	const int32_t *column = make_columns(r, scratch);
	const int32_t *row = make_rows(r, scratch);
	struct ballots b = {arena_new(scratch, int32_t, r->ballots.n),
	    arena_new(scratch, int32_t, r->ballots.n), r->ballots.vote,
	    r->ballots.n};
	for (ptrdiff_t i = 0; i < b.n; i++) {
		b.person[i] = row[r->ballots.person[i]];
		b.statement[i] = column[r->ballots.statement[i]];
	}
	struct votes *v = &r->groups.table.votes;
	votes_build(r->arena, &b, v->people, v->statements, v);
	arena_close(scratch);
}

/* ---- what the engine makes of it ---- */

/* The letters of the last room, for those who are in both. */
static void
keep_letters(struct room *r, const struct room *last)
{
	ptrdiff_t n = r->groups.table.votes.people, j = 0;
	if (last == NULL || last->groups.k == 0)
		return;
	int32_t *names = arena_new(r->arena, int32_t, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t rows = last->groups.people;
		while (j < rows && last->voter[j] < r->voter[i])
			j++;
		bool same = j < rows && last->voter[j] == r->voter[i];
		int32_t g = same ? last->groups.group[j] : -1;
		names[i] = g >= 0 ? last->groups.name[g] : -1;
	}
	r->groups.ask.last = names;
}

static void
find_extremities(struct room *r)
{
	ptrdiff_t n = r->groups.statements;
	const struct pca *pca = &r->groups.opinion.pca;
	r->extremity = arena_new(r->arena, double, n);
	if (pca->axis[0] == NULL)
		return;
	double *at = arena_new(r->arena, double, 2 * n);
	pca_statements(pca, n, at);
	for (ptrdiff_t j = 0; j < n; j++)
		r->extremity[j] =
		    sqrt(at[2 * j] * at[2 * j] + at[2 * j + 1] * at[2 * j + 1]);
}

enum err
room_make(struct db *db, struct arena *a, const struct actor *who,
    const struct room_ask *ask, struct room **out)
{
	int64_t from = clock_mono_us();
	struct room *r = arena_new(a, struct room, 1);
	const struct room *last = ask->last;
	*r = (struct room){.arena = a, .dialogue = ask->dialogue};
	r->groups = (struct groups_view){
	    .arena = a, .lang = who->lang, .ask = {.k = ask->k}};
	enum err e = dialogue_mark(db, a, who, ask->dialogue, &r->mark);
	if (e == ERR_OK)
		e = statement_list(db, a, who, ask->dialogue, &r->statements);
	if (last != NULL && last->mark.erased != r->mark.erased)
		last = NULL;
	if (e == ERR_OK)
		e = read_votes(db, r, who, last);
	if (e != ERR_OK)
		return e;
	make_matrix(r);
	keep_letters(r, last);
	groups_compute(&r->groups);
	find_extremities(r);
	r->computed_us = clock_mono_us() - from;
	*out = r;
	return ERR_OK;
}

ptrdiff_t
room_column(const struct room *r, int64_t number)
{
	ptrdiff_t low = 0, high = r->groups.statements;
	while (low < high) {
		ptrdiff_t at = low + (high - low) / 2;
		if (r->number[at] < number)
			low = at + 1;
		else
			high = at;
	}
	return low < r->groups.statements && r->number[low] == number ? low
								      : -1;
}

/* ---- the next statement ---- */

static bool
has_answered(const struct own_votes *own, int64_t number)
{
	for (ptrdiff_t i = 0; i < own->n; i++) {
		if (own->list[i].statement == number)
			return true;
	}
	return false;
}

int64_t
room_next(struct arena *a, const struct room *room,
    const struct statements *list, const struct voter *v,
    const struct own_votes *own)
{
	ptrdiff_t n = list->n;
	struct tally *all = arena_new(a, struct tally, n);
	double *extremity = arena_new(a, double, n);
	bool *seen = arena_new(a, bool, n), *meta = arena_new(a, bool, n);
	bool *out = arena_new(a, bool, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct statement *s = &list->list[i];
		ptrdiff_t at = room ? room_column(room, s->number) : -1;
		seen[i] = has_answered(own, s->number);
		meta[i] = s->meta;
		out[i] = !str_eq(s->state, S("shown"));
		if (at >= 0) {
			all[i] = room->groups.all[at];
			extremity[i] = room->extremity[at];
		}
	}
	struct routing r = {n, all, extremity, meta, out};
	ptrdiff_t next = routing_next(
	    &r, seen, (struct str){(const char *)v->key.b, sizeof v->key.b});
	return next >= 0 ? list->list[next].number : -1;
}
