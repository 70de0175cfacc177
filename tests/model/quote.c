/* SPDX-License-Identifier: MPL-2.0 */

/* What may be quoted to whom (R11). */
#include "model/quote.h"

#include "model/evidence.h"
#include "model/merge.h"
#include "tests/model/decided.h"

static void
move(struct decided *s, struct id id, const char *state)
{
	struct contribution c;
	struct world *w = &s->w;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &c,
	    &(struct contribution_step){str_c(state), S("")}));
}

static void
speaks(struct decided *s, struct id insight, struct id voice, bool against)
{
	struct evidence e = {
	    .insight = insight, .contribution = voice, .against = against};
	CHECK_OK(evidence_put(s->w.db, s->w.arena, &s->w.leader, &e));
}

static struct quotes
quotes(struct decided *s, enum scope readers)
{
	struct quotes all;
	CHECK_OK(quote_list(s->w.db, s->w.arena, &s->w.decider, readers, &all));
	return all;
}

/* guide:S55 only what was looked through, for readers like these. */
TEST_DB(quote_needs_a_yes_for_such_readers)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct id dark = decided_insight(&s, "Der er mørkt.");
	speaks(&s, dark, s.light, false);
	speaks(&s, dark, s.path, true);
	CHECK_INT(quotes(&s, SCOPE_DECISION).n, 0); /* not let be used */
	move(&s, s.light, "approved");
	move(&s, s.path, "approved");
	struct quotes all = quotes(&s, SCOPE_DECISION);
	CHECK_INT(all.n, 2);
	CHECK_STR(all.list[0].words, S("Lys ved stien."));
	CHECK_STR(all.list[0].alias, S("Karen"));
	CHECK(!all.list[0].against && all.list[1].against);
	CHECK_INT(quotes(&s, SCOPE_PUBLIC).n, 0); /* she said no to that */
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	CHECK_INT(quotes(&s, SCOPE_DECISION).n, 1);
}

TEST_DB(quote_of_other_words_waits_for_her_yes)
{
	struct decided s;
	struct contribution c;
	decided_new(&s, arena, db);
	struct id dark = decided_insight(&s, "Der er mørkt.");
	speaks(&s, dark, s.light, false);
	move(&s, s.light, "approved");
	CHECK_INT(quotes(&s, SCOPE_DECISION).n, 1);
	CHECK_OK(contribution_get(db, arena, &s.w.leader, s.light, &c));
	CHECK_OK(contribution_reword(
	    db, arena, &s.w.leader, &c, S("Der skal lys på stien.")));
	CHECK_INT(quotes(&s, SCOPE_DECISION).n, 0);
}

TEST_DB(quote_of_a_merged_one_needs_each_origin)
{
	struct decided s;
	struct contribution c;
	decided_new(&s, arena, db);
	struct id dark = decided_insight(&s, "Der er mørkt.");
	struct merge m = {.id = id_new(NOW_US),
	    .of = {s.light, s.path},
	    .n = 2,
	    .kind = S("wish"),
	    .words = S("Lys og sti.")};
	CHECK_OK(contribution_merge(db, arena, &s.w.leader, &m));
	speaks(&s, dark, m.id, false);
	CHECK_OK(contribution_get(db, arena, &s.w.leader, m.id, &c));
	if (str_eq(c.state, S("received")))
		move(&s, m.id, "reviewed");
	move(&s, m.id, "approved");
	struct quotes all = quotes(&s, SCOPE_DECISION);
	CHECK_INT(all.n, 1);
	CHECK_STR(all.list[0].alias, S("")); /* it is nobody's own */
	CHECK_OK(contribution_get(db, arena, &s.w.leader, s.path, &c));
	c.scope = SCOPE_NETWORK;
	CHECK_OK(contribution_agree(db, arena, &s.w.leader, &c, S("")));
	CHECK_INT(quotes(&s, SCOPE_DECISION).n, 0);
}
