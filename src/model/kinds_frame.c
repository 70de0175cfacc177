/* SPDX-License-Identifier: MPL-2.0 */

/* The frame of a network: itself, theme, questions, phases.
 * See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"

static const struct choice network_states[] = {
    {"draft", N_("Draft")},
    {"active", N_("Active")},
    {"test", N_("In test")},
    {"closed", N_("Finished")},
    {"archived", N_("Archived")},
    {0},
};

static const struct choice question_states[] = {
    {"open", N_("Open")},
    {"answered", N_("Answered")},
    {0},
};

/* "Ends" before "starts" makes no sense; both may be open. */
static void
check_dates(const struct record *r, struct record_faults *faults)
{
	struct str starts = record_value(r, "starts");
	struct str ends = record_value(r, "ends");
	if (starts.n > 0 && ends.n > 0 && str_cmp(ends, starts) < 0)
		record_fault(faults, r->kind, "ends",
		    N_("This date is before the start. Choose a later one."));
}

static void
check_stay(const struct record *r, struct record_faults *faults)
{
	struct str in = record_value(r, "entered");
	struct str out = record_value(r, "gone");
	if (out.n > 0 && str_cmp(out, in) < 0)
		record_fault(faults, r->kind, "gone",
		    N_("This date is before the start. Choose a later one."));
}

static void
check_answer(const struct record *r, struct record_faults *faults)
{
	if (str_eq(record_value(r, "state"), S("answered")) &&
	    record_value(r, "answer").n == 0)
		record_fault(faults, r->kind, "answer",
		    N_("Write what you learned, or leave the question open."));
}

/* ---- network ---- */

static const struct field_def network_fields[] = {
    {.name = "name",
	.label = N_("Name"),
	.hint = N_("What people call it in daily speech."),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "type",
	.label = N_("Type"),
	.type = FIELD_CHOICE,
	.required = true,
	.catalogue = "network_types"},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = network_states},
    {.name = "goal",
	.label = N_("Goal"),
	.hint = N_("What should be better when the network is done?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "starts", .label = N_("Starts"), .type = FIELD_DATE},
    {.name = "ends", .label = N_("Ends"), .type = FIELD_DATE},
};

const struct record_def network_def = {
    .name = "network",
    .slug = "netvaerk",
    .title = N_("Network"),
    .add = N_("Start a network"),
    .help = NULL,
    .single = true,
    .cap = CAP_MANAGE,
    .fields = network_fields,
    .n_fields = COUNT_OF(network_fields),
    .order = "id",
    .check = check_dates,
};

/* ---- theme ---- */

static const struct field_def theme_fields[] = {
    {.name = "text",
	.label = N_("Theme"),
	.hint = N_("One or two sentences that an outsider understands."),
	.type = FIELD_TEXT,
	.max = 1000,
	.required = true},
    {.name = "framing",
	.label = N_("How we understand the problem"),
	.hint = N_(
	    "Whose problem is it, when does it show, and what keeps it going?"),
	.type = FIELD_TEXT,
	.max = 4000,
	.required = true},
    {.name = "reason",
	.label = N_("Why this version came"),
	.hint = N_("What did you learn that moved the theme or the problem?"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def theme_def = {
    .name = "theme",
    .slug = "tema",
    .title = N_("Theme"),
    .add = N_("Write a new version of the theme"),
    .help = "theme",
    .append_only = true,
    .cap = CAP_EDIT,
    .fields = theme_fields,
    .n_fields = COUNT_OF(theme_fields),
    .order = "id",
};

/* ---- open question ---- */

static const struct field_def question_fields[] = {
    {.name = "text",
	.label = N_("What do we not know yet?"),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = question_states},
    {.name = "answer",
	.label = N_("What we learned"),
	.type = FIELD_TEXT,
	.max = 4000},
};

const struct record_def question_def = {
    .name = "question",
    .slug = "spoergsmaal",
    .title = N_("Open question"),
    .add = N_("Add an open question"),
    .help = "question",
    .cap = CAP_EDIT,
    .fields = question_fields,
    .n_fields = COUNT_OF(question_fields),
    .order = "id",
    .check = check_answer,
};

/* ---- phase ---- */

static const struct field_def phase_fields[] = {
    {.name = "position",
	.label = N_("Place in the order"),
	.type = FIELD_NUMBER,
	.max = 99,
	.required = true},
    {.name = "name",
	.label = N_("Name"),
	.type = FIELD_LINE,
	.max = 80,
	.required = true},
    {.name = "about",
	.label = N_("What happens here"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "starts", .label = N_("Planned from"), .type = FIELD_DATE},
    {.name = "ends", .label = N_("Planned to"), .type = FIELD_DATE},
    {.name = "source",
	.label = N_("Phase in the catalogue"),
	.type = FIELD_CHOICE,
	.catalogue = "phases"},
};

const struct record_def phase_def = {
    .name = "phase",
    .slug = "fase",
    .title = N_("Phase"),
    .add = N_("Add a phase"),
    .help = "phase",
    .cap = CAP_EDIT,
    .fields = phase_fields,
    .n_fields = COUNT_OF(phase_fields),
    .order = "position, id",
    .check = check_dates,
};

/* ---- stay in a phase ---- */

static const struct field_def visit_fields[] = {
    {.name = "phase",
	.label = N_("Phase"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_PHASE},
    {.name = "entered",
	.label = N_("In from"),
	.type = FIELD_DATE,
	.required = true},
    {.name = "gone",
	.label = N_("Out again"),
	.hint = N_("Leave it empty while the network is in this phase."),
	.type = FIELD_DATE},
    {.name = "note", .label = N_("Note"), .type = FIELD_TEXT, .max = 1000},
};

const struct record_def visit_def = {
    .name = "visit",
    .slug = "ophold",
    .title = N_("Stay in a phase"),
    .add = N_("Note that the network is in a phase"),
    .help = "phase",
    .cap = CAP_EDIT,
    .fields = visit_fields,
    .n_fields = COUNT_OF(visit_fields),
    .order = "entered, id",
    .check = check_stay,
};
