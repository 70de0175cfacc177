/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MEDIA_FILE_H
#define MODEL_MEDIA_FILE_H

#include "base/err.h"
#include "base/id.h"
#include "base/secret.h"

/* media_file.h - large sealed files in the data folder, piece by piece.
 *
 *	DIR/media/ORGANISATION/HASH
 *
 * Each piece of 256 KiB is a box of its own (base/secret.h), sealed for its
 * file, its place in it and the file's size: so one may read from the middle,
 * go on where an upload broke off, and every read is checked.  A piece that is
 * damaged, moved, missing or from another file does not open.  (A secretstream
 * would have to be read from its start.)
 *
 * No thread keeps a file open between calls.  Tests: tests/model/media_file.c
 */
enum { MEDIA_PIECE = 256 * 1024 };

struct media_file {
	struct str dir; /* the data folder */
	struct id org;
	struct hash name;
	struct key key;
	int64_t size; /* bytes of content */
};

/* On disk when it returns.  A piece is MEDIA_PIECE bytes, the last one what is
 * left. */
enum err media_file_put(struct arena *, const struct media_file *,
    int64_t piece, struct str bytes) MUST_USE;

/* All of it; ERR_CONFLICT: not what `size` says. */
enum err media_file_write(
    struct arena *, const struct media_file *, struct str bytes) MUST_USE;

/* ERR_INTERNAL: it is not what was written; the log says so.  ERR_NOT_FOUND:
 * no such file. */
enum err media_file_get(struct arena *, const struct media_file *,
    int64_t piece, struct str *bytes) MUST_USE;

/* The bytes [from, to) of the content. */
enum err media_file_read(struct arena *, const struct media_file *,
    int64_t from, int64_t to, struct str *bytes) MUST_USE;

/* The bytes are gone from the folder; ERR_OK also when they were. */
enum err media_file_drop(struct arena *, const struct media_file *) MUST_USE;

/* The hash of a content so far, and one more piece. */
struct hash media_file_hash(
    struct arena *, struct hash before, struct str piece);

/* The names in an organisation's folder that begin with this hex digit and
 * were last written before `before_us`. */
struct hashes {
	struct hash *list;
	ptrdiff_t n;
};
enum err media_file_list(struct arena *, const struct media_file *any,
    int digit, int64_t before_us, struct hashes *) MUST_USE;

#endif
