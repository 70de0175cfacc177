/* SPDX-License-Identifier: MPL-2.0 */

/* The pages about ideas: what is marked, what comes back, and that a citizen
 * sees no more and no less than was meant for them. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/idea_bank.h"
#include "tests/web/site.h"

static const char PLANTED[] = "En bænk ved Kaffestuen.";

/* Karen's page of ideas, in the world's own network. */
static struct str
karen(struct web *w)
{
	struct str token;
	struct world *world = &w->world;
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(world, kinds[i]);
		world_save(world, &r);
	}
	CHECK_OK(demo_citizen(world->db, world->arena, &world->leader, &token));
	return STR_JOIN(world->arena, S("/c/"),
	    code_text(world->arena, w->site->orgs.list[0].short_code, token),
	    S("/ideer"));
}

static struct str
idea_path(struct web *w, struct id id, const char *rest)
{
	return STR_JOIN(w->world.arena, web_path(w, "/ideer/"),
	    id_text(w->world.arena, id), str_c(rest));
}

/* What a citizen writes at their page. */
static struct reply
give(struct web *w, struct str page, struct id id, const char *rest)
{
	struct arena *a = w->world.arena;
	return web_post(
	    w, page, STR_JOIN(a, S("id="), id_text(a, id), str_c(rest)));
}

static struct id
staff_idea(struct web *w, const char *title, const char *what)
{
	struct record r = world_record(&w->world, KIND_IDEA);
	record_set(&r, "title", str_c(title));
	record_set(&r, "what", str_c(what));
	world_save(&w->world, &r);
	return r.id;
}

static struct reply
step(struct web *w, struct id id, const char *form)
{
	return web_post(w, idea_path(w, id, "/trin"), str_c(form));
}

/* guide:S5 R16 is a mark wherever it is listed. */
TEST_DB(idea_board_marks_and_filters)
{
	struct web w;
	web_new(&w, arena, db);
	struct str page = karen(&w);
	(void)staff_idea(&w, "Flere skilte", "Skilte i byen.");
	CHECK_INT(
	    give(&w, page, id_new(NOW_US), "&text=Ring+f%C3%B8rst.&scope=1")
		.status,
	    303);
	web_session(&w, w.world.mette);
	struct reply r = web_get(&w, web_path(&w, "/ideer"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Flere skilte"));
	CHECK_HAS(r.body, S("Ring først."));
	CHECK_HAS(r.body, S("uden borgergrund</span>"));
	CHECK_HAS(r.body, S("en borgers ord</span>"));
	r = web_get(&w, web_path(&w, "/ideer?vis=uden-grund"));
	CHECK_HAS(r.body, S("Flere skilte"));
	CHECK_LACKS(r.body, S("Ring først."));
	r = web_get(&w, web_path(&w, "/ideer?slags=policy"));
	CHECK_HAS(r.body, S("Ingen idéer her endnu."));
}

/* guide:S20 guide:S51 a no is told to the citizen in words that are easy. */
TEST_DB(idea_that_is_dropped_tells_a_citizen_why)
{
	struct web w;
	struct id id = id_new(NOW_US);
	web_new(&w, arena, db);
	struct str page = karen(&w);
	struct id other = staff_idea(&w, "Flere skilte", "Skilte i byen.");
	CHECK_INT(
	    give(&w, page, id, "&text=Ring+f%C3%B8rst.&scope=1").status, 303);
	web_session(&w, w.world.mette);
	struct reply r = step(&w, other, "rev=1&state=dropped&reason=");
	CHECK_INT(r.status, 422);
	r = step(&w, other,
	    "rev=1&state=dropped&reason=Implementeringsomkostningerne+"
	    "overskrider+forvaltningens+bevillingsramme+v%C3%A6sentligt.");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Begrundelsen har lix"));
	CHECK_HAS(r.body, S("Implementeringsomkostningerne"));
	CHECK_INT(
	    step(&w, other, "rev=1&state=dropped&reason=Den+blev+for+dyr.")
		.status,
	    303);
	web_nobody(&w);
	r = web_get(&w, page);
	CHECK_HAS(r.body, S("Vi går ikke videre med den."));
	CHECK_HAS(r.body, S("Den blev for dyr."));
	CHECK_HAS(r.body, S("<strong>Din</strong>"));
}

/* What only the one she talks with may read is on nobody else's page; the
 * twin: at the next scope it is. */
TEST_DB(idea_for_one_reader_is_on_no_other_page)
{
	static const char *const scopes[] = {"&text=En+b%C3%A6nk+ved+"
					     "Kaffestuen.&scope=0",
	    "&text=En+b%C3%A6nk+ved+Kaffestuen.&scope=1"};
	struct web w;
	web_new(&w, arena, db);
	struct str page = karen(&w);
	for (int i = 0; i < 2; i++) {
		struct id id = id_new(NOW_US + i);
		CHECK_INT(give(&w, page, id, scopes[i]).status, 303);
		web_session(&w, w.world.ali);
		struct str pages[] = {
		    web_path(&w, "/ideer"), idea_path(&w, id, "")};
		for (ptrdiff_t k = 0; k < COUNT_OF(pages); k++) {
			struct reply r = web_get(&w, pages[k]);
			CHECK_INT(r.status, 200);
			CHECK_INT(str_find(r.body, str_c(PLANTED)) >= 0, i);
		}
		web_nobody(&w);
	}
}

TEST_DB(idea_page_of_a_citizen_builds_on_another)
{
	struct web w;
	struct id first = id_new(NOW_US), second = id_new(NOW_US + 1);
	web_new(&w, arena, db);
	struct str page = karen(&w);
	CHECK_INT(
	    give(&w, page, first, "&text=Ring+f%C3%B8rst.&scope=1").status,
	    303);
	struct reply r = web_get(
	    &w, STR_JOIN(arena, page, S("?byg="), id_text(arena, first)));
	CHECK_HAS(r.body, S("Du bygger videre på den her idé:"));
	struct str form = STR_JOIN(
	    arena, S("&text=Og+sig+hvem.&scope=1&byg="), id_text(arena, first));
	CHECK_INT(give(&w, page, second, str_cstr(arena, form)).status, 303);
	r = web_get(&w, page);
	CHECK_HAS(r.body, S("Bygger på: Ring først."));
	CHECK_HAS(r.body, S("Bygget videre på af: Og sig hvem."));
	CHECK_INT(
	    give(&w, page, id_new(NOW_US + 2), "&text=&scope=").status, 422);
}

/* ---- by the open link ---- */

static struct str
open_bank(struct web *w)
{
	struct world *world = &w->world;
	struct idea_bank bank = {
	    .open = true, .about = S("Hvad kan hjælpe om aftenen?")};
	CHECK_OK(
	    idea_bank_save(world->db, world->arena, &world->leader, &bank));
	return STR_JOIN(world->arena, S("/idebank/"),
	    id_text(world->arena, world->network));
}

TEST_DB(idea_link_points_out_names_and_loses_nothing)
{
	struct web w;
	web_new(&w, arena, db);
	struct str page = open_bank(&w);
	struct id id = id_new(NOW_US);
	CHECK_INT(web_get(&w, page).status, 200);
	struct reply r = give(&w, page, id,
	    "&text=Min+nabo+Karen+kan+hj%C3%A6lpe.&scope=3&grown_up=1");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Det ligner et navn: Karen."));
	CHECK_HAS(r.body, S("Min nabo Karen kan hjælpe."));
	r = give(&w, page, id, "&text=En+b%C3%A6nk.&scope=3");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("skal en forælder sige ja først"));
	r = give(&w, page, id, "&text=010150-1234&scope=3&grown_up=1");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("cpr-nummer"));
	r = give(&w, page, id, "&text=En+b%C3%A6nk.&scope=0&grown_up=1");
	CHECK_INT(r.status, 422);
}

/* A machine that fills in what nobody sees is thanked, and nothing is kept. */
TEST_DB(idea_link_keeps_nothing_of_a_machine)
{
	struct web w;
	web_new(&w, arena, db);
	struct str page = open_bank(&w);
	struct reply r = give(&w, page, id_new(NOW_US),
	    "&text=K%C3%B8b+her.&scope=3&grown_up=1&hjemmeside=x");
	CHECK_INT(r.status, 303);
	web_session(&w, w.world.mette);
	CHECK_LACKS(web_get(&w, web_path(&w, "/ideer")).body, S("Køb her."));
}

TEST_DB(idea_link_gives_the_sender_a_page_of_their_own)
{
	struct web w;
	web_new(&w, arena, db);
	struct str page = open_bank(&w);
	struct reply r = give(&w, page, id_new(NOW_US),
	    "&text=En+b%C3%A6nk+ved+Kaffestuen.&scope=3&grown_up=1");
	CHECK_INT(r.status, 303);
	struct str mine = r.location;
	mine = str_cut(&mine, '?');
	r = web_get(&w, r.location);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, str_c(PLANTED));
	CHECK_HAS(r.body, mine); /* to be saved */
	CHECK_LACKS(web_get(&w, page).body, str_c(PLANTED));
	struct str wrong =
	    STR_JOIN(arena, str_sub(mine, 0, mine.n - 26), token_new(arena));
	CHECK_INT(web_get(&w, wrong).status, 404);

	web_session(&w, w.world.mette);
	r = web_get(&w, web_path(&w, "/ideer?vis=venter"));
	ptrdiff_t at = str_find(r.body, S("<h3 class=\"h5\"><a href=\""));
	CHECK(at > 0);
	struct str href = str_sub(r.body,
	    at + (ptrdiff_t)sizeof "<h3 class=\"h5\"><a href=", r.body.n);
	href = str_cut(&href, '"');
	CHECK_INT(
	    web_post(&w, str_cat(arena, href, S("/vis")), S("rev=1&state=yes"))
		.status,
	    303);
	web_nobody(&w);
	CHECK_HAS(web_get(&w, page).body, str_c(PLANTED));
	CHECK_INT(
	    web_post(&w, str_cat(arena, mine, S("/traek")), S("")).status, 303);
	CHECK_LACKS(web_get(&w, page).body, str_c(PLANTED));
	CHECK_INT(web_get(&w, mine).status, 404);
}

/* ---- several in a row, and of a voice ---- */

TEST_DB(idea_form_in_the_room_goes_on_with_the_next)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct reply r = give(&w, web_path(&w, "/ideer/hurtig"), id_new(NOW_US),
	    "&original=Mere+lys.&teller=paper&scope=2&given_by=self");
	CHECK_INT(r.status, 303);
	r = web_get(&w, r.location);
	CHECK_HAS(r.body, S("Det er noteret."));
	CHECK_HAS(r.body, S("value=\"paper\" checked"));
	CHECK_HAS(r.body, S("value=\"2\" checked"));
	CHECK_LACKS(r.body, S("Mere lys."));
	r = web_get(&w, web_path(&w, "/ideer"));
	CHECK_HAS(r.body, S("Mere lys."));
}

TEST_DB(voice_becomes_an_idea_and_both_say_so)
{
	struct web w;
	struct id id = id_new(NOW_US);
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct reply r = give(&w, web_path(&w, "/stemmer/ny"), id,
	    "&original=Mere+lys.&kind=wish&teller=staff&scope=1"
	    "&anonymity=none&basis=consent&given_by=self");
	CHECK_INT(r.status, 303);
	struct str voice = r.location;
	CHECK_HAS(web_get(&w, voice).body, S("Gør det til en idé"));
	r = web_post(&w, str_cat(arena, voice, S("/ide")), S(""));
	CHECK_INT(r.status, 303);
	r = web_get(&w, idea_path(&w, id, ""));
	CHECK_HAS(r.body, S("Mere lys."));
	CHECK_HAS(r.body, voice);
	CHECK_HAS(web_get(&w, voice).body, S("Åbn den idé, det blev til"));
}
