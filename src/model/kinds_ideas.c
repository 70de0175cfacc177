/* SPDX-License-Identifier: MPL-2.0 */

/* An idea: what the network says of it.  See model/kinds.h for how a kind is
 * declared, model/idea.h for whose words it is shown in. */
#include "model/kinds.h"

#include "base/lang.h"
#include "model/idea.h"

static const struct choice kinds[] = {
    {"service", N_("A service")},
    {"workflow", N_("A way of working")},
    {"policy", N_("A policy")},
    {"other", N_("Something else")},
    {0},
};

/* CO-PI's five values. */
static const struct choice values[] = {
    {"quality", N_("Quality")},
    {"involvement", N_("Citizens take part")},
    {"efficiency", N_("Time and money")},
    {"satisfaction", N_("Staff thrive")},
    {"policy_goal", N_("Political goals")},
    {0},
};

const struct choice idea_states[] = {
    {"new", N_("New")},
    {"matured", N_("Matured")},
    {"prioritised", N_("Prioritised")},
    {"concrete", N_("Concrete")},
    {"test", N_("In test")},
    {"running", N_("Running")},
    {"adjust", N_("Being adjusted")},
    {"stopped", N_("Stopped")},
    {"dropped", N_("Dropped")},
    {0},
};

static const struct choice origins[] = {
    {"network", N_("The network")},
    {"citizen", N_("A citizen")},
    {0},
};

static const struct choice showings[] = {
    {"yes", N_("Shown to citizens")},
    {"waiting", N_("Waits to be looked through")},
    {"hidden", N_("Hidden from citizens")},
    {0},
};

static const struct field_def idea_fields[] = {
    {.name = "title",
	.label = N_("The idea in one line"),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "what",
	.label = N_("What it is"),
	.hint = N_("In words that a citizen reads with ease. As long as this "
		   "is empty, a citizen's own words stand here."),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "kind",
	.label = N_("What kind of idea"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = kinds},
    {.name = "target_groups",
	.label = N_("For which target groups"),
	.type = FIELD_REFS,
	.ref = KIND_GROUP},
    {.name = "insights",
	.label = N_("Which insights it rests on"),
	.hint = N_("An idea without any is a guess. It may stay, but it "
		   "shows."),
	.type = FIELD_REFS,
	.ref = KIND_INSIGHT},
    {.name = "value_hypothesis",
	.label = N_("What gets better, for whom, and how one can tell"),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "value_tag",
	.label = N_("The value it gives most of"),
	.type = FIELD_CHOICE,
	.choices = values},
    {.name = "value_tag_also",
	.label = N_("And perhaps one more value"),
	.type = FIELD_CHOICE,
	.choices = values},
    {.name = "citizen_part",
	.label = N_("What the citizen can do, alone or with us"),
	.hint = N_("Time, knowledge, skill, a neighbour. If it is nothing, "
		   "write: nothing."),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "activities",
	.label = N_("What has to be done"),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "cost",
	.label = N_("What it costs"),
	.hint = N_("Money or hours, as well as you know."),
	.type = FIELD_LINE,
	.max = 200},
    {.name = "owner", .label = N_("Who looks after it"), .type = FIELD_MEMBER},
    {.name = "value_score",
	.label = N_("Value, 1 to 5"),
	.type = FIELD_NUMBER,
	.max = 5,
	.managed = true},
    {.name = "feasibility",
	.label = N_("How doable, 1 to 5"),
	.type = FIELD_NUMBER,
	.max = 5,
	.managed = true},
    {.name = "state",
	.label = N_("How far it is"),
	.type = FIELD_CHOICE,
	.managed = true,
	.choices = idea_states},
    {.name = "reason",
	.label = N_("Why it goes no further"),
	.type = FIELD_TEXT,
	.max = 600,
	.managed = true},
    {.name = "origin",
	.label = N_("Where it came from"),
	.type = FIELD_CHOICE,
	.managed = true,
	.choices = origins},
    {.name = "shown",
	.label = N_("Whether citizens see it"),
	.type = FIELD_CHOICE,
	.managed = true,
	.choices = showings},
    {.name = "hidden_why",
	.label = N_("Why it is hidden"),
	.type = FIELD_TEXT,
	.max = 600,
	.managed = true},
};

const struct record_def idea_def = {
    .name = "idea",
    .slug = "ide",
    .title = N_("Idea"),
    .add = N_("Write an idea"),
    .help = "idea",
    .cap = CAP_EDIT,
    .fields = idea_fields,
    .n_fields = COUNT_OF(idea_fields),
    .order = "id",
};
