/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/err.h"
#include "base/str.h"

/* file.h - whole files that a command reads or writes.
 *
 * Not for the database and its companions: those belong to SQLite and to
 * web/datadir.h.  Tests: tests/base/file.c
 */

/* All of it, on `a`; "-" is standard input.  ERR_NOT_FOUND: no such file.
 * ERR_TOO_LARGE: more than `max` bytes.  ERR_INVALID: a name with a NUL byte,
 * or no file.  ERR_UNAVAIL: it cannot be read. */
enum err file_read(
    struct arena *a, struct str path, ptrdiff_t max, struct str *out) MUST_USE;

/* Writes it beside its place and puts it there when it is on disk, so that the
 * place never holds half of it; "-" is standard output. */
enum err file_write(
    struct arena *a, struct str path, struct str bytes) MUST_USE;

#endif
