/* SPDX-License-Identifier: MPL-2.0 */

/* A story: what the network says around people's own words.  See model/kinds.h
 * for how a kind is declared, model/story.h for the words in it. */
#include "model/kinds.h"

#include "base/lang.h"
#include "model/story.h"

const struct choice story_readers[] = {
    {"1", N_("The network")},
    {"2", N_("Those who decide")},
    {"3", N_("Everybody")},
    {0},
};

static const struct choice on_page[] = {
    {"yes", N_("Yes, it is done")},
    {"no", N_("Not yet")},
    {0},
};

static const struct field_def story_fields[] = {
    {.name = "title",
	.label = N_("What the story is called"),
	.type = FIELD_LINE,
	.max = 120,
	.required = true},
    {.name = "readers",
	.label = N_("Who is to read it?"),
	.hint = N_("Only words go in that people let go so far."),
	.type = FIELD_CHOICE,
	.required = true,
	.choices = story_readers},
    {.name = "opening",
	.label = N_("How it begins"),
	.hint = N_("Who, where, what it was about. In words that an outsider "
		   "reads with ease."),
	.type = FIELD_TEXT,
	.max = 3000},
    {.name = "ending",
	.label = N_("What came of it"),
	.type = FIELD_TEXT,
	.max = 3000},
    {.name = "idea",
	.label = N_("The idea it is about"),
	.type = FIELD_REF,
	.ref = KIND_IDEA},
    {.name = "decision",
	.label = N_("The decision it led to"),
	.type = FIELD_REF,
	.ref = KIND_DECISION},
    {.name = "owner", .label = N_("Who looks after it"), .type = FIELD_MEMBER},
    {.name = "page",
	.label = N_("Is it to stand on the page for everybody?"),
	.hint = N_("Only a story for everybody does, and only while that page "
		   "is open and each word in it may go."),
	.type = FIELD_CHOICE,
	.choices = on_page},
};

const struct record_def story_def = {
    .name = "story",
    .slug = "fortaelling",
    .title = N_("Story"),
    .add = N_("Begin a story"),
    .help = "story",
    .cap = CAP_EDIT,
    .fields = story_fields,
    .n_fields = COUNT_OF(story_fields),
    .order = "id",
};
