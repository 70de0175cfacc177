/* SPDX-License-Identifier: MPL-2.0 */
#include "web/seen.h"

#include "model/citizen.h"
#include "web/lane.h"

enum { NOTE_BYTES = 64 * 1024 };

/* It outlives the request, on an arena of its own. */
struct note {
	struct lane_job job;
	struct arena *arena;
	struct id org;
	struct hash token;
	int64_t now_us;
};

static enum err
write_note(void *arg, struct db *db)
{
	struct note *note = arg;
	return session_seen(db, note->org, note->token, note->now_us);
}

static enum err
write_opened(void *arg, struct db *db)
{
	struct note *note = arg;
	return citizen_opened(db, note->org, note->token, note->now_us);
}

static void
note_done(void *arg, enum err e)
{
	struct note *note = arg;
	(void)e;
	arena_close(note->arena);
}

struct making {
	const struct req *rq;
	struct hash token;
	enum err (*write)(void *arg, struct db *);
	struct arena *arena;
	struct note *note;
};

static void
make_note(void *arg)
{
	struct making *m = arg;
	const struct req *rq = m->rq;
	m->note = arena_new(m->arena, struct note, 1);
	*m->note = (struct note){
	    .job = {.run = m->write,
		.done = note_done,
		.arg = m->note,
		.arena = m->arena},
	    .arena = m->arena,
	    .org = rq->org->id,
	    .token = m->token,
	    .now_us = rq->http->now_us,
	};
}

static void
submit(struct making m)
{
	m.arena = arena_open(NOTE_BYTES);
	if (m.arena == NULL)
		return;
	if (!arena_guard(m.arena, make_note, &m) ||
	    lane_submit(m.rq->site->lanes, m.note->org, &m.note->job) != ERR_OK)
		arena_close(m.arena);
}

void
seen_note(const struct req *rq)
{
	if (!rq->signed_in || rq->site->lanes == NULL ||
	    rq->http->now_us - rq->session.seen_us < SESSION_SEEN_US)
		return;
	submit((struct making){
	    .rq = rq, .token = rq->session.token_hash, .write = write_note});
}

void
seen_code(const struct req *rq, struct hash code)
{
	if (rq->site->lanes == NULL || rq->http->method != HTTP_GET)
		return;
	submit((struct making){.rq = rq, .token = code, .write = write_opened});
}
