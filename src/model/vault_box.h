/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_VAULT_BOX_H
#define MODEL_VAULT_BOX_H

#include "model/vault.h"

/* vault_box.h - sealing for one person; for src/model/vault*.c alone. */

/* A new key for the person, and as it is stored. */
struct vault_key {
	struct key own;
	struct str wrapped;
};
struct vault_key vault_key_new(
    struct arena *, const struct actor *, struct id person);
/* False: wrapped with another key, or damaged. */
bool vault_key_open(struct arena *, const struct actor *, struct id person,
    struct str wrapped, struct key *own) MUST_USE;

/* `what` names the column: a box opens in its own only. */
struct str vault_box(struct arena *, const struct actor *, const struct key *,
    struct id person, const char *what, struct str plain);
/* "" when it does not open. */
struct str vault_unbox(struct arena *, const struct actor *, const struct key *,
    struct id person, const char *what, struct str box);

#endif
