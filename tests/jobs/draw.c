/* SPDX-License-Identifier: MPL-2.0 */

/* A draw in the sandboxed child gives what one without walls gives. */
#include "base/buf.h"
#include "jobs/render.h"
#include "jobs/sortition.h"
#include "tests/test.h"

/* 12 people, half of them of each kind. */
static struct sortition
ask(struct arena *a, int least)
{
	struct buf people = buf_new(a, 4096);
	buf_add(&people, S("id,1 Alder\n"));
	for (int i = 0; i < 12; i++)
		buf_fmt(&people, "K-%d,%s\n", 1000 + i,
		    i % 2 == 0 ? "ung" : "gammel");
	return (struct sortition){
	    .people = buf_str(&people),
	    .targets = str_fmt(a,
		"feature,value,min,max\n1 Alder,ung,%d,%d\n"
		"1 Alder,gammel,1,4\n",
		least, least < 4 ? 4 : least),
	    .seed = S("3 1 6 6 2"),
	    .size = 4,
	};
}

TEST(draw_in_the_sandbox_is_the_draw_without)
{
	struct helper *h = NULL;
	struct helper_kinds kinds = render_kinds();
	struct sortition inside = ask(arena, 1), outside = ask(arena, 1);
	struct drawn drawn;
	CHECK_OK(helper_start(arena, kinds.list, kinds.n, &h));
	CHECK_OK(sortition_draw(h, arena, &inside));
	CHECK_OK(sortition_draw(NULL, arena, &outside));
	CHECK_STR(inside.state, S("done"));
	CHECK_STR(inside.proof, outside.proof);
	CHECK_STR(inside.result, outside.result);
	CHECK_OK(sortition_read(arena, inside.result, &drawn));
	CHECK_INT(drawn.n_panel, 4);
	CHECK_INT(drawn.n_chances, 12);
	CHECK_STR(drawn.method, S("leximin"));
	CHECK(drawn.min > 0.33 && drawn.max < 0.34);
	CHECK_INT(drawn.quota[0].panel + drawn.quota[1].panel, 4);
}

TEST(draw_that_cannot_be_says_the_smallest_change_by_name)
{
	struct sortition s = ask(arena, 7);
	struct drawn drawn;
	CHECK_OK(sortition_draw(NULL, arena, &s));
	CHECK_STR(s.state, S("impossible"));
	CHECK_STR(s.proof, S(""));
	CHECK_OK(sortition_read(arena, s.result, &drawn));
	CHECK(drawn.n_changes > 0);
	CHECK_STR(drawn.change[0].feature, S("1 Alder"));
	CHECK_STR(drawn.change[0].value, S("ung"));
	CHECK(drawn.change[0].min);
	CHECK_INT(drawn.change[0].is, 7);
}

TEST(draw_replaces_in_the_place_of_who_dropped_out)
{
	struct sortition s = ask(arena, 1);
	struct drawn drawn;
	s.stays = S("K-1000 K-1001");
	s.gone = S("K-1002 K-1003");
	CHECK_OK(sortition_draw(NULL, arena, &s));
	CHECK_STR(s.state, S("done"));
	CHECK_OK(sortition_read(arena, s.result, &drawn));
	CHECK_INT(drawn.n_panel, 2);
	for (int i = 0; i < 2; i++) {
		CHECK(!str_eq(drawn.panel[i], S("K-1000")));
		CHECK(!str_eq(drawn.panel[i], S("K-1002")));
	}
}

TEST(draw_of_what_is_no_table_fails)
{
	struct sortition s = ask(arena, 1);
	struct drawn drawn;
	s.people = S("id,age\n\"");
	CHECK_OK(sortition_draw(NULL, arena, &s));
	CHECK_STR(s.state, S("failed"));
	CHECK_INT(sortition_read(arena, S("[}"), &drawn), ERR_INTERNAL);
}
