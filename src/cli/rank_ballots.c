/* SPDX-License-Identifier: MPL-2.0 */

/* Ballots in order: Borda and Schulze. */
#include <stdlib.h>

#include "cli/rank.h"

enum { PLACE_WIDTH = 9, NUMBER_WIDTH = 10, ID_WIDTH = 14 };

struct ballots {
	struct rank *rank;
	const struct rank_ballots *in;
	bool schulze; /* the order is Schulze's, else Borda's */
	int64_t *twice, *ahead; /* [n_items]; ahead NULL: too many items */
	struct side places;
	ptrdiff_t *order; /* [n_items] the first place first */
};

static struct str
whole(struct rank *r, int64_t x)
{
	return lang_int(r->cli->arena, r->cli->lang, x);
}

static struct str
why(struct ballots *b, ptrdiff_t i)
{
	struct rank *r = b->rank;
	enum lang lang = r->cli->lang;
	int64_t most = (b->in->ordinal.n_items - 1) * b->in->ordinal.n_ballots;
	struct str args[] = {
	    rank_money(r->cli->arena, lang, b->twice[i] * 5, 10),
	    whole(r, most), S("")};
	if (!b->schulze || b->ahead == NULL)
		return tr_fill(r->cli->arena,
		    tr(lang, "It got %1 points of %2 possible."), args, 3);
	args[0] = whole(r, b->ahead[i]);
	return tr_fill(r->cli->arena,
	    b->ahead[i] == 0
		? tr(lang, "No other is ahead of it, taken two by two.")
		: trn(lang, "One other is ahead of it, taken two by two.",
		      "%1 others are ahead of it, taken two by two.",
		      b->ahead[i]),
	    args, 3);
}

/* ---- reckoning ---- */

static enum err
reckon(struct arena *a, const struct ordinal *o, bool schulze, double *value)
{
	int64_t *x = arena_new(a, int64_t, o->n_items);
	enum err e =
	    schulze ? ordinal_schulze(a, o, x) : ordinal_borda(a, o, x);
	for (ptrdiff_t i = 0; i < o->n_items && e == ERR_OK; i++)
		value[i] = schulze ? -(double)x[i] : (double)x[i];
	return e;
}

static enum err
reckon_all(struct ballots *b)
{
	struct arena *a = b->rank->cli->arena;
	const struct ordinal *o = &b->in->ordinal;
	ptrdiff_t n = o->n_items;
	double *value = arena_new(a, double, n);
	b->twice = arena_new(a, int64_t, n);
	enum err e = ordinal_borda(a, o, b->twice);
	if (e == ERR_OK && (b->schulze || n <= ORDINAL_ITEMS)) {
		b->ahead = arena_new(a, int64_t, n);
		e = ordinal_schulze(a, o, b->ahead);
	}
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < n; i++)
		value[i] =
		    b->schulze ? -(double)b->ahead[i] : (double)b->twice[i];
	rank_places(a, value, n, &b->places);
	ptrdiff_t *next = arena_new(a, ptrdiff_t, n + 1);
	b->order = arena_new(a, ptrdiff_t, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t first = b->places.first[i];
		b->order[first - 1 + next[first]++] = i;
	}
	return ERR_OK;
}

/* ---- printing ---- */

static void
json(struct ballots *b)
{
	struct buf *out = &b->rank->out;
	const struct ordinal *o = &b->in->ordinal;
	buf_byte(out, '{');
	rank_json_key(out, "method");
	buf_json(out, b->schulze ? S("schulze") : S("borda"));
	rank_json_key(out, "selected");
	rank_json_ids(out, b->in->id, b->order, o->n_items);
	buf_fmt(out,
	    ",\"cost\":null,\"budget\":null,\"ballots\":%td,\"items\":[",
	    o->n_ballots);
	for (ptrdiff_t k = 0; k < o->n_items; k++) {
		ptrdiff_t i = b->order[k];
		buf_add(out, k == 0 ? S("{\"id\":") : S(",{\"id\":"));
		buf_json(out, b->in->id[i]);
		buf_fmt(out, ",\"first\":%td,\"last\":%td,\"borda\":",
		    b->places.first[i], b->places.last[i]);
		rank_json_units(out, b->twice[i] * 5, 10);
		if (b->ahead == NULL)
			buf_add(out, S(",\"ahead\":null}"));
		else
			buf_fmt(
			    out, ",\"ahead\":%lld}", (long long)b->ahead[i]);
	}
	buf_add(out, S("],\"why\":{"));
	for (ptrdiff_t k = 0; k < o->n_items; k++) {
		rank_json_key(
		    out, str_cstr(b->rank->cli->arena, b->in->id[b->order[k]]));
		buf_json(out, why(b, b->order[k]));
	}
	buf_byte(out, '}');
}

static void
text(struct ballots *b)
{
	struct rank *r = b->rank;
	enum lang lang = r->cli->lang;
	struct buf *out = &r->out;
	const struct ordinal *o = &b->in->ordinal;
	struct str args[] = {whole(r, o->n_ballots), whole(r, o->n_items)};
	buf_add(out,
	    b->schulze ? tr(lang,
			     "Schulze: who wins when all are set against "
			     "each other, two by two.")
		       : tr(lang,
			     "Borda: a point for each other that stands "
			     "behind on a ballot, half a point for each level "
			     "with it."));
	buf_byte(out, '\n');
	buf_add(out,
	    tr_fill(r->cli->arena, tr(lang, "%1 ballots, %2 to choose from."),
		args, COUNT_OF(args)));
	buf_add(out, S("\n\n"));
	rank_cell(out, tr(lang, "Place"), -PLACE_WIDTH);
	rank_cell(out, tr(lang, "Points"), -NUMBER_WIDTH);
	rank_line(out, tr(lang, "Id"));
	for (ptrdiff_t k = 0; k < o->n_items; k++) {
		ptrdiff_t i = b->order[k];
		rank_cell(out,
		    rank_place(
			r->cli->arena, b->places.first[i], b->places.last[i]),
		    -PLACE_WIDTH);
		rank_cell(out,
		    rank_money(r->cli->arena, lang, b->twice[i] * 5, 10),
		    -NUMBER_WIDTH);
		rank_cell(out, b->in->id[i], ID_WIDTH);
		rank_line(out, b->in->label[i]);
		buf_fmt(out, "%*s", PLACE_WIDTH + 2, "");
		rank_line(out, why(b, i));
	}
}

/* ---- groups ---- */

/* The ballots of one group. */
static struct ordinal
ballots_of(struct arena *a, const struct rank_ballots *in, ptrdiff_t group)
{
	const struct ordinal *all = &in->ordinal;
	ptrdiff_t entries = all->first[all->n_ballots];
	ptrdiff_t *first = arena_new(a, ptrdiff_t, all->n_ballots + 1);
	int32_t *item = arena_new(a, int32_t, entries);
	int32_t *level = arena_new(a, int32_t, entries);
	ptrdiff_t n = 0, to = 0;
	for (ptrdiff_t v = 0; v < all->n_ballots; v++) {
		if (in->group[v] != group)
			continue;
		for (ptrdiff_t k = all->first[v]; k < all->first[v + 1]; k++) {
			level[to] = all->level == NULL
			    ? (int32_t)(k - all->first[v])
			    : all->level[k];
			item[to++] = all->item[k];
		}
		first[++n] = to;
	}
	return (struct ordinal){all->n_items, n, first, item, level};
}

static enum err
groups(struct ballots *b)
{
	struct arena *a = b->rank->cli->arena;
	const struct rank_ballots *in = b->in;
	ptrdiff_t n = in->group == NULL ? 0 : in->n_groups;
	ptrdiff_t items = in->ordinal.n_items;
	struct side *side = arena_new(a, struct side, n);
	double *value = arena_new(a, double, items);
	for (ptrdiff_t v = 0; v < in->ordinal.n_ballots && n > 0; v++)
		side[in->group[v]].people++;
	rank_hide(side, n, b->rank->k);
	for (ptrdiff_t g = 0; g < n; g++) {
		side[g].name = in->group_name[g];
		if (side[g].hidden)
			continue;
		struct arena *scratch = arena_scratch(a);
		struct ordinal own = ballots_of(scratch, in, g);
		enum err e = reckon(scratch, &own, b->schulze, value);
		arena_close(scratch);
		if (e != ERR_OK)
			return e;
		rank_places(a, value, items, &side[g]);
	}
	rank_sides(b->rank, side, n, in->id, items);
	return ERR_OK;
}

int
rank_ballots(struct rank *r, const struct rank_ballots *in)
{
	struct ballots b = {.rank = r, .in = in};
	b.schulze = str_eq(r->rule, S("schulze"));
	if (r->rule.n > 0 && !b.schulze && !str_eq(r->rule, S("borda")))
		return cli_fail(
		    r->cli, "--rule takes borda or schulze for this file");
	enum err e = reckon_all(&b);
	if (e == ERR_OK) {
		if (r->cli->json)
			json(&b);
		else
			text(&b);
		e = groups(&b);
	}
	if (e == ERR_TOO_LARGE)
		return cli_fail(r->cli,
		    "schulze takes at most %d; --rule borda takes any number",
		    (int)ORDINAL_ITEMS);
	if (e != ERR_OK)
		return cli_fail(r->cli, "the ballots cannot be reckoned");
	if (r->cli->json)
		buf_add(&r->out, S("}\n"));
	return rank_print(r);
}
