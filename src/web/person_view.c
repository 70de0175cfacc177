/* SPDX-License-Identifier: MPL-2.0 */
#include "web/person_view.h"

#include "base/buf.h"
#include "model/catalogue.h"
#include "web/shell.h"

struct str
person_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/personer/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
person_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "mennesker");
}

struct str
person_choice(struct req *rq, const struct choice *list, struct str key)
{
	const struct choice *c = choice_find(list, key);
	return c == NULL ? key : req_tr(rq, c->label);
}

struct str
person_group_name(
    struct req *rq, const struct plan *plan, const struct person *p)
{
	const struct record *group = plan_find(plan, KIND_GROUP, p->group);
	return group == NULL ? S("") : plan_title(plan, rq->arena, group);
}

struct view_input_options_array
person_kind_options(struct req *rq)
{
	struct catalogue_items kinds = catalogue_list(S("actor_kinds"));
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, kinds.n);
	for (ptrdiff_t i = 0; i < kinds.n; i++)
		list[i] =
		    (struct view_input_options){.value = kinds.list[i].key,
			.label = catalogue_name(&kinds.list[i], rq->lang)};
	return (struct view_input_options_array){list, kinds.n};
}
