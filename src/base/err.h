/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/* err.h - what came of it.
 *
 * A bug is an assert (on in release builds).  An outcome that a caller must
 * act on is one of these values.  Faults of the world (disk, database, mail)
 * are ERR_UNAVAIL or ERR_INTERNAL, with the detail in the log only.  Errors in
 * a form are data (struct record_faults in model/record.h), not errors.
 *
 * enum err becomes an HTTP status in one table (web/page_error.c) and an exit
 * status in one (cli/cli.c).
 */
enum err {
	ERR_OK,
	ERR_NOT_FOUND, /* none, or none that this actor may know of */
	ERR_DENIED, /* it exists, the actor knows it, and may not */
	ERR_INVALID, /* what came in is not what was asked for */
	ERR_CONFLICT, /* it exists already, or changed under our hands */
	ERR_SIGNIN, /* signed in first */
	ERR_LIMITED, /* too often; try again later */
	ERR_TOO_LARGE, /* larger than the stated limit */
	ERR_UNAVAIL, /* not now: full, busy, gone; trying again may help */
	ERR_INTERNAL, /* it should not happen; the log has the detail */
};

/* A lower-case word for logs and messages: "not_found". */
const char *err_name(enum err);

#endif
