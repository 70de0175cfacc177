/* SPDX-License-Identifier: MPL-2.0 */
#include "web/measure_view.h"

#include "base/buf.h"
#include "model/setting.h"
#include "web/shell.h"
#include "web/site.h"

const struct choice measure_marks[] = {
    {"1", N_("1 - not at all")},
    {"2", N_("2 - a little")},
    {"3", N_("3 - in between")},
    {"4", N_("4 - a good deal")},
    {"5", N_("5 - completely")},
    {"6", N_("I do not know")},
    {0},
};

struct str
measure_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/maalinger/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
measure_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "ideer");
}

enum err
measure_of(struct req *rq, const struct actor *who, struct measure *out)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? measure_get(rq->db, rq->arena, who, id, out) : e;
}

struct str
measure_state(struct req *rq, const struct measure *m)
{
	const struct measure_round *now = measure_now(m);
	if (!m->begun)
		return req_tr(rq, "Draft");
	if (now == NULL)
		return req_tr(rq, "No round is open");
	return req_tr1(rq, "%1 is open",
	    measure_round_name(rq->arena, rq->lang, m, now->number));
}

enum err
measure_k(struct req *rq, const struct actor *who, int64_t *k)
{
	struct settings_now now;
	enum err e = setting_list(rq->db, rq->arena, who, &now);
	*k = e == ERR_OK ? setting_number(&now, S("r13_pairs")) : 0;
	return e;
}

struct str
measure_address(struct req *rq, const struct measure *m)
{
	return STR_JOIN(rq->arena, site_url(rq->site, rq->arena, rq->org),
	    S("/maaling/"), m->record.id_text);
}

struct str
measure_then(struct req *rq, const struct measure *m)
{
	struct date since;
	if (m->design != MEASURE_RETROSPECTIVE ||
	    !date_parse(record_value(&m->record, "since"), &since))
		return S("");
	return req_tr1(rq,
	    "Think of the time before %1. What was it like then?",
	    lang_date(rq->arena, rq->lang, since));
}

/* ---- the form ---- */

static const char *
field_name(struct req *rq, char half, ptrdiff_t i)
{
	return str_cstr(rq->arena, str_fmt(rq->arena, "%c%td", half, i + 1));
}

static struct view_inputs
half_fields(struct req *rq, const struct measure *m, char half,
    const int8_t *marks, const struct input *last)
{
	struct input in[MEASURE_ITEMS + 1];
	for (ptrdiff_t i = 0; i < m->n_items; i++)
		in[i] = (struct input){.kind = INPUT_RADIO,
		    .name = field_name(rq, half, i),
		    .words = measure_item_text(&m->item[i], rq->lang),
		    .optional = true,
		    .value = marks[i] == 0 ? S("")
					   : str_fmt(rq->arena, "%d", marks[i]),
		    .choices = measure_marks};
	if (last != NULL)
		in[m->n_items] = *last;
	return inputs_view(rq, in, m->n_items + (last != NULL));
}

struct measure_fields
measure_fields(struct req *rq, const struct measure *m,
    const struct measure_reply *r, const char *words_fault)
{
	struct measure_fields f = {0};
	const struct input words = {.kind = INPUT_TEXT,
	    .name = "ord",
	    .label = N_("What is the biggest difference, if there is one?"),
	    .hint = N_("Do not write names or CPR numbers."),
	    .optional = true,
	    .value = r->words,
	    .fault = words_fault};
	if (m->design == MEASURE_RETROSPECTIVE)
		f.thens = half_fields(rq, m, 't', r->then, NULL);
	f.nows = half_fields(rq, m, 'n', r->now, m->asks_words ? &words : NULL);
	return f;
}

static int8_t
mark_in(struct req *rq, char half, ptrdiff_t i)
{
	int64_t n;
	struct str text = req_form(rq, str_c(field_name(rq, half, i)));
	return str_int(text, &n) && n >= 0 && n <= MEASURE_DONT_KNOW ? (int8_t)n
								     : 0;
}

struct measure_reply
measure_posted(struct req *rq, const struct measure *m)
{
	struct measure_reply r = {0};
	for (ptrdiff_t i = 0; i < m->n_items; i++) {
		if (m->design == MEASURE_RETROSPECTIVE)
			r.then[i] = mark_in(rq, 't', i);
		r.now[i] = mark_in(rq, 'n', i);
	}
	if (m->asks_words)
		r.words = req_form(rq, S("ord"));
	return r;
}
