/* SPDX-License-Identifier: MPL-2.0 */

/* Calls to other programs: what is called, and above all what is not. */
#include "jobs/webhook.c"

#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include "tests/model/fixture.h"

enum { HEARD = 4096 };

/* A program on this machine that may be called, and answers once. */
struct ear {
	int fd, port;
	pthread_t thread;
	const char *answer;
	char heard[HEARD];
	ptrdiff_t n;
};

static void
ear_open(struct ear *e)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof at;
	*e = (struct ear){.fd = socket(AF_INET, SOCK_STREAM, 0)};
	CHECK(e->fd >= 0);
	CHECK_INT(bind(e->fd, (struct sockaddr *)&at, sizeof at), 0);
	CHECK_INT(listen(e->fd, 4), 0);
	CHECK_INT(getsockname(e->fd, (struct sockaddr *)&at, &size), 0);
	e->port = ntohs(at.sin_port);
}

static void *
ear_listen(void *arg)
{
	struct ear *e = arg;
	struct pollfd ready = {e->fd, POLLIN, 0};
	if (poll(&ready, 1, 5000) <= 0)
		return NULL;
	int fd = accept(e->fd, NULL, NULL);
	while (e->n < HEARD &&
	    (e->n == 0 || e->heard[e->n - 1] != '\n' ||
		strstr(e->heard, "}\n") == NULL)) {
		ssize_t got =
		    read(fd, e->heard + e->n, (size_t)(HEARD - 1 - e->n));
		if (got <= 0)
			break;
		e->n += got;
	}
	if (write(fd, e->answer, strlen(e->answer)) < 0)
		e->n = 0;
	close(fd);
	return NULL;
}

static void
ear_start(struct ear *e, const char *answer)
{
	e->answer = answer;
	CHECK_INT(pthread_create(&e->thread, NULL, ear_listen, e), 0);
}

static struct str
ear_heard(struct ear *e)
{
	pthread_join(e->thread, NULL);
	return (struct str){e->heard, e->n};
}

/* Whether somebody tried to connect. */
static bool
ear_was_called(const struct ear *e)
{
	struct pollfd ready = {e->fd, POLLIN, 0};
	return poll(&ready, 1, 50) > 0;
}

/* ---- names that lead somewhere ---- */

static int asked; /* by the test's own thread alone */
static const char *leads[2]; /* first answer, and a second address in it */

static enum err
answer(struct arena *a, const struct webhook_url *url,
    struct webhook_addresses *out)
{
	(void)a;
	(void)url;
	asked++;
	*out = (struct webhook_addresses){.n = 0};
	for (int i = 0; i < 2 && leads[i] != NULL; i++) {
		struct sockaddr_in four = {.sin_family = AF_INET};
		struct sockaddr_in6 six = {.sin6_family = AF_INET6};
		if (inet_pton(AF_INET, leads[i], &four.sin_addr) == 1)
			memcpy(&out->list[out->n++], &four, sizeof four);
		else if (inet_pton(AF_INET6, leads[i], &six.sin6_addr) == 1)
			memcpy(&out->list[out->n++], &six, sizeof six);
	}
	return ERR_OK;
}

static struct webhook_call
call_to(struct arena *a, const char *host, int port)
{
	return (struct webhook_call){
	    .url = str_fmt(a, "http://%s:%d/samskab", host, port),
	    .secret = S("hemmelig"),
	    .parts = {.host = str_c(host), .port = port}};
}

/* trust.md case 90 */
TEST(webhook_calls_no_closed_address)
{
	static const char *const names[][2] = {{"127.0.0.1"}, {"127.8.8.8"},
	    {"169.254.169.254"}, {"::1"}, {"::ffff:127.0.0.1"}, {"10.1.2.3"},
	    {"192.168.1.1"}, {"172.31.0.1"}, {"100.64.0.1"}, {"0.0.0.0"},
	    {"fe80::1"}, {"fd00::1"}, {"64:ff9b::7f00:1"}, {"2002:7f00:1::"},
	    {"224.0.0.1"}, {"93.184.216.34", "127.0.0.1"},
	    {"127.0.0.1", "93.184.216.34"}};
	struct ear e;
	ear_open(&e);
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++) {
		struct webhook_call call =
		    call_to(arena, "program.fjordby.example", e.port);
		memcpy(leads, names[i], sizeof leads);
		asked = 0;
		CHECK_INT(webhook_send(arena, &call, answer, S("{}\n"), 0),
		    ERR_DENIED);
		CHECK_INT(asked, 1);
	}
	/* Numbers written as a name that the system reads as this machine. */
	static const char *const odd[] = {
	    "2130706433", "127.1", "0x7f000001", "localhost", "0"};
	for (ptrdiff_t i = 0; i < COUNT_OF(odd); i++) {
		struct webhook_call call = call_to(arena, odd[i], e.port);
		enum err was =
		    webhook_send(arena, &call, webhook_resolve, S("{}\n"), 0);
		CHECK(was == ERR_DENIED || was == ERR_UNAVAIL);
	}
	CHECK(!ear_was_called(&e));
	/* The twin: that very number was allowed, and it arrives. */
	struct webhook_call call = call_to(arena, "127.0.0.1", e.port);
	ear_start(&e, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
	CHECK_OK(webhook_send(
	    arena, &call, webhook_resolve, S("{\"a\": 1}\n"), 7000000));
	struct str heard = ear_heard(&e);
	CHECK_HAS(heard, S("POST /samskab HTTP/1.1\r\n"));
	CHECK_HAS(heard, S("\r\n\r\n{\"a\": 1}\n"));
	CHECK_HAS(heard,
	    STR_JOIN(arena, S("Samskab-Signature: t=7,v1="),
		hmac_sha256_hex(arena, S("hemmelig"), S("7.{\"a\": 1}\n"))));
	close(e.fd);
}

/* What a name says later is not asked for: the call goes to the pinned one. */
TEST(webhook_keeps_the_address_it_looked_at)
{
	struct ear e;
	ear_open(&e);
	struct webhook_call call =
	    call_to(arena, "nobody-knows-it.invalid", e.port);
	struct curl_slist *lists[2] = {pin(arena, &call.parts, S("127.0.0.1")),
	    headers(arena, &call, S("{}\n"), 0)};
	ear_start(&e, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	CURL *curl = curl_easy_init();
	CHECK_OK(perform(curl, arena, &call, lists, S("{}\n")));
	CHECK_HAS(ear_heard(&e), S("Host: nobody-knows-it.invalid"));
	curl_easy_cleanup(curl);
	curl_slist_free_all(lists[0]);
	curl_slist_free_all(lists[1]);
	close(e.fd);
}

TEST(webhook_follows_nobody)
{
	struct ear first, second;
	ear_open(&first);
	ear_open(&second);
	struct webhook_call call = call_to(arena, "127.0.0.1", first.port);
	ear_start(&first,
	    str_cstr(arena,
		str_fmt(arena,
		    "HTTP/1.1 307 Temporary Redirect\r\n"
		    "Location: http://127.0.0.1:%d/\r\n"
		    "Content-Length: 0\r\nConnection: close\r\n\r\n",
		    second.port)));
	CHECK_INT(webhook_send(arena, &call, webhook_resolve, S("{}\n"), 0),
	    ERR_UNAVAIL);
	CHECK_HAS(ear_heard(&first), S("POST"));
	CHECK(!ear_was_called(&second));
	close(first.fd);
	/* Nobody listens there any more: later. */
	CHECK_INT(webhook_send(arena, &call, webhook_resolve, S("{}\n"), 0),
	    ERR_UNAVAIL);
	close(second.fd);
}

TEST(webhook_knows_the_open_net)
{
	static const char *const open[] = {
	    "93.184.216.34", "8.8.8.8", "172.32.0.1", "2a00:1450::1"};
	struct webhook_addresses at;
	for (ptrdiff_t i = 0; i < COUNT_OF(open); i++) {
		leads[0] = open[i];
		leads[1] = NULL;
		CHECK_OK(answer(arena, NULL, &at));
		CHECK_INT(at.n, 1);
		CHECK(webhook_is_open(&at.list[0]));
	}
}

/* ---- the job ---- */

static enum err
run(struct world *w, const struct job *job)
{
	struct job_turn t = {
	    .job = job, .who = w->leader, .arena = w->arena, .db = w->db};
	return webhook_job(&t);
}

TEST_DB(webhook_job_tells_the_event_and_no_more)
{
	struct world w;
	struct ear e;
	struct jobs jobs;
	struct str secret;
	world_new(&w, arena, db);
	ear_open(&e);
	struct str origin = str_fmt(arena, "http://127.0.0.1:%d", e.port);
	struct webhook hook = {
	    .id = id_new(NOW_US), .url = str_cat(arena, origin, S("/x"))};
	struct id about = id_new(NOW_US + 1);
	CHECK_OK(webhook_allow(db, arena, &w.program, origin));
	CHECK_OK(webhook_make(db, arena, &w.leader, &hook, &secret));
	CHECK_OK(
	    webhook_notify(db, arena, &w.leader, S("round.closed"), about));
	CHECK_OK(job_list(db, arena, &w.leader, &jobs));
	CHECK_INT(jobs.n, 1);
	ear_start(&e, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	CHECK_OK(run(&w, &jobs.list[0]));
	struct str heard = ear_heard(&e);
	CHECK_HAS(heard, S("\"event\": \"round.closed\""));
	CHECK_HAS(heard, id_text(arena, about));
	CHECK_HAS(
	    heard, id_text(arena, jobs.list[0].id)); /* to know it again by */
	/* Forbidden since, or ended: nothing is called. */
	CHECK_OK(webhook_forbid(db, arena, &w.program, origin));
	CHECK_INT(run(&w, &jobs.list[0]), ERR_DENIED);
	CHECK_OK(webhook_allow(db, arena, &w.program, origin));
	CHECK_OK(webhook_end(db, arena, &w.leader, hook.id));
	CHECK_INT(run(&w, &jobs.list[0]), ERR_DENIED);
	CHECK(!ear_was_called(&e));
	close(e.fd);
}
