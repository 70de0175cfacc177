/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/buf.h"
#include "base/lang.h"

/* number.h - numbers as programs and people write and read them.
 * Tests: tests/base/number.c */

/* The shortest of 15 to 17 digits that reads back as the same double; "null"
 * for what is not a finite number. */
void number_json(struct buf *, double);

/* So many decimals, with the decimal mark of the language: "1,58"; a minus as
 * long as a plus, and none before 0. */
struct str number_text(struct arena *, enum lang, double, int decimals);

/* The same with a plus before what is above 0: "+0,4". */
struct str number_signed(struct arena *, enum lang, double, int decimals);

/* A finite number, nothing before or behind it.  `comma`: a decimal comma is
 * a decimal point. */
bool number_parse(struct str, bool comma, double *out) MUST_USE;

#endif
