/* SPDX-License-Identifier: MPL-2.0 */
#include "web/rooms.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "base/clock.h"
#include "model/setting.h"
#include "web/lane.h"

enum { ROOM_BYTES = 1024 * 1024 * 1024, LOOK_MS = 300, REST = 2 };
#define WATCHED_US (60 * SECOND_US)
#define FORGET_US (10 * MINUTE_US)

/* One room, until nobody holds it. */
struct kept {
	struct arena *arena;
	struct room *room;
	int holders; /* guarded by rooms.lock */
	_Atomic int64_t fresh_us; /* monotonic: when it was known to be so */
};

struct desk {
	struct id org, network, dialogue;
	struct kept *kept;
	int64_t looked_us; /* 0: the place is free */
	pthread_mutex_t making;
};

struct rooms {
	struct site *site;
	int reader;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	struct desk desk[ROOMS_KEPT];
};

/* ---- holding ---- */

static void
let_go(struct rooms *r, struct kept *k)
{
	if (k == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	bool last = --k->holders == 0;
	pthread_mutex_unlock(&r->lock);
	if (last)
		arena_close(k->arena);
}

struct hold {
	struct rooms *rooms;
	struct kept *kept;
};

static void
end_hold(void *arg)
{
	struct hold *h = arg;
	let_go(h->rooms, h->kept);
}

/* Before anything is held, so that memory that ends leaves nothing held. */
static struct hold *
new_hold(struct req *rq, struct rooms *r)
{
	struct hold *h = arena_new(rq->arena, struct hold, 1);
	h->rooms = r;
	arena_defer(rq->arena, end_hold, h);
	return h;
}

/* With the lock: the place of a dialogue, perhaps another's that is given
 * up. */
static struct desk *
find_desk(struct rooms *r, const struct actor *in, struct id dialogue)
{
	struct desk *oldest = &r->desk[0];
	for (int i = 0; i < ROOMS_KEPT; i++) {
		struct desk *p = &r->desk[i];
		if (id_eq(p->dialogue, dialogue) && id_eq(p->org, in->org))
			return p;
		if (p->looked_us < oldest->looked_us)
			oldest = p;
	}
	if (oldest->kept != NULL && --oldest->kept->holders == 0)
		arena_close(oldest->kept->arena);
	oldest->kept = NULL;
	oldest->org = in->org;
	oldest->network = in->network;
	oldest->dialogue = dialogue;
	return oldest;
}

/* What is kept now, held once more; NULL: nothing. */
static struct kept *
take(struct rooms *r, const struct actor *in, struct id dialogue,
    struct desk **desk)
{
	pthread_mutex_lock(&r->lock);
	struct desk *p = find_desk(r, in, dialogue);
	p->looked_us = clock_mono_us();
	struct kept *k = p->kept;
	if (k != NULL)
		k->holders++;
	pthread_mutex_unlock(&r->lock);
	*desk = p;
	return k;
}

static bool
is_fresh(const struct kept *k)
{
	int64_t good_us = REST * k->room->computed_us;
	return clock_mono_us() - k->fresh_us <
	    (good_us > SECOND_US ? good_us : SECOND_US);
}

/* ---- making ---- */

struct making {
	struct db *db;
	struct arena *arena;
	struct actor in;
	struct room_ask ask;
	struct room *room;
	enum err result;
};

static void
make_room(void *arg)
{
	struct making *m = arg;
	struct settings_now now;
	m->result = setting_list(m->db, m->arena, &m->in, &now);
	if (m->result != ERR_OK)
		return;
	m->ask.k = (int32_t)setting_number(&now, S("k"));
	m->result = room_make(m->db, m->arena, &m->in, &m->ask, &m->room);
}

/* A new one, held once by the caller and once by its place. */
static enum err
make_kept(struct rooms *r, struct making *m, struct desk *p, struct kept **out)
{
	m->arena = arena_open(ROOM_BYTES);
	if (m->arena == NULL)
		return ERR_UNAVAIL;
	struct kept *k = arena_new(m->arena, struct kept, 1);
	m->result = ERR_UNAVAIL;
	if (!arena_guard(m->arena, make_room, m))
		m->result = ERR_UNAVAIL;
	if (m->result != ERR_OK) {
		arena_close(m->arena);
		return m->result;
	}
	k->arena = m->arena;
	k->room = m->room;
	k->holders = 1;
	k->fresh_us = clock_mono_us();
	pthread_mutex_lock(&r->lock);
	struct kept *old = NULL;
	if (id_eq(p->dialogue, m->ask.dialogue)) {
		old = p->kept;
		p->kept = k;
		k->holders++;
	}
	pthread_mutex_unlock(&r->lock);
	let_go(r, old);
	*out = k;
	return ERR_OK;
}

/* Votes may come in a moment later; words that were taken back, and people who
 * were erased, are gone from the next request on. */
static bool
may_be_shown(struct db *db, const struct actor *in, struct kept *k)
{
	struct dialogue_mark now;
	const struct dialogue_mark *was = &k->room->mark;
	struct arena *a = arena_open(64 * 1024);
	bool known = a != NULL &&
	    dialogue_mark(db, a, in, k->room->dialogue, &now) == ERR_OK;
	arena_close(a);
	if (!known || now.erased != was->erased ||
	    now.changed_us != was->changed_us)
		return false;
	if (now.seq == was->seq)
		k->fresh_us = clock_mono_us();
	return is_fresh(k);
}

/* With the place's `making`: *k, or a newer one in its place. */
static enum err
renew(struct rooms *r, struct making *m, struct desk *p, struct kept **k)
{
	struct kept *old = *k;
	if (old != NULL && may_be_shown(m->db, &m->in, old))
		return ERR_OK;
	m->ask.last = old != NULL ? old->room : NULL;
	enum err e = make_kept(r, m, p, k);
	if (e == ERR_OK)
		let_go(r, old);
	return e;
}

enum err
rooms_get(struct req *rq, const struct actor *in, const struct room_wish *wish,
    const struct room **out)
{
	struct rooms *r = rq->site->rooms;
	struct making m = {.db = rq->db,
	    .arena = rq->arena,
	    .in = *in,
	    .ask = {.dialogue = wish->dialogue}};
	struct desk *p;
	*out = NULL;
	if (r == NULL) {
		make_room(&m);
		*out = m.room;
		return m.result;
	}
	struct hold *h = new_hold(rq, r);
	h->kept = take(r, in, wish->dialogue, &p);
	enum err e = ERR_OK;
	if (wish->wait &&
	    (h->kept == NULL || !may_be_shown(rq->db, in, h->kept))) {
		struct desk *now;
		pthread_mutex_lock(&p->making);
		let_go(r, h->kept);
		h->kept = take(r, in, wish->dialogue, &now);
		e = renew(r, &m, now, &h->kept);
		pthread_mutex_unlock(&p->making);
	}
	if (h->kept != NULL)
		*out = h->kept->room;
	return e;
}

void
rooms_look(const struct req *rq, const struct actor *in, struct id dialogue)
{
	struct rooms *r = rq->site->rooms;
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	find_desk(r, in, dialogue)->looked_us = clock_mono_us();
	pthread_mutex_unlock(&r->lock);
}

/* ---- the thread ---- */

struct str
rooms_topic(struct arena *a, struct id dialogue)
{
	return str_cat(a, S("dialogue:"), id_text(a, dialogue));
}

static void
tell(struct rooms *r, const struct room *room)
{
	struct arena *a = r->site->server != NULL ? arena_open(4096) : NULL;
	if (a == NULL)
		return;
	http_publish(r->site->server, rooms_topic(a, room->dialogue), S("room"),
	    str_fmt(a, "{\"people\":%td,\"votes\":%td,\"seq\":%lld}",
		room->groups.people, room->groups.n_votes,
		(long long)room->mark.seq));
	arena_close(a);
}

/* A dialogue that somebody looks at and whose room is old, or gone. */
static void
look_at(struct rooms *r, struct desk *p)
{
	pthread_mutex_lock(&r->lock);
	struct actor program =
	    actor_program(p->org, &r->site->keys, clock_now_us());
	struct actor in = actor_inside(&program, p->network);
	struct id dialogue = p->dialogue;
	int64_t looked_us = p->looked_us;
	struct kept *k = p->kept;
	bool idle = looked_us == 0 || clock_mono_us() - looked_us > WATCHED_US;
	if (k != NULL)
		k->holders++;
	pthread_mutex_unlock(&r->lock);
	if (!idle && (k == NULL || !is_fresh(k)) &&
	    pthread_mutex_trylock(&p->making) == 0) {
		const struct room *was = k != NULL ? k->room : NULL;
		struct making m = {
		    .db = lanes_reader(r->site->lanes, r->reader),
		    .in = in,
		    .ask = {.dialogue = dialogue}};
		if (db_begin(m.db) == ERR_OK) {
			if (renew(r, &m, p, &k) == ERR_OK && k->room != was)
				tell(r, k->room);
			db_rollback(m.db);
		}
		pthread_mutex_unlock(&p->making);
	}
	let_go(r, k);
}

static void
forget(struct rooms *r)
{
	for (int i = 0; i < ROOMS_KEPT; i++) {
		struct desk *p = &r->desk[i];
		struct kept *gone = NULL;
		pthread_mutex_lock(&r->lock);
		if (clock_mono_us() - p->looked_us > FORGET_US) {
			gone = p->kept;
			p->kept = NULL;
		}
		pthread_mutex_unlock(&r->lock);
		let_go(r, gone);
	}
}

static bool
rest(struct rooms *r)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += LOOK_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&r->lock);
	while (!r->stopping &&
	    pthread_cond_timedwait(&r->wake, &r->lock, &until) != ETIMEDOUT) {
	}
	bool on = !r->stopping;
	pthread_mutex_unlock(&r->lock);
	return on;
}

static void *
run(void *arg)
{
	struct rooms *r = arg;
	while (rest(r)) {
		for (int i = 0; i < ROOMS_KEPT; i++)
			look_at(r, &r->desk[i]);
		forget(r);
	}
	return NULL;
}

enum err
rooms_start(
    struct arena *process, struct site *site, int reader, struct rooms **out)
{
	struct rooms *r = arena_new(process, struct rooms, 1);
	r->site = site;
	r->reader = reader;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->wake, NULL);
	for (int i = 0; i < ROOMS_KEPT; i++)
		pthread_mutex_init(&r->desk[i].making, NULL);
	if (pthread_create(&r->thread, NULL, run, r) != 0)
		return ERR_UNAVAIL;
	*out = r;
	return ERR_OK;
}

void
rooms_stop(struct rooms *r)
{
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	r->stopping = true;
	pthread_cond_signal(&r->wake);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	for (int i = 0; i < ROOMS_KEPT; i++)
		let_go(r, r->desk[i].kept);
}
