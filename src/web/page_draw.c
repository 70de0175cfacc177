/* SPDX-License-Identifier: MPL-2.0 */

/* Asking for a draw among those who said yes. */
#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/sortition.h"
#include "report/csv.h"
#include "view_draws.h"
#include "web/faults.h"
#include "web/page_draw.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

#define FILE_BYTES ((ptrdiff_t)8 * 1024 * 1024)

struct str
draw_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/lodtraekning/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct str
draw_state_name(struct req *rq, struct str state)
{
	if (str_eq(state, S("done")))
		return req_tr(rq, "drawn");
	if (str_eq(state, S("waiting")))
		return req_tr(rq, "is being worked out");
	return req_tr(rq, "nobody was drawn");
}

/* ---- the form ---- */

/* One end of a quota: its field's name, and the number in it. */
static struct str
end_name(struct req *rq, const char *end, struct str feature, ptrdiff_t value)
{
	return str_fmt(rq->arena, "%s-%.*s-%td", end, STR_ARG(feature), value);
}

struct asking {
	struct req *rq;
	struct pool pool;
	bool posted;
	int64_t size;
	struct faults faults;
};

static void
fault(struct asking *ask, struct str field, struct str label, const char *why)
{
	struct req *rq = ask->rq;
	faults_add(&ask->faults, field, label,
	    req_tr1(rq, why, lang_int(rq->arena, rq->lang, ask->size)));
}

/* "" is `otherwise`; a number from 0 to the size. */
static int64_t
read_end(
    struct asking *ask, struct str name, struct str label, int64_t otherwise)
{
	int64_t n;
	struct str text = req_form(ask->rq, name);
	if (text.n == 0)
		return otherwise;
	if (str_int(text, &n) && n >= 0 && n <= ask->size)
		return n;
	fault(ask, name, label, N_("Write a whole number from 0 to %1."));
	return otherwise;
}

static bool
is_used(struct asking *ask, const struct pool_feature *f)
{
	for (ptrdiff_t v = 0; v < f->n; v++) {
		if (req_checked(ask->rq, end_name(ask->rq, "min", f->key, v)) ||
		    req_checked(ask->rq, end_name(ask->rq, "max", f->key, v)))
			return true;
	}
	return false;
}

static void
add_quotas(struct asking *ask, const struct pool_feature *f, struct csv *csv)
{
	for (ptrdiff_t v = 0; v < f->n; v++) {
		struct str min = end_name(ask->rq, "min", f->key, v);
		struct str max = end_name(ask->rq, "max", f->key, v);
		if (f->value[v].people == 0 && !req_checked(ask->rq, min) &&
		    !req_checked(ask->rq, max))
			continue; /* nobody's, and nobody asks for it */
		int64_t least = read_end(ask, min, f->value[v].name, 0);
		int64_t most = read_end(ask, max, f->value[v].name, ask->size);
		if (most < least)
			fault(ask, max, f->value[v].name,
			    N_("This is less than the least."));
		csv_text(csv, f->name);
		csv_text(csv, f->value[v].name);
		csv_int(csv, least);
		csv_int(csv, most);
		csv_row(csv);
	}
}

static void
add_row(struct csv *csv, struct str a, struct str b, struct str c, struct str d)
{
	csv_text(csv, a);
	csv_text(csv, b);
	csv_text(csv, c);
	csv_text(csv, d);
	csv_row(csv);
}

/* The quotas as they were typed; `used` says of which features.  Without any
 * all are alike. */
static enum err
write_targets(struct asking *ask, bool *used, bool *any, struct str *out)
{
	struct arena *a = ask->rq->arena;
	struct csv csv = csv_new(a, FILE_BYTES, ',', false);
	struct str size = str_fmt(a, "%lld", (long long)ask->size);
	add_row(&csv, S("feature"), S("value"), S("min"), S("max"));
	for (ptrdiff_t k = 0; k < ask->pool.n_features; k++) {
		used[k] = is_used(ask, &ask->pool.feature[k]);
		*any = *any || used[k];
		if (used[k])
			add_quotas(ask, &ask->pool.feature[k], &csv);
	}
	if (!*any)
		add_row(&csv, S("alle"), S("ja"), size, size);
	return csv_done(&csv, out);
}

static enum err
write_people(struct asking *ask, const bool *used, bool any, struct str *out)
{
	const struct pool *pool = &ask->pool;
	struct csv csv = csv_new(ask->rq->arena, FILE_BYTES, ',', false);
	csv_text(&csv, S("id"));
	for (ptrdiff_t k = 0; k < pool->n_features; k++) {
		if (used[k])
			csv_text(&csv, pool->feature[k].name);
	}
	if (!any)
		csv_text(&csv, S("alle"));
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < pool->n; i++) {
		csv_text(&csv, pool->code[i]);
		for (ptrdiff_t k = 0; k < pool->n_features; k++) {
			int32_t v = pool->value[i * pool->n_features + k];
			if (used[k])
				csv_text(&csv, pool->feature[k].value[v].name);
		}
		if (!any)
			csv_text(&csv, S("ja"));
		csv_row(&csv);
	}
	return csv_done(&csv, out);
}

static void
read_size(struct asking *ask)
{
	struct req *rq = ask->rq;
	int64_t most =
	    ask->pool.n < SORTITION_SIZE ? ask->pool.n : SORTITION_SIZE;
	if (str_int(req_form(rq, S("size")), &ask->size) && ask->size >= 1 &&
	    ask->size <= most)
		return;
	ask->size = most;
	fault(ask, S("size"), req_tr(rq, "How many are to be drawn?"),
	    N_("Write a whole number from 1 to %1."));
}

static void
read_seed(struct asking *ask, struct sortition *s)
{
	struct req *rq = ask->rq;
	s->seed = req_form(rq, S("seed"));
	if (utf8_blank(s->seed))
		fault(ask, S("seed"), req_tr(rq, "What decides?"),
		    N_("This must be filled in."));
	else if (cpr_find(s->seed).n > 0)
		fault(ask, S("seed"), req_tr(rq, "What decides?"),
		    N_("There is what looks like a CPR number. Delete it "
		       "before you save."));
	else if (utf8_length(s->seed) > SORTITION_SEED)
		fault(ask, S("seed"), req_tr(rq, "What decides?"),
		    N_("This is too long."));
}

/* ---- the page ---- */

static struct view_draws_features_values *
values_view(struct asking *ask, const struct pool_feature *f)
{
	struct req *rq = ask->rq;
	struct view_draws_features_values *rows =
	    arena_new(rq->arena, struct view_draws_features_values, f->n);
	for (ptrdiff_t v = 0; v < f->n; v++) {
		rows[v] = (struct view_draws_features_values){
		    .name = f->value[v].name,
		    .people = f->value[v].people,
		    .min_name = end_name(rq, "min", f->key, v),
		    .max_name = end_name(rq, "max", f->key, v)};
		rows[v].min = req_form(rq, rows[v].min_name);
		rows[v].max = req_form(rq, rows[v].max_name);
	}
	return rows;
}

static void
fill_features(struct asking *ask, struct view_draws *v)
{
	struct view_draws_features *rows = arena_new(
	    ask->rq->arena, struct view_draws_features, ask->pool.n_features);
	for (ptrdiff_t k = 0; k < ask->pool.n_features; k++) {
		const struct pool_feature *f = &ask->pool.feature[k];
		rows[k].name = f->name;
		rows[k].values.p = values_view(ask, f);
		rows[k].values.n = f->n;
	}
	v->features.p = rows;
	v->features.n = ask->pool.n_features;
}

static enum err
fill_draws(struct req *rq, struct view_draws *v)
{
	struct sortitions all;
	enum err e = sortition_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_draws_draws *rows =
	    arena_new(rq->arena, struct view_draws_draws, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = (struct view_draws_draws){
		    .href = draw_href(rq, all.list[i].id, ""),
		    .when =
			lang_time(rq->arena, rq->lang, all.list[i].created_us),
		    .size = all.list[i].size,
		    .state = draw_state_name(rq, all.list[i].state)};
	v->draws.p = rows;
	v->draws.n = all.n;
	v->has_draws = all.n > 0;
	return ERR_OK;
}

static enum err
begin(struct req *rq, struct asking *ask, const struct plan **plan)
{
	*ask = (struct asking){.rq = rq};
	enum err e = plans_get(rq, plan);
	if (e == ERR_OK)
		e = sortition_pool(
		    rq->db, rq->arena, &rq->who, *plan, &ask->pool);
	if (e != ERR_OK)
		return e;
	ptrdiff_t values = 0;
	for (ptrdiff_t k = 0; k < ask->pool.n_features; k++)
		values += ask->pool.feature[k].n;
	ask->faults = faults_new(rq, 3 * values + 2);
	return ERR_OK;
}

static enum err
show(struct asking *ask, const struct plan *plan, int status)
{
	struct req *rq = ask->rq;
	struct view_draws v = {
	    .head = shell_network_head(rq, req_tr(rq, "Draw by lot"),
		record_value(&plan->network, "name"), "mennesker"),
	    .foot = shell_foot(rq),
	    .pool = ask->pool.n,
	    .may_draw = actor_may(&rq->who, CAP_ASK),
	    .action = req_network_path(rq, "/lodtraekning"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .size = req_form(rq, S("size")),
	    .seed = req_form(rq, S("seed")),
	    .faults = faults_view(&ask->faults),
	};
	if (ask->faults.n > 0)
		v.faults.heading =
		    req_tr(rq, "Nothing was drawn. What you wrote is below.");
	fill_features(ask, &v);
	enum err e = fill_draws(rq, &v);
	if (e != ERR_OK)
		return e;
	tmpl_draws(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/lodtraekning */
enum err
page_draws(struct req *rq)
{
	struct asking ask;
	const struct plan *plan;
	enum err e = begin(rq, &ask, &plan);
	return e == ERR_OK ? show(&ask, plan, 200) : e;
}

/* POST /netvaerk/N/lodtraekning: asks for one, or shows the form again. */
enum err
page_draw_ask(struct req *rq)
{
	struct asking ask;
	const struct plan *plan;
	bool used[POOL_FEATURES] = {0}, any = false;
	struct sortition s = {.id = id_is_set(rq->form_key)
		? rq->form_key
		: id_new(rq->http->now_us)};
	enum err e = begin(rq, &ask, &plan);
	if (e != ERR_OK)
		return e;
	read_size(&ask);
	read_seed(&ask, &s);
	s.size = ask.size;
	e = write_targets(&ask, used, &any, &s.targets);
	if (e == ERR_OK)
		e = write_people(&ask, used, any, &s.people);
	if (e == ERR_OK && ask.faults.n > 0)
		return show(&ask, plan, 422);
	if (e == ERR_OK)
		e = sortition_add(rq->db, rq->arena, &rq->who, &s);
	if (e != ERR_OK)
		return e;
	rq->kick = true;
	return req_redirect(rq, "%.*s", STR_ARG(draw_href(rq, s.id, "")));
}
