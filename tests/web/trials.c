/* SPDX-License-Identifier: MPL-2.0 */

/* The pages about trials: what a leader does in each stage, what a citizen
 * sees and says, and what comes back. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/trial.h"
#include "tests/report/help.h"
#include "tests/web/site.h"

struct scene {
	struct web web;
	struct id idea, trial;
	struct str page; /* "/netvaerk/N/proever/ID" */
	struct str karen; /* "/c/CODE" */
	struct str own; /* "/c/CODE/proeve/ID" */
};

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	static const char SQL_STATE[] =
	    "UPDATE idea SET state = 'concrete' WHERE org = $1 AND id = $2";
	struct str token;
	web_new(&s->web, a, db);
	struct world *w = &s->web.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	struct record r = world_record(w, KIND_IDEA);
	world_save(w, &r);
	s->idea = r.id;
	CHECK_OK(
	    db_exec(db, SQL_STATE, NULL, DB_ID(w->org.id), DB_ID(s->idea)));
	r = world_record(w, KIND_TRIAL);
	record_set(&r, "title", S("Aftenlinjen i fire uger"));
	record_set(&r, "what", S("Ring til os om aftenen."));
	record_set(&r, "idea", id_text(a, s->idea));
	record_set(&r, "target_groups", S(""));
	world_save(w, &r);
	s->trial = r.id;
	s->page = str_cat(a, web_path(&s->web, "/proever/"), id_text(a, r.id));
	s->karen = STR_JOIN(a, S("/c/"),
	    code_text(a, s->web.site->orgs.list[0].short_code, token));
	s->own = STR_JOIN(a, s->karen, S("/proeve/"), id_text(a, s->trial));
	web_session(&s->web, w->mette);
}

static struct reply
post(struct scene *s, const char *rest, const char *form)
{
	return web_post(&s->web,
	    str_cat(s->web.world.arena, s->page, str_c(rest)), str_c(form));
}

static struct reply
page(struct scene *s)
{
	return web_get(&s->web, s->page);
}

static void
begin(struct scene *s)
{
	CHECK_INT(post(s, "/maal",
		      "goals=Jeg+er+tryg.%3B+Vi+sp%C3%B8rger%0AJeg+sover.")
		      .status,
	    303);
	CHECK_INT(post(s, "/trin", "stage=test").status, 303);
}

/* What Karen sends from her page. */
static struct reply
karen_says(struct scene *s, struct id id, const char *rest)
{
	struct arena *a = s->web.world.arena;
	struct id account = s->web.account;
	web_nobody(&s->web);
	struct reply r = web_post(&s->web, s->own,
	    STR_JOIN(a, S("id="), id_text(a, id), str_c(rest)));
	web_session(&s->web, account);
	return r;
}

static int
times(struct str text, struct str part)
{
	int n = 0;
	for (ptrdiff_t at; (at = str_find(text, part)) >= 0; n++)
		text = str_sub(text, at + part.n, text.n);
	return n;
}

static struct reply
karen_sees(struct scene *s, struct str path)
{
	struct id account = s->web.account;
	web_nobody(&s->web);
	struct reply r = web_get(&s->web, path);
	web_session(&s->web, account);
	return r;
}

/* guide:S26 nobody is asked before there is a goal to ask about. */
TEST_DB(trial_page_begins_with_a_goal)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_HAS(page(&s).body, S("Ingen mål endnu."));
	CHECK_INT(karen_sees(&s, s.own).status, 404);
	CHECK_LACKS(karen_sees(&s, s.karen).body, S("Prøv det af"));
	struct reply r = post(&s, "/trin", "stage=test");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Sæt et mål først."));
	r = post(&s, "/maal", "goals=Jeg+er+tryg.%0ARing+010150-1234");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("i linje 2"));
	CHECK_HAS(r.body, S("Ring 010150-1234")); /* what was typed is there */
	CHECK_HAS(page(&s).body, S("Ingen mål endnu."));
	begin(&s);
	CHECK_HAS(page(&s).body, S("Sådan kan vi se det: Vi spørger"));
	CHECK_HAS(page(&s).body, S("Ingen har svaret."));
	CHECK_INT(post(&s, "/maal", "goals=Et+til").status, 409);
	CHECK_INT(post(&s, "/trin", "stage=middle").status, 400);
	CHECK_HAS(web_get(&s.web, web_path(&s.web, "/proever")).body,
	    S("Aftenlinjen i fire uger</a> <span class=\"tag\">Bliver prøvet"));
}

TEST_DB(trial_page_takes_goals_off_as_they_stood)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(post(&s, "/maal", "goals=Ro.%0AS%C3%B8vn.").status, 303);
	CHECK_INT(post(&s, "/maal/fjern", "number=1&rev=3").status, 303);
	CHECK_HAS(page(&s).body, S("Ro."));
	CHECK_INT(post(&s, "/maal/fjern", "number=1&rev=2").status, 303);
	CHECK_LACKS(page(&s).body, S("<strong>Ro."));
	CHECK_HAS(page(&s).body, S("<strong>Søvn."));
}

/* guide:S27 she answers in her own time, sees it again, and takes it back. */
TEST_DB(trial_is_answered_by_a_citizen)
{
	struct scene s;
	struct id id = id_new(NOW_US + 5);
	scene_new(&s, arena, db);
	begin(&s);
	CHECK_HAS(karen_sees(&s, s.karen).body, S("Prøv det af"));
	struct reply r = karen_sees(&s, s.own);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Jeg er tryg."));
	CHECK_HAS(r.body, S("Hvad er godt?"));
	r = karen_says(&s, id, "&m-1=partly&text=Ring+kl.+20.");
	CHECK_INT(r.status, 422); /* who may read it? */
	CHECK_HAS(r.body, S("Ring kl. 20."));
	CHECK_HAS(r.body, S("id=\"felt-m-1-1\" value=\"partly\" checked"));
	CHECK_INT(
	    karen_says(&s, id, "&m-1=partly&text=Ring+kl.+20.&scope=1").status,
	    303);
	CHECK_INT(
	    karen_says(&s, id, "&m-1=partly&text=Ring+kl.+20.&scope=1").status,
	    303); /* the phone sent it twice */
	r = karen_sees(&s, s.own);
	CHECK_HAS(r.body, S("value=\"partly\" checked"));
	CHECK_INT(times(r.body, S("Ring kl. 20.")), 1);
	CHECK_INT(karen_says(&s, id, "&m-1=great").status, 400);
	CHECK_HAS(page(&s).body, S("Ring kl. 20."));
	CHECK_HAS(page(&s).body, S("En af dem har ikke fået svar."));
	CHECK_HAS(page(&s).body, S("tallene er skjult")); /* one person */
	CHECK_LACKS(page(&s).body, S("En lille smule: 1"));
}

/* guide:S28 guide:S6 the analysis: what was said is answered, each goal judged,
 * and what is decided is told in words that are easy. */
TEST_DB(trial_page_ends_with_a_decision)
{
	struct scene s;
	struct record idea;
	struct id id = id_new(NOW_US + 5);
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	begin(&s);
	CHECK_INT(
	    karen_says(&s, id, "&m-1=yes&text=Ring+kl.+20.&scope=1").status,
	    303);
	CHECK_INT(post(&s, "/trin", "stage=analyse").status, 303);
	struct reply r =
	    post(&s, "/trin", "stage=next&verdict=run&reason=Den+virker.");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Bedøm hvert mål først."));
	CHECK_HAS(r.body, S("Den virker."));
	r = post(&s, "/bedoem", "number=1&outcome=hit&why=");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("id=\"ud-1-1\" value=\"hit\" checked"));
	CHECK_INT(post(&s, "/bedoem", "number=1&outcome=hit&why=De+er+trygge.")
		      .status,
	    303);
	CHECK_INT(
	    post(&s, "/bedoem", "number=2&outcome=hit&why=De+sover.").status,
	    303);
	r = post(&s, "/trin", "stage=next&verdict=run&reason=Den+virker.");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("R14"));
	struct str said = id_text(arena, id);
	r = web_post(&s.web, str_cat(arena, s.page, S("/sagt")),
	    STR_JOIN(arena, S("what=unused&unused=&contribution="), said));
	CHECK_INT(r.status, 422);
	CHECK_OK(record_get(db, arena, &w->leader, KIND_IDEA, s.idea, &idea));
	record_set(&idea, "what", S("Vi ringer klokken 20."));
	world_save(w, &idea);
	CHECK_INT(web_post(&s.web, str_cat(arena, s.page, S("/sagt")),
		      STR_JOIN(arena, S("what=used&contribution="), said))
		      .status,
	    303);
	CHECK_HAS(page(&s).body, S("af idéen bygger på det"));
	r = post(&s, "/trin",
	    "stage=next&verdict=run&reason=Implementeringsomkostningerne+"
	    "overskrider+forvaltningens+bevillingsramme+v%C3%A6sentligt.");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Begrundelsen har lix"));
	CHECK_INT(
	    post(&s, "/trin", "stage=next&verdict=run&reason=Den+virker+nu.")
		.status,
	    303);
	r = karen_sees(&s, s.own);
	CHECK_HAS(r.body, S("Den går i drift"));
	CHECK_HAS(r.body, S("Den virker nu."));
	CHECK_HAS(r.body, S("Det ændrede idéen."));
	CHECK_LACKS(r.body, S("Hjælper det?"));
	CHECK_INT(karen_says(&s, id, "&m-1=no").status, 303); /* too late */
	CHECK_LACKS(karen_sees(&s, s.own).body, S("Hjælper det?"));
}

/* guide:S27 by phone and on paper: a member of staff notes it. */
TEST_DB(trial_page_notes_answers_for_somebody)
{
	struct scene s;
	struct person_page people;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	begin(&s);
	struct reply r = post(&s, "/svar", "m-1=yes&person=");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg en, der ikke er stoppet."));
	CHECK_HAS(r.body, S("value=\"yes\" checked"));
	CHECK_OK(person_list(
	    db, arena, &w->leader, &(struct person_filter){0}, &people));
	struct str form = STR_JOIN(arena, S("m-1=yes&m-2=no&person="),
	    id_text(arena, people.list[0].id));
	struct str path = str_cat(arena, s.page, S("/svar"));
	CHECK_INT(web_post(&s.web, path, form).status, 303);
	CHECK_HAS(karen_sees(&s, s.own).body, S("value=\"yes\" checked"));
	web_session(&s.web, w->ali);
	CHECK_INT(web_post(&s.web, path, form).status, 403);
	CHECK_INT(post(&s, "/trin", "stage=analyse").status, 403);
	CHECK_LACKS(page(&s).body, S("Gå videre til analysen"));
}

/* guide:S27 off paper in one form: the answers, the words and who may read
 * them; what is missing comes back with all that was typed. */
TEST_DB(trial_page_types_a_paper_form_in)
{
	struct scene s;
	struct person_page people;
	struct contribution_page said;
	struct contribution_filter f = {.kind = S("feedback"), .max = 10};
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	begin(&s);
	CHECK_OK(person_list(
	    db, arena, &w->leader, &(struct person_filter){0}, &people));
	struct str person = id_text(arena, people.list[0].id);
	struct reply r = web_get(
	    &s.web, STR_JOIN(arena, s.page, S("?vej=papir&person="), person));
	CHECK_HAS(r.body, S("id=\"noter\" open"));
	CHECK_HAS(r.body, S("value=\"paper\" selected"));
	CHECK_HAS(
	    r.body, STR_JOIN(arena, S("value=\""), person, S("\" selected")));
	CHECK_LACKS(page(&s).body, S("id=\"noter\" open"));
	struct str path = str_cat(arena, s.page, S("/svar"));
	struct str form = STR_JOIN(arena,
	    S("m-1=yes&way=paper&text=Ring+f%C3%B8r+aftensmaden.&word="),
	    id_text(arena, id_new(NOW_US)), S("&person="), person);
	r = web_post(&s.web, path, form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg, hvem der må læse det."));
	CHECK_HAS(r.body, S("Ring før aftensmaden."));
	CHECK_HAS(r.body, S("value=\"yes\" checked"));
	form = str_cat(arena, form, S("&scope=1"));
	CHECK_INT(web_post(&s.web, path, form).status, 303);
	CHECK_INT(web_post(&s.web, path, form).status, 303); /* twice */
	CHECK_OK(contribution_list(db, arena, &w->leader, &f, &said));
	CHECK_INT(said.n, 1);
	CHECK_STR(said.list[0].teller, S("paper"));
	CHECK_INT(said.list[0].scope, SCOPE_NETWORK);
	CHECK(id_eq(said.list[0].person, people.list[0].id));
	CHECK_HAS(page(&s).body, S("På papir"));
	/* They see it, and may take it back. */
	CHECK_HAS(karen_sees(&s, s.own).body, S("Ring før aftensmaden."));
}

/* Somebody else's name is looked at again. */
TEST_DB(trial_page_asks_about_names_before_it_keeps_words)
{
	struct scene s;
	struct person_page people;
	scene_new(&s, arena, db);
	begin(&s);
	CHECK_OK(person_list(db, arena, &s.web.world.leader,
	    &(struct person_filter){0}, &people));
	struct str path = str_cat(arena, s.page, S("/svar"));
	struct str form = STR_JOIN(arena,
	    S("m-1=yes&way=phone&scope=0&text=Jeg+synes+at+Karen+Holm+skal+"
	      "ringe.&person="),
	    id_text(arena, people.list[0].id));
	struct reply r = web_post(&s.web, path, form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Det ligner et navn: Karen"));
	CHECK_HAS(r.body, S("name=\"names_ok\""));
	CHECK_INT(web_post(&s.web, path, str_cat(arena, form, S("&names_ok=1")))
		      .status,
	    303);
}

/* guide:S27 on paper: the goals as they are asked, and no box ticked. */
TEST_DB(trial_has_a_form_on_paper)
{
	struct scene s;
	struct person_page people;
	scene_new(&s, arena, db);
	struct str pdf = str_cat(arena, s.page, S("/skema.pdf"));
	CHECK_INT(web_get(&s.web, pdf).status, 404); /* no goal yet */
	begin(&s);
	struct reply r = web_get(&s.web, pdf);
	CHECK_INT(r.status, 200);
	struct str text = ask(arena, "pdftotext", r.body);
	CHECK_HAS(text, S("Jeg er tryg."));
	CHECK_HAS(text, S("Jeg sover."));
	CHECK_HAS(text, S("Sæt ét kryds i hver række."));
	CHECK_HAS(text, S("Hvem må læse dine ord?"));
	CHECK_HAS(text, S("Din kode, hvis du har en"));
	CHECK_LACKS(text, S("[x]"));
	CHECK_INT(
	    web_get(&s.web, str_cat(arena, s.page, S("/skema.odt"))).status,
	    200);
	CHECK_OK(person_list(db, arena, &s.web.world.leader,
	    &(struct person_filter){0}, &people));
	const struct person *p = &people.list[0];
	r = web_get(
	    &s.web, STR_JOIN(arena, pdf, S("?person="), id_text(arena, p->id)));
	CHECK_HAS(
	    ask(arena, "pdftotext", r.body), person_code(arena, p->number));
	CHECK_INT(
	    web_get(&s.web, str_cat(arena, pdf, S("?person=x"))).status, 404);
}
