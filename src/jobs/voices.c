/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/voices.h"

#include "base/buf.h"
#include "model/voices_import.h"

enum { ROWS_A_WRITE = 500 };

struct work {
	struct job_turn *turn;
	struct voices_import import;
	struct voices_reading reading;
	struct arena *rows; /* of the batch */
	struct voices_batch batch;
	bool is_last;
};

/* Whether all of it is in order, and how much that is. */
static enum err
check_all(struct work *w, int64_t *total)
{
	struct job_turn *t = w->turn;
	struct voice_in in;
	enum err e = voices_reading_open(
	    t->db, t->arena, &t->who, &w->import, &w->reading);
	if (e != ERR_OK)
		return e;
	while (voices_reading_next(&w->reading, w->rows, &in))
		arena_reset(w->rows);
	*total = w->reading.file.rows;
	return w->reading.file.n_faults == 0 ? ERR_OK : ERR_INVALID;
}

/* May be run more than once; voices_import_add() counts from the start. */
static enum err
write_some(void *arg, struct db *db)
{
	struct work *w = arg;
	struct job_turn *t = w->turn;
	enum err e = voices_import_add(db, w->rows, &t->who, &w->batch);
	if (e == ERR_OK && w->is_last)
		e = voices_import_drop(db, w->rows, &t->who, w->import.id);
	return e;
}

static void
next_batch(struct work *w)
{
	arena_reset(w->rows);
	struct voice_in *list =
	    arena_new(w->rows, struct voice_in, ROWS_A_WRITE);
	ptrdiff_t n = 0;
	while (n < ROWS_A_WRITE &&
	    voices_reading_next(&w->reading, w->rows, &list[n]))
		n++;
	w->batch =
	    (struct voices_batch){&w->import, w->reading.file.ours, list, n, 0};
	w->is_last = n < ROWS_A_WRITE;
}

static enum err
bring_in(struct work *w, int64_t total)
{
	struct job_turn *t = w->turn;
	int64_t added = 0, done = 0;
	enum err e = voices_reading_open(
	    t->db, t->arena, &t->who, &w->import, &w->reading);
	while (e == ERR_OK && !w->is_last) {
		if (!job_progress(t, done, total))
			return ERR_CONFLICT;
		next_batch(w);
		e = job_write(t, write_some, w);
		added += w->batch.added;
		done += w->batch.n;
	}
	t->result = str_fmt(t->arena, "%lld", (long long)added);
	return e;
}

enum err
voices_job(struct job_turn *t)
{
	struct work w = {.turn = t};
	int64_t total = 0;
	t->who.account = t->job->account;
	enum err e =
	    voices_import_get(t->db, t->arena, &t->who, t->job->id, &w.import);
	/* The last write was the end of it. */
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	w.rows = arena_scratch(t->arena);
	e = check_all(&w, &total);
	return e == ERR_OK ? bring_in(&w, total) : e;
}

enum err
voices_start(struct db *db, const struct actor *who, struct id import)
{
	struct job job = {.id = import, .kind = S("voices"), .args = S("{}")};
	return job_add(db, who, &job);
}
