/* SPDX-License-Identifier: MPL-2.0 */

/* The history of a part, and the way back from it. */
#include "base/buf.h"
#include "tests/web/site.h"

static struct str
address(struct web *w, const char *what, const struct record *r)
{
	return str_fmt(w->world.arena, "%.*s%.*s", STR_ARG(web_path(w, what)),
	    STR_ARG(r->id_text));
}

static struct str
rev_form(struct web *w, const char *rev)
{
	struct arena *a = w->world.arena;
	struct str key = id_text(a, id_new(w->now_us));
	return str_fmt(a, "key=%.*s&rev=%s", STR_ARG(key), rev);
}

/* What is taken out by mistake is two clicks away. */
TEST_DB(history_brings_back_what_was_taken_out)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct record q = world_record(&w.world, KIND_QUESTION);
	record_set(&q, "text", S("Hvem ringer man til?"));
	world_save(&w.world, &q);
	struct str history = address(&w, "/historik/spoergsmaal/", &q);
	CHECK_LACKS(web_get(&w, history).body, S("Hent det tilbage"));
	struct reply r = web_post(
	    &w, address(&w, "/fjern/spoergsmaal/", &q), rev_form(&w, "1"));
	CHECK_INT(r.status, 303);
	CHECK_LACKS(
	    web_get(&w, web_path(&w, "/plan")).body, S("Hvem ringer man til?"));

	r = web_get(&w, history);
	CHECK_HAS(r.body, S("Hent det tilbage"));
	CHECK_HAS(r.body, S("name=\"rev\" value=\"2\""));
	struct str restore = address(&w, "/genskab/spoergsmaal/", &q);
	r = web_post(&w, restore, rev_form(&w, "2"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.location, S("/plan?besked=genskabt#spoergsmaal-"));
	CHECK_HAS(web_get(&w, r.location).body, S("Hvem ringer man til?"));
	r = web_get(&w, history);
	CHECK_HAS(r.body, S("Hentet tilbage i planen"));
	CHECK_LACKS(r.body, S("Hent det tilbage"));
	CHECK_INT(web_post(&w, restore, rev_form(&w, "2")).status, 404);
}

/* A reader of the plan sees that it was, and cannot bring it back. */
TEST_DB(history_offers_the_way_back_to_who_may)
{
	struct web w;
	web_new(&w, arena, db);
	struct record q = world_record(&w.world, KIND_QUESTION);
	world_save(&w.world, &q);
	CHECK_OK(
	    record_remove(db, arena, &w.world.leader, KIND_QUESTION, q.id, 1));
	web_sign_in(&w, w.world.lis);
	struct reply r = web_get(&w, address(&w, "/historik/spoergsmaal/", &q));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("Hent det tilbage"));
	r = web_post(
	    &w, address(&w, "/genskab/spoergsmaal/", &q), rev_form(&w, "2"));
	CHECK_INT(r.status, 403);
}

/* What it stands on is gone: it says so, and nothing changes. */
TEST_DB(history_says_why_it_cannot_come_back)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct actor *who = &w.world.leader;
	struct record p = world_record(&w.world, KIND_PARTICIPANT);
	record_set(&p, "name", S("Ali Hansen"));
	world_save(&w.world, &p);
	struct record a = world_record(&w.world, KIND_AGENDA);
	record_set(&a, "participant", p.id_text);
	world_save(&w.world, &a);
	CHECK_OK(record_remove(db, arena, who, KIND_AGENDA, a.id, 1));
	CHECK_OK(record_remove(db, arena, who, KIND_PARTICIPANT, p.id, 1));
	struct str restore = address(&w, "/genskab/dagsorden/", &a);
	struct reply r = web_post(&w, restore, rev_form(&w, "2"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.location, S("besked=mangler"));
	r = web_get(&w, r.location);
	CHECK_HAS(r.body, S("Det blev ikke hentet tilbage"));
	/* The name that it pointed to is still told. */
	CHECK_HAS(r.body, S("Ali Hansen (taget ud)"));
	CHECK_HAS(r.body, S("Hent det tilbage"));
}
