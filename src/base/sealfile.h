/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_SEALFILE_H
#define BASE_SEALFILE_H

#include "base/err.h"
#include "base/str.h"

/* sealfile.h - a file that a passphrase opens, written and read from end to
 * end.
 *
 *	a line that says what it is | salt (16) | header (24) | pieces
 *
 * The key is Argon2id of the passphrase and the salt (256 MiB, three passes).
 * Each piece is 64 KiB, the last one what is left, sealed as libsodium's
 * secretstream does (XChaCha20-Poly1305): a piece that is changed, moved or
 * taken away, and a file that is cut short or has something behind its end, do
 * not open.  Memory: a piece.  Tests: tests/base/sealfile.c
 */
struct sealfile;

/* Writes to `fd`, which stays the caller's.  ERR_UNAVAIL: it cannot be
 * written, or there is no memory for the key. */
enum err sealfile_create(
    struct arena *, int fd, struct str passphrase, struct sealfile **) MUST_USE;
enum err sealfile_write(struct sealfile *, struct str) MUST_USE;
/* The last piece; on disk when it returns, if `fd` is of a file on one. */
enum err sealfile_end(struct sealfile *) MUST_USE;

/* ERR_INVALID: it is no such file, or one that ends in its first lines.
 * ERR_DENIED: the passphrase is another, or its first piece was changed. */
enum err sealfile_open(
    struct arena *, int fd, struct str passphrase, struct sealfile **) MUST_USE;
/* Exactly `n` bytes.  ERR_INVALID: it is cut short or was changed.  Nothing
 * that was changed is ever given out. */
enum err sealfile_read(struct sealfile *, char *to, ptrdiff_t n) MUST_USE;
/* That all of it was read; else ERR_INVALID. */
enum err sealfile_done(struct sealfile *) MUST_USE;

#endif
