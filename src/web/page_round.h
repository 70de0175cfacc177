/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGE_ROUND_H
#define WEB_PAGE_ROUND_H

#include "model/round.h"
#include "web/round_view.h"

/* page_round.h - one round's page, and the forms that come back to it.
 * Tests: tests/web/rounds.c, tests/web/round_ideas.c */
struct round_form {
	struct str typed; /* options, a line each */
	struct round_fault fault; /* in those */
	const char *ideas_fault; /* msgid; in the ideas that were ticked */
};

enum err round_page(
    struct req *, const struct round *, const struct round_form *) MUST_USE;

/* To the page, and to those who look at it. */
enum err round_back(struct req *, const struct round *) MUST_USE;

/* The ideas that can be ticked, with a price where the round has prices; as
 * they were ticked when a form comes back. */
struct round_ideas_form {
	struct view_inputs inputs;
	ptrdiff_t n; /* ideas, ticked or not */
	struct round_picks picks; /* what was ticked */
	bool bad; /* a price is missing or none */
};
enum err round_ideas_form(
    struct req *, const struct round *, struct round_ideas_form *) MUST_USE;

#endif
