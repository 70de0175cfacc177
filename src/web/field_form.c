/* SPDX-License-Identifier: MPL-2.0 */
#include "web/field_form.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "http/forms.h"
#include "model/consent.h"

enum { TOLD_MOST = 2000, WORDS_ROWS = 6 };

/* ---- what is asked ---- */

static struct view_inputs
words_inputs(struct req *rq)
{
	const struct input in[] = {
	    {.kind = INPUT_TEXT,
		.name = "original",
		.label = N_("What was said, word for word"),
		.hint = N_("No names of other people, and no CPR number. "
			   "Nothing, if you record it."),
		.optional = true,
		.rows = WORDS_ROWS},
	    {.kind = INPUT_SELECT,
		.name = "kind",
		.label = N_("Kind"),
		.value = S("observation"),
		.choices = contribution_kinds},
	    {.kind = INPUT_LINE,
		.name = "code",
		.label = N_("The person's number"),
		.hint = N_("As on their letter: K-1842."),
		.optional = true},
	};
	ptrdiff_t n =
	    actor_may(&rq->who, CAP_ASK) ? COUNT_OF(in) : COUNT_OF(in) - 1;
	return inputs_view(rq, in, n);
}

/* Each with the sentence that is read out. */
static struct view_input_options_array
scope_options(struct req *rq)
{
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, SCOPES);
	for (int i = 0; i < SCOPES; i++)
		list[i] = (struct view_input_options){
		    .value = str_c(contribution_scopes[i].key),
		    .label = req_tr(rq, contribution_scopes[i].label),
		    .text = consent_text(rq->arena, rq->lang, i)};
	return (struct view_input_options_array){list, SCOPES};
}

/* Nothing of it is chosen beforehand (trust P02). */
static struct view_inputs
consent_inputs(struct req *rq)
{
	const struct input in[] = {
	    {.kind = INPUT_RADIO,
		.name = "scope",
		.label = N_("Who may read it"),
		.options = scope_options(rq)},
	    {.kind = INPUT_RADIO,
		.name = "anonymity",
		.label = N_("How the person is named"),
		.choices = contribution_anonymities},
	    {.kind = INPUT_RADIO,
		.name = "basis",
		.label = N_("Why we may keep it"),
		.choices = contribution_bases},
	    {.kind = INPUT_TICK,
		.name = "child",
		.label = N_("The person is under 15")},
	    {.kind = INPUT_SELECT,
		.name = "given_by",
		.label = N_("Who said yes"),
		.value = S("self"),
		.choices = contribution_givers},
	};
	return inputs_view(rq, in, COUNT_OF(in));
}

static struct view_inputs
media_inputs(struct req *rq)
{
	const struct input in[] = {
	    {.kind = INPUT_TICK,
		.name = "sound",
		.label = N_("The person says yes to a recording of their "
			    "voice")},
	    {.kind = INPUT_TICK,
		.name = "photo",
		.label = N_("The person says yes to a photo, and so does "
			    "everybody in it")},
	};
	return inputs_view(rq, in, COUNT_OF(in));
}

struct field_inputs
field_form_inputs(struct req *rq)
{
	return (struct field_inputs){
	    words_inputs(rq), consent_inputs(rq), media_inputs(rq)};
}

/* ---- what came ---- */

static struct str
value(const struct http_pairs *form, const char *name)
{
	return str_trim(http_get(*form, str_c(name)));
}

/* "K-1842", "k 1842", "1842"; 0: no number. */
static int64_t
number_of(struct str code)
{
	int64_t n = 0;
	while (code.n > 0 && (code.p[0] < '0' || code.p[0] > '9'))
		code = str_sub(code, 1, code.n);
	return str_int(code, &n) ? n : 0;
}

static enum err
find_person(struct req *rq, struct str code, struct field_form *f)
{
	struct person_page page;
	int64_t number = number_of(code);
	if (code.n == 0 || !actor_may(&rq->who, CAP_ASK))
		return ERR_OK;
	f->faults.person = N_("That one is no longer there. Choose another.");
	if (number <= 0)
		return ERR_OK;
	enum err e = person_list(rq->db, rq->arena, &rq->who,
	    &(struct person_filter){.after = number - 1, .max = 1}, &page);
	if (e != ERR_OK || page.n == 0 || page.list[0].number != number)
		return e;
	f->c.person = page.list[0].id;
	f->faults.person = NULL;
	return ERR_OK;
}

/* The phone's clock is believed within the day alone. */
static struct str
said_at(
    struct req *rq, const struct http_pairs *form, const struct field_day *day)
{
	int64_t ms = 0;
	if (!str_int(value(form, "at"), &ms) || ms < day->made_us / 1000 ||
	    ms > rq->http->now_us / 1000)
		return S("");
	struct civil c = civil_danish(ms * 1000);
	struct str clock =
	    str_fmt(rq->arena, "%02d.%02d", (int)c.hour, (int)c.minute);
	return req_tr2(rq, "Said in the field on %1 at %2.",
	    lang_date(rq->arena, rq->lang, date_danish(ms * 1000)), clock);
}

/* The words that the phone showed; a phone that sends none gets ours. */
static struct str
told_of(struct req *rq, const struct http_pairs *form,
    const struct field_day *day, int64_t scope)
{
	struct str told = utf8_cut(value(form, "told"), TOLD_MOST);
	if (told.n == 0 || cpr_find(told).n > 0)
		told = consent_text(rq->arena, rq->lang, scope);
	struct str at = said_at(rq, form, day);
	return str_trim(STR_JOIN(rq->arena, told, S(" "), at));
}

static struct str
allows_of(struct req *rq, const struct http_pairs *form)
{
	return str_trim(STR_JOIN(rq->arena,
	    value(form, "sound").n > 0 ? S("sound ") : S(""),
	    value(form, "photo").n > 0 ? S("photo") : S("")));
}

static struct contribution
contribution_of(struct req *rq, const struct field_item *item,
    const struct http_pairs *form, const struct field_day *day)
{
	struct contribution c = {.id = item->voice,
	    .original = value(form, "original"),
	    .kind = value(form, "kind"),
	    .teller = S("staff"),
	    .activity = day->activity,
	    .group = day->group,
	    .basis = value(form, "basis"),
	    .anonymity = value(form, "anonymity"),
	    .given_by = value(form, "given_by")};
	if (!str_int(value(form, "scope"), &c.scope))
		c.scope = -1;
	if (c.original.n == 0 && value(form, "with").n > 0)
		c.original = req_tr(rq,
		    "Recorded in the field. What it says is not written down "
		    "yet.");
	return c;
}

/* R4 of somebody who has no code, whose age stands nowhere. */
static void
check_child(const struct http_pairs *form, struct field_form *f)
{
	bool grown = str_eq(f->c.given_by, S("parent")) ||
	    str_eq(f->c.given_by, S("guardian"));
	if (value(form, "child").n > 0 && !grown &&
	    str_eq(f->c.basis, S("consent")))
		f->faults.given_by = N_("The person is under 15. A parent or "
					"guardian says yes.");
}

enum err
field_form_read(struct req *rq, const struct field_item *item, struct str words,
    struct field_form *f)
{
	struct http_pairs form;
	struct field_day day;
	struct field_form found = {0};
	*f = (struct field_form){0};
	if (form_parse_urlencoded(rq->arena, words, &form) != ERR_OK)
		return ERR_INVALID;
	enum err e =
	    field_day_get(rq->db, rq->arena, &rq->who, item->day, &day);
	if (e != ERR_OK)
		return e;
	f->c = contribution_of(rq, item, &form, &day);
	found.c = f->c;
	e = find_person(rq, value(&form, "code"), &found);
	f->c.person = found.c.person;
	if (e == ERR_OK)
		e = contribution_check(
		    rq->db, rq->arena, &rq->who, &f->c, &f->faults);
	if (found.faults.person != NULL)
		f->faults.person = found.faults.person;
	check_child(&form, f);
	f->names = contribution_names(rq->arena, f->c.original);
	f->told = told_of(rq, &form, &day, f->c.scope);
	f->allows = allows_of(rq, &form);
	return e;
}

bool
field_form_is_whole(const struct field_form *f)
{
	return !f->faults.any && f->faults.person == NULL &&
	    f->faults.given_by == NULL && f->names.n == 0;
}
