/* SPDX-License-Identifier: MPL-2.0 */

/* Activities as a leader and others meet them. */
#include "base/buf.h"
#include "http/forms.h"
#include "model/activity.h"
#include "model/catalogue.h"
#include "model/person.h"
#include "tests/web/site.h"

struct scene {
	struct web w;
	struct record group, question, activity;
	struct str path; /* of the activity's page */
};

static void
add(struct scene *s, enum record_kind kind)
{
	struct record r = world_record(&s->w.world, kind);
	world_save(&s->w.world, &r);
}

/* A coffee talk for a group, by a leader who is signed in. */
static void
scene_new(struct scene *s, struct arena *arena, struct db *db,
    struct str vulnerability)
{
	*s = (struct scene){0};
	web_new(&s->w, arena, db);
	struct world *w = &s->w.world;
	s->group = world_record(w, KIND_GROUP);
	record_set(&s->group, "vulnerability", vulnerability);
	record_set(&s->group, "name", S("Mænd på værestedet"));
	world_save(w, &s->group);
	s->question = world_record(w, KIND_QUESTION);
	world_save(w, &s->question);
	s->activity = world_record(w, KIND_ACTIVITY);
	record_set(&s->activity, "title", S("Kaffe på værestedet"));
	record_set(&s->activity, "method", S("walk"));
	record_set(&s->activity, "groups", s->group.id_text);
	record_set(&s->activity, "questions", s->question.id_text);
	record_set(&s->activity, "people", S("2"));
	record_set(&s->activity, "minutes", S("90"));
	record_set(&s->activity, "cost", S("250"));
	record_set(&s->activity, "day", S("2026-11-23"));
	world_save(w, &s->activity);
	s->path = STR_JOIN(
	    arena, web_path(&s->w, "/aktiviteter/"), s->activity.id_text);
	web_sign_in(&s->w, w->mette);
}

static struct str
at(struct scene *s, const char *rest)
{
	return str_cat(s->w.world.arena, s->path, str_c(rest));
}

static struct str
ethics_form(struct scene *s, int64_t rev, const char *last)
{
	struct catalogue_items items = catalogue_list(S("ethics"));
	struct buf b = buf_new(s->w.world.arena, 4000);
	buf_fmt(&b, "rev=%lld", (long long)rev);
	for (ptrdiff_t i = 0; i < items.n; i++) {
		buf_byte(&b, '&');
		buf_add(&b, items.list[i].key);
		buf_fmt(&b, "=%s", i + 1 < items.n ? "yes" : last);
	}
	return buf_str(&b);
}

static void
reload(struct scene *s)
{
	struct world *w = &s->w.world;
	CHECK_OK(record_get(w->db, w->arena, &w->leader, KIND_ACTIVITY,
	    s->activity.id, &s->activity));
}

static struct reply
step(struct scene *s)
{
	reload(s);
	return web_post(&s->w, at(s, "/videre"),
	    str_fmt(s->w.world.arena, "rev=%lld", (long long)s->activity.rev));
}

/* ---- the list ---- */

TEST_DB(activities_are_listed_by_state_fifty_a_page)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	CHECK_OK(db_begin(db));
	for (int i = 0; i < 59; i++) {
		struct record r = world_record(&s.w.world, KIND_ACTIVITY);
		record_set(&r, "title", str_fmt(arena, "Snak nr. %d", i));
		world_save(&s.w.world, &r);
	}
	CHECK_OK(db_commit(db));
	struct reply r = web_get(&s.w, web_path(&s.w, "/aktiviteter"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Snak nr. 58<"));
	CHECK_HAS(r.body, S("Snak nr. 9<"));
	CHECK_LACKS(r.body, S("Snak nr. 8<"));
	CHECK_HAS(r.body, S("Side 1 af 2"));
	r = web_get(&s.w, web_path(&s.w, "/aktiviteter?side=2"));
	CHECK_HAS(r.body, S("Snak nr. 8<"));
	CHECK_HAS(r.body, S("Kaffe på værestedet"));
	CHECK_LACKS(r.body, S("Snak nr. 58<"));
	r = web_get(&s.w, web_path(&s.w, "/aktiviteter?tilstand=held"));
	CHECK_HAS(r.body, S("Ingen aktiviteter her."));
	CHECK_HAS(r.body, S("Planlagt: 60"));
	r = web_get(&s.w, web_path(&s.w, "/aktiviteter?side=99999999999"));
	CHECK_INT(r.status, 200);
}

TEST_DB(an_activity_is_planned_shown_and_changed_on_its_page)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	struct reply r = web_get(
	    &s.w, web_path(&s.w, "/aktiviteter?ny=aktivitet&method=interview"));
	CHECK_HAS(r.body, S("<option value=\"interview\" selected>"));
	struct str id = id_text(arena, id_new(NOW_US + 5));
	r = web_post(&s.w,
	    STR_JOIN(arena, web_path(&s.w, "/gem/aktivitet/"), id),
	    S("rev=0&title=Interview+med+Karen&method=interview&room=alone"
	      "&place_kind=theirs&state=closed"));
	CHECK_INT(r.status, 303);
	struct str page = STR_JOIN(arena, web_path(&s.w, "/aktiviteter/"), id);
	CHECK(str_starts(r.location, page));
	r = web_get(&s.w, page);
	CHECK_HAS(r.body, S("<h1>Interview med Karen</h1>"));
	CHECK_HAS(r.body, S("aria-current=\"step\">Planlagt"));
	r = web_get(&s.w, STR_JOIN(arena, page, S("?ret=aktivitet."), id));
	CHECK_HAS(r.body, S("value=\"Interview med Karen\""));
	CHECK_LACKS(r.body, S("name=\"state\"")); /* only steps move it */
	r = web_post(&s.w,
	    STR_JOIN(arena, web_path(&s.w, "/gem/aktivitet/"), id),
	    S("rev=1&title=&method=interview&room=alone&place_kind=theirs"));
	CHECK_INT(r.status, 422); /* on the activity's own page */
	CHECK_HAS(r.body, S("<h1>Interview med Karen</h1>"));
	CHECK_HAS(r.body, S("href=\"#felt-title\""));
	r = web_post(&s.w,
	    STR_JOIN(arena, web_path(&s.w, "/fjern/aktivitet/"), id),
	    S("rev=1"));
	CHECK_HAS(r.location, S("/aktiviteter?besked=fjernet"));
	CHECK_INT(web_get(&s.w, page).status, 404);
}

/* ---- steps ---- */

/* guide:S42 guide:S44 every refusal says why and the way out */
TEST_DB(a_step_is_refused_with_reasons_and_taken_when_they_are_gone)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	struct reply r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("Etiktjekket er ikke skrevet under."));
	CHECK_LACKS(r.body, S("/videre\""));
	r = step(&s);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Lederen svarer på otte spørgsmål"));
	reload(&s);
	r = web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 1, "yes"));
	CHECK_INT(r.status, 303); /* signed, and so it moved on */
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("aria-current=\"step\">Etiktjek i orden"));
	CHECK_HAS(r.body, S("mangler i planen: behov, råderum, løfte."));
	CHECK_HAS(r.body, S("spild af folks tid"));
	CHECK_HAS(r.body, S("hvad folk får at vide om deres data"));
	add(&s, KIND_NEED);
	add(&s, KIND_SCOPE);
	add(&s, KIND_PROMISE);
	add(&s, KIND_NOTICE);
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("De er inviteret</button>"));
	CHECK_INT(step(&s).status, 303);
	CHECK_INT(step(&s).status, 422);
	add(&s, KIND_DOCUMENTATION);
	CHECK_INT(step(&s).status, 303);
	CHECK_INT(step(&s).status, 303);
	r = step(&s);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Ingen har fået at vide, hvad det førte til."));
}

/* guide:S2 R1 with a name and a reason that the reference leader sees */
TEST_DB(a_rule_that_is_let_pass_stands_with_name_and_reason)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	add(&s, KIND_NOTICE);
	CHECK_INT(
	    web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 1, "yes")).status,
	    303);
	struct str object =
	    str_cat(arena, S("rule=R1&object="), s.activity.id_text);
	struct reply r = web_post(&s.w, web_path(&s.w, "/tilsidesaet"),
	    str_cat(arena, object, S("&reason=Se+010170-1234")));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("uden cpr-numre"));
	CHECK_HAS(r.body, S("Se 010170-1234</textarea>")); /* as it was typed */
	r = web_post(&s.w, web_path(&s.w, "/tilsidesaet"),
	    str_cat(arena, object, S("&reason=Fristen+er+i+morgen")));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("Tilsidesat af Mette Holm"));
	CHECK_HAS(r.body, S("De er inviteret</button>"));
	CHECK_OK(network_add_member(
	    db, arena, &s.w.world.leader, s.w.world.lis, ROLE_SPONSOR));
	web_sign_in(&s.w, s.w.world.lis);
	CHECK_HAS(web_get(&s.w, s.path).body, S("Fristen er i morgen"));
	r = web_get(&s.w, web_path(&s.w, "/aktiviteter"));
	CHECK_HAS(r.body, S("Fristen er i morgen"));
	CHECK_HAS(r.body, S("Kaffe på værestedet"));
	r = web_post(&s.w, web_path(&s.w, "/tilsidesaet"),
	    str_cat(arena, object, S("&reason=Ja")));
	CHECK_INT(r.status, 403);
}

TEST_DB(two_accounts_take_the_same_step_once)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	struct world *w = &s.w.world;
	CHECK_OK(
	    network_add_member(db, arena, &w->leader, w->ali, ROLE_CODRIVER));
	CHECK_INT(
	    web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 1, "yes")).status,
	    303);
	add(&s, KIND_NEED);
	add(&s, KIND_SCOPE);
	add(&s, KIND_PROMISE);
	add(&s, KIND_NOTICE);
	reload(&s);
	struct str form = str_fmt(arena, "rev=%lld", (long long)s.activity.rev);
	CHECK_INT(web_post(&s.w, at(&s, "/videre"), form).status, 303);
	web_sign_in(&s.w, w->ali);
	CHECK_INT(web_post(&s.w, at(&s, "/videre"), form).status, 409);
	reload(&s);
	CHECK_INT(activity_state(&s.activity), ACTIVITY_INVITED);
}

/* ---- the ethics check ---- */

TEST_DB(an_ethics_check_with_a_no_holds_the_activity_back)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	struct reply r = web_get(&s.w, at(&s, "/etik"));
	CHECK_HAS(r.body, S("Ved borgeren, hvem der læser med?"));
	r = web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 1, ""));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("id=\"used-ja\" value=\"yes\" checked"));
	r = web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 9, "yes"));
	CHECK_INT(r.status, 409);
	r = web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 1, "no"));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("med et nej i"));
	CHECK_HAS(r.body, S("Der er et nej i etiktjekket."));
	web_sign_in(&s.w, s.w.world.ali); /* a participant reads it */
	r = web_get(&s.w, at(&s, "/etik"));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("Skriv under</button>"));
	CHECK_HAS(r.body, S("<dd class=\"prose\">Nej</dd>"));
}

TEST_DB(an_ethics_check_goes_stale_with_the_activity)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	CHECK_INT(
	    web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 1, "yes")).status,
	    303);
	CHECK_HAS(web_get(&s.w, s.path).body, S("Skrevet under af Mette"));
	CHECK_LACKS(web_get(&s.w, s.path).body, S("Forældet"));
	reload(&s);
	record_set(&s.activity, "people", S("6"));
	world_save(&s.w.world, &s.activity);
	CHECK_HAS(web_get(&s.w, s.path).body, S("Forældet"));
	CHECK_HAS(web_get(&s.w, s.path).body, S("Etiktjekket er forældet."));
}

/* guide:S48 a big meeting for the vulnerable is refused, whoever signs */
TEST_DB(no_signature_lifts_the_rule_against_large_meetings)
{
	struct scene s;
	scene_new(&s, arena, db, S("yes"));
	record_set(&s.activity, "place_kind", S("town_hall"));
	world_save(&s.w.world, &s.activity);
	struct reply r = web_get(&s.w, at(&s, "/etik"));
	CHECK_HAS(r.body, S("det foregår på rådhuset"));
	r = web_post(&s.w, at(&s, "/etik"), ethics_form(&s, 2, "yes"));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("aria-current=\"step\">Planlagt"));
	CHECK_HAS(r.body, S("<span class=\"tag\">R2</span>"));
	CHECK_LACKS(r.body, S("Tilsidesæt regel"));
}

/* ---- contact plan, sums, dialogue ---- */

/* guide:S41 in person first */
TEST_DB(a_contact_plan_without_a_meeting_in_person_warns)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	struct reply r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("intet skridt ansigt til ansigt"));
	CHECK_HAS(r.body, S("<dd>180</dd>")); /* minutes of both */
	CHECK_HAS(r.body, S("<dd>250</dd>"));
	r = web_get(&s.w,
	    STR_JOIN(
		arena, s.path, S("?ny=kontakt&activity="), s.activity.id_text));
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("<option value=\""), s.activity.id_text,
		S("\" selected>")));
	struct str id = id_text(arena, id_new(NOW_US + 5));
	r = web_post(&s.w, STR_JOIN(arena, web_path(&s.w, "/gem/kontakt/"), id),
	    STR_JOIN(arena, S("rev=0&how=in_person&state=planned&activity="),
		s.activity.id_text));
	CHECK_INT(r.status, 303);
	CHECK(str_starts(r.location, s.path));
	r = web_get(&s.w, s.path);
	CHECK_LACKS(r.body, S("intet skridt ansigt til ansigt"));
	struct record other = world_record(&s.w.world, KIND_ACTIVITY);
	world_save(&s.w.world, &other);
	r = web_get(&s.w,
	    STR_JOIN(arena, web_path(&s.w, "/aktiviteter/"), other.id_text));
	CHECK_LACKS(r.body, id); /* the step is the other one's */
}

static struct str
message_form(struct scene *s, int n, const char *rest)
{
	struct arena *a = s->w.world.arena;
	return str_fmt(a, "id=%.*s&%s",
	    STR_ARG(id_text(a, id_new(NOW_US + 10 + n))), rest);
}

/* guide:S40 */
TEST_DB(a_dialogue_shows_who_waits)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	struct person p = {.id = id_new(NOW_US),
	    .group = s.group.id,
	    .alias = S("Jonas"),
	    .actor_kind = S("citizen"),
	    .channel = S("in_person"),
	    .lang = S("da"),
	    .reason = S("Kommer i værestedet"),
	    .source = S("named")};
	CHECK_OK(person_save(db, arena, &s.w.world.leader, &p));
	struct str person = id_text(arena, p.id);
	struct reply r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S(" Jonas</option>"));
	r = web_post(&s.w, at(&s, "/besked"),
	    message_form(&s, 1, "text=Ring+010170-1234"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Ring 010170-1234</textarea>"));
	r = web_post(&s.w, at(&s, "/besked"),
	    STR_JOIN(arena,
		message_form(&s, 2, "text=Hvad+skal+vi%3F&from_person=1"),
		S("&person="), person));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("venter på svar</span>"));
	CHECK_HAS(r.body, S("Venter på svar: 1."));
	ptrdiff_t found = str_find(r.body, S("name=\"answers\" value=\""));
	CHECK(found > 0);
	struct str answers = str_sub(r.body, found + 22, found + 22 + 36);
	s.w.now_us += 20 * MINUTE_US;
	r = web_post(&s.w, at(&s, "/besked"),
	    STR_JOIN(arena, message_form(&s, 3, "text=Drikke+kaffe"),
		S("&person="), person, S("&answers="), answers));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, s.path);
	CHECK_HAS(r.body, S("I svarer i gennemsnit efter én time."));
	CHECK_LACKS(r.body, S("venter på svar</span>"));
	web_sign_in(&s.w, s.w.world.ali); /* no right to the register */
	r = web_get(&s.w, s.path);
	CHECK_LACKS(r.body, S("Jonas"));
	CHECK_LACKS(r.body, S("Drikke kaffe"));
}

/* ---- equal terms ---- */

/* guide:S39 */
TEST_DB(equal_terms_list_the_differences)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	struct str path = web_path(&s.w, "/lige-vilkaar");
	struct reply r = web_get(&s.w, path);
	CHECK_HAS(r.body, S("Ikke besvaret endnu: 6 af 6."));
	r = web_post(&s.w, path,
	    S("agenda_citizens=yes&agenda_others=yes&minutes_citizens=no"
	      "&minutes_others=yes&minutes_note=Vi+glemte+det"));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, path);
	CHECK_HAS(r.body, S("Referat: borgerne: Nej, de andre: Ja"));
	CHECK_LACKS(r.body, S("Dagsorden: borgerne"));
	r = web_post(&s.w, path, S("papers_note=010170-1234"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("010170-1234</textarea>"));
}

/* ---- choosing ---- */

/* guide:S37 guide:S48 guide:S49 guide:S50 */
TEST_DB(a_leader_chooses_a_method_for_a_vulnerable_group)
{
	struct scene s;
	scene_new(&s, arena, db, S("maybe"));
	struct str path = web_path(&s.w, "/metoder");
	struct reply r = web_get(
	    &s.w, STR_JOIN(arena, path, S("?maalgruppe="), s.group.id_text));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<option value=\"maybe\" selected>"));
	ptrdiff_t guide = str_find(r.body, S("/metoder/interview\""));
	ptrdiff_t walk = str_find(r.body, S("/metoder/walk\""));
	ptrdiff_t out = str_find(r.body, S("id=\"ikke\""));
	ptrdiff_t hall = str_find(r.body, S("/metoder/town_hall\""));
	CHECK(guide > 0 && guide < walk && walk < out && out < hall);
	CHECK_HAS(r.body, S("Pas på:</strong> Lad borgeren vælge sted."));
	CHECK_HAS(r.body, S("?ny=aktivitet&amp;method=walk&amp;groups="));
	r = web_get(&s.w,
	    str_cat(arena, path,
		S("?saarbar=yes&antal=40&sted=town_hall&rolle=asker")));
	CHECK_HAS(r.body, S("det foregår på rådhuset"));
	CHECK_HAS(r.body, S("De tre mest skånsomme"));
	CHECK_LACKS(r.body, S("id=\"ikke\""));
	r = web_get(&s.w,
	    str_cat(arena, path,
		S("?saarbar=yes&antal=40&sted=town_hall&oenske=1")));
	CHECK_LACKS(r.body, S("det foregår på rådhuset"));
	r = web_get(&s.w,
	    str_cat(arena, path,
		S("?saarbar=no&antal=%3Cb%3E&fase=ukendt&alder=0-14")));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<span class=\"tag\">R4</span>"));
	web_sign_in(&s.w, s.w.world.ali);
	CHECK_LACKS(web_get(&s.w, path).body, S("ny=aktivitet"));
}

/* ---- leaving the design ---- */

/* guide:S2 */
TEST_DB(the_phases_say_what_a_plan_lacks_before_the_design_is_left)
{
	struct web w;
	struct records phases;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	CHECK_OK(record_list(db, arena, &w.world.leader, KIND_PHASE, &phases));
	struct record stay = world_record(&w.world, KIND_VISIT);
	record_set(&stay, "phase", phases.list[1].id_text);
	record_set(&stay, "entered", S("2026-10-01"));
	world_save(&w.world, &stay);
	struct reply r = web_get(&w, web_path(&w, "/faser"));
	CHECK_HAS(r.body, S("<span class=\"tag\">R1</span>"));
	struct str path =
	    STR_JOIN(arena, web_path(&w, "/gem/ophold/"), stay.id_text);
	struct str form = STR_JOIN(arena,
	    S("rev=1&entered=2026-10-01&gone=2026-11-20&phase="),
	    phases.list[1].id_text);
	r = web_post(&w, path, form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("på vej ud af netværksdesignet"));
	struct str pass =
	    STR_JOIN(arena, S("rule=R1&object="), stay.id_text, S("&reason="));
	r = web_post(&w, web_path(&w, "/tilsidesaet"), pass);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("id=\"grund-error\""));
	r = web_post(&w, web_path(&w, "/tilsidesaet"),
	    str_cat(arena, pass, S("Udvalget+venter")));
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.location, S("/faser"));
	CHECK_HAS(
	    web_get(&w, web_path(&w, "/faser")).body, S("Udvalget venter"));
	CHECK_INT(web_post(&w, path, form).status, 303);
}

/* guide:S13 guide:S35 what is to be looked at stands in the plan */
TEST_DB(the_plan_says_what_a_new_theme_and_a_tension_ask_for)
{
	struct scene s;
	struct record_saved saved;
	scene_new(&s, arena, db, S("no"));
	add(&s, KIND_THEME);
	CHECK_LACKS(
	    web_get(&s.w, web_path(&s.w, "/plan")).body, S("id=\"se-paa\""));
	s.w.world.leader.now_us += HOUR_US;
	add(&s, KIND_THEME);
	add(&s, KIND_TENSION);
	struct reply r = web_get(&s.w, web_path(&s.w, "/plan"));
	CHECK_HAS(r.body, S("det her er fra før: målgruppe"));
	CHECK_HAS(r.body, S("ingen borger er spurgt"));
	record_set(&s.activity, "state", S("documented"));
	CHECK_OK(record_save_managed(
	    db, arena, &s.w.world.leader, &s.activity, &saved));
	s.w.now_us += MINUTE_US; /* no page of before is kept */
	r = web_get(&s.w, web_path(&s.w, "/plan"));
	CHECK_LACKS(r.body, S("ingen borger er spurgt"));
}

/* ---- what a page costs ---- */

TEST_DB(an_activity_page_asks_little_of_the_database)
{
	struct scene s;
	scene_new(&s, arena, db, S("no"));
	CHECK_MAX(web_get(&s.w, s.path).queries, 53);
	CHECK_MAX(web_get(&s.w, web_path(&s.w, "/aktiviteter")).queries, 41);
	CHECK_MAX(web_get(&s.w, web_path(&s.w, "/metoder")).queries, 41);
}
