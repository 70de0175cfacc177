/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_file.h"

#include "base/buf.h"
#include "base/log.h"

/* ---- reading the file ---- */

struct str
demo_text(const json_t *object, const char *key)
{
	return str_c(json_string_value(json_object_get(object, key)));
}

struct str
demo_date(const struct demo_loader *l, const json_t *object, const char *key)
{
	struct date date;
	if (!date_parse(demo_text(object, key), &date))
		return (struct str){0};
	return date_iso(
	    l->arena, date_from_days(date_days(date) + l->moved_days));
}

int64_t
demo_us(const struct demo_loader *l, const json_t *object, const char *key)
{
	struct date date;
	int64_t us;
	if (!date_parse(demo_date(l, object, key), &date))
		return l->program.now_us;
	us = date_us(date) + 8 * HOUR_US;
	return us < l->program.now_us ? us : l->program.now_us;
}

void
demo_set_name(struct demo_loader *l, struct str key, struct id id)
{
	if (l->n_names < DEMO_NAMES)
		l->name[l->n_names++] = (struct demo_name){key, id};
}

struct id
demo_id(const struct demo_loader *l, struct str key)
{
	for (ptrdiff_t i = 0; i < l->n_names; i++) {
		if (key.n > 0 && str_eq(l->name[i].key, key))
			return l->name[i].id;
	}
	return (struct id){0};
}

struct str
demo_ref(const struct demo_loader *l, const json_t *object, const char *key)
{
	struct id id = demo_id(l, demo_text(object, key));
	return id_is_set(id) ? id_text(l->arena, id) : (struct str){0};
}

/* ---- writing ---- */

struct str
demo_refs(struct demo_loader *l, const json_t *item, const char *name)
{
	const json_t *keys = json_object_get(item, name);
	struct buf b = buf_new(l->arena, RECORD_REFS * 37);
	for (size_t i = 0; i < json_array_size(keys); i++) {
		struct str key =
		    str_c(json_string_value(json_array_get(keys, i)));
		buf_add(&b, id_text(l->arena, demo_id(l, key)));
		buf_byte(&b, ' ');
	}
	return record_refs(l->arena, buf_str(&b));
}

struct actor
demo_writer(const struct demo_loader *l, const json_t *object)
{
	struct actor who = l->program;
	who.now_us = demo_us(l, object, "on");
	who.account = demo_id(l, demo_text(object, "by"));
	if (!id_is_set(who.account))
		who.account = demo_id(l,
		    demo_text(json_object_get(l->root, "network"), "leader"));
	return actor_inside(&who, l->demo->network);
}

enum err
demo_save(
    struct demo_loader *l, const struct actor *who, const struct record *r)
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
struct record
demo_record(
    struct demo_loader *l, enum record_kind kind, const struct actor *who)
{
	return (struct record){.kind = kind,
	    .network = l->demo->network,
	    .id = id_new(who->now_us + l->ticks++)};
}

enum err
demo_each(struct demo_loader *l, const char *list,
    enum err (*add)(struct demo_loader *, const json_t *))
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
