/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_ENVELOPE_H
#define BASE_ENVELOPE_H

#include "base/str.h"

/* envelope.h - boxes that anybody may close and one key alone opens, as a
 * browser can make them (WebCrypto; assets/field.js is the other half):
 *
 *	point of a new P-256 key (65 bytes) | AES-256-GCM of the text | tag (16)
 *
 * The key of the box is HKDF-SHA-256 of what the new key and the receiver's
 * have in common (ECDH), with both points as its salt and "samskab envelope 1"
 * and the context as its info.  It closes one box, so the nonce is zero.
 * Nobody is vouched for: who sent it must be known from elsewhere.
 * Tests: tests/base/envelope.c
 */
enum {
	ENVELOPE_POINT = 65,
	ENVELOPE_EXTRA = ENVELOPE_POINT + 16,
};

struct envelope_pair {
	struct str point; /* public: an uncompressed point */
	struct str secret; /* the private key, as DER */
};

struct envelope_pair envelope_pair_new(struct arena *);

/* {0}: the point is none. */
struct str envelope_close(
    struct arena *, struct str point, struct str plain, struct str context);

/* False: for another key or context, or damaged. */
bool envelope_open(struct arena *, const struct envelope_pair *, struct str box,
    struct str context, struct str *plain) MUST_USE;

#endif
