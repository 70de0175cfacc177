/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo.h"

#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "model/catalogue.h"
#include "model/account.h"
#include "model/demo_citizen.h"
#include "model/network.h"

enum { MAX_NAMES = 300, WEEK_DAYS = 7 };

/* A key of the file and the row it became. */
struct name {
	struct str key;
	struct id id;
};

struct loader {
	struct db *db;
	struct arena *arena;
	const json_t *root;
	struct actor program; /* outside the network */
	struct demo *demo;
	int64_t moved_days; /* added to each date of the file */
	int64_t ticks; /* microseconds, one a record */
	struct name name[MAX_NAMES];
	ptrdiff_t n_names;
};

/* ---- reading the file ---- */

static struct str
text(const json_t *object, const char *key)
{
	return str_c(json_string_value(json_object_get(object, key)));
}

static struct str
moved_date(const struct loader *l, const json_t *object, const char *key)
{
	struct date date;
	if (!date_parse(text(object, key), &date))
		return (struct str){0};
	return date_iso(
	    l->arena, date_from_days(date_days(date) + l->moved_days));
}

/* Nine in the morning of the day an item says; now when it says none. */
static int64_t
moved_us(const struct loader *l, const json_t *object, const char *key)
{
	struct date date;
	int64_t us;
	if (!date_parse(moved_date(l, object, key), &date))
		return l->program.now_us;
	us = date_us(date) + 8 * HOUR_US;
	return us < l->program.now_us ? us : l->program.now_us;
}

static void
set_name(struct loader *l, struct str key, struct id id)
{
	if (l->n_names < MAX_NAMES)
		l->name[l->n_names++] = (struct name){key, id};
}

static struct id
id_of(const struct loader *l, struct str key)
{
	for (ptrdiff_t i = 0; i < l->n_names; i++) {
		if (key.n > 0 && str_eq(l->name[i].key, key))
			return l->name[i].id;
	}
	return (struct id){0};
}

/* The text of the row that object[key] points at; "" for null. */
static struct str
ref(const struct loader *l, const json_t *object, const char *key)
{
	struct id id = id_of(l, text(object, key));
	return id_is_set(id) ? id_text(l->arena, id) : (struct str){0};
}

/* ---- writing ---- */

/* The person who wrote an item, on that day, inside the network. */
static struct actor
writer(const struct loader *l, const json_t *object)
{
	struct actor who = l->program;
	who.now_us = moved_us(l, object, "on");
	who.account = id_of(l, text(object, "by"));
	if (!id_is_set(who.account))
		who.account = id_of(
		    l, text(json_object_get(l->root, "network"), "leader"));
	return actor_inside(&who, l->demo->network);
}

static enum err
save(struct loader *l, const struct actor *who, const struct record *r)
{
	struct record_saved saved;
	const struct record_def *def = record_def(r->kind);
	enum err e = record_save(l->db, l->arena, who, r, &saved);
	for (ptrdiff_t i = 0; e == ERR_INVALID && i < def->n_fields; i++) {
		if (saved.faults.field[i].message != NULL)
			log_event(LOG_ERROR, "demo_field",
			    LOG_STR("kind", str_c(def->name)),
			    LOG_STR("field", str_c(def->fields[i].name)),
			    LOG_STR(
				"why", str_c(saved.faults.field[i].message)));
	}
	return e;
}

/* Lists are in the order of ids, so each id is a little later. */
static struct record
new_record(struct loader *l, enum record_kind kind, const struct actor *who)
{
	return (struct record){.kind = kind,
	    .network = l->demo->network,
	    .id = id_new(who->now_us + l->ticks++)};
}

/* Calls `add` for each item of root[list]. */
static enum err
each(struct loader *l, const char *list,
    enum err (*add)(struct loader *, const json_t *))
{
	const json_t *items = json_object_get(l->root, list);
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(items); i++)
		e = add(l, json_array_get(items, i));
	if (e != ERR_OK)
		log_event(LOG_ERROR, "demo", LOG_STR("list", str_c(list)),
		    LOG_STR("outcome", str_c(err_name(e))));
	return e;
}

static enum err
add_staff(struct loader *l, const json_t *item)
{
	struct id id = id_new(l->program.now_us);
	struct str installation = text(item, "installation_role");
	struct str role = text(item, "network_role");
	struct account_form form = {
	    .name = text(item, "name"),
	    .mail = text(item, "mail"),
	    .lang = lang_parse(text(item, "lang"), LANG_DA),
	    .is_admin = str_eq(installation, S("admin")),
	    .is_secretariat = str_eq(installation, S("secretariat")),
	};
	set_name(l, text(item, "key"), id);
	l->demo->people[l->demo->n_people++] = (struct demo_person){
	    role.n > 0 ? role : installation, form.name, id};
	return account_create(l->db, l->arena, &l->program, id, form);
}

static enum err
add_members(struct loader *l, const json_t *item)
{
	enum member_role role;
	struct actor who = actor_inside(&l->program, l->demo->network);
	if (!role_parse(text(item, "network_role"), &role))
		return ERR_OK;
	return network_add_member(
	    l->db, l->arena, &who, id_of(l, text(item, "key")), role);
}

static enum err
add_network(struct loader *l)
{
	const json_t *item = json_object_get(l->root, "network");
	struct record_faults faults;
	struct network_form form = {
	    .name = text(item, "name"),
	    .type = text(item, "type"),
	    .goal = text(item, "goal"),
	    .starts = moved_date(l, item, "starts"),
	    .ends = moved_date(l, item, "ends"),
	    .leader = id_of(l, text(item, "leader")),
	    .codriver = id_of(l, text(item, "codriver")),
	    .sponsor = id_of(l, text(item, "sponsor")),
	};
	struct actor who = l->program;
	who.account = form.leader;
	who.now_us = moved_us(l, item, "starts");
	l->demo->network = id_new(who.now_us);
	enum err e = network_create(
	    l->db, l->arena, &who, l->demo->network, &form, &faults);
	if (e != ERR_OK)
		return e;
	struct actor inside = actor_inside(&who, l->demo->network);
	struct record r;
	e = record_get(
	    l->db, l->arena, &inside, KIND_NETWORK, l->demo->network, &r);
	record_set(&r, "state", text(item, "state"));
	return e == ERR_OK ? save(l, &inside, &r) : e;
}

static enum err
add_theme(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_THEME, &who);
	record_set(&r, "text", text(item, "text"));
	record_set(&r, "framing", text(item, "framing"));
	record_set(&r, "reason", text(item, "reason"));
	return save(l, &who, &r);
}

static enum err
add_question(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_QUESTION, &who);
	record_set(&r, "text", text(item, "text"));
	record_set(&r, "state", text(item, "state"));
	record_set(&r, "answer", text(item, "answer"));
	return save(l, &who, &r);
}

/* The network's own phases are there; they get the names they have here. */
static enum err
name_phases(struct loader *l)
{
	struct actor who = actor_inside(&l->program, l->demo->network);
	struct records phases;
	enum err e = record_list(l->db, l->arena, &who, KIND_PHASE, &phases);
	for (ptrdiff_t i = 0; e == ERR_OK && i < phases.n; i++)
		set_name(l, record_value(&phases.list[i], "source"),
		    phases.list[i].id);
	return e;
}

/* The first visit of a phase also says when it was planned. */
static enum err
plan_phase(struct loader *l, const struct actor *who, const json_t *item)
{
	struct record r;
	enum err e = record_get(l->db, l->arena, who, KIND_PHASE,
	    id_of(l, text(item, "phase")), &r);
	if (e != ERR_OK || record_value(&r, "starts").n > 0)
		return e;
	record_set(&r, "starts", moved_date(l, item, "planned_from"));
	record_set(&r, "ends", moved_date(l, item, "planned_to"));
	return save(l, who, &r);
}

static enum err
add_visit(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_VISIT, &who);
	enum err e = plan_phase(l, &who, item);
	if (e != ERR_OK || moved_date(l, item, "entered").n == 0)
		return e;
	record_set(&r, "phase", ref(l, item, "phase"));
	record_set(&r, "entered", moved_date(l, item, "entered"));
	record_set(&r, "gone", moved_date(l, item, "left"));
	record_set(&r, "note", text(item, "note"));
	return save(l, &who, &r);
}

/* A whole number as a field holds it; "" for null. */
static struct str
digits(struct loader *l, const json_t *item, const char *key)
{
	const json_t *value = json_object_get(item, key);
	return json_is_integer(value)
	    ? str_fmt(l->arena, "%lld", (long long)json_integer_value(value))
	    : S("");
}

static enum err
add_group(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_GROUP, &who);
	set_name(l, text(item, "key"), r.id);
	record_set(&r, "name", text(item, "name"));
	record_set(&r, "kind", text(item, "kind"));
	record_set(&r, "horizon", text(item, "horizon"));
	record_set(&r, "stake", text(item, "stake"));
	record_set(&r, "knowledge", text(item, "knowledge"));
	record_set(&r, "motivation", digits(l, item, "motivation"));
	record_set(&r, "absence", digits(l, item, "absence"));
	record_set(&r, "vulnerability", text(item, "vulnerability"));
	record_set(&r, "estimate", digits(l, item, "size_estimate"));
	record_set(&r, "state", text(item, "state"));
	record_set(&r, "reason", text(item, "reason"));
	return save(l, &who, &r);
}

static enum err
add_actor(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_ACTOR, &who);
	set_name(l, text(item, "key"), r.id);
	record_set(&r, "kind", text(item, "kind"));
	record_set(&r, "name", text(item, "name"));
	record_set(&r, "knowledge", text(item, "knowledge"));
	record_set(&r, "skills", text(item, "skills"));
	record_set(&r, "resources", text(item, "resources"));
	record_set(&r, "interest", text(item, "interest"));
	return save(l, &who, &r);
}

/* A participant is named as the actor is, or as the staff member. */
static struct str
participant_name(const struct loader *l, const json_t *item)
{
	const char *list = text(item, "actor").n > 0 ? "actors" : "staff";
	struct str key =
	    text(item, text(item, "actor").n > 0 ? "actor" : "staff");
	const json_t *items = json_object_get(l->root, list);
	for (size_t i = 0; i < json_array_size(items); i++) {
		const json_t *other = json_array_get(items, i);
		if (str_eq(text(other, "key"), key))
			return text(other, "name");
	}
	return key;
}

static enum err
add_participant(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_PARTICIPANT, &who);
	set_name(l, text(item, "key"), r.id);
	record_set(&r, "name", participant_name(l, item));
	record_set(&r, "actor", ref(l, item, "actor"));
	record_set(&r, "state", text(item, "state"));
	record_set(&r, "note", text(item, "support"));
	return save(l, &who, &r);
}

/* A participant has one agenda: it goes by "agenda of KEY". */
static struct str
agenda_key(const struct loader *l, struct str participant)
{
	return str_cat(l->arena, S("agenda of "), participant);
}

static enum err
add_agenda(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_AGENDA, &who);
	set_name(l, agenda_key(l, text(item, "participant")), r.id);
	record_set(&r, "participant", ref(l, item, "participant"));
	record_set(&r, "wish", text(item, "wish"));
	record_set(&r, "concern", text(item, "worry"));
	return save(l, &who, &r);
}

static enum err
add_tensions(struct loader *l, const json_t *item)
{
	const json_t *list = json_object_get(item, "tensions");
	struct id one = id_of(l, agenda_key(l, text(item, "participant")));
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(list); i++) {
		const json_t *tension = json_array_get(list, i);
		struct actor who = writer(l, item);
		struct record r = new_record(l, KIND_TENSION, &who);
		struct id other =
		    id_of(l, agenda_key(l, text(tension, "with")));
		record_set(&r, "one", id_text(l->arena, one));
		record_set(&r, "other", id_text(l->arena, other));
		record_set(&r, "about", text(tension, "text"));
		e = save(l, &who, &r);
	}
	return e;
}

/* A part that there is one of: each version is saved over the one before. */
static struct record
next_version(struct loader *l, enum record_kind kind, const struct actor *who)
{
	struct record r;
	if (record_get(l->db, l->arena, who, kind, l->demo->network, &r) ==
	    ERR_OK)
		return r;
	return new_record(l, kind, who);
}

static enum err
add_focus(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = next_version(l, KIND_FOCUS, &who);
	const json_t *agreed = json_object_get(item, "agreed");
	struct buf names = buf_new(l->arena, 4000);
	for (size_t i = 0; i < json_array_size(agreed); i++) {
		struct id id = id_of(
		    l, str_c(json_string_value(json_array_get(agreed, i))));
		struct record p;
		if (record_get(l->db, l->arena, &who, KIND_PARTICIPANT, id,
			&p) != ERR_OK)
			continue;
		buf_add(&names, names.n > 0 ? S(", ") : S(""));
		buf_add(&names, record_value(&p, "name"));
	}
	record_set(&r, "text", text(item, "text"));
	record_set(&r, "agreed", buf_str(&names));
	return save(l, &who, &r);
}

static enum err
add_plan_part(struct loader *l, const char *part, enum record_kind kind,
    void (*fill)(struct loader *, const json_t *, struct record *))
{
	const json_t *versions =
	    json_object_get(json_object_get(l->root, "plan"), part);
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(versions); i++) {
		const json_t *item = json_array_get(versions, i);
		struct actor who = writer(l, item);
		struct record r = next_version(l, kind, &who);
		fill(l, item, &r);
		e = save(l, &who, &r);
	}
	return e;
}

static void
fill_text(struct loader *l, const json_t *item, struct record *r)
{
	(void)l;
	record_set(r, "text", text(item, "text"));
}

static void
fill_scope(struct loader *l, const json_t *item, struct record *r)
{
	record_set(r, "decision", text(item, "text"));
	record_set(r, "fixed", text(item, "fixed"));
	record_set(r, "decider", text(item, "decider"));
	record_set(r, "decided", moved_date(l, item, "decides_on"));
}

static void
fill_promise(struct loader *l, const json_t *item, struct record *r)
{
	(void)l;
	record_set(r, "level", text(item, "level"));
	record_set(r, "note", text(item, "text"));
}

static enum err
add_plan(struct loader *l)
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
add_cell(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_CELL, &who);
	record_set(&r, "phase", ref(l, item, "phase"));
	record_set(&r, "actor", ref(l, item, "actor"));
	record_set(&r, "target_group", ref(l, item, "target_group"));
	record_set(&r, "mode", text(item, "mode"));
	record_set(&r, "coform", text(item, "coform"));
	record_set(&r, "role", text(item, "role"));
	record_set(&r, "own_role", text(item, "own_role"));
	record_set(&r, "purpose", text(item, "note"));
	record_set(&r, "state", S("draft"));
	return save(l, &who, &r);
}

static enum err
add_documentation(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_DOCUMENTATION, &who);
	record_set(&r, "what", text(item, "what"));
	record_set(&r, "who", text(item, "by"));
	record_set(&r, "form", text(item, "form"));
	record_set(&r, "consent", text(item, "consent"));
	record_set(&r, "kept", text(item, "keep"));
	record_set(&r, "used", text(item, "use"));
	return save(l, &who, &r);
}

static enum err
add_task(struct loader *l, const json_t *item)
{
	struct actor who = writer(l, item);
	struct record r = new_record(l, KIND_TASK, &who);
	bool done = text(item, "done_on").n > 0;
	record_set(&r, "title", text(item, "title"));
	record_set(&r, "owner", ref(l, item, "owner"));
	record_set(&r, "due", moved_date(l, item, "due"));
	record_set(&r, "state", done ? S("done") : S("open"));
	return save(l, &who, &r);
}

/* ---- the whole ---- */

static enum err
load_people(struct loader *l)
{
	enum err e = each(l, "target_groups", add_group);
	if (e == ERR_OK)
		e = each(l, "actors", add_actor);
	if (e == ERR_OK)
		e = each(l, "participants", add_participant);
	if (e == ERR_OK)
		e = each(l, "agendas", add_agenda);
	if (e == ERR_OK)
		e = each(l, "agendas", add_tensions);
	if (e == ERR_OK)
		e = each(l, "common_focus", add_focus);
	return e;
}

static enum err
load_network(struct loader *l)
{
	enum err e = each(l, "staff", add_staff);
	if (e == ERR_OK)
		e = add_network(l);
	if (e == ERR_OK)
		e = each(l, "staff", add_members);
	if (e == ERR_OK)
		e = name_phases(l);
	if (e == ERR_OK)
		e = each(l, "theme", add_theme);
	if (e == ERR_OK)
		e = each(l, "questions", add_question);
	if (e == ERR_OK)
		e = load_people(l);
	if (e == ERR_OK)
		e = add_plan(l);
	if (e == ERR_OK)
		e = each(l, "role_grid", add_cell);
	if (e == ERR_OK) /* nobody leaves the design without a plan */
		e = each(l, "phase_visits", add_visit);
	if (e == ERR_OK)
		e = each(l, "documentation", add_documentation);
	if (e == ERR_OK)
		e = each(l, "tasks", add_task);
	return e;
}

static void
free_json(void *root)
{
	json_decref(root);
}

static enum err
create_org(struct loader *l)
{
	const json_t *item = json_object_get(l->root, "organisation");
	struct orgs there;
	enum err e = org_list(l->db, l->arena, &there);
	if (e == ERR_OK && there.n > 0)
		return ERR_CONFLICT;
	if (e != ERR_OK)
		return e;
	l->demo->org = (struct org){
	    .id = l->program.org,
	    .short_code = str_sub(token_new(l->arena), 0, 4),
	    .name = text(item, "name"),
	    .contact = text(item, "mail"),
	};
	return org_create(l->db, l->arena, l->demo->org, l->program.now_us);
}

enum err
demo_create(struct db *db, struct arena *a, const struct keys *keys,
    int64_t now_us, struct demo *out)
{
	struct str file = catalogue_json(S("demo"));
	json_t *root = json_loadb(file.p, (size_t)file.n, 0, NULL);
	if (root == NULL)
		return ERR_INTERNAL;
	arena_defer(a, free_json, root);
	struct loader *l = arena_new(a, struct loader, 1);
	*out = (struct demo){
	    .people = arena_new(a, struct demo_person,
		(ptrdiff_t)json_array_size(json_object_get(root, "staff")))};
	*l = (struct loader){.db = db, .arena = a, .root = root, .demo = out};
	l->program = actor_program(id_new(now_us), keys, now_us);

	struct date day;
	if (date_parse(text(root, "today"), &day)) {
		int64_t days = date_days(date_danish(now_us)) - date_days(day);
		l->moved_days = days / WEEK_DAYS * WEEK_DAYS;
	}
	enum err e = create_org(l);
	if (e == ERR_OK)
		e = load_network(l);
	if (e != ERR_OK)
		return e;
	struct actor leader = writer(l, json_object_get(l->root, "network"));
	leader.now_us = now_us;
	return demo_citizen(db, a, &leader, &out->citizen_token);
}
