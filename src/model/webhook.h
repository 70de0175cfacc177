/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_WEBHOOK_H
#define MODEL_WEBHOOK_H

#include "model/job.h"

/* webhook.h - telling other programs that something happened
 * (doc/decisions/0023-webhooks.md).
 *
 * An administrator names where calls may go at all, as scheme and host; who
 * manages a network asks for calls to an address there.  A call says which
 * event and the ids, never what it is about.  It is a job of kind "webhook"
 * (jobs/webhook.h), written in the transaction of what it tells of.
 * Tests: tests/model/webhook.c
 */
enum {
	WEBHOOK_URL_MAX = 500,
	WEBHOOKS_MAX = 20, /* of a network */
	WEBHOOK_ORIGINS_MAX = 100,
};

/* ---- addresses ---- */

struct webhook_url {
	struct str origin; /* "https://host" or "https://host:port" */
	struct str host; /* without the brackets of IPv6 */
	int64_t port;
	bool tls;
};

/* An address in plain ASCII, without a user, a fragment or anything that two
 * programs could read in two ways; http:// only to 127.0.0.1 or [::1].  False:
 * it is none of those. */
bool webhook_url_parse(
    struct arena *, struct str, struct webhook_url *) MUST_USE;

struct webhook_origins {
	struct str *list;
	ptrdiff_t n;
};
/* CAP_ACCOUNTS.  ERR_INVALID: not an origin, or it has a path; ERR_TOO_LARGE.
 * Twice is once. */
enum err webhook_allow(
    struct db *, struct arena *, const struct actor *, struct str) MUST_USE;
enum err webhook_forbid(
    struct db *, struct arena *, const struct actor *, struct str) MUST_USE;
/* CAP_ACCOUNTS or CAP_MANAGE. */
enum err webhook_origins(struct db *, struct arena *, const struct actor *,
    struct webhook_origins *) MUST_USE;

/* ---- of a network: CAP_MANAGE ---- */

struct webhook {
	struct id id;
	struct str url;
	int64_t made_us, ended_us; /* 0: not */
};
struct webhooks {
	struct webhook *list;
	ptrdiff_t n;
};

/* *secret is shown once; "" when the id was used already.  ERR_INVALID: no
 * address; ERR_DENIED: not where calls may go; ERR_TOO_LARGE. */
enum err webhook_make(struct db *, struct arena *, const struct actor *,
    const struct webhook *, struct str *secret) MUST_USE;
enum err webhook_list(struct db *, struct arena *, const struct actor *,
    struct webhooks *) MUST_USE;
enum err webhook_end(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* ---- calls ---- */

/* In the write of what happened: a call for each address of the network.  The
 * same event about the same thing is one call a minute, at the end of it. */
enum err webhook_notify(struct db *, struct arena *, const struct actor *,
    struct str event, struct id about) MUST_USE;

/* What is needed to call it now.  ERR_NOT_FOUND: it was ended, or its origin
 * is not allowed any more. */
struct webhook_call {
	struct str url, secret;
	struct webhook_url parts;
};
enum err webhook_get(struct db *, struct arena *, const struct actor *in,
    struct id, struct webhook_call *) MUST_USE;

#endif
