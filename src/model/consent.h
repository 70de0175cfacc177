/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CONSENT_H
#define MODEL_CONSENT_H

#include "model/contribution.h"

/* consent.h - the receipts of what was agreed to (trust P01): one a time it
 * was given, changed or taken back, with the text as it was then.  They are
 * only added.  Who may: as the function of contribution.h that calls it.
 * Tests: tests/model/contribution.c
 */
struct consent_event {
	struct str event; /* given, changed, withdrawn */
	struct str age; /* the person's band */
	struct str text; /* that was read out or shown */
};

enum err consent_add(struct db *, struct arena *, const struct actor *,
    const struct contribution *, const struct consent_event *) MUST_USE;

/* The text that stands by a scope, as it is today. */
struct str consent_text(struct arena *, enum lang, int64_t scope);

#endif
