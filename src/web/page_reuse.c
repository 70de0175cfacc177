/* SPDX-License-Identifier: MPL-2.0 */

/* Taking over what another network asked and did. */
#include "model/reuse.h"
#include "view_reuse.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

struct look {
	struct req *rq;
	struct id from; /* not set: none is chosen yet */
	struct reusable there;
	struct str error;
};

static struct str
label_of(struct req *rq, const struct plan *plan, const struct record *r)
{
	const struct catalogue_item *method = NULL;
	struct str title = plan_title(plan, rq->arena, r);
	if (r->kind == KIND_ACTIVITY)
		method =
		    plan_choice(plan, "methods", record_value(r, "method"));
	return method == NULL ? title
			      : STR_JOIN(rq->arena, title, S(" · "),
				    catalogue_words(method, rq->lang)->name);
}

/* Of what there is one of, none when this network has it. */
static bool
may_take(const struct plan *plan, enum record_kind kind)
{
	return !record_def(kind)->single || plan_single(plan, kind) == NULL;
}

static void
fill_parts(const struct look *l, const struct plan *plan, struct view_reuse *v)
{
	static const char *const legends[REUSE_KINDS] = {N_("Purpose"),
	    N_("Need"), N_("Promise"), N_("Open questions"),
	    N_("Target groups, with their roles"), N_("Documentation"),
	    N_("Activities")};
	struct req *rq = l->rq;
	struct view_reuse_parts *parts =
	    arena_new(rq->arena, struct view_reuse_parts, REUSE_KINDS);
	for (int i = 0; i < REUSE_KINDS; i++) {
		const struct records *all = &l->there.of[i];
		struct view_reuse_parts_rows *rows =
		    arena_new(rq->arena, struct view_reuse_parts_rows, all->n);
		if (all->n == 0 || !may_take(plan, reuse_kind(i)))
			continue;
		for (ptrdiff_t k = 0; k < all->n; k++)
			rows[k] = (struct view_reuse_parts_rows){
			    .id = STR_JOIN(rq->arena,
				str_c(record_def(reuse_kind(i))->slug), S("."),
				id_text(rq->arena, all->list[k].id)),
			    .label = label_of(rq, plan, &all->list[k]),
			    .detail = reuse_words(rq->arena, &l->there,
				&all->list[k],
				plan_title(plan, rq->arena, &all->list[k]))};
		parts[v->parts.n++] = (struct view_reuse_parts){
		    .legend = req_tr(rq, legends[i]), .rows = {rows, all->n}};
	}
	v->parts.p = parts;
}

/* The others that one may read. */
static enum err
fill_networks(const struct look *l, struct view_reuse *v)
{
	struct req *rq = l->rq;
	struct network_lines all;
	enum err e = network_mine(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (id_eq(all.list[i].id, rq->who.network))
			continue;
		rows[n++] = (struct view_option){
		    .value = id_text(rq->arena, all.list[i].id),
		    .label = all.list[i].name,
		    .chosen = id_eq(all.list[i].id, l->from)};
	}
	v->networks = (struct view_option_array){rows, n};
	return ERR_OK;
}

static enum err
show(const struct look *l, int status)
{
	const struct plan *plan;
	struct req *rq = l->rq;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_reuse v = {
	    .head = shell_network_head(rq,
		req_tr(rq, "Take over from another network"),
		record_value(&plan->network, "name"), "aktiviteter"),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, l->error),
	    .action = req_network_path(rq, "/genbrug"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq)};
	if (id_is_set(l->from)) {
		v.from = id_text(rq->arena, l->from);
		v.name = record_value(&l->there.network, "name");
		fill_parts(l, plan, &v);
	}
	e = fill_networks(l, &v);
	if (e != ERR_OK)
		return e;
	tmpl_reuse(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/genbrug?fra=ID */
enum err
page_reuse(struct req *rq)
{
	struct look l = {.rq = rq};
	enum err e = ERR_OK;
	if (id_parse(req_query(rq, S("fra")), &l.from))
		e = reuse_look(rq->db, rq->arena, &rq->who, l.from, &l.there);
	return e == ERR_OK ? show(&l, 200) : e;
}

/* "spoergsmaal.ID ..." */
static void
read_picks(struct req *rq, struct reuse *reuse)
{
	struct str chosen = req_form_all(rq, S("record"));
	while (chosen.n > 0 && reuse->n <= REUSE_MOST) {
		struct str id = str_cut(&chosen, ' ');
		struct str slug = str_cut(&id, '.');
		struct reuse_pick *pick = &reuse->pick[reuse->n];
		if (!record_kind_by_slug(slug, &pick->kind) ||
		    !id_parse(id, &pick->id))
			pick->kind = KIND_NETWORK; /* refused with the rest */
		reuse->n++;
	}
}

/* POST /netvaerk/N/genbrug */
enum err
page_reuse_copy(struct req *rq)
{
	struct look l = {.rq = rq};
	if (!id_parse(req_form(rq, S("fra")), &l.from))
		return ERR_INVALID;
	struct reuse *reuse = arena_new(rq->arena, struct reuse, 1);
	reuse->from = l.from;
	read_picks(rq, reuse);
	enum err e = reuse_copy(rq->db, rq->arena, &rq->who, reuse);
	if (e == ERR_INVALID) {
		l.error = req_tr(rq,
		    "Tick what you want to take over, at most "
		    "50 at a time.");
		e = reuse_look(rq->db, rq->arena, &rq->who, l.from, &l.there);
		if (e == ERR_NOT_FOUND)
			l.from = (struct id){0};
		return e == ERR_OK || e == ERR_NOT_FOUND ? show(&l, 422) : e;
	}
	if (e == ERR_CONFLICT) {
		l.error = req_tr(rq, "This network has that already.");
		e = reuse_look(rq->db, rq->arena, &rq->who, l.from, &l.there);
		return e == ERR_OK ? show(&l, 409) : e;
	}
	if (e != ERR_OK)
		return e;
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	struct str path = req_network_path(rq, "/plan");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}
