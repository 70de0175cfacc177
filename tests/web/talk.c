/* SPDX-License-Identifier: MPL-2.0 */

/* A dialogue as citizens meet it: with a code and by the open address, without
 * a script, and what the network does with it. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/dialogue.h"
#include "tests/web/site.h"

struct scene {
	struct web web;
	struct id dialogue;
	struct str open; /* "/dialog/ID" */
	struct str karen; /* "/c/CODE/dialog/ID" */
	struct str code; /* "/c/CODE" */
	struct str device; /* a cookie */
};

static void
set(struct scene *s, const char *field, const char *value)
{
	struct record r;
	struct world *w = &s->web.world;
	CHECK_OK(record_get(
	    w->db, w->arena, &w->leader, KIND_DIALOGUE, s->dialogue, &r));
	record_set(&r, field, str_c(value));
	world_save(w, &r);
}

static void
add(struct scene *s, const char *text)
{
	static int64_t ticks;
	struct world *w = &s->web.world;
	struct statement one = {.once = id_new(NOW_US + ticks++),
	    .text = str_c(text),
	    .source = S("staff")};
	CHECK_OK(statement_add(w->db, w->arena, &w->leader, s->dialogue, &one));
}

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_GROUP, KIND_QUESTION, KIND_NEED, KIND_SCOPE, KIND_PROMISE};
	struct str token;
	*s = (struct scene){0};
	web_new(&s->web, a, db);
	struct world *w = &s->web.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	struct record r = world_record(w, KIND_DIALOGUE);
	record_set(
	    &r, "question", S("Hvad skal til, for at du kan gå en tur?"));
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper dig."));
	record_set(&r, "state", S("open"));
	record_set(&r, "ends", S(""));
	record_set(&r, "door", S("link"));
	record_set(&r, "own", S("before"));
	record_set(&r, "pause", S("2"));
	world_save(w, &r);
	s->dialogue = r.id;
	add(s, "Der skal være en at ringe til om aftenen.");
	add(s, "Det skal være den samme hjælper.");
	add(s, "En afløser to timer er bedre end et brev.");
	s->open = STR_JOIN(a, S("/dialog/"), id_text(a, r.id));
	s->code = STR_JOIN(a, S("/c/"),
	    code_text(a, s->web.site->orgs.list[0].short_code, token));
	s->karen = str_cat(a, s->code, s->open);
	web_nobody(&s->web);
}

static struct reply
get(struct scene *s, struct str path)
{
	struct http_pair cookie = {S("cookie"), s->device};
	return web_raw(&s->web, HTTP_GET, path, S(""),
	    (struct http_pairs){&cookie, s->device.n > 0 ? 1 : 0});
}

static struct reply
post(struct scene *s, struct str path, struct str form)
{
	struct http_pair headers[] = {
	    {S("sec-fetch-site"), S("same-origin")}, {S("cookie"), s->device}};
	struct reply r = web_raw(&s->web, HTTP_POST, path, form,
	    (struct http_pairs){headers, s->device.n > 0 ? 2 : 1});
	struct str cookie = r.set_cookie;
	if (cookie.n > 0)
		s->device = str_cut(&cookie, ';');
	return r;
}

static void
check_without(struct str text, struct str part)
{
	CHECK(str_find(text, part) < 0);
}

static int64_t
asked(struct reply r)
{
	int64_t number;
	struct str mark = S("name=\"udsagn\" value=\"");
	ptrdiff_t at = str_find(r.body, mark);
	if (at < 0)
		return -1;
	struct str rest = str_sub(r.body, at + mark.n, r.body.n);
	CHECK(str_int(str_cut(&rest, '"'), &number));
	return number;
}

static struct reply
answer(struct scene *s, struct str path, int64_t number, int vote)
{
	return post(s, path,
	    str_fmt(s->web.world.arena, "udsagn=%lld&svar=%d",
		(long long)number, vote));
}

static ptrdiff_t
votes(struct scene *s)
{
	struct world *w = &s->web.world;
	struct vote_rows rows = {s->dialogue, -1, NULL, 0};
	CHECK_OK(vote_since(w->db, w->arena, &w->leader, &rows));
	return rows.n;
}

/* guide:S20: one statement at a time, a rest after two, and all of them once,
 * with a code and no script. */
TEST_DB(talk_leads_through_the_statements)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_HAS(get(&s, s.code).body, S("Hvad skal til"));
	struct reply r = get(&s, s.karen);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Vi vil vide, hvad der hjælper dig."));
	for (int n = 0; n < 2; n++) {
		int64_t number = asked(r);
		CHECK(number >= 0);
		CHECK_INT(answer(&s, s.karen, number, 1).status, 303);
		CHECK_INT(answer(&s, s.karen, number, 1).status, 303);
		r = get(&s, s.karen);
	}
	CHECK_INT(votes(&s), 2);
	CHECK_INT(asked(r), -1);
	CHECK_HAS(r.body, S("Et par til"));
	r = get(&s, str_cat(arena, s.karen, S("?videre=1")));
	CHECK(asked(r) >= 0);
	CHECK_INT(answer(&s, s.karen, asked(r), 0).status, 303);
	r = get(&s, s.karen);
	CHECK_HAS(r.body, S("Du har svaret på dem alle"));
	CHECK_HAS(r.body, S("Du har svaret på 3 af 3."));
	r = get(&s, str_cat(arena, s.karen, S("?mine=1")));
	CHECK_HAS(r.body, S("Du sprang over"));
	CHECK_INT(s.device.n, 0); /* a code needs no cookie */
}

/* Nobody gets a cookie by looking; the first answer makes a device known, and
 * two devices are two voters. */
TEST_DB(talk_by_the_open_address_knows_a_device)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct reply r = get(&s, s.open);
	CHECK_INT(r.status, 200);
	CHECK_INT(r.set_cookie.n, 0);
	CHECK_HAS(r.body, S("Det sker der med dine svar"));
	CHECK_INT(answer(&s, s.open, 0, 1).status, 303);
	CHECK(s.device.n > 0);
	CHECK_INT(answer(&s, s.open, 0, 1).status, 303);
	CHECK_INT(answer(&s, s.open, 0, -1).status, 303);
	CHECK_INT(votes(&s), 2); /* changed once */
	CHECK_HAS(get(&s, str_cat(arena, s.open, S("?mine=1"))).body,
	    S("Du er uenig"));
	struct str first = s.device;
	s.device = S("");
	CHECK_INT(answer(&s, s.open, 0, 1).status, 303);
	CHECK_INT(votes(&s), 3);
	CHECK(!str_eq(first, s.device));

	/* One that was made up is a stranger's, however often it comes. */
	s.device = S("__Host-deltager=ABCDEFGHJKMNPQRSTVWXYZ0123."
		     "0123456789abcdef0123456789abcdef");
	struct str made_up = s.device;
	CHECK_INT(answer(&s, s.open, 0, 1).status, 303);
	CHECK(!str_eq(made_up, s.device));
}

TEST_DB(talk_opens_only_the_door_it_has)
{
	struct scene s;
	scene_new(&s, arena, db);
	set(&s, "door", "codes");
	CHECK_INT(get(&s, s.open).status, 404);
	CHECK_INT(answer(&s, s.open, 0, 1).status, 404);
	CHECK_INT(get(&s, s.karen).status, 200);
	set(&s, "state", "draft");
	CHECK_INT(get(&s, s.karen).status, 404);
	check_without(get(&s, s.code).body, S("Hvad skal til"));
	CHECK_INT(votes(&s), 0);
}

/* An answer that comes when it is closed loses nobody anything. */
TEST_DB(talk_that_is_closed_says_so)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(answer(&s, s.karen, 0, 1).status, 303);
	/* Whoever has not answered is led back, and sees no picture. */
	CHECK_INT(get(&s, str_cat(arena, s.open, S("/svar"))).status, 303);
	CHECK_INT(get(&s, str_cat(arena, s.open, S("/kort"))).status, 404);
	set(&s, "state", "closed");
	CHECK_INT(answer(&s, s.karen, 1, 1).status, 303);
	CHECK_INT(votes(&s), 1);
	struct reply r = get(&s, s.karen);
	CHECK_HAS(r.body, S("Der er lukket nu."));
	CHECK_INT(asked(r), -1);
	CHECK_INT(get(&s, str_cat(arena, s.open, S("/svar"))).status, 200);
	CHECK_INT(get(&s, str_cat(arena, s.open, S("/kort"))).status, 200);
}

/* guide:S21: their own words wait, are shown or not with a reason that they
 * read, and are taken back in one step. */
TEST_DB(talk_takes_statements_of_their_own)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str say = str_cat(arena, s.karen, S("/udsagn"));
	struct str mine = str_cat(arena, s.karen, S("?mine=1"));
	struct str id = id_text(arena, id_new(NOW_US + 77));
	struct reply r = post(&s, say,
	    STR_JOIN(arena, S("id="), id, S("&text=Ring+010150-1234")));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Ring 010150-1234"));
	CHECK_HAS(r.body, S("cpr-nummer"));
	struct str form =
	    STR_JOIN(arena, S("id="), id, S("&text=Sp%C3%B8rg+mig+f%C3%B8rst"));
	CHECK_INT(post(&s, say, form).status, 303);
	CHECK_INT(post(&s, say, form).status, 303);
	CHECK_HAS(get(&s, mine).body, S("Spørg mig først"));
	CHECK_HAS(get(&s, mine).body, S("vi har ikke læst det endnu"));
	check_without(get(&s, s.open).body, S("Spørg mig først"));

	web_sign_in(&s.web, s.web.world.mette);
	struct str page = web_path(&s.web, "/dialoger/");
	page = str_cat(arena, page, id_text(arena, s.dialogue));
	CHECK_HAS(web_get(&s.web, page).body, S("Spørg mig først"));
	struct str read = str_cat(arena, page, S("/udsagn/laes"));
	r = web_post(&s.web, read, S("udsagn=3&tilstand=refused&reason="));
	CHECK_INT(r.status, 422);
	CHECK_INT(web_post(&s.web, read,
		      S("udsagn=3&tilstand=refused&reason=Det+st%C3%A5r+der"))
		      .status,
	    303);
	web_nobody(&s.web);
	CHECK_HAS(get(&s, mine).body, S("Det står der"));
	CHECK_INT(
	    post(&s, str_cat(arena, s.karen, S("/tilbage")), S("udsagn=3"))
		.status,
	    303);
	check_without(get(&s, mine).body, S("Spørg mig først"));
}

/* What the page says it is, for the first answer. */
static struct str
page_mark(struct scene *s, struct reply r)
{
	struct str mark = S("name=\"enhed\" value=\"");
	ptrdiff_t at = str_find(r.body, mark);
	if (at < 0)
		return S("");
	struct str rest = str_sub(r.body, at + mark.n, r.body.n);
	return str_cat(s->web.world.arena, S("&enhed="), str_cut(&rest, '"'));
}

/* A double tap, or an answer to the first vote that never came: no cookie yet,
 * and still it is the same phone. */
TEST_DB(talk_counts_a_phone_once_whose_first_answer_was_lost)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str form = str_cat(
	    arena, S("udsagn=0&svar=1"), page_mark(&s, get(&s, s.open)));
	struct str other = str_cat(
	    arena, S("udsagn=0&svar=1"), page_mark(&s, get(&s, s.open)));
	CHECK_INT(post(&s, s.open, form).status, 303);
	struct str first = s.device;
	s.device = S("");
	CHECK_INT(post(&s, s.open, form).status, 303);
	CHECK_STR(s.device, first);
	CHECK_INT(votes(&s), 1);
	CHECK_STR(page_mark(&s, get(&s, s.open)), S("")); /* known by now */
	s.device = S("");
	CHECK_INT(post(&s, s.open, other).status, 303); /* another phone */
	CHECK(!str_eq(s.device, first));
	CHECK_INT(votes(&s), 2);
	s.device = S("");
	CHECK_INT(post(&s, s.open, S("udsagn=0&svar=1&enhed=made.up")).status,
	    303); /* nobody's mark */
	CHECK_INT(votes(&s), 3);
}

/* The mark of a page is no cookie: new phones are counted, and held back. */
TEST_DB(talk_takes_no_mark_of_a_page_for_a_cookie)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str mark = page_mark(&s, get(&s, s.open));
	str_cut(&mark, '=');
	struct str claimed =
	    STR_JOIN(arena, S("__Host-deltager="), mark, S("."), mark);
	s.device = claimed;
	CHECK_INT(post(&s, s.open, S("udsagn=0&svar=1")).status, 303);
	CHECK(!str_eq(s.device, claimed));
	CHECK(str_find(s.device, mark) < 0);
}

/* Without a code nobody could ask for it: one press, also once it is closed. */
TEST_DB(talk_deletes_all_of_ones_answers)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str id = id_text(arena, id_new(NOW_US + 78));
	CHECK_INT(answer(&s, s.karen, 0, 1).status, 303);
	CHECK_INT(answer(&s, s.open, 0, -1).status, 303);
	CHECK_INT(answer(&s, s.open, 1, -1).status, 303);
	CHECK_INT(post(&s, str_cat(arena, s.open, S("/udsagn")),
		      STR_JOIN(arena, S("id="), id, S("&text=Fra+Havnegade")))
		      .status,
	    303);
	CHECK_INT(votes(&s), 4);
	set(&s, "state", "closed");
	CHECK_INT(
	    post(&s, str_cat(arena, s.open, S("/slet")), S("")).status, 303);
	CHECK_INT(votes(&s), 1); /* Karen's */
	check_without(
	    get(&s, str_cat(arena, s.open, S("?mine=1"))).body, S("Havnegade"));
	CHECK_INT(
	    post(&s, str_cat(arena, s.open, S("/slet")), S("")).status, 303);
	CHECK_INT(votes(&s), 1);
}

/* The network sees no single answer: nothing of two people is shown. */
TEST_DB(talk_shows_nothing_of_few)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(answer(&s, s.karen, 0, 1).status, 303);
	CHECK_INT(answer(&s, s.open, 0, -1).status, 303);
	web_sign_in(&s.web, s.web.world.mette);
	struct str page = web_path(&s.web, "/dialoger/");
	page = str_cat(arena, page, id_text(arena, s.dialogue));
	struct reply r = web_get(&s.web, page);
	CHECK_HAS(r.body, S("data-title=\"Enig\">-</td>"));
	check_without(r.body, S("50 %"));
	CHECK_HAS(web_get(&s.web, str_cat(arena, page, S("/vaeg"))).body,
	    S("/dialog/"));
}

/* guide:S13: a tension's agendas are where statements begin. */
TEST_DB(talk_begins_with_what_parts_the_network)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	struct record agenda = world_record(w, KIND_AGENDA);
	record_set(&agenda, "wish", S("Flere hænder om aftenen"));
	world_save(w, &agenda);
	struct record tension = world_record(w, KIND_TENSION);
	record_set(&tension, "one", agenda.id_text);
	world_save(w, &tension);
	struct record r;
	CHECK_OK(
	    record_get(db, arena, &w->leader, KIND_DIALOGUE, s.dialogue, &r));
	record_set(&r, "tension", tension.id_text);
	world_save(w, &r);
	web_sign_in(&s.web, w->mette);
	struct str page = web_path(&s.web, "/dialoger/");
	page = str_cat(arena, page, id_text(arena, s.dialogue));
	CHECK_HAS(web_get(&s.web, page).body, S("Flere hænder om aftenen"));
	CHECK_HAS(web_get(&s.web,
		      str_cat(arena, page,
			  S("?kilde=agenda&tekst=Flere+h%C3%A6nder")))
		      .body,
	    S("Flere hænder</textarea>"));
}
