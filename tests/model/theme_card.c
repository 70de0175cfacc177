/* SPDX-License-Identifier: MPL-2.0 */

/* The theme told to one target group (S52). */
#include "model/theme_card.h"

#include "base/buf.h"
#include "tests/model/fixture.h"

static const struct date TODAY = {2026, 11, 24};

static struct plan
load(struct world *w)
{
	struct plan plan;
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, &plan));
	return plan;
}

static struct record
group_new(struct world *w, const char *name)
{
	struct record r = world_record(w, KIND_GROUP);
	record_set(&r, "name", str_c(name));
	record_set(&r, "state", S("chosen"));
	world_save(w, &r);
	return r;
}

static struct record
card_new(struct world *w, const struct record *group)
{
	struct record r = world_record(w, KIND_CARD);
	record_set(&r, "target_group", group->id_text);
	return r;
}

static void
set_single(
    struct world *w, enum record_kind kind, const char *field, const char *text)
{
	struct record r = world_record(w, kind);
	record_set(&r, field, str_c(text));
	world_save(w, &r);
}

/* guide:S52 with an empty plan each part is the fill-in sentence, and named as a
 * gap; each has a heading that asks what a citizen would. */
TEST_DB(theme_card_of_an_empty_plan_is_all_gaps)
{
	struct world w;
	world_new(&w, arena, db);
	struct record group = group_new(&w, "Pårørende");
	struct record card = card_new(&w, &group);
	struct plan plan = load(&w);
	theme_card_begin(arena, &plan, 30, &card);
	struct theme_card c = theme_card_of(arena, &card, TODAY);
	CHECK_INT(c.gaps, THEME_CARD_PARTS);
	struct str text = theme_card_text(arena, &c);
	CHECK_HAS(
	    text, S("Hvad handler det om?\nVi vil gerne blive klogere på ..."));
	CHECK_HAS(text, S("Hvorfor dig?\nVi spørger dig, fordi du ..."));
	CHECK_HAS(text, S("Det tager ... minutter. Stedet er: ..."));
	CHECK_HAS(text,
	    S("Hvad sker der med det, du siger?\n"
	      "Det, du siger, bliver brugt til ..."));
	CHECK_HAS(text, S("Du må sige nej."));
	CHECK(theme_card_for(arena, &plan, group.id_text) == NULL);
}

/* guide:S52 what the plan says stands on it, and what only a person knows does
 * not. */
TEST_DB(theme_card_begins_with_what_the_plan_says)
{
	struct world w;
	world_new(&w, arena, db);
	struct record group = group_new(&w, "Pårørende");
	struct record other = group_new(&w, "Naboer");
	set_single(&w, KIND_NEED, "text", "I ved, hvordan natten er.");
	set_single(&w, KIND_SCOPE, "decision", "Hvem ringer I til om natten?");
	struct record theme = world_record(&w, KIND_THEME);
	record_set(&theme, "text", S("Det handler om natten."));
	world_save(&w, &theme);
	struct record act = world_record(&w, KIND_ACTIVITY);
	record_set(&act, "groups", group.id_text);
	record_set(&act, "minutes", S("45"));
	record_set(&act, "place", S("Biblioteket"));
	record_set(&act, "day", S("2026-12-01"));
	world_save(&w, &act);
	struct plan plan = load(&w);
	struct record card = card_new(&w, &group);
	theme_card_begin(arena, &plan, 30, &card);
	CHECK_STR(record_value(&card, "about"),
	    S("Det handler om natten.\n\nI ved, hvordan natten er.\n\nVi vil "
	      "gerne blive klogere på ..."));
	CHECK_STR(record_value(&card, "how"),
	    S("Det tager 45 minutter. Stedet er: Biblioteket."));
	CHECK_HAS(
	    record_value(&card, "use"), S("Hvem ringer I til om natten?"));
	CHECK_STR(record_value(&card, "hears_by"), S("2026-12-31"));
	struct theme_card c = theme_card_of(arena, &card, TODAY);
	CHECK_INT(c.gaps, 3); /* what about, why you, and whom to ring */
	CHECK(c.part[1].gap);
	CHECK(c.part[5].gap);
	/* Another group is not asked for the minutes of the first. */
	card = card_new(&w, &other);
	theme_card_begin(arena, &plan, 30, &card);
	CHECK_HAS(record_value(&card, "how"), S("..."));
	CHECK_STR(record_value(&card, "hears_by"), S(""));
}

TEST_DB(theme_card_keeps_what_is_typed)
{
	struct world w;
	world_new(&w, arena, db);
	struct record group = group_new(&w, "Pårørende");
	struct record card = card_new(&w, &group);
	record_set(&card, "why", S("Du har været der."));
	struct plan plan = load(&w);
	theme_card_begin(arena, &plan, 30, &card);
	CHECK_STR(record_value(&card, "why"), S("Du har været der."));
}

static struct record
whole(struct world *w, const struct record *group, const char *lang)
{
	struct record card = card_new(w, group);
	record_set(&card, "lang", str_c(lang));
	record_set(&card, "about", S("Natten."));
	record_set(&card, "why", S("Du har været der."));
	record_set(&card, "how", S("En time hjemme hos dig."));
	record_set(&card, "use", S("Til aftalen om natten."));
	record_set(&card, "hears_by", S("2027-01-15"));
	record_set(&card, "contact", S("Mette, 12 34 56 78"));
	world_save(w, &card);
	return card;
}

/* guide:S52 guide:S46 an invitation begins with the card of its group. */
TEST_DB(theme_card_becomes_an_invitation)
{
	struct world w;
	world_new(&w, arena, db);
	struct record group = group_new(&w, "Pårørende");
	struct record done = whole(&w, &group, "da");
	struct record later = card_new(&w, &group); /* newer, with gaps */
	record_set(&later, "why", S("Fordi du ..."));
	world_save(&w, &later);
	struct plan plan = load(&w);
	const struct record *card = theme_card_for(arena, &plan, group.id_text);
	CHECK(card != NULL && id_eq(card->id, done.id));
	struct record in = {.kind = KIND_INVITATION};
	record_set(&in, "more", S("Der er kaffe."));
	record_set(&in, "how", S("Hos naboen."));
	theme_card_invite(card, &in);
	CHECK_STR(record_value(&in, "about"), S("Natten."));
	CHECK_STR(record_value(&in, "how"), S("Hos naboen.")); /* typed */
	CHECK_STR(record_value(&in, "more"), S("Der er kaffe."));
	CHECK_STR(record_value(&in, "hears_by"), S("2027-01-15"));
	CHECK_STR(record_value(&in, "lang"), S("da"));
}

TEST_DB(theme_card_has_headings_in_its_own_language)
{
	struct world w;
	world_new(&w, arena, db);
	struct record group = group_new(&w, "Pårørende");
	struct record card = whole(&w, &group, "en");
	struct theme_card c = theme_card_of(arena, &card, TODAY);
	CHECK_INT(c.gaps, 0);
	CHECK_HAS(theme_card_text(arena, &c), S("Why you?"));
	CHECK_HAS(theme_card_text(arena, &c),
	    S("You hear from us by 15 January 2027."));
	/* The number to ring is no running text. */
	CHECK_LACKS(theme_card_prose(arena, &c), S("12 34 56 78"));
}

/* What is too long for a card is left out, and a day that is past is a gap. */
TEST_DB(theme_card_leaves_out_what_does_not_fit)
{
	struct world w;
	world_new(&w, arena, db);
	struct record group = group_new(&w, "Pårørende");
	struct buf b = buf_new(arena, 1000);
	for (int i = 0; i < 300; i++)
		buf_add(&b, S("å"));
	set_single(&w, KIND_NEED, "text", str_cstr(arena, buf_str(&b)));
	struct plan plan = load(&w);
	struct record card = card_new(&w, &group);
	theme_card_begin(arena, &plan, 30, &card);
	CHECK_STR(record_value(&card, "about"),
	    S("Vi vil gerne blive klogere på ..."));
	struct record done = whole(&w, &group, "da");
	CHECK_INT(theme_card_of(arena, &done, TODAY).gaps, 0);
	CHECK_INT(
	    theme_card_of(arena, &done, (struct date){2027, 1, 15}).gaps, 0);
	CHECK_INT(
	    theme_card_of(arena, &done, (struct date){2027, 1, 16}).gaps, 1);
}
