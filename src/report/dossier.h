/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_DOSSIER_H
#define REPORT_DOSSIER_H

#include "model/dossier.h"

/* dossier.h - everything about one person as JSON, for another program (GDPR
 * art. 20), each network an element: [{"network", "code", "contact": {}, "held":
 * {TABLE: [{COLUMN: text}]}}].  Times are RFC 3339 in UTC, all values are text.
 * ERR_TOO_LARGE: over 8 MB.  Tests: tests/model/dossier.c */
enum err dossier_json(struct arena *, const struct dossier *, ptrdiff_t n,
    struct str *out) MUST_USE;

#endif
