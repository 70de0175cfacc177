/* SPDX-License-Identifier: MPL-2.0 */

/* The same answers sent a hundred times at once, through the write lanes: with
 * a code, by the open address and in a file.  A measurement and a trial have
 * them once, and what somebody else answered meanwhile is there as well. */
#include <pthread.h>

#include "model/measure_file.h"
#include "model/schema.h"
#include "model/trial.h"
#include "tests/model/volunteers.h"
#include "tests/web/writes.h"
#include "web/write.h"

enum { TIMES = 100 };

struct scene {
	struct world w;
	struct measure measure;
	struct trial trial;
	struct id person[2];
};

struct answer {
	pthread_t thread;
	struct arena *arena;
	struct lanes *lanes;
	const struct scene *s;
	struct id person;
	enum err got;
};

static enum err
put_file(struct answer *q, struct db *db)
{
	static const struct measure_columns usual;
	struct measure_file f;
	struct measure m = q->s->measure;
	return measure_file_read(
		   q->arena, &m, S("kode,1\nark 7,3\n"), &usual, &f)
	    ? measure_file_take(db, q->arena, &q->s->w.leader, &m, &f)
	    : ERR_INVALID;
}

static enum err
put(void *arg, struct db *db)
{
	struct answer *q = arg;
	const struct actor *in = &q->s->w.leader;
	struct citizen c = {
	    .in = *in, .person = {.id = q->person, .state = S("active")}};
	struct respondent p = measure_citizen(q->arena, &q->s->measure, &c);
	struct measure_reply r = {.now = {4}};
	struct trial_reply t = {.person = q->person, .answer = {S("yes")}};
	struct respondent open =
	    measure_pseudonym(q->arena, in, &q->s->measure, S("rød cykel"));
	enum err e = measure_reply_put(db, q->arena, in, &p, &r);
	if (e == ERR_OK)
		e = measure_reply_put(db, q->arena, in, &open, &r);
	if (e == ERR_OK)
		e = put_file(q, db);
	return e == ERR_OK ? trial_notes(db, q->arena, in, &q->s->trial, &t)
			   : e;
}

/* As a browser does: again while the lanes say that they are full. */
static void *
send_it(void *arg)
{
	struct answer *q = arg;
	do
		q->got =
		    write_wait(q->lanes, q->s->w.network, q->arena, put, q);
	while (q->got == ERR_UNAVAIL);
	return NULL;
}

static void
begin(struct scene *s, struct arena *a, struct db *db)
{
	static const char SQL_CONCRETE[] =
	    "UPDATE idea SET state = 'concrete' WHERE org = $1 AND id = $2";
	struct actor *who = &s->w.leader;
	struct trial_lines goals = {.text = S("Jeg er tryg.")};
	struct trial_step test = {.to = TRIAL_TEST};
	struct measure_more more = {.own = S("Jeg bliver hørt.")};
	struct record r = world_record(&s->w, KIND_MEASURE);
	record_set(&r, "design", S("before_after"));
	world_save(&s->w, &r);
	CHECK_OK(measure_get(db, a, who, r.id, &s->measure));
	CHECK_OK(measure_items_add(db, a, who, &s->measure, &more));
	CHECK_OK(measure_get(db, a, who, r.id, &s->measure));
	CHECK_OK(measure_begin_round(db, a, who, &s->measure));
	struct record idea = world_record(&s->w, KIND_IDEA);
	world_save(&s->w, &idea);
	CHECK_OK(db_exec(
	    db, SQL_CONCRETE, NULL, DB_ID(s->w.org.id), DB_ID(idea.id)));
	r = world_record(&s->w, KIND_TRIAL);
	record_set(&r, "idea", id_text(a, idea.id));
	record_set(&r, "target_groups", S(""));
	world_save(&s->w, &r);
	CHECK_OK(trial_get(db, a, who, r.id, &s->trial));
	CHECK_OK(trial_goals_add(db, a, who, &s->trial, &goals));
	CHECK_OK(trial_get(db, a, who, r.id, &s->trial));
	CHECK_OK(trial_move(db, a, who, &s->trial, &test));
	CHECK_OK(trial_get(db, a, who, r.id, &s->trial));
	s->person[0] = volunteers_person(&s->w, "Karen", "mail");
	s->person[1] = volunteers_person(&s->w, "Jonas", "mail");
}

static void
race(struct lanes *lanes, const struct scene *s)
{
	static struct answer q[TIMES];
	for (int i = 0; i < TIMES; i++) {
		q[i] = (struct answer){.lanes = lanes,
		    .arena = arena_open(1024 * 1024),
		    .s = s,
		    .person = s->person[i == TIMES / 2]};
		CHECK_INT(
		    pthread_create(&q[i].thread, NULL, send_it, &q[i]), 0);
	}
	for (int i = 0; i < TIMES; i++) {
		pthread_join(q[i].thread, NULL);
		CHECK_OK(q[i].got);
		arena_close(q[i].arena);
	}
}

static void
check_race(struct arena *a, enum db_kind kind)
{
	static const char SQL_TRIAL[] =
	    "SELECT COUNT(*) FROM trial_answer WHERE org = $1 AND trial = $2";
	struct scene s;
	struct db_row row;
	struct measure_rows rows;
	struct db *db = NULL;
	struct db_place place = test_place(a, kind);
	CHECK_OK(db_open(a, &place, DB_WRITE, &db));
	CHECK_OK(schema_up(db, a, NOW_US));
	world_new(&s.w, a, db);
	begin(&s, a, db);
	db_close(db);
	struct lanes *lanes = writes_lanes(a, &place, 4, 1000);
	race(lanes, &s);
	lanes_close(lanes);
	CHECK_OK(db_open(a, &place, DB_READ, &db));
	CHECK_OK(measure_rows(db, a, &s.w.leader, &s.measure, &rows));
	CHECK_INT(rows.n, 4);
	CHECK_OK(db_one(db, a, SQL_TRIAL, &row, DB_ID(s.w.org.id),
	    DB_ID(s.trial.record.id)));
	CHECK_INT(db_int(&row, 0), 2);
	db_close(db);
}

TEST(answers_sent_a_hundred_times_at_once_are_one_sqlite)
{
	check_race(arena, DB_SQLITE);
}

TEST(answers_sent_a_hundred_times_at_once_are_one_postgres)
{
	check_race(arena, DB_POSTGRES);
}
