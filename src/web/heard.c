/* SPDX-License-Identifier: MPL-2.0 */
#include "web/heard.h"

#include "model/setting.h"

static bool
is_chosen(const struct record *group)
{
	struct str state = record_value(group, "state");
	return str_eq(state, S("chosen")) || str_eq(state, S("involved"));
}

static int64_t
voices_of(const struct skew *skew, struct id group)
{
	for (ptrdiff_t i = 0; i < skew->n_groups; i++) {
		if (id_eq(skew->group[i], group))
			return skew->of_group[i];
	}
	return 0;
}

static struct str
count_words(struct req *rq, int64_t n, int64_t k)
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
		if (!is_chosen(r))
			continue;
		int64_t voices = voices_of(skew, r->id);
		out->list[out->n++] =
		    (struct heard_group){.name = plan_title(plan, rq->arena, r),
			.voices = voices,
			.wanted = record_number(r, "estimate"),
			.words = count_words(rq, voices, few ? k : 0)};
	}
	out->distance = distance(rq->arena, out);
	return ERR_OK;
}
