/* SPDX-License-Identifier: MPL-2.0 */

/* Theme cards, and the plans for what comes after, as pages and as files. */
#include "tests/report/help.h"
#include "tests/web/site.h"

static struct record
save(struct web *w, enum record_kind kind, const char *field, const char *text)
{
	struct record r = world_record(&w->world, kind);
	record_set(&r, field, str_c(text));
	world_save(&w->world, &r);
	return r;
}

static void
set(struct web *w, struct record *r, const char *field, struct str value)
{
	record_set(r, field, value);
	world_save(&w->world, r);
}

static struct str
body(struct web *w, const char *rest)
{
	struct reply r = web_get(w, web_path(w, rest));
	CHECK_INT(r.status, 200);
	return r.body;
}

/* ---- theme cards ---- */

static struct str
card_path(struct web *w, const struct record *card, const char *rest)
{
	struct arena *a = w->world.arena;
	return STR_JOIN(
	    a, web_path(w, "/temakort/"), card->id_text, str_c(rest));
}

/* guide:S52 a chosen group has none; its form begins with the plan, and what
 * was left open is named and stops the file. */
TEST_DB(card_is_begun_finished_and_handed_out)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	CHECK_HAS(body(&w, "/temakort"), S("Der er ikke valgt en målgruppe."));
	struct record group = save(&w, KIND_GROUP, "name", "Pårørende");
	CHECK_LACKS(body(&w, "/temakort"), S("intet kort endnu"));
	set(&w, &group, "state", S("chosen"));
	(void)save(&w, KIND_NEED, "text", "I ved, hvordan natten er.");
	CHECK_HAS(body(&w, "/temakort"), S("intet kort endnu"));
	struct str form = STR_JOIN(arena, web_path(&w, "/temakort"),
	    S("?ny=temakort&target_group="), group.id_text);
	struct reply r = web_get(&w, form);
	CHECK_HAS(r.body, S("I ved, hvordan natten er."));
	CHECK_HAS(r.body, S("Vi spørger dig, fordi du ..."));

	struct record card = world_record(&w.world, KIND_CARD);
	record_set(&card, "target_group", group.id_text);
	record_set(&card, "about", S("Det handler om natten."));
	record_set(&card, "why", S("Vi spørger dig, fordi du ..."));
	record_set(&card, "how", S("En time hjemme hos dig."));
	record_set(&card, "use", S("Det bliver brugt til en aftale."));
	record_set(&card, "hears_by", S("2027-01-15"));
	record_set(&card, "contact", S("Mette, 12 34 56 78"));
	world_save(&w.world, &card);
	CHECK_HAS(body(&w, "/temakort"), S("1 mangler"));
	r = web_get(&w, card_path(&w, &card, ""));
	CHECK_HAS(r.body, S("Kortet er ikke færdigt"));
	CHECK_HAS(r.body, S("?ret=temakort."));
	CHECK_HAS(r.body, S("Lix "));
	CHECK_LACKS(r.body, S("fil.pdf"));
	CHECK_INT(web_get(&w, card_path(&w, &card, "/fil.txt")).status, 409);
	CHECK_INT(web_get(&w, card_path(&w, &card, "/fil.pdf")).status, 409);

	set(&w, &card, "why", S("Du har været der om natten."));
	r = web_get(&w, card_path(&w, &card, ""));
	CHECK_LACKS(r.body, S("Kortet er ikke færdigt"));
	r = web_get(&w, card_path(&w, &card, "/fil.txt"));
	CHECK_HAS(r.body, S("Hvorfor dig?\nDu har været der om natten."));
	CHECK_HAS(r.body, S("Du hører fra os senest 15. januar 2027."));
	CHECK(str_starts(
	    web_get(&w, card_path(&w, &card, "/fil.pdf")).body, S("%PDF")));
	CHECK(str_starts(
	    web_get(&w, card_path(&w, &card, "/fil.odt")).body, S("PK")));
}

/* guide:S51 to who may be vulnerable a text of LIX 24 is the aim. */
TEST_DB(card_is_measured_against_its_own_readers)
{
	const struct str text =
	    S("Vi mødes på biblioteket en eftermiddag, og der er kaffe og kage "
	      "til alle dem, der kommer, og du kan tage en ven eller en nabo "
	      "med, hvis du har lyst til det.");
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct record group = save(&w, KIND_GROUP, "name", "Pårørende");
	struct record card = world_record(&w.world, KIND_CARD);
	record_set(&card, "target_group", group.id_text);
	record_set(&card, "about", text);
	record_set(&card, "why", text);
	record_set(&card, "use", text);
	world_save(&w.world, &card);
	CHECK_LACKS(web_get(&w, card_path(&w, &card, "")).body,
	    S("De tungeste sætninger:"));
	set(&w, &group, "vulnerability", S("yes"));
	CHECK_HAS(web_get(&w, card_path(&w, &card, "")).body,
	    S("De tungeste sætninger:"));
}

/* guide:S52 the invitation page knows whether there is a card. */
TEST_DB(invitation_begins_with_the_card)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct record group = save(&w, KIND_GROUP, "name", "Pårørende");
	struct record act = save(&w, KIND_ACTIVITY, "title", "Kaffe");
	set(&w, &act, "groups", group.id_text);
	struct str path = STR_JOIN(arena, web_path(&w, "/aktiviteter/"),
	    act.id_text, S("/invitation"));
	CHECK_HAS(web_get(&w, path).body, S("Skriv først et temakort til"));
	struct record card = world_record(&w.world, KIND_CARD);
	record_set(&card, "target_group", group.id_text);
	static const char *const fields[] = {"about", "why", "how", "use"};
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&card, fields[i], S("Natten er lang for jer."));
	record_set(&card, "hears_by", S("2027-01-15"));
	record_set(&card, "contact", S("Mette, 12 34 56 78"));
	world_save(&w.world, &card);
	CHECK_HAS(
	    web_get(&w, path).body, S("Begynd med temakortet til Pårørende"));
	struct reply r = web_get(&w,
	    STR_JOIN(arena, path, S("?ny=invitation&activity="), act.id_text,
		S("&target_group="), group.id_text));
	CHECK_HAS(r.body, S("Natten er lang for jer."));
	CHECK_HAS(r.body, S("Mette, 12 34 56 78"));
}

/* ---- judging and spreading ---- */

static struct record
idea(struct web *w, const char *title, const char *state)
{
	struct record r = world_record(&w->world, KIND_IDEA);
	record_set(&r, "title", str_c(title));
	world_save(&w->world, &r);
	world_set_state(&w->world, &r, state);
	return r;
}

/* guide:S29 guide:S8 what is measured, tried, decided, and by whom it is
 * judged; an idea in use that nobody measures stands apart. */
TEST_DB(evaluation_plan_is_put_together_and_names_what_is_missing)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct str page = body(&w, "/evaluering");
	CHECK_HAS(page, S("Der er ikke skrevet noget endnu."));
	CHECK_HAS(page, S("Der måles ikke noget."));
	CHECK_HAS(page, S("Ingen har en rolle i at evaluere."));
	struct record lamps = idea(&w, "Fire lamper på stien", "running");
	(void)idea(&w, "En bænk", "new");
	page = body(&w, "/evaluering");
	CHECK_HAS(page, S(">Fire lamper på stien</a>"));
	CHECK_LACKS(page, S("En bænk"));

	struct record m = world_record(&w.world, KIND_MEASURE);
	record_set(&m, "title", S("Tryghed på stien"));
	record_set(&m, "idea", lamps.id_text);
	world_save(&w.world, &m);
	(void)save(&w, KIND_DECISION, "title", "Lys ved skolen");
	struct record judge = world_record(&w.world, KIND_CELL);
	record_set(&judge, "coform", S("co_assessment"));
	record_set(&judge, "own_role", S("Den, der går der"));
	world_save(&w.world, &judge);
	(void)save(&w, KIND_EVALUATION, "aim", "Om folk tør gå der.");
	page = body(&w, "/evaluering");
	CHECK_LACKS(page, S(">Fire lamper på stien</a>")); /* it is measured */
	CHECK_HAS(page, S(">Tryghed på stien</a>"));
	CHECK_HAS(page, S(">Lys ved skolen</a>"));
	CHECK_HAS(page, S("Den, der går der"));
	CHECK_HAS(page, S("Om folk tør gå der."));
	struct str paper =
	    zip_part(arena, body(&w, "/evaluering.odt"), "content.xml");
	CHECK_HAS(page, S("Tekst om name")); /* a citizen, by alias */
	CHECK_LACKS(paper, S("Tekst om name"));
	CHECK_HAS(paper, S("Borger"));
	CHECK_LACKS(paper, S("Den, der går der")); /* may name them */
	CHECK(str_starts(body(&w, "/evaluering.pdf"), S("%PDF")));
	CHECK(str_starts(body(&w, "/evaluering.odp"), S("PK")));
	paper = body(&w, "/evaluering.txt");
	CHECK_HAS(paper, S("Om folk tør gå der."));
	CHECK_LACKS(paper, S("Tekst om name"));
}

/* guide:S54 what others can take over, with the stories that may go so far. */
TEST_DB(spread_plan_is_put_together)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	CHECK_HAS(body(&w, "/spredning"), S("Ingen idé er i brug endnu."));
	struct record lamps = idea(&w, "Fire lamper på stien", "running");
	struct record story = world_record(&w.world, KIND_STORY);
	record_set(&story, "title", S("Olsens fald"));
	record_set(&story, "readers", S("1"));
	world_save(&w.world, &story);
	struct record told = world_record(&w.world, KIND_STORY);
	record_set(&told, "title", S("Lys på stien"));
	record_set(&told, "readers", S("3"));
	world_save(&w.world, &told);
	struct record board = world_record(&w.world, KIND_STORY);
	record_set(&board, "title", S("Til byrådet alene"));
	record_set(&board, "readers", S("2"));
	world_save(&w.world, &board);
	struct record cell = world_record(&w.world, KIND_CELL);
	record_set(&cell, "role", S("ambassador"));
	record_set(&cell, "purpose", S("Fortæller i nabobyen"));
	world_save(&w.world, &cell);
	struct record plan = save(&w, KIND_SPREAD, "what", "Lamperne.");
	set(&w, &plan, "ideas", lamps.id_text);
	struct str page = body(&w, "/spredning");
	CHECK_HAS(page, S(">Fire lamper på stien</a>"));
	CHECK_HAS(page, S("/leverance.pdf"));
	CHECK_HAS(page, S(">Lys på stien</a>"));
	CHECK_LACKS(page, S("Olsens fald")); /* for the network alone */
	CHECK_HAS(page, S("Fortæller i nabobyen"));
	CHECK_HAS(page, S("Lamperne."));
	CHECK(str_starts(body(&w, "/spredning.pdf"), S("%PDF")));
	CHECK(str_starts(body(&w, "/spredning.odt"), S("PK")));
	CHECK(str_starts(body(&w, "/spredning.odp"), S("PK")));
	struct str paper = body(&w, "/spredning.txt");
	CHECK_HAS(paper, S("Lamperne."));
	CHECK_HAS(paper, S("Ambassadør"));
	CHECK_LACKS(paper, S("Fortæller i nabobyen")); /* a citizen does */
	CHECK_HAS(page, S("Til byrådet alene"));
	CHECK_LACKS(paper, S("Til byrådet alene"));
	CHECK_HAS(paper, S("Fire lamper på stien\n")); /* what it is about */
	record_set(&lamps, "shown", S("hidden"));
	world_set_state(&w.world, &lamps, "running");
	paper = body(&w, "/spredning.txt");
	CHECK_LACKS(paper, S("Fire lamper på stien"));
}

/* Who looks after it is asked again when its day is past, until it is done. */
TEST_DB(late_plans_stand_first_on_the_overview)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct record plan = save(&w, KIND_EVALUATION, "due", "2026-11-23");
	CHECK_HAS(body(&w, ""), S("Planen for evaluering er forsinket."));
	set(&w, &plan, "state", S("done"));
	CHECK_LACKS(body(&w, ""), S("Planen for evaluering er forsinket."));
	plan = save(&w, KIND_SPREAD, "due", "2026-11-24"); /* today */
	CHECK_LACKS(body(&w, ""), S("Planen for spredning er forsinket."));
	set(&w, &plan, "due", S("2026-11-23"));
	CHECK_HAS(body(&w, ""), S("Planen for spredning er forsinket."));
}

/* What was agreed goes into the report of the network. */
TEST_DB(report_has_what_was_agreed_on_what_comes_after)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	(void)save(&w, KIND_EVALUATION, "aim", "Om folk tør gå der.");
	CHECK_HAS(zip_part(arena, body(&w, "/beretning.odt"), "content.xml"),
	    S("Om folk tør gå der."));
}
