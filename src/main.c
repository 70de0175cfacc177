/* SPDX-License-Identifier: MPL-2.0 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"
#include "cli/cli.h"

#define PROCESS_BYTES ((ptrdiff_t)1024 * 1024 * 1024)

static const struct command commands[] = {
    {"serve", "--data DIR [--listen ADDR:PORT] [--database URL]",
	"Serves the installation in DIR; prints its address when it answers.",
	command_serve, false},
    {"init", "--data DIR --name \"Organisation\" --admin MAIL [--host NAME]",
	"Makes an empty installation, or adds an organisation with a host name "
	"of its own; prints a one-time sign-in link.",
	command_init, false},
    {"demo", "--data DIR",
	"Makes an installation with a worked example network; prints role and "
	"one-time link, one a line.",
	command_demo, false},
    {"link", "--data DIR MAIL",
	"Prints a new one-time sign-in link for a member of staff.",
	command_link, false},
    {"draw",
	"--people FILE --targets FILE --size N --seed TEXT "
	"[--method leximin|maximin|nash|legacy] [--goldilocks] [--id COLUMN] "
	"[--household COLUMN,COLUMN] [--weight COLUMN] [--seconds N] "
	"[--panels] [--list FILE] [--proof FILE] [--lang da|en] [--json]\n"
	"samskab draw --after PROOF --gone ID,ID --seed TEXT [OPTION]...\n"
	"samskab draw --verify PROOF [--people FILE] [--targets FILE] [--json]",
	"Draws a panel by lot, with chances as equal as the targets allow.",
	command_draw, true},
    {"person", "--data DIR --reason TEXT [--network ID] [--json] K-1842",
	"Prints everything that is held about one person, as HTML or JSON.",
	command_person, false},
    {"export", "--data DIR --reason TEXT [--passphrase FILE] NETWORK FILE",
	"Puts a whole network into a file that a passphrase opens, to move it "
	"to another installation.",
	command_export, false},
    {"import",
	"--data DIR [--host NAME | --name \"Organisation\"] [--leader MAIL] "
	"[--passphrase FILE] FILE",
	"Brings a network in from a file of samskab export.", command_import,
	false},
    {"verify", "--data DIR [--head FILE] [--json]",
	"Checks the audit chains and prints their heads; exit 1 when one was "
	"meddled with.",
	command_verify, false},
    {"lix", "[--markdown] [--json] [--lang da|en] [FILE...]",
	"Says how hard Danish texts are to read, and where.", command_lix,
	true},
    {"change",
	"FILE [--design before-after|retrospective|cross-section] "
	"[--before NAME --after NAME] [--scale 1-5] [--missing 77,98] "
	"[--k-anonymity N] [--resamples N] [--seed TEXT] [--svg FILE] "
	"[--json] [--lang da|en]",
	"Says what moved between two rounds of answers, and how sure it is.",
	command_change, true},
    {"groups",
	"VOTES.csv [--comments FILE] [--method samskab|polis] "
	"[--k-anonymity N] [--svg FILE] [--report FILE] [--members FILE] "
	"[--last FILE] [--lang da|en] [--json]",
	"Opinion groups and common ground from a file of votes.",
	command_groups, true},
    {"rank",
	"[--rule NAME] [--utility cost|votes] [--completion NAME] [--step N] "
	"[--exhaustive] [--fractional] [--no-skip] [--seconds N] "
	"[--seed TEXT] [--by COLUMN] [--k-anonymity N] [--lang da|en] [--json] "
	"FILE",
	"Ranks the projects of a budget election, ideas chosen between two, or "
	"ballots in order.",
	command_rank, true},
};

static int
usage(int status)
{
	FILE *out = status == 0 ? stdout : stderr;
	fputs("usage: samskab COMMAND [OPTIONS]\n\n", out);
	for (ptrdiff_t i = 0; i < COUNT_OF(commands); i++)
		fprintf(
		    out, "  %-8s %s\n", commands[i].name, commands[i].about);
	fputs("\nsamskab COMMAND --help says more.\n", out);
	return status;
}

/* With 0, 1 or 2 closed, the first file opened would take their place and get
 * what is meant for the terminal: a database, say. */
static void
keep_standard_files(void)
{
	int fd;
	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct arena *a = arena_open(PROCESS_BYTES);
	if (a == NULL)
		return 2;
	struct cli *cli = arena_new(a, struct cli, 1);
	cli->name = command->name;
	cli->arena = a;
	int status = cli_options(cli, command, argc, argv);
	if (status == 0)
		status = command->run(cli);
	arena_close(a);
	return status < 0 ? 0 : status;
}

int
main(int argc, char **argv)
{
	keep_standard_files();
	signal(SIGPIPE, SIG_IGN);
	secret_init();
	if (argc < 2)
		return usage(2);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return usage(0);
	for (ptrdiff_t i = 0; i < COUNT_OF(commands); i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return run(&commands[i], argc - 2, argv + 2);
	}
	fprintf(stderr, "samskab: there is no command %s\n", argv[1]);
	return usage(2);
}
