/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_CPR_H
#define BASE_CPR_H

#include "base/str.h"

/* cpr.h - what looks like a Danish personal identity number.
 *
 * Six digits that are a day, a month and a year, then four, with nothing, a
 * space or a dash between them, not part of a longer number.  The check digit
 * of old is not looked at: since 2007 numbers are given out without it.
 * Pure.  Tests: tests/base/cpr.c
 */

/* The first one in `text`, or "". */
struct str cpr_find(struct str text);

#endif
