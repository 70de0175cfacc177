/* SPDX-License-Identifier: MPL-2.0 */

/* Measurements before and after (S29).  See model/kinds.h for how a kind is
 * declared, model/measure.h for what opens and closes a round. */
#include "model/kinds.h"

#include <string.h>

#include "base/lang.h"
#include "model/measure.h"

static const struct choice states[] = {
    {"draft", N_("Draft")},
    {"begun", N_("Begun")},
    {0},
};

static const struct choice doors[] = {
    {"code", N_("Only those we ask, with their code")},
    {"link", N_("Also an open address, with a code they choose")},
    {0},
};

static const struct choice words[] = {
    {"yes", N_("Yes: what is the biggest difference, if there is one?")},
    {"no", N_("No")},
    {0},
};

static const struct field_def measure_fields[] = {
    {.name = "title",
	.label = N_("What is measured?"),
	.hint = N_("For example: Help in everyday life"),
	.type = FIELD_LINE,
	.max = 160,
	.required = true},
    {.name = "purpose",
	.label = N_("What those who answer should know"),
	.hint = N_("Short, in everyday words: why we ask, and what we do with "
		   "it."),
	.type = FIELD_TEXT,
	.max = 1000,
	.required = true},
    {.name = "design",
	.label = N_("How is it measured?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = measure_designs},
    {.name = "since",
	.label = N_("The day of the change"),
	.hint = N_("Those who are asked afterwards think back to the time "
		   "before this day."),
	.type = FIELD_DATE},
    {.name = "target_group",
	.label = N_("Target group"),
	.hint = N_("Nothing: everybody who is asked in the network."),
	.type = FIELD_REF,
	.ref = KIND_GROUP},
    {.name = "idea",
	.label = N_("The idea it is about"),
	.type = FIELD_REF,
	.ref = KIND_IDEA},
    {.name = "activity",
	.label = N_("The activity it is about"),
	.type = FIELD_REF,
	.ref = KIND_ACTIVITY},
    {.name = "door",
	.label = N_("Who can answer?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = doors},
    {.name = "words",
	.label = N_("Ask a question in words too?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = words},
    {.name = "themes",
	.label = N_("What recurs in the words"),
	.hint = N_("Written by you, without names. It is shown with the "
		   "result, also when the numbers are hidden."),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.managed = true,
	.choices = states},
};

static void
check_measure(const struct record *r, struct record_faults *f)
{
	if (str_eq(record_value(r, "design"), S("retrospective")) &&
	    record_value(r, "since").n == 0)
		record_fault(f, KIND_MEASURE, "since",
		    N_("Say which day they should think back to."));
}

/* guide:S29: the same wording before and after. */
static bool
is_frozen(const struct record *now, const char *field)
{
	if (str_eq(record_value(now, "state"), S("draft")))
		return false;
	return field == NULL || strcmp(field, "themes") != 0;
}

const struct record_def measure_def = {
    .name = "measure",
    .slug = "maaling",
    .title = N_("Measurement"),
    .add = N_("Plan a measurement"),
    .help = "measure",
    .cap = CAP_EDIT,
    .fields = measure_fields,
    .n_fields = COUNT_OF(measure_fields),
    .order = "id",
    .check = check_measure,
    .frozen = is_frozen,
};
