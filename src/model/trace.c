/* SPDX-License-Identifier: MPL-2.0 */
#include "model/trace.h"

#include <stdlib.h>

#include "engine/suppress.h"
#include "model/trace_parts.h"

/* ---- how a decision marks the voices ---- */

struct mark {
	bool in;
	const struct trace_link *via;
};

static ptrdiff_t
first_under(const struct base *b, struct id source)
{
	return base_first(b->under, b->n_under, sizeof *b->under, source);
}

static void
mark_under(const struct base *b, struct mark *mark, struct id source)
{
	for (ptrdiff_t i = first_under(b, source);
	     i < b->n_under && id_eq(b->under[i].source, source); i++)
		mark[b->under[i].voice].in = true;
}

static void
mark_activities(const struct base *b, struct mark *mark, struct str refs)
{
	struct id activity;
	bool *wanted = arena_new(b->arena, bool, b->n_activities + 1);
	while (record_next_ref(&refs, &activity)) {
		ptrdiff_t at = base_find(b->activity, b->n_activities,
		    sizeof *b->activity, activity);
		if (at >= 0)
			wanted[at] = true;
	}
	for (ptrdiff_t i = 0; i < b->n_speakers; i++) {
		const struct speaker *s = &b->speaker[i];
		if (s->activity >= 0 && wanted[s->activity])
			mark[s->voice].in = true;
	}
}

static void
mark_scope(const struct base *b, struct mark *mark, const struct record *d)
{
	static const char *const fields[] = {"ideas", "insights"};
	struct str activities = record_value(d, "activities");
	bool any = activities.n > 0;
	if (any)
		mark_activities(b, mark, activities);
	for (ptrdiff_t f = 0; f < COUNT_OF(fields); f++) {
		struct id source;
		struct str refs = record_value(d, fields[f]);
		any = any || refs.n > 0;
		while (record_next_ref(&refs, &source))
			mark_under(b, mark, source);
	}
	for (ptrdiff_t i = 0; !any && i < b->n_leaves; i++)
		mark[i].in = true;
}

/* Its own before what it has through something else, then the strongest. */
static bool
is_better(const struct trace_link *link, const struct trace_link *than)
{
	if (than == NULL)
		return true;
	if ((link->kind == TRACE_VOICE) != (than->kind == TRACE_VOICE))
		return link->kind == TRACE_VOICE;
	return link->grade < than->grade;
}

static void
mark_voice(struct mark *m, const struct trace_link *link)
{
	m->in = true;
	if (is_better(link, m->via))
		m->via = link;
}

static void
mark_link(
    const struct base *b, struct mark *mark, const struct trace_link *link)
{
	ptrdiff_t voice;
	struct standing_for f = {b, link->source, 0};
	while (link->kind == TRACE_VOICE && base_next(&f, &voice))
		mark_voice(&mark[voice], link);
	if (link->kind == TRACE_VOICE)
		return;
	for (ptrdiff_t i = first_under(b, link->source);
	     i < b->n_under && id_eq(b->under[i].source, link->source); i++)
		mark_voice(&mark[b->under[i].voice], link);
}

static void
mark_as_told(struct mark *m, const struct told *told)
{
	m->in = true;
	if (m->via == NULL)
		m->via = &told->link;
}

/* What somebody was told stays: where nothing else says what the voice had to
 * do with it, that does.  Of the part it was told of, and only then of what else
 * stands for what was said. */
static void
mark_told(const struct base *b, struct mark *mark, const struct answer *answer)
{
	for (ptrdiff_t i = 0; i < answer->n; i++) {
		ptrdiff_t part = base_leaf(b, answer->told[i].part);
		if (part >= 0)
			mark_as_told(&mark[part], &answer->told[i]);
	}
	for (ptrdiff_t i = 0; i < answer->n; i++) {
		ptrdiff_t voice;
		const struct told *told = &answer->told[i];
		struct standing_for f = {b, told->said, 0};
		while (base_leaf(b, told->part) < 0 && base_next(&f, &voice))
			mark_as_told(&mark[voice], told);
	}
}

/* The links of one decision stand together. */
static void
mark_decision(const struct base *b, const struct trace_links *links,
    const struct decision *d, struct mark *mark)
{
	struct id id = d->record.id;
	if (d->state < DECISION_ANSWERED)
		mark_scope(b, mark, &d->record);
	for (ptrdiff_t i =
		 base_first(links->list, links->n, sizeof *links->list, id);
	     i < links->n && id_eq(links->list[i].decision, id); i++)
		mark_link(b, mark, &links->list[i]);
	struct answer answer = told_answer(b, id);
	mark_told(b, mark, &answer);
}

static struct trace_sum
count(const struct mark *mark, ptrdiff_t n)
{
	struct trace_sum sum = {0};
	for (ptrdiff_t i = 0; i < n; i++) {
		sum.open += mark[i].in && mark[i].via == NULL;
		if (mark[i].via != NULL)
			sum.of[mark[i].via->grade]++;
	}
	return sum;
}

/* ---- one decision ---- */

static int
by_person(const void *x, const void *y)
{
	const struct trace_said *p = x, *q = y;
	int c = id_cmp(p->person, q->person);
	return c != 0 ? c : id_cmp(p->contribution, q->contribution);
}

static void
fill_voices(const struct base *b, const struct mark *mark, struct trace *out)
{
	ptrdiff_t *place = arena_new(b->arena, ptrdiff_t, b->n_leaves);
	out->voice = arena_new(b->arena, struct trace_voice, b->n_leaves);
	out->said = arena_new(b->arena, struct trace_said, b->n_speakers);
	for (ptrdiff_t i = 0; i < b->n_leaves; i++) {
		place[i] = out->n;
		if (mark[i].in)
			out->voice[out->n++] =
			    (struct trace_voice){b->leaf[i].id, mark[i].via};
	}
	for (ptrdiff_t i = 0; i < b->n_speakers; i++) {
		const struct speaker *s = &b->speaker[i];
		bool theirs = !id_is_set(b->of) || id_eq(b->of, s->person);
		if (mark[s->voice].in && id_is_set(s->person) && theirs)
			out->said[out->n_said++] = (struct trace_said){
			    s->person, s->contribution, place[s->voice], NULL};
	}
	if (out->n_said > 0)
		qsort(out->said, (size_t)out->n_said, sizeof *out->said,
		    by_person);
}

enum err
trace_load_of(
    struct db *db, struct arena *a, const struct actor *who, struct trace *t)
{
	const struct decision *d = t->decision;
	struct base b = {.db = db, .arena = a, .who = who, .of = t->whose};
	struct trace_ask ask = {.decision = d->record.id};
	enum err e = base_load(&b);
	if (e == ERR_OK)
		e = told_load(&b, d->record.id);
	if (e == ERR_OK)
		e = trace_links(db, a, who, &ask, &t->links);
	if (e != ERR_OK)
		return e;
	struct mark *mark = arena_new(a, struct mark, b.n_leaves + 1);
	mark_decision(&b, &t->links, d, mark);
	struct trace_sum sum = count(mark, b.n_leaves);
	t->open = sum.open;
	for (int g = 0; g < GRADES; g++)
		t->of[g] = sum.of[g];
	fill_voices(&b, mark, t);
	told_fill(&b, t);
	return ERR_OK;
}

enum err
trace_load(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, struct trace *out)
{
	*out = (struct trace){.decision = d};
	return trace_load_of(db, a, who, out);
}

/* ---- one voice ---- */

static bool
is_taken(const struct decision *d)
{
	return d->state >= DECISION_TAKEN;
}

/* The best of what its parts, or what it became, have. */
static const struct trace_link *
best(const struct mark *mark, ptrdiff_t n)
{
	const struct trace_link *via = NULL;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (mark[i].via != NULL && is_better(mark[i].via, via))
			via = mark[i].via;
	}
	return via;
}

enum err
trace_paths(struct db *db, struct arena *a, const struct actor *who,
    struct id voice, struct trace_paths *out)
{
	struct decisions all;
	struct trace_links links;
	struct base b = {.db = db, .arena = a, .who = who, .of = voice};
	*out = (struct trace_paths){0};
	enum err e = base_load(&b);
	if (e == ERR_OK)
		e = told_load(&b, (struct id){0});
	if (e == ERR_OK)
		e = decision_list(db, a, who, &all);
	if (e == ERR_OK)
		e = trace_links(
		    db, a, who, &(struct trace_ask){{{0}}, {{0}}}, &links);
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct trace_path, all.n);
	for (ptrdiff_t d = 0; d < all.n; d++) {
		struct mark *mark = arena_new(a, struct mark, b.n_leaves + 1);
		mark_decision(&b, &links, &all.list[d], mark);
		const struct trace_link *via = best(mark, b.n_leaves);
		if (via != NULL && is_taken(&all.list[d]))
			out->list[out->n++] =
			    (struct trace_path){all.list[d], *via};
	}
	return ERR_OK;
}

/* ---- all of them ---- */

static void
sum_up(const struct base *b, struct trace_overview *out)
{
	struct mark *mark = arena_new(b->arena, struct mark, b->n_leaves + 1);
	bool *linked = arena_new(b->arena, bool, b->n_leaves + 1);
	for (ptrdiff_t d = 0; d < out->decisions.n; d++) {
		mark_decision(b, &out->links, &out->decisions.list[d], mark);
		out->sum[d] = count(mark, b->n_leaves);
		for (ptrdiff_t i = 0; i < b->n_leaves; i++) {
			if (is_taken(&out->decisions.list[d]))
				linked[i] = linked[i] || mark[i].via != NULL;
			mark[i] = (struct mark){0};
		}
	}
	out->voices = b->n_leaves;
	out->orphan = arena_new(b->arena, struct id, b->n_leaves);
	for (ptrdiff_t i = 0; i < b->n_leaves; i++) {
		if (!linked[i])
			out->orphan[out->n_orphans++] = b->leaf[i].id;
	}
}

enum err
trace_overview(struct db *db, struct arena *a, const struct actor *who,
    struct trace_overview *out)
{
	struct base b = {.db = db, .arena = a, .who = who};
	*out = (struct trace_overview){0};
	enum err e = base_load(&b);
	if (e == ERR_OK)
		e = told_load(&b, (struct id){0});
	if (e == ERR_OK)
		e = decision_list(db, a, who, &out->decisions);
	if (e == ERR_OK)
		e = trace_links(
		    db, a, who, &(struct trace_ask){{{0}}, {{0}}}, &out->links);
	if (e != ERR_OK)
		return e;
	out->sum = arena_new(a, struct trace_sum, out->decisions.n);
	sum_up(&b, out);
	return ERR_OK;
}

/* ---- on paper ---- */

static int64_t
shown(int64_t n, bool hidden)
{
	return hidden ? -1 : n;
}

static struct trace_sum
hide(const struct trace_sum *sum, int64_t k)
{
	int64_t part[GRADES + 1];
	bool hidden[GRADES + 2];
	struct trace_sum out;
	for (int g = 0; g < GRADES; g++)
		part[g] = sum->of[g];
	part[GRADES] = sum->open;
	suppress_line(part, GRADES + 1, (int32_t)k, hidden);
	for (int g = 0; g < GRADES; g++)
		out.of[g] = shown(sum->of[g], hidden[g]);
	out.open = shown(sum->open, hidden[GRADES]);
	return out;
}

struct trace_numbers
trace_numbers(struct arena *a, const struct trace_overview *o, int64_t k)
{
	bool hidden[3];
	int64_t part[] = {o->n_orphans, o->voices - o->n_orphans};
	struct trace_numbers out = {
	    .sum = arena_new(a, struct trace_sum, o->decisions.n)};
	suppress_line(part, 2, (int32_t)k, hidden);
	out.orphans = shown(o->n_orphans, hidden[0]);
	out.voices = shown(o->voices, hidden[2]);
	for (ptrdiff_t i = 0; i < o->decisions.n; i++)
		out.sum[i] = hide(&o->sum[i], k);
	return out;
}
