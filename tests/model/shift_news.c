/* SPDX-License-Identifier: MPL-2.0 */

/* What somebody is told of a shift that changed for them. */
#include "model/shift_news.h"

#include "tests/model/plain.h"
#include "tests/model/volunteers.h"

static struct shift_newses
due(struct world *w)
{
	struct shift_newses all;
	CHECK_OK(shift_news_due(w->db, w->arena, &w->program, &all));
	return all;
}

static ptrdiff_t
by_hand(struct world *w)
{
	struct shift_newses all;
	CHECK_OK(shift_news_list(w->db, w->arena, &w->leader, &all));
	return all.n;
}

static void
leave(struct world *w, struct id shift, struct id person)
{
	CHECK_OK(shift_leave(
	    w->db, w->arena, &w->leader, (struct shift_of){shift, person}));
}

/* One is on it, two wait. */
static struct id
full_shift(struct world *w, struct id person[3])
{
	struct id task = volunteers_task(w);
	struct id shift = volunteers_shift(w, task, "2026-11-27", "1");
	for (int i = 0; i < 3; i++) {
		person[i] = volunteers_pledged(w, task, 2, "week");
		CHECK_STR(volunteers_join(w, shift, person[i]),
		    i < 1 ? S("in") : S("waiting"));
	}
	return shift;
}

TEST_DB(shift_news_is_of_who_moves_up_once)
{
	struct world w;
	struct id person[3];
	world_new(&w, arena, db);
	struct id shift = full_shift(&w, person);
	CHECK_INT(due(&w).n, 0); /* what one did oneself is no news */
	leave(&w, shift, person[0]);
	struct shift_newses all = due(&w);
	CHECK_INT(all.n, 1);
	struct shift_news news = all.list[0];
	CHECK(id_eq(news.person, person[1]));
	CHECK_STR(news.what, S("moved_up"));
	CHECK_STR(news.shift.place, S("Biblioteket"));
	CHECK_STR(news.contact, S("Mette, 12 34 56 78"));
	CHECK(!news.late);
	CHECK(shift_news_is_place(&news));
	CHECK_STR(shift_news_words(arena, LANG_DA, &news),
	    S("Du er rykket op. Du er på denne vagt nu."));
	CHECK_OK(shift_news_settle(db, &w.program, &news, S("told")));
	CHECK_INT(due(&w).n, 0);
	CHECK_INT(by_hand(&w), 0);
	CHECK_OK(shift_news_settle(db, &w.program, &news, S("hand")));
	CHECK_INT(by_hand(&w), 0);
}

TEST_DB(shift_news_is_of_everybody_who_moves_up_at_once)
{
	struct world w;
	struct id person[3];
	world_new(&w, arena, db);
	struct id shift = full_shift(&w, person);
	CHECK_OK(shift_resize(db, arena, &w.leader, shift, 3));
	CHECK_INT(due(&w).n, 2);
}

/* They left it, it was cancelled, or it has begun. */
TEST_DB(shift_news_gets_late)
{
	struct world w;
	struct id person[3];
	world_new(&w, arena, db);
	struct id shift = full_shift(&w, person);
	leave(&w, shift, person[0]);
	leave(&w, shift, person[1]);
	struct shift_newses all = due(&w);
	CHECK_INT(all.n, 2);
	CHECK_INT(all.list[0].late + all.list[1].late, 1);
	CHECK_INT(by_hand(&w), 1);
	/* Last in line again, and up again: news again. */
	CHECK_STR(volunteers_join(&w, shift, person[1]), S("waiting"));
	leave(&w, shift, person[2]);
	CHECK_INT(by_hand(&w), 1);
	CHECK_OK(shift_leave(
	    db, arena, &w.leader, (struct shift_of){shift, person[1]}));
	CHECK_INT(by_hand(&w), 0);
}

/* Whoever is on it, waits or wishes hears that it is cancelled, and nothing
 * older; who has left hears nothing. */
TEST_DB(shift_news_is_of_all_when_it_is_cancelled)
{
	struct world w;
	struct id person[3];
	struct shift_newses all;
	world_new(&w, arena, db);
	struct id shift = full_shift(&w, person);
	leave(&w, shift, person[0]);
	CHECK_OK(shift_cancel(db, arena, &w.leader, shift, S("Lukket.")));
	CHECK_OK(shift_cancel(db, arena, &w.leader, shift, S("Lukket.")));
	CHECK_OK(shift_news_list(db, arena, &w.leader, &all));
	CHECK_INT(all.n, 2);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		CHECK(!id_eq(all.list[i].person, person[0]));
		CHECK(!shift_news_is_place(&all.list[i]));
		CHECK_STR(shift_news_words(arena, LANG_DA, &all.list[i]),
		    S("Denne vagt er aflyst. Lukket."));
	}
}

TEST_DB(shift_news_of_what_has_begun_is_late)
{
	struct world w;
	struct id person[3];
	world_new(&w, arena, db);
	struct id shift = full_shift(&w, person);
	leave(&w, shift, person[0]);
	CHECK_INT(by_hand(&w), 1);
	w.leader.now_us += 4 * DAY_US;
	w.program.now_us = w.leader.now_us;
	CHECK_INT(by_hand(&w), 0);
	CHECK(due(&w).list[0].late);
}

TEST_DB(shift_news_of_who_stopped_or_was_erased_is_gone)
{
	struct world w;
	struct id person[3];
	world_new(&w, arena, db);
	struct id shift = full_shift(&w, person);
	CHECK_OK(shift_resize(db, arena, &w.leader, shift, 3));
	CHECK_INT(by_hand(&w), 2);
	CHECK_OK(
	    person_set_state(db, arena, &w.leader, person[1], S("stopped")));
	CHECK_INT(by_hand(&w), 1);
	CHECK_OK(person_erase(db, arena, &w.leader, person[2]));
	CHECK_INT(by_hand(&w), 0);
	struct shift_newses all = due(&w);
	for (ptrdiff_t i = 0; i < all.n; i++)
		CHECK(!id_eq(all.list[i].person, person[2]));
}

/* Both are told that it went through. */
TEST_DB(shift_news_is_of_both_in_a_swap)
{
	struct world w;
	struct shift_answer answer;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id giver = volunteers_pledged(&w, task, 2, "week");
	struct id taker = volunteers_pledged(&w, task, 2, "week");
	struct id shift = volunteers_shift(&w, task, "2026-11-27", "1");
	CHECK_STR(volunteers_join(&w, shift, giver), S("in"));
	CHECK_OK(shift_offer(
	    db, arena, &w.leader, (struct shift_of){shift, giver}, true));
	CHECK_INT(due(&w).n, 0);
	CHECK_OK(shift_take(
	    db, arena, &w.leader, (struct shift_of){shift, taker}, &answer));
	struct shift_newses all = due(&w);
	CHECK_INT(all.n, 2);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		bool gives = id_eq(all.list[i].person, giver);
		CHECK(!all.list[i].late);
		CHECK_STR(all.list[i].what, gives ? S("handed") : S("took"));
		CHECK(shift_news_is_place(&all.list[i]) == !gives);
	}
}

/* Who got a place and who waits both hear how the sharing went. */
TEST_DB(shift_news_is_of_all_whose_wish_was_decided)
{
	struct world w;
	struct shift_faults f;
	struct id person[3];
	world_new(&w, arena, db);
	struct shift_new in = {.id = id_new(NOW_US),
	    .task = volunteers_task(&w),
	    .day = S("2026-11-27"),
	    .from = S("14"),
	    .to = S("16"),
	    .place = S("Biblioteket"),
	    .places = S("2"),
	    .weeks = S("1"),
	    .share_day = S("2026-11-25"),
	    .share_time = S("12")};
	CHECK_OK(shift_make(db, arena, &w.leader, &in, &f));
	for (int i = 0; i < 3; i++) {
		person[i] = volunteers_pledged(&w, in.task, 2, "week");
		CHECK_STR(volunteers_join(&w, in.id, person[i]), S("wish"));
	}
	CHECK_INT(due(&w).n, 0);
	w.program.now_us += 2 * DAY_US;
	CHECK_OK(shift_sweep(db, arena, &w.program));
	CHECK_OK(shift_sweep(db, arena, &w.program));
	struct shift_newses all = due(&w);
	int64_t on = 0;
	CHECK_INT(all.n, 3);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		CHECK(!all.list[i].late);
		on += str_eq(all.list[i].what, S("shared"));
	}
	CHECK_INT(on, 2);
}

TEST_DB(shift_news_needs_the_right_to_look_and_to_ask)
{
	struct world w;
	struct id person[3];
	struct shift_newses all;
	world_new(&w, arena, db);
	struct id shift = full_shift(&w, person);
	leave(&w, shift, person[0]);
	CHECK_INT(shift_news_list(db, arena, &w.participant, &all), ERR_DENIED);
	CHECK_INT(shift_news_due(db, arena, &w.leader, &all), ERR_DENIED);
	CHECK_OK(shift_news_list(db, arena, &w.leader, &all));
	CHECK_INT(all.n, 1);
	int64_t seq = all.list[0].seq;
	CHECK_INT(
	    shift_news_said(db, arena, &w.participant, shift, seq), ERR_DENIED);
	CHECK_OK(shift_news_said(db, arena, &w.leader, shift, seq + 1));
	CHECK_INT(by_hand(&w), 1);
	CHECK_OK(shift_news_said(db, arena, &w.leader, shift, seq));
	CHECK_OK(shift_news_said(db, arena, &w.leader, shift, seq));
	CHECK_INT(by_hand(&w), 0);
}

/* Citizens read these: every kind has words, and they are plain. */
TEST(shift_news_is_in_plain_words)
{
	static const char *const kinds[] = {
	    "moved_up", "shared", "queued", "took", "handed", "off"};
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct shift_news news = {.what = str_c(kinds[i])};
		struct str words = shift_news_words(arena, LANG_DA, &news);
		CHECK(shift_is_news(news.what));
		CHECK(words.n > 0);
		check_lix(news.what, words);
	}
	CHECK(!shift_is_news(S("in")));
	CHECK(!shift_is_news(S("left")));
}
