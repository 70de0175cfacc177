/* SPDX-License-Identifier: MPL-2.0 */

/* The program of one folder's tests: tests-FOLDER [PART OF A NAME].
 *
 * Its last line is "N passed, N failed, N skipped", its exit status 1 when one
 * failed.  The program's own log lines are dropped unless SAMSKAB_TEST_LOG is
 * set: many tests provoke errors. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "tests/test.h"

/* At most: the sweeps over every page take nearly two. */
#define TEST_BYTES ((ptrdiff_t)4 * 1024 * 1024 * 1024)

/* Not there in the programs of folders below db. */
#pragma weak test_db_open
#pragma weak test_db_end

/* What the libraries of text keep to the end is theirs: caches of fonts. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:FcConfigCreate\nleak:libpango\n"
	       "leak:libglib\nleak:open_fonts\n";
}

static struct test *tests;
static int n_tests, n_skipped;

struct run {
	const struct test *test;
	enum db_kind kind;
	struct arena *arena;
};

void
test_register(struct test *t)
{
	t->next = tests;
	tests = t;
	n_tests++;
}

void
test_skip(const char *why)
{
	static const char *said;
	if (why != said)
		printf("skipped: %s\n", why);
	said = why;
	n_skipped++;
	skip();
	abort(); /* skip() does not return */
}

static void
run_one(void **state)
{
	struct run *run = *state;
	run->arena = arena_open(TEST_BYTES);
	if (run->arena == NULL)
		abort();
	if (run->test->run != NULL) {
		run->test->run(run->arena);
		return;
	}
	struct db *db = test_db_open(run->arena, run->kind);
	run->test->run_db(run->arena, db);
}

/* Also after a failed check, which leaves run_one by a jump. */
static int
end_test(void **state)
{
	struct run *run = *state;
	arena_close(run->arena);
	run->arena = NULL;
	return 0;
}

static const char *
title(struct arena *a, const struct test *t, enum db_kind kind)
{
	static const char *const suffix[] = {
	    [DB_SQLITE] = " [sqlite]", [DB_POSTGRES] = " [postgres]"};
	struct str name = str_c(t->name);
	if (t->run_db != NULL)
		name = str_cat(a, name, str_c(suffix[kind]));
	return str_cstr(a, name);
}

static int
by_name(const void *x, const void *y)
{
	const struct CMUnitTest *a = x, *b = y;
	return strcmp(a->name, b->name);
}

static int
collect(struct arena *a, struct CMUnitTest *out, const char *part)
{
	int n = 0;
	for (const struct test *t = tests; t != NULL; t = t->next) {
		int kinds = t->run_db != NULL ? 2 : 1;
		for (int kind = 0; kind < kinds; kind++) {
			struct run *run = arena_new(a, struct run, 1);
			*run = (struct run){t, (enum db_kind)kind, NULL};
			const char *name = title(a, t, run->kind);
			if (part != NULL && strstr(name, part) == NULL)
				continue;
			out[n++] = (struct CMUnitTest){
			    .name = name,
			    .test_func = run_one,
			    .teardown_func = end_test,
			    .initial_state = run,
			};
		}
	}
	qsort(out, (size_t)n, sizeof *out, by_name);
	return n;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_open(TEST_BYTES);
	if (a == NULL)
		return 2;
	if (getenv("SAMSKAB_TEST_LOG") == NULL)
		log_set_fd(-1);
	secret_init();
	struct CMUnitTest *list = arena_new(a, struct CMUnitTest, 2 * n_tests);
	int n = collect(a, list, argc > 1 ? argv[1] : NULL);
	int failed = n == 0
	    ? 0
	    : _cmocka_run_group_tests(argv[0], list, (size_t)n, NULL, NULL);
	if (test_db_end != NULL)
		test_db_end();
	arena_close(a);
	printf("%d passed, %d failed, %d skipped\n", n - failed - n_skipped,
	    failed, n_skipped);
	return failed > 0 || n == 0 ? 1 : 0;
}
