/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_REPORT_HELP_H
#define TESTS_REPORT_HELP_H

#include "report/doc.h"
#include "report/pdf.h"
#include "tests/test.h"

/* help.h - documents to write, and the tools that read them back. */

/* One with a block of every kind, a link, and Danish letters. */
struct doc *sample_doc(struct arena *);

/* `rows` x `columns` of cells "cR-C", with a header "kolonneC". */
struct doc *table_doc(struct arena *, int rows, int columns);

/* `n` words "PREFIX0 PREFIX1 ...". */
struct str many_words(struct arena *, const char *prefix, int n);

struct pdf_fonts *open_fonts(void);
struct str pdf_of(struct arena *, const struct doc *);

/* What `command` prints about the file, which it gets as its last argument;
 * ends the test as skipped when it is not installed (poppler-utils). */
struct str ask(struct arena *, const char *command, struct str file);

/* A file of a zip that is sound; {0} when it has none of that name. */
struct str zip_part(struct arena *, struct str zip, const char *name);

/* How often `part` is in `text`. */
int count_of(struct str text, struct str part);

/* Whether parts "PREFIX0 ".."PREFIX(n-1)" all are in it, in this order. */
bool has_in_order(struct arena *, struct str text, const char *prefix, int n);

#endif
