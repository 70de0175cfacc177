/* SPDX-License-Identifier: MPL-2.0 */

/* Options of a round from the ideas of the board. */
#include "base/buf.h"
#include "model/idea.h"
#include "web/input.h"
#include "web/page_round.h"
#include "web/pages.h"

static const char *
field_of(struct req *rq, const char *what, const struct idea *idea)
{
	return str_cstr(rq->arena,
	    STR_JOIN(rq->arena, str_c(what), S("-"), idea->record.id_text));
}

/* What an idea costs is a line of words; a number in it is offered. */
static struct str
price_of(struct req *rq, const struct idea *idea, bool sent, const char *name)
{
	int64_t cost;
	struct str words = record_value(&idea->record, "cost");
	if (sent)
		return req_form(rq, str_c(name));
	return round_cost_read(rq->arena, words, &cost) && cost > 0
	    ? str_fmt(rq->arena, "%lld", (long long)cost)
	    : S("");
}

/* Reads one row, and makes its fields again; gives how many those are. */
static ptrdiff_t
add_row(struct req *rq, const struct round *r, const struct idea *idea,
    struct round_ideas_form *form, struct input *in)
{
	const char *tick = field_of(rq, "ide", idea);
	const char *price = field_of(rq, "pris", idea);
	bool sent = rq->http->method == HTTP_POST;
	bool ticked = sent && req_form(rq, str_c(tick)).n > 0;
	struct round_pick pick = {idea->record.id, 0};
	in[0] = (struct input){.kind = INPUT_TICK,
	    .name = tick,
	    .words = idea->title,
	    .value = ticked ? S("1") : S(""),
	    .optional = true};
	if (round_has_costs(r)) {
		struct str typed = price_of(rq, idea, sent, price);
		bool read = round_cost_read(rq->arena, typed, &pick.cost);
		bool bad = ticked && (!read || pick.cost < 1);
		in[1] = (struct input){.kind = INPUT_LINE,
		    .name = price,
		    .words = req_tr1(
			rq, "The price of \"%1\" in kroner", idea->title),
		    .value = typed,
		    .optional = true,
		    .fault = bad ? N_("Write the price as a number, such as "
				      "12.000.")
				 : NULL};
		form->bad = form->bad || bad;
	}
	if (ticked)
		form->picks.list[form->picks.n++] = pick;
	return round_has_costs(r) ? 2 : 1;
}

enum err
round_ideas_form(
    struct req *rq, const struct round *r, struct round_ideas_form *out)
{
	struct ideas all;
	ptrdiff_t n = 0;
	*out = (struct round_ideas_form){0};
	enum err e = round_ideas(rq->db, rq->arena, &rq->who, r, &all);
	if (e != ERR_OK)
		return e;
	struct input *in = arena_new(rq->arena, struct input, 2 * all.n);
	out->picks.list = arena_new(rq->arena, struct round_pick, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		n += add_row(rq, r, &all.list[i], out, &in[n]);
	out->n = all.n;
	out->inputs = inputs_view(rq, in, n);
	return ERR_OK;
}

/* POST /netvaerk/N/prioritering/ID/muligheder/ideer */
enum err
page_round_ideas(struct req *rq)
{
	struct round r;
	struct round_ideas_form form;
	struct round_form back = {0};
	enum err e = round_of(rq, &rq->who, &r);
	if (e == ERR_OK && r.state != ROUND_DRAFT)
		e = ERR_CONFLICT;
	if (e == ERR_OK)
		e = round_ideas_form(rq, &r, &form);
	if (e != ERR_OK)
		return e;
	if (form.picks.n == 0)
		back.ideas_fault = N_("Tick at least one idea.");
	if (form.bad || back.ideas_fault != NULL)
		return round_page(rq, &r, &back);
	e = round_options_ideas(rq->db, rq->arena, &rq->who, &r, &form.picks);
	if (e == ERR_TOO_LARGE) {
		back.ideas_fault =
		    N_("There are more options than a round may have.");
		return round_page(rq, &r, &back);
	}
	return e == ERR_OK ? round_back(rq, &r) : e;
}
