/* SPDX-License-Identifier: MPL-2.0 */

/* What columns and their values are called where people read them
 * (datamap.h). */
#include "model/contribution.h"
#include "model/datamap.h"
#include "model/erasure.h"
#include "model/pledge.h"
#include "model/reply.h"
#include "model/trial.h"

static const struct {
	const char *column, *label;
} columns[] = {
    {"account", N_("Who did it")},
    {"action", N_("What was done")},
    {"activity", N_("Activity")},
    {"actor_kind", N_("Kind")},
    {"age", N_("Age")},
    {"alias", N_("Name we use")},
    {"allows", N_("What may be done with it")},
    {"anonymity", N_("With a name or without")},
    {"answer", N_("Answer")},
    {"answered_by", N_("Answered by")},
    {"answered_us", N_("Answered")},
    {"answers", N_("Answers")},
    {"approval", N_("How it was approved")},
    {"asked_us", N_("Asked on")},
    {"at_us", N_("When")},
    {"basis", N_("On what ground")},
    {"big_wish", N_("Their own wish for a large meeting")},
    {"big_wish_us", N_("When the wish was made")},
    {"came", N_("Came")},
    {"came_us", N_("Received")},
    {"changed_by", N_("Changed by")},
    {"changed_us", N_("Changed")},
    {"channel", N_("Way to be reached")},
    {"choices", N_("What was chosen")},
    {"code", N_("Code")},
    {"contact", N_("Contact")},
    {"count", N_("How many people")},
    {"created_us", N_("Noted on")},
    {"data", N_("The data may be fetched")},
    {"decision", N_("Decision")},
    {"dialogue", N_("Dialogue")},
    {"done_by", N_("Done by")},
    {"done_us", N_("Done")},
    {"due_us", N_("Due")},
    {"ended_us", N_("Ended")},
    {"ends", N_("Ends")},
    {"ends_us", N_("Ends")},
    {"event", N_("What happened")},
    {"faces", N_("Faces")},
    {"fault", N_("Fault")},
    {"field", N_("Question")},
    {"given_by", N_("Given by")},
    {"gone_us", N_("Gone")},
    {"grade", N_("What it did to the decision")},
    {"ground", N_("Ground in law")},
    {"guardian", N_("A guardian's yes")},
    {"guardian_us", N_("When a guardian said yes")},
    {"hours", N_("Hours")},
    {"idea", N_("Idea")},
    {"insight", N_("Insight")},
    {"kind", N_("Kind")},
    {"knowledge", N_("Knowledge")},
    {"kroner", N_("Kroner")},
    {"lang", N_("Language")},
    {"lead", N_("What stands before it")},
    {"longer", N_("Why it takes longer")},
    {"look_us", N_("To be looked at again")},
    {"made_us", N_("Made")},
    {"measure", N_("Measurement")},
    {"memo", N_("Note")},
    {"minutes", N_("Minutes")},
    {"minutes_asked", N_("Minutes asked for")},
    {"minutes_used", N_("Minutes that bore on a decision")},
    {"needs", N_("Needs")},
    {"needs_asked_us", N_("When needs were asked about")},
    {"needs_note", N_("More about needs")},
    {"note", N_("Note")},
    {"noted_us", N_("Noted on")},
    {"number", N_("Number")},
    {"opened_us", N_("Opened")},
    {"original", N_("As it was said")},
    {"outcome", N_("Outcome")},
    {"page", N_("On the page for everybody")},
    {"paid_us", N_("Paid back")},
    {"per", N_("How often")},
    {"phase", N_("Phase")},
    {"protected", N_("Protected address")},
    {"reaction", N_("What they said to it")},
    {"reaction_us", N_("When they said it")},
    {"reaction_words", N_("In their words")},
    {"reason", N_("Why")},
    {"received", N_("Received")},
    {"reminded_us", N_("Reminded")},
    {"resources", N_("Resources")},
    {"role", N_("Role")},
    {"round", N_("Round")},
    {"scope", N_("Who may see it")},
    {"secrecy", N_("Promise to keep silent")},
    {"seen_us", N_("Dealt with")},
    {"sent_us", N_("Sent")},
    {"shift", N_("Shift")},
    {"side", N_("Side")},
    {"since_us", N_("Since")},
    {"skills", N_("Skills")},
    {"source", N_("Where we know it from")},
    {"stance", N_("For or against")},
    {"state", N_("State")},
    {"statement", N_("Statement")},
    {"story", N_("Story")},
    {"tag", N_("Tag")},
    {"target_group", N_("Target group")},
    {"task", N_("Task")},
    {"tell", N_("Whether it is told")},
    {"teller", N_("Who tells")},
    {"text", N_("Text")},
    {"told_by", N_("Told by")},
    {"told_us", N_("Told")},
    {"trial", N_("Trial")},
    {"type", N_("Type")},
    {"undone_by", N_("Undone by")},
    {"undone_us", N_("Undone")},
    {"unsent", N_("Words that are not sent yet")},
    {"unused", N_("Why it was not used")},
    {"value", N_("Answer")},
    {"vote", N_("Vote")},
    {"vulnerable", N_("May be vulnerable")},
    {"way", N_("How")},
    {"what", N_("What")},
    {"withdrawn_us", N_("Taken back")},
    {"wording", N_("As it is used")},
    {"words", N_("In words")},
};

const char *
datamap_column(struct str column)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(columns); i++) {
		if (str_eq(str_c(columns[i].column), column))
			return columns[i].label;
	}
	return NULL;
}

/* ---- values ---- */

static const struct choice looked[] = {
    {"contact", N_("Name, phone and address")},
    {"invitation", N_("An invitation was made or sent")},
    {"dossier", N_("All that is held about them")},
    {"network", N_("The whole network, to move it elsewhere")},
    {NULL, NULL},
};

static const struct choice told[] = {
    {"-1", N_("Disagrees")},
    {"0", N_("Passes")},
    {"1", N_("Agrees")},
    {NULL, NULL},
};

static const struct choice answered[] = {
    {"yes", N_("Yes")},
    {"no", N_("No")},
    {"other", N_("In another way")},
    {NULL, NULL},
};

static const struct choice yes_no[] = {
    {"0", N_("No")},
    {"1", N_("Yes")},
    {NULL, NULL},
};

static const struct choice sent[] = {
    {"made", N_("Made")},
    {"sent", N_("Sent")},
    {"bounced", N_("Came back")},
    {"opened", N_("Opened")},
    {"answered", N_("Answered")},
    {NULL, NULL},
};

static const struct choice sources[] = {
    {"named", N_("Somebody in the network named them")},
    {"import", N_("A list that was read in")},
    {"interest", N_("They registered themselves")},
    {NULL, NULL},
};

/* table NULL: of any. */
static const struct {
	const char *table, *column;
	const struct choice *choices;
} words[] = {
    {"person", "state", person_states},
    {"person", "age", person_ages},
    {"person", "channel", person_channels},
    {"person", "vulnerable", person_vulnerable},
    {"person", "lang", person_languages},
    {"person", "protected", yes_no},
    {"sending", "channel", person_channels},
    {"person", "source", sources},
    {"sending", "answer", answered},
    {"sending", "state", sent},
    {"contribution", "kind", contribution_kinds},
    {"contribution", "teller", contribution_tellers},
    {"contribution", "state", contribution_states},
    {NULL, "scope", contribution_scopes},
    {NULL, "anonymity", contribution_anonymities},
    {NULL, "basis", contribution_bases},
    {NULL, "given_by", contribution_givers},
    {"consent", "age", person_ages},
    {"erasure", "ground", erasure_grounds},
    {"pledge", "per", pledge_pers},
    {"pledge", "way", pledge_ways},
    {"pledge", "state", pledge_states},
    {"pledge_event", "per", pledge_pers},
    {"pledge_event", "state", pledge_states},
    {"trial_answer", "answer", trial_answers},
    {"trial_feedback", "way", trial_ways},
    {"influence", "grade", trace_grades},
    {"told", "grade", trace_grades},
    {"reply", "reaction", reply_reactions},
    {"access", "what", looked},
    {"vote", "vote", told},
};

const char *
datamap_word(const char *table, struct str column, struct str value)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		const struct choice *c;
		if (!str_eq(str_c(words[i].column), column) ||
		    (words[i].table != NULL &&
			!str_eq(str_c(words[i].table), str_c(table))))
			continue;
		c = choice_find(words[i].choices, value);
		return c != NULL ? c->label : NULL;
	}
	return NULL;
}
