/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_plan.h"

#include "base/buf.h"

/* ---- the theme ---- */

static enum err
add_theme(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_THEME, &who);
	record_set(&r, "text", demo_text(item, "text"));
	record_set(&r, "framing", demo_text(item, "framing"));
	record_set(&r, "reason", demo_text(item, "reason"));
	return demo_save(l, &who, &r);
}

static enum err
add_question(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_QUESTION, &who);
	record_set(&r, "text", demo_text(item, "text"));
	record_set(&r, "state", demo_text(item, "state"));
	record_set(&r, "answer", demo_text(item, "answer"));
	return demo_save(l, &who, &r);
}

/* ---- the people ---- */

/* A whole number as a field holds it; "" for null. */
static struct str
digits(struct demo_loader *l, const json_t *item, const char *key)
{
	const json_t *value = json_object_get(item, key);
	return json_is_integer(value)
	    ? str_fmt(l->arena, "%lld", (long long)json_integer_value(value))
	    : S("");
}

static enum err
add_group(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_GROUP, &who);
	demo_set_name(l, demo_text(item, "key"), r.id);
	record_set(&r, "name", demo_text(item, "name"));
	record_set(&r, "kind", demo_text(item, "kind"));
	record_set(&r, "horizon", demo_text(item, "horizon"));
	record_set(&r, "stake", demo_text(item, "stake"));
	record_set(&r, "knowledge", demo_text(item, "knowledge"));
	record_set(&r, "motivation", digits(l, item, "motivation"));
	record_set(&r, "absence", digits(l, item, "absence"));
	record_set(&r, "vulnerability", demo_text(item, "vulnerability"));
	record_set(&r, "estimate", digits(l, item, "size_estimate"));
	record_set(&r, "state", demo_text(item, "state"));
	record_set(&r, "reason", demo_text(item, "reason"));
	return demo_save(l, &who, &r);
}

static enum err
add_actor(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_ACTOR, &who);
	demo_set_name(l, demo_text(item, "key"), r.id);
	record_set(&r, "kind", demo_text(item, "kind"));
	record_set(&r, "name", demo_text(item, "name"));
	record_set(&r, "knowledge", demo_text(item, "knowledge"));
	record_set(&r, "skills", demo_text(item, "skills"));
	record_set(&r, "resources", demo_text(item, "resources"));
	record_set(&r, "interest", demo_text(item, "interest"));
	return demo_save(l, &who, &r);
}

/* A participant is named as the actor is, or as the staff member. */
static struct str
participant_name(const struct demo_loader *l, const json_t *item)
{
	const char *list = demo_text(item, "actor").n > 0 ? "actors" : "staff";
	struct str key =
	    demo_text(item, demo_text(item, "actor").n > 0 ? "actor" : "staff");
	const json_t *items = json_object_get(l->root, list);
	for (size_t i = 0; i < json_array_size(items); i++) {
		const json_t *other = json_array_get(items, i);
		if (str_eq(demo_text(other, "key"), key))
			return demo_text(other, "name");
	}
	return key;
}

static enum err
add_participant(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_PARTICIPANT, &who);
	demo_set_name(l, demo_text(item, "key"), r.id);
	record_set(&r, "name", participant_name(l, item));
	record_set(&r, "actor", demo_ref(l, item, "actor"));
	record_set(&r, "state", demo_text(item, "state"));
	record_set(&r, "note", demo_text(item, "support"));
	return demo_save(l, &who, &r);
}

/* A participant has one agenda: it goes by "agenda of KEY". */
static struct str
agenda_key(const struct demo_loader *l, struct str participant)
{
	return str_cat(l->arena, S("agenda of "), participant);
}

static enum err
add_agenda(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_AGENDA, &who);
	demo_set_name(l, agenda_key(l, demo_text(item, "participant")), r.id);
	record_set(&r, "participant", demo_ref(l, item, "participant"));
	record_set(&r, "wish", demo_text(item, "wish"));
	record_set(&r, "concern", demo_text(item, "worry"));
	return demo_save(l, &who, &r);
}

static enum err
add_tensions(struct demo_loader *l, const json_t *item)
{
	const json_t *list = json_object_get(item, "tensions");
	struct id one =
	    demo_id(l, agenda_key(l, demo_text(item, "participant")));
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(list); i++) {
		const json_t *tension = json_array_get(list, i);
		struct actor who = demo_writer(l, item);
		struct record r = demo_record(l, KIND_TENSION, &who);
		struct id other =
		    demo_id(l, agenda_key(l, demo_text(tension, "with")));
		record_set(&r, "one", id_text(l->arena, one));
		record_set(&r, "other", id_text(l->arena, other));
		record_set(&r, "about", demo_text(tension, "text"));
		e = demo_save(l, &who, &r);
	}
	return e;
}

/* ---- the parts of the plan ---- */

/* A part that there is one of: each version is saved over the one before. */
static struct record
demo_version(
    struct demo_loader *l, enum record_kind kind, const struct actor *who)
{
	struct record r;
	if (record_get(l->db, l->arena, who, kind, l->demo->network, &r) ==
	    ERR_OK)
		return r;
	return demo_record(l, kind, who);
}

static enum err
add_focus(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_version(l, KIND_FOCUS, &who);
	const json_t *agreed = json_object_get(item, "agreed");
	struct buf names = buf_new(l->arena, 4000);
	for (size_t i = 0; i < json_array_size(agreed); i++) {
		struct id id = demo_id(
		    l, str_c(json_string_value(json_array_get(agreed, i))));
		struct record p;
		if (record_get(l->db, l->arena, &who, KIND_PARTICIPANT, id,
			&p) != ERR_OK)
			continue;
		buf_add(&names, names.n > 0 ? S(", ") : S(""));
		buf_add(&names, record_value(&p, "name"));
	}
	record_set(&r, "text", demo_text(item, "text"));
	record_set(&r, "agreed", buf_str(&names));
	return demo_save(l, &who, &r);
}

static enum err
add_plan_part(struct demo_loader *l, const char *part, enum record_kind kind,
    void (*fill)(struct demo_loader *, const json_t *, struct record *))
{
	const json_t *versions =
	    json_object_get(json_object_get(l->root, "plan"), part);
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(versions); i++) {
		const json_t *item = json_array_get(versions, i);
		struct actor who = demo_writer(l, item);
		struct record r = demo_version(l, kind, &who);
		fill(l, item, &r);
		e = demo_save(l, &who, &r);
	}
	return e;
}

static void
fill_text(struct demo_loader *l, const json_t *item, struct record *r)
{
	(void)l;
	record_set(r, "text", demo_text(item, "text"));
}

static void
fill_scope(struct demo_loader *l, const json_t *item, struct record *r)
{
	record_set(r, "decision", demo_text(item, "text"));
	record_set(r, "fixed", demo_text(item, "fixed"));
	record_set(r, "decider", demo_text(item, "decider"));
	record_set(r, "decided", demo_date(l, item, "decides_on"));
}

static void
fill_promise(struct demo_loader *l, const json_t *item, struct record *r)
{
	(void)l;
	record_set(r, "level", demo_text(item, "level"));
	record_set(r, "note", demo_text(item, "text"));
}

static enum err
add_plan(struct demo_loader *l)
{
	enum err e = add_plan_part(l, "purpose", KIND_PURPOSE, fill_text);
	if (e == ERR_OK)
		e = add_plan_part(l, "decision", KIND_SCOPE, fill_scope);
	if (e == ERR_OK)
		e = add_plan_part(l, "need", KIND_NEED, fill_text);
	if (e == ERR_OK)
		e = add_plan_part(l, "promise", KIND_PROMISE, fill_promise);
	return e;
}

static enum err
add_cell(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_CELL, &who);
	record_set(&r, "phase", demo_ref(l, item, "phase"));
	record_set(&r, "actor", demo_ref(l, item, "actor"));
	record_set(&r, "target_group", demo_ref(l, item, "target_group"));
	record_set(&r, "mode", demo_text(item, "mode"));
	record_set(&r, "coform", demo_text(item, "coform"));
	record_set(&r, "role", demo_text(item, "role"));
	record_set(&r, "own_role", demo_text(item, "own_role"));
	record_set(&r, "purpose", demo_text(item, "note"));
	record_set(&r, "state", S("draft"));
	return demo_save(l, &who, &r);
}

static enum err
add_documentation(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_DOCUMENTATION, &who);
	record_set(&r, "what", demo_text(item, "what"));
	record_set(&r, "who", demo_text(item, "by"));
	record_set(&r, "form", demo_text(item, "form"));
	record_set(&r, "consent", demo_text(item, "consent"));
	record_set(&r, "kept", demo_text(item, "keep"));
	record_set(&r, "used", demo_text(item, "use"));
	return demo_save(l, &who, &r);
}

static enum err
add_task(struct demo_loader *l, const json_t *item)
{
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_TASK, &who);
	bool done = demo_text(item, "done_on").n > 0;
	record_set(&r, "title", demo_text(item, "title"));
	record_set(&r, "owner", demo_ref(l, item, "owner"));
	record_set(&r, "due", demo_date(l, item, "due"));
	record_set(&r, "state", done ? S("done") : S("open"));
	return demo_save(l, &who, &r);
}

/* ---- the whole ---- */

static enum err
load_people(struct demo_loader *l)
{
	enum err e = demo_each(l, "target_groups", add_group);
	if (e == ERR_OK)
		e = demo_each(l, "actors", add_actor);
	if (e == ERR_OK)
		e = demo_each(l, "participants", add_participant);
	if (e == ERR_OK)
		e = demo_each(l, "agendas", add_agenda);
	if (e == ERR_OK)
		e = demo_each(l, "agendas", add_tensions);
	if (e == ERR_OK)
		e = demo_each(l, "common_focus", add_focus);
	return e;
}

enum err
demo_plan(struct demo_loader *l)
{
	enum err e = demo_each(l, "theme", add_theme);
	if (e == ERR_OK)
		e = demo_each(l, "questions", add_question);
	if (e == ERR_OK)
		e = load_people(l);
	if (e == ERR_OK)
		e = add_plan(l);
	return e == ERR_OK ? demo_each(l, "role_grid", add_cell) : e;
}

enum err
demo_work(struct demo_loader *l)
{
	enum err e = demo_each(l, "documentation", add_documentation);
	return e == ERR_OK ? demo_each(l, "tasks", add_task) : e;
}
