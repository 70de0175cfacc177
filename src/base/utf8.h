/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* utf8.h - text of people: validity, normal form, case, Danish order.
 * Tests: tests/base/utf8.c, tests/fuzz/utf8.c */

/* Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms) without
 * control characters other than tab, CR and LF. */
bool utf8_valid(struct str);

ptrdiff_t utf8_length(struct str); /* code points; of valid text */

/* The first `max` code points at most. */
struct str utf8_cut(struct str, ptrdiff_t max);

/* Normal form C (so that a typed "å" and a pasted "a" + ring are the same),
 * CR LF and CR as LF; what is normal stays as it is. */
struct str utf8_normal(struct arena *, struct str);

/* Nothing in it can be seen: blanks, and characters that are only there to
 * join, part or turn others.  A name like that could not be clicked on. */
bool utf8_blank(struct str);

/* For look-ups and comparison without regard to case. */
struct str utf8_fold(struct arena *, struct str);

/* Bytes whose order is the Danish one: a..z æ ø å, "aa" as å, ä as æ, ö as ø,
 * ü as y, other accents and case only where all else is equal (Danish
 * Standard DS 377).  Made at write time, the same on both databases. */
struct str utf8_sort_key(struct arena *, struct str);

#endif
