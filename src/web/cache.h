/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include "http/http.h"
#include "web/site.h"

/* cache.h - pages that have not changed since they were rendered.
 *
 * A page is kept under the session's cookie and the address, with the versions
 * of its organisation and network as they were before its data was read.  It
 * is good for a minute, no longer than its session and its day, and while both
 * versions are the same; every commit moves the version of what it touched
 * (web/site.h).  So a page is never older than the last acknowledged write of
 * this process.  Used with SQLite only, where this process makes every write.
 *
 * At most CACHE_SLOTS pages; a new one takes the place of another with the
 * same hash.  Threads: any.  Tests: tests/web/cache.c
 */
enum { CACHE_SLOTS = 512 };

struct page_cache;
struct page_cache *cache_new(struct arena *process);
void cache_close(struct page_cache *); /* drops all; NULL is ok */

/* What else is kept as long as nothing was committed. */
struct plans *cache_plans(struct page_cache *); /* web/plans.h */
struct visitors *cache_visitors(struct page_cache *); /* web/visitors.h */

struct cache_key {
	struct hash hash; /* of cookie, host, path, and whether it is packed */
};

/* What a page depends on, read before its data is. */
struct cache_stamp {
	struct id org, network;
	uint64_t org_version, network_version;
	int64_t day; /* Danish days since 1970 */
	int64_t until_us; /* the session may have ended then */
};

struct cache_stamp cache_stamp(
    const struct site *, struct id org, struct id network, int64_t now_us);

/* Whether what was read under one is right under the other; until_us is not
 * looked at. */
bool cache_stamp_eq(const struct cache_stamp *, const struct cache_stamp *);

/* An answer that is still good, referenced for the caller: the page, or 304
 * when `has` is the ETag of it.  NULL: render it. */
struct http_ready *cache_get(struct page_cache *, const struct site *,
    struct cache_key, int64_t now_us, struct str has);

/* Keeps a page, whose headers are all there and name its ETag. */
void cache_put(struct page_cache *, struct cache_key,
    const struct cache_stamp *, struct arena *, const struct http_response *);

#endif
