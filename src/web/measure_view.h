/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_MEASURE_VIEW_H
#define WEB_MEASURE_VIEW_H

#include "model/measure.h"
#include "model/plan.h"
#include "view_head.h"
#include "web/input.h"

/* measure_view.h - what the pages about measurements share.
 * Tests: tests/web/measures.c */

/* "/netvaerk/N/maalinger/ID" + rest. */
struct str measure_href(struct req *, struct id, const char *rest);
struct view_head measure_head(
    struct req *, const struct plan *, struct str title);
/* The measurement that {id} names. */
enum err measure_of(
    struct req *, const struct actor *, struct measure *) MUST_USE;
struct str measure_state(struct req *, const struct measure *);
/* The least number of pairs that is shown (R13). */
enum err measure_k(struct req *, const struct actor *, int64_t *k) MUST_USE;

/* "https://host/maaling/ID": what stands behind the QR code. */
struct str measure_address(struct req *, const struct measure *);
/* "Think of the time before ...", when it is retrospective; else "". */
struct str measure_then(struct req *, const struct measure *);

/* What each answer says, "1" to "6". */
extern const struct choice measure_marks[];

/* The fields of the form: `then` in `thens` when it is retrospective. */
struct measure_fields {
	struct view_inputs thens, nows;
};
struct measure_fields measure_fields(struct req *, const struct measure *,
    const struct measure_reply *, const char *words_fault);
/* The form that was sent. */
struct measure_reply measure_posted(struct req *, const struct measure *);

#endif
