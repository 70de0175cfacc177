/* SPDX-License-Identifier: MPL-2.0 */

/* Reflection: nobody's answer is lost, a private one is nobody else's, and
 * what is not so becomes tasks once.  guide:S56 */
#include "model/reflection.h"

#include "base/buf.h"
#include "model/record.h"
#include "tests/model/fixture.h"

static struct reflection
get(struct world *w, const struct actor *who, struct id id)
{
	struct reflection r;
	CHECK_OK(reflection_get(w->db, w->arena, who, id, &r));
	return r;
}

static struct id
begin(struct world *w, const struct actor *who, struct reflection_form form)
{
	form.id = id_new(w->leader.now_us);
	CHECK_OK(reflection_begin(w->db, w->arena, who, &form));
	return form.id;
}

static struct reflection_reply *
reply(struct reflection *r, const char *key)
{
	for (ptrdiff_t i = 0; i < r->n; i++) {
		if (str_eq(r->reply[i].question->key, str_c(key)))
			return &r->reply[i];
	}
	fail_msg("no question %s", key);
	return NULL;
}

/* Answers one question in what was read before. */
static struct reflection_saved
say(struct world *w, const struct actor *who, struct reflection read,
    const struct reflection_reply *wanted)
{
	struct reflection_saved saved;
	struct reflection_reply *list =
	    arena_new(w->arena, struct reflection_reply, read.n);
	for (ptrdiff_t i = 0; i < read.n; i++)
		list[i] = read.reply[i];
	read.reply = list;
	for (ptrdiff_t i = 0; i < read.n; i++) {
		if (list[i].question == wanted->question) {
			list[i].answer = wanted->answer;
			list[i].text = wanted->text;
		}
	}
	CHECK_OK(reflection_save(w->db, w->arena, who, &read, &saved));
	return saved;
}

static struct reflection_saved
answer(struct world *w, const struct actor *who, struct reflection read,
    const char *key, enum reflection_answer value)
{
	struct reflection_reply wanted = *reply(&read, key);
	wanted.answer = value;
	return say(w, who, read, &wanted);
}

static struct reflection_saved
write_text(struct world *w, const struct actor *who, struct reflection read,
    const char *key, struct str text)
{
	struct reflection_reply wanted = *reply(&read, key);
	wanted.text = text;
	return say(w, who, read, &wanted);
}

static const struct reflection_form shared = {.shared = true};

TEST_DB(reflection_asks_the_25_questions_and_the_young_ones_on_demand)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, (struct reflection_form){0});
	CHECK_INT(get(&w, &w.leader, id).n, 25);
	id = begin(&w, &w.leader, (struct reflection_form){.young = true});
	CHECK_INT(get(&w, &w.leader, id).n, 29);
}

TEST_DB(reflection_keeps_what_was_saved_part_by_part)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, (struct reflection_form){0});
	struct reflection read = get(&w, &w.leader, id);
	CHECK_INT(answer(&w, &w.leader, read, "q04", ANSWER_NO).changed, 1);
	read = get(&w, &w.leader, id);
	write_text(&w, &w.leader, read, "q04", S("Udvalget svarer ikke.\n"));
	read = get(&w, &w.leader, id);
	CHECK_INT(reply(&read, "q04")->answer, ANSWER_NO);
	CHECK_STR(reply(&read, "q04")->text, S("Udvalget svarer ikke.\n"));
	CHECK_INT(read.head.answered, 1);
	CHECK_INT(read.head.open, 1);

	/* The same once more is nothing new. */
	struct reflection_saved saved =
	    answer(&w, &w.leader, read, "q04", ANSWER_NO);
	CHECK_INT(saved.changed, 0);
	CHECK_INT(reply(&saved.now, "q04")->rev, 2);
}

TEST_DB(reflection_begun_twice_by_the_same_form_is_one)
{
	struct world w;
	struct reflection_lines lines;
	struct reflection_form form = {.id = id_new(NOW_US), .shared = true};
	world_new(&w, arena, db);
	CHECK_OK(reflection_begin(db, arena, &w.leader, &form));
	CHECK_OK(reflection_begin(db, arena, &w.leader, &form));
	CHECK_OK(reflection_list(db, arena, &w.leader, &lines));
	CHECK_INT(lines.n, 1);
	form = (struct reflection_form){.id = id_new(NOW_US)};
	CHECK_OK(reflection_begin(db, arena, &w.leader, &form));
	CHECK_INT(
	    reflection_begin(db, arena, &w.participant, &form), ERR_CONFLICT);
}

/* ---- whose it is ---- */

TEST_DB(reflection_that_is_private_is_read_by_nobody_else)
{
	struct world w;
	struct reflection r;
	struct reflection_lines lines;
	struct reflection_saved saved;
	int made;
	world_new(&w, arena, db);
	struct id own = begin(&w, &w.participant, (struct reflection_form){0});
	struct actor program = actor_inside(&w.program, w.network);
	const struct actor *others[] = {&w.leader, &w.decider, &program};
	for (int i = 0; i < COUNT_OF(others); i++) {
		struct reflection_form copy = {
		    .id = id_new(NOW_US), .after = own};
		CHECK_INT(reflection_get(db, arena, others[i], own, &r),
		    ERR_NOT_FOUND);
		CHECK_OK(reflection_list(db, arena, others[i], &lines));
		CHECK_INT(lines.n, 0);
		CHECK(reflection_begin(db, arena, others[i], &copy) != ERR_OK);
	}
	r = get(&w, &w.participant, own);
	CHECK_INT(
	    reflection_save(db, arena, &w.leader, &r, &saved), ERR_NOT_FOUND);
	CHECK_INT(
	    reflection_tasks(db, arena, &w.leader, own, &made), ERR_NOT_FOUND);
	CHECK_INT(reflection_share(db, arena, &w.leader, own), ERR_NOT_FOUND);
	CHECK_INT(reflection_drop(db, arena, &w.leader, own), ERR_NOT_FOUND);

	/* The control: once shared, they do. */
	CHECK_OK(reflection_share(db, arena, &w.participant, own));
	CHECK_INT(get(&w, &w.leader, own).n, 25);
	CHECK_OK(reflection_list(db, arena, &w.decider, &lines));
	CHECK_INT(lines.n, 1);
	CHECK_INT(reflection_drop(db, arena, &w.leader, own), ERR_DENIED);
	CHECK_INT(reflection_drop(db, arena, &w.participant, own), ERR_DENIED);
}

TEST_DB(reflection_is_written_by_those_who_may_write_tasks)
{
	struct world w;
	struct reflection_saved saved;
	struct reflection_form form = {.id = id_new(NOW_US)};
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, shared);
	struct reflection read = get(&w, &w.decider, id);
	CHECK_INT(reflection_begin(db, arena, &w.decider, &form), ERR_DENIED);
	CHECK_INT(
	    reflection_save(db, arena, &w.decider, &read, &saved), ERR_DENIED);
	CHECK_OK(reflection_save(db, arena, &w.participant, &read, &saved));
}

static const char SQL_COUNT_ANSWERS[] =
    "SELECT COUNT(*) FROM reflection_answer WHERE org = $1";

static int64_t
answers_left(struct world *w)
{
	struct db_row row;
	CHECK_OK(
	    db_one(w->db, w->arena, SQL_COUNT_ANSWERS, &row, DB_ID(w->org.id)));
	return db_int(&row, 0);
}

TEST_DB(reflection_of_ones_own_can_be_destroyed)
{
	struct world w;
	struct reflection r;
	int made;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, (struct reflection_form){0});
	answer(&w, &w.leader, get(&w, &w.leader, id), "q01", ANSWER_NO);
	CHECK_OK(reflection_tasks(db, arena, &w.leader, id, &made));
	CHECK_INT(answers_left(&w), 1);
	CHECK_OK(reflection_drop(db, arena, &w.leader, id));
	CHECK_INT(reflection_get(db, arena, &w.leader, id, &r), ERR_NOT_FOUND);
	CHECK_INT(answers_left(&w), 0);
}

/* ---- two at once ---- */

TEST_DB(reflection_answers_of_two_people_are_both_kept)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, shared);
	struct reflection read = get(&w, &w.leader, id);
	answer(&w, &w.leader, read, "q01", ANSWER_YES);
	struct reflection_saved saved =
	    answer(&w, &w.participant, read, "q02", ANSWER_PARTLY);
	CHECK_INT(saved.met, 0);
	/* The same question: one answers, the other writes. */
	write_text(&w, &w.leader, read, "q03", S("Budgettet ligger fast."));
	saved = answer(&w, &w.participant, read, "q03", ANSWER_UNKNOWN);
	CHECK_INT(saved.met, 0);
	read = get(&w, &w.leader, id);
	CHECK_INT(reply(&read, "q01")->answer, ANSWER_YES);
	CHECK_INT(reply(&read, "q02")->answer, ANSWER_PARTLY);
	CHECK_INT(reply(&read, "q03")->answer, ANSWER_UNKNOWN);
	CHECK_STR(reply(&read, "q03")->text, S("Budgettet ligger fast."));
}

TEST_DB(reflection_answers_that_meet_are_told_and_the_rest_is_saved)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, shared);
	struct reflection read = get(&w, &w.leader, id);
	answer(&w, &w.leader, read, "q01", ANSWER_YES);
	struct reflection mine = read;
	mine.reply = arena_new(arena, struct reflection_reply, read.n);
	for (ptrdiff_t i = 0; i < read.n; i++)
		mine.reply[i] = read.reply[i];
	reply(&mine, "q01")->answer = ANSWER_NO;
	reply(&mine, "q05")->text = S("De kender vejen ind.");
	struct reflection_saved saved;
	CHECK_OK(reflection_save(db, arena, &w.participant, &mine, &saved));
	CHECK_INT(saved.met, 1);
	CHECK(saved.meets[0]);
	CHECK(!saved.meets[4]);
	CHECK_INT(saved.changed, 1);
	read = get(&w, &w.leader, id);
	CHECK_INT(reply(&read, "q01")->answer, ANSWER_YES);
	CHECK_STR(reply(&read, "q05")->text, S("De kender vejen ind."));
}

TEST_DB(reflection_text_that_is_too_long_is_told_and_the_rest_is_saved)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, shared);
	struct reflection read = get(&w, &w.leader, id);
	char *most = arena_new(arena, char, REFLECTION_TEXT + 1);
	memset(most, 'a', REFLECTION_TEXT + 1);
	struct reflection_saved saved = write_text(&w, &w.leader, read, "q01",
	    (struct str){most, REFLECTION_TEXT + 1});
	CHECK(saved.fault[0] != NULL);
	CHECK_INT(saved.faults, 1);
	CHECK_INT(saved.changed, 0);
	saved = write_text(
	    &w, &w.leader, read, "q01", (struct str){most, REFLECTION_TEXT});
	CHECK_INT(saved.faults, 0);
	CHECK_INT(saved.changed, 1);
}

TEST_DB(reflection_takes_no_cpr_number)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, shared);
	struct reflection read = get(&w, &w.leader, id);
	struct reflection_saved saved =
	    write_text(&w, &w.leader, read, "q01", S("Det er 070761-4285."));
	CHECK_INT(saved.faults, 1);
	CHECK_INT(saved.changed, 0);
	saved =
	    write_text(&w, &w.leader, read, "q01", S("Det er 20 30 40 50."));
	CHECK_INT(saved.faults, 0);
	CHECK_INT(saved.changed, 1);
}

/* ---- versions ---- */

TEST_DB(reflection_of_a_later_version_begins_with_the_answers_before)
{
	struct world w;
	world_new(&w, arena, db);
	struct id first = begin(&w, &w.leader, shared);
	answer(&w, &w.leader, get(&w, &w.leader, first), "q04", ANSWER_NO);
	struct id second = begin(&w, &w.participant,
	    (struct reflection_form){.after = first, .young = true});
	struct reflection r = get(&w, &w.participant, second);
	CHECK_INT(reply(&r, "q04")->answer, ANSWER_NO);
	answer(&w, &w.participant, r, "q04", ANSWER_YES);
	r = get(&w, &w.leader, first);
	CHECK_INT(reply(&r, "q04")->answer, ANSWER_NO);
}

/* ---- tasks ---- */

static ptrdiff_t
count_tasks(struct world *w)
{
	struct records all;
	CHECK_OK(record_list(w->db, w->arena, &w->leader, KIND_TASK, &all));
	return all.n;
}

static int
make_tasks(struct world *w, struct id id)
{
	int made;
	CHECK_OK(reflection_tasks(w->db, w->arena, &w->leader, id, &made));
	return made;
}

TEST_DB(reflection_makes_tasks_of_no_and_dont_know_and_never_twice)
{
	struct world w;
	struct records tasks;
	world_new(&w, arena, db);
	struct id id = begin(&w, &w.leader, (struct reflection_form){0});
	CHECK_INT(make_tasks(&w, id), 0);
	answer(&w, &w.leader, get(&w, &w.leader, id), "q01", ANSWER_YES);
	answer(&w, &w.leader, get(&w, &w.leader, id), "q02", ANSWER_PARTLY);
	answer(&w, &w.leader, get(&w, &w.leader, id), "q04", ANSWER_NO);
	answer(&w, &w.leader, get(&w, &w.leader, id), "q08", ANSWER_UNKNOWN);
	write_text(
	    &w, &w.leader, get(&w, &w.leader, id), "q04", S("hemmeligt"));
	CHECK_INT(make_tasks(&w, id), 2);
	CHECK_INT(make_tasks(&w, id), 0);
	CHECK_OK(record_list(db, arena, &w.leader, KIND_TASK, &tasks));
	CHECK_INT(tasks.n, 2);
	CHECK_HAS(record_value(&tasks.list[0], "title"), S("?"));
	for (ptrdiff_t i = 0; i < tasks.n; i++)
		CHECK_INT(str_find(record_value(&tasks.list[i], "note"),
			      S("hemmeligt")),
		    -1);
}

TEST_DB(reflection_makes_a_task_anew_when_a_later_version_says_no_again)
{
	struct world w;
	struct records tasks;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct id first = begin(&w, &w.leader, shared);
	answer(&w, &w.leader, get(&w, &w.leader, first), "q04", ANSWER_NO);
	CHECK_INT(make_tasks(&w, first), 1);
	struct id second =
	    begin(&w, &w.leader, (struct reflection_form){.after = first});
	CHECK_INT(make_tasks(&w, second), 0); /* it is still open */
	CHECK_OK(record_list(db, arena, &w.leader, KIND_TASK, &tasks));
	record_set(&tasks.list[0], "state", S("done"));
	CHECK_OK(record_save(db, arena, &w.leader, &tasks.list[0], &saved));
	CHECK_INT(make_tasks(&w, first), 0);
	CHECK_INT(make_tasks(&w, second), 1);
	CHECK_INT(count_tasks(&w), 2);
}
