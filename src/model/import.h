/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_IMPORT_H
#define MODEL_IMPORT_H

#include "model/people_file.h"
#include "model/person.h"

/* import.h - a list of people on its way into a network's register.
 *
 * The file is kept sealed until whoever brought it says yes, then everybody in
 * it is added by a job (jobs/import.h) and the file is gone.  A list with a
 * fault brings in nobody.  Whoever is in the network already, by name and mail
 * or phone, is passed over; whoever is in another one shares their entry.
 *
 * Only who brought a list sees it.  All of it needs CAP_ASK.
 * Tests: tests/model/import.c
 */
enum { IMPORT_BYTES = 2 * 1024 * 1024 }; /* 10,000 people and more */
#define IMPORT_KEPT_US (24 * HOUR_US)

struct import {
	struct id id, account;
	struct str actor_kind, reason, file;
};

/* ERR_INVALID: no reason or one with a CPR number, a kind that is none, an empty or too large file.
 * A second one with the same id is not added. */
enum err import_put(struct db *, struct arena *, const struct actor *,
    const struct import *) MUST_USE;
enum err import_get(struct db *, struct arena *, const struct actor *,
    struct id, struct import *) MUST_USE;
enum err import_drop(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* Those that nobody said yes to within IMPORT_KEPT_US. */
enum err import_sweep(struct db *, const struct actor *program) MUST_USE;

struct import_people {
	const struct import *of;
	struct people_file file;
	struct id *group; /* of each row; may be not set */
};

/* Reads the file and finds its target groups; no target group of that name is
 * a fault of the file. */
enum err import_read(struct db *, struct arena *, const struct actor *,
    const struct import *, struct import_people *) MUST_USE;

struct import_same {
	int64_t *line; /* of each row: who stands before it in the file; or 0 */
	bool *here; /* in this network already */
	int64_t in_file, in_network;
};

enum err import_compare(struct db *, struct arena *, const struct actor *,
    const struct import_people *, struct import_same *) MUST_USE;

struct import_rows {
	ptrdiff_t from, to; /* to: the one after the last */
	int64_t added; /* out */
};

/* Adds the people of some rows, but those who are here; the same again adds
 * nobody twice. */
enum err import_add(struct db *, struct arena *, const struct actor *,
    const struct import_people *, struct import_rows *) MUST_USE;

#endif
