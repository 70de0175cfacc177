/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_trial.h"

#include "model/trial.h"

static enum err
add_trial(struct demo_loader *l, const json_t *item)
{
	static const char *const fields[] = {"title", "what", "part"};
	struct trial t;
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_TRIAL, &who);
	struct trial_lines goals = {.text = demo_text(item, "goals")};
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&r, fields[i], demo_text(item, fields[i]));
	record_set(&r, "idea", demo_ref(l, item, "idea"));
	record_set(&r, "target_groups", demo_refs(l, item, "target_groups"));
	enum err e = demo_save(l, &who, &r);
	if (e == ERR_OK)
		e = trial_get(l->db, l->arena, &who, r.id, &t);
	return e == ERR_OK ? trial_goals_add(l->db, l->arena, &who, &t, &goals)
			   : e;
}

enum err
demo_trials(struct demo_loader *l)
{
	return demo_each(l, "trials", add_trial);
}
