/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_TOOLS_RUN_H
#define TESTS_TOOLS_RUN_H

#include "tests/test.h"

/* run.h - runs a program of build/tools as the build does, from the top of
 * the tree, and keeps what it says. */
struct run_result {
	int status; /* exit status; 128 + N when signal N ended it */
	struct str out; /* stdout and stderr, in the order written */
};

/* argv[0] is the program; the list ends with NULL. */
struct run_result run_program(struct arena *, const char *const *argv);
#define RUN(arena, ...) \
	run_program((arena), (const char *const[]){__VA_ARGS__, NULL})

/* The same in another folder (NULL: this one). */
struct run_result run_program_in(
    struct arena *, const char *dir, const char *const *argv);

/* DIR/name as a C string. */
const char *path_in(struct arena *, struct str dir, const char *name);

/* Writes DIR/name, folders in the name included, and gives its path. */
const char *write_in(
    struct arena *, struct str dir, const char *name, struct str text);

#endif
