/* SPDX-License-Identifier: MPL-2.0 */

/* The checks of a record's fields (record_check() in model/record.h). */
#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/catalogue.h"
#include "model/kinds.h"
#include "model/method.h"
#include "model/network.h"
#include "model/override.h"
#include "model/rules.h"

/* A method of the organisation's own is one too. */
static bool
is_in_catalogue(struct db *db, struct arena *a, const struct actor *who,
    const char *list, struct str key)
{
	struct methods methods;
	if (catalogue_has(str_c(list), key))
		return true;
	return str_eq(str_c(list), S("methods")) &&
	    method_list(db, a, who, &methods) == ERR_OK &&
	    method_find(&methods, key) != NULL;
}

static bool
is_choice(struct db *db, struct arena *a, const struct actor *who,
    const struct field_def *field, struct str key)
{
	for (const struct choice *c = field->choices; c && c->key; c++) {
		if (str_eq(str_c(c->key), key))
			return true;
	}
	return field->catalogue != NULL &&
	    is_in_catalogue(db, a, who, field->catalogue, key);
}

/* Whether each of them names a living record of this network. */
static bool
are_there(struct db *db, struct arena *a, const struct actor *who,
    const struct field_def *field, struct str value)
{
	struct id id;
	struct record found;
	if (!str_eq(record_refs(a, value), value))
		return false;
	while (record_next_ref(&value, &id)) {
		if (record_get(db, a, who, field->ref, id, &found) != ERR_OK)
			return false;
	}
	return true;
}

/* Whether the id names a living record, or a member, of this network. */
static bool
is_there(struct db *db, struct arena *a, const struct actor *who,
    const struct field_def *field, struct str value)
{
	struct id id;
	struct record found;
	bool member = false;
	if (!id_parse(value, &id))
		return false;
	if (field->type == FIELD_REF)
		return record_get(db, a, who, field->ref, id, &found) == ERR_OK;
	return network_has_member(db, a, who, id, &member) == ERR_OK && member;
}

static const char *
check_number(const struct field_def *field, struct str value)
{
	int64_t n;
	if (!str_int(value, &n) || n < 0 || n > field->max)
		return N_("Write a whole number from 0 to %1.");
	return NULL;
}

static const char *
check_text(const struct field_def *field, struct str value)
{
	if (field->required && utf8_blank(value))
		return N_("This must be filled in.");
	if (field->type == FIELD_LINE && str_find_byte(value, '\n') >= 0)
		return N_("Write this on one line.");
	if (field->max > 0 && utf8_length(value) > field->max)
		return N_("Use at most %1 characters.");
	if (cpr_find(value).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return NULL;
}

static const char *
check_value(struct db *db, struct arena *a, const struct actor *who,
    const struct field_def *field, struct str value)
{
	struct date date;
	switch (field->type) {
	case FIELD_DATE:
		return date_parse(value, &date)
		    ? NULL
		    : N_("Write a date that exists, as year-month-day: "
			 "2027-02-28.");
	case FIELD_CHOICE:
		return is_choice(db, a, who, field, value)
		    ? NULL
		    : N_("Choose one of the possibilities.");
	case FIELD_REF:
	case FIELD_MEMBER:
		return is_there(db, a, who, field, value)
		    ? NULL
		    : N_("That one is no longer there. Choose another.");
	case FIELD_REFS:
		return are_there(db, a, who, field, value)
		    ? NULL
		    : N_("One of them is no longer there. Choose again.");
	case FIELD_NUMBER:
		return check_number(field, value);
	default:
		return check_text(field, value);
	}
}

/* One cell a phase and person: another one is changed instead. */
static void
check_cell_free(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r, struct record_faults *faults)
{
	struct records cells;
	if (record_list(db, a, who, KIND_CELL, &cells) != ERR_OK)
		return;
	for (ptrdiff_t i = 0; i < cells.n; i++) {
		const struct record *other = &cells.list[i];
		static const char *const same[] = {
		    "phase", "actor", "target_group"};
		bool taken = !id_eq(other->id, r->id);
		for (ptrdiff_t f = 0; f < COUNT_OF(same); f++)
			taken = taken &&
			    str_eq(record_value(other, same[f]),
				record_value(r, same[f]));
		if (taken)
			record_fault(faults, KIND_CELL, "phase",
			    N_("They have a role in this phase already. "
			       "Change that one."));
	}
}

static bool
is_design(struct db *db, struct arena *a, const struct actor *who,
    const struct record *visit)
{
	struct id id;
	struct record phase;
	return id_parse(record_value(visit, "phase"), &id) &&
	    record_get(db, a, who, KIND_PHASE, id, &phase) == ERR_OK &&
	    str_eq(record_value(&phase, "source"), S("design"));
}

/* The stay in the design of the network that ends with this one: itself, or
 * the one it comes after.  Not set: none. */
static struct id
stay_that_ends(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r)
{
	struct records visits;
	struct id none = {0};
	bool design = is_design(db, a, who, r);
	if (design)
		return record_value(r, "gone").n > 0 ? r->id : none;
	if (r->rev > 0 ||
	    record_list(db, a, who, KIND_VISIT, &visits) != ERR_OK)
		return none;
	for (ptrdiff_t i = visits.n - 1; i >= 0; i--) {
		const struct record *visit = &visits.list[i];
		if (record_value(visit, "gone").n == 0)
			return is_design(db, a, who, visit) ? visit->id : none;
	}
	return none;
}

/* R1: nobody leaves the design without a plan, unless somebody said why. */
static void
check_leaving(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r, struct record_faults *faults)
{
	struct plan plan;
	struct overrides overrides;
	struct rule_limits limits = rule_limits_default();
	struct rules rules = rules_new(a, who->lang, &limits);
	struct id stay = stay_that_ends(db, a, who, r);
	if (!id_is_set(stay) ||
	    override_list(db, a, who, &overrides) != ERR_OK ||
	    override_find(&overrides, stay) != NULL ||
	    plan_load(db, a, who, &plan) != ERR_OK ||
	    !rule_leaves_design(&rules, &plan))
		return;
	const char *field = id_eq(stay, r->id) ? "gone" : "phase";
	faults->any = true;
	faults->field[record_field(KIND_VISIT, field)] = (struct field_fault){
	    N_("You are leaving the design, and this is missing in the plan: "
	       "%1. Write it, or write above why it cannot wait."),
	    rules.hit[0].argument};
}

void
record_check(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r, struct record_faults *faults)
{
	const struct record_def *def = record_def(r->kind);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		struct str value = r->value[i];
		const char *message = NULL;
		if (str_trim(value).n > 0)
			message = check_value(db, a, who, field, value);
		else if (field->required)
			message = N_("This must be filled in.");
		if (message == NULL)
			continue;
		faults->any = true;
		faults->field[i] =
		    (struct field_fault){message, str_fmt(a, "%d", field->max)};
	}
	if (def->check != NULL)
		def->check(r, faults);
	if (r->kind == KIND_CELL && !faults->any)
		check_cell_free(db, a, who, r, faults);
	if (r->kind == KIND_VISIT && !faults->any)
		check_leaving(db, a, who, r, faults);
}
