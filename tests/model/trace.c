/* SPDX-License-Identifier: MPL-2.0 */

/* From what was said to what was decided: through insights, ideas, merges and
 * splits, and what falls out of it again. */
#include "model/trace.h"

#include "model/evidence.h"
#include "model/idea.h"
#include "model/merge.h"
#include "model/rights.h"
#include "tests/model/decided.h"

static void
speaks(struct decided *s, struct id insight, struct id voice, bool against)
{
	struct evidence e = {
	    .insight = insight, .contribution = voice, .against = against};
	CHECK_OK(evidence_put(s->w.db, s->w.arena, &s->w.leader, &e));
}

static struct id
idea_on(struct decided *s, struct id insight)
{
	struct record r = world_record(&s->w, KIND_IDEA);
	record_set(&r, "insights", id_text(s->w.arena, insight));
	world_save(&s->w, &r);
	return r.id;
}

static void
change(struct decided *s, const char *field, struct str value)
{
	struct decision d = decided_now(s);
	record_set(&d.record, field, value);
	world_save(&s->w, &d.record);
}

static struct trace_overview
overview(struct decided *s)
{
	struct trace_overview o;
	CHECK_OK(trace_overview(s->w.db, s->w.arena, &s->w.leader, &o));
	return o;
}

/* guide:S10 each voice has a grade and a sentence, its own or another's. */
TEST_DB(trace_links_a_voice_by_itself_or_through_an_insight)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct id against = decided_say(&s, s.ole, "Stien er fin.");
	struct id dark = decided_insight(&s, "Der er mørkt.");
	speaks(&s, dark, s.light, false);
	speaks(&s, dark, s.path, false);
	speaks(&s, dark, against, true);
	CHECK_INT(decided_link(&s, TRACE_INSIGHT, dark, GRADE_SHAPED, "Tak."),
	    ERR_CONFLICT); /* nothing is decided */
	CHECK_OK(decided_take(&s, ""));
	CHECK_INT(decided_trace(&s).open, 3);
	CHECK_OK(decided_link(&s, TRACE_INSIGHT, dark, GRADE_SHAPED, "Tak."));
	CHECK_INT(decided_grade(&s, s.light), GRADE_SHAPED);
	CHECK_INT(decided_grade(&s, s.path), GRADE_SHAPED);
	CHECK_INT(decided_grade(&s, against), GRADES); /* it said otherwise */
	CHECK_INT(decided_trace(&s).open, 1);
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_OUT_OF_SCOPE, "Stien er statens."));
	CHECK_INT(decided_grade(&s, s.path), GRADE_OUT_OF_SCOPE); /* its own */
	CHECK_INT(decided_trace(&s).of[GRADE_SHAPED], 1);
	struct decision d = decided_now(&s);
	struct trace_link off = {.source = dark, .kind = TRACE_INSIGHT};
	CHECK_OK(trace_drop(db, arena, &s.w.leader, &d, &off));
	CHECK_INT(decided_grade(&s, s.light), GRADES);
	CHECK_INT(decided_grade(&s, s.path), GRADE_OUT_OF_SCOPE);
}

TEST_DB(trace_of_an_idea_has_its_insights_voices_and_the_strongest_holds)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct id dark = decided_insight(&s, "Der er mørkt.");
	struct id idea = idea_on(&s, dark);
	speaks(&s, dark, s.light, false);
	CHECK_OK(decided_take(&s, ""));
	CHECK_OK(decided_link(
	    &s, TRACE_INSIGHT, dark, GRADE_CONFIRMED, "Det vidste vi."));
	CHECK_OK(decided_link(
	    &s, TRACE_IDEA, idea, GRADE_CHANGED, "Lamperne kom med."));
	CHECK_INT(decided_grade(&s, s.light), GRADE_CHANGED);
	CHECK_INT(decided_grade(&s, s.path), GRADES);
}

/* guide:S10 what was merged stands for those it was made of, and the other way
 * round: a link from before the merge counts for what came of it. */
TEST_DB(trace_keeps_what_was_merged_and_split_whole)
{
	struct decided s;
	struct id part[2];
	decided_new(&s, arena, db);
	struct id two =
	    decided_say(&s, s.karen, "Mere lys. Og en bænk ved søen.");
	struct merge m = {.id = id_new(NOW_US),
	    .of = {s.light, s.path},
	    .n = 2,
	    .kind = S("wish"),
	    .words = S("Lys og sti.")};
	CHECK_OK(decided_take(&s, ""));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_SHAPED, "Lyset kommer."));
	CHECK_OK(contribution_merge(db, arena, &s.w.leader, &m));
	CHECK_INT(decided_grade(&s, m.id), GRADE_SHAPED);
	CHECK_INT(decided_grade(&s, s.light), -1); /* another stands for it */
	struct contribution c;
	CHECK_OK(contribution_get(db, arena, &s.w.leader, two, &c));
	struct passages all = passage_sentences(arena, contribution_words(&c));
	struct split cut = {.n = 2};
	for (int i = 0; i < 2; i++) {
		part[i] = id_new(NOW_US);
		cut.part[i] = (struct split_part){part[i], {&all.list[i], 1}};
	}
	CHECK_OK(contribution_split(db, arena, &s.w.leader, &c, &cut));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, part[0], GRADE_CHANGED, "Der kom lys."));
	struct trace t = decided_trace(&s);
	CHECK_INT(t.n, 3); /* the merged one and two parts */
	CHECK_INT(t.open, 1); /* the bench */
	ptrdiff_t karens = 0;
	for (ptrdiff_t i = 0; i < t.n_said; i++)
		karens += id_eq(t.said[i].person, s.karen);
	CHECK_INT(karens, 3);
	CHECK_OK(contribution_undo(
	    db, arena, &s.w.leader, m.id, S("De siger ikke det samme.")));
	CHECK_INT(decided_grade(&s, s.light), GRADE_SHAPED);
	CHECK_INT(decided_grade(&s, s.path), GRADES);
}

/* One person's trace has what the voices hers was merged with stand under. */
TEST_DB(trace_of_a_person_is_part_of_the_whole)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct id insight = decided_insight(&s, "Der er mørkt.");
	struct merge m = {.id = id_new(NOW_US),
	    .of = {s.light, s.path},
	    .n = 2,
	    .kind = S("wish"),
	    .words = S("Lys og sti.")};
	speaks(&s, insight, s.path, false);
	CHECK_OK(contribution_merge(db, arena, &s.w.leader, &m));
	CHECK_OK(decided_take(&s, ""));
	CHECK_OK(decided_link(
	    &s, TRACE_INSIGHT, insight, GRADE_SHAPED, "Lyset kommer."));
	CHECK_INT(decided_grade(&s, m.id), GRADE_SHAPED);
	struct decision d = decided_now(&s);
	struct trace t = {.decision = &d, .whose = s.karen};
	CHECK_OK(trace_load_of(db, arena, &s.w.leader, &t));
	CHECK_INT(t.n, 1);
	CHECK(t.voice[0].via != NULL);
	CHECK_INT(t.n_said, 1);
}

/* A merged voice that is used for nothing, as one of those who said it had it
 * stopped, hides nobody else. */
TEST_DB(trace_owes_the_others_of_a_merge_that_is_restricted)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct merge m = {.id = id_new(NOW_US),
	    .of = {s.light, s.path},
	    .n = 2,
	    .kind = S("wish"),
	    .words = S("Lys og sti.")};
	CHECK_OK(decided_take(&s, ""));
	CHECK_OK(contribution_merge(db, arena, &s.w.leader, &m));
	CHECK_INT(decided_trace(&s).n, 1);
	struct right r = {.id = id_new(NOW_US),
	    .person = s.ole,
	    .kind = S("objection"),
	    .received = date_danish(NOW_US)};
	CHECK_OK(right_add(db, arena, &s.w.leader, &r));
	r.outcome = S("granted");
	r.answer = S("Vi bruger det ej");
	CHECK_OK(right_answer(db, arena, &s.w.leader, &r));
	struct trace t = decided_trace(&s);
	CHECK_INT(t.n, 1);
	CHECK_INT(t.n_said, 1);
	CHECK(id_eq(t.said[0].person, s.karen));
	CHECK_INT(decided_grade(&s, m.id), -1);
	r.outcome = S("lifted");
	CHECK_OK(right_answer(db, arena, &s.w.leader, &r));
	CHECK_INT(decided_grade(&s, m.id), GRADES);
}

TEST_DB(trace_has_in_scope_what_the_decision_names)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct record r = world_record(&s.w, KIND_ACTIVITY);
	world_save(&s.w, &r);
	struct id there = decided_say_at(&s, s.ole, r.id, "En bænk.");
	struct id dark = decided_insight(&s, "Der er mørkt.");
	speaks(&s, dark, s.light, false);
	CHECK_INT(decided_trace(&s).n, 3); /* nothing is named: all */
	change(&s, "activities", id_text(arena, r.id));
	CHECK_INT(decided_trace(&s).n, 1);
	CHECK_INT(decided_grade(&s, there), GRADES);
	change(&s, "insights", id_text(arena, dark));
	CHECK_INT(decided_trace(&s).n, 2);
	CHECK_INT(decided_grade(&s, s.path), -1);
	CHECK_OK(decided_take(&s, ""));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_NOT_FOLLOWED, "Den er for dyr."));
	CHECK_INT(decided_trace(&s).n, 3); /* it is linked */
	CHECK_INT(decided_trace(&s).open, 2);
}

/* guide:S10 "no link yet" is visible; words that are taken back leave none. */
TEST_DB(trace_lists_orphans_and_forgets_what_is_taken_back)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct trace_overview o = overview(&s);
	CHECK_INT(o.voices, 2);
	CHECK_INT(o.n_orphans, 2);
	CHECK_INT(o.decisions.n, 1);
	CHECK_OK(decided_take(&s, ""));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_CHANGED, "Lyset kommer."));
	o = overview(&s);
	CHECK_INT(o.n_orphans, 1);
	CHECK(id_eq(o.orphan[0], s.path));
	CHECK_INT(o.sum[0].of[GRADE_CHANGED], 1);
	CHECK_INT(o.sum[0].open, 1);
	CHECK_INT(o.links.n, 1);
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	o = overview(&s);
	CHECK_INT(o.links.n, 0);
	CHECK_INT(o.voices, 1);
	CHECK_INT(o.sum[0].of[GRADE_CHANGED], 0);
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_CHANGED, "Stien kommer."));
	CHECK_OK(person_erase(db, arena, &s.w.leader, s.ole));
	CHECK_INT(overview(&s).links.n, 0);
	CHECK_INT(overview(&s).voices, 0);
}

TEST_DB(trace_is_checked)
{
	struct decided s;
	decided_new(&s, arena, db);
	CHECK_OK(decided_take(&s, ""));
	struct decision d = decided_now(&s);
	struct trace_link link = {.source = s.light,
	    .kind = TRACE_VOICE,
	    .grade = GRADE_SHAPED,
	    .words = S("Lyset kommer.")};
	CHECK_INT(trace_put(db, arena, &s.w.participant, &d,
		      &(struct trace_links){&link, 1}),
	    ERR_DENIED);
	CHECK_INT(decided_link(&s, TRACE_VOICE, s.light, GRADE_SHAPED, " "),
	    ERR_INVALID);
	CHECK_INT(decided_link(&s, TRACE_VOICE, s.light, GRADE_SHAPED,
		      "Se 010150-1234."),
	    ERR_INVALID);
	CHECK_INT(
	    decided_link(&s, TRACE_VOICE, s.light, GRADES, "Ja."), ERR_INVALID);
	CHECK_INT(
	    decided_link(&s, TRACE_INSIGHT, s.light, GRADE_SHAPED, "Nej."),
	    ERR_NOT_FOUND);
	CHECK_OK(trace_put(
	    db, arena, &s.w.leader, &d, &(struct trace_links){&link, 1}));
	link.grade = GRADE_CHANGED; /* somebody thought again */
	CHECK_OK(trace_put(
	    db, arena, &s.w.leader, &d, &(struct trace_links){&link, 1}));
	CHECK_INT(decided_grade(&s, s.light), GRADE_CHANGED);
}

/* guide:S10 from the voice to the decision as well. */
TEST_DB(trace_is_seen_from_the_voice_too)
{
	struct decided s;
	struct trace_paths paths;
	decided_new(&s, arena, db);
	struct id dark = decided_insight(&s, "Der er mørkt.");
	struct id idea = idea_on(&s, dark);
	speaks(&s, dark, s.light, false);
	CHECK_OK(decided_take(&s, ""));
	CHECK_OK(trace_paths(db, arena, &s.w.leader, s.light, &paths));
	CHECK_INT(paths.n, 0);
	CHECK_OK(decided_link(
	    &s, TRACE_IDEA, idea, GRADE_SHAPED, "Lamperne kom med."));
	CHECK_OK(trace_paths(db, arena, &s.w.leader, s.light, &paths));
	CHECK_INT(paths.n, 1);
	CHECK_INT(paths.list[0].via.grade, GRADE_SHAPED);
	CHECK(id_eq(paths.list[0].decision.record.id, s.decision));
	CHECK_OK(trace_paths(db, arena, &s.w.leader, s.path, &paths));
	CHECK_INT(paths.n, 0);
}
