/* SPDX-License-Identifier: MPL-2.0 */

/* How it was to take part: paper that is kept whole or not at all, and means
 * that few do not show. */
#include "model/experience.h"

#include <math.h>

#include "tests/model/fixture.h"

/* guide:S29: hidden under k, question by question. */
TEST_DB(experience_hides_means_of_few)
{
	enum { K = 5 };
	struct world w;
	struct experience_rows all;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_ACTIVITY);
	world_save(&w, &r);
	struct experience_sheets s = {.activity = r.id,
	    .text = S("1; 4 5 x 3\n2; 4 5 - 3\n3; 4 4 4 3\n4; 4 4 4 3\n")};
	CHECK_OK(experience_paper(db, arena, &w.leader, &s));
	CHECK_INT(s.taken, 4);
	CHECK_OK(experience_list(db, arena, &w.leader, K, &all));
	CHECK_INT(all.n, 1);
	CHECK_INT(all.list[0].answered, 4);
	CHECK(isnan(all.list[0].mean[0]));
	s.text = S("5; 5 5 5 5\n5; 4 5 5 5\n");
	CHECK_OK(experience_paper(db, arena, &w.leader, &s));
	CHECK_OK(experience_list(db, arena, &w.leader, K, &all));
	CHECK_INT(all.list[0].answered, 5);
	CHECK(all.list[0].mean[0] == 4);
	CHECK(isnan(all.list[0].mean[2]));
}

TEST_DB(experience_keeps_all_lines_or_none)
{
	static const char *const bad[] = {"1; 4 5 3 3\n2; 4 5 3",
	    "1; 4 5 3 3\n2; 4 5 3 6", "1; 4 5 3 3\n; 4 5 3 3",
	    "1; 4 5 3 3\n2; 4 5 3 3 3"};
	struct world w;
	struct experience_rows all;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_ACTIVITY);
	world_save(&w, &r);
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct experience_sheets s = {
		    .activity = r.id, .text = str_c(bad[i])};
		CHECK_INT(
		    experience_paper(db, arena, &w.leader, &s), ERR_INVALID);
		CHECK_INT(s.wrong, 2);
		CHECK_INT(
		    experience_paper(db, arena, &w.decider, &s), ERR_DENIED);
	}
	CHECK_OK(experience_list(db, arena, &w.leader, 1, &all));
	CHECK_INT(all.n, 0);
	struct experience_sheets nowhere = {
	    .activity = id_new(NOW_US), .text = S("1; 1 1 1 1")};
	CHECK_INT(
	    experience_paper(db, arena, &w.leader, &nowhere), ERR_NOT_FOUND);
}

/* R4: of somebody under 15 nothing is kept before a guardian has said yes. */
TEST_DB(experience_of_a_child_waits_for_a_guardian)
{
	struct world w;
	struct experience_rows all;
	struct experience x = {{4, 4, 4, 4}};
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_ACTIVITY);
	world_save(&w, &r);
	struct citizen sofie = {.in = w.leader,
	    .person.id = id_new(NOW_US),
	    .ask = {{.activity = r.id, .answer = S("yes"), .over = true}},
	    .n_asks = 1,
	    .needs_guardian = true};
	CHECK(!experience_asked(&sofie, r.id));
	CHECK_INT(experience_put(db, arena, &sofie, r.id, &x), ERR_NOT_FOUND);
	sofie.needs_guardian = false; /* the slip came */
	CHECK_OK(experience_put(db, arena, &sofie, r.id, &x));
	CHECK_OK(experience_put(db, arena, &sofie, r.id, &x)); /* twice */
	CHECK_OK(experience_list(db, arena, &w.leader, 1, &all));
	CHECK_INT(all.list[0].answered, 1);
}

/* A guardian's yes that was taken back: no answer more, but what was answered
 * is hers to take away, and nobody else's. */
TEST_DB(experience_is_taken_back_by_its_own_alone)
{
	struct world w;
	struct experience_rows all;
	struct experience x = {{4, 4, 4, 4}};
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_ACTIVITY);
	world_save(&w, &r);
	struct citizen sofie = {.in = w.leader,
	    .person.id = id_new(NOW_US),
	    .ask = {{.activity = r.id, .answer = S("yes"), .over = true}},
	    .n_asks = 1};
	struct citizen karen = sofie;
	karen.person.id = id_new(NOW_US);
	CHECK_OK(experience_put(db, arena, &sofie, r.id, &x));
	CHECK_OK(experience_take_back(db, arena, &karen, r.id));
	CHECK_OK(experience_get(db, arena, &sofie, r.id, &x));
	sofie.needs_guardian = true;
	CHECK(experience_was_there(&sofie, r.id));
	CHECK_OK(experience_take_back(db, arena, &sofie, r.id));
	CHECK_OK(experience_take_back(db, arena, &sofie, r.id));
	CHECK_INT(experience_get(db, arena, &sofie, r.id, &x), ERR_NOT_FOUND);
	CHECK_OK(experience_list(db, arena, &w.leader, 1, &all));
	CHECK_INT(all.n, 0);
}
