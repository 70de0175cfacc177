/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_DOC_TXT_H
#define REPORT_DOC_TXT_H

#include "report/doc.h"

/* doc_txt.h - a document as plain text, for a mail, a screen reader, a system
 * that takes nothing else.  UTF-8, a line a paragraph, nothing broken.
 *
 * Headings stand between empty lines; items begin with "- " or their number;
 * pairs are "label: value"; a table is its rows, each cell behind the name of
 * its column.  A letter, a QR code and a new page have no form of their own:
 * their texts stand.  Linear.  Tests: tests/report/doc_txt.c */

/* ERR_INVALID, ERR_TOO_LARGE as doc_check(), and when the names of columns, said
 * again in each row, make it much longer than the document. */
enum err doc_txt(struct arena *, const struct doc *, struct str *out) MUST_USE;

#endif
