/* SPDX-License-Identifier: MPL-2.0 */

/* A decision, from the question to what came of it. */
#include "model/decision.h"

#include "model/waits.h"
#include "tests/model/decided.h"

static enum err
take(struct decided *s, const struct actor *who, const char *outcome,
    const char *day, const char *reason)
{
	struct decision d = decided_now(s);
	struct decision_taking t = {.outcome = str_c(outcome),
	    .taken = str_c(day),
	    .reason = str_c(reason)};
	enum err e = decision_take(s->w.db, s->w.arena, who, &d, &t);
	bool said = t.fault.outcome != NULL || t.fault.taken != NULL ||
	    t.fault.reason != NULL;
	CHECK((e == ERR_INVALID) == said);
	return e;
}

static enum err
closes(struct decided *s, struct decision_gate *gate)
{
	struct decision d = decided_now(s);
	return decision_close(s->w.db, s->w.arena, &s->w.leader, &d, gate);
}

/* guide:S44 what can change is written before, and stays as it was. */
TEST_DB(decision_freezes_the_room_once_it_is_taken)
{
	struct decided s;
	struct record_saved saved;
	decided_new(&s, arena, db);
	struct decision d = decided_now(&s);
	CHECK_INT(d.state, DECISION_PREPARED);
	record_set(&d.record, "room", S("Også farven."));
	world_save(&s.w, &d.record);
	CHECK_OK(decided_take(&s, ""));
	d = decided_now(&s);
	CHECK_INT(d.state, DECISION_TAKEN);
	record_set(&d.record, "room", S("Slet ikke noget."));
	CHECK_INT(record_save(db, arena, &s.w.leader, &d.record, &saved),
	    ERR_INVALID);
	d = decided_now(&s);
	CHECK_STR(record_value(&d.record, "room"), S("Også farven."));
	CHECK_INT(record_remove(db, arena, &s.w.leader, KIND_DECISION,
		      s.decision, d.record.rev),
	    ERR_CONFLICT);
}

TEST_DB(decision_is_noted_by_who_decides)
{
	struct decided s;
	decided_new(&s, arena, db);
	const struct actor *lis = &s.w.decider;
	CHECK_INT(take(&s, &s.w.participant, "adopted", "2026-11-20", ""),
	    ERR_DENIED);
	CHECK_INT(take(&s, lis, "", "2026-11-20", ""), ERR_INVALID);
	CHECK_INT(take(&s, lis, "adopted", "", ""), ERR_INVALID);
	CHECK_INT(take(&s, lis, "adopted", "2026-11-25", ""), ERR_INVALID);
	CHECK_INT(take(&s, lis, "adopted", "2026-11-24", "Se 010150-1234."),
	    ERR_INVALID);
	CHECK_OK(take(&s, lis, "adopted", "2026-11-24", ""));
	CHECK_INT(decided_now(&s).state, DECISION_TAKEN);
	CHECK_OK(take(&s, lis, "partly", "2026-11-24", "Der er lys nok."));
	CHECK_INT(decided_now(&s).state, DECISION_REASONED);
	struct decision d = decided_now(&s);
	CHECK_STR(record_value(&d.record, "outcome"), S("partly"));
}

/* Nobody looks after it any more, and that stops no decision. */
TEST_DB(decision_goes_on_when_its_owner_has_left)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct decision d = decided_now(&s);
	record_set(&d.record, "owner", id_text(arena, s.w.ali));
	world_save(&s.w, &d.record);
	CHECK_OK(network_drop_member(
	    db, arena, &s.w.leader, s.w.ali, ROLE_PARTICIPANT));
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	d = decided_now(&s);
	CHECK_INT(d.state, DECISION_REASONED);
	CHECK_STR(record_value(&d.record, "owner"), S(""));
}

/* Two who decide at once: the second one is told. */
TEST_DB(decision_is_noted_once)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct decision d = decided_now(&s);
	struct decision_taking t = {
	    .outcome = S("adopted"), .taken = S("2026-11-24")};
	CHECK_OK(decided_take(&s, ""));
	CHECK_INT(decision_take(db, arena, &s.w.leader, &d, &t), ERR_CONFLICT);
}

/* guide:S10 R6: not before each voice has a grade and each person an answer. */
TEST_DB(decision_is_answered_when_everybody_is)
{
	struct decided s;
	struct decision_gate gate;
	decided_new(&s, arena, db);
	CHECK_OK(decided_take(&s, ""));
	CHECK_INT(closes(&s, &gate), ERR_CONFLICT); /* no reason is given */
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_INT(closes(&s, &gate), ERR_INVALID);
	CHECK_INT(gate.open, 2);
	CHECK_INT(gate.rules.hit[0].rule, 6);
	CHECK(rules_stop(&gate.rules));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_CHANGED, "Lyset kommer."));
	CHECK_INT(decided_send(&s, s.ole, "letter"), ERR_INVALID);
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_NOT_FOLLOWED, "Den er for dyr."));
	CHECK_INT(closes(&s, &gate), ERR_INVALID);
	CHECK_INT(gate.open, 0);
	CHECK_INT(gate.owed, 2);
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_OK(decided_send(&s, s.karen, "letter")); /* twice is once */
	CHECK_INT(closes(&s, &gate), ERR_INVALID);
	CHECK_INT(gate.owed, 1);
	CHECK_OK(decided_send(&s, s.ole, "phone"));
	CHECK_OK(closes(&s, &gate));
	CHECK_INT(decided_now(&s).state, DECISION_ANSWERED);
}

TEST_DB(decision_stays_as_it_was_told)
{
	struct decided s;
	decided_new(&s, arena, db);
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_CHANGED, "Lyset kommer."));
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_INT(decided_take(&s, "Nej alligevel."), ERR_CONFLICT);
	CHECK_INT(
	    decided_link(&s, TRACE_VOICE, s.light, GRADE_CONFIRMED, "Nå."),
	    ERR_CONFLICT);
	struct id dark = decided_insight(&s, "Der er mørkt.");
	CHECK_INT(decided_link(&s, TRACE_INSIGHT, dark, GRADE_CONFIRMED, "Nå."),
	    ERR_CONFLICT);
	CHECK_OK(decided_link(&s, TRACE_VOICE, s.path, GRADE_NOT_FOLLOWED,
	    "Den er for dyr.")); /* it had none */
}

/* guide:S10 later progress is told too. */
TEST_DB(decision_is_followed_up_and_told_of)
{
	struct decided s;
	struct decision_news news;
	decided_new(&s, arena, db);
	struct decision_told told = {
	    .id = id_new(NOW_US), .words = S("Lamperne er bestilt.")};
	struct decision d = decided_now(&s);
	CHECK_INT(
	    decision_tell(db, arena, &s.w.leader, &d, &told), ERR_CONFLICT);
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.path));
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	d = decided_now(&s);
	CHECK_OK(decision_tell(db, arena, &s.w.leader, &d, &told));
	CHECK_OK(decision_tell(db, arena, &s.w.leader, &d, &told));
	CHECK_OK(decision_news(db, arena, &s.w.leader, s.decision, &news));
	CHECK_INT(news.n, 1);
	CHECK_INT(
	    decision_follow(db, arena, &s.w.leader, &d, S("Der er lys nu.")),
	    ERR_CONFLICT);
	struct decision_gate gate;
	CHECK_OK(closes(&s, &gate)); /* nobody is owed anything */
	d = decided_now(&s);
	CHECK_INT(
	    decision_follow(db, arena, &s.w.leader, &d, S(" ")), ERR_INVALID);
	CHECK_OK(
	    decision_follow(db, arena, &s.w.leader, &d, S("Der er lys nu.")));
	CHECK_INT(decided_now(&s).state, DECISION_FOLLOWED);
}

static struct steps
waits(struct decided *s)
{
	struct plan plan;
	struct steps steps;
	struct world *w = &s->w;
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, &plan));
	CHECK_OK(waits_list(w->db, w->arena, &w->leader, &plan, &steps));
	return steps;
}

/* guide:S10 the leader is told what is missing, and until when. */
TEST_DB(decision_waits_for_its_reason_and_its_answers)
{
	struct decided s;
	decided_new(&s, arena, db);
	CHECK_INT(waits(&s).n, 0);
	CHECK_OK(decided_take(&s, ""));
	struct steps steps = waits(&s);
	CHECK_INT(steps.n, 1);
	CHECK_HAS(str_c(steps.list[0].message), S("Say why"));
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	steps = waits(&s);
	CHECK_INT(steps.n, 1);
	CHECK_HAS(str_c(steps.list[0].message), S("Answer those who spoke"));
	CHECK_HAS(steps.list[0].argument, S("20. december 2026"));
	CHECK(!steps.list[0].urgent);
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_CHANGED, "Lyset kommer."));
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	struct citizen c = {.in = actor_inside(&s.w.program, s.w.network),
	    .person.id = s.karen};
	struct reply_reaction r = {s.decision, S("question"), S("Hvornår?")};
	CHECK_OK(reply_react(db, arena, &c, &r));
	CHECK_INT(waits(&s).n, 2);
	CHECK_OK(reply_seen(db, arena, &s.w.leader, s.decision, s.karen));
	CHECK_INT(waits(&s).n, 1);
}

static enum err
end_network(struct decided *s)
{
	struct record r;
	struct record_saved saved;
	struct world *w = &s->w;
	CHECK_OK(record_get(
	    w->db, w->arena, &w->leader, KIND_NETWORK, w->network, &r));
	record_set(&r, "state", S("closed"));
	return record_save(w->db, w->arena, &w->leader, &r, &saved);
}

/* guide:S10 a network does not end with answers owed. */
TEST_DB(decision_that_is_not_answered_keeps_its_network_open)
{
	struct decided s;
	struct decision_gate gate;
	decided_new(&s, arena, db);
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_INT(end_network(&s), ERR_INVALID);
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.path));
	CHECK_OK(closes(&s, &gate)); /* nobody is owed anything any more */
	CHECK_OK(end_network(&s));
}

/* What is said after everybody had an answer is for the next decision. */
TEST_DB(decision_that_is_answered_takes_in_no_more)
{
	struct decided s;
	struct decision_gate gate;
	struct trace_overview o;
	decided_new(&s, arena, db);
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.path));
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.light, GRADE_CHANGED, "Lyset kommer."));
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_OK(closes(&s, &gate));
	(void)decided_say(&s, s.ole, "Nu er der lys.");
	CHECK_INT(decided_trace(&s).open, 0);
	CHECK_INT(decided_trace(&s).n, 1);
	CHECK_OK(trace_overview(db, arena, &s.w.leader, &o));
	CHECK_INT(o.sum[0].open, 0);
	CHECK_INT(o.n_orphans, 1); /* it is seen that nothing came of it yet */
}
