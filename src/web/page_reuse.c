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

static struct view_reuse_questions_array
questions_of(struct req *rq, const struct records *all)
{
	struct view_reuse_questions *rows =
	    arena_new(rq->arena, struct view_reuse_questions, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		rows[i] = (struct view_reuse_questions){
		    .id = id_text(rq->arena, all->list[i].id),
		    .text = record_value(&all->list[i], "text")};
	return (struct view_reuse_questions_array){rows, all->n};
}

static struct view_reuse_activities_array
activities_of(
    struct req *rq, const struct plan *plan, const struct records *all)
{
	struct view_reuse_activities *rows =
	    arena_new(rq->arena, struct view_reuse_activities, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct catalogue_item *method = plan_choice(
		    plan, "methods", record_value(&all->list[i], "method"));
		rows[i] = (struct view_reuse_activities){
		    .id = id_text(rq->arena, all->list[i].id),
		    .title = record_value(&all->list[i], "title")};
		if (method != NULL)
			rows[i].method =
			    catalogue_words(method, rq->lang)->name;
	}
	return (struct view_reuse_activities_array){rows, all->n};
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
		v.questions = questions_of(rq, &l->there.questions);
		v.activities = activities_of(rq, plan, &l->there.activities);
		v.any = v.questions.n + v.activities.n > 0;
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

static struct ids
ticked(struct req *rq)
{
	struct str chosen = req_form_all(rq, S("record"));
	struct ids ids = {arena_new(rq->arena, struct id, REUSE_MOST + 1), 0};
	while (chosen.n > 0 && ids.n <= REUSE_MOST) {
		struct id id;
		if (id_parse(str_cut(&chosen, ' '), &id))
			ids.list[ids.n++] = id;
	}
	return ids;
}

/* POST /netvaerk/N/genbrug */
enum err
page_reuse_copy(struct req *rq)
{
	struct look l = {.rq = rq};
	if (!id_parse(req_form(rq, S("fra")), &l.from))
		return ERR_INVALID;
	struct reuse reuse = {l.from, ticked(rq)};
	enum err e = reuse_copy(rq->db, rq->arena, &rq->who, &reuse);
	if (e == ERR_INVALID) {
		l.error = req_tr(rq,
		    "Tick what you want to take over, at most "
		    "50 at a time.");
		e = reuse_look(rq->db, rq->arena, &rq->who, l.from, &l.there);
		if (e == ERR_NOT_FOUND)
			l.from = (struct id){0};
		return e == ERR_OK || e == ERR_NOT_FOUND ? show(&l, 422) : e;
	}
	if (e != ERR_OK)
		return e;
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	struct str path = req_network_path(rq, "/aktiviteter");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}
