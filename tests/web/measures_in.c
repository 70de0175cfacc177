/* SPDX-License-Identifier: MPL-2.0 */

/* Questions and answers out of files, out again, and the phone list. */
#include "base/buf.h"
#include "http/forms.h"
#include "model/people_file.h"
#include "tests/model/volunteers.h"
#include "tests/web/hall.h"

static struct measure
read_anew(struct hall *h)
{
	struct world *w = &h->web.world;
	CHECK_OK(
	    measure_get(w->db, w->arena, &w->leader, h->m.record.id, &h->m));
	return h->m;
}

/* Only a draft: no questions, no round. */
static void
hall_draft(struct hall *h)
{
	struct world *w = &h->web.world;
	struct record r = world_record(w, KIND_MEASURE);
	record_set(&r, "design", S("before_after"));
	world_save(w, &r);
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &h->m));
}

static struct reply
send_table(struct hall *h, struct str table)
{
	struct str form = str_cat(h->web.world.arena, S("tabel="),
	    form_escape(h->web.world.arena, table));
	return web_post(&h->web, hall_staff(h, "/hent/svar"), form);
}

TEST_DB(measures_in_names_the_place_and_changes_nothing)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "code");
	web_sign_in(&h.web, h.web.world.mette);
	struct reply r = web_get(&h.web, hall_staff(&h, "/hent"));
	CHECK_HAS(r.body, S("De kommer ind i den runde, der er åben: Før"));
	CHECK_LACKS(r.body, S("SurveyJS"));
	r = send_table(&h, S("kode,1,2\nab1,4,5\nab2,7,3\n"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Linje 3, tegn 5:"));
	CHECK_HAS(r.body, S("der skulle stå: 1 til 5"));
	CHECK_HAS(r.body, S("ab2,7,3"));
	CHECK_INT(hall_round(&h).answered, 0);
	r = send_table(&h, S("kode,1,2\nab1,4,5\nab2,2,3\n"));
	CHECK_INT(r.status, 303);
	CHECK_INT(hall_round(&h).answered, 2);
	r = web_post(&h.web, hall_staff(&h, "/hent/svar"),
	    S("tabel=navn,1%0Aab3,4%0A&kode=navn"));
	CHECK_INT(r.status, 303);
	CHECK_INT(hall_round(&h).answered, 3);
	web_sign_in(&h.web, h.web.world.ali);
	r = send_table(&h, S("kode,1\nab9,4\n"));
	CHECK_INT(r.status, 403);
}

/* What is sent out comes in elsewhere, and out of there the same but for the
 * codes. */
TEST_DB(measures_go_out_and_in_again_the_same)
{
	struct hall h;
	struct str first, second;
	hall_new(&h, arena, db);
	struct world *w = &h.web.world;
	hall_open(&h, "before_after", "code");
	hall_answers(&h, 8, 2);
	CHECK_OK(measure_begin_round(db, arena, &w->leader, &h.m));
	hall_answers(&h, 7, 3);
	web_sign_in(&h.web, w->mette);
	first = web_get(&h.web, hall_staff(&h, "/svar.csv")).body;
	struct str result = web_get(&h.web, hall_staff(&h, "/resultat")).body;
	struct str json =
	    web_get(&h.web, hall_staff(&h, "/surveyjs.json")).body;
	CHECK_HAS(result, S("7 af 8 svarede begge gange"));

	hall_draft(&h);
	struct reply r = web_post(&h.web, hall_staff(&h, "/hent/spoergsmaal"),
	    str_cat(arena, S("skema="), form_escape(arena, json)));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("2 spørgsmål er læst fra filen"));
	CHECK_INT(read_anew(&h).n_items, 2);
	CHECK_STR(h.m.item[0].bank, S("q_respect"));
	r = send_table(&h, first);
	CHECK_INT(r.status, 303);
	CHECK_INT(read_anew(&h).n_rounds, 2);
	second = web_get(&h.web, hall_staff(&h, "/svar.csv")).body;
	CHECK_INT(first.n, second.n);
	struct str again = web_get(&h.web, hall_staff(&h, "/resultat")).body;
	CHECK_HAS(again, S("7 af 8 svarede begge gange"));
	CHECK_HAS(again, S("+1,00"));
}

TEST_DB(measures_in_tells_what_of_a_form_is_not_taken)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_draft(&h);
	web_sign_in(&h.web, h.web.world.mette);
	struct str json = S("{\"elements\":[{\"type\":\"rating\",\"name\":"
			    "\"Jeg er tryg.\"},{\"type\":\"boolean\","
			    "\"name\":\"Har du <hund>?\"}]}");
	struct reply r = web_post(&h.web, hall_staff(&h, "/hent/spoergsmaal"),
	    str_cat(arena, S("skema="), form_escape(arena, json)));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Ét spørgsmål er læst fra filen"));
	CHECK_HAS(r.body, S("Har du &lt;hund&gt;?: det er ikke et spørgsmål"));
	CHECK_INT(read_anew(&h).n_items, 1);
	r = web_post(&h.web, hall_staff(&h, "/hent/spoergsmaal"),
	    S("skema=%7B%22elements%22:%5B"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Linje 1, tegn "));
	CHECK_HAS(r.body, S("{\"elements\":[</textarea>"));
	CHECK_INT(read_anew(&h).n_items, 1);
}

/* Whoever wants no mail is called, and the list tells of nobody whether they
 * answered. */
TEST_DB(measure_phone_list_has_those_without_mail)
{
	static const char SQL_CODE[] =
	    "INSERT INTO code (org, hash, network, person, created_us, ends_us)"
	    " VALUES ($1, $2, $3, $4, $5, $6)";
	static const char *const alias[] = {"Rosa", "Jonas"};
	static const char SQL_YES[] =
	    "UPDATE person SET state = 'yes' WHERE org = $1 AND network = $2";
	struct hall h;
	hall_new(&h, arena, db);
	struct world *w = &h.web.world;
	for (int i = 0; i < 2; i++) {
		struct id id =
		    volunteers_person(w, alias[i], i == 0 ? "phone" : "mail");
		struct person_contact c = {.name = str_c(alias[i]),
		    .phone = S("20304050"),
		    .mail = S("a@fjordby.test")};
		CHECK_OK(person_contact_put(db, arena, &w->leader, id, &c));
		CHECK_OK(db_exec(db, SQL_CODE, NULL, DB_ID(w->org.id),
		    DB_HASH(hash_of(c.name)), DB_ID(w->network), DB_ID(id),
		    DB_INT(NOW_US), DB_INT(NOW_US + 90 * DAY_US)));
	}
	CHECK_OK(
	    db_exec(db, SQL_YES, NULL, DB_ID(w->org.id), DB_ID(w->network)));
	hall_open(&h, "before_after", "code");
	web_sign_in(&h.web, w->mette);
	struct reply r = web_post(
	    &h.web, hall_staff(&h, "/ring"), S("reason=De+skal+mindes"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Rosa"));
	CHECK_HAS(r.body, S("20304050"));
	CHECK_LACKS(r.body, S("Jonas"));
	r = web_post(&h.web, hall_staff(&h, "/ring"), S("reason="));
	CHECK_INT(r.status, 400);
}
