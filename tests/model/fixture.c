/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/model/fixture.h"

#include "base/buf.h"
#include "model/session.h"

void
world_bare(struct world *w, struct arena *a, struct db *db)
{
	static const struct key root = {{7}};
	*w = (struct world){.db = db, .arena = a, .keys = keys_derive(&root)};
	w->org = (struct org){.id = id_new(NOW_US), .name = S("Fjordby")};
	w->program = actor_program(w->org.id, &w->keys, NOW_US);
	CHECK_OK(org_create(db, a, w->org, NOW_US));
}

static struct id
add_account(struct world *w, struct str name, struct str mail, bool admin)
{
	struct id id = id_new(NOW_US);
	struct account_form form = {
	    .name = name, .mail = mail, .lang = LANG_DA, .is_admin = admin};
	CHECK_OK(account_create(w->db, w->arena, &w->program, id, form));
	return id;
}

void
world_new(struct world *w, struct arena *a, struct db *db)
{
	struct record_faults faults;
	struct network_form form = {
	    .name = S("Pårørende i ældreplejen"), .type = S("welfare")};
	CHECK_OK(db_begin(db)); /* one commit, not fifty */
	world_bare(w, a, db);
	w->mette =
	    add_account(w, S("Mette Holm"), S("mette@fjordby.example"), true);
	w->ali = add_account(w, S("Ali Øst"), S("ali@fjordby.example"), false);
	w->lis = add_account(w, S("Lis Ås"), S("lis@fjordby.example"), false);
	struct actor mette = world_as(w, w->mette);
	w->network = id_new(NOW_US);
	CHECK_OK(network_create(db, a, &mette, w->network, &form, &faults));
	w->leader = world_inside(w, w->mette);
	CHECK_OK(
	    network_add_member(db, a, &w->leader, w->ali, ROLE_PARTICIPANT));
	CHECK_OK(network_add_member(db, a, &w->leader, w->lis, ROLE_DECIDER));
	CHECK_OK(db_commit(db));
	w->participant = world_inside(w, w->ali);
	w->decider = world_inside(w, w->lis);
}

struct actor
world_as(struct world *w, struct id account)
{
	struct account found;
	CHECK_OK(account_get(w->db, w->arena, &w->program, account, &found));
	struct session session = {.account = account,
	    .lang = found.lang,
	    .is_admin = found.is_admin,
	    .is_secretariat = found.is_secretariat};
	return session_actor(&session, w->org.id, &w->keys, NOW_US);
}

struct actor
world_inside(struct world *w, struct id account)
{
	struct actor outside = world_as(w, account), inside;
	CHECK_OK(actor_enter(w->db, w->arena, &outside, w->network, &inside));
	return inside;
}

static struct str
first_of(struct world *w, enum record_kind kind)
{
	struct records all;
	CHECK_OK(record_list(w->db, w->arena, &w->leader, kind, &all));
	if (all.n > 0)
		return all.list[0].id_text;
	struct record r = world_record(w, kind);
	world_save(w, &r);
	return id_text(w->arena, r.id);
}

static struct str
sample(struct world *w, const struct field_def *field)
{
	static const char *const catalogues[][2] = {
	    {"network_types", "welfare"}, {"actor_kinds", "citizen"},
	    {"target_group_kinds", "user"}, {"promises", "involve"},
	    {"modes", "core"}, {"methods", "interview"}};
	switch (field->type) {
	case FIELD_DATE:
		return S("2026-12-01");
	case FIELD_NUMBER:
		return S("3");
	case FIELD_REF:
	case FIELD_REFS:
		return first_of(w, field->ref);
	case FIELD_CHOICE:
		if (field->choices != NULL)
			return str_c(field->choices[0].key);
		for (ptrdiff_t i = 0; i < COUNT_OF(catalogues); i++) {
			if (str_eq(str_c(field->catalogue),
				str_c(catalogues[i][0])))
				return str_c(catalogues[i][1]);
		}
		return S("");
	default:
		return str_fmt(w->arena, "Tekst om %s", field->name);
	}
}

struct record
world_record(struct world *w, enum record_kind kind)
{
	const struct record_def *def = record_def(kind);
	struct record r = {.kind = kind,
	    .network = w->network,
	    .id = def->single ? w->network : id_new(NOW_US + w->records++)};
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		if (def->fields[i].required)
			r.value[i] = sample(w, &def->fields[i]);
	}
	if (kind == KIND_CELL)
		record_set(&r, "actor", first_of(w, KIND_ACTOR));
	if (kind == KIND_TENSION) {
		struct record agenda = world_record(w, KIND_AGENDA);
		world_save(w, &agenda);
		record_set(&r, "other", id_text(w->arena, agenda.id));
	}
	return r;
}

void
world_set_state(struct world *w, struct record *r, const char *state)
{
	struct record_saved saved;
	record_set(r, "state", str_c(state));
	CHECK_OK(record_save_managed(w->db, w->arena, &w->leader, r, &saved));
	CHECK_OK(record_get(w->db, w->arena, &w->leader, r->kind, r->id, r));
}

void
world_save(struct world *w, struct record *r)
{
	struct record_saved saved;
	CHECK_OK(record_save(w->db, w->arena, &w->leader, r, &saved));
	CHECK_OK(record_get(w->db, w->arena, &w->leader, r->kind,
	    record_def(r->kind)->single ? w->network : r->id, r));
}
