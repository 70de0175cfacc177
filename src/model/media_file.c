/* SPDX-License-Identifier: MPL-2.0 */
#include "model/media_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"

enum { BOX_BYTES = MEDIA_PIECE + SEAL_EXTRA, MOST_NAMES = 100000 };

/* ---- where ---- */

static struct str
folder_of(struct arena *a, const struct media_file *f)
{
	return STR_JOIN(a, f->dir, S("/media/"), id_text(a, f->org));
}

static const char *
path_of(struct arena *a, const struct media_file *f)
{
	return str_cstr(
	    a, STR_JOIN(a, folder_of(a, f), S("/"), hash_hex(a, f->name)));
}

static bool
make_folders(struct arena *a, const struct media_file *f)
{
	const char *all = str_cstr(a, str_cat(a, f->dir, S("/media")));
	const char *own = str_cstr(a, folder_of(a, f));
	return all != NULL && own != NULL &&
	    (mkdir(all, 0700) == 0 || errno == EEXIST) &&
	    (mkdir(own, 0700) == 0 || errno == EEXIST);
}

static enum err
open_file(struct arena *a, const struct media_file *f, int flags, int *fd)
{
	const char *path = path_of(a, f);
	if (path == NULL)
		return ERR_INVALID;
	*fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd >= 0)
		return ERR_OK;
	return errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAIL;
}

static struct str
context_of(struct arena *a, const struct media_file *f, int64_t piece)
{
	return str_fmt(a, "%.*s %lld %lld", STR_ARG(hash_hex(a, f->name)),
	    (long long)piece, (long long)f->size);
}

/* ---- writing ---- */

static bool
write_at(int fd, struct str s, int64_t at)
{
	while (s.n > 0) {
		ssize_t n = pwrite(fd, s.p, (size_t)s.n, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, n, s.n);
		at += n;
	}
	return true;
}

static int64_t
length_of(const struct media_file *f, int64_t piece)
{
	int64_t left = f->size - piece * MEDIA_PIECE;
	return left < MEDIA_PIECE ? left : MEDIA_PIECE;
}

enum err
media_file_put(struct arena *a, const struct media_file *f, int64_t piece,
    struct str bytes)
{
	int fd = -1;
	if (piece < 0 || bytes.n <= 0 || bytes.n != length_of(f, piece))
		return ERR_CONFLICT;
	struct str box = seal(a, &f->key, bytes, context_of(a, f, piece));
	enum err e = open_file(a, f, O_WRONLY | O_CREAT, &fd);
	if (e == ERR_NOT_FOUND && make_folders(a, f))
		e = open_file(a, f, O_WRONLY | O_CREAT, &fd);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_UNAVAIL : e;
	bool ok = write_at(fd, box, piece * BOX_BYTES) && fdatasync(fd) == 0;
	close(fd);
	return ok ? ERR_OK : ERR_UNAVAIL;
}

enum err
media_file_write(struct arena *a, const struct media_file *f, struct str bytes)
{
	enum err e = bytes.n == f->size ? ERR_OK : ERR_CONFLICT;
	for (int64_t i = 0; e == ERR_OK && i * MEDIA_PIECE < f->size; i++) {
		struct arena *scratch = arena_scratch(a);
		int64_t from = i * MEDIA_PIECE;
		e = media_file_put(
		    scratch, f, i, str_sub(bytes, from, from + MEDIA_PIECE));
		arena_close(scratch);
	}
	return e;
}

/* ---- reading ---- */

static enum err
damaged(struct arena *a, const struct media_file *f, int64_t piece)
{
	log_event(LOG_ERROR, "media_damaged",
	    LOG_STR("file", hash_hex(a, f->name)), LOG_INT("piece", piece));
	return ERR_INTERNAL;
}

/* How much of it there is. */
static ptrdiff_t
read_at(int fd, char *to, ptrdiff_t n, int64_t at)
{
	ptrdiff_t got = 0;
	while (got < n) {
		ssize_t some = pread(fd, to + got, (size_t)(n - got), at + got);
		if (some < 0 && errno == EINTR)
			continue;
		if (some <= 0)
			break;
		got += some;
	}
	return got;
}

/* Nothing is allocated while the file is open: a full arena would leave it
 * so. */
enum err
media_file_get(struct arena *a, const struct media_file *f, int64_t piece,
    struct str *bytes)
{
	int fd = -1;
	ptrdiff_t n = (ptrdiff_t)length_of(f, piece) + SEAL_EXTRA;
	if (piece < 0 || n <= SEAL_EXTRA)
		return ERR_INVALID;
	char *box = arena_new(a, char, n);
	enum err e = open_file(a, f, O_RDONLY, &fd);
	if (e != ERR_OK)
		return e;
	n = read_at(fd, box, n, piece * BOX_BYTES);
	close(fd);
	if (!seal_open(a, &f->key, (struct str){box, n},
		context_of(a, f, piece), bytes))
		return damaged(a, f, piece);
	return ERR_OK;
}

enum err
media_file_read(struct arena *a, const struct media_file *f, int64_t from,
    int64_t to, struct str *bytes)
{
	enum err e = ERR_OK;
	struct buf b = buf_new(a, (ptrdiff_t)(to - from));
	if (from < 0 || from > to || to > f->size)
		return ERR_INVALID;
	buf_reserve(&b, (ptrdiff_t)(to - from));
	for (int64_t at = from; e == ERR_OK && at < to;) {
		struct arena *scratch = arena_scratch(a);
		struct str piece = {0};
		int64_t start = at - at % MEDIA_PIECE;
		e = media_file_get(scratch, f, at / MEDIA_PIECE, &piece);
		piece = str_sub(piece, at - start, to - start);
		buf_add(&b, piece);
		at += piece.n;
		arena_close(scratch);
	}
	*bytes = buf_str(&b);
	return e;
}

struct hash
media_file_hash(struct arena *a, struct hash before, struct str piece)
{
	struct hash of = hash_of(piece);
	return hash_of(str_cat(a, hash_bytes(a, before), hash_bytes(a, of)));
}

/* ---- away ---- */

enum err
media_file_drop(struct arena *a, const struct media_file *f)
{
	const char *path = path_of(a, f);
	if (path == NULL)
		return ERR_INVALID;
	return unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR
	    ? ERR_OK
	    : ERR_UNAVAIL;
}

static const char digits[] = "0123456789abcdef";

static bool
hash_parse(const char *hex, struct hash *out)
{
	if (strlen(hex) != 2 * HASH_BYTES)
		return false;
	for (int i = 0; i < 2 * HASH_BYTES; i++) {
		const char *at = strchr(digits, hex[i]);
		if (at == NULL)
			return false;
		unsigned char n = (unsigned char)(at - digits);
		out->b[i / 2] =
		    (unsigned char)(i % 2 ? out->b[i / 2] | n : n << 4);
	}
	return true;
}

enum err
media_file_list(struct arena *a, const struct media_file *any, int digit,
    int64_t before_us, struct hashes *out)
{
	const char *path = str_cstr(a, folder_of(a, any));
	struct dirent *entry;
	struct stat st;
	*out = (struct hashes){arena_new(a, struct hash, MOST_NAMES / 16), 0};
	DIR *dir = path != NULL ? opendir(path) : NULL;
	while (dir != NULL && out->n < MOST_NAMES / 16 &&
	    (entry = readdir(dir)) != NULL) {
		struct hash *name = &out->list[out->n];
		if (entry->d_name[0] != digits[digit & 15] ||
		    !hash_parse(entry->d_name, name) ||
		    fstatat(dirfd(dir), entry->d_name, &st,
			AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		out->n += (int64_t)st.st_mtim.tv_sec * SECOND_US < before_us;
	}
	if (dir != NULL)
		closedir(dir);
	return ERR_OK;
}
