/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/http/raw.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"

enum { MAX_BYTES = 8 * 1024 * 1024 };

static ptrdiff_t
body_limit(void *arg, const struct http_request *rq)
{
	(void)arg;
	return rq->method == HTTP_POST ? 1000 : -1;
}

static void *
answer_later(void *arg)
{
	struct http_response response = {
	    .status = 200, .type = S("text/plain"), .body = S("later")};
	usleep(20 * 1000);
	http_answer(arg, &response);
	return NULL;
}

static void
handle(void *arg, struct http_exchange *x)
{
	struct raw *raw = arg;
	struct http_request *rq = http_request(x);
	struct http_response response = {
	    .status = 200, .type = S("text/plain"), .body = rq->path};
	pthread_t thread;
	raw->handled++;
	if (str_eq(rq->path, S("/smuggled")))
		raw->smuggled++;
	if (str_eq(rq->path, S("/form")))
		response.body = http_get(rq->form, S("a"));
	if (str_eq(rq->path, S("/live"))) {
		response.type = S("text/event-stream");
		http_stream(x, S("topic"), &response);
	} else if (raw->later &&
	    pthread_create(&thread, NULL, answer_later, x) == 0) {
		pthread_detach(thread);
	} else {
		http_answer(x, &response);
	}
}

static void
refuse(void *arg, struct arena *a, int status, struct http_response *response)
{
	(void)arg;
	(void)a;
	*response = (struct http_response){
	    .status = status, .type = S("text/plain"), .body = S("refused")};
}

/* A test that failed left its server running. */
static void
stop_left_over(void *arg)
{
	struct raw *raw = arg;
	if (raw->server != NULL)
		raw_stop(raw);
}

void
raw_start(struct raw *raw, struct arena *a, bool unguarded)
{
	*raw = (struct raw){0};
	struct http_config config = {
	    .listen = S("127.0.0.1:0"),
	    .threads = 2,
	    .arena_bytes = 1024 * 1024,
	    .max_connections = 100,
	    .max_streams = 5,
	    .idle_seconds = 5,
	    .body_limit = body_limit,
	    .handle = handle,
	    .refuse = refuse,
	    .arg = raw,
	    .unguarded = unguarded,
	};
	int64_t port = 0;
	log_set_level(LOG_ERROR);
	CHECK_OK(http_start(a, &config, &raw->server));
	struct str address = http_address(raw->server);
	(void)str_cut(&address, ':');
	CHECK(str_int(address, &port));
	raw->port = (int)port;
	arena_defer(a, stop_left_over, raw);
}

void
raw_stop(struct raw *raw)
{
	http_stop(raw->server, 2);
	raw->server = NULL;
}

int
raw_connect(const struct raw *raw)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)raw->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
	return fd;
}

struct str
raw_read(int fd, struct arena *a, int ms)
{
	struct buf b = buf_new(a, MAX_BYTES);
	char part[4096];
	for (;;) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		if (poll(&ready, 1, ms) != 1)
			break;
		ssize_t n = recv(fd, part, sizeof part, 0);
		if (n <= 0)
			break;
		buf_add(&b, (struct str){part, n});
	}
	return buf_str(&b);
}

struct str
raw_talk(const struct raw *raw, struct arena *a, struct str bytes, int ms)
{
	int fd = raw_connect(raw);
	CHECK(send(fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL) == bytes.n);
	struct str answer = raw_read(fd, a, ms);
	close(fd);
	return answer;
}

int
raw_status(struct str answer)
{
	int64_t status = 0;
	if (!str_starts(answer, S("HTTP/1.")) ||
	    !str_int(str_sub(answer, 9, 12), &status))
		return 0;
	return (int)status;
}

int
raw_count(struct str answer)
{
	int n = 0;
	ptrdiff_t at;
	while ((at = str_find(answer, S("HTTP/1.1 "))) >= 0) {
		answer = str_sub(answer, at + 9, answer.n);
		n++;
	}
	return n;
}
