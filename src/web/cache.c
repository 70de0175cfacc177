/* SPDX-License-Identifier: MPL-2.0 */
#include "web/cache.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "web/plans.h"
#include "web/visitors.h"

struct entry {
	struct hash key;
	struct cache_stamp stamp;
	struct http_ready *page; /* NULL: empty */
	struct http_ready *unchanged; /* 304 */
	char etag[32];
};

enum { LOCKS = 64 };

struct page_cache {
	pthread_mutex_t lock[LOCKS];
	struct entry slot[CACHE_SLOTS];
	struct plans *plans;
	struct visitors *visitors;
};

struct page_cache *
cache_new(struct arena *process)
{
	struct page_cache *cache = arena_new(process, struct page_cache, 1);
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&cache->lock[i], NULL);
	cache->plans = plans_new(process);
	cache->visitors = visitors_new(process);
	return cache;
}

static void
drop(struct entry *entry)
{
	http_ready_unref(entry->page);
	http_ready_unref(entry->unchanged);
	*entry = (struct entry){0};
}

void
cache_close(struct page_cache *cache)
{
	for (int i = 0; cache != NULL && i < CACHE_SLOTS; i++)
		drop(&cache->slot[i]);
	if (cache != NULL)
		plans_close(cache->plans);
}

struct plans *
cache_plans(struct page_cache *cache)
{
	return cache->plans;
}

struct visitors *
cache_visitors(struct page_cache *cache)
{
	return cache->visitors;
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

struct http_ready *
cache_get(struct page_cache *cache, const struct site *site,
    struct cache_key key, int64_t now_us, struct str has)
{
	int at = slot_of(key);
	struct http_ready *answer = NULL;
	struct entry *entry = &cache->slot[at];
	pthread_mutex_lock(&cache->lock[at % LOCKS]);
	if (hash_eq(entry->key, key.hash) && is_good(entry, site, now_us))
		answer = http_ready_ref(str_eq(has, str_c(entry->etag))
			? entry->unchanged
			: entry->page);
	pthread_mutex_unlock(&cache->lock[at % LOCKS]);
	return answer;
}

void
cache_put(struct page_cache *cache, struct cache_key key,
    const struct cache_stamp *stamp, struct arena *a,
    const struct http_response *page)
{
	int at = slot_of(key);
	struct str etag = http_get(page->headers, S("ETag"));
	struct http_response bare = *page;
	bare.status = 304;
	bare.body = S("");
	struct entry old,
	    entry = {.key = key.hash,
		.stamp = *stamp,
		.page = http_ready_new(a, page),
		.unchanged = http_ready_new(a, &bare)};
	if (entry.page == NULL || entry.unchanged == NULL || etag.n == 0 ||
	    etag.n >= (ptrdiff_t)sizeof entry.etag) {
		drop(&entry);
		return;
	}
	memcpy(entry.etag, etag.p, (size_t)etag.n);
	pthread_mutex_lock(&cache->lock[at % LOCKS]);
	old = cache->slot[at];
	cache->slot[at] = entry;
	pthread_mutex_unlock(&cache->lock[at % LOCKS]);
	drop(&old);
}
