/* SPDX-License-Identifier: MPL-2.0 */
#include "report/exchange.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/rand.h"
#include "model/exchange.h"
#include "report/csv.h"
#include "report/exchange_readme.h"
#include "report/zip.h"

enum { FILE_BYTES = 96 * 1024 * 1024, PARTS = 6 };

/* A vote as it goes out. */
struct cast {
	int64_t at_us, seq;
	int32_t person, statement;
	int8_t vote;
};

struct out {
	struct arena *arena;
	const struct exchange_ask *ask;
	struct room *room;
	bool open; /* its data are public already */
	int32_t *drawn; /* [rows]: the number they have in this file */
	int32_t *row; /* [rows]: who has that number */
	struct cast *cast;
	ptrdiff_t n_cast;
	const struct statement **statement; /* [columns], NULL: gone */
	int64_t *wrote; /* [rows]: how many statements */
	ptrdiff_t authors;
};

/* ---- who has which number ---- */

static uint32_t
random_below(uint32_t n)
{
	uint32_t x, most = UINT32_MAX - UINT32_MAX % n;
	do {
		rand_bytes(&x, sizeof x);
	} while (x >= most);
	return x % n;
}

static void
draw_numbers(struct out *o)
{
	ptrdiff_t n = o->room->groups.table.votes.people;
	o->row = arena_new(o->arena, int32_t, n);
	o->drawn = arena_new(o->arena, int32_t, n);
	for (ptrdiff_t i = 0; i < n; i++)
		o->row[i] = (int32_t)i;
	for (ptrdiff_t i = n - 1; i > 0; i--) {
		ptrdiff_t j = random_below((uint32_t)i + 1);
		int32_t swap = o->row[i];
		o->row[i] = o->row[j];
		o->row[j] = swap;
	}
	for (ptrdiff_t i = 0; i < n; i++)
		o->drawn[o->row[i]] = (int32_t)i;
}

/* The row of a voter; they are in order.  -1: has none. */
static ptrdiff_t
row_of(const struct out *o, int64_t voter)
{
	ptrdiff_t low = 0, n = o->room->groups.table.votes.people, high = n;
	while (low < high) {
		ptrdiff_t at = low + (high - low) / 2;
		if (o->room->voter[at] < voter)
			low = at + 1;
		else
			high = at;
	}
	return low < n && o->room->voter[low] == voter ? low : -1;
}

/* ---- every vote ---- */

static int64_t
shown_time(const struct out *o, int64_t at_us)
{
	return o->open ? at_us : at_us - at_us % HOUR_US;
}

static int
compare_casts(const void *x, const void *y)
{
	const struct cast *a = x, *b = y;
	if (a->at_us != b->at_us)
		return a->at_us < b->at_us ? -1 : 1;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return (a->seq > b->seq) - (a->seq < b->seq);
}

static enum err
take_page(struct out *o, const struct vote_rows *rows)
{
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct vote_row *v = &rows->list[i];
		ptrdiff_t row = row_of(o, v->voter);
		if (row < 0)
			return ERR_UNAVAIL; /* came meanwhile */
		if (o->n_cast == EXCHANGE_VOTES_MAX)
			return ERR_TOO_LARGE;
		o->cast[o->n_cast++] = (struct cast){shown_time(o, v->at_us),
		    v->seq, o->drawn[row], v->statement, v->vote};
	}
	return ERR_OK;
}

/* Whose votes came in which order says who was there together, so within an
 * hour they stand by person. */
static enum err
read_casts(struct db *db, struct out *o, const struct actor *who)
{
	struct vote_rows rows = {o->ask->dialogue->id, -1, NULL, 0};
	o->cast = arena_new(o->arena, struct cast, o->room->ballots.n);
	enum err e;
	if (o->room->ballots.n > EXCHANGE_VOTES_MAX)
		return ERR_TOO_LARGE;
	do {
		struct arena *page = arena_scratch(o->arena);
		e = vote_since(db, page, who, &rows);
		if (e == ERR_OK && o->n_cast + rows.n > o->room->ballots.n)
			e = ERR_UNAVAIL;
		if (e == ERR_OK)
			e = take_page(o, &rows);
		if (e == ERR_OK && rows.n > 0)
			rows.after = rows.list[rows.n - 1].seq;
		arena_close(page);
	} while (e == ERR_OK && rows.n == VOTE_ROWS_MAX);
	if (e == ERR_OK && !o->open && o->n_cast > 1)
		qsort(
		    o->cast, (size_t)o->n_cast, sizeof *o->cast, compare_casts);
	return e;
}

/* ---- cells ---- */

static struct csv
table(const struct out *o)
{
	return csv_new(o->arena, FILE_BYTES, ',', false);
}

static void
heads(struct csv *csv, const char *const *names)
{
	for (; *names != NULL; names++)
		csv_text(csv, str_c(*names));
}

/* Seconds now, milliseconds before. */
static void
put_stamp(const struct out *o, struct csv *csv, int64_t at_us)
{
	csv_int(
	    csv, o->ask->kind == POLIS_NOW ? at_us / SECOND_US : at_us / 1000);
}

/* As a browser, or Java, writes it. */
static void
put_datetime(const struct out *o, struct csv *csv, int64_t at_us)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = civil_utc(at_us);
	const char *day = days + 3 * date_weekday(c.date);
	const char *month = months + 3 * (c.date.month - 1);
	bool now = o->ask->kind == POLIS_NOW;
	struct buf b = buf_new(o->arena, 100);
	buf_fmt(&b, "%.3s %.3s %02d ", day, month, c.date.day);
	if (now)
		buf_fmt(&b, "%04d ", c.date.year);
	buf_fmt(&b, "%02d:%02d:%02d ", c.hour, c.minute, c.second);
	if (now)
		buf_add(&b, S("GMT+0000 (Coordinated Universal Time)"));
	else
		buf_fmt(&b, "UTC %04d", c.date.year);
	csv_text(csv, buf_str(&b));
}

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
	ptrdiff_t row =
	    s != NULL && o->open && s->author >= 0 ? row_of(o, s->author) : -1;
	return row >= 0 ? o->drawn[row] : -1;
}

static void
summary_line(struct csv *csv, const char *key, struct str value)
{
	csv_text(csv, str_c(key));
	csv_text(csv, value);
	csv_row(csv);
}

static struct csv
make_summary(const struct out *o)
{
	struct csv csv = table(o);
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
	return csv;
}

static void
put_comment(const struct out *o, struct csv *csv, ptrdiff_t j)
{
	const struct statement *s = o->statement[j];
	const struct groups_view *g = &o->room->groups;
	bool y2024 = o->ask->kind == POLIS_2024;
	int64_t at_us = shown_time(o, s != NULL ? s->at_us : 0);
	int64_t author = author_of(o, j);
	put_stamp(o, csv, at_us);
	if (!y2024)
		put_datetime(o, csv, at_us);
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

static struct csv
make_comments(const struct out *o)
{
	static const char *const y2024[] = {"timestamp", "comment-id",
	    "author-id", "agrees", "disagrees", "moderated", "is-meta",
	    "is-seed", "group-informed-consensus", "comment-body", NULL};
	static const char *const other[] = {"timestamp", "datetime",
	    "comment-id", "author-id", "agrees", "disagrees", "moderated",
	    "comment-body", "is-meta", "is-seed", NULL};
	struct csv csv = table(o);
	heads(&csv, o->ask->kind == POLIS_2024 ? y2024 : other);
	csv_row(&csv);
	for (ptrdiff_t j = 0; j < o->room->groups.statements; j++) {
		if (is_in(o, j))
			put_comment(o, &csv, j);
	}
	return csv;
}

static struct csv
make_votes(const struct out *o)
{
	static const char *const head[] = {
	    "timestamp", "datetime", "comment-id", "voter-id", "vote", NULL};
	struct csv csv = table(o);
	heads(&csv, head);
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < o->n_cast; i++) {
		const struct cast *c = &o->cast[i];
		struct arena *scratch = arena_scratch(o->arena);
		struct out here = *o;
		here.arena = scratch;
		put_stamp(o, &csv, c->at_us);
		put_datetime(&here, &csv, c->at_us);
		csv_int(&csv, c->statement);
		csv_int(&csv, c->person);
		csv_int(&csv, c->vote);
		csv_row(&csv);
		arena_close(scratch);
	}
	return csv;
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

static struct csv
make_people(const struct out *o)
{
	static const char *const head[] = {
	    "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", NULL};
	struct csv csv = table(o);
	const struct groups_view *g = &o->room->groups;
	csv_text(&csv, S("participant"));
	if (o->ask->kind == POLIS_2024)
		csv_text(&csv, S("xid"));
	heads(&csv, head);
	for (ptrdiff_t j = 0; j < g->statements; j++) {
		if (is_in(o, j))
			csv_int(&csv, o->room->number[j]);
	}
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < g->table.votes.people; i++)
		put_person(o, &csv, o->row[i]);
	return csv;
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

static struct csv
make_groups(const struct out *o)
{
	static const char *const head[] = {"comment-id", "comment",
	    "total-votes", "total-agrees", "total-disagrees", "total-passes",
	    NULL};
	static const char *const four[] = {
	    "votes", "agrees", "disagrees", "passes"};
	struct csv csv = table(o);
	const struct groups_view *v = &o->room->groups;
	heads(&csv, head);
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
	return csv;
}

/* ---- all of it ---- */

static void
find_statements(struct out *o)
{
	ptrdiff_t n = o->room->groups.statements;
	const struct statements *all = &o->room->statements;
	o->statement = arena_new(o->arena, const struct statement *, n);
	o->wrote =
	    arena_new(o->arena, int64_t, o->room->groups.table.votes.people);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct statement *s = &all->list[i];
		ptrdiff_t row = row_of(o, s->author);
		o->statement[room_column(o->room, s->number)] = s;
		if (row >= 0)
			o->authors += o->wrote[row]++ == 0;
	}
}

static enum err
pack(const struct out *o, enum lang lang, struct str *zip)
{
	bool now = o->ask->kind == POLIS_NOW;
	struct csv made[] = {make_summary(o), make_comments(o), make_votes(o),
	    make_people(o), make_groups(o)};
	struct zip_part parts[PARTS] = {{.name = "summary.csv"},
	    {.name = "comments.csv"}, {.name = "votes.csv"},
	    {.name = now ? "participant-votes.csv" : "participants-votes.csv"},
	    {.name = "comment-groups.csv"}, {.name = "README.txt"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(made); i++) {
		enum err e = csv_done(&made[i], &parts[i].bytes);
		if (e != ERR_OK)
			return e;
	}
	parts[PARTS - 1].bytes =
	    exchange_readme(o->arena, lang, o->ask->kind, o->open);
	return zip_write(o->arena, parts, PARTS, zip);
}

enum err
exchange_export(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_ask *ask, struct str *zip)
{
	struct out o = {.arena = a, .ask = ask};
	struct room_ask room = {ask->dialogue->id, NULL, ask->k};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = exchange_is_open(db, a, who, ask->dialogue->id, &o.open);
	if (e == ERR_OK)
		e = room_make(db, a, who, &room, &o.room);
	if (e != ERR_OK)
		return e;
	draw_numbers(&o);
	find_statements(&o);
	e = read_casts(db, &o, who);
	return e == ERR_OK ? pack(&o, who->lang, zip) : e;
}
