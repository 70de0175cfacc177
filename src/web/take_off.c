/* SPDX-License-Identifier: MPL-2.0 */
#include "web/take_off.h"

const struct view_take_off *
take_off_view(struct req *rq, const struct take_off *t)
{
	struct view_take_off *v = arena_new(rq->arena, struct view_take_off, 1);
	*v = (struct view_take_off){.action = t->action,
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .words = t->words,
	    .number = t->number,
	    .count = t->count};
	return v;
}

bool
take_off_posted(struct req *rq, int64_t count, int64_t *number)
{
	int64_t were;
	if (!str_int(req_form(rq, S("number")), number) ||
	    !str_int(req_form(rq, S("rev")), &were))
		return false;
	if (were != count)
		*number = 0;
	return true;
}
