/* SPDX-License-Identifier: MPL-2.0 */

/* What people may ask of their own data, on its pages; the page of the data
 * protection officer; the pause; the accessibility statement. */
#include "base/buf.h"
#include "model/code.h"
#include "model/datamap.h"
#include "model/demo_citizen.h"
#include "model/erasure.h"
#include "model/letters.h"
#include "model/outbox.h"
#include "model/pause.h"
#include "model/rights.h"
#include "model/sending.h"
#include "model/setting.h"
#include "tests/web/site.h"

struct scene {
	struct web w;
	struct str code; /* "/c/CODE" */
	struct str token; /* the same, as it was made */
	struct id person;
	struct str page; /* of the person, for staff */
};

static const char SQL_CODED[] =
    "SELECT person FROM code WHERE org = $1 ORDER BY created_us DESC";

/* Karen has an invitation and a code; the leader is signed in. */
static void
scene_new(struct scene *s, struct arena *arena, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct db_row row;
	web_new(&s->w, arena, db);
	struct world *world = &s->w.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(world, kinds[i]);
		world_save(world, &r);
	}
	CHECK_OK(demo_citizen(db, arena, &world->leader, &token));
	s->token = token;
	s->code = STR_JOIN(arena, S("/c/"),
	    code_text(arena, s->w.site->orgs.list[0].short_code, token));
	CHECK_OK(db_one(db, arena, SQL_CODED, &row, DB_ID(world->org.id)));
	s->person = db_id(&row, 0);
	s->page = str_cat(
	    arena, web_path(&s->w, "/personer/"), id_text(arena, s->person));
	web_sign_in(&s->w, world->mette);
}

static struct str
at(struct scene *s, struct str base, const char *rest)
{
	return str_cat(s->w.world.arena, base, str_c(rest));
}

/* guide:S45 whoever has the code sees everything, and who looked */
TEST_DB(rights_of_a_citizen_sees_all_that_is_held)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct reply r = web_post(
	    &s.w, at(&s, s.page, "/kontakt"), S("grund=Ringe+om+besoeget"));
	CHECK_INT(r.status, 200);
	web_nobody(&s.w);
	r = web_get(&s.w, s.code);
	CHECK_HAS(r.body, S("Se alt, vi har om dig"));
	r = web_get(&s.w, at(&s, s.code, "/alt"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Ringe om besoeget"));
	CHECK_HAS(r.body, S("Netværksleder"));
	CHECK_LACKS(r.body, S("Mette Holm"));
	CHECK_HAS(r.body, S("Sendte invitationer"));
	CHECK_MAX(r.queries, 80);
	r = web_get(&s.w, at(&s, s.code, "/alt/json"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("\"sending\": ["));
	CHECK_HAS(r.body, S("\"contact\": {"));
	r = web_get(&s.w, at(&s, s.code, "/alt/side"));
	CHECK_HAS(r.body, S("<!DOCTYPE html>"));
	CHECK_HAS(r.body, S("Hvad der ikke er her, og hvorfor"));
	CHECK_INT(web_get(&s.w, at(&s, s.code, "/alt/andet")).status, 404);
	CHECK_INT(web_get(&s.w, S("/c/ABCD-EFGH/alt")).status, 404);
}

static const char SQL_PROTECT[] = "UPDATE person SET protected = 1"
				  " WHERE org = $1 AND id = $2";

TEST_DB(rights_of_a_protected_address_is_shown_by_no_code)
{
	struct scene s;
	scene_new(&s, arena, db);
	CHECK_OK(db_exec(
	    db, SQL_PROTECT, NULL, DB_ID(s.w.world.org.id), DB_ID(s.person)));
	struct reply r = web_get(&s.w, at(&s, s.code, "/alt"));
	CHECK_HAS(r.body, S("viser dem ikke her"));
	r = web_get(&s.w, at(&s, s.code, "/alt/json"));
	CHECK_HAS(r.body, S("\"contact\": \"held\""));
}

TEST_DB(rights_of_staff_fetch_all_with_a_reason)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str fetch = at(&s, s.page, "/alt");
	struct reply r = web_get(&s.w, s.page);
	CHECK_HAS(r.body, S("Alt, der opbevares om dem"));
	r = web_post(&s.w, fetch, S("grund=+&form=html"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("hvorfor-error"));
	r = web_post(&s.w, fetch, S("grund=070361-4285&form=html"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("cpr-nummer"));
	CHECK_LACKS(
	    web_get(&s.w, web_path(&s.w, "/adgang")).body, S("Hun bad om det"));
	r = web_post(&s.w, fetch, S("grund=Hun+bad+om+det&form=html"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<!DOCTYPE html>"));
	r = web_post(&s.w, fetch, S("grund=Hun+bad+om+det&form=json"));
	CHECK_HAS(r.body, S("\"person\": ["));
	CHECK_HAS(
	    web_get(&s.w, web_path(&s.w, "/adgang")).body, S("Hun bad om det"));
}

/* Two wait: each can be answered, also after the other was. */
TEST_DB(rights_of_two_requests_are_answered_one_by_one)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct world *world = &s.w.world;
	struct right r[2] = {{.kind = S("objection")}, {.kind = S("access")}};
	struct str page = at(&s, s.page, "/anmodning"), id[2];
	for (int i = 0; i < 2; i++) {
		r[i].id = id_new(NOW_US + i);
		r[i].person = s.person;
		r[i].received = date_danish(NOW_US);
		id[i] = id_text(arena, r[i].id);
		CHECK_OK(right_add(db, arena, &world->leader, &r[i]));
	}
	struct str form[2] = {
	    STR_JOIN(arena, S("name=\"ret\" value=\""), id[0]),
	    STR_JOIN(arena, S("name=\"ret\" value=\""), id[1])};
	struct str body = web_get(&s.w, page).body;
	CHECK_HAS(body, form[0]); /* the oldest */
	CHECK_LACKS(body, form[1]);
	struct str other = STR_JOIN(arena, page, S("?ret="), id[1]);
	CHECK_HAS(body, other);
	CHECK_HAS(web_get(&s.w, other).body, form[1]);
	/* Done, it can be lifted; what waits has the form all the same. */
	CHECK_INT(web_post(&s.w, page,
		      STR_JOIN(arena, S("ret="), id[0],
			  S("&step=granted&text=Vi+lader+det+ligge")))
		      .status,
	    303);
	body = web_get(&s.w, page).body;
	CHECK_HAS(body, form[1]);
	CHECK_HAS(body, STR_JOIN(arena, page, S("?ret="), id[0]));
}

/* A wish from the citizen is seen, answered, and the answer read. */
TEST_DB(rights_of_a_request_is_asked_answered_and_read)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct world *world = &s.w.world;
	struct str own = at(&s, s.code, "/ret");
	struct rights all;
	struct reply r = web_post(&s.w, own, S("id=x&kind=&what="));
	CHECK_INT(r.status, 422);
	r = web_post(&s.w, own,
	    str_fmt(arena, "id=%.*s&kind=rectification&what=Jeg+er+flyttet",
		STR_ARG(id_text(arena, id_new(NOW_US)))));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, at(&s, own, "?tak=1"));
	CHECK_HAS(r.body, S("Du har vores svar om en måned"));
	CHECK_HAS(r.body, S("Jeg er flyttet"));
	r = web_get(&s.w, web_path(&s.w, ""));
	CHECK_HAS(r.body, S("Svar på, hvad nogen beder om"));
	r = web_get(&s.w, web_path(&s.w, "/databeskyttelse"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("24. december 2026"));
	CHECK_LACKS(r.body, S("for sent."));
	CHECK_OK(rights_of(db, arena, &world->leader, s.person, &all));
	CHECK_INT(all.n, 1);
	struct str id = id_text(arena, all.list[0].id);
	struct str page = at(&s, s.page, "/anmodning");
	CHECK_HAS(web_get(&s.w, page).body, S("Jeg er flyttet"));
	r = web_post(&s.w, page,
	    str_fmt(arena, "ret=%.*s&step=refused&text=", STR_ARG(id)));
	CHECK_INT(r.status, 422);
	r = web_post(&s.w, page,
	    str_fmt(
		arena, "ret=%.*s&step=longer&text=Mange+papirer", STR_ARG(id)));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&s.w, own).body, S("24. februar 2027"));
	r = web_post(&s.w, page,
	    str_fmt(arena, "ret=%.*s&step=refused&text=Den+er+rigtig",
		STR_ARG(id)));
	CHECK_INT(r.status, 303);
	r = web_get(&s.w, own);
	CHECK_HAS(r.body, S("Den er rigtig"));
	CHECK_HAS(r.body, S("datatilsynet.dk"));
	r = web_get(&s.w, web_path(&s.w, "/databeskyttelse"));
	CHECK_HAS(r.body, S("Ingen venter på svar"));
	/* Staff note one, and are told what is missing. */
	r = web_post(&s.w, page,
	    str_fmt(arena, "step=ask&id=%.*s&kind=access&received=2030-01-01",
		STR_ARG(id_text(arena, id_new(NOW_US + 9)))));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("i dag eller før"));
	/* An answer to somebody else's. */
	r = web_post(&s.w, page,
	    str_fmt(arena, "ret=%.*s&step=refused&text=Nej",
		STR_ARG(id_text(arena, id_new(NOW_US + 8)))));
	CHECK_INT(r.status, 404);
}

static const char SQL_ACTIVITY[] =
    "SELECT activity, id FROM sending WHERE org = $1 AND person = $2";

/* guide:S44 a pause stops the invitation and the form, and says why */
TEST_DB(rights_of_a_pause_stops_what_is_asked)
{
	struct scene s;
	struct db_row row;
	scene_new(&s, arena, db);
	CHECK_OK(db_one(db, arena, SQL_ACTIVITY, &row, DB_ID(s.w.world.org.id),
	    DB_ID(s.person)));
	struct str page = str_cat(arena, web_path(&s.w, "/aktiviteter/"),
	    id_text(arena, db_id(&row, 0)));
	struct str form =
	    str_fmt(arena, "sending=%.*s&message=%.*s&answer=yes&text=",
		STR_ARG(id_text(arena, db_id(&row, 1))),
		STR_ARG(id_text(arena, id_new(NOW_US + 3))));
	struct reply r = web_post(&s.w, at(&s, page, "/pause"), S("grund=+"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("grund-error"));
	r = web_post(&s.w, at(&s, page, "/pause"), S("grund=Vi+maa+vente"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&s.w, page).body, S("Aktiviteten er sat på pause"));
	r = web_get(&s.w, at(&s, page, "/invitation"));
	CHECK_HAS(r.body, S("Den er sat på pause: Vi maa vente"));
	r = web_get(&s.w, s.code);
	CHECK_HAS(r.body, S("Vi maa vente"));
	CHECK_LACKS(r.body, S("Send mit svar"));
	r = web_post(&s.w, at(&s, s.code, "/svar"), form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vi maa vente"));
	CHECK_HAS(web_get(&s.w, web_path(&s.w, "/databeskyttelse")).body,
	    S("Vi maa vente"));
	r = web_post(&s.w, at(&s, page, "/pause"), S("videre=1"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&s.w, s.code).body, S("Send mit svar"));
	CHECK_INT(web_post(&s.w, at(&s, s.code, "/svar"), form).status, 303);
}

static const char SQL_BY_MAIL[] = "UPDATE sending SET mail = $2 WHERE org = $1";

static void
add_mail(struct scene *s, const char *once)
{
	struct world *w = &s->w.world;
	struct mail mail = {.kind = S("invitation"),
	    .once = str_c(once),
	    .to = S("karen@fjordby.test"),
	    .subject = S("Kaffe"),
	    .body = S("Kom og drik kaffe."),
	    .has_smtp = true};
	CHECK_OK(mail_add(w->db, w->arena, &w->program, &mail));
}

/* Which of them goes out now; "" none. */
static struct str
goes_out(struct scene *s)
{
	struct mail_claim claim;
	struct world *w = &s->w.world;
	enum err e = mail_claim(w->db, w->arena, &w->program, &claim);
	CHECK(e == ERR_OK || e == ERR_NOT_FOUND);
	return e == ERR_OK ? claim.kind : S("");
}

/* What was made before waits as well: mail in its place, a letter is not
 * fetched. */
TEST_DB(rights_of_a_pause_holds_mail_and_letters_back)
{
	struct scene s;
	struct db_row row;
	scene_new(&s, arena, db);
	struct world *w = &s.w.world;
	CHECK_OK(db_one(
	    db, arena, SQL_ACTIVITY, &row, DB_ID(w->org.id), DB_ID(s.person)));
	struct str page = str_cat(arena, web_path(&s.w, "/aktiviteter/"),
	    id_text(arena, db_id(&row, 0)));
	CHECK_OK(db_exec(db, SQL_BY_MAIL, NULL, DB_ID(w->org.id),
	    DB_TEXT(S("karens-mail"))));
	struct records all;
	CHECK_OK(record_list(db, arena, &w->leader, KIND_INVITATION, &all));
	struct letter_batch batch = {.id = id_new(NOW_US),
	    .invitation = all.list[0].id,
	    .format = S("sms"),
	    .n = 1};
	batch.code[0] = (struct letter_code){
	    .person = s.person, .token = s.token, .channel = S("sms")};
	CHECK_OK(letters_keep(db, arena, &w->leader, &batch));
	struct str letters =
	    str_cat(arena, web_path(&s.w, "/breve/"), id_text(arena, batch.id));
	CHECK_INT(web_get(&s.w, letters).status, 200);
	CHECK_INT(
	    web_post(&s.w, at(&s, page, "/pause"), S("grund=Vi+venter")).status,
	    303);
	add_mail(&s, "karens-mail");
	CHECK_STR(goes_out(&s), S(""));
	add_mail(&s, "another");
	CHECK_STR(goes_out(&s), S("invitation"));
	CHECK_STR(goes_out(&s), S(""));
	struct reply r = web_get(&s.w, letters);
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.location, S("/invitation"));
	CHECK_INT(
	    web_post(&s.w, at(&s, page, "/pause"), S("videre=1")).status, 303);
	CHECK_STR(goes_out(&s), S("invitation"));
	CHECK_INT(web_get(&s.w, letters).status, 200);
}

/* Nobody is invited to a day that is over when the activity goes on, nor is who
 * had the use stopped meanwhile. */
TEST_DB(rights_of_a_pause_ends_without_what_came_too_late)
{
	struct scene s;
	struct db_row row;
	struct record act;
	scene_new(&s, arena, db);
	struct world *w = &s.w.world;
	CHECK_OK(db_one(
	    db, arena, SQL_ACTIVITY, &row, DB_ID(w->org.id), DB_ID(s.person)));
	struct id activity = db_id(&row, 0);
	CHECK_OK(db_exec(db, SQL_BY_MAIL, NULL, DB_ID(w->org.id),
	    DB_TEXT(S("karens-mail"))));
	add_mail(&s, "karens-mail");
	CHECK_OK(pause_set(db, arena, &w->leader, activity, S("Vi venter")));
	CHECK_OK(
	    record_get(db, arena, &w->leader, KIND_ACTIVITY, activity, &act));
	record_set(&act, "day", S("2026-11-23")); /* yesterday */
	world_save(w, &act);
	CHECK_OK(pause_end(db, arena, &w->leader, activity));
	CHECK_STR(goes_out(&s), S(""));

	struct str theirs = sending_mail(arena, s.person, id_new(NOW_US));
	add_mail(&s, str_cstr(arena, theirs));
	struct erasure r = {.person = s.person,
	    .ground = S("journal"),
	    .note = S("Det hører til en sag.")};
	CHECK_OK(erasure_ask(db, arena, &w->leader, r.person));
	CHECK_OK(erasure_refuse(db, arena, &w->leader, &r));
	CHECK_STR(goes_out(&s), S(""));
}

static ptrdiff_t
count_of(struct str text, struct str what)
{
	ptrdiff_t n = 0, found;
	while ((found = str_find(text, what)) >= 0) {
		text = str_sub(text, found + what.n, text.n);
		n++;
	}
	return n;
}

TEST_DB(rights_of_the_data_map_has_every_table_and_column)
{
	struct scene s;
	struct datamap map = datamap();
	ptrdiff_t columns = 0;
	scene_new(&s, arena, db);
	struct reply r =
	    web_get(&s.w, web_path(&s.w, "/databeskyttelse/datakort"));
	CHECK_INT(r.status, 200);
	for (ptrdiff_t i = 0; i < map.n; i++) {
		const struct datamap_table *t = &map.list[i];
		const char *of[] = {t->shown, t->times, t->staff, t->named,
		    t->sealed, t->inner};
		CHECK_HAS(r.body,
		    STR_JOIN(
			arena, S("<code>"), str_c(t->table), S("</code>")));
		for (ptrdiff_t g = 0; g < COUNT_OF(of); g++) {
			struct str rest = str_c(of[g]);
			for (; rest.n > 0; columns++)
				(void)datamap_next(&rest);
		}
	}
	r = web_get(&s.w, web_path(&s.w, "/databeskyttelse/datakort.csv"));
	CHECK_INT(count_of(r.body, S("\r\n")), columns + 1);
	CHECK_HAS(r.body, S("vault;name;Forseglede ord;"));
}

TEST_DB(rights_of_the_papers_are_filled_from_the_plan)
{
	struct scene s;
	scene_new(&s, arena, db);
	static const char *const kinds[] = {"fortegnelse.pdf",
	    "fortegnelse.odt", "konsekvenser.pdf", "konsekvenser.odt"};
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct reply r = web_get(&s.w,
		    at(&s, web_path(&s.w, "/databeskyttelse/papir/"),
			kinds[i]));
		CHECK_INT(r.status, 200);
		CHECK(str_starts(r.body, S("%PDF")) ||
		    str_starts(r.body, S("PK")));
		CHECK(r.body.n > 2000);
	}
	CHECK_INT(
	    web_get(&s.w, web_path(&s.w, "/databeskyttelse/papir/x")).status,
	    404);
}

TEST_DB(rights_of_a_breach_is_told_by_account_and_days)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct str page = web_path(&s.w, "/databeskyttelse/brud");
	struct reply r = web_post(
	    &s.w, at(&s, s.page, "/kontakt"), S("grund=Ringe+om+besoeget"));
	CHECK_INT(r.status, 200);
	r = web_get(&s.w, page);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Ringe om besoeget"));
	CHECK_HAS(r.body, S("Én person er der set på med navn"));
	struct str ali = id_text(arena, s.w.world.ali);
	r = web_get(&s.w, STR_JOIN(arena, page, S("?konto="), ali));
	CHECK_LACKS(r.body, S("Ringe om besoeget"));
	r = web_get(&s.w, at(&s, page, "?fra=i+gaar"));
	CHECK_INT(r.status, 422);
	r = web_get(&s.w, at(&s, page, "?fra=2026-11-20&til=2026-11-10"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("aria-invalid"));
}

static void
set(struct scene *s, const char *name, const char *value)
{
	struct world *w = &s->w.world;
	struct setting one = {str_c(name), str_c(value)};
	CHECK_OK(setting_save(w->db, w->arena, &w->program, &one));
}

TEST_DB(rights_of_the_accessibility_statement_is_the_organisations)
{
	struct scene s;
	scene_new(&s, arena, db);
	web_nobody(&s.w);
	struct reply r = web_get(&s.w, S("/was"));
	CHECK_HAS(r.body, S("har ikke set på det endnu"));
	CHECK_HAS(r.body, S("er ikke skrevet endnu"));
	set(&s, "was_contact", "Bo Lund, 99 99 99 99");
	set(&s, "was_missing", "Kortet kan ikke læses op.");
	set(&s, "was_day", "2026-11-20");
	set(&s, "was_link", "https://was.digst.dk/fjordby");
	r = web_get(&s.w, S("/was"));
	CHECK_HAS(r.body, S("Bo Lund, 99 99 99 99"));
	CHECK_HAS(r.body, S("Kortet kan ikke læses op."));
	CHECK_HAS(r.body, S("20. november 2027"));
	CHECK_HAS(r.body, S("href=\"https://was.digst.dk/fjordby\""));
	CHECK_LACKS(r.body, S("endnu"));
	CHECK(setting_fault(S("was_day"), S("i går")) != NULL);
	CHECK(setting_fault(S("was_link"), S("https://x.dk/")) != NULL);
}
