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

void people_vcard_read(struct arena *, struct str text, struct people_file *);

#endif
