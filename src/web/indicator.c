/* SPDX-License-Identifier: MPL-2.0 */
#include "web/indicator.h"

#include "model/catalogue.h"
#include "model/record.h"

static void
fill_weights(struct req *rq, const struct sham *sham, struct view_indicator *v)
{
	struct view_indicator_weights *rows =
	    arena_new(rq->arena, struct view_indicator_weights, SHAM_PARTS);
	for (int i = 0; i < SHAM_PARTS; i++)
		rows[i] = (struct view_indicator_weights){
		    .label = req_tr(rq, sham_label((enum sham_part)i)),
		    .weight = sham_weight((enum sham_part)i),
		    .is = sham->is[i]};
	v->weights.p = rows;
	v->weights.n = SHAM_PARTS;
	v->has_weights = true;
}

struct view_indicator
indicator_view(struct req *rq, struct str key, const struct sham *sham)
{
	const struct catalogue_words *words =
	    catalogue_words(catalogue_find(S("indicators"), key), rq->lang);
	struct view_indicator v = {
	    .name = words->name,
	    .text = words->text,
	    .formula = words->formula,
	    .inputs = words->inputs,
	    .cannot = words->cannot,
	};
	if (sham != NULL)
		fill_weights(rq, sham, &v);
	return v;
}

struct str
network_state_name(struct req *rq, struct str key)
{
	ptrdiff_t at = record_field(KIND_NETWORK, "state");
	const struct choice *c =
	    choice_find(record_def(KIND_NETWORK)->fields[at].choices, key);
	return c == NULL ? key : req_tr(rq, c->label);
}
