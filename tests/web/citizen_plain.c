/* SPDX-License-Identifier: MPL-2.0 */

/* The citizen's page in every state, before the answer and after, for the
 * young, and in the person's own language: all its words are counted, those of
 * headings, labels and buttons too. */
#include "base/buf.h"
#include "engine/lix.h"
#include "model/citizen.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/idea_bank.h"
#include "tests/model/rounds.h"
#include "tests/web/site.h"

struct scene {
	struct web web;
	struct str path; /* Karen's: "/c/CODE" */
	struct id karen;
};

static struct str
short_code_of(const struct scene *s)
{
	return s->web.site->orgs.list[0].short_code;
}

/* The worked example's activity, invitation and Karen. */
static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_GROUP, KIND_QUESTION, KIND_NEED, KIND_SCOPE, KIND_PROMISE};
	struct str token;
	struct citizen karen;
	web_new(&s->web, a, db);
	struct world *w = &s->web.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	CHECK_OK(citizen_enter(db, a, &w->program, hash_of(token), &karen));
	s->karen = karen.person.id;
	s->path = STR_JOIN(a, S("/c/"), code_text(a, short_code_of(s), token));
}

/* ---- reading a page as a person does ---- */

static bool
parts_text(struct str tag)
{
	static const char *const inline_tags[] = {
	    "a", "strong", "span", "em", "br"};
	if (str_starts(tag, S("/")))
		tag = str_sub(tag, 1, tag.n);
	struct str name = str_cut(&tag, ' ');
	for (ptrdiff_t i = 0; i < COUNT_OF(inline_tags); i++) {
		if (str_eq(name, str_c(inline_tags[i])))
			return false;
	}
	return true;
}

/* The page without what stands from `open` to `close`. */
static struct str
without(struct arena *a, struct str html, struct str open, struct str close)
{
	ptrdiff_t from = str_find(html, open);
	if (from < 0)
		return html;
	struct str rest = str_sub(html, from, html.n);
	ptrdiff_t end = str_find(rest, close);
	CHECK(end > 0);
	return str_cat(a, str_sub(html, 0, from), str_sub(rest, end, rest.n));
}

/* The words of the body, each block a paragraph of its own.  What is folded
 * away (article 13, whose length is the law's) and what is hidden until
 * something happens is not what a person has before them. */
static struct str
words_of(struct arena *a, struct str html)
{
	html =
	    without(a, html, S("<div class=\"details-text"), S("</details>"));
	html = without(a, html, S("<p hidden"), S("</p>"));
	struct buf b = buf_new(a, html.n * 2 + 1);
	ptrdiff_t at = str_find(html, S("<body"));
	CHECK(at > 0);
	while (at < html.n) {
		if (html.p[at] != '<') {
			buf_byte(&b, html.p[at++]);
			continue;
		}
		ptrdiff_t end = at;
		while (html.p[end] != '>')
			end++;
		if (parts_text(str_sub(html, at + 1, end)))
			buf_add(&b, S("\n\n"));
		at = end + 1;
	}
	return str_replace(a, buf_str(&b), S("&amp;"), S("&"));
}

/* How many there are to read, headings, labels and buttons included: what is
 * between blanks, a sign alone apart. */
static ptrdiff_t
count_words(struct str text)
{
	ptrdiff_t n = 0;
	bool inside = false;
	for (ptrdiff_t i = 0; i < text.n; i++) {
		bool blank = text.p[i] == ' ' || text.p[i] == '\n';
		bool sign = text.p[i] == '.' || text.p[i] == '-' ||
		    (unsigned char)text.p[i] == 0xc2 ||
		    (unsigned char)text.p[i] == 0xb7;
		if (!blank && !sign && !inside)
			n++;
		inside = !blank && (inside || !sign);
	}
	return n;
}

/* Every name once: a group of buttons is one field. */
static ptrdiff_t
count_fields(struct arena *a, struct str html)
{
	ptrdiff_t n = 0;
	struct str seen = S(" ");
	for (;;) {
		ptrdiff_t at = str_find(html, S(" name=\""));
		if (at < 0)
			return n;
		struct str before = str_sub(html, at - 20, at);
		html = str_sub(html, at + 7, html.n);
		struct str name = str_sub(html, 0, str_find_byte(html, '"'));
		struct str key = STR_JOIN(a, S(" "), name, S(" "));
		if (str_find(before, S("hidden")) >= 0 ||
		    str_find(before, S("<meta")) >= 0 ||
		    str_find(seen, key) >= 0)
			continue;
		seen = str_cat(a, seen, key);
		n++;
	}
}

TEST(citizen_pages_are_measured_as_by_hand)
{
	struct str html = S("<head>x y</head><body class=\"a\"><h1>To ord</h1>"
			    "<p>Nu <a href=\"/\">er</a> her fem.</p>"
			    "<input type=\"hidden\" name=\"k\">"
			    "<input type=\"radio\" name=\"a\">"
			    "<input type=\"radio\" name=\"a\">"
			    "<textarea name=\"t\"></textarea></body>");
	struct str text = words_of(arena, html);
	CHECK_INT(count_words(text), 6);
	CHECK_INT(count_fields(arena, html), 2);
	struct lix lix = lix_of(arena, text, LIX_PLAIN);
	CHECK_INT(lix.words, 4); /* the heading is no running text */
	CHECK_INT(lix.sentences, 1);
	CHECK_INT(count_words(S("a . b - c \xc2\xb7 d")), 4);
}

enum { MOST_WORDS = 300, MOST_FIELDS = 6, LIX_ADULT = 34, LIX_YOUNG = 24 };

static void
check_page(struct scene *s, struct str target, int most_lix)
{
	struct arena *a = s->web.world.arena;
	struct reply r = web_get(&s->web, target);
	CHECK_INT(r.status, 200);
	struct str text = words_of(a, r.body);
	struct lix lix = lix_of(a, text, LIX_PLAIN);
	if (lix.rounded > most_lix || count_words(text) > MOST_WORDS)
		print_error("%.*s: lix %d, %d words: %.*s\n", STR_ARG(target),
		    lix.rounded, (int)count_words(text), STR_ARG(text));
	CHECK_MAX(lix.rounded, most_lix);
	CHECK_MAX(count_words(text), MOST_WORDS);
	CHECK_MAX(count_fields(a, r.body), MOST_FIELDS);
}

static struct str
at(struct scene *s, const char *rest)
{
	return str_cat(s->web.world.arena, s->path, str_c(rest));
}

static struct reply
answer(struct scene *s, const char *form)
{
	struct arena *a = s->web.world.arena;
	struct str body = web_get(&s->web, s->path).body;
	ptrdiff_t from = str_find(body, S("name=\"sending\" value=\""));
	CHECK(from > 0);
	struct str sending = str_sub(body, from + 22, from + 22 + 36);
	return web_post(&s->web, at(s, "/svar"),
	    STR_JOIN(a, S("sending="), sending, S("&message="),
		id_text(a, id_new(NOW_US)), S("&"), str_c(form)));
}

/* guide:S51: at most 300 words, 6 fields, LIX 34, on each of the four pages,
 * before the answer and after. */
TEST_DB(citizen_pages_are_short_and_plain)
{
	struct scene s;
	scene_new(&s, arena, db);
	check_page(&s, S("/c"), LIX_ADULT);
	check_page(&s, s.path, LIX_ADULT);
	check_page(&s, at(&s, "?vis=let"), LIX_ADULT);
	check_page(&s, at(&s, "/slet"), LIX_ADULT);
	struct reply r = answer(&s,
	    "answer=other&way=phone&needs=time&text=Ring+helst+om+morgenen.");
	CHECK_INT(r.status, 303);
	check_page(&s, at(&s, "?tak=1"), LIX_ADULT);
	CHECK_INT(web_post(&s.web, at(&s, "/stop"), S("")).status, 303);
	check_page(&s, s.path, LIX_ADULT);
}

/* R4: the young get few and easy words first, Lundy's four among them, and
 * what is asked of a parent is told. */
TEST_DB(citizen_under_15_gets_easier_words)
{
	struct scene s;
	struct person p;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	struct record notice = {0};
	CHECK_OK(record_get(
	    db, arena, &w->leader, KIND_NOTICE, w->network, &notice));
	record_set(&notice, "basis", S("consent"));
	world_save(w, &notice);
	CHECK_OK(person_get(db, arena, &w->leader, s.karen, &p));
	p.age = S("0-14");
	CHECK_OK(person_save(db, arena, &w->leader, &p));
	check_page(&s, s.path, LIX_YOUNG);
	struct reply r = web_get(&s.web, s.path);
	CHECK_HAS(r.body, S("Du må tale frit."));
	CHECK_HAS(r.body, S("på din måde"));
	CHECK_HAS(r.body, S("Vi lytter"));
	CHECK_HAS(r.body, S("hvad der kom ud af det"));
	CHECK_INT(answer(&s, "answer=yes").status, 303);
	r = web_get(&s.web, at(&s, "?tak=1"));
	CHECK_HAS(r.body, S("under 15"));
	check_page(&s, at(&s, "?tak=1"), LIX_YOUNG);
	/* All the words are one link away. */
	r = web_get(&s.web, at(&s, "?vis=alt"));
	CHECK_HAS(r.body, S("Hvorfor dig?"));
	CHECK_LACKS(web_get(&s.web, s.path).body, S("Hvorfor dig?"));
}

TEST_DB(citizen_reads_it_in_their_own_language)
{
	struct scene s;
	struct person p;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	CHECK_HAS(web_get(&s.web, s.path).body, S("<html lang=\"da\">"));
	CHECK_OK(person_get(db, arena, &w->leader, s.karen, &p));
	p.lang = S("en");
	CHECK_OK(person_save(db, arena, &w->leader, &p));
	struct reply r = web_get(&s.web, s.path);
	CHECK_HAS(r.body, S("<html lang=\"en\">"));
	CHECK_HAS(r.body, S("Why you?"));
	r = web_get(&s.web, at(&s, "?sprog=da"));
	CHECK_HAS(r.body, S("Hvorfor dig?"));
	/* A form that comes back still knows the way to the other language. */
	r = answer(&s, "answer=");
	CHECK_INT(r.status, 422);
	CHECK_HAS(
	    r.body, STR_JOIN(arena, S("href=\""), s.path, S("?sprog=da\"")));
}

/* Whoever must wait is told so by every form, and nothing else happens. */
TEST_DB(citizen_forms_say_when_to_wait)
{
	static const char *const forms[] = {"/svar", "/stop", "/slet"};
	struct scene s;
	int limited = 0;
	scene_new(&s, arena, db);
	struct str wrong = STR_JOIN(arena, S("/c/"),
	    code_text(arena, short_code_of(&s), token_new(arena)));
	for (int i = 0; i < 20; i++) {
		struct reply r = web_post(
		    &s.web, str_cat(arena, wrong, str_c(forms[i % 3])), S(""));
		CHECK(r.status == 404 || r.status == 429);
		limited += r.status == 429;
	}
	CHECK(limited >= 6);
	struct person p;
	CHECK_OK(person_get(db, arena, &s.web.world.leader, s.karen, &p));
	CHECK_STR(p.state, S("invited"));
}

/* ---- voting, talking, and ideas ---- */

/* Their words depend on how much there is to choose from, so those are not
 * counted, but how hard they are. */
static void
check_words(struct scene *s, struct str target)
{
	struct arena *a = s->web.world.arena;
	struct reply r = web_get(&s->web, target);
	if (r.status != 200)
		print_error("%.*s\n", STR_ARG(target));
	CHECK_INT(r.status, 200);
	struct lix lix = lix_of(a, words_of(a, r.body), LIX_PLAIN);
	if (lix.rounded > LIX_ADULT || lix.words == 0)
		print_error("%.*s: lix %d: %.*s\n", STR_ARG(target),
		    lix.rounded, STR_ARG(words_of(a, r.body)));
	CHECK_MAX(lix.rounded, LIX_ADULT);
	CHECK(lix.words > 0);
}

/* guide:S51 in each way of voting, before, after and when it is over. */
TEST_DB(citizen_voting_pages_are_plain)
{
	static const enum round_method methods[] = {ROUND_APPROVAL,
	    ROUND_BUDGET, ROUND_POINTS, ROUND_PAIRWISE, ROUND_STARS};
	struct scene s;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	for (ptrdiff_t i = 0; i < COUNT_OF(methods); i++) {
		struct round r = rounds_open(w, methods[i],
		    "En rampe; 60\nEn bænk; 40\nEt fælles måltid; 30");
		struct str page =
		    STR_JOIN(arena, s.path, S("/valg/"), r.record.id_text);
		check_words(&s, page);
		check_words(&s, str_cat(arena, page, S("?vis=let")));
		for (int k = 0; k < 6; k++) {
			struct elector v =
			    rounds_voter(w, &r, SIDE_CITIZENS, k);
			CHECK_OK(rounds_cast(w, &v,
			    methods[i] == ROUND_PAIRWISE     ? "1:2/1"
				: methods[i] == ROUND_POINTS ? "1:10"
							     : "1:1"));
		}
		CHECK_OK(round_close(db, arena, &w->leader, &r));
		check_words(&s, page);
		check_words(&s, str_cat(arena, page, S("/resultat")));
	}
	check_words(&s, at(&s, "/valg"));
}

TEST_DB(citizen_dialogue_and_idea_pages_are_plain)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct world *w = &s.web.world;
	struct idea_bank bank = {
	    .open = true, .about = S("Hvad gør det nemmere at komme?")};
	struct record r = world_record(w, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", S("open"));
	record_set(&r, "ends", S(""));
	record_set(&r, "own", S("before"));
	world_save(w, &r);
	web_session(&s.web, w->mette);
	struct str add = STR_JOIN(arena, web_path(&s.web, "/dialoger/"),
	    id_text(arena, r.id), S("/udsagn"));
	struct str form = STR_JOIN(arena, S("id="),
	    id_text(arena, id_new(NOW_US)), S("&text=Der+mangler+en+bus."));
	CHECK_INT(web_post(&s.web, add, form).status, 303);
	web_nobody(&s.web);
	struct str talk =
	    STR_JOIN(arena, s.path, S("/dialog/"), id_text(arena, r.id));
	check_words(&s, talk);
	CHECK_INT(web_post(&s.web, talk, S("udsagn=0&svar=1")).status, 303);
	check_words(&s, talk);
	check_words(&s, str_cat(arena, talk, S("/svar")));
	CHECK_OK(idea_bank_save(db, arena, &w->leader, &bank));
	check_words(&s, at(&s, "/ideer"));
	check_words(&s, at(&s, "/ideer?tak=1"));
	check_words(
	    &s, STR_JOIN(arena, S("/idebank/"), id_text(arena, w->network)));
}
