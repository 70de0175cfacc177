/* SPDX-License-Identifier: MPL-2.0 */

/* Sound and film made anew.  What is tried on is made by ffmpeg itself. */
#include "jobs/film.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/nameless.h"
#include "jobs/render.h"
#include "tests/jobs/clip.h"

struct booth {
	struct arena *arena;
	struct helper *helper;
	struct str dir;
	int out_fd;
};

static void
booth_new(struct booth *b, struct arena *a)
{
	struct helper_kinds kinds = render_kinds();
	*b = (struct booth){.arena = a, .dir = test_dir(a), .out_fd = -1};
	CHECK_OK(helper_start(a, kinds.list, kinds.n, &b->helper));
}

static enum err
make(struct booth *b, struct str bytes, const char *type, bool film)
{
	int fd = nameless_open(b->arena, b->dir);
	if (b->out_fd >= 0)
		close(b->out_fd);
	b->out_fd = nameless_open(b->arena, b->dir);
	CHECK(fd >= 0 && b->out_fd >= 0);
	CHECK_INT(write(fd, bytes.p, (size_t)bytes.n), bytes.n);
	struct film_call call = {
	    str_c(type), film, film_reader(fd), b->out_fd, NULL, NULL};
	enum err e = film_make(b->helper, b->arena, &call);
	close(call.in_fd);
	close(fd);
	return e;
}

static struct str
made(struct booth *b)
{
	struct stat st;
	CHECK_INT(fstat(b->out_fd, &st), 0);
	char *p = arena_new(b->arena, char, st.st_size);
	CHECK_INT(pread(b->out_fd, p, (size_t)st.st_size, 0), st.st_size);
	return (struct str){p, st.st_size};
}

static int64_t
ms_of(struct str bytes)
{
	int64_t ms = -1;
	CHECK(film_ms(str_sub(bytes, 0, FILM_HEAD), &ms));
	return ms;
}

TEST(film_sound_of_every_recorder_becomes_aac)
{
	static const struct {
		const char *name, *type;
		bool tells; /* has room for it */
	} cases[] = {
	    {"a.wav", "audio/wav", true},
	    {"a.mp3", "audio/mpeg", true},
	    {"a.flac", "audio/flac", true},
	    {"a.ogg", "audio/ogg", true},
	    {"a.m4a", "audio/mp4", true},
	    {"a.aac", "audio/aac", false},
	    {"a.webm", "video/webm", true},
	};
	struct booth b;
	booth_new(&b, arena);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct str clip = clip_sound(arena, cases[i].name, 3);
		CHECK_OK(make(&b, clip, cases[i].type, false));
		struct str out = made(&b);
		CHECK_STR(str_sub(out, 4, 8), S("ftyp"));
		CHECK(ms_of(out) > 2900 && ms_of(out) < 3300);
		if (cases[i].tells) /* the twin: what came */
			clip_check_secrets(clip, true);
		clip_check_secrets(out, false);
	}
}

TEST(film_of_every_camera_becomes_h264)
{
	static const struct {
		const char *name, *type;
	} cases[] = {
	    {"f.mp4", "video/mp4"},
	    {"f.mov", "video/quicktime"},
	    {"f.webm", "video/webm"},
	};
	struct booth b;
	struct picture poster;
	booth_new(&b, arena);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct str clip = clip_film(arena, cases[i].name, 1280, 962, 2);
		CHECK_OK(make(&b, clip, cases[i].type, true));
		struct str out = made(&b);
		CHECK(ms_of(out) > 1900 && ms_of(out) < 2300);
		clip_check_secrets(clip, true);
		clip_check_secrets(out, false);
		CHECK_OK(
		    film_poster(b.helper, arena, b.dir, b.out_fd, &poster));
		CHECK_INT(poster.web.height, 720);
		CHECK_INT(poster.web.width, 958);
		CHECK_STR(poster.web.type, S("image/jpeg"));
	}
}

/* ---- hostile ones ---- */

static struct str
patch(struct arena *a, struct str bytes, ptrdiff_t at, uint32_t value)
{
	struct buf b = buf_new(a, bytes.n);
	buf_add(&b, str_sub(bytes, 0, at));
	for (int i = 0; i < 4; i++)
		buf_byte(&b, (char)(value >> (8 * i)));
	buf_add(&b, str_sub(bytes, at + 4, bytes.n));
	return buf_str(&b);
}

static struct str
lists_of(struct arena *a, const char *how)
{
	struct str other = STR_JOIN(a, test_dir(a), S("/other.wav"));
	struct str wav = clip_sound(a, "x.wav", 1);
	CHECK_OK(file_write(a, other, wav));
	return str_replace(a, str_c(how), S("OTHER"), other);
}

static const char *const lists[] = {
    "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nOTHER\n#EXT-X-ENDLIST\n",
    "ffconcat version 1.0\nfile 'OTHER'\n",
    "1111ftypisom\n#EXTM3U\n#EXTINF:9,\nfile:OTHER\n#EXT-X-ENDLIST\n",
};

/* The twin: where the program may guess and read, it reads the other file. */
TEST(film_list_is_followed_outside)
{
	struct str list = STR_JOIN(arena, test_dir(arena), S("/list"));
	CHECK_OK(file_write(arena, list, lists_of(arena, lists[1])));
	const char *const words[] = {
	    "-safe", "0", "-i", str_cstr(arena, list), NULL};
	CHECK(clip_run(arena, "got.wav", words).n > 48000);
}

TEST(film_list_of_other_files_is_refused)
{
	static const char *const types[] = {
	    "video/mp4", "video/webm", "audio/wav", "audio/ogg"};
	struct booth b;
	booth_new(&b, arena);
	for (int i = 0; i < COUNT_OF(lists); i++) {
		struct str list = lists_of(arena, lists[i]);
		for (int k = 0; k < COUNT_OF(types); k++) {
			CHECK_INT(make(&b, list, types[k], false), ERR_INVALID);
			CHECK_INT(made(&b).n, 0);
		}
	}
}

TEST(film_that_is_broken_is_refused)
{
	struct booth b;
	booth_new(&b, arena);
	struct str film = clip_film(arena, "f.mp4", 320, 240, 2);
	CHECK_INT(make(&b, S(""), "video/mp4", true), ERR_INVALID);
	CHECK_INT(make(&b, S("RIFF"), "audio/wav", false), ERR_INVALID);
	CHECK_INT(make(&b, str_sub(film, 0, film.n / 2), "video/mp4", true),
	    ERR_INVALID); /* its index is at the end */
	CHECK_INT(make(&b, clip_sound(arena, "a.m4a", 1), "audio/mp4", true),
	    ERR_INVALID); /* no pictures */
	CHECK_INT(make(&b, film, "video/webm", true), ERR_INVALID);
	CHECK_INT(make(&b, film, "text/html", true), ERR_INVALID);
	CHECK_OK(make(&b, film, "video/mp4", true));
}

/* What is claimed counts for nothing: what is there does. */
TEST(film_that_lies_of_its_length)
{
	struct booth b;
	booth_new(&b, arena);
	struct str wav = clip_sound(arena, "a.wav", 2);
	ptrdiff_t data = str_find(wav, S("data"));
	CHECK_OK(make(
	    &b, patch(arena, wav, data + 4, 0xfffffff0), "audio/wav", false));
	CHECK(ms_of(made(&b)) < 2300);
	const char *const hour[] = {"-f", "lavfi", "-i",
	    "testsrc=size=16x16:rate=1/10:duration=3700", "-pix_fmt", "yuv420p",
	    NULL};
	CHECK_INT(make(&b, clip_run(arena, "h.mp4", hour), "video/mp4", true),
	    ERR_TOO_LARGE);
	struct str film = clip_film(arena, "f.mp4", 320, 240, 2);
	ptrdiff_t mvhd = str_find(film, S("mvhd"));
	struct str ten = patch(arena, film, mvhd + 20, 0x00a05502);
	CHECK(ms_of(str_sub(ten, str_find(ten, S("moov")) - 4, ten.n)) >
	    3600 * 1000);
	CHECK_OK(make(&b, ten, "video/mp4", true));
	CHECK(ms_of(made(&b)) < 2300);
}

static bool
never(void *asked)
{
	++*(int *)asked;
	return false;
}

TEST(film_is_broken_off_when_nobody_wants_it)
{
	struct booth b;
	int asked = 0;
	booth_new(&b, arena);
	struct str clip = clip_film(arena, "f.mp4", 1920, 1080, 20);
	int fd = nameless_open(arena, b.dir);
	int out = nameless_open(arena, b.dir);
	CHECK_INT(write(fd, clip.p, (size_t)clip.n), clip.n);
	struct film_call call = {
	    S("video/mp4"), true, film_reader(fd), out, never, &asked};
	int64_t begun_us = clock_mono_us();
	CHECK_INT(film_make(b.helper, arena, &call), ERR_CONFLICT);
	CHECK_INT(asked, 1);
	CHECK(clock_mono_us() - begun_us < 3 * SECOND_US);
	/* and it no longer writes */
	struct stat before, after;
	usleep(300 * 1000);
	CHECK_INT(fstat(out, &before), 0);
	usleep(1500 * 1000);
	CHECK_INT(fstat(out, &after), 0);
	CHECK_INT(before.st_size, after.st_size);
	close(call.in_fd);
	close(fd);
	close(out);
}

static int
names_in(const char *path)
{
	int n = 0;
	const struct dirent *entry;
	DIR *dir = opendir(path);
	CHECK(dir != NULL);
	while ((entry = readdir(dir)) != NULL)
		n += entry->d_name[0] != '.';
	closedir(dir);
	return n;
}

TEST(film_lies_in_no_folder_meanwhile)
{
	struct str dir = test_dir(arena);
	int fd = nameless_open(arena, dir);
	CHECK(fd >= 0);
	CHECK_INT(write(fd, "KANARIEFUGL", 11), 11);
	CHECK_INT(names_in(str_cstr(arena, dir)), 0);
	CHECK_OK(file_write(arena, STR_JOIN(arena, dir, S("/x")), S("x")));
	CHECK_INT(names_in(str_cstr(arena, dir)), 1); /* the twin */
	close(fd);
}
