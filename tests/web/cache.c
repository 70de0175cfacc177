/* SPDX-License-Identifier: MPL-2.0 */

/* The page cache: what is good for how long, and that it stays small. */
#include "web/cache.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "tests/model/fixture.h"

/* Bytes of the heap in use: ASan's, and nothing in a build without it. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

struct rig {
	struct arena *arena;
	struct site *site;
	struct page_cache *cache;
};

static void
close_cache(void *cache)
{
	cache_close(cache);
}

static void
rig_new(struct rig *r, struct arena *a)
{
	r->arena = a;
	r->site = arena_new(a, struct site, 1);
	r->cache = cache_new(a);
	arena_defer(a, close_cache, r->cache);
}

/* Chains whose versions lie in different slots of the site. */
static struct id
chain(int n)
{
	struct id id = {{0}};
	id.b[0] = 1;
	id.b[12] = (unsigned char)n;
	return id;
}

static struct cache_key
key_of(uint32_t n)
{
	struct cache_key key = {{{0}}};
	memcpy(key.hash.b, &n, sizeof n);
	return key;
}

static struct cache_stamp
stamp_at(struct rig *r, int64_t now_us)
{
	struct cache_stamp stamp =
	    cache_stamp(r->site, chain(1), chain(2), now_us);
	stamp.until_us = now_us + MINUTE_US;
	return stamp;
}

static struct str
put(struct rig *r, uint32_t key, struct cache_stamp stamp, struct str body)
{
	char etag[32];
	struct http_shared *page = http_shared_new(body);
	CHECK(page != NULL);
	cache_put(r->cache, key_of(key), &stamp, page, etag);
	http_shared_unref(page);
	return str_dup(r->arena, str_c(etag));
}

/* "" when there is none. */
static struct str
get(struct rig *r, uint32_t key, int64_t now_us)
{
	char etag[32];
	struct http_shared *page =
	    cache_get(r->cache, r->site, key_of(key), now_us, etag);
	if (page == NULL)
		return S("");
	struct str body = str_dup(r->arena, http_shared_bytes(page));
	http_shared_unref(page);
	return body;
}

/* ---- what is good, and for how long ---- */

TEST(cache_gives_a_page_to_its_key_alone)
{
	struct rig r;
	rig_new(&r, arena);
	CHECK_STR(get(&r, 7, NOW_US), S(""));
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>syv"));
	put(&r, 8, stamp_at(&r, NOW_US), S("<p>otte"));
	CHECK_STR(get(&r, 7, NOW_US), S("<p>syv"));
	CHECK_STR(get(&r, 8, NOW_US), S("<p>otte"));
	/* One that lies in the same slot is still another. */
	CHECK_STR(get(&r, 7 + CACHE_SLOTS, NOW_US), S(""));
}

TEST(cache_forgets_a_page_when_what_it_shows_changes)
{
	struct rig r;
	rig_new(&r, arena);
	for (int n = 1; n <= 2; n++) {
		put(&r, 7, stamp_at(&r, NOW_US), S("<p>x"));
		CHECK_STR(get(&r, 7, NOW_US), S("<p>x"));
		site_changed(r.site, chain(n)); /* organisation, network */
		CHECK_STR(get(&r, 7, NOW_US), S(""));
	}
	/* The twin: another network's change leaves it. */
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>x"));
	site_changed(r.site, chain(3));
	CHECK_STR(get(&r, 7, NOW_US), S("<p>x"));
}

/* The stamp is read before the data: what was committed in between makes the
 * page old before it is kept. */
TEST(cache_never_gives_a_page_that_was_old_when_it_came)
{
	struct rig r;
	rig_new(&r, arena);
	struct cache_stamp before = stamp_at(&r, NOW_US);
	site_changed(r.site, chain(2));
	put(&r, 7, before, S("<p>old"));
	CHECK_STR(get(&r, 7, NOW_US), S(""));
	/* The twin: with a stamp from after it, it would be taken. */
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>old"));
	CHECK_STR(get(&r, 7, NOW_US), S("<p>old"));
}

TEST(cache_gives_a_page_until_its_time)
{
	struct rig r;
	rig_new(&r, arena);
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>x"));
	CHECK_STR(get(&r, 7, NOW_US + MINUTE_US - 1), S("<p>x"));
	CHECK_STR(get(&r, 7, NOW_US + MINUTE_US), S(""));
}

/* Pages say "late" and "in two days": at Danish midnight they are others. */
TEST(cache_gives_no_page_of_yesterday)
{
	struct rig r;
	int64_t midnight_us = date_us((struct date){2026, 11, 24}) - HOUR_US;
	rig_new(&r, arena);
	put(&r, 7, stamp_at(&r, midnight_us - SECOND_US), S("<p>x"));
	CHECK_STR(get(&r, 7, midnight_us - 1), S("<p>x"));
	CHECK_STR(get(&r, 7, midnight_us), S(""));
}

TEST(cache_tags_a_page_by_its_bytes)
{
	struct rig r;
	char etag[32];
	rig_new(&r, arena);
	struct str one = put(&r, 1, stamp_at(&r, NOW_US), S("<p>x"));
	struct str same = put(&r, 2, stamp_at(&r, NOW_US), S("<p>x"));
	struct str other = put(&r, 3, stamp_at(&r, NOW_US), S("<p>y"));
	CHECK_STR(one, same);
	CHECK(!str_eq(one, other));
	CHECK(one.n == 22 && one.p[0] == '"' && one.p[21] == '"');
	http_shared_unref(cache_get(r.cache, r.site, key_of(1), NOW_US, etag));
	CHECK_STR(str_c(etag), one);
}

/* ---- how much is kept ---- */

TEST(cache_page_that_is_displaced_stays_with_who_has_it)
{
	struct rig r;
	char etag[32];
	rig_new(&r, arena);
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>first"));
	struct http_shared *held =
	    cache_get(r.cache, r.site, key_of(7), NOW_US, etag);
	put(&r, 7 + CACHE_SLOTS, stamp_at(&r, NOW_US), S("<p>second"));
	CHECK_STR(get(&r, 7, NOW_US), S(""));
	CHECK_STR(get(&r, 7 + CACHE_SLOTS, NOW_US), S("<p>second"));
	cache_close(r.cache);
	CHECK_STR(get(&r, 7 + CACHE_SLOTS, NOW_US), S(""));
	CHECK_STR(http_shared_bytes(held), S("<p>first"));
	http_shared_unref(held);
}

static size_t
heap_bytes(void)
{
	return __sanitizer_get_current_allocated_bytes != NULL
	    ? __sanitizer_get_current_allocated_bytes()
	    : 0;
}

TEST(cache_keeps_no_more_pages_than_it_has_slots)
{
	enum { PAGES = 20 * CACHE_SLOTS, BYTES = 10000 };
	static const char body[BYTES];
	struct rig r;
	rig_new(&r, arena);
	size_t before = heap_bytes();
	for (uint32_t n = 0; n < PAGES; n++) {
		struct cache_stamp stamp = stamp_at(&r, NOW_US);
		struct arena *scratch = arena_scratch(arena);
		struct rig one = {scratch, r.site, r.cache};
		put(&one, n * 2654435761u, stamp, (struct str){body, BYTES});
		arena_close(scratch);
	}
	int64_t grown = (int64_t)(heap_bytes() - before);
	CHECK_MAX(grown, (int64_t)CACHE_SLOTS * (BYTES + 200));
	if (heap_bytes() > 0) /* the measure measures */
		CHECK(grown > (int64_t)CACHE_SLOTS / 2 * BYTES);
	int kept = 0;
	for (uint32_t n = 0; n < PAGES; n++) {
		struct arena *scratch = arena_scratch(arena);
		struct rig one = {scratch, r.site, r.cache};
		kept += get(&one, n * 2654435761u, NOW_US).n == BYTES;
		arena_close(scratch);
	}
	CHECK_INT(kept, CACHE_SLOTS);
}

/* ---- threads ---- */

enum { READERS = 4, CHANGES = 500, KEYS = 16 };

struct race {
	struct rig rig;
	bool careless; /* takes the stamp after the data */
	_Atomic int64_t data; /* what is on disk */
	_Atomic int64_t told; /* what its writer was told of */
	atomic_bool over;
	atomic_int old, foreign, hits;
};

/* The lane after a commit: the version moves before the writer is told. */
static void *
write_often(void *arg)
{
	struct race *race = arg;
	for (int64_t n = 1; n <= CHANGES; n++) {
		race->data = n;
		site_changed(race->rig.site, chain(2));
		race->told = n;
		usleep(500);
	}
	race->over = true;
	return NULL;
}

static void
look(struct race *race, uint32_t key, int64_t told, struct http_shared *page)
{
	int64_t got_key = 0, got = 0;
	struct str rest = http_shared_bytes(page);
	bool ok = str_int(str_cut(&rest, ' '), &got_key) && str_int(rest, &got);
	race->foreign += !ok || got_key != key;
	race->old += got < told;
	race->hits++;
}

/* Rendering takes its time. */
static void
render(struct race *race, uint32_t key)
{
	char etag[32], text[64];
	struct cache_stamp stamp = stamp_at(&race->rig, NOW_US);
	int64_t data = race->data;
	usleep(20);
	if (race->careless)
		stamp = stamp_at(&race->rig, NOW_US);
	int n = snprintf(text, sizeof text, "%u %lld", key, (long long)data);
	struct http_shared *page = http_shared_new((struct str){text, n});
	cache_put(race->rig.cache, key_of(key), &stamp, page, etag);
	http_shared_unref(page);
}

/* An HTTP thread: the kept page, or one rendered from what is there. */
static void *
read_often(void *arg)
{
	struct race *race = arg;
	struct rig *r = &race->rig;
	char etag[32];
	for (uint32_t i = 0; !race->over; i++) {
		uint32_t key = i % KEYS;
		int64_t told = race->told;
		struct http_shared *page =
		    cache_get(r->cache, r->site, key_of(key), NOW_US, etag);
		if (page != NULL)
			look(race, key, told, page);
		else
			render(race, key);
		http_shared_unref(page);
	}
	return NULL;
}

static struct race *
run_race(struct arena *a, bool careless)
{
	struct race *race = arena_new(a, struct race, 1);
	pthread_t writer, reader[READERS];
	rig_new(&race->rig, a);
	race->careless = careless;
	for (int i = 0; i < READERS; i++)
		CHECK_INT(
		    pthread_create(&reader[i], NULL, read_often, race), 0);
	CHECK_INT(pthread_create(&writer, NULL, write_often, race), 0);
	pthread_join(writer, NULL);
	for (int i = 0; i < READERS; i++)
		pthread_join(reader[i], NULL);
	CHECK_INT(race->foreign, 0);
	CHECK(race->hits > 100);
	return race;
}

TEST(cache_of_many_threads_gives_nothing_older_than_was_told)
{
	CHECK_INT(run_race(arena, false)->old, 0);
	CHECK(run_race(arena, true)->old > 0);
}
