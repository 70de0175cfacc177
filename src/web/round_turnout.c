/* SPDX-License-Identifier: MPL-2.0 */
#include "web/round_turnout.h"

#include "base/buf.h"
#include "report/turnout.h"

struct shown {
	struct str who;
	const struct turnout *t;
	bool hidden; /* its numbers */
};

/* The name of a part of the citizens. */
static struct str
part_name(struct req *rq, const struct records *groups, const struct turnout *t)
{
	if (t->part.n == 0)
		return req_tr(rq, "In no target group");
	if (str_eq(t->part, S("paper")))
		return req_tr(rq, "On paper");
	if (str_eq(t->part, S("other")))
		return req_tr(rq, "On no list (left since, or by a program)");
	for (ptrdiff_t i = 0; i < groups->n; i++) {
		if (str_eq(groups->list[i].id_text, t->part))
			return record_value(&groups->list[i], "name");
	}
	return req_tr(rq, "(taken out)");
}

static void
hide(struct shown *part, ptrdiff_t n, int64_t k)
{
	struct turnout_part counts[TURNOUT_PARTS];
	for (ptrdiff_t i = 0; i < n; i++)
		counts[i] = (struct turnout_part){
		    part[i].t->could, part[i].t->voted, false};
	turnout_hide(counts, n, k);
	for (ptrdiff_t i = 0; i < n; i++)
		part[i].hidden = counts[i].hidden;
}

static struct str
number(struct req *rq, int64_t n, bool hidden)
{
	return hidden ? req_tr(rq, "hidden") : lang_int(rq->arena, rq->lang, n);
}

static void
add_row(struct req *rq, struct view_result *v, struct view_result_turnout *rows,
    const struct shown *s)
{
	rows[v->turnout.n++] = (struct view_result_turnout){.who = s->who,
	    .invited = number(rq, s->t->invited, s->hidden),
	    .could = number(rq, s->t->could, s->hidden),
	    .voted = number(rq, s->t->voted, s->hidden)};
	v->few = v->few || s->hidden;
}

/* Of whom nobody came, and those that came half as often as all. */
static void
add_missing(struct req *rq, struct buf *b, const struct shown *s,
    const struct turnout *all)
{
	if (s->hidden || s->t->could == 0 || all->could == 0 ||
	    str_eq(s->t->part, S("paper")) || str_eq(s->t->part, S("other")))
		return;
	double own = (double)s->t->voted / (double)s->t->could;
	double mean = (double)all->voted / (double)all->could;
	if (s->t->voted > 0 && own >= mean / 2)
		return;
	if (b->n > 0)
		buf_add(b, S("; "));
	struct str args[3] = {s->who,
	    lang_int(rq->arena, rq->lang, s->t->voted),
	    lang_int(rq->arena, rq->lang, s->t->could)};
	buf_add(b, tr_fill(rq->arena, req_tr(rq, "%1 (%2 of %3)"), args, 3));
}

enum err
turnout_view(struct req *rq, const struct actor *who, const struct round *r,
    int64_t k, struct view_result *v)
{
	struct turnouts all;
	struct records groups;
	struct turnout sum[ROUND_SIDES] = {0};
	struct shown part[TURNOUT_PARTS];
	ptrdiff_t n = 0;
	struct buf missing = buf_new(rq->arena, 64 * 1024);
	enum err e = round_turnout(rq->db, rq->arena, who, r, &all);
	if (e == ERR_OK)
		e = record_list(rq->db, rq->arena, who, KIND_GROUP, &groups);
	if (e != ERR_OK)
		return e;
	struct view_result_turnout *rows = arena_new(
	    rq->arena, struct view_result_turnout, all.n + ROUND_SIDES);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct turnout *t = &all.list[i];
		sum[t->side].invited += t->invited;
		sum[t->side].could += t->could;
		sum[t->side].voted += t->voted;
		if (t->side == SIDE_CITIZENS && n < TURNOUT_PARTS)
			part[n++] =
			    (struct shown){part_name(rq, &groups, t), t, false};
	}
	hide(part, n, k);
	for (int side = 0; side < ROUND_SIDES; side++) {
		if (side == SIDE_CITIZENS && r->method == ROUND_VALUE)
			continue; /* they were not asked */
		const char *label = round_side_label((enum round_side)side);
		add_row(rq, v, rows,
		    &(struct shown){req_tr(rq, label), &sum[side], false});
		for (ptrdiff_t i = 0; side == SIDE_CITIZENS && i < n; i++) {
			part[i].who = str_cat(rq->arena, S("– "), part[i].who);
			add_row(rq, v, rows, &part[i]);
			add_missing(rq, &missing, &part[i], &sum[side]);
		}
	}
	v->turnout.p = rows;
	v->missing = buf_str(&missing);
	return ERR_OK;
}
