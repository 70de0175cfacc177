/* SPDX-License-Identifier: MPL-2.0 */

/* Every kind of record, by its place, its name and its slug. */
#include "model/kinds.h"

static const struct record_def *const defs[KIND_COUNT] = {
    [KIND_NETWORK] = &network_def,
    [KIND_THEME] = &theme_def,
    [KIND_QUESTION] = &question_def,
    [KIND_PHASE] = &phase_def,
    [KIND_VISIT] = &visit_def,
    [KIND_ACTOR] = &actor_def,
    [KIND_GROUP] = &target_group_def,
    [KIND_PARTICIPANT] = &participant_def,
    [KIND_AGENDA] = &agenda_def,
    [KIND_TENSION] = &tension_def,
    [KIND_FOCUS] = &focus_def,
    [KIND_PURPOSE] = &purpose_def,
    [KIND_SCOPE] = &scope_def,
    [KIND_NEED] = &need_def,
    [KIND_PROMISE] = &promise_def,
    [KIND_CELL] = &cell_def,
    [KIND_DOCUMENTATION] = &documentation_def,
    [KIND_TASK] = &task_def,
    [KIND_ACTIVITY] = &activity_def,
    [KIND_CONTACT] = &contact_def,
    [KIND_INVITATION] = &invitation_def,
    [KIND_NOTICE] = &notice_def,
    [KIND_INSIGHT] = &insight_def,
    [KIND_JOURNEY] = &journey_def,
    [KIND_STEP] = &journey_step_def,
    [KIND_DIALOGUE] = &dialogue_def,
    [KIND_IDEA] = &idea_def,
    [KIND_ROUND] = &round_def,
    [KIND_TRIAL] = &trial_def,
    [KIND_MEASURE] = &measure_def,
    [KIND_DECISION] = &decision_def,
    [KIND_STORY] = &story_def,
    [KIND_CARD] = &theme_card_def,
    [KIND_EVALUATION] = &evaluation_def,
    [KIND_SPREAD] = &spread_def,
};

const struct record_def *
record_def(enum record_kind kind)
{
	return defs[kind];
}

bool
record_kind_by_name(struct str name, enum record_kind *out)
{
	for (int i = 0; i < KIND_COUNT; i++) {
		if (str_eq(str_c(defs[i]->name), name)) {
			*out = (enum record_kind)i;
			return true;
		}
	}
	return false;
}

bool
record_kind_by_slug(struct str slug, enum record_kind *out)
{
	for (int i = 0; i < KIND_COUNT; i++) {
		if (str_eq(str_c(defs[i]->slug), slug)) {
			*out = (enum record_kind)i;
			return true;
		}
	}
	return false;
}
