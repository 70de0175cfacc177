/* SPDX-License-Identifier: MPL-2.0 */

/* Two reflections side by side, and one on paper. */
#include "jobs/render.h"
#include "report/doc.h"
#include "view_reflection_compare.h"
#include "web/page_reflection.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

/* ---- side by side ---- */

static const struct reflection_reply *
reply_of(const struct reflection *r, const struct catalogue_item *question)
{
	static const struct reflection_reply none;
	for (ptrdiff_t i = 0; i < r->n; i++) {
		if (r->reply[i].question == question)
			return &r->reply[i];
	}
	return &none; /* without the addition for the young */
}

static struct view_reflection_compare_sections_questions
pair_view(struct req *rq, const struct catalogue_item *question,
    const struct reflection_reply *one, const struct reflection_reply *other)
{
	return (struct view_reflection_compare_sections_questions){
	    .number = reflection_number(rq, question),
	    .text = catalogue_text(question, rq->lang),
	    .one_answer = req_tr(rq, reflection_answer_label(one->answer)),
	    .one_text = one->text,
	    .other_answer = req_tr(rq, reflection_answer_label(other->answer)),
	    .other_text = other->text,
	    .moved = one->answer != other->answer,
	};
}

/* A row for each question of the fuller of the two. */
static void
fill_pairs(struct req *rq, const struct reflection *one,
    const struct reflection *other, struct view_reflection_compare *v)
{
	const struct reflection *fuller = one->n >= other->n ? one : other;
	struct view_reflection_compare_sections *sections = arena_new(
	    rq->arena, struct view_reflection_compare_sections, fuller->n);
	struct view_reflection_compare_sections_questions *pairs =
	    arena_new(rq->arena,
		struct view_reflection_compare_sections_questions, fuller->n);
	for (ptrdiff_t i = 0; i < fuller->n; i++) {
		const struct catalogue_item *item = fuller->reply[i].question;
		pairs[i] = pair_view(
		    rq, item, reply_of(one, item), reply_of(other, item));
		v->moved += pairs[i].moved;
		if (reflection_begins_section(fuller, i))
			sections[v->sections.n++] =
			    (struct view_reflection_compare_sections){
				.anchor = item->section,
				.title = catalogue_name(item, rq->lang),
				.questions = {&pairs[i], 0}};
		sections[v->sections.n - 1].questions.n++;
	}
	v->sections.p = sections;
}

/* GET /netvaerk/N/refleksion/ID/sammenlign?med=ID: the earlier one first. */
enum err
page_reflection_compare(struct req *rq)
{
	const struct plan *plan;
	struct reflection one, other;
	struct id with;
	if (!id_parse(req_query(rq, S("med")), &with))
		return ERR_NOT_FOUND;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = reflection_of_path(rq, &one);
	if (e == ERR_OK)
		e = reflection_get(rq->db, rq->arena, &rq->who, with, &other);
	if (e != ERR_OK)
		return e;
	if (other.head.begun_us < one.head.begun_us) {
		struct reflection later = one;
		one = other;
		other = later;
	}
	struct view_reflection_compare v = {
	    .head = reflection_head(rq, plan, req_tr(rq, "What has moved")),
	    .foot = shell_foot(rq),
	    .list_href = req_network_path(rq, "/refleksion"),
	    .one_href =
		STR_JOIN(rq->arena, req_network_path(rq, "/refleksion/"),
		    id_text(rq->arena, one.head.id)),
	    .one = reflection_name(rq, &plan->names, &one.head),
	    .other = reflection_name(rq, &plan->names, &other.head),
	};
	fill_pairs(rq, &one, &other, &v);
	tmpl_reflection_compare(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- on paper ---- */

static void
add_reply(struct req *rq, struct doc *doc, const struct reflection_reply *reply)
{
	struct str number = reflection_number(rq, reply->question);
	struct str question = catalogue_text(reply->question, rq->lang);
	struct doc_text *text =
	    doc_pair(doc, str_cat(rq->arena, number, question));
	doc_run(doc, text, DOC_BOLD,
	    req_tr(rq, reflection_answer_label(reply->answer)));
	if (reply->text.n > 0)
		doc_run(doc, text, DOC_PLAIN,
		    str_cat(rq->arena, S("\n"), reply->text));
}

static struct doc *
reflection_doc(
    struct req *rq, const struct plan *plan, const struct reflection *r)
{
	struct str network = record_value(&plan->network, "name");
	struct doc *doc = doc_new(
	    rq->arena, rq->lang, req_tr1(rq, "Reflection for %1", network));
	doc->author = rq->org->name;
	doc->subject = reflection_name(rq, &plan->names, &r->head);
	doc->footer = STR_JOIN(rq->arena, rq->org->name, S(" · "), network);
	doc->created_us = rq->http->now_us;
	for (ptrdiff_t i = 0; i < r->n; i++) {
		if (reflection_begins_section(r, i))
			doc_heading(doc, 1,
			    catalogue_name(r->reply[i].question, rq->lang));
		add_reply(rq, doc, &r->reply[i]);
	}
	return doc;
}

/* GET /netvaerk/N/refleksion/ID/refleksion.pdf */
enum err
page_reflection_pdf(struct req *rq)
{
	const struct plan *plan;
	struct reflection r;
	struct str bytes;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = reflection_of_path(rq, &r);
	if (e == ERR_OK)
		e = render_pdf(rq->site->helper, rq->arena,
		    reflection_doc(rq, plan, &r), &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/pdf"), S("refleksion.pdf"), bytes)
	    : e;
}
