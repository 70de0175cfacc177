/* SPDX-License-Identifier: MPL-2.0 */

/* Rounds in which citizens, the network and the leadership each rank the same
 * options.  See model/kinds.h for how a kind is declared, model/round.h for
 * what opens and closes one. */
#include "model/kinds.h"

#include <string.h>

#include "base/lang.h"
#include "model/round.h"

static const struct choice states[] = {
    {"draft", N_("Draft")},
    {"open", N_("Open")},
    {"closed", N_("Closed")},
    {0},
};

static const struct choice leadership[] = {
    {"hidden", N_("Hide it, as with all others")},
    {"shown", N_("Show it: they vote by virtue of their office")},
    {0},
};

static const struct field_def round_fields[] = {
    {.name = "question",
	.label = N_("What is to be ranked?"),
	.hint = N_("As a question: What should we begin with?"),
	.type = FIELD_LINE,
	.max = 160,
	.required = true},
    {.name = "about",
	.label = N_("What those who vote should know"),
	.hint = N_("Short, in everyday words: what it is for, and what it "
		   "decides."),
	.type = FIELD_TEXT,
	.max = 1500,
	.required = true},
    {.name = "method",
	.label = N_("How is it ranked?"),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = round_methods},
    {.name = "budget",
	.label = N_("The sum to spend, in kroner"),
	.hint = N_("With a budget only."),
	.type = FIELD_NUMBER,
	.max = 2000000000},
    {.name = "points",
	.label = N_("Points that each may give"),
	.hint = N_("With points only."),
	.type = FIELD_NUMBER,
	.max = 1000},
    {.name = "most",
	.label = N_("How many each may choose at most"),
	.hint = N_("Nothing, or 0: as many as one likes."),
	.type = FIELD_NUMBER,
	.max = ROUND_OPTIONS},
    {.name = "opens",
	.label = N_("First day"),
	.hint = N_("Nothing: as soon as you open it."),
	.type = FIELD_DATE},
    {.name = "ends",
	.label = N_("Last day"),
	.hint = N_("It closes by itself after that day. Nothing: when you "
		   "close it."),
	.type = FIELD_DATE},
    {.name = "leadership",
	.label = N_("If the leadership are few"),
	.hint = N_("A ranking of few could show what one of them thinks. Who "
		   "votes is told which it is."),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = leadership},
    {.name = "note",
	.label = N_("What we do with the result"),
	.type = FIELD_TEXT,
	.max = 1000},
    {.name = "state",
	.label = N_("State"),
	.type = FIELD_CHOICE,
	.required = true,
	.managed = true,
	.choices = states},
    {.name = "opened",
	.label = N_("Opened"),
	.type = FIELD_DATE,
	.managed = true},
    {.name = "closed",
	.label = N_("Closed"),
	.type = FIELD_DATE,
	.managed = true},
};

static void
check_round(const struct record *r, struct record_faults *f)
{
	struct str method = record_value(r, "method");
	struct str opens = record_value(r, "opens");
	struct str ends = record_value(r, "ends");
	int64_t n;
	if (str_eq(method, S("budget")) &&
	    (!str_int(record_value(r, "budget"), &n) || n < 1))
		record_fault(f, KIND_ROUND, "budget",
		    N_("Say how much there is to spend."));
	if (str_eq(method, S("points")) &&
	    (!str_int(record_value(r, "points"), &n) || n < 1))
		record_fault(f, KIND_ROUND, "points",
		    N_("Say how many points each may give."));
	if (opens.n > 0 && ends.n > 0 && str_cmp(ends, opens) < 0)
		record_fault(f, KIND_ROUND, "ends",
		    N_("The last day is before the first."));
}

/* Once people vote, what they vote on stays; only the last day may move, and
 * what is done with the result may be written. */
static bool
is_frozen(const struct record *now, const char *field)
{
	struct str state = record_value(now, "state");
	if (str_eq(state, S("draft")))
		return false;
	if (field != NULL && strcmp(field, "note") == 0)
		return false;
	return field == NULL || strcmp(field, "ends") != 0 ||
	    str_eq(state, S("closed"));
}

const struct record_def round_def = {
    .name = "round",
    .slug = "runde",
    .title = N_("Round of priorities"),
    .add = N_("Plan a round"),
    .help = "round",
    .cap = CAP_EDIT,
    .fields = round_fields,
    .n_fields = COUNT_OF(round_fields),
    .order = "id",
    .check = check_round,
    .frozen = is_frozen,
};
