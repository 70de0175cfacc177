/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_WEB_SITE_H
#define TESTS_WEB_SITE_H

#include "http/http.h"
#include "tests/model/fixture.h"
#include "web/site.h"

/* site.h - a whole site in this process, for page tests: the same steps as
 * behind the listener, on one connection, with the clock at NOW_US. */
struct web {
	struct world world;
	struct site *site;
	struct id account; /* who is signed in; not set for nobody */
	struct str cookie; /* theirs; "" for nobody */
	struct str csrf; /* their token */
	struct str bearer; /* a program's token; "" for none */
	int64_t now_us;
	/* Where requests live: the world's arena, or one of a test's own, which
	 * then also holds what a reply points to. */
	struct arena *request;
};

struct reply {
	int status;
	struct str body, location, set_cookie;
	struct http_pairs headers;
	int64_t queries;
	ptrdiff_t arena_used;
};

void web_new(struct web *, struct arena *, struct db *);

/* Signs an account in and reads its token off the front page. */
void web_sign_in(struct web *, struct id account);

/* The same without asking for a page; who has a second step is through it. */
void web_session(struct web *, struct id account);
/* Only through the first step. */
void web_half_session(struct web *, struct id account);
void web_nobody(struct web *);

struct reply web_get(struct web *, struct str target);
/* `form`: "name=value&...", escaped; csrf is added. */
struct reply web_post(struct web *, struct str path, struct str form);
/* The same with headers and form just as they are. */
struct reply web_raw(struct web *, enum http_method, struct str target,
    struct str form, struct http_pairs headers);

/* Without the ids and given codes in it: new ones are other ones each time. */
struct str web_without_ids(struct arena *, struct str);

/* "/netvaerk/ID" + rest. */
struct str web_path(struct web *, const char *rest);

#endif
