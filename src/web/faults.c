/* SPDX-License-Identifier: MPL-2.0 */
#include "web/faults.h"

#include <assert.h>

static struct str
not_saved(struct req *rq)
{
	return req_tr(rq, "It was not saved. Nothing you wrote is lost.");
}

struct faults
faults_new(struct req *rq, ptrdiff_t max)
{
	return (struct faults){.rq = rq,
	    .list = arena_new(rq->arena, struct view_faults_list, max),
	    .max = max};
}

void
faults_add(
    struct faults *faults, struct str id, struct str label, struct str message)
{
	if (message.n == 0)
		return;
	assert(faults->n < faults->max);
	faults->list[faults->n++] = (struct view_faults_list){
	    .href = str_cat(faults->rq->arena, S("#"), id),
	    .label = label,
	    .message = message};
}

struct view_faults
faults_view(const struct faults *faults)
{
	struct view_faults v = {.list = {faults->list, faults->n}};
	if (faults->n > 0)
		v.heading = not_saved(faults->rq);
	return v;
}

struct view_faults
faults_sentence(struct req *rq, struct str text)
{
	struct view_faults v = {.text = text};
	if (text.n > 0)
		v.heading = not_saved(rq);
	return v;
}
