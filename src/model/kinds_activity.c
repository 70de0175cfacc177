/* SPDX-License-Identifier: MPL-2.0 */

/* What is done with citizens and others, and what they are told.
 * See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"

static const struct choice rooms[] = {
    {"alone", N_("One to one")},
    {"few", N_("A small group")},
    {"whole_network", N_("The whole network")},
    {0},
};

static const struct choice places[] = {
    {"theirs", N_("Where they live or spend the day")},
    {"neutral", N_("A place that is nobody's, like a library")},
    {"outside", N_("Outdoors")},
    {"online", N_("By phone or video")},
    {"town_hall", N_("The town hall or our own office")},
    {0},
};

static const struct choice activity_states[] = {
    {"planned", N_("Planned")},
    {"ethics_ok", N_("Ethics check signed")},
    {"invited", N_("Invited")},
    {"held", N_("Held")},
    {"documented", N_("Documented")},
    {"answered", N_("Answered")},
    {"closed", N_("Closed")},
    {0},
};

static const struct choice ways[] = {
    {"in_person", N_("In person")},
    {"phone", N_("Phone")},
    {"letter", N_("Letter")},
    {"mail", N_("Mail")},
    {"sms", N_("Text message")},
    {"digital_post", N_("Digital Post")},
    {0},
};

static const struct choice contact_states[] = {
    {"planned", N_("Planned")},
    {"done", N_("Done")},
    {0},
};

static const struct choice languages[] = {
    {"da", N_("Danish")},
    {"en", N_("English")},
    {0},
};

static const struct choice bases[] = {
    {"public_task", N_("A task in the public interest (article 6.1.e)")},
    {"consent", N_("Consent (article 6.1.a)")},
    {"legal_duty", N_("A duty in law (article 6.1.c)")},
    {0},
};

/* ---- activity ---- */

static const struct field_def activity_fields[] = {
    {.name = "title",
	.label = N_("What we do"),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "method",
	.label = N_("Method"),
	.type = FIELD_CHOICE,
	.required = true,
	.catalogue = "methods"},
    {.name = "phase",
	.label = N_("Phase"),
	.type = FIELD_REF,
	.ref = KIND_PHASE},
    {.name = "groups",
	.label = N_("Target groups"),
	.type = FIELD_REFS,
	.ref = KIND_GROUP},
    {.name = "actors",
	.label = N_("Who of the network takes part"),
	.type = FIELD_REFS,
	.ref = KIND_ACTOR},
    {.name = "questions",
	.label = N_("Which open questions does it serve?"),
	.hint = N_("At least one. Contact is for getting wiser where we lack "
		   "answers."),
	.type = FIELD_REFS,
	.ref = KIND_QUESTION},
    {.name = "people",
	.label = N_("How many take part"),
	.type = FIELD_NUMBER,
	.max = 100000},
    {.name = "room",
	.label = N_("Who else is in the room?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = rooms},
    {.name = "place_kind",
	.label = N_("Kind of place"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = places},
    {.name = "place", .label = N_("Place"), .type = FIELD_LINE, .max = 200},
    {.name = "day", .label = N_("Day"), .type = FIELD_DATE},
    {.name = "hours",
	.label = N_("From when to when"),
	.hint = N_("For example 14-15.30."),
	.type = FIELD_LINE,
	.max = 40},
    {.name = "minutes",
	.label = N_("Minutes asked of each person"),
	.type = FIELD_NUMBER,
	.max = 100000},
    {.name = "cost",
	.label = N_("What it costs, in kroner"),
	.hint = N_("Interpreter, transport, coffee, pay for time."),
	.type = FIELD_NUMBER,
	.max = 100000000},
    {.name = "responsible",
	.label = N_("Who is responsible"),
	.type = FIELD_MEMBER},
    {.name = "care",
	.label = N_("Companion, breaks and another way"),
	.hint = N_("Who may come along, when we stop for a while, and what "
		   "they can choose instead."),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.managed = true,
	.choices = activity_states},
};

const struct record_def activity_def = {
    .name = "activity",
    .slug = "aktivitet",
    .title = N_("Activity"),
    .add = N_("Plan an activity"),
    .help = "activity",
    .cap = CAP_EDIT,
    .fields = activity_fields,
    .n_fields = COUNT_OF(activity_fields),
    .order = "id",
};

/* ---- a step of the contact plan ---- */

static const struct field_def contact_fields[] = {
    {.name = "activity",
	.label = N_("Activity"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_ACTIVITY},
    {.name = "how",
	.label = N_("How we make contact"),
	.hint = N_("In person first: go out and meet them."),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = ways},
    {.name = "who", .label = N_("Who does it"), .type = FIELD_MEMBER},
    {.name = "day", .label = N_("When"), .type = FIELD_DATE},
    {.name = "note", .label = N_("Note"), .type = FIELD_TEXT, .max = 600},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = contact_states},
};

const struct record_def contact_def = {
    .name = "contact",
    .slug = "kontakt",
    .title = N_("Contact"),
    .add = N_("Add a step to the contact plan"),
    .help = "contact",
    .cap = CAP_EDIT,
    .fields = contact_fields,
    .n_fields = COUNT_OF(contact_fields),
    .order = "day, id",
};

/* ---- invitation ---- */

static const struct field_def invitation_fields[] = {
    {.name = "activity",
	.label = N_("Activity"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_ACTIVITY},
    {.name = "target_group",
	.label = N_("Target group"),
	.hint = N_("Leave it empty when all get the same words."),
	.type = FIELD_REF,
	.ref = KIND_GROUP},
    {.name = "lang",
	.label = N_("Language"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = languages},
    {.name = "about",
	.label = N_("What is it about?"),
	.hint = N_("We would like to learn more about ..."),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "why",
	.label = N_("Why you?"),
	.hint = N_("We ask you because you ..."),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "how",
	.label = N_("How long, where and with whom?"),
	.hint = N_("It takes ... minutes, and it happens ..."),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "use",
	.label = N_("What happens with what you say?"),
	.hint = N_("What you say is used for ..."),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "more",
	.label = N_("Anything else"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "reply_by", .label = N_("Please answer by"), .type = FIELD_DATE},
    {.name = "hears_by",
	.label = N_("You hear from us by"),
	.type = FIELD_DATE,
	.required = true},
    {.name = "contact",
	.label = N_("Whom to ring"),
	.hint = N_("A name and a number."),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
};

const struct record_def invitation_def = {
    .name = "invitation",
    .slug = "invitation",
    .title = N_("Invitation"),
    .add = N_("Write an invitation"),
    .help = "invitation",
    .cap = CAP_EDIT,
    .fields = invitation_fields,
    .n_fields = COUNT_OF(invitation_fields),
    .order = "id",
};

/* ---- what people are told about their data ---- */

static const struct field_def notice_fields[] = {
    {.name = "controller",
	.label = N_("Who we are"),
	.hint = N_("The authority, its address and phone."),
	.type = FIELD_TEXT,
	.max = 400,
	.required = true},
    {.name = "dpo",
	.label = N_("Data protection officer"),
	.hint = N_("How they are reached."),
	.type = FIELD_LINE,
	.max = 200,
	.required = true},
    {.name = "purpose",
	.label = N_("What we use the data for"),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "basis",
	.label = N_("Legal basis"),
	.hint = N_("For an authority consent is often the weaker one."),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = bases},
    {.name = "recipients",
	.label = N_("Who sees it"),
	.type = FIELD_TEXT,
	.max = 400,
	.required = true},
    {.name = "kept",
	.label = N_("How long it is kept"),
	.type = FIELD_TEXT,
	.max = 400,
	.required = true},
};

const struct record_def notice_def = {
    .name = "notice",
    .slug = "oplysning",
    .title = N_("What people are told about their data"),
    .add = N_("Write what people are told about their data"),
    .help = "notice",
    .single = true,
    .cap = CAP_EDIT,
    .fields = notice_fields,
    .n_fields = COUNT_OF(notice_fields),
    .order = "id",
};
