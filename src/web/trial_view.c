/* SPDX-License-Identifier: MPL-2.0 */
#include "web/trial_view.h"

#include "base/buf.h"
#include "web/shell.h"

const struct choice trial_note_ways[] = {
    {"paper", N_("On paper")},
    {"phone", N_("By phone")},
    {"met", N_("Face to face")},
    {0},
};

struct str
trial_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/proever/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
trial_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "ideer");
}

enum err
trial_of(struct req *rq, const struct actor *who, struct trial *out)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? trial_get(rq->db, rq->arena, who, id, out) : e;
}

static struct str
day_of(struct req *rq, const struct trial *t, const char *field)
{
	struct date day;
	return date_parse(record_value(&t->record, field), &day)
	    ? lang_date(rq->arena, rq->lang, day)
	    : S("");
}

struct str
trial_when(struct req *rq, const struct trial *t)
{
	struct str from = day_of(rq, t, "starts"), to = day_of(rq, t, "ends");
	if (from.n == 0)
		return to.n == 0 ? S("") : req_tr1(rq, "Until %1", to);
	if (to.n == 0)
		return req_tr1(rq, "From %1", from);
	return STR_JOIN(rq->arena, from, S(" – "), to);
}

struct str
trial_tally(struct req *rq, const struct trial_count *c)
{
	struct buf b = buf_new(rq->arena, 500);
	if (c->people == 0)
		return req_tr(rq, "Nobody has answered.");
	if (c->people < 0)
		return req_tr(
		    rq, "So few have answered that the numbers are hidden.");
	for (int i = 0; i < TRIAL_ANSWERS; i++) {
		buf_add(&b, i > 0 ? S(" · ") : S(""));
		buf_add(&b, req_tr(rq, trial_answers[i].label));
		buf_add(&b, S(": "));
		buf_add(&b,
		    c->of[i] < 0 ? req_tr(rq, "hidden")
				 : lang_int(rq->arena, rq->lang, c->of[i]));
	}
	return req_tr2(rq, "%1 (%2 have answered)", buf_str(&b),
	    lang_int(rq->arena, rq->lang, c->people));
}

/* ---- answering ---- */

static const char *
name_of(struct req *rq, const struct trial_goal *g)
{
	return str_cstr(
	    rq->arena, str_fmt(rq->arena, "m-%lld", (long long)g->number));
}

ptrdiff_t
trial_inputs(struct req *rq, const struct trial *t, const struct trial_reply *r,
    struct input *out)
{
	for (ptrdiff_t i = 0; i < t->n_goals; i++)
		out[i] = (struct input){.kind = INPUT_RADIO,
		    .name = name_of(rq, &t->goal[i]),
		    .words = t->goal[i].goal,
		    .value = r->answer[i],
		    .optional = true,
		    .choices = trial_answers};
	return t->n_goals;
}

void
trial_typed(struct req *rq, const struct trial *t, struct trial_reply *out)
{
	for (ptrdiff_t i = 0; i < TRIAL_GOALS; i++)
		out->answer[i] = i < t->n_goals
		    ? req_form(rq, str_c(name_of(rq, &t->goal[i])))
		    : S("");
}
