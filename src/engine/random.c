/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/random.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

#include <sodium.h>

enum { BLOCKS = RANDOM_BYTES / 64 }; /* of ChaCha20 */

static void
hash_part(crypto_generichash_state *state, struct str part)
{
	unsigned char n[8];
	for (int i = 0; i < 8; i++)
		n[i] = (unsigned char)((uint64_t)part.n >> (8 * i));
	crypto_generichash_update(state, n, sizeof n);
	crypto_generichash_update(
	    state, (const unsigned char *)part.p, (unsigned long long)part.n);
}

struct random
random_new(struct str seed, struct str purpose)
{
	struct random r = {.at = RANDOM_BYTES};
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof r.key);
	hash_part(&state, S("samskab engine 1"));
	hash_part(&state, purpose);
	hash_part(&state, seed);
	crypto_generichash_final(&state, r.key, sizeof r.key);
	return r;
}

static void
refill(struct random *r)
{
	static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
	memset(r->bytes, 0, sizeof r->bytes);
	crypto_stream_chacha20_xor_ic(r->bytes, r->bytes, sizeof r->bytes,
	    nonce, r->block * BLOCKS, r->key);
	r->block++;
	r->at = 0;
}

uint64_t
random_u64(struct random *r)
{
	uint64_t x;
	if (r->at == RANDOM_BYTES)
		refill(r);
	memcpy(&x, r->bytes + r->at, sizeof x);
	r->at += 8;
	return le64toh(x);
}

/* The top part of the range that does not divide evenly is drawn again. */
uint64_t
random_below(struct random *r, uint64_t n)
{
	assert(n > 0);
	uint64_t last = UINT64_MAX - (UINT64_MAX % n + 1) % n;
	uint64_t x;
	do {
		x = random_u64(r);
	} while (x > last);
	return x % n;
}

double
random_unit(struct random *r)
{
	return (double)(random_u64(r) >> 11) * 0x1p-53;
}

void
random_order(struct random *r, ptrdiff_t *order, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t j = (ptrdiff_t)random_below(r, (uint64_t)i + 1);
		order[i] = order[j];
		order[j] = i;
	}
}
