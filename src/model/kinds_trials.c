/* SPDX-License-Identifier: MPL-2.0 */

/* A trial of an idea.  See model/kinds.h for how a kind is declared,
 * model/trial.h for what moves one on. */
#include "model/kinds.h"

#include <string.h>

#include "base/lang.h"
#include "model/trial.h"

const struct choice trial_stages[] = {
    [TRIAL_START] = {"start", N_("Start")},
    [TRIAL_TEST] = {"test", N_("Being tried")},
    [TRIAL_ANALYSE] = {"analyse", N_("Analysis")},
    [TRIAL_NEXT] = {"next", N_("Next step")},
    {0},
};

const struct choice trial_outcomes[] = {
    {"hit", N_("It hit")},
    {"adjust", N_("It nearly hit")},
    {"miss", N_("It missed")},
    {0},
};

const struct choice trial_verdicts[] = {
    {"run", N_("It goes into daily use")},
    {"adjust", N_("It is adjusted and tried again")},
    {"stop", N_("It stops here")},
    {0},
};

static const struct choice outcomes[] = {
    {"", N_("Not judged")},
    {"hit", N_("It hit")},
    {"adjust", N_("It nearly hit")},
    {"miss", N_("It missed")},
    {0},
};

static const struct choice verdicts[] = {
    {"", N_("Not decided")},
    {"run", N_("It goes into daily use")},
    {"adjust", N_("It is adjusted and tried again")},
    {"stop", N_("It stops here")},
    {0},
};

static const struct field_def trial_fields[] = {
    {.name = "title",
	.label = N_("What is tried, in one line"),
	.hint = N_("Those who are asked read it."),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "idea",
	.label = N_("The idea that is tried"),
	.type = FIELD_REF,
	.required = true,
	.ref = KIND_IDEA},
    {.name = "what",
	.label = N_("What happens in the trial"),
	.hint = N_("Short, in everyday words: what, where, with whom. Those "
		   "who are asked read it."),
	.type = FIELD_TEXT,
	.max = 1500,
	.required = true},
    {.name = "part",
	.label = N_("What those who try it do"),
	.hint = N_("And how long it takes them. They may stop when they "
		   "like."),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "target_groups",
	.label = N_("Who is asked"),
	.hint = N_("Nothing chosen: everybody with a code."),
	.type = FIELD_REFS,
	.ref = KIND_GROUP},
    {.name = "starts", .label = N_("First day"), .type = FIELD_DATE},
    {.name = "ends", .label = N_("Last day"), .type = FIELD_DATE},
    {.name = "owner", .label = N_("Who looks after it"), .type = FIELD_MEMBER},
    {.name = "learned",
	.label = N_("What we learned"),
	.hint = N_("In the analysis. Also what surprised you."),
	.type = FIELD_TEXT,
	.max = 3000},
    {.name = "stage",
	.label = N_("Stage"),
	.type = FIELD_CHOICE,
	.required = true,
	.managed = true,
	.choices = trial_stages},
    {.name = "outcome",
	.label = N_("Did it hit?"),
	.type = FIELD_CHOICE,
	.managed = true,
	.choices = outcomes},
    {.name = "verdict",
	.label = N_("What happens now"),
	.type = FIELD_CHOICE,
	.managed = true,
	.choices = verdicts},
    {.name = "reason",
	.label = N_("Why"),
	.type = FIELD_TEXT,
	.max = TRIAL_WHY,
	.managed = true},
};

static void
check_trial(const struct record *r, struct record_faults *f)
{
	struct str starts = record_value(r, "starts");
	struct str ends = record_value(r, "ends");
	if (starts.n > 0 && ends.n > 0 && str_cmp(ends, starts) < 0)
		record_fault(f, KIND_TRIAL, "ends",
		    N_("The last day is before the first."));
}

/* Once people try it, it is that idea; what they were told stays when it is
 * decided. */
static bool
is_frozen(const struct record *now, const char *field)
{
	struct str stage = record_value(now, "stage");
	if (str_eq(stage, S("start")))
		return false;
	if (field == NULL || strcmp(field, "idea") == 0)
		return true;
	return str_eq(stage, S("next")) && strcmp(field, "learned") != 0;
}

const struct record_def trial_def = {
    .name = "trial",
    .slug = "proeve",
    .title = N_("Trial"),
    .add = N_("Plan a trial"),
    .help = "trial",
    .cap = CAP_EDIT,
    .fields = trial_fields,
    .n_fields = COUNT_OF(trial_fields),
    .order = "id",
    .check = check_trial,
    .frozen = is_frozen,
};
