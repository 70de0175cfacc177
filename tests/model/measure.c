/* SPDX-License-Identifier: MPL-2.0 */

/* Before and after: wording that stays, one answer a person and round, paper
 * that two read, and answers that go when their person does. */
#include "model/measure.h"

#include "base/buf.h"
#include "tests/model/fixture.h"

static struct measure
draft(struct world *w, const char *design)
{
	struct measure m;
	struct record r = world_record(w, KIND_MEASURE);
	record_set(&r, "design", str_c(design));
	record_set(&r, "since", S("2026-12-01"));
	world_save(w, &r);
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &m));
	struct measure_more more = {
	    .bank = S("q_respect q_fits"), .own = S("Jeg kan få fat i nogen.")};
	CHECK_OK(measure_items_add(w->db, w->arena, &w->leader, &m, &more));
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &m));
	return m;
}

static struct measure
begun(struct world *w, const char *design)
{
	struct measure m = draft(w, design);
	CHECK_OK(measure_begin_round(w->db, w->arena, &w->leader, &m));
	return m;
}

/* guide:S29: the same wording before and after. */
TEST_DB(measure_wording_stays_once_a_round_is_open)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct measure m = draft(&w, "before_after");
	CHECK_INT(m.n_items, 3);
	CHECK_STR(m.item[0].da, S("Jeg bliver mødt med respekt."));
	CHECK_STR(measure_item_text(&m.item[2], LANG_EN),
	    S("Jeg kan få fat i nogen."));
	struct measure_more again = {.bank = S("q_respect q_none")};
	CHECK_OK(measure_items_add(db, arena, &w.leader, &m, &again));
	CHECK_OK(measure_item_drop(db, arena, &w.leader, &m, 1));
	CHECK_OK(measure_get(db, arena, &w.leader, m.record.id, &m));
	CHECK_INT(m.n_items, 2);
	CHECK_INT(m.item[0].number, 1);
	CHECK_STR(m.item[0].bank, S("q_fits"));
	CHECK_OK(measure_begin_round(db, arena, &w.leader, &m));
	CHECK_INT(measure_begin_round(db, arena, &w.leader, &m), ERR_CONFLICT);
	CHECK_INT(
	    measure_items_add(db, arena, &w.leader, &m, &again), ERR_CONFLICT);
	CHECK_INT(measure_item_drop(db, arena, &w.leader, &m, 1), ERR_CONFLICT);
	struct record mine = m.record;
	record_set(&mine, "purpose", S("Noget andet"));
	CHECK_INT(
	    record_save(db, arena, &w.leader, &mine, &saved), ERR_INVALID);
	mine = m.record;
	record_set(&mine, "themes", S("Flere taler om ventetid."));
	CHECK_OK(record_save(db, arena, &w.leader, &mine, &saved));
}

TEST_DB(measure_needs_a_question_and_a_day_to_think_back_to)
{
	struct world w;
	struct measure m;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_MEASURE);
	record_set(&r, "design", S("retrospective"));
	CHECK_INT(record_save(db, arena, &w.leader, &r, &saved), ERR_INVALID);
	record_set(&r, "since", S("2026-10-01"));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
	CHECK_OK(measure_get(db, arena, &w.leader, r.id, &m));
	CHECK_INT(measure_begin_round(db, arena, &w.leader, &m), ERR_CONFLICT);
	CHECK_INT(measure_begin_round(db, arena, &w.decider, &m), ERR_DENIED);
}

static int64_t
answered(struct world *w, const struct measure *m)
{
	struct measure now;
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, m->record.id, &now));
	return now.round[now.n_rounds - 1].answered;
}

TEST_DB(measure_takes_one_answer_a_code_and_round)
{
	struct world w;
	struct measure_reply kept;
	world_new(&w, arena, db);
	struct measure m = begun(&w, "before_after");
	struct respondent p =
	    measure_pseudonym(arena, &w.leader, &m, S("Rød Cykel 7"));
	struct respondent same =
	    measure_pseudonym(arena, &w.leader, &m, S("rødcykel-7"));
	CHECK(hash_eq(p.who, same.who));
	struct measure_reply r = {.now = {4, MEASURE_DONT_KNOW, 0}};
	CHECK_OK(measure_reply_put(db, arena, &w.leader, &p, &r));
	r.now[0] = 5;
	CHECK_OK(measure_reply_put(db, arena, &w.leader, &same, &r));
	CHECK_INT(answered(&w, &m), 1);
	CHECK_OK(measure_reply_get(db, arena, &w.leader, &p, &kept));
	CHECK_INT(kept.now[0], 5);
	CHECK_INT(kept.now[1], MEASURE_DONT_KNOW);
	CHECK_OK(measure_close_round(db, arena, &w.leader, &m));
	p.measure = &m;
	CHECK_INT(
	    measure_reply_put(db, arena, &w.leader, &p, &r), ERR_CONFLICT);
	CHECK_OK(measure_begin_round(db, arena, &w.leader, &m));
	CHECK_OK(measure_reply_put(db, arena, &w.leader, &p, &r));
	struct measure_rows rows;
	CHECK_OK(measure_rows(db, arena, &w.leader, &m, &rows));
	CHECK_INT(rows.n, 2);
	CHECK_STR(rows.list[0].who, rows.list[1].who);
	CHECK_OK(measure_reply_drop(db, arena, &w.leader, &p));
	CHECK_OK(measure_rows(db, arena, &w.leader, &m, &rows));
	CHECK_INT(rows.n, 0);
}

TEST_DB(measure_refuses_words_with_a_cpr_number)
{
	struct world w;
	world_new(&w, arena, db);
	struct measure m = begun(&w, "retrospective");
	struct respondent p =
	    measure_pseudonym(arena, &w.leader, &m, S("blå bil"));
	struct measure_reply r = {
	    .then = {1, 2, 3}, .now = {3, 3, 6}, .words = S("Det er bedre.")};
	CHECK_STR(measure_reply_text(arena, &m, &r), S("123/336"));
	CHECK_OK(measure_reply_put(db, arena, &w.leader, &p, &r));
	r.words = S("Mit nummer er 010190-1234");
	CHECK_INT(measure_reply_put(db, arena, &w.leader, &p, &r), ERR_INVALID);
	CHECK(!measure_reply_parse(&m, S("123/33"), &r));
	CHECK(!measure_reply_parse(&m, S("123/337"), &r));
	CHECK(measure_code_fault(S("abc")) != NULL);
	CHECK(measure_code_fault(S("rød cykel")) == NULL);
}

static enum measure_outcome
reads(struct world *w, const struct actor *who, const struct measure *m,
    const char *line)
{
	struct measure_papers p = {.text = str_c(line)};
	CHECK_OK(measure_paper_read(w->db, w->arena, who, m, &p));
	CHECK_INT(p.n, 1);
	return p.list[0].outcome;
}

TEST_DB(measure_on_paper_counts_when_two_found_the_same)
{
	struct world w;
	struct measure_desk desk;
	world_new(&w, arena, db);
	struct measure m = begun(&w, "before_after");
	const struct actor *one = &w.leader, *two = &w.participant;
	CHECK_INT(reads(&w, one, &m, "ark 12; 4 x -; Bedre"), MEASURE_FIRST);
	CHECK_INT(reads(&w, one, &m, "ark 12; 4 x -; Bedre"), MEASURE_FIRST);
	CHECK_INT(answered(&w, &m), 0);
	CHECK_INT(reads(&w, two, &m, "Ark12; 4 x -; Bedre"), MEASURE_AGREES);
	CHECK_INT(answered(&w, &m), 1);
	CHECK_INT(reads(&w, two, &m, "ark12; 1 1 1"), MEASURE_COUNTED);
	CHECK_INT(reads(&w, one, &m, "ark 13; 4 4"), MEASURE_BAD_ANSWERS);
	CHECK_INT(reads(&w, one, &m, "ark 13; 4 4 6"), MEASURE_BAD_ANSWERS);
	CHECK_INT(reads(&w, one, &m, "K-9; 4 4 4"), MEASURE_NO_CODE);
	CHECK_INT(reads(&w, one, &m, "; 4 4 4"), MEASURE_NO_CODE);
	CHECK_INT(reads(&w, one, &m, "ark 14; 1 2 3"), MEASURE_FIRST);
	CHECK_INT(reads(&w, two, &m, "ark 14; 1 2 4"), MEASURE_DIFFERS);
	CHECK_OK(measure_desk(db, arena, one, &m, &desk));
	CHECK_INT(desk.n_differs, 1);
	struct measure_fix fix = {.who = desk.differs[0].who,
	    .which = str_eq(desk.differs[0].answers[1], S("124"))};
	CHECK_INT(measure_settle(db, arena, two, &m, &fix), ERR_DENIED);
	CHECK_OK(measure_settle(db, arena, one, &m, &fix));
	CHECK_INT(measure_settle(db, arena, one, &m, &fix), ERR_NOT_FOUND);
	CHECK_INT(answered(&w, &m), 2);
}

static struct id
add_person(struct world *w, int64_t *number)
{
	struct person p = {.id = id_new(NOW_US + 77),
	    .alias = S("Rosa"),
	    .actor_kind = S("citizen"),
	    .age = S("67-79"),
	    .lang = S("da"),
	    .reason = S("Kender hjælpen"),
	    .source = S("named"),
	    .channel = S("letter")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	CHECK_OK(person_get(w->db, w->arena, &w->leader, p.id, &p));
	*number = p.number;
	return p.id;
}

TEST_DB(measure_answers_go_with_their_person)
{
	struct world w;
	int64_t number;
	world_new(&w, arena, db);
	struct measure m = begun(&w, "before_after");
	struct id person = add_person(&w, &number);
	const char *line =
	    str_cstr(arena, str_fmt(arena, "k%lld; 4 4 4", (long long)number));
	CHECK_INT(reads(&w, &w.leader, &m, line), MEASURE_FIRST);
	CHECK_INT(reads(&w, &w.participant, &m, line), MEASURE_AGREES);
	CHECK_INT(reads(&w, &w.leader, &m, "ark 1; 4 4 4"), MEASURE_FIRST);
	CHECK_INT(
	    reads(&w, &w.participant, &m, "ark 1; 4 4 4"), MEASURE_AGREES);
	CHECK_INT(answered(&w, &m), 2);
	CHECK_OK(person_erase(db, arena, &w.leader, person));
	CHECK_INT(answered(&w, &m), 1);
}

/* R4, and nobody who has stopped or is of another group. */
TEST_DB(measure_asks_no_child_without_a_guardian)
{
	struct world w;
	struct measure_reply r = {.now = {4}};
	world_new(&w, arena, db);
	struct measure m = begun(&w, "before_after");
	struct citizen sofie = {.in = w.leader,
	    .person = {.id = id_new(NOW_US), .state = S("active")},
	    .needs_guardian = true};
	struct respondent p = measure_citizen(arena, &m, &sofie);
	CHECK(p.refused != NULL);
	CHECK_INT(measure_reply_put(db, arena, &w.leader, &p, &r), ERR_DENIED);
	sofie.needs_guardian = false;
	p = measure_citizen(arena, &m, &sofie);
	CHECK(p.refused == NULL);
	CHECK_OK(measure_reply_put(db, arena, &w.leader, &p, &r));
	sofie.person.state = S("stopped");
	p = measure_citizen(arena, &m, &sofie);
	CHECK_INT(measure_reply_put(db, arena, &w.leader, &p, &r), ERR_DENIED);
}

/* R4 on paper too: the line is told, and the others are taken. */
TEST_DB(measure_takes_no_paper_of_a_child_without_a_guardian)
{
	struct world w;
	world_new(&w, arena, db);
	struct record notice = world_record(&w, KIND_NOTICE);
	record_set(&notice, "basis", S("consent"));
	world_save(&w, &notice);
	struct person sofie = {.id = id_new(NOW_US),
	    .alias = S("Sofie"),
	    .actor_kind = S("citizen"),
	    .age = S("0-14"),
	    .channel = S("in_person"),
	    .lang = S("da"),
	    .reason = S("Går i klassen"),
	    .source = S("named")};
	CHECK_OK(person_save(db, arena, &w.leader, &sofie));
	CHECK_OK(person_get(db, arena, &w.leader, sofie.id, &sofie));
	struct measure m = begun(&w, "before_after");
	struct measure_papers papers = {
	    .text = STR_JOIN(arena, person_code(arena, sofie.number),
		S("; 4 4 4\nblomst7; 3 3 3\n"))};
	CHECK_OK(measure_paper_read(db, arena, &w.participant, &m, &papers));
	CHECK_INT(papers.list[0].outcome, MEASURE_NO_GUARDIAN);
	CHECK_INT(papers.list[1].outcome, MEASURE_FIRST);
	sofie.guardian = S("På papir, 1. december");
	sofie.guardian_us = NOW_US;
	CHECK_OK(person_save(db, arena, &w.leader, &sofie));
	CHECK_OK(measure_paper_read(db, arena, &w.participant, &m, &papers));
	CHECK_INT(papers.list[0].outcome, MEASURE_FIRST);
}
