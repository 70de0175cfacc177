/* SPDX-License-Identifier: MPL-2.0 */
#include "web/cache.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "web/plans.h"

struct entry {
	struct hash key;
	struct cache_stamp stamp;
	struct http_shared *page; /* NULL: empty */
	char etag[32];
};

enum { LOCKS = 64 };

struct page_cache {
	pthread_mutex_t lock[LOCKS];
	struct entry slot[CACHE_SLOTS];
	struct plans *plans;
};

struct page_cache *
cache_new(struct arena *process)
{
	struct page_cache *cache = arena_new(process, struct page_cache, 1);
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&cache->lock[i], NULL);
	cache->plans = plans_new(process);
	return cache;
}

void
cache_close(struct page_cache *cache)
{
	for (int i = 0; cache != NULL && i < CACHE_SLOTS; i++) {
		http_shared_unref(cache->slot[i].page);
		cache->slot[i].page = NULL;
	}
	if (cache != NULL)
		plans_close(cache->plans);
}

struct plans *
cache_plans(struct page_cache *cache)
{
	return cache->plans;
}

static int
slot_of(struct cache_key key)
{
	uint32_t at;
	memcpy(&at, key.hash.b, sizeof at);
	return (int)(at % CACHE_SLOTS);
}

struct cache_stamp
cache_stamp(
    const struct site *site, struct id org, struct id network, int64_t now_us)
{
	return (struct cache_stamp){
	    .org = org,
	    .network = network,
	    .org_version = site_version(site, org),
	    .network_version = site_version(site, network),
	    .day = date_days(date_danish(now_us)),
	};
}

bool
cache_stamp_eq(const struct cache_stamp *x, const struct cache_stamp *y)
{
	return id_eq(x->org, y->org) && id_eq(x->network, y->network) &&
	    x->org_version == y->org_version &&
	    x->network_version == y->network_version && x->day == y->day;
}

static bool
is_good(const struct entry *entry, const struct site *site, int64_t now_us)
{
	const struct cache_stamp *s = &entry->stamp;
	struct cache_stamp now = cache_stamp(site, s->org, s->network, now_us);
	return entry->page != NULL && now_us < s->until_us &&
	    cache_stamp_eq(s, &now);
}

struct http_shared *
cache_get(struct page_cache *cache, const struct site *site,
    struct cache_key key, int64_t now_us, char etag[32])
{
	int at = slot_of(key);
	struct http_shared *page = NULL;
	struct entry *entry = &cache->slot[at];
	pthread_mutex_lock(&cache->lock[at % LOCKS]);
	if (hash_eq(entry->key, key.hash) && is_good(entry, site, now_us)) {
		page = http_shared_ref(entry->page);
		memcpy(etag, entry->etag, sizeof entry->etag);
	}
	pthread_mutex_unlock(&cache->lock[at % LOCKS]);
	return page;
}

void
cache_put(struct page_cache *cache, struct cache_key key,
    const struct cache_stamp *stamp, struct http_shared *page, char etag[32])
{
	int at = slot_of(key);
	struct entry *entry = &cache->slot[at];
	struct hash content = hash_of(http_shared_bytes(page));
	pthread_mutex_lock(&cache->lock[at % LOCKS]);
	http_shared_unref(entry->page);
	*entry = (struct entry){
	    .key = key.hash, .stamp = *stamp, .page = http_shared_ref(page)};
	snprintf(entry->etag, sizeof entry->etag,
	    "\"%02x%02x%02x%02x%02x%02x%02x%02x%02x%02x\"", content.b[0],
	    content.b[1], content.b[2], content.b[3], content.b[4],
	    content.b[5], content.b[6], content.b[7], content.b[8],
	    content.b[9]);
	memcpy(etag, entry->etag, sizeof entry->etag);
	pthread_mutex_unlock(&cache->lock[at % LOCKS]);
}
