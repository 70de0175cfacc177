/* SPDX-License-Identifier: MPL-2.0 */
#include "web/facts.h"

#include <assert.h>

#include "model/notice.h"

struct facts
facts_new(struct req *rq, ptrdiff_t max)
{
	return (struct facts){
	    .list = arena_new(rq->arena, struct view_facts_list, max),
	    .max = max};
}

void
facts_add(struct facts *facts, struct str label, struct str value)
{
	if (value.n == 0)
		return;
	assert(facts->n < facts->max);
	facts->list[facts->n++] = (struct view_facts_list){label, value};
}

struct view_facts
facts_view(const struct facts *facts)
{
	return (struct view_facts){.list = {facts->list, facts->n}};
}

struct view_facts
facts_of_notice(struct req *rq, const struct record *notice)
{
	struct notice_fact told[NOTICE_FACTS];
	ptrdiff_t n = notice_facts(rq->lang, notice, told);
	struct facts facts = facts_new(rq, n);
	for (ptrdiff_t i = 0; i < n; i++)
		facts_add(&facts, told[i].label, told[i].text);
	return facts_view(&facts);
}
