/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cpr.h"
#include "base/log.h"
#include "base/utf8.h"

int
cli_exit(enum err e)
{
	return e == ERR_OK ? 0 : 2;
}

int
cli_fail(const struct cli *cli, const char *fmt, ...)
{
	va_list args;
	fprintf(stderr, "samskab %s: ", cli->name);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	return 2;
}

int
cli_need_data(const struct cli *cli)
{
	if (cli->settings.data.n > 0)
		return 0;
	return cli_fail(cli, "say which folder with --data DIR");
}

int
cli_need_reason(const struct cli *cli)
{
	if (str_trim(cli->reason).n > 0 &&
	    str_find_byte(cli->reason, '\n') < 0 &&
	    cpr_find(cli->reason).n == 0)
		return 0;
	return cli_fail(cli,
	    "say why with --reason TEXT, on one line and without a CPR "
	    "number: those it is about can ask to see it");
}

/* The options that are no settings. */
static struct str *
own_option(struct cli *cli, struct str option)
{
	if (str_eq(option, S("--leader")))
		return &cli->leader;
	if (str_eq(option, S("--passphrase")))
		return &cli->passphrase;
	if (str_eq(option, S("--admin")))
		return &cli->admin;
	if (str_eq(option, S("--host")))
		return &cli->host;
	if (str_eq(option, S("--name")))
		return &cli->organisation;
	if (str_eq(option, S("--network")))
		return &cli->network;
	if (str_eq(option, S("--reason")))
		return &cli->reason;
	return str_eq(option, S("--head")) ? &cli->head : NULL;
}

static int
help(const struct command *command)
{
	printf("samskab %s %s\n\n%s\n\n", command->name, command->usage,
	    command->about);
	if (command->on_files)
		printf("samskab-%s(1) says more.\n", command->name);
	else
		puts("Settings may also stand in DIR/samskab.conf or as "
		     "SAMSKAB_NAME in the environment; samskab(1) has them "
		     "all.");
	return 0;
}

static enum log_level
level_of(struct str word)
{
	static const char *const words[] = {"debug", "info", "warn", "error"};
	for (int i = 0; i < (int)COUNT_OF(words); i++) {
		if (str_eq(str_c(words[i]), word))
			return (enum log_level)i;
	}
	return LOG_INFO;
}

/* One argument, and the one behind it when it belongs to it.  How many were
 * taken; -1 after saying what is wrong. */
static int
take(struct cli *cli, struct str arg, const char *next)
{
	struct str fault = {0};
	struct str *own = own_option(cli, arg);
	if (own != NULL && next != NULL) {
		*own = str_c(next);
		return utf8_valid(*own) ? 2 : -1;
	}
	if (str_eq(arg, S("--json"))) {
		cli->json = true;
		return 1;
	}
	int taken =
	    settings_option(cli->arena, &cli->settings, arg, next, &fault);
	if (taken < 0)
		cli_fail(cli, "%.*s", STR_ARG(fault));
	if (taken != 0)
		return taken;
	if (arg.n > 0 && arg.p[0] != '-' &&
	    cli->n_arguments < (int)COUNT_OF(cli->argument)) {
		cli->argument[cli->n_arguments++] = arg;
		return 1;
	}
	cli_fail(
	    cli, "%.*s is not known here; --help shows what is", STR_ARG(arg));
	return -1;
}

static int
take_all(struct cli *cli, int argc, char **argv)
{
	for (int i = 0; i < argc;) {
		int taken = take(
		    cli, str_c(argv[i]), i + 1 < argc ? argv[i + 1] : NULL);
		if (taken < 0)
			return 2;
		i += taken;
	}
	return 0;
}

static bool
asks_help(int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0)
			return true;
	}
	return false;
}

/* The command line says where the file is, and has the last word: it is read
 * before the file and again after it. */
int
cli_options(
    struct cli *cli, const struct command *command, int argc, char **argv)
{
	struct str fault;
	if (asks_help(argc, argv)) {
		help(command);
		return -1;
	}
	cli->argc = argc;
	cli->argv = argv;
	if (command->on_files)
		return 0;
	settings_default(&cli->settings);
	if (!settings_env(cli->arena, &cli->settings, environ, &fault))
		return cli_fail(cli, "%.*s", STR_ARG(fault));
	int status = take_all(cli, argc, argv);
	if (status != 0 || cli->settings.data.n == 0)
		return status;
	const char *file = str_cstr(cli->arena,
	    str_cat(cli->arena, cli->settings.data, S("/samskab.conf")));
	settings_default(&cli->settings);
	cli->n_arguments = 0;
	if (!settings_file(cli->arena, &cli->settings, file, &fault) ||
	    !settings_env(cli->arena, &cli->settings, environ, &fault))
		return cli_fail(cli, "%.*s", STR_ARG(fault));
	status = take_all(cli, argc, argv);
	log_set_level(level_of(cli->settings.log_level));
	return status;
}
