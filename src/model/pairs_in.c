/* SPDX-License-Identifier: MPL-2.0 */
#include "model/pairs_in.h"

#include <stdlib.h>

#include "base/cpr.h"
#include "base/lang.h"
#include "base/names.h"
#include "base/utf8.h"
#include "model/ballot.h"

enum { FIRST_ROWS = 1024 };

/* ---- the columns ---- */

struct columns {
	ptrdiff_t session, winner, winner_text, loser, loser_text;
	ptrdiff_t side, valid; /* -1: none */
};

struct reading {
	struct csv_reader *r;
	struct arena *arena;
	struct columns at;
	struct names session, option;
	struct str *title; /* [ROUND_OPTIONS] by number of the name */
	struct session {
		enum round_side side;
		int32_t rows;
	} * of; /* [cap] by number of the session */
	struct row {
		int32_t session, winner, loser; /* numbers of names */
		ptrdiff_t nth;
	} * row;
	ptrdiff_t n, cap, left_out;
};

static bool
find_columns(struct csv_reader *r, struct columns *at)
{
	if (!csv_next(r)) {
		r->line = r->line > 0 ? r->line : 1;
		return r->expected == NULL &&
		    csv_fault(r, 0, N_("a line of headings"));
	}
	*at = (struct columns){csv_find(r, S("Session ID")),
	    csv_find(r, S("Winner ID")), csv_find(r, S("Winner Text")),
	    csv_find(r, S("Loser ID")), csv_find(r, S("Loser Text")),
	    csv_find(r, S("Session Identifier")), csv_find(r, S("Valid"))};
	if (at->session < 0 || at->winner < 0 || at->winner_text < 0 ||
	    at->loser < 0 || at->loser_text < 0)
		return csv_fault(r, 0,
		    N_("the headings Session ID, Winner ID, Winner Text, "
		       "Loser ID and Loser Text"));
	return true;
}

static struct str
cell(const struct reading *in, ptrdiff_t at)
{
	return at >= 0 && at < in->r->n ? str_trim(in->r->field[at]) : S("");
}

/* ---- a row ---- */

static const char *
title_fault(struct str title)
{
	if (utf8_blank(title))
		return N_("what the option is called");
	if (utf8_length(title) > ROUND_TITLE)
		return N_("at most 160 characters");
	if (cpr_find(title).n > 0)
		return N_("words without a CPR number");
	for (ptrdiff_t i = 0; i < title.n; i++) {
		if ((unsigned char)title.p[i] < ' ')
			return N_("one line of words");
	}
	return NULL;
}

static bool
is_taken(const struct reading *in, int32_t option, struct str title)
{
	for (int32_t i = 0; i < in->option.n; i++) {
		if (i != option && str_eq(in->title[i], title))
			return true;
	}
	return false;
}

/* The option of these two cells; one id has one name, one name one id. */
static bool
read_option(
    struct reading *in, ptrdiff_t id_at, ptrdiff_t text_at, int32_t *out)
{
	struct str id = cell(in, id_at), text = cell(in, text_at);
	if (id.n == 0)
		return csv_fault(in->r, id_at, N_("an option's id"));
	int32_t known = in->option.n;
	*out = names_find(&in->option, id);
	if (*out < 0 && known == ROUND_OPTIONS)
		return csv_fault(in->r, id_at, N_("at most 100 options"));
	struct str title = utf8_normal(in->arena, csv_plain(text));
	const char *fault = title_fault(title);
	if (fault != NULL)
		return csv_fault(in->r, text_at, fault);
	if (*out >= 0)
		return str_eq(in->title[*out], title) ||
		    csv_fault(
			in->r, text_at, N_("the same name for the same id"));
	if (is_taken(in, known, title))
		return csv_fault(
		    in->r, text_at, N_("another name for another id"));
	*out = names_add(&in->option, id);
	in->title[*out] = title;
	return true;
}

static void
reserve(struct reading *in)
{
	if (in->n < in->cap)
		return;
	ptrdiff_t cap = 2 * in->cap;
	struct row *row = arena_new(in->arena, struct row, cap);
	struct session *of = arena_new(in->arena, struct session, cap);
	for (ptrdiff_t i = 0; i < in->n; i++)
		row[i] = in->row[i];
	for (int32_t i = 0; i < in->session.n; i++)
		of[i] = in->of[i];
	in->row = row;
	in->of = of;
	in->cap = cap;
}

/* Its session; all rows of one are of one side. */
static bool
read_session(struct reading *in, int32_t *out)
{
	struct str id = cell(in, in->at.session);
	enum round_side side;
	if (id.n == 0)
		return csv_fault(in->r, in->at.session, N_("a session's id"));
	if (!round_side_parse(cell(in, in->at.side), &side))
		side = SIDE_CITIZENS;
	int32_t known = in->session.n;
	*out = names_add(&in->session, id);
	struct session *of = &in->of[*out];
	if (*out == known)
		of->side = side;
	if (of->side != side)
		return csv_fault(in->r, in->at.side,
		    N_("the same side in all of a session"));
	return ++of->rows <= BALLOT_PAIRS ||
	    csv_fault(in->r, in->at.session,
		N_("at most 500 choices of one session"));
}

/* False: a fault, or a word that is neither yes nor no. */
static bool
read_valid(struct reading *in, bool *valid)
{
	struct str text = cell(in, in->at.valid);
	*valid = text.n == 0 || str_eq_nocase(text, S("true")) ||
	    str_eq_nocase(text, S("t")) || str_eq(text, S("1"));
	return *valid || str_eq_nocase(text, S("false")) ||
	    str_eq_nocase(text, S("f")) || str_eq(text, S("0")) ||
	    csv_fault(in->r, in->at.valid, N_("TRUE or FALSE"));
}

static bool
read_row(struct reading *in)
{
	bool valid;
	struct row row = {.nth = in->n};
	reserve(in);
	if (!read_valid(in, &valid))
		return false;
	if (!valid) {
		in->left_out++;
		return true;
	}
	if (!read_session(in, &row.session) ||
	    !read_option(in, in->at.winner, in->at.winner_text, &row.winner) ||
	    !read_option(in, in->at.loser, in->at.loser_text, &row.loser))
		return false;
	if (row.winner == row.loser)
		return csv_fault(in->r, in->at.loser, N_("another option"));
	in->row[in->n++] = row;
	return true;
}

/* ---- in order ---- */

static int
by_place(const void *x, const void *y)
{
	const struct pair_in *a = x, *b = y;
	if (a->session != b->session)
		return a->session < b->session ? -1 : 1;
	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return (a->which > b->which) - (a->which < b->which);
}

/* `which` holds 2 * nth + who won until the order is made. */
static void
put_in_order(struct reading *in, struct pairs_in *out)
{
	const int32_t *rank = names_rank(&in->option);
	out->list = arena_new(in->arena, struct pair_in, in->n);
	for (ptrdiff_t i = 0; i < in->n; i++) {
		const struct row *row = &in->row[i];
		int32_t won = rank[row->winner], lost = rank[row->loser];
		out->list[i] = (struct pair_in){row->session,
		    won < lost ? won : lost, won < lost ? lost : won,
		    (int32_t)(2 * i) + (won < lost ? 0 : 1)};
	}
	qsort(out->list, (size_t)in->n, sizeof *out->list, by_place);
	for (ptrdiff_t i = 0; i < in->n; i++) {
		struct pair_in *p = &out->list[i];
		bool last = i + 1 == in->n || p[1].session != p->session ||
		    p[1].low != p->low || p[1].high != p->high;
		if (last) {
			out->list[out->n] = *p;
			out->list[out->n++].which = 1 + p->which % 2;
		}
		out->again += !last;
	}
	out->title = arena_new(in->arena, struct str, in->option.n);
	for (int32_t i = 0; i < in->option.n; i++)
		out->title[rank[i]] = in->title[i];
}

bool
pairs_read(struct arena *a, struct str text, struct pairs_in *out,
    struct csv_reader *r)
{
	struct reading in = {.r = r,
	    .arena = a,
	    .session = names_new(a),
	    .option = names_new(a),
	    .title = arena_new(a, struct str, ROUND_OPTIONS),
	    .of = arena_new(a, struct session, FIRST_ROWS),
	    .row = arena_new(a, struct row, FIRST_ROWS),
	    .cap = FIRST_ROWS};
	*out = (struct pairs_in){0};
	csv_open(r, a, text);
	if (!find_columns(r, &in.at))
		return false;
	while (csv_next(r)) {
		if (!read_row(&in))
			return false;
	}
	if (r->expected != NULL)
		return false;
	put_in_order(&in, out);
	out->options = in.option.n;
	out->sessions = in.session.n;
	out->side = arena_new(a, enum round_side, out->sessions);
	for (int32_t i = 0; i < in.session.n; i++)
		out->side[i] = in.of[i].side;
	out->left_out = in.left_out;
	return true;
}
