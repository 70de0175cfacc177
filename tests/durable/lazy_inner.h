/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_DURABLE_LAZY_INNER_H
#define TESTS_DURABLE_LAZY_INNER_H

/* lazy_inner.h - what lazy_disk.c (bytes, faults, power) and lazy_vfs.c (what
 * SQLite calls) share. */
#include <pthread.h>

#include "tests/durable/lazy_vfs.h"

enum { MAX_FILES = 8, NAME_BYTES = 200, SECTOR = 512, REGIONS = 64 };

struct bytes {
	unsigned char *p;
	int64_t n, room;
};

/* What was written and not synced; offset -1: cut to n bytes. */
struct pending {
	struct pending *next;
	int64_t offset, n;
	unsigned char data[];
};

struct node {
	char name[NAME_BYTES]; /* "": free */
	struct bytes platter, cache;
	struct pending *first, *last;
	int shared;
	void *reserved, *exclusive; /* the handles that hold them */
	void *region[REGIONS];
	int region_bytes;
	int lock_shared[SQLITE_SHM_NLOCK];
	void *lock_exclusive[SQLITE_SHM_NLOCK];
};

struct disk {
	sqlite3_vfs vfs;
	sqlite3_vfs *unix_vfs;
	pthread_mutex_t mutex;
	struct node node[MAX_FILES];
	bool usual, dead, lies;
	enum disk_op fault_op;
	int fault_in, fault_code;
	bool fault_forever, fault_met;
	int64_t syncs;
	void (*watch)(void *);
	void *watch_arg;
};

void bytes_cut(struct bytes *, int64_t n);
void bytes_put(struct bytes *, int64_t at, const void *, int64_t n);

/* Keeps a write for the next sync. */
void pend(struct node *, int64_t offset, const void *data, int64_t n);
void apply(struct bytes *, const struct pending *);
void forget(struct node *);

/* Frees all of it. */
void node_clear(struct node *);

/* Before an operation: calls the watcher; gives SQLITE_OK or how it fails. */
int before(struct disk *, enum disk_op);

#endif
