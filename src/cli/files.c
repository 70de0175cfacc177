/* SPDX-License-Identifier: MPL-2.0 */

/* What the commands share that work on files and need no installation. */
#include <stdio.h>

#include "base/file.h"
#include "base/utf8.h"
#include "cli/cli.h"

static const struct cli_option *
find(const struct cli_option *options, ptrdiff_t n, struct str arg)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		if (str_eq(str_c(options[i].name), arg))
			return &options[i];
	}
	return NULL;
}

/* How many of the words were taken; 0 after saying what is wrong. */
static int
take_option(struct cli *cli, const struct cli_option *option, const char *next)
{
	if (option->flag != NULL) {
		*option->flag = true;
		return 1;
	}
	if (next == NULL) {
		cli_fail(cli, "%s takes a value", option->name);
		return 0;
	}
	*option->text = str_c(next);
	if (utf8_valid(*option->text))
		return 2;
	cli_fail(cli, "%s takes text in UTF-8", option->name);
	return 0;
}

static int
take(struct cli *cli, const struct cli_option *options, ptrdiff_t n, int i)
{
	struct str arg = str_c(cli->argv[i]);
	const struct cli_option *option = find(options, n, arg);
	const char *next = i + 1 < cli->argc ? cli->argv[i + 1] : NULL;
	if (option != NULL)
		return take_option(cli, option, next);
	if (arg.n > 1 && arg.p[0] == '-') {
		cli_fail(cli, "%.*s is not known here; --help shows what is",
		    STR_ARG(arg));
		return 0;
	}
	if (cli->n_arguments == CLI_ARGUMENTS) {
		cli_fail(cli, "at most %d files", CLI_ARGUMENTS);
		return 0;
	}
	cli->argument[cli->n_arguments++] = arg;
	return 1;
}

int
cli_files(struct cli *cli, const struct cli_option *own, ptrdiff_t n, int least,
    int most)
{
	struct str lang = S("da");
	struct cli_option *options =
	    arena_new(cli->arena, struct cli_option, n + 2);
	for (ptrdiff_t i = 0; i < n; i++)
		options[i] = own[i];
	options[n] = (struct cli_option){"--lang", &lang, NULL};
	options[n + 1] = (struct cli_option){"--json", NULL, &cli->json};
	for (int i = 0; i < cli->argc;) {
		int taken = take(cli, options, n + 2, i);
		if (taken == 0)
			return 2;
		i += taken;
	}
	if (!str_eq(lang, S("da")) && !str_eq(lang, S("en")))
		return cli_fail(cli, "--lang takes da or en");
	cli->lang = lang_parse(lang, LANG_DA);
	if (cli->n_arguments < least)
		return cli_fail(cli, "say which file; --help shows how");
	if (cli->n_arguments > most)
		return cli_fail(cli, "%.*s is one file too many",
		    STR_ARG(cli->argument[most]));
	return 0;
}

static const char *
reason(enum err e)
{
	switch (e) {
	case ERR_NOT_FOUND:
		return "there is no such file";
	case ERR_TOO_LARGE:
		return "it is larger than this command takes";
	case ERR_INVALID:
		return "that is not a file";
	default:
		return "it cannot be read or written";
	}
}

int
cli_read(struct cli *cli, struct str path, struct str *text)
{
	enum err e = file_read(cli->arena, path, CLI_FILE_BYTES, text);
	return e == ERR_OK
	    ? 0
	    : cli_fail(cli, "%.*s: %s", STR_ARG(path), reason(e));
}

int
cli_write(struct cli *cli, struct str path, struct str bytes)
{
	enum err e = file_write(cli->arena, path, bytes);
	return e == ERR_OK
	    ? 0
	    : cli_fail(cli, "%.*s: %s", STR_ARG(path), reason(e));
}

int
cli_fault(const struct cli *cli, struct str path, int64_t line, int64_t column,
    const char *expected)
{
	return cli_fail(cli, "%.*s:%lld:%lld: expected %s", STR_ARG(path),
	    (long long)line, (long long)column, expected);
}
