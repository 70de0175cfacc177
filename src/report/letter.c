/* SPDX-License-Identifier: MPL-2.0 */
#include "report/letter.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "report/csv.h"

enum { CSV_BYTES = 8 * 1024 * 1024 };

struct str
letter_url(struct arena *a, const struct letters *all, struct str code)
{
	return STR_JOIN(a, all->page, S("/"), code);
}

/* An address as people type it. */
static struct str
bare(struct str url)
{
	ptrdiff_t at = str_find(url, S("://"));
	return at < 0 ? url : str_sub(url, at + 3, url.n);
}

static void
add_answer(struct doc *d, const struct letters *all, const struct letter *one)
{
	enum lang lang = all->lang;
	doc_heading(d, 1, tr(lang, "How to answer"));
	if (one->code.n > 0) {
		struct doc_text *t =
		    doc_qr(d, letter_url(d->arena, all, one->code));
		doc_run(d, t, DOC_PLAIN,
		    tr(lang, "Point your phone's camera at the square."));
		doc_run(d, t, DOC_PLAIN, S("\n"));
		doc_run(d, t, DOC_PLAIN,
		    tr_fill(d->arena,
			tr(lang, "Or go to %1 and type your code:"),
			(struct str[]){bare(all->page)}, 1));
		doc_run(d, t, DOC_PLAIN, S("\n"));
		doc_run(d, t, DOC_BOLD, one->code);
	}
	doc_say(d, all->help);
}

static void
add_facts(struct doc *d, const struct letters *all)
{
	if (all->n_facts == 0)
		return;
	doc_page_break(d);
	doc_heading(d, 1, tr(all->lang, "What we do with what we know of you"));
	for (ptrdiff_t i = 0; i < all->n_facts; i++)
		doc_run(d, doc_pair(d, all->facts[i].label), DOC_PLAIN,
		    all->facts[i].text);
}

static void
add_letter(struct doc *d, const struct letters *all, const struct letter *one)
{
	struct arena *a = d->arena;
	doc_letter(
	    d, all->sender, STR_JOIN(a, one->name, S("\n"), one->address));
	doc_run(d, doc_paragraph(d), DOC_PLAIN,
	    lang_date(a, all->lang, date_danish(all->created_us)));
	doc_heading(d, 1, all->heading);
	doc_say(d, one->text);
	add_answer(d, all, one);
	add_facts(d, all);
}

struct doc *
letters_doc(struct arena *a, const struct letters *all,
    const struct letter *list, ptrdiff_t n)
{
	struct doc *d = doc_new(a, all->lang, all->heading);
	d->author = d->footer = all->org;
	d->large = all->large;
	d->created_us = all->created_us;
	for (ptrdiff_t i = 0; i < n; i++)
		add_letter(d, all, &list[i]);
	return d;
}

/* ---- Digital Post ---- */

struct str
letter_file(struct arena *a, const struct letter *one)
{
	struct str s = str_dup(a, one->reference);
	char *p = arena_new(a, char, s.n);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '-';
		p[i] = plain ? c : '_';
	}
	return str_cat(a, (struct str){p, s.n}, S(".pdf"));
}

enum err
letters_csv(struct arena *a, const struct letters *all,
    const struct letter *list, ptrdiff_t n, struct str *out)
{
	static const char *const columns[] = {
	    "fil", "reference", "navn", "adresse", "emne", "tekst"};
	struct csv csv = csv_new(a, CSV_BYTES, ';', true);
	for (ptrdiff_t i = 0; i < COUNT_OF(columns); i++)
		csv_text(&csv, str_c(columns[i]));
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct letter *one = &list[i];
		csv_text(&csv, letter_file(a, one));
		csv_text(&csv, one->reference);
		csv_text(&csv, one->name);
		csv_text(&csv, str_replace(a, one->address, S("\n"), S(", ")));
		csv_text(&csv, all->heading);
		csv_text(&csv,
		    tr(all->lang,
			"There is a letter for you. Please read it."));
		csv_row(&csv);
	}
	return csv_done(&csv, out);
}

/* ---- SMS ---- */

struct str
letter_sms(struct arena *a, const struct letters *all, const struct letter *one)
{
	struct str link =
	    one->code.n > 0 ? letter_url(a, all, one->code) : all->page;
	ptrdiff_t left = SMS_LETTERS - 1 - utf8_length(link);
	if (left < -1)
		return (struct str){0};
	struct str words = all->heading;
	if (utf8_length(words) > left)
		words = str_trim(utf8_cut(words, left > 0 ? left : 0));
	return words.n > 0 ? STR_JOIN(a, words, S(" "), link) : link;
}
