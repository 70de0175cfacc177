/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/webhook.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <jansson.h>
#include <netdb.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"

enum { CONNECT_SECONDS = 5, TOTAL_SECONDS = 10, ADDRESS_TEXT = 64 };

/* ---- which addresses ---- */

static const struct {
	uint32_t net;
	int bits;
} closed[] = {
    {0x00000000, 8}, /* this net */
    {0x0a000000, 8}, /* private */
    {0x64400000, 10}, /* of a carrier */
    {0x7f000000, 8}, /* this machine */
    {0xa9fe0000, 16}, /* a link, and the metadata of clouds */
    {0xac100000, 12}, /* private */
    {0xc0000000, 24}, /* protocols */
    {0xc0000200, 24}, /* examples */
    {0xc0586300, 24}, /* relays to IPv6 */
    {0xc0a80000, 16}, /* private */
    {0xc6120000, 15}, /* measuring */
    {0xc6336400, 24}, /* examples */
    {0xcb007100, 24}, /* examples */
    {0xe0000000, 3}, /* many at once, and not given out */
};

static bool
is_open_4(uint32_t ip)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(closed); i++) {
		if ((ip ^ closed[i].net) >> (32 - closed[i].bits) == 0)
			return false;
	}
	return true;
}

/* Of IPv6 what is given out (2000::/3), without what leads to an IPv4 address
 * (Teredo, 6to4) and examples. */
static bool
is_open_6(const unsigned char *b)
{
	bool tunnel = (b[0] == 0x20 && b[1] == 0x02) ||
	    (b[0] == 0x20 && b[1] == 0x01 && b[2] < 0x02);
	bool example =
	    b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8;
	return b[0] >> 5 == 1 && !tunnel && !example;
}

bool
webhook_is_open(const struct sockaddr_storage *at)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	if (at->ss_family == AF_INET) {
		memcpy(&four, at, sizeof four);
		return is_open_4(ntohl(four.sin_addr.s_addr));
	}
	memcpy(&six, at, sizeof six);
	return at->ss_family == AF_INET6 && is_open_6(six.sin6_addr.s6_addr);
}

static struct str
text_of(struct arena *a, const struct sockaddr_storage *at)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	const void *bytes = &four.sin_addr;
	char *text = arena_new(a, char, ADDRESS_TEXT);
	memcpy(&four, at, sizeof four);
	memcpy(&six, at, sizeof six);
	if (at->ss_family == AF_INET6)
		bytes = &six.sin6_addr;
	return inet_ntop(at->ss_family, bytes, text, ADDRESS_TEXT) != NULL
	    ? str_c(text)
	    : S("");
}

enum err
webhook_resolve(struct arena *a, const struct webhook_url *url,
    struct webhook_addresses *out)
{
	struct addrinfo *all = NULL;
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	*out = (struct webhook_addresses){.n = 0};
	if (getaddrinfo(str_cstr(a, url->host), NULL, &hints, &all) != 0)
		return ERR_UNAVAIL;
	for (const struct addrinfo *p = all;
	     p != NULL && out->n < COUNT_OF(out->list); p = p->ai_next) {
		if (p->ai_family == AF_INET || p->ai_family == AF_INET6)
			memcpy(&out->list[out->n++], p->ai_addr, p->ai_addrlen);
	}
	freeaddrinfo(all);
	return out->n > 0 ? ERR_OK : ERR_UNAVAIL;
}

/* The address that is called.  That its number was allowed is seen by the
 * origin being that number. */
static enum err
choose(struct arena *a, const struct webhook_call *call,
    webhook_resolver *resolve, struct str *address)
{
	struct webhook_addresses all;
	enum err e = resolve(a, &call->parts, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		struct str text = text_of(a, &all.list[i]);
		if (!webhook_is_open(&all.list[i]) &&
		    !str_eq(text, call->parts.host))
			return ERR_DENIED;
	}
	if (e == ERR_OK)
		*address = text_of(a, &all.list[0]);
	return e;
}

/* ---- the call ---- */

struct str
webhook_signature(
    struct arena *a, struct str secret, struct str body, int64_t now_us)
{
	struct str at = str_fmt(a, "%lld", (long long)(now_us / (1000 * 1000)));
	return STR_JOIN(a, S("t="), at, S(",v1="),
	    hmac_sha256_hex(a, secret, STR_JOIN(a, at, S("."), body)));
}

static size_t
drop(char *bytes, size_t size, size_t n, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * n;
}

/* The one address for the host and the port, whoever is asked. */
static struct curl_slist *
pin(struct arena *a, const struct webhook_url *u, struct str address)
{
	bool six = str_find_byte(u->host, ':') >= 0;
	struct str host = six ? STR_JOIN(a, S("["), u->host, S("]")) : u->host;
	struct str line = STR_JOIN(a, host,
	    str_fmt(a, ":%lld:", (long long)u->port), S("["), address, S("]"));
	return curl_slist_append(NULL, str_cstr(a, line));
}

static struct curl_slist *
headers(struct arena *a, const struct webhook_call *call, struct str body,
    int64_t now_us)
{
	struct str line = STR_JOIN(a, S("Samskab-Signature: "),
	    webhook_signature(a, call->secret, body, now_us));
	struct curl_slist *list =
	    curl_slist_append(NULL, "Content-Type: application/json");
	return curl_slist_append(list, str_cstr(a, line));
}

static void
set_options(CURL *curl, struct arena *a, const struct webhook_call *call,
    struct str body)
{
	curl_easy_setopt(curl, CURLOPT_URL, str_cstr(a, call->url));
	curl_easy_setopt(
	    curl, CURLOPT_PROTOCOLS_STR, call->parts.tls ? "https" : "http");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TOTAL_SECONDS);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Samskab");
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)body.n);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, str_cstr(a, body));
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
}

static enum err
perform(CURL *curl, struct arena *a, const struct webhook_call *call,
    struct curl_slist *lists[2], struct str body)
{
	long status = 0;
	set_options(curl, a, call, body);
	curl_easy_setopt(curl, CURLOPT_RESOLVE, lists[0]);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lists[1]);
	CURLcode result = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	bool taken = result == CURLE_OK && status >= 200 && status < 300;
	if (!taken)
		log_event(LOG_WARN, "webhook",
		    LOG_STR("why", str_c(curl_easy_strerror(result))),
		    LOG_INT("status", status));
	return taken ? ERR_OK : ERR_UNAVAIL;
}

enum err
webhook_send(struct arena *a, const struct webhook_call *call,
    webhook_resolver *resolve, struct str body, int64_t now_us)
{
	struct str address;
	enum err e = choose(a, call, resolve, &address);
	if (e != ERR_OK)
		return e;
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		return ERR_UNAVAIL;
	struct curl_slist *lists[2] = {
	    pin(a, &call->parts, address), headers(a, call, body, now_us)};
	e = lists[0] != NULL && lists[1] != NULL
	    ? perform(curl, a, call, lists, body)
	    : ERR_UNAVAIL;
	curl_easy_cleanup(curl);
	curl_slist_free_all(lists[0]);
	curl_slist_free_all(lists[1]);
	return e;
}

/* ---- the job ---- */

static struct str
member(struct arena *a, const json_t *args, const char *key)
{
	const char *text = json_string_value(json_object_get(args, key));
	return text != NULL ? str_dup(a, str_c(text)) : S("");
}

/* Ids and the event's name: who wants to know more asks /api/v1. */
static struct str
body_of(struct job_turn *t, struct str event, struct str about)
{
	struct arena *a = t->arena;
	return STR_JOIN(a, S("{\"id\": \""), id_text(a, t->job->id),
	    S("\", \"event\": \""), event, S("\", \"network\": \""),
	    id_text(a, t->who.network), S("\", \"about\": \""), about,
	    S("\"}\n"));
}

enum err
webhook_job(struct job_turn *t)
{
	struct id id;
	struct webhook_call call;
	struct str args = t->job->args;
	json_t *json = json_loadb(args.p, (size_t)args.n, 0, NULL);
	struct str webhook = member(t->arena, json, "webhook");
	struct str event = member(t->arena, json, "event");
	struct str about = member(t->arena, json, "about");
	json_decref(json);
	if (!id_parse(webhook, &id))
		return ERR_INVALID;
	enum err e = webhook_get(t->db, t->arena, &t->who, id, &call);
	if (e == ERR_NOT_FOUND)
		return ERR_DENIED; /* ended, or forbidden since */
	return e == ERR_OK ? webhook_send(t->arena, &call, webhook_resolve,
				 body_of(t, event, about), t->who.now_us)
			   : e;
}
