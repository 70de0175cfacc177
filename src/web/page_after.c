/* SPDX-License-Identifier: MPL-2.0 */

/* The two plans for what comes after: how it is judged, and how it is spread.
 * What only a person can say is a record; the rest is put together from what
 * the network has, each time it is shown or printed. */
#include "web/after.h"

#include "view_after.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/section.h"
#include "web/sheet.h"
#include "web/shell.h"

struct kind {
	struct section_spec section;
	const char *title, *lead, *slug; /* slug: file and address */
	enum err (*load)(struct req *, const struct plan *, struct after *);
};

static const struct kind evaluation = {
    {KIND_EVALUATION, N_("What we have agreed"), NULL, NULL,
	N_("Nothing is written yet."), false},
    N_("Plan for judging it"),
    N_("Judge with citizens whether it became better, and say so before you "
       "begin."),
    "evaluering", after_judging};

static const struct kind spread = {
    {KIND_SPREAD, N_("What we have agreed"), NULL, NULL,
	N_("Nothing is written yet."), false},
    N_("Plan for spreading it"),
    N_("What works here may help others. Say what it is, for whom, and who "
       "tells it."),
    "spredning", after_spreading};

static enum err
load(struct req *rq, const struct kind *kind, const struct plan **plan,
    struct after **after)
{
	*after = arena_new(rq->arena, struct after, 1);
	enum err e = plans_get(rq, plan);
	return e == ERR_OK ? kind->load(rq, *plan, *after) : e;
}

/* ---- the page ---- */

static void
fill_rows(
    struct req *rq, const struct after_part *part, struct view_after_parts *v)
{
	struct view_after_parts_rows *rows =
	    arena_new(rq->arena, struct view_after_parts_rows, part->n);
	for (ptrdiff_t i = 0; i < part->n; i++)
		rows[i] =
		    (struct view_after_parts_rows){.href = part->row[i].href,
			.title = part->row[i].title,
			.text = part->row[i].text,
			.file = part->row[i].file};
	v->rows.p = rows;
	v->rows.n = part->n;
}

static enum err
show(struct req *rq, const struct kind *kind, const struct edit *edit,
    int status)
{
	const struct plan *plan;
	struct after *after;
	enum err e = load(rq, kind, &plan, &after);
	if (e != ERR_OK)
		return e;
	struct str title = req_tr(rq, kind->title);
	struct str path = edit_side_path(rq, kind->slug);
	struct view_after v = {
	    .head = shell_network_head(rq, title,
		record_value(&plan->network, "name"), "beslutninger"),
	    .foot = shell_foot(rq),
	    .title = title,
	    .lead = req_tr(rq, kind->lead),
	    .section = section_view(rq, plan, edit, &kind->section),
	    .pdf = str_cat(rq->arena, path, S(".pdf")),
	    .odt = str_cat(rq->arena, path, S(".odt")),
	    .odp = str_cat(rq->arena, path, S(".odp")),
	    .txt = str_cat(rq->arena, path, S(".txt")),
	};
	struct view_after_parts *parts =
	    arena_new(rq->arena, struct view_after_parts, after->n);
	for (ptrdiff_t i = 0; i < after->n; i++) {
		const struct after_part *part = &after->part[i];
		parts[i] = (struct view_after_parts){
		    .anchor = str_fmt(rq->arena, "del-%td", i + 1),
		    .title = req_tr(rq, part->title),
		    .empty = req_tr(rq, part->empty)};
		fill_rows(rq, part, &parts[i]);
	}
	v.parts.p = parts;
	v.parts.n = after->n;
	tmpl_after(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

enum err
evaluation_show(struct req *rq, const struct edit *edit, int status)
{
	return show(rq, &evaluation, edit, status);
}

enum err
spread_show(struct req *rq, const struct edit *edit, int status)
{
	return show(rq, &spread, edit, status);
}

static enum err
answer(struct req *rq, const struct kind *kind)
{
	struct edit edit;
	enum err e = edit_from_query(rq, kind->slug, &edit);
	return e == ERR_OK ? show(rq, kind, &edit, 200) : e;
}

/* GET /netvaerk/N/evaluering */
enum err
page_evaluation(struct req *rq)
{
	return answer(rq, &evaluation);
}

/* GET /netvaerk/N/spredning */
enum err
page_spread(struct req *rq)
{
	return answer(rq, &spread);
}

/* ---- on paper ---- */

static void
add_part(struct req *rq, struct doc *doc, const struct after_part *part)
{
	ptrdiff_t n = 0;
	doc_heading(doc, 1, req_tr(rq, part->title));
	for (ptrdiff_t i = 0; i < part->n; i++) {
		const struct after_row *row = &part->row[i];
		if (row->paper.title.n == 0)
			continue;
		struct doc_text *text = doc_bullet(doc);
		doc_run(doc, text, DOC_BOLD, row->paper.title);
		if (row->paper.text.n > 0)
			doc_run(doc, text, DOC_PLAIN,
			    STR_JOIN(rq->arena, S(": "), row->paper.text));
		n++;
	}
	if (n == 0)
		doc_say(doc, req_tr(rq, part->empty));
}

static enum err
make(struct req *rq, const struct kind *kind, struct doc **out)
{
	const struct plan *plan;
	struct after *after;
	enum err e = load(rq, kind, &plan, &after);
	if (e != ERR_OK)
		return e;
	struct doc *doc = sheet_new(rq, plan, req_tr(rq, kind->title));
	const struct record *r = plan_single(plan, kind->section.kind);
	doc_run(doc, doc_note(doc), DOC_PLAIN,
	    req_tr1(rq, "As it stood on %1.",
		lang_date(rq->arena, rq->lang, plan->today)));
	if (r == NULL)
		doc_say(doc, req_tr(rq, kind->section.empty));
	else
		sheet_record(rq, doc, plan, r);
	for (ptrdiff_t i = 0; i < after->n; i++)
		add_part(rq, doc, &after->part[i]);
	*out = doc;
	return ERR_OK;
}

static enum err
file_of(struct req *rq, const struct kind *kind)
{
	struct doc *doc;
	enum err e = make(rq, kind, &doc);
	return e == ERR_OK ? sheet_file(rq, doc, kind->slug) : e;
}

/* GET /netvaerk/N/evaluering.pdf, .odt, .odp, .txt */
enum err
page_evaluation_file(struct req *rq)
{
	return file_of(rq, &evaluation);
}

/* GET /netvaerk/N/spredning.pdf, .odt, .odp, .txt */
enum err
page_spread_file(struct req *rq)
{
	return file_of(rq, &spread);
}
