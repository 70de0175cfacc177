/* SPDX-License-Identifier: MPL-2.0 */

/* A network moves between installations, and is the same there (P21). */
#include "model/datamap.h"
#include "model/transfer_parts.h"
#include "tests/model/transfer_place.h"

/* ---- the list of tables ---- */

static int
lines_of(struct str table)
{
	struct transfer_lines all = transfer_lines();
	int n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++)
		n += str_eq(str_c(all.list[i].table), table);
	return n;
}

/* The first table of these migrations without exactly one line, or "". */
static struct str
forgotten(struct arena *a, struct migrations all, enum db_kind kind)
{
	struct tables tables = tables_of(a, all, kind);
	for (ptrdiff_t i = 0; i < tables.n; i++) {
		if (lines_of(tables.list[i].name) != 1)
			return tables.list[i].name;
	}
	return S("");
}

TEST(transfer_every_table_goes_or_says_why_it_stays)
{
	struct transfer_lines lines = transfer_lines();
	struct datamap map = datamap();
	struct migrations all = migrate_embedded();
	CHECK_STR(forgotten(arena, all, DB_SQLITE), S(""));
	CHECK_STR(forgotten(arena, all, DB_POSTGRES), S(""));
	for (ptrdiff_t i = 0; i < map.n; i++)
		CHECK_INT(lines_of(str_c(map.list[i].table)), 1);
	for (ptrdiff_t i = 0; i < lines.n; i++) {
		CHECK(datamap_find(str_c(lines.list[i].table)) != NULL);
		bool stays = lines.list[i].way == TRANSFER_STAYS ||
		    lines.list[i].way == TRANSFER_ANEW;
		CHECK(stays == (lines.list[i].why != NULL));
	}

	struct migration *more = arena_new(arena, struct migration, all.n + 1);
	struct str text =
	    S("CREATE TABLE forgotten (\n\torg :id NOT NULL,\n"
	      "\tnetwork :id NOT NULL,\n\tPRIMARY KEY (org, network)\n"
	      ") :strict;\n");
	memcpy(more, all.list, (size_t)all.n * sizeof *more);
	more[all.n] = (struct migration){9999, S("forgotten"), text, text};
	all = (struct migrations){more, all.n + 1};
	CHECK_STR(forgotten(arena, all, DB_SQLITE), S("forgotten"));
}

/* The first "table.column" of bytes that transfer.def does not tell of; every
 * column of a table that goes is one of the plan's. */
static struct str
untold_bytes(struct arena *a, const char *but)
{
	struct transfer_lines lines = transfer_lines();
	struct tables tables = tables_of(a, migrate_embedded(), DB_SQLITE);
	for (ptrdiff_t i = 0; i < lines.n; i++) {
		const struct table *t =
		    tables_find(&tables, str_c(lines.list[i].table));
		struct str told = str_c(lines.list[i].bytes);
		if (lines.list[i].way != TRANSFER_GOES)
			continue;
		CHECK(t != NULL);
		CHECK_INT(transfer_find(t->name)->n, t->n - 2);
		for (ptrdiff_t c = 0; c < t->n; c++) {
			struct str name = t->column[c].name;
			struct str word = str_cat(a, name, S(":"));
			CHECK(t->column[c].type != COLUMN_OTHER);
			if (t->column[c].type == COLUMN_BYTES &&
			    (str_find(told, word) < 0 ||
				str_eq(name, str_c(but))))
				return STR_JOIN(a, t->name, S("."), name);
		}
	}
	return S("");
}

TEST(transfer_says_of_all_bytes_whether_they_are_bound_to_the_key)
{
	CHECK_STR(untold_bytes(arena, ""), S(""));
	CHECK_STR(untold_bytes(arena, "voter"), S("ballot.voter"));
}

TEST_DB(transfer_statements_are_prepared)
{
	const struct transfer_plan *plan = transfer_plan();
	CHECK(plan->n > 80);
	for (ptrdiff_t i = 0; i < plan->n; i++) {
		const struct transfer_table *t = &plan->list[i];
		const char *next = transfer_sql(t, TRANSFER_NEXT);
		CHECK_OK(db_prepare(db, transfer_sql(t, TRANSFER_FIRST)));
		CHECK_OK(db_prepare(db, transfer_sql(t, TRANSFER_INSERT)));
		if (next != NULL)
			CHECK_OK(db_prepare(db, next));
	}
	CHECK(plan->n_stay > 5);
	for (ptrdiff_t i = 0; i < plan->n_stay; i++)
		CHECK_OK(db_prepare(db, plan->stay[i].count));
}

/* ---- and back ---- */

/* From the example to an empty place on `kind`, and from there to one on the
 * other database, and out again. */
static void
go_round(struct arena *a, enum db_kind from, enum db_kind to)
{
	struct place one, two, three;
	struct transfer_result r;
	place_new(&one, a, from);
	place_new(&two, a, to);
	place_new(&three, a, from);
	struct id network = place_example(&one);
	place_empty(&two, "else@soeby.example");
	place_empty(&three, "else@soeby.example");

	struct str first = place_export(&one, network, &r);
	CHECK(r.rows > 1000);
	CHECK(r.people > 0 && r.staff > 3);
	int64_t rows = r.rows;
	CHECK_OK(place_import(&two, first, nobody, &r));
	CHECK_INT(r.rows, rows);
	CHECK_INT(r.new_staff, r.staff);
	struct str second = place_export(&two, network, &r);
	CHECK_STR(place_differs(a, first, second), S(""));
	CHECK_OK(place_import(&three, second, nobody, &r));
	CHECK_STR(
	    place_differs(a, first, place_export(&three, network, &r)), S(""));
}

TEST(transfer_round_trip_is_equal_on_sqlite)
{
	go_round(arena, DB_SQLITE, DB_SQLITE);
}

TEST(transfer_round_trip_is_equal_over_postgresql)
{
	go_round(arena, DB_SQLITE, DB_POSTGRES);
}

TEST(transfer_round_trip_is_equal_from_postgresql)
{
	go_round(arena, DB_POSTGRES, DB_SQLITE);
}
