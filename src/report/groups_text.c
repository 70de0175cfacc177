/* SPDX-License-Identifier: MPL-2.0 */

/* groups: the result for people, in columns and short sentences. */
#include "report/groups.h"

enum { TEXT_BYTES = 64 * 1024 * 1024, STATEMENT_WIDTH = 60, NUMBER_WIDTH = 9 };

static ptrdiff_t
width_of(struct str s)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

static void
add_spaces(struct buf *b, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++)
		buf_byte(b, ' ');
}

static void
add_left(struct buf *b, struct str s, ptrdiff_t width)
{
	buf_add(b, s);
	add_spaces(b, width - width_of(s));
}

static void
add_right(struct buf *b, struct str s, ptrdiff_t width)
{
	add_spaces(b, width - width_of(s));
	buf_add(b, s);
}

static void
add_line(struct buf *b, struct str s)
{
	buf_add(b, s);
	buf_byte(b, '\n');
}

static void
add_heading(struct buf *b, struct str text)
{
	buf_byte(b, '\n');
	add_line(b, text);
}

/* One line, cut where it grows too long, without line ends. */
static struct str
one_line(const struct groups_view *v, ptrdiff_t j)
{
	struct str text = groups_statement(v, j);
	struct buf b = buf_new(v->arena, 4096);
	ptrdiff_t width = 0;
	for (ptrdiff_t i = 0; i < text.n; i++) {
		bool starts = ((unsigned char)text.p[i] & 0xC0) != 0x80;
		if (starts && width++ == STATEMENT_WIDTH - 1) {
			buf_add(&b, S("…"));
			break;
		}
		buf_byte(&b,
		    text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t'
			? ' '
			: text.p[i]);
	}
	return buf_str(&b);
}

static struct str
size_text(const struct groups_view *v, int g)
{
	return v->size_hidden[g] ? S("-") : groups_count(v, v->size[g]);
}

static struct str
size_share(const struct groups_view *v, int g)
{
	return v->size_hidden[g] || v->n_in == 0
	    ? S("-")
	    : groups_percent(v, (double)v->size[g] / (double)v->n_in);
}

static void
add_sizes(const struct groups_view *v, struct buf *b)
{
	struct str between = tr(v->lang, "Between the groups");
	ptrdiff_t width = width_of(between) + 2;
	add_left(b, tr(v->lang, "Group"), width);
	add_right(b, tr(v->lang, "People"), NUMBER_WIDTH);
	add_right(b, tr(v->lang, "Share"), NUMBER_WIDTH);
	buf_byte(b, '\n');
	for (int g = 0; g <= v->k; g++) {
		if (g == v->k && v->ask.polis)
			continue;
		add_left(b, g == v->k ? between : groups_name(v, g), width);
		add_right(b, size_text(v, g), NUMBER_WIDTH);
		add_right(b, size_share(v, g), NUMBER_WIDTH);
		buf_byte(b, '\n');
	}
}

static void
add_picks(const struct groups_view *v, struct buf *b, const struct picks *list)
{
	if (list->n == 0) {
		add_line(b, tr(v->lang, "None that we are sure of."));
		return;
	}
	add_left(b, tr(v->lang, "Statement"), STATEMENT_WIDTH);
	add_right(b, tr(v->lang, "Side"), NUMBER_WIDTH);
	for (int g = 0; g < v->k; g++)
		add_right(b, groups_name(v, g), NUMBER_WIDTH);
	buf_byte(b, '\n');
	for (int i = 0; i < list->n; i++) {
		const struct pick *p = &list->pick[i];
		add_left(b, one_line(v, p->statement), STATEMENT_WIDTH);
		add_right(b,
		    p->agree ? tr(v->lang, "for") : tr(v->lang, "against"),
		    NUMBER_WIDTH);
		for (int g = 0; g < v->k; g++)
			add_right(b, groups_share(v, p->statement, g, p->agree),
			    NUMBER_WIDTH);
		buf_byte(b, '\n');
	}
}

static void
add_stability(const struct groups_view *v, struct buf *b)
{
	const struct opinion *o = &v->opinion;
	if (v->ask.polis)
		return;
	add_heading(b, tr(v->lang, "How sure is it?"));
	add_line(b,
	    tr(v->lang,
		"We have made the groups ten times, each time with half of "
		"the people."));
	add_line(b,
	    groups_fill(v,
		N_("They agree %1 (from %2 to %3). 100 % is the same groups "
		   "each time, 0 % is chance."),
		groups_percent(v, o->stability[o->k]),
		groups_percent(v, o->stability_low),
		groups_percent(v, o->stability_high)));
}

static void
add_found(const struct groups_view *v, struct buf *b)
{
	add_sizes(v, b);
	add_stability(v, b);
	for (int g = 0; g < v->k; g++) {
		add_heading(b,
		    groups_fill(v, N_("What sets group %1 apart"),
			groups_name(v, g), S(""), S("")));
		add_picks(v, b, &v->mark[g]);
	}
	add_heading(b, tr(v->lang, "What all groups agree with"));
	add_picks(v, b, &v->shared);
	add_heading(b, tr(v->lang, "What all groups disagree with"));
	add_picks(v, b, &v->shared_against);
}

struct str
groups_text(struct groups_view *v)
{
	struct buf out = buf_new(v->arena, TEXT_BYTES), *b = &out;
	add_line(b, tr(v->lang, "Opinion groups"));
	buf_byte(b, '\n');
	add_line(b, groups_turnout(v));
	if (!v->in_hidden)
		add_line(b,
		    groups_fill(v,
			N_("%1 of them have voted enough to be placed."),
			groups_count(v, v->n_in), S(""), S("")));
	buf_byte(b, '\n');
	if (v->k == 0)
		add_line(b, groups_why_none(v));
	else
		add_found(v, b);
	if (v->k > 0 && v->ask.k > 1) {
		buf_byte(b, '\n');
		add_line(b,
		    groups_fill(v,
			N_("A dash is a number that we hide, because it is "
			   "about fewer than %1 people or would give such a "
			   "number away."),
			groups_count(v, v->ask.k), S(""), S("")));
	}
	return buf_str(b);
}
