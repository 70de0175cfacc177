/* SPDX-License-Identifier: MPL-2.0 */

/* What is pledged, by whom, and that nobody is bound beyond it. */
#include "tests/model/volunteers.h"

static struct pledge
draft(struct world *w, struct id task, const char *way)
{
	return (struct pledge){.id = id_new(w->leader.now_us),
	    .task = task,
	    .person = volunteers_person(w, "Jonas", "mail"),
	    .what = S("Henter dem, der ikke kan gå"),
	    .hours = 3,
	    .per = S("week"),
	    .ends = S("2027-03-31"),
	    .contact = S("Mette"),
	    .secrecy = S("Jeg siger intet videre."),
	    .way = str_c(way)};
}

static struct pledge
now(struct world *w, struct id id)
{
	struct pledge p;
	CHECK_OK(pledge_get(w->db, w->arena, &w->leader, id, &p));
	return p;
}

/* guide:S24: who, what, how much, until when, contact, and that what one hears
 * stays where it was. */
TEST_DB(pledge_says_who_what_how_much_and_until_when)
{
	struct world w;
	struct pledge_faults f;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct pledge in = draft(&w, task, "paper");
	CHECK_OK(pledge_add(db, arena, &w.leader, &in, &f));
	CHECK_OK(pledge_add(db, arena, &w.leader, &in, &f));
	struct pledge p = now(&w, in.id);
	CHECK_STR(p.alias, S("Jonas"));
	CHECK_STR(p.what, S("Henter dem, der ikke kan gå"));
	CHECK_INT(p.hours, 3);
	CHECK_STR(p.per, S("week"));
	CHECK_STR(p.ends, S("2027-03-31"));
	CHECK_STR(p.contact, S("Mette"));
	CHECK_STR(p.secrecy, S("Jeg siger intet videre."));
	CHECK_STR(p.state, S("agreed"));
	CHECK_STR(p.task_title, S("Kaffe på fredage"));
	struct pledges all;
	CHECK_OK(pledge_list(
	    db, arena, &w.leader, (struct pledge_filter){.task = task}, &all));
	CHECK_INT(all.n, 1);
}

TEST_DB(pledge_on_the_page_waits_for_a_yes)
{
	struct world w;
	struct pledge_faults f;
	struct pledge_events all;
	world_new(&w, arena, db);
	struct pledge in = draft(&w, volunteers_task(&w), "page");
	CHECK_OK(pledge_add(db, arena, &w.leader, &in, &f));
	struct pledge p = now(&w, in.id);
	CHECK_STR(p.state, S("offered"));
	CHECK(!pledge_holds(&p));
	CHECK_INT(
	    pledge_move(db, arena, &w.leader, &p, S("fulfilled")), ERR_INVALID);
	CHECK_OK(pledge_move(db, arena, &w.leader, &p, S("agreed")));
	CHECK_INT(
	    pledge_move(db, arena, &w.leader, &p, S("declined")), ERR_CONFLICT);
	p = now(&w, in.id);
	CHECK(pledge_holds(&p));
	CHECK_OK(pledge_move(db, arena, &w.leader, &p, S("running")));
	p = now(&w, in.id);
	CHECK_OK(pledge_move(db, arena, &w.leader, &p, S("fulfilled")));
	CHECK_OK(pledge_history(db, arena, &w.leader, in.id, &all));
	CHECK_INT(all.n, 4);
	CHECK_STR(all.list[0].state, S("offered"));
	CHECK_STR(all.list[3].state, S("fulfilled"));
	CHECK(!all.list[3].by_person);
}

TEST_DB(pledge_refuses_what_is_not_clear)
{
	static const struct {
		const char *what, *per, *ends, *way;
		int64_t hours;
	} bad[] = {{"", "week", "2027-03-31", "paper", 3},
	    {"Kaffe", "year", "2027-03-31", "paper", 3},
	    {"Kaffe", "week", "2027-02-30", "paper", 3},
	    {"Kaffe", "week", "2026-11-23", "paper", 3},
	    {"Kaffe", "week", "2027-03-31", "pigeon", 3},
	    {"Kaffe", "week", "2027-03-31", "paper", -1},
	    {"Kaffe", "week", "2027-03-31", "paper", 1001},
	    {"Ring til 010203-1234", "week", "2027-03-31", "paper", 3}};
	struct world w;
	struct pledge_faults f;
	world_new(&w, arena, db);
	struct pledge in = draft(&w, volunteers_task(&w), "paper");
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		in.what = str_c(bad[i].what);
		in.per = str_c(bad[i].per);
		in.ends = str_c(bad[i].ends);
		in.way = str_c(bad[i].way);
		in.hours = bad[i].hours;
		CHECK_INT(
		    pledge_add(db, arena, &w.leader, &in, &f), ERR_INVALID);
		CHECK(f.any);
	}
	in = draft(&w, in.task, "paper");
	CHECK_OK(pledge_add(db, arena, &w.leader, &in, &f));
	struct pledge more = in;
	more.id = id_new(w.leader.now_us);
	CHECK_INT(pledge_add(db, arena, &w.leader, &more, &f), ERR_CONFLICT);
}

TEST_DB(pledge_may_be_an_organisations)
{
	struct world w;
	struct pledge_faults f;
	world_new(&w, arena, db);
	struct record shop = world_record(&w, KIND_ACTOR);
	record_set(&shop, "name", S("Bageren"));
	world_save(&w, &shop);
	struct pledge in = draft(&w, volunteers_task(&w), "paper");
	in.actor = shop.id;
	CHECK_INT(pledge_add(db, arena, &w.leader, &in, &f), ERR_INVALID);
	CHECK(f.who != NULL);
	in.person = (struct id){0};
	in.hours = 0;
	in.what = S("Brød hver fredag");
	CHECK_OK(pledge_add(db, arena, &w.leader, &in, &f));
	struct pledge p = now(&w, in.id);
	CHECK(id_eq(p.actor, shop.id));
	CHECK_INT(p.number, 0);
	in.id = id_new(w.leader.now_us);
	in.way = S("page");
	CHECK_INT(pledge_add(db, arena, &w.leader, &in, &f), ERR_INVALID);
	CHECK(f.way != NULL);
}

TEST_DB(pledge_needs_the_right_to_ask)
{
	struct world w;
	struct pledge_faults f;
	struct pledges all;
	world_new(&w, arena, db);
	struct pledge in = draft(&w, volunteers_task(&w), "paper");
	CHECK_INT(pledge_add(db, arena, &w.participant, &in, &f), ERR_DENIED);
	CHECK_INT(pledge_list(db, arena, &w.participant,
		      (struct pledge_filter){0}, &all),
	    ERR_DENIED);
}

/* guide:S24: the right to stop, at once. */
TEST_DB(pledge_stopped_takes_one_off_what_is_to_come)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 2, "week");
	struct id two = volunteers_pledged(&w, task, 2, "week");
	struct id shift = volunteers_shift(&w, task, "2026-11-27", "1");
	CHECK_STR(volunteers_join(&w, shift, one), S("in"));
	CHECK_STR(volunteers_join(&w, shift, two), S("waiting"));
	struct pledge p;
	CHECK_OK(pledge_on(
	    db, arena, &w.leader, (struct pledge_filter){task, one}, &p));
	CHECK_OK(pledge_move(db, arena, &w.leader, &p, S("stopped")));
	CHECK_STR(volunteers_state(&w, shift, one), S("left"));
	CHECK_STR(volunteers_state(&w, shift, two), S("in"));
	CHECK_INT(pledge_on(db, arena, &w.leader,
		      (struct pledge_filter){task, one}, &p),
	    ERR_NOT_FOUND);
}

TEST_DB(pledge_made_smaller_lets_the_later_shifts_go)
{
	struct world w;
	struct pledge_faults f;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 4, "week");
	struct id first = volunteers_shift(&w, task, "2026-11-26", "2");
	struct id then = volunteers_shift(&w, task, "2026-11-27", "2");
	CHECK_STR(volunteers_join(&w, then, one), S("in"));
	CHECK_STR(volunteers_join(&w, first, one), S("in"));
	struct pledge p;
	CHECK_OK(pledge_on(
	    db, arena, &w.leader, (struct pledge_filter){task, one}, &p));
	p.hours = 2;
	CHECK_OK(pledge_by_person(db, arena, &w.leader, &p, &f));
	CHECK_STR(volunteers_state(&w, first, one), S("in"));
	CHECK_STR(volunteers_state(&w, then, one), S("left"));
	p.ends = S("2026-11-25");
	CHECK_OK(pledge_by_person(db, arena, &w.leader, &p, &f));
	CHECK_STR(volunteers_state(&w, first, one), S("left"));
}

TEST(pledge_counts_hours_by_week_month_or_all)
{
	static const struct {
		const char *per, *day, *first, *last;
	} spans[] = {{"week", "2026-11-27", "2026-11-23", "2026-11-29"},
	    {"week", "2027-01-01", "2026-12-28", "2027-01-03"},
	    {"month", "2027-02-10", "2027-02-01", "2027-02-28"},
	    {"month", "2026-12-31", "2026-12-01", "2026-12-31"},
	    {"all", "2026-12-31", "0001-01-01", "9999-12-31"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(spans); i++) {
		struct date day, first, last;
		struct pledge p = {.per = str_c(spans[i].per)};
		CHECK(date_parse(str_c(spans[i].day), &day));
		pledge_span(&p, day, &first, &last);
		CHECK_STR(date_iso(arena, first), str_c(spans[i].first));
		CHECK_STR(date_iso(arena, last), str_c(spans[i].last));
	}
}
