/* SPDX-License-Identifier: MPL-2.0 */

/* Answers out of a table: each form of it, what is wrong told with its place,
 * and all of it or nothing. */
#include "model/measure_file.h"

#include "base/buf.h"
#include "model/citizen.h"
#include "tests/model/volunteers.h"

static struct measure
draft(struct world *w, const char *design)
{
	struct measure m;
	struct record r = world_record(w, KIND_MEASURE);
	record_set(&r, "design", str_c(design));
	record_set(&r, "since", S("2026-10-01"));
	world_save(w, &r);
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &m));
	struct measure_more more = {
	    .bank = S("q_respect"), .own = S("Jeg kan få fat i nogen.")};
	CHECK_OK(measure_items_add(w->db, w->arena, &w->leader, &m, &more));
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &m));
	return m;
}

static const struct measure_columns usual;

static struct measure_file
reads(struct world *w, const struct measure *m, const char *text)
{
	struct measure_file f;
	CHECK(measure_file_read(w->arena, m, str_c(text), &usual, &f));
	CHECK(f.fault == NULL);
	return f;
}

static void
refuses(struct world *w, const struct measure *m, const char *text,
    const struct measure_file *want)
{
	struct measure_file f;
	CHECK(!measure_file_read(w->arena, m, str_c(text), &usual, &f));
	CHECK_STR(str_c(f.fault), str_c(want->fault));
	CHECK_INT(f.line, want->line);
	CHECK_INT(f.column, want->column);
}

TEST_DB(measure_file_reads_a_line_an_answer_and_a_line_a_person)
{
	struct world w;
	world_new(&w, arena, db);
	struct measure m = draft(&w, "before_after");
	struct measure_file f = reads(&w, &m,
	    "kode;runde;spørgsmål;svar\r\n"
	    "ab 12;før;Jeg bliver mødt med respekt.;4\r\n"
	    "AB-12;Før;2;ved ikke\r\n"
	    "ab12;efter;q_respect;5\r\n");
	CHECK_INT(f.n, 2);
	CHECK_INT(f.list[0].round, 1);
	CHECK_INT(f.list[0].reply.now[0], 4);
	CHECK_INT(f.list[0].reply.now[1], MEASURE_DONT_KNOW);
	CHECK_INT(f.list[1].round, 2);
	CHECK_INT(f.list[1].reply.now[0], 5);
	f = reads(&w, &m,
	    "round,q_respect,code,2,note\nbefore,3,x1,,old\nafter,,x1,2,\n");
	CHECK_INT(f.n, 2);
	CHECK_INT(f.list[0].reply.now[0], 3);
	CHECK_INT(f.list[0].reply.now[1], 0);
	CHECK_INT(f.list[1].reply.now[1], 2);
	/* Called something else. */
	struct measure_columns said = {
	    S("hvem"), S("gang"), S("emne"), S("tal")};
	CHECK(measure_file_read(
	    arena, &m, S("hvem,emne,tal,gang\nx1,1,4,2\n"), &said, &f));
	CHECK_INT(f.list[0].round, 2);
	said.answer = S("tael");
	CHECK(!measure_file_read(
	    arena, &m, S("hvem,emne,tal,gang\nx1,1,4,2\n"), &said, &f));
}

TEST_DB(measure_file_says_what_is_wrong_and_where)
{
	struct world w;
	world_new(&w, arena, db);
	struct measure m = draft(&w, "before_after");
	static const char code[] =
	    "a code of 2 to 40 characters, and no CPR number";
	refuses(&w, &m, "kode,spørgsmål,svar\nab,1,4\nab,3,4\n",
	    &(struct measure_file){.line = 3,
		.column = 4,
		.fault = "one of the questions as they are worded here, or its "
			 "number"});
	refuses(&w, &m, "kode,spørgsmål,svar\nab,1,6\n",
	    &(struct measure_file){.line = 2,
		.column = 6,
		.fault = "1 to 5, \"ved ikke\", or nothing"});
	refuses(&w, &m, "kode,1\na,4\n",
	    &(struct measure_file){.line = 2, .column = 1, .fault = code});
	refuses(&w, &m, "1,kode\n4,010190-1234\n",
	    &(struct measure_file){.line = 2, .column = 3, .fault = code});
	refuses(&w, &m, "kode,runde,1\nab,sidst,4\n",
	    &(struct measure_file){.line = 2,
		.column = 4,
		.fault = "a round: before, after, or its number"});
	refuses(&w, &m, "kode,1\nab,4\nAB,5\n",
	    &(struct measure_file){.line = 3,
		.column = 4,
		.fault = "one answer to each question from each person"});
	refuses(&w, &m, "kode,1\nab\n",
	    &(struct measure_file){.line = 2,
		.column = 1,
		.fault = "as many fields as the first line has"});
	refuses(&w, &m, "navn,1\nab,4\n",
	    &(struct measure_file){.line = 1,
		.column = 1,
		.fault = "a column with codes, called kode"});
	refuses(&w, &m, "kode,alder\nab,4\n",
	    &(struct measure_file){.line = 1,
		.column = 1,
		.fault = "columns with questions and answers, or one for each "
			 "question"});
	m.design = MEASURE_RETROSPECTIVE;
	refuses(&w, &m, "kode,1\nab,4\n",
	    &(struct measure_file){.line = 1,
		.column = 1,
		.fault = "a column with rounds that says before or after"});
}

/* Who opened a form and wrote nothing counts as nobody. */
TEST_DB(measure_file_leaves_out_who_answered_nothing)
{
	struct world w;
	world_new(&w, arena, db);
	struct measure m = draft(&w, "before_after");
	struct measure_file f = reads(&w, &m, "kode,1,2\nab,,\ncd,4,\nef,,\n");
	CHECK_INT(f.n, 1);
	CHECK_STR(f.list[0].code, S("cd"));
	refuses(&w, &m, "kode,1,2\nab,,\n",
	    &(struct measure_file){.line = 2,
		.column = 1,
		.fault = "answers below the first line"});
}

static enum err
takes(struct world *w, struct measure *m, const char *text)
{
	struct measure_file f = reads(w, m, text);
	enum err e = measure_file_take(w->db, w->arena, &w->leader, m, &f);
	CHECK(e == ERR_INVALID ? f.fault != NULL : f.fault == NULL);
	return e;
}

static int64_t
answers(struct world *w, const struct measure *m)
{
	struct measure_rows rows;
	CHECK_OK(measure_rows(w->db, w->arena, &w->leader, m, &rows));
	return rows.n;
}

TEST_DB(measure_file_gives_a_draft_its_rounds)
{
	struct world w;
	struct measure_rows rows;
	world_new(&w, arena, db);
	struct measure m = draft(&w, "before_after");
	CHECK_OK(takes(
	    &w, &m, "kode,runde,1,2\nab,1,4,\ncd,1,2,3\nab,2,5,ved ikke\n"));
	CHECK_INT(m.n_rounds, 2);
	CHECK(!m.round[0].open && !m.round[1].open);
	CHECK_INT(m.round[0].answered, 2);
	CHECK_INT(m.round[1].answered, 1);
	CHECK_OK(measure_rows(db, arena, &w.leader, &m, &rows));
	CHECK_INT(rows.n, 3);
	/* What is measured and closed is not added to. */
	CHECK_INT(takes(&w, &m, "kode,1\nef,4\n"), ERR_CONFLICT);
	m = draft(&w, "retrospective");
	CHECK_OK(takes(&w, &m, "kode,runde,1\nab,nu,4\nab,dengang,2\n"));
	CHECK_INT(m.n_rounds, 1);
	CHECK_OK(measure_rows(db, arena, &w.leader, &m, &rows));
	CHECK_INT(rows.n, 1);
	CHECK_INT(rows.list[0].reply.then[0], 2);
	CHECK_INT(rows.list[0].reply.now[0], 4);
}

/* Somebody who is here, answered so or otherwise, and nobody: all the same. */
static void
tells_nothing_of_a_person(struct world *w, struct measure *m)
{
	struct id karen = volunteers_person(w, "Karen", "mail");
	struct person p;
	CHECK_OK(person_get(w->db, w->arena, &w->leader, karen, &p));
	struct citizen c = {
	    .in = w->leader, .person = {.id = karen, .state = S("yes")}};
	struct respondent of = measure_citizen(w->arena, m, &c);
	struct measure_reply r = {.now = {3}};
	CHECK_OK(measure_reply_put(w->db, w->arena, &w->leader, &of, &r));
	const char *why = NULL;
	for (int mark = 2; mark <= 4; mark++) {
		int64_t number = mark < 4 ? p.number : 999999;
		struct measure_file f = reads(w, m,
		    str_cstr(w->arena,
			str_fmt(w->arena, "kode,1\nK-%lld,%d\n",
			    (long long)number, mark)));
		CHECK_INT(measure_file_take(w->db, w->arena, &w->leader, m, &f),
		    ERR_INVALID);
		CHECK_INT(f.line, 2);
		CHECK(why == NULL || why == f.fault);
		why = f.fault;
	}
	CHECK_OK(measure_reply_drop(w->db, w->arena, &w->leader, &of));
}

TEST_DB(measure_file_is_taken_whole_or_not_at_all)
{
	struct world w;
	world_new(&w, arena, db);
	struct measure m = draft(&w, "before_after");
	CHECK_OK(measure_begin_round(db, arena, &w.leader, &m));
	CHECK_INT(takes(&w, &m, "kode,1\nab,4\nK-9,3\n"), ERR_INVALID);
	CHECK_INT(answers(&w, &m), 0);
	tells_nothing_of_a_person(&w, &m);
	CHECK_INT(takes(&w, &m, "kode,runde,1\nab,1,4\ncd,2,3\n"), ERR_INVALID);
	CHECK_INT(answers(&w, &m), 0);
	CHECK_OK(takes(&w, &m, "kode,1\nab,4\ncd,3\n"));
	CHECK_INT(answers(&w, &m), 2);
	/* Once more changes nothing; another answer takes no other's place. */
	CHECK_OK(takes(&w, &m, "kode,runde,1\nab,før,4\ncd,1,3\n"));
	CHECK_INT(answers(&w, &m), 2);
	CHECK_INT(takes(&w, &m, "kode,1\nef,4\ncd,5\n"), ERR_INVALID);
	CHECK_INT(answers(&w, &m), 2);
	struct measure_file f = reads(&w, &m, "kode,1\nef,4\n");
	CHECK_INT(
	    measure_file_take(db, arena, &w.participant, &m, &f), ERR_DENIED);
}
