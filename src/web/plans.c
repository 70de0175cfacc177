/* SPDX-License-Identifier: MPL-2.0 */
#include "web/plans.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { PLAN_BYTES = 32 * 1024 * 1024 }; /* as much as a request may have */

/* Lies on its own arena. */
struct kept {
	atomic_int refs;
	struct arena *arena;
	struct cache_stamp stamp;
	struct plan plan;
};

struct plans {
	pthread_mutex_t lock;
	struct kept *slot[PLANS_KEPT];
};

struct plans *
plans_new(struct arena *process)
{
	struct plans *plans = arena_new(process, struct plans, 1);
	pthread_mutex_init(&plans->lock, NULL);
	return plans;
}

static void
unref(struct kept *kept)
{
	if (kept != NULL && atomic_fetch_sub(&kept->refs, 1) == 1)
		arena_close(kept->arena);
}

void
plans_close(struct plans *plans)
{
	for (int i = 0; plans != NULL && i < PLANS_KEPT; i++) {
		unref(plans->slot[i]);
		plans->slot[i] = NULL;
	}
}

static struct kept **
slot_of(struct plans *plans, struct id network)
{
	uint32_t bits;
	memcpy(&bits, network.b + 12, sizeof bits);
	return &plans->slot[bits % PLANS_KEPT];
}

/* Referenced for the caller; NULL: there is none that is still good. */
static struct kept *
find(struct plans *plans, const struct cache_stamp *stamp)
{
	struct kept **slot = slot_of(plans, stamp->network);
	pthread_mutex_lock(&plans->lock);
	struct kept *kept = *slot;
	if (kept != NULL && cache_stamp_eq(&kept->stamp, stamp))
		atomic_fetch_add(&kept->refs, 1);
	else
		kept = NULL;
	pthread_mutex_unlock(&plans->lock);
	return kept;
}

/* Also in its slot from now on. */
static void
keep(struct plans *plans, struct kept *kept)
{
	struct kept **slot = slot_of(plans, kept->stamp.network);
	atomic_fetch_add(&kept->refs, 1);
	pthread_mutex_lock(&plans->lock);
	struct kept *other = *slot;
	*slot = kept;
	pthread_mutex_unlock(&plans->lock);
	unref(other);
}

struct loading {
	struct req *rq;
	struct arena *arena;
	struct kept *kept;
	enum err outcome;
};

static void
load(void *arg)
{
	struct loading *l = arg;
	l->kept = arena_new(l->arena, struct kept, 1);
	l->kept->arena = l->arena;
	l->kept->stamp = l->rq->stamp;
	l->kept->refs = 1;
	l->outcome =
	    plan_load(l->rq->db, l->arena, &l->rq->who, &l->kept->plan);
}

/* Loads it on an arena of its own, which then is the kept one's. */
static enum err
load_apart(struct req *rq, struct kept **out)
{
	struct loading l = {.rq = rq, .outcome = ERR_UNAVAIL};
	l.arena = arena_open(PLAN_BYTES);
	if (l.arena == NULL)
		return ERR_UNAVAIL;
	if (!arena_guard(l.arena, load, &l))
		l.outcome = ERR_UNAVAIL;
	if (l.outcome == ERR_OK)
		*out = l.kept;
	else
		arena_close(l.arena);
	return l.outcome;
}

static enum err
load_here(struct req *rq, const struct plan **out)
{
	struct plan *plan = arena_new(rq->arena, struct plan, 1);
	*out = plan;
	return plan_load(rq->db, rq->arena, &rq->who, plan);
}

/* One request's hold on a plan. */
static void
let_go(void *arg)
{
	struct kept **held = arg;
	unref(*held);
}

/* A page in the write lane sees its own write, which nobody else may. */
enum err
plans_get(struct req *rq, const struct plan **out)
{
	if (rq->site->cache == NULL || !rq->stamped)
		return load_here(rq, out);
	struct plans *plans = cache_plans(rq->site->cache);
	if (!actor_may(&rq->who, CAP_READ))
		return ERR_NOT_FOUND;
	assert(id_eq(rq->who.network, rq->stamp.network));
	struct kept **held = arena_new(rq->arena, struct kept *, 1);
	arena_defer(rq->arena, let_go, held);
	*held = find(plans, &rq->stamp);
	if (*held == NULL) {
		enum err e = load_apart(rq, held);
		if (e != ERR_OK)
			return e;
		keep(plans, *held);
	}
	*out = &(*held)->plan;
	return ERR_OK;
}
