/* SPDX-License-Identifier: MPL-2.0 */
#include "web/handle.h"

#include "base/log.h"
#include "jobs/pool.h"
#include "web/background.h"
#include "web/cache.h"
#include "web/lane.h"
#include "web/pack.h"
#include "web/route.h"
#include "web/security.h"
#include "web/seen.h"

struct visit {
	struct req rq;
	struct http_exchange *exchange;
	struct lane_job job;
	enum err outcome;
	bool served; /* a page, or what stands for it, filled the response */
	bool caching;
	struct cache_key key;
	int reader; /* which read-only connection a pool thread has */
};

/* When there is no memory for a page, nor for the one that says so. */
static struct http_response
bare_answer(void)
{
	return (struct http_response){
	    .status = 503,
	    .type = S("text/plain"),
	    .body = S("Not just now. Try again in a minute.\n"),
	    .headers = security_last_headers(),
	    .close = true,
	};
}

/* ---- what the address and the headers say ---- */

static struct str
host_of(const struct http_request *http)
{
	struct str host = http_get(http->headers, S("host"));
	if (host.n > 0 && host.p[0] == '[')
		return str_cut(&host, ']');
	return str_cut(&host, ':');
}

static enum lang
lang_of(const struct http_request *http)
{
	struct str asked = http_get(http->query, S("sprog"));
	if (asked.n > 0)
		return lang_parse(asked, LANG_DA);
	struct str accepts = http_get(http->headers, S("accept-language"));
	return lang_parse(str_cut(&accepts, ','), LANG_DA);
}

static void
begin(struct req *rq, struct site *site, struct http_request *http)
{
	*rq = (struct req){
	    .site = site,
	    .http = http,
	    .arena = http->arena,
	    .lang = lang_of(http),
	    .org = org_by_host(&site->orgs, host_of(http)),
	};
	rq->who = (struct actor){.lang = rq->lang, .now_us = http->now_us};
	rq->out = buf_new(rq->arena, PAGE_BYTES);
}

/* The route, or an answer that needs none. */
static bool
find_route(struct req *rq)
{
	int status = 0;
	enum err e = route_find(rq->arena, rq->http->method, rq->http->path,
	    &rq->route, &rq->params);
	if (e == ERR_INVALID)
		status = 405;
	else if (e != ERR_OK || rq->org == NULL)
		status = 404;
	if (status == 0)
		return true;
	route_error_status(rq, status);
	if (status == 405)
		http_header_add(
		    rq->arena, &rq->response, S("Allow"), S("GET, HEAD, POST"));
	route_headers(rq);
	return false;
}

static void
serve(void *arg)
{
	struct visit *v = arg;
	v->outcome = route_serve(&v->rq);
	if (v->exchange != NULL && v->rq.response.status == 200)
		pack_response(&v->rq);
	v->served = true;
}

static void
serve_unavailable(void *arg)
{
	struct visit *v = arg;
	route_error(&v->rq, ERR_UNAVAIL);
	route_headers(&v->rq);
	v->served = true;
}

/* Whatever happened, there is an answer: at worst one without a page, which is
 * no reading of what the page would have noted. */
static void
make_sure_of_answer(struct visit *v)
{
	if (!v->served)
		v->rq.note.write = NULL;
	if (!v->served && arena_guard(v->rq.arena, serve_unavailable, v))
		return;
	if (!v->served)
		v->rq.response = bare_answer();
}

/* Whatever it was going to say. */
static void
unavailable(struct visit *v)
{
	v->served = false;
	make_sure_of_answer(v);
}

/* ---- the end of a visit ---- */

static void
log_visit(const struct visit *v, ptrdiff_t bytes)
{
	const struct req *rq = &v->rq;
	log_event(LOG_INFO, "request",
	    LOG_STR("route", rq->route ? str_c(rq->route->pattern) : S("-")),
	    LOG_STR(
		"method", rq->http->method == HTTP_POST ? S("POST") : S("GET")),
	    LOG_INT("status", rq->response.status),
	    LOG_INT("us", clock_mono_us() - rq->http->mono_us),
	    LOG_INT("bytes", bytes), LOG_INT("arena", arena_used(rq->arena)));
}

static void
answer(struct visit *v)
{
	log_visit(v, (ptrdiff_t)http_bytes(&v->rq.response));
	if (v->rq.stream_topic.n > 0 && v->rq.response.status == 200)
		http_stream(v->exchange, v->rq.stream_topic, &v->rq.response);
	else
		http_answer(v->exchange, &v->rq.response);
}

/* ---- reading ---- */

/* Before the data is read: what is kept of it is never older than it says. */
static void
stamp(struct req *rq)
{
	struct id network = {0};
	(void)!id_parse(req_param(rq, S("network")), &network);
	rq->stamp =
	    cache_stamp(rq->site, rq->org->id, network, rq->http->now_us);
	rq->stamped = true;
}

/* One snapshot for all that the page reads. */
static void
serve_reading(struct visit *v, struct db *db)
{
	stamp(&v->rq);
	v->rq.db = db;
	if (db_begin(db) == ERR_OK) {
		(void)!arena_guard(v->rq.arena, serve, v);
		db_rollback(db);
	}
	v->rq.db = NULL;
	make_sure_of_answer(v);
	seen_note(&v->rq);
}

/* The cookie, the address and the language are all a page depends on beside
 * the data. */
static void
find_key(struct visit *v)
{
	struct req *rq = &v->rq;
	struct str cookie = http_get(rq->http->headers, S("cookie"));
	v->caching = rq->site->cache != NULL && !rq->site->stopping &&
	    rq->route->cached && rq->http->query.n == 0 && cookie.n > 0;
	if (!v->caching)
		return;
	struct buf b = buf_new(rq->arena, 16 * 1024);
	buf_add(&b, cookie);
	buf_byte(&b, '\n');
	buf_add(&b, http_get(rq->http->headers, S("host")));
	buf_byte(&b, '\n');
	buf_add(&b, rq->http->path);
	buf_byte(&b, pack_wanted(rq) ? 'z' : '-');
	v->key.hash = hash_of(buf_str(&b));
	v->caching = !b.full;
}

/* Answers with what was rendered before, while it still holds. */
static bool
answer_from_cache(struct visit *v)
{
	struct req *rq = &v->rq;
	find_key(v);
	if (!v->caching)
		return false;
	struct http_ready *ready = cache_get(rq->site->cache, rq->site, v->key,
	    rq->http->now_us, http_get(rq->http->headers, S("if-none-match")));
	if (ready == NULL)
		return false;
	rq->response.status = http_ready_status(ready);
	log_visit(v, http_ready_bytes(ready));
	http_answer_ready(v->exchange, ready);
	http_ready_unref(ready);
	return true;
}

static bool
may_be_kept(const struct visit *v)
{
	const struct req *rq = &v->rq;
	return v->outcome == ERR_OK && v->served &&
	    rq->response.status == 200 && rq->signed_in && rq->route->cached &&
	    rq->http->query.n == 0;
}

/* Says which page it is, also without a cache (PostgreSQL).  What is kept and
 * what the browser has already is not sent again. */
static void
keep_page(void *arg)
{
	struct visit *v = arg;
	struct req *rq = &v->rq;
	struct arena *a = rq->arena;
	struct str has = http_get(rq->http->headers, S("if-none-match"));
	struct str hex =
	    str_sub(hash_hex(a, hash_of(rq->response.body)), 0, 20);
	struct str etag = STR_JOIN(a, S("\""), hex, S("\""));
	http_header_set(a, &rq->response, S("ETag"), etag);
	if (!v->caching)
		return;
	http_header_set(
	    a, &rq->response, S("Cache-Control"), S("private, no-cache"));
	int64_t ends_us = session_until(&rq->session, rq->site->limits);
	rq->stamp.until_us = rq->http->now_us + SESSION_SEEN_US;
	if (ends_us < rq->stamp.until_us)
		rq->stamp.until_us = ends_us;
	cache_put(rq->site->cache, v->key, &rq->stamp, a, &rq->response);
	if (str_eq(has, etag)) {
		rq->response.status = 304;
		rq->response.body = S("");
	}
}

static bool
is_noted(const struct visit *v)
{
	return v->outcome == ERR_OK && v->served && v->rq.note.write != NULL;
}

/* On the thread of a connection nothing can be noted: a page whose reading is,
 * and whose route says so, is a bug, and does not leave. */
static void
hold_back_unnoted(struct visit *v)
{
	if (v->rq.route->lane == LANE_READ && is_noted(v))
		unavailable(v);
}

static void
read_page(struct visit *v)
{
	struct req *rq = &v->rq;
	serve_reading(
	    v, lanes_reader(rq->site->lanes, http_thread(v->exchange)));
	hold_back_unnoted(v);
	if (may_be_kept(v) && !arena_guard(rq->arena, keep_page, v))
		unavailable(v);
	answer(v);
}

/* ---- writing ---- */

/* Nobody is shown an older page. */
static void
note_change(const struct req *rq)
{
	struct id network;
	site_changed(rq->site, rq->org->id);
	if (id_parse(req_param(rq, S("network")), &network))
		site_changed(rq->site, network);
}

/* The form comes back with what is wrong in it. */
static bool
is_refused(const struct visit *v)
{
	int status = v->rq.response.status;
	return v->outcome == ERR_OK && v->served && !v->rq.keeps &&
	    (status == 409 || status == 422);
}

/* In the lane.  It may be run again, so it starts from scratch.  What a page
 * wrote before it found something wrong is undone. */
static enum err
write_page(void *arg, struct db *db)
{
	struct visit *v = arg;
	struct req again = v->rq;
	begin(&v->rq, again.site, again.http);
	v->rq.route = again.route;
	v->rq.params = again.params;
	v->rq.prepared = again.prepared;
	v->rq.db = db;
	v->served = false;
	serve(v);
	v->rq.db = NULL;
	return is_refused(v) ? ERR_INVALID : v->outcome;
}

static void
publish(void *arg)
{
	struct visit *v = arg;
	struct req *rq = &v->rq;
	if (rq->site->server == NULL || !id_is_set(rq->event.network))
		return;
	struct str by = id_text(rq->arena, rq->event.account);
	http_publish(rq->site->server, id_text(rq->arena, rq->event.network),
	    S("changed"), by);
}

/* After the commit: first nobody is shown an older page, then the watchers
 * are told (full memory loses that), then the writer. */
static void
settle(struct visit *v, enum err e)
{
	struct req *rq = &v->rq;
	note_change(rq);
	if (e == ERR_OK && rq->kick)
		background_kick(rq->site->background);
	if (e == ERR_OK)
		(void)!arena_guard(rq->arena, publish, v);
	else if (v->outcome == ERR_OK && !is_refused(v))
		v->served = false; /* what it says did not happen */
	make_sure_of_answer(v);
}

static void
write_done(void *arg, enum err e)
{
	settle(arg, e);
	answer(arg);
}

static struct lane_job *
job_of(struct visit *v, enum err (*run)(void *arg, struct db *),
    void (*done)(void *arg, enum err))
{
	v->job = (struct lane_job){
	    .run = run, .done = done, .arg = v, .arena = v->rq.arena};
	return &v->job;
}

static void
refuse_visit(struct visit *v)
{
	unavailable(v);
	answer(v);
}

static void
submit(struct visit *v, struct lane_job *job)
{
	struct req *rq = &v->rq;
	struct id key = rq->org->id;
	(void)!id_parse(req_param(rq, S("network")), &key);
	if (lane_submit(rq->site->lanes, key, job) != ERR_OK)
		refuse_visit(v);
}

static void
submit_write(struct visit *v)
{
	submit(v, job_of(v, write_page, write_done));
}

/* ---- reading that is noted, before the page leaves ---- */

static enum err
write_note(void *arg, struct db *db)
{
	struct req *rq = &((struct visit *)arg)->rq;
	return rq->note.write(rq, db);
}

static void
settle_note(struct visit *v, enum err e)
{
	note_change(&v->rq);
	if (e != ERR_OK)
		unavailable(v); /* unnoted it does not leave */
}

static void
note_done(void *arg, enum err e)
{
	settle_note(arg, e);
	answer(arg);
}

static void
read_slowly(void *arg, int thread)
{
	struct visit *v = arg;
	serve_reading(v, lanes_reader(v->rq.site->lanes, v->reader + thread));
	if (is_noted(v))
		submit(v, job_of(v, write_note, note_done));
	else
		answer(v);
}

/* A refusal here is answered here: nothing was written. */
static void
prepare(void *arg)
{
	struct visit *v = arg;
	struct req *rq = &v->rq;
	rq->who = (struct actor){.org = rq->org->id,
	    .lang = rq->lang,
	    .now_us = rq->http->now_us,
	    .keys = &rq->site->keys};
	enum err e = rq->route->prepare(rq);
	if (e != ERR_OK) {
		route_error(rq, e);
		route_headers(rq);
		v->served = true;
	}
	v->outcome = e;
}

/* False: it is answered. */
static bool
prepare_visit(struct visit *v, struct db *db)
{
	v->rq.db = db;
	v->outcome = ERR_UNAVAIL;
	(void)!arena_guard(v->rq.arena, prepare, v);
	v->rq.db = NULL;
	if (v->outcome == ERR_OK)
		return true;
	make_sure_of_answer(v);
	return false;
}

static void
prepare_then_write(void *arg, int thread)
{
	struct visit *v = arg;
	struct lanes *lanes = v->rq.site->lanes;
	if (prepare_visit(v, lanes_reader(lanes, v->reader + thread)))
		submit_write(v);
	else
		answer(v);
}

/* ---- the way in ---- */

static void
start_visit(struct visit *v)
{
	struct req *rq = &v->rq;
	enum err e = ERR_OK;
	switch (rq->route->lane) {
	case LANE_READ:
		read_page(v);
		return;
	case LANE_WRITE:
		submit_write(v);
		return;
	case LANE_SLOW:
		e = pool_submit(rq->site->pool, read_slowly, v);
		break;
	case LANE_SLOW_WRITE:
		e = pool_submit(rq->site->pool, prepare_then_write, v);
		break;
	}
	if (e != ERR_OK)
		refuse_visit(v);
}

struct entry {
	struct site *site;
	struct http_request *http;
	struct http_exchange *exchange; /* NULL in page tests */
	struct visit *visit; /* out */
};

/* What needs no page is answered here. */
static void
enter(void *arg)
{
	struct entry *entry = arg;
	struct visit *v = arena_new(entry->http->arena, struct visit, 1);
	begin(&v->rq, entry->site, entry->http);
	v->exchange = entry->exchange;
	v->reader = entry->site->first_pool_reader;
	entry->visit = v;
	v->served = !find_route(&v->rq) ||
	    (v->rq.route->lane == LANE_READ && answer_from_cache(v));
}

/* NULL: not even an answer can be made. */
static struct visit *
enter_visit(struct entry *entry)
{
	if (!arena_guard(entry->http->arena, enter, entry) &&
	    entry->visit != NULL) {
		unavailable(entry->visit);
		entry->visit->served = true;
	}
	return entry->visit;
}

void
handle_exchange(void *site, struct http_exchange *exchange)
{
	struct entry entry = {site, http_request(exchange), exchange, NULL};
	struct visit *v = enter_visit(&entry);
	struct http_response bare = bare_answer();
	if (v == NULL)
		http_answer(exchange, &bare);
	else if (v->served)
		answer(v);
	else
		start_visit(v);
}

void
handle_refuse(
    void *arg, struct arena *a, int status, struct http_response *response)
{
	struct site *site = arg;
	struct http_request http = {
	    .arena = a, .path = S("/"), .target = S("/")};
	struct req rq;
	begin(&rq, site, &http);
	route_error_status(&rq, status);
	rq.response.status = status;
	rq.response.close = true;
	route_headers(&rq);
	*response = rq.response;
}

/* ---- page tests ---- */

static void
run_now(struct visit *v, struct db *db)
{
	struct req *rq = &v->rq;
	bool writes =
	    rq->route->lane == LANE_WRITE || rq->route->lane == LANE_SLOW_WRITE;
	if (rq->route->prepare != NULL && !prepare_visit(v, db))
		return;
	if (db_set_query_only(db, !writes) != ERR_OK)
		unavailable(v);
	else if (writes)
		settle(v, lane_run(db, job_of(v, write_page, write_done)));
	else
		serve_reading(v, db);
	hold_back_unnoted(v);
	if (db_set_query_only(db, false) != ERR_OK)
		unavailable(v);
	else if (!writes && is_noted(v))
		settle_note(v, lane_run(db, job_of(v, write_note, note_done)));
}

void
handle_now(struct site *site, struct db *db, struct http_request *http,
    struct http_response *response)
{
	struct entry entry = {site, http, NULL, NULL};
	struct visit *v = enter_visit(&entry);
	if (v != NULL && !v->served)
		run_now(v, db);
	*response = v != NULL ? v->rq.response : bare_answer();
}
