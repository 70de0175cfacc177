/* SPDX-License-Identifier: MPL-2.0 */
#include "web/round_view.h"

#include "base/buf.h"
#include "report/rank.h"
#include "web/shell.h"

struct str
round_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/prioritering/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
round_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "ideer");
}

enum err
round_of(struct req *rq, const struct actor *who, struct round *out)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? round_get(rq->db, rq->arena, who, id, out) : e;
}

static struct str
day_of(struct req *rq, const struct round *r, const char *field)
{
	struct date day;
	return date_parse(record_value(&r->record, field), &day)
	    ? lang_date(rq->arena, rq->lang, day)
	    : S("");
}

struct str
round_when(struct req *rq, const struct round *r)
{
	int64_t now_us = rq->http->now_us;
	struct str ends = day_of(rq, r, "ends");
	if (r->state == ROUND_DRAFT)
		return req_tr(rq, "It is not open yet.");
	if (r->state == ROUND_CLOSED)
		return req_tr1(rq, "It closed on %1.", day_of(rq, r, "closed"));
	if (round_is_over(r, now_us))
		return req_tr1(rq, "The last day was %1.", ends);
	if (!round_takes(r, now_us))
		return req_tr1(
		    rq, "You can vote from %1.", day_of(rq, r, "opens"));
	return ends.n > 0 ? req_tr1(rq, "You can vote until %1.", ends)
			  : req_tr(rq, "You can vote now.");
}

struct str
round_money(struct req *rq, int64_t kroner)
{
	return req_tr1(
	    rq, "%1 kr.", rank_money(rq->arena, rq->lang, kroner, 1));
}
