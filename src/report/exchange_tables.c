/* SPDX-License-Identifier: MPL-2.0 */

/* The tables of a dialogue that have a row a statement or a person. */
#include "base/buf.h"
#include "report/exchange_parts.h"

/* ---- cells ---- */

static void
put_count(struct csv *csv, int64_t n, bool hidden)
{
	if (hidden)
		csv_text(csv, S(""));
	else
		csv_int(csv, n);
}

static int
moderated(const struct out *o, ptrdiff_t j)
{
	const struct statement *s = o->statement[j];
	if (s == NULL || str_eq(s->state, S("refused")))
		return -1;
	return o->room->hidden[j] ? 0 : 1;
}

/* What nobody has voted on and nobody is shown is not in it at all. */
static bool
is_in(const struct out *o, ptrdiff_t j)
{
	return !o->room->hidden[j] || tally_seen(o->room->groups.all[j]) > 0;
}

/* ---- the tables ---- */

static int64_t
author_of(const struct out *o, ptrdiff_t j)
{
	const struct statement *s = o->statement[j];
	ptrdiff_t row = s != NULL && o->open && s->author >= 0
	    ? exchange_row(o, s->author)
	    : -1;
	return row >= 0 ? o->drawn[row] : -1;
}

static void
summary_line(struct csv *csv, const char *key, struct str value)
{
	csv_text(csv, str_c(key));
	csv_text(csv, value);
	csv_row(csv);
}

enum err
exchange_summary(const struct out *o)
{
	struct csv csv = exchange_table(o, "summary.csv");
	struct arena *a = o->arena;
	const struct record *r = o->ask->dialogue;
	const struct groups_view *g = &o->room->groups;
	struct str voters = str_fmt(a, "%td", g->table.votes.people);
	ptrdiff_t comments = 0;
	for (ptrdiff_t j = 0; j < g->statements; j++)
		comments += is_in(o, j);
	summary_line(&csv, "topic", record_value(r, "question"));
	summary_line(&csv, "url", o->ask->url);
	if (o->ask->kind != POLIS_NOW)
		summary_line(&csv, "views", voters);
	summary_line(&csv, "voters", voters);
	summary_line(&csv, "voters-in-conv",
	    g->in_hidden ? S("") : str_fmt(a, "%td", g->n_in));
	summary_line(&csv, "commenters", str_fmt(a, "%td", o->authors));
	summary_line(&csv, "comments", str_fmt(a, "%td", comments));
	summary_line(&csv, "groups", str_fmt(a, "%d", g->k));
	summary_line(
	    &csv, "conversation-description", record_value(r, "about"));
	return csv_end(&csv);
}

static void
put_comment(const struct out *o, struct csv *csv, ptrdiff_t j)
{
	const struct statement *s = o->statement[j];
	const struct groups_view *g = &o->room->groups;
	bool y2024 = o->ask->kind == POLIS_2024;
	int64_t at_us = exchange_time(o, s != NULL ? s->at_us : 0);
	int64_t author = author_of(o, j);
	exchange_stamp(o, csv, at_us);
	if (!y2024)
		exchange_datetime(o, csv, at_us);
	csv_int(csv, o->room->number[j]);
	put_count(csv, author, author < 0);
	csv_int(csv, g->all[j].agree);
	csv_int(csv, g->all[j].disagree);
	csv_int(csv, moderated(o, j));
	if (y2024) {
		csv_text(csv, s != NULL && s->meta ? S("true") : S("false"));
		csv_text(csv, s != NULL && s->seed ? S("true") : S("false"));
		csv_text(csv,
		    g->k > 0 && !o->room->hidden[j]
			? str_fmt(o->arena, "%.12g", g->consensus[j])
			: S(""));
	}
	csv_text(csv, s == NULL || o->room->hidden[j] ? S("") : s->text);
	if (!y2024) {
		csv_text(csv, s != NULL && s->meta ? S("true") : S("false"));
		csv_text(csv, s != NULL && s->seed ? S("true") : S("false"));
	}
	csv_row(csv);
}

enum err
exchange_comments(const struct out *o)
{
	static const char *const y2024[] = {"timestamp", "comment-id",
	    "author-id", "agrees", "disagrees", "moderated", "is-meta",
	    "is-seed", "group-informed-consensus", "comment-body", NULL};
	static const char *const other[] = {"timestamp", "datetime",
	    "comment-id", "author-id", "agrees", "disagrees", "moderated",
	    "comment-body", "is-meta", "is-seed", NULL};
	struct csv csv = exchange_table(o, "comments.csv");
	exchange_heads(&csv, o->ask->kind == POLIS_2024 ? y2024 : other);
	csv_row(&csv);
	for (ptrdiff_t j = 0; j < o->room->groups.statements; j++) {
		if (is_in(o, j))
			put_comment(o, &csv, j);
	}
	return csv_end(&csv);
}

/* Of one person, by their row: the counts, then a cell for each statement. */
static void
put_person(const struct out *o, struct csv *csv, ptrdiff_t row)
{
	const struct groups_view *g = &o->room->groups;
	const struct votes *v = &g->table.votes;
	struct tally all = {0};
	for (ptrdiff_t i = v->row[row]; i < v->row[row + 1]; i++)
		tally_add(&all, v->vote[i]);
	int32_t group = g->k > 0 ? g->group[row] : -1;
	csv_int(csv, o->drawn[row]);
	if (o->ask->kind == POLIS_2024)
		csv_text(csv, S("")); /* xid */
	put_count(csv, group < 0 ? 0 : g->name[group],
	    group < 0 || g->size_hidden[group]);
	put_count(csv, o->wrote[row], !o->open);
	csv_int(csv, tally_seen(all));
	csv_int(csv, all.agree);
	csv_int(csv, all.disagree);
	ptrdiff_t i = v->row[row];
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		bool seen = i < v->row[row + 1] && v->statement[i] == j;
		if (is_in(o, j))
			put_count(csv, seen ? v->vote[i] : 0, !seen);
		i += seen;
	}
	csv_row(csv);
}

enum err
exchange_people(const struct out *o)
{
	static const char *const head[] = {
	    "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", NULL};
	struct csv csv = exchange_table(o,
	    o->ask->kind == POLIS_NOW ? "participant-votes.csv"
				      : "participants-votes.csv");
	const struct groups_view *g = &o->room->groups;
	csv_text(&csv, S("participant"));
	if (o->ask->kind == POLIS_2024)
		csv_text(&csv, S("xid"));
	exchange_heads(&csv, head);
	for (ptrdiff_t j = 0; j < g->statements; j++) {
		if (is_in(o, j))
			csv_int(&csv, o->room->number[j]);
	}
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < g->table.votes.people; i++)
		put_person(o, &csv, o->row[i]);
	return csv_end(&csv);
}

/* The four numbers of a group, or of everybody (g == k). */
static void
put_four(const struct out *o, struct csv *csv, ptrdiff_t j, int g)
{
	const struct groups_view *v = &o->room->groups;
	struct tally t =
	    g == v->k ? v->all[j] : v->tally[g * v->statements + j];
	put_count(csv, tally_seen(t), groups_hidden(v, j, g, 3));
	put_count(csv, t.agree, groups_hidden(v, j, g, 0));
	put_count(csv, t.disagree, groups_hidden(v, j, g, 1));
	put_count(csv, t.pass, groups_hidden(v, j, g, 2));
}

/* Which group has this letter; -1: none. */
static int
group_called(const struct groups_view *v, int letter)
{
	for (int g = 0; g < v->k; g++) {
		if (v->name[g] == letter)
			return g;
	}
	return -1;
}

enum err
exchange_groups(const struct out *o)
{
	static const char *const head[] = {"comment-id", "comment",
	    "total-votes", "total-agrees", "total-disagrees", "total-passes",
	    NULL};
	static const char *const four[] = {
	    "votes", "agrees", "disagrees", "passes"};
	struct csv csv = exchange_table(o, "comment-groups.csv");
	const struct groups_view *v = &o->room->groups;
	exchange_heads(&csv, head);
	for (int i = 0; i < 4 * OPINION_GROUPS; i++) {
		if (group_called(v, i / 4) >= 0)
			csv_text(&csv,
			    str_fmt(o->arena, "group-%c-%s", 'a' + i / 4,
				four[i % 4]));
	}
	csv_row(&csv);
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		if (o->room->hidden[j])
			continue;
		csv_int(&csv, o->room->number[j]);
		csv_text(&csv, o->statement[j]->text);
		put_four(o, &csv, j, v->k);
		for (int letter = 0; letter < OPINION_GROUPS; letter++) {
			if (group_called(v, letter) >= 0)
				put_four(o, &csv, j, group_called(v, letter));
		}
		csv_row(&csv);
	}
	return csv_end(&csv);
}
