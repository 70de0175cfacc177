/* SPDX-License-Identifier: MPL-2.0 */

/* Runs a fuzz target over its corpus: replay-NAME FOLDER.  The program of
 * tests/fuzz/NAME.c, built by gcc with the sanitizers; `make V=fuzz
 * fuzz-programs` builds the same file for libFuzzer to search with.
 *
 * A target that finds a fault aborts, so that the closing line "N passed,
 * 0 failed" is missing, and ./check counts it. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { INPUT_BYTES = 4 * 1024 * 1024, PATH_BYTES = 4096 };

/* On the heap and of its very size, so that the sanitizer sees the end. */
static int
replay(const char *path)
{
	static uint8_t input[INPUT_BYTES];
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return -1;
	size_t n = fread(input, 1, sizeof input, f);
	fclose(f);
	uint8_t *copy = malloc(n + (n == 0));
	if (copy == NULL)
		return -1;
	memcpy(copy, input, n);
	printf("%s\n", path);
	fflush(stdout); /* the last one named is the one that aborted */
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
	return 0;
}

int
main(int argc, char **argv)
{
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
	int passed = 0, failed = 0;
	if (folder == NULL) {
		fputs("usage: replay-NAME FOLDER\n", stderr);
		return 2;
	}
	for (struct dirent *at; (at = readdir(folder)) != NULL;) {
		char path[PATH_BYTES];
		if (at->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", argv[1], at->d_name);
		if (replay(path) == 0)
			passed++;
		else
			failed++; /* it could not be read */
	}
	closedir(folder);
	if (passed + failed == 0)
		failed++; /* an empty corpus shows nothing */
	printf("%d passed, %d failed, 0 skipped\n", passed, failed);
	return failed > 0;
}
