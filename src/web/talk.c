/* SPDX-License-Identifier: MPL-2.0 */
#include "web/talk.h"

#include "base/buf.h"
#include "web/security.h"
#include "web/shell.h"

#define COOKIE_NAME "__Host-deltager"

enum { DEVICE_DAYS = 90, SEAL_LENGTH = 32 };

/* A full hall behind one address; what comes faster waits. */
static const struct attempt new_device = {"device", 2000, MINUTE_US};

struct str
talk_device(struct arena *a, const struct actor *program, struct str token)
{
	struct str org = {(const char *)program->org.b, sizeof program->org.b};
	struct str what = STR_JOIN(a, S("device:"), org, token);
	struct hash seal = hash_keyed(&program->keys->csrf, what);
	return STR_JOIN(
	    a, token, S("."), str_sub(hash_hex(a, seal), 0, SEAL_LENGTH));
}

/* "" unless it is one of ours: whoever makes them up would be as many voters as
 * they like, past the count of new ones. */
static struct str
device_token(struct req *rq, const struct talk *t)
{
	struct str value = http_get(rq->http->cookies, S(COOKIE_NAME));
	struct str rest = value;
	struct str token = str_cut(&rest, '.');
	if (token.n == 0 || !str_eq(token, token_normal(rq->arena, token)) ||
	    !str_eq(value, talk_device(rq->arena, &t->in, token)))
		return S("");
	return token;
}

/* The token of whoever answers first from the page with this mark.  Nobody
 * finds the one from the other. */
static struct str
marked_token(struct req *rq, const struct talk *t)
{
	struct id org = t->in.org;
	struct str what = STR_JOIN(rq->arena, S("page:"),
	    (struct str){(const char *)org.b, sizeof org.b},
	    (struct str){(const char *)t->mark.b, sizeof t->mark.b});
	return token_of(rq->arena, hash_keyed(&t->in.keys->csrf, what));
}

static void
set_device(struct req *rq, const struct talk *t, struct str token)
{
	struct str device = talk_device(rq->arena, &t->in, token);
	struct str value = str_fmt(rq->arena,
	    COOKIE_NAME "=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax;"
			" Max-Age=%d",
	    STR_ARG(device), DEVICE_DAYS * 24 * 3600);
	http_header_add(rq->arena, &rq->response, S("Set-Cookie"), value);
}

/* A first answer says from which page it comes: sent again, it is still the
 * same phone, which has no cookie yet. */
static enum err
enter_device(struct req *rq, bool begins, struct talk *t)
{
	struct str token = device_token(rq, t);
	if (token.n == 0) {
		if (!id_parse(req_form(rq, S("enhed")), &t->mark))
			t->mark = id_new(rq->http->now_us);
		token = marked_token(rq, t);
		if (begins &&
		    !security_may_try(rq, &new_device, security_peer(rq)))
			return ERR_LIMITED;
		if (begins)
			set_device(rq, t, token);
	}
	t->voter = voter_of(&t->in, t->dialogue.id, VOTER_LINK, token);
	return ERR_OK;
}

static enum err
enter_by_link(struct req *rq, struct id id, bool begins, struct talk *t)
{
	struct id network;
	struct actor program = req_program(rq);
	enum err e =
	    dialogue_network(rq->db, rq->arena, &program, id, &network);
	if (e != ERR_OK)
		return e;
	t->in = actor_inside(&program, network);
	e = record_get(
	    rq->db, rq->arena, &t->in, KIND_DIALOGUE, id, &t->dialogue);
	if (e == ERR_OK &&
	    !str_eq(record_value(&t->dialogue, "door"), S("link")))
		e = ERR_NOT_FOUND;
	t->path = STR_JOIN(rq->arena, S("/dialog/"), id_text(rq->arena, id));
	return e == ERR_OK ? enter_device(rq, begins, t) : e;
}

static enum err
enter_by_code(struct req *rq, struct str code, struct id id, struct talk *t)
{
	enum err e = visit_enter(rq, code, &t->visit);
	if (e != ERR_OK)
		return e;
	t->by_code = true;
	t->needs_guardian = t->visit.citizen.needs_guardian;
	t->in = t->visit.citizen.in;
	t->path = STR_JOIN(
	    rq->arena, t->visit.path, S("/dialog/"), id_text(rq->arena, id));
	t->voter = voter_of(&t->in, id, VOTER_CODE,
	    id_text(rq->arena, t->visit.citizen.person.id));
	return record_get(
	    rq->db, rq->arena, &t->in, KIND_DIALOGUE, id, &t->dialogue);
}

enum err
talk_enter(struct req *rq, bool begins, struct talk *t)
{
	struct id id;
	struct str code = req_param(rq, S("token"));
	*t = (struct talk){0};
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	e = code.n > 0 ? enter_by_code(rq, code, id, t)
		       : enter_by_link(rq, id, begins, t);
	if (e == ERR_OK &&
	    str_eq(record_value(&t->dialogue, "state"), S("draft")))
		e = ERR_NOT_FOUND;
	if (e != ERR_OK)
		return e;
	t->open = dialogue_is_open(&t->dialogue, &t->in);
	return voter_find(rq->db, rq->arena, &t->in, &t->voter);
}

struct str
talk_href(struct req *rq, const struct talk *t, const char *rest)
{
	return STR_JOIN(rq->arena, t->path, str_c(rest), S("?sprog="),
	    lang_code(rq->lang), t->visit.easy ? S("&vis=let") : S(""));
}

struct view_head
talk_head(struct req *rq, const struct talk *t, struct str title)
{
	struct view_head h = shell_head(rq, title);
	h.other_href = STR_JOIN(rq->arena, t->path, S("?sprog="), h.other_lang);
	return h;
}

struct str
talk_address(struct req *rq, struct id dialogue)
{
	return STR_JOIN(rq->arena, site_url(rq->site, rq->arena, rq->org),
	    S("/dialog/"), id_text(rq->arena, dialogue));
}
