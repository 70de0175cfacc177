/* SPDX-License-Identifier: MPL-2.0 */
#include "web/made.h"

#include <unistd.h>

#include "base/nameless.h"
#include "web/site.h"

struct making {
	struct req *rq;
	struct made_file *made;
	enum err result;
};

static void
close_file(void *arg)
{
	(void)close(*(int *)arg);
}

static int
open_nameless(struct req *rq)
{
	int *fd = arena_new(rq->arena, int, 1);
	*fd = nameless_open(rq->arena, rq->site->data_dir);
	if (*fd >= 0)
		arena_defer(rq->arena, close_file, fd);
	return *fd;
}

static void
let_others(void *arg)
{
	atomic_bool *turn = arg;
	*turn = false;
}

static void
make(void *arg)
{
	struct making *m = arg;
	m->result = m->made->make(m->rq, m->made);
}

enum err
made_alone(struct req *rq, struct made_file *made)
{
	atomic_bool *turn =
	    made->public ? &rq->site->giving : &rq->site->exporting;
	struct making m = {rq, made, ERR_UNAVAIL};
	made->fd = open_nameless(rq);
	if (made->fd < 0 || atomic_exchange(turn, true))
		return ERR_UNAVAIL;
	made->arena = arena_open(made->work);
	if (made->arena == NULL) {
		let_others(turn);
		return ERR_UNAVAIL;
	}
	arena_defer(made->arena, let_others, turn);
	if (!arena_guard(made->arena, make, &m))
		m.result = ERR_TOO_LARGE;
	arena_close(made->arena);
	return m.result;
}
