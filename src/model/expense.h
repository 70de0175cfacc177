/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_EXPENSE_H
#define MODEL_EXPENSE_H

#include "model/shift.h"

/* expense.h - what it cost people to help, and whether they have it back.
 *
 * It is noted after a shift with who came (shift_note_came()), for whoever was
 * on it.  One amount a person and shift; another amount is owed anew.  Of who is
 * erased nothing is owed, for nobody is known to give it to.
 * Memory: the caller's arena.  Tests: tests/model/expense.c
 */
struct expense {
	struct id person;
	struct shift shift; /* id, when, where, task_title */
	int64_t number, kroner;
	int64_t paid_us; /* 0: it is owed */
	struct str alias;
};
struct expenses {
	struct expense *list; /* what is owed first, then as the shifts came */
	ptrdiff_t n;
	int64_t owed, paid; /* kroner, of all of them */
};
/* Needs CAP_PEOPLE. */
enum err expense_list(struct db *, struct arena *, const struct actor *,
    struct expenses *) MUST_USE;

struct payment {
	struct shift_of of;
	int64_t kroner; /* as the page had it */
	bool paid; /* they have it back, or not yet after all */
};
/* Needs CAP_ASK.  ERR_CONFLICT: another amount is noted, or none, or somebody
 * else was faster. */
enum err expense_pay(
    struct db *, struct arena *, const struct actor *, struct payment) MUST_USE;

/* One person's own: what they gave, and what they are owed. */
struct expense_own {
	int64_t shifts, minutes, owed, paid;
};
enum err expense_own(struct db *, struct arena *, const struct actor *,
    struct id person, struct expense_own *) MUST_USE;

#endif
