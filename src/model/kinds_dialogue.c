/* SPDX-License-Identifier: MPL-2.0 */

/* A dialogue on statements.  See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"
#include "model/dialogue.h"

static const struct choice states[] = {
    {"draft", N_("Being written")},
    {"open", N_("Open")},
    {"closed", N_("Closed")},
    {0},
};

static const struct choice doors[] = {
    {"codes", N_("Who has a code")},
    {"link", N_("Everybody who has the address")},
    {0},
};

static const struct choice owns[] = {
    {"before", N_("Yes, and we read them first")},
    {"after", N_("Yes, and they are shown at once")},
    {"no", N_("No")},
    {0},
};

/* Nobody is asked without being told why. */
static void
check_dialogue(const struct record *r, struct record_faults *faults)
{
	if (str_eq(record_value(r, "state"), S("open")) &&
	    record_value(r, "about").n == 0)
		record_fault(faults, r->kind, "about",
		    N_("Write why you ask before you open it."));
}

static const struct field_def dialogue_fields[] = {
    {.name = "question",
	.label = N_("What is it about?"),
	.hint = N_("One question that a citizen would ask."),
	.type = FIELD_LINE,
	.max = 160,
	.required = true},
    {.name = "about",
	.label = N_("Why we ask, and what comes of it"),
	.hint = N_("The citizen reads it first. Two or three short sentences."),
	.type = FIELD_TEXT,
	.max = 1200},
    {.name = "tension",
	.label = N_("Which tension between agendas does it bear on?"),
	.type = FIELD_REF,
	.ref = KIND_TENSION},
    {.name = "activity",
	.label = N_("Activity"),
	.type = FIELD_REF,
	.ref = KIND_ACTIVITY},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = states},
    {.name = "ends",
	.label = N_("The last day"),
	.hint = N_("After it nobody can answer any more."),
	.type = FIELD_DATE},
    {.name = "door",
	.label = N_("Who can come in?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = doors},
    {.name = "own",
	.label = N_("May they add statements of their own?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = owns},
    {.name = "pause",
	.label = N_("Ask if they want to go on after so many"),
	.hint = N_("0 asks never. Few want more than ten in a row."),
	.type = FIELD_NUMBER,
	.max = 100},
};

const struct record_def dialogue_def = {
    .name = "dialogue",
    .slug = "dialog",
    .title = N_("Dialogue"),
    .add = N_("Begin a dialogue"),
    .help = "dialogue",
    .cap = CAP_EDIT,
    .fields = dialogue_fields,
    .n_fields = COUNT_OF(dialogue_fields),
    .order = "id",
    .check = check_dialogue,
    .changed = dialogue_changed,
};
