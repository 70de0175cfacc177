/* SPDX-License-Identifier: MPL-2.0 */
#include "report/zipper.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/nameless.h"
#include "help.h"
#include "report/csv.h"
#include "report/unzip.h"

enum { MEGA = 1024 * 1024 };

static struct str
made(struct arena *a, int fd, int64_t size)
{
	char *bytes = arena_new(a, char, (ptrdiff_t)size);
	CHECK_INT(pread(fd, bytes, (size_t)size, 0), size);
	return (struct str){bytes, (ptrdiff_t)size};
}

/* libzip reads what we write: sizes and sums too, for it looks at them. */
TEST(zipper_is_read_by_libzip)
{
	int64_t size;
	struct unzipped files;
	struct buf big = buf_new(arena, 8 * MEGA);
	int fd = nameless_open(arena, S("/"));
	struct zipper *f = zipper_open(arena, fd);
	CHECK(f != NULL);
	zipper_part(f, "en.csv");
	zipper_add(f, S("a,b\n"));
	zipper_add(f, S(""));
	zipper_add(f, S("1,2\n"));
	zipper_part(f, "tom.csv");
	zipper_part(f, "læs.csv");
	for (int i = 0; i < 300000; i++) {
		struct str line = str_fmt(arena, "%d,%d\n", i, i * 7);
		buf_add(&big, line);
		zipper_add(f, line);
	}
	CHECK_OK(zipper_end(f, &size));
	struct str zip = made(arena, fd, size);
	CHECK(unzip_is(zip));
	CHECK(unzip_tables(arena, zip, 16 * MEGA, &files));
	CHECK_INT(files.n, 3);
	CHECK_STR(files.file[0], S("a,b\n1,2\n"));
	CHECK_INT(files.file[1].n, 0);
	CHECK(str_eq(files.file[2], buf_str(&big)));
	CHECK(size < big.n / 2);
	(void)close(fd);
}

/* Each byte that is another one is found, in what is packed at least. */
TEST(zipper_has_sums_that_hold)
{
	int64_t size;
	struct unzipped files;
	int fd = nameless_open(arena, S("/"));
	struct zipper *f = zipper_open(arena, fd);
	zipper_part(f, "en.csv");
	zipper_add(f, S("et,to,tre,fire\n"));
	CHECK_OK(zipper_end(f, &size));
	struct str zip = made(arena, fd, size);
	char *bytes = (char *)(uintptr_t)zip.p;
	CHECK(unzip_tables(arena, zip, MEGA, &files));
	for (ptrdiff_t i = 36; i < 36 + 10; i++) {
		bytes[i] = (char)~bytes[i];
		bool good = unzip_tables(arena, zip, MEGA, &files);
		CHECK(!good || !str_eq(files.file[0], S("et,to,tre,fire\n")));
		bytes[i] = (char)~bytes[i];
	}
	(void)close(fd);
}

TEST(zipper_says_that_a_write_failed)
{
	int64_t size;
	int ends[2];
	CHECK_INT(pipe(ends), 0); /* no place can be written in it */
	struct zipper *f = zipper_open(arena, ends[1]);
	zipper_part(f, "en.csv");
	zipper_add(f, S("x"));
	CHECK_INT(zipper_end(f, &size), ERR_UNAVAIL);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void
collect(void *arg, struct str piece)
{
	struct buf *b = arg;
	buf_add(b, piece);
}

/* In pieces or whole, the same bytes; a row that is too long is told. */
TEST(csv_in_pieces_is_the_same_table)
{
	struct str whole;
	struct buf b = buf_new(arena, 8 * MEGA);
	struct csv one = csv_new(arena, 8 * MEGA, ',', false);
	struct csv two = csv_flow(arena, ',', collect, &b);
	for (int i = 0; i < 20000; i++) {
		csv_int(&one, i);
		csv_int(&two, i);
		csv_text(&one, S("Å, \"b\""));
		csv_text(&two, S("Å, \"b\""));
		csv_row(&one);
		csv_row(&two);
	}
	CHECK(b.n > 0); /* some of it is out already */
	CHECK_MAX(two.out.n, 64 * 1024);
	CHECK_OK(csv_done(&one, &whole));
	CHECK_OK(csv_end(&two));
	CHECK(str_eq(buf_str(&b), whole));
	for (int i = 0; i < CSV_ROW_BYTES; i++)
		csv_text(&two, S("xx"));
	csv_row(&two);
	CHECK_INT(csv_end(&two), ERR_TOO_LARGE);
}
