/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_KEYS_H
#define MODEL_KEYS_H

#include "base/err.h"
#include "base/secret.h"

/* keys.h - the keys of an installation.
 *
 * All are derived from one of 32 random bytes in DIR/key (mode 0600), outside
 * the database, so that a stolen database shows no names.  Lose it and the
 * vault is gone: back it up apart from the data.  Tests: tests/model/keys.c
 */
struct keys {
	struct key vault; /* wraps each person's own key */
	struct key lookup; /* keyed hashes of mail addresses */
	struct key mail; /* seals the outbox */
	struct key csrf;
	struct key totp;
	struct key ballot; /* who a ballot is from; secrets on paper */
};

struct keys keys_derive(const struct key *root);

/* Reads DIR/key; `create` makes it first when it is not there (and syncs file
 * and folder).  ERR_NOT_FOUND, ERR_DENIED when others may read it,
 * ERR_INVALID when it is not 32 bytes. */
enum err keys_load(struct str dir, bool create, struct keys *out) MUST_USE;

#endif
