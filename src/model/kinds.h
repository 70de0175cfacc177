/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_KINDS_H
#define MODEL_KINDS_H

#include "model/record.h"

/* kinds.h - how a kind of record is declared.
 *
 * To add one: its table in sql/ (the first columns as the others have), its
 * fields in kinds_*.c, its place in enum record_kind and in kinds.c.
 * Statements, forms, checks, history, merge and print follow from that.
 */
extern const struct record_def network_def;
extern const struct record_def theme_def;
extern const struct record_def question_def;
extern const struct record_def phase_def;
extern const struct record_def visit_def;
extern const struct record_def actor_def;
extern const struct record_def target_group_def;
extern const struct record_def participant_def;
extern const struct record_def agenda_def;
extern const struct record_def tension_def;
extern const struct record_def focus_def;
extern const struct record_def purpose_def;
extern const struct record_def scope_def;
extern const struct record_def need_def;
extern const struct record_def promise_def;
extern const struct record_def cell_def;
extern const struct record_def documentation_def;
extern const struct record_def task_def;
extern const struct record_def activity_def;
extern const struct record_def contact_def;
extern const struct record_def invitation_def;
extern const struct record_def notice_def;
extern const struct record_def insight_def;
extern const struct record_def journey_def;
extern const struct record_def journey_step_def;
extern const struct record_def dialogue_def;
extern const struct record_def idea_def;
extern const struct record_def round_def;
extern const struct record_def trial_def;
extern const struct record_def measure_def;
extern const struct record_def decision_def;
extern const struct record_def story_def;
extern const struct record_def theme_card_def;
extern const struct record_def evaluation_def;
extern const struct record_def spread_def;

/* Notes a fault at a field, unless it has one already. */
void record_fault(struct record_faults *, enum record_kind, const char *field,
    const char *message);

/* Brings what the model alone sets back to what it is; ERR_INVALID: something
 * frozen would be changed, `faults` says what. */
enum err record_keep(struct db *, struct arena *, const struct actor *,
    struct record *mine, struct record_faults *faults) MUST_USE;

/* The statements on a kind's table (model/kinds_sql.c): made once from the
 * names above, so they stay where they are for the life of the process. */
struct record_sql {
	const char *list, *get, *insert, *update, *remove, *gone, *restore;
};
const struct record_sql *record_sql(enum record_kind);

#endif
