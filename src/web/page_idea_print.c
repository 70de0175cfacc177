/* SPDX-License-Identifier: MPL-2.0 */

/* A sheet to write an idea on by hand: A4, with the address of the open page
 * when there is one, and what article 13 wants told. */
#include "base/buf.h"
#include "model/idea_bank.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/sheet.h"
#include "web/site.h"

/* A line to write on. */
static void
add_lines(struct doc *doc, int n)
{
	for (int i = 0; i < n; i++)
		doc_say(doc,
		    S("______________________________________________________"
		      "____________________"));
}

static void
add_readers(struct req *rq, struct doc *doc)
{
	doc_heading(doc, 2, req_tr(rq, "Who may read your idea?"));
	doc_say(doc, req_tr(rq, "Put one cross."));
	for (const struct choice *c = idea_readers; c->key != NULL; c++)
		doc_run(doc, doc_paragraph(doc), DOC_PLAIN,
		    str_cat(rq->arena, S("[   ]  "), req_tr(rq, c->label)));
}

static void
add_address(struct req *rq, struct doc *doc, const struct idea_bank *bank)
{
	struct str url =
	    STR_JOIN(rq->arena, site_url(rq->site, rq->arena, rq->org),
		S("/idebank/"), id_text(rq->arena, rq->who.network));
	if (!idea_bank_is_open(bank, &rq->who))
		return;
	doc_run(doc, doc_qr(doc, url), DOC_PLAIN,
	    STR_JOIN(rq->arena,
		req_tr(rq, "Or write it on your phone. You need no account."),
		S(" "), url));
}

static struct doc *
sheet(struct req *rq, const struct plan *plan, const struct idea_bank *bank)
{
	struct str name = record_value(&plan->network, "name");
	struct doc *doc =
	    doc_new(rq->arena, rq->lang, req_tr(rq, "Do you have an idea?"));
	doc->author = rq->org->name;
	doc->subject = name;
	doc->footer = STR_JOIN(rq->arena, rq->org->name, S(" · "), name);
	doc->created_us = rq->http->now_us;
	if (bank->about.n > 0)
		doc_say(doc, bank->about);
	doc_heading(doc, 2, req_tr(rq, "Your idea"));
	doc_say(doc, req_tr(rq, "A few words are enough. Please name nobody."));
	add_lines(doc, 6);
	doc_heading(
	    doc, 2, req_tr(rq, "What can you do yourself, or with us?"));
	add_lines(doc, 2);
	add_readers(rq, doc);
	add_address(rq, doc, bank);
	return doc;
}

static enum err
answer(struct req *rq, bool pdf)
{
	const struct plan *plan;
	struct idea_bank bank;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = idea_bank_get(rq->db, rq->arena, &rq->who, &bank);
	if (e != ERR_OK)
		return e;
	struct doc *doc = sheet(rq, plan, &bank);
	doc_heading(doc, 2, req_tr(rq, "About your data"));
	sheet_notice(rq, doc, plan);
	return sheet_answer(rq, doc, "ide-ark", pdf);
}

/* GET /netvaerk/N/ideer/ark.pdf */
enum err
page_idea_sheet_pdf(struct req *rq)
{
	return answer(rq, true);
}

/* GET /netvaerk/N/ideer/ark.odt */
enum err
page_idea_sheet_odt(struct req *rq)
{
	return answer(rq, false);
}
