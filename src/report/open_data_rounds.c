/* SPDX-License-Identifier: MPL-2.0 */

/* Open data: rounds of priorities that are over, in sums. */
#include <math.h>

#include "base/lang.h"
#include "model/tally.h"
#include "report/open_data_parts.h"
#include "report/ranking.h"

/* What staff alone weighed is theirs. */
static bool
is_over(const struct round *r)
{
	return r->state == ROUND_CLOSED && r->method != ROUND_VALUE;
}

static void
put_round(const struct open_out *o, struct csv *csv, const struct round *r)
{
	csv_text(csv, id_text(o->arena, r->record.id));
	csv_text(csv, record_value(&r->record, "question"));
	csv_text(csv, record_value(&r->record, "about"));
	csv_text(csv, str_c(round_methods[r->method].key));
	csv_text(csv, record_value(&r->record, "closed"));
	csv_int(csv, r->budget);
	csv_row(csv);
}

static void
put_side(struct csv *csv, struct str round, const struct ranking_from *from,
    const struct ranking *of, enum round_side side)
{
	for (ptrdiff_t i = 0; i < from->round->n_options; i++) {
		const struct round_option *option = &from->round->option[i];
		const struct ranked *item = &of->item[i];
		char value[40];
		struct buf b = buf_on(value, sizeof value);
		if (isfinite(item->rating.value))
			buf_fmt(&b, "%.6g", item->rating.value);
		csv_text(csv, round);
		csv_text(csv, round_side_key(side));
		csv_int(csv, option->number);
		csv_text(csv, option->title);
		csv_int(csv, option->cost);
		csv_int(csv, item->answers);
		csv_text(csv, buf_str(&b));
		csv_int(csv, item->rating.first);
		csv_int(csv, item->rating.last);
		csv_int(csv, item->chosen);
		csv_row(csv);
	}
}

/* One whose budget has no end (ERR_TOO_LARGE) has no sums either. */
static enum err
put_options(const struct open_out *o, struct csv *csv, struct id id)
{
	struct round r;
	struct tallies tallies;
	struct rankings all;
	struct arena *a = arena_scratch(o->arena);
	struct ranking_from from = {&r, &tallies, o->ask->k, LANG_DA};
	enum err e = round_get(o->db, a, o->who, id, &r);
	if (e == ERR_OK)
		e = round_titles_for_all(o->db, a, o->who, &r);
	if (e == ERR_OK)
		e = tally_load(o->db, a, o->who, &r, &tallies);
	if (e == ERR_OK)
		e = ranking_make(a, &from, &all);
	for (int side = 0; e == ERR_OK && side < ROUND_SIDES; side++) {
		if (!all.of[side].hidden)
			put_side(csv, id_text(a, id), &from, &all.of[side],
			    (enum round_side)side);
	}
	arena_close(a);
	return e == ERR_TOO_LARGE ? ERR_OK : e;
}

enum err
open_rounds(const struct open_out *o)
{
	struct rounds all;
	enum err e = round_list(o->db, o->arena, o->who, &all);
	if (e != ERR_OK)
		return e;
	struct csv csv = open_table(o, "prioriteringer.csv");
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (is_over(&all.list[i]))
			put_round(o, &csv, &all.list[i]);
	}
	e = csv_end(&csv);
	if (e != ERR_OK)
		return e;
	csv = open_table(o, "muligheder.csv");
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		if (is_over(&all.list[i]))
			e = put_options(o, &csv, all.list[i].record.id);
	}
	return e == ERR_OK ? csv_end(&csv) : e;
}
