/* SPDX-License-Identifier: MPL-2.0 */

/* Several made into one, one into parts, and what follows when an origin is
 * taken back. */
#include "model/merge.h"

#include "base/buf.h"
#include "model/evidence.h"
#include "model/recall.h"
#include "tests/model/fixture.h"

static struct id
person(struct world *w, const char *alias)
{
	struct person p = {.id = id_new(NOW_US),
	    .state = S("yes"),
	    .alias = str_c(alias),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Ved noget."),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	return p.id;
}

static struct contribution
get(struct world *w, struct id id)
{
	struct contribution c;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	return c;
}

static void
move(struct world *w, struct id id, const char *state)
{
	struct contribution c = get(w, id);
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &c,
	    &(struct contribution_step){str_c(state), S("")}));
}

/* Said and looked through. */
static struct id
say(struct world *w, struct id who, const char *words, int64_t scope)
{
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = str_c(words),
	    .person = who,
	    .basis = S("consent"),
	    .scope = scope,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	move(w, c.id, "reviewed");
	return c.id;
}

static struct id
merge(struct world *w, struct id a, struct id b, const char *words)
{
	struct merge m = {.id = id_new(NOW_US),
	    .of = {a, b},
	    .n = 2,
	    .kind = S("wish"),
	    .words = str_c(words)};
	CHECK_OK(contribution_merge(w->db, w->arena, &w->leader, &m));
	CHECK_OK(contribution_merge(w->db, w->arena, &w->leader, &m));
	return m.id;
}

static ptrdiff_t
hits(struct world *w, const char *word)
{
	struct contribution_search s = {.query = str_c(word)};
	CHECK_OK(contribution_search(w->db, w->arena, &w->leader, &s));
	return s.n;
}

/* The first and the last sentence as two parts. */
static void
split(struct world *w, struct id of, struct id part[2])
{
	struct contribution c = get(w, of);
	struct passages all =
	    passage_sentences(w->arena, contribution_words(&c));
	CHECK(all.n >= 2);
	struct split s = {.n = 2};
	for (int i = 0; i < 2; i++) {
		part[i] = id_new(NOW_US);
		s.part[i] = (struct split_part){
		    part[i], {&all.list[i == 0 ? 0 : all.n - 1], 1}};
	}
	CHECK_OK(contribution_split(w->db, w->arena, &w->leader, &c, &s));
}

TEST_DB(merge_names_its_origins_and_leaves_them)
{
	struct world w;
	struct family f;
	world_new(&w, arena, db);
	struct id a = say(&w, person(&w, "Karen"), "Lys ved stien.", 3);
	struct id b = say(&w, person(&w, "Ole"), "Der er mørkt.", 1);
	struct id m = merge(&w, a, b, "Der er brug for lys.");
	struct contribution c = get(&w, m);
	CHECK_STR(c.original, S("Der er brug for lys."));
	CHECK_INT(c.scope, 1); /* the least of them */
	CHECK(!id_is_set(c.person));
	CHECK_STR(get(&w, a).original, S("Lys ved stien."));
	CHECK_OK(contribution_family(db, arena, &w.leader, m, &f));
	CHECK(f.made);
	CHECK_INT(f.n_of, 2);
	CHECK_OK(contribution_family(db, arena, &w.leader, a, &f));
	CHECK(!f.made);
	CHECK_INT(f.n_became, 1);
	CHECK(id_eq(f.became[0].id, m));
	CHECK_STR(f.became[0].way, S("merged"));
}

TEST_DB(merge_is_checked)
{
	struct world w;
	struct merge_faults f;
	world_new(&w, arena, db);
	struct id a = say(&w, (struct id){0}, "Lys ved stien.", 1);
	struct merge m = {.id = id_new(NOW_US),
	    .of = {a, a},
	    .n = 2,
	    .kind = S("quote"),
	    .words = S(" ")};
	CHECK_OK(merge_check(db, arena, &w.leader, &m, &f));
	CHECK(f.of && f.words && f.kind);
	CHECK_INT(contribution_merge(db, arena, &w.leader, &m), ERR_INVALID);
	CHECK_INT(
	    contribution_merge(db, arena, &w.participant, &m), ERR_DENIED);
	/* One that nobody has looked through is for few eyes. */
	struct contribution raw = get(&w, a);
	raw.id = id_new(NOW_US);
	CHECK_OK(contribution_add(db, arena, &w.leader, &raw, S("")));
	m.of[1] = raw.id;
	m.kept = a;
	CHECK_OK(merge_check(db, arena, &w.leader, &m, &f));
	CHECK(f.of && !f.words && !f.kind);
	move(&w, raw.id, "reviewed"); /* the twin */
	CHECK_OK(merge_check(db, arena, &w.leader, &m, &f));
	CHECK(!f.any);
	CHECK_OK(contribution_merge(db, arena, &w.leader, &m));
	CHECK_STR(get(&w, m.id).original, S("Lys ved stien."));
}

/* E2: it speaks as the people it is made of, each once. */
TEST_DB(merge_counts_as_the_people_it_is_of)
{
	struct world w;
	struct strengths all;
	struct skew skew;
	world_new(&w, arena, db);
	struct record insight = world_record(&w, KIND_INSIGHT);
	world_save(&w, &insight);
	struct id karen = person(&w, "Karen");
	struct id a = say(&w, karen, "Lys ved stien.", 1);
	struct id b = say(&w, person(&w, "Ole"), "Der er mørkt.", 1);
	struct id m = merge(&w, a, b, "Der er brug for lys.");
	struct evidence e = {.insight = insight.id, .contribution = m};
	CHECK_OK(evidence_put(db, arena, &w.leader, &e));
	CHECK_OK(evidence_strengths(db, arena, &w.leader, &all));
	CHECK_INT(evidence_strength(&all, insight.id).people, 2);
	e.contribution = say(&w, karen, "Også ved skolen.", 1);
	CHECK_OK(evidence_put(db, arena, &w.leader, &e));
	CHECK_OK(evidence_strengths(db, arena, &w.leader, &all));
	CHECK_INT(evidence_strength(&all, insight.id).people, 2);
	CHECK_OK(skew_get(db, arena, &w.leader, 20, &skew));
	CHECK_INT(skew.contributions, 3); /* the merged one was counted */
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, b));
	CHECK_OK(evidence_strengths(db, arena, &w.leader, &all));
	CHECK_INT(evidence_strength(&all, insight.id).people, 1);
	/* Undone: what it spoke for, its origins speak for. */
	CHECK_INT(
	    contribution_undo(db, arena, &w.leader, m, S(" ")), ERR_INVALID);
	CHECK_OK(contribution_undo(
	    db, arena, &w.leader, m, S("De talte om hver sin sti.")));
	CHECK_OK(evidence_strengths(db, arena, &w.leader, &all));
	CHECK_INT(evidence_strength(&all, insight.id).people, 1);
	struct family f;
	CHECK_OK(contribution_family(db, arena, &w.leader, a, &f));
	CHECK(f.became[0].undone);
	CHECK_STR(f.became[0].reason, S("De talte om hver sin sti."));
}

/* Trust P03: who takes words back takes them out of what was made of them, in
 * the same write. */
TEST_DB(merge_is_emptied_with_an_origin)
{
	struct world w;
	struct recalls recalls;
	struct lines lines;
	world_new(&w, arena, db);
	struct id a = say(&w, (struct id){0}, "Lys ved stien.", 1);
	struct id b = say(&w, (struct id){0}, "Der er mørkt.", 1);
	struct id c = say(&w, (struct id){0}, "Flere lamper.", 1);
	struct id m = merge(&w, a, b, "Zebrastribe ved skolen.");
	struct id far = merge(&w, m, c, "Zebrastribe og lamper.");
	struct id other = merge(&w, b, c, "Zebrastribe uden lys.");
	CHECK_INT(hits(&w, "zebrastribe"), 3);
	struct voices_file file = {SCOPE_NETWORK, S("csv"), 3};
	CHECK_OK(export_note(db, arena, &w.leader, &file));
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, a));
	CHECK_INT(contribution_words(&(struct contribution){0}).n, 0);
	struct contribution now = get(&w, m);
	CHECK_INT(contribution_words(&now).n, 0);
	CHECK_STR(now.state, S("received"));
	now = get(&w, far);
	CHECK_INT(contribution_words(&now).n, 0);
	now = get(&w, other); /* the twin: not made of it */
	CHECK_STR(contribution_words(&now), S("Zebrastribe uden lys."));
	CHECK_INT(hits(&w, "zebrastribe"), 1);
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 3); /* of it and of both that were made */
	CHECK_OK(contribution_lines(db, arena, &w.leader, &lines));
	CHECK(!line_find(&lines, m)->agreed);
	CHECK(line_find(&lines, other)->agreed);
	CHECK(line_find(&lines, a) == NULL);
	/* Other words, and it may go on. */
	now = get(&w, m);
	CHECK_INT(contribution_move(db, arena, &w.leader, &now,
		      &(struct contribution_step){S("reviewed"), S("")}),
	    ERR_INVALID);
	CHECK_OK(contribution_reword(
	    db, arena, &w.leader, &now, S("Der er mørkt.")));
	move(&w, m, "reviewed");
	CHECK_OK(contribution_lines(db, arena, &w.leader, &lines));
	CHECK(line_find(&lines, m)->agreed);
	/* The last one goes: nothing is left of it. */
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, b));
	CHECK_STR(get(&w, m).state, S("withdrawn"));
}

TEST_DB(merge_is_emptied_when_a_person_is_erased)
{
	struct world w;
	world_new(&w, arena, db);
	struct id karen = person(&w, "Karen");
	struct id a = say(&w, karen, "Lys ved stien. Og en kanarifugl.", 1);
	struct id b = say(&w, (struct id){0}, "Der er mørkt.", 1);
	struct id m = merge(&w, a, b, "En kanarifugl til alle.");
	struct id part[2];
	split(&w, a, part);
	CHECK_STR(get(&w, part[1]).original, S("Og en kanarifugl."));
	CHECK_INT(hits(&w, "kanarifugl"), 3);
	CHECK_OK(person_erase(db, arena, &w.leader, karen));
	CHECK_INT(hits(&w, "kanarifugl"), 0);
	struct contribution now = get(&w, m);
	CHECK_INT(contribution_words(&now).n, 0);
	for (int i = 0; i < 2; i++)
		CHECK_STR(get(&w, part[i]).state, S("withdrawn"));
}

TEST_DB(split_parts_are_passages_and_follow)
{
	struct world w;
	struct id part[2];
	struct lines lines;
	world_new(&w, arena, db);
	struct id karen = person(&w, "Karen");
	struct id a =
	    say(&w, karen, "Æblet er surt. Midt i det. Åen er høj.", 2);
	split(&w, a, part);
	CHECK_STR(get(&w, part[0]).original, S("Æblet er surt."));
	CHECK_STR(get(&w, part[1]).original, S("Åen er høj."));
	CHECK_INT(get(&w, part[1]).scope, 2);
	struct contribution c = get(&w, part[0]);
	CHECK_INT(
	    contribution_reword(db, arena, &w.leader, &c, S("Æblet er sødt.")),
	    ERR_INVALID); /* a passage stays as it was said */
	CHECK_INT(contribution_agree(db, arena, &w.leader, &c, S("")),
	    ERR_INVALID); /* its origin says how far it goes */
	c = get(&w, a);
	c.scope = SCOPE_INTERNAL;
	CHECK_OK(contribution_agree(db, arena, &w.leader, &c, S("")));
	CHECK_INT(get(&w, part[0]).scope, SCOPE_INTERNAL);
	CHECK_INT(contribution_get(db, arena, &w.participant, part[0], &c),
	    ERR_NOT_FOUND);
	/* Other words of the origin wait to be agreed to, and looked at. */
	c = get(&w, a);
	CHECK_OK(contribution_reword(db, arena, &w.leader, &c, S("Surt.")));
	CHECK_OK(contribution_lines(db, arena, &w.leader, &lines));
	CHECK(!line_find(&lines, part[0])->agreed);
	CHECK_OK(contribution_undo(
	    db, arena, &w.leader, part[0], S("Det hørte sammen.")));
	CHECK_STR(get(&w, part[0]).state, S("withdrawn"));
	CHECK_STR(get(&w, part[1]).original, S("Åen er høj."));
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, a));
	CHECK_STR(get(&w, part[1]).state, S("withdrawn"));
}

TEST_DB(split_is_checked)
{
	struct world w;
	world_new(&w, arena, db);
	struct id a = say(&w, (struct id){0}, "Æble.", 2);
	struct contribution c = get(&w, a);
	struct passage whole = {0, 5}, past = {3, 6}, last = {4, 5};
	struct split s = {.part = {{id_new(NOW_US), {&whole, 1}},
			      {id_new(NOW_US), {&past, 1}}},
	    .n = 2};
	CHECK_INT(
	    contribution_split(db, arena, &w.leader, &c, &s), ERR_INVALID);
	s.part[1].of.list = &last;
	CHECK_OK(contribution_split(db, arena, &w.leader, &c, &s));
	CHECK_STR(get(&w, s.part[1].id).original, S("."));
	c.rev--;
	CHECK_INT(
	    contribution_split(db, arena, &w.leader, &c, &s), ERR_CONFLICT);
}
