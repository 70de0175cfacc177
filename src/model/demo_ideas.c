/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_ideas.h"

#include "base/buf.h"
#include "model/idea.h"

/* The one of a voice is there already, without words of the network's. */
static enum err
begin(struct demo_loader *l, const struct actor *who, const json_t *item,
    struct record *r)
{
	struct str voice = demo_text(item, "voice");
	*r = demo_record(l, KIND_IDEA, who);
	if (voice.n == 0)
		return ERR_OK;
	struct idea_birth birth = {demo_id(l, voice), false, S("yes")};
	enum err e = idea_from_words(l->db, l->arena, who, &birth);
	return e == ERR_OK
	    ? record_get(l->db, l->arena, who, KIND_IDEA, birth.contribution, r)
	    : e;
}

/* Step by step to where it is. */
static enum err
move_to(struct demo_loader *l, const struct actor *who, struct id id,
    const json_t *item)
{
	const json_t *steps = json_object_get(item, "steps");
	struct idea_view view = {.reader = IDEA_STAFF};
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(steps); i++) {
		struct ideas all;
		e = idea_list(l->db, l->arena, who, &view, &all);
		if (e != ERR_OK)
			return e;
		const struct idea *idea = idea_find(&all, id);
		struct idea_step step = {.rev = idea->record.rev,
		    .state = str_c(json_string_value(json_array_get(steps, i))),
		    .reason = demo_text(item, "reason")};
		e = idea_move(l->db, l->arena, who, idea, &step);
	}
	return e;
}

static enum err
add_idea(struct demo_loader *l, const json_t *item)
{
	static const char *const fields[] = {"title", "what", "kind",
	    "value_hypothesis", "value_tag", "value_tag_also", "citizen_part",
	    "activities", "cost"};
	struct actor who = demo_writer(l, item);
	struct record r;
	enum err e = begin(l, &who, item, &r);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&r, fields[i], demo_text(item, fields[i]));
	record_set(&r, "target_groups", demo_refs(l, item, "target_groups"));
	record_set(&r, "insights", demo_refs(l, item, "insights"));
	record_set(&r, "owner", demo_ref(l, item, "owner"));
	e = demo_save(l, &who, &r);
	if (demo_text(item, "key").n > 0)
		demo_set_name(l, demo_text(item, "key"), r.id);
	return e == ERR_OK ? move_to(l, &who, r.id, item) : e;
}

enum err
demo_ideas(struct demo_loader *l)
{
	return demo_each(l, "ideas", add_idea);
}
