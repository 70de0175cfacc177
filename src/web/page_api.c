/* SPDX-License-Identifier: MPL-2.0 */

/* /api/v1: dialogues, their statements and results, and taking part in them.
 * What may be seen is what may be seen everywhere: nothing under k people, no
 * statement that waits. */
#include "base/buf.h"
#include "web/api.h"
#include "web/pages.h"
#include "web/rooms.h"

/* ---- reading ---- */

static bool
is_draft(const struct record *r)
{
	return str_eq(record_value(r, "state"), S("draft"));
}

static void
add_dialogue(struct req *rq, struct buf *b, const struct record *r,
    const struct actor *in)
{
	buf_add(b, S("{"));
	api_add_text(b, "id", id_text(rq->arena, r->id));
	api_add_text(b, "question", record_value(r, "question"));
	api_add_text(b, "about", record_value(r, "about"));
	api_add_text(b, "ends", record_value(r, "ends"));
	api_add_text(b, "own_statements", record_value(r, "own"));
	buf_fmt(b, "\"open\": %s}", dialogue_is_open(r, in) ? "true" : "false");
}

/* The dialogue of the path; a draft is not there. */
static enum err
get_dialogue(struct req *rq, const struct api *api, struct record *r)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = record_get(
		    rq->db, rq->arena, &api->in, KIND_DIALOGUE, id, r);
	return e == ERR_OK && is_draft(r) ? ERR_NOT_FOUND : e;
}

/* GET /api/v1/dialogues */
enum err
page_api_dialogues(struct req *rq)
{
	struct api api;
	struct records all;
	enum err e = api_enter(rq, TOKEN_READ, &api);
	if (e == ERR_OK)
		e = record_list(
		    rq->db, rq->arena, &api.in, KIND_DIALOGUE, &all);
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	buf_add(&b, S("["));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (is_draft(&all.list[i]))
			continue;
		buf_add(&b, b.n > 1 ? S(",\n") : S("\n"));
		add_dialogue(rq, &b, &all.list[i], &api.in);
	}
	buf_add(&b, S("]\n"));
	return b.full ? ERR_TOO_LARGE : api_answer(rq, buf_str(&b));
}

/* GET /api/v1/dialogues/ID */
enum err
page_api_dialogue(struct req *rq)
{
	struct api api;
	struct record r;
	enum err e = api_enter(rq, TOKEN_READ, &api);
	if (e == ERR_OK)
		e = get_dialogue(rq, &api, &r);
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	add_dialogue(rq, &b, &r, &api.in);
	return api_answer(rq, buf_str(&b));
}

/* GET /api/v1/dialogues/ID/statements */
enum err
page_api_statements(struct req *rq)
{
	struct api api;
	struct record r;
	struct statements all;
	enum err e = api_enter(rq, TOKEN_READ, &api);
	if (e == ERR_OK)
		e = get_dialogue(rq, &api, &r);
	if (e == ERR_OK)
		e = statement_list(rq->db, rq->arena, &api.in, r.id, &all);
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	buf_add(&b, S("["));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct statement *s = &all.list[i];
		if (!str_eq(s->state, S("shown")))
			continue;
		buf_add(&b, b.n > 1 ? S(",\n{") : S("\n{"));
		api_add_text(&b, "text", s->text);
		buf_fmt(&b, "\"number\": %lld, \"meta\": %s, \"seed\": %s}",
		    (long long)s->number, s->meta ? "true" : "false",
		    s->seed ? "true" : "false");
	}
	buf_add(&b, S("]\n"));
	return b.full ? ERR_TOO_LARGE : api_answer(rq, buf_str(&b));
}

/* ---- results ---- */

static void
add_count(struct buf *b, const char *key, int64_t n, bool hidden)
{
	buf_fmt(b, "\"%s\": ", key);
	if (hidden)
		buf_add(b, S("null"));
	else
		buf_int(b, n);
}

/* The cells of a group, or of everybody (g == k). */
static void
add_cells(struct buf *b, const struct groups_view *v, ptrdiff_t j, int g)
{
	struct tally t =
	    g == v->k ? v->all[j] : v->tally[g * v->statements + j];
	add_count(b, "agree", t.agree, groups_hidden(v, j, g, 0));
	buf_add(b, S(", "));
	add_count(b, "disagree", t.disagree, groups_hidden(v, j, g, 1));
	buf_add(b, S(", "));
	add_count(b, "pass", t.pass, groups_hidden(v, j, g, 2));
	buf_add(b, S(", "));
	add_count(b, "seen", tally_seen(t), groups_hidden(v, j, g, 3));
}

static void
add_statement(struct buf *b, const struct room *room, ptrdiff_t j)
{
	const struct groups_view *v = &room->groups;
	buf_fmt(b, "{\"number\": %lld, ", (long long)room->number[j]);
	api_add_text(b, "text", v->about.text[j]);
	add_cells(b, v, j, v->k);
	buf_add(b, S(", \"groups\": {"));
	for (int g = 0; g < v->k; g++) {
		buf_fmt(b, "%s\"%c\": {", g > 0 ? ", " : "", 'A' + v->name[g]);
		add_cells(b, v, j, g);
		buf_add(b, S("}"));
	}
	buf_add(b, S("}}"));
}

static void
add_results(struct buf *b, const struct room *room)
{
	const struct groups_view *v = &room->groups;
	bool begun = false;
	buf_fmt(b, "{\"people\": %td, \"votes\": %td, \"groups\": {",
	    v->table.votes.people, v->n_votes);
	for (int g = 0; g < v->k; g++) {
		char key[2] = {(char)('A' + v->name[g]), 0};
		buf_add(b, g > 0 ? S(", ") : S(""));
		add_count(b, key, v->size[g], v->size_hidden[g]);
	}
	buf_add(b, S("}, \"statements\": ["));
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		if (room->hidden[j])
			continue;
		buf_add(b, begun ? S(",\n") : S("\n"));
		begun = true;
		add_statement(b, room, j);
	}
	buf_add(b, S("]}\n"));
}

/* GET /api/v1/dialogues/ID/results */
enum err
page_api_results(struct req *rq)
{
	struct api api;
	struct record r;
	const struct room *room = NULL;
	enum err e = api_enter(rq, TOKEN_READ, &api);
	if (e == ERR_OK)
		e = get_dialogue(rq, &api, &r);
	struct room_wish wish = {.wait = true};
	if (e == ERR_OK) {
		wish.dialogue = r.id;
		e = rooms_get(rq, &api.in, &wish, &room);
	}
	if (e != ERR_OK)
		return e;
	struct buf b = buf_new(rq->arena, API_ANSWER);
	add_results(&b, room);
	return b.full ? ERR_TOO_LARGE : api_answer(rq, buf_str(&b));
}

/* ---- taking part ---- */

/* Somebody of the program's own: the same one in another program is another. */
static enum err
get_voter(struct req *rq, const struct api *api, const struct record *r,
    const json_t *body, struct voter *out)
{
	struct str whom = api_participant(rq, api, body);
	if (whom.n == 0)
		return ERR_INVALID;
	*out = voter_of(&api->in, r->id, VOTER_ACCOUNT, whom);
	return voter_find(rq->db, rq->arena, &api->in, out);
}

struct call {
	struct api api;
	struct record dialogue;
	struct voter voter;
	json_t *body;
	bool again;
};

static enum err
begin_call(struct req *rq, size_t members, struct call *c)
{
	*c = (struct call){.again = false};
	enum err e = api_enter_once(rq, &c->api, &c->again);
	if (e != ERR_OK || c->again)
		return e;
	e = get_dialogue(rq, &c->api, &c->dialogue);
	if (e == ERR_OK)
		e = api_body(rq, members, &c->body);
	return e == ERR_OK
	    ? get_voter(rq, &c->api, &c->dialogue, c->body, &c->voter)
	    : e;
}

/* POST /api/v1/dialogues/ID/votes */
enum err
page_api_vote(struct req *rq)
{
	struct call c;
	int64_t statement, vote;
	enum err e = begin_call(rq, 3, &c);
	if (e != ERR_OK || c.again)
		return e;
	if (!api_member_int(c.body, "statement", &statement) ||
	    !api_member_int(c.body, "vote", &vote) || vote < VOTE_DISAGREE ||
	    vote > VOTE_AGREE)
		return ERR_INVALID;
	e = voter_votes(rq->db, rq->arena, &c.api.in, &c.voter,
	    (struct vote){statement, (int)vote});
	if (e != ERR_OK)
		return e;
	struct str json =
	    str_fmt(rq->arena, "{\"statement\": %lld, \"vote\": %lld}\n",
		(long long)statement, (long long)vote);
	return api_done(rq, &c.api, 201, json);
}

/* The one that this request made. */
static enum err
answer_statement(struct req *rq, struct call *c, struct id once)
{
	struct statements all;
	enum err e =
	    statement_list(rq->db, rq->arena, &c->api.in, c->dialogue.id, &all);
	if (e != ERR_OK)
		return e;
	ptrdiff_t i = 0;
	while (i < all.n && !id_eq(all.list[i].once, once))
		i++;
	if (i == all.n)
		return ERR_INTERNAL;
	struct str state = all.list[i].state;
	struct str json =
	    str_fmt(rq->arena, "{\"number\": %lld, \"state\": \"%.*s\"}\n",
		(long long)all.list[i].number, STR_ARG(state));
	return api_done(rq, &c->api, 201, json);
}

/* POST /api/v1/dialogues/ID/statements */
enum err
page_api_state(struct req *rq)
{
	struct call c;
	enum err e = begin_call(rq, 2, &c);
	if (e != ERR_OK || c.again)
		return e;
	struct statement s = {.once = id_new(rq->http->now_us),
	    .text = api_member(rq, c.body, "text")};
	e = voter_states(rq->db, rq->arena, &c.api.in, &c.voter, &s);
	return e == ERR_OK ? answer_statement(rq, &c, s.once) : e;
}
