/* SPDX-License-Identifier: MPL-2.0 */

/* Sound and film: unsealed into a file of no name, made anew into another,
 * sealed again.  Each piece passes by; nothing is held whole. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/nameless.h"
#include "jobs/film.h"
#include "jobs/media_parts.h"

/* ---- what was made, piece by piece ---- */

static enum err
read_piece(struct arena *a, int fd, int64_t at, int64_t size, struct str *out)
{
	ptrdiff_t got = 0;
	ptrdiff_t n =
	    (ptrdiff_t)(size - at < MEDIA_PIECE ? size - at : MEDIA_PIECE);
	char *p = arena_new(a, char, n);
	while (got < n) {
		ssize_t some = pread(fd, p + got, (size_t)(n - got), at + got);
		if (some <= 0)
			return ERR_INTERNAL;
		got += some;
	}
	*out = (struct str){p, n};
	return ERR_OK;
}

/* Both that it is the same when read again, and its name (media_parts.h). */
static enum err
hash_made(struct media_work *w, int fd)
{
	struct hash hash = {0};
	enum err e = ERR_OK;
	for (int64_t at = 0; e == ERR_OK && at < w->made.size;
	     at += MEDIA_PIECE) {
		struct arena *scratch = arena_scratch(w->arena);
		struct str piece = {0};
		e = read_piece(scratch, fd, at, w->made.size, &piece);
		hash = media_file_hash(scratch, hash, piece);
		arena_close(scratch);
	}
	w->made.hash = hash;
	w->made.file =
	    hash_keyed(&w->media.key, (struct str){(char *)hash.b, HASH_BYTES});
	return e;
}

static enum err
seal_made(struct media_work *w, int fd)
{
	struct media_file f = media_kept(&w->made, w->who, w->tools->dir);
	enum err e = ERR_OK;
	for (int64_t at = 0; e == ERR_OK && at < f.size; at += MEDIA_PIECE) {
		struct arena *scratch = arena_scratch(w->arena);
		struct str piece = {0};
		e = read_piece(scratch, fd, at, f.size, &piece);
		if (e == ERR_OK)
			e = media_file_put(
			    scratch, &f, at / MEDIA_PIECE, piece);
		arena_close(scratch);
	}
	return e;
}

static enum err
keep_made(struct media_work *w, int fd)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return ERR_INTERNAL;
	w->made.size = st.st_size;
	enum err e = hash_made(w, fd);
	return e == ERR_OK ? seal_made(w, fd) : e;
}

/* ---- the program ---- */

/* Whether it is still wanted, asked while the program works. */
static bool
go_on(void *arg)
{
	struct media m;
	struct media_work *w = arg;
	struct arena *scratch = arena_scratch(w->arena);
	enum err e = media_get(w->db, scratch, w->who, w->media.id, &m);
	arena_close(scratch);
	return e != ERR_NOT_FOUND &&
	    (w->turn == NULL ||
		job_progress(w->turn, w->media.size, w->media.size));
}

/* A film without pictures is sound: many recorders write it so. */
static enum err
run(struct media_work *w, int in_fd, int out_fd)
{
	struct film_call call = {
	    .type = w->media.type,
	    .film = str_eq(w->media.kind, S("film")),
	    .in_fd = in_fd,
	    .out_fd = out_fd,
	    .go_on = go_on,
	    .arg = w,
	};
	enum err e = film_make(w->tools->helper, w->arena, &call);
	if (e == ERR_INVALID && call.film) {
		call.film = false;
		w->made.kind = S("sound");
		if (ftruncate(out_fd, 0) != 0)
			return ERR_UNAVAIL;
		e = film_make(w->tools->helper, w->arena, &call);
	}
	w->made.type = call.film ? S("video/mp4") : S("audio/mp4");
	return e;
}

static enum err
add_poster(struct media_work *w, int fd)
{
	struct picture p;
	struct media *m = &w->made;
	if (!str_eq(m->kind, S("film")))
		return ERR_OK;
	enum err e =
	    film_poster(w->tools->helper, w->arena, w->tools->dir, fd, &p);
	if (e == ERR_OK)
		e = media_write_copy(w, p.web.bytes, &m->thumb);
	if (e != ERR_OK)
		return e;
	m->thumb_size = p.web.bytes.n;
	m->width = p.web.width;
	m->height = p.web.height;
	return ERR_OK;
}

static enum err
make(struct media_work *w, int in_fd, int out_fd)
{
	int read_fd = -1;
	enum err e = in_fd >= 0 && out_fd >= 0
	    ? media_read_all(w, &(struct media_sink){NULL, in_fd})
	    : ERR_UNAVAIL;
	if (e == ERR_OK && (read_fd = film_reader(in_fd)) < 0)
		e = ERR_UNAVAIL;
	if (e == ERR_OK)
		e = run(w, read_fd, out_fd);
	if (read_fd >= 0)
		close(read_fd);
	if (e == ERR_OK)
		e = add_poster(w, out_fd);
	return e == ERR_OK ? keep_made(w, out_fd) : e;
}

/* ERR_CONFLICT is that it is to stop, or that nobody wants it any more. */
static enum err
why_stopped(struct media_work *w)
{
	struct media m;
	enum err e = media_get(w->db, w->arena, w->who, w->media.id, &m);
	return e == ERR_NOT_FOUND ? e : ERR_CONFLICT;
}

/* Closed however the job ends, a full arena too. */
struct fds {
	int in, out;
};

static void
close_fds(void *arg)
{
	struct fds *f = arg;
	if (f->in >= 0)
		close(f->in);
	if (f->out >= 0)
		close(f->out);
}

enum err
media_make_film(struct media_work *w)
{
	struct arena *scratch = arena_scratch(w->arena);
	struct fds *f = arena_new(scratch, struct fds, 1);
	*f = (struct fds){-1, -1};
	arena_defer(scratch, close_fds, f);
	f->in = nameless_open(scratch, w->tools->dir);
	f->out = nameless_open(scratch, w->tools->dir);
	enum err e = make(w, f->in, f->out);
	arena_close(scratch);
	return e == ERR_CONFLICT ? why_stopped(w) : e;
}
