/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_WRITE_H
#define WEB_WRITE_H

#include "web/lane.h"

/* write.h - a write through the lane from a thread that can wait for it. */

/* Runs fn(arg, db) in the lane of `key` and waits until it is on disk. */
enum err write_wait(struct lanes *, struct id key, struct arena *,
    enum err (*fn)(void *arg, struct db *), void *arg) MUST_USE;

#endif
