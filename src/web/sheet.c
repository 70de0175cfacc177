/* SPDX-License-Identifier: MPL-2.0 */
#include "web/sheet.h"

#include "base/buf.h"
#include "jobs/render.h"
#include "model/notice.h"
#include "report/odt.h"
#include "web/site.h"

void
sheet_room(struct req *rq, struct doc *doc, int lines)
{
	struct doc_table *t = doc_table(doc, S(""), 1);
	doc_column(doc, t, 0, req_tr(rq, "Write here"), 1);
	struct doc_text *cell = doc_row(doc, t);
	struct buf b = buf_new(rq->arena, 100);
	for (int i = 0; i < lines; i++)
		buf_add(&b, S("\n"));
	doc_run(doc, &cell[0], DOC_PLAIN, S(" "));
	doc_run(doc, &cell[0], DOC_PLAIN, buf_str(&b));
}

void
sheet_notice(struct req *rq, struct doc *doc, const struct plan *plan)
{
	struct notice_fact facts[NOTICE_FACTS];
	ptrdiff_t n =
	    notice_facts(rq->lang, plan_single(plan, KIND_NOTICE), facts);
	for (ptrdiff_t i = 0; i < n; i++)
		doc_run(doc, doc_pair(doc, facts[i].label), DOC_PLAIN,
		    facts[i].text);
}

enum err
sheet_answer(struct req *rq, struct doc *doc, const char *name, bool pdf)
{
	struct str bytes;
	enum err e = pdf ? render_pdf(rq->site->helper, rq->arena, doc, &bytes)
			 : odt_write(rq->arena, doc, &bytes);
	if (e != ERR_OK)
		return e;
	return req_file(rq,
	    pdf ? S("application/pdf")
		: S("application/vnd.oasis.opendocument.text"),
	    str_cat(rq->arena, str_c(name), pdf ? S(".pdf") : S(".odt")),
	    bytes);
}
