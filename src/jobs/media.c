/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/media.h"

#include "base/buf.h"
#include "jobs/picture.h"
#include "model/media.h"

enum { PIECES_A_BEAT = 64 };

struct work {
	struct job_turn *turn; /* NULL: without a runner */
	struct arena *arena;
	const struct actor *who;
	const struct media_tools *tools;
	struct media media, made;
};

/* ---- is it all here ---- */

static bool
go_on(struct work *w, int64_t at)
{
	if (w->turn == NULL || at % (PIECES_A_BEAT * MEDIA_PIECE) != 0)
		return true;
	return job_progress(w->turn, at, w->media.size);
}

/* ERR_INVALID: not what was taken in.  `keep`: gets the bytes, or is NULL. */
static enum err
read_all(struct work *w, struct buf *keep)
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
		if (e == ERR_OK && keep != NULL)
			buf_add(keep, piece);
		hash = media_file_hash(scratch, hash, piece);
		arena_close(scratch);
	}
	if (e == ERR_INTERNAL || e == ERR_NOT_FOUND ||
	    (e == ERR_OK && !hash_eq(hash, w->media.hash)))
		return ERR_INVALID;
	return e;
}

/* ---- a picture ---- */

/* Its name is what is in it, under its own key, so that nobody can tell by it
 * which picture it is. */
static enum err
write_copy(struct work *w, const struct picture_copy *copy, struct hash *name)
{
	struct media_file f = media_kept(&w->media, w->who, w->tools->dir);
	*name = hash_keyed(&f.key, copy->bytes);
	f.name = *name;
	f.size = copy->bytes.n;
	return media_file_write(w->arena, &f, copy->bytes);
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
make_anew(struct work *w)
{
	struct picture p;
	struct media *m = &w->made;
	struct buf bytes = buf_new(w->arena, PICTURE_BYTES);
	if (w->media.size > PICTURE_BYTES)
		return ERR_TOO_LARGE;
	buf_reserve(&bytes, (ptrdiff_t)w->media.size);
	enum err e = read_all(w, &bytes);
	if (e == ERR_OK)
		e = picture_clean(
		    w->tools->helper, w->arena, buf_str(&bytes), &p);
	if (e == ERR_INTERNAL) /* it took the child down */
		e = ERR_INVALID;
	if (e == ERR_OK)
		e = write_copy(w, &p.web, &m->file);
	if (e == ERR_OK)
		e = write_copy(w, &p.thumb, &m->thumb);
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
	struct work *w = arg;
	return media_cleaned(db, w->arena, w->who, &w->made);
}

static enum err
write_refused(void *arg, struct db *db)
{
	struct work *w = arg;
	return media_refuse(db, w->arena, w->who, &w->media, w->tools->dir);
}

static enum err
write(struct work *w, struct db *db, enum err (*fn)(void *, struct db *))
{
	return w->turn != NULL ? job_write(w->turn, fn, w) : fn(w, db);
}

static enum err
finish_picture(struct work *w, struct db *db)
{
	struct media_file before = media_kept(&w->media, w->who, w->tools->dir);
	enum err e = write(w, db, write_clean);
	if (e == ERR_NOT_FOUND) { /* erased meanwhile: so are the copies */
		struct media_file f = before;
		f.name = w->made.file;
		e = media_file_drop(w->arena, &f);
		f.name = w->made.thumb;
		if (e == ERR_OK)
			e = media_file_drop(w->arena, &f);
	}
	return e == ERR_OK ? media_file_drop(w->arena, &before) : e;
}

static enum err
work(struct work *w, struct db *db, struct id id)
{
	enum err e = media_get(db, w->arena, w->who, id, &w->media);
	if (e == ERR_NOT_FOUND || !str_eq(w->media.state, S("raw")))
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	w->made = w->media;
	bool picture = str_eq(w->media.kind, S("picture"));
	e = picture ? make_anew(w) : read_all(w, NULL);
	if (e == ERR_INVALID || e == ERR_TOO_LARGE) {
		w->media.fault =
		    e == ERR_INVALID ? S("broken") : S("too_large");
		return write(w, db, write_refused);
	}
	return e == ERR_OK && picture ? finish_picture(w, db) : e;
}

enum err
media_job(struct job_turn *turn, const struct media_tools *tools)
{
	struct work w = {.turn = turn,
	    .arena = turn->arena,
	    .who = &turn->who,
	    .tools = tools};
	return work(&w, turn->db, turn->job->id);
}

enum err
media_work(struct db *db, struct arena *a, const struct actor *who,
    const struct media_tools *tools, struct id id)
{
	struct work w = {.arena = a, .who = who, .tools = tools};
	return work(&w, db, id);
}
