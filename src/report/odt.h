/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ODT_H
#define REPORT_ODT_H

#include "report/doc.h"

/* odt.h - a document as OpenDocument Text (ISO/IEC 26300-1, version 1.2), for
 * those who go on writing in an office program.
 *
 * Headings are real headings with outline levels, the first row of a table is
 * a header row that repeats, the language is set, the grid lies on A3.  The
 * same document gives the same bytes.  Tests: tests/report/odt.c
 */

/* ERR_INVALID and ERR_TOO_LARGE are doc_check()'s; ERR_INTERNAL when the zip
 * library failed. */
enum err odt_write(
    struct arena *, const struct doc *, struct str *out) MUST_USE;

#endif
