/* SPDX-License-Identifier: MPL-2.0 */

/* Decisions, the trace, the brief and the answers, as people meet them. */
#include "base/buf.h"
#include "model/code.h"
#include "model/contribution.h"
#include "model/demo_citizen.h"
#include "model/evidence.h"
#include "model/outbox.h"
#include "model/reply.h"
#include "tests/report/help.h"
#include "tests/web/site.h"

struct scene {
	struct web web;
	struct id decision, karen, voice;
	struct str page; /* "/netvaerk/N/beslutninger/ID" */
	struct str own; /* "/c/CODE" */
};

static struct id
say(struct scene *s, const char *words, const char *state)
{
	struct contribution now;
	struct world *w = &s->web.world;
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = str_c(words),
	    .person = s->karen,
	    .basis = S("public_task"),
	    .scope = SCOPE_DECISION,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	for (int i = 0; i < 2; i++) {
		struct str to = i == 0 ? S("reviewed") : str_c(state);
		CHECK_OK(
		    contribution_get(w->db, w->arena, &w->leader, c.id, &now));
		if (!str_eq(now.state, to))
			CHECK_OK(contribution_move(w->db, w->arena, &w->leader,
			    &now, &(struct contribution_step){to, S("")}));
	}
	return c.id;
}

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct citizen c;
	web_new(&s->web, a, db);
	struct world *w = &s->web.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	CHECK_OK(citizen_enter(db, a, &w->program, hash_of(token), &c));
	s->karen = c.person.id;
	s->voice = say(s, "Der er mørkt på stien.", "approved");
	struct record r = {
	    .kind = KIND_DECISION, .network = w->network, .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys ved skolen"));
	record_set(&r, "question", S("Skal der lys ved stien?"));
	record_set(&r, "body", S("Teknisk udvalg"));
	record_set(&r, "room", S("Hvor lyset skal stå."));
	record_set(&r, "options", S("Fire lamper\nIngen lamper"));
	world_save(w, &r);
	s->decision = r.id;
	s->page =
	    str_cat(a, web_path(&s->web, "/beslutninger/"), id_text(a, r.id));
	s->own = str_cat(a, S("/c/"),
	    code_text(a, s->web.site->orgs.list[0].short_code, token));
	web_session(&s->web, w->mette);
}

static struct reply
post(struct scene *s, const char *rest, const char *form)
{
	return web_post(&s->web,
	    str_cat(s->web.world.arena, s->page, str_c(rest)), str_c(form));
}

static struct reply
look(struct scene *s, const char *rest)
{
	return web_get(
	    &s->web, str_cat(s->web.world.arena, s->page, str_c(rest)));
}

static struct reply
take(struct scene *s, const char *reason)
{
	struct arena *a = s->web.world.arena;
	bool first =
	    str_find(look(s, "").body, S("name=\"rev\" value=\"1\"")) >= 0;
	struct str form = STR_JOIN(a,
	    S("outcome=adopted&taken=2026-11-20&rev="), first ? S("1") : S("2"),
	    reason[0] == 0 ? S("") : S("&next=Lamperne+bliver+bestilt."),
	    S("&reason="), str_c(reason));
	return web_post(&s->web, str_cat(a, s->page, S("/afgoer")), form);
}

static struct reply
link_voice(struct scene *s, const char *words)
{
	struct arena *a = s->web.world.arena;
	return web_post(&s->web, str_cat(a, s->page, S("/spor")),
	    STR_JOIN(a, S("voice_grade=changed&source=contribution%3A"),
		id_text(a, s->voice), S("&voice_words="), str_c(words)));
}

static struct reply
answers(struct scene *s, const char *rest, const char *more)
{
	struct arena *a = s->web.world.arena;
	return web_post(&s->web, STR_JOIN(a, s->page, S("/svar"), str_c(rest)),
	    STR_JOIN(a, S("person="), id_text(a, s->karen), str_c(more)));
}

/* What Karen sees, whoever is signed in. */
static struct reply
karen_sees(struct scene *s, const char *rest)
{
	struct id account = s->web.account;
	web_nobody(&s->web);
	struct reply r =
	    web_get(&s->web, str_cat(s->web.world.arena, s->own, str_c(rest)));
	web_session(&s->web, account);
	return r;
}

static struct reply
karen_says(struct scene *s, const char *reaction, const char *words)
{
	struct arena *a = s->web.world.arena;
	struct id account = s->web.account;
	struct str id = id_text(a, s->decision);
	struct str end = str_sub(id, 24, id.n);
	web_nobody(&s->web);
	struct reply r =
	    web_post(&s->web, STR_JOIN(a, s->own, S("/resultat/"), id),
		STR_JOIN(a, S("reaction-"), end, S("="), str_c(reaction),
		    S("&words-"), end, S("="), str_c(words)));
	web_session(&s->web, account);
	return r;
}

/* guide:S10 the decision maker notes it herself, on the page of the brief. */
TEST_DB(decision_page_is_taken_by_who_decides)
{
	struct scene s;
	scene_new(&s, arena, db);
	web_session(&s.web, s.web.world.lis);
	CHECK_HAS(
	    look(&s, "/oplaeg").body, S("Notér, hvad der blev besluttet"));
	struct reply r = post(&s, "/afgoer", "rev=1&reason=Det+er+m%C3%B8rkt.");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg, hvad der blev besluttet."));
	CHECK_HAS(r.body, S("Det er mørkt.")); /* what was typed is there */
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(post(&s, "/spor", "words=Ja").status, 403);
	r = look(&s, "");
	CHECK_HAS(r.body, S("Vedtaget"));
	CHECK_HAS(r.body, S("Stien er mørk."));
	web_session(&s.web, s.web.world.ali);
	CHECK_INT(take(&s, "Nej.").status, 403);
	CHECK_LACKS(look(&s, "").body, S("Ret det, der blev besluttet"));
}

TEST_DB(decision_page_sends_a_hard_reason_back_once)
{
	struct scene s;
	scene_new(&s, arena, db);
	const char *hard =
	    "Kommunalbestyrelsens%20investeringsbeslutning%20vedr%C3%B8rende%20"
	    "belysningsanl%C3%A6gget%20implementeres%20trinvist%20under%20"
	    "hensyntagen%20til%20gennemf%C3%B8rlighedsvurderingen.";
	struct reply r = take(&s, hard);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Behold"));
	CHECK_INT(
	    take(&s,
		str_cstr(arena, str_cat(arena, str_c(hard), S("&hard_ok=1"))))
		.status,
	    303);
}

/* guide:S10 R6 on the page: first the grades, then the answers. */
TEST_DB(decision_page_is_answered_step_by_step)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_LACKS(look(&s, "").body, S("id=\"spor\""));
	CHECK_INT(take(&s, "").status, 303);
	struct reply r = look(&s, "");
	CHECK_HAS(r.body, S("Der er ingen begrundelse endnu."));
	CHECK_HAS(r.body, S("Én stemme, der ikke er sagt noget om endnu"));
	CHECK_HAS(r.body, S("Der er mørkt på stien."));
	CHECK_HAS(look(&s, "/svar").body, S("Intet kan sendes"));
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(post(&s, "/besvaret", "").status, 422);
	CHECK_HAS(look(&s, "").body, S("1 stemmer mangler en grad."));
	r = link_voice(&s, "");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("skriv en sætning til dem"));
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	r = look(&s, "");
	CHECK_HAS(r.body, S("Ændrede beslutningen.</strong>"));
	CHECK_HAS(r.body, S("1 mennesker mangler svar."));
	CHECK_HAS(r.body, S("Svar senest 20. december 2026."));
	CHECK_INT(answers(&s, "/sendt", "&way=phone").status, 303);
	CHECK_INT(post(&s, "/besvaret", "").status, 303);
	CHECK_INT(post(&s, "/opfoelgning", "result=").status, 422);
	CHECK_INT(post(&s, "/opfoelgning", "result=Der+er+lys.").status, 303);
	CHECK_HAS(look(&s, "").body, S("Fulgt op"));
}

static struct reply
link_both(struct scene *s, struct id other)
{
	struct arena *a = s->web.world.arena;
	return web_post(&s->web, str_cat(a, s->page, S("/spor")),
	    STR_JOIN(a, S("voice_grade=shaped&voice_words=Tak."),
		S("&source=contribution%3A"), id_text(a, other),
		S("&source=contribution%3A"), id_text(a, s->voice)));
}

/* She says more after she was answered: it is told too, and what she was told
 * stays.  A form that is refused halfway leaves nothing of itself. */
TEST_DB(decision_tells_what_is_said_since_and_refuses_whole)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	CHECK_INT(answers(&s, "/sendt", "&way=phone").status, 303);
	CHECK_HAS(look(&s, "/svar").body, S("Ingen venter."));
	struct id more = say(&s, "Og en bænk.", "approved");
	struct reply r = look(&s, "/svar");
	CHECK_HAS(r.body, S("Én venter."));
	CHECK_HAS(r.body, S("har sagt mere siden"));
	r = link_both(&s, more);
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("Én stemme, der ikke er sagt noget om endnu"));
	CHECK_HAS(
	    look(&s, "").body, S("Én stemme, der ikke er sagt noget om endnu"));
	CHECK_LACKS(karen_sees(&s, "/resultat").body, S("Og en bænk."));
	s.voice = more;
	CHECK_INT(link_voice(&s, "Den+st%C3%A5r+der.").status, 303);
	CHECK_INT(answers(&s, "/sendt", "&way=phone").status, 303);
	CHECK_HAS(look(&s, "/svar").body, S("Ingen venter."));
	r = karen_sees(&s, "/resultat");
	CHECK_HAS(r.body, S("Den står der."));
	CHECK_HAS(r.body, S("Der kommer fire lamper."));
}

/* Who reads another language is seen to, before the answer goes out. */
TEST_DB(answers_say_who_reads_another_language)
{
	struct scene s;
	struct person karen;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	CHECK_LACKS(look(&s, "/svar").body, S("Sprog: "));
	CHECK_OK(person_get(db, arena, &w->leader, s.karen, &karen));
	karen.lang = S("en");
	CHECK_OK(person_save(db, arena, &w->leader, &karen));
	CHECK_HAS(look(&s, "/svar").body, S("Sprog: Engelsk"));
}

/* The second of two who decide at once has the newest state before them. */
TEST_DB(decision_page_comes_back_with_what_it_is_now)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(take(&s, "").status, 303);
	struct reply r = web_post(&s.web, str_cat(arena, s.page, S("/afgoer")),
	    S("outcome=rejected&taken=2026-11-21&rev=1&reason=Nej."));
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("name=\"rev\" value=\"2\""));
	CHECK_HAS(r.body, S("Nej.")); /* what was typed */
}

/* guide:S43 guide:S55 Karen reads what her words led to, and answers back. */
TEST_DB(decision_reaches_a_citizen_and_her_answer_comes_back)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_HAS(
	    karen_sees(&s, "/resultat").body, S("Der er intet svar endnu."));
	CHECK_LACKS(karen_sees(&s, "").body, S("Du har fået svar"));
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	CHECK_INT(answers(&s, "/ord", "&words=Tak+for+tegningen.").status, 303);
	CHECK_INT(answers(&s, "/ord", "&words=Nummer+010150-1234").status, 422);
	CHECK_LACKS(karen_sees(&s, "").body, S("Du har fået svar"));
	CHECK_INT(answers(&s, "/sendt", "&way=letter").status, 303);
	CHECK_HAS(karen_sees(&s, "").body, S("Du har fået svar"));
	struct reply r = karen_sees(&s, "/resultat");
	CHECK_HAS(r.body, S("Svaret er ja."));
	CHECK_HAS(r.body, S("“Der er mørkt på stien.”"));
	CHECK_HAS(r.body, S("Det ændrede beslutningen."));
	CHECK_HAS(r.body, S("Der kommer fire lamper."));
	CHECK_HAS(r.body, S("Lamperne bliver bestilt."));
	CHECK_HAS(r.body, S("Tak for tegningen."));
	r = karen_says(&s, "question", "");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Skriv dit spørgsmål."));
	CHECK_INT(karen_says(&s, "question", "Hvorn%C3%A5r%3F").status, 303);
	r = look(&s, "/svar");
	CHECK_HAS(r.body, S("Jeg har et spørgsmål"));
	CHECK_HAS(r.body, S("Hvornår?"));
	CHECK_INT(answers(&s, "/set", "").status, 303);
	CHECK_HAS(look(&s, "/svar").body, S("taget hånd om"));
	CHECK_INT(post(&s, "/nyt", "told=Lamperne+lyser.").status, 303);
	CHECK_HAS(karen_sees(&s, "/resultat").body, S("Lamperne lyser."));
	struct world *w = &s.web.world;
	CHECK_OK(contribution_withdraw(db, arena, &w->leader, s.voice));
	CHECK_LACKS(karen_sees(&s, "/resultat").body, S("Der er mørkt"));
}

/* The newest mail, as it would leave. */
static struct mail_line
newest_mail(struct scene *s)
{
	struct mail_line mail;
	struct mail_lines lines;
	struct world *w = &s->web.world;
	CHECK_OK(mail_list(w->db, w->arena, &w->program,
	    (struct mail_query){.open = true}, &lines));
	CHECK(lines.n > 0);
	CHECK_OK(
	    mail_get(w->db, w->arena, &w->program, lines.list[0].id, &mail));
	return mail;
}

/* By letter, which is posted by hand, and by mail, which says nothing but where
 * to read. */
TEST_DB(decision_answers_are_posted_with_a_code)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	struct reply r = answers(&s, "/post", "&way=letter");
	CHECK_INT(r.status, 303);
	ptrdiff_t at = str_find(r.location, S("breve="));
	CHECK(at > 0);
	CHECK_HAS(look(&s, "/svar").body, S("Én venter.")); /* not sent yet */
	struct str batch = str_sub(r.location, at + 6, r.location.n);
	r = web_get(
	    &s.web, str_cat(arena, web_path(&s.web, "/svarbreve/"), batch));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("%PDF")));
	struct world *w = &s.web.world;
	struct person_contact c = {
	    .name = S("Karen Holm"), .mail = S("karen@fjordby.test")};
	CHECK_OK(person_contact_put(db, arena, &w->leader, s.karen, &c));
	CHECK_LACKS(look(&s, "/svar").body, S("value=\"mail\"")); /* no way */
	CHECK_INT(answers(&s, "/post", "&way=mail").status, 422);
	s.web.site->smtp = true;
	CHECK_HAS(look(&s, "/svar").body, S("value=\"mail\""));
	r = answers(&s, "/post", "&way=mail");
	CHECK_INT(r.status, 303);
	struct mail_line mail = newest_mail(&s);
	CHECK_STR(mail.to, S("karen@fjordby.test"));
	CHECK_HAS(mail.body, S("/c/"));
	/* She has had it: it is on no paper any more. */
	CHECK_INT(web_get(&s.web,
		      str_cat(arena, web_path(&s.web, "/svarbreve/"), batch))
		      .status,
	    404);
	CHECK_LACKS(mail.body, S("lamper"));
	CHECK_LACKS(mail.body, S("Lys ved skolen"));
	CHECK_HAS(look(&s, "/svar").body, S("Ingen venter."));
	/* The second click, and one that overtook the first: one mail. */
	struct mail_counts before, after;
	static const char SQL_UNSENT[] =
	    "UPDATE reply SET sent_us = NULL WHERE org = $1";
	CHECK_OK(mail_counts(db, arena, w->org.id, &before));
	CHECK_INT(answers(&s, "/post", "&way=mail").status, 303);
	CHECK_OK(db_exec(db, SQL_UNSENT, NULL, DB_ID(w->org.id)));
	CHECK_INT(answers(&s, "/post", "&way=mail").status, 303);
	CHECK_OK(mail_counts(db, arena, w->org.id, &after));
	CHECK_INT(after.waiting + after.kept, before.waiting + before.kept);
	r = post(&s, "/svar/post", "way=letter");
	CHECK_INT(r.status, 422);
}

/* Who has said more gets a second mail; the first one is no hindrance. */
TEST_DB(decision_is_mailed_again_when_more_was_said)
{
	struct scene s;
	struct mail_counts before, after;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	struct person_contact c = {
	    .name = S("Karen Holm"), .mail = S("karen@fjordby.test")};
	CHECK_OK(person_contact_put(db, arena, &w->leader, s.karen, &c));
	s.web.site->smtp = true;
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	CHECK_INT(answers(&s, "/post", "&way=mail").status, 303);
	CHECK_OK(mail_counts(db, arena, w->org.id, &before));
	s.voice = say(&s, "Og en bænk.", "approved");
	CHECK_INT(link_voice(&s, "Den+st%C3%A5r+der.").status, 303);
	CHECK_INT(answers(&s, "/post", "&way=mail").status, 303);
	CHECK_HAS(look(&s, "/svar").body, S("Ingen venter."));
	CHECK_OK(mail_counts(db, arena, w->org.id, &after));
	CHECK_INT(after.waiting, before.waiting + 1);
}

/* Who stopped is written to no more, and finds the answer on the page. */
TEST_DB(decision_answers_leave_who_stopped_alone)
{
	static const char SQL_STOP[] = "UPDATE person SET state = 'stopped'"
				       " WHERE org = $1 AND id = $2";
	struct scene s;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	CHECK_OK(db_exec(db, SQL_STOP, NULL, DB_ID(w->org.id), DB_ID(s.karen)));
	CHECK_HAS(look(&s, "/svar").body, S("er stoppet: kun på siden"));
	struct reply r = answers(&s, "/post", "&way=letter");
	CHECK_INT(r.status, 303);
	CHECK(str_find(r.location, S("breve=")) < 0);
	CHECK_HAS(r.location, S("udeladt=1"));
	CHECK_INT(answers(&s, "/sendt", "&way=page").status, 303);
	CHECK_HAS(look(&s, "/svar").body, S("Ingen venter."));
}

static void
wants(struct scene *s, const char *channel)
{
	static const char SQL_WANTS[] =
	    "UPDATE person SET channel = $3 WHERE org = $1 AND id = $2";
	CHECK_OK(db_exec(s->web.world.db, SQL_WANTS, NULL,
	    DB_ID(s->web.world.org.id), DB_ID(s->karen),
	    DB_TEXT(str_c(channel))));
}

/* The batch that was made, fetched. */
static struct str
fetched(struct scene *s, const struct reply *made)
{
	struct arena *a = s->web.world.arena;
	CHECK_INT(made->status, 303);
	ptrdiff_t at = str_find(made->location, S("breve="));
	CHECK(at > 0);
	struct reply r = web_get(&s->web,
	    str_cat(a, web_path(&s->web, "/svarbreve/"),
		str_sub(made->location, at + 6, made->location.n)));
	CHECK_INT(r.status, 200);
	return r.body;
}

/* guide:S10 each in the way she asked for: a text message says that there is an
 * answer and not on what, Digital Post is the letter, a call is by hand. */
TEST_DB(decision_answers_go_as_each_asked_for)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	struct person_contact c = {
	    .name = S("Karen Holm"), .phone = S("+45 20 30 40 50")};
	CHECK_OK(person_contact_put(db, arena, &w->leader, s.karen, &c));
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	wants(&s, "sms");
	struct reply r = answers(&s, "/post", "&way=own");
	struct str text = zip_part(arena, fetched(&s, &r), "sms.csv");
	CHECK_HAS(text, S("004520304050;"));
	CHECK_HAS(text, S("Du har fået svar fra os"));
	CHECK_HAS(text, S("/c/"));
	CHECK_LACKS(text, S("skolen"));
	wants(&s, "digital_post");
	r = answers(&s, "/post", "&way=own");
	text = zip_part(arena, fetched(&s, &r), "breve.csv");
	CHECK_HAS(text, S(";Karen Holm;;Lys ved skolen;"));
	CHECK_HAS(text, S(".pdf;"));
	wants(&s, "phone");
	r = answers(&s, "/post", "&way=own");
	CHECK_HAS(r.location, S("udeladt=1"));
	CHECK(str_find(r.location, S("breve=")) < 0);
	wants(&s, "sms");
	CHECK_INT(answers(&s, "/sendt", "&way=own").status, 303);
	CHECK_HAS(look(&s, "/svar").body, S(": Sms"));
	CHECK_HAS(look(&s, "/svar").body, S("Ingen venter."));
}

/* The printer jammed after they were ticked as posted. */
TEST_DB(decision_letters_can_be_printed_anew)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	struct reply r = answers(&s, "/post", "&way=letter");
	ptrdiff_t at = str_find(r.location, S("breve="));
	CHECK(at > 0);
	struct str path = str_cat(arena, web_path(&s.web, "/svarbreve/"),
	    str_sub(r.location, at + 6, r.location.n));
	CHECK_INT(answers(&s, "/sendt", "&way=letter").status, 303);
	CHECK_HAS(look(&s, "/svar").body, S("Ingen venter."));
	r = web_get(&s.web, path);
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("%PDF")));
}

/* guide:S44 guide:S45 who was not heard stands in the brief, and nobody's words
 * that were not let go. */
TEST_DB(decision_brief_has_what_may_be_quoted)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	struct record r = world_record(w, KIND_INSIGHT);
	record_set(&r, "statement", S("Folk er utrygge på stien."));
	record_set(&r, "question", S(""));
	record_set(&r, "tension", S(""));
	world_save(w, &r);
	struct id raw = say(&s, "Jeg går aldrig ud.", "reviewed");
	struct evidence e = {.insight = r.id, .contribution = s.voice};
	CHECK_OK(evidence_put(db, arena, &w->leader, &e));
	e.contribution = raw;
	CHECK_OK(evidence_put(db, arena, &w->leader, &e));
	web_session(&s.web, w->lis);
	struct reply page = look(&s, "/oplaeg");
	CHECK_HAS(page.body, S("Folk er utrygge på stien."));
	CHECK_HAS(page.body, S("“Der er mørkt på stien.”"));
	CHECK_LACKS(page.body, S("Jeg går aldrig ud."));
	CHECK_HAS(page.body, S("Hvor lyset skal stå."));
	CHECK_HAS(page.body, S("<li>Ingen lamper</li>"));
	CHECK_HAS(page.body, S("Hvem der blev hørt, og hvem der ikke blev"));
	page = post(&s, "/oplaeg.pdf", "");
	CHECK(str_starts(page.body, S("%PDF")));
	CHECK(str_starts(post(&s, "/oplaeg.odt", "").body, S("PK")));
	CHECK_HAS(post(&s, "/oplaeg.txt", "").body, S("Lys ved skolen"));
}

/* guide:S10 the trace shows what leads nowhere, and what was promised. */
TEST_DB(trace_page_shows_orphans_and_the_promise)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str spor = web_path(&s.web, "/spor");
	struct reply r = web_get(&s.web, spor);
	CHECK_HAS(r.body, S("Én stemme har ikke ført til noget"));
	CHECK_HAS(r.body, S("Der er mørkt på stien."));
	CHECK_HAS(r.body, S("Intet er besluttet endnu."));
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	CHECK_HAS(web_get(&s.web, spor).body, S("svarer ikke til det endnu."));
	CHECK_INT(link_voice(&s, "Der+kommer+fire+lamper.").status, 303);
	r = web_get(&s.web, spor);
	CHECK_HAS(r.body, S("Ingen: der er sagt noget om hver stemme."));
	CHECK_HAS(r.body, S("Det, der er sket, svarer til det."));
	CHECK_HAS(r.body, S("Af 1 stemmer med en grad ændrede 1"));
	CHECK_HAS(r.body, S("<svg class=\"grade-bar\""));
	CHECK_HAS(r.body, S("/spor.svg"));
	CHECK_HAS(r.body, S("<caption class=\"sr-only\">Fra stemmer til"));
	r = web_get(&s.web, web_path(&s.web, "/spor.svg"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<title>Ændrede beslutningen, Lys ved skolen: 1"));
	struct str voice = str_cat(
	    arena, web_path(&s.web, "/stemmer/"), id_text(arena, s.voice));
	r = web_get(&s.web, voice); /* and the other way round */
	CHECK_HAS(r.body, S("Hvad det førte til"));
	CHECK_HAS(r.body, S("Lys ved skolen</a>: <strong>Ændrede"));
}

/* The newest decisions by name, the others together: nothing is left out. */
TEST_DB(trace_flow_puts_old_decisions_together)
{
	enum { DECISIONS = 13 }; /* with the scene's own 14 */
	struct scene s;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	CHECK_INT(take(&s, "Stien+er+m%C3%B8rk.").status, 303);
	struct str flow = web_path(&s.web, "/spor.svg");
	CHECK_LACKS(web_get(&s.web, flow).body, S("Andre beslutninger"));
	for (int i = 0; i < DECISIONS; i++) {
		struct decision d;
		struct decision_taking t = {.outcome = S("adopted"),
		    .taken = S("2026-11-20"),
		    .reason = S("Stien er mørk.")};
		struct record r = world_record(w, KIND_DECISION);
		record_set(&r, "title", str_fmt(arena, "Nummer %d", i));
		world_save(w, &r);
		CHECK_OK(decision_get(db, arena, &w->leader, r.id, &d));
		CHECK_OK(decision_take(db, arena, &w->leader, &d, &t));
	}
	struct reply r = web_get(&s.web, flow);
	CHECK_HAS(r.body, S("Nummer 12: 1"));
	CHECK_HAS(r.body, S("Andre beslutninger: 3")); /* of 14, 11 by name */
	CHECK_LACKS(r.body, S("Lys ved skolen"));
	CHECK_HAS(web_get(&s.web, web_path(&s.web, "/spor")).body,
	    S("Andre beslutninger"));
}
