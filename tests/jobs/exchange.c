/* SPDX-License-Identifier: MPL-2.0 */

/* A conversation that somebody said yes to comes in, also when the first run
 * was broken off in the middle. */
#include "jobs/exchange.h"

#include <poll.h>

#include "base/buf.h"
#include "model/exchange.h"
#include "tests/jobs/rig.h"
#include "tests/model/fixture.h"

enum { VOTES = 2 * EXCHANGE_PIECE + 100, STEP_MS = 10, STEPS = 3000 };

static const struct job_kind KINDS[] = {{"exchange", exchange_job}};

struct intake {
	struct rig rig;
	struct world w;
	struct exchange_import of;
};

static void
intake_new(struct intake *in, struct arena *a, enum db_kind kind)
{
	rig_open(&in->rig, a, test_place(a, kind));
	world_new(&in->w, a, in->rig.writer);
	CHECK_OK(org_list(in->rig.writer, a, &in->rig.orgs));
	in->rig.config.kinds = KINDS;
	in->rig.config.n_kinds = COUNT_OF(KINDS);
	struct record r = world_record(&in->w, KIND_DIALOGUE);
	record_set(&r, "state", S("draft"));
	world_save(&in->w, &r);
	struct buf b = buf_new(a, 4 * 1024 * 1024);
	buf_add(&b, S("participant,statement,vote\n"));
	for (int i = 0; i < VOTES; i++)
		buf_fmt(&b, "%d,%d,%d\n", i % 500, i / 500, i % 3 - 1);
	in->of = (struct exchange_import){
	    .id = id_new(NOW_US), .dialogue = r.id, .votes = buf_str(&b)};
}

static struct job
bring_in(struct intake *in)
{
	struct job job = {0};
	struct world *w = &in->w;
	CHECK_OK(exchange_put(w->db, w->arena, &w->leader, &in->of));
	CHECK_OK(exchange_start(w->db, &w->leader, in->of.id));
	struct runner *r = rig_start(&in->rig);
	for (int i = 0; i < STEPS && job.ended_us == 0; i++) {
		poll(NULL, 0, STEP_MS);
		pthread_mutex_lock(&in->rig.lock);
		enum err e =
		    job_get(w->db, w->arena, &w->leader, in->of.id, &job);
		pthread_mutex_unlock(&in->rig.lock);
		CHECK_OK(e);
	}
	CHECK(runner_stop(r));
	return job;
}

static ptrdiff_t
votes_here(struct intake *in)
{
	struct vote_rows rows = {in->of.dialogue, -1, NULL, 0};
	ptrdiff_t n = 0;
	do {
		CHECK_OK(
		    vote_since(in->w.db, in->w.arena, &in->w.leader, &rows));
		n += rows.n;
		if (rows.n > 0)
			rows.after = rows.list[rows.n - 1].seq;
	} while (rows.n == VOTE_ROWS_MAX);
	return n;
}

/* Another run got as far as the first piece. */
static void
broken_off(struct intake *in)
{
	struct exchange_in read;
	struct world *w = &in->w;
	CHECK_OK(exchange_put(w->db, w->arena, &w->leader, &in->of));
	CHECK(exchange_read(w->arena, &in->of, &read));
	CHECK_OK(exchange_begin(w->db, w->arena, &w->leader, &in->of, &read));
	struct exchange_piece p = {&in->of, &read, 0, EXCHANGE_PIECE};
	CHECK_OK(exchange_add(w->db, w->arena, &w->leader, &p));
}

static void
check_comes_in(struct arena *a, enum db_kind kind, bool broken)
{
	struct intake in = {0};
	intake_new(&in, a, kind);
	if (broken)
		broken_off(&in);
	struct job job = bring_in(&in);
	CHECK_STR(job.state, S("done"));
	CHECK_STR(job.result, S("v24100"));
	CHECK_INT(votes_here(&in), VOTES);
	CHECK_INT(
	    exchange_has(in.w.db, a, &in.w.leader, in.of.id), ERR_NOT_FOUND);
}

TEST(exchange_job_brings_votes_in_sqlite)
{
	check_comes_in(arena, DB_SQLITE, false);
}

TEST(exchange_job_brings_votes_in_postgres)
{
	check_comes_in(arena, DB_POSTGRES, false);
}

TEST(exchange_job_goes_on_where_it_was_broken_off_sqlite)
{
	check_comes_in(arena, DB_SQLITE, true);
}

TEST(exchange_job_goes_on_where_it_was_broken_off_postgres)
{
	check_comes_in(arena, DB_POSTGRES, true);
}

TEST(exchange_job_brings_nothing_of_a_file_with_a_fault)
{
	struct intake in = {0};
	intake_new(&in, arena, DB_SQLITE);
	in.of.votes = str_cat(arena, in.of.votes, S("1,2,nej\n"));
	CHECK_STR(bring_in(&in).state, S("failed"));
	CHECK_INT(votes_here(&in), 0);
}
