/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/durable/lazy_inner.h"

#include <stdlib.h>
#include <string.h>

/* ---- bytes ---- */

static void
bytes_room(struct bytes *b, int64_t n)
{
	if (n <= b->room)
		return;
	int64_t room = b->room < 4096 ? 4096 : b->room;
	while (room < n)
		room *= 2;
	unsigned char *p = realloc(b->p, (size_t)room);
	if (p == NULL)
		abort();
	memset(p + b->room, 0, (size_t)(room - b->room));
	b->p = p;
	b->room = room;
}

void
bytes_cut(struct bytes *b, int64_t n)
{
	bytes_room(b, n);
	if (n < b->n)
		memset(b->p + n, 0, (size_t)(b->n - n));
	b->n = n;
}

void
bytes_put(struct bytes *b, int64_t at, const void *p, int64_t n)
{
	bytes_room(b, at + n);
	memcpy(b->p + at, p, (size_t)n);
	if (at + n > b->n)
		b->n = at + n;
}

static void
bytes_copy(struct bytes *to, const struct bytes *from)
{
	bytes_cut(to, 0);
	if (from->n > 0)
		bytes_put(to, 0, from->p, from->n);
}

/* ---- what was not synced ---- */

void
pend(struct node *f, int64_t offset, const void *data, int64_t n)
{
	size_t extra = offset < 0 ? 0 : (size_t)n;
	struct pending *w = malloc(sizeof *w + extra);
	if (w == NULL)
		abort();
	*w = (struct pending){.offset = offset, .n = n};
	if (extra > 0)
		memcpy(w->data, data, extra);
	if (f->first == NULL)
		f->first = w;
	else
		f->last->next = w;
	f->last = w;
}

void
apply(struct bytes *b, const struct pending *w)
{
	if (w->offset < 0)
		bytes_cut(b, w->n);
	else
		bytes_put(b, w->offset, w->data, w->n);
}

void
forget(struct node *f)
{
	for (struct pending *w = f->first; w != NULL;) {
		struct pending *next = w->next;
		free(w);
		w = next;
	}
	f->first = f->last = NULL;
}

void
node_clear(struct node *f)
{
	forget(f);
	free(f->platter.p);
	free(f->cache.p);
	for (int i = 0; i < REGIONS; i++)
		free(f->region[i]);
	*f = (struct node){0};
}

/* ---- faults ---- */

int
before(struct disk *d, enum disk_op op)
{
	if (d->watch != NULL && !d->dead)
		d->watch(d->watch_arg);
	pthread_mutex_lock(&d->mutex);
	int rc = d->dead ? SQLITE_IOERR : SQLITE_OK;
	bool counts =
	    d->fault_in > 0 && (d->fault_op == DISK_ANY || d->fault_op == op);
	if (counts && --d->fault_in == 0) {
		rc = d->fault_code;
		d->fault_met = true;
		d->fault_in = d->fault_forever;
	}
	pthread_mutex_unlock(&d->mutex);
	return rc;
}

void
disk_watch(struct disk *d, void (*fn)(void *), void *arg)
{
	d->watch = fn;
	d->watch_arg = arg;
}

/* ---- power ---- */

static uint32_t
next_random(uint32_t *x)
{
	*x = *x * 1664525u + 1013904223u;
	return *x >> 8;
}

/* Some sectors of a write. */
static void
apply_torn(struct bytes *b, const struct pending *w, uint32_t *random)
{
	for (int64_t at = 0; at < w->n;) {
		int64_t n = SECTOR - (w->offset + at) % SECTOR;
		if (n > w->n - at)
			n = w->n - at;
		if (next_random(random) % 2 == 0)
			bytes_put(b, w->offset + at, w->data + at, n);
		at += n;
	}
}

static void
settle(struct node *f, struct bytes *b, uint32_t *random)
{
	enum { NOTHING, ALL, OLDEST, TORN } how = NOTHING;
	int n = 0;
	for (struct pending *w = f->first; w != NULL; w = w->next)
		n++;
	if (*random != 0)
		how = next_random(random) % 4;
	int upto = how == OLDEST && n > 0 ? (int)(next_random(random) % n) : n;
	for (struct pending *w = f->first; w != NULL && upto > 0;
	     w = w->next, upto--) {
		if (how == TORN && w->offset >= 0)
			apply_torn(b, w, random);
		else if (how == ALL || how == OLDEST ||
		    (how == TORN && next_random(random) % 2 == 0))
			apply(b, w);
	}
}

static void
disk_clear(struct disk *d)
{
	for (int i = 0; i < MAX_FILES; i++)
		node_clear(&d->node[i]);
	d->dead = false;
	d->fault_in = 0;
}

void
disk_power_loss(struct disk *from, struct disk *to, uint32_t seed)
{
	disk_clear(to);
	pthread_mutex_lock(&from->mutex);
	for (int i = 0; i < MAX_FILES; i++) {
		struct node *f = &from->node[i], *t = &to->node[i];
		memcpy(t->name, f->name, NAME_BYTES);
		bytes_copy(&t->platter, &f->platter);
		settle(f, &t->platter, &seed);
		bytes_copy(&t->cache, &t->platter);
	}
	pthread_mutex_unlock(&from->mutex);
}

void
disk_die(struct disk *d)
{
	d->dead = true;
}

void
disk_revive(struct disk *d, struct disk *from)
{
	disk_power_loss(from, d, 0);
}

void
disk_fail(struct disk *d, enum disk_op op, int n, int code, bool forever)
{
	pthread_mutex_lock(&d->mutex);
	d->fault_op = op;
	d->fault_in = n;
	d->fault_code = code;
	d->fault_forever = forever;
	d->fault_met = false;
	pthread_mutex_unlock(&d->mutex);
}

bool
disk_failed(const struct disk *d)
{
	return d->fault_met;
}

void
disk_lie(struct disk *d, bool lies)
{
	d->lies = lies;
}

int64_t
disk_syncs(const struct disk *d)
{
	return d->syncs;
}
