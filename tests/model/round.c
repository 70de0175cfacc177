/* SPDX-License-Identifier: MPL-2.0 */

/* Rounds of priorities: what opens and closes one, and what stays as it was. */
#include "model/round.h"

#include "model/demo_citizen.h"
#include "model/setting.h"
#include "tests/model/rounds.h"

static const char THREE[] = "En rampe\nEn bænk\nEt fælles måltid";

static enum err
change(struct world *w, const struct round *r, const char *field,
    const char *value)
{
	struct record_saved saved;
	struct record mine = r->record;
	record_set(&mine, field, str_c(value));
	return record_save(w->db, w->arena, &w->leader, &mine, &saved);
}

TEST_DB(round_is_frozen_once_it_is_open)
{
	struct world w;
	struct round_option one = {.title = S("En til")};
	struct round_options more = {&one, 1};
	world_new(&w, arena, db);
	struct round r = rounds_draft(&w, ROUND_APPROVAL, THREE);
	CHECK_OK(change(&w, &r, "question", "Hvad først?"));
	r = rounds_now(&w, &r);
	CHECK_OK(round_begin(db, arena, &w.leader, &r));
	CHECK_INT(r.state, ROUND_OPEN);
	CHECK_STR(record_value(&r.record, "opened"), S("2026-11-24"));
	CHECK_INT(change(&w, &r, "question", "Noget andet"), ERR_INVALID);
	CHECK_INT(change(&w, &r, "method", "stars"), ERR_INVALID);
	CHECK_INT(
	    round_options_add(db, arena, &w.leader, &r, &more), ERR_CONFLICT);
	CHECK_INT(round_option_drop(db, arena, &w.leader, &r, 1), ERR_CONFLICT);
	CHECK_INT(record_remove(db, arena, &w.leader, KIND_ROUND, r.record.id,
		      r.record.rev),
	    ERR_CONFLICT);
	/* The twin: the last day may move, and the note be written. */
	CHECK_OK(change(&w, &r, "ends", "2026-12-24"));
	r = rounds_now(&w, &r);
	CHECK_OK(change(&w, &r, "note", "Vi læser det i januar."));
	r = rounds_now(&w, &r);
	CHECK_OK(round_close(db, arena, &w.leader, &r));
	CHECK_INT(change(&w, &r, "ends", "2027-12-24"), ERR_INVALID);
	CHECK_INT(round_begin(db, arena, &w.leader, &r), ERR_CONFLICT);
	CHECK_INT(round_close(db, arena, &w.leader, &r), ERR_CONFLICT);
}

/* No form says which state it is in. */
TEST_DB(round_state_is_no_field_of_a_form)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = rounds_draft(&w, ROUND_APPROVAL, THREE);
	CHECK_OK(change(&w, &r, "state", "open"));
	CHECK_INT(rounds_now(&w, &r).state, ROUND_DRAFT);
}

TEST_DB(round_needs_options_and_prices_to_open)
{
	struct world w;
	struct round_fault fault;
	struct round_options list;
	world_new(&w, arena, db);
	struct round r = rounds_draft(&w, ROUND_APPROVAL, "Kun én");
	CHECK(round_missing(&r, NOW_US) != NULL);
	CHECK_INT(round_begin(db, arena, &w.leader, &r), ERR_CONFLICT);
	CHECK_OK(round_options_titles(
	    db, arena, &w.leader, &r, S("Idé 1\nIdé 2\nKun én")));
	r = rounds_now(&w, &r);
	CHECK_INT(r.n_options, 3); /* one was there already */
	CHECK_OK(round_option_drop(db, arena, &w.leader, &r, 1));
	r = rounds_now(&w, &r);
	CHECK_STR(r.option[0].title, S("Idé 1"));
	CHECK_INT(r.option[1].number, 2);
	CHECK(round_missing(&r, NOW_US) == NULL);
	/* Priced options only. */
	struct round dear =
	    rounds_draft(&w, ROUND_BUDGET, "A; 40\nB; 1.060 kr");
	CHECK_INT(dear.option[1].cost, 1060);
	CHECK(!round_options_read(arena, &dear, S("\nC"), &list, &fault));
	CHECK_INT(fault.row, 2);
	CHECK(!round_options_read(
	    arena, &dear, S("Ring til 010190-1234; 5"), &list, &fault));
	/* Not by whoever only reads. */
	CHECK_INT(round_begin(db, arena, &w.participant, &dear), ERR_DENIED);
}

static bool
takes(struct world *w, const struct round *r, const char *day)
{
	struct date date;
	(void)w;
	CHECK(date_parse(str_c(day), &date));
	return round_takes(r, date_us(date) + 12 * HOUR_US);
}

/* trust.md case 97: a clock that is set back opens nothing again. */
TEST_DB(round_keeps_its_dates)
{
	struct world w;
	world_new(&w, arena, db);
	struct round r = rounds_draft(&w, ROUND_APPROVAL, THREE);
	CHECK_OK(change(&w, &r, "opens", "2026-12-01"));
	r = rounds_now(&w, &r);
	CHECK_OK(change(&w, &r, "ends", "2026-12-10"));
	r = rounds_now(&w, &r);
	CHECK(!takes(&w, &r, "2026-12-05"));
	CHECK_OK(round_begin(db, arena, &w.leader, &r));
	CHECK(!takes(&w, &r, "2026-11-30"));
	CHECK(takes(&w, &r, "2026-12-01"));
	CHECK(takes(&w, &r, "2026-12-10"));
	CHECK(!takes(&w, &r, "2026-12-11"));
	struct actor before = w.program, after = w.program;
	after.now_us += 20 * DAY_US;
	CHECK_OK(round_sweep(db, arena, &before));
	CHECK_INT(rounds_now(&w, &r).state, ROUND_OPEN);
	CHECK_OK(round_sweep(db, arena, &after));
	r = rounds_now(&w, &r);
	CHECK_INT(r.state, ROUND_CLOSED);
	CHECK(!takes(&w, &r, "2026-12-05"));
	CHECK_OK(round_sweep(db, arena, &before));
	CHECK_INT(rounds_now(&w, &r).state, ROUND_CLOSED);
}

static const struct turnout *
find(const struct turnouts *all, enum round_side side, bool paper)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (all->list[i].side == side &&
		    paper == str_eq(all->list[i].part, S("paper")))
			return &all->list[i];
	}
	return NULL;
}

static void
check_turnout(struct world *w, const struct round *r)
{
	struct turnouts all;
	CHECK_OK(round_turnout(w->db, w->arena, &w->leader, r, &all));
	const struct turnout *t = find(&all, SIDE_CITIZENS, false);
	CHECK(t != NULL);
	CHECK_INT(t->invited, 1);
	CHECK_INT(t->could, 1);
	CHECK_INT(t->voted, 1);
	t = find(&all, SIDE_NETWORK, false);
	CHECK_INT(t->could, 2); /* Mette and Ali */
	CHECK_INT(t->voted, 1);
	t = find(&all, SIDE_LEADERSHIP, false);
	CHECK_INT(t->could, 1);
	CHECK_INT(t->voted, 0);
}

TEST_DB(round_turnout_stays_when_it_closes)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct world w;
	struct str token;
	struct citizen karen;
	struct elector v;
	world_new(&w, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record part = world_record(&w, kinds[i]);
		world_save(&w, &part);
	}
	CHECK_OK(demo_citizen(db, arena, &w.leader, &token));
	struct round r = rounds_open(&w, ROUND_APPROVAL, THREE);
	CHECK_OK(citizen_enter(db, arena, &w.program, hash_of(token), &karen));
	v = ballot_citizen(arena, &r, &karen);
	CHECK_OK(rounds_cast(&w, &v, "1:1 3:1"));
	CHECK_OK(ballot_staff(db, arena, &w.participant, &r, &v));
	CHECK_INT(v.side, SIDE_NETWORK);
	CHECK_OK(rounds_cast(&w, &v, "2:1"));
	check_turnout(&w, &r);
	CHECK_OK(round_close(db, arena, &w.leader, &r));
	check_turnout(&w, &r);
	/* Nobody's ballot can be found any more. */
	struct ballot b;
	v = ballot_citizen(arena, &r, &karen);
	CHECK_INT(ballot_get(db, arena, &w.leader, &v, &b), ERR_NOT_FOUND);
}

TEST_DB(round_result_is_seen_when_it_closes)
{
	struct world w;
	bool seen;
	struct setting s = {S("rankings_live"), S("1")};
	world_new(&w, arena, db);
	struct round r = rounds_open(&w, ROUND_APPROVAL, THREE);
	CHECK_OK(tally_is_seen(db, arena, &w.leader, &r, &seen));
	CHECK(!seen);
	CHECK_OK(setting_save(db, arena, &w.program, &s));
	CHECK_OK(tally_is_seen(db, arena, &w.leader, &r, &seen));
	CHECK(seen);
	s.value = S("0");
	CHECK_OK(setting_save(db, arena, &w.program, &s));
	CHECK_OK(round_close(db, arena, &w.leader, &r));
	CHECK_OK(tally_is_seen(db, arena, &w.leader, &r, &seen));
	CHECK(seen);
}
