/* SPDX-License-Identifier: MPL-2.0 */

/* What a network has understood from what people said.
 * See model/kinds.h for how a kind is declared. */
#include "model/kinds.h"

#include "base/lang.h"

static const struct field_def insight_fields[] = {
    {.name = "statement",
	.label = N_("What we have understood"),
	.hint = N_("One sentence that the people who said it would nod at."),
	.type = FIELD_TEXT,
	.max = 600,
	.required = true},
    {.name = "question",
	.label = N_("Which open question does it answer?"),
	.type = FIELD_REF,
	.ref = KIND_QUESTION},
    {.name = "tension",
	.label = N_("Which tension between agendas does it bear on?"),
	.type = FIELD_REF,
	.ref = KIND_TENSION},
    {.name = "note",
	.label = N_("What we are not sure of"),
	.type = FIELD_TEXT,
	.max = 1000},
};

const struct record_def insight_def = {
    .name = "insight",
    .slug = "indsigt",
    .title = N_("Insight"),
    .add = N_("Write an insight"),
    .help = "insight",
    .cap = CAP_EDIT,
    .fields = insight_fields,
    .n_fields = COUNT_OF(insight_fields),
    .order = "id",
};
