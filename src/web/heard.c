/* SPDX-License-Identifier: MPL-2.0 */
#include "web/heard.h"

#include "model/activity.h"
#include "model/catalogue.h"
#include "model/setting.h"

enum err
heard_skew(struct req *rq, struct skew *skew, struct rules *rules)
{
	struct rule_limits limits;
	enum err e = activity_limits(rq->db, rq->arena, &rq->who, &limits);
	if (e == ERR_OK)
		e = skew_get(
		    rq->db, rq->arena, &rq->who, limits.of[LIMIT_R8_TOP], skew);
	if (e != ERR_OK)
		return e;
	*rules = rules_new(rq->arena, rq->lang, &limits);
	rule_skewed(rules, skew);
	return ERR_OK;
}

struct str
heard_count(struct req *rq, int64_t n, int64_t k)
{
	if (n > 0 && n < k)
		return req_tr1(
		    rq, "fewer than %1", lang_int(rq->arena, rq->lang, k));
	return lang_int(rq->arena, rq->lang, n);
}

static double
distance(struct arena *a, const struct heard *h)
{
	int64_t *wanted = arena_new(a, int64_t, h->n);
	int64_t *voices = arena_new(a, int64_t, h->n);
	for (ptrdiff_t i = 0; i < h->n; i++) {
		wanted[i] = h->list[i].wanted;
		voices[i] = h->list[i].voices;
	}
	return skew_distance(wanted, voices, h->n);
}

static int64_t
said_by(const struct spread *spread, struct str kind)
{
	for (ptrdiff_t i = 0; i < spread->n; i++) {
		if (str_eq(spread->kind[i], kind))
			return spread->voices[i];
	}
	return 0;
}

/* Those that said nothing stand there too. */
static enum err
add_kinds(struct req *rq, bool few, struct heard *out)
{
	struct spread spread;
	struct catalogue_items all = catalogue_list(S("actor_kinds"));
	enum err e = spread_get(rq->db, rq->arena, &rq->who, &spread);
	if (e != ERR_OK)
		return e;
	out->kind = arena_new(rq->arena, struct heard_group, all.n);
	out->n_kinds = all.n;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		int64_t n = said_by(&spread, all.list[i].key);
		out->kind[i] = (struct heard_group){
		    .name = catalogue_words(&all.list[i], rq->lang)->name,
		    .voices = n,
		    .words = heard_count(rq, n, few ? out->k : 0)};
	}
	return ERR_OK;
}

enum err
heard_groups(struct req *rq, const struct plan *plan, const struct skew *skew,
    bool few, struct heard *out)
{
	struct settings_now now;
	const struct records *all = &plan->of[KIND_GROUP];
	enum err e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	int64_t k = setting_number(&now, S("k"));
	*out = (struct heard){
	    .list = arena_new(rq->arena, struct heard_group, all->n), .k = k};
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (!group_is_chosen(record_value(r, "state")))
			continue;
		int64_t voices = skew_of_group(skew, r->id);
		out->list[out->n++] =
		    (struct heard_group){.name = plan_title(plan, rq->arena, r),
			.voices = voices,
			.wanted = record_number(r, "estimate"),
			.words = heard_count(rq, voices, few ? k : 0)};
	}
	out->distance = distance(rq->arena, out);
	return add_kinds(rq, few, out);
}
