/* SPDX-License-Identifier: MPL-2.0 */

/* All of a dialogue as a file. */
#include "model/setting.h"
#include "report/exchange.h"
#include "web/made.h"
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

static enum err
make_file(struct req *rq, struct made_file *made)
{
	struct exchange_ask ask = *(const struct exchange_ask *)made->with;
	ask.fd = made->fd;
	return exchange_export(
	    rq->db, made->arena, &rq->who, &ask, &made->size);
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
	struct exchange_ask ask = {0};
	struct made_file made = {
	    .make = make_file, .with = &ask, .work = EXCHANGE_WORK};
	enum err e = ready_to_fetch(rq, &r, &ask);
	if (e == ERR_OK)
		e = made_alone(rq, &made);
	if (e != ERR_OK)
		return e;
	req_note(rq, "dialogue.export", r.id);
	return req_file_of(
	    rq, S("application/zip"), S("dialog.zip"), made.fd, made.size);
}
