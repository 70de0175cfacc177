/* SPDX-License-Identifier: MPL-2.0 */

/* What anybody may have of a network, as a file. */
#include "model/setting.h"
#include "report/open_data.h"
#include "web/made.h"
#include "web/pages.h"
#include "web/public_view.h"
#include "web/security.h"

/* From one address: a large network takes seconds, and nobody signs in. */
static const struct attempt fetches = {"open-data", 60, HOUR_US};

struct wish {
	struct actor in;
	struct open_data_ask ask;
};

static enum err
make(struct req *rq, struct made_file *made)
{
	const struct wish *wish = made->with;
	struct open_data_ask ask = wish->ask;
	ask.fd = made->fd;
	return open_data_write(
	    rq->db, made->arena, &wish->in, &ask, &made->size);
}

/* GET /om/NETWORK/data.zip: one that is not given is as one that never was. */
enum err
page_public_data(struct req *rq)
{
	struct wish wish;
	struct record network;
	struct public_page page;
	struct settings_now now;
	struct made_file made = {.make = make,
	    .with = &wish,
	    .public = true,
	    .work = OPEN_DATA_WORK};
	enum err e = public_enter(rq, &wish.in, &network, &page);
	if (e == ERR_OK && !page.data)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK && !security_may_try(rq, &fetches, security_peer(rq)))
		e = ERR_LIMITED;
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, &wish.in, &now);
	if (e != ERR_OK)
		return e;
	wish.ask = (struct open_data_ask){.network = &network,
	    .page = &page,
	    .url = public_address(rq, wish.in.network, ""),
	    .org = rq->org->name,
	    .k = setting_number(&now, S("k"))};
	e = made_alone(rq, &made);
	return e == ERR_OK ? req_file_of(rq, S("application/zip"),
				 S("data.zip"), made.fd, made.size)
			   : e;
}
