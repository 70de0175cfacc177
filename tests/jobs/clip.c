/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/jobs/clip.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

enum { MOST_WORDS = 64, MOST_BYTES = 64 * 1024 * 1024 };

static void
run(struct arena *a, const char *out, const char *const *words)
{
	char *argv[MOST_WORDS] = {(char[]){"ffmpeg"}, (char[]){"-nostdin"},
	    (char[]){"-v"}, (char[]){"error"}, (char[]){"-y"}};
	int n = 5, status = -1;
	char *env[] = {NULL};
	pid_t pid;
	for (; *words != NULL; words++) {
		assert_true(n < MOST_WORDS - 2);
		argv[n++] = (char *)(uintptr_t)*words;
	}
	argv[n++] = (char *)(uintptr_t)out;
	(void)a;
	CHECK_INT(
	    posix_spawn(&pid, "/usr/bin/ffmpeg", NULL, NULL, argv, env), 0);
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK_INT(status, 0);
}

struct str
clip_run(struct arena *a, const char *name, const char *const *words)
{
	struct str bytes;
	struct str path = STR_JOIN(a, test_dir(a), S("/"), str_c(name));
	run(a, str_cstr(a, path), words);
	CHECK_OK(file_read(a, path, MOST_BYTES, &bytes));
	unlink(str_cstr(a, path));
	return bytes;
}

/* MP4 keeps the place under ©xyz, Matroska and Vorbis under its name. */
#define PLANTED                                             \
	"-metadata", "artist=KANARIEFUGL", "-metadata",     \
	    "title=KANARIEFUGL hjemme", "-metadata",        \
	    "location=+55.1234+012.5678/", "-metadata",     \
	    "comment=KANARIEFUGL gps 55.1234", "-metadata", \
	    "creation_time=2026-11-24T10:00:00Z"

struct str
clip_sound(struct arena *a, const char *name, int seconds)
{
	struct str tone = str_fmt(a, "sine=frequency=440:duration=%d", seconds);
	const char *const words[] = {"-f", "lavfi", "-i", str_cstr(a, tone),
	    "-ar", "48000", "-ac", "1", PLANTED, NULL};
	return clip_run(a, name, words);
}

struct str
clip_film(struct arena *a, const char *name, int width, int height, int seconds)
{
	struct str tone = str_fmt(a, "sine=frequency=440:duration=%d", seconds);
	struct str scene = str_fmt(a, "testsrc=size=%dx%d:rate=10:duration=%d",
	    width, height, seconds);
	const char *const words[] = {"-f", "lavfi", "-i", str_cstr(a, scene),
	    "-f", "lavfi", "-i", str_cstr(a, tone), "-pix_fmt", "yuv420p",
	    "-preset", "ultrafast", "-deadline", "realtime", "-cpu-used", "8",
	    PLANTED, NULL};
	return clip_run(a, name, words);
}

static const char *const secrets[] = {"KANARIEFUGL", "55.1234"};

void
clip_check_secrets(struct str bytes, bool wanted)
{
	for (int i = 0; i < COUNT_OF(secrets); i++)
		test_check_has(bytes, str_c(secrets[i]), wanted, secrets[i],
		    __FILE__, __LINE__);
}
