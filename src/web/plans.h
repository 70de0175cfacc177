/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PLANS_H
#define WEB_PLANS_H

#include "model/plan.h"
#include "web/req.h"

/* plans.h - networks' plans that have not changed since they were loaded.
 *
 * A save wakes everyone who has the network open, and they all come back for
 * it: its plan is then read and its names are opened once, not once each.
 *
 * A plan is kept under the stamp (web/cache.h) of the request that loaded it,
 * which was taken before its data was read, and is good for a request with the
 * same one.  So a page shows no older plan than what was acknowledged when its
 * request began.  The page cache holds them, and where there is none (with
 * PostgreSQL) each request loads its own.
 *
 * At most PLANS_KEPT plans; a new one takes the place of another with the same
 * hash.  Threads: any.  Tests: tests/web/plans.c
 */
enum { PLANS_KEPT = 64 };

struct plans;
struct plans *plans_new(struct arena *process);
void plans_close(struct plans *); /* drops every plan; NULL is ok */

/* The plan of the network that rq is in, as rq->who may see it.  Good as long
 * as rq->arena; nobody changes it. */
enum err plans_get(struct req *rq, const struct plan **) MUST_USE;

#endif
