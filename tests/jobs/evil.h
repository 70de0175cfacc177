/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_JOBS_EVIL_H
#define TESTS_JOBS_EVIL_H

#include "jobs/helper.h"

/* evil.h - kinds of the helper that try what a child must not be able to do,
 * and one that behaves. */

/* Input: a word that names the deed.  Output: "done", or "blocked: errno". */
extern const struct helper_kind evil_kind;
/* The same deeds by a child that may read fonts and start threads. */
extern const struct helper_kind evil_reader_kind;
/* Output: the input, upper case, after what prepare() left. */
extern const struct helper_kind good_kind;

/* A program that copies its input to its output, or tries to reach others. */
extern const struct helper_kind evil_program_kind;

extern const struct helper_kind *const evil_kinds[4];

/* Deeds that one errno answers.  The list ends with NULL. */
extern const char *const evil_deeds[];

/* Runs a deed here, in this process. */
struct str evil_try(struct arena *, struct str deed);

#endif
