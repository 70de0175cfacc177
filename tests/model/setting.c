/* SPDX-License-Identifier: MPL-2.0 */

/* What an organisation sets otherwise, within its range. */
#include "model/setting.h"

#include <stdio.h>

#include "model/rules.h"
#include "tests/model/fixture.h"

static enum err
set(struct world *w, const char *name, const char *value)
{
	struct actor who = w->program;
	struct setting s = {str_c(name), str_c(value)};
	who.caps |= CAP_CATALOGUE;
	return setting_save(w->db, w->arena, &who, &s);
}

static int64_t
number(struct world *w, const char *name)
{
	struct settings_now now;
	CHECK_OK(setting_list(w->db, w->arena, &w->program, &now));
	return setting_number(&now, str_c(name));
}

TEST_DB(setting_is_what_ships_until_it_is_set)
{
	struct world w;
	world_bare(&w, arena, db);
	CHECK_INT(number(&w, "k"), 5);
	CHECK_INT(number(&w, "first_answer_days"), 30);
	CHECK_INT(number(&w, "r2_people"), 8);
	CHECK_OK(set(&w, "k", "10"));
	CHECK_OK(set(&w, "r2_people", "6"));
	CHECK_INT(number(&w, "k"), 10);
	CHECK_INT(number(&w, "r2_people"), 6);
	CHECK_OK(set(&w, "k", ""));
	CHECK_INT(number(&w, "k"), 5);
}

TEST_DB(setting_keeps_its_range)
{
	struct world w;
	world_bare(&w, arena, db);
	CHECK_OK(set(&w, "k", "3"));
	CHECK_INT(set(&w, "k", "2"), ERR_INVALID);
	CHECK_INT(set(&w, "k", "51"), ERR_INVALID);
	CHECK_INT(set(&w, "k", "five"), ERR_INVALID);
	CHECK_INT(set(&w, "r2_people", "51"), ERR_INVALID);
	CHECK_INT(set(&w, "no_such", "1"), ERR_INVALID);
	CHECK_OK(set(&w, "dpo_contact", "dpo@fjordby.example"));
	CHECK_INT(number(&w, "k"), 3);
}

TEST_DB(setting_is_changed_by_the_secretariat_only)
{
	struct world w;
	struct setting s = {S("k"), S("10")};
	world_new(&w, arena, db);
	CHECK_INT(setting_save(db, arena, &w.participant, &s), ERR_DENIED);
	CHECK_INT(number(&w, "k"), 5);
}

/* The rules take the limits by the same names. */
TEST(setting_of_a_limit_is_one_that_the_rules_know)
{
	struct rule_limits limits = rule_limits_default();
	struct catalogue_items all = catalogue_list(S("limits"));
	(void)arena;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		int64_t least, most;
		char text[24];
		CHECK(setting_range(all.list[i].key, &least, &most));
		snprintf(text, sizeof text, "%lld", (long long)most);
		CHECK(setting_fault(all.list[i].key, str_c(text)) == NULL);
		CHECK(rule_limits_set(&limits, all.list[i].key, str_c(text)));
		snprintf(text, sizeof text, "%lld", (long long)most + 1);
		CHECK(setting_fault(all.list[i].key, str_c(text)) != NULL);
	}
}
