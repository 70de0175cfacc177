/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/settings.h"
#include "web/serve.h"

/* cli.h - what all commands share: options, errors, exit status.
 *
 * A command prints what was asked for on stdout, errors as one line
 * "samskab CMD: message" on stderr, and ends with 0 (done), 1 (done, and found
 * something) or 2 (wrong use, wrong input, or it cannot be done now).
 * Tests: tests/cli/
 */
struct cli {
	const char *name; /* of the command */
	struct arena *arena; /* of the process */
	struct settings settings;
	struct str admin, organisation, host,
	    head; /* options of some commands */
	bool json;
	struct str argument[4]; /* what is not an option */
	int n_arguments;
};

struct command {
	const char *name;
	const char *usage; /* behind the name */
	const char *about; /* one sentence */
	int (*run)(struct cli *);
};

/* Reads the arguments behind the command's name into `cli`.  0, or the exit
 * status to end with (after saying why; --help ends with 0). */
int cli_options(struct cli *, const struct command *, int argc, char **argv);

/* Says "samskab CMD: text" on stderr; gives 2. */
int cli_fail(const struct cli *, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Says that --data is missing, or 0. */
int cli_need_data(const struct cli *);

/* The exit status of an outcome. */
int cli_exit(enum err);

int command_serve(struct cli *);
int command_init(struct cli *);
int command_demo(struct cli *);
int command_link(struct cli *);
int command_verify(struct cli *);

#endif
