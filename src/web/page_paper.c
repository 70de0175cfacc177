/* SPDX-License-Identifier: MPL-2.0 */

/* A conversation on paper: a form to write on, for an activity or for one
 * person in it, with nothing agreed to beforehand. */
#include "base/buf.h"
#include "model/consent.h"
#include "model/contribution.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/sheet.h"

enum { LINES = 6, LINES_MORE = 4 };

struct paper {
	const struct plan *plan;
	struct record activity;
	struct person person; /* id not set: nobody's */
};

static enum err
load(struct req *rq, struct paper *p)
{
	struct id id;
	*p = (struct paper){0};
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &p->plan);
	if (e == ERR_OK)
		e = record_get(rq->db, rq->arena, &rq->who, KIND_ACTIVITY, id,
		    &p->activity);
	if (e != ERR_OK || req_query(rq, S("person")).n == 0)
		return e;
	if (!id_parse(req_query(rq, S("person")), &id))
		return ERR_NOT_FOUND;
	return person_get(rq->db, rq->arena, &rq->who, id, &p->person);
}

static void
add_questions(struct req *rq, struct doc *doc, const struct paper *p)
{
	struct str ids = record_value(&p->activity, "questions");
	int n = 0;
	while (ids.n > 0) {
		struct id id;
		struct str one = str_cut(&ids, ' ');
		const struct record *q = id_parse(one, &id)
		    ? plan_find(p->plan, KIND_QUESTION, id)
		    : NULL;
		if (q == NULL)
			continue; /* taken out of the plan */
		doc_heading(doc, 2, record_value(q, "text"));
		sheet_room(rq, doc, LINES);
		n++;
	}
	doc_heading(doc, 2,
	    n > 0 ? req_tr(rq, "Is there more you want to say?")
		  : req_tr(rq, "What do you want to tell us?"));
	sheet_room(rq, doc, n > 0 ? LINES_MORE : 2 * LINES);
}

/* One box a purpose, and none of them ticked. */
static void
add_consent(struct req *rq, struct doc *doc)
{
	doc_heading(doc, 1, req_tr(rq, "What may we do with it?"));
	doc_say(doc,
	    req_tr(rq,
		"Put a cross where you say yes. You may leave all of "
		"them empty."));
	for (int scope = SCOPE_NETWORK; scope <= SCOPE_PUBLIC; scope++)
		doc_run(doc, doc_paragraph(doc), DOC_PLAIN,
		    STR_JOIN(rq->arena, S("[    ]  "),
			consent_text(rq->arena, rq->lang, scope)));
	doc_run(doc, doc_paragraph(doc), DOC_PLAIN,
	    str_cat(rq->arena, S("[    ]  "),
		req_tr(rq,
		    "You may write my words with the name I use "
		    "here:")));
	doc_run(doc, doc_paragraph(doc), DOC_PLAIN,
	    str_cat(
		rq->arena, S("[    ]  "), req_tr(rq, "You may ask me again.")));
}

/* For whoever types it in: the form opens at the right place. */
static void
add_code(struct req *rq, struct doc *doc, const struct paper *p)
{
	bool known = id_is_set(p->person.id);
	struct str path = STR_JOIN(rq->arena,
	    req_network_path(rq, "/stemmer/ny?vej=papir&aktivitet="),
	    p->activity.id_text);
	if (known)
		path = STR_JOIN(rq->arena, path, S("&person="),
		    id_text(rq->arena, p->person.id));
	doc_heading(doc, 1, req_tr(rq, "For us"));
	sheet_for_us(rq, doc, path,
	    known ? person_code(rq->arena, p->person.number) : S(""));
}

static struct doc *
make(struct req *rq, const struct paper *p)
{
	struct doc *doc =
	    sheet_new(rq, p->plan, record_value(&p->activity, "title"));
	doc_say(doc,
	    req_tr(rq,
		"Tell us in your own words. You decide what you "
		"answer, and you can stop when you like. Do not write "
		"your CPR number."));
	add_questions(rq, doc, p);
	add_consent(rq, doc);
	doc_heading(doc, 1, req_tr(rq, "Where to hand it in"));
	doc_say(doc,
	    req_tr1(rq,
		"Give it to the one you had it from, or send it to: "
		"%1",
		rq->org->contact));
	doc_heading(doc, 1, req_tr(rq, "What we do with your data"));
	sheet_facts(rq, doc, p->plan);
	add_code(rq, doc, p);
	return doc;
}

static enum err
answer(struct req *rq, bool pdf)
{
	struct paper p;
	enum err e = load(rq, &p);
	return e == ERR_OK ? sheet_answer(rq, make(rq, &p), "skema", pdf) : e;
}

/* GET /netvaerk/N/aktiviteter/ID/skema.pdf?person=ID */
enum err
page_paper_pdf(struct req *rq)
{
	return answer(rq, true);
}

/* GET /netvaerk/N/aktiviteter/ID/skema.odt?person=ID */
enum err
page_paper_odt(struct req *rq)
{
	return answer(rq, false);
}
