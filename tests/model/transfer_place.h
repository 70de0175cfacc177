/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_MODEL_TRANSFER_PLACE_H
#define TESTS_MODEL_TRANSFER_PLACE_H

#include "model/media.h"
#include "model/org.h"
#include "model/transfer.h"
#include "tests/test.h"

/* transfer_place.h - installations between which a network moves, each with a
 * database, keys and a folder of its own. */
#define PLACE_BYTES ((ptrdiff_t)64 * 1024 * 1024)

struct place {
	struct db *db;
	struct arena *arena;
	struct keys keys;
	struct org org;
	struct actor program;
	struct str dir;
};

/* Nothing but the schema. */
void place_new(struct place *, struct arena *, enum db_kind);
/* With the worked example; gives its network. */
struct id place_example(struct place *);
/* With an organisation and an administrator. */
void place_empty(struct place *, const char *mail);

/* What samskab export would seal; the test fails unless it is ERR_OK. */
struct str place_export(
    struct place *, struct id network, struct transfer_result *);
/* What samskab import does with what it opened. */
enum err place_import(struct place *, struct str bytes, struct id leader,
    struct transfer_result *);

/* The table of the first row that one has and the other has not, or "". */
struct str place_differs(struct arena *, struct str one, struct str other);

/* For wire_out: onto a struct buf. */
enum err place_keep(void *buf, struct str bytes);

/* The one number that a statement gives. */
int64_t place_count(struct place *, const char *sql);

/* ---- two of them ---- */

/* The worked example, and one with Else alone. */
struct two {
	struct place old, new;
	struct id network;
	struct str file;
	struct transfer_result r;
	struct actor then, now; /* the program, inside */
};

extern const struct id nobody;

/* `mail` is Else's. */
void two_new(struct two *, struct arena *, const char *mail);
void two_move(struct two *);

/* A picture of TWO_SIZE bytes in the old one, of which `size` come. */
enum { TWO_SIZE = 2 * MEDIA_PIECE + 777 };
struct media two_media(struct two *, ptrdiff_t size);

/* What an export from the old one says is wrong. */
enum err two_fault(struct two *, const char **fault);

#endif
