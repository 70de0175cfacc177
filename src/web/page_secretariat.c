/* SPDX-License-Identifier: MPL-2.0 */

/* The secretariat's page: every network and where it stands. */
#include "base/buf.h"
#include "model/standing.h"
#include "view_secretariat.h"
#include "web/indicator.h"
#include "web/pages.h"
#include "web/shell.h"

enum { ON_A_PAGE = 50 };

static const struct {
	struct str key;
	const char *label;
} orders[STANDING_ORDERS] = {
    [STANDING_NAME] = {S_INIT("navn"), N_("Name")},
    [STANDING_PHASE] = {S_INIT("fase"), N_("Phase")},
    [STANDING_FILL] = {S_INIT("plan"), N_("Plan, the emptiest first")},
    [STANDING_COVERAGE] = {S_INIT("daekning"),
	N_("Coverage, the smallest first")},
    [STANDING_RISK] = {S_INIT("risiko"), N_("Risk of sham, the largest first")},
    [STANDING_PROMISES] = {S_INIT("loefter"),
	N_("Open promises, the most first")},
    [STANDING_TASKS] = {S_INIT("opgaver"), N_("Late tasks, the most first")},
};

/* What the address asks for; by risk when it says nothing that is known. */
static enum standing_order
asked_order(struct req *rq)
{
	struct str key = req_query(rq, S("orden"));
	for (int i = 0; i < STANDING_ORDERS; i++) {
		if (str_eq(orders[i].key, key))
			return (enum standing_order)i;
	}
	return STANDING_RISK;
}

static ptrdiff_t
asked_start(struct req *rq, ptrdiff_t total)
{
	int64_t from;
	if (!str_int(req_query(rq, S("fra")), &from) || from < 0 ||
	    from >= total)
		return 0;
	return (ptrdiff_t)from / ON_A_PAGE * ON_A_PAGE;
}

static struct str
href_from(struct req *rq, enum standing_order order, ptrdiff_t from)
{
	return str_fmt(rq->arena, "/sekretariat?orden=%.*s&fra=%td",
	    STR_ARG(orders[order].key), from);
}

static struct view_secretariat_networks
network_view(struct req *rq, const struct standing *s)
{
	return (struct view_secretariat_networks){
	    .href = str_cat(
		rq->arena, S("/netvaerk/"), id_text(rq->arena, s->network)),
	    .name = s->name,
	    .state = network_state_name(rq, s->state),
	    .phase = s->phase,
	    .filled = s->fill.filled,
	    .parts = s->fill.parts,
	    .reached = s->coverage.part,
	    .whole = s->coverage.whole,
	    .risk = s->sham.risk,
	    .promises = s->promises,
	    .late_promises = s->late_promises,
	    .late_tasks = s->late_tasks,
	};
}

static void
fill_networks(struct req *rq, const struct standings *all,
    enum standing_order order, struct view_secretariat *v)
{
	ptrdiff_t from = asked_start(rq, all->n);
	ptrdiff_t n = all->n - from < ON_A_PAGE ? all->n - from : ON_A_PAGE;
	struct view_secretariat_networks *rows =
	    arena_new(rq->arena, struct view_secretariat_networks, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rows[i] = network_view(rq, &all->list[from + i]);
	v->networks.p = rows;
	v->networks.n = n;
	v->total = all->n;
	if (from > 0)
		v->before_href = href_from(rq, order, from - ON_A_PAGE);
	if (from + n < all->n)
		v->next_href = href_from(rq, order, from + n);
}

static void
fill_orders(
    struct req *rq, enum standing_order order, struct view_secretariat *v)
{
	struct view_secretariat_orders *rows = arena_new(
	    rq->arena, struct view_secretariat_orders, STANDING_ORDERS);
	for (int i = 0; i < STANDING_ORDERS; i++)
		rows[i] =
		    (struct view_secretariat_orders){.value = orders[i].key,
			.label = req_tr(rq, orders[i].label),
			.chosen = i == (int)order};
	v->orders.p = rows;
	v->orders.n = STANDING_ORDERS;
}

static void
fill_explained(struct req *rq, struct view_secretariat *v)
{
	struct view_secretariat_explained *both =
	    arena_new(rq->arena, struct view_secretariat_explained, 2);
	both[0].indicator = indicator_view(rq, S("coverage"), NULL);
	both[1].indicator =
	    indicator_view(rq, S("sham_risk"), &(struct sham){0});
	v->explained.p = both;
	v->explained.n = 2;
}

/* GET /sekretariat?orden=ORDER&fra=N */
enum err
page_secretariat(struct req *rq)
{
	struct standings all;
	enum standing_order order = asked_order(rq);
	enum err e = standing_all(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	standing_sort(rq->arena, &all, order);
	struct view_secretariat v = {
	    .head = shell_head(rq, req_tr(rq, "All networks")),
	    .foot = shell_foot(rq),
	    .may_rules = actor_may(&rq->who, CAP_CATALOGUE),
	};
	fill_networks(rq, &all, order, &v);
	fill_orders(rq, order, &v);
	fill_explained(rq, &v);
	tmpl_secretariat(&rq->out, rq->lang, &v);
	return req_html(rq);
}
