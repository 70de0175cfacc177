/* SPDX-License-Identifier: MPL-2.0 */

/* Sealed files in pieces: read from the middle, and any damage found. */
#include "model/media_file.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "tests/model/fixture.h"

enum { SIZE = 2 * MEDIA_PIECE + 1000 };

static struct media_file
file_of(struct arena *a)
{
	return (struct media_file){.dir = test_dir(a),
	    .org = id_new(NOW_US),
	    .name = hash_of(S("navn")),
	    .key = key_new(),
	    .size = SIZE};
}

static struct str
content(struct arena *a)
{
	struct buf b = buf_new(a, SIZE + 16);
	for (int i = 0; b.n < SIZE; i++)
		buf_fmt(&b, "%d KANARIEFUGL ", i);
	return str_sub(buf_str(&b), 0, SIZE);
}

static const char *
path_of(struct arena *a, const struct media_file *f)
{
	return str_cstr(a,
	    STR_JOIN(a, f->dir, S("/media/"), id_text(a, f->org), S("/"),
		hash_hex(a, f->name)));
}

TEST(media_file_is_read_from_anywhere)
{
	struct str got, all = content(arena);
	struct media_file f = file_of(arena);
	CHECK_OK(media_file_write(arena, &f, all));
	CHECK_OK(media_file_read(arena, &f, 0, SIZE, &got));
	CHECK(str_eq(got, all));
	static const int64_t at[] = {0, 1, MEDIA_PIECE - 1, MEDIA_PIECE,
	    MEDIA_PIECE + 1, SIZE - 1, SIZE};
	for (int i = 0; i < COUNT_OF(at); i++) {
		for (int k = i; k < COUNT_OF(at); k++) {
			CHECK_OK(
			    media_file_read(arena, &f, at[i], at[k], &got));
			CHECK(str_eq(got, str_sub(all, at[i], at[k])));
		}
	}
	CHECK_INT(media_file_read(arena, &f, 0, SIZE + 1, &got), ERR_INVALID);
}

TEST(media_file_lies_sealed)
{
	struct str all = content(arena);
	struct media_file f = file_of(arena);
	CHECK_HAS(all, S("KANARIEFUGL")); /* the twin */
	CHECK_OK(media_file_write(arena, &f, all));
	CHECK_LACKS(test_file(arena, path_of(arena, &f)), S("KANARIEFUGL"));
}

static void
put_file(const char *path, struct str bytes)
{
	FILE *out = fopen(path, "wb");
	CHECK(out != NULL);
	CHECK_INT(fwrite(bytes.p, 1, (size_t)bytes.n, out), bytes.n);
	fclose(out);
}

/* One bit anywhere, a cut, two pieces changed about, another key or size. */
TEST(media_file_that_is_damaged_is_found)
{
	struct str got;
	struct media_file f = file_of(arena);
	CHECK_OK(media_file_write(arena, &f, content(arena)));
	const char *path = path_of(arena, &f);
	struct str box = test_file(arena, path);
	for (ptrdiff_t at = 0; at < box.n; at += box.n / 23) {
		char *bent = arena_new(arena, char, box.n);
		memcpy(bent, box.p, (size_t)box.n);
		bent[at] ^= 1;
		put_file(path, (struct str){bent, box.n});
		CHECK_INT(
		    media_file_read(arena, &f, 0, SIZE, &got), ERR_INTERNAL);
	}
	put_file(path, str_sub(box, 0, box.n - 1));
	CHECK_INT(media_file_read(arena, &f, 0, SIZE, &got), ERR_INTERNAL);
	ptrdiff_t one = MEDIA_PIECE + SEAL_EXTRA;
	put_file(path,
	    STR_JOIN(arena, str_sub(box, one, 2 * one), str_sub(box, 0, one),
		str_sub(box, 2 * one, box.n)));
	CHECK_INT(media_file_read(arena, &f, 0, SIZE, &got), ERR_INTERNAL);
	put_file(path, box);
	CHECK_OK(media_file_read(arena, &f, 0, SIZE, &got));
	struct media_file other = f;
	other.size = SIZE - 1;
	CHECK_INT(media_file_get(arena, &other, 2, &got), ERR_INTERNAL);
	other = f;
	other.key = key_new();
	CHECK_INT(media_file_get(arena, &other, 0, &got), ERR_INTERNAL);
}

TEST(media_file_of_another_length_is_refused)
{
	struct str got, all = content(arena);
	struct media_file f = file_of(arena);
	CHECK_INT(media_file_get(arena, &f, 0, &got), ERR_NOT_FOUND);
	CHECK_INT(
	    media_file_put(arena, &f, 0, str_sub(all, 0, 10)), ERR_CONFLICT);
	CHECK_INT(media_file_put(arena, &f, 3, S("x")), ERR_CONFLICT);
	CHECK_INT(media_file_put(arena, &f, -1, S("x")), ERR_CONFLICT);
	CHECK_INT(
	    media_file_write(arena, &f, str_sub(all, 1, SIZE)), ERR_CONFLICT);
}

TEST(media_file_that_is_dropped_is_gone)
{
	struct str got;
	struct hashes names;
	struct media_file f = file_of(arena);
	int found = 0;
	CHECK_OK(media_file_drop(arena, &f));
	CHECK_OK(media_file_write(arena, &f, content(arena)));
	for (int digit = 0; digit < 16; digit++) {
		CHECK_OK(media_file_list(
		    arena, &f, digit, clock_now_us() + DAY_US, &names));
		found += (int)names.n;
		CHECK(names.n == 0 || hash_eq(names.list[0], f.name));
		CHECK_OK(media_file_list(
		    arena, &f, digit, clock_now_us() - DAY_US, &names));
		CHECK_INT(names.n, 0);
	}
	CHECK_INT(found, 1);
	CHECK_OK(media_file_drop(arena, &f));
	CHECK_INT(media_file_get(arena, &f, 0, &got), ERR_NOT_FOUND);
}
