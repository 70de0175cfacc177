/* SPDX-License-Identifier: MPL-2.0 */

/* The records of a network that is moved: what is read is written again as the
 * same bytes, to the last that was read. */

#include "base/buf.h"
#include "base/utf8.h"
#include "model/transfer_wire.h"
#include "tests/fuzz.h"

static enum err
keep(void *arg, struct str bytes)
{
	buf_add(arg, bytes);
	return ERR_OK;
}

static void
look(const struct db_value *v)
{
	MUST(v->type == DB_NULL_T || v->type == DB_INT_T ||
	    v->type == DB_REAL_T || v->type == DB_TEXT_T ||
	    v->type == DB_BLOB_T);
	if (v->type == DB_TEXT_T)
		MUST(utf8_valid(v->s) && str_find_byte(v->s, '\0') < 0);
}

FUZZ(input)
{
	struct str rest = input;
	struct wire_in in = wire_from(&rest);
	struct buf again = buf_new(arena, input.n + 1);
	struct wire_out out = {keep, &again};
	struct wire_record r;
	ptrdiff_t whole = 0;
	while (rest.n > 0 && wire_get(&in, arena, &r) == ERR_OK) {
		MUST(r.row.n <= WIRE_VALUES);
		for (ptrdiff_t i = 0; i < r.row.n; i++)
			look(&r.row.value[i]);
		MUST(wire_put(&out, arena, r.kind, &r.row) == ERR_OK);
		whole = input.n - rest.n;
		MUST(again.n == whole);
	}
	MUST(str_eq(buf_str(&again), str_sub(input, 0, whole)));
}
