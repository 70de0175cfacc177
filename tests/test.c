/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/test.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much of two texts is shown around where they part. */
enum { SHOWN_BYTES = 400, TRIAL_BYTES = 16 * 1024 * 1024 };

void
test_check_int(
    int64_t got, int64_t want, const char *what, const char *file, int line)
{
	if (got == want)
		return;
	print_error(
	    "%s is %lld, not %lld\n", what, (long long)got, (long long)want);
	_fail(file, line);
}

void
test_check_max(
    int64_t got, int64_t limit, const char *what, const char *file, int line)
{
	if (got <= limit)
		return;
	print_error("%s is %lld, more than %lld\n", what, (long long)got,
	    (long long)limit);
	_fail(file, line);
}

void
test_check_str(struct str got, struct str want, const char *what,
    const char *file, int line)
{
	if (str_eq(got, want))
		return;
	ptrdiff_t same = 0;
	while (same < got.n && same < want.n && got.p[same] == want.p[same])
		same++;
	ptrdiff_t from = same > 80 ? same - 80 : 0;
	struct str g = str_sub(got, from, from + SHOWN_BYTES);
	struct str w = str_sub(want, from, from + SHOWN_BYTES);
	print_error("%s differs at byte %td (%td bytes, not %td):\n"
		    "  is:     \"%.*s\"\n  not:    \"%.*s\"\n",
	    what, same, got.n, want.n, STR_ARG(g), STR_ARG(w));
	_fail(file, line);
}

void
test_check_has(struct str text, struct str part, bool wanted, const char *what,
    const char *file, int line)
{
	ptrdiff_t at = str_find(text, part);
	if ((at >= 0) == wanted)
		return;
	struct str shown = str_sub(text, 0, SHOWN_BYTES);
	if (at > 80)
		shown = str_sub(text, at - 80, at - 80 + SHOWN_BYTES);
	print_error("%s %s \"%.*s\":\n  %.*s\n", what, wanted ? "lacks" : "has",
	    STR_ARG(part), STR_ARG(shown));
	_fail(file, line);
}

struct trial {
	void (*fn)(struct arena *, void *);
	struct arena *arena;
	void *arg;
};

static void
run_trial(void *arg)
{
	struct trial *t = arg;
	t->fn(t->arena, t->arg);
}

int
test_allocations(void (*fn)(struct arena *, void *), void *arg)
{
	int left_early = 0;
	bool whole = false;
	for (ptrdiff_t n = 1; !whole; n += 1 + n / 32) {
		struct trial t = {fn, arena_open(TRIAL_BYTES), arg};
		if (t.arena == NULL)
			fail_msg("out of memory");
		arena_fail_at(t.arena, n);
		whole = arena_guard(t.arena, run_trial, &t);
		arena_close(t.arena);
		left_early += !whole;
	}
	return left_early;
}

static struct str
read_all(struct arena *a, int fd)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		fail_msg("no size");
	char *p = arena_new(a, char, (ptrdiff_t)st.st_size + 1);
	ptrdiff_t n = 0;
	while (n < (ptrdiff_t)st.st_size) {
		ssize_t got = read(fd, p + n, (size_t)(st.st_size - n));
		if (got <= 0)
			break;
		n += got;
	}
	return (struct str){p, n};
}

struct str
test_file(struct arena *a, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail_msg("%s cannot be read", path);
	struct str s = read_all(a, fd);
	close(fd);
	return s;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void
remove_dir(void *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

struct str
test_dir(struct arena *a)
{
	const char *base = getenv("TMPDIR");
	struct str path = str_cat(
	    a, str_c(base != NULL ? base : "/tmp"), S("/samskab-test-XXXXXX"));
	char *p = (char *)str_cstr(a, path);
	if (mkdtemp(p) == NULL)
		fail_msg("%s cannot be made", p);
	arena_defer(a, remove_dir, p);
	return str_c(p);
}
