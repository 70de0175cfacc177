/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about decisions need (tests/web/cases.def): somebody who said
 * something, and a decision that bears on it, as far as it is. */
#include "base/buf.h"
#include "model/code.h"
#include "model/contribution.h"
#include "model/public_page.h"
#include "model/reply_post.h"
#include "model/story.h"
#include "tests/web/cases.h"

struct scene {
	struct full *f;
	struct world *w;
	struct actor who;
	struct decision d;
	struct id person, voice;
	struct str form; /* everything that a form about it may ask for */
};

static void
reload(struct scene *s)
{
	CHECK_OK(decision_get(
	    s->w->db, s->w->arena, &s->who, s->d.record.id, &s->d));
}

static void
prepare(struct scene *s)
{
	struct record_saved saved;
	struct world *w = s->w;
	struct record r = {.kind = KIND_DECISION,
	    .network = s->who.network,
	    .id = id_new(NOW_US + s->f->turn)};
	record_set(&r, "title", S("Lys ved skolen"));
	record_set(&r, "question", S("Skal der lys ved stien?"));
	record_set(&r, "body", S("Teknisk udvalg"));
	record_set(&r, "room", S("Hvor lyset skal stå."));
	CHECK_OK(record_save(w->db, w->arena, &s->who, &r, &saved));
	s->d.record.id = r.id;
	reload(s);
}

/* What shot->id says, of a person of their own. */
static void
speak(struct scene *s, struct id person)
{
	struct contribution now;
	struct world *w = s->w;
	struct contribution c = {.id = id_new(NOW_US + s->f->turn),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = S("Lys ved stien."),
	    .person = person,
	    .basis = S("public_task"),
	    .scope = SCOPE_DECISION,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &s->who, &c, S("")));
	CHECK_OK(contribution_get(w->db, w->arena, &s->who, c.id, &now));
	CHECK_OK(contribution_move(w->db, w->arena, &s->who, &now,
	    &(struct contribution_step){S("reviewed"), S("")}));
	s->voice = c.id;
}

static bool
set_scene(struct scene *s, struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	*s = (struct scene){.f = f, .w = w};
	if (!shot->exists) {
		shot->id = id_new(NOW_US + f->turn);
		return false;
	}
	s->who = actor_inside(&w->program, shot->network);
	s->who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	aim_person(f, shot);
	s->person = shot->id;
	prepare(s);
	shot->id = s->d.record.id;
	return true;
}

static void
take(struct scene *s)
{
	struct decision_taking t = {.outcome = S("adopted"),
	    .taken = S("2026-11-20"),
	    .reason = S("Stien er mørk.")};
	CHECK_OK(decision_take(s->w->db, s->w->arena, &s->who, &s->d, &t));
	reload(s);
}

static void
link_voice(struct scene *s)
{
	struct trace_link link = {.source = s->voice,
	    .kind = TRACE_VOICE,
	    .grade = GRADE_SHAPED,
	    .words = S("Der kommer lamper.")};
	CHECK_OK(trace_put(s->w->db, s->w->arena, &s->who, &s->d,
	    &(struct trace_links){&link, 1}));
}

/* Every other voice that the network has so far, and everybody behind. */
static struct trace
link_all(struct scene *s)
{
	struct trace t;
	CHECK_OK(trace_load(s->w->db, s->w->arena, &s->who, &s->d, &t));
	for (ptrdiff_t i = 0; i < t.n; i++) {
		if (t.voice[i].via != NULL)
			continue;
		s->voice = t.voice[i].contribution;
		link_voice(s);
	}
	CHECK_OK(trace_load(s->w->db, s->w->arena, &s->who, &s->d, &t));
	return t;
}

static void
answer_all(struct scene *s)
{
	struct replies all;
	struct trace t = link_all(s);
	CHECK_OK(reply_list(s->w->db, s->w->arena, &s->who, &t, &all));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		all.list[i].channel = S("phone");
		CHECK_OK(
		    reply_send(s->w->db, s->w->arena, &s->who, &all.list[i]));
	}
}

/* The same words where there is no such network: what a refusal gives back of
 * them must not tell. */
static void
set_form(struct scene *s, struct shot *shot, const char *kind)
{
	struct arena *a = s->w->arena;
	shot->form = STR_JOIN(a,
	    S("kind=contribution&grade=shaped&words=Der+"
	      "kommer+lys.&told=Lys.&result=Der+er+lys.&way="),
	    str_c(kind), S("&person="), id_text(a, s->person), S("&source="),
	    str_eq(str_c(kind), S("phone")) ? S("") : S("contribution%3A"),
	    id_text(a, s->voice));
}

void
aim_verdict(struct full *f, struct shot *shot)
{
	struct scene s;
	(void)set_scene(&s, f, shot);
}

void
aim_decision_take(struct full *f, struct shot *shot)
{
	struct scene s;
	shot->form = S("outcome=adopted&taken=2026-11-20&rev=1&reason=Der+er+"
		       "m%C3%B8rkt.");
	(void)set_scene(&s, f, shot);
}

void
aim_decision_taken(struct full *f, struct shot *shot)
{
	struct scene s;
	if (set_scene(&s, f, shot)) {
		speak(&s, s.person);
		take(&s);
	}
	set_form(&s, shot, "page");
}

void
aim_decision_linked(struct full *f, struct shot *shot)
{
	struct scene s;
	if (set_scene(&s, f, shot)) {
		speak(&s, s.person);
		take(&s);
		link_voice(&s);
	}
	set_form(&s, shot, "phone");
}

void
aim_decision_ready(struct full *f, struct shot *shot)
{
	struct scene s;
	if (!set_scene(&s, f, shot))
		return;
	speak(&s, s.person);
	take(&s);
	answer_all(&s);
}

void
aim_decision_closed(struct full *f, struct shot *shot)
{
	struct scene s;
	struct decision_gate gate;
	shot->form = S("result=Der+er+lys.");
	if (!set_scene(&s, f, shot))
		return;
	speak(&s, s.person);
	take(&s);
	answer_all(&s);
	CHECK_OK(decision_close(s.w->db, s.w->arena, &s.who, &s.d, &gate));
}

/* They have had an answer, and asked something. */
static void
reacts(struct scene *s)
{
	struct citizen c = {.in = s->who, .person.id = s->person};
	struct reply_reaction r = {
	    s->d.record.id, S("question"), S("Hvornår?")};
	CHECK_OK(reply_react(s->w->db, s->w->arena, &c, &r));
}

void
aim_decision_react(struct full *f, struct shot *shot)
{
	struct scene s;
	if (set_scene(&s, f, shot)) {
		speak(&s, s.person);
		take(&s);
		answer_all(&s);
		reacts(&s);
	}
	set_form(&s, shot, "page");
}

void
aim_answer_letters(struct full *f, struct shot *shot)
{
	struct scene s;
	struct reply_posted out;
	if (!set_scene(&s, f, shot))
		return;
	speak(&s, s.person);
	take(&s);
	struct trace t = link_all(&s);
	struct reply_post in = {.trace = &t,
	    .people = {&s.person, 1},
	    .short_code = s.w->org.short_code,
	    .page = S("http://x/c/")};
	CHECK_OK(reply_post(s.w->db, s.w->arena, &s.who, &in, &out));
	shot->id = out.batch;
}

void
aim_code_replies(struct full *f, struct shot *shot)
{
	struct scene s;
	struct db_row row;
	static const char SQL_WHOSE[] =
	    "SELECT person FROM code WHERE org = $1 AND hash = $2";
	struct world *w = &f->web.world;
	struct shot home = {.network = w->network, .exists = true};
	aim_citizen(f, shot);
	struct code code;
	CHECK(code_parse(w->arena, shot->token, &code));
	struct hash hash = hash_of(code.token);
	CHECK_OK(db_one(
	    w->db, w->arena, SQL_WHOSE, &row, DB_ID(w->org.id), DB_HASH(hash)));
	(void)set_scene(&s, f, &home);
	s.person = db_id(&row, 0);
	speak(&s, s.person);
	take(&s);
	answer_all(&s);
	shot->id = s.d.record.id;
	struct str id = id_text(w->arena, shot->id);
	shot->form = STR_JOIN(
	    w->arena, S("reaction-"), str_sub(id, 24, id.n), S("=recognise"));
}

/* ---- the page for everybody ---- */

void
aim_public_save(struct full *f, struct shot *shot)
{
	struct scene s;
	struct public_page page = {.about = S("Natten")};
	if (set_scene(&s, f, shot)) {
		CHECK_OK(public_page_save(s.w->db, s.w->arena, &s.who, &page));
		CHECK_OK(public_page_get(s.w->db, s.w->arena, &s.who, &page));
	}
	shot->form =
	    str_fmt(f->web.world.arena, "open=1&about=Aften+%d&seen=%lld",
		f->turn, (long long)page.changed_us);
}

/* Anybody may, so it is of the network that there is. */
void
aim_public(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct shot own = {.network = w->network, .exists = true};
	struct public_page page = {true, true, S("Lys, hvor I går."), 0};
	aim_decision_closed(f, &own);
	CHECK_OK(public_page_save(w->db, w->arena, &w->leader, &page));
	shot->id = w->network;
}

/* A story with words that may go to its readers. */
void
aim_story(struct full *f, struct shot *shot)
{
	struct scene s;
	struct story story;
	struct contribution c;
	struct record_saved saved;
	struct world *w = &f->web.world;
	struct record r = {.kind = KIND_STORY,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn)};
	if (set_scene(&s, f, shot)) {
		speak(&s, s.person);
		CHECK_OK(
		    contribution_get(w->db, w->arena, &s.who, s.voice, &c));
		CHECK_OK(contribution_move(w->db, w->arena, &s.who, &c,
		    &(struct contribution_step){S("approved"), S("")}));
		record_set(&r, "title", S("Lys på stien"));
		record_set(&r, "readers", S("2"));
		CHECK_OK(record_save(w->db, w->arena, &s.who, &r, &saved));
		CHECK_OK(story_get(w->db, w->arena, &s.who, r.id, &story));
		CHECK_OK(story_add(w->db, w->arena, &s.who, &story,
		    &(struct story_voice){
			.contribution = s.voice, .lead = S("Hun sagde:")}));
	}
	shot->id = r.id;
	shot->form = STR_JOIN(w->arena, S("lead=Hun+sagde%3A&contribution="),
	    id_text(w->arena, s.voice));
}
