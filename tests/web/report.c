/* SPDX-License-Identifier: MPL-2.0 */

/* The report of a network, to hand on. */
#include "base/buf.h"
#include "model/contribution.h"
#include "model/decision.h"
#include "model/trace.h"
#include "tests/report/help.h"
#include "tests/web/site.h"

static struct str
report(struct web *w)
{
	struct reply r = web_get(w, web_path(w, "/beretning.odt"));
	CHECK_INT(r.status, 200);
	return zip_part(w->world.arena, r.body, "content.xml");
}

static struct id
say(struct web *w, const char *words, int n)
{
	struct world *world = &w->world;
	struct contribution c = {.id = id_new(NOW_US + n),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = str_c(words),
	    .basis = S("public_task"),
	    .scope = SCOPE_PUBLIC,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(
	    world->db, world->arena, &world->leader, &c, S("")));
	return c.id;
}

static struct id
decide(struct web *w, const char *title)
{
	struct decision d;
	struct world *world = &w->world;
	struct record r = {.kind = KIND_DECISION,
	    .network = world->network,
	    .id = id_new(NOW_US)};
	struct decision_taking t = {.outcome = S("adopted"),
	    .taken = S("2026-11-20"),
	    .reason = S("Stien er mørk.")};
	record_set(&r, "title", str_c(title));
	record_set(&r, "question", S("Skal der lys ved stien?"));
	record_set(&r, "body", S("Teknisk udvalg"));
	record_set(&r, "room", S("Hvor lyset skal stå."));
	world_save(world, &r);
	CHECK_OK(
	    decision_get(world->db, world->arena, &world->leader, r.id, &d));
	CHECK_OK(
	    decision_take(world->db, world->arena, &world->leader, &d, &t));
	return r.id;
}

static struct id
idea(struct web *w, const char *title, const char *state, const char *shown)
{
	struct world *world = &w->world;
	struct record r = world_record(world, KIND_IDEA);
	r.id = id_new(NOW_US);
	record_set(&r, "title", str_c(title));
	record_set(&r, "cost", S("Fire lamper."));
	record_set(&r, "state", str_c(state));
	record_set(&r, "shown", str_c(shown));
	record_set(&r, "insights", S(""));
	struct record_saved saved;
	CHECK_OK(record_save_managed(
	    world->db, world->arena, &world->leader, &r, &saved));
	return r.id;
}

/* guide:S13 guide:S43 what there is, and what is not: a network that has
 * nothing yet says so in each part. */
TEST_DB(report_says_what_is_missing)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct str text = report(&w);
	CHECK_HAS(text, S("Beretning fra"));
	CHECK_HAS(text, S("Intet er besluttet endnu."));
	CHECK_HAS(text, S("Af 0 stemmer har 0 ikke"));
	CHECK(str_starts(
	    web_get(&w, web_path(&w, "/beretning.pdf")).body, S("%PDF")));
	CHECK_HAS(
	    web_get(&w, web_path(&w, "/beslutninger")).body, S("/beretning\""));
}

/* What is printed can be read where it is fetched, and as plain text. */
TEST_DB(report_is_a_page_and_a_text_as_well)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	(void)say(&w, "Der er mørkt på stien.", 0);
	(void)decide(&w, "Lys <ved> skolen");
	struct reply r = web_get(&w, web_path(&w, "/beretning"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<h2>Hvad der blev besluttet"));
	CHECK_HAS(r.body, S("<h3>Lys &lt;ved&gt; skolen"));
	CHECK_HAS(r.body, S("<dt>Hvorfor"));
	CHECK_HAS(r.body, S("/beretning.odp"));
	CHECK_LACKS(r.body, S("Der er mørkt på stien."));
	r = web_get(&w, web_path(&w, "/beretning.txt"));
	CHECK_HAS(r.body, S("\nLys <ved> skolen\n"));
	CHECK_HAS(r.body, S("Hvorfor: "));
	CHECK_LACKS(r.body, S("Der er mørkt på stien."));
}

/* Numbers of few are hidden, and nobody's words are in it. */
TEST_DB(report_has_what_was_decided_and_no_words)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	(void)say(&w, "Der er mørkt på stien.", 0);
	(void)decide(&w, "Lys <ved> skolen");
	(void)idea(&w, "Fire lamper på stien", "concrete", "yes");
	(void)idea(&w, "En bænk", "new", "yes");
	(void)idea(&w, "Et hegn om Olsens have", "concrete", "hidden");
	(void)idea(&w, "En lygte", "concrete", "waiting");
	struct str text = report(&w);
	CHECK_HAS(text, S("Lys &lt;ved&gt; skolen"));
	CHECK_HAS(text, S("Stien er mørk."));
	CHECK_HAS(text, S("20. november 2026"));
	CHECK_HAS(text, S("Fire lamper på stien"));
	CHECK_LACKS(text, S("En bænk"));
	CHECK_LACKS(text, S("Et hegn om Olsens have")); /* hidden: counted */
	CHECK_LACKS(text, S("En lygte"));
	CHECK_HAS(text, S("Andre ideer på tavlen: 3."));
	CHECK_HAS(text, S("Så få har sagt noget, at tallene er skjult."));
	CHECK_LACKS(text, S("Der er mørkt på stien."));
	for (int i = 1; i < 6; i++)
		(void)say(&w, "Mere lys.", i);
	CHECK_HAS(report(&w), S("Af 6 stemmer har 6 ikke"));
}

static void
grade(struct web *w, struct id decision, struct id voice, enum grade grade)
{
	struct decision d;
	struct world *world = &w->world;
	struct trace_link link = {.source = voice,
	    .kind = TRACE_VOICE,
	    .grade = grade,
	    .words = S("Tak.")};
	CHECK_OK(decision_get(
	    world->db, world->arena, &world->leader, decision, &d));
	CHECK_OK(trace_put(world->db, world->arena, &world->leader, &d,
	    &(struct trace_links){&link, 1}));
}

/* Of twelve voices three would be what is left of nine. */
TEST_DB(report_hides_what_would_give_few_away)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct id said[12];
	struct id decision = decide(&w, "Lys ved skolen");
	for (int i = 0; i < 12; i++) {
		said[i] = say(&w, "Mere lys.", i);
		if (i < 9)
			grade(&w, decision, said[i], GRADE_SHAPED);
	}
	struct str text = report(&w);
	CHECK_HAS(text, S("En del af 12 stemmer"));
	CHECK_LACKS(text, S("9 stemmer"));
	CHECK_LACKS(text, S("3 stemmer"));
	for (int i = 9; i < 12; i++)
		grade(&w, decision, said[i], GRADE_SHAPED);
	CHECK_HAS(report(&w), S("Af 12 stemmer har 0 ikke"));
	CHECK_HAS(report(&w), S("12 stemmer"));
}

static void
story(struct web *w, const char *title, const char *readers)
{
	struct record r = {.kind = KIND_STORY,
	    .network = w->world.network,
	    .id = id_new(NOW_US)};
	record_set(&r, "title", str_c(title));
	record_set(&r, "readers", str_c(readers));
	world_save(&w->world, &r);
}

TEST_DB(report_names_no_story_that_is_for_the_network_alone)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	story(&w, "Olsens fald på trappen", "1");
	CHECK_LACKS(report(&w), S("Olsens fald"));
	CHECK_LACKS(report(&w), S("Fortællinger"));
	story(&w, "Lys på stien", "2");
	CHECK_HAS(report(&w), S("Lys på stien"));
	CHECK_LACKS(report(&w), S("Olsens fald"));
}

static struct reply
delivery(struct web *w, struct id id, const char *rest)
{
	struct arena *a = w->world.arena;
	return web_get(w,
	    STR_JOIN(a, web_path(w, "/ideer/"), id_text(a, id), str_c(rest)));
}

/* guide:S13 one idea with what those who carry it on need; of one that is
 * hidden, or not carried on, there is none. */
TEST_DB(delivery_is_of_an_idea_that_is_carried_on)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct id lamps = idea(&w, "Fire lamper på stien", "concrete", "yes");
	struct id fresh = idea(&w, "En bænk", "new", "yes");
	struct id hidden = idea(&w, "Et hegn", "concrete", "hidden");
	CHECK_HAS(delivery(&w, lamps, "").body, S("/leverance.pdf"));
	struct reply r = delivery(&w, lamps, "/leverance.odt");
	CHECK_INT(r.status, 200);
	struct str text = zip_part(arena, r.body, "content.xml");
	CHECK_HAS(text, S("Fire lamper på stien"));
	CHECK_HAS(text, S("Fire lamper."));
	CHECK_LACKS(text, S("Vist for borgere"));
	CHECK(
	    str_starts(delivery(&w, lamps, "/leverance.pdf").body, S("%PDF")));
	CHECK_LACKS(delivery(&w, fresh, "").body, S("/leverance.pdf"));
	CHECK_INT(delivery(&w, fresh, "/leverance.odt").status, 404);
	CHECK_INT(delivery(&w, hidden, "/leverance.odt").status, 404);
}
