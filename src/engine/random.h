/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_RANDOM_H
#define ENGINE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* random.h - chance that can be repeated: a stream of bytes from a seed.
 *
 * The same seed and purpose give the same stream on every machine and with
 * every compiler: key = BLAKE2b-256("samskab engine 1", purpose, seed), stream
 * = ChaCha20 (RFC 8439) with that key and nonce 0.  A purpose keeps two uses
 * of one seed apart ("draw", "bootstrap").  Nobody who does not know the seed
 * can tell the stream from chance, so a seed that is committed to before a
 * draw and published after it binds whoever draws.
 *
 * One thread at a time.  Tests: tests/engine/random.c
 */
enum { RANDOM_BYTES = 1024 };

struct random {
	unsigned char key[32];
	uint64_t block; /* how many blocks of RANDOM_BYTES were made */
	unsigned char bytes[RANDOM_BYTES];
	int at;
};

struct random random_new(struct str seed, struct str purpose);

uint64_t random_u64(struct random *);

/* 0 .. n - 1, each exactly as likely; n > 0. */
uint64_t random_below(struct random *, uint64_t n);

/* [0, 1), a multiple of 2^-53. */
double random_unit(struct random *);

/* Puts 0 .. n - 1 into `order`, every order as likely (Fisher and Yates). */
void random_order(struct random *, ptrdiff_t *order, ptrdiff_t n);

#endif
