/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SERVE_H
#define WEB_SERVE_H

#include "base/settings.h"
#include "web/site.h"

/* serve.h - the server: one process from start to stop.
 *
 * The order of start: give up root, own the folder, start the helper, deny
 * ourselves to start programs, bring the database up to date, start lanes, pool,
 * listener, control socket and runner.  The order of stop: first no new
 * connections, then whoever writes, then what they write with, last the lock.
 * doc/processes.md says why.  Tests: tests/cli/processes.c, tests/cli/serve.c
 */

/* What to tell a person when it cannot start; one line, English. */
struct serve_fault {
	struct str text;
};

/* Serves until SIGTERM or SIGINT.  Prints one line with the address on stdout
 * when it answers. */
enum err serve_run(struct arena *process, const struct settings *,
    struct serve_fault *) MUST_USE;

/* For commands: opens the database of a data folder for writing, migrated, and
 * makes the parts of a site that the model needs. */
enum err serve_open(struct arena *process, const struct settings *, bool create,
    struct site *, struct db **, struct serve_fault *) MUST_USE;

/* Makes a one-time link for who has this address in the organisation, and
 * gives the link's whole address.  ERR_NOT_FOUND: nobody has it. */
struct serve_link {
	const struct org *org;
	struct str mail;
	struct str url; /* out */
};
enum err serve_link(const struct site *, struct db *, struct arena *,
    struct serve_link *) MUST_USE;

#endif
