/* SPDX-License-Identifier: MPL-2.0 */

/* What a network has understood from what people said, and their journeys.
 * See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"

static const struct choice moments[] = {
    {"1_before", N_("Before")},
    {"2_during", N_("During")},
    {"3_after", N_("After")},
    {0},
};

static const struct choice moods[] = {
    {"m2", N_("Very hard")},
    {"m1", N_("Hard")},
    {"0", N_("Neither nor")},
    {"p1", N_("Good")},
    {"p2", N_("Very good")},
    {0},
};

static const struct choice yes_no[] = {
    {"no", N_("No")},
    {"yes", N_("Yes")},
    {0},
};

/* ---- insight ---- */

static const struct field_def insight_fields[] = {
    {.name = "statement",
	.label = N_("What we have understood"),
	.hint = N_("One sentence that the people who said it would nod at."),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "question",
	.label = N_("Which open question does it answer?"),
	.type = FIELD_REF,
	.ref = KIND_QUESTION},
    {.name = "tension",
	.label = N_("Which tension between agendas does it bear on?"),
	.type = FIELD_REF,
	.ref = KIND_TENSION},
    {.name = "note",
	.label = N_("What we are not sure of"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def insight_def = {
    .name = "insight",
    .slug = "indsigt",
    .title = N_("Insight"),
    .add = N_("Write an insight"),
    .help = "insight",
    .cap = CAP_EDIT,
    .fields = insight_fields,
    .n_fields = COUNT_OF(insight_fields),
    .order = "id",
};

/* ---- journey ---- */

static const struct field_def journey_fields[] = {
    {.name = "title",
	.label = N_("Whose way through what"),
	.hint = N_("For example: a wife's first month after the hospital. No "
		   "names."),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "target_group",
	.label = N_("Target group"),
	.type = FIELD_REF,
	.ref = KIND_GROUP},
    {.name = "activity",
	.label = N_("Where it was told"),
	.type = FIELD_REF,
	.ref = KIND_ACTIVITY},
    {.name = "note",
	.label = N_("What the whole of it shows"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def journey_def = {
    .name = "journey",
    .slug = "rejse",
    .title = N_("Journey"),
    .add = N_("Draw a journey"),
    .help = "journey",
    .cap = CAP_EDIT,
    .fields = journey_fields,
    .n_fields = COUNT_OF(journey_fields),
    .order = "id",
};

static const struct field_def journey_step_fields[] = {
    {.name = "journey",
	.label = N_("Journey"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_JOURNEY},
    {.name = "moment",
	.label = N_("When"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = moments},
    {.name = "position",
	.label = N_("Number in the row"),
	.type = FIELD_NUMBER,
	.max = 1000},
    {.name = "touchpoint",
	.label = N_("Where the person meets us"),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "channel",
	.label = N_("How"),
	.hint = N_("Phone, letter, at home, at the desk."),
	.type = FIELD_LINE,
	.max = 80},
    {.name = "told",
	.label = N_("What happens, as the person tells it"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "mood",
	.label = N_("How it felt"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = moods},
    {.name = "important",
	.label = N_("Did it decide how the rest went?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = yes_no},
    {.name = "inside",
	.label = N_("What we did meanwhile, out of sight"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def journey_step_def = {
    .name = "journey_step",
    .slug = "trin",
    .title = N_("Step of a journey"),
    .add = N_("Add a step"),
    .help = "journey",
    .cap = CAP_EDIT,
    .fields = journey_step_fields,
    .n_fields = COUNT_OF(journey_step_fields),
    .order = "moment, position, id",
};
