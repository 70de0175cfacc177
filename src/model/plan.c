/* SPDX-License-Identifier: MPL-2.0 */
#include "model/plan.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/catalogue.h"

enum { TITLE_MAX = 70 };

enum err
plan_load(
    struct db *db, struct arena *a, const struct actor *who, struct plan *out)
{
	*out =
	    (struct plan){.today = date_danish(who->now_us), .lang = who->lang};
	enum err e =
	    record_get(db, a, who, KIND_NETWORK, who->network, &out->network);
	for (int kind = KIND_NETWORK + 1; e == ERR_OK && kind < KIND_COUNT;
	     kind++)
		e = record_list(
		    db, a, who, (enum record_kind)kind, &out->of[kind]);
	if (e == ERR_OK)
		e = vault_names(db, a, who, &out->names);
	if (e == ERR_OK)
		e = network_members(db, a, who, &out->names, &out->members);
	struct methods methods;
	if (e == ERR_OK)
		e = method_list(db, a, who, &methods);
	if (e == ERR_OK)
		out->methods = method_items(a, &methods);
	return e;
}

const struct record *
plan_find(const struct plan *plan, enum record_kind kind, struct id id)
{
	const struct records *all = &plan->of[kind];
	if (kind == KIND_NETWORK)
		return &plan->network;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].id, id))
			return &all->list[i];
	}
	return NULL;
}

const struct record *
plan_ref(const struct plan *plan, enum record_kind kind, struct str text)
{
	struct id id;
	const struct records *all = &plan->of[kind];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(all->list[i].id_text, text))
			return &all->list[i];
	}
	/* Not as we write it: letters may be large. */
	return id_parse(text, &id) ? plan_find(plan, kind, id) : NULL;
}

const struct record *
plan_single(const struct plan *plan, enum record_kind kind)
{
	return plan->of[kind].n > 0 ? &plan->of[kind].list[0] : NULL;
}

const struct record *
plan_theme(const struct plan *plan)
{
	const struct records *all = &plan->of[KIND_THEME];
	return all->n > 0 ? &all->list[all->n - 1] : NULL;
}

/* The latest one that was entered and not left. */
const struct record *
plan_stay(const struct plan *plan)
{
	const struct records *all = &plan->of[KIND_VISIT];
	for (ptrdiff_t i = all->n - 1; i >= 0; i--) {
		const struct record *visit = &all->list[i];
		struct date entered;
		if (record_value(visit, "gone").n == 0 &&
		    date_parse(record_value(visit, "entered"), &entered) &&
		    date_cmp(entered, plan->today) <= 0)
			return visit;
	}
	return NULL;
}

struct catalogue_items
plan_choices(const struct plan *plan, const char *list)
{
	return strcmp(list, "methods") == 0 ? plan->methods
					    : catalogue_list(str_c(list));
}

const struct catalogue_item *
plan_choice(const struct plan *plan, const char *list, struct str key)
{
	struct catalogue_items items = plan_choices(plan, list);
	for (ptrdiff_t i = 0; i < items.n; i++) {
		if (str_eq(items.list[i].key, key))
			return items.list + i;
	}
	return NULL;
}

static struct str
shortened(struct arena *a, struct str text)
{
	struct str line = str_cut(&text, '\n');
	struct str cut = utf8_cut(line, TITLE_MAX);
	return cut.n == line.n ? line : str_cat(a, cut, S("…"));
}

static struct str
title_of_ref(const struct plan *plan, struct arena *a, const struct record *r,
    const char *field, enum record_kind kind)
{
	const struct record *other =
	    plan_ref(plan, kind, record_value(r, field));
	return other == NULL ? S("") : plan_title(plan, a, other);
}

/* "The citizens' panel, Discovery" */
static struct str
title_of_cell(const struct plan *plan, struct arena *a, const struct record *r)
{
	struct str who = title_of_ref(plan, a, r, "actor", KIND_ACTOR);
	struct str when = title_of_ref(plan, a, r, "phase", KIND_PHASE);
	if (who.n == 0)
		who = title_of_ref(plan, a, r, "target_group", KIND_GROUP);
	if (who.n == 0 || when.n == 0)
		return str_cat(a, who, when);
	return str_fmt(a, "%.*s, %.*s", STR_ARG(who), STR_ARG(when));
}

/* What was chosen, for a part that may have no text: a promise. */
static struct str
title_of_choice(const struct plan *plan, const struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const char *list = def->fields[i].catalogue;
		if (list != NULL && r->value[i].n > 0)
			return catalogue_name(
			    catalogue_find(str_c(list), r->value[i]),
			    plan->lang);
	}
	return S("");
}

struct str
plan_title(const struct plan *plan, struct arena *a, const struct record *r)
{
	const struct record *other = NULL;
	if (r->kind == KIND_CELL)
		return title_of_cell(plan, a, r);
	if (r->kind == KIND_AGENDA)
		other = plan_ref(
		    plan, KIND_PARTICIPANT, record_value(r, "participant"));
	if (r->kind == KIND_CONTACT || r->kind == KIND_INVITATION)
		other =
		    plan_ref(plan, KIND_ACTIVITY, record_value(r, "activity"));
	if (r->kind == KIND_CARD)
		other =
		    plan_ref(plan, KIND_GROUP, record_value(r, "target_group"));
	if (r->kind == KIND_VISIT)
		other = plan_ref(plan, KIND_PHASE, record_value(r, "phase"));
	if (other != NULL)
		return plan_title(plan, a, other);
	const struct record_def *def = record_def(r->kind);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		enum field_type type = def->fields[i].type;
		if ((type == FIELD_LINE || type == FIELD_TEXT) &&
		    r->value[i].n > 0)
			return shortened(a, r->value[i]);
	}
	return title_of_choice(plan, r);
}

const struct record *
plan_cell(const struct plan *plan, struct str phase, enum record_kind subject,
    struct str id)
{
	ptrdiff_t in = record_field(KIND_CELL, "phase");
	ptrdiff_t of = record_field(
	    KIND_CELL, subject == KIND_ACTOR ? "actor" : "target_group");
	const struct records *cells = &plan->of[KIND_CELL];
	for (ptrdiff_t i = 0; i < cells->n; i++) {
		const struct record *cell = &cells->list[i];
		if (str_eq(cell->value[in], phase) &&
		    str_eq(cell->value[of], id))
			return cell;
	}
	return NULL;
}

bool
group_is_chosen(struct str state)
{
	return str_eq(state, S("chosen")) || str_eq(state, S("involved"));
}

bool
plan_only_the_willing(const struct plan *plan)
{
	const struct records *all = &plan->of[KIND_GROUP];
	ptrdiff_t chosen = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct str state = record_value(r, "state");
		int64_t wants = 0, missing = 0;
		if (!group_is_chosen(state))
			continue;
		if (!str_int(record_value(r, "motivation"), &wants) ||
		    wants < 2 ||
		    (str_int(record_value(r, "absence"), &missing) &&
			missing >= 2))
			return false;
		chosen++;
	}
	return chosen > 0;
}
