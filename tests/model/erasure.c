/* SPDX-License-Identifier: MPL-2.0 */

/* trust P10: a wish to be deleted has a deadline; a refusal has a ground in law
 * and restricts who sees the words. */
#include "model/erasure.h"

#include "model/contribution.h"
#include "model/plan.h"
#include "model/waits.h"
#include "tests/model/fixture.h"

struct asking {
	struct world w;
	struct id person, voice;
};

static void
asking_new(struct asking *k, struct arena *a, struct db *db)
{
	*k = (struct asking){0};
	world_new(&k->w, a, db);
	struct world *w = &k->w;
	struct person p = {.id = id_new(NOW_US),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand"),
	    .source = S("named")};
	struct contribution c = {.id = id_new(NOW_US),
	    .person = p.id,
	    .kind = S("anecdote"),
	    .teller = S("staff"),
	    .original = S("Det er svært at nå frem."),
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	CHECK_OK(person_save(db, a, &w->leader, &p));
	CHECK_OK(contribution_add(db, a, &w->leader, &c, S("Netværket.")));
	CHECK_OK(contribution_get(db, a, &w->leader, c.id, &c));
	CHECK_OK(contribution_move(db, a, &w->leader, &c,
	    &(struct contribution_step){S("reviewed"), S("")}));
	k->person = p.id;
	k->voice = c.id;
}

static struct erasure
now_of(struct asking *k)
{
	struct erasure e;
	CHECK_OK(erasure_get(k->w.db, k->w.arena, &k->w.leader, k->person, &e));
	return e;
}

TEST_DB(erasure_is_answered_within_a_month_or_three_with_a_reason)
{
	struct asking k;
	asking_new(&k, arena, db);
	struct actor *who = &k.w.leader;
	CHECK_INT(
	    erasure_longer(db, arena, who, k.person, S("Sag")), ERR_NOT_FOUND);
	CHECK_OK(erasure_ask(db, arena, who, k.person));
	CHECK_STR(date_iso(arena, now_of(&k).due), S("2026-12-24"));
	who->now_us += 5 * DAY_US; /* the first time counts */
	CHECK_OK(erasure_ask(db, arena, who, k.person));
	CHECK_STR(date_iso(arena, now_of(&k).due), S("2026-12-24"));
	CHECK_INT(
	    erasure_longer(db, arena, who, k.person, S(" ")), ERR_INVALID);
	CHECK_OK(erasure_longer(db, arena, who, k.person, S("Arkivet.")));
	CHECK_STR(date_iso(arena, now_of(&k).due), S("2027-02-24"));
}

/* 30 November and three months: there is no 30 February. */
TEST_DB(erasure_is_due_on_a_day_that_is_there)
{
	struct asking k;
	asking_new(&k, arena, db);
	struct actor *who = &k.w.leader;
	who->now_us += 6 * DAY_US;
	CHECK_OK(erasure_ask(db, arena, who, k.person));
	CHECK_OK(erasure_longer(db, arena, who, k.person, S("Arkivet.")));
	CHECK_STR(date_iso(arena, now_of(&k).due), S("2027-02-28"));
}

TEST_DB(erasure_refused_has_a_ground_and_restricts_who_sees_the_words)
{
	struct asking k;
	struct contribution c;
	asking_new(&k, arena, db);
	struct actor *who = &k.w.leader;
	struct erasure r = {.person = k.person,
	    .ground = S("whim"),
	    .note = S("Notatet hører til en sag.")};
	CHECK_OK(contribution_get(db, arena, &k.w.participant, k.voice, &c));
	CHECK_OK(erasure_ask(db, arena, who, k.person));
	CHECK_INT(erasure_refuse(db, arena, who, &r), ERR_INVALID);
	r.ground = S("journal");
	CHECK_INT(erasure_refuse(db, arena, &k.w.participant, &r), ERR_DENIED);
	CHECK_OK(erasure_refuse(db, arena, who, &r));
	CHECK_STR(now_of(&k).ground, S("journal"));
	/* Nobody but who looks after it. */
	CHECK_INT(contribution_get(db, arena, &k.w.participant, k.voice, &c),
	    ERR_NOT_FOUND);
	CHECK_OK(contribution_get(db, arena, who, k.voice, &c));
	CHECK_INT(c.scope, SCOPE_INTERNAL);
	/* Nor by way of another yes. */
	c.scope = SCOPE_PUBLIC;
	CHECK_INT(
	    contribution_agree(db, arena, who, &c, S("Alle.")), ERR_INVALID);
	/* And deleted after all. */
	CHECK_OK(person_erase(db, arena, who, k.person));
	CHECK_INT(erasure_get(db, arena, who, k.person, &r), ERR_NOT_FOUND);
}

static ptrdiff_t
steps(struct asking *k, const struct actor *who)
{
	struct plan plan;
	struct steps out;
	ptrdiff_t n = 0;
	CHECK_OK(plan_load(k->w.db, k->w.arena, who, &plan));
	CHECK_OK(waits_list(k->w.db, k->w.arena, who, &plan, &out));
	for (ptrdiff_t i = 0; i < out.n; i++)
		n += str_find(str_c(out.list[i].page), S("sletteoenske")) >= 0;
	return n;
}

TEST_DB(erasure_waits_on_the_overview_until_it_is_answered)
{
	struct asking k;
	asking_new(&k, arena, db);
	struct actor *who = &k.w.leader;
	CHECK_INT(steps(&k, who), 0);
	CHECK_OK(erasure_ask(db, arena, who, k.person));
	CHECK_INT(steps(&k, who), 1);
	CHECK_INT(steps(&k, &k.w.participant), 0);
	struct erasure r = {.person = k.person,
	    .ground = S("archive"),
	    .note = S("Arkivet har ikke svaret.")};
	CHECK_OK(erasure_refuse(db, arena, who, &r));
	CHECK_INT(steps(&k, who), 0);
}
