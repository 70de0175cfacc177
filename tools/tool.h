/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TOOLS_TOOL_H
#define TOOLS_TOOL_H

#include <stdbool.h>

#include "base/buf.h"

/* tool.h - what the programs of this folder share.
 *
 * They run at build time, on one arena that lives as long as they do.  An
 * error is one line "FILE:LINE:COL: message" on stderr, and exit status 2.
 */
struct place {
	const char *file;
	int line, col; /* 0: not said */
};

/* The arena of the program. */
struct arena *tool_arena(void);

/* Prints the error and leaves with 2. */
void tool_fail(struct place, const char *fmt, ...) NORETURN PRINTF_LIKE(2, 3);

/* The whole file; fails when it cannot be read. */
struct str tool_read(const char *path);
bool tool_can_read(const char *path, struct str *out);

/* Writes the file.  With `keep`, a file that holds the same already is left
 * alone, so that what depends on it is not built again. */
void tool_write(const char *path, struct str text, bool keep);

/* Adds `s` as a C string literal, in lines of about 70 bytes that each start
 * with `indent`. */
void tool_c_string(struct buf *, struct str s, const char *indent);

/* "a/b/name.html" gives "name". */
struct str tool_stem(const char *path);

#endif
