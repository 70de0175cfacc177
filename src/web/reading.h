/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_READING_H
#define WEB_READING_H

#include "model/plain.h"
#include "view_reading.h"
#include "view_reads.h"
#include "web/edit.h"

/* reading.h - how a text to citizens reads: its LIX in words, the sentences
 * that weigh most, words of the office with a plainer one.
 * Tests: tests/web/reading.c */
struct view_reading reading_view(
    struct req *, struct str text, const struct plain *);

/* What to say of a reason that a citizen is to read and that is hard; "" when it
 * reads with ease. */
struct str reading_hard(struct req *, struct str reason);

/* That of the invitation in the form, if one is open; else only the place
 * where the script puts it. */
struct view_reads reads_view(
    struct req *, const struct plan *, const struct edit *);

#endif
