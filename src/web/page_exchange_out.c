/* SPDX-License-Identifier: MPL-2.0 */

/* All of a dialogue as a file.  It is made on the pool into a file without a
 * name, so neither writes nor memory wait for it. */
#include <unistd.h>

#include "base/nameless.h"
#include "model/setting.h"
#include "report/exchange.h"
#include "web/pages.h"
#include "web/site.h"
#include "web/talk.h"

static bool
kind_of(struct str key, enum polis_kind *kind)
{
	for (int i = 0; i < POLIS_KINDS; i++) {
		if (str_eq(str_c(polis_kinds[i].key), key)) {
			*kind = (enum polis_kind)i;
			return true;
		}
	}
	return false;
}

struct fetching {
	struct req *rq;
	struct arena *arena;
	struct exchange_ask ask;
	int64_t size;
	enum err result;
};

static void
close_file(void *arg)
{
	(void)close(*(int *)arg);
}

/* A file without a name, gone with the request. */
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
	struct site *site = arg;
	site->exporting = false;
}

static void
make_file(void *arg)
{
	struct fetching *f = arg;
	f->result = exchange_export(
	    f->rq->db, f->arena, &f->rq->who, &f->ask, &f->size);
}

/* One at a time, for its memory and the pool's sake. */
static enum err
make_alone(struct fetching *f)
{
	struct site *site = f->rq->site;
	if (atomic_exchange(&site->exporting, true))
		return ERR_UNAVAIL;
	f->arena = arena_open(EXCHANGE_WORK);
	if (f->arena == NULL) {
		let_others(site);
		return ERR_UNAVAIL;
	}
	arena_defer(f->arena, let_others, site);
	if (!arena_guard(f->arena, make_file, f))
		f->result = ERR_TOO_LARGE;
	arena_close(f->arena);
	return f->result;
}

static enum err
ready_to_fetch(struct req *rq, struct record *r, struct exchange_ask *ask)
{
	struct id id;
	struct settings_now now;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = record_get(
		    rq->db, rq->arena, &rq->who, KIND_DIALOGUE, id, r);
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	if (!kind_of(req_form(rq, S("form")), &ask->kind))
		return ERR_INVALID;
	ask->dialogue = r;
	ask->url = talk_address(rq, id);
	ask->k = (int32_t)setting_number(&now, S("k"));
	return ERR_OK;
}

/* POST /netvaerk/N/dialoger/ID/hent: who fetched it stands in the chain. */
enum err
page_exchange_fetch(struct req *rq)
{
	struct record r;
	struct fetching f = {.rq = rq, .result = ERR_UNAVAIL};
	enum err e = ready_to_fetch(rq, &r, &f.ask);
	if (e != ERR_OK)
		return e;
	f.ask.fd = open_nameless(rq);
	if (f.ask.fd < 0)
		return ERR_UNAVAIL;
	e = make_alone(&f);
	if (e != ERR_OK)
		return e;
	req_note(rq, "dialogue.export", r.id);
	return req_file_of(
	    rq, S("application/zip"), S("dialog.zip"), f.ask.fd, f.size);
}
