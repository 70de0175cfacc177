/* SPDX-License-Identifier: MPL-2.0 */
#include "web/handover.h"

#include "model/kinds.h"
#include "web/edit.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/sheet.h"

static bool
is_one_of(struct str word, const char *const *list, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		if (str_eq(word, str_c(list[i])))
			return true;
	}
	return false;
}

bool
handover_has(const struct record *idea)
{
	static const char *const on[] = {
	    "prioritised", "concrete", "test", "running", "adjust", "stopped"};
	static const char *const kept[] = {"hidden", "waiting"};
	return record_value(idea, "title").n > 0 &&
	    is_one_of(record_value(idea, "state"), on, COUNT_OF(on)) &&
	    !is_one_of(record_value(idea, "shown"), kept, COUNT_OF(kept));
}

void
handover_add(struct req *rq, struct doc *doc, const struct plan *plan,
    const struct record *idea)
{
	static const char *const board[] = {"title", "value_score",
	    "feasibility", "origin", "shown", "hidden_why"};
	const struct record_def *def = record_def(KIND_IDEA);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		struct str text = edit_shown(rq, plan, field, idea->value[i]);
		if (text.n > 0 &&
		    !is_one_of(str_c(field->name), board, COUNT_OF(board)))
			doc_run(doc, doc_pair(doc, req_tr(rq, field->label)),
			    DOC_PLAIN, text);
	}
}

/* ---- of one idea ---- */

static enum err
answer(struct req *rq, bool pdf)
{
	struct id id;
	const struct plan *plan;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct record *idea = plan_find(plan, KIND_IDEA, id);
	if (idea == NULL || !handover_has(idea))
		return ERR_NOT_FOUND;
	struct doc *doc = sheet_new(rq, plan, record_value(idea, "title"));
	doc_run(doc, doc_note(doc), DOC_PLAIN,
	    req_tr1(rq,
		"The idea as it stood on %1, for those who carry it on.",
		lang_date(rq->arena, rq->lang, plan->today)));
	handover_add(rq, doc, plan, idea);
	return sheet_answer(rq, doc, "leverance", pdf);
}

/* GET /netvaerk/N/ideer/ID/leverance.pdf: of one that is carried on. */
enum err
page_handover_pdf(struct req *rq)
{
	return answer(rq, true);
}

/* GET /netvaerk/N/ideer/ID/leverance.odt */
enum err
page_handover_odt(struct req *rq)
{
	return answer(rq, false);
}
