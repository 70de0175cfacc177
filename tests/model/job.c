/* SPDX-License-Identifier: MPL-2.0 */
#include "model/job.h"

#include "tests/model/fixture.h"

static const struct job_share ANY = {.only = {"", 0}, .but = {"", 0}};

static struct job
add(struct world *w, const struct actor *who, int64_t due_us)
{
	struct job job = {.id = id_new(who->now_us),
	    .kind = S("draw"),
	    .args = S("{\"size\":40}"),
	    .due_us = due_us};
	CHECK_OK(job_add(w->db, who, &job));
	return job;
}

static struct job
claim(struct world *w, int64_t after_us)
{
	struct job job;
	w->program.now_us = NOW_US + after_us;
	CHECK_OK(job_claim(w->db, w->arena, &w->program, &ANY, &job));
	return job;
}

static enum err
claim_none(struct world *w, int64_t after_us)
{
	struct job job;
	w->program.now_us = NOW_US + after_us;
	return job_claim(w->db, w->arena, &w->program, &ANY, &job);
}

static struct job
get(struct world *w, struct id id)
{
	struct job job;
	CHECK_OK(job_get(w->db, w->arena, &w->program, id, &job));
	return job;
}

TEST_DB(job_is_claimed_done_and_kept_with_its_result)
{
	struct world w;
	struct ids orgs;
	world_bare(&w, arena, db);
	struct job asked = add(&w, &w.program, 0);
	CHECK_OK(job_due(db, arena, &ANY, NOW_US, &orgs));
	CHECK_INT(orgs.n, 1);
	struct job job = claim(&w, 0);
	CHECK(id_eq(job.id, asked.id));
	CHECK(id_is_set(job.lease));
	CHECK_STR(job.kind, S("draw"));
	CHECK_STR(job.args, S("{\"size\":40}"));
	CHECK_STR(job.state, S("running"));
	CHECK_INT(job.attempts, 1);
	CHECK_INT(claim_none(&w, 0), ERR_NOT_FOUND);
	job.done = 3;
	job.total = 10;
	CHECK_OK(job_beat(db, &w.program, &job));
	CHECK_INT(get(&w, job.id).done, 3);
	CHECK_INT(get(&w, job.id).total, 10);
	CHECK_OK(job_done(db, &w.program, &job, S("draw/1")));
	CHECK_STR(get(&w, job.id).state, S("done"));
	CHECK_STR(get(&w, job.id).result, S("draw/1"));
	CHECK_INT(claim_none(&w, DAY_US), ERR_NOT_FOUND);
	CHECK_OK(job_due(db, arena, &ANY, NOW_US + DAY_US, &orgs));
	CHECK_INT(orgs.n, 0);
}

TEST_DB(job_asked_for_twice_is_one_job)
{
	struct world w;
	struct jobs jobs;
	world_bare(&w, arena, db);
	struct job job = add(&w, &w.program, 0);
	CHECK_OK(job_add(db, &w.program, &job));
	CHECK_OK(job_list(db, arena, &w.program, &jobs));
	CHECK_INT(jobs.n, 1);
}

TEST_DB(job_waits_for_its_time_and_the_longest_due_goes_first)
{
	struct world w;
	world_bare(&w, arena, db);
	struct job late = add(&w, &w.program, NOW_US + HOUR_US);
	struct job soon = add(&w, &w.program, NOW_US + MINUTE_US);
	CHECK_INT(claim_none(&w, SECOND_US), ERR_NOT_FOUND);
	CHECK(id_eq(claim(&w, HOUR_US).id, soon.id));
	CHECK(id_eq(claim(&w, HOUR_US).id, late.id));
}

TEST_DB(job_of_a_dead_runner_is_taken_over)
{
	struct world w;
	world_bare(&w, arena, db);
	add(&w, &w.program, 0);
	int64_t lease = JOB_LEASE_SECONDS * SECOND_US;
	struct job dead = claim(&w, 0);
	w.program.now_us = NOW_US + lease - 1;
	CHECK_OK(job_beat(db, &w.program, &dead)); /* not dead yet */
	CHECK_INT(claim_none(&w, lease), ERR_NOT_FOUND);
	struct job next = claim(&w, 2 * lease);
	CHECK(id_eq(next.id, dead.id));
	CHECK_INT(next.attempts, 2);
	CHECK_INT(job_beat(db, &w.program, &dead), ERR_CONFLICT);
	CHECK_INT(job_done(db, &w.program, &dead, S("")), ERR_CONFLICT);
	CHECK_INT(job_failed(db, &w.program, &dead, S("x")), ERR_CONFLICT);
	CHECK_INT(job_later(db, &w.program, &dead, S("x")), ERR_CONFLICT);
	CHECK_INT(job_return(db, &w.program, &dead), ERR_CONFLICT);
	CHECK_OK(job_done(db, &w.program, &next, S("")));
}

TEST_DB(job_is_given_up_after_its_tries)
{
	struct world w;
	world_bare(&w, arena, db);
	struct id id = add(&w, &w.program, 0).id;
	int64_t at_us = 0;
	for (int i = 1; i <= JOB_TRIES; i++) {
		CHECK_STR(get(&w, id).state, S("waiting"));
		struct job job = claim(&w, at_us);
		CHECK_INT(job.attempts, i);
		CHECK_OK(job_later(db, &w.program, &job, S("unavail")));
		at_us = get(&w, id).due_us - NOW_US;
	}
	CHECK_STR(get(&w, id).state, S("failed"));
	CHECK_STR(get(&w, id).fault, S("unavail"));
	CHECK_INT(claim_none(&w, DAY_US), ERR_NOT_FOUND);
}

TEST_DB(job_given_back_counts_no_try)
{
	struct world w;
	world_bare(&w, arena, db);
	add(&w, &w.program, 0);
	struct job job = claim(&w, 0);
	CHECK_OK(job_return(db, &w.program, &job));
	CHECK_INT(claim(&w, 0).attempts, 1);
}

TEST_DB(job_of_a_network_is_seen_in_that_network_only)
{
	struct world w;
	struct job found;
	struct jobs jobs;
	world_new(&w, arena, db);
	struct job own = add(&w, &w.leader, 0),
		   general = add(&w, &w.program, 0);
	CHECK_OK(job_get(db, arena, &w.leader, own.id, &found));
	CHECK(id_eq(found.network, w.network));
	CHECK(id_eq(found.account, w.mette));
	CHECK_INT(
	    job_get(db, arena, &w.leader, general.id, &found), ERR_NOT_FOUND);
	CHECK_INT(
	    job_get(db, arena, &w.program, own.id, &found), ERR_NOT_FOUND);
	struct actor other = w.leader;
	other.network = id_new(NOW_US);
	CHECK_INT(job_get(db, arena, &other, own.id, &found), ERR_NOT_FOUND);
	CHECK_OK(job_list(db, arena, &w.leader, &jobs));
	CHECK_INT(jobs.n, 1);
	CHECK(id_eq(jobs.list[0].id, own.id));
	CHECK_OK(job_list(db, arena, &w.program, &jobs));
	CHECK_INT(jobs.n, 1);
	CHECK(id_eq(jobs.list[0].id, general.id));
	CHECK_OK(job_list(db, arena, &other, &jobs));
	CHECK_INT(jobs.n, 0);
}

TEST_DB(job_of_another_organisation_is_not_there)
{
	struct world w;
	struct job found;
	world_bare(&w, arena, db);
	struct job job = add(&w, &w.program, 0);
	struct org other = {.id = id_new(NOW_US), .name = S("Bakkeby")};
	CHECK_OK(org_create(db, arena, other, NOW_US));
	struct actor who = actor_program(other.id, &w.keys, NOW_US);
	CHECK_INT(job_get(db, arena, &who, job.id, &found), ERR_NOT_FOUND);
	CHECK_INT(job_claim(db, arena, &who, &ANY, &found), ERR_NOT_FOUND);
}

TEST_DB(job_is_swept_after_its_time)
{
	struct world w;
	struct jobs jobs;
	world_bare(&w, arena, db);
	add(&w, &w.program, 0);
	add(&w, &w.program, 0);
	struct job job = claim(&w, 0);
	CHECK_OK(job_done(db, &w.program, &job, S("")));
	w.program.now_us = NOW_US + JOB_KEPT_DAYS * DAY_US - 1;
	CHECK_OK(job_sweep(db, &w.program));
	CHECK_OK(job_list(db, arena, &w.program, &jobs));
	CHECK_INT(jobs.n, 2);
	w.program.now_us++;
	CHECK_OK(job_sweep(db, &w.program));
	CHECK_OK(job_list(db, arena, &w.program, &jobs));
	CHECK_INT(jobs.n, 1); /* the one that waits */
	CHECK_STR(jobs.list[0].state, S("waiting"));
}

/* A thread that has one kind to itself, and the others. */
TEST_DB(job_of_a_kind_is_for_who_takes_that_kind)
{
	struct world w;
	struct job found;
	struct ids orgs;
	world_new(&w, arena, db);
	struct job_share films = {.only = S("media"), .but = S("")};
	struct job_share rest = {.only = S(""), .but = S("media")};
	struct job film = {
	    .id = id_new(NOW_US), .kind = S("media"), .args = S("{}")};
	CHECK_OK(job_add(db, &w.program, &film));
	CHECK_OK(job_due(db, arena, &rest, NOW_US, &orgs));
	CHECK_INT(orgs.n, 0);
	CHECK_INT(
	    job_claim(db, arena, &w.program, &rest, &found), ERR_NOT_FOUND);
	struct job draw = add(&w, &w.program, 0);
	CHECK_OK(job_due(db, arena, &rest, NOW_US, &orgs));
	CHECK_INT(orgs.n, 1);
	CHECK_OK(job_claim(db, arena, &w.program, &rest, &found));
	CHECK(id_eq(found.id, draw.id));
	CHECK_OK(job_claim(db, arena, &w.program, &films, &found));
	CHECK(id_eq(found.id, film.id));
	CHECK_INT(
	    job_claim(db, arena, &w.program, &films, &found), ERR_NOT_FOUND);
	/* Without a share to itself any thread takes all of them. */
	CHECK_OK(job_add(db, &w.program,
	    &(struct job){
		.id = id_new(NOW_US), .kind = S("media"), .args = S("{}")}));
	CHECK_OK(job_claim(db, arena, &w.program, &ANY, &found));
}
