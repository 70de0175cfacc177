/* SPDX-License-Identifier: MPL-2.0 */
#include "model/transfer_wire.h"

#include "base/buf.h"
#include "tests/model/transfer_place.h"

static struct str
record(struct arena *a, const struct db_value *v, ptrdiff_t n)
{
	struct buf b = buf_new(a, 1024 * 1024);
	struct wire_out out = {place_keep, &b};
	struct db_row row = {v, n};
	CHECK_OK(wire_put(&out, a, WIRE_ROW, &row));
	return buf_str(&b);
}

static enum err
read_again(struct arena *a, struct str bytes, struct wire_record *r)
{
	struct wire_in in = wire_from(&bytes);
	return wire_get(&in, a, r);
}

TEST(wire_values_come_back_as_they_were)
{
	struct wire_record r;
	const struct db_value v[] = {DB_INT(INT64_MIN), DB_INT(-1), DB_NULL,
	    DB_REAL(-0.5), DB_TEXT(S("Æble")), DB_TEXT(S("")),
	    DB_BLOB(S("\x00\xff")), DB_ID(((struct id){{1, 2, 3}}))};
	struct str bytes = record(arena, v, COUNT_OF(v));
	CHECK_OK(read_again(arena, bytes, &r));
	CHECK_INT(r.kind, WIRE_ROW);
	CHECK_INT(r.row.n, COUNT_OF(v));
	CHECK_INT(db_int(&r.row, 0), INT64_MIN);
	CHECK_INT(db_int(&r.row, 1), -1);
	CHECK(db_is_null(&r.row, 2));
	CHECK(db_real(&r.row, 3) == -0.5);
	CHECK_STR(db_text(&r.row, 4), S("Æble"));
	CHECK_STR(db_text(&r.row, 5), S(""));
	CHECK_STR(db_blob(&r.row, 6), S("\x00\xff"));
	CHECK_INT(db_id(&r.row, 7).b[2], 3);
	CHECK_STR(record(arena, r.row.value, r.row.n), bytes);
	for (ptrdiff_t n = 0; n < bytes.n; n++)
		CHECK_INT(
		    read_again(arena, str_sub(bytes, 0, n), &r), ERR_INVALID);
}

TEST(wire_nonsense_is_refused)
{
	struct wire_record r;
	static const struct str bad[] = {S_INIT("X\x00\x00"),
	    S_INIT("R\xff\xffn"), S_INIT("R\x01\x00q"),
	    S_INIT("R\x01\x00t\xff\xff\xff\xff"),
	    S_INIT("R\x01\x00t\x01\x00\x00\x00\xe5"),
	    S_INIT("R\x01\x00t\x02\x00\x00\x00"
		   "a\x00")};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK_INT(read_again(arena, bad[i], &r), ERR_INVALID);
	CHECK_OK(read_again(arena,
	    S("R\x01\x00t\x02\x00\x00\x00"
	      "ab"),
	    &r));
	CHECK_STR(db_text(&r.row, 0), S("ab"));
}
