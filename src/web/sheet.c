/* SPDX-License-Identifier: MPL-2.0 */
#include "web/sheet.h"

#include "base/buf.h"
#include "jobs/render.h"
#include "model/notice.h"
#include "report/doc_txt.h"
#include "report/odp.h"
#include "report/odt.h"
#include "web/edit.h"
#include "web/idea_view.h"
#include "web/plans.h"
#include "web/route.h"
#include "web/site.h"

struct doc *
sheet_new(struct req *rq, const struct plan *plan, struct str title)
{
	struct str name = record_value(&plan->network, "name");
	struct doc *doc = doc_new(rq->arena, rq->lang, title);
	doc->author = rq->org->name;
	doc->subject = name;
	doc->footer = STR_JOIN(rq->arena, rq->org->name, S(" · "), name);
	doc->created_us = rq->http->now_us;
	return doc;
}

void
sheet_lines(struct doc *doc, int n)
{
	for (int i = 0; i < n; i++)
		doc_say(doc,
		    S("______________________________________________________"
		      "____________________"));
}

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
sheet_readers(struct req *rq, struct doc *doc)
{
	doc_say(doc, req_tr(rq, "Put one cross."));
	for (const struct choice *c = idea_readers; c->key != NULL; c++)
		doc_run(doc, doc_paragraph(doc), DOC_PLAIN,
		    str_cat(rq->arena, S("[   ]  "), req_tr(rq, c->label)));
}

void
sheet_facts(struct req *rq, struct doc *doc, const struct plan *plan)
{
	struct notice_fact fact[NOTICE_FACTS];
	ptrdiff_t n =
	    notice_facts(rq->lang, plan_single(plan, KIND_NOTICE), fact);
	for (ptrdiff_t i = 0; i < n; i++)
		doc_run(
		    doc, doc_pair(doc, fact[i].label), DOC_PLAIN, fact[i].text);
}

void
sheet_for_us(
    struct req *rq, struct doc *doc, struct str path, struct str person)
{
	struct str url =
	    STR_JOIN(rq->arena, site_url(rq->site, rq->arena, rq->org), path);
	struct doc_text *beside = doc_qr(doc, url);
	doc_run(
	    doc, beside, DOC_PLAIN, req_tr1(rq, "Type it in here: %1", url));
	if (person.n > 0)
		doc_run(
		    doc, beside, DOC_BOLD, str_cat(rq->arena, S("\n"), person));
}

/* References on paper: an idea that is hidden from citizens is told nowhere. */
static struct str
paper_value(const struct plan *plan, struct arena *a,
    const struct field_def *field, struct str value)
{
	struct id id;
	struct str rest = value;
	struct buf b = buf_new(a, value.n + 1);
	if (field->ref != KIND_IDEA ||
	    (field->type != FIELD_REF && field->type != FIELD_REFS))
		return value;
	while (record_next_ref(&rest, &id)) {
		const struct record *idea = plan_find(plan, KIND_IDEA, id);
		if (idea == NULL ||
		    !str_eq(record_value(idea, "shown"), S("yes")))
			continue;
		buf_add(&b, b.n > 0 ? S(" ") : S(""));
		buf_add(&b, idea->id_text);
	}
	return buf_str(&b);
}

void
sheet_record(struct req *rq, struct doc *doc, const struct plan *plan,
    const struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	bool single = def->single || def->append_only;
	if (!single)
		doc_heading(doc, 2, plan_title(plan, rq->arena, r));
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		struct str shown = edit_shown(rq, plan, field,
		    paper_value(plan, rq->arena, field, r->value[i]));
		if (shown.n == 0 ||
		    (!single && i == 0 && field->type != FIELD_CHOICE))
			continue;
		if (def->n_fields == 1)
			doc_say(doc, shown);
		else
			doc_run(doc, doc_pair(doc, req_tr(rq, field->label)),
			    DOC_PLAIN, shown);
	}
}

static enum err
as_text(struct req *rq, const struct doc *doc, const char *name)
{
	struct str text;
	enum err e = doc_txt(rq->arena, doc, &text);
	return e == ERR_OK
	    ? req_file(rq, S("text/plain; charset=utf-8"),
		  str_cat(rq->arena, str_c(name), S(".txt")), text)
	    : e;
}

static enum err
as_slides(struct req *rq, const struct doc *doc, const char *name)
{
	struct str bytes;
	enum err e = odp_write(rq->arena, doc, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/vnd.oasis.opendocument.presentation"),
		  str_cat(rq->arena, str_c(name), S(".odp")), bytes)
	    : e;
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

enum err
sheet_file(struct req *rq, struct doc *doc, const char *name)
{
	struct str address = str_c(rq->route->pattern);
	if (str_ends(address, S(".txt")))
		return as_text(rq, doc, name);
	if (str_ends(address, S(".odp")))
		return as_slides(rq, doc, name);
	return sheet_answer(rq, doc, name, str_ends(address, S(".pdf")));
}
