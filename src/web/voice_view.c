/* SPDX-License-Identifier: MPL-2.0 */
#include "web/voice_view.h"

#include "base/buf.h"
#include "web/person_view.h"
#include "web/shell.h"

struct str
voice_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/stemmer/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
voice_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "stemmer");
}

struct str
voice_who(struct req *rq, const struct contribution *c)
{
	struct arena *a = rq->arena;
	struct str day = lang_date(a, rq->lang, date_danish(c->at_us));
	struct str who = c->alias;
	if (c->number > 0)
		who = STR_JOIN(a, person_code(a, c->number), S(" "), who);
	return who.n > 0 ? req_tr2(rq, N_("%1, on %2"), who, day)
			 : req_tr1(rq, N_("On %1"), day);
}

struct str
voice_scope(struct req *rq, int64_t scope)
{
	return person_choice(
	    rq, contribution_scopes, str_fmt(rq->arena, "%d", (int)scope));
}

struct view_input_options_array
voice_options(struct req *rq, const struct plan *plan, enum record_kind kind)
{
	const struct records *all = &plan->of[kind];
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		list[i] =
		    (struct view_input_options){.value = all->list[i].id_text,
			.label = plan_title(plan, rq->arena, &all->list[i])};
	return (struct view_input_options_array){list, all->n};
}

bool
voice_is_ready(const struct contribution *c)
{
	return !str_eq(c->state, S("received")) &&
	    !str_eq(c->state, S("withdrawn"));
}
