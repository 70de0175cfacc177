/* SPDX-License-Identifier: MPL-2.0 */

/* The page cache: what is good for how long, and that it stays small. */
#include "web/cache.h"

#include <pthread.h>
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

static void
put(struct rig *r, uint32_t key, struct cache_stamp stamp, struct str body)
{
	struct http_response page = {.status = 200, .body = body};
	http_header_add(r->arena, &page, S("ETag"), S("\"one\""));
	cache_put(r->cache, key_of(key), &stamp, r->arena, &page);
}

/* The size of the page that is given out; 0: none. */
static ptrdiff_t
get(struct rig *r, uint32_t key, int64_t now_us)
{
	struct http_ready *page =
	    cache_get(r->cache, r->site, key_of(key), now_us, S(""));
	if (page == NULL)
		return 0;
	ptrdiff_t bytes = http_ready_bytes(page);
	CHECK_INT(http_ready_status(page), 200);
	http_ready_unref(page);
	return bytes;
}

/* ---- what is good, and for how long ---- */

TEST(cache_gives_a_page_to_its_key_alone)
{
	struct rig r;
	rig_new(&r, arena);
	CHECK_INT(get(&r, 7, NOW_US), 0);
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>syv"));
	put(&r, 8, stamp_at(&r, NOW_US), S("<p>otte"));
	CHECK_INT(get(&r, 7, NOW_US), 6);
	CHECK_INT(get(&r, 8, NOW_US), 7);
	/* One that lies in the same slot is still another. */
	CHECK_INT(get(&r, 7 + CACHE_SLOTS, NOW_US), 0);
}

TEST(cache_forgets_a_page_when_what_it_shows_changes)
{
	struct rig r;
	rig_new(&r, arena);
	for (int n = 1; n <= 2; n++) {
		put(&r, 7, stamp_at(&r, NOW_US), S("<p>x"));
		CHECK_INT(get(&r, 7, NOW_US), 4);
		site_changed(r.site, chain(n)); /* organisation, network */
		CHECK_INT(get(&r, 7, NOW_US), 0);
	}
	/* The twin: another network's change leaves it. */
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>x"));
	site_changed(r.site, chain(3));
	CHECK_INT(get(&r, 7, NOW_US), 4);
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
	CHECK_INT(get(&r, 7, NOW_US), 0);
	/* The twin: with a stamp from after it, it would be taken. */
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>old"));
	CHECK_INT(get(&r, 7, NOW_US), 6);
}

TEST(cache_gives_a_page_until_its_time)
{
	struct rig r;
	rig_new(&r, arena);
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>x"));
	CHECK_INT(get(&r, 7, NOW_US + MINUTE_US - 1), 4);
	CHECK_INT(get(&r, 7, NOW_US + MINUTE_US), 0);
}

/* Pages say "late" and "in two days": at Danish midnight they are others. */
TEST(cache_gives_no_page_of_yesterday)
{
	struct rig r;
	int64_t midnight_us = date_us((struct date){2026, 11, 24}) - HOUR_US;
	rig_new(&r, arena);
	put(&r, 7, stamp_at(&r, midnight_us - SECOND_US), S("<p>x"));
	CHECK_INT(get(&r, 7, midnight_us - 1), 4);
	CHECK_INT(get(&r, 7, midnight_us), 0);
}

static int
status_for(struct rig *r, struct str has)
{
	struct http_ready *page =
	    cache_get(r->cache, r->site, key_of(7), NOW_US, has);
	int status = page == NULL ? 0 : http_ready_status(page);
	http_ready_unref(page);
	return status;
}

TEST(cache_says_that_it_is_the_same)
{
	struct rig r;
	rig_new(&r, arena);
	CHECK_INT(status_for(&r, S("\"one\"")), 0);
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>x"));
	CHECK_INT(status_for(&r, S("")), 200);
	CHECK_INT(status_for(&r, S("\"two\"")), 200);
	CHECK_INT(status_for(&r, S("\"one\"")), 304);
	site_changed(r.site, chain(1));
	CHECK_INT(status_for(&r, S("\"one\"")), 0);
}

TEST(cache_keeps_no_page_without_a_tag)
{
	struct rig r;
	rig_new(&r, arena);
	struct http_response page = {.status = 200, .body = S("page")};
	struct cache_stamp stamp = stamp_at(&r, NOW_US);
	cache_put(r.cache, key_of(7), &stamp, arena, &page);
	CHECK_INT(get(&r, 7, NOW_US), 0);
}

/* ---- how much is kept ---- */

TEST(cache_page_that_is_displaced_stays_with_who_has_it)
{
	struct rig r;
	rig_new(&r, arena);
	put(&r, 7, stamp_at(&r, NOW_US), S("<p>first"));
	struct http_ready *held =
	    cache_get(r.cache, r.site, key_of(7), NOW_US, S(""));
	put(&r, 7 + CACHE_SLOTS, stamp_at(&r, NOW_US), S("<p>second"));
	CHECK_INT(get(&r, 7, NOW_US), 0);
	CHECK_INT(get(&r, 7 + CACHE_SLOTS, NOW_US), 9);
	cache_close(r.cache);
	CHECK_INT(get(&r, 7 + CACHE_SLOTS, NOW_US), 0);
	CHECK_INT(http_ready_bytes(held), 8);
	http_ready_unref(held);
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
	CHECK_MAX(grown, (int64_t)CACHE_SLOTS * (BYTES + 2500));
	if (heap_bytes() > 0) /* the measure measures */
		CHECK(grown > (int64_t)CACHE_SLOTS / 2 * BYTES);
	int kept = 0;
	for (uint32_t n = 0; n < PAGES; n++) {
		struct arena *scratch = arena_scratch(arena);
		struct rig one = {scratch, r.site, r.cache};
		kept += get(&one, n * 2654435761u, NOW_US) == BYTES;
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

/* What a page holds is told by its size: a number of the data, and whose. */
static void
look(struct race *race, uint32_t key, int64_t told,
    const struct http_ready *page)
{
	int64_t size = http_ready_bytes(page) - 1;
	race->foreign += size % KEYS != key;
	race->old += size / KEYS < told;
	race->hits++;
}

/* Rendering takes its time. */
static void
render(struct race *race, uint32_t key)
{
	static const char text[KEYS * (CHANGES + 1) + 1];
	struct arena *scratch = arena_open(64 * 1024);
	struct rig one = {scratch, race->rig.site, race->rig.cache};
	struct cache_stamp stamp = stamp_at(&one, NOW_US);
	int64_t data = race->data;
	usleep(20);
	if (race->careless)
		stamp = stamp_at(&one, NOW_US);
	put(&one, key, stamp,
	    (struct str){text, (ptrdiff_t)(data * KEYS + key + 1)});
	arena_close(scratch);
}

/* An HTTP thread: the kept page, or one rendered from what is there. */
static void *
read_often(void *arg)
{
	struct race *race = arg;
	struct rig *r = &race->rig;
	for (uint32_t i = 0; !race->over; i++) {
		uint32_t key = i % KEYS;
		int64_t told = race->told;
		struct http_ready *page =
		    cache_get(r->cache, r->site, key_of(key), NOW_US, S(""));
		if (page != NULL)
			look(race, key, told, page);
		else
			render(race, key);
		http_ready_unref(page);
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
