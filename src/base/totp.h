/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_TOTP_H
#define BASE_TOTP_H

#include "base/str.h"

/* totp.h - six-digit codes from an authenticator app (RFC 6238).
 *
 * HMAC-SHA-1, 30 s steps, 6 digits: what every authenticator app supports.
 * Tests: tests/base/totp.c (the vectors of RFC 6238 appendix B)
 */
enum { TOTP_KEY_BYTES = 20, TOTP_STEP_SECONDS = 30 };

/* The code (0..999999) of one time step. */
int totp_code(struct str key, int64_t step);

/* The step, at most one away from now, whose code is `typed` (6 digits, spaces
 * forgiven); -1 when there is none.  A caller refuses a step that is not
 * newer than the last one used. */
int64_t totp_match(struct str key, int64_t now_us, struct str typed);

#endif
