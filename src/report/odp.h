/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ODP_H
#define REPORT_ODP_H

#include "report/doc.h"

/* odp.h - a document as slides, an OpenDocument Presentation (ISO/IEC 26300-1,
 * version 1.2), for those who tell of it at a meeting.
 *
 * A heading begins a slide, named after it and the one above it; what stands
 * below are its lines, cut into as many slides as it takes for people at the
 * back to read.  Pairs are a label and its value, a row of a table a line with
 * the names of its columns.  Titles are titles and the language is set, so that
 * a reader of screens finds its way.  The same document gives the same bytes.
 * Tests: tests/report/odp.c
 */

/* ERR_INVALID and ERR_TOO_LARGE are doc_check()'s; ERR_INTERNAL when the zip
 * library failed. */
enum err odp_write(
    struct arena *, const struct doc *, struct str *out) MUST_USE;

#endif
