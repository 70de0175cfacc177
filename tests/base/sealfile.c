/* SPDX-License-Identifier: MPL-2.0 */
#include "base/sealfile.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/secret.h"
#include "tests/test.h"

enum { SIZE = 3 * 64 * 1024 + 777, PIECE = 64 * 1024 + 17, HEAD = 58 };

#define PASSPHRASE S("fire ord i en lang række")

static struct str
content(struct arena *a, ptrdiff_t n)
{
	struct buf b = buf_new(a, n + 64);
	for (int i = 0; b.n < n; i++)
		buf_fmt(&b, "KANARIEFUGL %d ", i);
	return str_sub(buf_str(&b), 0, n);
}

static struct str
sealed(struct arena *a, struct str text)
{
	struct sealfile *f;
	struct str path = str_cat(a, test_dir(a), S("/sealed"));
	int fd = open(str_cstr(a, path), O_WRONLY | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	CHECK_OK(sealfile_create(a, fd, PASSPHRASE, &f));
	for (ptrdiff_t at = 0; at < text.n; at += 1000)
		CHECK_OK(sealfile_write(f, str_sub(text, at, at + 1000)));
	CHECK_OK(sealfile_end(f));
	close(fd);
	return test_file(a, str_cstr(a, path));
}

/* What comes of reading `n` bytes and then the end of it. */
static enum err
opened(struct arena *a, struct str bytes, struct str passphrase, ptrdiff_t n,
    struct str *out)
{
	struct sealfile *f;
	char *p = arena_new(a, char, n + 1);
	struct str path = str_cat(a, test_dir(a), S("/sealed"));
	CHECK_OK(file_write(a, path, bytes));
	int fd = open(str_cstr(a, path), O_RDONLY);
	CHECK(fd >= 0);
	enum err e = sealfile_open(a, fd, passphrase, &f);
	if (e == ERR_OK)
		e = sealfile_read(f, p, n);
	if (e == ERR_OK)
		e = sealfile_done(f);
	close(fd);
	*out = (struct str){p, n};
	return e;
}

TEST(sealfile_comes_back_as_it_was)
{
	static const ptrdiff_t sizes[] = {0, SIZE};
	for (ptrdiff_t i = 0; i < COUNT_OF(sizes); i++) {
		struct str out, text = content(arena, sizes[i]);
		struct str bytes = sealed(arena, text);
		CHECK_INT(str_find(bytes, S("KANARIEFUGL")), -1);
		CHECK_OK(opened(arena, bytes, PASSPHRASE, text.n, &out));
		CHECK_STR(out, text);
		/* more is read, or less, than there is */
		CHECK_INT(opened(arena, bytes, PASSPHRASE, text.n + 1, &out),
		    ERR_INVALID);
		if (text.n > 0)
			CHECK_INT(
			    opened(arena, bytes, PASSPHRASE, text.n - 1, &out),
			    ERR_INVALID);
	}
}

TEST(sealfile_opens_for_its_passphrase_alone)
{
	struct str out, bytes = sealed(arena, content(arena, SIZE));
	CHECK_INT(
	    opened(arena, bytes, S("fire ord i en anden række"), SIZE, &out),
	    ERR_DENIED);
	CHECK_INT(
	    opened(arena, S("PK\x03\x04"), PASSPHRASE, 1, &out), ERR_INVALID);
	CHECK_INT(opened(arena, S(""), PASSPHRASE, 1, &out), ERR_INVALID);
	/* the same text twice is nothing alike */
	struct str again = sealed(arena, content(arena, SIZE));
	CHECK(!str_eq(
	    str_sub(again, HEAD, HEAD + 64), str_sub(bytes, HEAD, HEAD + 64)));
}

static struct str
with_byte(struct arena *a, struct str bytes, ptrdiff_t at)
{
	char *p = arena_new(a, char, bytes.n);
	memcpy(p, bytes.p, (size_t)bytes.n);
	p[at] = (char)(p[at] ^ 1);
	return (struct str){p, bytes.n};
}

TEST(sealfile_that_was_changed_does_not_open)
{
	struct str out, bytes = sealed(arena, content(arena, SIZE));
	const ptrdiff_t at[] = {
	    0, 20, 40, HEAD, HEAD + PIECE, HEAD + 2 * PIECE + 5, bytes.n - 1};
	for (ptrdiff_t i = 0; i < COUNT_OF(at); i++) {
		enum err e = opened(arena, with_byte(arena, bytes, at[i]),
		    PASSPHRASE, SIZE, &out);
		CHECK(e == ERR_INVALID || e == ERR_DENIED);
	}
	struct str one = str_sub(bytes, HEAD, HEAD + PIECE);
	struct str two = str_sub(bytes, HEAD + PIECE, HEAD + 2 * PIECE);
	struct str head = str_sub(bytes, 0, HEAD);
	struct str rest = str_sub(bytes, HEAD + 2 * PIECE, bytes.n);
	CHECK_STR(STR_JOIN(arena, head, one, two, rest), bytes);
	CHECK_INT(opened(arena, STR_JOIN(arena, head, two, one, rest),
		      PASSPHRASE, SIZE, &out),
	    ERR_DENIED);
	CHECK_INT(opened(arena, STR_JOIN(arena, head, one, rest), PASSPHRASE,
		      SIZE - 64 * 1024, &out),
	    ERR_INVALID);
	CHECK_INT(opened(arena, STR_JOIN(arena, head, one, two, rest, S("x")),
		      PASSPHRASE, SIZE, &out),
	    ERR_INVALID);
}

/* Also between two pieces, where each by itself is whole. */
TEST(sealfile_that_is_cut_short_is_noticed)
{
	struct str out, bytes = sealed(arena, content(arena, SIZE));
	const ptrdiff_t at[] = {30, HEAD, HEAD + 100, HEAD + 2 * PIECE};
	for (ptrdiff_t i = 0; i < COUNT_OF(at); i++) {
		enum err e = opened(
		    arena, str_sub(bytes, 0, at[i]), PASSPHRASE, SIZE, &out);
		CHECK(e == ERR_INVALID || e == ERR_DENIED);
	}
	CHECK_INT(opened(arena, str_sub(bytes, 0, HEAD + PIECE), PASSPHRASE,
		      64 * 1024, &out),
	    ERR_INVALID);
}
