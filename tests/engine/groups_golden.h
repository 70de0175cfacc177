/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_ENGINE_GROUPS_GOLDEN_H
#define TESTS_ENGINE_GROUPS_GOLDEN_H

#include <jansson.h>

#include "engine/votes.h"
#include "tests/test.h"

/* groups_golden.h - six real conversations and the answers of an independent
 * implementation, from SAMSKAB_GOLDEN/groups (../shared/golden without it). */
#define GOLDEN_GROUPS 6
extern const char *const golden_groups[GOLDEN_GROUPS];

struct golden {
	json_t *json; /* golden.json */
	struct votes votes; /* rows as golden's pids, columns as its tids */
	struct ballots ballots; /* the same, earliest first where it is known */
	int64_t *pid, *tid;
	bool *rejected, *meta;
};

/* Ends the test as skipped when the folder is not there. */
struct golden golden_open(struct arena *, const char *name);
json_t *golden_json(struct arena *, const char *name, const char *file);

/* A file of the conversation; NULL: it has none. */
const char *golden_path(struct arena *, const char *name, const char *file);

/* Fails the test when `got` differs from json[i] by more than `within`. */
void golden_near(double got, const json_t *list, ptrdiff_t i, double within);

#endif
