/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CODE_H
#define MODEL_CODE_H

#include "model/org.h"

/* code.h - a citizen's code, as it stands on paper: "FJ7K-3Q2M-...-9T".
 *
 * The organisation's short code, so that no look-up crosses organisations,
 * then a token of 130 random bits (base/secret.h), in groups of four.  Case,
 * spaces, dashes and O/0, I/L/1 are forgiven.  Only the token's hash is kept,
 * so a code is shown when it is made and never again.
 * Tests: tests/model/code.c, tests/fuzz/typed.c
 */
struct code {
	struct str short_code; /* as typed, in its forgiven form */
	struct str token;
};

/* For paper and addresses. */
struct str code_text(struct arena *, struct str short_code, struct str token);

/* False: it cannot be a code. */
bool code_parse(struct arena *, struct str typed, struct code *) MUST_USE;

/* Whose it is; NULL: nobody's. */
const struct org *code_org(
    const struct orgs *, struct arena *, const struct code *);

#endif
