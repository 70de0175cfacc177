/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_CLI_PROGRAM_H
#define TESTS_CLI_PROGRAM_H

#include <sys/types.h>

#include "tests/test.h"

/* program.h - the program as a person runs it: SAMSKAB_BINARY, or
 * build/samskab. */
struct program_result {
	int status;
	struct str out, err; /* small ones only: they wait in the pipes */
};

/* `args` ends with NULL. */
struct program_result program_run(struct arena *, const char *const *args);
#define RUN(...) program_run(arena, (const char *const[]){__VA_ARGS__, NULL})

/* A data folder that is not there yet, for whoever the program becomes. */
const char *program_data(struct arena *);

/* A server that answers; killed when the arena closes. */
struct program_server {
	pid_t *pid;
	int port;
};
void program_serve(struct program_server *, struct arena *, const char *data,
    const char *const *options);
/* Sends it SIGTERM; its exit status. */
int program_stop(struct program_server *);

/* One request as it stands, and all of the answer. */
struct str program_ask(
    struct arena *, const struct program_server *, struct str request);

#endif
