/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_JOBS_CLIP_H
#define TESTS_JOBS_CLIP_H

#include "tests/test.h"

/* clip.h - sound and film made on the spot, with what a telephone writes
 * beside them: who, where, when, chapters. */

/* A tone, as the ending of `name` says; the file is read and gone. */
struct str clip_sound(struct arena *, const char *name, int seconds);
struct str clip_film(
    struct arena *, const char *name, int width, int height, int seconds);

/* Runs ffmpeg with these words, NULL at the end; OUT among them is the name of
 * a file whose bytes are given back. */
struct str clip_run(struct arena *, const char *name, const char *const *words);

/* Whether what was planted stands in it. */
void clip_check_secrets(struct str bytes, bool wanted);

#endif
