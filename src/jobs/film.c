/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/film.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/nameless.h"

enum {
	CPU_SECONDS = 4 * 60 * 60,
	WALL_MS = 6 * 60 * 60 * 1000,
	MEMORY_BYTES = 1024 * 1024 * 1024,
	POSTER_CPU_SECONDS = 60,
	POSTER_WALL_MS = 90 * 1000,
};

/* ---- how the program is called ---- */

#define PROGRAM "/usr/bin/ffmpeg"

/* What telephones, cameras and recorders write, and nothing older: each
 * decoder is a door. */
static const char decoders[] =
    "h264,hevc,vp8,vp9,av1,libdav1d,mpeg4,h263,mjpeg,aac,opus,libopus,"
    "vorbis,mp3,mp3float,flac,alac,amrnb,amrwb,pcm_s16le,pcm_s24le,"
    "pcm_s32le,pcm_u8,pcm_f32le,pcm_s16be,pcm_alaw,pcm_mulaw";

#define INPUT(demuxer)                                                   \
	PROGRAM, "-nostdin", "-hide_banner", "-loglevel", "quiet", "-y", \
	    "-max_alloc", "268435456", "-protocol_whitelist", "file",    \
	    "-codec_whitelist", decoders, "-max_pixels", "9437184",      \
	    "-threads", "2", "-f", demuxer, "-i", HELPER_IN

#define BARE                                                                   \
	"-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", \
	    "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"

#define AAC                                  \
	"-c:a", "aac", "-b:a", "96k", "-af", \
	    "aformat=sample_rates=48000:channel_layouts=mono|stereo"

#define MP4 "-movflags", "+faststart", "-f", "mp4", HELPER_OUT, NULL

/* One second more than is allowed: what reaches it is refused, not cut. */
#define SOUND(demuxer)                                                   \
	{                                                                \
		INPUT(demuxer), "-map", "0:a:0", "-vn", BARE, AAC, "-t", \
		    "10801", MP4                                         \
	}

/* The shorter side is at most 720; both are even, as H.264 wants it. */
static const char smaller[] =
    "scale=w='if(gt(iw,ih),-2,2*trunc(min(720,iw)/2))'"
    ":h='if(gt(iw,ih),2*trunc(min(720,ih)/2),-2)',format=yuv420p";

#define FILM(demuxer)                                                         \
	{                                                                     \
		INPUT(demuxer), "-map", "0:V:0", "-map", "0:a:0?", BARE, AAC, \
		    "-vf", smaller, "-fps_mode", "vfr", "-c:v", "libx264",    \
		    "-preset", "veryfast", "-crf", "25", "-maxrate", "1500k", \
		    "-bufsize", "3000k", "-threads", "2", "-t", "3601", MP4   \
	}

static const char *const sound_mov[] = SOUND("mov");
static const char *const sound_webm[] = SOUND("matroska");
static const char *const sound_wav[] = SOUND("wav");
static const char *const sound_mp3[] = SOUND("mp3");
static const char *const sound_ogg[] = SOUND("ogg");
static const char *const sound_flac[] = SOUND("flac");
static const char *const sound_aac[] = SOUND("aac");
static const char *const sound_amr[] = SOUND("amr");
static const char *const film_mov[] = FILM("mov");
static const char *const film_webm[] = FILM("matroska");
static const char *const poster[] = {INPUT("mov"), "-map", "0:V:0", "-an", BARE,
    "-vf", "thumbnail=25", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe",
    HELPER_OUT, NULL};

static const char *const *const ways[] = {sound_mov, sound_webm, sound_wav,
    sound_mp3, sound_ogg, sound_flac, sound_aac, sound_amr, film_mov, film_webm,
    poster};

static const char *const libraries[] = {
    "/lib", "/lib64", "/usr/lib", "/etc/ld.so.cache", NULL};

const struct helper_kind film_kind = {
    .name = "film",
    .ways = ways,
    .n_ways = COUNT_OF(ways),
    .reads = libraries,
    .threads = true,
};

static const struct {
	struct str type;
	const char *const *sound, *const *film;
} types[] = {
    {S_INIT("video/mp4"), sound_mov, film_mov},
    {S_INIT("video/3gpp"), sound_mov, film_mov},
    {S_INIT("video/quicktime"), sound_mov, film_mov},
    {S_INIT("video/webm"), sound_webm, film_webm},
    {S_INIT("audio/mp4"), sound_mov, NULL},
    {S_INIT("audio/wav"), sound_wav, NULL},
    {S_INIT("audio/mpeg"), sound_mp3, NULL},
    {S_INIT("audio/ogg"), sound_ogg, NULL},
    {S_INIT("audio/flac"), sound_flac, NULL},
    {S_INIT("audio/aac"), sound_aac, NULL},
    {S_INIT("audio/amr"), sound_amr, NULL},
};

/* Its place among the ways; -1: none. */
static ptrdiff_t
way_of(struct str type, bool film)
{
	const char *const *way = NULL;
	for (ptrdiff_t i = 0; i < COUNT_OF(types); i++) {
		if (str_eq(types[i].type, type))
			way = film ? types[i].film : types[i].sound;
	}
	for (ptrdiff_t i = 0; way != NULL && i < COUNT_OF(ways); i++) {
		if (ways[i] == way)
			return i;
	}
	return -1;
}

/* ---- files of no name ---- */

int
film_reader(int fd)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* ---- how long ---- */

static uint64_t
big_endian(struct str s)
{
	uint64_t v = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		v = v << 8 | (unsigned char)s.p[i];
	return v;
}

/* The next box of `rest`: what it holds, as far as it is here. */
static bool
next_box(struct str *rest, struct str *name, struct str *inside)
{
	if (rest->n < 8)
		return false;
	uint64_t n = big_endian(str_sub(*rest, 0, 4));
	if (n < 8)
		return false;
	ptrdiff_t end = n > (uint64_t)rest->n ? rest->n : (ptrdiff_t)n;
	*name = str_sub(*rest, 4, 8);
	*inside = str_sub(*rest, 8, end);
	*rest = str_sub(*rest, end, rest->n);
	return true;
}

static bool
find_box(struct str in, struct str wanted, struct str *inside)
{
	struct str name;
	while (next_box(&in, &name, inside)) {
		if (str_eq(name, wanted))
			return true;
	}
	return false;
}

bool
film_ms(struct str head, int64_t *ms)
{
	struct str moov, mvhd;
	if (!find_box(head, S("moov"), &moov) ||
	    !find_box(moov, S("mvhd"), &mvhd) || mvhd.n < 32)
		return false;
	bool wide = mvhd.p[0] == 1;
	uint64_t scale =
	    big_endian(wide ? str_sub(mvhd, 20, 24) : str_sub(mvhd, 12, 16));
	uint64_t length =
	    big_endian(wide ? str_sub(mvhd, 24, 32) : str_sub(mvhd, 16, 20));
	if (scale == 0 || length > INT64_MAX / 1000)
		return false;
	*ms = (int64_t)(length * 1000 / scale);
	return true;
}

static bool
fd_read(int fd, char *to, ptrdiff_t n, ptrdiff_t *got)
{
	for (*got = 0; *got < n;) {
		ssize_t some = pread(fd, to + *got, (size_t)(n - *got), *got);
		if (some < 0)
			return false;
		if (some == 0)
			break;
		*got += some;
	}
	return true;
}

/* ---- one call each ---- */

static enum err
check_length(struct arena *a, int fd, bool film)
{
	int64_t ms, most_s = film ? FILM_SECONDS : FILM_SOUND_SECONDS;
	ptrdiff_t n = 0;
	char *head = arena_new(a, char, FILM_HEAD);
	if (!fd_read(fd, head, FILM_HEAD, &n))
		return ERR_INTERNAL;
	if (!film_ms((struct str){head, n}, &ms) || ms <= 0)
		return ERR_INVALID;
	return ms > most_s * 1000 ? ERR_TOO_LARGE : ERR_OK;
}

enum err
film_make(struct helper *helper, struct arena *a, const struct film_call *c)
{
	struct helper_program p = {
	    .kind = &film_kind,
	    .way = way_of(c->type, c->film),
	    .in_fd = c->in_fd,
	    .out_fd = c->out_fd,
	    .limits = {CPU_SECONDS, WALL_MS, MEMORY_BYTES, FILM_BYTES},
	    .go_on = c->go_on,
	    .arg = c->arg,
	};
	if (p.way < 0)
		return ERR_INVALID;
	enum err e = helper_program(helper, &p);
	if (e == ERR_INTERNAL) /* it took the program down */
		e = ERR_INVALID;
	return e == ERR_OK ? check_length(a, c->out_fd, c->film) : e;
}

static enum err
read_poster(struct helper *helper, struct arena *a, int fd, struct picture *out)
{
	struct stat st;
	ptrdiff_t n = 0;
	if (fstat(fd, &st) != 0 || st.st_size <= 0 ||
	    st.st_size > PICTURE_BYTES)
		return ERR_INVALID;
	char *bytes = arena_new(a, char, st.st_size);
	if (!fd_read(fd, bytes, st.st_size, &n))
		return ERR_INTERNAL;
	return picture_clean(helper, a, (struct str){bytes, n}, out);
}

enum err
film_poster(struct helper *helper, struct arena *a, struct str dir, int fd,
    struct picture *out)
{
	struct helper_program p = {
	    .kind = &film_kind,
	    .way = COUNT_OF(ways) - 1,
	    .in_fd = film_reader(fd),
	    .out_fd = nameless_open(a, dir),
	    .limits = {POSTER_CPU_SECONDS, POSTER_WALL_MS, MEMORY_BYTES,
		PICTURE_BYTES},
	};
	enum err e = p.in_fd >= 0 && p.out_fd >= 0 ? helper_program(helper, &p)
						   : ERR_UNAVAIL;
	if (e == ERR_OK)
		e = read_poster(helper, a, p.out_fd, out);
	if (p.in_fd >= 0)
		close(p.in_fd);
	if (p.out_fd >= 0)
		close(p.out_fd);
	return e;
}
