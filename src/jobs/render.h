/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_RENDER_H
#define JOBS_RENDER_H

#include "jobs/helper.h"
#include "report/doc.h"

/* render.h - documents drawn in a sandboxed child.
 *
 * Fonts and layout code read much that people typed, so they do it where a
 * mistake can do no harm: the document travels as JSON to a child of the
 * helper process (jobs/helper.h) and comes back as PDF bytes.
 */
struct helper_kinds {
	const struct helper_kind *const *list;
	ptrdiff_t n;
};

/* What the helper of serve can do: for helper_start(). */
struct helper_kinds render_kinds(void);

/* `helper` NULL draws in this process (page tests, commands). */
enum err render_pdf(struct helper *, struct arena *, const struct doc *,
    struct str *out) MUST_USE;

#endif
