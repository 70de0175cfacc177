/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_decision.h"

static enum err
add_decision(struct demo_loader *l, const json_t *item)
{
	static const char *const fields[] = {"title", "question", "body", "due",
	    "room", "fixed", "options", "cost"};
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_DECISION, &who);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&r, fields[i], demo_text(item, fields[i]));
	record_set(&r, "ideas", demo_refs(l, item, "ideas"));
	record_set(&r, "insights", demo_refs(l, item, "insights"));
	return demo_save(l, &who, &r);
}

enum err
demo_decisions(struct demo_loader *l)
{
	return demo_each(l, "decisions", add_decision);
}
