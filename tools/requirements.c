/* SPDX-License-Identifier: MPL-2.0 */
/* requirements - which sentences of the guide have a test.
 *
 *	requirements DIR
 *
 * Every line of a file below DIR that says "guide:S10" counts for sentence
 * S10, in whatever language the test is written.  Prints S1 to S56 with the
 * places, "no test" where there is none, and a last line with the sum.  A
 * number that the guide does not have is an error, exit 2.
 * Tests: tests/tools/requirements.c */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

enum { SENTENCES = 56, OPEN_DIRS = 16 };

struct where {
	const char *path;
	int line, sentence;
};

/* nftw() hands nothing through to its callback. */
static struct {
	struct where *list;
	ptrdiff_t n, cap;
} found;

static void
add(const char *path, int line, int64_t sentence)
{
	if (sentence < 1 || sentence > SENTENCES)
		tool_fail((struct place){path, line, 0},
		    "the guide has no sentence S%d", (int)sentence);
	if (found.n == found.cap) {
		ptrdiff_t cap = found.cap > 0 ? 2 * found.cap : 256;
		struct where *more = arena_new(tool_arena(), struct where, cap);
		if (found.n > 0)
			memcpy(
			    more, found.list, (size_t)found.n * sizeof *more);
		found.list = more;
		found.cap = cap;
	}
	found.list[found.n++] = (struct where){path, line, (int)sentence};
}

static void
read_line(const char *path, int number, struct str line)
{
	static const struct str mark = S_INIT("guide:S");
	ptrdiff_t at;
	while ((at = str_find(line, mark)) >= 0) {
		ptrdiff_t from = at + mark.n, to = from;
		int64_t sentence = 0;
		while (to < line.n && line.p[to] >= '0' && line.p[to] <= '9')
			to++;
		if (to > from && str_int(str_sub(line, from, to), &sentence))
			add(path, number, sentence);
		line = str_sub(line, to, line.n);
	}
}

static int
read_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (type != FTW_F)
		return 0;
	const char *copy = str_cstr(tool_arena(), str_c(path));
	struct str rest = tool_read(path);
	for (int line = 1; rest.n > 0; line++)
		read_line(copy, line, str_cut(&rest, '\n'));
	return 0;
}

static int
by_place(const void *x, const void *y)
{
	const struct where *a = x, *b = y;
	int order = strcmp(a->path, b->path);
	return order != 0 ? order : a->line - b->line;
}

static bool
print_sentence(int sentence)
{
	const char *last = "";
	bool any = false;
	printf("S%-3d", sentence);
	for (ptrdiff_t i = 0; i < found.n; i++) {
		const struct where *w = &found.list[i];
		if (w->sentence != sentence)
			continue;
		if (strcmp(w->path, last) == 0)
			printf(",%d", w->line);
		else
			printf(" %s:%d", w->path, w->line);
		last = w->path;
		any = true;
	}
	printf("%s\n", any ? "" : " no test");
	return any;
}

int
main(int argc, char **argv)
{
	int tested = 0;
	if (argc != 2) {
		fprintf(stderr, "usage: requirements DIR\n");
		return 2;
	}
	if (nftw(argv[1], read_file, OPEN_DIRS, FTW_PHYS) != 0)
		tool_fail((struct place){.file = argv[1]}, "cannot be read");
	if (found.n > 0)
		qsort(
		    found.list, (size_t)found.n, sizeof *found.list, by_place);
	for (int sentence = 1; sentence <= SENTENCES; sentence++)
		tested += print_sentence(sentence);
	printf("%d of %d sentences have a test\n", tested, SENTENCES);
	return 0;
}
