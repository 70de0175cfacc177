/* SPDX-License-Identifier: MPL-2.0 */

/* A leader draws among those who said yes.  guide:S36 */
#include "base/buf.h"
#include "jobs/sortition.h"
#include "tests/web/site.h"

static void
add_people(struct web *w, int n)
{
	struct world *world = &w->world;
	for (int i = 0; i < n; i++) {
		struct person p = {.id = id_new(NOW_US),
		    .alias = S("En"),
		    .actor_kind = S("citizen"),
		    .age = i % 2 == 0 ? S("67-79") : S(""),
		    .channel = S("letter"),
		    .lang = S("da"),
		    .reason = S("Bor her"),
		    .source = S("named")};
		CHECK_OK(
		    person_save(world->db, world->arena, &world->leader, &p));
		CHECK_OK(person_set_state(
		    world->db, world->arena, &world->leader, p.id, S("yes")));
	}
}

static struct reply
ask(struct web *w, const char *form)
{
	struct arena *a = w->world.arena;
	struct str key = id_text(a, id_new(w->now_us));
	return web_post(w, web_path(w, "/lodtraekning"),
	    str_fmt(a, "key=%.*s&%s", STR_ARG(key), form));
}

/* What the job does. */
static void
run(struct web *w, struct str path)
{
	struct world *world = &w->world;
	struct sortition s;
	struct id id;
	CHECK(id_parse(str_sub(path, path.n - 36, path.n), &id));
	CHECK_OK(
	    sortition_get(world->db, world->arena, &world->leader, id, &s));
	CHECK_OK(sortition_draw(NULL, world->arena, &s));
	CHECK_OK(sortition_end(world->db, world->arena, &world->leader, &s));
}

static struct str
below(struct web *w, struct str path, const char *rest)
{
	return str_cat(w->world.arena, path, str_c(rest));
}

/* The n-th code that can be ticked, from 0. */
static struct str
code(struct str body, int n)
{
	struct str mark = S("name=\"gone-");
	for (;; n--) {
		ptrdiff_t at = str_find(body, mark);
		CHECK(at >= 0);
		body = str_sub(body, at + mark.n, body.n);
		if (n == 0)
			return str_cut(&body, '"');
	}
}

TEST_DB(draw_of_8_of_40_shows_panel_chances_and_proof)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	add_people(&w, 40);
	struct reply r = web_get(&w, web_path(&w, "/lodtraekning"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Der kan trækkes lod blandt 40"));
	CHECK_HAS(r.body, S("name=\"min-alder-0\""));
	r = ask(&w, "size=8&seed=3+1+6+6+2&min-alder-0=3&max-alder-0=5");
	CHECK_INT(r.status, 303);
	struct str path = r.location;
	CHECK_HAS(web_get(&w, path).body, S("Trin 0 af 3"));
	run(&w, path);
	r = web_get(&w, path);
	CHECK_HAS(r.body, S("Hvem der blev trukket"));
	CHECK_HAS(r.body, S("Den mindste chance var 20,0 %"));
	CHECK(code(r.body, 7).n > 0);
	struct reply proof = web_get(&w, below(&w, path, "/bevis.json"));
	CHECK_HAS(proof.body, S("\"proof\": \"samskab draw 1\""));
	CHECK_HAS(proof.body, S("\"people\": \"pulje.csv\""));
	CHECK_HAS(
	    web_get(&w, below(&w, path, "/pulje.csv")).body, S("id,Alder\r\n"));
	CHECK_HAS(web_get(&w, below(&w, path, "/kvoter.csv")).body,
	    S("feature,value,min,max\r\nAlder,Ikke oplyst,3,5\r\n"));

	/* Two drop out, and others come. */
	struct str form = str_fmt(arena, "seed=2+2&gone-%.*s=1&gone-%.*s=1",
	    STR_ARG(code(r.body, 0)), STR_ARG(code(r.body, 1)));
	struct reply again = web_post(&w, below(&w, path, "/igen"), form);
	CHECK_INT(again.status, 303);
	run(&w, again.location);
	struct reply second = web_get(&w, again.location);
	CHECK_HAS(second.body, S("De bliver: "));
	CHECK_STR(code(second.body, 0), code(r.body, 2));
	CHECK_LACKS(
	    second.body, str_cat(arena, S("name=\"gone-"), code(r.body, 0)));
	again = web_post(&w, below(&w, path, "/igen"), S("seed=2+2"));
	CHECK_HAS(again.location, S("besked=ingen-frafald"));
}

/* Nothing until it is chosen, then the chances, and codes only when they are. */
TEST_DB(draw_is_shown_to_anybody_as_far_as_it_was_chosen)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	add_people(&w, 10);
	struct str path = ask(&w, "size=2&seed=4+4").location;
	struct str open = str_cat(
	    arena, S("/lodtraekning/"), str_sub(path, path.n - 36, path.n));
	run(&w, path);
	struct str publish = below(&w, path, "/offentlig");
	CHECK_INT(web_get(&w, open).status, 404);
	CHECK_INT(web_post(&w, publish, S("how=names")).status, 400);
	CHECK_INT(web_post(&w, publish, S("how=chances")).status, 303);
	CHECK_HAS(web_get(&w, path).body, open);
	web_nobody(&w);
	struct reply r = web_get(&w, open);
	CHECK_HAS(r.body, S("2 af 10 personer"));
	CHECK_HAS(r.body, S("20,0 %"));
	CHECK_LACKS(r.body, S("K-"));
	web_sign_in(&w, w.world.mette);
	CHECK_INT(web_post(&w, publish, S("how=codes")).status, 303);
	web_nobody(&w);
	CHECK_HAS(web_get(&w, open).body, S("K-"));
	web_sign_in(&w, w.world.mette);
	CHECK_INT(web_post(&w, publish, S("how=")).status, 303);
	CHECK_INT(web_get(&w, open).status, 404);
}

TEST_DB(draw_that_cannot_be_is_explained_by_name)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	add_people(&w, 6);
	struct reply r = ask(&w, "size=4&seed=x&min-alder-0=4");
	CHECK_INT(r.status, 303);
	run(&w, r.location);
	r = web_get(&w, r.location);
	CHECK_HAS(r.body, S("Ingen gruppe af mennesker"));
	CHECK_HAS(r.body, S("Alder, Ikke oplyst: mindst 3 i stedet for 4"));
}

TEST_DB(draw_form_comes_back_with_what_is_wrong)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	add_people(&w, 6);
	struct reply r =
	    ask(&w, "size=7&seed=&min-alder-0=5&max-alder-0=2&min-alder-1=x");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("href=\"#size\""));
	CHECK_HAS(r.body, S("href=\"#seed\""));
	CHECK_HAS(r.body, S("href=\"#max-alder-0\""));
	CHECK_HAS(r.body, S("href=\"#min-alder-1\""));
	CHECK_HAS(r.body, S("value=\"5\""));
}
