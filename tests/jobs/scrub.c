/* SPDX-License-Identifier: MPL-2.0 */

/* trust P08: what somebody said and was is in no file after they were erased
 * and the job ran.  Before that it is found, in the same places. */
#include "jobs/retention.h"

#include <poll.h>
#include <stdio.h>

#include "base/buf.h"
#include "model/consent.h"
#include "model/contribution.h"
#include "model/person.h"
#include "model/scrub.h"
#include "tests/jobs/rig.h"
#include "tests/model/fixture.h"

enum { CANARIES = 50, STEP_MS = 10, STEPS = 3000, ROUNDS = 3 };
#define CANARY "zqxkan" /* begins each of them */

static const struct job_kind KINDS[] = {{"scrub", scrub_job}};

static int64_t clock_us;

static int64_t
clock_now(void)
{
	return clock_us;
}

struct cage {
	struct rig rig;
	struct world w;
	struct str dir; /* where the files lie */
	struct id person;
};

/* How often a canary is in the files of the database; PostgreSQL's own log is
 * what doc/security.md says remains. */
static int64_t
in_files(struct cage *c)
{
	char line[40] = "";
	int64_t n = -1;
	struct str cmd = str_fmt(c->rig.arena,
	    "grep -rao --exclude-dir=pg_wal " CANARY " '%.*s' | wc -l",
	    STR_ARG(c->dir));
	FILE *f = popen(str_cstr(c->rig.arena, cmd), "r");
	CHECK(f != NULL);
	CHECK(fgets(line, sizeof line, f) != NULL);
	pclose(f);
	CHECK(str_int(str_trim(str_c(line)), &n));
	return n;
}

/* A busy disk takes longer than a statement may: what was written by then need
 * not be written again. */
static void
flush(struct cage *c)
{
	enum err e = ERR_UNAVAIL;
	if (db_kind(c->w.db) != DB_POSTGRES)
		return;
	for (int i = 0; e == ERR_UNAVAIL && i < 6; i++)
		e = db_script(c->w.db, S("CHECKPOINT"));
	CHECK_OK(e);
}

static void
cage_new(struct cage *c, struct arena *a, enum db_kind kind)
{
	static const char SQL_FOLDER[] =
	    "SELECT setting FROM pg_settings WHERE name = 'data_directory'";
	struct db_row row;
	struct db_place place = test_place(a, kind);
	*c = (struct cage){0};
	rig_open(&c->rig, a, place);
	clock_us = NOW_US;
	c->dir = place.dir;
	world_new(&c->w, a, c->rig.writer);
	CHECK_OK(org_list(c->rig.writer, a, &c->rig.orgs));
	if (kind == DB_POSTGRES) {
		CHECK_OK(db_one(c->rig.writer, a, SQL_FOLDER, &row, DB_NONE));
		c->dir = db_text(&row, 0);
	}
	c->rig.config.kinds = KINDS;
	c->rig.config.n_kinds = COUNT_OF(KINDS);
	c->rig.config.now_us = clock_now;
}

static struct str
canary(struct cage *c, int n)
{
	return str_fmt(
	    c->rig.arena, CANARY "%c%cus", 'a' + n / 26 % 26, 'a' + n % 26);
}

static void
plant_person(struct cage *c)
{
	struct world *w = &c->w;
	struct person p = {.id = id_new(NOW_US),
	    .alias = canary(c, 0),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = canary(c, 1),
	    .needs_note = canary(c, 2),
	    .needs_asked_us = NOW_US,
	    .big_wish = canary(c, 3),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	c->person = p.id;
	struct person_contact details = {
	    .name = canary(c, 4), .address = canary(c, 5)};
	CHECK_OK(
	    person_contact_put(w->db, w->arena, &w->leader, p.id, &details));
}

static void
plant(struct cage *c)
{
	static const char SQL_MESSAGE[] =
	    "INSERT INTO message (org, network, id, person, at_us, text)"
	    " VALUES ($1, $2, $3, $4, 1, $5)";
	struct world *w = &c->w;
	plant_person(c);
	for (int i = 6; i < CANARIES; i++) {
		struct id id = id_new(NOW_US + i);
		struct contribution said = {.id = id,
		    .at_us = NOW_US + i,
		    .person = c->person,
		    .actor_kind = S("citizen"),
		    .teller = S("staff"),
		    .kind = S("anecdote"),
		    .original = str_cat(w->arena, canary(c, i), S(" var der")),
		    .basis = S("consent"),
		    .scope = SCOPE_NETWORK,
		    .anonymity = S("alias"),
		    .given_by = S("self")};
		CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &said,
		    S("Netværket læser det.")));
		CHECK_OK(db_exec(w->db, SQL_MESSAGE, NULL, DB_ID(w->org.id),
		    DB_ID(w->network), DB_ID(id), DB_ID(c->person),
		    DB_TEXT(canary(c, i))));
	}
	flush(c);
}

static int64_t
waiting(struct cage *c)
{
	static const char SQL[] = "SELECT COUNT(*) FROM job WHERE org = $1"
				  " AND kind = 'scrub' AND state <> 'done'";
	struct db_row row;
	pthread_mutex_lock(&c->rig.lock);
	enum err e =
	    db_one(c->w.db, c->rig.arena, SQL, &row, DB_ID(c->w.org.id));
	pthread_mutex_unlock(&c->rig.lock);
	CHECK_OK(e);
	return db_int(&row, 0);
}

static void
run_job(struct cage *c)
{
	struct runner *r = rig_start(&c->rig);
	for (int i = 0; i < STEPS && waiting(c) > 0; i++)
		poll(NULL, 0, STEP_MS);
	CHECK(runner_stop(r));
	CHECK_INT(waiting(c), 0);
	flush(c);
}

static void
check_erased(struct arena *a, enum db_kind kind)
{
	struct cage c;
	cage_new(&c, a, kind);
	plant(&c);
	CHECK(in_files(&c) > CANARIES);
	struct world *w = &c.w;
	CHECK_OK(person_erase(w->db, a, &w->leader, c.person));
	CHECK_INT(waiting(&c), 1);
	/* Another test's look at the same server may still see it: once more.
	 */
	for (int i = 0; i < ROUNDS && (i == 0 || in_files(&c) > 0); i++) {
		clock_us += 2 * DAY_US;
		struct actor program = w->program;
		program.now_us = clock_us - 2 * DAY_US;
		CHECK_OK(scrub_ask(w->db, a, &program));
		run_job(&c);
	}
	CHECK_INT(in_files(&c), 0);
}

TEST(scrub_leaves_nothing_in_the_files_sqlite)
{
	check_erased(arena, DB_SQLITE);
}

TEST(scrub_leaves_nothing_in_the_files_postgres)
{
	check_erased(arena, DB_POSTGRES);
}

/* The twin: erased, and no job. */
TEST(scrub_is_needed_for_the_files)
{
	struct cage c;
	cage_new(&c, arena, DB_POSTGRES);
	plant(&c);
	CHECK_OK(person_erase(c.w.db, arena, &c.w.leader, c.person));
	flush(&c);
	CHECK(in_files(&c) > 0);
}

/* Many who go are one job, in the night after. */
TEST_DB(scrub_is_asked_for_once)
{
	static const char SQL[] = "SELECT COUNT(*), MIN(due_us) FROM job"
				  " WHERE org = $1 AND kind = 'scrub'";
	struct world w;
	struct db_row row;
	world_new(&w, arena, db);
	CHECK_OK(scrub_ask(db, arena, &w.leader));
	CHECK_OK(scrub_ask(db, arena, &w.leader));
	CHECK_OK(db_one(db, arena, SQL, &row, DB_ID(w.org.id)));
	CHECK_INT(db_int(&row, 0), 1);
	CHECK_INT(db_int(&row, 1), NOW_US + 18 * HOUR_US);
}
