/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/passphrase.h"

#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"
#include "model/account.h"

enum { LINE_BYTES = 4096 };

/* A line of standard input, a byte at a time: what is behind it stays there. */
static struct str
read_line(struct arena *a)
{
	char *p = arena_new(a, char, LINE_BYTES);
	ptrdiff_t n = 0;
	while (
	    n < LINE_BYTES && read(STDIN_FILENO, p + n, 1) == 1 && p[n] != '\n')
		n++;
	return str_trim((struct str){p, n});
}

/* The key that breaks off comes as a letter meanwhile, so that the terminal is
 * never left mute. */
static struct str
ask(struct arena *a, const char *question)
{
	struct termios was, mute;
	fprintf(stderr, "%s: ", question);
	if (tcgetattr(STDIN_FILENO, &was) != 0)
		return (struct str){0};
	mute = was;
	mute.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &mute);
	struct str line = read_line(a);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
	fputc('\n', stderr);
	return str_find_byte(line, '\x03') < 0 ? line : (struct str){0};
}

static int
ask_all(struct cli *cli, bool fresh, struct str *out)
{
	*out = ask(cli->arena, "Passphrase");
	if (!fresh || out->n == 0)
		return 0;
	struct str again = ask(cli->arena, "The same again");
	return str_eq_secret(*out, again)
	    ? 0
	    : cli_fail(cli, "the two are not the same");
}

static int
read_any(struct cli *cli, bool fresh, struct str *out)
{
	if (cli->passphrase.n > 0) {
		struct str text = {0};
		int status = cli_read(cli, cli->passphrase, &text);
		*out = str_trim(str_cut(&text, '\n'));
		return status;
	}
	if (isatty(STDIN_FILENO))
		return ask_all(cli, fresh, out);
	*out = read_line(cli->arena);
	return 0;
}

int
passphrase_read(struct cli *cli, bool fresh, struct str *out)
{
	int status = read_any(cli, fresh, out);
	if (status != 0)
		return status;
	if (out->n == 0)
		return cli_fail(cli, "there is no passphrase");
	if (!utf8_valid(*out))
		return cli_fail(cli, "the passphrase is no UTF-8");
	const char *fault = fresh ? password_fault(*out) : NULL;
	return fault == NULL ? 0 : cli_fail(cli, "the passphrase: %s", fault);
}
