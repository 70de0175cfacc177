/* SPDX-License-Identifier: MPL-2.0 */

/* A whole site behind its listener, with lanes, pool and cache: requests that
 * run out of memory at every stage of their way, and bytes that tell nothing. */
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "jobs/pool.h"
#include "model/schema.h"
#include "tests/model/fixture.h"
#include "web/cache.h"
#include "web/handle.h"
#include "web/lane.h"
#include "web/route.h"
#include "web/security.h"

enum { REQUEST_BYTES = 4 * 1024 * 1024, ANSWER_BYTES = 1024 * 1024 };

struct behind {
	struct arena *arena;
	struct world world;
	struct site *site;
	struct str cookie, csrf;
	struct str stranger; /* the cookie of Lis */
	ptrdiff_t left; /* bytes each request still has; 0: all of them */
	ptrdiff_t fails_at; /* or the allocation that finds none; 0: none */
	struct arena *spending;
};

/* The cookie of an account that is signed in, as of the real clock. */
static struct str
sign_in(struct behind *b, struct db *db, struct id account)
{
	struct str token;
	struct actor now = b->world.program;
	now.now_us = clock_now_us();
	CHECK_OK(
	    session_new(db, b->arena, &now, account, b->site->limits, &token));
	return str_fmt(b->arena, "__Host-samskab=%.*s.%.*s",
	    STR_ARG(b->site->orgs.list[0].short_code), STR_ARG(token));
}

static void
fill(struct behind *b, const struct db_place *place)
{
	struct db *db = NULL;
	struct arena *a = b->arena;
	CHECK_OK(db_open(a, place, DB_WRITE, &db));
	CHECK_OK(schema_up(db, a, 1));
	world_new(&b->world, a, db);
	CHECK_OK(org_list(db, a, &b->site->orgs));
	b->cookie = sign_in(b, db, b->world.mette);
	b->stranger = sign_in(b, db, b->world.lis);
	db_close(db);
	b->world.db = NULL;
}

static void
close_site(void *arg)
{
	struct site *site = arg;
	pool_close(site->pool);
	lanes_close(site->lanes);
	cache_close(site->cache);
}

static void
open_site(struct behind *b, struct arena *a, enum db_kind kind)
{
	struct db_place place = test_place(a, kind);
	struct lane_options options = {.place = place, .readers = 2};
	*b = (struct behind){.arena = a, .site = arena_new(a, struct site, 1)};
	struct site *site = b->site;
	site->process = a;
	site->base_url = S("https://samskab.test");
	site->limits = (struct session_limits){30 * MINUTE_US, 10 * HOUR_US};
	site->first_pool_reader = 1;
	fill(b, &place);
	site->keys = b->world.keys;
	site->attempts = limits_new(a);
	site->cache = cache_new(a);
	CHECK_OK(lanes_open(a, &options, &site->lanes));
	CHECK_OK(pool_open(a, 1, 16, &site->pool));
	arena_defer(a, close_site, site);
}

/* ---- a listener, and a client ---- */

static void
spend(void *arg)
{
	struct behind *b = arg;
	struct arena *a = b->spending;
	arena_new(a, char, REQUEST_BYTES - arena_used(a) - b->left);
}

/* A request that was read whole, and then has little memory left. */
static void
handle_poorly(void *arg, struct http_exchange *x)
{
	struct behind *b = arg;
	b->spending = http_request(x)->arena;
	if (b->left > 0)
		CHECK(arena_guard(b->spending, spend, b));
	arena_fail_at(b->spending, b->fails_at);
	handle_exchange(b->site, x);
}

static ptrdiff_t
body_limit(void *arg, const struct http_request *http)
{
	struct behind *b = arg;
	return route_body_limit(b->site, http);
}

static void
refuse(void *arg, struct arena *a, int status, struct http_response *response)
{
	struct behind *b = arg;
	handle_refuse(b->site, a, status, response);
}

static void
stop_listening(void *server)
{
	http_stop(server, 1);
}

static void
listen_for(struct behind *b)
{
	struct http_config config = {
	    .listen = S("127.0.0.1:0"),
	    .threads = 1,
	    .arena_bytes = REQUEST_BYTES,
	    .max_connections = 8,
	    .max_streams = 2,
	    .idle_seconds = 5,
	    .body_limit = body_limit,
	    .handle = handle_poorly,
	    .refuse = refuse,
	    .arg = b,
	};
	CHECK_OK(http_start(b->arena, &config, &b->site->server));
	arena_defer(b->arena, stop_listening, b->site->server);
}

static int
dial(struct http_server *server)
{
	int64_t port;
	struct str address = http_address(server);
	(void)str_cut(&address, ':');
	CHECK(str_int(address, &port));
	struct sockaddr_in to = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
	return fd;
}

/* One request, until the other side closes; "" when it says nothing. */
static struct str
ask(struct behind *b, struct arena *a, struct str request)
{
	int fd = dial(b->site->server);
	char *p = arena_new(a, char, ANSWER_BYTES);
	ptrdiff_t n = 0;
	ssize_t got = write(fd, request.p, (size_t)request.n);
	CHECK_INT(got, request.n);
	while (n < ANSWER_BYTES &&
	    (got = read(fd, p + n, (size_t)(ANSWER_BYTES - n))) > 0)
		n += got;
	close(fd);
	return (struct str){p, n};
}

static struct str
get(struct behind *b, struct arena *a, struct str path)
{
	return ask(b, a,
	    str_fmt(a,
		"GET %.*s HTTP/1.1\r\nHost: samskab.test\r\nCookie: %.*s\r\n"
		"Connection: close\r\n\r\n",
		STR_ARG(path), STR_ARG(b->cookie)));
}

static struct str
post(struct behind *b, struct arena *a, struct str path, struct str form)
{
	struct str all =
	    str_fmt(a, "csrf=%.*s&%.*s", STR_ARG(b->csrf), STR_ARG(form));
	return ask(b, a,
	    str_fmt(a,
		"POST %.*s HTTP/1.1\r\nHost: samskab.test\r\nCookie: %.*s\r\n"
		"Sec-Fetch-Site: same-origin\r\nContent-Length: %td\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\n"
		"Connection: close\r\n\r\n%.*s",
		STR_ARG(path), STR_ARG(b->cookie), all.n, STR_ARG(all)));
}

/* 0: nothing came. */
static int
status_of(struct str answer)
{
	int64_t status = 0;
	struct str word = str_sub(answer, 9, 12);
	return str_int(word, &status) ? (int)status : 0;
}

static void
read_csrf(struct behind *b, struct arena *a)
{
	static const struct str mark = S_INIT("name=\"csrf\" value=\"");
	struct str front = get(b, a, S("/"));
	CHECK_INT(status_of(front), 200);
	ptrdiff_t at = str_find(front, mark);
	CHECK(at > 0);
	b->csrf =
	    str_dup(b->arena, str_sub(front, at + mark.n, at + mark.n + 32));
}

/* ---- the ladder ---- */

struct ladder {
	int full, fine; /* answers of each kind */
};

static void
count(struct ladder *l, struct str answer, int fine)
{
	int status = status_of(answer);
	l->fine += status == fine;
	l->full += status != fine;
	if (status != 503 && status != 0)
		CHECK_INT(status, fine);
}

static struct str
network_path(struct behind *b, struct arena *a, const char *rest)
{
	return str_fmt(
	    a, "/netvaerk/%.*s%s", STR_ARG(id_text(a, b->world.network)), rest);
}

/* Each kind of route once. */
static void
climb(struct behind *b, struct ladder *l)
{
	struct arena *a = arena_scratch(b->arena);
	struct str need =
	    str_fmt(a, "%.*s%.*s", STR_ARG(network_path(b, a, "/gem/behov/")),
		STR_ARG(id_text(a, b->world.network)));
	count(l, get(b, a, S("/ordliste")), 200);
	count(l, get(b, a, S("/nowhere")), 404);
	count(l, get(b, a, network_path(b, a, "/plan")), 200);
	count(l, get(b, a, network_path(b, a, "/plan")), 200); /* kept */
	count(l, get(b, a, network_path(b, a, "/plan.odt")), 200);
	count(l, post(b, a, need, S("rev=0&text=Vi+mangler+viden.")), 303);
	count(l, post(b, a, S("/konto/adgangskode"), S("password=kort")), 422);
	arena_close(a);
}

static void
climb_all(struct arena *arena, enum db_kind kind)
{
	struct behind b;
	struct ladder poor = {0}, rich = {0};
	open_site(&b, arena, kind);
	listen_for(&b);
	read_csrf(&b, arena);
	for (b.left = 100; b.left < 2000 * 1000; b.left += b.left / 6)
		climb(&b, &poor);
	b.left = 0;
	for (b.fails_at = 1; b.fails_at < 5000;
	     b.fails_at += 1 + b.fails_at / 5)
		climb(&b, &poor);
	CHECK(poor.full > 100 && poor.fine > 100);
	b.fails_at = 0;
	climb(&b, &rich);
	CHECK_INT(rich.full, 0);
}

/* Lis is no member of the network that Mette starts here. */
static struct id
start_another(struct behind *b, struct arena *a)
{
	struct id id = id_new(NOW_US);
	struct str form = str_fmt(
	    a, "key=%.*s&name=Nyt&type=learning", STR_ARG(id_text(a, id)));
	CHECK_INT(status_of(post(b, a, S("/netvaerk/nyt"), form)), 303);
	return id;
}

/* The head and the body, without what the day and the id make different. */
static struct str
not_found(struct behind *b, struct arena *a, struct id network, const char *at)
{
	struct str id = id_text(a, network);
	struct str text =
	    get(b, a, str_fmt(a, "/netvaerk/%.*s%s", STR_ARG(id), at));
	CHECK_INT(status_of(text), 404);
	CHECK(str_find(text, S("ETag")) < 0);
	ptrdiff_t date = str_find(text, S("\r\nDate: "));
	CHECK(date > 0);
	ptrdiff_t end = date + 2;
	while (text.p[end] != '\r')
		end++;
	text = str_cat(a, str_sub(text, 0, date), str_sub(text, end, text.n));
	return str_replace(a, text, id, S("ID"));
}

static void
compare_nothing(struct arena *a, enum db_kind kind)
{
	static const char *const at[] = {
	    "", "/plan", "/historik", "/plan.pdf", "/plan.odt", "/live"};
	struct behind b;
	open_site(&b, a, kind);
	listen_for(&b);
	read_csrf(&b, a);
	struct id there = start_another(&b, a);
	b.cookie = b.stranger;
	for (ptrdiff_t i = 0; i < COUNT_OF(at); i++)
		CHECK_STR(not_found(&b, a, there, at[i]),
		    not_found(&b, a, id_new(NOW_US), at[i]));
}

/* What may not be known of is told, byte by byte, as what is not there. */
TEST(nothing_tells_another_network_from_none_sqlite)
{
	compare_nothing(arena, DB_SQLITE);
}

TEST(nothing_tells_another_network_from_none_postgres)
{
	compare_nothing(arena, DB_POSTGRES);
}

/* The page is kept under the cookie, so that the next request does not look at
 * the session: what ends it must end the page too. */
static void
end_kept_pages(struct arena *a, enum db_kind kind)
{
	struct behind b;
	open_site(&b, a, kind);
	listen_for(&b);
	read_csrf(&b, a);
	struct str plan = network_path(&b, a, "/plan"), leader = b.cookie;
	struct str drop = str_fmt(
	    a, "account=%.*s&role=decider", STR_ARG(id_text(a, b.world.lis)));
	b.cookie = b.stranger;
	for (int i = 0; i < 2; i++)
		CHECK_INT(status_of(get(&b, a, plan)), 200);
	b.cookie = leader;
	for (int i = 0; i < 2; i++)
		CHECK_INT(status_of(get(&b, a, plan)), 200);
	struct str path = network_path(&b, a, "/medlemmer/fjern");
	CHECK_INT(status_of(post(&b, a, path, drop)), 303);
	b.cookie = b.stranger;
	CHECK_INT(status_of(get(&b, a, plan)), 303);
	b.cookie = leader;
	CHECK_INT(status_of(get(&b, a, plan)), 200);
	CHECK_INT(status_of(post(&b, a, S("/log-ud"), S(""))), 303);
	CHECK_INT(status_of(get(&b, a, plan)), 303);
}

TEST(a_kept_page_ends_with_its_session_sqlite)
{
	end_kept_pages(arena, DB_SQLITE);
}

TEST(a_kept_page_ends_with_its_session_postgres)
{
	end_kept_pages(arena, DB_POSTGRES);
}

TEST(a_request_without_memory_ends_alone_sqlite)
{
	climb_all(arena, DB_SQLITE);
}

TEST(a_request_without_memory_ends_alone_postgres)
{
	climb_all(arena, DB_POSTGRES);
}
