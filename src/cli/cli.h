/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/lang.h"
#include "base/settings.h"
#include "web/serve.h"

/* cli.h - what all commands share: options, errors, exit status.
 *
 * A command prints what was asked for on stdout, errors as one line
 * "samskab CMD: message" on stderr, and ends with 0 (done), 1 (done, and found
 * something) or 2 (wrong use, wrong input, or it cannot be done now).
 * Tests: tests/cli/
 */
enum { CLI_ARGUMENTS = 64 };
#define CLI_FILE_BYTES ((ptrdiff_t)256 * 1024 * 1024)

struct cli {
	const char *name; /* of the command */
	struct arena *arena; /* of the process */
	struct settings settings;
	struct str admin, organisation, host, head, network, reason, leader,
	    passphrase; /* options of some commands */
	bool json;
	struct str argument[CLI_ARGUMENTS]; /* what is not an option */
	int n_arguments;
	enum lang lang; /* of what people read */
	int argc; /* behind the command's name, as they were given */
	char **argv;
};

/* An option of a command over files: one of the two is set. */
struct cli_option {
	const char *name; /* "--seed" */
	struct str *text; /* takes a value */
	bool *flag; /* takes none */
};

struct command {
	const char *name;
	const char *usage; /* behind the name */
	const char *about; /* one sentence */
	int (*run)(struct cli *);
	bool on_files; /* no installation: it reads its own options */
};

/* Reads the arguments behind the command's name into `cli`.  0, or the exit
 * status to end with (after saying why; --help ends with 0). */
int cli_options(struct cli *, const struct command *, int argc, char **argv);

/* Says "samskab CMD: text" on stderr; gives 2. */
int cli_fail(const struct cli *, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* For a command over files: --json, --lang da|en and the command's own options;
 * the rest are arguments, `least` to `most` of them.  0, or the exit status
 * after saying what is wrong. */
int cli_files(
    struct cli *, const struct cli_option *, ptrdiff_t n, int least, int most);

/* Reads a whole file ("-" is standard input), or says why it cannot; 0 or 2. */
int cli_read(struct cli *, struct str path, struct str *text);
/* Writes one whole, or says why not; 0 or 2. */
int cli_write(struct cli *, struct str path, struct str bytes);

/* "samskab CMD: FILE:LINE:COL: expected WHAT" on stderr; gives 2. */
int cli_fault(const struct cli *, struct str path, int64_t line, int64_t column,
    const char *expected);

/* Says that --data is missing, or 0. */
int cli_need_data(const struct cli *);

/* The same for --reason, which must be one line without a CPR number. */
int cli_need_reason(const struct cli *);

/* The exit status of an outcome. */
int cli_exit(enum err);

int command_serve(struct cli *);
int command_init(struct cli *);
int command_demo(struct cli *);
int command_link(struct cli *);
int command_person(struct cli *);
int command_export(struct cli *);
int command_import(struct cli *);
int command_rank(struct cli *);
int command_verify(struct cli *);
int command_lix(struct cli *);
int command_change(struct cli *);
int command_draw(struct cli *);
int command_groups(struct cli *);

#endif
