/* SPDX-License-Identifier: MPL-2.0 */

/* Photos made anew: nothing but the picture is left.  Hostile ones. */
#include "jobs/picture.h"

#include <turbojpeg.h>

#include "base/buf.h"
#include "base/clock.h"
#include "jobs/picture_parts.h"
#include "jobs/render.h"
#include "tests/jobs/photo.h"

static struct helper *
start(struct arena *a)
{
	struct helper *h = NULL;
	struct helper_kinds kinds = render_kinds();
	CHECK_OK(helper_start(a, kinds.list, kinds.n, &h));
	return h;
}

static void
check_secrets(struct str bytes, bool wanted)
{
	for (ptrdiff_t i = 0; photo_secrets[i] != NULL; i++)
		test_check_has(bytes, str_c(photo_secrets[i]), wanted,
		    photo_secrets[i], __FILE__, __LINE__);
}

/* The only parts are those a picture is drawn from: no APP1 to APP15, no
 * comment. */
static void
check_bare_jpeg(struct str jpeg)
{
	ptrdiff_t at = 2;
	CHECK(str_starts(jpeg, S("\xff\xd8")));
	while (at + 4 < jpeg.n && (unsigned char)jpeg.p[at + 1] != 0xda) {
		int mark = (unsigned char)jpeg.p[at + 1];
		CHECK(mark < 0xe1 || mark > 0xef);
		CHECK(mark != 0xfe);
		at += 2 + (unsigned char)jpeg.p[at + 2] * 256 +
		    (unsigned char)jpeg.p[at + 3];
	}
	CHECK(at + 4 < jpeg.n);
}

static struct pixels
look(struct arena *a, struct str bytes)
{
	struct pixels p;
	CHECK_OK(picture_read(a, bytes, &p));
	return p;
}

/* 'r', 'g', 'b', or '-' for see-through, at that part of width and height. */
static char
colour_at(const struct pixels *p, double x, double y)
{
	const unsigned char *at = p->p +
	    ((ptrdiff_t)(y * p->height) * p->width +
		(ptrdiff_t)(x * p->width)) *
		4;
	if (at[3] < 128)
		return '-';
	return at[0] > 128 ? 'r' : at[1] > 128 ? 'g' : 'b';
}

TEST(picture_of_a_camera_loses_all_but_the_picture)
{
	struct picture p;
	struct helper *h = start(arena);
	struct str planted =
	    photo_planted(arena, photo_jpeg(arena, 2000, 1000), 1);
	check_secrets(planted, true); /* the twin */
	CHECK_OK(picture_clean(h, arena, planted, &p));
	check_secrets(p.web.bytes, false);
	check_secrets(p.thumb.bytes, false);
	check_bare_jpeg(p.web.bytes);
	check_bare_jpeg(p.thumb.bytes);
	CHECK_STR(p.web.type, S("image/jpeg"));
	CHECK_INT(p.web.width, 1600);
	CHECK_INT(p.web.height, 800);
	CHECK_INT(p.thumb.width, 400);
	CHECK_INT(p.thumb.height, 200);
	struct pixels seen = look(arena, p.web.bytes);
	CHECK_INT(seen.width, 1600);
	CHECK_INT(colour_at(&seen, 0.2, 0.6), 'r');
	CHECK_INT(colour_at(&seen, 0.8, 0.6), 'b');
	CHECK_INT(colour_at(&seen, 0.5, 0.02), 'g');
}

/* Where the green top and the red left of the picture lie in the file. */
TEST(picture_is_turned_as_its_exif_says)
{
	static const struct {
		double green_x, green_y, red_x, red_y;
	} want[] = {
	    [1] = {0.5, 0.03, 0.2, 0.6},
	    [2] = {0.5, 0.03, 0.8, 0.6},
	    [3] = {0.5, 0.97, 0.8, 0.4},
	    [4] = {0.5, 0.97, 0.2, 0.4},
	    [5] = {0.03, 0.5, 0.6, 0.2},
	    [6] = {0.97, 0.5, 0.4, 0.2},
	    [7] = {0.97, 0.5, 0.4, 0.8},
	    [8] = {0.03, 0.5, 0.6, 0.8},
	};
	struct str jpeg = photo_jpeg(arena, 320, 160);
	for (int i = 1; i < COUNT_OF(want); i++) {
		struct picture p;
		struct str planted = photo_planted(arena, jpeg, i);
		CHECK_INT(picture_orientation(planted), i);
		CHECK_OK(picture_clean(NULL, arena, planted, &p));
		CHECK_INT(p.web.width, i < 5 ? 320 : 160);
		struct pixels seen = look(arena, p.web.bytes);
		CHECK_INT(
		    colour_at(&seen, want[i].green_x, want[i].green_y), 'g');
		CHECK_INT(colour_at(&seen, want[i].red_x, want[i].red_y), 'r');
	}
}

TEST(picture_that_is_small_is_not_made_larger)
{
	struct picture p;
	CHECK_OK(picture_clean(NULL, arena, photo_jpeg(arena, 30, 20), &p));
	CHECK_INT(p.web.width, 30);
	CHECK_INT(p.thumb.height, 20);
	CHECK_OK(picture_clean(NULL, arena, photo_jpeg(arena, 1, 1), &p));
	CHECK_OK(picture_clean(NULL, arena, photo_jpeg(arena, 4000, 1), &p));
	CHECK_INT(p.web.height, 1);
}

TEST(picture_of_png_and_webp_is_read)
{
	struct picture p;
	struct helper *h = start(arena);
	CHECK_OK(
	    picture_clean(h, arena, photo_png(arena, 900, 600, false), &p));
	CHECK_STR(p.web.type, S("image/jpeg"));
	CHECK_INT(p.web.width, 900);
	CHECK_OK(picture_clean(h, arena, photo_webp(arena, 640, 480), &p));
	CHECK_STR(p.web.type, S("image/jpeg"));
	CHECK_OK(picture_clean(h, arena, photo_png(arena, 900, 600, true), &p));
	CHECK_STR(p.web.type, S("image/webp"));
	struct pixels seen = look(arena, p.web.bytes);
	CHECK_INT(colour_at(&seen, 0.2, 0.6), '-');
	CHECK_INT(colour_at(&seen, 0.8, 0.6), 'b');
	CHECK_LACKS(p.web.bytes, S("EXIF"));
	CHECK_LACKS(p.web.bytes, S("XMP "));
}

/* What stands behind the picture, and reads as something else, is not
 * copied. */
TEST(picture_that_is_two_things_becomes_one)
{
	struct picture p;
	struct str jpeg = photo_jpeg(arena, 64, 64);
	struct str two = STR_JOIN(arena, jpeg,
	    S("PK\x03\x04<script>alert('polyglot')</script>%PDF-1.7"));
	CHECK_OK(picture_clean(NULL, arena, two, &p));
	CHECK_LACKS(p.web.bytes, S("polyglot"));
	CHECK_LACKS(p.web.bytes, S("PK\x03\x04"));
	two = str_cat(arena, S("<html>"), jpeg);
	CHECK_INT(picture_clean(NULL, arena, two, &p), ERR_INVALID);
	CHECK_INT(picture_clean(NULL, arena,
		      S("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), &p),
	    ERR_INVALID);
	CHECK_INT(picture_clean(NULL, arena, S(""), &p), ERR_INVALID);
}

static struct str
with_bytes(struct arena *a, struct str s, ptrdiff_t at, struct str put)
{
	return STR_JOIN(a, str_sub(s, 0, at), put, str_sub(s, at + put.n, s.n));
}

/* Where the frame of a JPEG says how high and wide it is. */
static ptrdiff_t
frame_of(struct str jpeg)
{
	return str_find(jpeg, S("\xff\xc0")) + 5;
}

/* Small files that say they are enormous: no memory is taken for them. */
TEST(picture_bomb_is_refused_at_once)
{
	struct picture p;
	struct helper *h = start(arena);
	struct str jpeg = photo_jpeg(arena, 64, 64);
	struct str png = photo_png(arena, 64, 64, false);
	struct str bombs[] = {
	    with_bytes(arena, jpeg, frame_of(jpeg), S("\xfd\xe8\xfd\xe8")),
	    with_bytes(arena, jpeg, frame_of(jpeg), S("\x3a\x98\x3a\x98")),
	};
	int64_t from_us = clock_mono_us();
	for (int i = 0; i < COUNT_OF(bombs); i++)
		CHECK_INT(picture_clean(h, arena, bombs[i], &p), ERR_TOO_LARGE);
	/* libpng itself finds that the size was tampered with */
	CHECK_INT(
	    picture_clean(h, arena,
		with_bytes(arena, png, 16, S("\0\0\xff\xff\0\0\xff\xff")), &p),
	    ERR_INVALID);
	CHECK_MAX(clock_mono_us() - from_us, 3 * SECOND_US);
	CHECK_OK(picture_clean(h, arena, jpeg, &p));
}

static void
check_cut(struct arena *a, struct str whole, ptrdiff_t step)
{
	struct picture p;
	for (ptrdiff_t n = 0; n < whole.n - whole.n / 8; n += step) {
		struct arena *scratch = arena_scratch(a);
		CHECK_INT(
		    picture_clean(NULL, scratch, str_sub(whole, 0, n), &p),
		    ERR_INVALID);
		arena_close(scratch);
	}
	CHECK_OK(picture_clean(NULL, a, whole, &p));
}

TEST(picture_that_is_cut_is_refused)
{
	check_cut(arena, photo_jpeg(arena, 200, 200), 31);
	check_cut(arena, photo_webp(arena, 200, 200), 31);
	check_cut(arena, photo_png(arena, 200, 200, true), 31);
}

/* Any byte another: it is read or refused, and nothing else happens. */
TEST(picture_that_is_damaged_does_no_harm)
{
	struct picture p;
	struct str files[] = {
	    photo_planted(arena, photo_jpeg(arena, 48, 48), 6),
	    photo_png(arena, 48, 48, true), photo_webp(arena, 48, 48)};
	for (int i = 0; i < COUNT_OF(files); i++) {
		for (ptrdiff_t at = 0; at < files[i].n; at += 3) {
			struct arena *scratch = arena_scratch(arena);
			char other = (char)(files[i].p[at] ^ (0x55 + at % 7));
			enum err e = picture_clean(NULL, scratch,
			    with_bytes(
				scratch, files[i], at, (struct str){&other, 1}),
			    &p);
			CHECK(e == ERR_OK || e == ERR_INVALID ||
			    e == ERR_TOO_LARGE);
			arena_close(scratch);
		}
	}
}
