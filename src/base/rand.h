/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_RAND_H
#define BASE_RAND_H

#include <stddef.h>
#include <stdint.h>

/* rand.h - unpredictable bytes from the kernel (getrandom).
 *
 * For ids, secrets and keys.  The engine does not use it: its randomness
 * comes from a seed that is published with the result.
 */

/* Never fails: without a source of randomness the program stops. */
void rand_bytes(void *out, ptrdiff_t n);

/* Tests only: from now on a reproducible stream; 0 returns to the kernel's. */
void rand_fix(uint64_t seed);

#endif
