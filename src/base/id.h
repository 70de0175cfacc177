/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/str.h"

/* id.h - UUIDv7 (RFC 9562): the name of a row.
 *
 * Ids sort by the time they were made, so that rows made together lie
 * together.  They are no secrets: what must not be guessed is a token
 * (base/secret.h).  {0} is no id.  Text: 36 characters, lower case.
 * Tests: tests/base/id.c
 */
struct id {
	unsigned char b[16];
};

struct ids {
	struct id *list;
	ptrdiff_t n;
};

struct id id_new(int64_t now_us);
bool id_parse(struct str, struct id *out) MUST_USE; /* any RFC 9562 UUID */
struct str id_text(struct arena *, struct id);
bool id_eq(struct id, struct id);
int id_cmp(struct id, struct id);
bool id_is_set(struct id);
/* Another id of the same moment, made of at least 16 bytes that look random, e.g.
 * a hash. */
struct id id_beside(struct id, const unsigned char *bytes);
bool ids_have(const struct ids *, struct id); /* looks at each */

#endif
