/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TRANSFER_H
#define MODEL_TRANSFER_H

#include "model/media_file.h"
#include "model/org.h"
#include "model/transfer_wire.h"

/* transfer.h - a whole network out of one installation and into another.
 *
 * What goes and what stays behind, and why, stands in transfer.def.  What is
 * bound to the installation's key is opened on the way out and closed with the
 * other's on the way in; so the records name people and say who voted what, and
 * belong in a file that a passphrase opens (base/sealfile.h).
 * doc/decisions/0032 says why it is as it is.
 *
 * Rows are read and written some at a time, files a piece at a time.  Held in
 * memory meanwhile: the ids of the network's people and the accounts of the
 * organisation.  Linear in the rows; for each dialogue, round, measurement and
 * activity that somebody answered, one hash for each person.
 * Tests: tests/model/transfer.c
 */
struct transfer_job {
	struct str dir; /* the data folder */
	struct wire_out *out; /* export: where to */
	struct wire_in *in; /* import: where from */
	/* NULL, or called now and then: so many rows, and bytes of files. */
	void (*progress)(void *arg, int64_t rows, int64_t bytes);
	void *arg;
	struct id leader; /* in: who leads it here; not set: as it was */
};

struct transfer_result {
	struct id network;
	struct str name, from; /* the network, the organisation it was in */
	int64_t rows, files, bytes; /* bytes of the files */
	int64_t people; /* with contact details */
	int64_t staff; /* accounts that are named in it */
	int64_t new_staff; /* in: who had none here, and has a closed one now */
	bool led; /* in: by somebody whose account here is open */
	bool codes; /* in: codes on paper open their pages here */
	struct media_file *written; /* in: [n_written] */
	ptrdiff_t n_written;
	/* What went wrong, where it is no fault of the world; a sentence
	 * without its point, or NULL. */
	const char *fault;
};

/* All of the network that `who` is inside of (actor_inside()), as one sees it
 * in a transaction on a DB_READ connection.  ERR_CONFLICT: result->fault. */
enum err transfer_export(struct db *, struct arena *, const struct actor *who,
    const struct transfer_job *, struct transfer_result *) MUST_USE;

/* What of it stays behind: tables that have rows of it, and why. */
struct transfer_left {
	const char *table, *why;
	int64_t rows;
};
struct transfer_lefts {
	struct transfer_left *list;
	ptrdiff_t n;
};
enum err transfer_left(struct db *, struct arena *, const struct actor *who,
    struct transfer_lefts *) MUST_USE;

/* Into the organisation of `program`.  Within the caller's transaction: after
 * any error it must be rolled back, and transfer_undo() called for its files.
 * ERR_CONFLICT: it is here already; ERR_INVALID: another schema, or not what
 * transfer_export() wrote; result->fault says which. */
enum err transfer_import(struct db *, struct arena *,
    const struct actor *program, const struct transfer_job *,
    struct transfer_result *) MUST_USE;

/* Takes away the files that an import wrote which came to nothing.  Not behind
 * a commit that failed: it may have been one (db.h), and what is left without a
 * row is swept. */
void transfer_undo(struct arena *, const struct transfer_result *);

#endif
