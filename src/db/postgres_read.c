/* SPDX-License-Identifier: MPL-2.0 */
#include "db/postgres.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/log.h"

/* Type numbers of pg_type.dat that our statements can give. */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701,
	OID_UNKNOWN = 705,
	OID_BPCHAR = 1042,
	OID_VARCHAR = 1043,
	OID_NUMERIC = 1700,
	OID_UUID = 2950,
};

static uint64_t
big_endian(const unsigned char *p, int n)
{
	uint64_t x = 0;
	for (int i = 0; i < n; i++)
		x = x << 8 | p[i];
	return x;
}

static int64_t
read_int(const unsigned char *p, int n)
{
	uint64_t x = big_endian(p, n);
	if (n == 2)
		return (int16_t)x;
	if (n == 4)
		return (int32_t)x;
	return (int64_t)x;
}

static double
read_float(const unsigned char *p, int n)
{
	uint64_t x = big_endian(p, n);
	if (n == 4) {
		float f;
		uint32_t narrow = (uint32_t)x;
		memcpy(&f, &narrow, sizeof f);
		return (double)f;
	}
	double d;
	memcpy(&d, &x, sizeof d);
	return d;
}

/* SUM over bigint gives numeric: 16-bit counts of base-10000 digits, the first
 * one's weight, sign and decimals, then the digits.  Whole ones are read as
 * int64_t, as SQLite gives them. */
static struct db_value
read_numeric(const unsigned char *p, int n)
{
	enum { HEAD = 8, NEGATIVE = 0x4000 };
	assert(n >= HEAD);
	int digits = (int)read_int(p, 2), weight = (int)read_int(p + 2, 2);
	bool negative = big_endian(p + 4, 2) == NEGATIVE;
	int decimals = (int)read_int(p + 6, 2);
	assert(n == HEAD + 2 * digits);
	if (decimals > 0 || weight > 4) {
		double x = 0;
		for (int i = 0; i < digits; i++)
			x += (double)read_int(p + HEAD + 2 * i, 2) *
			    pow(10000, weight - i);
		return DB_REAL(negative ? -x : x);
	}
	int64_t whole = 0;
	for (int i = 0; i <= weight; i++) {
		int64_t digit = i < digits ? read_int(p + HEAD + 2 * i, 2) : 0;
		if (__builtin_mul_overflow(whole, 10000, &whole) ||
		    __builtin_add_overflow(whole, digit, &whole))
			return DB_REAL(negative ? -INFINITY : INFINITY);
	}
	return DB_INT(negative ? -whole : whole);
}

struct db_value
pg_read(struct arena *a, const PGresult *r, int row, int column)
{
	if (PQgetisnull(r, row, column))
		return DB_NULL;
	const void *p = PQgetvalue(r, row, column);
	int n = PQgetlength(r, row, column);
	switch (PQftype(r, column)) {
	case OID_BOOL:
		return DB_INT(*(const char *)p != 0);
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
		return DB_INT(read_int(p, n));
	case OID_FLOAT4:
	case OID_FLOAT8:
		return DB_REAL(read_float(p, n));
	case OID_NUMERIC:
		return read_numeric(p, n);
	case OID_TEXT:
	case OID_VARCHAR:
	case OID_BPCHAR:
	case OID_UNKNOWN:
		return DB_TEXT(db_copy(a, p, n));
	case OID_BYTEA:
	case OID_UUID:
		return DB_BLOB(db_copy(a, p, n));
	default:
		log_event(LOG_ERROR, "pg_type_unknown",
		    LOG_INT("oid", (int64_t)PQftype(r, column)));
		return DB_NULL;
	}
}
