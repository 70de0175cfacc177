/* SPDX-License-Identifier: MPL-2.0 */

/* A decision: what is asked of those who decide, and what they said.  See
 * model/kinds.h for how a kind is declared, model/decision.h for what moves one
 * on. */
#include "model/kinds.h"

#include <string.h>

#include "base/lang.h"
#include "model/decision.h"

const struct choice decision_states[] = {
    [DECISION_PREPARED] = {"prepared", N_("Prepared")},
    [DECISION_TAKEN] = {"taken", N_("Taken")},
    [DECISION_REASONED] = {"reasoned", N_("Reason is given")},
    [DECISION_ANSWERED] = {"answered", N_("Everybody has an answer")},
    [DECISION_FOLLOWED] = {"followed", N_("Followed up")},
    {0},
};

const struct choice decision_outcomes[] = {
    {"adopted", N_("Adopted")},
    {"partly", N_("Partly adopted")},
    {"rejected", N_("Rejected")},
    {"postponed", N_("Postponed")},
    {0},
};

static const struct choice outcomes[] = {
    {"", N_("Not decided")},
    {"adopted", N_("Adopted")},
    {"partly", N_("Partly adopted")},
    {"rejected", N_("Rejected")},
    {"postponed", N_("Postponed")},
    {0},
};

static const struct field_def decision_fields[] = {
    {.name = "title",
	.label = N_("What it is about, in one line"),
	.hint = N_("Citizens read it."),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "question",
	.label = N_("What is to be decided?"),
	.hint = N_("The question as those who decide are asked it."),
	.type = FIELD_TEXT,
	.max = 1000,
	.required = true},
    {.name = "body",
	.label = N_("Who decides?"),
	.hint = N_("The committee, the board, a head by title."),
	.type = FIELD_LINE,
	.max = 200,
	.required = true},
    {.name = "due",
	.label = N_("When is it to be decided?"),
	.type = FIELD_DATE},
    {.name = "room",
	.label = N_("What can still be changed?"),
	.hint = N_("It is written before and stands as it is afterwards."),
	.type = FIELD_TEXT,
	.max = 1000,
	.required = true},
    {.name = "fixed",
	.label = N_("What is fixed?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "options",
	.label = N_("What there is to choose between, one a line"),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "cost",
	.label = N_("What it costs"),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "activities",
	.label = N_("Which activities fed into it?"),
	.hint = N_("Everybody who said something there is owed an answer. "
		   "Nothing chosen here or below: everybody in the network."),
	.type = FIELD_REFS,
	.ref = KIND_ACTIVITY},
    {.name = "ideas",
	.label = N_("Which ideas is it about?"),
	.type = FIELD_REFS,
	.ref = KIND_IDEA},
    {.name = "insights",
	.label = N_("Which insights does it rest on?"),
	.type = FIELD_REFS,
	.ref = KIND_INSIGHT},
    {.name = "owner", .label = N_("Who looks after it"), .type = FIELD_MEMBER},
    {.name = "state",
	.label = N_("How far it is"),
	.type = FIELD_CHOICE,
	.managed = true,
	.choices = decision_states},
    {.name = "outcome",
	.label = N_("What was decided"),
	.type = FIELD_CHOICE,
	.managed = true,
	.choices = outcomes},
    {.name = "taken",
	.label = N_("The day it was decided"),
	.type = FIELD_DATE,
	.managed = true},
    {.name = "reason",
	.label = N_("Why"),
	.type = FIELD_TEXT,
	.max = DECISION_WORDS,
	.managed = true},
    {.name = "next",
	.label = N_("What happens now"),
	.type = FIELD_TEXT,
	.max = DECISION_WORDS,
	.managed = true},
    {.name = "result",
	.label = N_("What came of it"),
	.type = FIELD_TEXT,
	.max = DECISION_WORDS,
	.managed = true},
};

/* What those who decided had before them stays: the room for influence above
 * all, which is no room when it is written afterwards. */
static bool
is_frozen(const struct record *now, const char *field)
{
	if (str_eq(record_value(now, "state"), S("prepared")))
		return false;
	return field == NULL || strcmp(field, "owner") != 0;
}

const struct record_def decision_def = {
    .name = "decision",
    .slug = "beslutning",
    .title = N_("Decision"),
    .add = N_("Prepare a decision"),
    .help = "verdict",
    .cap = CAP_EDIT,
    .fields = decision_fields,
    .n_fields = COUNT_OF(decision_fields),
    .order = "id",
    .frozen = is_frozen,
};
