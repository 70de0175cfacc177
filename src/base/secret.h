/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/str.h"

/* secret.h - tokens, hashes, and boxes that only a key opens (libsodium).
 *
 * Tokens are shown once and stored as a hash.  A keyed hash looks up what must
 * not be stored in clear (a mail address).  A sealed box holds what must be
 * readable again with the installation's key only.
 * Tests: tests/base/secret.c
 */
enum {
	HASH_BYTES = 32,
	KEY_BYTES = 32,
	SEAL_EXTRA = 24 + 16, /* nonce and authenticator */
};

struct hash {
	unsigned char b[HASH_BYTES];
};

struct key {
	unsigned char b[KEY_BYTES];
};

/* Once a process, before any other call here. */
void secret_init(void);

struct key key_new(void);

/* A key for one use, derived from another: key_derive(k, S("csrf")). */
struct key key_derive(const struct key *, struct str purpose);

struct hash hash_of(struct str); /* BLAKE2b-256 */
struct hash hash_keyed(const struct key *, struct str); /* the same, keyed */
struct str hash_bytes(struct arena *, struct hash); /* 32 raw bytes */
struct str hash_hex(struct arena *, struct hash); /* 64 characters */
bool hash_eq(struct hash, struct hash); /* constant time */

/* HMAC-SHA-256 (RFC 2104), 64 characters: for programs of others. */
struct str hmac_sha256_hex(struct arena *, struct str key, struct str text);

/* A new token of 130 random bits: 26 characters of Crockford base32. */
struct str token_new(struct arena *);

/* The same each time for the same hash, with 130 bits of it. */
struct str token_of(struct arena *, struct hash);

/* What was typed, as token_new() would have written it: case, spaces, dashes
 * and O/0, I/L/1 forgiven.  Empty when it cannot be a token. */
struct str token_normal(struct arena *, struct str typed);

/* "ABCD-EFGH-..." for paper. */
struct str token_groups(struct arena *, struct str token);

/* XChaCha20-Poly1305 with a random nonce before it; `context` must be the same
 * again at opening (ids of the row), so that boxes cannot be swapped. */
struct str seal(
    struct arena *, const struct key *, struct str plain, struct str context);
bool seal_open(struct arena *, const struct key *, struct str box,
    struct str context, struct str *plain) MUST_USE;

/* RFC 4648 base64 with padding. */
struct str base64(struct arena *, struct str bytes);

/* RFC 4648 base32 without padding (TOTP secrets). */
struct str base32(struct arena *, struct str bytes);

#endif
