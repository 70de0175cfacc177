/* SPDX-License-Identifier: MPL-2.0 */

/* What it cost people to help: noted, owed, and paid back. */
#include "model/expense.h"

#include "tests/model/volunteers.h"

/* Two who came; the first laid out 40 kroner. */
static struct id
held(struct world *w, struct id person[2])
{
	struct id task = volunteers_task(w);
	struct id shift = volunteers_shift(w, task, "2026-11-25", "2");
	for (int i = 0; i < 2; i++) {
		person[i] = volunteers_pledged(w, task, 9, "week");
		CHECK_STR(volunteers_join(w, shift, person[i]), S("in"));
	}
	w->leader.now_us += 2 * DAY_US;
	for (int i = 0; i < 2; i++) {
		struct shift_note note = {
		    shift, person[i], S("yes"), 90, i == 0 ? 40 : 0};
		CHECK_OK(shift_note_came(w->db, w->arena, &w->leader, &note));
	}
	return shift;
}

static struct expenses
all_of(struct world *w)
{
	struct expenses all;
	CHECK_OK(expense_list(w->db, w->arena, &w->leader, &all));
	return all;
}

TEST_DB(expense_is_owed_until_it_is_paid_back)
{
	struct world w;
	struct id person[2];
	struct expense_own own;
	world_new(&w, arena, db);
	struct id shift = held(&w, person);
	struct expenses all = all_of(&w);
	CHECK_INT(all.n, 1);
	CHECK(id_eq(all.list[0].person, person[0]));
	CHECK_STR(all.list[0].shift.task_title, S("Kaffe på fredage"));
	CHECK_INT(all.owed, 40);
	CHECK_INT(all.paid, 0);
	struct shift_of one = {shift, person[0]}, none = {shift, person[1]};
	/* The amount that was seen, once. */
	CHECK_INT(
	    expense_pay(db, arena, &w.leader, (struct payment){one, 41, true}),
	    ERR_CONFLICT);
	CHECK_OK(
	    expense_pay(db, arena, &w.leader, (struct payment){one, 40, true}));
	CHECK_INT(
	    expense_pay(db, arena, &w.leader, (struct payment){one, 40, true}),
	    ERR_CONFLICT);
	CHECK_INT(
	    expense_pay(db, arena, &w.leader, (struct payment){none, 0, true}),
	    ERR_CONFLICT);
	all = all_of(&w);
	CHECK_INT(all.owed, 0);
	CHECK_INT(all.paid, 40);
	CHECK_OK(expense_own(db, arena, &w.leader, person[0], &own));
	CHECK_INT(own.shifts, 1);
	CHECK_INT(own.minutes, 90);
	CHECK_INT(own.owed, 0);
	CHECK_INT(own.paid, 40);
	CHECK_OK(expense_pay(
	    db, arena, &w.leader, (struct payment){one, 40, false}));
	CHECK_INT(all_of(&w).owed, 40);
}

/* The same amount noted once more stays paid; another one is owed. */
TEST_DB(expense_of_another_amount_is_owed_anew)
{
	struct world w;
	struct id person[2];
	world_new(&w, arena, db);
	struct id shift = held(&w, person);
	struct shift_note note = {shift, person[0], S("yes"), 120, 40};
	CHECK_OK(expense_pay(db, arena, &w.leader,
	    (struct payment){{shift, person[0]}, 40, true}));
	CHECK_OK(shift_note_came(db, arena, &w.leader, &note));
	CHECK_INT(all_of(&w).paid, 40);
	note.kroner = 60;
	CHECK_OK(shift_note_came(db, arena, &w.leader, &note));
	CHECK_INT(all_of(&w).paid, 0);
	CHECK_INT(all_of(&w).owed, 60);
}

TEST_DB(expense_goes_with_its_person_and_needs_a_right)
{
	struct world w;
	struct id person[2];
	struct expenses all;
	world_new(&w, arena, db);
	struct id shift = held(&w, person);
	struct shift_of one = {shift, person[0]};
	CHECK_INT(expense_list(db, arena, &w.participant, &all), ERR_DENIED);
	CHECK_INT(expense_pay(db, arena, &w.participant,
		      (struct payment){one, 40, true}),
	    ERR_DENIED);
	CHECK_INT(all_of(&w).n, 1);
	CHECK_OK(person_erase(db, arena, &w.leader, person[0]));
	CHECK_INT(all_of(&w).n, 0);
}
