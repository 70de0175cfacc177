/* SPDX-License-Identifier: MPL-2.0 */

/* The pages of those who have no account: short, easy, and closed to whoever
 * guesses. */
#include "base/buf.h"
#include "engine/lix.h"
#include "model/code.h"
#include "model/contribution.h"
#include "model/demo_citizen.h"
#include "model/erasure.h"
#include "model/interest.h"
#include "model/measure.h"
#include "model/public_page.h"
#include "model/sending.h"
#include "tests/web/site.h"

enum { MOST_WORDS = 300, MOST_LIX = 34, MOST_FIELDS = 6 };

/* Karen's page, in the world's own network. */
static struct str
karen(struct web *w)
{
	struct str token;
	struct world *world = &w->world;
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(world, kinds[i]);
		world_save(world, &r);
	}
	CHECK_OK(demo_citizen(world->db, world->arena, &world->leader, &token));
	return STR_JOIN(world->arena, S("/c/"),
	    code_text(world->arena, w->site->orgs.list[0].short_code, token));
}

/* What <main> says, an element's text a paragraph. */
static struct str
words_of(struct arena *a, struct str page)
{
	struct buf b = buf_new(a, page.n + 1000);
	ptrdiff_t from = str_find(page, S("<main"));
	ptrdiff_t to = str_find(page, S("</main>"));
	CHECK(from > 0 && to > from);
	struct str rest = str_sub(page, from, to);
	while (rest.n > 0) {
		struct str text = str_trim(str_cut(&rest, '<'));
		struct str tag = str_cut(&rest, '>');
		bool inside = str_starts(tag, S("strong")) ||
		    str_starts(tag, S("/strong")) || str_starts(tag, S("a "));
		buf_add(&b, text);
		buf_add(&b, inside ? S(" ") : S("\n\n"));
	}
	return buf_str(&b);
}

static int
fields_of(struct str page)
{
	static const char *const kinds[] = {"<select", "<textarea",
	    "type=\"text\"", "type=\"tel\"", "type=\"email\"", "<fieldset"};
	int n = 0;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct str rest = page;
		ptrdiff_t at;
		while ((at = str_find(rest, str_c(kinds[i]))) >= 0) {
			rest = str_sub(rest, at + 1, rest.n);
			n++;
		}
	}
	return n;
}

/* guide:S51: a citizen's page can be read in 90 seconds by an outsider. */
TEST_DB(citizen_page_is_short_and_easy)
{
	struct web w;
	web_new(&w, arena, db);
	struct str path = karen(&w);
	struct str pages[] = {path, str_cat(arena, path, S("/slet")),
	    str_cat(arena, path, S("/ord")), str_cat(arena, path, S("/ret")),
	    S("/c")};
	for (ptrdiff_t i = 0; i < COUNT_OF(pages); i++) {
		struct reply r = web_get(&w, pages[i]);
		CHECK_INT(r.status, 200);
		struct lix lix = lix_of_prose(arena,
		    lix_prose(arena, words_of(arena, r.body), LIX_PLAIN));
		CHECK_MAX(lix.words, MOST_WORDS);
		CHECK_MAX(lix.rounded, MOST_LIX);
		CHECK_MAX(fields_of(r.body), MOST_FIELDS);
	}
	/* The twin: an office's words are heavier than that. */
	struct lix heavy = lix_of_prose(arena,
	    S("Kommunalbestyrelsens inddragelsesprocesser kvalitetssikres "
	      "dokumentationsmæssigt under forvaltningens "
	      "tilrettelæggelsesansvar."));
	CHECK(heavy.rounded > MOST_LIX);
}

/* A measurement that is open to everybody; its id. */
static struct str
open_measure(struct web *w, const char *design)
{
	struct measure m;
	struct world *world = &w->world;
	struct measure_more more = {.bank = S("q_respect q_in_time q_heard")};
	struct record r = world_record(world, KIND_MEASURE);
	record_set(&r, "design", str_c(design));
	record_set(&r, "since", S("2026-10-01"));
	record_set(&r, "door", S("link"));
	record_set(&r, "purpose", S("Vi vil vide, om hjælpen er god."));
	world_save(world, &r);
	CHECK_OK(
	    measure_get(world->db, world->arena, &world->leader, r.id, &m));
	CHECK_OK(measure_items_add(
	    world->db, world->arena, &world->leader, &m, &more));
	CHECK_OK(
	    measure_get(world->db, world->arena, &world->leader, r.id, &m));
	CHECK_OK(
	    measure_begin_round(world->db, world->arena, &world->leader, &m));
	return m.record.id_text;
}

/* guide:S29, S51: the forms before and after are as easy as the rest; a
 * question may be left out, so that they may be more than six. */
TEST_DB(citizen_measure_pages_are_easy)
{
	static const char *const designs[] = {"before_after", "retrospective"};
	struct web w;
	web_new(&w, arena, db);
	struct str path = karen(&w);
	for (ptrdiff_t i = 0; i < COUNT_OF(designs); i++) {
		struct str id = open_measure(&w, designs[i]);
		struct str by_code = STR_JOIN(arena, path, S("/maaling/"), id);
		struct str by_link = STR_JOIN(arena, S("/maaling/"), id);
		struct str pages[] = {by_code, by_link};
		for (ptrdiff_t k = 0; k < COUNT_OF(pages); k++) {
			struct reply r = web_get(&w, pages[k]);
			CHECK_INT(r.status, 200);
			struct lix lix = lix_of_prose(arena,
			    lix_prose(
				arena, words_of(arena, r.body), LIX_PLAIN));
			CHECK(lix.words > 10);
			CHECK_MAX(lix.words, MOST_WORDS);
			CHECK_MAX(lix.rounded, MOST_LIX);
		}
	}
}

/* guide:S10 guide:S51: what anybody may read of a network. */
TEST_DB(public_page_is_easy)
{
	struct web w;
	web_new(&w, arena, db);
	struct world *world = &w.world;
	struct public_page page = {
	    true, true, S("Det er om lyset ved skolen."), 0};
	(void)karen(&w);
	CHECK_OK(public_page_save(db, arena, &world->leader, &page));
	struct reply r = web_get(
	    &w, str_cat(arena, S("/om/"), id_text(arena, world->network)));
	CHECK_INT(r.status, 200);
	struct lix lix = lix_of_prose(
	    arena, lix_prose(arena, words_of(arena, r.body), LIX_PLAIN));
	CHECK(lix.words > 40);
	CHECK_MAX(lix.words, MOST_WORDS);
	CHECK_MAX(lix.rounded, MOST_LIX);
}

TEST_DB(signup_page_is_easy)
{
	struct web w;
	web_new(&w, arena, db);
	(void)karen(&w);
	struct interest set = {
	    .open = true, .about = S("Vi vil gerne høre fra dig.")};
	CHECK_OK(interest_save(db, arena, &w.world.leader, &set));
	struct reply r = web_get(&w,
	    STR_JOIN(arena, S("/deltag/"), id_text(arena, w.world.network)));
	CHECK_INT(r.status, 200);
	struct lix lix = lix_of_prose(
	    arena, lix_prose(arena, words_of(arena, r.body), LIX_PLAIN));
	CHECK_MAX(lix.words, MOST_WORDS);
	CHECK_MAX(lix.rounded, MOST_LIX);
	CHECK_MAX(fields_of(r.body), MOST_FIELDS + 1); /* one is a trap */
}

TEST_DB(citizen_page_leaves_no_trace)
{
	struct web w;
	web_new(&w, arena, db);
	struct reply r = web_get(&w, karen(&w));
	CHECK_STR(http_get(r.headers, S("Cache-Control")), S("no-store"));
	CHECK_STR(http_get(r.headers, S("Referrer-Policy")), S("no-referrer"));
	CHECK(!http_has(r.headers, S("Set-Cookie")));
	CHECK_HAS(r.body, S("<title>Din side - "));
	CHECK_LACKS(r.body, S("Karen"));
	CHECK_LACKS(r.body, S("Holm"));
}

TEST_DB(citizen_codes_are_not_guessed)
{
	struct web w;
	int limited = 0;
	web_new(&w, arena, db);
	struct str path = karen(&w);
	for (int i = 0; i < 15; i++) {
		struct reply r = web_get(&w, S("/c/ABCD-EFGH-JKMN-PQRS"));
		CHECK(r.status == 404 || r.status == 429);
		limited += r.status == 429;
	}
	CHECK(limited >= 4);
	CHECK_INT(web_get(&w, path).status, 200); /* who has one comes in */
}

/* Nothing is written by looking. */
TEST_DB(citizen_page_writes_nothing_when_it_is_read)
{
	struct web w;
	struct sendings all;
	struct plan plan;
	web_new(&w, arena, db);
	struct str path = karen(&w);
	CHECK_INT(web_get(&w, path).status, 200);
	CHECK_INT(web_get(&w, str_cat(arena, path, S("/slet"))).status, 200);
	CHECK_OK(plan_load(db, arena, &w.world.leader, &plan));
	CHECK_OK(sending_list(db, arena, &w.world.leader,
	    plan.of[KIND_ACTIVITY].list[0].id, &all));
	CHECK_STR(all.list[0].state, S("made"));
}

/* A change that is refused comes back as a change: sent once more it must not
 * be taken for something new that was said before. */
TEST_DB(citizen_change_comes_back_as_one)
{
	struct web w;
	web_new(&w, arena, db);
	struct str path = karen(&w);
	struct str id = id_text(arena, id_new(NOW_US));
	struct str ord = str_cat(arena, path, S("/ord"));
	struct str change = str_cat(arena, ord, S("/ret"));
	CHECK_INT(web_post(&w, ord,
		      STR_JOIN(arena, S("id="), id, S("&text=Ring&scope=1")))
		      .status,
	    303);
	struct reply r = web_post(
	    &w, change, STR_JOIN(arena, S("id="), id, S("&text=+&scope=2")));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, str_cat(arena, change, S("?")));
	CHECK_HAS(r.body, str_cat(arena, ord, S("/traek")));
	CHECK_INT(web_post(&w, change,
		      STR_JOIN(arena, S("id="), id, S("&text=Ring+nu&scope=2")))
		      .status,
	    303);
	CHECK_HAS(web_get(&w, ord).body, S("Ring nu"));
}

/* trust P10: the wish, its deadline, the answer; in short and easy words. */
TEST_DB(citizen_sees_what_became_of_the_wish_to_be_deleted)
{
	struct web w;
	struct contribution_page said;
	struct contribution_filter all = {.max = 10};
	web_new(&w, arena, db);
	struct str path = karen(&w), slet = str_cat(arena, path, S("/slet"));
	struct str id = id_text(arena, id_new(NOW_US));
	struct actor *who = &w.world.leader;
	CHECK_INT(web_post(&w, str_cat(arena, path, S("/ord")),
		      STR_JOIN(arena, S("id="), id, S("&text=Ring&scope=1")))
		      .status,
	    303);
	CHECK_OK(contribution_list(db, arena, who, &all, &said));
	static const char *const way[] = {"reviewed", "approved", "used"};
	for (int i = 0; i < 3; i++) {
		struct contribution_step step = {str_c(way[i]), S("")};
		struct contribution c;
		CHECK_OK(contribution_get(db, arena, who, said.list[0].id, &c));
		CHECK_OK(contribution_move(db, arena, who, &c, &step));
	}
	CHECK_HAS(web_get(&w, slet).body, S("Du får svar inden en måned"));
	CHECK_INT(web_post(&w, slet, S("")).status, 303);
	struct reply r = web_get(&w, slet);
	CHECK_HAS(r.body, S("Du har bedt om at blive slettet"));
	CHECK_HAS(r.body, S("Du får svar senest 24. december 2026"));
	CHECK_LACKS(r.body, S("<form"));
	struct erasure no = {.person = said.list[0].person,
	    .ground = S("journal"),
	    .note = S("Det er en klage.")};
	CHECK_OK(erasure_refuse(db, arena, who, &no));
	r = web_get(&w, slet);
	CHECK_HAS(r.body, S("Så siger loven, at vi skal gemme det."));
	CHECK_HAS(r.body, S("Det er en klage."));
	struct lix lix = lix_of_prose(
	    arena, lix_prose(arena, words_of(arena, r.body), LIX_PLAIN));
	CHECK_MAX(lix.rounded, MOST_LIX);
	/* New words go to nobody else, and the old are not taken back. */
	r = web_get(&w, str_cat(arena, path, S("/ord")));
	CHECK_HAS(r.body, S("Vi gemmer det, du har sagt"));
	CHECK_HAS(r.body, S("Vi gemmer det.</p>"));
	CHECK_LACKS(r.body, S("Vi bruger det.</p>"));
	CHECK_LACKS(r.body, S("value=\"3\""));
	CHECK_LACKS(r.body, S("valgt="));
	id = id_text(arena, id_new(NOW_US));
	r = web_post(&w, str_cat(arena, path, S("/ord")),
	    STR_JOIN(arena, S("id="), id, S("&text=Ring+igen&scope=3")));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Ring igen"));
	CHECK_HAS(r.body, S("Vælg den, du taler med."));
}
