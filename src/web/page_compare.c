/* SPDX-License-Identifier: MPL-2.0 */

/* For the secretariat: the networks side by side, and people who are asked again
 * and again. */
#include "base/buf.h"
#include "model/compare.h"
#include "model/setting.h"
#include "model/standing.h"
#include "view_asked_often.h"
#include "view_compare.h"
#include "web/indicator.h"
#include "web/pages.h"
#include "web/shell.h"

enum { AT_ONCE = 10 };

static struct str
percent(struct req *rq, struct share share)
{
	if (share.whole == 0)
		return S("–");
	return str_cat(rq->arena,
	    lang_int(rq->arena, rq->lang, 100 * share.part / share.whole),
	    S(" %"));
}

static struct str
promise_of(struct req *rq, enum promise_kept kept)
{
	static const char *const words[] = {
	    [PROMISE_NONE] = N_("none is given"),
	    [PROMISE_TOO_EARLY] = N_("too early"),
	    [PROMISE_KEPT] = N_("kept"),
	    [PROMISE_BROKEN] = N_("not kept yet"),
	};
	return req_tr(rq, words[kept]);
}

static struct view_compare_networks
row_of(struct req *rq, const struct compared *c)
{
	return (struct view_compare_networks){
	    .href = str_cat(
		rq->arena, S("/netvaerk/"), id_text(rq->arena, c->network)),
	    .name = c->name,
	    .coverage = percent(rq, c->coverage),
	    .skew = c->skew < 0
		? S("–")
		: lang_int(rq->arena, rq->lang, (int64_t)(c->skew * 100 + 0.5)),
	    .busiest = percent(rq, c->busiest),
	    .influence = percent(rq, c->influence),
	    .wait = c->wait_days < 0
		? S("–")
		: lang_int(rq->arena, rq->lang, c->wait_days),
	    .promise = promise_of(rq, c->promise),
	    .risk = lang_int(rq->arena, rq->lang, c->risk),
	    .minutes = percent(rq, c->minutes),
	    .contradicted = percent(rq, c->contradicted),
	    .traced = percent(rq, c->traced)};
}

static void
fill_explained(struct req *rq, struct view_compare *v)
{
	static const struct str keys[] = {S_INIT("coverage"),
	    S_INIT("skewness"), S_INIT("same_again"), S_INIT("influence"),
	    S_INIT("promise_kept"), S_INIT("sham_risk"), S_INIT("spent_time"),
	    S_INIT("contradiction"), S_INIT("traced")};
	struct view_compare_explained *rows =
	    arena_new(rq->arena, struct view_compare_explained, COUNT_OF(keys));
	for (ptrdiff_t i = 0; i < COUNT_OF(keys); i++)
		rows[i].indicator = indicator_view(rq, keys[i], NULL);
	v->explained.p = rows;
	v->explained.n = COUNT_OF(keys);
}

static enum err
fill_networks(struct req *rq, const struct standings *all, ptrdiff_t from,
    struct view_compare *v)
{
	struct settings_now now;
	struct compare_ask ask = {
	    .n = all->n - from < AT_ONCE ? all->n - from : AT_ONCE};
	struct id *ids = arena_new(rq->arena, struct id, ask.n);
	struct compared *c = arena_new(rq->arena, struct compared, ask.n);
	for (ptrdiff_t i = 0; i < ask.n; i++)
		ids[i] = all->list[from + i].network;
	ask.network = ids;
	enum err e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e == ERR_OK) {
		ask.k = setting_number(&now, S("k"));
		e = compare_networks(rq->db, rq->arena, &rq->who, &ask, c);
	}
	if (e != ERR_OK)
		return e;
	struct view_compare_networks *rows =
	    arena_new(rq->arena, struct view_compare_networks, ask.n);
	for (ptrdiff_t i = 0; i < ask.n; i++)
		rows[i] = row_of(rq, &c[i]);
	v->networks.p = rows;
	v->networks.n = ask.n;
	return ERR_OK;
}

static struct str
href_from(struct req *rq, ptrdiff_t from)
{
	return str_fmt(rq->arena, "/sekretariat/sammenlign?fra=%td", from);
}

/* GET /sekretariat/sammenlign?fra=N: by name. */
enum err
page_compare(struct req *rq)
{
	int64_t asked = 0;
	struct standings all;
	struct view_compare v = {
	    .head = shell_head(rq, req_tr(rq, "Networks side by side")),
	    .foot = shell_foot(rq)};
	enum err e = standing_all(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	standing_sort(rq->arena, &all, STANDING_NAME);
	if (!str_int(req_query(rq, S("fra")), &asked) || asked < 0 ||
	    asked >= all.n)
		asked = 0;
	ptrdiff_t from = (ptrdiff_t)asked / AT_ONCE * AT_ONCE;
	e = fill_networks(rq, &all, from, &v);
	if (e != ERR_OK)
		return e;
	v.total = all.n;
	if (from > 0)
		v.before_href = href_from(rq, from - AT_ONCE);
	if (from + AT_ONCE < all.n)
		v.next_href = href_from(rq, from + AT_ONCE);
	fill_explained(rq, &v);
	tmpl_compare(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /sekretariat/spurgt */
enum err
page_asked_often(struct req *rq)
{
	struct asked_oftens all;
	enum err e = asked_often_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_asked_often_people *rows =
	    arena_new(rq->arena, struct view_asked_often_people, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = (struct view_asked_often_people){.number = i + 1,
		    .times = all.list[i].times,
		    .minutes = all.list[i].minutes,
		    .where = all.list[i].where};
	struct view_asked_often v = {
	    .head = shell_head(rq, req_tr(rq, "Asked again and again")),
	    .foot = shell_foot(rq),
	    .times = all.times,
	    .days = all.days,
	    .total = all.n,
	    .people = {rows, all.n}};
	req_note(rq, "asked_often.look", rq->org->id);
	tmpl_asked_often(&rq->out, rq->lang, &v);
	return req_html(rq);
}
