/* SPDX-License-Identifier: MPL-2.0 */

/* The page of a network that anybody may read, and its feed. */
#include "model/public_page.h"

#include "base/buf.h"
#include "model/contribution.h"
#include "model/reply.h"
#include "tests/report/help.h"
#include "tests/web/site.h"

struct scene {
	struct web web;
	struct id decision;
	struct str open; /* "/om/N" */
};

/* A decision on what stands under these insights, "" on all that was said. */
static void
prepare(struct scene *s, struct str insights)
{
	struct world *w = &s->web.world;
	struct record r = {
	    .kind = KIND_DECISION, .network = w->network, .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys <b>ved</b> skolen"));
	record_set(&r, "question", S("Skal der lys ved stien?"));
	record_set(&r, "body", S("Teknisk udvalg"));
	record_set(&r, "room", S("Hvor lyset skal stå."));
	record_set(&r, "insights", insights);
	world_save(w, &r);
	s->decision = r.id;
}

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE};
	web_new(&s->web, a, db);
	struct world *w = &s->web.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	prepare(s, S(""));
	s->open = str_cat(a, S("/om/"), id_text(a, w->network));
	web_session(&s->web, w->mette);
}

static struct reply
anybody(struct scene *s, const char *rest)
{
	struct id account = s->web.account;
	web_nobody(&s->web);
	struct reply r =
	    web_get(&s->web, str_cat(s->web.world.arena, s->open, str_c(rest)));
	web_session(&s->web, account);
	return r;
}

static struct str
set_up(struct scene *s)
{
	return web_path(&s->web, "/offentlig");
}

/* With what the page has as its mark of the last change. */
static struct reply
save(struct scene *s, const char *form)
{
	struct arena *a = s->web.world.arena;
	struct str body = web_get(&s->web, set_up(s)).body;
	ptrdiff_t at = str_find(body, S("name=\"seen\" value=\"")) + 19;
	struct str seen = str_sub(body, at, body.n);
	seen = str_sub(seen, 0, str_find_byte(seen, '"'));
	return web_post(
	    &s->web, set_up(s), STR_JOIN(a, S("seen="), seen, str_c(form)));
}

static void
decide(struct scene *s)
{
	struct decision d;
	struct world *w = &s->web.world;
	struct decision_taking t = {.outcome = S("adopted"),
	    .taken = S("2026-11-20"),
	    .reason = S("Stien er mørk & våd."),
	    .next = S("Lamperne bliver bestilt.")};
	CHECK_OK(decision_get(w->db, w->arena, &w->leader, s->decision, &d));
	CHECK_OK(decision_take(w->db, w->arena, &w->leader, &d, &t));
}

static void
close_it(struct scene *s)
{
	struct decision d;
	struct decision_gate gate;
	struct world *w = &s->web.world;
	CHECK_OK(decision_get(w->db, w->arena, &w->leader, s->decision, &d));
	CHECK_OK(decision_close(w->db, w->arena, &w->leader, &d, &gate));
}

/* guide:S10 guide:S43 who has no code reads it here; no account is needed. */
TEST_DB(public_page_is_there_once_it_is_opened)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(anybody(&s, "").status, 404);
	CHECK_INT(anybody(&s, "/nyt.atom").status, 404);
	CHECK_HAS(web_get(&s.web, set_up(&s)).body, S("Det her læser de"));
	struct reply r = save(&s, "&open=1&about=");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Skriv, hvad det handler om"));
	CHECK_INT(anybody(&s, "").status, 404);
	CHECK_INT(save(&s, "&open=1&about=Lys+ved+stien.").status, 303);
	CHECK_HAS(web_get(&s.web, set_up(&s)).body, S("Siden er åben"));
	r = anybody(&s, "");
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Lys ved stien."));
	CHECK_HAS(r.body, S("Hvad vi lover"));
	CHECK_HAS(r.body, S("Intet er besluttet endnu."));
	CHECK_LACKS(r.body, S("Lys &lt;b&gt;"));
	CHECK_INT(save(&s, "&about=Lys+ved+stien.").status, 303);
	CHECK_INT(anybody(&s, "").status, 404); /* closed again */
}

TEST_DB(public_page_and_feed_have_what_was_decided)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(save(&s, "&open=1&about=Lys.").status, 303);
	struct reply r = anybody(&s, "/nyt.atom");
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("<entry>"));
	decide(&s);
	close_it(&s);
	struct decision d;
	struct world *w = &s.web.world;
	CHECK_OK(decision_get(db, arena, &w->leader, s.decision, &d));
	struct decision_told news = {
	    .id = id_new(NOW_US), .words = S("Lamperne lyser.")};
	CHECK_OK(decision_tell(db, arena, &w->leader, &d, &news));
	r = anybody(&s, "");
	CHECK_HAS(r.body, S("Lys &lt;b&gt;ved&lt;/b&gt; skolen"));
	CHECK_HAS(r.body, S("Svaret er ja."));
	CHECK_HAS(r.body, S("20. november 2026"));
	CHECK_HAS(r.body, S("Lamperne lyser."));
	CHECK_LACKS(r.body, S("stemmer har fået svar")); /* nobody spoke */
	r = anybody(&s, "/nyt.atom");
	CHECK(str_starts(r.body, S("<?xml version=\"1.0\"")));
	CHECK_HAS(r.body, S("Lys &lt;b&gt;ved&lt;/b&gt; skolen</title>"));
	CHECK_HAS(r.body, S("Stien er mørk &amp; våd."));
	CHECK_HAS(r.body, S("<title>Nyt om: Lys"));
	CHECK_HAS(r.body, S("#b-"));
}

/* One more who spoke and was answered. */
static void
hears(struct scene *s, enum grade grade)
{
	struct trace t;
	struct decision d;
	struct replies all;
	struct world *w = &s->web.world;
	struct person p = {.id = id_new(NOW_US),
	    .state = S("yes"),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Ved noget."),
	    .source = S("named")};
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = S("Lys."),
	    .person = p.id,
	    .basis = S("consent"),
	    .scope = SCOPE_DECISION,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	struct trace_link link = {.source = c.id,
	    .kind = TRACE_VOICE,
	    .grade = grade,
	    .words = S("Tak.")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	CHECK_OK(decision_get(w->db, w->arena, &w->leader, s->decision, &d));
	CHECK_OK(trace_put(
	    w->db, w->arena, &w->leader, &d, &(struct trace_links){&link, 1}));
	CHECK_OK(trace_load(w->db, w->arena, &w->leader, &d, &t));
	CHECK_OK(reply_list(w->db, w->arena, &w->leader, &t, &all));
	struct reply_to to = *reply_find(&all, p.id);
	to.channel = S("letter");
	CHECK_OK(reply_send(w->db, w->arena, &w->leader, &to));
}

/* What the page says of the decision. */
static struct str
about(struct scene *s)
{
	struct arena *a = s->web.world.arena;
	struct str body = anybody(s, "").body;
	struct str id =
	    STR_JOIN(a, S("id=\"b-"), id_text(a, s->decision), S("\""));
	ptrdiff_t at = str_find(body, id);
	CHECK(at > 0);
	struct str rest = str_sub(body, at + id.n, body.n);
	ptrdiff_t end = str_find(rest, S("id=\"b-"));
	return end < 0 ? rest : str_sub(rest, 0, end);
}

/* No numbers of few people, nor one that leaves few others. */
TEST_DB(public_page_hides_how_few_moved_it)
{
	static const struct {
		int moved, others;
		const char *says, *lacks;
	} cases[] = {
	    {2, 2, "", "fået svar"},
	    {5, 0, "5 mennesker har fået svar. Det, hver af dem", "nogle af"},
	    {0, 5, "5 mennesker har fået svar. Det, de sagde", "nogle af"},
	    {9, 1, "10 mennesker har fået svar. Det, nogle af dem", "Det, 9"},
	    {1, 9, "10 mennesker har fået svar. Det, nogle af dem", "Det, 1"},
	    {5, 6, "11 mennesker har fået svar. Det, 5 af dem", "nogle af"},
	};
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(save(&s, "&open=1&about=Lys.").status, 303);
	struct record insight = world_record(&s.web.world, KIND_INSIGHT);
	world_save(&s.web.world, &insight);
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		prepare(&s, id_text(arena, insight.id));
		decide(&s);
		for (int n = 0; n < cases[i].moved; n++)
			hears(&s, GRADE_SHAPED);
		for (int n = 0; n < cases[i].others; n++)
			hears(&s, GRADE_CONFIRMED);
		close_it(&s);
		struct str said = about(&s);
		CHECK_HAS(said, str_c(cases[i].says));
		CHECK_LACKS(said, str_c(cases[i].lacks));
	}
}

static void
dialogue(
    struct scene *s, const char *question, const char *door, const char *state)
{
	struct record r = world_record(&s->web.world, KIND_DIALOGUE);
	record_set(&r, "question", str_c(question));
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "door", str_c(door));
	record_set(&r, "own", S("no"));
	record_set(&r, "state", str_c(state));
	record_set(&r, "ends", S("2026-12-24"));
	world_save(&s->web.world, &r);
}

/* guide:S13 what anybody can answer now, and nothing that is for others. */
TEST_DB(public_page_leads_to_what_one_can_answer)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(save(&s, "&open=1&about=Lys.").status, 303);
	dialogue(&s, "Hvad siger I, der er syge?", "codes", "open");
	dialogue(&s, "Hvad kommer senere?", "link", "draft");
	dialogue(&s, "Hvad var der sidst?", "link", "closed");
	CHECK_LACKS(anybody(&s, "").body, S("Vær med nu"));
	dialogue(&s, "Hvad hjælper jer?", "link", "open");
	struct str body = anybody(&s, "").body;
	CHECK_HAS(body, S("Vær med nu"));
	CHECK_HAS(body, S("Hvad hjælper jer?"));
	CHECK_HAS(body, S("til og med 24. december 2026"));
	CHECK_LACKS(body, S("Hvad siger I"));
	CHECK_LACKS(body, S("Hvad kommer"));
	CHECK_LACKS(body, S("Hvad var der"));
}

/* The leader gives it, or it is not there. */
TEST_DB(public_page_gives_its_data_when_the_leader_does)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(save(&s, "&data=1&about=Lys.").status, 303);
	CHECK_INT(anybody(&s, "/data.zip").status, 404); /* it is closed */
	CHECK_INT(save(&s, "&open=1&about=Lys.").status, 303);
	CHECK_INT(anybody(&s, "/data.zip").status, 404);
	CHECK_LACKS(anybody(&s, "").body, S("data.zip"));
	CHECK_INT(save(&s, "&open=1&data=1&about=Lys.").status, 303);
	CHECK_HAS(anybody(&s, "").body, S("/data.zip"));
	decide(&s);
	close_it(&s);
	struct reply r = anybody(&s, "/data.zip");
	CHECK_INT(r.status, 200);
	CHECK_HAS(zip_part(arena, r.body, "beslutninger.csv"),
	    S("Lys <b>ved</b> skolen"));
	CHECK_HAS(zip_part(arena, r.body, "netvaerk.csv"), S("Lys."));
}

/* One address is slowed, as nobody signs in for it. */
TEST_DB(public_page_gives_its_data_so_often_to_one_address)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(save(&s, "&open=1&data=1&about=Lys.").status, 303);
	int given = 0;
	while (given < 100 && anybody(&s, "/data.zip").status == 200)
		given++;
	CHECK_INT(given, 61); /* the next one waits a second */
	CHECK_INT(anybody(&s, "/data.zip").status, 429);
	CHECK_INT(anybody(&s, "").status, 200);
}

/* Who is fetched for keeps nobody of the staff waiting, nor they the others. */
TEST_DB(public_page_gives_its_data_in_a_turn_of_its_own)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(save(&s, "&open=1&data=1&about=Lys.").status, 303);
	s.web.site->exporting = true; /* the staff's */
	CHECK_INT(anybody(&s, "/data.zip").status, 200);
	s.web.site->exporting = false;
	s.web.site->giving = true; /* somebody else's */
	CHECK_INT(anybody(&s, "/data.zip").status, 503);
	s.web.site->giving = false;
	CHECK_INT(anybody(&s, "/data.zip").status, 200);
	CHECK(!s.web.site->giving);
}

/* Two who write at once: the second one sees it. */
TEST_DB(public_page_is_not_saved_over_somebody_elses)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(save(&s, "&about=Lys.").status, 303);
	struct reply r =
	    web_post(&s.web, set_up(&s), S("seen=0&open=1&about=Mine+ord."));
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("Mine ord."));
	CHECK_INT(anybody(&s, "").status, 404);
}
