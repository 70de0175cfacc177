/* SPDX-License-Identifier: MPL-2.0 */

/* Stories, as pages and as files. */
#include "model/story.h"

#include "base/buf.h"
#include "model/contribution.h"
#include "tests/web/site.h"

struct scene {
	struct web web;
	struct id voice;
	struct str page;
};

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	struct contribution now;
	web_new(&s->web, a, db);
	struct world *w = &s->web.world;
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = S("Der er mørkt på stien."),
	    .basis = S("public_task"),
	    .scope = SCOPE_PUBLIC,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(db, a, &w->leader, &c, S("")));
	static const char *const states[] = {"reviewed", "approved"};
	for (int i = 0; i < 2; i++) {
		CHECK_OK(contribution_get(db, a, &w->leader, c.id, &now));
		CHECK_OK(contribution_move(db, a, &w->leader, &now,
		    &(struct contribution_step){str_c(states[i]), S("")}));
	}
	s->voice = c.id;
	struct record r = {
	    .kind = KIND_STORY, .network = w->network, .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys på stien"));
	record_set(&r, "readers", S("3"));
	record_set(&r, "opening", S("Bag skolen er der en sti."));
	record_set(&r, "ending", S("Nu er der lys."));
	world_save(w, &r);
	s->page =
	    str_cat(a, web_path(&s->web, "/fortaellinger/"), id_text(a, r.id));
	web_session(&s->web, w->mette);
}

static struct reply
look(struct scene *s, const char *rest)
{
	return web_get(
	    &s->web, str_cat(s->web.world.arena, s->page, str_c(rest)));
}

static struct reply
put(struct scene *s, const char *rest, const char *more)
{
	struct arena *a = s->web.world.arena;
	return web_post(&s->web, STR_JOIN(a, s->page, S("/ord"), str_c(rest)),
	    STR_JOIN(a, S("contribution="), id_text(a, s->voice), str_c(more)));
}

static struct reply
file(struct scene *s, const char *rest)
{
	return web_post(
	    &s->web, str_cat(s->web.world.arena, s->page, str_c(rest)), S(""));
}

/* guide:S54 told on with their words, and nothing leaves that may not. */
TEST_DB(story_page_tells_on_and_stops_what_may_not_go)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_HAS(web_get(&s.web, web_path(&s.web, "/fortaellinger")).body,
	    S("Lys på stien</a>"));
	CHECK_HAS(
	    look(&s, "").body, S("Der er ingen ord fra folk i den endnu."));
	CHECK_INT(file(&s, "/fil.txt").status, 409); /* there is none */
	struct reply r = put(&s, "", "&lead=Se+010150-1234");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Se 010150-1234")); /* what was typed is there */
	CHECK_INT(put(&s, "", "&lead=En+mor+siger%3A").status, 303);
	r = look(&s, "");
	CHECK_HAS(r.body, S("“Der er mørkt på stien.”"));
	CHECK_HAS(r.body, S("Lix"));
	r = file(&s, "/fil.txt");
	CHECK_STR(r.body,
	    S("Lys på stien\n\nBag skolen er der en sti.\n\nEn mor siger:\n\n"
	      "“Der er mørkt på stien.”\n\nNu er der lys.\n"));
	CHECK_INT(look(&s, "/fil.txt").status, 405); /* looking notes nothing */
	CHECK(str_starts(file(&s, "/fil.pdf").body, S("%PDF")));
	CHECK(str_starts(file(&s, "/fil.odt").body, S("PK")));
	struct contribution c;
	struct world *w = &s.web.world;
	CHECK_OK(contribution_get(db, arena, &w->leader, s.voice, &c));
	c.scope = SCOPE_NETWORK;
	CHECK_OK(contribution_agree(db, arena, &w->leader, &c, S("")));
	r = file(&s, "/fil.txt");
	CHECK_INT(r.status, 409);
	CHECK_LACKS(r.body, S("Der er mørkt"));
	CHECK_HAS(r.body, S("Der går ingen fil ud endnu"));
	CHECK_INT(put(&s, "/fjern", "").status, 303);
	CHECK_LACKS(look(&s, "").body, S("Der går ingen fil ud endnu"));
}

/* guide:S55 what left is asked back when its words are taken back. */
TEST_DB(story_file_is_noted_with_whose_words_it_has)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(put(&s, "", "").status, 303);
	CHECK_INT(file(&s, "/fil.txt").status, 200);
	struct str back = web_path(&s.web, "/stemmer/tilbagekald");
	CHECK_HAS(web_get(&s.web, back).body, S("Ingen fil har ord"));
	CHECK_OK(
	    contribution_withdraw(db, arena, &s.web.world.leader, s.voice));
	CHECK_HAS(web_get(&s.web, back).body, S("(en fortælling)"));
}
