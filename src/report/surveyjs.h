/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_SURVEYJS_H
#define REPORT_SURVEYJS_H

#include "model/measure.h"

/* surveyjs.h - the questions of a measurement as SurveyJS describes a form
 * (JSON), and out of it.
 *
 * Written: a radiogroup of 1 to 5 with "don't know" for each question, in both
 * languages, named by its key in the bank or its number; what it was like then
 * on a page before; the question in words; a field for the code.
 *
 * Read: rating, radiogroup, dropdown, buttongroup and single-choice matrix, from
 * 1 to 5 each, in pages and panels.  What else is in the file is listed with the
 * reason why it is not taken.  Memory: the caller's arena.
 * Tests: tests/report/surveyjs.c, tests/fuzz/surveyjs.c
 */
enum { SURVEYJS_BYTES = 1024 * 1024, SURVEYJS_LEFT = 50 };

struct str surveyjs_write(struct arena *, const struct measure *);

struct surveyjs {
	struct measure_item item[MEASURE_ITEMS];
	ptrdiff_t n;
	struct surveyjs_left {
		struct str name;
		const char *why; /* msgid */
	} left[SURVEYJS_LEFT];
	ptrdiff_t n_left;
	const char *fault; /* msgid; NULL: it is a form */
	int64_t line, column; /* of the fault; 0: of the whole */
};
bool surveyjs_read(struct arena *, struct str json, struct surveyjs *) MUST_USE;

#endif
