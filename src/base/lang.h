/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include "base/clock.h"
#include "base/str.h"

/* lang.h - what people see, in Danish and in English.
 *
 * A message is named by its English text (the msgid).  locale/da.po and
 * locale/en.po are compiled to sorted C tables (tools/msgc.c); nothing is read
 * at run time.  A msgid without a translation is shown as it is; ./check
 * refuses a missing or fuzzy Danish one.
 *
 * xgettext keywords: tr:2 trn:2,3 N_:1.  Views have their own form of it
 * (doc/views.md).  Tests: tests/base/lang.c
 */
enum lang { LANG_DA, LANG_EN, LANG_COUNT };

/* Marks a msgid in a table that is translated later. */
#define N_(msgid) msgid

struct str tr(enum lang, const char *msgid);

/* The form for `n` ("%1 task", "%1 tasks"); %1 is not filled in. */
struct str trn(enum lang, const char *one, const char *many, int64_t n);

/* Fills %1 .. %9 of a translated text with `args`. */
struct str tr_fill(
    struct arena *, struct str text, const struct str *args, ptrdiff_t n);

/* "da", "en"; and back ("da-DK" is Danish too; anything else: `otherwise`). */
struct str lang_code(enum lang);
enum lang lang_parse(struct str, enum lang otherwise);

/* "24. november 2026" / "24 November 2026"; "" when not set. */
struct str lang_date(struct arena *, enum lang, struct date);
/* "24. november 2026 kl. 9.05" / "24 November 2026, 09:05", Danish time. */
struct str lang_time(struct arena *, enum lang, int64_t us);
/* "12.345" / "12,345". */
struct str lang_int(struct arena *, enum lang, int64_t);

#endif
