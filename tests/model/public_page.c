/* SPDX-License-Identifier: MPL-2.0 */

/* What anybody may read of a network, and what not. */
#include "model/public_page.h"

#include "tests/model/decided.h"

static struct public_decisions
decisions(struct decided *s)
{
	struct public_decisions all;
	CHECK_OK(public_decisions(s->w.db, s->w.arena, &s->w.decider, &all));
	return all;
}

TEST_DB(public_page_is_opened_by_who_may)
{
	struct decided s;
	struct public_page page, none = {.open = true};
	struct public_page number = {.about = S("Se 010150-1234.")};
	decided_new(&s, arena, db);
	CHECK_OK(public_page_get(db, arena, &s.w.leader, &page));
	CHECK(!page.open);
	CHECK_INT(public_page_save(db, arena, &s.w.leader, &none), ERR_INVALID);
	CHECK_INT(
	    public_page_save(db, arena, &s.w.leader, &number), ERR_INVALID);
	page = (struct public_page){true, false, S(" Lys ved skolen. "), 0};
	CHECK_INT(
	    public_page_save(db, arena, &s.w.participant, &page), ERR_DENIED);
	CHECK_OK(public_page_save(db, arena, &s.w.leader, &page));
	CHECK_OK(public_page_get(db, arena, &s.w.decider, &page));
	CHECK(page.open);
	CHECK_STR(page.about, S("Lys ved skolen."));
	CHECK_INT(page.changed_us, NOW_US);
	page.open = false;
	CHECK_OK(public_page_save(db, arena, &s.w.leader, &page));
	CHECK_OK(public_page_get(db, arena, &s.w.leader, &page));
	CHECK(!page.open);
}

/* guide:S10 those who spoke hear it before everybody does. */
TEST_DB(public_page_has_what_everybody_was_answered_on)
{
	struct decided s;
	struct decision_gate gate;
	struct decision_told news = {
	    .id = id_new(NOW_US), .words = S("Lamperne er bestilt.")};
	decided_new(&s, arena, db);
	struct id more = decided_say(&s, s.karen, "Og en bænk.");
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_OK(
	    decided_link(&s, TRACE_VOICE, more, GRADE_SHAPED, "Den kommer."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_SHAPED, "Lyset kommer."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_NOT_FOLLOWED, "For dyr."));
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_INT(decisions(&s).n, 0); /* Ole waits */
	CHECK_OK(decided_send(&s, s.ole, "letter"));
	struct decision d = decided_now(&s);
	CHECK_OK(decision_close(db, arena, &s.w.leader, &d, &gate));
	d = decided_now(&s);
	CHECK_OK(decision_tell(db, arena, &s.w.leader, &d, &news));
	struct public_decisions all = decisions(&s);
	CHECK_INT(all.n, 1);
	CHECK_INT(all.list[0].told, 2); /* people: Karen said two things */
	CHECK_INT(all.list[0].moved, 1);
	CHECK_INT(all.list[0].news.n, 1);
	/* Who takes her words back counts no more. */
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	CHECK_INT(decisions(&s).list[0].told, 2);
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, more));
	all = decisions(&s);
	CHECK_INT(all.list[0].told, 1);
	CHECK_INT(all.list[0].moved, 0);
}

static struct id
story_of(
    struct decided *s, const char *readers, const char *page, struct id voice)
{
	struct story story;
	struct world *w = &s->w;
	struct record r = {
	    .kind = KIND_STORY, .network = w->network, .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys på stien"));
	record_set(&r, "readers", str_c(readers));
	record_set(&r, "page", str_c(page));
	world_save(w, &r);
	CHECK_OK(story_get(w->db, w->arena, &w->leader, r.id, &story));
	struct story_voice v = {.contribution = voice};
	if (id_is_set(voice))
		CHECK_OK(story_add(w->db, w->arena, &w->leader, &story, &v));
	return r.id;
}

static void
agree_to(struct decided *s, struct id voice, enum scope scope)
{
	struct contribution c;
	struct world *w = &s->w;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, voice, &c));
	c.scope = scope;
	CHECK_OK(contribution_agree(w->db, w->arena, &w->leader, &c, S("")));
}

static ptrdiff_t
stories(struct decided *s)
{
	struct public_stories all;
	CHECK_OK(public_stories(s->w.db, s->w.arena, &s->w.leader, &all));
	return all.n;
}

/* guide:S54 guide:S55 R11: told to everybody, for as long as each word may. */
TEST_DB(public_page_tells_stories_while_their_words_may)
{
	struct decided s;
	struct contribution c;
	decided_new(&s, arena, db);
	CHECK_OK(contribution_get(db, arena, &s.w.leader, s.light, &c));
	CHECK_OK(contribution_move(db, arena, &s.w.leader, &c,
	    &(struct contribution_step){S("approved"), S("")}));
	(void)story_of(&s, "3", "yes", (struct id){0}); /* nobody's words */
	(void)story_of(&s, "2", "yes", s.light); /* for who decides */
	CHECK_INT(stories(&s), 0);
	agree_to(&s, s.light, SCOPE_PUBLIC);
	(void)story_of(&s, "3", "", s.light); /* it is being written */
	(void)story_of(&s, "3", "no", s.light);
	CHECK_INT(stories(&s), 0);
	(void)story_of(&s, "3", "yes", s.light);
	CHECK_INT(stories(&s), 1);
	agree_to(&s, s.light, SCOPE_NETWORK);
	CHECK_INT(stories(&s), 0);
	agree_to(&s, s.light, SCOPE_PUBLIC);
	CHECK_INT(stories(&s), 1);
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	CHECK_INT(stories(&s), 0);
}
