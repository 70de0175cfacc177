/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_VOICES_IMPORT_H
#define MODEL_VOICES_IMPORT_H

#include "model/contribution.h"
#include "model/voices_file.h"

/* voices_import.h - a file of what people said on its way into a network.
 *
 * As with a list of people (import.h) the file is kept sealed until whoever
 * brought it says yes; then a job (jobs/voices.h) brings its rows in, and it is
 * gone.  A file with a fault brings in nothing.  What came in once does not
 * come in again, also when it was taken back since.
 *
 * Kind, basis and scope are the leader's to choose, for all of the file, with
 * what those who wrote it were told.  An alias is that of somebody who is known
 * by it here and has not been restricted, or it does not come in.  Each row has a receipt,
 * as by contribution_add().  Only who brought a file sees it.  All of it needs
 * CAP_ASK.  Tests: tests/model/voices_import.c
 */
#define VOICES_KEPT_US (24 * HOUR_US)

enum { VOICES_TOLD_MAX = 2000 };

struct voices_import {
	struct id id;
	struct str kind, basis, told;
	int64_t scope; /* < 0: not chosen */
	struct str file; /* UTF-8 when it was read */
	struct str columns; /* as voices_reader_as(); "" by their names */
	bool no_names; /* rows that seem to hold a name are left out */
};

struct voices_import_faults { /* msgids, or NULL */
	const char *kind, *basis, *scope, *told, *file;
	bool any;
};
void voices_import_check(
    const struct voices_import *, struct voices_import_faults *);

/* ERR_INVALID: voices_import_check().  A second one with the same id is not
 * added. */
enum err voices_import_put(struct db *, struct arena *, const struct actor *,
    const struct voices_import *) MUST_USE;
enum err voices_import_get(struct db *, struct arena *, const struct actor *,
    struct id, struct voices_import *) MUST_USE;
/* Whether it is there: ERR_OK or ERR_NOT_FOUND. */
enum err voices_import_has(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;
enum err voices_import_drop(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* How its columns are to be understood.  ERR_INVALID: not
 * voices_columns_valid(). */
enum err voices_import_set(struct db *, struct arena *, const struct actor *,
    const struct voices_import *) MUST_USE;

/* Rows that seem to hold a name are left out. */
enum err voices_import_no_names(
    struct db *, const struct actor *, struct id) MUST_USE;

/* Those that nobody said yes to within VOICES_KEPT_US. */
enum err voices_import_sweep(struct db *, const struct actor *program) MUST_USE;

/* ---- what is in it ---- */

struct voices_reading {
	const struct voices_import *of;
	struct voices_reader file;
	struct records groups, activities;
	const struct voices_alias *aliases; /* in order */
	ptrdiff_t n_aliases;
	int64_t unknown; /* rows with an alias that nobody has: come without */
	int64_t named; /* rows that seem to hold a name */
	ptrdiff_t row; /* of the one that was given last, from 0 */
};

enum err voices_reading_open(struct db *, struct arena *, const struct actor *,
    const struct voices_import *, struct voices_reading *) MUST_USE;

struct voices_alias;

struct voice_in {
	struct voices_row row;
	struct id group, activity, phase, person; /* may be not set */
	struct str names; /* contribution_names() of it */
	ptrdiff_t at; /* which row it is, from 0 */
};

/* As voices_reader_next(); a target group or an activity that is none is a
 * fault.  With no_names a row with a name is passed over. */
bool voices_reading_next(
    struct voices_reading *, struct arena *, struct voice_in *) MUST_USE;

struct voices_batch {
	const struct voices_import *of;
	bool ours; /* the rows' ids are contributions' */
	const struct voice_in *list;
	ptrdiff_t n;
	int64_t added; /* out */
};

/* Brings some rows in; the same again adds nothing.  The caller has seen that
 * the file has no fault. */
enum err voices_import_add(struct db *, struct arena *, const struct actor *,
    struct voices_batch *) MUST_USE;

#endif
