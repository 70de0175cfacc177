/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SECURITY_H
#define WEB_SECURITY_H

#include "web/req.h"

/* security.h - cookies, origins, headers, and counting of attempts.
 * Tests: tests/web/security.c, tests/web/signin.c */

/* The session token in the request's cookie, if it is this organisation's. */
struct str security_cookie(const struct req *);
/* Whether one was sent at all, before anything is known of the request. */
bool security_has_cookie(const struct http_request *);

/* Sets or clears the session cookie. */
void security_set_cookie(struct req *, struct str token);
void security_clear_cookie(struct req *);

/* Whether a POST comes from a page of ours: Sec-Fetch-Site says same-origin,
 * or (older browsers) Origin is ours.  With neither it is refused. */
bool security_own_origin(const struct req *);

/* The headers of trust.md TS10 and, for pages, the content security policy. */
void security_headers(struct req *);

/* The same on a response that no request led to. */
void security_bare_headers(struct arena *, struct http_response *);

/* Those of an answer when there is no memory left to make one: constant, not
 * to be added to. */
struct http_pairs security_last_headers(void);

/* ---- attempts: the 429 ---- */

struct limits_table;
struct limits_table *limits_new(struct arena *process);

/* Counts one attempt of `key` (a kind and an address or account).  False when
 * it comes too early: after `max` within `window_us` each further one must
 * wait, doubling from 1 s to 64 s, but nobody is locked out for good.  Any
 * thread. */
bool limits_take(struct limits_table *, struct str key, int max,
    int64_t window_us, int64_t now_us);
/* A success forgets the failures. */
void limits_forget(struct limits_table *, struct str key);

/* The same for a request; `of` without regard to case. */
struct attempt {
	const char *kind; /* "password" */
	int max;
	int64_t window_us;
};
bool security_may_try(struct req *, const struct attempt *, struct str of);
void security_forget(struct req *, const struct attempt *, struct str of);

/* Where attempts come from: an IPv4 address, or the 64 bits of an IPv6 one that
 * name a network: the rest is its owner's to choose. */
struct str security_peer(struct req *);

/* Six digits of a second step, at sign-in and where it is switched off. */
extern const struct attempt attempt_code;

#endif
