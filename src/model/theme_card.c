/* SPDX-License-Identifier: MPL-2.0 */
#include "model/theme_card.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/sending.h"

enum { TEXT_BYTES = 16 * 1024, PLAN_TEXT = 260 /* of 600 in a field */ };

/* ---- as it is read ---- */

static const struct {
	const char *field, *heading;
} parts[THEME_CARD_PARTS] = {
    {"about", N_("What is it about?")},
    {"why", N_("Why you?")},
    {"how", N_("How long, and where?")},
    {"use", N_("What happens with what you say?")},
    {"hears_by", N_("When do you hear from us?")},
    {"contact", N_("Whom can you ring?")},
};

/* Nobody is told that they hear from us by a day that is past. */
static bool
is_past(const char *field, struct str value, struct date today)
{
	struct date date;
	return str_eq(str_c(field), S("hears_by")) &&
	    date_parse(value, &date) && date_cmp(date, today) < 0;
}

static bool
has_gap(struct str text)
{
	return text.n == 0 || str_find(text, S("...")) >= 0 ||
	    str_find(text, S("…")) >= 0;
}

/* A day is told in a sentence. */
static struct str
written(struct arena *a, enum lang lang, const char *field, struct str value)
{
	struct date date;
	if (!str_eq(str_c(field), S("hears_by")) || !date_parse(value, &date))
		return value;
	struct str day = lang_date(a, lang, date);
	return tr_fill(a, tr(lang, N_("You hear from us by %1.")), &day, 1);
}

struct theme_card
theme_card_of(struct arena *a, const struct record *r, struct date today)
{
	struct theme_card c = {.lang = invitation_lang(r)};
	for (int i = 0; i < THEME_CARD_PARTS; i++) {
		struct str value = record_value(r, parts[i].field);
		c.part[i] = (struct theme_card_part){.field = parts[i].field,
		    .heading = tr(c.lang, parts[i].heading),
		    .text = written(a, c.lang, parts[i].field, value),
		    .gap = has_gap(value) ||
			is_past(parts[i].field, value, today)};
		c.gaps += c.part[i].gap;
	}
	c.free_to = tr(c.lang,
	    N_("You may say no. You may stop when you like. It has no effect "
	       "on the help you get."));
	return c;
}

static void
add_paragraph(struct buf *b, struct str text)
{
	if (text.n == 0)
		return;
	if (b->n > 0)
		buf_add(b, S("\n\n"));
	buf_add(b, text);
}

struct str
theme_card_text(struct arena *a, const struct theme_card *c)
{
	struct buf b = buf_new(a, TEXT_BYTES);
	for (int i = 0; i < THEME_CARD_PARTS; i++) {
		add_paragraph(&b, c->part[i].heading);
		buf_byte(&b, '\n');
		buf_add(&b, c->part[i].text);
	}
	add_paragraph(&b, c->free_to);
	buf_byte(&b, '\n');
	return buf_str(&b);
}

struct str
theme_card_prose(struct arena *a, const struct theme_card *c)
{
	struct buf b = buf_new(a, TEXT_BYTES);
	for (int i = 0; i < THEME_CARD_PARTS; i++) {
		if (!str_eq(str_c(c->part[i].field), S("contact")))
			add_paragraph(&b, c->part[i].text);
	}
	add_paragraph(&b, c->free_to);
	return buf_str(&b);
}

/* ---- how it begins ---- */

struct draft {
	struct arena *arena;
	const struct plan *plan;
	enum lang lang;
	struct record *card;
};

static void
fill(const struct draft *d, const char *field, struct str text)
{
	if (record_value(d->card, field).n == 0)
		record_set(d->card, field, text);
}

static struct str
say(const struct draft *d, const char *msgid)
{
	return tr(d->lang, msgid);
}

static struct str
single(const struct draft *d, enum record_kind kind, const char *field)
{
	const struct record *r = plan_single(d->plan, kind);
	return r == NULL ? S("") : record_value(r, field);
}

/* Adds it where it fits; what is longer is no text for a card. */
static void
add_if_short(struct buf *b, struct str text)
{
	if (utf8_length(text) <= PLAN_TEXT)
		add_paragraph(b, text);
}

/* The theme and what the network needs people for (S46), as the plan says it:
 * of people, perhaps, and not to them.  So a gap follows, and somebody reads
 * it. */
static void
begin_about(const struct draft *d)
{
	struct buf b = buf_new(d->arena, TEXT_BYTES);
	const struct record *theme = plan_theme(d->plan);
	if (theme != NULL)
		add_if_short(&b, record_value(theme, "text"));
	add_if_short(&b, single(d, KIND_NEED, "text"));
	add_paragraph(&b, say(d, N_("We would like to learn more about ...")));
	fill(d, "about", buf_str(&b));
}

static bool
is_ahead(const struct record *activity)
{
	struct str state = record_value(activity, "state");
	return str_eq(state, S("planned")) || str_eq(state, S("ethics_ok")) ||
	    str_eq(state, S("invited"));
}

/* The first activity with the group that is not held yet, or NULL. */
static const struct record *
activity_of(const struct draft *d)
{
	struct id id, group;
	const struct records *all = &d->plan->of[KIND_ACTIVITY];
	if (!id_parse(record_value(d->card, "target_group"), &group))
		return NULL;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct str groups = record_value(&all->list[i], "groups");
		while (is_ahead(&all->list[i]) && record_next_ref(&groups, &id))
			if (id_eq(id, group))
				return &all->list[i];
	}
	return NULL;
}

static void
begin_how(const struct draft *d, const struct record *activity)
{
	struct str args[2] = {S("..."), S("...")};
	if (activity != NULL && record_number(activity, "minutes") > 0)
		args[0] = record_value(activity, "minutes");
	if (activity != NULL && record_value(activity, "place").n > 0)
		args[1] = record_value(activity, "place");
	fill(d, "how",
	    tr_fill(d->arena,
		say(d, N_("It takes %1 minutes. The place is: %2.")), args, 2));
}

static void
begin_use(const struct draft *d)
{
	struct str decision = single(d, KIND_SCOPE, "decision");
	fill(d, "use",
	    decision.n == 0 || utf8_length(decision) > 2 * PLAN_TEXT
		? say(d, N_("What you say is used for ..."))
		: tr_fill(d->arena,
		      say(d,
			  N_("What you say is used when this is decided: %1")),
		      &decision, 1));
}

static void
begin_answer(
    const struct draft *d, const struct record *activity, int64_t answer_days)
{
	struct date day;
	if (activity == NULL || answer_days <= 0 ||
	    !date_parse(record_value(activity, "day"), &day))
		return;
	day = date_from_days(date_days(day) + answer_days);
	if (date_cmp(day, d->plan->today) < 0)
		return;
	fill(d, "hears_by", date_iso(d->arena, day));
}

/* Whom people were told to ring before. */
static void
begin_contact(const struct draft *d)
{
	static const enum record_kind kinds[] = {KIND_CARD, KIND_INVITATION};
	for (ptrdiff_t k = 0; k < COUNT_OF(kinds); k++) {
		const struct records *all = &d->plan->of[kinds[k]];
		if (all->n > 0)
			fill(d, "contact",
			    record_value(&all->list[all->n - 1], "contact"));
	}
}

void
theme_card_begin(struct arena *a, const struct plan *plan, int64_t answer_days,
    struct record *card)
{
	struct draft d = {a, plan, invitation_lang(card), card};
	const struct record *activity = activity_of(&d);
	begin_about(&d);
	fill(&d, "why", say(&d, N_("We ask you because you ...")));
	begin_how(&d, activity);
	begin_use(&d);
	begin_answer(&d, activity, answer_days);
	begin_contact(&d);
}

/* ---- into an invitation ---- */

const struct record *
theme_card_for(struct arena *a, const struct plan *plan, struct str group)
{
	const struct records *all = &plan->of[KIND_CARD];
	for (ptrdiff_t i = all->n - 1; i >= 0; i--) {
		const struct record *r = &all->list[i];
		if (str_eq(record_value(r, "target_group"), group) &&
		    theme_card_of(a, r, plan->today).gaps == 0)
			return r;
	}
	return NULL;
}

void
theme_card_invite(const struct record *card, struct record *invitation)
{
	static const char *const same[] = {"target_group", "about", "why",
	    "how", "use", "hears_by", "contact"};
	for (ptrdiff_t i = 0; i < COUNT_OF(same); i++) {
		if (record_value(invitation, same[i]).n == 0)
			record_set(
			    invitation, same[i], record_value(card, same[i]));
	}
	record_set(invitation, "lang", record_value(card, "lang"));
}
