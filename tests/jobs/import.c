/* SPDX-License-Identifier: MPL-2.0 */

/* A list that somebody said yes to comes in, and the file is gone. */
#include "jobs/import.h"

#include <poll.h>

#include "base/buf.h"
#include "model/import.h"
#include "tests/jobs/rig.h"
#include "tests/model/fixture.h"

enum { PEOPLE = 600 /* three writes */, STEP_MS = 10, STEPS = 3000 };

static const struct job_kind KINDS[] = {{"import", import_job}};

struct intake {
	struct rig rig;
	struct world w;
	struct import list;
};

static void
intake_new(struct intake *in, struct arena *a, enum db_kind kind)
{
	rig_open(&in->rig, a, test_place(a, kind));
	world_new(&in->w, a, in->rig.writer);
	CHECK_OK(org_list(in->rig.writer, a, &in->rig.orgs));
	in->rig.config.kinds = KINDS;
	in->rig.config.n_kinds = COUNT_OF(KINDS);
	in->list = (struct import){.id = id_new(NOW_US),
	    .actor_kind = S("citizen"),
	    .reason = S("Fra foreningens liste")};
}

static struct str
many(struct arena *a)
{
	struct buf b = buf_new(a, 256 * 1024);
	buf_add(&b, S("navn;tlf\n"));
	for (int i = 0; i < PEOPLE; i++)
		buf_fmt(&b, "Borger %d;%d\n", i, 20000000 + i);
	return buf_str(&b);
}

/* Asks for it, and waits for its end. */
static struct job
bring_in(struct intake *in)
{
	struct job job = {0};
	struct world *w = &in->w;
	CHECK_OK(import_put(w->db, w->arena, &w->leader, &in->list));
	CHECK_OK(import_start(w->db, &w->leader, in->list.id));
	struct runner *r = rig_start(&in->rig);
	for (int i = 0; i < STEPS && job.ended_us == 0; i++) {
		poll(NULL, 0, STEP_MS);
		pthread_mutex_lock(&in->rig.lock);
		enum err e =
		    job_get(w->db, w->arena, &w->leader, in->list.id, &job);
		pthread_mutex_unlock(&in->rig.lock);
		CHECK_OK(e);
	}
	CHECK(runner_stop(r));
	return job;
}

static int64_t
people_here(struct intake *in)
{
	struct person_page page;
	struct person_filter one = {.max = 1};
	CHECK_OK(
	    person_list(in->w.db, in->w.arena, &in->w.leader, &one, &page));
	return page.total;
}

static void
check_comes_in(struct arena *a, enum db_kind kind)
{
	struct intake in = {0};
	struct import out;
	intake_new(&in, a, kind);
	in.list.file = many(a);
	struct job job = bring_in(&in);
	CHECK_STR(job.state, S("done"));
	CHECK_STR(job.result, S("600"));
	CHECK_INT(people_here(&in), PEOPLE);
	CHECK_INT(import_get(in.w.db, a, &in.w.leader, in.list.id, &out),
	    ERR_NOT_FOUND);
}

TEST(import_job_brings_a_list_in_sqlite)
{
	check_comes_in(arena, DB_SQLITE);
}

TEST(import_job_brings_a_list_in_postgres)
{
	check_comes_in(arena, DB_POSTGRES);
}

/* Whoever gets past the page with one. */
TEST(import_job_brings_nobody_of_a_list_with_a_fault)
{
	struct intake in = {0};
	intake_new(&in, arena, DB_SQLITE);
	in.list.file = S("navn;tlf\nBo;1\n;2\n");
	CHECK_STR(bring_in(&in).state, S("failed"));
	CHECK_INT(people_here(&in), 0);
}
