/* SPDX-License-Identifier: MPL-2.0 */

/* A ballot that is changed in the database after a round closed is found. */
#include "model/round_seal.h"

#include "base/buf.h"
#include "tests/model/rounds.h"

static struct round
closed_round(struct world *w)
{
	struct round r = rounds_open(w, ROUND_APPROVAL, "A\nB\nC");
	for (int i = 0; i < 7; i++) {
		struct elector v = rounds_voter(w, &r, SIDE_CITIZENS, i);
		CHECK_OK(rounds_cast(w, &v, i < 4 ? "1:1" : "2:1 3:1"));
	}
	CHECK_OK(round_close(w->db, w->arena, &w->leader, &r));
	return r;
}

static ptrdiff_t
findings(struct world *w)
{
	struct audit_report report;
	CHECK_OK(audit_verify(w->db, w->arena, NULL, 0, &report));
	CHECK_OK(round_verify(w->db, w->arena, &report));
	return report.n_faults;
}

static void
meddle(struct world *w, const char *sql, ptrdiff_t want)
{
	CHECK_OK(db_begin(w->db));
	CHECK_OK(db_script(w->db, str_c(sql)));
	CHECK_INT(findings(w), want);
	db_rollback(w->db);
	CHECK_INT(findings(w), 0);
}

/* trust.md case 86 */
TEST_DB(round_seal_shows_what_was_changed_afterwards)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = closed_round(&w);
	CHECK_INT(r.state, ROUND_CLOSED);
	CHECK_INT(findings(&w), 0);
	meddle(&w,
	    "UPDATE ballot SET choices = '3:1'"
	    " WHERE choices = '1:1'",
	    1);
	meddle(&w, "DELETE FROM ballot WHERE choices = '1:1'", 1);
	meddle(&w,
	    "UPDATE ballot SET side = 'leadership'"
	    " WHERE choices = '1:1'",
	    1);
	meddle(&w, "UPDATE round_option SET title = 'C2' WHERE number = 3", 1);
	meddle(&w, "UPDATE round SET state = 'open'", 1);
	meddle(&w, "UPDATE round SET budget = 5", 1);
	/* The chain is what the seal stands in. */
	meddle(&w, "DELETE FROM audit WHERE action LIKE 'round.seal %'", 2);
}

/* A round that is still open is no finding. */
TEST_DB(round_seal_is_of_closed_rounds_alone)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_APPROVAL, "A\nB");
	struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, 1);
	CHECK_OK(rounds_cast(&w, &v, "1:1"));
	CHECK_INT(findings(&w), 0);
}

static const char SQL_ORDER[] =
    "SELECT choices FROM ballot WHERE org = $1 AND round = $2";

/* Rows lie in the order of random numbers, not in that of coming: of 40 voters
 * who each voted after the other, the rows are in another order each time. */
TEST_DB(round_ballots_lie_in_no_order)
{
	struct world w;
	struct db_rows rows;
	struct buf options = buf_new(arena, 1000);
	int in_order = 0;
	world_new(&w, arena, db);
	for (int i = 1; i <= 40; i++)
		buf_fmt(&options, "%d\n", i);
	struct round r =
	    rounds_open(&w, ROUND_APPROVAL, str_cstr(arena, buf_str(&options)));
	for (int i = 1; i <= 40; i++) {
		struct elector v = rounds_voter(&w, &r, SIDE_CITIZENS, i);
		CHECK_OK(rounds_cast(
		    &w, &v, str_cstr(arena, str_fmt(arena, "%d:1", i))));
	}
	CHECK_OK(round_close(db, arena, &w.leader, &r));
	CHECK_OK(db_all(
	    db, arena, SQL_ORDER, &rows, DB_ID(w.org.id), DB_ID(r.record.id)));
	CHECK_INT(rows.n, 40);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct str text = db_text(&rows.row[i], 0);
		int64_t n = 0;
		CHECK(str_int(str_cut(&text, ':'), &n));
		in_order += n == i + 1;
	}
	CHECK(in_order < 20);
}
