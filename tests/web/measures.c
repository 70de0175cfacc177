/* SPDX-License-Identifier: MPL-2.0 */

/* Before and after on its pages: with a code and without one, too few and
 * enough, on paper, and what is refused. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/measure.h"
#include "tests/web/site.h"

struct hall {
	struct web web;
	struct str code; /* "/c/CODE" of Karen */
	struct measure m;
};

static void
hall_new(struct hall *h, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct world *w = &h->web.world;
	web_new(&h->web, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	h->code = STR_JOIN(a, S("/c/"),
	    code_text(a, h->web.site->orgs.list[0].short_code, token));
}

static void
hall_open(struct hall *h, const char *design, const char *door)
{
	struct world *w = &h->web.world;
	struct record r = world_record(w, KIND_MEASURE);
	record_set(&r, "title", S("Hjælp i hverdagen"));
	record_set(&r, "purpose", S("Vi vil vide, om hjælpen er god."));
	record_set(&r, "design", str_c(design));
	record_set(&r, "since", S("2026-10-01"));
	record_set(&r, "door", str_c(door));
	record_set(&r, "themes", S("Flere taler om ventetid."));
	world_save(w, &r);
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &h->m));
	struct measure_more more = {.bank = S("q_respect q_fits")};
	CHECK_OK(measure_items_add(w->db, w->arena, &w->leader, &h->m, &more));
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &h->m));
	CHECK_OK(measure_begin_round(w->db, w->arena, &w->leader, &h->m));
}

static struct str
citizen_path(struct hall *h, const char *rest)
{
	return STR_JOIN(h->web.world.arena, h->code, S("/maaling/"),
	    h->m.record.id_text, str_c(rest));
}

static struct str
open_path(struct hall *h)
{
	return STR_JOIN(
	    h->web.world.arena, S("/maaling/"), h->m.record.id_text);
}

static struct str
staff_path(struct hall *h, const char *rest)
{
	return STR_JOIN(h->web.world.arena, web_path(&h->web, "/maalinger/"),
	    h->m.record.id_text, str_c(rest));
}

static struct measure_round
last_round(struct hall *h)
{
	struct world *w = &h->web.world;
	CHECK_OK(
	    measure_get(w->db, w->arena, &w->leader, h->m.record.id, &h->m));
	return h->m.round[h->m.n_rounds - 1];
}

/* guide:S29: perceived quality, asked of those it is about. */
TEST_DB(measure_a_citizen_answers_changes_and_takes_back)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "code");
	struct reply r = web_get(&h.web, h.code);
	CHECK_HAS(r.body, S("Svar på nogle få spørgsmål"));
	r = web_get(&h.web, citizen_path(&h, ""));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Jeg bliver mødt med respekt."));
	CHECK_HAS(r.body, S("Ved ikke"));
	r = web_post(&h.web, citizen_path(&h, ""), S("n1=4&n2=6&ord=Bedre"));
	CHECK_INT(r.status, 303);
	for (int i = 0; i < 3; i++)
		r = web_post(&h.web, citizen_path(&h, ""), S("n1=5&n2=6"));
	CHECK_INT(last_round(&h).answered, 1);
	r = web_get(&h.web, citizen_path(&h, "?tak=1"));
	CHECK_HAS(r.body, S("Tak. Vi har dine svar."));
	CHECK_HAS(r.body, S("value=\"5\" checked"));
	r = web_post(&h.web, citizen_path(&h, "/slet"), S(""));
	CHECK_INT(r.status, 303);
	CHECK_INT(last_round(&h).answered, 0);
}

TEST_DB(measure_refuses_what_it_must_and_keeps_what_was_typed)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "code");
	struct reply r = web_post(&h.web, citizen_path(&h, ""), S(""));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Svar på et af spørgsmålene"));
	r = web_post(&h.web, citizen_path(&h, ""),
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
	CHECK_INT(web_get(&h.web, open_path(&h)).status, 404);
	CHECK_INT(last_round(&h).answered, 0);
	struct world *w = &h.web.world;
	CHECK_OK(measure_close_round(db, arena, &w->leader, &h.m));
	r = web_post(&h.web, citizen_path(&h, ""), S("n1=4"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Der er lukket nu."));
	CHECK_INT(last_round(&h).answered, 0);
}

TEST_DB(measure_by_the_open_address_with_a_code_of_ones_own)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "link");
	struct reply r = web_get(&h.web, open_path(&h));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Har du ingen kode?"));
	r = web_post(&h.web, open_path(&h), S("n1=2&kode=abc&givet=x"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("seks bogstaver eller tal"));
	CHECK_HAS(r.body, S("value=\"abc\""));
	/* The same form twice is one answer. */
	for (int i = 0; i < 2; i++) {
		r = web_post(
		    &h.web, open_path(&h), S("n1=2&kode=&givet=ab12-cd34"));
		CHECK_INT(r.status, 200);
		CHECK_HAS(r.body, S("Din kode er: ab12-cd34."));
	}
	CHECK_INT(last_round(&h).answered, 1);
	r = web_post(&h.web, open_path(&h), S("n1=3&kode=Roed+cykel"));
	CHECK_INT(r.status, 200);
	/* Somebody else chose the same one: nothing is shown, nothing lost. */
	r = web_post(&h.web, open_path(&h), S("n1=1&kode=roed+CYKEL"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Er det dig?"));
	CHECK_LACKS(r.body, S("value=\"3\" checked"));
	r = web_post(&h.web, open_path(&h), S("n1=1&kode=roed+cykel&igen=1"));
	CHECK_INT(r.status, 200);
	CHECK_INT(last_round(&h).answered, 2);
}

TEST_DB(measure_afterwards_asks_to_think_back)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "retrospective", "code");
	struct reply r = web_get(&h.web, citizen_path(&h, ""));
	CHECK_HAS(r.body,
	    S("Tænk på tiden før 1. oktober 2026. Hvordan var "
	      "det dengang?"));
	CHECK_HAS(r.body, S("Hvordan er det nu?"));
	r = web_post(&h.web, citizen_path(&h, ""), S("t1=2&n1=4&t2=6&n2=3"));
	CHECK_INT(r.status, 303);
	r = web_get(&h.web, citizen_path(&h, ""));
	CHECK_HAS(r.body, S("name=\"t1\""));
}

static void
answer_round(struct hall *h, int people, int mark)
{
	struct world *w = &h->web.world;
	for (int i = 0; i < people; i++) {
		struct respondent p = measure_pseudonym(w->arena, &w->leader,
		    &h->m, str_fmt(w->arena, "svar %d", i));
		struct measure_reply r = {
		    .now = {(int8_t)(mark + i % 2), (int8_t)(3 + i % 2)},
		    .words = i == 0 ? S("Der er kortere ventetid nu.") : S("")};
		CHECK_OK(
		    measure_reply_put(w->db, w->arena, &w->leader, &p, &r));
	}
	CHECK_OK(measure_close_round(w->db, w->arena, &w->leader, &h->m));
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
		struct reply r = web_get(&h.web, staff_path(&h, "/resultat"));
		CHECK_HAS(r.body, S("intet at sammenligne endnu"));
		answer_round(&h, people, 2);
		CHECK_OK(measure_begin_round(db, arena, &w->leader, &h.m));
		answer_round(&h, people, 3);
		r = web_get(&h.web, staff_path(&h, "/resultat"));
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
		r = web_get(&h.web, staff_path(&h, "/svar.csv"));
		CHECK_INT(r.status, few ? 404 : 200);
		if (!few)
			CHECK_HAS(r.body, S("kode;runde;spørgsmål;svar\r\n"));
		r = web_get(&h.web, staff_path(&h, "/figur"));
		CHECK_HAS(r.body, S("<svg"));
		/* The words are for those who ask people. */
		web_sign_in(&h.web, w->ali);
		r = web_get(&h.web, staff_path(&h, "/resultat"));
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
	struct reply r = web_post(&h.web, staff_path(&h, "/papir"),
	    S("rows=ark+1%3B+4+4%0Aark+2%3B+4%0AK-7%3B+4+4"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("læst én gang"));
	CHECK_HAS(r.body, S("ark 2; 4\n"));
	web_sign_in(&h.web, w->ali);
	r = web_post(&h.web, staff_path(&h, "/papir"), S("rows=ark+1%3B+4+4"));
	CHECK_HAS(r.body, S("begge fandt det samme"));
	CHECK_INT(last_round(&h).answered, 1);
	r = web_post(&h.web, staff_path(&h, "/luk"), S(""));
	CHECK_INT(r.status, 403);
	web_sign_in(&h.web, w->mette);
	r = web_get(&h.web, staff_path(&h, ""));
	CHECK_HAS(r.body, S("Før</strong>: 1 af "));
	r = web_post(&h.web, staff_path(&h, "/luk"), S(""));
	CHECK_INT(r.status, 303);
	r = web_get(&h.web, staff_path(&h, ""));
	CHECK_HAS(r.body, S("Åbn: Efter"));
	r = web_get(&h.web, web_path(&h.web, "/ideer"));
	CHECK_HAS(r.body, S("/maalinger\""));
}
