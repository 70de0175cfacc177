/* SPDX-License-Identifier: MPL-2.0 */
#include "base/rand.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static _Atomic uint64_t fixed;

void
rand_fix(uint64_t seed)
{
	fixed = seed;
}

/* splitmix64 (Steele, Lea, Flood 2014): for tests, not for secrets. */
static uint64_t
next_fixed(void)
{
	uint64_t z = atomic_fetch_add(&fixed, UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

void
rand_bytes(void *out, ptrdiff_t n)
{
	char *p = out;
	while (n > 0) {
		ptrdiff_t step = n < 8 ? n : 8;
		if (fixed != 0) {
			uint64_t bits = next_fixed();
			memcpy(p, &bits, (size_t)step);
		} else {
			step = n < 256 ? n : 256;
			if (getrandom(p, (size_t)step, 0) != step)
				abort();
		}
		p += step;
		n -= step;
	}
}
