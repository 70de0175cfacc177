/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_AFTER_H
#define WEB_AFTER_H

#include "model/plan.h"
#include "web/req.h"

/* after.h - what a network has that belongs into its plan for judging what it
 * did, and into its plan for spreading it: of each what there is and how far it
 * is, and what is missing.
 * Memory is the request's.  Tests: tests/web/after.c */
enum { AFTER_PARTS = 6 };

struct after_row {
	struct str href, title;
	struct str text; /* how far it is; may be empty */
	struct { /* where others read it; title "": not at all */
		struct str title, text;
	} paper;
	struct str file; /* the address of a PDF that goes with it, or "" */
};
struct after_part {
	const char *title, *empty; /* msgids */
	struct after_row *row;
	ptrdiff_t n;
};
struct after {
	struct after_part part[AFTER_PARTS];
	ptrdiff_t n;
};

/* Measurements, trials, who takes part in judging, decisions and what came of
 * them, ideas in use that nobody measures. */
enum err after_judging(
    struct req *, const struct plan *, struct after *) MUST_USE;

/* Ideas that others can take over, stories, what was decided, who tells it. */
enum err after_spreading(
    struct req *, const struct plan *, struct after *) MUST_USE;

#endif
