/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"

/* test.h - TEST, TEST_DB and CHECK_*: thin macros over cmocka.
 *
 *	TEST(str_cut_takes_the_part_before) { CHECK_STR(head, S("a")); }
 *
 * A test registers itself; the program of a folder (tests/main.c) runs all of
 * its folder, or those whose name contains its first argument.  A TEST_DB runs
 * once on each database: on SQLite in memory, and on a fresh schema of the
 * PostgreSQL that SAMSKAB_TEST_PG names (skipped, and counted so, without).
 *
 * Everything a test allocates goes on `arena`, closed after it.
 */
struct test {
	const char *name;
	void (*run)(struct arena *arena);
	void (*run_db)(struct arena *arena, struct db *db);
	struct test *next;
};

void test_register(struct test *);

#define TEST(title)                                                     \
	static void title(struct arena *arena);                         \
	__attribute__((constructor)) static void register_##title(void) \
	{                                                               \
		static struct test t = {.name = #title, .run = title};  \
		test_register(&t);                                      \
	}                                                               \
	static void title(struct arena *arena __attribute__((unused)))

/* `db` is open for writing, migrated to the current schema and empty. */
#define TEST_DB(title)                                                    \
	static void title(struct arena *arena, struct db *db);            \
	__attribute__((constructor)) static void register_##title(void)   \
	{                                                                 \
		static struct test t = {.name = #title, .run_db = title}; \
		test_register(&t);                                        \
	}                                                                 \
	static void title(struct arena *arena __attribute__((unused)),    \
	    struct db *db __attribute__((unused)))

#define CHECK(condition) \
	_assert_true((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
#define CHECK_INT(got, want) \
	test_check_int(      \
	    (int64_t)(got), (int64_t)(want), #got, __FILE__, __LINE__)
#define CHECK_STR(got, want) \
	test_check_str((got), (want), #got, __FILE__, __LINE__)
#define CHECK_HAS(text, part) \
	test_check_has((text), (part), true, #text, __FILE__, __LINE__)
#define CHECK_LACKS(text, part) \
	test_check_has((text), (part), false, #text, __FILE__, __LINE__)
#define CHECK_MAX(got, limit) \
	test_check_max(       \
	    (int64_t)(got), (int64_t)(limit), #got, __FILE__, __LINE__)
#define CHECK_OK(err) CHECK_INT((err), ERR_OK)

void test_check_int(
    int64_t got, int64_t want, const char *what, const char *file, int line);
void test_check_max(
    int64_t got, int64_t limit, const char *what, const char *file, int line);
void test_check_str(struct str got, struct str want, const char *what,
    const char *file, int line);
void test_check_has(struct str text, struct str part, bool wanted,
    const char *what, const char *file, int line);

/* Ends the test as skipped, and says why. */
void test_skip(const char *why);

/* Calls fn on an arena of its own, again and again: each time another of its
 * allocations finds the arena full (every one at first, then with growing
 * steps), at last none.  Gives how often it was left early.  What such a jump
 * loses, LeakSanitizer tells at the end of the program. */
int test_allocations(void (*fn)(struct arena *, void *), void *arg);

/* The whole file; fails the test when it cannot be read. */
struct str test_file(struct arena *, const char *path);

/* A folder of its own that is removed when `arena` closes. */
struct str test_dir(struct arena *);

/* A place with nothing in it, for tests that open connections of their own: a
 * folder, or a schema of SAMSKAB_TEST_PG (without which the test ends as
 * skipped).  It is gone when `arena` closes; connections on the same arena
 * close before it.  tests/test_db.c */
struct db_place test_place(struct arena *, enum db_kind);

/* For tests/main.c: the database of one TEST_DB, and the end of them all. */
struct db *test_db_open(struct arena *, enum db_kind);
void test_db_end(void);

#endif
