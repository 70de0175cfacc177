/* SPDX-License-Identifier: MPL-2.0 */
#include "base/sealfile.h"

#include <errno.h>
#include <sodium.h>
#include <unistd.h>

#include "base/rand.h"

enum {
	PIECE = 64 * 1024,
	BOX = PIECE + crypto_secretstream_xchacha20poly1305_ABYTES,
	SALT = crypto_pwhash_SALTBYTES,
	HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	PASSES = 3,
};
#define KEY_MEMORY ((size_t)256 * 1024 * 1024)

static const struct str mark = S_INIT("samskab network 1\n");

struct sealfile {
	int fd;
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char plain[PIECE], box[BOX];
	ptrdiff_t n, at; /* bytes in `plain`, of which were read */
	bool last; /* the piece in `plain` is the last one */
	bool any; /* a piece was opened */
};

static enum err
write_all(int fd, const unsigned char *p, ptrdiff_t n)
{
	while (n > 0) {
		ssize_t written = write(fd, p, (size_t)n);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return ERR_UNAVAIL;
		p += written;
		n -= written;
	}
	return ERR_OK;
}

/* Up to `n` bytes, fewer at the end alone. */
static enum err
read_some(int fd, unsigned char *p, ptrdiff_t n, ptrdiff_t *got)
{
	*got = 0;
	while (*got < n) {
		ssize_t more = read(fd, p + *got, (size_t)(n - *got));
		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return ERR_UNAVAIL;
		if (more == 0)
			break;
		*got += more;
	}
	return ERR_OK;
}

/* False: there is no memory for it. */
static bool
key_of(struct str passphrase, const unsigned char *salt, unsigned char *key)
{
	return crypto_pwhash(key,
		   crypto_secretstream_xchacha20poly1305_KEYBYTES, passphrase.p,
		   (unsigned long long)passphrase.n, salt, PASSES, KEY_MEMORY,
		   crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/* ---- writing ---- */

enum err
sealfile_create(
    struct arena *a, int fd, struct str passphrase, struct sealfile **out)
{
	unsigned char salt[SALT], header[HEADER];
	unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	struct sealfile *f = arena_new(a, struct sealfile, 1);
	f->fd = fd;
	rand_bytes(salt, sizeof salt);
	if (!key_of(passphrase, salt, key))
		return ERR_UNAVAIL;
	crypto_secretstream_xchacha20poly1305_init_push(&f->state, header, key);
	sodium_memzero(key, sizeof key);
	*out = f;
	enum err e = write_all(fd, (const unsigned char *)mark.p, mark.n);
	if (e == ERR_OK)
		e = write_all(fd, salt, SALT);
	return e == ERR_OK ? write_all(fd, header, HEADER) : e;
}

static enum err
push(struct sealfile *f, unsigned char tag)
{
	unsigned long long n = 0;
	crypto_secretstream_xchacha20poly1305_push(&f->state, f->box, &n,
	    f->plain, (unsigned long long)f->n, NULL, 0, tag);
	f->n = 0;
	return write_all(f->fd, f->box, (ptrdiff_t)n);
}

enum err
sealfile_write(struct sealfile *f, struct str s)
{
	enum err e = ERR_OK;
	while (e == ERR_OK && s.n > 0) {
		ptrdiff_t n = s.n < PIECE - f->n ? s.n : PIECE - f->n;
		if (n == 0) {
			e = push(f, 0);
			continue;
		}
		memcpy(f->plain + f->n, s.p, (size_t)n);
		f->n += n;
		s = str_sub(s, n, s.n);
	}
	return e;
}

enum err
sealfile_end(struct sealfile *f)
{
	enum err e = push(f, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
	if (e == ERR_OK && fsync(f->fd) != 0 && errno != EINVAL &&
	    errno != EROFS)
		e = ERR_UNAVAIL;
	return e;
}

/* ---- reading ---- */

/* The next piece into `plain`. */
static enum err
pull(struct sealfile *f)
{
	unsigned char tag = 0;
	unsigned long long n = 0;
	ptrdiff_t got = 0;
	enum err e =
	    f->last ? ERR_INVALID : read_some(f->fd, f->box, BOX, &got);
	if (e != ERR_OK)
		return e;
	if (crypto_secretstream_xchacha20poly1305_pull(&f->state, f->plain, &n,
		&tag, f->box, (unsigned long long)got, NULL, 0) != 0)
		return f->any ? ERR_INVALID : ERR_DENIED;
	f->any = true;
	f->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	f->n = (ptrdiff_t)n;
	f->at = 0;
	return f->last || f->n == PIECE ? ERR_OK : ERR_INVALID;
}

enum err
sealfile_open(
    struct arena *a, int fd, struct str passphrase, struct sealfile **out)
{
	unsigned char head[64];
	unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	ptrdiff_t whole = mark.n + SALT + HEADER, got = 0;
	struct sealfile *f = arena_new(a, struct sealfile, 1);
	f->fd = fd;
	*out = f;
	enum err e = read_some(fd, head, whole, &got);
	if (e != ERR_OK)
		return e;
	if (got != whole || memcmp(head, mark.p, (size_t)mark.n) != 0)
		return ERR_INVALID;
	if (!key_of(passphrase, head + mark.n, key))
		return ERR_UNAVAIL;
	int bad = crypto_secretstream_xchacha20poly1305_init_pull(
	    &f->state, head + mark.n + SALT, key);
	sodium_memzero(key, sizeof key);
	return bad != 0 ? ERR_DENIED : pull(f);
}

enum err
sealfile_read(struct sealfile *f, char *to, ptrdiff_t n)
{
	enum err e = ERR_OK;
	while (e == ERR_OK && n > 0) {
		ptrdiff_t some = n < f->n - f->at ? n : f->n - f->at;
		if (some == 0) {
			e = pull(f);
			continue;
		}
		memcpy(to, f->plain + f->at, (size_t)some);
		f->at += some;
		to += some;
		n -= some;
	}
	return e;
}

enum err
sealfile_done(struct sealfile *f)
{
	unsigned char one;
	ptrdiff_t got = 0;
	if (!f->last && f->at == f->n) {
		enum err e = pull(f);
		if (e != ERR_OK)
			return e;
	}
	if (!f->last || f->at < f->n)
		return ERR_INVALID;
	enum err e = read_some(f->fd, &one, 1, &got);
	return e == ERR_OK && got > 0 ? ERR_INVALID : e;
}
