/* SPDX-License-Identifier: MPL-2.0 */

/* Every SQL_X of the model is a statement on both databases. */
#include "tests/db/sql_list.h"

#include "tests/test.h"

/* Whether it is for the other database alone. */
static bool
is_for_another(const struct sql_item *s, const struct db *db)
{
	struct str name = str_c(s->name);
	return str_ends(
	    name, db_kind(db) == DB_SQLITE ? S("_POSTGRES") : S("_SQLITE"));
}

TEST_DB(statements_of_the_model_are_prepared)
{
	int bad = 0;
	for (const struct sql_item *s = sql_list; s->text != NULL; s++) {
		if (is_for_another(s, db) || db_prepare(db, s->text) == ERR_OK)
			continue;
		print_error("%s:%d: %s is no statement of this database "
			    "(SAMSKAB_TEST_LOG=1 says why)\n",
		    s->file, s->line, s->name);
		bad++;
	}
	CHECK(sql_count > 0);
	CHECK_INT(bad, 0);
}

TEST_DB(statements_that_are_none_are_noticed)
{
	CHECK_INT(db_prepare(db, "SELECT nix FROM organisation"), ERR_INTERNAL);
	CHECK_INT(db_prepare(db, "SELECT org FORM organisation"), ERR_INTERNAL);
	CHECK_OK(db_prepare(db, "SELECT org FROM organisation"));
}
