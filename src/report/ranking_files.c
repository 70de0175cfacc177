/* SPDX-License-Identifier: MPL-2.0 */

/* A round as files: ballots in Pabulib's format, and a table of sums. */
#include <math.h>

#include "base/buf.h"
#include "report/csv.h"
#include "report/ranking.h"

enum { FILE_BYTES = 64 * 1024 * 1024 };

/* A field between semicolons: quoted, for it is what somebody wrote. */
static void
add_quoted(struct buf *b, struct str s)
{
	buf_byte(b, '"');
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(b, '"');
		buf_byte(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
	}
	buf_byte(b, '"');
}

static bool
is_shown(const struct rankings *all, int side)
{
	return !all->of[side].hidden;
}

static int64_t
count_ballots(const struct ranking_from *from, const struct rankings *all)
{
	int64_t n = 0;
	for (int side = 0; side < ROUND_SIDES; side++)
		n += is_shown(all, side) ? from->tallies->of[side].n : 0;
	return n;
}

static void
add_meta(struct buf *b, const struct ranking_from *from, int64_t votes)
{
	const struct round *r = from->round;
	struct str begin = record_value(&r->record, "opened");
	struct str end = record_value(&r->record, "closed");
	int64_t sum = 0;
	for (ptrdiff_t i = 0; i < r->n_options; i++)
		sum += r->option[i].cost;
	buf_add(b, S("META\nkey;value\ndescription;"));
	add_quoted(b, record_value(&r->record, "question"));
	buf_fmt(b,
	    "\ncountry;Denmark\nunit;%.*s\ninstance;%.*s\n"
	    "num_projects;%td\nnum_votes;%lld\nbudget;%lld\n"
	    "vote_type;%s\nrule;equalshares/add1\n",
	    STR_ARG(r->record.id_text), STR_ARG(str_sub(end, 0, 4)),
	    r->n_options, (long long)votes,
	    (long long)(r->budget > 0 ? r->budget
		    : sum > 0	      ? sum
				      : 1),
	    r->method == ROUND_POINTS ? "cumulative" : "approval");
	buf_fmt(b, "date_begin;%.*s\ndate_end;%.*s\n", STR_ARG(begin),
	    STR_ARG(end));
	buf_add(b, S("currency;DKK\nlanguage;da\nmin_length;1\n"));
	if (r->most > 0)
		buf_fmt(b, "max_length;%lld\n", (long long)r->most);
	if (r->method == ROUND_POINTS)
		buf_fmt(b, "max_sum_points;%lld\n", (long long)r->points);
	buf_fmt(b, "comment;\"#1: %s\"\n",
	    "sides are never added up; see the column side");
}

static void
add_projects(
    struct buf *b, const struct ranking_from *from, const struct rankings *all)
{
	const struct round *r = from->round;
	buf_fmt(b, "PROJECTS\nproject_id;cost;votes;%sname\n",
	    r->method == ROUND_POINTS ? "score;" : "");
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		int64_t votes = 0, score = 0;
		for (int side = 0; side < ROUND_SIDES; side++) {
			const struct side_tally *t = &from->tallies->of[side];
			for (ptrdiff_t k = 0;
			     is_shown(all, side) && k < t->first[t->n]; k++) {
				bool is = t->mark[k].option == i;
				votes += is;
				score += is ? t->mark[k].value : 0;
			}
		}
		buf_fmt(b, "%lld;%lld;%lld;", (long long)r->option[i].number,
		    (long long)r->option[i].cost, (long long)votes);
		if (r->method == ROUND_POINTS)
			buf_fmt(b, "%lld;", (long long)score);
		add_quoted(b, r->option[i].title);
		buf_byte(b, '\n');
	}
}

/* "1,4,7" of the options, or of their points. */
static void
add_list(struct buf *b, const struct side_tally *t, ptrdiff_t v, bool points)
{
	for (ptrdiff_t k = t->first[v]; k < t->first[v + 1]; k++)
		buf_fmt(b, "%s%lld", k > t->first[v] ? "," : "",
		    (long long)(points ? t->mark[k].value
				       : t->mark[k].option + 1));
}

static void
add_votes(
    struct buf *b, const struct ranking_from *from, const struct rankings *all)
{
	int64_t number = 0;
	bool points = from->round->method == ROUND_POINTS;
	buf_fmt(b, "VOTES\nvoter_id;vote;%sside\n", points ? "points;" : "");
	for (int side = 0; side < ROUND_SIDES; side++) {
		const struct side_tally *t = &from->tallies->of[side];
		struct str key = round_side_key((enum round_side)side);
		for (ptrdiff_t v = 0; is_shown(all, side) && v < t->n; v++) {
			buf_fmt(b, "%lld;", (long long)++number);
			add_list(b, t, v, false);
			buf_byte(b, ';');
			if (points) {
				add_list(b, t, v, true);
				buf_byte(b, ';');
			}
			buf_add(b, key);
			buf_byte(b, '\n');
		}
	}
}

struct str
ranking_pb(struct arena *a, const struct ranking_from *from,
    const struct rankings *all)
{
	struct buf b = buf_new(a, FILE_BYTES);
	if (from->round->method > ROUND_POINTS)
		return S("");
	add_meta(&b, from, count_ballots(from, all));
	add_projects(&b, from, all);
	add_votes(&b, from, all);
	return buf_str(&b);
}

/* ---- pairs ---- */

/* One choice: the pair as it is kept, the lower number first, for which stood
 * on the left is not known. */
static void
add_choice(struct csv *csv, const struct round *r, const struct mark *m)
{
	const struct round_option *low = &r->option[m->option];
	const struct round_option *high = &r->option[m->value];
	const struct round_option *won = m->other == 1 ? low : high;
	const struct round_option *lost = m->other == 1 ? high : low;
	csv_text(csv, r->record.id_text);
	csv_int(csv, won->number);
	csv_text(csv, won->title);
	csv_int(csv, lost->number);
	csv_text(csv, lost->title);
	csv_text(csv, S("")); /* prompt and appearance are not kept */
	csv_text(csv, S(""));
	csv_int(csv, low->number);
	csv_int(csv, high->number);
}

struct pairs_file {
	struct csv csv;
	int64_t votes, sessions;
};

/* The choices of a ballot.  When each was made is not kept: all bear the day
 * that the round closed. */
static void
add_session(struct pairs_file *p, const struct ranking_from *from,
    enum round_side side, ptrdiff_t v)
{
	const struct side_tally *t = &from->tallies->of[side];
	struct str day = record_value(&from->round->record, "closed");
	p->sessions++;
	for (ptrdiff_t k = t->first[v]; k < t->first[v + 1]; k++) {
		if (t->mark[k].other == 0)
			continue; /* could not choose */
		csv_int(&p->csv, ++p->votes);
		csv_int(&p->csv, p->sessions);
		add_choice(&p->csv, from->round, &t->mark[k]);
		csv_text(&p->csv, day);
		csv_text(&p->csv, day);
		csv_text(&p->csv, S(""));
		csv_text(&p->csv, S("not kept"));
		csv_text(&p->csv, round_side_key(side));
		csv_text(&p->csv, S("TRUE"));
		csv_row(&p->csv);
	}
}

enum err
ranking_pairs(struct arena *a, const struct ranking_from *from,
    const struct rankings *all, struct str *out)
{
	static const char *const heads[] = {"Vote ID", "Session ID",
	    "Wikisurvey ID", "Winner ID", "Winner Text", "Loser ID",
	    "Loser Text", "Prompt ID", "Appearance ID", "Left Choice ID",
	    "Right Choice ID", "Created at", "Updated at", "Response Time (s)",
	    "Missing Response Time Explanation", "Session Identifier", "Valid"};
	struct pairs_file p = {.csv = csv_new(a, FILE_BYTES, ',', false)};
	for (ptrdiff_t i = 0; i < COUNT_OF(heads); i++)
		csv_text(&p.csv, str_c(heads[i]));
	csv_row(&p.csv);
	for (int side = 0; side < ROUND_SIDES; side++) {
		for (ptrdiff_t v = 0;
		     is_shown(all, side) && v < from->tallies->of[side].n; v++)
			add_session(&p, from, (enum round_side)side, v);
	}
	return csv_done(&p.csv, out);
}

/* ---- sums ---- */

static void
add_number(struct arena *a, struct csv *csv, double x)
{
	struct str text = isfinite(x) ? rank_decimal(a, LANG_DA, x, 2) : S("");
	csv_text(csv, text);
}

enum err
ranking_sums(struct arena *a, const struct ranking_from *from,
    const struct rankings *all, struct str *out)
{
	static const char *const heads[] = {"side", "nummer", "mulighed",
	    "pris", "svar", "vaerdi", "fra", "til", "foerste_plads",
	    "sidste_plads", "valgt"};
	struct csv csv = csv_new(a, FILE_BYTES, ';', true);
	for (ptrdiff_t i = 0; i < COUNT_OF(heads); i++)
		csv_text(&csv, str_c(heads[i]));
	csv_row(&csv);
	for (int side = 0; side < ROUND_SIDES; side++) {
		const struct ranking *of = &all->of[side];
		for (ptrdiff_t i = 0; !of->hidden && i < from->round->n_options;
		     i++) {
			const struct round_option *o = &from->round->option[i];
			const struct ranked *item = &of->item[i];
			csv_text(&csv, round_side_key((enum round_side)side));
			csv_int(&csv, o->number);
			csv_text(&csv, o->title);
			csv_int(&csv, o->cost);
			csv_int(&csv, item->answers);
			add_number(a, &csv, item->rating.value);
			add_number(a, &csv, item->rating.range.low);
			add_number(a, &csv, item->rating.range.high);
			csv_int(&csv, item->rating.first);
			csv_int(&csv, item->rating.last);
			csv_text(&csv, item->chosen ? S("1") : S("0"));
			csv_row(&csv);
		}
	}
	return csv_done(&csv, out);
}
