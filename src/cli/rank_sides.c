/* SPDX-License-Identifier: MPL-2.0 */

/* The rankings of several groups side by side.  They are never made into one:
 * how much each group should weigh is not for arithmetic to say. */
#include "cli/rank.h"

enum { PLACE_WIDTH = 12, ID_WIDTH = 14 };

static void
json(struct rank *r, const struct side *side, const struct str *id,
    ptrdiff_t n_items)
{
	struct buf *b = &r->out;
	buf_add(b, S("{\"group\":"));
	buf_json(b, side->name);
	buf_fmt(
	    b, ",\"hidden\":%s,\"people\":", side->hidden ? "true" : "false");
	if (side->hidden) {
		buf_add(b, S("null,\"ranking\":null}"));
		return;
	}
	buf_int(b, side->people);
	buf_add(b, S(",\"ranking\":["));
	for (ptrdiff_t i = 0; i < n_items; i++) {
		buf_add(b, i == 0 ? S("{\"id\":") : S(",{\"id\":"));
		buf_json(b, id[i]);
		buf_fmt(b, ",\"first\":%td,\"last\":%td}", side->first[i],
		    side->last[i]);
	}
	buf_add(b, S("]}"));
}

static void
text_row(struct rank *r, const struct side *side, ptrdiff_t n_sides,
    struct str id, ptrdiff_t item)
{
	struct arena *a = r->cli->arena;
	rank_cell(&r->out, id, ID_WIDTH);
	for (ptrdiff_t g = 0; g < n_sides; g++) {
		if (side[g].hidden)
			continue;
		rank_cell(&r->out,
		    item < 0 ? side[g].name
			     : rank_place(
				   a, side[g].first[item], side[g].last[item]),
		    -PLACE_WIDTH);
	}
	rank_line(&r->out, S(""));
}

static void
text(struct rank *r, const struct side *side, ptrdiff_t n_sides,
    const struct str *id, ptrdiff_t n_items)
{
	enum lang lang = r->cli->lang;
	int64_t hidden = 0;
	buf_byte(&r->out, '\n');
	buf_add(
	    &r->out, tr(lang, "The groups side by side: the places of each."));
	buf_byte(&r->out, '\n');
	text_row(r, side, n_sides, tr(lang, "Id"), -1);
	for (ptrdiff_t i = 0; i < n_items; i++)
		text_row(r, side, n_sides, id[i], i);
	for (ptrdiff_t g = 0; g < n_sides; g++)
		hidden += side[g].hidden;
	if (hidden == 0)
		return;
	struct str args[] = {lang_int(r->cli->arena, lang, hidden),
	    lang_int(r->cli->arena, lang, r->k)};
	buf_add(&r->out,
	    tr_fill(r->cli->arena,
		trn(lang,
		    "One group is hidden, so that nobody among fewer than %2 "
		    "people can be known.",
		    "%1 groups are hidden, so that nobody among fewer than %2 "
		    "people can be known.",
		    hidden),
		args, COUNT_OF(args)));
	buf_byte(&r->out, '\n');
}

void
rank_sides(struct rank *r, const struct side *side, ptrdiff_t n_sides,
    const struct str *id, ptrdiff_t n_items)
{
	if (!r->cli->json) {
		if (n_sides > 0)
			text(r, side, n_sides, id, n_items);
		return;
	}
	rank_json_key(&r->out, "groups");
	if (n_sides == 0) {
		buf_add(&r->out, S("null"));
		return;
	}
	buf_byte(&r->out, '[');
	for (ptrdiff_t g = 0; g < n_sides; g++) {
		if (g > 0)
			buf_byte(&r->out, ',');
		json(r, &side[g], id, n_items);
	}
	buf_byte(&r->out, ']');
}
