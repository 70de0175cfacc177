/* SPDX-License-Identifier: MPL-2.0 */
#include "web/posting.h"

#include "base/buf.h"
#include "jobs/render.h"
#include "model/code.h"
#include "report/csv.h"
#include "report/zip.h"
#include "web/plans.h"
#include "web/site.h"

enum { CSV_BYTES = 1024 * 1024, PARTS = LETTERS_MOST + 3 };

/* ---- making it ---- */

enum err
posting_begin(struct req *rq, enum lang lang, struct posting *p)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	*p = (struct posting){.name = "breve",
	    .list = arena_new(rq->arena, struct posted, LETTERS_MOST)};
	p->all = (struct letters){.lang = lang,
	    .sender = notice == NULL ? rq->org->name
				     : record_value(notice, "controller"),
	    .org = rq->org->name,
	    .heading = rq->org->name,
	    .page = str_cat(
		rq->arena, site_url(rq->site, rq->arena, rq->org), S("/c")),
	    .created_us = rq->http->now_us};
	p->all.n_facts = notice_facts(lang, notice, p->all.facts);
	return ERR_OK;
}

enum err
posting_add(struct req *rq, struct posting *p, const struct letter_code *code,
    struct str text)
{
	struct person who;
	struct vault_contact c = {0};
	enum err e =
	    person_get(rq->db, rq->arena, &rq->who, code->person, &who);
	if (e == ERR_OK && id_is_set(who.vault))
		e = vault_contact_get(
		    rq->db, rq->arena, &rq->who, who.vault, &c);
	if (e != ERR_OK)
		return e;
	p->list[p->n++] = (struct posted){.phone = c.phone,
	    .channel = code->channel,
	    .letter = {.reference = person_code(rq->arena, who.number),
		.name = c.name.n > 0 ? c.name : who.alias,
		.address = who.protected_address ? S("") : c.address,
		.text = text,
		.code =
		    code_text(rq->arena, rq->org->short_code, code->token)}};
	return ERR_OK;
}

/* ---- as files ---- */

/* Those of one channel; "" all of them. */
struct chosen {
	struct letter *letter;
	struct str *phone;
	ptrdiff_t n;
};

static struct chosen
choose(struct req *rq, const struct posting *p, struct str channel)
{
	struct chosen c = {arena_new(rq->arena, struct letter, p->n),
	    arena_new(rq->arena, struct str, p->n), 0};
	for (ptrdiff_t i = 0; i < p->n; i++) {
		if (channel.n > 0 && !str_eq(p->list[i].channel, channel))
			continue;
		c.letter[c.n] = p->list[i].letter;
		c.phone[c.n++] = p->list[i].phone;
	}
	return c;
}

static enum err
pdf_bytes(struct req *rq, const struct posting *p, const struct letter *list,
    ptrdiff_t n, struct str *bytes)
{
	struct doc *doc = letters_doc(rq->arena, &p->all, list, n);
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
sms_bytes(struct req *rq, const struct posting *p, const struct chosen *c,
    struct str *bytes)
{
	struct letters all = p->all;
	struct csv csv = csv_new(rq->arena, CSV_BYTES, ';', true);
	all.heading = p->sms.n > 0 ? p->sms : all.heading;
	csv_text(&csv, S("telefon"));
	csv_text(&csv, S("tekst"));
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < c->n; i++) {
		csv_text(&csv, dialled(rq->arena, c->phone[i]));
		csv_text(&csv, letter_sms(rq->arena, &all, &c->letter[i]));
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
add_post(struct req *rq, const struct posting *p, const struct chosen *c,
    struct parts *parts)
{
	struct str bytes;
	enum err e = letters_csv(rq->arena, &p->all, c->letter, c->n, &bytes);
	if (e == ERR_OK)
		add_part(rq, parts, S("breve.csv"), bytes);
	for (ptrdiff_t i = 0; e == ERR_OK && i < c->n; i++) {
		e = pdf_bytes(rq, p, &c->letter[i], 1, &bytes);
		if (e == ERR_OK)
			add_part(rq, parts,
			    letter_file(rq->arena, &c->letter[i]), bytes);
	}
	return e;
}

static struct str
file_name(struct req *rq, const struct posting *p, const char *end)
{
	return str_cat(rq->arena, str_c(p->name), str_c(end));
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
as_own(struct req *rq, const struct posting *p)
{
	struct parts *parts = arena_new(rq->arena, struct parts, 1);
	struct chosen paper = choose(rq, p, S("letter"));
	struct chosen sms = choose(rq, p, S("sms"));
	struct chosen post = choose(rq, p, S("digital_post"));
	struct str bytes;
	enum err e = ERR_OK;
	if (paper.n > 0) {
		e = pdf_bytes(rq, p, paper.letter, paper.n, &bytes);
		add_part(rq, parts, S("papir.pdf"), bytes);
	}
	if (e == ERR_OK && sms.n > 0) {
		e = sms_bytes(rq, p, &sms, &bytes);
		add_part(rq, parts, S("sms.csv"), bytes);
	}
	if (e == ERR_OK && post.n > 0)
		e = add_post(rq, p, &post, parts);
	return e == ERR_OK ? as_zip(rq, parts, file_name(rq, p, ".zip")) : e;
}

static enum err
as_post(struct req *rq, const struct posting *p)
{
	struct parts *parts = arena_new(rq->arena, struct parts, 1);
	struct chosen all = choose(rq, p, S(""));
	enum err e = add_post(rq, p, &all, parts);
	return e == ERR_OK ? as_zip(rq, parts, S("digital-post.zip")) : e;
}

static enum err
as_sms(struct req *rq, const struct posting *p)
{
	struct str bytes;
	struct chosen all = choose(rq, p, S(""));
	enum err e = sms_bytes(rq, p, &all, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("text/csv; charset=utf-8"), S("sms.csv"), bytes)
	    : e;
}

static enum err
as_letters(struct req *rq, const struct posting *p)
{
	struct str bytes;
	struct chosen all = choose(rq, p, S(""));
	enum err e = pdf_bytes(rq, p, all.letter, all.n, &bytes);
	return e == ERR_OK ? req_file(rq, S("application/pdf"),
				 file_name(rq, p, ".pdf"), bytes)
			   : e;
}

enum err
posting_answer(struct req *rq, const struct posting *p)
{
	if (str_eq(p->format, S("own")))
		return as_own(rq, p);
	if (str_eq(p->format, S("post")))
		return as_post(rq, p);
	return str_eq(p->format, S("sms")) ? as_sms(rq, p) : as_letters(rq, p);
}
