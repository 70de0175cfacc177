/* SPDX-License-Identifier: MPL-2.0 */

/* What those who try something think of it, on paper: a form to write on, for
 * anybody or for one person.  It is typed in on the trial's page. */
#include "base/buf.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/sheet.h"
#include "web/trial_view.h"

enum { LINES = 6 };

struct paper {
	const struct plan *plan;
	struct trial t;
	struct person person; /* id not set: nobody's */
};

/* A trial has a form once it has a goal to ask about. */
static enum err
load(struct req *rq, struct paper *p)
{
	struct id id;
	struct str person = req_query(rq, S("person"));
	*p = (struct paper){0};
	enum err e = plans_get(rq, &p->plan);
	if (e == ERR_OK)
		e = trial_of(rq, &rq->who, &p->t);
	if (e == ERR_OK && p->t.n_goals == 0)
		e = ERR_NOT_FOUND;
	if (e != ERR_OK || person.n == 0)
		return e;
	return id_parse(person, &id)
	    ? person_get(rq->db, rq->arena, &rq->who, id, &p->person)
	    : ERR_NOT_FOUND;
}

/* A row a goal, a column an answer. */
static void
add_goals(struct req *rq, struct doc *doc, const struct trial *t)
{
	struct doc_table *table =
	    doc_table(doc, req_tr(rq, "Does it help?"), TRIAL_ANSWERS + 1);
	doc_column(doc, table, 0, req_tr(rq, "What should get better"), 2.4);
	for (int i = 0; i < TRIAL_ANSWERS; i++)
		doc_column(
		    doc, table, i + 1, req_tr(rq, trial_answers[i].label), 0.8);
	for (ptrdiff_t i = 0; i < t->n_goals; i++) {
		struct doc_text *cell = doc_row(doc, table);
		doc_run(doc, &cell[0], DOC_BOLD,
		    STR_JOIN(rq->arena,
			lang_int(rq->arena, rq->lang, t->goal[i].number),
			S(". "), t->goal[i].goal));
		for (int k = 1; k <= TRIAL_ANSWERS; k++)
			doc_run(doc, &cell[k], DOC_PLAIN, S("[    ]"));
	}
}

static void
add_code(struct req *rq, struct doc *doc, const struct paper *p)
{
	bool known = id_is_set(p->person.id);
	struct str path = trial_href(rq, p->t.record.id, "?vej=papir");
	doc_heading(doc, 2, req_tr(rq, "For us"));
	if (!known)
		doc_say(doc,
		    req_tr(rq, "Your code, if you have one: K- ____________"));
	if (known)
		path = STR_JOIN(rq->arena, path, S("&person="),
		    id_text(rq->arena, p->person.id));
	sheet_for_us(rq, doc, path,
	    known ? person_code(rq->arena, p->person.number) : S(""));
}

static struct doc *
make(struct req *rq, const struct paper *p)
{
	const struct record *r = &p->t.record;
	struct doc *doc = sheet_new(rq, p->plan, record_value(r, "title"));
	doc_say(doc, record_value(r, "what"));
	doc_say(doc, record_value(r, "part"));
	doc_say(doc,
	    req_tr(rq,
		"You decide what you answer, and you can stop when you like. "
		"Do not write your CPR number."));
	doc_heading(doc, 2, req_tr(rq, "Does it help?"));
	doc_say(doc, req_tr(rq, "Put one cross in each row."));
	add_goals(rq, doc, &p->t);
	doc_heading(
	    doc, 2, req_tr(rq, "What is good? What should be different?"));
	doc_say(doc, req_tr(rq, "A few words are enough. Please name nobody."));
	sheet_lines(doc, LINES);
	doc_heading(doc, 2, req_tr(rq, "Who may read your words?"));
	sheet_readers(rq, doc);
	doc_heading(doc, 2, req_tr(rq, "Where to hand it in"));
	doc_say(doc,
	    req_tr1(rq,
		"Give it to the one you had it from, or send it to: "
		"%1",
		rq->org->contact));
	doc_heading(doc, 2, req_tr(rq, "About your data"));
	sheet_facts(rq, doc, p->plan);
	add_code(rq, doc, p);
	return doc;
}

static enum err
answer(struct req *rq, bool pdf)
{
	struct paper p;
	enum err e = load(rq, &p);
	return e == ERR_OK ? sheet_answer(rq, make(rq, &p), "proeve-skema", pdf)
			   : e;
}

/* GET /netvaerk/N/proever/ID/skema.pdf?person=ID */
enum err
page_trial_paper_pdf(struct req *rq)
{
	return answer(rq, true);
}

/* GET /netvaerk/N/proever/ID/skema.odt?person=ID */
enum err
page_trial_paper_odt(struct req *rq)
{
	return answer(rq, false);
}
