/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_WEBHOOK_H
#define JOBS_WEBHOOK_H

#include <sys/socket.h>

#include "jobs/runner.h"
#include "model/webhook.h"

/* webhook.h - calls another program (model/webhook.h, libcurl).
 *
 * The host's name is asked for once, and the call goes to that address and to
 * no other: an answer that changes in between changes nothing.  No address of
 * this machine, of a private net or of a link is called, unless an
 * administrator allowed just that number.  One address of several that is not
 * to be called is enough to call none.  No redirect is followed, no proxy is
 * used, nothing of the answer but its status is read.
 *
 * The job's arguments are the webhook's id, the event and what it is about.
 * Tests: tests/jobs/webhook.c
 */
struct webhook_addresses {
	struct sockaddr_storage list[8];
	ptrdiff_t n;
};

/* ERR_UNAVAIL: nobody knows the name now. */
typedef enum err webhook_resolver(
    struct arena *, const struct webhook_url *, struct webhook_addresses *);
webhook_resolver webhook_resolve;

/* Whether it is an address of the open net. */
bool webhook_is_open(const struct sockaddr_storage *);

/* ERR_DENIED: it may not be called, and was not; ERR_UNAVAIL: later. */
enum err webhook_send(struct arena *a, const struct webhook_call *call,
    webhook_resolver *resolve, struct str body, int64_t now_us) MUST_USE;

/* "t=SECONDS,v1=HMAC": HMAC-SHA-256 in hex of "SECONDS.BODY" with the secret. */
struct str webhook_signature(
    struct arena *, struct str secret, struct str body, int64_t now_us);

enum err webhook_job(struct job_turn *) MUST_USE;

#endif
