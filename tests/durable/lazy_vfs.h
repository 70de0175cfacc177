/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_DURABLE_LAZY_VFS_H
#define TESTS_DURABLE_LAZY_VFS_H

#include <sqlite3.h>

#include "base/arena.h"

#include <stdint.h>

/* lazy_vfs.h - a disk in memory that is as lazy as a real one may be.
 *
 * What SQLite writes lies in the system's cache; only xSync brings it to the
 * platter.  A power loss keeps the platter and, of what was not synced, all,
 * nothing, the oldest part or any sectors of 512 bytes.  A sync that fails
 * drops what it should have written and calls it clean, as Linux does.
 *
 * Any thread; SQLite's locks and shared memory work between connections.
 */
struct disk;

/* Registers it with SQLite; with `usual`, every connection uses it until the
 * arena closes.  Connections must be closed before that. */
struct disk *disk_open(struct arena *, const char *name, bool usual);

/* Called before each write, truncate, sync and delete, on the thread that
 * does it. */
void disk_watch(struct disk *, void (*fn)(void *), void *arg);

/* What a power loss at this moment leaves, onto another disk (whose files are
 * gone; nobody may have them open).  `seed` 0: nothing that was not synced. */
void disk_power_loss(struct disk *from, struct disk *to, uint32_t seed);

/* From now on everything fails. */
void disk_die(struct disk *);
/* Whole again, holding what `from` holds.  Nobody may have files open. */
void disk_revive(struct disk *, struct disk *from);

enum disk_op { DISK_WRITE, DISK_SYNC, DISK_ANY };

/* The n-th operation of that kind from now (1: the next) gives `code`, a
 * SQLITE_... ; with `forever` all later ones too.  n 0 switches off. */
void disk_fail(struct disk *, enum disk_op, int n, int code, bool forever);
bool disk_failed(const struct disk *); /* the fault was met */

/* A disk that says it synced and did not. */
void disk_lie(struct disk *, bool lies);

int64_t disk_syncs(const struct disk *);

#endif
