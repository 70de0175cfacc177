/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_voices.h"

#include "model/consent.h"
#include "model/evidence.h"

/* Step by step to where it is in the example. */
static enum err
move_to(struct demo_loader *l, const struct actor *who, struct id id,
    struct str state)
{
	static const char *const steps[] = {"reviewed", "approved", "used"};
	struct contribution c;
	enum err e = ERR_OK;
	bool there = state.n == 0;
	for (ptrdiff_t i = 0; e == ERR_OK && !there && i < COUNT_OF(steps);
	     i++) {
		struct contribution_step step = {str_c(steps[i]), S("")};
		e = contribution_get(l->db, l->arena, who, id, &c);
		if (e == ERR_OK)
			e = contribution_move(l->db, l->arena, who, &c, &step);
		there = str_eq(state, step.state);
	}
	return e;
}

static enum err
add_tags(struct demo_loader *l, const struct actor *who, struct id id,
    struct str tags)
{
	struct contribution c;
	enum err e = contribution_get(l->db, l->arena, who, id, &c);
	return e == ERR_OK ? contribution_tag(l->db, l->arena, who, &c, tags)
			   : e;
}

static enum err
add_voice(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct contribution c = {
	    .id = id_new(who.now_us),
	    .kind = demo_text(item, "kind"),
	    .teller = demo_text(item, "teller"),
	    .original = demo_text(item, "text"),
	    .group = demo_id(l, demo_text(item, "target_group")),
	    .basis = S("consent"),
	    .scope = json_integer_value(json_object_get(item, "scope")),
	    .anonymity = S("none"),
	    .given_by = S("self"),
	};
	enum err e = contribution_add(l->db, l->arena, &who, &c,
	    consent_text(l->arena, LANG_DA, c.scope));
	if (e == ERR_OK)
		e = move_to(l, &who, c.id, demo_text(item, "state"));
	if (e == ERR_OK)
		e = add_tags(l, &who, c.id, demo_text(item, "tags"));
	demo_set_name(l, demo_text(item, "key"), c.id);
	return e;
}

static enum err
add_evidence(struct demo_loader *l, const struct actor *who, struct id insight,
    const json_t *keys, bool against)
{
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(keys); i++) {
		struct str key =
		    str_c(json_string_value(json_array_get(keys, i)));
		struct evidence ev = {.insight = insight,
		    .contribution = demo_id(l, key),
		    .against = against};
		e = evidence_put(l->db, l->arena, who, &ev);
	}
	return e;
}

static enum err
add_insight(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_INSIGHT, &who);
	record_set(&r, "statement", demo_text(item, "statement"));
	record_set(&r, "question", demo_ref(l, item, "question"));
	record_set(&r, "note", demo_text(item, "note"));
	demo_set_name(l, demo_text(item, "key"), r.id);
	enum err e = demo_save(l, &who, &r);
	if (e == ERR_OK)
		e = add_evidence(
		    l, &who, r.id, json_object_get(item, "for"), false);
	if (e == ERR_OK)
		e = add_evidence(
		    l, &who, r.id, json_object_get(item, "against"), true);
	return e;
}

static enum err
add_step(struct demo_loader *l, const struct actor *who,
    const struct record *journey, const json_t *item)
{
	static const char *const fields[] = {"moment", "position", "touchpoint",
	    "channel", "told", "mood", "important", "inside"};
	struct record r = demo_record(l, KIND_STEP, who);
	record_set(&r, "journey", id_text(l->arena, journey->id));
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&r, fields[i], demo_text(item, fields[i]));
	return demo_save(l, who, &r);
}

static enum err
add_journey(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_JOURNEY, &who);
	const json_t *steps = json_object_get(item, "steps");
	record_set(&r, "title", demo_text(item, "title"));
	record_set(&r, "target_group", demo_ref(l, item, "target_group"));
	record_set(&r, "note", demo_text(item, "note"));
	enum err e = demo_save(l, &who, &r);
	for (size_t i = 0; e == ERR_OK && i < json_array_size(steps); i++)
		e = add_step(l, &who, &r, json_array_get(steps, i));
	return e;
}

enum err
demo_voices(struct demo_loader *l)
{
	enum err e = demo_each(l, "voices", add_voice);
	if (e == ERR_OK)
		e = demo_each(l, "insights", add_insight);
	return e == ERR_OK ? demo_each(l, "journeys", add_journey) : e;
}
