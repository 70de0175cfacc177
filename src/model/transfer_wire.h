/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TRANSFER_WIRE_H
#define MODEL_TRANSFER_WIRE_H

#include "db/db.h"

/* transfer_wire.h - the records that a network is moved in, as bytes.
 *
 *	record	kind (1), number of values (2), values
 *	value	type (1): n nothing, i a whole number (8), r a real number
 *		(8, IEEE 754), t text or b bytes (length 4, then they)
 *
 * Numbers are little-endian.  What is read is written again as the same bytes.
 * Memory: a record at a time, on the caller's arena.
 * Tests: tests/model/transfer_wire.c, tests/fuzz/transfer.c
 */
enum { WIRE_VALUES = 160 };
#define WIRE_VALUE_BYTES ((ptrdiff_t)16 * 1024 * 1024)

enum wire_kind {
	WIRE_HEAD = 'H', /* what it is, and of which schema */
	WIRE_TABLE = 'T', /* a table's name and its columns' */
	WIRE_ROW = 'R', /* of the table that was named last */
	WIRE_PIECE = 'P', /* of a file of the row before: name, number, bytes */
	WIRE_END = 'E', /* how many rows there were */
};

struct wire_out {
	enum err (*write)(void *arg, struct str bytes);
	void *arg;
};

struct wire_in {
	/* Exactly `n` bytes; ERR_INVALID: there are not so many. */
	enum err (*read)(void *arg, char *to, ptrdiff_t n);
	void *arg;
};

struct wire_record {
	enum wire_kind kind;
	struct db_row row;
};

/* `scratch` is filled with one record and not emptied. */
enum err wire_put(struct wire_out *, struct arena *scratch, enum wire_kind,
    const struct db_row *) MUST_USE;

/* ERR_INVALID: no such record, text that is no UTF-8 or has a NUL byte, or it
 * ends within. */
enum err wire_get(
    struct wire_in *, struct arena *, struct wire_record *) MUST_USE;

/* From bytes, for tests and small things: `rest` is what is left of them. */
struct wire_in wire_from(struct str *rest);

#endif
