/* SPDX-License-Identifier: MPL-2.0 */

/* A story with people's own words, and what may go into it. */
#include "model/story.h"

#include "tests/model/decided.h"

static void
let_go(struct decided *s, struct id id)
{
	struct contribution c;
	struct world *w = &s->w;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &c,
	    &(struct contribution_step){S("approved"), S("")}));
}

static struct id
begin(struct decided *s, const char *readers)
{
	struct record r = {
	    .kind = KIND_STORY, .network = s->w.network, .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys på stien"));
	record_set(&r, "readers", str_c(readers));
	world_save(&s->w, &r);
	return r.id;
}

static struct story
now(struct decided *s, struct id id)
{
	struct story story;
	CHECK_OK(story_get(s->w.db, s->w.arena, &s->w.leader, id, &story));
	return story;
}

static enum err
add(struct decided *s, struct id id, struct id voice, const char *lead)
{
	struct story story = now(s, id);
	struct story_voice v = {.contribution = voice, .lead = str_c(lead)};
	return story_add(s->w.db, s->w.arena, &s->w.leader, &story, &v);
}

/* guide:S54 guide:S55 only words that were let go to such readers. */
TEST_DB(story_takes_what_may_go_to_its_readers)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct id id = begin(&s, "2");
	CHECK_INT(add(&s, id, s.light, ""), ERR_INVALID); /* not let go */
	let_go(&s, s.light);
	let_go(&s, s.path);
	CHECK_OK(add(&s, id, s.light, "Karen sagde:"));
	CHECK_OK(add(&s, id, s.path, ""));
	CHECK_OK(add(&s, id, s.light, "Karen fortalte:")); /* twice is once */
	struct story story = now(&s, id);
	CHECK_INT(story.n, 2);
	CHECK_STR(story.voice[0].lead, S("Karen fortalte:"));
	CHECK_STR(story.voice[0].quote->words, S("Lys ved stien."));
	CHECK_INT(story.held_back, 0);
	struct id open = begin(&s, "3"); /* everybody: she said no to that */
	CHECK_INT(add(&s, open, s.light, ""), ERR_INVALID);
	CHECK_INT(add(&s, id, s.path, "Se 010150-1234."), ERR_INVALID);
	CHECK_INT(
	    story_add(db, arena, &s.w.participant, &story, &story.voice[0]),
	    ERR_DENIED);
	CHECK_OK(story_drop(db, arena, &s.w.leader, &story, s.light));
	CHECK_INT(now(&s, id).n, 1);
}

/* Who decides reads no words that are for the network alone, in a story either;
 * and gives no file out that lacks them. */
TEST_DB(story_shows_who_decides_what_is_for_them)
{
	struct decided s;
	struct story story;
	struct contribution c;
	decided_new(&s, arena, db);
	struct id id = begin(&s, "1");
	let_go(&s, s.light);
	let_go(&s, s.path);
	CHECK_OK(contribution_get(db, arena, &s.w.leader, s.light, &c));
	c.scope = SCOPE_NETWORK;
	CHECK_OK(contribution_agree(db, arena, &s.w.leader, &c, S("")));
	CHECK_OK(add(&s, id, s.light, ""));
	CHECK_OK(add(&s, id, s.path, ""));
	CHECK_INT(now(&s, id).unread, 0);
	CHECK_OK(story_get(db, arena, &s.w.decider, id, &story));
	CHECK_INT(story.held_back, 0);
	CHECK_INT(story.unread, 1);
	CHECK(story.voice[0].quote == NULL);
	CHECK_STR(story.voice[1].quote->words, S("En ny sti."));
}

/* guide:S55 who changes their mind is out of it at once. */
TEST_DB(story_holds_back_what_may_go_no_more)
{
	struct decided s;
	struct contribution c;
	decided_new(&s, arena, db);
	struct id id = begin(&s, "2");
	let_go(&s, s.light);
	let_go(&s, s.path);
	CHECK_OK(add(&s, id, s.light, ""));
	CHECK_OK(add(&s, id, s.path, ""));
	CHECK_OK(contribution_get(db, arena, &s.w.leader, s.light, &c));
	c.scope = SCOPE_NETWORK;
	CHECK_OK(contribution_agree(db, arena, &s.w.leader, &c, S("")));
	struct story story = now(&s, id);
	CHECK_INT(story.held_back, 1);
	CHECK(story.voice[0].quote == NULL);
	struct rule_limits limits = rule_limits_default();
	struct rules rules = rules_new(arena, LANG_DA, &limits);
	story_rules(&rules, &story);
	CHECK_INT(rules.n, 1);
	CHECK_INT(rules.hit[0].rule, 11);
	CHECK(rules_stop(&rules));
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.path));
	CHECK_INT(now(&s, id).n, 1); /* gone in the same write */
	CHECK_OK(person_erase(db, arena, &s.w.leader, s.karen));
	CHECK_INT(now(&s, id).n, 0);
}
