/* SPDX-License-Identifier: MPL-2.0 */
#include "web/ground.h"

#include "base/buf.h"
#include "http/forms.h"

/* The room is shared and in nobody's language: a copy of what leads to it, to
 * speak the reader's and to take memory from the request. */
static struct groups_view
spoken(struct req *rq, const struct room *room)
{
	struct groups_view v = room->groups;
	v.arena = rq->arena;
	v.lang = rq->lang;
	return v;
}

static struct str
how_many(
    struct req *rq, const struct groups_view *v, ptrdiff_t j, int g, bool agree)
{
	struct str share = groups_share(v, j, g, agree);
	if (str_eq(share, S("-")))
		return S("");
	return req_tr1(rq, agree ? N_("%1 agree") : N_("%1 disagree"), share);
}

/* ---- where all meet ---- */

static ptrdiff_t
add_shared(struct req *rq, const struct room *room, const struct picks *picks,
    struct ground_shared *out, ptrdiff_t max)
{
	struct groups_view v = spoken(rq, room);
	bool agree = picks == &room->groups.shared;
	ptrdiff_t n = 0;
	for (int i = 0; i < picks->n && n < max; i++) {
		ptrdiff_t j = picks->pick[i].statement;
		struct str how = how_many(rq, &v, j, v.k, agree);
		if (how.n > 0)
			out[n++] =
			    (struct ground_shared){groups_statement(&v, j), how,
				agree, room->number[j]};
	}
	return n;
}

ptrdiff_t
ground_shared(struct req *rq, const struct room *room,
    struct ground_shared *out, ptrdiff_t max)
{
	ptrdiff_t n = add_shared(rq, room, &room->groups.shared, out, max);
	return n +
	    add_shared(
		rq, room, &room->groups.shared_against, out + n, max - n);
}

static struct str
focus_href(struct req *rq, struct str words)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/plan?ny="),
	    S("faelles-fokus&text="), form_escape(rq->arena, words),
	    S("#faelles-fokus-ny"));
}

static void
fill_shared(
    struct req *rq, const struct room *room, bool focus, struct view_ground *v)
{
	struct ground_shared list[2 * REPRESENT_MOST];
	ptrdiff_t n = ground_shared(rq, room, list, COUNT_OF(list));
	struct view_ground_shared *rows =
	    arena_new(rq->arena, struct view_ground_shared, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rows[i] = (struct view_ground_shared){.words = list[i].words,
		    .how = list[i].how,
		    .focus_href = focus && list[i].agree
			? focus_href(rq, list[i].words)
			: S("")};
	v->shared.p = rows;
	v->shared.n = n;
}

/* ---- groups ---- */

static void
fill_marks(struct req *rq, const struct groups_view *g, int group,
    struct view_ground_groups *v)
{
	const struct picks *picks = &g->mark[group];
	struct view_ground_groups_marks *rows =
	    arena_new(rq->arena, struct view_ground_groups_marks, picks->n);
	ptrdiff_t n = 0;
	for (int i = 0; i < picks->n; i++) {
		ptrdiff_t j = picks->pick[i].statement;
		struct str how =
		    how_many(rq, g, j, group, picks->pick[i].agree);
		if (how.n > 0)
			rows[n++] = (struct view_ground_groups_marks){
			    groups_statement(g, j), how};
	}
	v->marks.p = rows;
	v->marks.n = n;
}

static struct str
group_title(struct req *rq, const struct groups_view *g, int group)
{
	return req_tr1(rq, "Group %1", groups_name(g, group));
}

static void
fill_groups(struct req *rq, const struct groups_view *g, struct view_ground *v)
{
	struct view_ground_groups *rows =
	    arena_new(rq->arena, struct view_ground_groups, g->k);
	struct view_ground_heads *heads =
	    arena_new(rq->arena, struct view_ground_heads, g->k);
	for (int i = 0; i < g->k; i++) {
		heads[i].name = group_title(rq, g, i);
		rows[i].name = heads[i].name;
		if (!g->size_hidden[i])
			rows[i].size = req_tr1(rq, "%1 people",
			    lang_int(rq->arena, rq->lang, g->size[i]));
		fill_marks(rq, g, i, &rows[i]);
	}
	v->groups.p = rows;
	v->groups.n = g->k;
	v->heads.p = heads;
	v->heads.n = g->k;
	v->has_groups = g->k > 0;
	if (g->k == 0)
		v->why_none = groups_why_none(g);
}

/* ---- every statement ---- */

static struct str
seen_by(struct req *rq, const struct groups_view *g, ptrdiff_t j)
{
	return groups_hidden(g, j, g->k, 3)
	    ? S("-")
	    : lang_int(rq->arena, rq->lang, tally_seen(g->all[j]));
}

static void
fill_rows(struct req *rq, const struct room *room, const struct groups_view *g,
    struct view_ground *v)
{
	struct view_ground_rows *rows =
	    arena_new(rq->arena, struct view_ground_rows, g->statements);
	ptrdiff_t n = 0;
	for (ptrdiff_t j = 0; j < g->statements; j++) {
		if (room->hidden[j])
			continue;
		struct view_ground_rows_cells *cells =
		    arena_new(rq->arena, struct view_ground_rows_cells, g->k);
		for (int i = 0; i < g->k; i++)
			cells[i] = (struct view_ground_rows_cells){
			    group_title(rq, g, i), groups_share(g, j, i, true)};
		rows[n++] =
		    (struct view_ground_rows){.words = groups_statement(g, j),
			.seen = seen_by(rq, g, j),
			.agree = groups_share(g, j, g->k, true),
			.disagree = groups_share(g, j, g->k, false),
			.cells = {cells, g->k}};
	}
	v->rows.p = rows;
	v->rows.n = n;
}

struct view_ground
ground_view(
    struct req *rq, const struct room *room, struct str map_src, bool focus)
{
	struct groups_view g = spoken(rq, room);
	struct view_ground v = {.turnout = groups_turnout(&g),
	    .map_src = map_src,
	    .map_alt = req_tr(
		rq, "Opinion map. The list and the table below say the same."),
	    .k = g.ask.k};
	fill_shared(rq, room, focus, &v);
	fill_groups(rq, &g, &v);
	fill_rows(rq, room, &g, &v);
	return v;
}

enum err
ground_svg(struct req *rq, const struct room *room)
{
	struct groups_view g = spoken(rq, room);
	rq->response.status = 200;
	rq->response.type = S("image/svg+xml");
	rq->response.body = groups_svg(&g);
	return ERR_OK;
}
