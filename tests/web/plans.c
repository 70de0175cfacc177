/* SPDX-License-Identifier: MPL-2.0 */

/* A kept plan is shown while nothing was committed, and not a moment longer;
 * to nobody who may not see it. */
#include "web/plans.h"

#include "tests/web/site.h"

/* A site that keeps plans, and a request of the leader in its network. */
static struct req *
visit(struct web *w)
{
	struct arena *a = arena_scratch(w->world.arena);
	struct req *rq = arena_new(a, struct req, 1);
	*rq = (struct req){.site = w->site,
	    .arena = a,
	    .db = w->world.db,
	    .who = w->world.leader,
	    .stamped = true,
	    .stamp = cache_stamp(
		w->site, w->world.org.id, w->world.network, w->now_us)};
	return rq;
}

static void
start(struct web *w, struct arena *a, struct db *db)
{
	web_new(w, a, db);
	w->site->cache = cache_new(a);
}

static void
save_question(struct web *w)
{
	struct record r = world_record(&w->world, KIND_QUESTION);
	world_save(&w->world, &r);
}

/* How many questions a visitor sees. */
static ptrdiff_t
questions(struct req *rq)
{
	const struct plan *plan;
	CHECK_OK(plans_get(rq, &plan));
	return plan->of[KIND_QUESTION].n;
}

TEST_DB(plans_are_loaded_once_a_version)
{
	struct web w;
	start(&w, arena, db);
	CHECK_INT(questions(visit(&w)), 0);
	int64_t before = db_statements(db);
	CHECK_INT(questions(visit(&w)), 0);
	CHECK_INT(db_statements(db), before);

	/* Nobody is told of this one: that it stays unseen shows what the
	 * version is for. */
	save_question(&w);
	CHECK_INT(questions(visit(&w)), 0);
	site_changed(w.site, w.world.network);
	CHECK_INT(questions(visit(&w)), 1);
	cache_close(w.site->cache);
}

TEST_DB(plans_heed_the_organisation_and_the_day)
{
	struct web w;
	start(&w, arena, db);
	CHECK_INT(questions(visit(&w)), 0);
	save_question(&w);
	site_changed(w.site, w.world.org.id);
	CHECK_INT(questions(visit(&w)), 1);
	save_question(&w);
	w.now_us += DAY_US;
	CHECK_INT(questions(visit(&w)), 2);
	cache_close(w.site->cache);
}

/* A request that began before a commit must not leave what it read to those
 * that came after. */
TEST_DB(plans_of_an_older_request_are_not_shown_to_a_newer_one)
{
	struct web w;
	start(&w, arena, db);
	struct req *old = visit(&w);
	save_question(&w);
	site_changed(w.site, w.world.network);
	struct req *new = visit(&w);
	CHECK_INT(questions(old), 1);
	int64_t before = db_statements(db);
	CHECK_INT(questions(new), 1);
	CHECK(db_statements(db) > before);
	cache_close(w.site->cache);
}

TEST_DB(plans_outlive_the_requests_that_loaded_them)
{
	struct web w;
	const struct plan *plan;
	start(&w, arena, db);
	struct req *first = visit(&w), *second = visit(&w);
	CHECK_OK(plans_get(first, &plan));
	arena_close(first->arena);
	CHECK_OK(plans_get(second, &plan));
	cache_close(w.site->cache);
	CHECK(id_eq(plan->network.id, w.world.network));
	CHECK(plan->members.n > 0 && plan->members.list[0].name.n > 0);
	arena_close(second->arena);
}

TEST_DB(plans_are_for_those_who_may_read)
{
	struct web w;
	const struct plan *plan;
	start(&w, arena, db);
	CHECK_OK(plans_get(visit(&w), &plan));
	struct req *rq = visit(&w);
	rq->who.caps &= ~(unsigned)CAP_READ;
	CHECK_INT(plans_get(rq, &plan), ERR_NOT_FOUND);
	cache_close(w.site->cache);
}

/* A page in the write lane reads what it just wrote itself. */
TEST_DB(plans_of_a_writing_page_are_its_own)
{
	struct web w;
	start(&w, arena, db);
	CHECK_INT(questions(visit(&w)), 0);
	struct req *writing = visit(&w);
	writing->stamped = false;
	save_question(&w);
	CHECK_INT(questions(writing), 1);
	CHECK_INT(questions(visit(&w)), 0); /* and is not kept */
	cache_close(w.site->cache);
}
