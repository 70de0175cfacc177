/* SPDX-License-Identifier: MPL-2.0 */

/* What the networks owe people, and how late. */
#include "model/late.h"

#include "model/rights.h"
#include "tests/model/decided.h"

static struct lates
lates(struct decided *s)
{
	struct lates all;
	CHECK_OK(late_list(s->w.db, s->w.arena, &s->w.program, &all));
	return all;
}

static enum late_stage
stage_on(struct decided *s, const char *day)
{
	struct date date;
	CHECK(date_parse(str_c(day), &date));
	s->w.program.now_us = date_us(date) + 10 * HOUR_US;
	struct lates all = lates(s);
	CHECK_INT(all.n, 1);
	return all.list[0].stage;
}

/* guide:S10 from the decision on people wait: for the reason, then for their
 * answer, until everybody has one. */
TEST_DB(late_list_has_decisions_until_everybody_is_answered)
{
	struct decided s;
	struct decision_gate gate;
	decided_new(&s, arena, db);
	CHECK_INT(lates(&s).n, 0); /* nothing is decided */
	CHECK_OK(decided_take(&s, ""));
	struct lates all = lates(&s);
	CHECK_INT(all.n, 1);
	CHECK_INT(all.list[0].kind, LATE_REASON);
	CHECK_STR(date_iso(arena, all.list[0].due), S("2026-12-20"));
	CHECK(id_eq(all.list[0].leader, s.w.mette));
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	CHECK_INT(lates(&s).list[0].kind, LATE_ANSWERS);
	CHECK_STR(lates(&s).list[0].title, S("Lys ved skolen"));
	CHECK_INT(stage_on(&s, "2026-12-17"), LATE_NOT);
	CHECK_INT(stage_on(&s, "2026-12-18"), LATE_SOON);
	CHECK_INT(stage_on(&s, "2026-12-20"), LATE_SOON);
	CHECK_INT(stage_on(&s, "2026-12-21"), LATE_NOW);
	CHECK_INT(stage_on(&s, "2026-12-26"), LATE_NOW);
	CHECK_INT(stage_on(&s, "2026-12-27"), LATE_LONG);
	CHECK_OK(decided_link(&s, TRACE_VOICE, s.light, GRADE_SHAPED, "Tak."));
	CHECK_OK(decided_link(&s, TRACE_VOICE, s.path, GRADE_SHAPED, "Tak."));
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_OK(decided_send(&s, s.ole, "letter"));
	struct decision d = decided_now(&s);
	CHECK_OK(decision_close(db, arena, &s.w.leader, &d, &gate));
	CHECK_INT(lates(&s).n, 0);
}

TEST_DB(late_list_has_what_people_ask_about_their_data)
{
	struct decided s;
	struct right r = {.id = id_new(NOW_US), .kind = S("access")};
	decided_new(&s, arena, db);
	r.person = s.karen;
	CHECK(date_parse(S("2026-11-20"), &r.received));
	CHECK_OK(right_add(db, arena, &s.w.leader, &r));
	CHECK_OK(erasure_ask(db, arena, &s.w.leader, s.ole));
	struct lates all = lates(&s);
	CHECK_INT(all.n, 2);
	CHECK_INT(all.list[0].kind, LATE_REQUEST);
	CHECK_STR(date_iso(arena, all.list[0].due), S("2026-12-20"));
	CHECK_INT(all.list[1].kind, LATE_ERASURE);
	CHECK_STR(date_iso(arena, all.list[1].due), S("2026-12-24"));
	CHECK_INT(late_list(db, arena, &s.w.leader, &all), ERR_DENIED);
	CHECK_OK(person_erase(db, arena, &s.w.leader, s.ole));
	CHECK_INT(lates(&s).n, 1);
}

TEST_DB(late_is_told_once_a_stage)
{
	struct decided s;
	decided_new(&s, arena, db);
	CHECK_OK(decided_take(&s, ""));
	struct late late = lates(&s).list[0];
	late.stage = LATE_SOON;
	CHECK_OK(late_tell(db, &s.w.program, &late, s.w.mette));
	CHECK_INT(late_tell(db, &s.w.program, &late, s.w.mette), ERR_NOT_FOUND);
	CHECK_OK(late_tell(db, &s.w.program, &late, s.w.ali));
	late.stage = LATE_NOW;
	CHECK_OK(late_tell(db, &s.w.program, &late, s.w.mette));
	late.kind = LATE_ANSWERS; /* the reason is given, the answers are not */
	CHECK_OK(late_tell(db, &s.w.program, &late, s.w.mette));
	late.due.year++; /* it may take longer */
	CHECK_OK(late_tell(db, &s.w.program, &late, s.w.mette));
}
