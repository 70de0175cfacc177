/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_PASSPHRASE_H
#define CLI_PASSPHRASE_H

#include "cli/cli.h"

/* passphrase.h - a passphrase, never from the command line, where others on
 * the machine can read it: the first line of the file that --passphrase names;
 * else it is asked for at the terminal, without showing it; else the first
 * line of standard input.  Tests: tests/cli/transfer.c */

/* `fresh`: it is to be a new one, is asked for twice, and must be as good as a
 * password.  0, or 2 after saying what is wrong. */
int passphrase_read(struct cli *, bool fresh, struct str *);

#endif
