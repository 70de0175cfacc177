/* SPDX-License-Identifier: MPL-2.0 */

/* Invitations on paper: a batch that was made, as letters, as files for
 * Digital Post, or as text messages. */
#include "base/buf.h"
#include "jobs/render.h"
#include "model/code.h"
#include "model/invite.h"
#include "report/csv.h"
#include "report/letter.h"
#include "report/zip.h"
#include "web/pages.h"
#include "web/plans.h"

enum { FACTS = 8, CSV_BYTES = 1024 * 1024 };

struct batch {
	struct letter_batch codes;
	const struct record *invitation;
	struct letters all;
	struct letter *letter;
	struct str *phone;
};

/* What article 13 wants told, on the back of each. */
static void
fill_facts(struct req *rq, const struct plan *plan, struct letters *all)
{
	static const struct {
		const char *label, *field;
	} told[] = {{N_("Who we are"), "controller"},
	    {N_("What we use it for"), "purpose"},
	    {N_("Who sees it"), "recipients"},
	    {N_("How long it is kept"), "kept"},
	    {N_("Data protection officer"), "dpo"}};
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	struct letter_fact *facts =
	    arena_new(rq->arena, struct letter_fact, FACTS);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; notice != NULL && i < COUNT_OF(told); i++)
		facts[n++] = (struct letter_fact){tr(all->lang, told[i].label),
		    record_value(notice, told[i].field)};
	facts[n++] = (struct letter_fact){tr(all->lang, N_("Your rights")),
	    tr(all->lang,
		N_("You can see it, have it put right or have it deleted. "
		   "You can say no. Call us or write to us. You can also "
		   "complain to Datatilsynet."))};
	all->facts = facts;
	all->n_facts = n;
}

static void
fill_all(struct req *rq, const struct plan *plan, struct batch *b)
{
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	const struct record *activity = plan_ref(
	    plan, KIND_ACTIVITY, record_value(b->invitation, "activity"));
	bool english = str_eq(record_value(b->invitation, "lang"), S("en"));
	b->all = (struct letters){
	    .lang = english ? LANG_EN : LANG_DA,
	    .large = str_eq(b->codes.format, S("large")),
	    .sender = notice == NULL ? rq->org->name
				     : record_value(notice, "controller"),
	    .org = rq->org->name,
	    .heading = activity == NULL ? rq->org->name
					: record_value(activity, "title"),
	    .page = str_cat(
		rq->arena, site_url(rq->site, rq->arena, rq->org), S("/c")),
	    .help = record_value(b->invitation, "contact"),
	    .created_us = rq->http->now_us,
	};
	fill_facts(rq, plan, &b->all);
}

/* A protected address is on no paper: that letter is handed over. */
static enum err
fill_letter(
    struct req *rq, const struct plan *plan, struct batch *b, ptrdiff_t i)
{
	struct person p;
	struct vault_contact c = {0};
	enum err e = person_get(
	    rq->db, rq->arena, &rq->who, b->codes.code[i].person, &p);
	if (e == ERR_OK && id_is_set(p.vault))
		e = vault_contact_get(rq->db, rq->arena, &rq->who, p.vault, &c);
	if (e != ERR_OK)
		return e;
	b->phone[i] = c.phone;
	b->letter[i] = (struct letter){
	    .reference = person_code(rq->arena, p.number),
	    .name = c.name.n > 0 ? c.name : p.alias,
	    .address = p.protected_address ? S("") : c.address,
	    .text = invitation_text(rq->arena, plan, b->invitation),
	    .code = code_text(
		rq->arena, rq->org->short_code, b->codes.code[i].token),
	};
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
	if (e != ERR_OK)
		return e;
	b->invitation = plan_find(plan, KIND_INVITATION, b->codes.invitation);
	if (b->invitation == NULL)
		return ERR_NOT_FOUND;
	fill_all(rq, plan, b);
	b->letter = arena_new(rq->arena, struct letter, b->codes.n);
	b->phone = arena_new(rq->arena, struct str, b->codes.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < b->codes.n; i++)
		e = fill_letter(rq, plan, b, i);
	return e;
}

static enum err
as_pdf(struct req *rq, const struct batch *b)
{
	struct str bytes;
	struct doc *doc =
	    letters_doc(rq->arena, &b->all, b->letter, b->codes.n);
	enum err e = render_pdf(rq->site->helper, rq->arena, doc, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/pdf"), S("breve.pdf"), bytes)
	    : e;
}

/* A PDF each, and the list.  Each takes a moment to draw: POST_MOST at once. */
static enum err
as_zip(struct req *rq, const struct batch *b)
{
	ptrdiff_t n = b->codes.n;
	struct zip_part *parts = arena_new(rq->arena, struct zip_part, n + 1);
	struct str csv, bytes;
	enum err e = letters_csv(rq->arena, &b->all, b->letter, n, &csv);
	for (ptrdiff_t i = 0; e == ERR_OK && i < n; i++) {
		struct doc *doc =
		    letters_doc(rq->arena, &b->all, &b->letter[i], 1);
		e = render_pdf(rq->site->helper, rq->arena, doc, &bytes);
		parts[i + 1] = (struct zip_part){
		    .name = str_cstr(
			rq->arena, letter_file(rq->arena, &b->letter[i])),
		    .bytes = bytes};
	}
	parts[0] = (struct zip_part){.name = "breve.csv", .bytes = csv};
	if (e == ERR_OK)
		e = zip_write(rq->arena, parts, n + 1, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/zip"), S("digital-post.zip"), bytes)
	    : e;
}

static enum err
as_sms(struct req *rq, const struct batch *b)
{
	struct str bytes;
	struct csv csv = csv_new(rq->arena, CSV_BYTES, ';', true);
	csv_text(&csv, S("telefon"));
	csv_text(&csv, S("tekst"));
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < b->codes.n; i++) {
		csv_text(&csv, b->phone[i]);
		csv_text(&csv, letter_sms(rq->arena, &b->all, &b->letter[i]));
		csv_row(&csv);
	}
	enum err e = csv_done(&csv, &bytes);
	if (e != ERR_OK)
		return e;
	return req_file(rq, S("text/csv; charset=utf-8"), S("sms.csv"), bytes);
}

/* GET /netvaerk/N/breve/ID */
enum err
page_letters(struct req *rq)
{
	struct batch *b = arena_new(rq->arena, struct batch, 1);
	enum err e = load(rq, b);
	if (e != ERR_OK)
		return e;
	if (str_eq(b->codes.format, S("sms")))
		return as_sms(rq, b);
	if (str_eq(b->codes.format, S("post")))
		return as_zip(rq, b);
	return as_pdf(rq, b);
}
