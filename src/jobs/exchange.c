/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/exchange.h"

#include "base/buf.h"
#include "model/exchange.h"

struct work {
	struct job_turn *turn;
	struct exchange_import import;
	struct exchange_in in;
	struct arena *arena; /* of a write */
	struct exchange_piece piece;
};

/* Each may be run more than once. */
static enum err
write_begin(void *arg, struct db *db)
{
	struct work *w = arg;
	return exchange_begin(db, w->arena, &w->turn->who, &w->import, &w->in);
}

static enum err
write_piece(void *arg, struct db *db)
{
	struct work *w = arg;
	return exchange_add(db, w->arena, &w->turn->who, &w->piece);
}

static enum err
write_end(void *arg, struct db *db)
{
	struct work *w = arg;
	return exchange_end(db, w->arena, &w->turn->who, &w->import);
}

static enum err
bring_in(struct work *w)
{
	struct job_turn *t = w->turn;
	ptrdiff_t total = w->in.voters + w->in.votes.n, done = 0;
	enum err e = job_write(t, write_begin, w);
	while (e == ERR_OK && done < total) {
		if (!job_progress(t, done, total))
			return ERR_CONFLICT;
		ptrdiff_t to = done + EXCHANGE_PIECE;
		w->piece = (struct exchange_piece){
		    &w->import, &w->in, done, to < total ? to : total};
		arena_reset(w->arena);
		e = job_write(t, write_piece, w);
		done = w->piece.to;
	}
	return e == ERR_OK ? job_write(t, write_end, w) : e;
}

enum err
exchange_job(struct job_turn *t)
{
	struct work w = {.turn = t};
	t->who.account = t->job->account;
	enum err e =
	    exchange_get(t->db, t->arena, &t->who, t->job->id, &w.import);
	/* The last write was the end of it. */
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	if (!exchange_read(t->arena, &w.import, &w.in))
		return ERR_INVALID;
	w.arena = arena_scratch(t->arena);
	bool votes = w.import.votes.n > 0;
	t->result = str_fmt(t->arena, "%c%td", votes ? 'v' : 's',
	    votes ? w.in.votes.n : w.in.n);
	return bring_in(&w);
}

enum err
exchange_start(struct db *db, const struct actor *who, struct id import)
{
	struct job job = {.id = import, .kind = S("exchange"), .args = S("{}")};
	return job_add(db, who, &job);
}
