/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_BRIEF_H
#define WEB_BRIEF_H

#include "model/decision.h"
#include "model/quote.h"
#include "report/doc.h"
#include "web/heard.h"

/* brief.h - two pages for who decides (S10, S43-S45): the question, what can
 * change, who was heard and who was not, what was understood with quotes and
 * contradictions, what there is to choose between, what it costs.
 *
 * Quotes are those that may go to who decides, at this moment (model/quote.h);
 * small numbers are hidden, as the brief is passed on.  Memory is the
 * request's.  Tests: tests/web/decisions.c
 */
enum { BRIEF_INSIGHTS = 5, BRIEF_QUOTES = 2, BRIEF_OPTIONS = 12 };

struct brief_insight {
	struct str statement, strength;
	const struct quote *said[BRIEF_QUOTES], *against[BRIEF_QUOTES];
	ptrdiff_t n_said, n_against;
	bool contradicted; /* somebody says otherwise, quoted or not */
};

struct brief {
	const struct plan *plan;
	const struct decision *d;
	struct heard heard;
	struct str skew; /* R8, in a sentence; "" */
	struct brief_insight insight[BRIEF_INSIGHTS];
	ptrdiff_t n_insights;
	struct str option[BRIEF_OPTIONS];
	ptrdiff_t n_options;
};

enum err brief_load(
    struct req *, const struct decision *, struct brief *) MUST_USE;

/* "“Lys ved stien.” Karen, shortened": as it stands on paper and page. */
struct str brief_quote(struct req *, const struct quote *);

/* "It rests on 7 people.": as said where small numbers are hidden. */
struct str brief_strength(struct req *, int64_t people, int64_t k);

struct doc *brief_doc(struct req *, const struct brief *);

#endif
