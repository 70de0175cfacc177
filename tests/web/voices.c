/* SPDX-License-Identifier: MPL-2.0 */

/* The pages about what people said: a form loses nothing, names are pointed
 * out, a file holds no more than was agreed to. */
#include "base/buf.h"
#include "model/contribution.h"
#include "model/erasure.h"
#include "tests/web/site.h"

static const char ALL[] = "&kind=quote&teller=staff&scope=1&anonymity=none"
			  "&basis=consent&given_by=self";

static struct reply
note(struct web *w, struct id id, const char *words, const char *rest)
{
	struct arena *a = w->world.arena;
	return web_post(w, web_path(w, "/stemmer/ny"),
	    STR_JOIN(a, S("id="), id_text(a, id), S("&original="), str_c(words),
		str_c(rest)));
}

static struct str
voice_path(struct web *w, struct id id, const char *rest)
{
	return STR_JOIN(w->world.arena, web_path(w, "/stemmer/"),
	    id_text(w->world.arena, id), str_c(rest));
}

static void
step(struct web *w, struct id id, const char *form)
{
	CHECK_INT(
	    web_post(w, voice_path(w, id, "/trin"), str_c(form)).status, 303);
}

/* Trust P02, P04: nothing is agreed to beforehand, and nothing kept without a
 * reason in law. */
TEST_DB(voice_form_chooses_nothing_and_loses_nothing)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct reply r = web_get(&w, web_path(&w, "/stemmer/ny"));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S(" checked"));
	r = note(&w, id_new(NOW_US), "Det+tager+lang+tid.",
	    "&kind=quote&teller=staff&given_by=self");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Det tager lang tid."));
	CHECK_HAS(r.body, S("href=\"#felt-scope"));
	CHECK_HAS(r.body, S("href=\"#felt-basis"));
	r = note(&w, id_new(NOW_US), "010150-1234", ALL);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("cpr-nummer"));
}

TEST_DB(voice_form_points_out_names)
{
	struct web w;
	struct id id = id_new(NOW_US);
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct reply r = note(&w, id, "Min+nabo+Karen+hjalp+mig.", ALL);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Det ligner et navn: Karen."));
	CHECK_HAS(r.body, S("Min nabo Karen hjalp mig."));
	CHECK_HAS(r.body, S("names_ok"));
	CHECK_INT(
	    web_get(&w, voice_path(&w, id, "")).status, 404); /* not kept */
	struct str sure = str_cat(arena, S("&names_ok=1"), str_c(ALL));
	CHECK_INT(
	    note(&w, id, "Min+nabo+Karen+hjalp+mig.", str_cstr(arena, sure))
		.status,
	    303);
	CHECK_INT(web_get(&w, voice_path(&w, id, "")).status, 200);
}

/* Several people in a row: the activity stays, and an empty form comes. */
TEST_DB(voice_form_goes_on_with_the_next)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct str more = str_cat(arena, S("&next=1"), str_c(ALL));
	struct reply r =
	    note(&w, id_new(NOW_US), "Mere+lys.", str_cstr(arena, more));
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.location, S("/stemmer/ny?noteret=1"));
	r = web_get(&w, r.location);
	CHECK_HAS(r.body, S("Det er noteret."));
	CHECK_LACKS(r.body, S("Mere lys."));
}

/* R11: a file for everybody has nothing that was for the network. */
TEST_DB(voices_file_holds_what_was_agreed_to)
{
	struct web w;
	struct id id = id_new(NOW_US), formula = id_new(NOW_US + 1);
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	note(&w, id, "Der+mangler+lys.", ALL);
	note(&w, formula, "%3DSUM%28A1%29", ALL);
	struct str path = web_path(&w, "/stemmer/hent");
	struct reply r = web_post(&w, path, S("scope=1&format=csv"));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("lys")); /* nobody has approved it */
	struct id both[] = {id, formula};
	for (int i = 0; i < 2; i++) {
		step(&w, both[i], "rev=1&state=reviewed");
		step(&w, both[i], "rev=2&state=approved");
	}
	r = web_post(&w, path, S("scope=1&format=csv"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S(";Der mangler lys.;"));
	CHECK_HAS(r.body, S(";'=SUM(A1);"));
	r = web_post(&w, path, S("scope=1&format=json"));
	CHECK_HAS(r.body, S("\"tekst\":\"Der mangler lys.\""));
	r = web_post(&w, path, S("scope=3&format=csv"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Citatet må ikke bruges her"));
	CHECK_HAS(r.body, S("Der mangler lys."));
	r = web_post(&w, path, S("scope=3&format=csv&sure=1"));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("lys"));
	CHECK_INT(web_post(&w, path, S("format=csv")).status, 422);
	/* Taken back: it is asked back from the files that had it. */
	CHECK_INT(
	    web_post(&w, voice_path(&w, id, "/traek"), S("")).status, 303);
	r = web_get(&w, web_path(&w, "/stemmer"));
	CHECK_LACKS(r.body, S("Der mangler lys."));
	CHECK_HAS(r.body, S("3 filer, der skal findes"));
	r = web_get(&w, voice_path(&w, id, ""));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("Der mangler lys."));
	CHECK_HAS(r.body, S("Personen har trukket det tilbage."));
}

/* Trust P10: what is kept by law alone is in no file, not even in one for those
 * who look after it; its twin, of nobody who asked, is. */
TEST_DB(voices_file_leaves_out_who_was_refused)
{
	struct web w;
	struct id id = id_new(NOW_US), twin = id_new(NOW_US + 1);
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct actor *who = &w.world.leader;
	struct person p = {.id = id_new(NOW_US),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand"),
	    .source = S("named")};
	CHECK_OK(person_save(db, arena, who, &p));
	note(&w, id, "Der+mangler+lys.", ALL);
	note(&w, twin, "Her+er+koldt.", ALL);
	CHECK_OK(db_exec(db,
	    "UPDATE contribution SET person = $2, scope = 0"
	    " WHERE org = $1 AND id = $3",
	    NULL, DB_ID(who->org), DB_ID(p.id), DB_ID(id)));
	struct id both[] = {id, twin};
	for (int i = 0; i < 2; i++) {
		step(&w, both[i], "rev=1&state=reviewed");
		step(&w, both[i], "rev=2&state=approved");
	}
	struct str path = web_path(&w, "/stemmer/hent");
	struct str form = S("scope=0&format=csv");
	CHECK_HAS(web_post(&w, path, form).body, S("lys"));
	struct erasure no = {.person = p.id,
	    .ground = S("journal"),
	    .note = S("Det hører til en sag.")};
	CHECK_OK(erasure_ask(db, arena, who, p.id));
	CHECK_OK(erasure_refuse(db, arena, who, &no));
	struct reply r = web_post(&w, path, form);
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("lys"));
	CHECK_HAS(r.body, S("koldt"));
	r = web_get(&w, voice_path(&w, id, ""));
	CHECK_HAS(r.body, S("Gemmes, men bruges ikke til noget"));
	CHECK_LACKS(r.body, S("value=\"used\""));
	r = web_get(&w, voice_path(&w, twin, ""));
	CHECK_LACKS(r.body, S("Gemmes, men bruges ikke til noget"));
	CHECK_HAS(r.body, S("value=\"used\""));
}

/* Trust P18: a count of few is shown to those alone who see the people. */
TEST_DB(insights_hide_counts_of_few)
{
	struct web w;
	struct record group;
	web_new(&w, arena, db);
	struct world *world = &w.world;
	group = world_record(world, KIND_GROUP);
	record_set(&group, "state", S("chosen"));
	world_save(world, &group);
	for (int i = 0; i < 2; i++) {
		struct contribution c = {.id = id_new(NOW_US + i),
		    .kind = S("wish"),
		    .teller = S("staff"),
		    .original = S("Mere lys."),
		    .group = group.id,
		    .basis = S("consent"),
		    .scope = SCOPE_NETWORK,
		    .anonymity = S("none"),
		    .given_by = S("self")};
		CHECK_OK(
		    contribution_add(db, arena, &world->leader, &c, S("")));
	}
	web_session(&w, world->mette);
	struct str path = web_path(&w, "/indsigter");
	CHECK_HAS(web_get(&w, path).body, S("Stemmer\">2</td>"));
	web_session(&w, world->ali);
	struct str body = web_get(&w, path).body;
	CHECK_HAS(body, S("Stemmer\">færre end 5</td>"));
	CHECK_LACKS(body, S("Stemmer\">2</td>"));
}

TEST_DB(voices_are_found_by_their_words)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	note(&w, id_new(NOW_US), "Der+mangler+lys+p%C3%A5+stien.", ALL);
	note(&w, id_new(NOW_US + 1), "Mere+tid+til+kaffe.", ALL);
	struct reply r = web_get(&w, web_path(&w, "/stemmer?ord=lysene"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Der mangler lys"));
	CHECK_LACKS(r.body, S("kaffe"));
	CHECK_HAS(r.body, S("value=\"lysene\""));
	r = web_get(&w, web_path(&w, "/stemmer?ord=%22%28*-%22"));
	CHECK_INT(r.status, 200);
}

/* Two who look at once: the second one's step is not lost on the first's. */
TEST_DB(voice_changed_meanwhile_is_told)
{
	struct web w;
	struct id id = id_new(NOW_US);
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	note(&w, id, "Der+mangler+lys.", ALL);
	step(&w, id, "rev=1&state=reviewed");
	struct reply r = web_post(
	    &w, voice_path(&w, id, "/ord"), S("rev=1&wording=mangler"));
	CHECK_INT(r.status, 409);
	r = web_post(&w, voice_path(&w, id, "/ord"), S("rev=2&wording=Natten"));
	CHECK_INT(r.status, 422); /* a quote keeps its words */
	CHECK_HAS(r.body, S("Natten</textarea>")); /* nor is it lost */
	r = web_post(
	    &w, voice_path(&w, id, "/ord"), S("rev=2&wording=Der+mangler"));
	CHECK_INT(r.status, 303);
	r = web_get(&w, voice_path(&w, id, ""));
	CHECK_HAS(r.body, S("forkortet"));
	CHECK_HAS(r.body, S("Der mangler lys."));
}

/* R11, trust P03: what was put together is in no file any more, on no page and
 * found by no word, when one of those it is of takes the words back. */
TEST_DB(voices_put_together_follow_their_origins)
{
	struct web w;
	struct id of[2] = {id_new(NOW_US), id_new(NOW_US + 1)};
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	note(&w, of[0], "Der+mangler+lys.", ALL);
	note(&w, of[1], "Her+er+for+koldt.", ALL);
	for (int i = 0; i < 2; i++)
		step(&w, of[i], "rev=1&state=reviewed");
	struct str chosen = STR_JOIN(arena, S("v="), id_text(arena, of[0]),
	    S("&v="), id_text(arena, of[1]));
	struct reply r = web_get(&w,
	    STR_JOIN(arena, web_path(&w, "/stemmer/sammen"), S("?"), chosen));
	CHECK_HAS(r.body, S("Der mangler lys."));
	CHECK_HAS(r.body, S("Her er for koldt."));
	struct id m = id_new(NOW_US + 2);
	struct str form = STR_JOIN(arena, S("id="), id_text(arena, m), S("&"),
	    chosen, S("&keep=own&kind=wish&words="));
	struct str path = web_path(&w, "/stemmer/sammen");
	CHECK_INT(web_post(&w, path, form).status, 422);
	form = str_cat(arena, form, S("Zebrastriber+hjelper."));
	CHECK_INT(web_post(&w, path, form).status, 303);
	step(&w, m, "rev=1&state=approved");
	r = web_get(&w, voice_path(&w, m, ""));
	CHECK_HAS(r.body, S("Lagt sammen af"));
	CHECK_HAS(r.body, S("Der mangler lys."));
	r = web_get(&w, voice_path(&w, of[0], ""));
	CHECK_HAS(r.body, S("Lagt sammen med andre til"));
	struct str file = web_path(&w, "/stemmer/hent");
	struct str search = web_path(&w, "/stemmer?ord=zebrastriber");
	r = web_post(&w, file, S("scope=1&format=csv"));
	CHECK_HAS(r.body, S("Zebrastriber"));
	CHECK_HAS(r.body, S(";tilstand;ophav;ophav_hvordan"));
	struct str first = id_text(arena, of[0]), last = id_text(arena, of[1]);
	bool turned = str_cmp(first, last) > 0;
	struct str x = turned ? last : first, y = turned ? first : last;
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S(";approved;"), x, S(" "), y, S(";sammen")));
	r = web_post(&w, file, S("scope=1&format=json"));
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("\"ophav\":[\""), x, S("\",\""), y,
		S("\"],\"ophav_hvordan\":\"sammen\"")));
	CHECK_HAS(web_get(&w, search).body, S("Zebrastriber"));
	CHECK_INT(
	    web_post(&w, voice_path(&w, of[1], "/traek"), S("")).status, 303);
	static const char *const formats[] = {
	    "scope=1&format=csv&sure=1", "scope=1&format=json&sure=1"};
	for (int i = 0; i < 2; i++)
		CHECK_LACKS(web_post(&w, file, str_c(formats[i])).body,
		    S("Zebrastriber"));
	CHECK_LACKS(web_get(&w, search).body, S("Zebrastriber"));
	CHECK_LACKS(
	    web_get(&w, web_path(&w, "/stemmer")).body, S("Zebrastriber"));
	r = web_get(&w, voice_path(&w, m, ""));
	CHECK_LACKS(r.body, S("Zebrastriber"));
	CHECK_HAS(r.body, S("er trukket tilbage"));
	CHECK_INT(web_post(&w, voice_path(&w, m, "/fortryd"), S("undo_reason="))
		      .status,
	    422);
	CHECK_INT(web_post(&w, voice_path(&w, m, "/fortryd"),
		      S("undo_reason=Kun+en+tilbage"))
		      .status,
	    303);
	r = web_get(&w, voice_path(&w, of[0], ""));
	CHECK_HAS(r.body, S("Kun en tilbage"));
}

TEST_DB(voice_is_divided_by_its_sentences)
{
	struct web w;
	struct id id = id_new(NOW_US);
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	note(&w, id, "Der+mangler+lys.+Og+hjertet+er+koldt.", ALL);
	struct str path = voice_path(&w, id, "/del");
	CHECK_INT(web_post(&w, path, S("rev=1&s1=1&s2=2")).status, 422);
	step(&w, id, "rev=1&state=reviewed");
	struct reply r = web_get(&w, path);
	CHECK_HAS(r.body, S("name=\"s2\""));
	CHECK_INT(web_post(&w, path, S("rev=2&s1=1")).status, 422);
	CHECK_INT(web_post(&w, path, S("rev=1&s1=1&s2=2")).status, 422);
	CHECK_INT(web_post(&w, path, S("rev=2&s1=1&s2=2")).status, 303);
	r = web_get(&w, voice_path(&w, id, ""));
	CHECK_HAS(r.body, S("Delt i"));
	CHECK_HAS(r.body, S(">Og hjertet er koldt.</a>"));
}
