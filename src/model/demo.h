/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_H
#define MODEL_DEMO_H

#include "model/org.h"

/* demo.h - an organisation with the worked example network (domain.md section
 * 10, catalogue/demo.json): what ./start shows.
 *
 * Written through the same model calls as a leader's own typing, each state by
 * the person and on the day it says, so that the history is real too.  Dates
 * are moved by whole weeks so that the example never ages.
 * Tests: tests/model/demo.c, tests/model/catalogue_demo.c
 */
struct demo_person {
	struct str role; /* "leader", ..., "admin", "secretariat" */
	struct str name;
	struct id account;
};

struct demo {
	struct org org;
	struct id network;
	struct demo_person *people;
	ptrdiff_t n_people;
	struct str citizen_token; /* of Karen's code (model/code.h) */
};

/* Into a database without organisations; ERR_CONFLICT otherwise. */
enum err demo_create(struct db *, struct arena *, const struct keys *,
    int64_t now_us, struct demo *out) MUST_USE;

#endif
