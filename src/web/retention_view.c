/* SPDX-License-Identifier: MPL-2.0 */
#include "web/retention_view.h"

static struct str
day_of(struct req *rq, int64_t us)
{
	return us == 0 ? S("")
		       : lang_date(rq->arena, rq->lang, date_danish(us));
}

struct str
retention_next_text(struct req *rq, const struct retained *r)
{
	struct str due = day_of(rq, r->due_us);
	bool keep = str_eq(r->decision, S("keep"));
	if (r->done_us != 0)
		return req_tr1(rq, "Deleted on %1.", day_of(rq, r->done_us));
	if (r->begun_us != 0)
		return req_tr(rq, "It is being deleted.");
	if (r->decision.n == 0)
		return req_tr(rq, "Waits for the archive's decision.");
	if (keep && r->handed.n == 0)
		return req_tr(rq, "Waits until the archive has what it keeps.");
	if (r->due_us <= rq->who.now_us)
		return req_tr(rq, "Is deleted within a day.");
	return req_tr1(rq, "Is deleted on %1.", due);
}

struct str
retention_rule_text(
    struct req *rq, const struct retain_rule *r, const struct settings_now *now)
{
	struct str days = r->days == NULL
	    ? S("")
	    : lang_int(
		  rq->arena, rq->lang, setting_number(now, str_c(r->days)));
	switch (r->how) {
	case RETAIN_ROWS:
		return req_tr1(
		    rq, "Deleted %1 days after the network ended", days);
	case RETAIN_WORDS:
		return req_tr1(rq,
		    "Emptied of names %1 days after the network ended", days);
	case RETAIN_AGED:
		return req_tr1(rq, "Deleted after %1 days", days);
	case RETAIN_SWEPT:
		return req_tr(rq, "Deleted within days");
	case RETAIN_WITH:
		return req_tr(rq, "Goes with what it belongs to");
	case RETAIN_KEPT:
		break;
	}
	return req_tr(rq, "It stays");
}
