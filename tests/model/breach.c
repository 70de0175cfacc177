/* SPDX-License-Identifier: MPL-2.0 */

/* After a breach: a seeded incident is told as it was (P28). */
#include "model/breach.h"

#include "model/audit.h"
#include "model/pause.h"
#include "tests/model/fixture.h"

static struct id
person_at(struct world *w, int64_t at_us, const char *alias)
{
	struct person p = {.id = id_new(at_us),
	    .alias = str_c(alias),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Kender stedet"),
	    .source = S("named")};
	struct person_contact c = {
	    .name = str_c(alias), .phone = S("20304050")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	CHECK_OK(person_contact_put(w->db, w->arena, &w->leader, p.id, &c));
	return p.id;
}

static void
open_contact(struct world *w, struct id person, int64_t at_us)
{
	struct person_contact c;
	struct actor who = w->leader;
	who.now_us = at_us;
	CHECK_OK(
	    person_contact_read(w->db, w->arena, &who, person, S("Ringe"), &c));
}

TEST_DB(breach_tells_a_seeded_incident_as_it_was)
{
	struct world w;
	struct breach b;
	world_new(&w, arena, db);
	struct id one = person_at(&w, NOW_US, "Karen");
	struct id two = person_at(&w, NOW_US + 1, "Viggo");
	person_at(&w, NOW_US + 2, "Else");
	open_contact(&w, one, NOW_US + 10 * DAY_US);
	open_contact(&w, one, NOW_US + 11 * DAY_US);
	open_contact(&w, two, NOW_US + 12 * DAY_US);
	open_contact(&w, two, NOW_US + 20 * DAY_US); /* after the days asked */
	struct actor late = w.leader;
	late.now_us = NOW_US + 11 * DAY_US;
	CHECK_OK(audit_add(db, arena, &late, S("voices.export"), one));
	struct breach_wish wish = {.account = w.mette,
	    .from_us = NOW_US + 9 * DAY_US,
	    .to_us = NOW_US + 13 * DAY_US};
	CHECK_OK(breach_look(db, arena, &w.leader, &wish, &b));
	CHECK_INT(b.n_looks, 3);
	CHECK_INT(b.looked_at, 2);
	CHECK_INT(b.people, 3);
	CHECK_INT(b.contacts, 3);
	CHECK_INT(b.n_members, 1);
	CHECK_INT(b.member[0].role, ROLE_LEADER);
	CHECK((b.member[0].caps & CAP_VAULT) != 0);
	CHECK_INT(b.n_acts, 1);
	CHECK_STR(b.act[0].action, S("voices.export"));
	CHECK_INT(b.act[0].times, 1);
	/* Of another account: what they could, and that they did nothing. */
	wish.account = w.ali;
	CHECK_OK(breach_look(db, arena, &w.leader, &wish, &b));
	CHECK_INT(b.n_looks, 0);
	CHECK_INT(b.n_acts, 0);
	CHECK_INT(b.n_members, 1);
	CHECK((b.member[0].caps & CAP_VAULT) == 0);
	/* One row more than is shown: said. */
	for (int i = 0; i < BREACH_ROWS; i++)
		CHECK_OK(access_add(db, &late, S("invitation"), S(""), one, 1));
	wish.account = w.mette;
	CHECK_OK(breach_look(db, arena, &w.leader, &wish, &b));
	CHECK(b.more_looks && b.n_looks == BREACH_ROWS && !b.more_files);
	/* They fill no room for another account. */
	struct actor other = late;
	other.account = w.ali;
	other.now_us = NOW_US + 12 * DAY_US;
	CHECK_OK(access_add(db, &other, S("invitation"), S(""), one, 1));
	wish.account = w.ali;
	CHECK_OK(breach_look(db, arena, &w.leader, &wish, &b));
	CHECK(!b.more_looks && b.n_looks == 1);
	/* Of everybody, and before anybody was a member. */
	wish = (struct breach_wish){.from_us = 1, .to_us = 2};
	CHECK_OK(breach_look(db, arena, &w.leader, &wish, &b));
	CHECK_INT(b.n_members + b.n_looks + b.n_acts + b.n_files, 0);
	CHECK_INT(breach_look(db, arena, &w.decider, &wish, &b), ERR_DENIED);
}

TEST_DB(pause_is_set_with_a_reason_and_ended)
{
	struct world w;
	struct pause p;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_ACTIVITY);
	world_save(&w, &r);
	CHECK_INT(pause_set(db, arena, &w.leader, r.id, S(" ")), ERR_INVALID);
	CHECK_INT(
	    pause_set(db, arena, &w.decider, r.id, S("Vi venter")), ERR_DENIED);
	CHECK_INT(pause_set(db, arena, &w.leader, id_new(5), S("Vi venter")),
	    ERR_NOT_FOUND);
	CHECK_OK(pause_get(db, arena, &w.leader, r.id, &p));
	CHECK_INT(p.reason.n, 0);
	CHECK_OK(pause_set(db, arena, &w.leader, r.id, S("Vi venter på jura")));
	CHECK_OK(pause_set(db, arena, &w.leader, r.id, S("Vi venter på svar")));
	CHECK_OK(pause_get(db, arena, &w.leader, r.id, &p));
	CHECK_STR(p.reason, S("Vi venter på svar"));
	CHECK_INT(p.at_us, NOW_US);
	CHECK_OK(pause_end(db, arena, &w.leader, r.id));
	CHECK_OK(pause_end(db, arena, &w.leader, r.id));
	CHECK_OK(pause_get(db, arena, &w.leader, r.id, &p));
	CHECK_INT(p.reason.n, 0);
}
