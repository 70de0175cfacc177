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

enum { CSV_BYTES = 1024 * 1024, PARTS = LETTERS_MOST + 3 };

struct batch {
	struct letter_batch codes;
	const struct record *invitation;
	struct letters all;
	struct letter *letter;
	struct str *phone;
};

static void
fill_all(struct req *rq, const struct plan *plan, struct batch *b)
{
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	const struct record *activity = plan_ref(
	    plan, KIND_ACTIVITY, record_value(b->invitation, "activity"));
	b->all = (struct letters){
	    .lang = invitation_lang(b->invitation),
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
	b->all.n_facts = notice_facts(b->all.lang, notice, b->all.facts);
}

/* The words, and before them, to who is reminded, that it is a reminder. */
static struct str
letter_text(struct req *rq, const struct plan *plan, const struct batch *b,
    const struct letter_code *code)
{
	struct str text = invitation_text(rq->arena, plan, b->invitation);
	if (code->reminds_us == 0)
		return text;
	return STR_JOIN(rq->arena,
	    invitation_reminder(rq->arena, b->invitation, code->reminds_us),
	    S("\n\n"), text);
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
	    .text = letter_text(rq, plan, b, &b->codes.code[i]),
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

/* ---- as files ---- */

/* Those of one channel, moved together; a batch of one format is all of it. */
struct chosen {
	struct letter *letter;
	struct str *phone;
	ptrdiff_t n;
};

static struct chosen
choose(struct req *rq, const struct batch *b, struct str channel)
{
	struct chosen c = {arena_new(rq->arena, struct letter, b->codes.n),
	    arena_new(rq->arena, struct str, b->codes.n), 0};
	for (ptrdiff_t i = 0; i < b->codes.n; i++) {
		if (!str_eq(b->codes.code[i].channel, channel))
			continue;
		c.letter[c.n] = b->letter[i];
		c.phone[c.n++] = b->phone[i];
	}
	return c;
}

static enum err
pdf_bytes(struct req *rq, const struct batch *b, const struct letter *list,
    ptrdiff_t n, struct str *bytes)
{
	struct doc *doc = letters_doc(rq->arena, &b->all, list, n);
	return render_pdf(rq->site->helper, rq->arena, doc, bytes);
}

/* "+45 20 30 40 50" as 004520304050: a plus would be taken for a formula and
 * get an apostrophe, which no gateway wants. */
static struct str
dialled(struct arena *a, struct str phone)
{
	struct buf b = buf_new(a, 2 * phone.n + 2);
	for (ptrdiff_t i = 0; i < phone.n; i++) {
		char c = phone.p[i];
		if (c == '+' && b.n == 0)
			buf_add(&b, S("00"));
		else if (c >= '0' && c <= '9')
			buf_byte(&b, (unsigned char)c);
	}
	return buf_str(&b);
}

static enum err
sms_bytes(struct req *rq, const struct batch *b, const struct chosen *c,
    struct str *bytes)
{
	struct csv csv = csv_new(rq->arena, CSV_BYTES, ';', true);
	csv_text(&csv, S("telefon"));
	csv_text(&csv, S("tekst"));
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < c->n; i++) {
		csv_text(&csv, dialled(rq->arena, c->phone[i]));
		csv_text(&csv, letter_sms(rq->arena, &b->all, &c->letter[i]));
		csv_row(&csv);
	}
	return csv_done(&csv, bytes);
}

struct parts {
	struct zip_part part[PARTS];
	ptrdiff_t n;
};

static void
add_part(struct req *rq, struct parts *p, struct str name, struct str bytes)
{
	p->part[p->n++] = (struct zip_part){
	    .name = str_cstr(rq->arena, name), .bytes = bytes};
}

/* A PDF each, and the list.  Each takes a moment to draw: POST_MOST at once. */
static enum err
add_post(struct req *rq, const struct batch *b, const struct chosen *c,
    struct parts *p)
{
	struct str bytes;
	enum err e = letters_csv(rq->arena, &b->all, c->letter, c->n, &bytes);
	if (e == ERR_OK)
		add_part(rq, p, S("breve.csv"), bytes);
	for (ptrdiff_t i = 0; e == ERR_OK && i < c->n; i++) {
		e = pdf_bytes(rq, b, &c->letter[i], 1, &bytes);
		if (e == ERR_OK)
			add_part(rq, p, letter_file(rq->arena, &c->letter[i]),
			    bytes);
	}
	return e;
}

static enum err
as_zip(struct req *rq, const struct parts *p, struct str name)
{
	struct str bytes;
	enum err e = zip_write(rq->arena, p->part, p->n, &bytes);
	return e == ERR_OK ? req_file(rq, S("application/zip"), name, bytes)
			   : e;
}

/* Each in the way they asked for: what is printed, posted and texted. */
static enum err
as_own(struct req *rq, const struct batch *b)
{
	struct parts *p = arena_new(rq->arena, struct parts, 1);
	struct chosen paper = choose(rq, b, S("letter"));
	struct chosen sms = choose(rq, b, S("sms"));
	struct chosen post = choose(rq, b, S("digital_post"));
	struct str bytes;
	enum err e = ERR_OK;
	if (paper.n > 0) {
		e = pdf_bytes(rq, b, paper.letter, paper.n, &bytes);
		add_part(rq, p, S("papir.pdf"), bytes);
	}
	if (e == ERR_OK && sms.n > 0) {
		e = sms_bytes(rq, b, &sms, &bytes);
		add_part(rq, p, S("sms.csv"), bytes);
	}
	if (e == ERR_OK && post.n > 0)
		e = add_post(rq, b, &post, p);
	return e == ERR_OK ? as_zip(rq, p, S("invitationer.zip")) : e;
}

static enum err
as_one_format(struct req *rq, const struct batch *b)
{
	struct chosen all = {b->letter, b->phone, b->codes.n};
	struct str bytes;
	enum err e;
	if (str_eq(b->codes.format, S("sms"))) {
		e = sms_bytes(rq, b, &all, &bytes);
		return e == ERR_OK ? req_file(rq, S("text/csv; charset=utf-8"),
					 S("sms.csv"), bytes)
				   : e;
	}
	if (str_eq(b->codes.format, S("post"))) {
		struct parts *p = arena_new(rq->arena, struct parts, 1);
		e = add_post(rq, b, &all, p);
		return e == ERR_OK ? as_zip(rq, p, S("digital-post.zip")) : e;
	}
	e = pdf_bytes(rq, b, all.letter, all.n, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/pdf"), S("breve.pdf"), bytes)
	    : e;
}

/* GET /netvaerk/N/breve/ID */
enum err
page_letters(struct req *rq)
{
	struct batch *b = arena_new(rq->arena, struct batch, 1);
	enum err e = load(rq, b);
	if (e != ERR_OK)
		return e;
	return str_eq(b->codes.format, S("own")) ? as_own(rq, b)
						 : as_one_format(rq, b);
}
