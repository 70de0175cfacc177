/* SPDX-License-Identifier: MPL-2.0 */

/* Rounds of priorities through their pages. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/paper.h"
#include "tests/model/plain.h"
#include "tests/model/rounds.h"
#include "tests/web/site.h"

struct hall {
	struct web web;
	struct str code; /* "/c/CODE" of Karen */
	struct round round;
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
hall_open(struct hall *h, enum round_method method)
{
	h->round = rounds_open(&h->web.world, method,
	    "En rampe; 60\nEn bænk; 40\nEt fælles måltid; 30");
}

/* "/c/CODE/valg/ID" + rest */
static struct str
ballot_path(struct hall *h, const char *rest)
{
	return STR_JOIN(h->web.world.arena, h->code, S("/valg/"),
	    h->round.record.id_text, str_c(rest));
}

static struct str
staff_path(struct hall *h, const char *rest)
{
	return STR_JOIN(h->web.world.arena, web_path(&h->web, "/prioritering/"),
	    h->round.record.id_text, str_c(rest));
}

static int64_t
citizens_ballots(struct hall *h)
{
	struct tallies t;
	struct world *w = &h->web.world;
	CHECK_OK(tally_load(w->db, w->arena, &w->leader, &h->round, &t));
	return t.of[SIDE_CITIZENS].n;
}

/* guide:S20 citizens rank ideas; TR17: the same vote twice is one. */
TEST_DB(round_takes_a_citizens_vote_once)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_APPROVAL);
	struct reply r = web_get(&h.web, str_cat(arena, h.code, S("/valg")));
	CHECK_HAS(r.body, S("Hvad skal vi begynde med?"));
	r = web_get(&h.web, ballot_path(&h, ""));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("type=\"checkbox\""));
	r = web_post(&h.web, ballot_path(&h, ""), S("v=1&v=3"));
	CHECK_INT(r.status, 303);
	r = web_post(&h.web, ballot_path(&h, ""), S("v=1&v=3"));
	CHECK_INT(r.status, 303);
	CHECK_INT(citizens_ballots(&h), 1);
	r = web_get(&h.web, r.location);
	CHECK_HAS(r.body, S("Tak. Vi har din stemme."));
	CHECK_HAS(r.body, S("Din kvittering: "));
	CHECK_HAS(r.body, S("value=\"1\" checked"));
	/* Changed: the last one counts. */
	r = web_post(&h.web, ballot_path(&h, ""), S("v=2"));
	CHECK_INT(r.status, 303);
	CHECK_INT(citizens_ballots(&h), 1);
}

TEST_DB(round_says_why_a_vote_cannot_be_taken)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_POINTS);
	struct reply r =
	    web_post(&h.web, ballot_path(&h, ""), S("p-1=8&p-2=x"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"x\"")); /* nothing typed is lost */
	CHECK_HAS(r.body, S("value=\"8\""));
	r = web_post(&h.web, ballot_path(&h, ""), S("p-1=8&p-2=3"));
	CHECK_HAS(r.body, S("Du har 10 point i alt."));
	CHECK_INT(citizens_ballots(&h), 0);
	CHECK_OK(round_close(db, arena, &h.web.world.leader, &h.round));
	r = web_post(&h.web, ballot_path(&h, ""), S("p-1=8&p-2=2"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Det her valgte du"));
	CHECK_HAS(r.body, S("En rampe: 8 point"));
	CHECK_INT(citizens_ballots(&h), 0);
	/* A code that is nobody's. */
	r = web_post(&h.web,
	    STR_JOIN(arena, S("/c/XXXX-AAAA/valg/"), h.round.record.id_text),
	    S("v=1"));
	CHECK_INT(r.status, 404);
}

/* trust.md case 97: the day is the server's, and a late vote closes it. */
TEST_DB(round_closes_with_the_servers_clock)
{
	struct hall h;
	struct record_saved saved;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_APPROVAL);
	struct world *w = &h.web.world;
	struct record mine = h.round.record;
	record_set(&mine, "ends", S("2026-11-25"));
	CHECK_OK(record_save(db, arena, &w->leader, &mine, &saved));
	struct reply r = web_post(&h.web, ballot_path(&h, ""), S("v=1"));
	CHECK_INT(r.status, 303);
	h.web.now_us += 2 * DAY_US;
	r = web_post(&h.web, ballot_path(&h, ""), S("v=2"));
	CHECK_INT(r.status, 422);
	h.web.now_us -= 2 * DAY_US; /* set back */
	r = web_post(&h.web, ballot_path(&h, ""), S("v=2"));
	CHECK_INT(r.status, 422);
	CHECK_INT(rounds_now(w, &h.round).state, ROUND_CLOSED);
	CHECK_INT(citizens_ballots(&h), 1);
}

TEST_DB(round_asks_two_at_a_time)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_PAIRWISE);
	for (int i = 0; i < 3; i++) {
		struct reply r = web_get(&h.web, ballot_path(&h, ""));
		CHECK_HAS(r.body, S("Jeg kan ikke vælge"));
		int64_t left = 0, right = 0;
		ptrdiff_t at = str_find(r.body, S("name=\"left\" value=\""));
		left = r.body.p[at + 19] - '0';
		at = str_find(r.body, S("name=\"right\" value=\""));
		right = r.body.p[at + 20] - '0';
		r = web_post(&h.web, ballot_path(&h, ""),
		    str_fmt(arena, "left=%d&right=%d&which=%d", (int)left,
			(int)right, i));
		CHECK_INT(r.status, 303);
	}
	struct reply r = web_get(&h.web, ballot_path(&h, ""));
	CHECK_HAS(r.body, S("Du har svaret på dem alle."));
	CHECK_INT(citizens_ballots(&h), 1);
	r = web_post(&h.web, ballot_path(&h, ""), S("left=1&right=9&which=1"));
	CHECK_INT(r.status, 400);
}

static void
cast_many(struct hall *h)
{
	for (int i = 0; i < 20; i++) {
		struct elector v =
		    rounds_voter(&h->web.world, &h->round, SIDE_CITIZENS, i);
		CHECK_OK(
		    rounds_cast(&h->web.world, &v, i < 12 ? "1:1 2:1" : "3:1"));
	}
	for (int i = 20; i < 22; i++) {
		struct elector v =
		    rounds_voter(&h->web.world, &h->round, SIDE_LEADERSHIP, i);
		CHECK_OK(rounds_cast(&h->web.world, &v, "2:1"));
	}
}

/* guide:S20 the ranking by citizens is shown beside, not mixed with, staff's */
TEST_DB(round_shows_the_sides_when_it_closes)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_BUDGET);
	cast_many(&h);
	struct str own = ballot_path(&h, "/resultat");
	CHECK_INT(web_get(&h.web, own).status, 404);
	web_sign_in(&h.web, h.web.world.mette);
	CHECK_INT(web_get(&h.web, staff_path(&h, "/resultat")).status, 404);
	CHECK_INT(web_post(&h.web, staff_path(&h, "/luk"), S("")).status, 303);
	struct reply r = web_get(&h.web, staff_path(&h, "/resultat"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Side om side"));
	CHECK_HAS(r.body, S("Lige andele: hver stemme har en pung"));
	CHECK_HAS(r.body, S("12 af 20 valgte den"));
	CHECK_HAS(r.body, S("Skjult, fordi færre end 5 stemte"));
	CHECK_HAS(r.body, S("Ingen stemte."));
	CHECK_HAS(r.body, S("Hvem stemte, og hvem mangler"));
	r = web_get(&h.web, staff_path(&h, "/runde.pb"));
	CHECK_HAS(r.body, S("num_votes;20"));
	CHECK_LACKS(r.body, S("leadership"));
	r = web_get(&h.web, staff_path(&h, "/summer.csv"));
	CHECK_HAS(r.body, S("citizens;3;Et fælles måltid"));
	web_nobody(&h.web);
	r = web_get(&h.web, own);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Side om side"));
}

TEST_DB(round_draws_value_and_feasibility)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_VALUE);
	web_sign_in(&h.web, h.web.world.mette);
	struct reply r = web_post(&h.web, staff_path(&h, "/stem"), S("s-1=5"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Svar på begge spørgsmål om nummer 1"));
	r = web_post(&h.web, staff_path(&h, "/stem"), S("s-1=5&f-1=2"));
	CHECK_INT(r.status, 303);
	for (int i = 0; i < 5; i++) {
		struct elector v =
		    rounds_voter(&h.web.world, &h.round, SIDE_NETWORK, i);
		CHECK_OK(rounds_cast(&h.web.world, &v, "1:5/2 2:2/4 3:3/3"));
	}
	web_post(&h.web, staff_path(&h, "/luk"), S(""));
	r = web_get(&h.web, staff_path(&h, "/resultat"));
	CHECK_HAS(r.body, S("<svg class=\"worth\""));
	CHECK_HAS(r.body, S("cx=\"150\" cy=\"22\"")); /* 2 and 5 */
	CHECK_LACKS(r.body, S("Borgerne"));
	/* Not for citizens. */
	web_nobody(&h.web);
	r = web_get(&h.web, ballot_path(&h, ""));
	CHECK_HAS(r.body, S("dem, der arbejder med det"));
}

TEST_DB(round_reads_paper_twice)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_APPROVAL);
	struct world *w = &h.web.world;
	web_sign_in(&h.web, w->mette);
	struct reply r =
	    web_post(&h.web, staff_path(&h, "/papir/lav"), S("in_all=3"));
	CHECK_INT(r.status, 303);
	r = web_get(&h.web, staff_path(&h, "/stemmesedler.pdf"));
	CHECK_HAS(r.body, S("%PDF"));
	struct str number = paper_number(arena, &w->leader, &h.round, 2);
	struct str row = STR_JOIN(arena, S("rows="), number, S("%3B+1%2C3"));
	r = web_post(&h.web, staff_path(&h, "/papir"), row);
	CHECK_HAS(r.body, S("læst én gang"));
	web_sign_in(&h.web, w->ali);
	r = web_get(&h.web, staff_path(&h, "/papir"));
	CHECK_LACKS(r.body, S("1, 3")); /* not what the first found */
	row = STR_JOIN(arena, S("rows="), number, S("%3B+1%2C2"));
	r = web_post(&h.web, staff_path(&h, "/papir"), row);
	CHECK_HAS(r.body, S("de to er uenige"));
	CHECK_INT(citizens_ballots(&h), 0);
	web_sign_in(&h.web, w->mette);
	r = web_post(&h.web, staff_path(&h, "/papir/afgoer"),
	    S("serial=2&choices=1%3A1+2%3A1"));
	CHECK_INT(r.status, 303);
	CHECK_INT(citizens_ballots(&h), 1);
	r = web_post(&h.web, staff_path(&h, "/papir/afgoer"),
	    S("serial=2&choices=1%3A1+2%3A1"));
	CHECK_INT(r.status, 303);
	CHECK_INT(citizens_ballots(&h), 1);
}

TEST_DB(round_options_are_typed_a_line_each)
{
	struct hall h;
	hall_new(&h, arena, db);
	h.round = rounds_draft(&h.web.world, ROUND_BUDGET, "A; 10");
	web_sign_in(&h.web, h.web.world.mette);
	struct reply r = web_post(
	    &h.web, staff_path(&h, "/muligheder"), S("options=B%3B+20%0AC"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Muligheden i linje 2 mangler en pris"));
	CHECK_HAS(r.body, S("B; 20\nC"));
	r = web_post(&h.web, staff_path(&h, "/muligheder"),
	    S("options=B%3B+20%3B+Mere+om+B"));
	CHECK_INT(r.status, 303);
	r = web_get(&h.web, staff_path(&h, ""));
	CHECK_HAS(r.body, S("Mere om B"));
	r = web_post(
	    &h.web, staff_path(&h, "/muligheder/fjern"), S("number=1&rev=2"));
	r = web_post(&h.web, staff_path(&h, "/muligheder/fjern"),
	    S("number=1&rev=2")); /* of a page that is old */
	CHECK_INT(rounds_now(&h.web.world, &h.round).n_options, 1);
}

/* Few and plain words for those who vote. */
TEST_DB(round_speaks_plainly_to_citizens)
{
	static const enum round_method methods[] = {
	    ROUND_APPROVAL, ROUND_POINTS, ROUND_STARS, ROUND_PAIRWISE};
	struct hall h;
	hall_new(&h, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(methods); i++) {
		hall_open(&h, methods[i]);
		struct reply r = web_get(&h.web, ballot_path(&h, "?vis=let"));
		CHECK_INT(r.status, 200);
		CHECK_LACKS(r.body, S("prioriter"));
	}
	hall_open(&h, ROUND_STARS);
	struct reply r = web_get(&h.web, ballot_path(&h, ""));
	CHECK_HAS(r.body, S("Nej, ikke den"));
	CHECK_HAS(r.body, S("Meget god"));
}

/* What All Our Ideas would have written, and no side of fewer than k. */
TEST_DB(round_writes_its_choices_as_all_our_ideas)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, ROUND_PAIRWISE);
	for (int i = 0; i < 6; i++) {
		struct elector v =
		    rounds_voter(&h.web.world, &h.round, SIDE_CITIZENS, i);
		CHECK_OK(rounds_cast(
		    &h.web.world, &v, i < 4 ? "1:2/1 2:3/0" : "1:2/2"));
	}
	struct elector boss =
	    rounds_voter(&h.web.world, &h.round, SIDE_LEADERSHIP, 9);
	CHECK_OK(rounds_cast(&h.web.world, &boss, "1:3/1"));
	web_sign_in(&h.web, h.web.world.mette);
	CHECK_INT(web_get(&h.web, staff_path(&h, "/valg.csv")).status, 404);
	CHECK_INT(web_post(&h.web, staff_path(&h, "/luk"), S("")).status, 303);
	CHECK_HAS(
	    web_get(&h.web, staff_path(&h, "/resultat")).body, S("/valg.csv"));
	struct reply r = web_get(&h.web, staff_path(&h, "/valg.csv"));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body,
	    S("Vote ID,Session ID,Wikisurvey ID,Winner ID,Winner Text,Loser "
	      "ID,Loser Text,Prompt ID,Appearance ID,Left Choice ID,Right "
	      "Choice ID,Created at,Updated at,Response Time (s),Missing "
	      "Response Time Explanation,Session Identifier,Valid\r\n")));
	CHECK_HAS(r.body,
	    S(",1,En rampe,2,En bænk,,,1,2,2026-11-24,2026-11-24,,not "
	      "kept,citizens,TRUE\r\n"));
	CHECK_HAS(r.body, S(",2,En bænk,1,En rampe,,,1,2,"));
	CHECK_LACKS(r.body, S("leadership"));
	ptrdiff_t rows = 0;
	for (struct str rest = r.body; rest.n > 0; rows++)
		(void)str_cut(&rest, '\n');
	CHECK_INT(rows, 7); /* those who could not choose chose none */
}
