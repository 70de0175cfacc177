/* SPDX-License-Identifier: MPL-2.0 */

/* The pages as a leader and others meet them. */
#include "base/buf.h"
#include "http/forms.h"
#include "tests/web/site.h"

static struct str
new_id(struct web *w, int64_t n)
{
	return id_text(w->world.arena, id_new(NOW_US + 1000 + n));
}

static struct str
save_path(struct web *w, const char *kind, struct str id)
{
	return str_fmt(w->world.arena, "%.*s/%s/%.*s",
	    STR_ARG(web_path(w, "/gem")), kind, STR_ARG(id));
}

static struct str
text_form(struct web *w, struct str text, int rev)
{
	return str_fmt(w->world.arena, "rev=%d&text=%.*s", rev,
	    STR_ARG(form_escape(w->world.arena, text)));
}

TEST_DB(nobody_signed_in_is_shown_the_way_in)
{
	struct web w;
	web_new(&w, arena, db);
	struct reply r = web_get(&w, S("/"));
	CHECK_INT(r.status, 303);
	CHECK_STR(r.location, S("/log-ind"));
	r = web_get(&w, S("/log-ind"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<h1>Log ind</h1>"));
	CHECK_STR(r.set_cookie, S("")); /* no cookie before sign-in */
	r = web_get(&w, S("/log-ind?sprog=en"));
	CHECK_HAS(r.body, S("<h1>Sign in</h1>"));
	CHECK_HAS(r.body, S("<html lang=\"en\">"));
}

TEST_DB(a_link_shows_a_button_and_its_post_signs_in_once)
{
	struct web w;
	struct str token;
	web_new(&w, arena, db);
	CHECK_OK(link_new(db, arena, &w.world.program, w.world.mette, &token));
	struct str path = str_fmt(arena, "/log-ind/link/%.*s", STR_ARG(token));
	for (int i = 0; i < 3; i++) /* a mail scanner follows it */
		CHECK_INT(web_get(&w, path).status, 200);
	struct reply r = web_post(&w, path, S(""));
	CHECK_INT(r.status, 303);
	CHECK(str_starts(r.set_cookie, S("__Host-samskab=")));
	CHECK_HAS(r.set_cookie, S("Secure; HttpOnly; SameSite=Lax"));
	CHECK_INT(web_get(&w, path).status, 410);
	CHECK_INT(web_post(&w, path, S("")).status, 410);
}

TEST_DB(asking_for_a_link_answers_alike_and_is_counted)
{
	struct web w;
	web_new(&w, arena, db);
	struct reply known =
	    web_post(&w, S("/log-ind"), S("mail=mette%40fjordby.example"));
	struct reply other =
	    web_post(&w, S("/log-ind"), S("mail=ingen%40fjordby.example"));
	CHECK_INT(known.status, other.status);
	CHECK_STR(known.location, other.location);
	int refused = 0;
	for (int i = 0; i < 20; i++)
		refused += web_post(&w, S("/log-ind"),
			       S("mail=mette%40fjordby.example"))
			       .status == 429;
	CHECK(refused > 10);
}

/* guide:S12 guide:S15 guide:S53 one document, in the guide's order */
TEST_DB(the_plan_is_one_document_in_the_guides_order)
{
	static const char *const order[] = {"Tema", "Det ved vi ikke endnu",
	    "Formål", "Råderum", "Behov", "Løfte til borgerne", "Dagsordener",
	    "Fælles fokus", "Aktører", "Målgrupper",
	    "Hvem er med i hvilken fase", "Dokumentationsplan"};
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_get(&w, web_path(&w, "/plan"));
	CHECK_INT(r.status, 200);
	struct str rest = r.body;
	for (ptrdiff_t i = 0; i < COUNT_OF(order); i++) {
		ptrdiff_t at = str_find(
		    rest, str_fmt(arena, "-title\">%s</h2>", order[i]));
		CHECK(at > 0);
		rest = str_sub(rest, at, rest.n);
	}
	CHECK_MAX(r.queries, 41); /* one a kind of record, and a few */
}

/* guide:S11 guide:S46 a part is written where it stands */
TEST_DB(a_part_is_written_and_shown)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_get(&w, web_path(&w, "/plan?ny=behov"));
	CHECK_HAS(r.body, S("name=\"text\""));
	CHECK_HAS(r.body, S("Hjælp fra guiden"));
	r = web_post(&w,
	    save_path(&w, "behov", id_text(arena, w.world.network)),
	    text_form(&w, S("Vi mangler <pårørendes> blik & ord."), 0));
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.location, S("/plan?besked=gemt#behov"));
	r = web_get(&w, web_path(&w, "/plan"));
	CHECK_HAS(r.body, S("Vi mangler &lt;pårørendes&gt; blik &amp; ord."));
}

TEST_DB(a_form_in_error_comes_back_with_everything)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_post(&w, save_path(&w, "opgave", new_id(&w, 1)),
	    S("rev=0&title=&due=2027-02-30&state=open&note=Husk+kagen+%C3%A5"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Dette skal udfyldes."));
	CHECK_HAS(r.body, S("value=\"2027-02-30\""));
	CHECK_HAS(r.body, S("Husk kagen å</textarea>"));
	CHECK_HAS(r.body, S("href=\"#felt-title\""));
	CHECK_HAS(r.body, S("aria-invalid=\"true\""));
}

TEST_DB(a_repeated_post_does_the_thing_once)
{
	struct web w;
	struct records all;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str form = str_fmt(arena,
	    "key=%.*s&rev=0&text=Hvad%%3F&state=open", STR_ARG(new_id(&w, 7)));
	struct str path = save_path(&w, "spoergsmaal", new_id(&w, 2));
	struct reply one = web_post(&w, path, form);
	struct reply two = web_post(&w, path, form);
	CHECK_INT(one.status, 303);
	CHECK_INT(two.status, 303);
	CHECK_STR(one.location, two.location);
	CHECK_OK(record_list(db, arena, &w.world.leader, KIND_QUESTION, &all));
	CHECK_INT(all.n, 1);
}

TEST_DB(two_who_meet_see_both_texts_and_nothing_is_lost)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path =
	    save_path(&w, "formaal", id_text(arena, w.world.network));
	CHECK_INT(web_post(&w, path, text_form(&w, S("Et."), 0)).status, 303);
	CHECK_INT(
	    web_post(&w, path, text_form(&w, S("Hendes."), 1)).status, 303);
	struct reply r = web_post(&w, path, text_form(&w, S("Hans ord."), 1));
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("Hans ord.</textarea>"));
	CHECK_HAS(r.body, S("Hendes."));
	CHECK_HAS(r.body, S("name=\"rev\" value=\"2\""));
	CHECK_INT(
	    web_post(&w, path, text_form(&w, S("Begges."), 2)).status, 303);
}

/* guide:S3 guide:S35 the history shows what moved */
TEST_DB(the_history_shows_what_moved)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str id = id_text(arena, w.world.network);
	struct str path = save_path(&w, "formaal", id);
	web_post(&w, path, text_form(&w, S("Vi spørger de pårørende."), 0));
	web_post(&w, path, text_form(&w, S("Vi lytter til de pårørende."), 1));
	struct reply r =
	    web_get(&w, str_cat(arena, web_path(&w, "/historik/formaal/"), id));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<ins>"));
	CHECK_HAS(r.body, S("lytter til"));
	CHECK_HAS(r.body, S("<del>"));
	CHECK_HAS(r.body, S("spørger"));
}

/* guide:S16 the words are explained in place */
TEST_DB(words_are_explained_where_they_stand)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_get(&w, web_path(&w, "/plan"));
	CHECK_HAS(r.body, S("Hvad betyder „Råderum“?"));
	CHECK_INT(web_get(&w, S("/ordliste")).status, 200);
}

/* guide:S14 guide:S17 the grid has a cell for each phase and actor */
TEST_DB(the_grid_has_a_cell_for_each_phase_and_actor)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct record cell = world_record(&w.world, KIND_CELL);
	record_set(&cell, "mode", S("core"));
	record_set(&cell, "role", S("guide"));
	world_save(&w.world, &cell);
	struct reply r = web_get(&w, web_path(&w, "/plan"));
	CHECK_HAS(r.body, S("class=\"mode-core\""));
	CHECK_HAS(r.body, S("Guide"));
	CHECK_HAS(r.body, S("?ny=rolle&amp;phase="));
}

TEST_DB(what_one_may_not_do_is_refused)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.lis); /* decision maker: reads only */
	struct reply r = web_get(&w, web_path(&w, "/plan"));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("data-edit-link"));
	CHECK_INT(web_get(&w, web_path(&w, "/plan?ny=behov")).status, 403);
	CHECK_INT(web_post(&w,
		      save_path(&w, "behov", id_text(arena, w.world.network)),
		      text_form(&w, S("x"), 0))
		      .status,
	    403);
	CHECK_INT(web_get(&w, S("/admin/brugere")).status, 403);
	CHECK_INT(web_get(&w, S("/admin/post")).status, 403);
	CHECK_INT(
	    web_post(&w, web_path(&w, "/medlemmer"), S("x=1")).status, 403);
}

TEST_DB(a_network_is_started_with_its_phases)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.ali);
	struct str key = new_id(&w, 9);
	struct reply r = web_post(&w, S("/netvaerk/nyt"),
	    str_fmt(arena,
		"key=%.*s&name=Skolevejen&type=learning"
		"&starts=2027-01-01&ends=2027-05-01",
		STR_ARG(key)));
	CHECK_INT(r.status, 303);
	r = web_get(&w, str_fmt(arena, "/netvaerk/%.*s/faser", STR_ARG(key)));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Bearbejdning"));
	r = web_post(&w, S("/netvaerk/nyt"),
	    S("name=&type=&starts=2027-05-01&ends=2027-01-01&goal=Husk"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Husk</textarea>"));
}

TEST_DB(the_administrator_lets_people_in)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_post(&w, S("/admin/brugere"),
	    S("name=Ida+Lund&mail=ida%40fjordby.example&lang=da"));
	CHECK_INT(r.status, 303);
	struct str location = r.location;
	struct str path = str_cut(&location, '?');
	r = web_post(&w, str_cat(arena, path, S("/link")), S(""));
	CHECK_HAS(r.body, S("https://samskab.test/log-ind/link/"));
	r = web_post(&w, S("/admin/brugere"),
	    S("name=En+anden&mail=IDA%40fjordby.example&lang=da"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"En anden\""));
	r = web_post(&w, S("/admin/brugere"), S("name=X&mail=nej&lang=da"));
	CHECK_INT(r.status, 422);
}

TEST_DB(mail_that_cannot_go_out_is_kept_and_shown)
{
	struct web w;
	web_new(&w, arena, db);
	CHECK_INT(
	    web_post(&w, S("/log-ind"), S("mail=ali%40fjordby.example")).status,
	    303);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_get(&w, S("/admin/post"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("ali@fjordby.example"));
	CHECK_HAS(r.body, S("Gemt her: der er ingen mailserver"));
}

/* guide:S9 tasks with owner and date on the front page, and as a calendar */
TEST_DB(tasks_stand_on_the_front_page_and_in_the_calendar)
{
	struct web w;
	struct str token;
	web_new(&w, arena, db);
	struct record task = world_record(&w.world, KIND_TASK);
	record_set(&task, "title", S("Ring til Karen; aftal æbletid"));
	record_set(&task, "owner", id_text(arena, w.world.ali));
	record_set(&task, "due", S("2026-11-20"));
	world_save(&w.world, &task);
	web_sign_in(&w, w.world.ali);
	struct reply r = web_get(&w, S("/"));
	CHECK_HAS(r.body, S("Ring til Karen; aftal æbletid"));
	CHECK_HAS(r.body, S("forsinket"));
	struct actor ali = world_as(&w.world, w.world.ali);
	CHECK_OK(account_feed_new(db, arena, &ali, &token));
	w.cookie = S("");
	r = web_get(&w, str_fmt(arena, "/kalender/%.*s", STR_ARG(token)));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("BEGIN:VEVENT\r\n"));
	CHECK_HAS(r.body, S("Ring til Karen\\; aftal æbletid"));
	CHECK_INT(web_get(&w, S("/kalender/0000")).status, 404);
}

TEST_DB(every_page_is_there_in_both_languages)
{
	static const char *const pages[] = {
	    "", "/plan", "/faser", "/mennesker", "/opgaver", "/historik"};
	static const struct str own[] = {S_INIT("/"), S_INIT("/konto"),
	    S_INIT("/ordliste"), S_INIT("/was"), S_INIT("/netvaerk/nyt"),
	    S_INIT("/admin/brugere"), S_INIT("/admin/post")};
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	for (int lang = 0; lang < 2; lang++) {
		CHECK_INT(web_post(&w, S("/konto/sprog"),
			      lang == 0 ? S("lang=da") : S("lang=en"))
			      .status,
		    303);
		for (ptrdiff_t i = 0; i < COUNT_OF(pages); i++) {
			struct reply r = web_get(&w, web_path(&w, pages[i]));
			CHECK_INT(r.status, 200);
			CHECK_HAS(r.body,
			    lang == 0 ? S("<html lang=\"da\">")
				      : S("<html lang=\"en\">"));
			CHECK_HAS(r.body, S("</html>"));
		}
		for (ptrdiff_t i = 0; i < COUNT_OF(own); i++)
			CHECK_INT(web_get(&w, own[i]).status, 200);
	}
}
