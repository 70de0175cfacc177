/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/req.h"

/* route.h - the route table: what there is, and who may.
 *
 * web/routes.def has a line a route; the macro wants every column, so a route
 * without a policy does not compile.  The table, not the page, enforces
 * method, capability, CSRF, body limit and lane.
 * Tests: tests/web/routes.c, tests/web/matrix.c, tests/web/security.c
 */
enum need {
	NEED_NOTHING = 1, /* anyone */
	NEED_HALF, /* signed in, the second factor may be due */
	NEED_ACCOUNT, /* signed in */
	NEED_ACCOUNTS, /* CAP_ACCOUNTS */
	NEED_CREATE, /* CAP_CREATE */
	NEED_OVERVIEW, /* CAP_OVERVIEW */
	NEED_CATALOGUE, /* CAP_CATALOGUE */
	NEED_READ, /* CAP_READ in {network} */
	NEED_EDIT, /* CAP_EDIT in {network} */
	NEED_AGENDA, /* CAP_AGENDA in {network} */
	NEED_MANAGE, /* CAP_MANAGE in {network} */
	NEED_PEOPLE, /* CAP_PEOPLE in {network} */
	NEED_ASK, /* CAP_ASK in {network} */
	NEED_VAULT, /* CAP_VAULT in {network} */
	NEED_ACCESS, /* CAP_ACCESS in {network} */
	NEED_DECIDE, /* CAP_DECIDE in {network} */
};

enum route_lane {
	LANE_READ = 1, /* on the HTTP thread, with a read-only connection */
	LANE_SLOW, /* on the pool, with a read-only connection */
	LANE_WRITE, /* in the write lane of {network} or the organisation */
	LANE_SLOW_WRITE, /* `prepare` on the pool, then the write lane */
};

enum csrf {
	CSRF_NONE = 1, /* a GET */
	CSRF_ORIGIN, /* a POST without a session: our own origin */
	CSRF_TOKEN, /* our own origin, and the session's token */
	CSRF_BEARER, /* a program's token in a header: no cookie counts */
};

struct route {
	enum http_method method;
	const char *pattern; /* "/netvaerk/{network}/plan" */
	enum err (*page)(struct req *);
	enum need need;
	enum route_lane lane;
	enum csrf csrf;
	ptrdiff_t body_bytes; /* the largest body; 0 for a GET */
	bool cached; /* the same until something it shows changes */
	enum err (*prepare)(struct req *); /* LANE_SLOW_WRITE only */
};

struct routes {
	const struct route *list;
	ptrdiff_t n;
};
struct routes route_table(void);

/* ERR_NOT_FOUND: no such path.  ERR_INVALID: there is, with another method. */
enum err route_find(struct arena *, enum http_method, struct str path,
    const struct route **, struct http_pairs *params) MUST_USE;

/* Runs the whole request: session, policy, CSRF, page, headers.  rq->db is
 * set; the response is in rq->response whatever happens.  The outcome is
 * ERR_OK when what was written is to be committed. */
enum err route_serve(struct req *);

/* Fills rq->response with the page for an outcome or a bare HTTP status. */
void route_error(struct req *, enum err);
void route_error_status(struct req *, int status);

/* The largest body of a request, for struct http_config; < 0: none is taken,
 * -2: as nobody is signed in.  Knows the request alone. */
ptrdiff_t route_body_limit(void *site, const struct http_request *);

/* The headers that every response has (trust.md TS10). */
void route_headers(struct req *);

#endif
