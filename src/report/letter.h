/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_LETTER_H
#define REPORT_LETTER_H

#include "model/notice.h"
#include "report/doc.h"

/* letter.h - an invitation on paper and by post that is digital, and as SMS.
 *
 * Everything is made from one text, and holds one person's code each: what is
 * made here is as secret as the letter in its envelope.  Pure; on the caller's
 * arena.  Tests: tests/report/letter.c.  Prose: doc/report.md
 */
/* What all letters of one sending share. */
struct letters {
	enum lang lang;
	bool large; /* in large print */
	struct str sender; /* lines: who writes, where, phone */
	struct str org; /* its name, for the file and the page's foot */
	struct str heading; /* the subject, one line */
	struct str page; /* where a code is typed: "https://x.dk/c" */
	struct str help; /* whom to call: "Ring til Mette på 12 34 56 78." */
	struct notice_fact facts[NOTICE_FACTS]; /* on the back */
	ptrdiff_t n_facts;
	int64_t created_us;
};

struct letter {
	struct str reference; /* names the person: "K-1842" */
	struct str name;
	struct str address; /* lines, without the name */
	struct str text; /* paragraphs */
	struct str code; /* in groups; "": it has none */
};

/* One sheet or more a letter: the text, how to answer, and on the back what
 * happens with what we know of the person. */
struct doc *letters_doc(
    struct arena *, const struct letters *, const struct letter *, ptrdiff_t n);

/* What goes beside the PDF files to a Digital Post sender, one row a letter:
 *
 *	fil;reference;navn;adresse;emne;tekst
 *
 * `fil` is the PDF beside it, `tekst` the words of the message itself.  There
 * is no CPR number: whoever sends looks the person up by name and address. */
enum err letters_csv(struct arena *, const struct letters *,
    const struct letter *, ptrdiff_t n, struct str *out) MUST_USE;

/* "K-1842.pdf": only letters that every file system takes. */
struct str letter_file(struct arena *, const struct letter *);

/* The page of a code. */
struct str letter_url(struct arena *, const struct letters *, struct str code);

enum { SMS_LETTERS = 160 };

/* The heading and the link in SMS_LETTERS at most: the heading is cut where it
 * must be, the link never.  "" when the link alone is too long. */
struct str letter_sms(
    struct arena *, const struct letters *, const struct letter *);

#endif
