/* SPDX-License-Identifier: MPL-2.0 */

/* Many rows in one statement: each text is a statement of its database, and
 * each row goes in once, whatever the number. */
#include "model/many.h"

#include "base/buf.h"
#include "base/secret.h"
#include "model/search.h"
#include "tests/model/fixture.h"

TEST_DB(many_rows_are_statements_on_both_databases)
{
	enum many_table another =
	    db_kind(db) == DB_SQLITE ? MANY_WORDS_POSTGRES : MANY_WORDS_SQLITE;
	for (int i = 0; i < MANY_TABLES; i++) {
		enum many_table table = (enum many_table)i;
		if (table == another ||
		    (table == MANY_NUMBERS_SQLITE &&
			db_kind(db) == DB_POSTGRES))
			continue;
		CHECK_OK(db_prepare(db, many_sql(table, false)));
		CHECK_OK(db_prepare(db, many_sql(table, true)));
	}
}

/* One fewer than a statement's, one more, and none. */
TEST_DB(many_rows_go_in_once_and_say_which_were_new)
{
	static const ptrdiff_t counts[] = {
	    0, 1, MANY_ROWS - 1, MANY_ROWS, MANY_ROWS + 1, 3 * MANY_ROWS + 7};
	struct world w;
	int64_t before = 0;
	world_new(&w, arena, db);
	for (ptrdiff_t k = 0; k < COUNT_OF(counts); k++) {
		ptrdiff_t n = counts[k];
		struct ids new;
		struct hash *hash = arena_new(arena, struct hash, n);
		struct db_value *each =
		    arena_new(arena, struct db_value, 2 * n);
		const struct db_value shared[] = {
		    DB_ID(w.leader.org), DB_ID(w.leader.network)};
		for (ptrdiff_t i = 0; i < n; i++) {
			hash[i] = hash_of(str_fmt(arena, "%td", i));
			each[2 * i] = DB_HASH(hash[i]);
			each[2 * i + 1] = DB_ID(id_new(w.leader.now_us));
		}
		CHECK_OK(many_all(db, arena, MANY_SEEN,
		    &(struct many){shared, each, n}, &new));
		CHECK_INT(new.n, n > before ? n - before : 0);
		for (ptrdiff_t i = 0; i < new.n; i++)
			CHECK(
			    id_eq(new.list[i], each[2 * (before + i) + 1].id));
		before = n > before ? n : before;
	}
}

/* What came in together is found as what came in one by one is. */
TEST_DB(many_texts_are_found_newest_first_and_go_again)
{
	enum { N = 2 * MANY_ROWS + 3 };
	struct world w;
	struct search_text list[N];
	struct search_hits hits;
	bool left;
	world_new(&w, arena, db);
	struct search_text one = {
	    S("contribution"), id_new(NOW_US), NOW_US, S("En anden legeplads")};
	CHECK_OK(search_put(db, arena, &w.leader, &one));
	for (int i = 0; i < N; i++)
		list[i] = (struct search_text){.id = id_new(NOW_US),
		    .text = str_fmt(arena, "Legeplads nummer%d er lukket", i)};
	CHECK_OK(search_add(db, arena, &w.leader,
	    &(struct search_texts){S("contribution"), NOW_US, list, N}));
	struct search_find f = {.query = S("legepladser"), .most = 1000};
	CHECK_OK(search_find(db, arena, &w.leader, &f, &hits));
	CHECK_INT(hits.n, N + 1);
	for (int i = 0; i < N; i++)
		CHECK(id_eq(hits.list[i].id, list[N - 1 - i].id));
	CHECK(id_eq(hits.list[N].id, one.id));
	f.query = S("nummer21 \"er lukket\"");
	CHECK_OK(search_find(db, arena, &w.leader, &f, &hits));
	CHECK_INT(hits.n, 1);
	CHECK_OK(search_drop(db, arena, &w.leader, list[21].id));
	CHECK_OK(search_find(db, arena, &w.leader, &f, &hits));
	CHECK_INT(hits.n, 0);
	CHECK_OK(search_clear(db, arena, &w.leader, 1000, &left));
	CHECK(!left);
}
