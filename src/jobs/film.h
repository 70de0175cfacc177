/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_FILM_H
#define JOBS_FILM_H

#include "jobs/helper.h"
#include "jobs/picture.h"

/* film.h - sound and film made anew by ffmpeg, in the sandbox.
 *
 * What came is decoded and encoded again: sound as AAC in MP4, film as H.264
 * and AAC in MP4 of at most 720 lines, its index first, so that it plays
 * before all of it is here.  That is what telephones of every age play, iPhones
 * among them (Opus in WebM is not).  Tags, chapters, places, subtitles and
 * pictures on the side are not copied.
 *
 * The program never guesses what it reads: the demuxer is the one that the
 * first bytes call for (model/media.h), so that a playlist that names other
 * files is refused; only files are opened, and Landlock lets it open its own
 * two and its libraries.  No word of a user is in its arguments.
 *
 * Both files are the caller's; neither need have a name (base/nameless.h).
 * Memory is the same for any length.  Tests: tests/jobs/film.c
 */
enum {
	FILM_SOUND_SECONDS = 3 * 60 * 60,
	FILM_SECONDS = 60 * 60,
	FILM_PIXELS_MAX = 4096 * 2304, /* of one picture that is read */
	FILM_BYTES = 500 * 1024 * 1024, /* that go out */
	FILM_HEAD = 64 * 1024, /* film_ms() needs no more */
};

extern const struct helper_kind film_kind;

/* The same file, from its start and for reading only; -1: not. */
int film_reader(int fd);

struct film_call {
	struct str type; /* as model/media.h tells by the first bytes */
	bool film; /* its pictures too */
	int in_fd, out_fd;
	bool (*go_on)(void *arg); /* as in struct helper_program */
	void *arg;
};

/* ERR_INVALID: a broken one, or without what is asked for.  ERR_TOO_LARGE:
 * above one of the limits.  ERR_CONFLICT: go_on().  ERR_UNAVAIL: not now. */
enum err film_make(
    struct helper *, struct arena *, const struct film_call *) MUST_USE;

/* A picture of it, from near its start; `fd` is what film_make() made. */
enum err film_poster(struct helper *, struct arena *, struct str dir, int fd,
    struct picture *) MUST_USE;

/* How long an MP4 is, whose index stands first, by its first bytes; false: it
 * does not say. */
bool film_ms(struct str head, int64_t *ms) MUST_USE;

#endif
