/* SPDX-License-Identifier: MPL-2.0 */
#include "web/visitors.h"

#include <pthread.h>
#include <string.h>

enum { LOCKS = 64 };

struct entry {
	struct cache_stamp stamp;
	struct visitor visitor;
};

struct visitors {
	pthread_mutex_t lock[LOCKS];
	struct entry slot[VISITORS_KEPT];
};

struct visitors *
visitors_new(struct arena *process)
{
	struct visitors *v = arena_new(process, struct visitors, 1);
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&v->lock[i], NULL);
	return v;
}

/* The last bytes of both are random. */
static int
slot_of(struct hash token, struct id network)
{
	uint32_t x, y;
	memcpy(&x, token.b, sizeof x);
	memcpy(&y, network.b + 12, sizeof y);
	return (int)((x ^ y) % VISITORS_KEPT);
}

bool
visitors_find(struct visitors *all, struct hash token,
    const struct cache_stamp *stamp, int64_t now_us, struct visitor *out)
{
	int at = slot_of(token, stamp->network);
	const struct entry *entry = &all->slot[at];
	pthread_mutex_lock(&all->lock[at % LOCKS]);
	bool found = now_us < entry->stamp.until_us &&
	    hash_eq(entry->visitor.session.token_hash, token) &&
	    cache_stamp_eq(&entry->stamp, stamp);
	if (found)
		*out = entry->visitor;
	pthread_mutex_unlock(&all->lock[at % LOCKS]);
	return found;
}

void
visitors_keep(struct visitors *all, const struct cache_stamp *stamp,
    const struct visitor *visitor)
{
	int at = slot_of(visitor->session.token_hash, stamp->network);
	pthread_mutex_lock(&all->lock[at % LOCKS]);
	all->slot[at] = (struct entry){*stamp, *visitor};
	pthread_mutex_unlock(&all->lock[at % LOCKS]);
}
