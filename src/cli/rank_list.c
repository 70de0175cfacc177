/* SPDX-License-Identifier: MPL-2.0 */

/* Rankings without a budget: choices between two, and ballots in order. */
#include <math.h>
#include <stdlib.h>

#include "cli/rank.h"
#include "base/names.h"

enum { PLACE_WIDTH = 9, NUMBER_WIDTH = 8, RANGE_WIDTH = 13, ID_WIDTH = 14 };
#define LEVEL 0.95

/* One line of the list; what a method does not have is NAN. */
struct line {
	ptrdiff_t item, first, last;
	double key; /* the greatest comes first */
};

static int
compare_lines(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

static struct line *
sort_lines(
    struct arena *a, const double *key, const struct side *places, ptrdiff_t n)
{
	struct line *line = arena_new(a, struct line, n);
	for (ptrdiff_t i = 0; i < n; i++)
		line[i] =
		    (struct line){i, places->first[i], places->last[i], key[i]};
	qsort(line, (size_t)n, sizeof *line, compare_lines);
	return line;
}

/* The members that every answer has. */
static void
json_head(struct rank *r, const char *method, const struct str *id,
    const struct line *line, ptrdiff_t n)
{
	struct buf *b = &r->out;
	buf_byte(b, '{');
	rank_json_key(b, "method");
	buf_json(b, str_c(method));
	rank_json_key(b, "selected");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		buf_json(b, id[line[i].item]);
	}
	buf_add(b, S("],\"cost\":null,\"budget\":null"));
}

static void
json_number(struct buf *b, const char *name, double x)
{
	rank_json_key(b, name);
	rank_json_double(b, x);
}

static void
json_item(struct rank *r, struct str id, const struct line *line)
{
	buf_add(&r->out, S("{\"id\":"));
	buf_json(&r->out, id);
	buf_fmt(
	    &r->out, ",\"first\":%td,\"last\":%td", line->first, line->last);
}

static struct str
whole(struct rank *r, int64_t x)
{
	return lang_int(r->cli->arena, r->cli->lang, x);
}

static struct str
decimal(struct rank *r, double x)
{
	return x < 0 ? str_cat(r->cli->arena, S("-"),
			   rank_decimal(r->cli->arena, r->cli->lang, -x, 2))
		     : rank_decimal(r->cli->arena, r->cli->lang, x, 2);
}

static void
say(struct rank *r, struct str text, const struct str *args, ptrdiff_t n)
{
	buf_add(&r->out, tr_fill(r->cli->arena, text, args, n));
	buf_byte(&r->out, '\n');
}

/* ---- choices between two ---- */

struct pairs {
	struct rank *rank;
	const struct rank_csv *csv;
	bool bt; /* the order is Bradley-Terry's, else the score's */
	struct rating *score, *strength; /* strength NULL: too many items */
	double loglik;
	ptrdiff_t parts;
	struct line *line;
};

static struct str
pair_why(struct pairs *p, const struct line *line)
{
	const struct rating *s = &p->score[line->item];
	enum lang lang = p->rank->cli->lang;
	struct str args[] = {whole(p->rank, s->wins),
	    whole(p->rank, s->wins + s->losses), whole(p->rank, line->first),
	    whole(p->rank, line->last)};
	struct str text = line->first == line->last
	    ? tr(lang, "Won %1 of %2 choices. It has place %3.")
	    : tr(lang,
		  "Won %1 of %2 choices. It lies between place %3 and "
		  "place %4.");
	return tr_fill(p->rank->cli->arena, text, args, COUNT_OF(args));
}

static void
json_pairs(struct pairs *p)
{
	struct buf *b = &p->rank->out;
	ptrdiff_t n = p->csv->n_items;
	json_head(
	    p->rank, p->bt ? "bradley-terry" : "score", p->csv->id, p->line, n);
	buf_fmt(b,
	    ",\"level\":0.95,\"ridge\":1,\"choices\":%td,\"left_out\":%lld,"
	    "\"parts\":%td",
	    p->csv->pairs.n_votes, (long long)p->csv->left_out, p->parts);
	json_number(b, "loglik", p->strength == NULL ? NAN : p->loglik);
	buf_add(b, S(",\"items\":["));
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct line *line = &p->line[i];
		const struct rating *s = &p->score[line->item];
		const struct rating none = {
		    .value = NAN, .range = {NAN, NAN}, .error = NAN};
		const struct rating *t =
		    p->strength == NULL ? &none : &p->strength[line->item];
		if (i > 0)
			buf_byte(b, ',');
		json_item(p->rank, p->csv->id[line->item], line);
		buf_fmt(b, ",\"wins\":%lld,\"losses\":%lld", (long long)s->wins,
		    (long long)s->losses);
		json_number(b, "score", s->value);
		json_number(b, "score_low", s->range.low);
		json_number(b, "score_high", s->range.high);
		json_number(b, "strength", t->value);
		json_number(b, "strength_low", t->range.low);
		json_number(b, "strength_high", t->range.high);
		json_number(b, "strength_error", t->error);
		buf_byte(b, '}');
	}
	buf_add(b, S("],\"why\":{"));
	for (ptrdiff_t i = 0; i < n; i++) {
		rank_json_key(b,
		    str_cstr(p->rank->cli->arena, p->csv->id[p->line[i].item]));
		buf_json(b, pair_why(p, &p->line[i]));
	}
	buf_byte(b, '}');
}

static void
say_pairs(struct pairs *p)
{
	struct rank *r = p->rank;
	enum lang lang = r->cli->lang;
	struct str args[] = {whole(r, p->csv->pairs.n_votes),
	    whole(r, p->csv->n_items), whole(r, p->csv->n_voters),
	    whole(r, p->parts)};
	say(r,
	    p->bt ? tr(lang,
			"Strength (Bradley-Terry): it counts whom an idea won "
			"over. 0 is the middle.")
		  : tr(lang,
			"Score: how often, of 100, an idea wins over one drawn "
			"at random."),
	    args, 0);
	say(r, tr(lang, "%1 choices between %2 ideas."), args, 4);
	if (p->csv->voter != NULL)
		say(r, tr(lang, "%3 people chose."), args, 4);
	if (p->parts > 1)
		say(r,
		    tr(lang,
			"The ideas fall into %4 parts that were never set "
			"against each other."),
		    args, 4);
	say(r,
	    tr(lang,
		"From and to hold in 95 of 100 cases. Ideas whose ranges "
		"overlap cannot be told apart, so a place may be a range "
		"too."),
	    args, 0);
}

static void
text_pairs(struct pairs *p)
{
	struct rank *r = p->rank;
	enum lang lang = r->cli->lang;
	struct buf *b = &r->out;
	say_pairs(p);
	buf_byte(b, '\n');
	rank_cell(b, tr(lang, "Place"), -PLACE_WIDTH);
	rank_cell(
	    b, p->bt ? tr(lang, "Strength") : tr(lang, "Score"), -NUMBER_WIDTH);
	rank_cell(b, tr(lang, "From"), -NUMBER_WIDTH);
	rank_cell(b, tr(lang, "To"), -NUMBER_WIDTH);
	rank_cell(b, tr(lang, "Won"), -NUMBER_WIDTH);
	rank_cell(b, tr(lang, "Lost"), -NUMBER_WIDTH);
	rank_line(b, tr(lang, "Idea"));
	for (ptrdiff_t i = 0; i < p->csv->n_items; i++) {
		const struct line *line = &p->line[i];
		const struct rating *s =
		    p->bt ? &p->strength[line->item] : &p->score[line->item];
		rank_cell(b, rank_place(r->cli->arena, line->first, line->last),
		    -PLACE_WIDTH);
		rank_cell(b, decimal(r, s->value), -NUMBER_WIDTH);
		rank_cell(b, decimal(r, s->range.low), -NUMBER_WIDTH);
		rank_cell(b, decimal(r, s->range.high), -NUMBER_WIDTH);
		rank_cell(b, whole(r, s->wins), -NUMBER_WIDTH);
		rank_cell(b, whole(r, s->losses), -NUMBER_WIDTH);
		rank_cell(b, p->csv->id[line->item], ID_WIDTH);
		rank_line(b, p->csv->label[line->item]);
	}
}

/* Rates by the method of the order; ERR_TOO_LARGE as in pairwise.h. */
static enum err
rate(struct pairs *p, const struct pairwise *pairs, struct rating *out)
{
	struct arena *a = p->rank->cli->arena;
	const struct bt_options options = {.ridge = 1, .level = LEVEL};
	double loglik;
	if (p->bt)
		return pairwise_bradley_terry(a, pairs, &options, out, &loglik);
	return pairwise_score(a, pairs, LEVEL, out);
}

/* The choices of one group. */
static struct pairwise
choices_of(struct arena *a, const struct rank_csv *csv, ptrdiff_t group)
{
	const struct pairwise *all = &csv->pairs;
	int32_t *winner = arena_new(a, int32_t, all->n_votes);
	int32_t *loser = arena_new(a, int32_t, all->n_votes);
	ptrdiff_t n = 0;
	for (ptrdiff_t v = 0; v < all->n_votes; v++) {
		if (csv->group[v] != group)
			continue;
		winner[n] = all->winner[v];
		loser[n++] = all->loser[v];
	}
	return (struct pairwise){all->n_items, n, winner, loser};
}

/* People in each group: once for each group they chose in; without the
 * voters, its choices. */
static void
count_people(struct arena *a, const struct rank_csv *csv, struct side *side)
{
	struct names seen;
	seen = names_new(a);
	for (ptrdiff_t v = 0; v < csv->pairs.n_votes; v++) {
		bool new = true;
		if (csv->voter != NULL) {
			ptrdiff_t known = seen.n;
			new = names_add(&seen,
				  str_fmt(a, "%d %d", csv->group[v],
				      csv->voter[v])) == known;
		}
		side[csv->group[v]].people += new;
	}
}

static enum err
pair_groups(struct pairs *p)
{
	struct arena *a = p->rank->cli->arena;
	const struct rank_csv *csv = p->csv;
	ptrdiff_t n = csv->group == NULL ? 0 : csv->n_groups;
	struct side *side = arena_new(a, struct side, n);
	if (n > 0)
		count_people(a, csv, side);
	rank_hide(side, n, p->rank->k);
	for (ptrdiff_t g = 0; g < n; g++) {
		side[g].name = csv->group_name[g];
		if (side[g].hidden)
			continue;
		struct arena *scratch = arena_scratch(a);
		struct rating *own =
		    arena_new(scratch, struct rating, csv->n_items);
		struct pairwise pairs = choices_of(scratch, csv, g);
		enum err e = rate(p, &pairs, own);
		side[g].first = arena_new(a, ptrdiff_t, csv->n_items);
		side[g].last = arena_new(a, ptrdiff_t, csv->n_items);
		for (ptrdiff_t i = 0; i < csv->n_items && e == ERR_OK; i++) {
			side[g].first[i] = own[i].first;
			side[g].last[i] = own[i].last;
		}
		arena_close(scratch);
		if (e != ERR_OK)
			return e;
	}
	rank_sides(p->rank, side, n, csv->id, csv->n_items);
	return ERR_OK;
}

/* What is needed of both methods, and the order by one. */
static enum err
rate_all(struct pairs *p)
{
	struct arena *a = p->rank->cli->arena;
	const struct bt_options options = {.ridge = 1, .level = LEVEL};
	const struct pairwise *pairs = &p->csv->pairs;
	ptrdiff_t n = p->csv->n_items;
	p->score = arena_new(a, struct rating, n);
	enum err e = pairwise_score(a, pairs, LEVEL, p->score);
	if (e == ERR_OK)
		e = pairwise_parts(a, pairs, &p->parts);
	if (e == ERR_OK && n <= PAIRWISE_ITEMS &&
	    (p->bt || p->rank->cli->json)) {
		p->strength = arena_new(a, struct rating, n);
		e = pairwise_bradley_terry(
		    a, pairs, &options, p->strength, &p->loglik);
	}
	if (e != ERR_OK || (p->bt && p->strength == NULL))
		return e != ERR_OK ? e : ERR_TOO_LARGE;
	const struct rating *by = p->bt ? p->strength : p->score;
	double *key = arena_new(a, double, n);
	struct side places = {.first = arena_new(a, ptrdiff_t, n),
	    .last = arena_new(a, ptrdiff_t, n)};
	for (ptrdiff_t i = 0; i < n; i++) {
		key[i] = by[i].value;
		places.first[i] = by[i].first;
		places.last[i] = by[i].last;
	}
	p->line = sort_lines(a, key, &places, n);
	return ERR_OK;
}

static int
rank_pairs(struct rank *r, const struct rank_csv *csv)
{
	struct pairs p = {.rank = r, .csv = csv};
	p.bt = str_eq(r->rule, S("bradley-terry"));
	if (r->rule.n > 0 && !p.bt && !str_eq(r->rule, S("score")))
		return cli_fail(r->cli,
		    "--rule takes score or bradley-terry for this file");
	enum err e = rate_all(&p);
	if (e == ERR_OK) {
		if (r->cli->json)
			json_pairs(&p);
		else
			text_pairs(&p);
		e = pair_groups(&p);
	}
	if (e == ERR_TOO_LARGE)
		return cli_fail(r->cli,
		    "bradley-terry takes at most %d ideas; --rule score takes "
		    "any number",
		    (int)PAIRWISE_ITEMS);
	if (e != ERR_OK)
		return cli_fail(r->cli, "the choices cannot be reckoned");
	if (r->cli->json)
		buf_add(&r->out, S("}\n"));
	return rank_print(r);
}

int
rank_csv(struct rank *r, struct str text)
{
	struct rank_csv *csv = arena_new(r->cli->arena, struct rank_csv, 1);
	struct pb_fault fault;
	if (!rank_csv_read(r->cli->arena, text, r->by, csv, &fault))
		return cli_fault(
		    r->cli, r->path, fault.line, fault.column, fault.expected);
	if (!csv->ordinal)
		return rank_pairs(r, csv);
	return rank_ballots(r,
	    &(struct rank_ballots){csv->ballots, csv->id, csv->label,
		csv->group, csv->group_name, csv->n_groups});
}
