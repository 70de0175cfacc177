/* SPDX-License-Identifier: MPL-2.0 */

/* A file of what people said, that somebody said yes to, comes in and is
 * gone. */
#include "jobs/voices.h"

#include <poll.h>

#include "base/buf.h"
#include "model/voices_import.h"
#include "tests/jobs/rig.h"
#include "tests/model/fixture.h"

enum { ROWS = 1200 /* three writes */, STEP_MS = 10, STEPS = 3000 };

static const struct job_kind KINDS[] = {{"voices", voices_job}};

struct intake {
	struct rig rig;
	struct world w;
	struct voices_import file;
};

static void
intake_new(struct intake *in, struct arena *a, enum db_kind kind)
{
	rig_open(&in->rig, a, test_place(a, kind));
	world_new(&in->w, a, in->rig.writer);
	CHECK_OK(org_list(in->rig.writer, a, &in->rig.orgs));
	in->rig.config.kinds = KINDS;
	in->rig.config.n_kinds = COUNT_OF(KINDS);
	in->file = (struct voices_import){.id = id_new(NOW_US),
	    .kind = S("idea"),
	    .basis = S("consent"),
	    .scope = SCOPE_PUBLIC,
	    .told = S("Alle må læse det.")};
}

/* Asks for it, and waits for its end. */
static struct job
bring_in(struct intake *in)
{
	struct job job = {0};
	struct world *w = &in->w;
	CHECK_OK(voices_import_put(w->db, w->arena, &w->leader, &in->file));
	CHECK_OK(voices_start(w->db, &w->leader, in->file.id));
	struct runner *r = rig_start(&in->rig);
	for (int i = 0; i < STEPS && job.ended_us == 0; i++) {
		poll(NULL, 0, STEP_MS);
		pthread_mutex_lock(&in->rig.lock);
		enum err e =
		    job_get(w->db, w->arena, &w->leader, in->file.id, &job);
		pthread_mutex_unlock(&in->rig.lock);
		CHECK_OK(e);
	}
	CHECK(runner_stop(r));
	return job;
}

static int64_t
voices_here(struct intake *in)
{
	struct contribution_page page;
	struct contribution_filter one = {.max = 1};
	CHECK_OK(contribution_list(
	    in->w.db, in->w.arena, &in->w.leader, &one, &page));
	return page.total;
}

static void
check_comes_in(struct arena *a, enum db_kind kind)
{
	struct intake in = {0};
	struct voices_import out;
	struct buf b = buf_new(a, 256 * 1024);
	intake_new(&in, a, kind);
	buf_add(&b, S("comment-id,comment-body\n"));
	for (int i = 0; i < ROWS; i++)
		buf_fmt(&b, "%d,Forslag %d\n", i, i);
	in.file.file = buf_str(&b);
	struct job job = bring_in(&in);
	CHECK_STR(job.state, S("done"));
	CHECK_STR(job.result, S("1200"));
	CHECK_INT(voices_here(&in), ROWS);
	CHECK_INT(voices_import_get(in.w.db, a, &in.w.leader, in.file.id, &out),
	    ERR_NOT_FOUND);
}

TEST(voices_job_brings_a_file_in_sqlite)
{
	check_comes_in(arena, DB_SQLITE);
}

TEST(voices_job_brings_a_file_in_postgres)
{
	check_comes_in(arena, DB_POSTGRES);
}

/* Also of the rows before it. */
TEST(voices_job_brings_nothing_of_a_file_with_a_fault)
{
	struct intake in = {0};
	struct buf b = buf_new(arena, 256 * 1024);
	intake_new(&in, arena, DB_SQLITE);
	buf_add(&b, S("tekst\n"));
	for (int i = 0; i < ROWS; i++)
		buf_fmt(&b, "Forslag %d\n", i);
	buf_add(&b, S("Mit nummer er 010150-5678\n"));
	in.file.file = buf_str(&b);
	CHECK_STR(bring_in(&in).state, S("failed"));
	CHECK_INT(voices_here(&in), 0);
}
