/* SPDX-License-Identifier: MPL-2.0 */

/* The page that invites: who is ticked, who is reminded, what is fetched. */
#include "base/buf.h"
#include "model/demo_citizen.h"
#include "model/person.h"
#include "model/plan.h"
#include "tests/web/site.h"

struct scene {
	struct web w;
	struct record invitation;
	struct id karen;
	struct str path;
};

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct plan plan;
	struct person_page people;
	web_new(&s->w, a, db);
	struct world *w = &s->w.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	CHECK_OK(plan_load(db, a, &w->leader, &plan));
	CHECK_OK(person_list(
	    db, a, &w->leader, &(struct person_filter){0}, &people));
	s->karen = people.list[0].id;
	s->invitation = plan.of[KIND_INVITATION].list[0];
	s->path = STR_JOIN(a, web_path(&s->w, "/aktiviteter/"),
	    record_value(&s->invitation, "activity"), S("/invitation"));
	web_session(&s->w, w->mette);
}

static struct reply
send(struct scene *s, const char *format, const char *more)
{
	struct arena *a = s->w.world.arena;
	struct id key = id_new(s->w.world.leader.now_us);
	return web_post(&s->w, s->path,
	    STR_JOIN(a, S("key="), id_text(a, key), S("&invitation="),
		s->invitation.id_text, S("&person="), id_text(a, s->karen),
		S("&format="), str_c(format), str_c(more)));
}

/* Whoever has not answered can be chosen at once, and is reminded once. */
TEST_DB(invite_page_reminds_those_who_have_not_answered)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str ticked = STR_JOIN(
	    arena, S("value=\""), id_text(arena, s.karen), S("\" checked"));
	struct reply r = web_get(&s.w, s.path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Én person har ikke svaret endnu."));
	CHECK_LACKS(r.body, ticked);
	r = web_get(&s.w, str_cat(arena, s.path, S("?mind=1")));
	CHECK_HAS(r.body, ticked);
	CHECK_INT(send(&s, "letters", "").status, 303);
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("mindet"));
	CHECK_LACKS(r.body, S("har ikke svaret endnu."));
	r = send(&s, "letters", "");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Ingen bliver mindet to gange."));
	CHECK_INT(send(&s, "letters", "&astray=1").status, 303);
}

/* Texts for phones are in the ZIP of those who want them; nobody else's. */
TEST_DB(invite_page_reaches_each_in_their_own_way)
{
	struct scene s;
	struct person p;
	struct person_contact c = {
	    .name = S("Karen Holm"), .phone = S("+45 12 34 56 78")};
	scene_new(&s, arena, db);
	struct world *w = &s.w.world;
	CHECK_OK(person_get(db, arena, &w->leader, s.karen, &p));
	p.channel = S("sms");
	CHECK_OK(person_save(db, arena, &w->leader, &p));
	CHECK_OK(person_contact_put(db, arena, &w->leader, s.karen, &c));
	struct reply r = send(&s, "own", "");
	CHECK_INT(r.status, 303);
	struct str target = r.location;
	ptrdiff_t at = str_find(target, S("lavet="));
	CHECK(at > 0);
	struct str batch = str_sub(target, at + 6, at + 42);
	r = web_get(&s.w, str_cat(arena, web_path(&s.w, "/breve/"), batch));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("PK")));
	CHECK_HAS(r.body, S("sms.csv"));
	CHECK_LACKS(r.body, S("papir.pdf"));
	CHECK_INT(send(&s, "pigeon", "&astray=1").status, 422);
	/* A table of its own: the number as it is dialled. */
	w->leader.now_us += SECOND_US;
	r = send(&s, "sms", "&astray=1");
	CHECK_INT(r.status, 303);
	at = str_find(r.location, S("lavet="));
	batch = str_sub(r.location, at + 6, at + 42);
	r = web_get(&s.w, str_cat(arena, web_path(&s.w, "/breve/"), batch));
	CHECK_HAS(r.body, S("004512345678;"));
}
