/* SPDX-License-Identifier: MPL-2.0 */

/* A measurement on paper, in large print: the questions as they stand, a box an
 * answer, room for a code, and where it goes. */
#include "base/buf.h"
#include "web/measure_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/sheet.h"
#include "web/site.h"

enum { WORD_LINES = 5, CODE_LINES = 1, MARKS = MEASURE_DONT_KNOW };

/* A row a question, a box an answer. */
static void
add_scale(struct req *rq, struct doc *doc, const struct measure *m)
{
	struct doc_table *t =
	    doc_table(doc, req_tr(rq, "Put one cross a line"), 1 + MARKS);
	t->row_headers = true;
	doc_column(doc, t, 0, req_tr(rq, "Question"), 0.4);
	for (int mark = 1; mark <= MARKS; mark++)
		doc_column(doc, t, mark,
		    mark == MEASURE_DONT_KNOW
			? req_tr(rq, "Do not know")
			: lang_int(rq->arena, rq->lang, mark),
		    mark == MEASURE_DONT_KNOW ? 0.15 : 0.09);
	for (ptrdiff_t i = 0; i < m->n_items; i++) {
		struct doc_text *cells = doc_row(doc, t);
		doc_run(doc, &cells[0], DOC_PLAIN,
		    measure_item_text(&m->item[i], rq->lang));
		for (int mark = 1; mark <= MARKS; mark++)
			doc_run(doc, &cells[mark], DOC_PLAIN, S("[   ]"));
	}
}

static void
add_questions(struct req *rq, struct doc *doc, const struct measure *m)
{
	struct str then = measure_then(rq, m);
	doc_heading(doc, 1, req_tr(rq, "What do you think?"));
	for (const struct choice *c = measure_marks; c->key != NULL; c++)
		doc_run(doc, doc_bullet(doc), DOC_PLAIN, req_tr(rq, c->label));
	if (then.n > 0) {
		doc_heading(doc, 2, then);
		add_scale(rq, doc, m);
		doc_heading(doc, 2, req_tr(rq, "What is it like now?"));
	}
	add_scale(rq, doc, m);
	if (!m->asks_words)
		return;
	doc_heading(doc, 2,
	    req_tr(rq, "What is the biggest difference, if there is one?"));
	doc_say(doc, req_tr(rq, "Do not write names or CPR numbers."));
	sheet_room(rq, doc, WORD_LINES);
}

static void
add_code(struct req *rq, struct doc *doc)
{
	doc_heading(doc, 1, req_tr(rq, "Your code"));
	doc_say(doc,
	    req_tr(rq,
		"Have you answered before? Then write the same code. Else "
		"choose one you can remember next time: six letters or digits, "
		"or more. Not your name. Have you a number from us, as K-1842? "
		"Then write that."));
	sheet_room(rq, doc, CODE_LINES);
}

/* How, until when, and the same on a screen. */
static void
add_way(struct req *rq, struct doc *doc, const struct measure *m)
{
	struct date ends;
	const struct measure_round *now = measure_now(m);
	doc_heading(doc, 1, req_tr(rq, "Where to hand it in"));
	doc_say(doc,
	    req_tr1(rq, "Give it to the one you had it from, or send it to: %1",
		rq->org->contact));
	if (now != NULL && date_parse(now->ends, &ends))
		doc_run(doc, doc_paragraph(doc), DOC_BOLD,
		    req_tr1(rq, "We need it on %1 at the latest.",
			lang_date(rq->arena, rq->lang, ends)));
	if (!m->by_link)
		return;
	struct str url = measure_address(rq, m);
	doc_run(doc, doc_qr(doc, url), DOC_PLAIN,
	    req_tr1(rq, "You can also answer here: %1", url));
}

static void
add_privacy(struct req *rq, struct doc *doc, const struct plan *plan, int64_t k)
{
	doc_heading(doc, 1, req_tr(rq, "What we do with your data"));
	doc_say(doc,
	    req_tr1(rq,
		"Two people type in your sheet. They see the code and no name. "
		"What came of it is only told when %1 or more have answered.",
		lang_int(rq->arena, rq->lang, k)));
	sheet_facts(rq, doc, plan);
}

/* guide:S29: those who answer on paper are asked the same. */
static enum err
answer(struct req *rq, bool pdf)
{
	struct measure m;
	const struct plan *plan;
	int64_t k = 0;
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK && !m.begun)
		e = ERR_NOT_FOUND; /* its wording may change yet */
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = measure_k(rq, &rq->who, &k);
	if (e != ERR_OK)
		return e;
	struct str name = record_value(&plan->network, "name");
	struct doc *doc =
	    doc_new(rq->arena, rq->lang, record_value(&m.record, "title"));
	doc->large = true;
	doc->author = rq->org->name;
	doc->subject = name;
	doc->footer = STR_JOIN(rq->arena, rq->org->name, S(" · "), name);
	doc->created_us = rq->http->now_us;
	doc_say(doc, record_value(&m.record, "purpose"));
	doc_say(doc,
	    req_tr(rq, "You choose what to answer, and whether you will."));
	add_questions(rq, doc, &m);
	add_code(rq, doc);
	add_way(rq, doc, &m);
	add_privacy(rq, doc, plan, k);
	return sheet_answer(rq, doc, "maaling", pdf);
}

/* GET /netvaerk/N/maalinger/ID/skema.pdf */
enum err
page_measure_pdf(struct req *rq)
{
	return answer(rq, true);
}

/* GET /netvaerk/N/maalinger/ID/skema.odt */
enum err
page_measure_odt(struct req *rq)
{
	return answer(rq, false);
}
