/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/durable/lazy_inner.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct handle {
	sqlite3_file base;
	struct disk *disk;
	struct node *node;
	int level;
	uint16_t held_shared, held_exclusive;
};

static struct node *
node_find(struct disk *d, const char *name)
{
	for (int i = 0; i < MAX_FILES; i++) {
		if (strcmp(d->node[i].name, name) == 0)
			return &d->node[i];
	}
	return NULL;
}

/* ---- a file ---- */

static struct handle *
handle_of(sqlite3_file *f)
{
	return (struct handle *)f;
}

static int
file_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	struct handle *h = handle_of(f);
	pthread_mutex_lock(&h->disk->mutex);
	int rc = h->disk->dead ? SQLITE_IOERR_READ : SQLITE_OK;
	const struct bytes *b = &h->node->cache;
	int64_t have = b->n - at;
	have = have < 0 ? 0 : have > n ? n : have;
	if (rc == SQLITE_OK && have > 0)
		memcpy(p, b->p + at, (size_t)have);
	if (rc == SQLITE_OK && have < n) {
		memset((char *)p + have, 0, (size_t)(n - have));
		rc = SQLITE_IOERR_SHORT_READ;
	}
	pthread_mutex_unlock(&h->disk->mutex);
	return rc;
}

static int
file_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct handle *h = handle_of(f);
	int rc = before(h->disk, DISK_WRITE);
	if (rc != SQLITE_OK)
		return rc == SQLITE_IOERR ? SQLITE_IOERR_WRITE : rc;
	pthread_mutex_lock(&h->disk->mutex);
	bytes_put(&h->node->cache, at, p, n);
	pend(h->node, at, p, n);
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static int
file_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	struct handle *h = handle_of(f);
	int rc = before(h->disk, DISK_WRITE);
	if (rc != SQLITE_OK)
		return SQLITE_IOERR_TRUNCATE;
	pthread_mutex_lock(&h->disk->mutex);
	bytes_cut(&h->node->cache, n);
	pend(h->node, -1, NULL, n);
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static int
file_sync(sqlite3_file *f, int flags)
{
	struct handle *h = handle_of(f);
	(void)flags;
	int rc = before(h->disk, DISK_SYNC);
	pthread_mutex_lock(&h->disk->mutex);
	struct node *node = h->node;
	h->disk->syncs++;
	if (rc == SQLITE_OK && !h->disk->lies) {
		for (struct pending *w = node->first; w != NULL; w = w->next)
			apply(&node->platter, w);
	}
	if (!h->disk->lies)
		forget(node); /* also after a failure: called clean */
	pthread_mutex_unlock(&h->disk->mutex);
	return rc == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int
file_size(sqlite3_file *f, sqlite3_int64 *n)
{
	struct handle *h = handle_of(f);
	pthread_mutex_lock(&h->disk->mutex);
	*n = h->node->cache.n;
	pthread_mutex_unlock(&h->disk->mutex);
	return h->disk->dead ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

/* ---- locks of a file ---- */

static bool
may_lock(const struct handle *h, int level)
{
	const struct node *f = h->node;
	if (level == SQLITE_LOCK_SHARED)
		return f->exclusive == NULL || f->exclusive == h;
	if (f->reserved != NULL && f->reserved != h)
		return false;
	return level == SQLITE_LOCK_RESERVED || f->shared <= 1;
}

static int
file_lock(sqlite3_file *file, int level)
{
	struct handle *h = handle_of(file);
	if (level <= h->level)
		return SQLITE_OK;
	pthread_mutex_lock(&h->disk->mutex);
	bool may = may_lock(h, level);
	if (may) {
		h->node->shared += h->level == SQLITE_LOCK_NONE;
		if (level >= SQLITE_LOCK_RESERVED)
			h->node->reserved = h;
		if (level == SQLITE_LOCK_EXCLUSIVE)
			h->node->exclusive = h;
		h->level = level;
	}
	pthread_mutex_unlock(&h->disk->mutex);
	return may ? SQLITE_OK : SQLITE_BUSY;
}

static int
file_unlock(sqlite3_file *file, int level)
{
	struct handle *h = handle_of(file);
	if (level >= h->level)
		return SQLITE_OK;
	pthread_mutex_lock(&h->disk->mutex);
	if (h->node->exclusive == h)
		h->node->exclusive = NULL;
	if (h->node->reserved == h)
		h->node->reserved = NULL;
	if (level == SQLITE_LOCK_NONE)
		h->node->shared--;
	h->level = level;
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static int
file_check_reserved(sqlite3_file *file, int *out)
{
	*out = handle_of(file)->node->reserved != NULL;
	return SQLITE_OK;
}

static int
file_close(sqlite3_file *file)
{
	return file_unlock(file, SQLITE_LOCK_NONE);
}

static int
file_control(sqlite3_file *file, int op, void *arg)
{
	(void)file;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int
file_sector(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

/* What SQLite takes a Unix file system for: a write that a power loss cuts
 * does not harm its neighbours.  (Without it SQLite fills sectors up with
 * frames that only the next sync brings to the platter.) */
static int
file_traits(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* ---- shared memory ---- */

static int
shm_map(sqlite3_file *file, int i, int bytes, int extend, void volatile **out)
{
	struct node *f = handle_of(file)->node;
	struct disk *d = handle_of(file)->disk;
	if (i >= REGIONS)
		return SQLITE_IOERR_SHMMAP;
	pthread_mutex_lock(&d->mutex);
	if (f->region[i] == NULL && extend)
		f->region[i] = calloc(1, (size_t)bytes);
	*out = f->region[i];
	pthread_mutex_unlock(&d->mutex);
	return SQLITE_OK;
}

static bool
shm_may(const struct handle *h, uint16_t mask, bool exclusive)
{
	for (int i = 0; i < SQLITE_SHM_NLOCK; i++) {
		if ((mask >> i & 1) == 0)
			continue;
		int others =
		    h->node->lock_shared[i] - (h->held_shared >> i & 1);
		const void *owner = h->node->lock_exclusive[i];
		if ((owner != NULL && owner != h) || (exclusive && others > 0))
			return false;
	}
	return true;
}

static void
shm_set(struct handle *h, uint16_t mask, bool exclusive, bool on)
{
	uint16_t *held = exclusive ? &h->held_exclusive : &h->held_shared;
	for (int i = 0; i < SQLITE_SHM_NLOCK; i++) {
		bool has = (*held >> i & 1) != 0;
		if ((mask >> i & 1) == 0 || has == on)
			continue;
		if (exclusive)
			h->node->lock_exclusive[i] = on ? h : NULL;
		else
			h->node->lock_shared[i] += on ? 1 : -1;
	}
	*held = (uint16_t)(on ? *held | mask : *held & ~mask);
}

static int
shm_lock(sqlite3_file *file, int from, int n, int flags)
{
	struct handle *h = handle_of(file);
	uint16_t mask = (uint16_t)(((1 << n) - 1) << from);
	bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
	bool on = (flags & SQLITE_SHM_LOCK) != 0;
	pthread_mutex_lock(&h->disk->mutex);
	bool may = !on || shm_may(h, mask, exclusive);
	if (may)
		shm_set(h, mask, exclusive, on);
	pthread_mutex_unlock(&h->disk->mutex);
	return may ? SQLITE_OK : SQLITE_BUSY;
}

static void
shm_barrier(sqlite3_file *file)
{
	pthread_mutex_lock(&handle_of(file)->disk->mutex);
	pthread_mutex_unlock(&handle_of(file)->disk->mutex);
}

static int
shm_unmap(sqlite3_file *file, int delete)
{
	struct handle *h = handle_of(file);
	pthread_mutex_lock(&h->disk->mutex);
	shm_set(h, 0xff, true, false);
	shm_set(h, 0xff, false, false);
	for (int i = 0; delete &&i < REGIONS; i++) {
		free(h->node->region[i]);
		h->node->region[i] = NULL;
	}
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* ---- the file system ---- */

static struct disk *
disk_of(sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static int
vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
    int *out_flags)
{
	struct disk *d = disk_of(vfs);
	struct handle *h = handle_of(file);
	*h = (struct handle){.disk = d};
	if (name == NULL || d->dead || strlen(name) >= NAME_BYTES)
		return SQLITE_CANTOPEN;
	pthread_mutex_lock(&d->mutex);
	h->node = node_find(d, name);
	if (h->node == NULL && (flags & SQLITE_OPEN_CREATE) != 0) {
		h->node = node_find(d, "");
		assert(h->node != NULL);
		snprintf(h->node->name, NAME_BYTES, "%s", name);
	}
	pthread_mutex_unlock(&d->mutex);
	if (h->node == NULL)
		return SQLITE_CANTOPEN;
	h->base.pMethods = &methods;
	if (out_flags != NULL)
		*out_flags = flags;
	return SQLITE_OK;
}

static int
vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	struct disk *d = disk_of(vfs);
	(void)sync;
	if (before(d, DISK_WRITE) != SQLITE_OK)
		return SQLITE_IOERR_DELETE;
	pthread_mutex_lock(&d->mutex);
	struct node *f = node_find(d, name);
	if (f != NULL)
		node_clear(f);
	pthread_mutex_unlock(&d->mutex);
	return f != NULL ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

static int
vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	struct disk *d = disk_of(vfs);
	pthread_mutex_lock(&d->mutex);
	struct node *f = node_find(d, name);
	*out = f != NULL && (flags != SQLITE_ACCESS_EXISTS || f->cache.n > 0);
	pthread_mutex_unlock(&d->mutex);
	return SQLITE_OK;
}

static int
vfs_full_path(sqlite3_vfs *vfs, const char *name, int n, char *out)
{
	(void)vfs;
	snprintf(out, (size_t)n, "%s", name);
	return SQLITE_OK;
}

static void
disk_end(void *arg)
{
	struct disk *d = arg;
	sqlite3_vfs_unregister(&d->vfs);
	if (d->usual)
		sqlite3_vfs_register(d->unix_vfs, 1);
	for (int i = 0; i < MAX_FILES; i++)
		node_clear(&d->node[i]);
	pthread_mutex_destroy(&d->mutex);
}

struct disk *
disk_open(struct arena *a, const char *name, bool usual)
{
	struct disk *d = arena_new(a, struct disk, 1);
	d->unix_vfs = sqlite3_vfs_find("unix");
	d->usual = usual;
	pthread_mutex_init(&d->mutex, NULL);
	d->vfs = *d->unix_vfs; /* time, sleep and randomness are its own */
	d->vfs.szOsFile = (int)sizeof(struct handle);
	d->vfs.pNext = NULL;
	d->vfs.zName = name;
	d->vfs.pAppData = d;
	d->vfs.xOpen = vfs_open;
	d->vfs.xDelete = vfs_delete;
	d->vfs.xAccess = vfs_access;
	d->vfs.xFullPathname = vfs_full_path;
	sqlite3_vfs_register(&d->vfs, usual);
	arena_defer(a, disk_end, d);
	return d;
}
