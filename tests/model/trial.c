/* SPDX-License-Identifier: MPL-2.0 */

/* Trials: goals set before, what people say, what each is judged to be, and
 * what happens to the idea. */
#include "model/trial.h"

#include "base/buf.h"
#include "model/demo_citizen.h"
#include "tests/model/fixture.h"

struct scene {
	struct world w;
	struct citizen karen;
	struct id idea, trial;
};

static struct id
new_id(void)
{
	static int64_t ticks;
	return id_new(NOW_US + 1000 * ++ticks);
}

static void
put_idea_at(struct scene *s, const char *state)
{
	static const char SQL_STATE[] =
	    "UPDATE idea SET state = $3 WHERE org = $1 AND id = $2";
	CHECK_OK(db_exec(s->w.db, SQL_STATE, NULL, DB_ID(s->w.org.id),
	    DB_ID(s->idea), DB_TEXT(str_c(state))));
}

static struct str
idea_state_of(struct scene *s)
{
	struct record r;
	CHECK_OK(record_get(
	    s->w.db, s->w.arena, &s->w.leader, KIND_IDEA, s->idea, &r));
	return record_value(&r, "state");
}

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	world_new(&s->w, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(&s->w, kinds[i]);
		world_save(&s->w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &s->w.leader, &token));
	CHECK_OK(
	    citizen_enter(db, a, &s->w.program, hash_of(token), &s->karen));
	struct record r = world_record(&s->w, KIND_IDEA);
	world_save(&s->w, &r);
	s->idea = r.id;
	put_idea_at(s, "concrete");
	r = world_record(&s->w, KIND_TRIAL);
	record_set(&r, "idea", id_text(a, s->idea));
	record_set(&r, "target_groups", S(""));
	record_set(&r, "starts", S(""));
	record_set(&r, "ends", S(""));
	world_save(&s->w, &r);
	s->trial = r.id;
}

static struct trial
now(struct scene *s)
{
	struct trial t;
	CHECK_OK(trial_get(s->w.db, s->w.arena, &s->w.leader, s->trial, &t));
	return t;
}

static struct str
value_of(struct scene *s, const char *field)
{
	struct trial t = now(s);
	return record_value(&t.record, field);
}

static enum err
add_goals(struct scene *s, const char *text)
{
	struct trial t = now(s);
	struct trial_lines lines = {.text = str_c(text)};
	return trial_goals_add(s->w.db, s->w.arena, &s->w.leader, &t, &lines);
}

static enum err
step(struct scene *s, enum trial_stage to, const char *verdict,
    const char *reason)
{
	struct trial t = now(s);
	struct trial_step go = {
	    .to = to, .verdict = str_c(verdict), .reason = str_c(reason)};
	enum err e = trial_move(s->w.db, s->w.arena, &s->w.leader, &t, &go);
	CHECK((e == ERR_INVALID) == (go.fault != NULL));
	return e;
}

static enum err
judge(struct scene *s, int64_t number, const char *outcome)
{
	struct trial t = now(s);
	struct trial_goal g = {.number = number,
	    .outcome = str_c(outcome),
	    .why = S("Seks af otte siger det.")};
	return trial_judge(s->w.db, s->w.arena, &s->w.leader, &t, &g);
}

static struct id
somebody(struct scene *s)
{
	struct person p = s->karen.person;
	p.id = new_id();
	p.rev = 0;
	CHECK_OK(person_save(s->w.db, s->w.arena, &s->w.leader, &p));
	return p.id;
}

static enum err
answers(struct scene *s, struct id person, const char *first)
{
	struct trial t = now(s);
	struct trial_reply r = {.person = person, .answer = {str_c(first)}};
	return trial_notes(s->w.db, s->w.arena, &s->w.leader, &t, &r);
}

static struct trial_count
counts(struct scene *s)
{
	struct trial t = now(s);
	struct trial_count c[TRIAL_GOALS];
	CHECK_OK(trial_counts(s->w.db, s->w.arena, &s->w.leader, &t, c));
	return c[0];
}

static struct id
said(struct scene *s, const char *text)
{
	struct contribution c = {.id = new_id(),
	    .kind = S("feedback"),
	    .teller = S("staff"),
	    .original = str_c(text),
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(
	    contribution_add(s->w.db, s->w.arena, &s->w.leader, &c, S("")));
	return c.id;
}

static struct trial_saids
feedback(struct scene *s)
{
	struct trial t = now(s);
	struct trial_saids all;
	CHECK_OK(trial_feedback(s->w.db, s->w.arena, &s->w.leader, &t, &all));
	return all;
}

static enum err
link_said(struct scene *s, struct id id)
{
	struct trial t = now(s);
	struct trial_link l = {id, S("phone")};
	return trial_feedback_add(s->w.db, s->w.arena, &s->w.leader, &t, &l);
}

/* guide:S26: goals are set before, and stay as they are once it begins. */
TEST_DB(trial_begins_with_goals_that_stay)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(step(&s, TRIAL_TEST, "", ""), ERR_INVALID); /* no goal */
	CHECK_STR(idea_state_of(&s), S("concrete"));
	CHECK_OK(add_goals(&s,
	    "Jeg ved, hvem jeg kan ringe til.; Vi spørger\n\n"
	    "Jeg sover bedre.\n"));
	CHECK_OK(add_goals(&s, "Jeg sover bedre.")); /* is there */
	CHECK_INT(now(&s).n_goals, 2);
	CHECK_STR(now(&s).goal[0].sign, S("Vi spørger"));
	struct trial t = now(&s);
	CHECK_OK(trial_goal_drop(db, arena, &s.w.leader, &t, 1));
	CHECK_INT(now(&s).n_goals, 1);
	CHECK_INT(now(&s).goal[0].number, 1);
	CHECK_STR(now(&s).goal[0].goal, S("Jeg sover bedre."));
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	CHECK_STR(idea_state_of(&s), S("test"));
	CHECK_STR(value_of(&s, "starts"), S("2026-11-24"));
	CHECK_INT(add_goals(&s, "Et til"), ERR_CONFLICT);
	t = now(&s);
	CHECK_INT(trial_goal_drop(db, arena, &s.w.leader, &t, 1), ERR_CONFLICT);
}

TEST_DB(trial_goals_are_all_good_or_none_is_added)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct trial t = now(&s);
	struct trial_lines lines = {
	    .text = S("Jeg er tryg.\nRing 010150-1234\nJeg sover.")};
	CHECK_INT(
	    trial_goals_add(db, arena, &s.w.leader, &t, &lines), ERR_INVALID);
	CHECK_INT(lines.line, 2);
	CHECK_INT(now(&s).n_goals, 0);
	CHECK_INT(add_goals(&s, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13"),
	    ERR_INVALID);
	CHECK_INT(add_goals(&s, "; uden mål"), ERR_INVALID);
	CHECK_OK(add_goals(&s, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12"));
	lines = (struct trial_lines){.text = S("mere")};
	CHECK_INT(trial_goals_add(db, arena, &s.w.participant, &t, &lines),
	    ERR_DENIED);
}

/* What is tried must be something, and one trial at a time says what happens
 * to it. */
TEST_DB(trial_begins_once_the_idea_is_concrete_and_alone)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct id first = s.trial;
	struct record other = world_record(&s.w, KIND_TRIAL);
	record_set(&other, "idea", id_text(arena, s.idea));
	record_set(&other, "starts", S(""));
	record_set(&other, "ends", S(""));
	world_save(&s.w, &other);
	CHECK_OK(add_goals(&s, "Jeg er tryg."));
	put_idea_at(&s, "matured");
	CHECK_INT(step(&s, TRIAL_TEST, "", ""), ERR_INVALID);
	put_idea_at(&s, "concrete");
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	s.trial = other.id;
	CHECK_OK(add_goals(&s, "Jeg sover."));
	CHECK_INT(step(&s, TRIAL_TEST, "", ""), ERR_INVALID);
	s.trial = first;
	CHECK_INT(step(&s, TRIAL_NEXT, "run", "Den virker."), ERR_CONFLICT);
	CHECK_INT(step(&s, TRIAL_START, "", ""), ERR_CONFLICT);
	CHECK_OK(step(&s, TRIAL_ANALYSE, "", ""));
	CHECK_OK(step(&s, TRIAL_TEST, "", "")); /* to and fro */
}

/* guide:S27 guide:S28 guide:S6: from feedback to a version of the idea, each
 * goal judged, and a decision that the idea follows. */
TEST_DB(trial_ends_when_it_has_learned_and_is_judged)
{
	struct scene s;
	struct record r;
	struct record_saved saved;
	scene_new(&s, arena, db);
	CHECK_OK(add_goals(&s, "Jeg er tryg.\nJeg sover."));
	CHECK_INT(judge(&s, 1, "hit"), ERR_CONFLICT); /* not yet */
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	struct id one = said(&s, "Ingen tog den kl. 21.");
	struct id two = said(&s, "Stemmen var venlig.");
	CHECK_OK(link_said(&s, one));
	CHECK_OK(link_said(&s, one)); /* twice is once */
	CHECK_OK(link_said(&s, two));
	CHECK_INT(feedback(&s).n, 2);
	CHECK_INT(feedback(&s).open, 2);
	CHECK_OK(step(&s, TRIAL_ANALYSE, "", ""));
	CHECK_INT(step(&s, TRIAL_NEXT, "run", "Den virker."), ERR_INVALID);
	CHECK_INT(judge(&s, 1, "great"), ERR_INVALID);
	CHECK_INT(judge(&s, 3, "hit"), ERR_NOT_FOUND);
	CHECK_OK(judge(&s, 1, "hit"));
	CHECK_OK(judge(&s, 2, "miss"));
	CHECK_INT(step(&s, TRIAL_NEXT, "run", ""), ERR_INVALID); /* why */
	CHECK_INT(step(&s, TRIAL_NEXT, "run", "Den virker."),
	    ERR_INVALID); /* R14: no version has learned */
	CHECK_OK(record_get(db, arena, &s.w.leader, KIND_IDEA, s.idea, &r));
	record_set(&r, "what", S("Vi svarer til kl. 22."));
	CHECK_OK(record_save(db, arena, &s.w.leader, &r, &saved));
	struct trial t = now(&s);
	CHECK_OK(trial_feedback_used(db, arena, &s.w.leader, &t, one));
	struct trial_said no = {
	    .contribution = two, .unused = S("Det skal den blive ved med.")};
	CHECK_OK(trial_feedback_unused(db, arena, &s.w.leader, &t, &no));
	no.unused = S(" ");
	CHECK_INT(trial_feedback_unused(db, arena, &s.w.leader, &t, &no),
	    ERR_INVALID);
	CHECK_INT(feedback(&s).open, 0);
	CHECK(feedback(&s).list[0].version > 0);
	CHECK_OK(step(&s, TRIAL_NEXT, "run", "Den virker nu til kl. 22."));
	CHECK_STR(idea_state_of(&s), S("running"));
	CHECK_STR(value_of(&s, "outcome"), S("adjust"));
	CHECK_STR(value_of(&s, "verdict"), S("run"));
	CHECK_INT(link_said(&s, one), ERR_CONFLICT);
	CHECK_INT(step(&s, TRIAL_ANALYSE, "", ""), ERR_CONFLICT);
}

TEST_DB(trial_that_stops_takes_the_idea_with_it)
{
	struct scene s;
	struct record r;
	scene_new(&s, arena, db);
	CHECK_OK(add_goals(&s, "Jeg er tryg."));
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	CHECK_OK(step(&s, TRIAL_ANALYSE, "", ""));
	CHECK_OK(judge(&s, 1, "miss"));
	CHECK_INT(
	    step(&s, TRIAL_NEXT, "stop", "Spørg 010150-1234"), ERR_INVALID);
	CHECK_OK(step(&s, TRIAL_NEXT, "stop", "Ingen brugte den."));
	CHECK_STR(idea_state_of(&s), S("stopped"));
	CHECK_OK(record_get(db, arena, &s.w.leader, KIND_IDEA, s.idea, &r));
	CHECK_STR(record_value(&r, "reason"), S("Ingen brugte den."));
	CHECK_STR(value_of(&s, "outcome"), S("miss"));
	CHECK_INT(record_remove(db, arena, &s.w.leader, KIND_TRIAL, s.trial,
		      now(&s).record.rev),
	    ERR_CONFLICT);
}

/* guide:S27: on her page; what she says is hers, and goes when she takes it
 * back. */
TEST_DB(trial_hears_a_citizen_on_her_page)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_OK(add_goals(&s, "Jeg er tryg.\nJeg sover."));
	struct trial t = now(&s);
	struct trial_reply r = {.answer = {S("yes"), S("unknown")},
	    .word = {.id = new_id(),
		.text = S("Ring hellere kl. 20."),
		.scope = SCOPE_NETWORK}};
	CHECK(!trial_is_for(&t, &s.karen));
	CHECK_INT(trial_hears(db, arena, &s.karen, &t, &r), ERR_CONFLICT);
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	t = now(&s);
	CHECK(trial_is_for(&t, &s.karen));
	CHECK_OK(trial_hears(db, arena, &s.karen, &t, &r));
	CHECK_OK(trial_hears(db, arena, &s.karen, &t, &r)); /* twice */
	CHECK_INT(feedback(&s).n, 1);
	CHECK_STR(feedback(&s).list[0].way, S("page"));
	struct trial_reply own = {.person = s.karen.person.id};
	CHECK_OK(trial_reply_get(db, arena, &s.karen.in, &t, &own));
	CHECK_STR(own.answer[1], S("unknown"));
	r.answer[1] = S(""); /* she takes one back */
	r.word.text = S("");
	CHECK_OK(trial_hears(db, arena, &s.karen, &t, &r));
	CHECK_OK(trial_reply_get(db, arena, &s.karen.in, &t, &own));
	CHECK_STR(own.answer[1], S(""));
	r.answer[0] = S("great");
	CHECK_INT(trial_hears(db, arena, &s.karen, &t, &r), ERR_INVALID);
	CHECK_OK(citizen_takes_back(db, arena, &s.karen, r.word.id));
	CHECK_INT(feedback(&s).n, 0);
	CHECK_INT(feedback(&s).open, 0);
	s.karen.needs_guardian = true;
	r.answer[0] = S("no");
	CHECK_INT(trial_hears(db, arena, &s.karen, &t, &r), ERR_INVALID);
}

TEST_DB(trial_asks_its_groups_alone)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct record group = world_record(&s.w, KIND_GROUP);
	world_save(&s.w, &group);
	struct trial t = now(&s);
	record_set(&t.record, "target_groups", id_text(arena, group.id));
	world_save(&s.w, &t.record);
	CHECK_OK(add_goals(&s, "Jeg er tryg."));
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	t = now(&s);
	s.karen.person.group = (struct id){0};
	CHECK(!trial_is_for(&t, &s.karen));
	s.karen.person.group = group.id;
	CHECK(trial_is_for(&t, &s.karen));
	s.karen.person.state = S("stopped");
	CHECK(!trial_is_for(&t, &s.karen));
}

/* Of four nothing is told; of more no number from which one of one to four
 * follows. */
TEST_DB(trial_hides_small_numbers)
{
	static const struct {
		const char *answer;
		int n;
	} given[] = {{"yes", 6}, {"partly", 2}, {"no", 5}};
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_OK(add_goals(&s, "Jeg er tryg."));
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	struct id last = {0};
	for (int i = 0; i < 4; i++)
		CHECK_OK(answers(&s, somebody(&s), "yes"));
	CHECK_INT(counts(&s).people, -1);
	CHECK_INT(counts(&s).of[0], -1);
	for (ptrdiff_t k = 0; k < COUNT_OF(given); k++) {
		for (int i = k == 0 ? 4 : 0; i < given[k].n; i++) {
			last = somebody(&s);
			CHECK_OK(answers(&s, last, given[k].answer));
		}
	}
	struct trial_count c = counts(&s);
	CHECK_INT(c.people, 13);
	CHECK_INT(c.of[1], -1); /* the two */
	CHECK(c.of[0] < 0 || c.of[2] < 0); /* else they follow */
	CHECK(c.of[0] == 6 || c.of[2] == 5);
	CHECK_OK(person_erase(db, arena, &s.w.leader, last));
	CHECK_INT(counts(&s).people, 12);
	CHECK_INT(answers(&s, last, "yes"), ERR_INVALID);
	struct trial t = now(&s);
	struct trial_reply r = {.person = s.karen.person.id};
	CHECK_INT(trial_notes(db, arena, &s.w.participant, &t, &r), ERR_DENIED);
}

/* R4: what staff note for a child waits for a guardian as well. */
TEST_DB(trial_notes_nothing_of_a_child_without_a_guardian)
{
	struct scene s;
	struct record notice;
	scene_new(&s, arena, db);
	CHECK_OK(record_get(
	    db, arena, &s.w.leader, KIND_NOTICE, s.w.network, &notice));
	record_set(&notice, "basis", S("consent"));
	world_save(&s.w, &notice);
	CHECK_OK(add_goals(&s, "Jeg er tryg."));
	CHECK_OK(step(&s, TRIAL_TEST, "", ""));
	struct person p = s.karen.person;
	p.id = new_id();
	p.rev = 0;
	p.age = S("0-14");
	CHECK_OK(person_save(db, arena, &s.w.leader, &p));
	CHECK_INT(answers(&s, p.id, "yes"), ERR_INVALID);
	CHECK_OK(person_get(db, arena, &s.w.leader, p.id, &p));
	p.guardian = S("På papir, 1. december");
	p.guardian_us = NOW_US;
	CHECK_OK(person_save(db, arena, &s.w.leader, &p));
	CHECK_OK(answers(&s, p.id, "yes"));
}
