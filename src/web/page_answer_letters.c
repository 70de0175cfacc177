/* SPDX-License-Identifier: MPL-2.0 */

/* Answers on paper: a batch that was made (model/reply_post.h), as one PDF. */
#include "base/buf.h"
#include "jobs/render.h"
#include "model/code.h"
#include "model/letters.h"
#include "model/reply.h"
#include "report/letter.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/site.h"

struct batch {
	struct letter_batch codes;
	struct decision d;
	struct trace trace;
	struct replies replies;
	struct letters all;
	struct letter *letter;
	ptrdiff_t n;
};

static void
fill_all(struct req *rq, const struct plan *plan, struct batch *b)
{
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	b->all = (struct letters){.lang = LANG_DA,
	    .sender = notice == NULL ? rq->org->name
				     : record_value(notice, "controller"),
	    .org = rq->org->name,
	    .heading = record_value(&b->d.record, "title"),
	    .page = str_cat(
		rq->arena, site_url(rq->site, rq->arena, rq->org), S("/c")),
	    .help = tr(LANG_DA,
		N_("Is something wrong, or do you want to ask? Tell us on "
		   "your page, or call us.")),
	    .created_us = rq->http->now_us};
	b->all.n_facts = notice_facts(b->all.lang, notice, b->all.facts);
}

/* A protected address is on no paper: that letter is handed over. */
static enum err
add_letter(struct req *rq, struct batch *b, const struct letter_code *code)
{
	struct person p;
	struct reply_parts parts;
	struct vault_contact c = {0};
	const struct reply_to *r = reply_find(&b->replies, code->person);
	/* What they said was taken back meanwhile, or they were told another
	 * way; a letter that was noted as posted may have to be printed anew. */
	if (r == NULL || r->open > 0 ||
	    (!reply_is_owed(r) && !str_eq(r->channel, S("letter"))))
		return ERR_OK;
	enum err e = person_get(rq->db, rq->arena, &rq->who, code->person, &p);
	if (e == ERR_OK && id_is_set(p.vault))
		e = vault_contact_get(rq->db, rq->arena, &rq->who, p.vault, &c);
	if (e == ERR_OK)
		e = reply_parts(rq->db, rq->arena, &rq->who, r, &parts);
	if (e != ERR_OK)
		return e;
	b->letter[b->n++] =
	    (struct letter){.reference = person_code(rq->arena, p.number),
		.name = c.name.n > 0 ? c.name : p.alias,
		.address = p.protected_address ? S("") : c.address,
		.text = reply_text(rq->arena, &b->d, r, &parts,
		    &(struct reply_look){LANG_DA, true}),
		.code = code_text(rq->arena, rq->org->short_code, code->token)};
	return ERR_OK;
}

static enum err
load(struct req *rq, struct batch *b)
{
	struct id id;
	const struct plan *plan;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = letters_open(rq->db, rq->arena, &rq->who, id, &b->codes);
	if (e == ERR_OK)
		e = decision_get(
		    rq->db, rq->arena, &rq->who, b->codes.invitation, &b->d);
	if (e == ERR_OK && b->d.state < DECISION_REASONED)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = trace_load(rq->db, rq->arena, &rq->who, &b->d, &b->trace);
	if (e == ERR_OK)
		e = reply_list(
		    rq->db, rq->arena, &rq->who, &b->trace, &b->replies);
	if (e != ERR_OK)
		return e;
	fill_all(rq, plan, b);
	b->letter = arena_new(rq->arena, struct letter, b->codes.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < b->codes.n; i++)
		e = add_letter(rq, b, &b->codes.code[i]);
	return e == ERR_OK && b->n == 0 ? ERR_NOT_FOUND : e;
}

/* GET /netvaerk/N/svarbreve/ID */
enum err
page_answer_letters(struct req *rq)
{
	struct str bytes;
	struct batch *b = arena_new(rq->arena, struct batch, 1);
	enum err e = load(rq, b);
	if (e != ERR_OK)
		return e;
	struct doc *doc = letters_doc(rq->arena, &b->all, b->letter, b->n);
	e = render_pdf(rq->site->helper, rq->arena, doc, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/pdf"), S("svarbreve.pdf"), bytes)
	    : e;
}
