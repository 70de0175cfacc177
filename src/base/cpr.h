/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_CPR_H
#define BASE_CPR_H

#include "base/str.h"

/* cpr.h - finds Danish civil registration numbers in text.
 *
 * A number is DDMMYY and four digits: a date that exists, in the century that
 * the seventh digit gives.  Between the two, and between day, month and year,
 * may stand what people and programs put there: blanks of all kinds, hyphens
 * and dashes, dots, a line break.  Full-width digits count.  Modulus 11 is not
 * asked: numbers that fail it have been given out since 2007.
 *
 * More digits on either side, a plus before, or a hyphen or dot with a digit
 * beyond it make it another number: a phone, a case, an EAN.
 * Linear.  Tests: tests/base/cpr.c, tests/fuzz/cpr.c
 */

/* The first one in `text`, or "". */
struct str cpr_find(struct str text);

/* Each as "xxxxxx-xxxx": the birthday too. */
struct str cpr_mask(struct arena *, struct str text);

#endif
