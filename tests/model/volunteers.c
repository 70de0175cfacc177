/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/model/volunteers.h"

struct id
volunteers_task(struct world *w)
{
	struct corps_task_faults f;
	struct corps_task t = {.id = id_new(w->leader.now_us),
	    .title = S("Kaffe på fredage"),
	    .about = S("Du laver kaffe og taler med dem, der kommer."),
	    .needs = S("Lyst til at snakke, kørekort, en bil"),
	    .contact = S("Mette, 12 34 56 78"),
	    .secrecy = S("Det, folk fortæller dig, bliver hos dig."),
	    .tie = S("decision"),
	    .tie_text = S("Byrådet vil have et mødested om fredagen.")};
	CHECK_OK(corps_task_save(w->db, w->arena, &w->leader, &t, &f));
	return t.id;
}

struct id
volunteers_person(struct world *w, const char *alias, const char *channel)
{
	struct person p = {.id = id_new(w->leader.now_us),
	    .alias = str_c(alias),
	    .actor_kind = S("citizen"),
	    .channel = str_c(channel),
	    .lang = S("da"),
	    .reason = S("Vil gerne hjælpe"),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	return p.id;
}

struct id
volunteers_pledged(
    struct world *w, struct id task, int64_t hours, const char *per)
{
	struct pledge_faults f;
	struct pledge p = {.id = id_new(w->leader.now_us),
	    .task = task,
	    .person = volunteers_person(w, "Karen", "phone"),
	    .what = S("Brygger kaffe"),
	    .hours = hours,
	    .per = str_c(per),
	    .ends = S("2027-06-30"),
	    .contact = S("Mette, 12 34 56 78"),
	    .way = S("paper")};
	CHECK_OK(pledge_add(w->db, w->arena, &w->leader, &p, &f));
	return p.person;
}

struct id
volunteers_shift(
    struct world *w, struct id task, const char *day, const char *places)
{
	struct shift_faults f;
	struct shift_new in = {.id = id_new(w->leader.now_us),
	    .task = task,
	    .day = str_c(day),
	    .from = S("14:00"),
	    .to = S("16:00"),
	    .place = S("Biblioteket"),
	    .places = str_c(places),
	    .weeks = S("1")};
	CHECK_OK(shift_make(w->db, w->arena, &w->leader, &in, &f));
	return in.id;
}

struct id
volunteers_hours(struct world *w, struct id task, const char *day,
    const char *from, const char *to)
{
	struct shift_faults f;
	struct shift_new in = {.id = id_new(w->leader.now_us),
	    .task = task,
	    .day = str_c(day),
	    .from = str_c(from),
	    .to = str_c(to),
	    .place = S("Varmestuen"),
	    .places = S("5"),
	    .weeks = S("1")};
	CHECK_OK(shift_make(w->db, w->arena, &w->leader, &in, &f));
	return in.id;
}

struct str
volunteers_join(struct world *w, struct id shift, struct id person)
{
	struct shift_answer answer;
	CHECK_OK(shift_join(w->db, w->arena, &w->leader,
	    (struct shift_of){shift, person}, &answer));
	return answer.why != NULL ? str_c(answer.why) : answer.state;
}

struct str
volunteers_state(struct world *w, struct id shift, struct id person)
{
	struct shift s;
	CHECK_OK(shift_get(
	    w->db, w->arena, &w->leader, (struct shift_of){shift, person}, &s));
	return s.mine;
}
