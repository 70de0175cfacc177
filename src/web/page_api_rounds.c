/* SPDX-License-Identifier: MPL-2.0 */

/* /api/v1: rounds of priorities, as far as a citizen's page shows them: no
 * drafts, no rounds for staff alone, rankings once they are seen. */
#include "base/buf.h"
#include "model/idea.h"
#include "report/turnout.h"
#include "web/api.h"
#include "web/pages.h"
#include "web/round_view.h"

static bool
is_shown(const struct round *r)
{
	return r->state != ROUND_DRAFT && r->method != ROUND_VALUE;
}

static enum err
get_round(struct req *rq, const struct api *api, struct round *r)
{
	enum err e = round_of(rq, &api->in, r);
	if (e == ERR_OK && !is_shown(r))
		e = ERR_NOT_FOUND;
	return e == ERR_OK
	    ? round_titles_for_all(rq->db, rq->arena, &api->in, r)
	    : e;
}

/* Without the brace that ends it. */
static void
add_round(struct req *rq, struct buf *b, const struct round *r)
{
	buf_add(b, S("{"));
	api_add_text(b, "id", r->record.id_text);
	api_add_text(b, "question", record_value(&r->record, "question"));
	api_add_text(b, "about", record_value(&r->record, "about"));
	api_add_text(b, "opens", record_value(&r->record, "opens"));
	api_add_text(b, "ends", record_value(&r->record, "ends"));
	api_add_text(b, "method", str_c(round_methods[r->method].key));
	api_add_text(
	    b, "state", r->state == ROUND_CLOSED ? S("closed") : S("open"));
	buf_fmt(b,
	    "\"budget\": %lld, \"points\": %lld, \"most\": %lld, "
	    "\"open\": %s",
	    (long long)r->budget, (long long)r->points, (long long)r->most,
	    round_takes(r, rq->http->now_us) ? "true" : "false");
}

static void
add_options(struct req *rq, struct buf *b, const struct round *r)
{
	buf_add(b, S(", \"options\": ["));
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		const struct round_option *o = &r->option[i];
		buf_add(b, i > 0 ? S(",\n{") : S("\n{"));
		api_add_text(b, "title", o->title);
		api_add_text(b, "about", o->about);
		api_add_text(b, "idea",
		    id_is_set(o->idea) ? id_text(rq->arena, o->idea) : S(""));
		buf_fmt(b, "\"number\": %lld, \"cost\": %lld}",
		    (long long)o->number, (long long)o->cost);
	}
	buf_add(b, S("]"));
}

/* GET /api/v1/rounds */
enum err
page_api_rounds(struct req *rq)
{
	struct api api;
	struct rounds all;
	enum err e = api_enter(rq, TOKEN_READ, &api);
	if (e == ERR_OK)
		e = round_list(rq->db, rq->arena, &api.in, &all);
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	buf_add(&b, S("["));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (!is_shown(&all.list[i]))
			continue;
		buf_add(&b, b.n > 1 ? S(",\n") : S("\n"));
		add_round(rq, &b, &all.list[i]);
		buf_add(&b, S("}"));
	}
	buf_add(&b, S("]\n"));
	return b.full ? ERR_TOO_LARGE : api_answer(rq, buf_str(&b));
}

/* GET /api/v1/rounds/ID */
enum err
page_api_round(struct req *rq)
{
	struct api api;
	struct round r;
	enum err e = api_enter(rq, TOKEN_READ, &api);
	if (e == ERR_OK)
		e = get_round(rq, &api, &r);
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	add_round(rq, &b, &r);
	add_options(rq, &b, &r);
	buf_add(&b, S("}\n"));
	return b.full ? ERR_TOO_LARGE : api_answer(rq, buf_str(&b));
}

/* ---- what came of it ---- */

static void
add_side(struct buf *b, const struct round *r, enum round_side side,
    const struct ranking *of)
{
	buf_add(b, S("{"));
	api_add_text(b, "side", round_side_key(side));
	if (of->hidden) {
		buf_add(b, S("\"ballots\": null, \"options\": null}"));
		return;
	}
	buf_fmt(b, "\"ballots\": %lld, \"options\": [", (long long)of->people);
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		const struct ranked *item = &of->item[i];
		buf_add(b, i > 0 ? S(",\n{") : S("\n{"));
		api_add_text(b, "support", item->support);
		buf_fmt(b,
		    "\"number\": %lld, \"first\": %td, \"last\": %td, "
		    "\"chosen\": %s}",
		    (long long)r->option[i].number, item->rating.first,
		    item->rating.last, item->chosen ? "true" : "false");
	}
	buf_add(b, S("]}"));
}

static void
add_count(struct buf *b, const char *key, int64_t n, bool hidden)
{
	buf_fmt(b, "\"%s\": ", key);
	if (hidden)
		buf_add(b, S("null"));
	else
		buf_int(b, n);
}

static void
add_voted(struct buf *b, const struct turnout *t, bool hidden)
{
	add_count(b, "invited", t->invited, hidden);
	buf_add(b, S(", "));
	add_count(b, "could", t->could, hidden);
	buf_add(b, S(", "));
	add_count(b, "voted", t->voted, hidden);
	buf_add(b, S("}"));
}

/* Parts of the citizens, with the same ones hidden as on the page. */
static void
add_parts(struct buf *b, const struct turnouts *all, int64_t k)
{
	const struct turnout *of[TURNOUT_PARTS];
	struct turnout_part part[TURNOUT_PARTS];
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n && n < TURNOUT_PARTS; i++) {
		const struct turnout *t = &all->list[i];
		if (t->side != SIDE_CITIZENS)
			continue;
		of[n] = t;
		part[n++] = (struct turnout_part){t->could, t->voted, false};
	}
	turnout_hide(part, n, k);
	buf_add(b, S("], \"citizens\": ["));
	for (ptrdiff_t i = 0; i < n; i++) {
		buf_add(b, i > 0 ? S(",\n{") : S("\n{"));
		api_add_text(b, "part", of[i]->part);
		add_voted(b, of[i], part[i].hidden);
	}
	buf_add(b, S("]"));
}

static void
add_turnout(struct buf *b, const struct turnouts *all, int64_t k)
{
	struct turnout sum[ROUND_SIDES] = {0};
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct turnout *s = &sum[all->list[i].side];
		s->invited += all->list[i].invited;
		s->could += all->list[i].could;
		s->voted += all->list[i].voted;
	}
	buf_add(b, S("], \"turnout\": ["));
	for (int side = 0; side < ROUND_SIDES; side++) {
		buf_add(b, side > 0 ? S(",\n{") : S("\n{"));
		api_add_text(b, "side", round_side_key((enum round_side)side));
		add_voted(b, &sum[side], false);
	}
	add_parts(b, all, k);
}

/* GET /api/v1/rounds/ID/results */
enum err
page_api_round_results(struct req *rq)
{
	struct api api;
	struct round r;
	struct turnouts turnout;
	struct result_made *m = arena_new(rq->arena, struct result_made, 1);
	bool seen = false;
	enum err e = api_enter(rq, TOKEN_READ, &api);
	if (e == ERR_OK)
		e = get_round(rq, &api, &r);
	if (e == ERR_OK)
		e = tally_is_seen(rq->db, rq->arena, &api.in, &r, &seen);
	if (e == ERR_OK && !seen)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = result_make(rq, &api.in, &r, m);
	if (e == ERR_OK)
		e = round_turnout(rq->db, rq->arena, &api.in, &r, &turnout);
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	buf_fmt(&b, "{\"k\": %lld, \"sides\": [", (long long)m->all.k);
	for (int side = 0; side < ROUND_SIDES; side++) {
		buf_add(&b, side > 0 ? S(",\n") : S("\n"));
		add_side(&b, &r, (enum round_side)side, &m->all.of[side]);
	}
	add_turnout(&b, &turnout, m->all.k);
	buf_add(&b, S("}\n"));
	return b.full ? ERR_TOO_LARGE : api_answer(rq, buf_str(&b));
}

/* ---- taking part ---- */

/* {"option": 3} or {"option": 3, "value": 5}. */
static bool
read_mark(const struct round *r, const json_t *item, struct mark *m)
{
	bool valued = r->method == ROUND_POINTS || r->method == ROUND_STARS;
	*m = (struct mark){.value = 1};
	return json_object_size(item) == (valued ? 2 : 1) &&
	    api_member_int(item, "option", &m->option) &&
	    (!valued || api_member_int(item, "value", &m->value));
}

/* The choices as a ballot that is in order and names nothing twice. */
static enum err
read_ballot(struct req *rq, const struct round *r, const json_t *choices,
    struct ballot *out)
{
	size_t n = json_array_size(choices);
	struct ballot typed = {
	    arena_new(rq->arena, struct mark, (ptrdiff_t)n), (ptrdiff_t)n};
	for (size_t i = 0; i < n; i++) {
		if (!read_mark(r, json_array_get(choices, i), &typed.mark[i]))
			return ERR_INVALID;
	}
	return n > 0 &&
		ballot_parse(rq->arena, r, ballot_text(rq->arena, &typed), out)
	    ? ERR_OK
	    : ERR_INVALID;
}

/* {"left": 2, "right": 7, "chosen": 7}; 0: neither. */
static enum err
choose_pair(struct req *rq, const struct api *api, const struct elector *v,
    const json_t *item)
{
	struct pair p;
	int64_t chosen;
	if (json_object_size(item) != 3 ||
	    !api_member_int(item, "left", &p.left) ||
	    !api_member_int(item, "right", &p.right) ||
	    !api_member_int(item, "chosen", &chosen) || p.left == p.right ||
	    (chosen != 0 && chosen != p.left && chosen != p.right))
		return ERR_INVALID;
	p.which = chosen == 0 ? 0 : chosen == p.left ? 1 : 2;
	return ballot_choose(rq->db, rq->arena, &api->in, v, &p);
}

static enum err
cast(struct req *rq, const struct api *api, const struct elector *v,
    const json_t *choices)
{
	struct ballot b;
	size_t n = json_array_size(choices);
	if (v->round->method != ROUND_PAIRWISE) {
		enum err e = read_ballot(rq, v->round, choices, &b);
		return e == ERR_OK
		    ? ballot_cast(rq->db, rq->arena, &api->in, v, &b)
		    : e;
	}
	enum err e = n > 0 ? ERR_OK : ERR_INVALID;
	for (size_t i = 0; e == ERR_OK && i < n; i++)
		e = choose_pair(rq, api, v, json_array_get(choices, i));
	return e;
}

/* POST /api/v1/rounds/ID/ballots */
enum err
page_api_ballot(struct req *rq)
{
	struct api api;
	struct round r;
	json_t *body;
	bool again;
	enum err e = api_enter_once(rq, &api, &again);
	if (e != ERR_OK || again)
		return e;
	e = get_round(rq, &api, &r);
	if (e == ERR_OK)
		e = api_body(rq, 2, &body);
	if (e == ERR_OK)
		e = round_settle(rq->db, rq->arena, &api.in, &r);
	if (e != ERR_OK)
		return e;
	struct str whom = api_participant(rq, &api, body);
	struct elector v = {.round = &r,
	    .side = SIDE_CITIZENS,
	    .key = ballot_key(rq->arena, &api.in, &r, 'e', whom)};
	if (whom.n == 0)
		return ERR_INVALID;
	if (!round_takes(&r, rq->http->now_us))
		return ERR_DENIED;
	e = cast(rq, &api, &v, json_object_get(body, "choices"));
	return e == ERR_OK ? api_done(rq, &api, 201, S("{\"counted\": true}\n"))
			   : e;
}
