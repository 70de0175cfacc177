/* SPDX-License-Identifier: MPL-2.0 */
#include "web/write.h"

#include "tests/web/writes.h"

static enum err
outcome(void *arg, struct db *db)
{
	const enum err *e = arg;
	(void)db;
	return *e;
}

/* The lane is often done before lane_submit() has returned: what it said must
 * not be lost then. */
TEST(write_wait_gives_what_the_lane_said)
{
	struct db_place place = test_place(arena, DB_SQLITE);
	writes_tables(arena, &place);
	struct lanes *lanes = writes_lanes(arena, &place, 1, 0);
	for (int i = 0; i < 500; i++) {
		enum err want = i % 5 == 0 ? ERR_OK : ERR_NOT_FOUND;
		CHECK_INT(
		    write_wait(lanes, writes_org, arena, outcome, &want), want);
	}
	lanes_close(lanes);
	enum err want = ERR_OK;
	CHECK_INT(
	    write_wait(lanes, writes_org, arena, outcome, &want), ERR_UNAVAIL);
}
