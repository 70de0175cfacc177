/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PEOPLE_PARTS_H
#define MODEL_PEOPLE_PARTS_H

#include "model/people_file.h"

/* people_parts.h - what the readers of people share; for
 * src/model/people_*.c alone. */

/* Room for one more row; NULL when there are PEOPLE_ROWS, which is a fault. */
struct people_row *people_row_new(
    struct arena *, struct people_file *, int64_t line);

/* Brings the row's values into the form that people_file.h says, and notes
 * what is wrong with them. */
void people_row_check(
    struct arena *, struct people_file *, struct people_row *);

/* Valid UTF-8 as it is, anything else read as Windows-1252. */
struct str people_text(struct arena *, struct str bytes);

void people_vcard_read(struct arena *, struct str text, struct people_file *);

#endif
