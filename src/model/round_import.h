/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ROUND_IMPORT_H
#define MODEL_ROUND_IMPORT_H

#include "model/pairs_in.h"

/* round_import.h - choices that were made elsewhere, as a round of ours
 * (doc/decisions/0027-choices-from-elsewhere.md).
 *
 * The file is kept sealed until whoever brought it says yes, a day at most.
 * Then its options and ballots come into a draft of two at a time, which is
 * opened and closed at once: who voted there cannot be known again, so nobody
 * votes twice.  All of it or nothing.  Needs CAP_EDIT; only who brought a file
 * sees it.  Tests: tests/model/round_import.c
 */
#define ROUND_IMPORT_KEPT_US (24 * HOUR_US)

enum { ROUND_IMPORT_BYTES = 8 * 1024 * 1024 };

struct round_import {
	struct id id, round;
	struct str file; /* UTF-8 when it was read */
};

/* ERR_TOO_LARGE: more than ROUND_IMPORT_BYTES.  The same id again is one. */
enum err round_import_put(struct db *, struct arena *, const struct actor *,
    const struct round_import *) MUST_USE;
enum err round_import_get(struct db *, struct arena *, const struct actor *,
    struct id, struct round_import *) MUST_USE;
enum err round_import_drop(
    struct db *, const struct actor *, struct id) MUST_USE;
enum err round_import_sweep(struct db *, const struct actor *program) MUST_USE;

/* NULL: these choices may come into the round now; else a msgid. */
const char *round_import_in_way(
    const struct round *, const struct pairs_in *, int64_t now_us);

/* Brings them in and closes the round; the file is gone.  ERR_CONFLICT:
 * round_import_in_way(). */
enum err round_import_take(struct db *, struct arena *, const struct actor *,
    const struct round_import *, const struct pairs_in *) MUST_USE;

#endif
