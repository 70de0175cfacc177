/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/web/site.h"

#include <unistd.h>

#include "base/buf.h"
#include "http/forms.h"
#include "model/session.h"
#include "web/handle.h"
#include "web/route.h"
#include "web/security.h"

void
web_new(struct web *w, struct arena *a, struct db *db)
{
	*w = (struct web){.now_us = NOW_US};
	world_new(&w->world, a, db);
	w->site = arena_new(a, struct site, 1);
	w->site->process = a;
	w->site->base_url = S("https://samskab.test");
	w->site->data_dir = test_dir(a);
	w->site->keys = w->world.keys;
	w->site->limits = (struct session_limits){30 * MINUTE_US, 10 * HOUR_US};
	w->site->attempts = limits_new(a);
	CHECK_OK(org_list(db, a, &w->site->orgs));
}

static struct str
header(const struct http_response *r, struct str name)
{
	return http_get(r->headers, name);
}

/* Of a file as well. */
static struct str
body_of(struct arena *a, const struct http_response *r)
{
	if (r->file.bytes == 0)
		return r->body;
	CHECK_INT(r->body.n, 0);
	char *bytes = arena_new(a, char, (ptrdiff_t)r->file.bytes);
	CHECK_INT(
	    pread(r->file.fd, bytes, (size_t)r->file.bytes, 0), r->file.bytes);
	return (struct str){bytes, (ptrdiff_t)r->file.bytes};
}

struct reply
web_raw(struct web *w, enum http_method method, struct str target,
    struct str form, struct http_pairs headers)
{
	struct arena *a = w->world.arena; /* only the product may run out */
	struct arena *request = w->request != NULL ? w->request : a;
	struct str path = target;
	struct http_request *rq = arena_new(a, struct http_request, 1);
	struct http_response response = {0};
	int64_t before = db_statements(w->world.db);
	struct str query = path;
	path = str_cut(&query, '?');
	*rq = (struct http_request){.arena = request,
	    .method = method,
	    .path = path,
	    .target = target,
	    .headers = headers,
	    .address = S("192.0.2.1"),
	    .now_us = w->now_us};
	CHECK_OK(form_parse_urlencoded(a, query, &rq->query));
	if (str_starts(form, S("{")))
		rq->body = form;
	else
		CHECK_OK(form_parse_urlencoded(a, form, &rq->form));
	CHECK_OK(form_parse_cookies(
	    a, http_get(headers, S("cookie")), &rq->cookies));
	ptrdiff_t used = arena_used(request);
	handle_now(w->site, w->world.db, rq, &response);
	return (struct reply){.status = response.status,
	    .body = body_of(a, &response),
	    .location = header(&response, S("Location")),
	    .set_cookie = header(&response, S("Set-Cookie")),
	    .headers = response.headers,
	    .queries = db_statements(w->world.db) - before,
	    .arena_used = arena_used(request) - used};
}

static struct http_pairs
usual_headers(struct web *w, bool post)
{
	struct http_pair *list = arena_new(w->world.arena, struct http_pair, 5);
	ptrdiff_t n = 0;
	if (w->bearer.n > 0) {
		list[n++] = (struct http_pair){S("authorization"),
		    str_cat(w->world.arena, S("Bearer "), w->bearer)};
		list[n++] = (struct http_pair){S("idempotency-key"), w->bearer};
	}
	list[n++] = (struct http_pair){S("host"), S("samskab.test")};
	if (w->cookie.n > 0)
		list[n++] = (struct http_pair){S("cookie"), w->cookie};
	if (post)
		list[n++] =
		    (struct http_pair){S("sec-fetch-site"), S("same-origin")};
	return (struct http_pairs){list, n};
}

struct reply
web_get(struct web *w, struct str target)
{
	return web_raw(w, HTTP_GET, target, S(""), usual_headers(w, false));
}

struct reply
web_post(struct web *w, struct str path, struct str form)
{
	if (str_starts(form, S("{")))
		return web_raw(
		    w, HTTP_POST, path, form, usual_headers(w, true));
	struct str all = str_fmt(
	    w->world.arena, "csrf=%.*s&%.*s", STR_ARG(w->csrf), STR_ARG(form));
	return web_raw(w, HTTP_POST, path, all, usual_headers(w, true));
}

static struct str
cookie_of(struct web *w, struct str token)
{
	return str_fmt(w->world.arena, "__Host-samskab=%.*s.%.*s",
	    STR_ARG(w->site->orgs.list[0].short_code), STR_ARG(token));
}

void
web_sign_in(struct web *w, struct id account)
{
	web_session(w, account);
	struct reply r = web_get(w, S("/"));
	CHECK_INT(r.status, 200);
	ptrdiff_t at = str_find(r.body, S("name=\"csrf\" value=\""));
	CHECK(at > 0);
	w->csrf = str_dup(w->world.arena, str_sub(r.body, at + 19, at + 51));
}

static void
take_session(struct web *w, struct id account, struct str token)
{
	struct hash h = hash_of(token);
	struct str raw = {(const char *)h.b, sizeof h.b};
	struct arena *a = w->world.arena;
	w->account = account;
	w->cookie = cookie_of(w, token);
	w->csrf =
	    str_sub(hash_hex(a, hash_keyed(&w->site->keys.csrf, raw)), 0, 32);
}

void
web_half_session(struct web *w, struct id account)
{
	struct str token;
	struct actor now = w->world.program;
	now.now_us = w->now_us;
	CHECK_OK(session_new(w->world.db, w->world.arena, &now, account,
	    w->site->limits, &token));
	take_session(w, account, token);
}

void
web_session(struct web *w, struct id account)
{
	struct session s;
	struct world *world = &w->world;
	struct actor now = world->program;
	now.now_us = w->now_us;
	web_half_session(w, account);
	struct str token = w->cookie;
	(void)str_cut(&token, '.');
	CHECK_OK(session_get(world->db, world->arena, world->org.id, token,
	    w->site->limits, w->now_us, &s));
	if (!s.needs_code)
		return;
	CHECK_OK(session_complete(
	    world->db, world->arena, &now, &s, w->site->limits, &token));
	take_session(w, account, token);
}

void
web_nobody(struct web *w)
{
	w->account = (struct id){0};
	w->cookie = w->csrf = S("");
}

struct str
web_path(struct web *w, const char *rest)
{
	return str_fmt(w->world.arena, "/netvaerk/%.*s%s",
	    STR_ARG(id_text(w->world.arena, w->world.network)), rest);
}

/* " ab12-cd34." and in a field, as a page gives somebody who has no code. */
static bool
is_given_code(struct str s)
{
	for (ptrdiff_t i = 1; i < s.n - 1; i++) {
		bool letter = s.p[i] >= 'a' && s.p[i] <= 'z';
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (i == 5 ? s.p[i] != '-' : !letter && !digit)
			return false;
	}
	return s.n == 11 &&
	    ((s.p[0] == ' ' && s.p[10] == '.') ||
		(s.p[0] == '"' && s.p[10] == '"'));
}

struct str
web_without_ids(struct arena *a, struct str s)
{
	struct id id;
	char *p = arena_new(a, char, s.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (i + 36 <= s.n && s.p[i + 8] == '-' &&
		    id_parse(str_sub(s, i, i + 36), &id))
			i += 35;
		else if (is_given_code(str_sub(s, i, i + 11)))
			i += 10;
		else
			p[n++] = s.p[i];
	}
	return (struct str){p, n};
}
