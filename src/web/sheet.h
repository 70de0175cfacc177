/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "model/plan.h"
#include "report/doc.h"
#include "web/req.h"

/* sheet.h - what goes onto paper: parts that several forms have, and a document
 * as a file.  Tests: tests/web/voices.c, tests/web/measures.c */

/* Lines to write on: a box, as high as so many lines. */
void sheet_room(struct req *, struct doc *, int lines);
/* What article 13 wants told. */
void sheet_notice(struct req *, struct doc *, const struct plan *);
/* NAME.pdf, drawn in a sandboxed child, or NAME.odt. */
enum err sheet_answer(
    struct req *, struct doc *, const char *name, bool pdf) MUST_USE;

#endif
