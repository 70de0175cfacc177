/* SPDX-License-Identifier: MPL-2.0 */

/* trust P10: what somebody said whose wish to be deleted was refused is kept
 * and used for nothing.  Each rule is held against a twin: another person, who
 * never asked, and for whom all of it goes well. */
#include "base/buf.h"
#include "model/citizen_words.h"
#include "model/coding.h"
#include "model/erasure.h"
#include "model/evidence.h"
#include "model/idea.h"
#include "model/merge.h"
#include "tests/model/fixture.h"

struct voice {
	struct id person, said;
};

struct two {
	struct world w;
	struct voice kept, free; /* refused; the twin */
	struct id made; /* of both */
	struct id insight;
	int codes; /* made so far */
};

static struct contribution
new_words(struct two *t, struct id person, int64_t scope)
{
	(void)t;
	return (struct contribution){.id = id_new(NOW_US),
	    .person = person,
	    .kind = S("anecdote"),
	    .teller = S("staff"),
	    .original = S("Det er svært at nå frem."),
	    .basis = S("consent"),
	    .scope = scope,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
}

static enum err
move(struct two *t, struct id id, struct str state)
{
	struct contribution c;
	struct world *w = &t->w;
	struct contribution_step step = {state, S("")};
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	return contribution_move(w->db, w->arena, &w->leader, &c, &step);
}

static struct voice
somebody(struct two *t, struct str alias)
{
	struct world *w = &t->w;
	struct person p = {.id = id_new(NOW_US),
	    .alias = alias,
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand"),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	struct contribution c = new_words(t, p.id, SCOPE_NETWORK);
	CHECK_OK(
	    contribution_add(w->db, w->arena, &w->leader, &c, S("Netværket.")));
	CHECK_OK(move(t, c.id, S("reviewed")));
	CHECK_OK(move(t, c.id, S("approved")));
	return (struct voice){p.id, c.id};
}

static enum err
speaks_for(struct two *t, struct id said)
{
	struct evidence e = {.insight = t->insight, .contribution = said};
	return evidence_put(t->w.db, t->w.arena, &t->w.leader, &e);
}

static int64_t
people(struct two *t)
{
	struct strengths all;
	CHECK_OK(evidence_strengths(t->w.db, t->w.arena, &t->w.leader, &all));
	return evidence_strength(&all, t->insight).people;
}

static void
two_new(struct two *t, struct arena *a, struct db *db)
{
	*t = (struct two){0};
	world_new(&t->w, a, db);
	struct record insight = world_record(&t->w, KIND_INSIGHT);
	world_save(&t->w, &insight);
	t->insight = insight.id;
	t->kept = somebody(t, S("Karen"));
	t->free = somebody(t, S("Jonas"));
	t->made = id_new(NOW_US);
	struct merge m = {.id = t->made,
	    .of = {t->kept.said, t->free.said},
	    .n = 2,
	    .words = S("To når ikke frem."),
	    .kind = S("anecdote")};
	CHECK_OK(contribution_merge(db, a, &t->w.leader, &m));
	CHECK_OK(speaks_for(t, t->kept.said));
	CHECK_OK(speaks_for(t, t->free.said));
}

static void
refuse(struct two *t)
{
	struct world *w = &t->w;
	struct erasure r = {.person = t->kept.person,
	    .ground = S("journal"),
	    .note = S("Det hører til en sag.")};
	CHECK_OK(erasure_ask(w->db, w->arena, &w->leader, r.person));
	CHECK_OK(erasure_refuse(w->db, w->arena, &w->leader, &r));
}

static enum err
says(struct two *t, struct id person, int64_t scope)
{
	struct contribution c = new_words(t, person, scope);
	return contribution_add(
	    t->w.db, t->w.arena, &t->w.leader, &c, S("Sagt."));
}

TEST_DB(restricted_person_says_nothing_new_to_others)
{
	struct two t;
	two_new(&t, arena, db);
	refuse(&t);
	for (int64_t scope = SCOPE_NETWORK; scope <= SCOPE_PUBLIC; scope++) {
		CHECK_INT(says(&t, t.kept.person, scope), ERR_INVALID);
		CHECK_OK(says(&t, t.free.person, scope));
	}
	CHECK_OK(says(&t, t.kept.person, SCOPE_INTERNAL));
}

static enum err
widen(struct two *t, struct id id)
{
	struct contribution c;
	struct world *w = &t->w;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	c.scope = SCOPE_PUBLIC;
	return contribution_agree(w->db, w->arena, &w->leader, &c, S("Alle."));
}

TEST_DB(restricted_words_go_no_further_again)
{
	struct two t;
	struct contribution c;
	two_new(&t, arena, db);
	CHECK_OK(
	    contribution_get(db, arena, &t.w.participant, t.kept.said, &c));
	refuse(&t);
	CHECK_INT(widen(&t, t.kept.said), ERR_INVALID);
	CHECK_OK(widen(&t, t.free.said));
	CHECK_INT(
	    contribution_get(db, arena, &t.w.participant, t.kept.said, &c),
	    ERR_NOT_FOUND);
	/* Nor what was made of them, whoever else it is of. */
	CHECK_OK(contribution_get(db, arena, &t.w.leader, t.made, &c));
	CHECK_INT(c.scope, SCOPE_INTERNAL);
	CHECK(c.restricted);
	CHECK_OK(contribution_get(db, arena, &t.w.leader, t.free.said, &c));
	CHECK_INT(c.scope, SCOPE_PUBLIC);
	CHECK(!c.restricted);
}

static enum err
becomes_idea(struct two *t, struct id said)
{
	struct idea_birth birth = {said, false, S("yes")};
	return idea_from_words(t->w.db, t->w.arena, &t->w.leader, &birth);
}

static enum err
merges(struct two *t, struct id said)
{
	struct voice third = somebody(t, S("Ali"));
	struct merge m = {.id = id_new(NOW_US),
	    .of = {said, third.said},
	    .n = 2,
	    .words = S("Fælles ord."),
	    .kind = S("anecdote")};
	return contribution_merge(t->w.db, t->w.arena, &t->w.leader, &m);
}

TEST_DB(restricted_words_are_used_for_nothing)
{
	struct two t;
	struct evidences list;
	two_new(&t, arena, db);
	CHECK_INT(people(&t), 2);
	refuse(&t);
	CHECK_INT(people(&t), 1);
	CHECK_OK(evidence_list(db, arena, &t.w.leader, &list));
	CHECK_INT(list.n, 1);
	CHECK(id_eq(list.list[0].contribution, t.free.said));
	CHECK_INT(speaks_for(&t, t.kept.said), ERR_INVALID);
	CHECK_INT(speaks_for(&t, t.made), ERR_INVALID);
	CHECK_OK(speaks_for(&t, t.free.said));
	CHECK_INT(move(&t, t.kept.said, S("used")), ERR_INVALID);
	CHECK_OK(move(&t, t.free.said, S("used")));
	CHECK_INT(becomes_idea(&t, t.kept.said), ERR_INVALID);
	CHECK_OK(becomes_idea(&t, t.free.said));
	CHECK_INT(merges(&t, t.kept.said), ERR_INVALID);
	CHECK_OK(merges(&t, t.free.said));
}

static enum err
code(struct two *t, struct id said)
{
	struct contribution c;
	struct world *w = &t->w;
	struct book_code made = {.id = id_new(NOW_US),
	    .name = str_fmt(w->arena, "Kode %d", t->codes++),
	    .colour = S("blue")};
	CHECK_OK(book_save(w->db, w->arena, &w->leader, &made));
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, said, &c));
	struct coding k = {.id = id_new(NOW_US), .code = made.id, .at = {0, 6}};
	return coding_add(w->db, w->arena, &w->leader, &c, &k);
}

TEST_DB(restricted_words_leave_the_codes)
{
	struct two t;
	struct codings all;
	two_new(&t, arena, db);
	CHECK_OK(code(&t, t.kept.said));
	CHECK_OK(coding_list(
	    db, arena, &t.w.leader, &(struct coding_filter){0}, &all));
	CHECK_INT(all.n, 1);
	refuse(&t);
	CHECK_OK(coding_list(
	    db, arena, &t.w.leader, &(struct coding_filter){0}, &all));
	CHECK_INT(all.n, 0);
	CHECK_INT(code(&t, t.kept.said), ERR_INVALID);
	CHECK_OK(code(&t, t.free.said));
}

/* Who noted it reads it no more: they have not the care of the person. */
TEST_DB(restricted_words_are_not_for_whoever_noted_them)
{
	struct two t;
	struct contribution c;
	two_new(&t, arena, db);
	CHECK_OK(
	    db_exec(db, "UPDATE contribution SET account = $2 WHERE org = $1",
		NULL, DB_ID(t.w.leader.org), DB_ID(t.w.participant.account)));
	CHECK_OK(
	    contribution_get(db, arena, &t.w.participant, t.kept.said, &c));
	refuse(&t);
	CHECK_INT(
	    contribution_get(db, arena, &t.w.participant, t.kept.said, &c),
	    ERR_NOT_FOUND);
	CHECK_OK(
	    contribution_get(db, arena, &t.w.participant, t.free.said, &c));
	struct contribution_filter all = {.max = 50};
	struct contribution_page page;
	CHECK_OK(contribution_list(db, arena, &t.w.participant, &all, &page));
	for (ptrdiff_t i = 0; i < page.n; i++)
		CHECK(!page.list[i].restricted);
	CHECK(page.n > 0);
}

/* ---- by their own code ---- */

static struct citizen
at_their_page(struct two *t, struct id person)
{
	struct world *w = &t->w;
	struct citizen c = {.in = actor_inside(&w->program, w->network)};
	CHECK_OK(person_get(w->db, w->arena, &w->leader, person, &c.person));
	return c;
}

/* What has to be kept is not deleted by another way in. */
TEST_DB(restricted_words_stay_when_they_are_taken_back)
{
	struct two t;
	struct contribution c;
	two_new(&t, arena, db);
	refuse(&t);
	struct citizen karen = at_their_page(&t, t.kept.person);
	struct citizen jonas = at_their_page(&t, t.free.person);
	CHECK_INT(
	    citizen_takes_back(db, arena, &karen, t.kept.said), ERR_INVALID);
	CHECK_OK(citizen_erases(db, arena, &karen));
	CHECK_OK(contribution_get(db, arena, &t.w.leader, t.kept.said, &c));
	CHECK_HAS(c.original, S("svært"));
	CHECK_OK(citizen_takes_back(db, arena, &jonas, t.free.said));
	CHECK_OK(contribution_get(db, arena, &t.w.leader, t.free.said, &c));
	CHECK_STR(c.original, S(""));
}

/* What is used may be part of a case: people look first. */
TEST_DB(erasure_is_a_wish_once_something_is_used)
{
	struct two t;
	struct citizen_wish wish;
	struct person p;
	two_new(&t, arena, db);
	CHECK_OK(move(&t, t.kept.said, S("used")));
	struct citizen karen = at_their_page(&t, t.kept.person);
	struct citizen jonas = at_their_page(&t, t.free.person);
	CHECK_OK(citizen_wish(db, arena, &karen, &wish));
	CHECK(wish.looked_at && !wish.waits && !wish.refused);
	CHECK_OK(citizen_erases(db, arena, &karen));
	CHECK_OK(citizen_wish(db, arena, &karen, &wish));
	CHECK(wish.waits && !wish.refused);
	CHECK_STR(date_iso(arena, wish.said.due), S("2026-12-24"));
	CHECK_OK(citizen_erases(db, arena, &jonas));
	CHECK_OK(person_get(db, arena, &t.w.leader, t.free.person, &p));
	CHECK_STR(p.state, S("erased"));
	CHECK_OK(person_get(db, arena, &t.w.leader, t.kept.person, &p));
	CHECK(!str_eq(p.state, S("erased")));
}
