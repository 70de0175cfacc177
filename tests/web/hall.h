/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_WEB_HALL_H
#define TESTS_WEB_HALL_H

#include "model/measure.h"
#include "tests/web/site.h"

/* hall.h - a site with a citizen who has a code, and a measurement of two
 * questions whose round is open. */
struct hall {
	struct web web;
	struct str code; /* "/c/CODE" of Karen */
	struct measure m;
};

void hall_new(struct hall *, struct arena *, struct db *);
void hall_open(struct hall *, const char *design, const char *door);

/* "/c/CODE/maaling/ID", "/maaling/ID", "/netvaerk/N/maalinger/ID". */
struct str hall_citizen(struct hall *, const char *rest);
struct str hall_open_path(struct hall *);
struct str hall_staff(struct hall *, const char *rest);

/* Reads the measurement anew; its last round. */
struct measure_round hall_round(struct hall *);
/* So many answer, around `mark`, and the round closes. */
void hall_answers(struct hall *, int people, int mark);

#endif
