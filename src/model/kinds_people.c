/* SPDX-License-Identifier: MPL-2.0 */

/* Who is in a network, and what they want.
 * See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"
#include "model/person.h"

static const struct choice horizons[] = {
    {"now", N_("Now")},
    {"1_2_years", N_("In one or two years")},
    {"5_years", N_("In five years")},
    {0},
};

static const struct choice amounts[] = {
    {"0", N_("None")},
    {"1", N_("A little")},
    {"2", N_("Some")},
    {"3", N_("Much")},
    {0},
};

static const struct choice group_states[] = {
    {"proposed", N_("Proposed")},
    {"chosen", N_("Chosen")},
    {"not_chosen", N_("Not chosen")},
    {"involved", N_("Involved")},
    {0},
};

static const struct choice participant_states[] = {
    {"invited", N_("Invited")},
    {"yes", N_("Said yes")},
    {"no", N_("Said no")},
    {"active", N_("Takes part")},
    {"stopped", N_("Stopped")},
    {0},
};

/* Companies and interest organisations say whose voice they are. */
static void
check_interest(const struct record *r, struct record_faults *faults)
{
	struct str kind = record_value(r, "kind");
	bool owes =
	    str_eq(kind, S("company")) || str_eq(kind, S("interest_org"));
	if (owes && record_value(r, "interest").n == 0)
		record_fault(faults, r->kind, "interest",
		    N_("Companies and interest organisations must say "
		       "what their interest is."));
}

/* Who is left out is left out for a reason that can be told. */
static void
check_choice_of_group(const struct record *r, struct record_faults *faults)
{
	if (str_eq(record_value(r, "state"), S("not_chosen")) &&
	    record_value(r, "reason").n == 0)
		record_fault(faults, r->kind, "reason",
		    N_("Write why the group is not chosen."));
}

static void
check_two(const struct record *r, struct record_faults *faults)
{
	if (str_eq(record_value(r, "one"), record_value(r, "other")))
		record_fault(faults, r->kind, "other",
		    N_("Choose two different agendas."));
}

/* ---- actor ---- */

static const struct field_def actor_fields[] = {
    {.name = "kind",
	.label = N_("Kind"),
	.type = FIELD_CHOICE,
	.required = true,
	.catalogue = "actor_kinds"},
    {.name = "name",
	.label = N_("Name"),
	.hint = N_("For a citizen: an alias, never the real name."),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "knowledge",
	.label = N_("Knowledge"),
	.hint = N_("What do they know that we do not?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "skills",
	.label = N_("Skills"),
	.hint = N_("What can they do?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "resources",
	.label = N_("Resources"),
	.hint = N_("Time, rooms, contacts, strength."),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "interest",
	.label = N_("Interest"),
	.hint = N_(
	    "Whose voice is it, for how many, and what is at stake for them?"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def actor_def = {
    .name = "actor",
    .slug = "aktoer",
    .title = N_("Actor"),
    .add = N_("Add an actor"),
    .help = "actors",
    .cap = CAP_EDIT,
    .fields = actor_fields,
    .n_fields = COUNT_OF(actor_fields),
    .order = "id",
    .check = check_interest,
};

/* ---- target group ---- */

static const struct field_def target_group_fields[] = {
    {.name = "name",
	.label = N_("Name"),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "kind",
	.label = N_("Kind"),
	.type = FIELD_CHOICE,
	.required = true,
	.catalogue = "target_group_kinds"},
    {.name = "horizon",
	.label = N_("When"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = horizons},
    {.name = "stake",
	.label = N_("What is at stake for them"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "knowledge",
	.label = N_("What they know that we do not"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "motivation",
	.label = N_("How much they want to take part"),
	.type = FIELD_CHOICE,
	.choices = amounts},
    {.name = "absence",
	.label = N_("How often they are missing when we ask"),
	.type = FIELD_CHOICE,
	.choices = amounts},
    {.name = "vulnerability",
	.label = N_("May they be vulnerable?"),
	.hint = N_("Then the gentle methods come first."),
	.type = FIELD_CHOICE,
	.choices = person_vulnerable},
    {.name = "estimate",
	.label = N_("About how many they are"),
	.type = FIELD_NUMBER,
	.max = 10000000},
    {.name = "finding",
	.label = N_("Where we find them"),
	.hint = N_("For the group in five years: today's ten-year-olds, say."),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "state",
	.label = N_("Chosen?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = group_states},
    {.name = "reason",
	.label = N_("Why, or why not"),
	.type = FIELD_TEXT,
	.max = 600},
};

const struct record_def target_group_def = {
    .name = "target_group",
    .slug = "maalgruppe",
    .title = N_("Target group"),
    .add = N_("Add a target group"),
    .help = "target_group",
    .cap = CAP_EDIT,
    .fields = target_group_fields,
    .n_fields = COUNT_OF(target_group_fields),
    .order = "id",
    .check = check_choice_of_group,
};

/* ---- participant ---- */

static const struct field_def participant_fields[] = {
    {.name = "name",
	.label = N_("Name or alias"),
	.hint = N_("As the network calls them. An alias is fine."),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "actor",
	.label = N_("Speaks as the actor"),
	.hint = N_("Leave it empty for the organisation's own staff."),
	.type = FIELD_REF,
	.ref = KIND_ACTOR},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = participant_states},
    {.name = "note", .label = N_("Note"), .type = FIELD_TEXT, .max = 1000},
};

const struct record_def participant_def = {
    .name = "participant",
    .slug = "deltager",
    .title = N_("Participant"),
    .add = N_("Add a participant"),
    .help = "participant",
    .cap = CAP_EDIT,
    .fields = participant_fields,
    .n_fields = COUNT_OF(participant_fields),
    .order = "id",
};

/* ---- agenda ---- */

static const struct field_def agenda_fields[] = {
    {.name = "participant",
	.label = N_("Participant"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_PARTICIPANT},
    {.name = "wish",
	.label = N_("What they want"),
	.type = FIELD_TEXT,
	.max = 1000,
	.required = true},
    {.name = "concern",
	.label = N_("What worries them"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def agenda_def = {
    .name = "agenda",
    .slug = "dagsorden",
    .title = N_("Agenda"),
    .add = N_("Add an agenda"),
    .help = "agenda",
    .cap = CAP_AGENDA,
    .fields = agenda_fields,
    .n_fields = COUNT_OF(agenda_fields),
    .order = "id",
};

/* ---- tension ---- */

static const struct field_def tension_fields[] = {
    {.name = "one",
	.label = N_("Between the agenda"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_AGENDA},
    {.name = "other",
	.label = N_("and the agenda"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_AGENDA},
    {.name = "about",
	.label = N_("What pulls in different directions"),
	.type = FIELD_TEXT,
	.max = 1000,
	.required = true},
};

const struct record_def tension_def = {
    .name = "tension",
    .slug = "spaending",
    .title = N_("Tension"),
    .add = N_("Mark a tension"),
    .help = "agenda",
    .cap = CAP_AGENDA,
    .fields = tension_fields,
    .n_fields = COUNT_OF(tension_fields),
    .order = "id",
    .check = check_two,
};

/* ---- common focus ---- */

static const struct field_def focus_fields[] = {
    {.name = "text",
	.label = N_("Common focus"),
	.hint = N_(
	    "What all can stand behind, with the citizen's view as the start."),
	.type = FIELD_TEXT,
	.max = 2000,
	.required = true},
    {.name = "agreed",
	.label = N_("Who stands behind it"),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "revisit", .label = N_("Look at it again"), .type = FIELD_DATE},
};

const struct record_def focus_def = {
    .name = "focus",
    .slug = "faelles-fokus",
    .title = N_("Common focus"),
    .add = N_("Write the common focus"),
    .help = "common_focus",
    .single = true,
    .cap = CAP_EDIT,
    .fields = focus_fields,
    .n_fields = COUNT_OF(focus_fields),
    .order = "id",
};
