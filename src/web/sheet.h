/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "model/plan.h"
#include "report/doc.h"
#include "web/req.h"

/* sheet.h - what forms that are filled in by hand and other papers share: A4,
 * as PDF or as a text file.  Tests: tests/web/paper.c, tests/web/trials.c,
 * tests/web/measures.c */

/* A document of the network, with its name at the foot. */
struct doc *sheet_new(struct req *, const struct plan *, struct str title);
/* Lines to write on. */
void sheet_lines(struct doc *, int n);
/* The same as a box, as high as so many lines. */
void sheet_room(struct req *, struct doc *, int lines);
/* One cross: who may read it, as the pages ask (idea_readers). */
void sheet_readers(struct req *, struct doc *);
/* What article 13 wants told. */
void sheet_facts(struct req *, struct doc *, const struct plan *);
/* For whoever types it in: the code to the page `path`, and the person's. */
void sheet_for_us(
    struct req *, struct doc *, struct str path, struct str person);

/* What stands in a record: its title as a heading and its other fields, but of
 * a kind that there is one of its fields alone. */
void sheet_record(
    struct req *, struct doc *, const struct plan *, const struct record *);

/* Answers with the file `name`.pdf or .odt. */
enum err sheet_answer(
    struct req *, struct doc *, const char *name, bool pdf) MUST_USE;
/* The same in the format that the route's address ends in: .pdf, .odt, .odp (as
 * slides) or .txt, so that one page is all of them. */
enum err sheet_file(struct req *, struct doc *, const char *name) MUST_USE;

#endif
