/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/media.h"

#include <errno.h>
#include <unistd.h>

#include "jobs/media_parts.h"
#include "jobs/picture.h"

enum { PIECES_A_BEAT = 64 };

/* ---- is it all here ---- */

static bool
go_on(struct media_work *w, int64_t at)
{
	if (w->turn == NULL || at % (PIECES_A_BEAT * MEDIA_PIECE) != 0)
		return true;
	return job_progress(w->turn, at, w->media.size);
}

static enum err
write_fd(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, (size_t)s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_UNAVAIL;
		s = str_sub(s, n, s.n);
	}
	return ERR_OK;
}

enum err
media_read_all(struct media_work *w, const struct media_sink *sink)
{
	struct media_file f = media_kept(&w->media, w->who, w->tools->dir);
	struct hash hash = {0};
	enum err e = ERR_OK;
	for (int64_t at = 0; e == ERR_OK && at < f.size; at += MEDIA_PIECE) {
		struct arena *scratch = arena_scratch(w->arena);
		struct str piece = {0};
		if (!go_on(w, at))
			e = ERR_CONFLICT;
		if (e == ERR_OK)
			e = media_file_get(
			    scratch, &f, at / MEDIA_PIECE, &piece);
		if (e == ERR_OK && sink->keep != NULL)
			buf_add(sink->keep, piece);
		if (e == ERR_OK && sink->fd >= 0)
			e = write_fd(sink->fd, piece);
		hash = media_file_hash(scratch, hash, piece);
		arena_close(scratch);
	}
	if (e == ERR_INTERNAL || e == ERR_NOT_FOUND ||
	    (e == ERR_OK && !hash_eq(hash, w->media.hash)))
		return ERR_INVALID;
	return e;
}

/* ---- a picture ---- */

enum err
media_write_copy(struct media_work *w, struct str bytes, struct hash *name)
{
	struct media_file f = media_kept(&w->media, w->who, w->tools->dir);
	*name = hash_keyed(&f.key, bytes);
	f.name = *name;
	f.size = bytes.n;
	return media_file_write(w->arena, &f, bytes);
}

static struct hash
hash_all(struct arena *a, struct str bytes)
{
	struct hash hash = {0};
	for (ptrdiff_t at = 0; at < bytes.n; at += MEDIA_PIECE)
		hash = media_file_hash(
		    a, hash, str_sub(bytes, at, at + MEDIA_PIECE));
	return hash;
}

static enum err
make_anew(struct media_work *w)
{
	struct picture p;
	struct media *m = &w->made;
	struct buf bytes = buf_new(w->arena, PICTURE_BYTES);
	if (w->media.size > PICTURE_BYTES)
		return ERR_TOO_LARGE;
	buf_reserve(&bytes, (ptrdiff_t)w->media.size);
	enum err e = media_read_all(w, &(struct media_sink){&bytes, -1});
	if (e == ERR_OK)
		e = picture_clean(
		    w->tools->helper, w->arena, buf_str(&bytes), &p);
	if (e == ERR_INTERNAL) /* it took the child down */
		e = ERR_INVALID;
	if (e == ERR_OK)
		e = media_write_copy(w, p.web.bytes, &m->file);
	if (e == ERR_OK)
		e = media_write_copy(w, p.thumb.bytes, &m->thumb);
	if (e != ERR_OK)
		return e;
	m->type = p.web.type;
	m->size = p.web.bytes.n;
	m->thumb_size = p.thumb.bytes.n;
	m->width = p.web.width;
	m->height = p.web.height;
	m->hash = hash_all(w->arena, p.web.bytes);
	return ERR_OK;
}

/* ---- all of it ---- */

static enum err
write_clean(void *arg, struct db *db)
{
	struct media_work *w = arg;
	return media_cleaned(db, w->arena, w->who, &w->made);
}

static enum err
write_refused(void *arg, struct db *db)
{
	struct media_work *w = arg;
	return media_refuse(db, w->arena, w->who, &w->media, w->tools->dir);
}

static enum err
put(struct media_work *w, struct db *db, enum err (*fn)(void *, struct db *))
{
	return w->turn != NULL ? job_write(w->turn, fn, w) : fn(w, db);
}

/* What came is dropped once what was made stands in the row. */
static enum err
finish(struct media_work *w, struct db *db)
{
	struct media_file before = media_kept(&w->media, w->who, w->tools->dir);
	enum err e = put(w, db, write_clean);
	if (e == ERR_NOT_FOUND) { /* erased meanwhile: so are the copies */
		struct media_file f = before;
		f.name = w->made.file;
		e = media_file_drop(w->arena, &f);
		f.name = w->made.thumb;
		if (e == ERR_OK && w->made.thumb_size > 0)
			e = media_file_drop(w->arena, &f);
	}
	return e == ERR_OK ? media_file_drop(w->arena, &before) : e;
}

static enum err
make(struct media_work *w)
{
	if (str_eq(w->media.kind, S("picture")))
		return make_anew(w);
	if (str_eq(w->media.kind, S("sound")) ||
	    str_eq(w->media.kind, S("film")))
		return media_make_film(w);
	return media_read_all(w, &(struct media_sink){NULL, -1});
}

static enum err
work(struct media_work *w, struct id id)
{
	enum err e = media_get(w->db, w->arena, w->who, id, &w->media);
	if (e == ERR_NOT_FOUND || !str_eq(w->media.state, S("raw")))
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	w->made = w->media;
	bool document = str_eq(w->media.kind, S("document"));
	e = make(w);
	if (e == ERR_INVALID || e == ERR_TOO_LARGE) {
		w->media.fault =
		    e == ERR_INVALID ? S("broken") : S("too_large");
		return put(w, w->db, write_refused);
	}
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	return e == ERR_OK && !document ? finish(w, w->db) : e;
}

enum err
media_job(struct job_turn *turn, const struct media_tools *tools)
{
	struct media_work w = {.turn = turn,
	    .arena = turn->arena,
	    .db = turn->db,
	    .who = &turn->who,
	    .tools = tools};
	return work(&w, turn->job->id);
}

enum err
media_work(struct db *db, struct arena *a, const struct actor *who,
    const struct media_tools *tools, struct id id)
{
	struct media_work w = {
	    .arena = a, .db = db, .who = who, .tools = tools};
	return work(&w, id);
}
