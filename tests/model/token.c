/* SPDX-License-Identifier: MPL-2.0 */

/* A token opens one network, until it ends; a request is done once. */
#include "model/token.h"

#include "base/clock.h"
#include "tests/model/fixture.h"

static struct token
make(struct world *w, struct str *secret)
{
	static int64_t ticks;
	struct token t = {.id = id_new(NOW_US + ticks++),
	    .name = S("Stander"),
	    .rights = TOKEN_READ,
	    .ends_us = w->leader.now_us + DAY_US};
	CHECK_OK(token_make(w->db, w->arena, &w->leader, &t, secret));
	CHECK(secret->n > 0);
	return t;
}

TEST_DB(token_opens_one_network_until_it_ends)
{
	struct world w;
	struct str secret, again;
	struct token found;
	world_new(&w, arena, db);
	struct token t = make(&w, &secret);
	CHECK_OK(token_make(db, arena, &w.leader, &t, &again));
	CHECK_STR(again, S(""));
	CHECK_OK(token_find(db, arena, &w.program, secret, &found));
	CHECK(id_eq(found.network, w.network));
	struct actor in = token_actor(&w.program, &found);
	CHECK(actor_may(&in, CAP_READ));
	CHECK(!actor_may(&in, CAP_PEOPLE) && !actor_may(&in, CAP_OVERVIEW));
	CHECK_INT(token_find(db, arena, &w.program, token_new(arena), &found),
	    ERR_NOT_FOUND);
	struct actor later = w.program;
	later.now_us += DAY_US;
	CHECK_INT(token_find(db, arena, &later, secret, &found), ERR_NOT_FOUND);
	CHECK_OK(token_end(db, arena, &w.leader, t.id));
	CHECK_OK(token_end(db, arena, &w.leader, t.id));
	CHECK_INT(
	    token_find(db, arena, &w.program, secret, &found), ERR_NOT_FOUND);
}

TEST_DB(token_is_made_and_ended_by_who_manages)
{
	struct world w;
	struct str secret;
	struct tokens all;
	world_new(&w, arena, db);
	struct token t = make(&w, &secret);
	CHECK_INT(
	    token_make(db, arena, &w.participant, &t, &secret), ERR_DENIED);
	CHECK_INT(token_end(db, arena, &w.participant, t.id), ERR_DENIED);
	CHECK_INT(token_list(db, arena, &w.participant, &all), ERR_DENIED);
	CHECK_INT(token_end(db, arena, &w.leader, id_new(1)), ERR_NOT_FOUND);
	t.rights = 4;
	CHECK_INT(token_make(db, arena, &w.leader, &t, &secret), ERR_INVALID);
	t.rights = TOKEN_READ;
	t.ends_us = w.leader.now_us + (TOKEN_DAYS_MAX + 1) * DAY_US;
	CHECK_INT(token_make(db, arena, &w.leader, &t, &secret), ERR_INVALID);
	CHECK_OK(token_list(db, arena, &w.leader, &all));
	CHECK_INT(all.n, 1);
}

TEST_DB(token_remembers_an_answer_for_a_day)
{
	struct world w;
	struct str secret;
	world_new(&w, arena, db);
	struct token t = make(&w, &secret);
	struct actor in = token_actor(&w.program, &t);
	in.network = w.network;
	struct token_once o = {.key = hash_of(S("k")),
	    .request = hash_of(S("r")),
	    .status = 201,
	    .answer = S("{}")};
	CHECK_INT(token_again(db, arena, &in, &t, &o), ERR_NOT_FOUND);
	CHECK_OK(token_done(db, &in, &t, &o));
	CHECK_OK(token_again(db, arena, &in, &t, &o));
	CHECK_INT(o.status, 201);
	o.request = hash_of(S("other"));
	CHECK_INT(token_again(db, arena, &in, &t, &o), ERR_CONFLICT);
	struct actor later = w.program;
	later.now_us += DAY_US;
	CHECK_OK(token_sweep(db, &later));
	CHECK_INT(token_again(db, arena, &in, &t, &o), ERR_NOT_FOUND);
}
