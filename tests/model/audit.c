/* SPDX-License-Identifier: MPL-2.0 */
#include "model/audit.h"

#include "base/buf.h"
#include "tests/model/fixture.h"

static ptrdiff_t
faults(struct world *w, const struct audit_head *known, ptrdiff_t n)
{
	struct audit_report report;
	CHECK_OK(audit_verify(w->db, w->arena, known, n, &report));
	return report.n_faults;
}

static void
grow(struct world *w, int n)
{
	for (int i = 0; i < n; i++)
		CHECK_OK(audit_add(w->db, w->arena, &w->leader, S("test.step"),
		    id_new(NOW_US + i)));
}

TEST_DB(an_untouched_chain_is_whole)
{
	struct world w;
	struct audit_report report;
	world_new(&w, arena, db);
	grow(&w, 50);
	CHECK_OK(audit_verify(db, arena, NULL, 0, &report));
	CHECK_INT(report.n_faults, 0);
	CHECK_INT(report.n_heads, 2);
	CHECK(report.rows > 60);
}

/* Each way of meddling with one row is seen, at every row of the chain. */
TEST_DB(every_edit_is_seen)
{
	static const char *const meddle[] = {
	    "UPDATE audit SET action = 'x' WHERE org = $1 AND chain = $2"
	    " AND seq = $3",
	    "UPDATE audit SET at_us = at_us + 1 WHERE org = $1"
	    " AND chain = $2 AND seq = $3",
	    "UPDATE audit SET account = NULL WHERE org = $1 AND chain = $2"
	    " AND seq = $3",
	    "DELETE FROM audit WHERE org = $1 AND chain = $2 AND seq = $3",
	};
	struct world w;
	int64_t seq;
	world_new(&w, arena, db);
	grow(&w, 20);
	CHECK_OK(audit_seq(db, arena, w.org.id, w.network, &seq));
	CHECK_OK(db_begin(db));
	for (int64_t row = 1; row <= seq; row++) {
		for (ptrdiff_t m = 0; m < COUNT_OF(meddle); m++) {
			CHECK_OK(db_savepoint(db));
			CHECK_OK(db_exec(db, meddle[m], NULL, DB_ID(w.org.id),
			    DB_ID(w.network), DB_INT(row)));
			CHECK(faults(&w, NULL, 0) > 0);
			CHECK_OK(db_undo(db));
		}
	}
	CHECK_INT(faults(&w, NULL, 0), 0);
	db_rollback(db);
}

TEST_DB(a_cut_tail_is_seen_with_an_exported_head)
{
	struct world w;
	struct audit_report report;
	struct db_row row;
	world_new(&w, arena, db);
	grow(&w, 10);
	CHECK_OK(audit_verify(db, arena, NULL, 0, &report));
	struct audit_head known[2] = {report.heads[0], report.heads[1]};
	CHECK_INT(faults(&w, known, 2), 0);
	int64_t last = known[0].seq, cut = last - 1;
	CHECK_OK(db_one(db, arena,
	    "SELECT hash FROM audit WHERE org = $1 AND chain = $2"
	    " AND seq = $3",
	    &row, DB_ID(known[0].org), DB_ID(known[0].chain), DB_INT(cut)));
	CHECK_OK(db_exec(db,
	    "DELETE FROM audit WHERE org = $1 AND chain = $2 AND seq > $3",
	    NULL, DB_ID(known[0].org), DB_ID(known[0].chain), DB_INT(cut)));
	CHECK_OK(db_exec(db,
	    "UPDATE audit_head SET seq = $3, hash = $4"
	    " WHERE org = $1 AND chain = $2",
	    NULL, DB_ID(known[0].org), DB_ID(known[0].chain), DB_INT(cut),
	    DB_BLOB(db_blob(&row, 0))));
	CHECK_INT(faults(&w, NULL, 0), 0); /* alone it looks whole */
	CHECK(faults(&w, known, 2) > 0);
}

TEST_DB(the_chain_holds_no_content)
{
	struct world w;
	struct db_rows rows;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_NEED);
	record_set(&r, "text", S("hemmeligkanarie"));
	world_save(&w, &r);
	CHECK_OK(db_all(db, arena, "SELECT action FROM audit WHERE org = $1",
	    &rows, DB_ID(w.org.id)));
	CHECK(rows.n > 0);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		CHECK_LACKS(db_text(&rows.row[i], 0), S("kanarie"));
}
