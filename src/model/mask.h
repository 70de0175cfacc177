/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MASK_H
#define MODEL_MASK_H

#include "base/str.h"

/* mask.h - others are hidden in what is given to somebody about themselves.
 *
 * A name that is known (an alias or a full name of three letters or more), a
 * mail address, a phone number and a CPR number become "[...]".  What is the
 * person's own stays, but for a CPR number.  A name that nobody noted is not
 * found: who hands a paper out reads it first.
 * Linear in text times names.  Tests: tests/model/dossier.c
 */
struct mask {
	struct arena *arena;
	struct str *other; /* names of others */
	ptrdiff_t n, max;
	struct str own; /* all that is the person's own, a line each */
};

struct mask mask_new(struct arena *, ptrdiff_t max);
/* A name of somebody else: the whole of it. */
void mask_other(struct mask *, struct str name);

struct str mask_text(const struct mask *, struct str);

#endif
