/* SPDX-License-Identifier: MPL-2.0 */
#include "model/transfer_wire.h"

#include <assert.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { HEAD_BYTES = 3, NUMBER_BYTES = 8, LENGTH_BYTES = 4 };
#define RECORD_BYTES ((ptrdiff_t)256 * 1024 * 1024)

/* ---- writing ---- */

static void
put_number(struct buf *b, uint64_t x, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_byte(b, (char)(unsigned char)(x >> (8 * i)));
}

static void
put_text(struct buf *b, char type, struct str s)
{
	buf_byte(b, type);
	put_number(b, (uint64_t)s.n, LENGTH_BYTES);
	buf_add(b, s);
}

static void
put_value(struct buf *b, const struct db_value *v)
{
	uint64_t bits = 0;
	switch (v->type) {
	case DB_INT_T:
		buf_byte(b, 'i');
		put_number(b, (uint64_t)v->i, NUMBER_BYTES);
		break;
	case DB_REAL_T:
		memcpy(&bits, &v->r, sizeof bits);
		buf_byte(b, 'r');
		put_number(b, bits, NUMBER_BYTES);
		break;
	case DB_TEXT_T:
		put_text(b, 't', v->s);
		break;
	case DB_BLOB_T:
		put_text(b, 'b',
		    v->is_id
			? (struct str){(const char *)v->id.b, sizeof v->id.b}
			: v->s);
		break;
	case DB_NULL_T:
	case DB_END:
		buf_byte(b, 'n');
		break;
	}
}

enum err
wire_put(struct wire_out *out, struct arena *scratch, enum wire_kind kind,
    const struct db_row *row)
{
	struct buf b = buf_new(scratch, RECORD_BYTES);
	assert(row->n <= WIRE_VALUES);
	buf_byte(&b, (char)kind);
	put_number(&b, (uint64_t)row->n, HEAD_BYTES - 1);
	for (ptrdiff_t i = 0; i < row->n; i++) {
		if (row->value[i].s.n > WIRE_VALUE_BYTES)
			return ERR_TOO_LARGE;
		put_value(&b, &row->value[i]);
	}
	return b.full ? ERR_TOO_LARGE : out->write(out->arg, buf_str(&b));
}

/* ---- reading ---- */

static enum err
get_number(struct wire_in *in, int bytes, uint64_t *x)
{
	unsigned char b[NUMBER_BYTES];
	enum err e = in->read(in->arg, (char *)b, bytes);
	*x = 0;
	for (int i = bytes - 1; e == ERR_OK && i >= 0; i--)
		*x = *x << 8 | b[i];
	return e;
}

static enum err
get_text(struct wire_in *in, struct arena *a, struct str *s)
{
	uint64_t n;
	enum err e = get_number(in, LENGTH_BYTES, &n);
	if (e == ERR_OK && n > (uint64_t)WIRE_VALUE_BYTES)
		e = ERR_INVALID;
	if (e != ERR_OK)
		return e;
	char *p = arena_new(a, char, (ptrdiff_t)n + 1);
	*s = (struct str){p, (ptrdiff_t)n};
	return n == 0 ? ERR_OK : in->read(in->arg, p, s->n);
}

static enum err
get_value(struct wire_in *in, struct arena *a, struct db_value *v)
{
	char type;
	uint64_t x = 0;
	struct str s = {0};
	enum err e = in->read(in->arg, &type, 1);
	*v = DB_NULL;
	if (e != ERR_OK || type == 'n')
		return e;
	if (type == 'i' || type == 'r')
		e = get_number(in, NUMBER_BYTES, &x);
	else if (type == 't' || type == 'b')
		e = get_text(in, a, &s);
	else
		e = ERR_INVALID;
	if (e != ERR_OK)
		return e;
	*v = type == 't' ? DB_TEXT(s) : DB_BLOB(s);
	if (type == 'i')
		*v = DB_INT((int64_t)x);
	if (type == 'r') {
		*v = DB_REAL(0);
		memcpy(&v->r, &x, sizeof v->r);
	}
	return type == 't' && (!utf8_valid(s) || str_find_byte(s, '\0') >= 0)
	    ? ERR_INVALID
	    : ERR_OK;
}

static bool
is_kind(char c)
{
	return c == WIRE_HEAD || c == WIRE_TABLE || c == WIRE_ROW ||
	    c == WIRE_PIECE || c == WIRE_END;
}

enum err
wire_get(struct wire_in *in, struct arena *a, struct wire_record *out)
{
	char kind;
	uint64_t n = 0;
	enum err e = in->read(in->arg, &kind, 1);
	if (e == ERR_OK)
		e = get_number(in, HEAD_BYTES - 1, &n);
	if (e == ERR_OK && (!is_kind(kind) || n > WIRE_VALUES))
		e = ERR_INVALID;
	if (e != ERR_OK)
		return e;
	struct db_value *v = arena_new(a, struct db_value, (ptrdiff_t)n);
	for (uint64_t i = 0; e == ERR_OK && i < n; i++)
		e = get_value(in, a, &v[i]);
	*out = (struct wire_record){(enum wire_kind)kind, {v, (ptrdiff_t)n}};
	return e;
}

/* ---- from bytes ---- */

static enum err
read_from(void *arg, char *to, ptrdiff_t n)
{
	struct str *rest = arg;
	if (rest->n < n)
		return ERR_INVALID;
	memcpy(to, rest->p, (size_t)n);
	*rest = str_sub(*rest, n, rest->n);
	return ERR_OK;
}

struct wire_in
wire_from(struct str *rest)
{
	return (struct wire_in){read_from, rest};
}
