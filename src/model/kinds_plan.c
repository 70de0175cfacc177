/* SPDX-License-Identifier: MPL-2.0 */

/* The plan proper: why, the promise, the roles, how it is documented.
 * See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"

static const struct choice cell_states[] = {
    {"draft", N_("Draft")},
    {"agreed", N_("Agreed with them")},
    {0},
};

static const struct choice task_states[] = {
    {"open", N_("Open")},
    {"done", N_("Done")},
    {0},
};

/* One person or one group; a role from the catalogue or one of their own;
 * nothing is agreed without saying what it is for. */
static void
check_cell(const struct record *r, struct record_faults *faults)
{
	bool actor = record_value(r, "actor").n > 0;
	bool group = record_value(r, "target_group").n > 0;
	if (actor == group)
		record_fault(faults, r->kind, "actor",
		    N_("Choose either an actor or a target group."));
	if (record_value(r, "role").n > 0 && record_value(r, "own_role").n > 0)
		record_fault(faults, r->kind, "own_role",
		    N_("Choose a role from the catalogue or write your own, "
		       "not both."));
	if (str_eq(record_value(r, "state"), S("agreed")) &&
	    record_value(r, "purpose").n == 0)
		record_fault(faults, r->kind, "purpose",
		    N_("Write what the role is for before it is agreed."));
}

/* ---- purpose ---- */

static const struct field_def purpose_fields[] = {
    {.name = "text",
	.label = N_("Why we involve citizens and others"),
	.type = FIELD_TEXT,
	.max = 2000,
	.required = true},
};

const struct record_def purpose_def = {
    .name = "purpose",
    .slug = "formaal",
    .title = N_("Purpose"),
    .add = N_("Write the purpose"),
    .help = "purpose",
    .single = true,
    .cap = CAP_EDIT,
    .fields = purpose_fields,
    .n_fields = COUNT_OF(purpose_fields),
    .order = "id",
};

/* ---- room for influence ---- */

static const struct field_def scope_fields[] = {
    {.name = "decision",
	.label = N_("Which decision can change?"),
	.type = FIELD_TEXT,
	.max = 2000,
	.required = true},
    {.name = "fixed",
	.label = N_("What is fixed?"),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "decider",
	.label = N_("Who decides?"),
	.type = FIELD_LINE,
	.max = 200},
    {.name = "decided", .label = N_("When is it decided?"), .type = FIELD_DATE},
};

const struct record_def scope_def = {
    .name = "scope",
    .slug = "raaderum",
    .title = N_("Room for influence"),
    .add = N_("Write the room for influence"),
    .help = "decision",
    .single = true,
    .cap = CAP_EDIT,
    .fields = scope_fields,
    .n_fields = COUNT_OF(scope_fields),
    .order = "id",
};

/* ---- need ---- */

static const struct field_def need_fields[] = {
    {.name = "text",
	.label = N_("What we need citizens for"),
	.hint = N_("One plain sentence. It is used again in the invitation."),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
};

const struct record_def need_def = {
    .name = "need",
    .slug = "behov",
    .title = N_("Need"),
    .add = N_("Write the need"),
    .help = "need",
    .single = true,
    .cap = CAP_EDIT,
    .fields = need_fields,
    .n_fields = COUNT_OF(need_fields),
    .order = "id",
};

/* ---- promise ---- */

static const struct field_def promise_fields[] = {
    {.name = "level",
	.label = N_("Promise"),
	.hint = N_("The five levels of the IAP2 spectrum. They are a choice, "
		   "not a ladder."),
	.type = FIELD_CHOICE,
	.required = true,
	.catalogue = "promises"},
    {.name = "note",
	.label = N_("What it means here"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def promise_def = {
    .name = "promise",
    .slug = "loefte",
    .title = N_("Promise"),
    .add = N_("Choose the promise"),
    .help = "promise",
    .single = true,
    .cap = CAP_EDIT,
    .fields = promise_fields,
    .n_fields = COUNT_OF(promise_fields),
    .order = "id",
};

/* ---- role ---- */

static const struct field_def cell_fields[] = {
    {.name = "phase",
	.label = N_("Phase"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_PHASE},
    {.name = "actor",
	.label = N_("Actor"),
	.hint = N_("Choose an actor or a target group."),
	.type = FIELD_REF,
	.ref = KIND_ACTOR},
    {.name = "target_group",
	.label = N_("Target group"),
	.type = FIELD_REF,
	.ref = KIND_GROUP},
    {.name = "mode",
	.label = N_("How they take part"),
	.type = FIELD_CHOICE,
	.required = true,
	.catalogue = "modes"},
    {.name = "coform",
	.label = N_("Form of co-creation"),
	.type = FIELD_CHOICE,
	.catalogue = "coforms"},
    {.name = "role",
	.label = N_("Role from the catalogue"),
	.type = FIELD_CHOICE,
	.catalogue = "roles"},
    {.name = "own_role",
	.label = N_("Or a role of your own"),
	.type = FIELD_LINE,
	.max = 80},
    {.name = "purpose",
	.label = N_("What the role is for"),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "minutes",
	.label = N_("Minutes asked of each person"),
	.type = FIELD_NUMBER,
	.max = 100000},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = cell_states},
};

const struct record_def cell_def = {
    .name = "cell",
    .slug = "rolle",
    .title = N_("Role"),
    .add = N_("Add a role"),
    .help = "role_grid",
    .cap = CAP_EDIT,
    .fields = cell_fields,
    .n_fields = COUNT_OF(cell_fields),
    .order = "id",
    .check = check_cell,
};

/* ---- documentation ---- */

static const struct field_def documentation_fields[] = {
    {.name = "what",
	.label = N_("What is written down or recorded"),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "who",
	.label = N_("By whom"),
	.type = FIELD_LINE,
	.max = 200,
	.required = true},
    {.name = "form",
	.label = N_("In which form"),
	.hint = N_("Notes, quotes, sound, film, photos, drawings."),
	.type = FIELD_LINE,
	.max = 200},
    {.name = "consent",
	.label = N_("Consent or other basis"),
	.hint = N_("How people say yes, and how they change their mind."),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "kept",
	.label = N_("How long it is kept"),
	.type = FIELD_LINE,
	.max = 200},
    {.name = "used",
	.label = N_("What it is used for"),
	.type = FIELD_TEXT,
	.max = 600},
};

const struct record_def documentation_def = {
    .name = "documentation",
    .slug = "dokumentation",
    .title = N_("Documentation"),
    .add = N_("Add to the documentation plan"),
    .help = "documentation",
    .cap = CAP_EDIT,
    .fields = documentation_fields,
    .n_fields = COUNT_OF(documentation_fields),
    .order = "id",
};

/* ---- task ---- */

static const struct field_def task_fields[] = {
    {.name = "title",
	.label = N_("What is to be done"),
	.type = FIELD_LINE,
	.max = 200,
	.required = true},
    {.name = "owner", .label = N_("Who does it"), .type = FIELD_MEMBER},
    {.name = "due", .label = N_("When"), .type = FIELD_DATE},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = task_states},
    {.name = "note", .label = N_("Note"), .type = FIELD_TEXT, .max = 2000},
};

const struct record_def task_def = {
    .name = "task",
    .slug = "opgave",
    .title = N_("Task"),
    .add = N_("Add a task"),
    .help = "task",
    .cap = CAP_AGENDA,
    .fields = task_fields,
    .n_fields = COUNT_OF(task_fields),
    .order = "due, id",
};
