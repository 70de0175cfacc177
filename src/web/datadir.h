/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_DATADIR_H
#define WEB_DATADIR_H

#include "base/err.h"
#include "base/str.h"

/* datadir.h - one owner a data folder.
 *
 * DIR/lock is held (flock) by whoever may write: the server, or a command
 * while no server runs.  DIR/control.sock (mode 0600) is where a command asks
 * the running server.  Tests: tests/web/datadir.c
 */

/* Makes the folder (mode 0700) when it is not there. */
enum err datadir_make(struct str dir) MUST_USE;

/* *fd stays open as long as the folder is owned.  ERR_CONFLICT: somebody else
 * owns it.  ERR_NOT_FOUND: no such folder.  ERR_UNAVAIL: cannot write there.
 * After each of these it is -1. */
enum err datadir_lock(struct str dir, int *fd) MUST_USE;

/* ---- asking the running server: one line there, one line back ---- */

/* Listens; an old socket file is replaced (the caller holds the lock). */
enum err control_listen(struct str dir, int *fd) MUST_USE;

/* Waits for one question and answers it with answer(arg, ...).  False when
 * `fd` was closed.  A peer that has not said its line, of at most 4,095 bytes,
 * within 2 s is dropped without an answer. */
typedef struct str control_fn(void *arg, struct arena *, struct str question);
bool control_serve_one(int fd, control_fn *answer, void *arg);

/* ERR_UNAVAIL: no server answers within 10 s. */
enum err control_ask(struct arena *, struct str dir, struct str question,
    struct str *answer) MUST_USE;

#endif
