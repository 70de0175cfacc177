/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/rank_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/names.h"

enum { FIRST_ROWS = 1024 };

static const char NO_HEADINGS[] =
    "the headings winner,loser or voter,item,rank";

/* A choice (winner, loser), or a place on a ballot (item, rank). */
struct row {
	int32_t a, b, voter, group;
	int64_t line;
};

/* Where the headings are; -1: none.  `a` and `b` are winner and loser, or item
 * and rank. */
struct columns {
	ptrdiff_t a, b, a_text, b_text, voter, valid, by;
};

struct reading {
	struct arena *arena;
	struct csv_reader r;
	struct rank_csv *out;
	struct pb_fault *fault;
	struct columns at;
	struct names item, voter, group;
	ptrdiff_t width;
	struct row *row;
	ptrdiff_t n, cap;
	ptrdiff_t labels; /* room in out->label */
};

static bool
fault(struct reading *f, ptrdiff_t field, const char *expected)
{
	csv_fault(&f->r, field, expected);
	*f->fault = (struct pb_fault){f->r.line, f->r.column, expected};
	return false;
}

/* ---- headings ---- */

static bool
read_headings(struct reading *f, struct str by)
{
	struct csv_reader *r = &f->r;
	struct columns at = {csv_find(r, S("winner")), csv_find(r, S("loser")),
	    -1, -1, csv_find(r, S("voter")), -1, -1};
	if (csv_find(r, S("Winner ID")) >= 0)
		at = (struct columns){csv_find(r, S("Winner ID")),
		    csv_find(r, S("Loser ID")), csv_find(r, S("Winner Text")),
		    csv_find(r, S("Loser Text")), csv_find(r, S("Session ID")),
		    csv_find(r, S("Valid")), -1};
	if (at.a < 0 && csv_find(r, S("item")) >= 0) {
		at.a = csv_find(r, S("item"));
		at.b = at.voter < 0 ? -1 : csv_find(r, S("rank"));
		f->out->ordinal = true;
	}
	if (at.a < 0 || at.b < 0)
		return fault(f, 0, NO_HEADINGS);
	at.by = by.n > 0 ? csv_find(r, by) : -1;
	if (by.n > 0 && at.by < 0)
		return fault(f, 0, "the heading that --by names");
	f->at = at;
	f->width = r->n;
	return true;
}

/* ---- rows ---- */

/* Room for the label of the newest item. */
static void
make_room(struct reading *f)
{
	if (f->item.n <= f->labels)
		return;
	ptrdiff_t more = 2 * f->item.n + FIRST_ROWS;
	struct str *label = arena_new(f->arena, struct str, more);
	if (f->labels > 0)
		memcpy(label, f->out->label, (size_t)f->labels * sizeof *label);
	f->out->label = label;
	f->labels = more;
}

static bool
read_item(struct reading *f, ptrdiff_t column, ptrdiff_t text, int32_t *item)
{
	struct str id = str_trim(f->r.field[column]);
	ptrdiff_t known = f->item.n;
	if (id.n == 0)
		return fault(f, column, "an id");
	*item = names_add(&f->item, id);
	if (f->item.n == known)
		return true;
	make_room(f);
	if (text >= 0)
		f->out->label[*item] = str_trim(f->r.field[text]);
	return true;
}

static bool
read_rank(struct reading *f, int32_t *rank)
{
	int64_t x;
	if (!str_int(str_trim(f->r.field[f->at.b]), &x) || x < 1 ||
	    x > INT32_MAX)
		return fault(f, f->at.b, "a place from 1");
	*rank = (int32_t)x;
	return true;
}

static bool
is_valid(const struct reading *f)
{
	if (f->at.valid < 0)
		return true;
	struct str s = str_trim(f->r.field[f->at.valid]);
	return !str_eq_nocase(s, S("false")) && !str_eq_nocase(s, S("f")) &&
	    !str_eq(s, S("0"));
}

static void
add_row(struct reading *f, struct row row)
{
	if (f->n == f->cap) {
		f->cap = f->cap > 0 ? 2 * f->cap : FIRST_ROWS;
		struct row *more = arena_new(f->arena, struct row, f->cap);
		if (f->n > 0)
			memcpy(more, f->row, (size_t)f->n * sizeof *more);
		f->row = more;
	}
	f->row[f->n++] = row;
}

static bool
read_row(struct reading *f)
{
	struct row row = {.line = f->r.line};
	if (f->r.n != f->width)
		return fault(f, f->r.n < f->width ? f->r.n : f->width,
		    "as many fields as there are headings");
	if (!is_valid(f)) {
		f->out->left_out++;
		return true;
	}
	if (!read_item(f, f->at.a, f->at.a_text, &row.a))
		return false;
	if (f->out->ordinal ? !read_rank(f, &row.b)
			    : !read_item(f, f->at.b, f->at.b_text, &row.b))
		return false;
	if (!f->out->ordinal && row.a == row.b)
		return fault(f, f->at.b, "another than the winner");
	if (f->at.voter >= 0) {
		struct str voter = str_trim(f->r.field[f->at.voter]);
		if (voter.n == 0)
			return fault(f, f->at.voter, "who chose");
		row.voter = names_add(&f->voter, voter);
	}
	if (f->at.by >= 0)
		row.group =
		    names_add(&f->group, str_trim(f->r.field[f->at.by]));
	add_row(f, row);
	return true;
}

/* ---- choices ---- */

static void
make_pairs(struct reading *f)
{
	ptrdiff_t n = f->n;
	int32_t *winner = arena_new(f->arena, int32_t, n);
	int32_t *loser = arena_new(f->arena, int32_t, n);
	int32_t *voter = arena_new(f->arena, int32_t, n);
	int32_t *group = arena_new(f->arena, int32_t, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		winner[i] = f->row[i].a;
		loser[i] = f->row[i].b;
		voter[i] = f->row[i].voter;
		group[i] = f->row[i].group;
	}
	f->out->pairs = (struct pairwise){f->out->n_items, n, winner, loser};
	f->out->voter = f->at.voter < 0 ? NULL : voter;
	f->out->group = f->at.by < 0 ? NULL : group;
}

/* ---- ballots ---- */

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	if (x->voter != y->voter)
		return x->voter < y->voter ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* Of two rows that do not go together the later one is at fault. */
static bool
row_fault(
    struct reading *f, const struct row *x, int64_t line, const char *expected)
{
	*f->fault =
	    (struct pb_fault){x->line > line ? x->line : line, 1, expected};
	return false;
}

/* `last` has the row in which each item last stood, from 1; rows are sorted
 * by voter. */
static bool
check_ballots(struct reading *f, ptrdiff_t *last)
{
	ptrdiff_t start = 0;
	for (ptrdiff_t i = 0; i < f->n; i++) {
		const struct row *x = &f->row[i];
		if (i > 0 && x->voter != x[-1].voter)
			start = i;
		if (last[x->a] > start)
			return row_fault(f, x, f->row[last[x->a] - 1].line,
			    "each item once from a voter");
		if (x->group != f->row[start].group)
			return row_fault(f, x, f->row[start].line,
			    "one group for all rows of a voter");
		last[x->a] = i + 1;
	}
	return true;
}

static bool
make_ballots(struct reading *f)
{
	ptrdiff_t n = f->n, voters = f->voter.n;
	ptrdiff_t *first = arena_new(f->arena, ptrdiff_t, voters + 1);
	int32_t *item = arena_new(f->arena, int32_t, n);
	int32_t *level = arena_new(f->arena, int32_t, n);
	int32_t *voter = arena_new(f->arena, int32_t, voters);
	int32_t *group = arena_new(f->arena, int32_t, voters);
	if (n > 0)
		qsort(f->row, (size_t)n, sizeof *f->row, compare_rows);
	if (!check_ballots(f, arena_new(f->arena, ptrdiff_t, f->item.n)))
		return false;
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct row *x = &f->row[i];
		item[i] = x->a;
		level[i] = x->b;
		first[x->voter + 1] = i + 1;
		voter[x->voter] = x->voter;
		group[x->voter] = x->group;
	}
	f->out->ballots =
	    (struct ordinal){f->out->n_items, voters, first, item, level};
	f->out->voter = voter;
	f->out->group = f->at.by < 0 ? NULL : group;
	return true;
}

bool
rank_csv_read(struct arena *a, struct str text, struct str by,
    struct rank_csv *out, struct pb_fault *fault_out)
{
	struct reading *f = arena_new(a, struct reading, 1);
	*out = (struct rank_csv){0};
	f->arena = a;
	f->out = out;
	f->fault = fault_out;
	f->item = names_new(a);
	f->voter = names_new(a);
	f->group = names_new(a);
	csv_open(&f->r, a, text);
	bool any = csv_next(&f->r);
	if (any && !read_headings(f, by))
		return false;
	while (any && csv_next(&f->r)) {
		if (!read_row(f))
			return false;
	}
	if (f->r.expected != NULL)
		*fault_out =
		    (struct pb_fault){f->r.line, f->r.column, f->r.expected};
	else if (!any)
		*fault_out = (struct pb_fault){1, 1, NO_HEADINGS};
	if (!any || f->r.expected != NULL)
		return false;
	out->id = f->item.name;
	out->n_items = f->item.n;
	if (out->label == NULL)
		out->label = arena_new(a, struct str, out->n_items);
	out->n_voters = f->voter.n;
	out->group_name = f->group.name;
	out->n_groups = f->group.n;
	if (out->ordinal)
		return make_ballots(f);
	make_pairs(f);
	return true;
}
