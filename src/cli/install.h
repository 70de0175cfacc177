/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_INSTALL_H
#define CLI_INSTALL_H

#include "cli/cli.h"

/* install.h - commands that write: they own the folder while they do. */
struct opened {
	struct site site;
	struct db *db;
	int lock_fd;
};

/* Owns the folder and opens the database.  0, or the exit status. */
int open_installation(struct cli *, bool create, struct opened *);

/* Ends the command: what it wrote is on disk, or nothing of it.  `what` is
 * said when it went wrong. */
int finish(struct cli *, struct opened *, enum err, const char *what);

#endif
