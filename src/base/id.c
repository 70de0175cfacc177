/* SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"

#include <string.h>

#include "base/rand.h"

enum { TEXT_BYTES = 36 };

/* Milliseconds in 48 bits, then the microseconds within in the 12 bits that
 * RFC 9562 section 6.2 (method 3) leaves for them, then 62 random bits. */
struct id
id_new(int64_t now_us)
{
	struct id id;
	uint64_t ms = (uint64_t)(now_us / 1000);
	unsigned fraction = (unsigned)(now_us % 1000 * 4096 / 1000);
	rand_bytes(id.b, sizeof id.b);
	for (int i = 0; i < 6; i++)
		id.b[i] = (unsigned char)(ms >> (40 - 8 * i));
	id.b[6] = (unsigned char)(0x70 | fraction >> 8);
	id.b[7] = (unsigned char)(fraction & 0xff);
	id.b[8] = (unsigned char)(0x80 | (id.b[8] & 0x3f));
	return id;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool
is_dash(ptrdiff_t i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

bool
id_parse(struct str s, struct id *out)
{
	struct id id = {0};
	int at = 0;
	if (s.n != TEXT_BYTES)
		return false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (is_dash(i)) {
			if (s.p[i] != '-')
				return false;
			continue;
		}
		int digit = hex_digit(s.p[i]);
		if (digit < 0)
			return false;
		id.b[at / 2] = (unsigned char)(id.b[at / 2] << 4 | digit);
		at++;
	}
	*out = id;
	return true;
}

struct str
id_text(struct arena *a, struct id id)
{
	static const char digit[] = "0123456789abcdef";
	char *text = arena_new(a, char, TEXT_BYTES), *p = text;
	for (int i = 0; i < (int)sizeof id.b; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = digit[id.b[i] >> 4];
		*p++ = digit[id.b[i] & 15];
	}
	return (struct str){text, TEXT_BYTES};
}

bool
id_eq(struct id x, struct id y)
{
	return id_cmp(x, y) == 0;
}

int
id_cmp(struct id x, struct id y)
{
	return memcmp(x.b, y.b, sizeof x.b);
}

bool
id_is_set(struct id id)
{
	return !id_eq(id, (struct id){0});
}

/* The moment, the version and variant bits, and else what was given. */
struct id
id_beside(struct id id, const unsigned char *bytes)
{
	id.b[6] = (unsigned char)((id.b[6] & 0xf0) | (bytes[6] & 0x0f));
	id.b[8] = (unsigned char)((id.b[8] & 0xc0) | (bytes[8] & 0x3f));
	id.b[7] = bytes[7];
	for (int i = 9; i < (int)sizeof id.b; i++)
		id.b[i] = bytes[i];
	return id;
}

bool
ids_have(const struct ids *ids, struct id id)
{
	for (ptrdiff_t i = 0; i < ids->n; i++) {
		if (id_eq(ids->list[i], id))
			return true;
	}
	return false;
}
