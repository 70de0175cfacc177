/* SPDX-License-Identifier: MPL-2.0 */
#include "web/route.h"

#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "web/pages.h"
#include "web/security.h"
#include "web/visitors.h"

static const struct route table[] = {
#define ROUTE(method, pattern, page, need, lane, csrf, body, cached)          \
	{HTTP_##method, pattern, page, NEED_##need, LANE_##lane, CSRF_##csrf, \
	    (body), (cached), NULL},
#define ROUTE_PREPARED(method, pattern, page, need, csrf, body, prepare) \
	{HTTP_##method, pattern, page, NEED_##need, LANE_SLOW_WRITE,     \
	    CSRF_##csrf, (body), false, prepare},
#include "web/routes.def"
#undef ROUTE
#undef ROUTE_PREPARED
};

struct routes
route_table(void)
{
	return (struct routes){table, COUNT_OF(table)};
}

/* ---- which route ---- */

/* {name} takes a segment that is not empty; the rest is as it stands.  Nearly
 * every pattern is left at its first bytes. */
static bool
matches(const char *pattern, struct str path, struct http_pairs *params)
{
	params->n = 0;
	while (*pattern != 0) {
		if (path.n == 0)
			return false;
		if (*pattern != '{') {
			if (*pattern++ != path.p[0])
				return false;
			path = str_sub(path, 1, path.n);
			continue;
		}
		const char *end = strchr(pattern, '}');
		struct str name = {pattern + 1, end - pattern - 1};
		ptrdiff_t n = str_find_byte(path, '/');
		struct str value = str_sub(path, 0, n < 0 ? path.n : n);
		if (value.n == 0)
			return false;
		params->list[params->n++] = (struct http_pair){name, value};
		path = str_sub(path, value.n, path.n);
		pattern = end + 1;
	}
	return path.n == 0;
}

enum err
route_find(struct arena *a, enum http_method method, struct str path,
    const struct route **route, struct http_pairs *params)
{
	if (method == HTTP_HEAD)
		method = HTTP_GET;
	params->list = arena_new(a, struct http_pair, REQ_PARAMS);
	if (path.n == 0 || (path.n > 1 && path.p[path.n - 1] == '/'))
		return ERR_NOT_FOUND;
	for (ptrdiff_t i = 0; i < COUNT_OF(table); i++) {
		if (table[i].method != method ||
		    !matches(table[i].pattern, path, params))
			continue;
		*route = &table[i];
		return ERR_OK;
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(table); i++) {
		if (matches(table[i].pattern, path, params))
			return ERR_INVALID;
	}
	return ERR_NOT_FOUND;
}

/* ---- who, and whether they may ---- */

static bool
is_staff_need(enum need need)
{
	return need != NEED_NOTHING;
}

/* Those we know; NULL where the database must be asked. */
static struct visitors *
known_visitors(const struct req *rq)
{
	if (!rq->stamped || rq->site->cache == NULL)
		return NULL;
	return cache_visitors(rq->site->cache);
}

static bool
is_known(struct req *rq, struct str token)
{
	struct visitor v;
	struct visitors *known = known_visitors(rq);
	if (known == NULL ||
	    !visitors_find(
		known, hash_of(token), &rq->stamp, rq->http->now_us, &v))
		return false;
	rq->session = v.session;
	rq->who = v.who;
	rq->who.now_us = rq->http->now_us;
	rq->known = true;
	return true;
}

static enum err
ask_session(struct req *rq, struct str token)
{
	enum err e = session_get(rq->db, rq->arena, rq->org->id, token,
	    rq->site->limits, rq->http->now_us, &rq->session);
	if (e == ERR_OK)
		rq->who = session_actor(&rq->session, rq->org->id,
		    &rq->site->keys, rq->http->now_us);
	return e;
}

static enum err
load_session(struct req *rq)
{
	enum err e = ERR_OK;
	struct str token = security_cookie(rq);
	rq->who = (struct actor){
	    .org = rq->org->id,
	    .lang = rq->lang,
	    .now_us = rq->http->now_us,
	    .keys = &rq->site->keys,
	};
	if (token.n == 0)
		return ERR_OK;
	if (!is_known(rq, token))
		e = ask_session(rq, token);
	if (e != ERR_OK)
		return e == ERR_SIGNIN ? ERR_OK : e;
	rq->lang = rq->session.lang;
	rq->half_in = rq->session.needs_code;
	rq->signed_in = !rq->half_in;
	return ERR_OK;
}

static enum err
ask_network(struct req *rq)
{
	struct id network;
	struct actor inside;
	enum err e = req_param_id(rq, S("network"), &network);
	if (e == ERR_OK)
		e = actor_enter(rq->db, rq->arena, &rq->who, network, &inside);
	if (e == ERR_OK)
		rq->who = inside;
	return e;
}

static enum err
enter_network(struct req *rq)
{
	enum err e = ERR_OK;
	if (req_param(rq, S("network")).n == 0)
		return ERR_OK;
	if (!id_is_set(rq->who.network))
		e = ask_network(rq);
	if (e == ERR_OK)
		rq->network_path = str_cat(rq->arena, S("/netvaerk/"),
		    id_text(rq->arena, rq->who.network));
	return e;
}

static void
know_visitor(struct req *rq)
{
	struct visitors *known = known_visitors(rq);
	if (known == NULL || rq->known || !rq->signed_in)
		return;
	struct visitor v = {rq->session, rq->who};
	struct cache_stamp stamp = rq->stamp;
	stamp.until_us = v.session.seen_us + SESSION_SEEN_US;
	if (stamp.until_us > v.session.ends_us)
		stamp.until_us = v.session.ends_us;
	visitors_keep(known, &stamp, &v);
}

static unsigned
capability(enum need need)
{
	static const unsigned caps[] = {
	    [NEED_ACCOUNTS] = CAP_ACCOUNTS,
	    [NEED_CREATE] = CAP_CREATE,
	    [NEED_OVERVIEW] = CAP_OVERVIEW,
	    [NEED_CATALOGUE] = CAP_CATALOGUE,
	    [NEED_READ] = CAP_READ,
	    [NEED_EDIT] = CAP_EDIT,
	    [NEED_AGENDA] = CAP_AGENDA,
	    [NEED_MANAGE] = CAP_MANAGE,
	    [NEED_PEOPLE] = CAP_PEOPLE,
	    [NEED_ASK] = CAP_ASK,
	    [NEED_VAULT] = CAP_VAULT,
	    [NEED_ACCESS] = CAP_ACCESS,
	    [NEED_DECIDE] = CAP_DECIDE,
	};
	return caps[need];
}

static enum err
check_need(struct req *rq)
{
	enum need need = rq->route->need;
	if (!is_staff_need(need))
		return ERR_OK;
	if (!rq->signed_in && !(need == NEED_HALF && rq->half_in))
		return ERR_SIGNIN;
	enum err e = enter_network(rq);
	if (e != ERR_OK)
		return e;
	know_visitor(rq);
	return actor_may(&rq->who, capability(need)) ? ERR_OK : ERR_DENIED;
}

static enum err
check_csrf(struct req *rq)
{
	if (rq->route->csrf == CSRF_NONE || rq->route->csrf == CSRF_BEARER)
		return ERR_OK;
	if (!security_own_origin(rq))
		return ERR_DENIED;
	if (rq->route->csrf == CSRF_TOKEN &&
	    !str_eq_secret(req_form(rq, S("csrf")), req_csrf(rq))) {
		rq->stale_form = true;
		return ERR_DENIED;
	}
	return ERR_OK;
}

/* ---- a form's key: done once ---- */

static enum err
check_once(struct req *rq, bool *done)
{
	struct str location;
	*done = false;
	if (rq->route->csrf != CSRF_TOKEN ||
	    !id_parse(req_form(rq, S("key")), &rq->form_key))
		return ERR_OK;
	enum err e =
	    once_check(rq->db, rq->arena, &rq->who, rq->form_key, &location);
	if (e != ERR_CONFLICT)
		return e;
	*done = true;
	return req_redirect(rq, "%.*s", STR_ARG(location));
}

static struct str
location_of(const struct http_response *response)
{
	return http_get(response->headers, S("Location"));
}

/* Only what led somewhere was done; a form that came back may be sent again. */
static enum err
note_once(struct req *rq)
{
	if (!id_is_set(rq->form_key) || rq->response.status != 303)
		return ERR_OK;
	return once_done(
	    rq->db, &rq->who, rq->form_key, location_of(&rq->response));
}

static enum err
run_page(struct req *rq)
{
	bool done;
	enum err e = check_once(rq, &done);
	if (e != ERR_OK || done)
		return e;
	e = rq->route->page(rq);
	return e == ERR_OK ? note_once(rq) : e;
}

enum err
route_serve(struct req *rq)
{
	rq->out = buf_new(rq->arena, PAGE_BYTES);
	enum err e = load_session(rq);
	if (e == ERR_OK)
		e = check_need(rq);
	if (e == ERR_OK)
		e = check_csrf(rq);
	if (e == ERR_OK)
		e = run_page(rq);
	if (e == ERR_OK && rq->out.full)
		e = ERR_TOO_LARGE;
	if (e != ERR_OK)
		route_error(rq, e);
	route_headers(rq);
	/* A page that answered with a failure of its own writes nothing,
	 * except what counts the failure. */
	return e;
}

void
route_headers(struct req *rq)
{
	security_headers(rq);
}

/* Above what a form holds that comes back after signing in. */
enum { LARGE_BODY = 256 * 1024 }; /* larger than any form */

ptrdiff_t
route_body_limit(void *site, const struct http_request *http)
{
	const struct route *route;
	struct http_pairs params;
	(void)site;
	if (route_find(http->arena, http->method, http->path, &route,
		&params) != ERR_OK)
		return -1;
	/* Nobody takes in much for somebody who has not even a cookie. */
	if (route->csrf == CSRF_TOKEN && route->body_bytes > LARGE_BODY &&
	    !security_has_cookie(http))
		return -2;
	return route->csrf == CSRF_NONE ? -1 : route->body_bytes;
}
