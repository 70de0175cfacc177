/* SPDX-License-Identifier: MPL-2.0 */
#include "web/idea_view.h"

#include "base/buf.h"
#include "web/person_view.h"
#include "web/shell.h"

static const struct choice plain_states[] = {
    {"new", N_("We have the idea.")},
    {"matured", N_("We are working on it.")},
    {"prioritised", N_("We have chosen to go on with it.")},
    {"concrete", N_("We are making it ready.")},
    {"test", N_("We are trying it.")},
    {"running", N_("It is in use.")},
    {"adjust", N_("We have tried it, and are making it better.")},
    {"stopped", N_("We have stopped.")},
    {"dropped", N_("We do not go on with it.")},
    {0},
};

const struct choice idea_readers[] = {
    {"0", N_("Only the one I talk with")},
    {"1", N_("The others who take part, and those who work with this")},
    {"2", N_("Also those who decide")},
    {"3", N_("Everybody, also on the web")},
    {0},
};

const struct choice *
idea_open_readers(void)
{
	return idea_readers + 1;
}

struct str
idea_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/ideer/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
idea_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "ideer");
}

enum err
ideas_get(struct req *rq, struct ideas *out)
{
	struct idea_view view = {.reader = IDEA_STAFF};
	return idea_list(rq->db, rq->arena, &rq->who, &view, out);
}

struct view_input_options_array
idea_options(struct req *rq, const struct ideas *all)
{
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct idea *idea = &all->list[i];
		if (!idea->combined)
			list[n++] = (struct view_input_options){
			    .value = idea->record.id_text,
			    .label = idea->title};
	}
	return (struct view_input_options_array){list, n};
}

void
idea_of_voice(struct req *rq, const struct plan *plan,
    const struct contribution *c, struct str *href, struct str *action)
{
	bool fits = str_eq(c->kind, S("idea")) || str_eq(c->kind, S("wish")) ||
	    str_eq(c->kind, S("challenge"));
	if (plan_find(plan, KIND_IDEA, c->id) != NULL)
		*href = idea_href(rq, c->id, "");
	else if (fits && actor_may(&rq->who, CAP_EDIT))
		*action = STR_JOIN(rq->arena, req_network_path(rq, "/stemmer/"),
		    id_text(rq->arena, c->id), S("/ide"));
}

struct str
idea_state(struct req *rq, const struct idea *idea)
{
	return person_choice(
	    rq, idea_states, record_value(&idea->record, "state"));
}

struct str
idea_state_plain(struct req *rq, const struct idea *idea)
{
	return person_choice(
	    rq, plain_states, record_value(&idea->record, "state"));
}

struct str
idea_scope_key(struct req *rq, int64_t scope)
{
	return scope < 0 ? S("") : str_fmt(rq->arena, "%d", (int)scope);
}

int64_t
idea_scope_typed(struct req *rq)
{
	int64_t scope;
	return str_int(req_form(rq, S("scope")), &scope) ? scope : -1;
}

struct str
idea_told(struct req *rq, int64_t scope)
{
	return STR_JOIN(rq->arena, req_tr(rq, N_("Who may read your idea?")),
	    S(" "), person_choice(rq, idea_readers, idea_scope_key(rq, scope)));
}
