/* SPDX-License-Identifier: MPL-2.0 */

/* The pages about the people a network asks: what stands on them, and what
 * never does. */
#include "base/buf.h"
#include "model/interest.h"
#include "tests/web/site.h"

static struct id
add_person(struct web *w, const char *alias)
{
	struct world *world = &w->world;
	struct person p = {.id = id_new(NOW_US),
	    .alias = str_c(alias),
	    .actor_kind = S("citizen"),
	    .channel = S("phone"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand"),
	    .source = S("named")};
	struct person_contact c = {.name = S("Karen Kanariefugl"),
	    .phone = S("20304050"),
	    .address = S("Kanarievej 3")};
	CHECK_OK(person_save(world->db, world->arena, &world->leader, &p));
	CHECK_OK(person_contact_put(
	    world->db, world->arena, &world->leader, p.id, &c));
	return p.id;
}

static struct str
path_of(struct web *w, struct id id, const char *rest)
{
	struct arena *a = w->world.arena;
	return STR_JOIN(
	    a, web_path(w, "/personer/"), id_text(a, id), str_c(rest));
}

/* No page shows a name or an address before a reason is given. */
TEST_DB(people_stand_by_code_and_alias)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct id id = add_person(&w, "K");
	struct str pages[] = {web_path(&w, "/personer"), path_of(&w, id, ""),
	    path_of(&w, id, "/ret"), web_path(&w, "/mennesker"),
	    web_path(&w, "/adgang"), web_path(&w, "/historik")};
	for (ptrdiff_t i = 0; i < COUNT_OF(pages); i++) {
		struct reply r = web_get(&w, pages[i]);
		CHECK_INT(r.status, 200);
		CHECK_LACKS(r.body, S("Kanarie"));
		CHECK_LACKS(r.body, S("20304050"));
	}
	struct reply shown =
	    web_post(&w, path_of(&w, id, "/kontakt"), S("grund=Ringe"));
	CHECK_INT(shown.status, 200);
	CHECK_HAS(shown.body, S("Karen Kanariefugl"));
	CHECK_STR(http_get(shown.headers, S("Cache-Control")), S("no-store"));
	CHECK_HAS(web_get(&w, web_path(&w, "/adgang")).body, S("Ringe"));
}

TEST_DB(people_who_are_erased_leave_their_number)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct id id = add_person(&w, "Kanarina");
	CHECK_INT(web_post(&w, path_of(&w, id, "/slet"), S("")).status, 422);
	CHECK_INT(
	    web_post(&w, path_of(&w, id, "/slet"), S("sikker=1")).status, 303);
	struct reply r = web_get(&w, path_of(&w, id, ""));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("Kanari"));
	CHECK_HAS(r.body, S("Slettet"));
	CHECK_INT(
	    web_post(&w, path_of(&w, id, "/kontakt"), S("grund=Ringe")).status,
	    404);
}

TEST_DB(people_form_comes_back_with_what_was_typed)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str id = id_text(arena, id_new(NOW_US));
	struct str form = str_fmt(arena,
	    "id=%.*s&rev=0&reason=&alias=Kanarina&actor_kind=citizen"
	    "&channel=phone&lang=da&needs=transport",
	    STR_ARG(id));
	struct reply r = web_post(&w, web_path(&w, "/personer/ny"), form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"Kanarina\""));
	CHECK_HAS(r.body, S("href=\"#felt-reason\""));
	CHECK_HAS(r.body, S("href=\"#felt-needs\""));
	CHECK_HAS(r.body, S("value=\"transport\" checked"));
}

/* Two who change the same person: the second sees that, and loses nothing. */
TEST_DB(people_changed_meanwhile_come_back)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct id id = add_person(&w, "K");
	struct str form = str_fmt(arena,
	    "id=%.*s&rev=1&reason=Ny&actor_kind=citizen&channel=mail&lang=da",
	    STR_ARG(id_text(arena, id)));
	struct str path = web_path(&w, "/personer/ny");
	CHECK_INT(web_post(&w, path, form).status, 303);
	struct reply r = web_post(&w, path, form);
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("name=\"rev\" value=\"2\""));
}

TEST_DB(people_register_once_however_often_it_is_sent)
{
	struct web w;
	struct person_page people;
	web_new(&w, arena, db);
	struct interest set = {
	    .open = true, .about = S("Vi vil gerne høre fra dig.")};
	CHECK_OK(interest_save(db, arena, &w.world.leader, &set));
	struct str path =
	    STR_JOIN(arena, S("/deltag/"), id_text(arena, w.world.network));
	struct str form = str_fmt(arena, "id=%.*s&name=Karen&phone=20304050",
	    STR_ARG(id_text(arena, id_new(NOW_US))));
	CHECK_INT(web_post(&w, path, form).status, 303);
	CHECK_INT(web_post(&w, path, form).status, 303);
	/* A machine fills in what nobody sees. */
	struct str spam = S("name=Spam&phone=1&hjemmeside=http");
	CHECK_INT(web_post(&w, path, spam).status, 303);
	CHECK_OK(person_list(
	    db, arena, &w.world.leader, &(struct person_filter){0}, &people));
	CHECK_INT(people.total, 1);
}

TEST_DB(people_who_register_too_often_wait)
{
	struct web w;
	int limited = 0;
	web_new(&w, arena, db);
	struct interest set = {.open = true, .about = S("Kom.")};
	CHECK_OK(interest_save(db, arena, &w.world.leader, &set));
	struct str path =
	    STR_JOIN(arena, S("/deltag/"), id_text(arena, w.world.network));
	for (int i = 0; i < 30; i++) {
		struct reply r =
		    web_post(&w, path, S("name=Karen&phone=20304050"));
		limited += r.status == 429;
	}
	CHECK(limited > 0);
}

/* Nobody registers where it is not said what happens with what they write. */
TEST_DB(people_register_only_where_they_are_told_about_their_data)
{
	struct web w;
	struct record notice;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = web_path(&w, "/tilmelding");
	struct str form = S("seen=0&about=Kom+og+vær+med&open=1");
	struct reply r = web_post(&w, path, form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Skriv først, hvad folk får at vide"));
	notice = world_record(&w.world, KIND_NOTICE);
	world_save(&w.world, &notice);
	CHECK_INT(web_post(&w, path, form).status, 303);
}

/* Two who set up the open page: the second sees it, with what they wrote. */
TEST_DB(people_page_changed_meanwhile_comes_back)
{
	struct web w;
	struct interest now;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = web_path(&w, "/tilmelding");
	CHECK_HAS(web_get(&w, path).body, S("name=\"seen\" value=\"0\""));
	CHECK_INT(web_post(&w, path, S("seen=0&about=Den+ene")).status, 303);
	struct reply r = web_post(&w, path, S("seen=0&about=Den+anden"));
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("Den anden</textarea>"));
	CHECK_OK(interest_get(db, arena, &w.world.leader, &now));
	CHECK_STR(now.about, S("Den ene"));
	struct str again =
	    str_fmt(arena, "seen=%lld&about=Begges", (long long)now.changed_us);
	CHECK_HAS(r.body, str_sub(again, 5, 10));
	CHECK_INT(web_post(&w, path, again).status, 303); /* the twin */
}
