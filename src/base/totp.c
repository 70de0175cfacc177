/* SPDX-License-Identifier: MPL-2.0 */
#include "base/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>

#include "base/clock.h"

int
totp_code(struct str key, int64_t step)
{
	unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (HMAC(EVP_sha1(), key.p, (int)key.n, counter, sizeof counter, mac,
		&n) == NULL)
		abort();

	int at = mac[n - 1] & 15; /* RFC 4226 section 5.3 */
	uint32_t bits = (uint32_t)(mac[at] & 0x7f) << 24 |
	    (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 |
	    mac[at + 3];
	return (int)(bits % 1000000);
}

/* Six digits with spaces between; -1 for anything else. */
static int
typed_code(struct str typed)
{
	int code = 0, digits = 0;
	for (ptrdiff_t i = 0; i < typed.n; i++) {
		if (typed.p[i] == ' ')
			continue;
		if (typed.p[i] < '0' || typed.p[i] > '9' || ++digits > 6)
			return -1;
		code = code * 10 + (typed.p[i] - '0');
	}
	return digits == 6 ? code : -1;
}

int64_t
totp_match(struct str key, int64_t now_us, struct str typed)
{
	int code = typed_code(typed);
	int64_t now = now_us / SECOND_US / TOTP_STEP_SECONDS;
	for (int64_t step = now - 1; code >= 0 && step <= now + 1; step++) {
		if (totp_code(key, step) == code)
			return step;
	}
	return -1;
}
