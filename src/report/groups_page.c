/* SPDX-License-Identifier: MPL-2.0 */

/* groups --report: one page that stands alone, for a leader to read. */
#include "report/groups.h"

enum { PAGE_BYTES = 64 * 1024 * 1024 };

static const char STYLE[] =
    "<style>\n"
    "body{font:1.1rem/1.5 'IBM Plex Sans',sans-serif;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff;"
    "overflow-wrap:break-word;hyphens:auto}\n"
    "h1{font-size:1.7rem;line-height:1.2}\n"
    "table{border-collapse:collapse;margin:1rem 0 2rem}\n"
    "caption{text-align:left;font-weight:600;padding:.5rem 0}\n"
    "th,td{border-bottom:1px solid #757575;padding:.35rem .75rem;"
    "text-align:left;vertical-align:top}\n"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\n"
    ".table-scroll{overflow-x:auto}\n"
    "svg{max-width:100%;height:auto}\n"
    "@media print{body{margin:0}}\n"
    "</style>\n";

static void
add_text(struct buf *b, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&':
			buf_add(b, S("&amp;"));
			break;
		case '<':
			buf_add(b, S("&lt;"));
			break;
		case '>':
			buf_add(b, S("&gt;"));
			break;
		case '"':
			buf_add(b, S("&quot;"));
			break;
		default:
			buf_byte(b, s.p[i]);
		}
	}
}

static void
add_element(struct buf *b, const char *open, struct str text, const char *close)
{
	buf_add(b, str_c(open));
	add_text(b, text);
	buf_add(b, str_c(close));
}

static void
add_paragraph(struct buf *b, struct str text)
{
	add_element(b, "<p>", text, "</p>\n");
}

static void
add_heading(struct buf *b, struct str text)
{
	add_element(b, "<h2>", text, "</h2>\n");
}

/* A table that is wider than the window scrolls by itself, by keyboard too. */
static void
begin_table(struct buf *b, struct str caption)
{
	add_element(b,
	    "<section class=\"table-scroll\" tabindex=\"0\" "
	    "aria-label=\"",
	    caption, "\">\n");
	add_element(
	    b, "<table>\n<caption>", caption, "</caption>\n<thead><tr>");
}

static void
end_table(struct buf *b)
{
	buf_add(b, S("</tbody>\n</table>\n</section>\n"));
}

static void
head_cell(struct buf *b, struct str text, bool number)
{
	add_element(b,
	    number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
	    text, "</th>");
}

static void
number_cell(struct buf *b, struct str text)
{
	add_element(b, "<td class=\"n\">", text, "</td>");
}

static struct str
group_title(const struct groups_view *v, int g)
{
	return g == v->k
	    ? tr(v->lang, "Between the groups")
	    : groups_fill(v, N_("Group %1"), groups_name(v, g), S(""), S(""));
}

static void
add_sizes(const struct groups_view *v, struct buf *b)
{
	begin_table(b, tr(v->lang, "The groups and how large they are"));
	head_cell(b, tr(v->lang, "Group"), false);
	head_cell(b, tr(v->lang, "People"), true);
	head_cell(b, tr(v->lang, "Share"), true);
	buf_add(b, S("</tr></thead>\n<tbody>\n"));
	for (int g = 0; g <= v->k - v->ask.polis; g++) {
		bool hidden = v->size_hidden[g] || v->n_in == 0;
		add_element(
		    b, "<tr><th scope=\"row\">", group_title(v, g), "</th>");
		number_cell(b, hidden ? S("-") : groups_count(v, v->size[g]));
		number_cell(b,
		    hidden ? S("-")
			   : groups_percent(
				 v, (double)v->size[g] / (double)v->n_in));
		buf_add(b, S("</tr>\n"));
	}
	end_table(b);
}

static void
add_row(const struct groups_view *v, struct buf *b, ptrdiff_t j, bool agree)
{
	for (int g = 0; g < v->k; g++)
		number_cell(b, groups_share(v, j, g, agree));
	number_cell(b, groups_share(v, j, v->k, agree));
	buf_add(b, S("</tr>\n"));
}

static void
group_heads(const struct groups_view *v, struct buf *b)
{
	for (int g = 0; g < v->k; g++)
		head_cell(b, group_title(v, g), true);
	head_cell(b, tr(v->lang, "All"), true);
	buf_add(b, S("</tr></thead>\n<tbody>\n"));
}

static void
add_picks(const struct groups_view *v, struct buf *b, struct str caption,
    const struct picks *list)
{
	if (list->n == 0) {
		add_element(b, "<p>", caption, ": ");
		add_text(b, tr(v->lang, "None that we are sure of."));
		buf_add(b, S("</p>\n"));
		return;
	}
	begin_table(b, caption);
	head_cell(b, tr(v->lang, "Statement"), false);
	head_cell(b, tr(v->lang, "Side"), false);
	group_heads(v, b);
	for (int i = 0; i < list->n; i++) {
		const struct pick *p = &list->pick[i];
		add_element(b, "<tr><th scope=\"row\">",
		    groups_statement(v, p->statement), "</th>");
		add_element(b, "<td>",
		    p->agree ? tr(v->lang, "for") : tr(v->lang, "against"),
		    "</td>");
		add_row(v, b, p->statement, p->agree);
	}
	end_table(b);
}

static void
add_all(const struct groups_view *v, struct buf *b)
{
	add_heading(b, tr(v->lang, "All statements"));
	begin_table(b, tr(v->lang, "How many agree, of those who voted"));
	head_cell(b, tr(v->lang, "Statement"), false);
	group_heads(v, b);
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		if (v->left_out[j])
			continue;
		add_element(b, "<tr><th scope=\"row\">", groups_statement(v, j),
		    "</th>");
		add_row(v, b, j, true);
	}
	end_table(b);
}

static void
add_stability(const struct groups_view *v, struct buf *b)
{
	const struct opinion *o = &v->opinion;
	add_heading(b, tr(v->lang, "How sure is it?"));
	if (!v->ask.polis) {
		add_paragraph(b,
		    tr(v->lang,
			"We have made the groups ten times, each time with "
			"half of the people."));
		add_paragraph(b,
		    groups_fill(v,
			N_("They agree %1 (from %2 to %3). 100 % is the same "
			   "groups each time, 0 % is chance."),
			groups_percent(v, o->stability[o->k]),
			groups_percent(v, o->stability_low),
			groups_percent(v, o->stability_high)));
		add_paragraph(b,
		    tr(v->lang,
			"Some people stand between the groups. Their votes "
			"do not tell us where they belong."));
	}
	add_paragraph(b,
	    tr(v->lang,
		"The groups say who votes alike. They do not say why. They "
		"say nothing about those who did not vote."));
}

static void
add_found(struct groups_view *v, struct buf *b)
{
	add_sizes(v, b);
	buf_add(b, groups_svg(v));
	add_stability(v, b);
	add_heading(b, tr(v->lang, "What all groups share"));
	add_picks(v, b, tr(v->lang, "What all groups agree with"), &v->shared);
	add_picks(v, b, tr(v->lang, "What all groups disagree with"),
	    &v->shared_against);
	add_heading(b, tr(v->lang, "Where the groups differ"));
	for (int g = 0; g < v->k; g++)
		add_picks(v, b,
		    groups_fill(v, N_("What sets group %1 apart"),
			groups_name(v, g), S(""), S("")),
		    &v->mark[g]);
	add_all(v, b);
}

struct str
groups_page(struct groups_view *v)
{
	struct buf out = buf_new(v->arena, PAGE_BYTES), *b = &out;
	buf_add(b, S("<!DOCTYPE html>\n<html lang=\""));
	buf_add(b, lang_code(v->lang));
	buf_add(b,
	    S("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	      "content=\"width=device-width, initial-scale=1\">\n"));
	add_element(b, "<title>", tr(v->lang, "Opinion groups"), "</title>\n");
	buf_add(b, str_c(STYLE));
	add_element(b, "</head>\n<body>\n<main>\n<h1>",
	    tr(v->lang, "Opinion groups"), "</h1>\n");
	add_paragraph(b, groups_turnout(v));
	if (!v->in_hidden)
		add_paragraph(b,
		    groups_fill(v,
			N_("%1 of them have voted enough to be placed."),
			groups_count(v, v->n_in), S(""), S("")));
	if (v->k == 0)
		add_paragraph(b, groups_why_none(v));
	else
		add_found(v, b);
	if (v->k > 0 && v->ask.k > 1)
		add_paragraph(b,
		    groups_fill(v,
			N_("A dash is a number that we hide, because it is "
			   "about fewer than %1 people or would give such a "
			   "number away."),
			groups_count(v, v->ask.k), S(""), S("")));
	buf_add(b, S("</main>\n</body>\n</html>\n"));
	return out.full ? S("") : buf_str(b);
}
