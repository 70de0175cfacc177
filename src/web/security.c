/* SPDX-License-Identifier: MPL-2.0 */
#include "web/security.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "web/route.h"

#define COOKIE_NAME "__Host-samskab"

/* The value is the organisation's short code, a dot and the token. */
struct str
security_cookie(const struct req *rq)
{
	struct str value = http_get(rq->http->cookies, S(COOKIE_NAME));
	struct str short_code = str_cut(&value, '.');
	if (!str_eq(short_code, rq->org->short_code))
		return (struct str){0};
	return value;
}

bool
security_has_cookie(const struct http_request *http)
{
	return str_find(http_get(http->headers, S("cookie")),
		   S(COOKIE_NAME "=")) >= 0;
}

void
security_set_cookie(struct req *rq, struct str token)
{
	struct str value = str_fmt(rq->arena,
	    COOKIE_NAME "=%.*s.%.*s; Path=/; Secure; HttpOnly; SameSite=Lax",
	    STR_ARG(rq->org->short_code), STR_ARG(token));
	http_header_add(rq->arena, &rq->response, S("Set-Cookie"), value);
}

/* Not "storage": it would take with it what the field page has not sent yet,
 * which is sealed, and is all that lies there (doc/decisions/0015). */
void
security_clear_cookie(struct req *rq)
{
	http_header_add(rq->arena, &rq->response, S("Set-Cookie"),
	    S(COOKIE_NAME
		"=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"));
	http_header_add(rq->arena, &rq->response, S("Clear-Site-Data"),
	    S("\"cache\", \"cookies\""));
}

/* "http://HOST:" + port, when HOST is a name of this machine for itself. */
static struct str
loopback_port(struct str origin)
{
	static const struct str hosts[] = {S_INIT("http://127.0.0.1:"),
	    S_INIT("http://localhost:"), S_INIT("http://[::1]:")};
	for (ptrdiff_t i = 0; i < COUNT_OF(hosts); i++) {
		if (str_starts(origin, hosts[i]))
			return str_sub(origin, hosts[i].n, origin.n);
	}
	return (struct str){0};
}

static bool
is_ours(const struct req *rq, struct str origin)
{
	struct str url = site_url(rq->site, rq->arena, rq->org);
	struct str port = loopback_port(origin);
	return str_eq(origin, url) ||
	    (port.n > 0 && str_eq(port, loopback_port(url)));
}

/* "Origin: null" is what older browsers send under our own referrer policy;
 * then the session's token alone must show that the form is ours
 * (doc/decisions/0003). */
bool
security_own_origin(const struct req *rq)
{
	struct str site = http_get(rq->http->headers, S("sec-fetch-site"));
	struct str origin = http_get(rq->http->headers, S("origin"));
	bool null = str_eq(origin, S("null"));
	if (site.n > 0)
		return str_eq(site, S("same-origin")) &&
		    (origin.n == 0 || null || is_ours(rq, origin));
	if (null)
		return rq->route->csrf == CSRF_TOKEN;
	return origin.n > 0 && is_ours(rq, origin);
}

/* What every response has; the last two only one that no page made. */
static const struct http_pair fixed[] = {
    {S_INIT("X-Content-Type-Options"), S_INIT("nosniff")},
    {S_INIT("X-Frame-Options"), S_INIT("DENY")},
    {S_INIT("Referrer-Policy"), S_INIT("no-referrer")},
    {S_INIT("Cross-Origin-Opener-Policy"), S_INIT("same-origin")},
    {S_INIT("Cross-Origin-Resource-Policy"), S_INIT("same-origin")},
    {S_INIT("Cross-Origin-Embedder-Policy"), S_INIT("require-corp")},
    {S_INIT("Permissions-Policy"),
	S_INIT("camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
	       "interest-cohort=()")},
    {S_INIT("X-Robots-Tag"), S_INIT("noindex, nofollow")},
    {S_INIT("Content-Security-Policy"),
	S_INIT("default-src 'none'; script-src 'self'; style-src 'self'; "
	       "img-src 'self'; media-src 'self'; font-src 'self'; connect-src "
	       "'self'; "
	       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
	       "manifest-src 'self'; require-trusted-types-for 'script'")},
    {S_INIT("Cache-Control"), S_INIT("no-store")},
    {S_INIT("Retry-After"), S_INIT("30")},
};
enum { ALWAYS = COUNT_OF(fixed) - 2 };

struct http_pairs
security_last_headers(void)
{
	return (struct http_pairs){
	    (struct http_pair *)(uintptr_t)fixed, COUNT_OF(fixed)};
}

void
security_bare_headers(struct arena *a, struct http_response *response)
{
	for (ptrdiff_t i = 0; i < ALWAYS; i++)
		http_header_add(a, response, fixed[i].name, fixed[i].value);
	if (!http_has(response->headers, S("Cache-Control")))
		http_header_add(a, response, S("Cache-Control"), S("no-store"));
}

void
security_headers(struct req *rq)
{
	security_bare_headers(rq->arena, &rq->response);
	if (rq->records)
		http_header_set(rq->arena, &rq->response,
		    S("Permissions-Policy"),
		    S("camera=(), microphone=(self), geolocation=(), "
		      "payment=(), usb=(), interest-cohort=()"));
	if (str_starts(rq->site->base_url, S("https:")))
		http_header_add(rq->arena, &rq->response,
		    S("Strict-Transport-Security"), S("max-age=31536000"));
}

/* ---- attempts ---- */

enum { SLOTS = 4096, PROBES = 8, MAX_DOUBLINGS = 6 };

struct slot {
	struct hash key;
	int64_t from_us, to_us; /* the window */
	int64_t until_us; /* refused before this */
	int count, doublings;
};

struct limits_table {
	pthread_mutex_t lock;
	struct key secret; /* nobody can choose whose slot to meet */
	struct slot slot[SLOTS];
};

struct limits_table *
limits_new(struct arena *process)
{
	struct limits_table *t = arena_new(process, struct limits_table, 1);
	pthread_mutex_init(&t->lock, NULL);
	t->secret = key_new();
	return t;
}

static bool
is_over(const struct slot *s, int64_t now_us)
{
	return now_us < s->from_us || now_us > s->to_us;
}

/* The i-th of the places where a key may lie. */
static struct slot *
place(struct limits_table *t, const struct hash *key, uint32_t i)
{
	uint32_t at;
	memcpy(&at, key->b, sizeof at);
	return &t->slot[(at + i) % SLOTS];
}

/* NULL: it is not counted. */
static struct slot *
find_slot(struct limits_table *t, struct hash key)
{
	for (uint32_t i = 0; i < PROBES; i++) {
		struct slot *s = place(t, &key, i);
		if (hash_eq(s->key, key))
			return s;
	}
	return NULL;
}

/* The slot of a key, or one whose time is over.  Where there is none, it shares
 * one: it may wait for another's attempts, but washes nobody's away. */
static struct slot *
slot_of(struct limits_table *t, struct hash key, int64_t now_us)
{
	struct slot *s = find_slot(t, key);
	for (uint32_t i = 0; s == NULL && i < PROBES; i++) {
		s = place(t, &key, i);
		if (is_over(s, now_us))
			*s = (struct slot){.key = key};
		else
			s = NULL;
	}
	return s != NULL ? s : place(t, &key, 0);
}

bool
limits_take(struct limits_table *t, struct str key, int max, int64_t window_us,
    int64_t now_us)
{
	struct hash h = hash_keyed(&t->secret, key);
	pthread_mutex_lock(&t->lock);
	struct slot *s = slot_of(t, h, now_us);
	if (is_over(s, now_us))
		*s = (struct slot){
		    .key = h, .from_us = now_us, .to_us = now_us + window_us};
	bool ok = now_us >= s->until_us;
	if (ok && ++s->count > max) { /* this one, then a longer wait */
		s->until_us = now_us + (SECOND_US << s->doublings);
		if (s->doublings < MAX_DOUBLINGS)
			s->doublings++;
	}
	pthread_mutex_unlock(&t->lock);
	return ok;
}

void
limits_forget(struct limits_table *t, struct str key)
{
	struct hash h = hash_keyed(&t->secret, key);
	pthread_mutex_lock(&t->lock);
	struct slot *s = find_slot(t, h);
	if (s != NULL)
		*s = (struct slot){0};
	pthread_mutex_unlock(&t->lock);
}

const struct attempt attempt_code = {"code", 10, 15 * MINUTE_US};

static struct str
attempt_key(struct req *rq, const struct attempt *attempt, struct str of)
{
	struct str folded = utf8_fold(rq->arena, of);
	return str_fmt(rq->arena, "%s:%.*s", attempt->kind, STR_ARG(folded));
}

bool
security_may_try(struct req *rq, const struct attempt *attempt, struct str of)
{
	return limits_take(rq->site->attempts, attempt_key(rq, attempt, of),
	    attempt->max, attempt->window_us, rq->http->now_us);
}

void
security_forget(struct req *rq, const struct attempt *attempt, struct str of)
{
	limits_forget(rq->site->attempts, attempt_key(rq, attempt, of));
}

struct str
security_peer(struct req *rq)
{
	struct in6_addr six;
	struct str address = rq->http->address;
	const char *text = str_cstr(rq->arena, address);
	if (text == NULL || inet_pton(AF_INET6, text, &six) != 1)
		return address;
	struct buf b = buf_new(rq->arena, 64);
	bool four = IN6_IS_ADDR_V4MAPPED(&six);
	buf_hex(&b, six.s6_addr, four ? 16 : 8);
	return buf_str(&b);
}
