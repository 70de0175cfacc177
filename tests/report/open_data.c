/* SPDX-License-Identifier: MPL-2.0 */

/* What anybody may have of a network: each table, and what is in none. */
#include "report/open_data.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/nameless.h"
#include "model/dialogue.h"
#include "model/story.h"
#include "tests/model/decided.h"
#include "tests/report/help.h"

static struct str
fetch(struct world *w)
{
	int64_t size;
	struct record network;
	struct public_page page = {true, true, S("Lys, hvor I går."), 0};
	CHECK_OK(record_get(
	    w->db, w->arena, &w->leader, KIND_NETWORK, w->network, &network));
	struct open_data_ask ask = {.network = &network,
	    .page = &page,
	    .url = S("https://x/om/1"),
	    .org = S("Fjordby"),
	    .k = 5,
	    .fd = nameless_open(w->arena, S("/"))};
	struct actor nobody = actor_inside(&w->program, w->network);
	CHECK_OK(open_data_write(w->db, w->arena, &nobody, &ask, &size));
	char *bytes = arena_new(w->arena, char, (ptrdiff_t)size);
	CHECK_INT(pread(ask.fd, bytes, (size_t)size, 0), size);
	(void)close(ask.fd);
	return (struct str){bytes, (ptrdiff_t)size};
}

static struct str
table(struct world *w, const char *name)
{
	struct str text = zip_part(w->arena, fetch(w), name);
	CHECK(str_starts(text, S("\xEF\xBB\xBF")));
	return text;
}

static int
lines(struct str text)
{
	int n = 0;
	for (ptrdiff_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* ---- the README ---- */

/* Every column of every table is told of, in both languages. */
TEST_DB(open_data_readme_tells_of_every_column)
{
	static const char *const files[] = {"netvaerk.csv", "beslutninger.csv",
	    "nyt.csv", "fortaellinger.csv", "fortalt.csv", "dialoger.csv",
	    "udsagn.csv"};
	struct world w;
	world_new(&w, arena, db);
	struct str readme = zip_part(arena, fetch(&w), "README.txt");
	CHECK_HAS(readme, S("Ingens egne stemmer eller svar er med"));
	CHECK_HAS(readme, S("Nobody's own votes or answers are in it"));
	CHECK_HAS(readme, S("færre end 5"));
	for (ptrdiff_t f = 0; f < COUNT_OF(files); f++) {
		struct str head = table(&w, files[f]);
		head = str_sub(head, 3, str_find_byte(head, '\r'));
		CHECK(head.n > 0);
		struct str at = str_sub(
		    readme, str_find(readme, str_c(files[f])), readme.n);
		while (head.n > 0) {
			struct str column = str_cut(&head, ';');
			ptrdiff_t found = str_find(
			    at, STR_JOIN(arena, S("\n"), column, S(": ")));
			CHECK(found >= 0);
			at = str_sub(at, found + 1, at.n);
		}
	}
}

/* ---- decisions ---- */

/* guide:S10 guide:S43 what was decided, and no number of few. */
TEST_DB(open_data_has_what_everybody_was_answered_on)
{
	struct decided s;
	struct decision_gate gate;
	struct id people[6];
	decided_new(&s, arena, db);
	CHECK_OK(decided_take(&s, "Stien er mørk; og våd."));
	for (int i = 0; i < 6; i++) {
		people[i] = decided_person(&s, "Karen");
		struct id said = decided_say(&s, people[i], "Mere lys.");
		CHECK_OK(
		    decided_link(&s, TRACE_VOICE, said, GRADE_SHAPED, "Tak."));
	}
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_CONFIRMED, "Vi ved det."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_NOT_FOLLOWED, "For dyr."));
	CHECK_INT(lines(table(&s.w, "beslutninger.csv")), 1); /* they wait */
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_OK(decided_send(&s, s.ole, "letter"));
	for (int i = 0; i < 6; i++)
		CHECK_OK(decided_send(&s, people[i], "letter"));
	struct decision d = decided_now(&s);
	CHECK_OK(decision_close(db, arena, &s.w.leader, &d, &gate));
	struct str text = table(&s.w, "beslutninger.csv");
	CHECK_HAS(text, S("\"Stien er mørk; og våd.\""));
	CHECK_HAS(text, S(";adopted;2026-11-20;"));
	CHECK_HAS(text, S(";8;\r\n")); /* 6 of 8 would show two */
	CHECK_LACKS(text, S("Karen"));
	CHECK_LACKS(text, S("Mere lys."));
}

/* ---- words ---- */

static void
let_go(struct decided *s, struct id voice, enum scope scope)
{
	struct contribution c;
	struct world *w = &s->w;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, voice, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &c,
	    &(struct contribution_step){S("approved"), S("")}));
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, voice, &c));
	c.scope = scope;
	CHECK_OK(contribution_agree(w->db, w->arena, &w->leader, &c, S("")));
}

static void
tell(struct decided *s, const char *page, struct id voice)
{
	struct story story;
	struct world *w = &s->w;
	struct record r = {
	    .kind = KIND_STORY, .network = w->network, .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys på stien"));
	record_set(&r, "readers", S("3"));
	record_set(&r, "page", str_c(page));
	world_save(w, &r);
	CHECK_OK(story_get(w->db, w->arena, &w->leader, r.id, &story));
	CHECK_OK(story_add(w->db, w->arena, &w->leader, &story,
	    &(struct story_voice){.contribution = voice}));
}

/* guide:S54 guide:S55 as long as she lets everybody read it. */
TEST_DB(open_data_has_words_while_they_may_be_read_by_all)
{
	struct decided s;
	decided_new(&s, arena, db);
	let_go(&s, s.light, SCOPE_PUBLIC);
	tell(&s, "no", s.light);
	CHECK_INT(lines(table(&s.w, "fortalt.csv")), 1);
	tell(&s, "yes", s.light);
	CHECK_INT(lines(table(&s.w, "fortaellinger.csv")), 2);
	CHECK_HAS(table(&s.w, "fortalt.csv"), S("Lys ved stien.;Karen;0;0"));
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	CHECK_INT(lines(table(&s.w, "fortaellinger.csv")), 1);
	CHECK_INT(lines(table(&s.w, "fortalt.csv")), 1);
}

/* ---- dialogues ---- */

static struct record
dialogue(struct world *w, const char *question, const char *door)
{
	struct record r = world_record(w, KIND_DIALOGUE);
	record_set(&r, "question", str_c(question));
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "door", str_c(door));
	record_set(&r, "own", S("before"));
	record_set(&r, "state", S("open"));
	record_set(&r, "ends", S(""));
	world_save(w, &r);
	return r;
}

static void
end(struct world *w, const struct record *r)
{
	struct record now;
	CHECK_OK(record_get(
	    w->db, w->arena, &w->leader, KIND_DIALOGUE, r->id, &now));
	record_set(&now, "state", S("closed"));
	world_save(w, &now);
}

static void
state(struct world *w, const struct record *r, const char *text)
{
	struct statement s = {
	    .once = id_new(NOW_US), .text = str_c(text), .source = S("staff")};
	CHECK_OK(statement_add(w->db, w->arena, &w->leader, r->id, &s));
}

static void
vote(struct world *w, const struct record *r, int voter, struct vote vote)
{
	struct actor nobody = actor_inside(&w->program, w->network);
	struct voter v = voter_of(
	    &nobody, r->id, VOTER_LINK, str_fmt(w->arena, "%d", voter));
	CHECK_OK(voter_votes(w->db, w->arena, &nobody, &v, vote));
}

/* guide:S13 sums alone, the last vote of each, and none of few. */
TEST_DB(open_data_has_sums_of_dialogues_that_are_over)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = dialogue(&w, "Hvad hjælper jer?", "link");
	struct record codes =
	    dialogue(&w, "Hvad siger I, der er syge?", "codes");
	state(&w, &r, "Aftner er bedst.");
	state(&w, &r, "=Morgener er bedst.");
	state(&w, &codes, "Vi når det ikke.");
	for (int i = 0; i < 12; i++) {
		vote(&w, &r, i, (struct vote){0, VOTE_DISAGREE});
		vote(&w, &r, i,
		    (struct vote){0, i < 6 ? VOTE_AGREE : VOTE_PASS});
		vote(&w, &r, i,
		    (struct vote){1, i < 3 ? VOTE_AGREE : VOTE_PASS});
	}
	CHECK_INT(lines(table(&w, "dialoger.csv")), 1); /* it is open */
	end(&w, &r);
	end(&w, &codes);
	struct str text = table(&w, "dialoger.csv");
	CHECK_INT(lines(text), 2);
	CHECK_HAS(text, S(";12\r\n"));
	text = table(&w, "udsagn.csv");
	CHECK_INT(lines(text), 3);
	CHECK_HAS(text, S("Aftner er bedst.;staff;6;0;6;12\r\n"));
	CHECK_HAS(
	    text, S(";'=Morgener er bedst.;staff;;0;;12\r\n")); /* 3 and 9 */
	CHECK_LACKS(text, S("Vi når det ikke."));
}

/* Who only wrote a statement voted on nothing; where two of twelve did not vote
 * on one, how many did is not told: it would follow. */
TEST_DB(open_data_tells_of_no_few_who_did_not_vote)
{
	struct world w;
	struct statement own = {
	    .once = id_new(NOW_US), .text = S("Hvad med natten?")};
	world_new(&w, arena, db);
	struct record r = dialogue(&w, "Hvad hjælper jer?", "link");
	struct actor nobody = actor_inside(&w.program, w.network);
	struct voter writer = voter_of(&nobody, r.id, VOTER_LINK, S("99"));
	state(&w, &r, "Aftner er bedst.");
	state(&w, &r, "Morgener er bedst.");
	CHECK_OK(voter_states(db, arena, &nobody, &writer, &own));
	for (int i = 0; i < 12; i++) {
		vote(&w, &r, i,
		    (struct vote){0, i < 6 ? VOTE_AGREE : VOTE_PASS});
		if (i < 10)
			vote(&w, &r, i,
			    (struct vote){1, i < 5 ? VOTE_AGREE : VOTE_PASS});
	}
	end(&w, &r);
	CHECK_HAS(table(&w, "dialoger.csv"), S(";12\r\n"));
	struct str text = table(&w, "udsagn.csv");
	CHECK_HAS(text, S("Aftner er bedst.;staff;6;0;6;12\r\n"));
	CHECK_LACKS(text, S("Morgener er bedst.;staff;5;0;5;10\r\n"));
	CHECK_HAS(text, S("Morgener er bedst.;staff;;0;5;\r\n"));
}

TEST_DB(open_data_has_no_statement_that_was_turned_down)
{
	struct world w;
	struct statement waits = {
	    .once = id_new(NOW_US), .text = S("Olsen er en kæltring.")};
	world_new(&w, arena, db);
	struct record r = dialogue(&w, "Hvad hjælper jer?", "link");
	struct actor nobody = actor_inside(&w.program, w.network);
	struct voter v = voter_of(&nobody, r.id, VOTER_LINK, S("1"));
	CHECK_OK(voter_states(db, arena, &nobody, &v, &waits));
	state(&w, &r, "Aftner er bedst.");
	vote(&w, &r, 1, (struct vote){1, VOTE_AGREE});
	end(&w, &r);
	struct str text = table(&w, "udsagn.csv");
	CHECK_LACKS(text, S("Olsen"));
	CHECK_HAS(text, S("Aftner er bedst.;staff;;;;\r\n")); /* one voted */
	CHECK_HAS(table(&w, "dialoger.csv"), S(";\r\n"));
}
