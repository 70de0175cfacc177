/* SPDX-License-Identifier: MPL-2.0 */

/* /api/v1: ideas.  Read are those that everybody may read; what a program
 * brings in is looked at before anybody sees it. */
#include "base/buf.h"
#include "model/idea_bank.h"
#include "web/api.h"
#include "web/idea_view.h"
#include "web/pages.h"

/* ---- reading ---- */

static void
add_origins(struct req *rq, struct buf *b, const struct ideas *all,
    const struct idea *idea)
{
	bool begun = false;
	buf_add(b, S("\"builds_on\": ["));
	for (ptrdiff_t i = 0; i < all->n_links; i++) {
		const struct idea_link *link = &all->link[i];
		if (link->undone_us != 0 ||
		    !id_eq(link->idea, idea->record.id) ||
		    idea_find(all, link->made_of) == NULL)
			continue;
		buf_add(b, begun ? S(", ") : S(""));
		begun = true;
		buf_json(b, id_text(rq->arena, link->made_of));
	}
	buf_add(b, S("]"));
}

static void
add_idea(struct req *rq, struct buf *b, const struct ideas *all,
    const struct idea *idea)
{
	buf_add(b, S("{"));
	api_add_text(b, "id", idea->record.id_text);
	api_add_text(b, "title", idea->title);
	api_add_text(b, "text", idea->words);
	api_add_text(b, "state", record_value(&idea->record, "state"));
	api_add_text(b, "reason", record_value(&idea->record, "reason"));
	buf_fmt(b, "\"combined\": %s, ", idea->combined ? "true" : "false");
	add_origins(rq, b, all, idea);
	buf_add(b, S("}"));
}

static enum err
get_ideas(struct req *rq, struct ideas *all)
{
	struct api api;
	struct idea_view view = {.reader = IDEA_PUBLIC};
	enum err e = api_enter(rq, TOKEN_READ, &api);
	return e == ERR_OK ? idea_list(rq->db, rq->arena, &api.in, &view, all)
			   : e;
}

/* GET /api/v1/ideas */
enum err
page_api_ideas(struct req *rq)
{
	struct ideas all;
	enum err e = get_ideas(rq, &all);
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	buf_add(&b, S("["));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		buf_add(&b, i > 0 ? S(",\n") : S("\n"));
		add_idea(rq, &b, &all, &all.list[i]);
	}
	buf_add(&b, S("]\n"));
	return b.full ? ERR_TOO_LARGE : api_answer(rq, buf_str(&b));
}

/* GET /api/v1/ideas/ID */
enum err
page_api_idea(struct req *rq)
{
	struct id id;
	struct ideas all;
	enum err e = get_ideas(rq, &all);
	if (e == ERR_OK)
		e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	const struct idea *idea = idea_find(&all, id);
	if (idea == NULL)
		return ERR_NOT_FOUND;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	add_idea(rq, &b, &all, idea);
	return api_answer(rq, buf_str(&b));
}

/* ---- taking part ---- */

/* What is done for somebody without an account is the program's doing. */
static struct actor
program_in(struct req *rq, const struct api *api)
{
	struct actor program = req_program(rq);
	return actor_inside(&program, api->token.network);
}

static int64_t
scope_of(struct str readers)
{
	return str_eq(readers, S("network")) ? SCOPE_NETWORK
	    : str_eq(readers, S("decision")) ? SCOPE_DECISION
	    : str_eq(readers, S("public"))   ? SCOPE_PUBLIC
					     : -1;
}

static enum err
give(struct req *rq, struct api *api, struct id built_on)
{
	json_t *body;
	struct actor program = program_in(rq, api);
	struct idea_given g = {
	    .id = id_new(rq->http->now_us), .built_on = built_on};
	enum err e = api_body(rq, 4, &body);
	if (e != ERR_OK)
		return e;
	g.text = api_member(rq, body, "text");
	g.scope = scope_of(api_member(rq, body, "readers"));
	g.told = idea_told(rq, g.scope);
	g.grown_up = json_is_true(json_object_get(body, "of_age"));
	e = idea_bring(
	    rq->db, rq->arena, &program, &g, api_participant(rq, api, body));
	if (e != ERR_OK)
		return e;
	struct str id = id_text(rq->arena, g.id);
	return api_done(rq, api, 201,
	    str_fmt(rq->arena, "{\"id\": \"%.*s\", \"state\": \"waiting\"}\n",
		STR_ARG(id)));
}

/* POST /api/v1/ideas */
enum err
page_api_idea_give(struct req *rq)
{
	struct api api;
	bool again;
	enum err e = api_enter_once(rq, &api, &again);
	return e == ERR_OK && !again ? give(rq, &api, (struct id){0}) : e;
}

/* POST /api/v1/ideas/ID/builds */
enum err
page_api_idea_build(struct req *rq)
{
	struct api api;
	struct id on;
	bool again;
	enum err e = api_enter_once(rq, &api, &again);
	if (e != ERR_OK || again)
		return e;
	e = req_param_id(rq, S("id"), &on);
	return e == ERR_OK ? give(rq, &api, on) : e;
}

/* POST /api/v1/ideas/ID/withdrawal */
enum err
page_api_idea_withdraw(struct req *rq)
{
	struct api api;
	struct id id;
	bool again;
	json_t *body;
	enum err e = api_enter_once(rq, &api, &again);
	if (e != ERR_OK || again)
		return e;
	e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = api_body(rq, 1, &body);
	if (e != ERR_OK)
		return e;
	struct actor program = program_in(rq, &api);
	e = idea_take_away(
	    rq->db, rq->arena, &program, id, api_participant(rq, &api, body));
	return e == ERR_OK
	    ? api_done(rq, &api, 201, S("{\"state\": \"withdrawn\"}\n"))
	    : e;
}
