/* SPDX-License-Identifier: MPL-2.0 */

/* One draw: how far it is, what came of it, its proof, and replacements. */
#include "base/buf.h"
#include "model/job.h"
#include "view_draw_one.h"
#include "web/page_draw.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

struct str
draw_percent(struct req *rq, double chance)
{
	struct str text = str_fmt(rq->arena, "%.1f", 100 * chance);
	if (rq->lang == LANG_DA)
		text = str_replace(rq->arena, text, S("."), S(","));
	return str_cat(rq->arena, text, S(" %"));
}

static void
fill_panel(struct req *rq, const struct sortition *s, const struct drawn *d,
    struct view_draw_one *v)
{
	struct str stays = s->stays;
	struct view_draw_one_panel *rows = arena_new(rq->arena,
	    struct view_draw_one_panel, d->n_panel + s->stays.n / 2 + 1);
	while (stays.n > 0)
		rows[v->panel.n++].code = str_cut(&stays, ' ');
	for (ptrdiff_t i = 0; i < d->n_panel; i++)
		rows[v->panel.n++].code = d->panel[i];
	v->panel.p = rows;
	v->stays = s->stays;
}

struct view_chances
draw_chance_list(struct req *rq, const struct drawn *d, bool all)
{
	struct view_chances_list *rows =
	    arena_new(rq->arena, struct view_chances_list, d->n_chances);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < d->n_chances; i++) {
		bool took_part = d->chance[i].chance >= 0;
		if (!took_part && !all)
			continue;
		rows[n++] = (struct view_chances_list){
		    .code = d->chance[i].code,
		    .chance = took_part ? draw_percent(rq, d->chance[i].chance)
					: req_tr(rq, "took no part")};
	}
	return (struct view_chances){.list = {rows, n}};
}

void
draw_add_code(struct buf *b, struct str code)
{
	buf_add(b, b->n > 0 ? S(" ") : S(""));
	buf_add(b, code);
}

static void
fill_chances(struct req *rq, const struct drawn *d, struct view_draw_one *v)
{
	v->chances = draw_chance_list(rq, d, true);
	v->low = draw_percent(rq, d->min);
	v->high = draw_percent(rq, d->max);
	v->method = d->method;
	v->fallback = d->fallback;
}

static void
fill_quotas(struct req *rq, const struct drawn *d, struct view_draw_one *v)
{
	struct view_draw_one_quotas *quotas =
	    arena_new(rq->arena, struct view_draw_one_quotas, d->n_quotas);
	for (ptrdiff_t i = 0; i < d->n_quotas; i++)
		quotas[i] = (struct view_draw_one_quotas){
		    .feature = d->quota[i].feature,
		    .value = d->quota[i].value,
		    .min = d->quota[i].min,
		    .max = d->quota[i].max,
		    .panel = d->quota[i].panel};
	v->quotas.p = quotas;
	v->quotas.n = d->n_quotas;
}

static void
fill_changes(struct req *rq, const struct drawn *d, struct view_draw_one *v)
{
	struct view_draw_one_changes *changes =
	    arena_new(rq->arena, struct view_draw_one_changes, d->n_changes);
	for (ptrdiff_t i = 0; i < d->n_changes; i++)
		changes[i] = (struct view_draw_one_changes){
		    .feature = d->change[i].feature,
		    .value = d->change[i].value,
		    .min = d->change[i].min,
		    .is = d->change[i].is,
		    .to = d->change[i].to};
	v->changes.p = changes;
	v->changes.n = d->n_changes;
}

static enum err
fill_result(struct req *rq, const struct sortition *s, struct view_draw_one *v)
{
	struct drawn drawn = {0};
	v->done = str_eq(s->state, S("done"));
	v->impossible = str_eq(s->state, S("impossible"));
	v->failed = str_eq(s->state, S("failed"));
	if (!v->done && !v->impossible)
		return ERR_OK;
	enum err e = sortition_read(rq->arena, s->result, &drawn);
	if (e != ERR_OK)
		return e;
	fill_panel(rq, s, &drawn, v);
	fill_chances(rq, &drawn, v);
	fill_quotas(rq, &drawn, v);
	fill_changes(rq, &drawn, v);
	return ERR_OK;
}

static const struct {
	struct str key;
	const char *label;
} ways[] = {
    {S_INIT(""), N_("Nothing")},
    {S_INIT("chances"), N_("The smallest and the largest chance")},
    {S_INIT("codes"), N_("Also codes, and the chance of each")},
};

static void
fill_public(struct req *rq, const struct sortition *s, struct view_draw_one *v)
{
	struct view_draw_one_ways *rows =
	    arena_new(rq->arena, struct view_draw_one_ways, COUNT_OF(ways));
	for (ptrdiff_t i = 0; i < COUNT_OF(ways); i++)
		rows[i] = (struct view_draw_one_ways){.value = ways[i].key,
		    .label = req_tr(rq, ways[i].label),
		    .chosen = str_eq(s->published, ways[i].key)};
	v->ways.p = rows;
	v->ways.n = COUNT_OF(ways);
	v->publish_action = draw_href(rq, s->id, "/offentlig");
	v->publish_key = req_new_key(rq);
	if (s->published.n > 0)
		v->public_href = str_cat(
		    rq->arena, S("/lodtraekning/"), id_text(rq->arena, s->id));
}

/* How far its job is; a job that ended badly ends the draw. */
static enum err
fill_progress(
    struct req *rq, const struct sortition *s, struct view_draw_one *v)
{
	struct job job;
	if (!str_eq(s->state, S("waiting")))
		return ERR_OK;
	enum err e = job_get(rq->db, rq->arena, &rq->who, s->id, &job);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	v->failed = e == ERR_NOT_FOUND || str_eq(job.state, S("failed"));
	v->waiting = !v->failed;
	v->step = v->waiting ? job.done : 0;
	v->steps = 3;
	return ERR_OK;
}

static enum err
load(struct req *rq, struct sortition *s)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? sortition_get(rq->db, rq->arena, &rq->who, id, s)
			   : e;
}

/* GET /netvaerk/N/lodtraekning/ID */
enum err
page_draw(struct req *rq)
{
	const struct plan *plan;
	struct sortition s;
	enum err e = load(rq, &s);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_draw_one v = {
	    .head = shell_network_head(rq, req_tr(rq, "Draw by lot"),
		record_value(&plan->network, "name"), "mennesker"),
	    .foot = shell_foot(rq),
	    .when = lang_time(rq->arena, rq->lang, s.created_us),
	    .size = s.size,
	    .seed = s.seed,
	    .may_draw = actor_may(&rq->who, CAP_ASK),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .list_href = req_network_path(rq, "/lodtraekning"),
	    .self_href = draw_href(rq, s.id, ""),
	    .again_action = draw_href(rq, s.id, "/igen"),
	    .proof_href = draw_href(rq, s.id, "/bevis.json"),
	    .people_href = draw_href(rq, s.id, "/pulje.csv"),
	    .targets_href = draw_href(rq, s.id, "/kvoter.csv"),
	};
	fill_public(rq, &s, &v);
	e = fill_result(rq, &s, &v);
	if (e == ERR_OK)
		e = fill_progress(rq, &s, &v);
	if (e != ERR_OK)
		return e;
	tmpl_draw_one(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- replacements ---- */

/* Who of the panel is ticked leaves, the others stay. */
static void
part(struct req *rq, struct str code, struct buf *stays, struct buf *gone)
{
	struct str name = str_cat(rq->arena, S("gone-"), code);
	draw_add_code(req_checked(rq, name) ? gone : stays, code);
}

/* POST /netvaerk/N/lodtraekning/ID/igen: draws others in the place of those
 * who drop out, from the same files. */
enum err
page_draw_again(struct req *rq)
{
	struct sortition before;
	struct drawn drawn;
	struct buf stays = buf_new(rq->arena, DRAW_CODES_BYTES);
	struct buf gone = buf_new(rq->arena, DRAW_CODES_BYTES);
	enum err e = load(rq, &before);
	if (e == ERR_OK && !str_eq(before.state, S("done")))
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = sortition_read(rq->arena, before.result, &drawn);
	if (e != ERR_OK)
		return e;
	buf_add(&gone, before.gone);
	for (struct str rest = before.stays; rest.n > 0;)
		part(rq, str_cut(&rest, ' '), &stays, &gone);
	for (ptrdiff_t i = 0; i < drawn.n_panel; i++)
		part(rq, drawn.panel[i], &stays, &gone);
	struct sortition s = before;
	s.id =
	    id_is_set(rq->form_key) ? rq->form_key : id_new(rq->http->now_us);
	s.after = before.id;
	s.seed = req_form(rq, S("seed"));
	s.stays = buf_str(&stays);
	s.gone = buf_str(&gone);
	if (s.seed.n == 0 || s.gone.n == before.gone.n || stays.full ||
	    gone.full)
		return req_redirect(rq, "%.*s?besked=ingen-frafald",
		    STR_ARG(draw_href(rq, before.id, "")));
	e = sortition_add(rq->db, rq->arena, &rq->who, &s);
	if (e != ERR_OK)
		return e;
	rq->kick = true;
	return req_redirect(rq, "%.*s", STR_ARG(draw_href(rq, s.id, "")));
}

/* ---- files ---- */

/* GET /netvaerk/N/lodtraekning/ID/bevis.json */
enum err
page_draw_proof(struct req *rq)
{
	struct sortition s;
	enum err e = load(rq, &s);
	return e == ERR_OK
	    ? req_file(rq, S("application/json"), S("bevis.json"), s.proof)
	    : e;
}

/* GET /netvaerk/N/lodtraekning/ID/pulje.csv */
enum err
page_draw_people(struct req *rq)
{
	struct sortition s;
	enum err e = load(rq, &s);
	return e == ERR_OK ? req_file(rq, S("text/csv; charset=utf-8"),
				 S("pulje.csv"), s.people)
			   : e;
}

/* GET /netvaerk/N/lodtraekning/ID/kvoter.csv */
enum err
page_draw_targets(struct req *rq)
{
	struct sortition s;
	enum err e = load(rq, &s);
	return e == ERR_OK ? req_file(rq, S("text/csv; charset=utf-8"),
				 S("kvoter.csv"), s.targets)
			   : e;
}
