/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_GUARDIAN_H
#define MODEL_GUARDIAN_H

#include "model/person.h"
#include "model/rules.h"

/* guardian.h - rule R4 about one person: a child's yes counts with that of a
 * guardian, where the network asks for consent.
 * Tests: tests/web/child.c, tests/model/citizen.c
 */
struct guardian {
	struct rule_limits limits;
	bool by_consent;
};

/* Of the network `who` is in. */
enum err guardian_load(struct db *, struct arena *, const struct actor *,
    struct guardian *) MUST_USE;

bool guardian_is_missing(
    struct arena *, const struct guardian *, const struct person *);

/* The same of one person, with what is needed read. */
enum err guardian_asked(struct db *, struct arena *, const struct actor *,
    const struct person *, bool *missing) MUST_USE;

#endif
