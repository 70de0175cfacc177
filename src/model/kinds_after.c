/* SPDX-License-Identifier: MPL-2.0 */

/* The theme card (S52), and the plans for judging and for spreading what a
 * network did.  See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"
#include "model/person.h"

static const struct choice plan_states[] = {
    {"draft", N_("Draft")},
    {"agreed", N_("Agreed")},
    {"done", N_("Done")},
    {0},
};

/* ---- theme card ---- */

static const struct field_def theme_card_fields[] = {
    {.name = "target_group",
	.label = N_("Target group"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_GROUP},
    {.name = "lang",
	.label = N_("Language"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = person_languages},
    {.name = "about",
	.label = N_("What is it about?"),
	.hint = N_("We would like to learn more about ..."),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "why",
	.label = N_("Why you?"),
	.hint = N_("We ask you because you ..."),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "how",
	.label = N_("How long, and where?"),
	.hint = N_("It takes ... minutes, and it happens ..."),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "use",
	.label = N_("What happens with what you say?"),
	.hint = N_("What you say is used for ..."),
	.type = FIELD_TEXT,
	.max = 600},
    {.name = "hears_by",
	.label = N_("You hear from us by"),
	.type = FIELD_DATE},
    {.name = "contact",
	.label = N_("Whom to ring"),
	.hint = N_("A name and a number."),
	.type = FIELD_LINE,
	.max = 120},
};

const struct record_def theme_card_def = {
    .name = "theme_card",
    .slug = "temakort",
    .title = N_("Theme card"),
    .add = N_("Write a theme card"),
    .help = "theme_card",
    .cap = CAP_EDIT,
    .fields = theme_card_fields,
    .n_fields = COUNT_OF(theme_card_fields),
    .order = "id",
};

/* ---- judging it ---- */

static const struct field_def evaluation_fields[] = {
    {.name = "aim",
	.label = N_("What do you want to know?"),
	.hint = N_("Whether life got better for citizens, and what did it."),
	.type = FIELD_TEXT,
	.max = 2000,
	.required = true},
    {.name = "signs",
	.label = N_("How can one tell?"),
	.hint = N_("Signs that a citizen would point to as well."),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "judges",
	.label = N_("Who judges it, and what do citizens do in that?"),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "compared",
	.label = N_("What is it held up against?"),
	.hint = N_("How it was before, or how it is somewhere else."),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "result_use",
	.label = N_("Who uses the result, and what for?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "told",
	.label = N_("How do those who took part hear of it?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "owner", .label = N_("Who looks after it"), .type = FIELD_MEMBER},
    {.name = "due", .label = N_("When is it done?"), .type = FIELD_DATE},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = plan_states},
};

const struct record_def evaluation_def = {
    .name = "evaluation",
    .slug = "evaluering",
    .title = N_("Plan for judging it"),
    .add = N_("Write the plan for judging it"),
    .help = "evaluation",
    .single = true,
    .cap = CAP_EDIT,
    .fields = evaluation_fields,
    .n_fields = COUNT_OF(evaluation_fields),
    .order = "id",
};

/* ---- spreading it ---- */

static const struct field_def spread_fields[] = {
    {.name = "what",
	.label = N_("What is worth spreading?"),
	.type = FIELD_TEXT,
	.max = 2000,
	.required = true},
    {.name = "ideas",
	.label = N_("Which ideas is it about?"),
	.type = FIELD_REFS,
	.ref = KIND_IDEA},
    {.name = "worth",
	.label = N_("What is it worth, and how do you know?"),
	.hint = N_("For citizens first. Also what it costs."),
	.type = FIELD_TEXT,
	.max = 2000},
    {.name = "users",
	.label = N_("Who else has the same problem?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "core",
	.label = N_("What must stay as it is, and what may be fitted?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "needs",
	.label = N_("What does it take from those who take it over?"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "ways",
	.label = N_("How is it told on, and by whom?"),
	.hint = N_("Citizens who were in it are often believed more than we "
		   "are. Ask them, and pay for their time."),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "owner", .label = N_("Who looks after it"), .type = FIELD_MEMBER},
    {.name = "due", .label = N_("When is it done?"), .type = FIELD_DATE},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = plan_states},
};

const struct record_def spread_def = {
    .name = "spread",
    .slug = "spredning",
    .title = N_("Plan for spreading it"),
    .add = N_("Write the plan for spreading it"),
    .help = "spread",
    .single = true,
    .cap = CAP_EDIT,
    .fields = spread_fields,
    .n_fields = COUNT_OF(spread_fields),
    .order = "id",
};
