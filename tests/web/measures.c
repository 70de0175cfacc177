/* SPDX-License-Identifier: MPL-2.0 */

/* Before and after on its pages: with a code and without one, too few and
 * enough, on paper, and what is refused. */
#include "base/buf.h"
#include "tests/web/hall.h"

/* guide:S29: perceived quality, asked of those it is about. */
TEST_DB(measure_a_citizen_answers_changes_and_takes_back)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "code");
	struct reply r = web_get(&h.web, h.code);
	CHECK_HAS(r.body, S("Svar på nogle få spørgsmål"));
	r = web_get(&h.web, hall_citizen(&h, ""));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Jeg bliver mødt med respekt."));
	CHECK_HAS(r.body, S("Ved ikke"));
	r = web_post(&h.web, hall_citizen(&h, ""), S("n1=4&n2=6&ord=Bedre"));
	CHECK_INT(r.status, 303);
	for (int i = 0; i < 3; i++)
		r = web_post(&h.web, hall_citizen(&h, ""), S("n1=5&n2=6"));
	CHECK_INT(hall_round(&h).answered, 1);
	r = web_get(&h.web, hall_citizen(&h, "?tak=1"));
	CHECK_HAS(r.body, S("Tak. Vi har dine svar."));
	CHECK_HAS(r.body, S("value=\"5\" checked"));
	r = web_post(&h.web, hall_citizen(&h, "/slet"), S(""));
	CHECK_INT(r.status, 303);
	CHECK_INT(hall_round(&h).answered, 0);
}

TEST_DB(measure_refuses_what_it_must_and_keeps_what_was_typed)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "code");
	struct reply r = web_post(&h.web, hall_citizen(&h, ""), S(""));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Svar på et af spørgsmålene"));
	r = web_post(&h.web, hall_citizen(&h, ""),
	    S("n1=4&ord=Mit+nummer+er+010190-1234"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("cpr-nummer"));
	CHECK_HAS(r.body, S("010190-1234"));
	CHECK_HAS(r.body, S("value=\"4\" checked"));
	r = web_post(&h.web,
	    STR_JOIN(arena, S("/c/XXXX-AAAA/maaling/"), h.m.record.id_text),
	    S("n1=4"));
	CHECK_INT(r.status, 404);
	/* The open address of one that has none. */
	CHECK_INT(web_get(&h.web, hall_open_path(&h)).status, 404);
	CHECK_INT(hall_round(&h).answered, 0);
	struct world *w = &h.web.world;
	CHECK_OK(measure_close_round(db, arena, &w->leader, &h.m));
	r = web_post(&h.web, hall_citizen(&h, ""), S("n1=4"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Der er lukket nu."));
	CHECK_INT(hall_round(&h).answered, 0);
}

TEST_DB(measure_by_the_open_address_with_a_code_of_ones_own)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "link");
	struct reply r = web_get(&h.web, hall_open_path(&h));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Har du ingen kode?"));
	r = web_post(&h.web, hall_open_path(&h), S("n1=2&kode=abc&givet=x"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("seks bogstaver eller tal"));
	CHECK_HAS(r.body, S("value=\"abc\""));
	/* The same form twice is one answer. */
	for (int i = 0; i < 2; i++) {
		r = web_post(&h.web, hall_open_path(&h),
		    S("n1=2&kode=&givet=ab12-cd34"));
		CHECK_INT(r.status, 200);
		CHECK_HAS(r.body, S("Din kode er: ab12-cd34."));
	}
	CHECK_INT(hall_round(&h).answered, 1);
	r = web_post(&h.web, hall_open_path(&h), S("n1=3&kode=Roed+cykel"));
	CHECK_INT(r.status, 200);
	/* Somebody else chose the same one: nothing is shown, nothing lost. */
	r = web_post(&h.web, hall_open_path(&h), S("n1=1&kode=roed+CYKEL"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Er det dig?"));
	CHECK_LACKS(r.body, S("value=\"3\" checked"));
	r = web_post(
	    &h.web, hall_open_path(&h), S("n1=1&kode=roed+cykel&igen=1"));
	CHECK_INT(r.status, 200);
	CHECK_INT(hall_round(&h).answered, 2);
}

TEST_DB(measure_afterwards_asks_to_think_back)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "retrospective", "code");
	struct reply r = web_get(&h.web, hall_citizen(&h, ""));
	CHECK_HAS(r.body,
	    S("Tænk på tiden før 1. oktober 2026. Hvordan var "
	      "det dengang?"));
	CHECK_HAS(r.body, S("Hvordan er det nu?"));
	r = web_post(&h.web, hall_citizen(&h, ""), S("t1=2&n1=4&t2=6&n2=3"));
	CHECK_INT(r.status, 303);
	r = web_get(&h.web, hall_citizen(&h, ""));
	CHECK_HAS(r.body, S("name=\"t1\""));
}

/* guide:S29, R13: too few, so that the numbers are hidden and the themes stay;
 * then enough. */
TEST_DB(measure_result_is_hidden_under_k_and_then_shown)
{
	struct hall h;
	hall_new(&h, arena, db);
	struct world *w = &h.web.world;
	for (int people = 3; people <= 8; people += 5) {
		bool few = people < 5;
		hall_open(&h, "before_after", "code");
		web_sign_in(&h.web, w->mette);
		struct reply r = web_get(&h.web, hall_staff(&h, "/resultat"));
		CHECK_HAS(r.body, S("intet at sammenligne endnu"));
		hall_answers(&h, people, 2);
		CHECK_OK(measure_begin_round(db, arena, &w->leader, &h.m));
		hall_answers(&h, people, 3);
		r = web_get(&h.web, hall_staff(&h, "/resultat"));
		CHECK_INT(r.status, 200);
		CHECK_HAS(r.body, S("Flere taler om ventetid."));
		CHECK_HAS(r.body, S("kortere ventetid nu"));
		if (few) {
			CHECK_HAS(r.body, S("Færre end 5"));
			CHECK_LACKS(r.body, S("Gennemsnit før"));
			CHECK_LACKS(r.body, S("/svar.csv"));
		} else {
			CHECK_LACKS(r.body, S("Færre end 5"));
			CHECK_HAS(r.body, S("8 af 8 svarede begge gange"));
			CHECK_HAS(r.body, S("+1,00"));
			CHECK_HAS(r.body, S("/svar.csv"));
		}
		r = web_get(&h.web, hall_staff(&h, "/svar.csv"));
		CHECK_INT(r.status, few ? 404 : 200);
		if (!few)
			CHECK_HAS(r.body, S("kode;runde;spørgsmål;svar\r\n"));
		r = web_get(&h.web, hall_staff(&h, "/figur"));
		CHECK_HAS(r.body, S("<svg"));
		/* The words are for those who ask people. */
		web_sign_in(&h.web, w->ali);
		r = web_get(&h.web, hall_staff(&h, "/resultat"));
		CHECK_HAS(r.body, S("Flere taler om ventetid."));
		CHECK_LACKS(r.body, S("kortere ventetid nu"));
	}
}

TEST_DB(measure_is_planned_and_read_off_paper_by_two)
{
	struct hall h;
	hall_new(&h, arena, db);
	struct world *w = &h.web.world;
	hall_open(&h, "before_after", "code");
	web_sign_in(&h.web, w->mette);
	struct reply r = web_post(&h.web, hall_staff(&h, "/papir"),
	    S("rows=ark+1%3B+4+4%0Aark+2%3B+4%0AK-7%3B+4+4"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("læst én gang"));
	CHECK_HAS(r.body, S("ark 2; 4\n"));
	web_sign_in(&h.web, w->ali);
	r = web_post(&h.web, hall_staff(&h, "/papir"), S("rows=ark+1%3B+4+4"));
	CHECK_HAS(r.body, S("begge fandt det samme"));
	CHECK_INT(hall_round(&h).answered, 1);
	r = web_post(&h.web, hall_staff(&h, "/luk"), S(""));
	CHECK_INT(r.status, 403);
	web_sign_in(&h.web, w->mette);
	r = web_get(&h.web, hall_staff(&h, ""));
	CHECK_HAS(r.body, S("Før</strong>: 1 af "));
	r = web_post(&h.web, hall_staff(&h, "/luk"), S(""));
	CHECK_INT(r.status, 303);
	r = web_get(&h.web, hall_staff(&h, ""));
	CHECK_HAS(r.body, S("Åbn: Efter"));
	r = web_get(&h.web, web_path(&h.web, "/ideer"));
	CHECK_HAS(r.body, S("/maalinger\""));
}
