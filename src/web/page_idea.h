/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGE_IDEA_H
#define WEB_PAGE_IDEA_H

#include "web/edit.h"

/* page_idea.h - one idea's page, also with what was refused on it. */
struct idea_page {
	struct id id;
	const struct edit *edit; /* NULL: no form is open */
	struct str error; /* a sentence, or "" */
	struct str state, reason; /* what was typed in a step */
	bool hard; /* the reason is hard to read: asked once more */
};

enum err idea_page(struct req *, const struct idea_page *, int status);

#endif
